//! Rows of a policy's test table: invented orders and what is asked of them, as a person writes
//! them in a spreadsheet. Everything is text here; what a word means is for the app.

use crate::error::{Fault, RowError};
use serde::{Deserialize, Serialize};

/// Most rows of a table.
pub const MAX_ROWS: usize = 1_000;

/// One row. What is left out is the plainest: one unit bought online, as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrialRow {
    /// What the row is about, for its reader.
    pub name: String,
    /// Country, or country and subdivision (`US-NY`).
    pub place: String,
    /// `online`, `store`, `marketplace`, `phone` or `business`.
    pub channel: String,
    /// Category path.
    pub category: String,
    /// Article number.
    pub sku: String,
    /// Day of the order.
    pub ordered: String,
    /// Day of delivery; empty: not delivered.
    pub delivered: String,
    /// Day of asking.
    pub asked: String,
    /// Why, as a code.
    pub reason: String,
    /// What is wanted, as a code.
    pub wanted: String,
    /// Units.
    pub units: String,
    /// Price of one unit.
    pub price: String,
    /// Currency code.
    pub currency: String,
    /// The seal is broken: `yes` or `no`.
    pub opened: String,
    /// Sold as final: `yes` or `no`.
    pub final_sale: String,
    /// All evidence one could ask for is there: `yes` or `no`.
    pub evidence: String,
    /// The ending the author expects, as a code; empty: none.
    pub expect: String,
    /// The amount the author expects; empty: none.
    pub expect_amount: String,
}

/// The rows of a table with their lines; a bad one does not fail the others.
pub fn trials_from_csv(text: &str) -> Vec<(u64, Result<TrialRow, RowError>)> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for record in reader.records().take(MAX_ROWS) {
        let line = match &record {
            Ok(r) => r.position().map_or(0, csv::Position::line),
            Err(e) => e.position().map_or(0, csv::Position::line),
        };
        let row = record.and_then(|r| r.deserialize::<TrialRow>(Some(&headers)));
        let row = row.map_err(|e| {
            let help = "the columns of the example, one order a row";
            RowError::new(line, Fault::Malformed, "", &e.to_string(), help)
        });
        rows.push((line, row));
    }
    rows
}

/// A table of these rows, with every column.
pub fn trials_to_csv(rows: &[TrialRow]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing text to memory cannot fail.
        let _ = writer.serialize(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_in_any_order_of_columns_and_bad_ones_alone_fail() {
        let text = "\u{feff}place, reason ,price\nDE,changed_mind,10.00\nFR\nGB,\"a, b\",5\n";
        let rows = trials_from_csv(text);
        assert_eq!(rows.len(), 3);
        let first = rows[0].1.as_ref().unwrap();
        assert_eq!(
            (first.place.as_str(), first.price.as_str()),
            ("DE", "10.00")
        );
        assert_eq!((rows[1].0, rows[1].1.is_err()), (3, true));
        assert_eq!(rows[2].1.as_ref().unwrap().reason, "a, b");
        let unknown = trials_from_csv("place,colour\nDE,red\n");
        assert!(unknown[0].1.is_err(), "a column nobody reads is a mistake");
    }

    #[test]
    fn what_is_written_reads_back() {
        let row = TrialRow {
            place: "US-NY".into(),
            name: "a \"quoted\", name".into(),
            ..TrialRow::default()
        };
        let back = trials_from_csv(&trials_to_csv(std::slice::from_ref(&row)));
        assert_eq!(back[0].1.as_ref().unwrap(), &row);
    }
}
