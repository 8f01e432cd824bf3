//! Disputes a provider or an acquirer lists in a file: one [`DisputeDraft`] per row.
//!
//! CSV with a header row. Columns: `provider`, `dispute`, `payment`, `order`, `state`, `reason`,
//! `scheme`, `amount` (decimal) with `currency`, `due`, `as_of`. Needed are `dispute`, `state` and
//! one of `payment` and `order`. Times are RFC 3339, or a day, which counts to its end in UTC.

use crate::{
    decimal::Decimal,
    error::{Fault, RowError, WireError},
    order::{MAX_AMOUNT, MAX_ID},
};
use kernel::{Currency, Date, Money, Timestamp};
use std::io::Read;

/// The states a row may name: where the provider says the dispute stands.
pub const STATES: &[&str] = &[
    "inquiry",
    "needs_response",
    "under_review",
    "reversed",
    "won",
    "lost",
    "accepted",
];

/// What a row says about a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeDraft {
    /// Line of the file, from 1.
    pub line: u64,
    /// The provider that has it; `file` unless told.
    pub provider: String,
    /// The provider's number of it.
    pub reference: String,
    /// The provider's number of the payment; may be empty.
    pub payment: String,
    /// The shop's number of the order; may be empty.
    pub order: String,
    /// One of [`STATES`].
    pub state: String,
    /// The scheme's or the provider's reason; may be empty.
    pub reason: String,
    /// `visa`, `mc` …; may be empty.
    pub scheme: String,
    /// What is disputed.
    pub amount: Option<Money>,
    /// The last moment for an answer.
    pub due: Option<Timestamp>,
    /// When this was so; the moment of the import unless told.
    pub as_of: Option<Timestamp>,
}

/// Iterator over the disputes of a CSV file.
pub struct DisputesCsv<R> {
    reader: csv::Reader<R>,
    columns: Vec<String>,
    record: csv::StringRecord,
}

/// Reads the disputes of a CSV file with a header row.
///
/// # Errors
/// When there is no header, or a column that is needed is missing.
pub fn disputes_from_csv<R: Read>(reader: R) -> Result<DisputesCsv<R>, WireError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(false)
        .from_reader(reader);
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|h| h.trim().to_owned()).collect(),
        Err(e) => return Err(WireError::Map(e.to_string())),
    };
    for needed in ["dispute", "state"] {
        if !columns.iter().any(|c| c == needed) {
            return Err(WireError::NoColumn(needed.to_owned()));
        }
    }
    Ok(DisputesCsv {
        reader,
        columns,
        record: csv::StringRecord::new(),
    })
}

/// A moment as a file writes it.
fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let day: Date = text.parse().ok()?;
    let end = day.at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC);
    end.ok().map(|z| z.timestamp())
}

impl<R: Read> DisputesCsv<R> {
    fn row(&self, line: u64) -> Result<DisputeDraft, RowError> {
        let at = |name: &str| {
            let column = self.columns.iter().position(|c| c == name);
            let found = column.and_then(|i| self.record.get(i));
            found.unwrap_or_default().trim()
        };
        let wrong = |fault, field: &str, what: &str, help: &str| {
            Err(RowError::new(line, fault, field, what, help))
        };
        for field in [
            "provider", "dispute", "payment", "order", "reason", "scheme",
        ] {
            let text = at(field);
            if text.len() > MAX_ID || text.chars().any(char::is_control) {
                return wrong(Fault::TooLarge, field, text, "a short printable number");
            }
        }
        if at("dispute").is_empty() {
            return wrong(Fault::Missing, "dispute", "", "the number of the dispute");
        }
        if at("payment").is_empty() && at("order").is_empty() {
            let help = "the number of the payment, or of the order";
            return wrong(Fault::Missing, "payment", "", help);
        }
        let state = at("state").to_ascii_lowercase();
        if !STATES.contains(&state.as_str()) {
            let help = "inquiry, needs_response, under_review, reversed, won, lost or accepted";
            return wrong(Fault::Malformed, "state", &state, help);
        }
        let amount = match (at("amount"), at("currency")) {
            ("", _) => None,
            (text, code) => {
                let currency = code.parse::<Currency>().ok();
                let minor = currency
                    .and_then(|c| Decimal::parse(text, b'.', None)?.minor(c.exponent()))
                    .filter(|minor| (0..=MAX_AMOUNT).contains(minor));
                let Some((currency, minor)) = currency.zip(minor) else {
                    let help = "an amount such as 12.30 with a known currency";
                    return wrong(Fault::Malformed, "amount", text, help);
                };
                Some(Money::new(minor, currency))
            }
        };
        let mut times = [None, None];
        for (slot, field) in times.iter_mut().zip(["due", "as_of"]) {
            let text = at(field);
            if text.is_empty() {
                continue;
            }
            *slot = moment(text);
            if slot.is_none() {
                let help = "a day such as 2026-06-30, or a time with its zone";
                return wrong(Fault::Malformed, field, text, help);
            }
        }
        let [due, as_of] = times;
        let provider = match at("provider") {
            "" => "file".to_owned(),
            name => name.to_ascii_lowercase(),
        };
        Ok(DisputeDraft {
            line,
            provider,
            reference: at("dispute").to_owned(),
            payment: at("payment").to_owned(),
            order: at("order").to_owned(),
            state,
            reason: at("reason").to_owned(),
            scheme: at("scheme").to_owned(),
            amount,
            due,
            as_of,
        })
    }
}

