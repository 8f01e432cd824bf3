//! What the order can still give (R5), and the bonus that stands beside the total (R13).

use super::Request;
use super::draft::Draft;
use super::terms::Gives;
use crate::quote::QuoteKind;
use kernel::{Basis, Reason, ReasonCode, prorate};
use smallvec::SmallVec;
use std::sync::Arc;

/// Cuts the quote to what the order can still give, in proportion to its lines (R3, R5).
pub(super) fn add(request: &Request<'_>, draft: &mut Draft<'_>) {
    lines_lost(request, draft);
    let limit = request.account.refundable_minor().max(0);
    if draft.total() <= limit {
        return;
    }
    let mut sums: SmallVec<[(Option<u16>, i64); 3]> = SmallVec::new();
    let mut promotion = 0;
    for l in &draft.lines {
        if l.kind == QuoteKind::Promotion {
            promotion += l.minor;
            continue;
        }
        match sums.iter_mut().find(|s| s.0 == l.line) {
            Some(sum) => sum.1 += l.minor,
            None => sums.push((l.line, l.minor)),
        }
    }
    let basis = Basis::Arithmetic {
        rule: Arc::from("R5"),
    };
    let reason = Reason::new(ReasonCode::CeilingApplied, basis);
    let because = Some(draft.say(reason.with_amount(draft.money(limit))));
    let weights: SmallVec<[i64; 3]> = sums.iter().map(|s| s.1).collect();
    let allowed = (limit - promotion).max(0);
    for ((line, minor), kept) in sums.into_iter().zip(prorate(allowed, &weights)) {
        let cut = minor - kept;
        if cut <= 0 {
            continue;
        }
        if let Some(line) = line {
            draft.take(QuoteKind::Ceiling, line, cut, because);
        } else {
            let done = request.account.shipping_granted_minor;
            let delivery = &request.order.shipping.economics;
            let mut taxes = delivery.tax_shares(done + kept, cut);
            taxes.iter_mut().for_each(|t| t.minor = -t.minor);
            draft.push(QuoteKind::Ceiling, None, 0, -cut, taxes, because);
        }
    }
}

/// Cuts lines a dispute about them was lost on: the buyer's bank has given that back already.
fn lines_lost(request: &Request<'_>, draft: &mut Draft<'_>) {
    for line in request.lines.iter().map(|t| t.line) {
        let room = request.account.line_room(request.order, line);
        let cut = draft.of_line(line).saturating_sub(room);
        if cut <= 0 || room == i64::MAX {
            continue;
        }
        let basis = Basis::Arithmetic {
            rule: Arc::from("R5"),
        };
        let reason = Reason::new(ReasonCode::CeilingApplied, basis).on_line(line);
        let because = Some(draft.say(reason.with_amount(draft.money(room))));
        draft.take(QuoteKind::Ceiling, line, cut, because);
    }
}

/// Promotional credit on what becomes store credit; not part of the total (R13).
pub(super) fn bonus(request: &Request<'_>, draft: &mut Draft<'_>) -> i64 {
    let mut sum = 0;
    for t in request.lines.iter().filter(|t| t.gives == Gives::Credit) {
        let minor = t.bonus.of(draft.of_line(t.line));
        if minor > 0 {
            sum += minor;
            let reason = Reason::new(ReasonCode::BonusCredit, Basis::Order).on_line(t.line);
            let because = Some(draft.say(reason.with_amount(draft.money(minor))));
            let taxes = smallvec::SmallVec::new();
            draft.push(QuoteKind::Bonus, Some(t.line), 0, minor, taxes, because);
        }
    }
    sum
}
