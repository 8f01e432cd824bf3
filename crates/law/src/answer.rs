//! What the law answers: rights with their status and consequences, or that there is no floor.

use crate::{
    Exemption,
    clock::RefundClock,
    rule::Rule,
    words::{Confidence, Payer, ReviewState, RightType, UnitWord},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// The kinds of right a buyer can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To step back without a reason.
    Withdrawal,
    /// To step back without a reason after a sale at the door or by telephone.
    CoolingOff,
    /// To send goods back because the seller showed no return terms of its own.
    DefaultReturn,
    /// To cancel because the seller did not tell what it must.
    CancelForDisclosureFailure,
    /// To a refund because the seller did not show its return policy.
    UndisclosedPolicyRefund,
    /// To reject faulty goods at once for the money.
    ShortTermReject,
    /// To have faulty goods put right.
    Conformity,
    /// To end the contract because the goods did not come.
    NonDelivery,
    /// To have an accepted return credited in time.
    PaymentRefund,
    /// To dispute the payment with the bank.
    PaymentDispute,
}

impl Right {
    /// The right needs no fault of the goods.
    pub const fn needs_no_reason(self) -> bool {
        matches!(
            self,
            Self::Withdrawal
                | Self::CoolingOff
                | Self::DefaultReturn
                | Self::CancelForDisclosureFailure
                | Self::UndisclosedPolicyRefund
        )
    }

    /// The word the packs use.
    pub const fn word(self) -> RightType {
        match self {
            Self::Withdrawal => RightType::Withdrawal,
            Self::CoolingOff => RightType::CoolingOff,
            Self::DefaultReturn => RightType::DefaultReturn,
            Self::CancelForDisclosureFailure => RightType::CancelForDisclosureFailure,
            Self::UndisclosedPolicyRefund => RightType::UndisclosedPolicyRefund,
            Self::ShortTermReject => RightType::ShortTermReject,
            Self::Conformity => RightType::Conformity,
            Self::NonDelivery => RightType::NonDelivery,
            Self::PaymentRefund => RightType::PaymentRefund,
            Self::PaymentDispute => RightType::PaymentDispute,
        }
    }

    pub(crate) const fn of(word: RightType) -> Option<Self> {
        Some(match word {
            RightType::Withdrawal => Self::Withdrawal,
            RightType::CoolingOff => Self::CoolingOff,
            RightType::DefaultReturn => Self::DefaultReturn,
            RightType::CancelForDisclosureFailure => Self::CancelForDisclosureFailure,
            RightType::UndisclosedPolicyRefund => Self::UndisclosedPolicyRefund,
            RightType::ShortTermReject => Self::ShortTermReject,
            RightType::Conformity => Self::Conformity,
            RightType::NonDelivery => Self::NonDelivery,
            RightType::PaymentRefund => Self::PaymentRefund,
            RightType::PaymentDispute => Self::PaymentDispute,
            RightType::DisclosureDuty | RightType::None => return None,
        })
    }
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
    /// Its period does not run yet. A right that needs no reason may already be used (delivery
    /// only starts the period); a non-delivery or defect right cannot be used yet.
    NotStarted,
    /// The law takes this line out.
    Exempt(Exemption),
}

impl Status {
    /// A right that stands so can be used now: it is open, or needs no reason and its period has
    /// not begun.
    pub const fn is_usable(self, right: Right) -> bool {
        match self {
            Self::Open { .. } => true,
            Self::NotStarted => right.needs_no_reason(),
            Self::Ended { .. } | Self::Exempt(_) => false,
        }
    }
}

/// How much of the outbound delivery charge comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outbound {
    /// Nothing, or the remedy is not a refund, or the statute does not say.
    No,
    /// At most the cheapest standard delivery the trader offered.
    Standard,
    /// All that was paid, express included.
    Whole,
}

/// What the trader may take off the refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deduction {
    /// Nothing.
    None,
    /// Real loss of value by handling beyond a shop-like inspection, at most the line price.
    ExcessHandling,
    /// What the use of the goods, or the part of the service, was worth.
    Use,
    /// A cancellation fee fixed by statute.
    Fee,
}

/// What the right gives first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The money.
    Refund,
    /// Repair or replacement; money only when that fails.
    RepairOrReplaceFirst,
    /// Repair, replacement or money at the consumer's choice.
    ConsumerChooses,
    /// Rejection of the goods, then the money.
    Reject,
}

