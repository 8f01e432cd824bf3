//! A dispute of a payment: what providers and people said about it, and what follows for the money
//! of its order. The dispute is the replay of its events. Where it stands, its deadline and its
//! amount follow from all that was heard, by the moments at which it was said, so messages that
//! come twice, late or out of order change nothing.
//!
//! What speaks in which dispute is in `checklist`, the reason codes are in `reason`, what a lost
//! dispute takes from an order is in `money`.

mod checklist;
mod money;
mod reason;

pub use checklist::{Check, Evidence, Weight, checklist, wanted};
pub use money::{count, postings};
pub use reason::{Category, Scheme};

use kernel::{Actor, CaseId, DisputeId, Money, OrderId, Timestamp};
use reason::named;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Messages kept with a dispute for its page; all of them are in its events.
const HEARD_MAX: usize = 200;
/// Longest text of a provider or a person, characters.
pub const TEXT_MAX: usize = 1_000;

named! {
    /// Where a provider says a dispute stands.
    Stage {
        /// A question before a chargeback; nothing was taken yet.
        Inquiry = "inquiry",
        /// The question was answered and is being looked at.
        InquiryReview = "inquiry_review",
        /// The question is over and nothing was taken.
        InquiryClosed = "inquiry_closed",
        /// A chargeback waits for an answer.
        NeedsResponse = "needs_response",
        /// The answer is being looked at.
        UnderReview = "under_review",
        /// The money was given back after an answer; the buyer's bank may come again.
        Reversed = "reversed",
        /// The time for an answer is over.
        Lapsed = "lapsed",
        /// Decided for the seller.
        Won = "won",
        /// Decided for the buyer.
        Lost = "lost",
        /// The seller accepted it there.
        Accepted = "accepted",
    }
}

named! {
    /// Where a dispute stands for us.
    State {
        /// An inquiry or an alert before a chargeback.
        Inquiry = "inquiry",
        /// Somebody has to answer.
        NeedsResponse = "needs_response",
        /// Answered; the other side is looking at it.
        Submitted = "submitted",
        /// Given back for now.
        Reversed = "reversed",
        /// Over: the money stays with the seller.
        Won = "won",
        /// Over: answered, and the buyer keeps the money.
        Lost = "lost",
        /// Over: the seller let the buyer have it.
        Accepted = "accepted",
        /// Over: lost without an answer.
        Expired = "expired",
    }
}

impl State {
    /// Whether refunds of the order must wait: the buyer's bank may take the money.
    pub const fn holds(self) -> bool {
        matches!(self, Self::Inquiry | Self::NeedsResponse | Self::Submitted)
    }

    /// Whether the buyer has the money.
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::Lost | Self::Accepted | Self::Expired)
    }

    /// Whether it waits for somebody of the house.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Inquiry | Self::NeedsResponse)
    }
}

/// One thing a provider, a file or a person says about a dispute. Everything beside the stage may
/// be missing, and then says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Who says it: a provider's name, `file` or `desk`.
    pub source: Arc<str>,
    /// Its name there, by which a repeat is known.
    pub message: Arc<str>,
    /// When it was said, by the clock of who says it.
    pub at: Timestamp,
    /// Where the dispute stands.
    pub stage: Stage,
    /// How often the buyer's side has come: 0 an inquiry, 1 a chargeback, 2 a second one.
    pub round: u8,
    /// What is disputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The provider's or the scheme's reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Arc<str>>,
    /// Whose rules, in the provider's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Arc<str>>,
    /// The last moment for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Whether the money was taken out of the client's account (true) or put back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<bool>,
    /// The provider's name of the step, as it came.
    pub step: Arc<str>,
}

/// The order of what was said: by moment, then by how far it says things are, then by name.
type Place = (Timestamp, u8, Arc<str>, Arc<str>);

impl News {
    fn place(&self) -> Place {
        let rank = self.round.saturating_mul(16) + self.stage as u8;
        (self.at, rank, self.source.clone(), self.message.clone())
    }
}

/// A value and the place of who said it: the latest one stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Latest<T> {
    value: T,
    place: Place,
}

fn keep<T: Clone>(slot: &mut Option<Latest<T>>, value: Option<&T>, place: &Place) {
    let Some(value) = value else { return };
    if slot.as_ref().is_none_or(|known| known.place < *place) {
        *slot = Some(Latest {
            value: value.clone(),
            place: place.clone(),
        });
    }
}

/// An event of a dispute, in the form of a case's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: DisputeWhat,
}

