//! Which of several rights a request uses: what the buyer asks picks; where it is silent, what
//! gives the consumer most.

use super::case::Case;
use super::facts::{AskedKind, CaseFacts, Wanted};
use crate::{
    Circumstance, Entitlement, Floor, Right, Status,
    rule::{Body, RightRule},
};

/// What became of one requested line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Picked<'f> {
    /// This right is used, or was used too late.
    Right(&'f Entitlement),
    /// The law takes the line out.
    Exempt,
    /// No right.
    Nothing,
}

pub(crate) fn pick<'f>(floor: &'f Floor, facts: &CaseFacts, case: &Case) -> Picked<'f> {
    let kind = facts.request.kind;
    let family = |e: &&Entitlement| match kind {
        AskedKind::ChangeOfMind => e.right.needs_no_reason(),
        AskedKind::Defect => matches!(e.right, Right::Conformity | Right::ShortTermReject),
        AskedKind::NonDelivery => e.right == Right::NonDelivery,
        AskedKind::PaymentRefund => e.right == Right::PaymentRefund,
        AskedKind::PaymentDispute => e.right == Right::PaymentDispute,
    };
    let living = |e: &&Entitlement| !matches!(e.status, Status::Exempt(_));
    let all = || floor.entitlements.iter().filter(living);
    let found = match kind {
        AskedKind::Defect => {
            let reject = all().find(|e| e.right == Right::ShortTermReject);
            let guarantee = all().find(|e| e.right == Right::Conformity);
            let right = defect(reject, guarantee, facts, case);
            // Who may step back without a reason may also do so because of a defect.
            right.or_else(|| without_reason(floor))
        }
        _ => best(all().filter(family)),
    };
    match found {
        Some(right) => Picked::Right(right),
        None if floor.entitlements.iter().any(|e| family(&e)) => Picked::Exempt,
        None => Picked::Nothing,
    }
}

/// Where nothing that answers a defect can be used any more: a right that needs no reason and can.
pub(crate) fn without_reason(floor: &Floor) -> Option<&Entitlement> {
    let all = floor.entitlements.iter();
    best(all.filter(|e| e.right.needs_no_reason() && e.is_usable()))
}

/// A usable right that gives most, else the one that ended last; of equal ones the more specific.
fn best<'f>(rights: impl Iterator<Item = &'f Entitlement>) -> Option<&'f Entitlement> {
    let all: Vec<&Entitlement> = rights.collect();
    let usable = all.iter().rev().filter(|e| e.is_usable());
    usable
        .max_by_key(|e| e.worth())
        .or_else(|| all.iter().rev().max_by_key(|e| e.deadline))
        .copied()
}

fn defect<'f>(
    reject: Option<&'f Entitlement>,
    guarantee: Option<&'f Entitlement>,
    facts: &CaseFacts,
    case: &Case,
) -> Option<&'f Entitlement> {
    let in_time = reject.filter(|e| e.is_usable());
    match facts.request.remedy {
        Some(
            Wanted::Repair | Wanted::Replacement | Wanted::PriceReduction | Wanted::FinalReject,
        ) => guarantee.or(reject),
        Some(Wanted::Reject) => in_time
            .or_else(|| guarantee.filter(|e| reject.is_none() || money_back(e, case)))
            .or(reject),
        Some(Wanted::Refund | Wanted::Termination) | None => in_time.or(guarantee).or(reject),
    }
}

/// The step of the remedies that is open: 2 once an attempt failed or the failure is grave.
pub(crate) fn tier(right: &RightRule, case: &Case) -> usize {
    let opened = case.circumstances.has(Circumstance::SellerFailed)
        || case.circumstances.has(Circumstance::MajorFailure)
        || right.second_step_if.meets(case.circumstances);
    if opened && right.ladder.len() > 1 {
        2
    } else {
        1
    }
}

/// For a defect: the consumer can have the money back now.
pub(crate) fn money_back(e: &Entitlement, case: &Case) -> bool {
    let Body::Right(right) = &e.detail.body else {
        return false;
    };
    if e.right != Right::Conformity {
        return true;
    }
    if right.termination_barred_if.meets(case.circumstances) {
        return false;
    }
    right.ladder.is_empty()
        || right
            .ladder
            .iter()
            .take(tier(right, case))
            .any(|step| step.gives_money())
}