/// One right the buyer has, or had, for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// The kind of right.
    pub right: Right,
    /// Id of the most specific rule, e.g. `de.withdrawal.goods`.
    pub rule: Arc<str>,
    /// The rule and what it overlays, base first; a rule that lengthened the period is last.
    pub rules: Arc<[Arc<str>]>,
    /// Citation: national article first, then the EU article.
    pub citation: Arc<str>,
    /// Where the right stands.
    pub status: Status,
    /// Last day of the period, whatever the status; for non-delivery the trader's last day.
    pub deadline: Option<Date>,
    /// Last day on which a defect that shows is presumed to have been there at delivery.
    pub presumed_until: Option<Date>,
    /// Last day to tell the trader of a defect, where the statute sets one.
    pub notice_by: Option<Date>,
    /// Last day to send the goods back, where the statute sets one.
    pub return_by: Option<Date>,
    /// Last day to put faulty goods right, where the statute sets one.
    pub cure_by: Option<Date>,
    /// Last day to acknowledge the declaration, where the statute sets one.
    pub acknowledge_by: Option<Date>,
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
    /// The word of the statute where it fixes no number of days for the refund.
    pub refund_basis: Option<UnitWord>,
    /// How sure the research is.
    pub confidence: Confidence,
    /// Whether counsel approved the rule.
    pub review: ReviewState,
    pub(crate) detail: Arc<Rule>,
}

impl Entitlement {
    /// The buyer can use it now: open, or a right without a reason before delivery.
    pub fn is_usable(&self) -> bool {
        self.status.is_usable(self.right)
    }

    /// Order by what the consumer gets: money before repair, then charges, postage, deductions,
    /// and the longer time.
    pub(crate) fn worth(&self) -> (bool, Outbound, u8, bool, Date) {
        (
            self.remedy != Remedy::RepairOrReplaceFirst,
            self.refunds_outbound,
            match self.return_cost {
                Payer::Consumer => 0,
                Payer::Unspecified => 1,
                Payer::Trader | Payer::NotApplicable => 2,
            },
            self.deduction == Deduction::None,
            self.deadline.unwrap_or(Date::MAX),
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
    /// A statute would give it, but the seller showed its terms as the statute demands.
    PolicyDisclosed,
    /// A statute would give it, but the seller did what the statute demands of it.
    NoDisclosureFailure,
    /// The contract is worth too little for the statute.
    BelowThreshold,
    /// The packs hold no rule for this place or request. This is not a statement that no law
    /// exists: a person must look.
    NotCovered,
}

/// The plain statement that no floor applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoFloor {
    /// Rule that says so, or `law.not_covered`.
    pub rule: Arc<str>,
    /// Every rule that says so or that was set aside, most specific first, each after what it
    /// overlays; empty where nothing was written down.
    pub rules: SmallVec<[Arc<str>; 4]>,
    /// Citation.
    pub citation: Arc<str>,
    /// The reason.
    pub why: WhyNone,
}

impl NoFloor {
    /// What to cite: the statute or, where none is to be cited, the rule of the packs that says so.
    pub fn source(&self) -> &Arc<str> {
        if &*self.citation == "none" {
            &self.rule
        } else {
            &self.citation
        }
    }
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// Every right that fits the request, ended and exempt ones included.
    pub entitlements: SmallVec<[Entitlement; 2]>,
    /// Set when `entitlements` is empty, or when every one of them is exempt and a rule states
    /// that there is no other floor.
    pub none: Option<NoFloor>,
}

impl Floor {
    /// The usable right that gives the consumer most; `None` when none can be used. Of two equal
    /// ones the more specific.
    pub fn best(&self) -> Option<&Entitlement> {
        self.entitlements
            .iter()
            .filter(|e| e.is_usable())
            .rev()
            .max_by_key(|e| e.worth())
    }

    /// The right of this kind, whatever its status.
    pub fn right(&self, right: Right) -> Option<&Entitlement> {
        self.entitlements.iter().find(|e| e.right == right)
    }

    /// The best right that needs no reason: a usable one, or else the one that ended or is
    /// exempt.
    pub fn without_reason(&self) -> Option<&Entitlement> {
        let all = || {
            self.entitlements
                .iter()
                .rev()
                .filter(|e| e.right.needs_no_reason())
        };
        all()
            .filter(|e| e.is_usable())
            .max_by_key(|e| e.worth())
            .or_else(|| all().next_back())
    }

    /// A right exists and the line is not exempt from it, even if it was used too late.
    pub fn has_statutory_right(&self) -> bool {
        self.entitlements
            .iter()
            .any(|e| !matches!(e.status, Status::Exempt(_)))
    }
}