/// What happened to a dispute. No personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DisputeWhat {
    /// Somebody said where it stands; the first one opens it.
    DisputeHeard {
        /// The provider.
        provider: Arc<str>,
        /// Its number of the dispute.
        reference: Arc<str>,
        /// Its numbers of the payment: a payment intent and its charge, for example.
        payments: Vec<Arc<str>>,
        /// The shop's number of the order, as the provider knows it; empty if it names none.
        order_number: Arc<str>,
        /// What was said.
        news: News,
    },
    /// Its order is known.
    DisputeLinked {
        /// Which.
        order: OrderId,
        /// The lines it is about; none for the whole payment.
        lines: Vec<u16>,
        /// The return it is about, if a person named one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
        /// Paid through the disputed payment, minor units of the order: at most this is lost.
        paid_minor: i64,
    },
    /// The money it takes from its order changed.
    DisputeCounted {
        /// What it takes now, minor units of the order.
        lost_minor: i64,
    },
    /// A person means to contest it, or lets the buyer have the money.
    DisputeAnswered {
        /// Contest, not accept.
        contest: bool,
        /// In which round.
        round: u8,
        /// Why.
        note: Arc<str>,
    },
    /// A person sent the answer to the provider.
    DisputeSubmitted {
        /// In which round.
        round: u8,
        /// The pack that went along, by its hash; empty if none.
        sha256: Arc<str>,
        /// How it was sent.
        note: Arc<str>,
    },
    /// A person asked for the answer to be sent through the provider's interface.
    DisputeEvidenceAsked {
        /// Names the answer at the provider.
        key: Arc<str>,
        /// In which round.
        round: u8,
        /// The pack that goes along, by its hash.
        sha256: Arc<str>,
        /// What is said with it.
        note: Arc<str>,
    },
    /// It is being handed over: from now on the provider may have it.
    DisputeEvidenceSent {
        /// Which.
        key: Arc<str>,
    },
    /// The provider did not take it.
    DisputeEvidenceRefused {
        /// Which.
        key: Arc<str>,
        /// The provider's code.
        code: Arc<str>,
    },
    /// An evidence pack was made.
    DisputePackMade {
        /// The SHA-256 of its bytes.
        sha256: Arc<str>,
        /// The language it is in.
        lang: Arc<str>,
    },
    /// Its deadline is near.
    DisputeReminded {
        /// The deadline.
        due_at: Timestamp,
        /// Whole days that were left.
        days: u8,
    },
}

impl DisputeWhat {
    /// The stable name, as the log has it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DisputeHeard { .. } => "dispute_heard",
            Self::DisputeLinked { .. } => "dispute_linked",
            Self::DisputeCounted { .. } => "dispute_counted",
            Self::DisputeAnswered { .. } => "dispute_answered",
            Self::DisputeSubmitted { .. } => "dispute_submitted",
            Self::DisputeEvidenceAsked { .. } => "dispute_evidence_asked",
            Self::DisputeEvidenceSent { .. } => "dispute_evidence_sent",
            Self::DisputeEvidenceRefused { .. } => "dispute_evidence_refused",
            Self::DisputePackMade { .. } => "dispute_pack_made",
            Self::DisputeReminded { .. } => "dispute_reminded",
        }
    }
}

/// What a person did in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// In which round.
    pub round: u8,
    /// Why or how.
    pub note: Arc<str>,
}

/// Where the money of a dispute is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The order.
    pub order: OrderId,
    /// Lines it is about; none for the whole payment.
    pub lines: Vec<u16>,
    /// The return it is about, if a person named one.
    pub case: Option<CaseId>,
    /// Paid through the disputed payment, minor units of the order.
    pub paid_minor: i64,
}

/// An evidence pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// When it was made.
    pub at: Timestamp,
    /// SHA-256 of its bytes, hex.
    pub sha256: Arc<str>,
    /// The language it is in.
    pub lang: Arc<str>,
}

/// How far an answer is that goes through the provider's interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Nothing was handed over yet.
    Asked,
    /// The provider may have it.
    Sent,
    /// The provider did not take it.
    Refused,
    /// The provider has it.
    Taken,
}

/// An answer that goes through the provider's interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentEvidence {
    /// Names it at the provider.
    pub key: Arc<str>,
    /// When it was asked for.
    pub at: Timestamp,
    /// In which round.
    pub round: u8,
    /// The pack, by its hash.
    pub sha256: Arc<str>,
    /// What is said with it.
    pub note: Arc<str>,
    /// How far it is.
    pub delivery: Delivery,
    /// The provider's code, where it did not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Arc<str>>,
}

