//! The acknowledgement of a declaration: the same [`Receipt`] as that of a withdrawal that was made
//! on a known order, made from the stored declaration.

use crate::Receipt;
use app::{declarations::DeclarationRow, directory::Client};
use jiff::{Timestamp, tz::TimeZone};
use redress_http::L10n;

/// The acknowledgement of `declaration`.
pub fn declared(l: L10n, client: &Client, declaration: &DeclarationRow) -> Receipt {
    let zone = TimeZone::get(&client.settings.time_zone).unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(declaration.received_at);
    let moment = format!(
        "{} ({})",
        l.date_time(at.unwrap_or(Timestamp::UNIX_EPOCH), &zone),
        client.settings.time_zone
    );
    let goods = match declaration.goods.as_str() {
        "" => l.t("receipt-goods-all"),
        goods => goods.to_owned(),
    };
    let order = declaration.order_ref.as_str();
    Receipt {
        statement: l.t_args(
            &format!("receipt-statement-{}", declaration.kind),
            &[
                ("client", client.name.as_str().into()),
                ("order", order.into()),
                ("moment", moment.as_str().into()),
            ],
        ),
        rows: vec![
            (l.t("receipt-number"), declaration.code.clone()),
            (l.t("receipt-order"), order.to_owned()),
            (l.t("receipt-consumer"), declaration.name.clone()),
            (l.t("receipt-email"), declaration.email.clone()),
            (l.t("receipt-goods"), goods),
            (l.t("receipt-moment"), moment),
        ],
        record: declaration.record.clone(),
        sha256: declaration.sha256.clone(),
    }
}
