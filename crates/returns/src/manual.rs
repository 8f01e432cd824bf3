//! A refund that was paid outside: in the bank's own portal, or in cash at a till. One person says
//! so, another confirms it; the amount is what is owed, never a figure of theirs.

use crate::approval::{ApprovalAnswer, PayloadHash};
use crate::case::ReturnCase;
use crate::event::{Event, What};
use crate::redirect::Lapse;
use kernel::{Actor, CaseId, ClientId, Currency, Date, ObligationId, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a refund was paid outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManualWay {
    /// In the bank's portal: it stands on the statement under its reference.
    Bank,
    /// In cash at a till: it stands on no statement.
    Cash,
}

impl ManualWay {
    /// Every way.
    pub const ALL: &[Self] = &[Self::Bank, Self::Cash];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Cash => "cash",
        }
    }

    /// The way written as `text`, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|w| w.as_str() == text)
    }
}

/// Exactly what a second person confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualPayment {
    /// Whose money.
    pub client: ClientId,
    /// Of which case.
    pub case: CaseId,
    /// What was paid.
    pub obligation: ObligationId,
    /// How much is owed, minor units.
    pub minor: i64,
    /// In which currency.
    pub currency: Currency,
    /// How it was paid.
    pub way: ManualWay,
    /// What it is found by: the reference on the statement, the number of the receipt.
    pub reference: Arc<str>,
    /// The day it was paid.
    pub on: Date,
    /// Why it was paid outside.
    pub reason: Arc<str>,
}

impl ManualPayment {
    /// What a confirmation is bound to.
    pub fn hash(&self) -> PayloadHash {
        PayloadHash::over(self)
    }
}

/// A refund somebody says they paid outside, and what a second person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {
    /// What was said.
    pub what: ManualPayment,
    /// Its hash.
    pub hash: PayloadHash,
    /// By whom.
    pub asked_by: Actor,
    /// When.
    pub asked_at: Timestamp,
    /// What the second person said.
    pub answer: Option<ApprovalAnswer>,
}

impl Manual {
    /// Whether somebody still has to answer.
    pub const fn waits(&self) -> bool {
        self.answer.is_none()
    }

    /// The stable written form of how it stands.
    pub fn state_name(&self) -> &'static str {
        crate::approval::answer_name(self.answer.as_ref())
    }
}

impl ReturnCase {
    /// What was last said about paying an obligation outside.
    pub fn manual(&self, id: ObligationId) -> Option<&Manual> {
        self.manuals.iter().find(|m| m.what.obligation == id)
    }

    /// Whether an obligation waits for a second person to confirm that it was paid outside.
    pub fn waits_for_confirmation(&self, id: ObligationId) -> bool {
        self.manual(id).is_some_and(Manual::waits)
    }

    /// Carries out what was said about payments outside.
    pub(crate) fn paid_outside(&mut self, event: &Event) {
        let answer = |given, note, lapsed| ApprovalAnswer {
            given,
            by: event.by,
            at: event.at,
            note,
            lapsed,
        };
        let (obligation, answer) = match &event.what {
            What::ManualProposed { what, hash } => {
                self.manuals
                    .retain(|m| m.what.obligation != what.obligation);
                self.manuals.push(Manual {
                    what: (**what).clone(),
                    hash: hash.clone(),
                    asked_by: event.by,
                    asked_at: event.at,
                    answer: None,
                });
                return;
            }
            What::ManualConfirmed {
                obligation, way, ..
            } => {
                let owed = self.obligations.iter_mut().find(|o| o.id == *obligation);
                if let Some(owed) = owed {
                    owed.outside = Some(*way);
                    owed.to = None;
                }
                (*obligation, answer(true, None, None))
            }
            What::ManualRefused {
                obligation, note, ..
            } => (*obligation, answer(false, Some(note.clone()), None)),
            What::ManualLapsed {
                obligation, why, ..
            } => {
                let why: Lapse = *why;
                (*obligation, answer(false, None, Some(why)))
            }
            _ => return,
        };
        let known = self
            .manuals
            .iter_mut()
            .find(|m| m.what.obligation == obligation);
        if let Some(known) = known {
            known.answer = Some(answer);
        }
    }
}
