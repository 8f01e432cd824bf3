//! The goods of a line at what was paid for these very units (R2), or a part of it (R6), and the
//! charges that follow them.

use super::Request;
use super::draft::{Draft, Stretch};
use super::terms::{Amount, LineTerms};
use super::value::Value;
use crate::account::Run;
use crate::charge::LineKind;
use crate::economics::{Taxes, total};
use crate::order::OrderLine;
use crate::quote::QuoteKind;
use kernel::{Basis, Reason, ReasonCode};
use smallvec::SmallVec;
use std::sync::Arc;

/// The units a line is about: those its case holds, or the ones it would get.
fn runs(request: &Request<'_>, line: u16, units: u32) -> SmallVec<[Run; 2]> {
    match request.case {
        Some(case) => {
            let claim = request.account.claim_of(case, line);
            claim.map_or_else(SmallVec::new, |c| SmallVec::from_slice(&c.runs))
        }
        None => request
            .account
            .free_runs(request.order, line, units)
            .unwrap_or_default(),
    }
}

pub(super) fn add<'a>(request: &Request<'a>, terms: &LineTerms, draft: &mut Draft<'a>) {
    let Some(sold) = request.order.line(terms.line).filter(|_| terms.pays()) else {
        return;
    };
    let value = Value::new(sold, &runs(request, terms.line, terms.units));
    if terms.amount == Amount::Paid {
        let units = value.after(terms.after).first(terms.units);
        paid(sold, terms, units, draft);
    } else {
        part(request, terms, value, draft);
    }
}

/// The whole paid value of the units, with what follows them.
fn paid<'a>(sold: &'a OrderLine, terms: &LineTerms, value: Value<'a>, draft: &mut Draft<'a>) {
    let (goods, charged) = match value.without_charges() {
        Some(goods) => (goods, Some(value)),
        None => (value, None),
    };
    let gross = goods.gross();
    let reason = Reason::new(ReasonCode::PaidValue, Basis::Order).on_line(terms.line);
    let because = draft.say(reason.with_amount(draft.money(gross)));
    let discount = goods.discount();
    if discount > 0 {
        let reason = Reason::new(ReasonCode::DiscountShare, Basis::Order).on_line(terms.line);
        draft.say(reason.with_amount(draft.money(discount)));
    }
    let taxes = goods.taxes(0, gross);
    let base_tax = total(&taxes);
    draft.begin(Stretch {
        line: terms.line,
        value: goods,
        bottom: 0,
        top: gross,
        base: gross,
        base_tax,
        sum: 0,
    });
    draft.push(
        QuoteKind::Goods,
        Some(terms.line),
        terms.units,
        gross,
        taxes,
        Some(because),
    );
    if let LineKind::GiftCard { spent_minor } = sold.kind {
        let spent = spent_minor.clamp(0, gross);
        if spent > 0 {
            let reason = Reason::new(ReasonCode::GiftCardSpent, Basis::Order).on_line(terms.line);
            let because = draft.say(reason.with_amount(draft.money(spent)));
            draft.take(QuoteKind::Deduction, terms.line, spent, Some(because));
        }
    }
    if let Some(value) = charged {
        charges(sold, terms, &value, draft);
    }
}

/// Duty, deposit and the like, each as its own figure.
fn charges(sold: &OrderLine, terms: &LineTerms, value: &Value<'_>, draft: &mut Draft<'_>) {
    for charge in sold.following() {
        let (mut gross, mut taxes) = (0, Taxes::new());
        for run in value.runs() {
            let (more, own) = charge.economics.paid(run.first, run.count);
            gross += more;
            super::value::add_by_rate(&mut taxes, &own);
        }
        if gross != 0 {
            let reason = Reason::new(ReasonCode::ChargeRefunded, Basis::Order).on_line(terms.line);
            let reason = reason
                .with_amount(draft.money(gross))
                .with_text(charge.kind.as_str());
            let because = draft.say(reason);
            let line = Some(terms.line);
            draft.push(QuoteKind::Charge, line, 0, gross, taxes, Some(because));
        }
    }
}

/// A part of the value, from where earlier parts ended.
fn part<'a>(request: &Request<'a>, terms: &LineTerms, value: Value<'a>, draft: &mut Draft<'a>) {
    let claim = request
        .case
        .and_then(|case| request.account.claim_of(case, terms.line));
    let bottom = claim.map_or(0, |c| c.granted_minor);
    let left = (value.gross() - bottom).max(0);
    let (asked, how) = match terms.amount {
        Amount::Gross(minor) => (minor.max(0), "included"),
        Amount::Net(net) => (
            value.gross_of_net(bottom, net.max(0)).unwrap_or(i64::MAX),
            "added",
        ),
        Amount::Paid | Amount::Rest => (left, "rest"),
    };
    let minor = asked.min(left);
    let reason = Reason::new(
        ReasonCode::PartialAmount,
        Basis::Arithmetic {
            rule: Arc::from("R6"),
        },
    );
    let reason = reason.on_line(terms.line).with_text(how);
    let because = draft.say(reason.with_amount(draft.money(minor)));
    if asked > left {
        let rule = Arc::from("R5");
        let reason = Reason::new(ReasonCode::CeilingApplied, Basis::Arithmetic { rule });
        let reason = reason.on_line(terms.line);
        draft.say(reason.with_amount(draft.money(left)));
    }
    let taxes = value.taxes(bottom, bottom + minor);
    let base_tax = total(&taxes);
    draft.begin(Stretch {
        line: terms.line,
        value,
        bottom,
        top: bottom + minor,
        base: minor,
        base_tax,
        sum: 0,
    });
    draft.push(
        QuoteKind::Goods,
        Some(terms.line),
        terms.units,
        minor,
        taxes,
        Some(because),
    );
}
