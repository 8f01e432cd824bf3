//! The acknowledgement of a statutory withdrawal on a durable medium: what was declared, by whom,
//! when, and a hash that shows that nothing was changed later. The page, the PDF and the mail all
//! say the same, for they are made here from the stored case.

use app::{acknowledge, directory::Client, intake::StoredContact};
use jiff::tz::TimeZone;
use paper::{Block, Document};
use redress_http::L10n;
use returns::{ReturnCase, SalesOrder};

/// An acknowledgement in the reader's language.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The declaration as a sentence.
    pub statement: String,
    /// Names and values: number, order, person, goods, moment.
    pub rows: Vec<(String, String)>,
    /// The same facts in a form that does not depend on language; this is what is hashed.
    pub record: String,
    /// SHA-256 of `record`, hex.
    pub sha256: String,
}

impl std::fmt::Debug for Receipt {
    // The rows hold a person's name and address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Receipt({})", self.sha256)
    }
}

/// The acknowledgement of `case`.
pub fn receipt(
    l: L10n,
    client: &Client,
    case: &ReturnCase,
    order: &SalesOrder,
    contact: &StoredContact,
) -> Receipt {
    let zone = TimeZone::get(&client.settings.time_zone).unwrap_or(TimeZone::UTC);
    let moment = format!(
        "{} ({})",
        l.date_time(case.opened_at, &zone),
        client.settings.time_zone
    );
    let record = acknowledge::case_record(client, case, order, contact);
    Receipt {
        statement: l.t_args(
            "receipt-statement",
            &[
                ("client", client.name.as_str().into()),
                ("order", (*order.number).into()),
                ("moment", moment.as_str().into()),
            ],
        ),
        rows: vec![
            (l.t("receipt-number"), case.rma.to_string()),
            (l.t("receipt-order"), order.number.to_string()),
            (l.t("receipt-consumer"), contact.name.clone()),
            (l.t("receipt-email"), contact.email.clone()),
            (
                l.t("receipt-goods"),
                acknowledge::goods_of(case, order, ", "),
            ),
            (l.t("receipt-moment"), moment),
        ],
        sha256: acknowledge::sha256(&record),
        record,
    }
}

impl Receipt {
    /// The acknowledgement on paper.
    pub fn document(&self, l: L10n, issuer: &str) -> Document {
        Document {
            title: l.t("receipt-title"),
            issuer: issuer.to_owned(),
            lang: l.lang().as_str().to_owned(),
            blocks: vec![
                Block::Paragraph(self.statement.clone()),
                Block::Heading(l.t("receipt-content")),
                Block::KeyValue(self.rows.clone()),
                Block::Heading(l.t("receipt-hash")),
                Block::Paragraph(self.sha256.clone()),
                Block::Paragraph(l.t("receipt-hash-note")),
                Block::Paragraph(self.record.trim_end().to_owned()),
            ],
            footer: issuer.to_owned(),
        }
    }
}
