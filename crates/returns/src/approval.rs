//! What a second person approves: exactly what a grant pays, to whom and on what grounds, as a
//! [`Payload`] with its hash. The approval is of the hash: whatever changes what is paid changes
//! the hash, and the approval is void. Who may approve is decided in `handle`.

use crate::case::{Obligation, ObligationKind, ObligationState, ReturnCase};
use crate::event::{Event, What};
use crate::order::{SalesOrder, TenderKind};
use crate::redirect::{Lapse, Toward};
use kernel::{Actor, CaseId, ClientId, Currency, ObligationId, OrderId, PolicyHash, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// SHA-256 over the canonical JSON (RFC 8785) of a [`Payload`], as 64 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PayloadHash(Arc<str>);

impl PayloadHash {
    pub(crate) fn over(value: &impl Serialize) -> Self {
        // Ids, texts and whole numbers always have a canonical form.
        let bytes = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(&bytes) {
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex.into())
    }

    /// The hash somebody was shown, as it came back.
    pub fn shown(text: &str) -> Self {
        Self(text.into())
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough of it to compare by eye.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for PayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One payment of a [`Payload`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayloadPayment {
    /// The obligation; also the key it is paid under.
    pub obligation: ObligationId,
    /// Money, credit or goods.
    pub kind: ObligationKind,
    /// How much, minor units.
    pub minor: i64,
    /// What it goes back to, and the provider's number of that payment.
    pub tender: Option<(u16, TenderKind, Arc<str>)>,
    /// The payment of a difference it goes back to.
    pub back_to: Option<ObligationId>,
    /// The bank account it goes to instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Toward>,
}

/// Exactly what a grant pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// Whose money.
    pub client: ClientId,
    /// Of which case.
    pub case: CaseId,
    /// Of which order.
    pub order: OrderId,
    /// The policy version it is decided under.
    pub policy: PolicyHash,
    /// The version of the law.
    pub law: Arc<str>,
    /// Hash of the decision, with the quote the grant goes by; none if nothing was decided.
    pub decision: Option<PayloadHash>,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Index of the grant.
    pub grant: u16,
    /// Which bank account is on file for the customer: a number that changes with every change of
    /// it and says nothing about it.
    pub account: Option<Arc<str>>,
    /// What is paid; what was given up is not in it.
    pub payments: Vec<PayloadPayment>,
}

impl Payload {
    /// What a grant of the case pays as things stand.
    pub fn of(
        case: &ReturnCase,
        order: &SalesOrder,
        grant: u16,
        account: Option<&Arc<str>>,
    ) -> Self {
        let live = case
            .owed_by(grant)
            .filter(|o| o.state != ObligationState::Canceled);
        let tender = |at: u16| {
            let tender = order.tenders.get(usize::from(at))?;
            Some((at, tender.kind, tender.reference.clone()))
        };
        Self {
            client: case.client,
            case: case.id,
            order: case.order,
            policy: case.policy,
            law: case.law.clone(),
            decision: case.decision.as_ref().map(PayloadHash::over),
            currency: case.currency,
            grant,
            account: account.cloned(),
            payments: live
                .map(|o| PayloadPayment {
                    obligation: o.id,
                    kind: o.kind,
                    minor: o.minor,
                    tender: o.tender.and_then(tender),
                    back_to: o.back_to,
                    to: o.to.clone(),
                })
                .collect(),
        }
    }

    /// What an approval is bound to.
    pub fn hash(&self) -> PayloadHash {
        PayloadHash::over(self)
    }

    /// All of it together, minor units.
    pub fn total(&self) -> i64 {
        self.payments.iter().map(|p| p.minor).sum()
    }
}

/// What was said to a request for approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAnswer {
    /// Approved, or refused.
    pub given: bool,
    /// By whom.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Arc<str>>,
    /// Given up without an answer of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapsed: Option<Lapse>,
}

/// The stable written form of an answer, or of none yet.
pub(crate) fn answer_name(answer: Option<&ApprovalAnswer>) -> &'static str {
    match answer {
        None => "waiting",
        Some(a) if a.given => "given",
        Some(a) if a.lapsed.is_some() => "lapsed",
        Some(_) => "refused",
    }
}

/// For how long something waits for a second person, hours: then it is to be decided anew.
pub const ANSWER_HOURS: i64 = 24;

/// Whether what was asked at a moment may no longer be answered.
pub(crate) fn is_over(asked_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(asked_at).as_hours() >= ANSWER_HOURS
}

/// A grant above its maker's authority, and what a second person said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Index of the grant.
    pub grant: u16,
    /// What was asked for.
    pub payload: Payload,
    /// Its hash.
    pub hash: PayloadHash,
    /// Why it is asked.
    pub reason: Arc<str>,
    /// Who asks.
    pub asked_by: Actor,
    /// Since when.
    pub asked_at: Timestamp,
    /// What was said.
    pub answer: Option<ApprovalAnswer>,
}

