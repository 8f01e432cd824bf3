//! What the law answers: rights with their status and consequences, or that there is no floor.

use crate::{
    Exemption,
    calendar::{Holidays, Period},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// The kinds of right a buyer can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To step back without a reason.
    Withdrawal,
    /// To reject faulty goods at once for the money.
    ShortTermReject,
    /// To have faulty goods put right.
    Conformity,
    /// To end the contract because the goods did not come.
    NonDelivery,
}

/// Where a right stands on the day of the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It can be used.
    Open {
        /// Last day for the act that counts; `None` where the law fixes no day.
        until: Option<Date>,
    },
    /// It existed and was used too late.
    Ended {
        /// The last day on which it could have been used.
        on: Date,
    },
    /// Its period does not run yet. A withdrawal may already be declared (delivery only starts
    /// the period); a non-delivery or defect right cannot be used yet.
    NotStarted,
    /// The law takes this line out.
    Exempt(Exemption),
}

/// How much of the outbound delivery charge comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outbound {
    /// Nothing, or the remedy is not a refund.
    No,
    /// At most the cheapest standard delivery the trader offered.
    Standard,
    /// All that was paid, express included.
    Whole,
}

/// Who bears the cost of sending goods back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The buyer.
    Consumer,
    /// The seller.
    Trader,
    /// The statute does not say.
    Unspecified,
    /// Nothing has to travel.
    NotApplicable,
}

/// What the trader may take off the refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deduction {
    /// Nothing.
    None,
    /// Real loss of value by handling beyond a shop-like inspection, at most the line price.
    ExcessHandling,
}

/// What the right gives first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The money.
    Refund,
    /// Repair or replacement at the consumer's choice; money only when that fails.
    RepairOrReplaceFirst,
    /// Rejection of the goods, then the money.
    Reject,
}

/// How sure the research behind a rule is. It is never a substitute for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Memory, secondary source, or law in motion.
    Low,
    /// Text partly read, or one reading still open.
    Medium,
    /// Text read or settled law.
    High,
}

/// Whether counsel approved a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody qualified has looked at it; say so wherever it is shown.
    Unreviewed,
    /// Approved by counsel for the jurisdiction.
    Approved,
}

/// The event that starts a refund period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStart {
    /// The trader got the notice (or, for non-delivery, the termination).
    NoticeReceived,
    /// The earlier of goods back and proof that they were sent.
    GoodsOrProof,
    /// The trader agreed to refund: see [`RefundClock::due_from`].
    TraderAgreed,
    /// A known day on which the claim to the refund arose.
    Vested(Date),
}

/// When the money must be back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RefundClock {
    /// Length and counting of the period.
    pub period: Period,
    /// What starts it.
    pub start: RefundStart,
    /// The trader may wait for goods or proof of sending, whichever is first.
    pub may_withhold: bool,
}

/// A refund day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DueDate {
    /// Last lawful day, with the rollover the calendar gives the trader.
    pub due: Date,
    /// The same without any rollover: the day to work towards.
    pub strict: Date,
}

impl RefundClock {
    /// The refund day for these events; `None` while the event that counts has not happened
    /// (or is the trader's agreement, for which use [`RefundClock::due_from`]).
    pub fn due(
        &self,
        notice_received: Date,
        goods_received: Option<Date>,
        proof_of_dispatch: Option<Date>,
        holidays: &Holidays,
    ) -> Option<DueDate> {
        let event = match (goods_received, proof_of_dispatch) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let start = match self.start {
            RefundStart::NoticeReceived => notice_received,
            RefundStart::GoodsOrProof => event?,
            RefundStart::Vested(day) => day,
            RefundStart::TraderAgreed => return None,
        };
        let mut day = self.due_from(start, holidays)?;
        if self.may_withhold {
            let event = event?;
            day = DueDate {
                due: day.due.max(event),
                strict: day.strict.max(event),
            };
        }
        Some(day)
    }

    /// The refund day when the period starts on `start`; `None` only beyond the year 9999.
    pub fn due_from(&self, start: Date, holidays: &Holidays) -> Option<DueDate> {
        Some(DueDate {
            due: self.period.end(start, holidays)?,
            strict: self.period.end_strict(start, holidays)?,
        })
    }
}

/// One right the buyer has, or had, for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// The kind of right.
    pub right: Right,
    /// Id of the most specific rule, e.g. `de.withdrawal.goods`.
    pub rule: Arc<str>,
    /// The rule and what it overlays, base first.
    pub rules: Arc<[Arc<str>]>,
    /// Citation: national article first, then the EU article.
    pub citation: Arc<str>,
    /// Where the right stands.
    pub status: Status,
    /// Last day of the period, whatever the status; for non-delivery the trader's last day.
    pub deadline: Option<Date>,
    /// Last day on which a defect that shows is presumed to have been there at delivery.
    pub presumed_until: Option<Date>,
    /// Delivery charge that comes back.
    pub refunds_outbound: Outbound,
    /// Who pays return postage.
    pub return_cost: Payer,
    /// What may be taken off.
    pub deduction: Deduction,
    /// What the right gives first.
    pub remedy: Remedy,
    /// When the money is due; `None` where the law fixes no number of days.
    pub refund_clock: Option<RefundClock>,
    /// How sure the research is.
    pub confidence: Confidence,
    /// Whether counsel approved the rule.
    pub review: ReviewState,
}

impl Entitlement {
    /// The buyer can use it now: open, or a withdrawal before delivery.
    pub fn is_usable(&self) -> bool {
        match self.status {
            Status::Open { .. } => true,
            Status::NotStarted => self.right == Right::Withdrawal,
            Status::Ended { .. } | Status::Exempt(_) => false,
        }
    }

    /// Order by what the consumer gets: money before repair, then charges, then postage.
    fn worth(&self) -> (bool, Outbound, bool, bool) {
        (
            self.remedy != Remedy::RepairOrReplaceFirst,
            self.refunds_outbound,
            self.return_cost != Payer::Consumer,
            self.deduction == Deduction::None,
        )
    }
}

/// Why the law gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNone {
    /// Consumer law does not protect business buyers.
    BusinessBuyer,
    /// No right for a change of mind after a purchase in a shop.
    InStore,
    /// No statute gives this right here.
    NoStatute,
    /// The packs hold no rule for this place or request. This is not a statement that no law
    /// exists: a person must look.
    NotCovered,
}

/// The plain statement that no floor applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoFloor {
    /// Rule that says so, or `law.not_covered`.
    pub rule: Arc<str>,
    /// The rule and what it overlays, base first.
    pub rules: Arc<[Arc<str>]>,
    /// Citation.
    pub citation: Arc<str>,
    /// The reason.
    pub why: WhyNone,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// Every right that fits the request, ended and exempt ones included.
    pub entitlements: SmallVec<[Entitlement; 2]>,
    /// Set exactly when `entitlements` is empty.
    pub none: Option<NoFloor>,
}

impl Floor {
    /// The usable right that gives the consumer most; `None` when none can be used.
    pub fn best(&self) -> Option<&Entitlement> {
        self.entitlements
            .iter()
            .filter(|e| e.is_usable())
            .max_by_key(|e| e.worth())
    }

    /// The right of this kind, whatever its status.
    pub fn right(&self, right: Right) -> Option<&Entitlement> {
        self.entitlements.iter().find(|e| e.right == right)
    }

    /// A right exists and the line is not exempt from it, even if it was used too late.
    pub fn has_statutory_right(&self) -> bool {
        self.entitlements
            .iter()
            .any(|e| !matches!(e.status, Status::Exempt(_)))
    }
}
