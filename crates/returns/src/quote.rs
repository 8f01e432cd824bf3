//! What a decision is worth, line by line, in words a customer can check: goods, tax inside
//! them, delivery, fees, deductions, bonus. Quote, grant and payout are three records (R16).

use crate::economics::Taxes;
use kernel::{Bps, Money, Reason};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// What a line of a quote is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Paid value of units, with tax.
    Goods,
    /// A charge that follows the goods (duty, deposit, eco-fee), with tax.
    Charge,
    /// Outbound delivery, with tax.
    Shipping,
    /// A fee of the policy; negative.
    Fee,
    /// The label the merchant provides and the customer pays; negative.
    ReturnLabel,
    /// Diminished value; negative.
    Deduction,
    /// A promotion the rest of the order no longer earns: negative when taken back, positive
    /// when given back because the rest came back too (R11).
    Promotion,
    /// What the order's ceiling takes off (R5); negative.
    Ceiling,
    /// Promotional credit on top when the customer takes store credit (R13).
    Bonus,
}

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What it is about.
    pub kind: QuoteKind,
    /// Index of the order line; none for outbound delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// Units it covers; 0 where units make no sense.
    pub units: u32,
    /// Signed minor units, tax included; fees and deductions are negative.
    pub minor: i64,
    /// The tax inside `minor`, with the same sign.
    pub tax_minor: i64,
    /// The same tax by rate.
    #[serde(default, skip_serializing_if = "Taxes::is_empty")]
    pub taxes: Taxes,
    /// Why: index into the quote's reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<u16>,
}

/// What goes to one tender of the order (R14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderShare {
    /// Index into the order's tenders.
    pub tender: u16,
    /// Minor units, never negative.
    pub minor: i64,
}

/// How money is spread over several tenders of an order (R14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenderStrategy {
    /// The client's own instruments (gift card, store credit) first, then the others in order.
    #[default]
    OwnFirst,
    /// In the order of payment.
    First,
    /// In the reverse order of payment.
    Last,
    /// In proportion to what was paid with each.
    Ratio,
}

/// An itemised quote. `total` is what the customer gets in money or credit, without `Bonus`
/// lines; it is never negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The lines, by order line, then delivery.
    pub lines: Vec<QuoteLine>,
    /// Sum of the lines without bonus.
    pub total: Money,
    /// Where the money goes; sums, with `difference_minor`, to the part of `total` that is not
    /// store credit.
    pub tenders: SmallVec<[TenderShare; 1]>,
    /// What of it goes back to payments of a difference for dearer goods, minor units.
    #[serde(default, skip_serializing_if = "crate::event::is_zero")]
    pub difference_minor: i64,
    /// Promotional credit on top, in minor units; only with store credit.
    pub bonus_minor: i64,
    /// Why the figures are what they are: fees charged or waived, delivery, label, ceiling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

impl Quote {
    /// What the quote gives for one order line, fees and deductions taken off.
    pub fn of_line(&self, line: u16) -> i64 {
        self.sum(|l| l.line == Some(line) && l.kind != QuoteKind::Bonus)
    }

    /// What the quote gives for outbound delivery.
    pub fn shipping_minor(&self) -> i64 {
        self.sum(|l| l.line.is_none() && l.kind != QuoteKind::Promotion)
    }

    /// What promotions take (negative) or give back.
    pub fn promotion_minor(&self) -> i64 {
        self.sum(|l| l.kind == QuoteKind::Promotion)
    }

    /// The tax inside the total, by rate, in the order the rates first appear.
    pub fn taxes(&self) -> Taxes {
        let mut sum = Taxes::new();
        for l in self.lines.iter().filter(|l| l.kind != QuoteKind::Bonus) {
            crate::refund::add_by_rate(&mut sum, &l.taxes);
        }
        sum
    }

    /// The tax inside the total.
    pub fn tax_minor(&self) -> i64 {
        self.lines
            .iter()
            .filter(|l| l.kind != QuoteKind::Bonus)
            .map(|l| l.tax_minor)
            .sum()
    }

    fn sum(&self, wanted: impl Fn(&QuoteLine) -> bool) -> i64 {
        self.lines
            .iter()
            .filter(|l| wanted(l))
            .map(|l| l.minor)
            .sum()
    }
}

/// A partial amount and its tax, said both ways: "20.00 including tax" or "20.00 plus tax" (E20).
/// `rate` is the unit's whole rate; gives (net, tax).
pub fn partial_amount(minor: i64, rate: Bps, includes_tax: bool) -> (i64, i64) {
    let tax = if includes_tax {
        rate.inside(minor)
    } else {
        rate.of(minor)
    };
    (if includes_tax { minor - tax } else { minor }, tax)
}
