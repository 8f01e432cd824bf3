//! Where money goes instead of back to what paid: another bank account the customer or an agent
//! named, approved by a second person, with a time in which the customer can object. Account
//! numbers are not in here: the case knows a number that names the account where personal data is
//! kept, and a commitment to it.

use crate::approval::PayloadHash;
use crate::case::{Obligation, ObligationKind, ObligationState as S, ReturnCase};
use crate::event::{Event, What};
use crate::payee::NameMatch;
use kernel::{Actor, CaseId, ClientId, Currency, ObligationId, OrderId, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Exactly what a second person approves: which payments go to which account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirection {
    /// Whose money.
    pub client: ClientId,
    /// Of which case.
    pub case: CaseId,
    /// Of which order.
    pub order: OrderId,
    /// Names the account where personal data is kept; another one for each change.
    pub no: Arc<str>,
    /// SHA-256 over the account, its holder and a salt kept beside them, hex.
    pub account: Arc<str>,
    /// How the holder compares with the buyer.
    pub name: NameMatch,
    /// Currency of the payments.
    pub currency: Currency,
    /// Which payments, minor units.
    pub payments: Vec<(ObligationId, i64)>,
}

impl Redirection {
    /// What an approval is bound to.
    pub fn hash(&self) -> PayloadHash {
        PayloadHash::over(self)
    }

    /// All of it together, minor units.
    pub fn total(&self) -> i64 {
        self.payments.iter().map(|p| p.1).sum()
    }
}

/// An account money goes to instead of back to what paid, as an obligation keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toward {
    /// Names it where personal data is kept.
    pub no: Arc<str>,
    /// The commitment to it.
    pub account: Arc<str>,
}

/// Why something that waited for a second person was given up without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lapse {
    /// Nobody answered in time.
    Time,
    /// Who asked or approved has left.
    Leaver,
}

/// How a change of destination stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RedirectState {
    /// Somebody has to answer.
    Waiting,
    /// Approved; nothing goes there before `from`.
    Given {
        /// By whom.
        by: Actor,
        /// When.
        at: Timestamp,
        /// The end of the time to object.
        from: Timestamp,
    },
    /// Not approved.
    Refused {
        /// By whom.
        by: Actor,
        /// When.
        at: Timestamp,
        /// Why not.
        note: Arc<str>,
    },
    /// The customer said that it was not them.
    Objected {
        /// When.
        at: Timestamp,
    },
    /// Nobody answered, or who asked or approved has left.
    Lapsed {
        /// When.
        at: Timestamp,
        /// Which.
        why: Lapse,
    },
}

/// A change of destination and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// What was asked for.
    pub what: Redirection,
    /// Its hash.
    pub hash: PayloadHash,
    /// Why, where somebody said it.
    pub reason: Option<Arc<str>>,
    /// Who asks.
    pub asked_by: Actor,
    /// Since when.
    pub asked_at: Timestamp,
    /// Who asked the customer for an account, where somebody did.
    pub invited_by: Option<Actor>,
    /// What was said.
    pub state: RedirectState,
}

impl Redirect {
    /// Whether somebody still has to answer.
    pub const fn waits(&self) -> bool {
        matches!(self.state, RedirectState::Waiting)
    }

    /// Since when money may go there, if it may.
    pub const fn from(&self) -> Option<Timestamp> {
        match self.state {
            RedirectState::Given { from, .. } => Some(from),
            _ => None,
        }
    }

    /// The stable written form of how it stands.
    pub const fn state_name(&self) -> &'static str {
        match self.state {
            RedirectState::Waiting => "waiting",
            RedirectState::Given { .. } => "given",
            RedirectState::Refused { .. } => "refused",
            RedirectState::Objected { .. } => "objected",
            RedirectState::Lapsed { .. } => "lapsed",
        }
    }

    /// When it last changed.
    pub const fn changed_at(&self) -> Timestamp {
        match self.state {
            RedirectState::Waiting => self.asked_at,
            RedirectState::Given { at, .. }
            | RedirectState::Refused { at, .. }
            | RedirectState::Objected { at }
            | RedirectState::Lapsed { at, .. } => at,
        }
    }

    fn covers(&self, id: ObligationId) -> bool {
        self.what.payments.iter().any(|(own, _)| *own == id)
    }
}

impl ReturnCase {
    /// Refunds that could go to another account: owed, not under way, and of no exchange.
    pub fn redirectable(&self) -> impl Iterator<Item = &Obligation> {
        let waits = |o: &&Obligation| matches!(o.state, S::Requested | S::Failed | S::Returned);
        self.obligations
            .iter()
            .filter(|o| o.kind == ObligationKind::Refund)
            .filter(waits)
            .filter(|o| self.exchange_with(o.id).is_none())
    }

    /// Whether an obligation waits for the answer to a change of its destination.
    pub fn waits_for_destination(&self, id: ObligationId) -> bool {
        let asked = self.redirect.as_ref().filter(|r| r.waits());
        asked.is_some_and(|r| r.covers(id))
    }

    /// Until when an obligation must not be sent, so that the customer can object to where it goes.
    pub fn cools_until(&self, id: ObligationId) -> Option<Timestamp> {
        let redirected = self.obligation(id)?.to.is_some();
        let given = self
            .redirect
            .as_ref()
            .filter(|r| redirected && r.covers(id));
        given.and_then(Redirect::from)
    }

    /// Carries out what was asked and said about where money goes.
    pub(crate) fn redirected(&mut self, event: &Event) {
        let state = match &event.what {
            What::AccountInvited => {
                self.account_invited_by = Some(event.by);
                return;
            }
            What::DestinationAsked { what, hash, reason } => {
                self.back_to_what_paid();
                self.redirect = Some(Redirect {
                    what: (**what).clone(),
                    hash: hash.clone(),
                    reason: reason.clone(),
                    asked_by: event.by,
                    asked_at: event.at,
                    invited_by: self.account_invited_by,
                    state: RedirectState::Waiting,
                });
                return;
            }
            What::DestinationGiven { no, from, .. } => {
                let to = self.redirect.as_ref().map(|r| Toward {
                    no: no.clone(),
                    account: r.what.account.clone(),
                });
                let covered: Vec<ObligationId> = self
                    .redirect
                    .iter()
                    .flat_map(|r| r.what.payments.iter().map(|p| p.0))
                    .collect();
                for o in &mut self.obligations {
                    if covered.contains(&o.id) && !matches!(o.state, S::Settled | S::Canceled) {
                        o.to.clone_from(&to);
                    }
                }
                RedirectState::Given {
                    by: event.by,
                    at: event.at,
                    from: *from,
                }
            }
            What::DestinationRefused { note, .. } => RedirectState::Refused {
                by: event.by,
                at: event.at,
                note: note.clone(),
            },
            What::DestinationObjected { .. } => {
                self.back_to_what_paid();
                RedirectState::Objected { at: event.at }
            }
            What::DestinationLapsed { why, .. } => {
                self.back_to_what_paid();
                RedirectState::Lapsed {
                    at: event.at,
                    why: *why,
                }
            }
            _ => return,
        };
        if let Some(redirect) = &mut self.redirect {
            redirect.state = state;
        }
    }

    /// What was not sent goes back to what paid.
    fn back_to_what_paid(&mut self) {
        for o in &mut self.obligations {
            if matches!(o.state, S::Requested | S::Failed | S::Returned) {
                o.to = None;
            }
        }
    }
}
