//! The least amount the trader must give back: price of the lines, outbound delivery, less what
//! the law lets it take off. Minor units of the order's currency throughout.

use super::{
    case::{Case, Line},
    facts::{AskedKind, CaseFacts, Wanted},
    pick,
};
use crate::{
    Circumstance, Entitlement, LawFacts, Outbound, Right, Status,
    calendar::{Period, Rollover, Unit},
    rule::{Body, RightRule},
    words::{DeductionKind, RefundEvent},
};

/// A line with the right it uses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used<'f> {
    pub line: &'f Line,
    pub right: &'f Entitlement,
}

/// Amounts in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    pub goods: i64,
    pub outbound: i64,
    pub deducted: i64,
    pub total: i64,
    /// A higher reading of an unsettled point.
    pub cautious: Option<i64>,
}

/// Whether this right gives money now.
pub(crate) fn gives_money(e: &Entitlement, facts: &CaseFacts, case: &Case) -> bool {
    if !e.is_usable() {
        return false;
    }
    match e.right {
        Right::Conformity => match facts.request.remedy {
            Some(Wanted::Repair | Wanted::Replacement) => false,
            Some(Wanted::PriceReduction) => case.price_reduction > 0,
            _ => pick::money_back(e, case),
        },
        Right::NonDelivery => undelivered(e, facts, case),
        Right::PaymentDispute => false,
        _ => true,
    }
}

/// The trader's day has passed, and the contract is at an end.
fn undelivered(e: &Entitlement, facts: &CaseFacts, case: &Case) -> bool {
    let Status::Open { .. } = e.status else {
        return false;
    };
    let request = &facts.request;
    let waits =
        case.circumstances.has(Circumstance::DelayConsent) && facts.revised_ship_by.is_none();
    let ended = request
        .terminated_on
        .or(request.notice_received_on)
        .or(request.notice_sent_on);
    let needs_notice = matches!(
        &e.detail.body,
        Body::Right(r) if r.refund.as_ref().is_some_and(|r| r.start == RefundEvent::Termination)
    );
    if waits || (needs_notice && ended.is_none()) {
        return false;
    }
    // A further period that the buyer set must pass first, unless the trader refused.
    match (request.extra_period_ends_on, ended) {
        (Some(extra), Some(ended)) if needs_notice => {
            ended > extra || case.circumstances.has(Circumstance::SellerRefused)
        }
        _ => true,
    }
}

pub(crate) fn amounts(used: &[Used<'_>], facts: &CaseFacts, case: &Case) -> Amounts {
    let paying: Vec<&Used<'_>> = used
        .iter()
        .filter(|u| gives_money(u.right, facts, case))
        .collect();
    if paying.is_empty() {
        return Amounts::default();
    }
    let sum = |lines: &mut dyn Iterator<Item = i64>| lines.fold(0, i64::saturating_add);
    let price = sum(&mut paying.iter().map(|u| u.line.price));
    let reduced = facts.request.kind == AskedKind::Defect
        && facts.request.remedy == Some(Wanted::PriceReduction)
        && paying.iter().any(|u| u.right.right == Right::Conformity);
    let goods = if reduced {
        case.price_reduction.min(price)
    } else {
        price
    };
    let outbound = if reduced {
        Outbound::No
    } else {
        paying
            .iter()
            .map(|u| u.right.refunds_outbound)
            .max()
            .unwrap_or(Outbound::No)
    };
    let charge = match outbound {
        Outbound::No => 0,
        Outbound::Standard => case.paid.min(case.standard),
        Outbound::Whole => case.paid,
    };
    let everything = sum(&mut case.lines.iter().map(|l| l.price));
    let partial = paying.len() < case.lines.len();
    let back = if partial {
        (charge - case.kept).max(0)
    } else {
        charge
    };
    let deducted = deduction(&paying, facts, case).min(goods);
    let total = goods + back - deducted;
    let mut cautious = total;
    let stepped_back = paying.iter().any(|u| u.right.right.needs_no_reason());
    if partial && stepped_back && charge > 0 && everything > 0 {
        // No statute fixes the share of a delivery charge on partial withdrawal.
        cautious = cautious.max(goods + share(charge, price, everything) - deducted);
    }
    if outbound == Outbound::No && !reduced && case.paid > 0 && paying.iter().any(|u| unstated(u)) {
        let part = if partial {
            share(case.paid, price, everything.max(1))
        } else {
            case.paid
        };
        cautious = cautious.max(goods + part - deducted);
    }
    Amounts {
        goods,
        outbound: back,
        deducted,
        total,
        cautious: (cautious > total).then_some(cautious),
    }
}

/// The statute does not say whether the outbound charge comes back with a change of mind.
fn unstated(used: &Used<'_>) -> bool {
    let stated = used
        .right
        .detail
        .entry
        .content
        .refund_includes_outbound_standard;
    used.right.right.needs_no_reason() && stated.is_none()
}

/// `amount * part / whole`, rounded half up; `whole` is positive.
fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let scaled = i128::from(amount) * i128::from(part) * 2 + i128::from(whole);
    i64::try_from(scaled / (i128::from(whole) * 2)).unwrap_or(i64::MAX)
}

