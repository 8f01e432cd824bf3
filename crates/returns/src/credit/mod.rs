//! Store credit as an account: the credit one shopper holds with one client in one currency. Lots
//! with a last day, spent in a fixed order, held for a purchase, expired as a fact. Events are the
//! truth, as for a case: the account is their replay. What an account may do is in `rules`.
//!
//! Promotional credit is spent first and is never money (R13).

mod rules;

pub use rules::{CreditCommand, CreditError, HOLD_DAYS, RETAINED, handle};

use crate::journal::{Account as A, Posting, Postings, Transfer, Why};
use kernel::{
    Actor, CaseId, CreditId, CreditUseId, Currency, CustomerId, Date, ObligationId, Timestamp,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Credit from one obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLot {
    /// The obligation it was paid by; credit is given once per obligation.
    pub from: ObligationId,
    /// Promotional: not paid for by the shopper.
    pub promotional: bool,
    /// The last day it can be spent; none if it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What it was given with, minor units.
    pub given_minor: i64,
    /// What is left of it, minor units; what is held is not.
    pub left_minor: i64,
}

impl CreditLot {
    fn is_live(&self, on: Date) -> bool {
        self.until.is_none_or(|last| on <= last)
    }
}

/// A part of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditPart {
    /// Of which lot.
    pub from: ObligationId,
    /// Whether that is promotional credit.
    pub promotional: bool,
    /// Minor units.
    pub minor: i64,
}

/// Credit used for a purchase: held for it, or spent on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditUse {
    /// Which; the name it is spent, or undone, under.
    pub id: CreditUseId,
    /// The client's own reference, an order number for example.
    pub reference: Arc<str>,
    /// From which lots.
    pub parts: Vec<CreditPart>,
    /// The last day it is held; none once it is spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Date>,
}

impl CreditUse {
    /// Minor units.
    pub fn minor(&self) -> i64 {
        self.parts.iter().map(|p| p.minor).sum()
    }
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CreditWhat {
    /// An obligation was paid as credit. Its own case books it.
    CreditIssued {
        /// Whose; the first event of an account says so, and all others the same.
        customer: CustomerId,
        /// In which currency.
        currency: Currency,
        /// The case it comes from.
        case: CaseId,
        /// The lot.
        lot: CreditLot,
    },
    /// The obligation is owed again: its credit was taken back whole. Its own case books it.
    CreditWithdrawn {
        /// Which.
        obligation: ObligationId,
    },
    /// Credit is held for a purchase.
    CreditHeld {
        /// For what, from what.
        held: CreditUse,
    },
    /// A purchase was paid, from the balance or from what was held under the same id.
    CreditSpent {
        /// On what, from what.
        spent: CreditUse,
    },
    /// What was held is free again.
    CreditReleased {
        /// Which hold.
        id: CreditUseId,
    },
    /// A purchase was undone: its credit is back in the lots it came from.
    CreditRestored {
        /// What had been spent.
        spent: CreditUse,
    },
    /// Credit ended unspent.
    CreditExpired {
        /// What of which lots.
        parts: Vec<CreditPart>,
    },
}

impl CreditWhat {
    /// The stable name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CreditIssued { .. } => "credit_issued",
            Self::CreditWithdrawn { .. } => "credit_withdrawn",
            Self::CreditHeld { .. } => "credit_held",
            Self::CreditSpent { .. } => "credit_spent",
            Self::CreditReleased { .. } => "credit_released",
            Self::CreditRestored { .. } => "credit_restored",
            Self::CreditExpired { .. } => "credit_expired",
        }
    }
}

/// One event of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditEvent {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// What happened.
    pub what: CreditWhat,
}

/// The credit of one shopper with one client in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditAccount {
    /// Which.
    pub id: CreditId,
    /// Whose.
    pub customer: CustomerId,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Events applied; the number for optimistic concurrency.
    pub version: u64,
    /// Its lots, in the order they were given.
    pub lots: Vec<CreditLot>,
    /// What is held for purchases.
    pub held: Vec<CreditUse>,
    /// The last purchases, which can still be undone: at most [`RETAINED`].
    pub spent: Vec<CreditUse>,
}

impl CreditAccount {
    /// An account nothing has happened to.
    pub const fn open(id: CreditId, customer: CustomerId, currency: Currency) -> Self {
        Self {
            id,
            customer,
            currency,
            version: 0,
            lots: Vec::new(),
            held: Vec::new(),
            spent: Vec::new(),
        }
    }

    /// What can be spent on a day.
    pub fn balance(&self, on: Date) -> i64 {
        self.of_lots(|l| l.is_live(on))
    }

    /// What of that is promotional.
    pub fn promotional(&self, on: Date) -> i64 {
        self.of_lots(|l| l.is_live(on) && l.promotional)
    }

    /// What the books say shoppers hold: paid or promotional credit, held and unspent parts of
    /// lots included, expired ones until that is booked.
    pub fn booked(&self, promotional: bool) -> i64 {
        let held = self.held.iter().flat_map(|h| &h.parts);
        let held = held.filter(|p| p.promotional == promotional);
        self.of_lots(|l| l.promotional == promotional) + held.map(|p| p.minor).sum::<i64>()
    }

