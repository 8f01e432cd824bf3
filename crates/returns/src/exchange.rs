//! Exchanging as an agreement in a case: what comes back, what goes out instead, who owes the
//! difference, what happens when goods run out, and the security for goods sent in advance. Plain
//! data; what follows from it are obligations like any other (see `handle/exchange.rs`).

use crate::economics::LineEconomics;
use crate::event::Count;
use kernel::{Date, ObligationId};
use policy::Outcome;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
}
