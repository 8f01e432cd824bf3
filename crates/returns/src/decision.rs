//! The answer to a request for a return: a verdict per line with its reasons and clocks, one
//! quote, and whether the rule may approve it alone. Plain data; the reasoning is in `decide`.

use crate::quote::Quote;
use kernel::{CountryCode, Date, Reason};
use policy::{
    ConditionSet, EvidenceDemand, EvidenceGiven, Fault, Outcome, Payer, RefundControl,
    ReturnReason, Route,
};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// Which way the customer asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// Under the client's policy, with the law as the floor.
    #[default]
    Ordinary,
    /// The statutory right of withdrawal: no reason needed, no review, no decline by machine
    /// unless the goods are exempt or the period has ended, and then a person looks.
    Withdrawal,
}

/// What is asked for one line of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedLine {
    /// Index of the order line.
    pub line: u16,
    /// Units to send back.
    pub units: u32,
    /// Why.
    pub reason: ReturnReason,
    /// The same in the client's own words: the path of a reason of the pinned policy that stands
    /// for `reason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Arc<str>>,
    /// What the customer wants for it.
    pub wanted: Outcome,
    /// Evidence given so far.
    #[serde(with = "evidence_form")]
    pub evidence: EvidenceGiven,
    /// Whether the seal or packaging is broken, as declared.
    pub opened: bool,
    /// What the goods are not, as declared, of the states the policy asks for.
    #[serde(default, skip_serializing_if = "lacks_nothing")]
    pub lacks: ConditionSet,
    /// The day the defect showed, if the reason is one; none means the day of asking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed_on: Option<Date>,
}

/// What is decided for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The units may come back.
    Authorise,
    /// The refund is granted and the units stay with the customer.
    AuthoriseReturnless,
    /// A person must look.
    Review,
    /// This evidence, still missing, decides it.
    NeedsInfo {
        /// What is missing.
        missing: EvidenceDemand,
    },
    /// Not granted, and why is among the reasons.
    Decline,
}

impl Verdict {
    /// Whether the line goes ahead.
    pub const fn is_authorised(self) -> bool {
        matches!(self, Self::Authorise | Self::AuthoriseReturnless)
    }
}

/// The periods that run for a case or a line; each is a last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clocks {
    /// Of the client's return window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_until: Option<Date>,
    /// Of the statutory withdrawal period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal_until: Option<Date>,
    /// On which the refund must be made; without rollover, the day to work towards. None while
    /// what starts it (goods back, proof of sending) has not happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_due: Option<Date>,
    /// On which the client's policy promises the money; none while the event it counts from has
    /// not happened, or where it names no days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_promised: Option<Date>,
    /// For the first scan of the goods; after it the authorisation expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorise_expires: Option<Date>,
}

/// Refund and bearing of costs under the law or policy that won, fixed for the case's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Whose fault the return is.
    pub fault: Fault,
    /// Who pays the way back.
    pub label_paid_by: Payer,
    /// When money may go.
    pub refund_control: RefundControl,
    /// Whether a statutory right carries the line: no fee, no decline, no override below it.
    pub statutory: bool,
    /// Whether a deduction for diminished value is lawful at all.
    pub may_deduct: bool,
    /// Days after the event of `refund_control` within which the policy promises the money.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refund_within_days: u16,
    /// Goods that stay are to be given to a charity.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub donate: bool,
    /// The country the policy wants the goods back in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<CountryCode>,
    /// Where they should go first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
const fn is_zero(days: &u16) -> bool {
    *days == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
pub(crate) const fn lacks_nothing(lacks: &ConditionSet) -> bool {
    lacks.is_empty()
}

/// The decision on one requested line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDecision {
    /// Index of the order line.
    pub line: u16,
    /// Units decided on.
    pub units: u32,
    /// What is decided.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What the customer may choose; the wanted outcome first if it is among them.
    pub offered: SmallVec<[Outcome; 5]>,
    /// Why: policy clauses and legal citations, the deciding one first.
    pub reasons: Vec<Reason>,
    /// The periods that run.
    pub clocks: Clocks,
    /// What holds for the money of this line.
    pub terms: Terms,
}

/// The law a decision was made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawBasis {
    /// Version of the law book: SHA-256 of its packs, hex.
    pub law: Arc<str>,
    /// Version of the holiday tables its days were counted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<Arc<str>>,
}

/// The decision on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// One per requested line, in the order asked.
    pub lines: Vec<LineDecision>,
    /// What the authorised lines are worth; a review's lines are quoted too, subject to it.
    pub quote: Quote,
    /// Whether the rule may approve alone: nothing in review, nothing asked, amount within the
    /// approval limit or carried by a statutory right.
    pub auto: bool,
    /// The law it was made under; none in decisions made before that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LawBasis>,
}

impl Decision {
    /// Whether every line goes ahead.
    pub fn is_authorised(&self) -> bool {
        self.lines.iter().all(|l| l.verdict.is_authorised())
    }
}

/// [`EvidenceGiven`] in its written form; the policy crate keeps it a plain value.
pub(crate) mod evidence_form {
    use policy::EvidenceGiven;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Form {
        #[serde(default)]
        photos: u8,
        #[serde(default)]
        note: bool,
        #[serde(default)]
        serial: bool,
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the signature serde asks for"
    )]
    pub(crate) fn serialize<S: Serializer>(e: &EvidenceGiven, s: S) -> Result<S::Ok, S::Error> {
        Form {
            photos: e.photos,
            note: e.note,
            serial: e.serial,
        }
        .serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<EvidenceGiven, D::Error> {
        let Form {
            photos,
            note,
            serial,
        } = Form::deserialize(d)?;
        Ok(EvidenceGiven {
            photos,
            note,
            serial,
        })
    }
}