    /// The last day of what ends next of what can be spent on a day.
    pub fn next_end(&self, on: Date) -> Option<Date> {
        let live = self
            .lots
            .iter()
            .filter(|l| l.left_minor > 0 && l.is_live(on));
        live.filter_map(|l| l.until).min()
    }

    /// What is held for purchases.
    pub fn held(&self) -> i64 {
        self.held.iter().map(CreditUse::minor).sum()
    }

    /// The next day on which something ends: the day after the last one of a lot that has
    /// something left, or of a hold.
    pub fn ends_on(&self) -> Option<Date> {
        let lots = self.lots.iter().filter(|l| l.left_minor > 0);
        let holds = self.held.iter().filter_map(|h| h.held_until);
        let last = lots.filter_map(|l| l.until).chain(holds).min()?;
        last.tomorrow().ok()
    }

    fn of_lots(&self, wanted: impl Fn(&CreditLot) -> bool) -> i64 {
        let lots = self.lots.iter().filter(|l| wanted(l));
        lots.map(|l| l.left_minor).sum()
    }

    /// Carries an event out. Events of another account, or out of order, are an error of their
    /// store; they are counted and move what they can.
    pub fn apply(&mut self, what: &CreditWhat) {
        self.version += 1;
        match what {
            CreditWhat::CreditIssued { lot, .. } => self.lots.push(lot.clone()),
            CreditWhat::CreditWithdrawn { obligation } => {
                self.lots.retain(|l| l.from != *obligation);
            }
            CreditWhat::CreditHeld { held } => {
                self.take(&held.parts);
                self.held.push(held.clone());
            }
            CreditWhat::CreditSpent { spent } => {
                let before = self.held.len();
                self.held.retain(|h| h.id != spent.id);
                if self.held.len() == before {
                    self.take(&spent.parts);
                }
                if self.spent.len() >= RETAINED {
                    self.spent.remove(0);
                }
                self.spent.push(spent.clone());
            }
            CreditWhat::CreditReleased { id } => {
                if let Some(at) = self.held.iter().position(|h| h.id == *id) {
                    let freed = self.held.remove(at);
                    self.put_back(&freed.parts);
                }
            }
            CreditWhat::CreditRestored { spent } => {
                self.spent.retain(|s| s.id != spent.id);
                self.put_back(&spent.parts);
            }
            CreditWhat::CreditExpired { parts } => self.take(parts),
        }
        self.forget();
    }

    fn take(&mut self, parts: &[CreditPart]) {
        for part in parts {
            if let Some(lot) = self.lots.iter_mut().find(|l| l.from == part.from) {
                lot.left_minor -= part.minor;
            }
        }
    }

    fn put_back(&mut self, parts: &[CreditPart]) {
        for part in parts {
            if let Some(lot) = self.lots.iter_mut().find(|l| l.from == part.from) {
                lot.left_minor += part.minor;
            }
        }
    }

    /// Lets empty lots go that nothing can come back to.
    fn forget(&mut self) {
        if self.lots.len() <= RETAINED {
            return;
        }
        let uses = self.held.iter().chain(&self.spent).flat_map(|u| &u.parts);
        let named: Vec<ObligationId> = uses.map(|p| p.from).collect();
        self.lots
            .retain(|l| l.left_minor > 0 || named.contains(&l.from));
    }
}

/// The account its events add up to; none if the first does not open one.
pub fn replay(id: CreditId, events: &[CreditEvent]) -> Option<CreditAccount> {
    let CreditWhat::CreditIssued {
        customer, currency, ..
    } = events.first()?.what
    else {
        return None;
    };
    let mut account = CreditAccount::open(id, customer, currency);
    for event in events {
        account.apply(&event.what);
    }
    Some(account)
}

/// What events move between the accounts of the books; `version` is that of the account before
/// them. Issued and withdrawn credit is booked by the case of its obligation.
pub fn postings(version: u64, events: &[CreditEvent]) -> Vec<Posting> {
    let mut out = Postings::default();
    for (event, version) in events.iter().zip(version + 1..) {
        let (why, parts, sign) = match &event.what {
            CreditWhat::CreditSpent { spent } => (Why::CreditSpent, &spent.parts, 1),
            CreditWhat::CreditRestored { spent } => (Why::CreditRestored, &spent.parts, -1),
            CreditWhat::CreditExpired { parts } => (Why::CreditExpired, parts, 1),
            _ => continue,
        };
        for promotional in [true, false] {
            let own = parts.iter().filter(|p| p.promotional == promotional);
            let minor: i64 = own.map(|p| p.minor).sum();
            let (from, expired) = if promotional {
                (A::PromotionalCredit, A::PromotionCost)
            } else {
                (A::StoreCredit, A::Breakage)
            };
            let to = match why {
                Why::CreditExpired => expired,
                _ => A::ClientFunds,
            };
            out.add(version, why, Transfer::new(from, to, sign * minor));
        }
    }
    out.finish()
}
