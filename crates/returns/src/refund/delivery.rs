//! The way there and the way back: who pays the label, and how much of what was paid for
//! outbound delivery comes back (R9, R10).

use super::Request;
use super::draft::Draft;
use super::terms::LineTerms;
use crate::quote::QuoteKind;
use kernel::{Basis, Reason, ReasonCode, cumulative_share, prorate};
use law::Outbound;
use policy::{Payer, ShippingRule};
use smallvec::SmallVec;

/// The label, once, where the customer bears the way back and no fee stands for it.
pub(super) fn label(request: &Request<'_>, draft: &mut Draft<'_>) {
    let travelling = |t: &&LineTerms| t.pays() && t.travels;
    if request.label_cost_minor <= 0 || !request.lines.iter().any(|t| travelling(&t)) {
        return;
    }
    // One line the merchant answers for makes the parcel the merchant's.
    if let Some(t) = request
        .lines
        .iter()
        .filter(travelling)
        .find(|t| t.label_paid_by == Payer::Merchant || t.fault.is_sellers_side())
    {
        let right = t.right.as_ref().filter(|r| r.free_way_back);
        let basis = right.map_or(&t.fault_basis, |r| &r.basis).clone();
        draft.say(Reason::new(ReasonCode::ReturnCostMerchant, basis));
        return;
    }
    let mut bearing: SmallVec<[(u16, i64); 8]> = SmallVec::new();
    for t in request.lines.iter().filter(travelling) {
        if !t.fees.iter().any(|f| f.is_label) || t.is_free_of_fees() {
            bearing.push((t.line, draft.of_line(t.line).max(0)));
        }
    }
    let worth: i64 = bearing.iter().map(|b| b.1).sum();
    let cost = request.label_cost_minor.min(worth);
    if cost == 0 {
        return;
    }
    let reason = Reason::new(ReasonCode::ReturnCostCustomer, Basis::Order);
    let because = Some(draft.say(reason.with_amount(draft.money(cost))));
    if let [(line, _)] = bearing[..] {
        draft.take(QuoteKind::ReturnLabel, line, cost, because);
        return;
    }
    let weights: SmallVec<[i64; 8]> = bearing.iter().map(|b| b.1).collect();
    for ((line, _), part) in bearing.into_iter().zip(prorate(cost, &weights)) {
        if part > 0 {
            draft.take(QuoteKind::ReturnLabel, line, part, because);
        }
    }
}

/// Outbound delivery: the policy's rule or the law's, whichever gives more.
pub(super) fn outbound(request: &Request<'_>, gone: &[u32], draft: &mut Draft<'_>) {
    let charge = &request.order.shipping;
    let paid = charge.economics.gross;
    let done = request.account.shipping_granted_minor;
    let left = paid - done;
    let paying = || request.lines.iter().filter(|t| t.pays());
    if left <= 0 || paying().next().is_none() {
        return;
    }
    // Whether, after this request, no unit of the order stays with the customer for money.
    let mut lines = request.order.lines.iter().zip(gone);
    let whole = lines.all(|(sold, gone)| *gone >= sold.quantity);
    let mut best: (i64, &Basis) = (0, &Basis::Order);
    let mut waits_for_rest = None;
    let (mut in_proportion, mut goods_paid) = (0, None);
    for t in paying() {
        let mut better = |minor: i64, basis| {
            if minor > best.0 {
                best = (minor, basis);
            }
        };
        match t.shipping {
            ShippingRule::Full => better(left, &t.shipping_basis),
            ShippingRule::FullOnFullOrder if whole => better(left, &t.shipping_basis),
            ShippingRule::FullOnFullOrder => waits_for_rest = Some(&t.shipping_basis),
            ShippingRule::None => {}
            ShippingRule::ProRata => {
                let goods = draft.stretch(t.line).map_or(0, |s| s.base);
                let all = *goods_paid.get_or_insert_with(|| request.order.goods_minor());
                in_proportion += cumulative_share(paid, 0, goods, all);
                let minor = if whole { left } else { in_proportion.min(left) };
                better(minor, &t.shipping_basis);
            }
        }
        match t.right.as_ref().map(|r| (r.outbound, &r.basis)) {
            Some((Outbound::Standard, basis)) if whole => {
                better((charge.standard_minor - done).clamp(0, left), basis);
            }
            Some((Outbound::Whole, basis)) if whole => better(left, basis),
            Some((Outbound::Standard | Outbound::Whole, basis)) => waits_for_rest = Some(basis),
            Some((Outbound::No, _)) | None => {}
        }
    }
    let (minor, basis) = best;
    if minor == 0 {
        // Delivery that brought goods which stay was not in vain: it comes back with the last.
        let (code, basis) = match waits_for_rest {
            Some(basis) => (ReasonCode::ShippingWithRest, basis.clone()),
            None => (ReasonCode::ShippingKept, Basis::Order),
        };
        draft.say(Reason::new(code, basis).with_amount(draft.money(left)));
        return;
    }
    let basis = basis.clone();
    let reason = Reason::new(ReasonCode::ShippingRefunded, basis);
    let because = Some(draft.say(reason.with_amount(draft.money(minor))));
    let taxes = charge.economics.tax_shares(done, minor);
    draft.push(QuoteKind::Shipping, None, 0, minor, taxes, because);
}
