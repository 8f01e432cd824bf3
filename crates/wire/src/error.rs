//! What goes wrong with a record or a body: always where, what, and what would help. Errors
//! quote at most a little of the input and never a person's data.

use kernel::Money;
use serde::Serialize;
use std::fmt;

/// Why a record is not taken, so that reports can count by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The bytes are not a record of this format (bad JSON, wrong number of columns, not UTF-8).
    Unreadable,
    /// A required field is empty or absent.
    Missing,
    /// A field does not denote what it should (a date, a number, a currency).
    Malformed,
    /// A field or a count is over its bound.
    TooLarge,
    /// Fields contradict each other (more shipped than bought, discount above price).
    Inconsistent,
    /// The order number came before, with other orders in between.
    Repeated,
    /// Left out because another row of the same order is bad.
    OrderDropped,
    /// Neither an order nor a return: the document number has another form.
    OtherDocument,
    /// The article is no goods: a fee, a manual entry, a sample, a voucher.
    NotGoods,
    /// The line is worth nothing, so nothing can be refunded.
    ZeroPrice,
    /// A negative price or quantity on an order, a positive one on a return.
    WrongSign,
    /// Carriage that belongs to no order with goods, or to a return.
    LoneShipping,
}

impl Fault {
    /// Whether the record is well formed but rightly not a line of an order or return, so that
    /// the rest of its order stands.
    pub const fn is_left_out(self) -> bool {
        matches!(
            self,
            Self::OtherDocument
                | Self::NotGoods
                | Self::ZeroPrice
                | Self::WrongSign
                | Self::LoneShipping
        )
    }
}

/// One record that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// 1-based line of the file (CSV, JSONL) or number of the record (JSON documents).
    pub line: u64,
    /// Why, for counting.
    pub fault: Fault,
    /// The field it is about, by our name (`unit_price`); empty when the record as a whole.
    pub field: String,
    /// What was found, at most 64 characters of it.
    pub what: String,
    /// What would be right.
    pub help: String,
    /// The worth of the row where it could be read, so that totals reconcile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl RowError {
    /// An error in `field` of the record at `line`.
    pub fn new(line: u64, fault: Fault, field: &str, what: &str, help: &str) -> Self {
        Self {
            line,
            fault,
            field: field.to_owned(),
            what: excerpt(what),
            help: help.to_owned(),
            amount: None,
        }
    }

    /// The same error, naming what the row was worth.
    pub fn worth(mut self, amount: Option<Money>) -> Self {
        self.amount = amount;
        self
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: {}: {:?}; {}",
            self.line, self.field, self.what, self.help
        )
    }
}

impl std::error::Error for RowError {}

/// A whole input that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The underlying reader failed.
    #[error("the input cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The body is larger than this reader takes.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// The bound, bytes.
        limit: usize,
    },
    /// JSON nested deeper than [`crate::limits::MAX_DEPTH`].
    #[error("the JSON is nested deeper than {limit} levels")]
    TooDeep {
        /// The bound, levels.
        limit: usize,
    },
    /// Not the JSON this reader knows.
    #[error("not the expected JSON: {0}")]
    Json(String),
    /// A column map that cannot be used.
    #[error("the column map cannot be used: {0}")]
    Map(String),
    /// A file without a header row, or without a column that the map names.
    #[error("the file has no column {0:?}; its header row must name every mapped column")]
    NoColumn(String),
}

/// At most 64 characters of `text`, on one line.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars()
        .take(64)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
