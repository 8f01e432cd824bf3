//! Exchanging as an agreement in a case: what comes back, what goes out instead, who owes the
//! difference, what happens when goods run out, and the security for goods sent in advance. Plain
//! data; what follows from it are obligations like any other (see `handle/exchange.rs`).

use crate::account::OrderAccount;
use crate::case::ReturnCase;
use crate::economics::LineEconomics;
use crate::event::Count;
use crate::order::SalesOrder;
use kernel::{Date, ObligationId};
use policy::Outcome;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Days to pay a difference or place a security after an exchange was agreed.
pub const PAY_DAYS: i64 = 7;

/// The most different articles one exchange may send out.
pub const MAX_ITEMS: usize = 50;

/// Goods that go out, at today's price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeItem {
    /// The client's article number.
    pub sku: Arc<str>,
    /// Title as shown to the customer.
    pub title: Arc<str>,
    /// What they cost, tax by their own rates (R12).
    pub economics: LineEconomics,
}

/// Goods that go out before the others are back, against a security.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// Held on the customer's card, minor units.
    pub hold_minor: i64,
    /// The last day for the goods to be back; after it the security may be charged.
    pub return_by: Date,
    /// A reference to the words the customer agreed to, that this may be charged. Never empty:
    /// without explicit consent nothing is sent in advance.
    pub consent: Arc<str>,
    /// SHA-256 of those words, hex; empty where `consent` only refers to them.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub sha256: Arc<str>,
}

/// What a customer would like instead of the units of one line, chosen when they asked. It is
/// agreed by the rule as soon as all of them may come back, at the price shown then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Index of the order line.
    pub line: u16,
    /// What goes out instead.
    pub item: ExchangeItem,
    /// Promotional value for dearer goods (R13), minor units.
    #[serde(default)]
    pub promotional_minor: i64,
    /// What the customer gets if the goods run out: money or store credit.
    pub fallback: Outcome,
    /// Sent before the goods are back, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
}

/// What becomes of goods on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// Set aside for an exchange.
    Reserved,
    /// Not needed after all.
    Freed,
    /// Sent to the customer.
    Sent,
}

/// An exchange that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeAsk {
    /// Units that come back, per line.
    pub lines: Vec<Count>,
    /// What goes out instead.
    pub items: Vec<ExchangeItem>,
    /// Promotional value on top of what was paid, for dearer goods only (R13); minor units.
    #[serde(default)]
    pub promotional_minor: i64,
    /// What the customer gets if the goods run out: money or store credit.
    pub fallback: Outcome,
    /// Sent before the goods are back, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<Advance>,
    /// The reason for going against what is offered, where one is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Arc<str>>,
}

/// An exchange that was agreed, with its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The obligation to send the new goods; the exchange is known by it.
    pub goods: ObligationId,
    /// Units that come back, per line.
    pub lines: Vec<Count>,
    /// What goes out instead.
    pub items: Vec<ExchangeItem>,
    /// Paid value of what comes back, minor units.
    pub returned_minor: i64,
    /// Price of what goes out, minor units.
    pub new_minor: i64,
    /// Promotional value used up, minor units.
    pub promotional_minor: i64,
    /// What the customer pays, by this obligation.
    pub collect: Option<(ObligationId, i64)>,
    /// What the customer gets back of the paid value, minor units.
    pub refund_minor: i64,
    /// What the customer gets if the goods run out.
    pub fallback: Outcome,
    /// The security, if the goods go out first: its obligation and its terms.
    pub advance: Option<(ObligationId, Advance)>,
    /// What became of the security: charged this much; 0 when it was let go.
    pub security_charged_minor: Option<i64>,
    /// The new goods came back, or never went out.
    pub undone: bool,
    /// The last day to pay a difference or place a security.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_by: Option<Date>,
    /// What comes back is here, as far as the refund control asks: goods may go, and a difference
    /// in the customer's favour is due.
    #[serde(default)]
    pub cleared: bool,
    /// Goods are out in advance, and the others did not come in time.
    #[serde(default)]
    pub late: bool,
    /// The goods ran out: what the customer chose for that case is due once what comes back is
    /// here.
    #[serde(default)]
    pub fell_back: bool,
    /// What of a charge was given back because the goods came after all, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub charge_returned_minor: i64,
    /// The charge on the security, if it was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_collect: Option<ObligationId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

impl Exchange {
    /// What of the security was charged and not given back, minor units.
    pub fn charge_kept_minor(&self) -> i64 {
        self.security_charged_minor.unwrap_or(0) - self.charge_returned_minor
    }

    /// What may be charged on the security: the paid value of what has not come back, less what
    /// the customer would get back with it because the new goods are cheaper; at most what is
    /// held. A unit that another exchange of its line was charged for is not charged again.
    pub fn chargeable(&self, order: &SalesOrder, account: &OrderAccount, case: &ReturnCase) -> i64 {
        let others = || {
            let all = case.exchanges.iter().filter(|e| e.goods != self.goods);
            all.filter(|e| e.charge_kept_minor() > 0)
        };
        let out = |c: &Count| {
            let charged = others().flat_map(|e| &e.lines);
            let charged = charged.filter(|other| other.line == c.line);
            let charged: u32 = charged.map(|other| other.units).sum();
            case.line(c.line).map_or(0, |l| {
                let q = &l.quantities;
                let gone = q.expected().saturating_add(q.missing);
                gone.saturating_sub(charged).min(c.units)
            })
        };
        let kept = |c: &Count| account.claimed_gross(order, case.id, c.line, out(c));
        let missing = if self.lines.iter().all(|c| out(c) == c.units) {
            self.returned_minor
        } else {
            self.lines.iter().map(kept).sum()
        };
        let still_due = if self.cleared { 0 } else { self.refund_minor };
        let held = self.advance.as_ref().map_or(0, |a| a.1.hold_minor);
        (missing - still_due).clamp(0, held)
    }

    /// Whether this obligation takes its money from the security, not from a pay link.
    pub fn takes_security(&self, id: ObligationId) -> bool {
        self.security_collect == Some(id)
    }
}

impl ReturnCase {
    /// Whether the goods of an exchange are set aside on the shelf: promised, and neither sent
    /// nor given up.
    pub fn keeps_shelf(&self, exchange: &Exchange) -> bool {
        use crate::case::ObligationState as S;
        let state = self.obligation(exchange.goods).map(|o| o.state);
        let waits = |s| !matches!(s, S::Settled | S::Returned | S::Canceled);
        !exchange.undone && state.is_some_and(waits)
    }
}