impl SentEvidence {
    /// Whether its end is not known.
    pub const fn is_open(&self) -> bool {
        matches!(self.delivery, Delivery::Asked | Delivery::Sent)
    }
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Which.
    pub id: DisputeId,
    /// Events so far.
    pub version: u64,
    /// The provider that has it.
    pub provider: Arc<str>,
    /// The provider's number of it.
    pub reference: Arc<str>,
    /// The provider's numbers of the payment, in their order; empty if nobody named it.
    pub payments: Vec<Arc<str>>,
    /// The shop's number of the order as the provider knows it; empty if nobody named it.
    pub order_number: Arc<str>,
    /// When it was first heard of.
    pub heard_at: Timestamp,
    /// What was said, oldest first by its own moment.
    pub heard: Vec<News>,
    stage: Option<Latest<Stage>>,
    amount: Option<Latest<Money>>,
    reason: Option<Latest<Arc<str>>>,
    scheme: Option<Latest<Arc<str>>>,
    due: Option<Latest<Timestamp>>,
    taken: Option<Latest<bool>>,
    /// The highest round anybody told of.
    pub round: u8,
    /// Whether a provider ever said that an answer was there.
    pub was_reviewed: bool,
    /// Its order.
    pub link: Option<Link>,
    /// What it takes from its order now, minor units of the order.
    pub lost_minor: i64,
    /// A person means to contest it.
    pub contested: Option<Act>,
    /// A person let the buyer have the money.
    pub accepted: Option<Act>,
    /// A person sent the answer.
    pub submitted: Option<Act>,
    /// The newest pack.
    pub pack: Option<Pack>,
    /// The answer that goes or went through the provider's interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<SentEvidence>,
    /// The deadline a reminder was last given for, and the days that were left.
    pub reminded: Option<(Timestamp, u8)>,
}

impl Dispute {
    /// A dispute nobody has said anything about yet.
    pub fn blank(id: DisputeId, provider: Arc<str>, reference: Arc<str>, at: Timestamp) -> Self {
        Self {
            id,
            version: 0,
            provider,
            reference,
            payments: Vec::new(),
            order_number: Arc::from(""),
            heard_at: at,
            heard: Vec::new(),
            stage: None,
            amount: None,
            reason: None,
            scheme: None,
            due: None,
            taken: None,
            round: 0,
            was_reviewed: false,
            link: None,
            lost_minor: 0,
            contested: None,
            accepted: None,
            submitted: None,
            pack: None,
            evidence: None,
            reminded: None,
        }
    }

    /// Where the provider says it stands.
    pub fn stage(&self) -> Stage {
        self.stage.as_ref().map_or(Stage::Inquiry, |s| s.value)
    }

    /// What is disputed.
    pub fn amount(&self) -> Option<Money> {
        self.amount.as_ref().map(|a| a.value)
    }

    /// The reason as the provider gives it; empty if it gives none.
    pub fn reason(&self) -> &str {
        self.reason.as_ref().map_or("", |r| &r.value)
    }

    /// What the buyer says.
    pub fn category(&self) -> Category {
        Category::of(self.reason())
    }

    /// Whose rules it follows.
    pub fn scheme(&self) -> Scheme {
        let word = self.scheme.as_ref().map_or("", |s| &s.value);
        match Scheme::of(word, self.reason()) {
            Scheme::Other if &*self.provider == "paypal" => Scheme::Paypal,
            known => known,
        }
    }