impl Approval {
    /// Whether somebody still has to answer.
    pub const fn waits(&self) -> bool {
        self.answer.is_none()
    }

    /// Whether it was given.
    pub fn is_given(&self) -> bool {
        self.answer.as_ref().is_some_and(|a| a.given)
    }

    /// The stable written form of how it stands.
    pub fn state_name(&self) -> &'static str {
        answer_name(self.answer.as_ref())
    }
}

impl ReturnCase {
    /// Carries out what was asked and said about approvals.
    pub(crate) fn approved(&mut self, event: &Event) {
        let answer = |given, note| ApprovalAnswer {
            given,
            by: event.by,
            at: event.at,
            note,
            lapsed: None,
        };
        let (grant, answer) = match &event.what {
            What::ApprovalAsked {
                payload,
                hash,
                reason,
            } => {
                self.approvals.retain(|a| a.grant != payload.grant);
                self.approvals.push(Approval {
                    grant: payload.grant,
                    payload: (**payload).clone(),
                    hash: hash.clone(),
                    reason: reason.clone(),
                    asked_by: event.by,
                    asked_at: event.at,
                    answer: None,
                });
                return;
            }
            What::ApprovalGiven { grant, .. } => (*grant, answer(true, None)),
            What::ApprovalVoided { grant, .. } => {
                if let Some(asked) = self.approvals.iter_mut().find(|a| a.grant == *grant) {
                    asked.answer = None;
                }
                return;
            }
            What::ApprovalRefused { grant, note, .. } => {
                self.take_back(*grant);
                (*grant, answer(false, Some(note.clone())))
            }
            What::ApprovalLapsed { grant, why, .. } => {
                self.take_back(*grant);
                let lapsed = Some(*why);
                let answer = answer(false, None);
                (*grant, ApprovalAnswer { lapsed, ..answer })
            }
            What::GrantTakenBack { grant, .. } => {
                self.take_back(*grant);
                return;
            }
            _ => return,
        };
        if let Some(asked) = self.approvals.iter_mut().find(|a| a.grant == grant) {
            asked.answer = Some(answer);
        }
    }

    /// The lines of a grant are to be decided anew: those it settled units of, and those it decided
    /// anew itself. Money on top of what was paid leaves nothing undecided.
    fn take_back(&mut self, grant: u16) {
        self.taken_back = true;
        let settled = |g: &crate::event::GrantLine| g.units > 0;
        let given_up = |earlier: u16| {
            let mut owed = self.owed_by(earlier).peekable();
            owed.peek().is_some() && owed.all(|o| o.state == crate::case::ObligationState::Canceled)
        };
        let was_taken_back = |line: u16| {
            let earlier = (0..grant).zip(&self.grants);
            let mut own = earlier.filter(|(_, e)| {
                let mut lines = e.lines.iter();
                lines.any(|g| g.line == line && settled(g))
            });
            own.any(|(n, _)| given_up(n))
        };
        let lines = self.grants.get(usize::from(grant)).map(|g| &g.lines);
        let lines = lines.into_iter().flatten();
        let anew: Vec<u16> = lines
            .filter(|g| settled(g) || was_taken_back(g.line))
            .map(|g| g.line)
            .filter(|line| !self.to_decide_anew.contains(line))
            .collect();
        self.to_decide_anew.extend(anew);
    }

    /// The approval a grant needs, if it needs one: the last that was asked for it.
    pub fn approval(&self, grant: u16) -> Option<&Approval> {
        self.approvals.iter().find(|a| a.grant == grant)
    }

    /// Whether anything of a grant is still to be paid.
    pub fn is_owed(&self, grant: u16) -> bool {
        self.owed_by(grant).any(|o| o.state.is_open())
    }

    /// What a grant owes; what an exchange owes is not among it.
    pub fn owed_by(&self, grant: u16) -> impl Iterator<Item = &Obligation> {
        self.obligations
            .iter()
            .filter(move |o| o.grant == grant && self.exchange_with(o.id).is_none())
    }

    /// Money people granted in this case and that was not given up, minor units: what a limit on
    /// the case counts.
    pub fn granted_by_people_minor(&self) -> i64 {
        let kept = |line: u16| self.line(line).is_some_and(|l| l.kept_by_person);
        let by_person = |grant: u16| {
            let grant = self.grants.get(usize::from(grant));
            // What a person let the customer keep is paid by the rule, on that person's word.
            grant.is_some_and(|g| {
                matches!(g.by, Actor::User { .. }) || g.lines.iter().any(|l| kept(l.line))
            })
        };
        self.obligations
            .iter()
            .filter(|o| o.state != ObligationState::Canceled && o.kind.is_money())
            .filter(|o| by_person(o.grant))
            .map(|o| o.minor)
            .sum()
    }
}
