//! Parts of events and commands: counted units, strays, granted lines.

use policy::Outcome;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Units of a line counted at the dock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
}

/// Something in a parcel that is not on the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stray {
    /// What the dock read on it: an article number or a few words, at most 200 characters.
    pub label: Arc<str>,
    /// Units.
    pub units: u32,
}

/// What one line is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantLine {
    /// Index of the order line.
    pub line: u16,
    /// Units this settles; 0 adds money to units settled before.
    pub units: u32,
    /// What the customer gets.
    pub outcome: Outcome,
    /// How much, fees and deductions taken off, tax included; minor units. For an exchange,
    /// replacement or repair the value of the goods, which is not paid out.
    pub minor: i64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
pub(crate) const fn is_zero(minor: &i64) -> bool {
    *minor == 0
}