impl<R: Read> Iterator for DisputesCsv<R> {
    type Item = Result<DisputeDraft, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.columns.is_empty() {
            return None;
        }
        let read = self.reader.read_record(&mut self.record);
        let line = self.record.position().map_or(0, csv::Position::line);
        match read {
            Ok(false) => None,
            Ok(true) => Some(self.row(line)),
            Err(e) => {
                let line = e.position().map_or(line, csv::Position::line);
                let help = "as many columns as the header, in UTF-8";
                let error = RowError::new(line, Fault::Unreadable, "", &e.to_string(), help);
                // A reader that fails does so for ever.
                if e.is_io_error() {
                    self.columns.clear();
                }
                Some(Err(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_one_by_one_and_bad_ones_name_their_field() {
        let file = "provider,dispute,payment,order,state,reason,amount,currency,due\n\
            adyen,D1,P1,,needs_response,13.6,12.30,EUR,2026-06-30\n\
            adyen,D2,,,lost,,,,\n\
            adyen,D3,P3,,gone,,,,\n\
            adyen,D4,P4,,won,,1.234,EUR,\n\
            adyen,D5,P5,,won,,,,soon\n\
            adyen,D6,P6\n\
            ,D7,,A-1,LOST,4853,500,JPY,2026-06-30T10:00:00Z\n";
        let rows: Vec<_> = disputes_from_csv(file.as_bytes()).unwrap().collect();
        let fields: Vec<Result<&str, &str>> = rows
            .iter()
            .map(|r| r.as_ref().map(|d| &*d.reference).map_err(|e| &*e.field))
            .collect();
        assert_eq!(
            fields,
            [
                Ok("D1"),
                Err("payment"),
                Err("state"),
                Err("amount"),
                Err("due"),
                Err(""),
                Ok("D7")
            ]
        );
        let last = rows[6].as_ref().unwrap();
        assert_eq!(
            (last.provider.as_str(), last.state.as_str()),
            ("file", "lost")
        );
        assert_eq!(last.amount, Some(Money::new(500, "JPY".parse().unwrap())));
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.due, Some("2026-06-30T23:59:59Z".parse().unwrap()));
        assert!(disputes_from_csv(&b"dispute,payment\n"[..]).is_err());
    }

    /// A download that was cut short: what came whole counts, and the rest is one wrong row.
    #[test]
    fn a_file_that_breaks_off_keeps_what_came_whole() {
        let whole =
            "dispute,state,payment,reason\nD1,lost,P1,13.1\nD2,won,P2,\"not as described\"\n";
        for cut in 0..whole.len() {
            let Ok(rows) = disputes_from_csv(&whole.as_bytes()[..cut]) else {
                continue;
            };
            let rows: Vec<_> = rows.collect();
            let lines = whole[..cut].matches('\n').count();
            let good = rows.iter().filter(|r| r.is_ok()).count();
            // A row that lost its end may still be one, with less in it; none is made up.
            assert!(good + 1 >= lines.saturating_sub(1), "{cut}: {rows:?}");
            assert!(rows.len() <= lines, "{cut}: {rows:?}");
            if lines >= 2 {
                let first = rows[0].as_ref().unwrap();
                assert_eq!((&*first.reference, &*first.reason), ("D1", "13.1"));
            }
        }
        // Inside a quoted field everything to the end belongs to it.
        let torn = &whole.as_bytes()[..whole.len() - 3];
        let rows: Vec<_> = disputes_from_csv(torn).unwrap().collect();
        assert_eq!(rows.len(), 2, "{rows:?}");
    }

    proptest::proptest! {
        #[test]
        fn bytes_that_make_no_sense_do_not_panic(bytes: Vec<u8>) {
            let mut file = b"dispute,state,payment,amount,currency,due\n".to_vec();
            file.extend(bytes);
            if let Ok(rows) = disputes_from_csv(&file[..]) {
                proptest::prop_assert!(rows.take(1_000).count() <= 1_000);
            }
        }
    }
}
