//! Fees and loss of value: own lines, on what was paid, never below zero (R8); none at the
//! seller's fault (R9) or under a statutory right, which allows evidenced loss only (R10).

use super::Request;
use super::draft::Draft;
use super::terms::{Deduction, Fee, FeeSize, FeeTax, LineTerms};
use crate::quote::QuoteKind;
use kernel::{Basis, Reason, ReasonCode};

pub(super) fn add(_request: &Request<'_>, terms: &LineTerms, draft: &mut Draft<'_>) {
    if draft.stretch(terms.line).is_none() {
        return;
    }
    for fee in &terms.fees {
        let minor = figure(fee, terms.line, draft);
        if minor == 0 {
            continue;
        }
        let money = draft.money(minor);
        if let Some(waived_by) = waiver(terms, fee) {
            let reason = Reason::new(ReasonCode::FeeWaived, waived_by).on_line(terms.line);
            draft.say(reason.with_amount(money).with_text(fee.name));
            continue;
        }
        let reason = Reason::new(ReasonCode::FeeCharged, fee.basis.clone()).on_line(terms.line);
        let because = draft.say(reason.with_amount(money).with_text(fee.name));
        let kind = if fee.is_label {
            QuoteKind::ReturnLabel
        } else {
            QuoteKind::Fee
        };
        draft.take(kind, terms.line, minor, Some(because));
    }
    if let Some(deduction) = &terms.deduction {
        loss_of_value(deduction, terms, draft);
    }
    if terms.fault.is_sellers_side() {
        let reason = Reason::new(ReasonCode::MerchantFault, terms.fault_basis.clone());
        draft.say(reason.on_line(terms.line));
    }
}

/// What stands against a fee, if anything does.
fn waiver(terms: &LineTerms, fee: &Fee) -> Option<Basis> {
    if let Some(right) = &terms.right {
        return Some(right.basis.clone());
    }
    if terms.fault.is_sellers_side() {
        return Some(terms.fault_basis.clone());
    }
    fee.waived.clone()
}

/// A fee in minor units, tax included: at most its cap and what is left of the line.
fn figure(fee: &Fee, line: u16, draft: &Draft<'_>) -> i64 {
    let Some(s) = draft.stretch(line) else {
        return 0;
    };
    let left = (s.top - s.bottom).max(0);
    let raw = match (fee.size, fee.tax) {
        (FeeSize::Flat(minor), _) => minor,
        (FeeSize::Rate(rate), FeeTax::Included) => rate.of(s.base),
        (FeeSize::Rate(rate), FeeTax::Excluded) => rate.of(s.base - s.base_tax),
    }
    .max(0);
    let gross = match fee.tax {
        FeeTax::Included => raw,
        // Tax comes on top at the rates of the goods: the stretch whose net is the figure.
        FeeTax::Excluded => s.value.gross_of_net(s.top, -raw).map_or(left, |back| -back),
    };
    gross.min(fee.cap.unwrap_or(i64::MAX)).clamp(0, left)
}

fn loss_of_value(deduction: &Deduction, terms: &LineTerms, draft: &mut Draft<'_>) {
    let Some(s) = draft.stretch(terms.line) else {
        return;
    };
    let left = (s.top - s.bottom).max(0);
    let raw = deduction.rate.of(s.base);
    let minor = raw.min(deduction.limit.unwrap_or(i64::MAX)).clamp(0, left);
    if minor == 0 {
        return;
    }
    let money = draft.money(minor);
    let allowed = deduction.allowed_by.as_ref();
    let evidenced = deduction.evidenced && !terms.fault.is_sellers_side();
    if let Some(basis) = allowed.filter(|_| evidenced) {
        let reason = Reason::new(ReasonCode::ValueLossDeducted, basis.clone());
        let because = draft.say(reason.on_line(terms.line).with_amount(money));
        draft.take(QuoteKind::Deduction, terms.line, minor, Some(because));
    } else {
        let right = terms.right.as_ref();
        let basis = right.map_or(&terms.fault_basis, |r| &r.basis).clone();
        let reason = Reason::new(ReasonCode::ValueLossNotTaken, basis);
        draft.say(reason.on_line(terms.line).with_amount(money));
    }
}
