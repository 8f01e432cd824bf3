//! What holds for the money of one line, stated without a policy or a law: how much is asked,
//! what it becomes, fees, fault, rights. The input of the arithmetic.

use kernel::{Basis, Bps};
use law::Outbound;
use policy::{Bonus, Fault, Payer, ShippingRule};

/// What a line's money becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Money, back to where it came from.
    Money,
    /// Credit with the client.
    Credit,
    /// Nothing: declined, or goods instead of money.
    Nothing,
}

/// How much of the paid value is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// The paid value of the units.
    Paid,
    /// A part of it, tax included (R6).
    Gross(i64),
    /// A part of it, tax to be added (R6).
    Net(i64),
    /// What is left after earlier parts.
    Rest,
}

/// How a fee's figure is meant (R8). `FeeSize::Rate` with `Included` is a share of the price
/// with tax, with `Excluded` a share of the price without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeTax {
    /// The figure holds its tax.
    Included,
    /// Tax comes on top, at the rates of the goods.
    Excluded,
}

/// How large a fee is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeSize {
    /// Minor units, once per line.
    Flat(i64),
    /// A share of what was paid, never of the list price.
    Rate(Bps),
}

/// A fee on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Which fee, as the sentence names it.
    pub name: &'static str,
    /// It stands for the return label: the label's own cost is not taken as well.
    pub is_label: bool,
    /// How large.
    pub size: FeeSize,
    /// Whether the figure holds tax.
    pub tax: FeeTax,
    /// Never more than this, tax included, minor units.
    pub cap: Option<i64>,
    /// The clause it comes from.
    pub basis: Basis,
    /// Why it is not taken, if it is not.
    pub waived: Option<Basis>,
}

/// Loss of value by use beyond looking at the goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// Share of the paid value.
    pub rate: Bps,
    /// The law or policy that allows it; none means that it is not allowed and not taken.
    pub allowed_by: Option<Basis>,
    /// Whether the loss was seen and recorded; without evidence nothing is taken (R10).
    pub evidenced: bool,
    /// Never more than this, minor units.
    pub limit: Option<i64>,
}

/// The statutory right that carries a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatutoryRight {
    /// The rule and its citation.
    pub basis: Basis,
    /// How much outbound delivery comes back.
    pub outbound: Outbound,
    /// Whether the law itself spares the customer the way back.
    pub free_way_back: bool,
}

/// What holds for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTerms {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
    /// Units of the case before them that were settled earlier.
    pub after: u32,
    /// How much of their value.
    pub amount: Amount,
    /// What it becomes.
    pub gives: Gives,
    /// The goods go back; not when the customer keeps them.
    pub travels: bool,
    /// Whose fault it is.
    pub fault: Fault,
    /// The clause that says so.
    pub fault_basis: Basis,
    /// The right that carries the line, if one does.
    pub right: Option<StatutoryRight>,
    /// Fees.
    pub fees: Vec<Fee>,
    /// Loss of value.
    pub deduction: Option<Deduction>,
    /// Who pays the way back.
    pub label_paid_by: Payer,
    /// Outbound delivery under the policy.
    pub shipping: ShippingRule,
    /// The clause of it.
    pub shipping_basis: Basis,
    /// On top when it becomes credit.
    pub bonus: Bonus,
}

impl LineTerms {
    /// Units of a line for their paid value in money, on plain terms: nobody's fault, no fee,
    /// no right, no delivery. A start to change from.
    pub fn plain(line: u16, units: u32) -> Self {
        Self {
            line,
            units,
            after: 0,
            amount: Amount::Paid,
            gives: Gives::Money,
            travels: true,
            fault: Fault::None,
            fault_basis: Basis::Order,
            right: None,
            fees: Vec::new(),
            deduction: None,
            label_paid_by: Payer::Merchant,
            shipping: ShippingRule::None,
            shipping_basis: Basis::Order,
            bonus: Bonus::NONE,
        }
    }

    /// Whether no fee and no loss of value beyond the law may be taken: the seller's fault (R9)
    /// or a statutory right (R10).
    pub fn is_free_of_fees(&self) -> bool {
        self.fault.is_sellers_side() || self.right.is_some()
    }

    /// Units whose value is given back as a whole, earlier ones of the case included; a part
    /// of the value leaves the goods with the customer.
    pub fn units_gone(&self) -> u32 {
        match self.amount {
            Amount::Paid | Amount::Rest if self.pays() => self.after.saturating_add(self.units),
            _ => self.after,
        }
    }

    /// Whether it ends in money or credit.
    pub fn pays(&self) -> bool {
        self.gives != Gives::Nothing
    }
}
