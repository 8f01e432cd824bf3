//! Exchanging for other goods (R12, R13): what is given back at its paid value against what is
//! taken at today's price. The difference is collected by a pay link or refunded, never charged
//! silently.

use super::value::add_by_rate;
use crate::economics::{LineEconomics, Taxes, total};

/// The goods a customer takes instead, priced today.
#[derive(Debug, Clone, Copy)]
pub struct NewGoods<'a> {
    /// Priced lines; tax by their own rates.
    pub lines: &'a [LineEconomics],
    /// Promotional value on top of what was paid that only dearer goods use up: the
    /// pre-discount price of the goods given back less what was paid for them (R13).
    pub promotional_minor: i64,
}

/// What an exchange comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExchangeSum {
    /// Paid value of what is given back, fees taken off.
    pub returned_minor: i64,
    /// Price of what is taken, tax included.
    pub new_minor: i64,
    /// The tax inside it, by rate.
    pub new_taxes: Taxes,
    /// Promotional value used up; the rest expires and is never money.
    pub promotional_used_minor: i64,
    /// What the customer still pays.
    pub collect_minor: i64,
    /// What the customer gets back.
    pub refund_minor: i64,
}

impl ExchangeSum {
    /// The tax inside the new goods.
    pub fn new_tax_minor(&self) -> i64 {
        total(&self.new_taxes)
    }
}

/// The difference between goods given back for `returned_minor` and new goods.
pub fn exchange(returned_minor: i64, new: &NewGoods<'_>) -> ExchangeSum {
    let new_minor: i64 = new.lines.iter().map(|l| l.gross).sum();
    let mut new_taxes = Taxes::new();
    for line in new.lines {
        add_by_rate(&mut new_taxes, &line.taxes);
    }
    let difference = new_minor - returned_minor;
    let promotional_used_minor = new.promotional_minor.clamp(0, difference.max(0));
    ExchangeSum {
        returned_minor,
        new_minor,
        new_taxes,
        promotional_used_minor,
        collect_minor: difference.max(0) - promotional_used_minor,
        refund_minor: (-difference).max(0),
    }
}
