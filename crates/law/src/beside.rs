//! The rights of one line beside each other, as plain data: what a person compares before one of
//! them is used, and which of them gives the consumer most in each dimension.

use crate::{
    Deduction, DueDate, Entitlement, Holidays, LatePayment, Outbound, RefundClock, RefundEvents,
    Remedy, Right, Status,
    rule::Body,
    words::{Confidence, Payer, RefundEvent, RemedyStep, UnitWord},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One right of a line with its figures. What is stored of it never changes with later packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingRight {
    /// The kind.
    pub right: Right,
    /// Id of the most specific rule.
    pub rule: Arc<str>,
    /// Citation, national article first.
    pub citation: Arc<str>,
    /// Where it stands.
    pub status: Status,
    /// Last day of its period; for non-delivery the trader's last day.
    pub deadline: Option<Date>,
    /// When the money must be back, were this right used; `None` where the law fixes no number of
    /// days or what starts them has not happened.
    pub due: Option<DueDate>,
    /// The word of the statute where it fixes no number of days for the refund.
    pub refund_basis: Option<UnitWord>,
    /// The event that has not happened and starts the refund period, or that the trader may wait
    /// for after it.
    pub awaits: Option<RefundEvent>,
    /// Where the money may wait for the goods: the last day of the refund period itself.
    pub not_before: Option<DueDate>,
    /// Delivery charge that comes back.
    pub outbound: Outbound,
    /// Who pays the way back.
    pub return_cost: Payer,
    /// What may be taken off.
    pub deduction: Deduction,
    /// What it gives first.
    pub remedy: Remedy,
    /// The remedies in their order, where the statute has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<RemedyStep>,
    /// Last day on which a defect is presumed to have been there at delivery.
    pub presumed_until: Option<Date>,
    /// Last day to tell the trader of a defect, where the statute sets one.
    pub notice_by: Option<Date>,
    /// Last day to send the goods back, where the statute sets one.
    pub return_by: Option<Date>,
    /// Last day to put faulty goods right, where the statute sets one.
    pub cure_by: Option<Date>,
    /// What late payment costs the trader on top, where the statute says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_payment: Option<LatePayment>,
    /// How sure the research is.
    pub confidence: Confidence,
}

impl StandingRight {
    /// A right with the day its refund is due after these events.
    pub fn of(right: &Entitlement, events: &RefundEvents, holidays: &Holidays) -> Self {
        let clock = right.refund_clock.filter(|_| right.is_usable());
        let due = clock.and_then(|clock| clock.due(events, holidays));
        let waits = clock.filter(|_| due.is_none());
        let not_before = waits.filter(|clock| clock.may_withhold).and_then(|clock| {
            let period = RefundClock {
                may_withhold: false,
                ..clock
            };
            period.due(events, holidays)
        });
        let awaits = waits.map(|clock| match not_before {
            Some(_) => RefundEvent::GoodsReceivedOrProofOfSending,
            None => clock.start,
        });
        let (steps, late_payment) = match &right.detail.body {
            Body::Right(rule) => (rule.ladder.clone(), rule.late_payment.clone()),
            _ => (Vec::new(), None),
        };
        Self {
            right: right.right,
            rule: right.rule.clone(),
            citation: right.citation.clone(),
            status: right.status,
            deadline: right.deadline,
            due,
            refund_basis: right.refund_basis,
            awaits,
            not_before,
            outbound: right.refunds_outbound,
            return_cost: right.return_cost,
            deduction: right.deduction,
            remedy: right.remedy,
            steps,
            presumed_until: right.presumed_until,
            notice_by: right.notice_by,
            return_by: right.return_by,
            cure_by: right.cure_by,
            late_payment,
            confidence: right.confidence,
        }
    }

    /// It can be used now.
    pub const fn is_usable(&self) -> bool {
        self.status.is_usable(self.right)
    }
}

/// What rights are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The longer time.
    LastDay,
    /// Money before repair.
    Gives,
    /// The earlier money.
    RefundDue,
    /// More of the delivery charge.
    Outbound,
    /// The way back at the trader's cost.
    ReturnCost,
    /// Nothing taken off.
    Deductions,
    /// The longer presumption.
    PresumedUntil,
}

impl Dimension {
    /// Every one, in the order they are shown.
    pub const ALL: &[Self] = &[
        Self::LastDay,
        Self::Gives,
        Self::RefundDue,
        Self::Outbound,
        Self::ReturnCost,
        Self::Deductions,
        Self::PresumedUntil,
    ];

    /// How good a right is in it for the consumer, more is better; `None`: not to be compared.
    fn worth(self, r: &StandingRight) -> Option<i64> {
        match self {
            // The trader's last day is not the consumer's.
            Self::LastDay if r.right == Right::NonDelivery => None,
            Self::LastDay => match (r.deadline, r.status) {
                (Some(day), _) => Some(days(day)),
                (None, Status::Open { .. }) => Some(i64::MAX),
                (None, _) => None,
            },
            Self::Gives => Some(i64::from(r.remedy != Remedy::RepairOrReplaceFirst)),
            Self::RefundDue => r.due.map(|due| -days(due.due)),
            Self::Outbound => Some(match r.outbound {
                Outbound::No => 0,
                Outbound::Standard => 1,
                Outbound::Whole => 2,
            }),
            Self::ReturnCost => Some(match r.return_cost {
                Payer::Consumer => 0,
                Payer::Unspecified => 1,
                Payer::Trader | Payer::NotApplicable => 2,
            }),
            Self::Deductions => Some(i64::from(r.deduction == Deduction::None)),
            Self::PresumedUntil => r.presumed_until.map(days),
        }
    }

    /// For each right whether it gives most of this dimension: among those that can be used, and
    /// only where another one gives less.
    pub fn best(self, rights: &[StandingRight]) -> Vec<bool> {
        let worth: Vec<Option<i64>> = rights
            .iter()
            .map(|r| self.worth(r).filter(|_| r.is_usable()))
            .collect();
        let known = || worth.iter().flatten();
        let differ = known().max() > known().min();
        let most = known().max().filter(|_| differ).copied();
        worth.iter().map(|w| w.is_some() && *w == most).collect()
    }
}

/// Days as a number that grows with time.
fn days(day: Date) -> i64 {
    let since = Date::constant(1900, 1, 1).until(day);
    since.map_or(0, |span| i64::from(span.get_days()))
}
