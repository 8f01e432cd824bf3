//! Answering one question from compiled rules. No allocation beyond the answer, no parsing.

use crate::{
    Deduction, Entitlement, Floor, Informed, LawFacts, NoFloor, Payer, RefundClock, RefundStart,
    RequestKind, Status,
    compile::{Body, RightRule, Rule, channel_bit, request_bit},
    pack::{MetBy, RawRefundStart, RawRequest, RawStart, TraderIf},
};
use jiff::civil::Date;
use smallvec::SmallVec;

/// Applies `rules`, most specific place first; `fallback` speaks when none fits.
pub(crate) fn floor(rules: &[Rule], fallback: &Rule, facts: &LawFacts<'_>) -> Floor {
    let mut entitlements = SmallVec::new();
    let mut roots: SmallVec<[&str; 4]> = SmallVec::new();
    let mut silence: Option<&Rule> = None;
    for rule in rules.iter().filter(|r| fits(r, facts)) {
        if roots.contains(&&*rule.root) {
            continue;
        }
        roots.push(&rule.root);
        match &rule.body {
            Body::Right(right) => entitlements.push(entitlement(rule, right, facts)),
            Body::None(_) => silence = silence.or(Some(rule)),
        }
    }
    let none = entitlements
        .is_empty()
        .then(|| no_floor(silence.unwrap_or(fallback)));
    Floor { entitlements, none }
}

fn no_floor(rule: &Rule) -> NoFloor {
    NoFloor {
        rule: rule.id.clone(),
        rules: rule.ids.clone(),
        citation: rule.citation.clone(),
        why: match rule.body {
            Body::None(why) => why,
            Body::Right(_) => crate::WhyNone::NotCovered,
        },
    }
}

fn fits(rule: &Rule, facts: &LawFacts<'_>) -> bool {
    let request = match facts.request {
        RequestKind::ChangeOfMind => RawRequest::ChangeOfMind,
        RequestKind::Defect { .. } => RawRequest::Defect,
        RequestKind::NonDelivery => RawRequest::NonDelivery,
    };
    rule.buyer.is_none_or(|buyer| buyer == facts.buyer)
        && rule.channels & channel_bit(facts.channel) != 0
        && rule.requests & request_bit(request) != 0
        && rule.from.is_none_or(|from| facts.contract_date >= from)
        && rule.to.is_none_or(|to| facts.contract_date <= to)
}

fn entitlement(rule: &Rule, right: &RightRule, facts: &LawFacts<'_>) -> Entitlement {
    let line = facts.line_delivered_on.or(facts.delivered_on);
    let start = match right.start {
        RawStart::PossessionLastGood => facts.delivered_on,
        RawStart::Delivery => line,
        RawStart::Contract | RawStart::ProperlyCompletedOrder => Some(facts.contract_date),
    };
    let deadline = start.and_then(|start| deadline(right, start, facts));
    let status = match right.exemptions.first_of(facts.traits) {
        Some(exemption) => Status::Exempt(exemption),
        None => status(right, start, deadline, facts),
    };
    let told = facts.informed == Informed::Yes;
    Entitlement {
        right: right.right,
        rule: rule.id.clone(),
        rules: rule.ids.clone(),
        citation: rule.citation.clone(),
        status,
        deadline: if right.met_by == MetBy::CourtClaim {
            None
        } else {
            deadline
        },
        presumed_until: right
            .burden
            .and_then(|b| b.end_strict(line?, facts.holidays)),
        refunds_outbound: right.outbound,
        return_cost: payer(right, facts),
        deduction: if right.deduction_needs_information && !told {
            Deduction::None
        } else {
            right.deduction
        },
        remedy: right.remedy,
        refund_clock: refund_clock(right, deadline, facts),
        confidence: right.confidence,
        review: right.review,
    }
}

/// Last day of the window, with the extension for missing or late information.
fn deadline(right: &RightRule, start: Date, facts: &LawFacts<'_>) -> Option<Date> {
    let initial = right.window?.end(start, facts.holidays)?;
    let Some(extension) = &right.extension else {
        return Some(initial);
    };
    let limit = |informed: Date| {
        let within = extension.late_within;
        // "Beginning with the first day" counts the day after the start event.
        let from = if within.include_start {
            start.tomorrow().ok()?
        } else {
            start
        };
        (informed <= within.end_strict(from, facts.holidays)?).then_some(())
    };
    match facts.informed {
        Informed::Yes => Some(initial),
        Informed::Late(on) if limit(on).is_some() => {
            Some(initial.max(extension.late.end(on, facts.holidays)?))
        }
        Informed::Late(_) | Informed::No => extension.period.end(initial, facts.holidays),
    }
}

fn status(
    right: &RightRule,
    start: Option<Date>,
    deadline: Option<Date>,
    facts: &LawFacts<'_>,
) -> Status {
    if start.is_none() {
        return Status::NotStarted;
    }
    let act = match right.met_by {
        MetBy::SendingNotice | MetBy::ConsumerIndicatesRejection | MetBy::CourtClaim => {
            facts.notice_sent_on
        }
        MetBy::NoticeReceived => facts.notice_received_on,
        MetBy::DefectApparent => match facts.request {
            RequestKind::Defect { noticed_on } => noticed_on,
            _ => facts.notice_sent_on,
        },
        MetBy::TraderDelivery | MetBy::TraderShipment => {
            return match (facts.line_delivered_on, deadline) {
                (Some(came), _) => Status::Ended { on: came },
                (None, Some(day)) if facts.notice_sent_on <= day => Status::NotStarted,
                (None, _) => Status::Open { until: None },
            };
        }
    };
    match deadline {
        Some(day) if act > day => Status::Ended { on: day },
        // A limitation period ends with a claim in court, not with the consumer's notice.
        Some(_) if right.met_by == MetBy::CourtClaim => Status::Open { until: None },
        until => Status::Open { until },
    }
}

fn payer(right: &RightRule, facts: &LawFacts<'_>) -> Payer {
    let trader = right.trader_if.iter().any(|reason| match reason {
        TraderIf::ReturnCostNotInformed => !facts.informed_of_return_cost,
        TraderIf::TraderAgreedToPay => facts.agreed_to_pay_return,
        TraderIf::TraderOfferedCollection => facts.offered_collection,
    });
    if trader { Payer::Trader } else { right.payer }
}

fn refund_clock(
    right: &RightRule,
    deadline: Option<Date>,
    facts: &LawFacts<'_>,
) -> Option<RefundClock> {
    let refund = right.refund.as_ref()?;
    let (start, may_withhold) = if facts.offered_collection {
        (refund.start_if_collection, refund.withhold_if_collection)
    } else {
        (refund.start, refund.withhold)
    };
    let start = match start {
        RawRefundStart::TraderInformed | RawRefundStart::Termination => RefundStart::NoticeReceived,
        RawRefundStart::GoodsReceivedOrProofOfSending => RefundStart::GoodsOrProof,
        RawRefundStart::TraderAgreedRefund => RefundStart::TraderAgreed,
        RawRefundStart::RightToRefundVests => RefundStart::Vested(deadline?),
    };
    Some(RefundClock {
        period: refund.period,
        start,
        may_withhold,
    })
}