fn deduction(paying: &[&Used<'_>], facts: &CaseFacts, case: &Case) -> i64 {
    let mut total = 0_i64;
    let mut loss = case.value_loss;
    for used in paying {
        let Body::Right(right) = &used.right.detail.body else {
            continue;
        };
        let question = case.question(facts, used.line);
        if barred(right, &question) {
            continue;
        }
        let price = used.line.price;
        let cause = facts.back.value_loss_cause.as_deref().unwrap_or("none");
        let handled = cause == "excess_handling";
        let taken = match right.deduction.kind {
            DeductionKind::DiminishedValue if handled => loss.min(price),
            // Only what was done at the buyer's express request is paid for.
            DeductionKind::ProRataService if cause.starts_with("service") => loss.min(price),
            DeductionKind::UseAllowance
            | DeductionKind::ReasonableHire
            | DeductionKind::PartialUse
                if !handled && cause != "none" =>
            {
                loss.min(price)
            }
            DeductionKind::RightLostIfNotIntact if handled && loss > 0 => {
                total = total.saturating_add(price);
                continue;
            }
            _ => 0,
        };
        loss -= taken;
        total = total.saturating_add(taken);
    }
    total.saturating_add(fee(paying, facts, case))
}

/// A cancellation fee is taken once for all lines.
fn fee(paying: &[&Used<'_>], facts: &CaseFacts, case: &Case) -> i64 {
    let charged = paying.iter().filter_map(|used| {
        let Body::Right(right) = &used.right.detail.body else {
            return None;
        };
        let (percent, most) = right.deduction.fee?;
        (!barred(right, &case.question(facts, used.line))).then_some((
            used.line.price,
            percent,
            most,
        ))
    });
    let (mut price, mut terms) = (0_i64, None);
    for (line, percent, most) in charged {
        price = price.saturating_add(line);
        terms = Some((percent, most));
    }
    let Some((percent, most)) = terms else {
        return 0;
    };
    // A share of the price is a most: it is never rounded up.
    let part = i64::try_from(i128::from(price) * i128::from(percent) / 100).unwrap_or(i64::MAX);
    if most.currency == case.currency {
        part.min(most.minor)
    } else {
        // A most in another currency cannot be kept to: nothing is taken off the floor.
        0
    }
}

fn barred(right: &RightRule, question: &LawFacts<'_>) -> bool {
    let Some(bar) = right.deduction.barred_if else {
        return false;
    };
    if bar == Circumstance::FinalRejectWithin6Months {
        let six_months = Period {
            length: 6,
            unit: Unit::Month,
            include_start: false,
            rollover: Rollover::None,
        };
        let end = question
            .line_delivered_on
            .and_then(|day| six_months.end_strict(day, question.holidays));
        return end.is_some_and(|end| question.notice_sent_on <= end)
            && !question.circumstances.has(Circumstance::MotorVehicle);
    }
    question.all_circumstances().has(bar)
}
