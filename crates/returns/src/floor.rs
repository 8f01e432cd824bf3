//! The law's answer for one requested line, as the decision needs it: which right carries the
//! line, what it changes, and the reasons to show. The decision is never below it (invariant 4).

use crate::claim::ClaimKind;
use crate::decide::Facts;
use crate::decision::{Path, RequestedLine};
use crate::order::{OrderLine, SalesOrder};
use kernel::{Basis, Date, Money, Reason, ReasonCode};
use law::{
    Buyer, Circumstance, Circumstances, Entitlement, Exemption, Floor, LawFacts, RequestKind,
    Right, SaleChannel, Status, SubChannel, SubChannels, WhyNone,
};
use policy::{ReturnReason, SalesChannel};

/// What is the same for all lines of an order, worked out once for all questions about them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    /// All that was charged, delivery included.
    value: Money,
    /// What was paid for all goods, minor units.
    pub goods_minor: i64,
    /// The day the last good of the order came, where the period of withdrawal starts; unknown
    /// while one is still to come.
    pub last_delivered_on: Option<Date>,
}

impl Whole {
    pub(crate) fn of(order: &SalesOrder) -> Self {
        let mut days = order.lines.iter().map(|line| line.delivered_on);
        let first = days.next().flatten();
        Self {
            value: order.value(),
            goods_minor: order.goods_minor(),
            last_delivered_on: days.fold(first, |last, day| Some(last?.max(day?))),
        }
    }
}

/// What differs between the lines of one request for the law: alike lines get one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Question<'a> {
    traits: &'a [Exemption],
    delivered_on: Option<Date>,
    request: RequestKind,
}

impl<'a> Question<'a> {
    pub(crate) fn of(facts: &Facts<'_>, line: &RequestedLine, sold: &'a OrderLine) -> Self {
        Self {
            traits: &sold.exemptions,
            // What a consumer says never came counts as not delivered until somebody proves it.
            delivered_on: sold.delivered_on.filter(|_| !never_came(facts)),
            request: request_kind(facts, line, sold),
        }
    }
}

/// Asks the law about a line.
pub(crate) fn ask(
    facts: &Facts<'_>,
    whole: &Whole,
    line: &RequestedLine,
    sold: &OrderLine,
) -> Floor {
    answer(facts, whole, &Question::of(facts, line, sold))
}

/// What the law answers to a question about a line.
pub(crate) fn answer(facts: &Facts<'_>, whole: &Whole, question: &Question<'_>) -> Floor {
    let order = facts.order;
    let (channel, ways) = match order.channel {
        SalesChannel::Store => (SaleChannel::InStore, SubChannels::NONE),
        SalesChannel::Phone => (
            SaleChannel::Distance,
            SubChannels::NONE.with(SubChannel::Telephone),
        ),
        SalesChannel::Online | SalesChannel::Marketplace | SalesChannel::Business => (
            SaleChannel::Distance,
            SubChannels::NONE.with(SubChannel::Web),
        ),
    };
    facts.law.entitlements(&LawFacts {
        buyer: if order.channel == SalesChannel::Business {
            Buyer::Business
        } else {
            order.buyer
        },
        channel,
        sub_channels: ways,
        contract_value: Some(whole.value),
        informed: order.informed.of_withdrawal,
        informed_of_return_cost: order.informed.of_return_costs,
        policy_disclosed: order.informed.of_policy,
        // Who does not show its return policy has not told what the statutes ask it to tell.
        circumstances: Circumstances::NONE
            .with_if(Circumstance::DisclosureFailure, !order.informed.of_policy),
        traits: question.traits,
        delivered_on: whole.last_delivered_on.filter(|_| !never_came(facts)),
        line_delivered_on: question.delivered_on,
        request: question.request,
        notice_sent_on: facts.notice_sent_on,
        notice_received_on: facts.notice_received_on,
        ..LawFacts::new(order.place, order.placed_on, facts.holidays)
    })
}

/// What the reason means to the law; a withdrawal needs no reason.
fn request_kind(facts: &Facts<'_>, line: &RequestedLine, sold: &OrderLine) -> RequestKind {
    use ReturnReason as R;
    if facts.path == Path::Withdrawal {
        return RequestKind::ChangeOfMind;
    }
    match line.reason {
        R::NotAsDescribed
        | R::WrongItem
        | R::MissingParts
        | R::DamagedInTransit
        | R::Defective
        | R::DefectiveInWarranty
        | R::Recall => RequestKind::Defect {
            noticed_on: line.noticed_on.unwrap_or(facts.asked_on),
        },
        R::LateDelivery if never_came(facts) || sold.delivered_on.is_none() => {
            RequestKind::NonDelivery
        }
        _ => RequestKind::ChangeOfMind,
    }
}

/// Whether the consumer claims that the goods never came.
fn never_came(facts: &Facts<'_>) -> bool {
    facts.claim == Some(ClaimKind::NotReceived)
}

/// The law as a basis.
pub(crate) fn basis(right: &Entitlement) -> Basis {
    Basis::Law {
        rule: right.rule.clone(),
        citation: right.citation.clone(),
    }
}

/// The reasons the law gives for a line: each right with where it stands, or that there is none.
pub(crate) fn reasons(floor: &Floor, line: u16, out: &mut Vec<Reason>) {
    for right in &floor.entitlements {
        let (code, date) = code_of(right);
        let mut reason = Reason::new(code, basis(right)).on_line(line);
        reason.date = date;
        if let Status::Exempt(exemption) = right.status {
            reason = reason.with_text(exemption.as_str());
        }
        out.push(reason);
    }
    if let Some(none) = &floor.none {
        let code = match none.why {
            WhyNone::BusinessBuyer => ReasonCode::BusinessBuyer,
            WhyNone::InStore
            | WhyNone::NoStatute
            | WhyNone::NotCovered
            | WhyNone::PolicyDisclosed
            | WhyNone::NoDisclosureFailure
            | WhyNone::BelowThreshold => ReasonCode::NoStatutoryFloor,
        };
        let basis = Basis::Law {
            rule: none.rule.clone(),
            citation: none.source().clone(),
        };
        out.push(Reason::new(code, basis).on_line(line));
    }
}

fn code_of(right: &Entitlement) -> (ReasonCode, Option<Date>) {
    let until = right.deadline;
    match (right.status, right.right) {
        (Status::Exempt(_), _) => (ReasonCode::StatutoryExemption, None),
        (Status::Ended { on }, right) if right.needs_no_reason() => {
            (ReasonCode::StatutoryWithdrawalEnded, Some(on))
        }
        (_, right) if right.needs_no_reason() => (ReasonCode::StatutoryWithdrawal, until),
        (_, Right::ShortTermReject) => (ReasonCode::StatutoryShortTermReject, until),
        _ => (ReasonCode::StatutoryConformity, until),
    }
}