    /// The last moment for an answer, as the provider gave it.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.due.as_ref().map(|d| d.value)
    }

    /// Whether the provider has taken the money out of the client's account; none if it never said.
    pub fn is_taken(&self) -> Option<bool> {
        self.taken.as_ref().map(|t| t.value)
    }

    /// Where it stands. A person's answer counts in the round it was given in: when the buyer's
    /// bank comes again, it waits for an answer again.
    pub fn state(&self) -> State {
        let in_round = |act: &Option<Act>| act.as_ref().is_some_and(|a| a.round >= self.round);
        let answered = in_round(&self.submitted);
        match self.stage() {
            Stage::Won | Stage::InquiryClosed => State::Won,
            Stage::Accepted => State::Accepted,
            Stage::Lost | Stage::Lapsed if in_round(&self.accepted) => State::Accepted,
            Stage::Lost if self.submitted.is_some() || self.was_reviewed => State::Lost,
            Stage::Lapsed if answered || self.was_reviewed => State::Submitted,
            Stage::Lost | Stage::Lapsed => State::Expired,
            Stage::Reversed => State::Reversed,
            _ if in_round(&self.accepted) => State::Accepted,
            Stage::InquiryReview | Stage::UnderReview => State::Submitted,
            Stage::Inquiry | Stage::NeedsResponse if answered => State::Submitted,
            Stage::Inquiry => State::Inquiry,
            Stage::NeedsResponse => State::NeedsResponse,
        }
    }

    /// What it must take from its order, minor units of the order: the disputed amount once the
    /// buyer has it, never more than was paid through the payment. An amount in another currency
    /// says nothing about the order's: then the whole payment counts.
    pub fn owed_minor(&self, currency: kernel::Currency) -> i64 {
        let Some(link) = self.link.as_ref().filter(|_| self.state().is_lost()) else {
            return 0;
        };
        match self.amount() {
            Some(amount) if amount.currency == currency => {
                amount.minor.clamp(0, link.paid_minor.max(0))
            }
            _ => link.paid_minor.max(0),
        }
    }

    /// Whether a message was heard before.
    pub fn knows(&self, source: &str, message: &str) -> bool {
        let same = |n: &News| *n.source == *source && *n.message == *message;
        self.heard.iter().any(same)
    }

    /// Carries an event out.
    pub fn apply(&mut self, event: &DisputeEvent) {
        self.version += 1;
        let act = |round: u8, note: &Arc<str>| {
            Some(Act {
                at: event.at,
                by: event.by,
                round,
                note: note.clone(),
            })
        };
        match &event.what {
            DisputeWhat::DisputeHeard {
                payments,
                order_number,
                news,
                ..
            } => {
                for payment in payments {
                    if let Err(at) = self.payments.binary_search(payment) {
                        self.payments.insert(at, payment.clone());
                    }
                }
                // The greater name stands where two are told: any rule will do that does not
                // depend on which came first.
                if *order_number > self.order_number {
                    self.order_number = order_number.clone();
                }
                self.hear(news);
            }
            DisputeWhat::DisputeLinked {
                order,
                lines,
                case,
                paid_minor,
            } => {
                self.link = Some(Link {
                    order: *order,
                    lines: lines.clone(),
                    case: *case,
                    paid_minor: *paid_minor,
                });
            }
            DisputeWhat::DisputeCounted { lost_minor } => self.lost_minor = *lost_minor,
            DisputeWhat::DisputeAnswered {
                contest,
                round,
                note,
            } => {
                if *contest {
                    self.contested = act(*round, note);
                } else {
                    self.accepted = act(*round, note);
                }
            }
            DisputeWhat::DisputeSubmitted { round, note, .. } => {
                self.submitted = act(*round, note);
                if let Some(own) = self.evidence.as_mut().filter(|e| e.is_open()) {
                    own.delivery = Delivery::Taken;
                }
            }
            DisputeWhat::DisputeEvidenceAsked {
                key,
                round,
                sha256,
                note,
            } => {
                self.evidence = Some(SentEvidence {
                    key: key.clone(),
                    at: event.at,
                    round: *round,
                    sha256: sha256.clone(),
                    note: note.clone(),
                    delivery: Delivery::Asked,
                    code: None,
                });
            }
            DisputeWhat::DisputeEvidenceSent { key } => {
                self.deliver(key, Delivery::Sent, None);
            }
            DisputeWhat::DisputeEvidenceRefused { key, code } => {
                self.deliver(key, Delivery::Refused, Some(code));
            }
            DisputeWhat::DisputePackMade { sha256, lang } => {
                self.pack = Some(Pack {
                    at: event.at,
                    sha256: sha256.clone(),
                    lang: lang.clone(),
                });
            }
            DisputeWhat::DisputeReminded { due_at, days } => {
                self.reminded = Some((*due_at, *days));
            }
        }
    }

    fn deliver(&mut self, key: &Arc<str>, delivery: Delivery, code: Option<&Arc<str>>) {
        if let Some(own) = self.evidence.as_mut().filter(|e| e.key == *key) {
            own.delivery = delivery;
            own.code = code.cloned();
        }
    }

    fn hear(&mut self, news: &News) {
        if self.knows(&news.source, &news.message) {
            return;
        }
        let place = news.place();
        keep(&mut self.stage, Some(&news.stage), &place);
        keep(&mut self.amount, news.amount.as_ref(), &place);
        keep(&mut self.reason, news.reason.as_ref(), &place);
        keep(&mut self.scheme, news.scheme.as_ref(), &place);
        keep(&mut self.due, news.due_at.as_ref(), &place);
        keep(&mut self.taken, news.taken.as_ref(), &place);
        self.round = self.round.max(news.round);
        self.was_reviewed |= matches!(news.stage, Stage::UnderReview | Stage::InquiryReview);
        let at = self.heard.partition_point(|n| n.place() < place);
        self.heard.insert(at, news.clone());
        if self.heard.len() > HEARD_MAX {
            self.heard.remove(0);
        }
    }
}

/// The dispute its events add up to; none if the first does not open one.
pub fn replay(id: DisputeId, events: &[DisputeEvent]) -> Option<Dispute> {
    let first = events.first()?;
    let DisputeWhat::DisputeHeard {
        provider,
        reference,
        ..
    } = &first.what
    else {
        return None;
    };
    let mut dispute = Dispute::blank(id, provider.clone(), reference.clone(), first.at);
    for event in events {
        dispute.apply(event);
    }
    Some(dispute)
}
