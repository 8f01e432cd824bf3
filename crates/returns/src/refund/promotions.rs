//! Promotions that hung on how much was bought (R11): kept, or taken back when what stays no
//! longer earns them, as the policy of the day of purchase said; never under a statutory right.
//!
//! What is taken back depends only on what stays with the customer, so returning the rest later
//! gives it back, and returns in any order come to the same sum.

use super::Request;
use super::draft::Draft;
use super::terms::LineTerms;
use super::value::add_by_rate;
use crate::account::OrderAccount;
use crate::economics::{TaxShare, Taxes, each, total};
use crate::order::{OrderLine, SalesOrder};
use crate::promotion::{Promotion, Threshold};
use crate::quote::QuoteKind;
use kernel::{Basis, Reason, ReasonCode, cumulative_share};
use policy::PromotionRule;
use smallvec::SmallVec;
use std::sync::Arc;

/// Units of a line that were given back for money or credit in all cases together.
pub fn units_gone(account: &OrderAccount, line: u16) -> u32 {
    let claims = account.lines.get(usize::from(line));
    let claims = claims.map_or(&[][..], |l| &l.claims);
    claims
        .iter()
        .map(|c| c.granted_units.saturating_sub(c.swapped_units))
        .sum()
}

/// Per line of the order, the same once this request is paid.
pub(super) fn gone_with(request: &Request<'_>) -> SmallVec<[u32; 8]> {
    let mut all: SmallVec<[u32; 8]> = SmallVec::from_elem(0, request.order.lines.len());
    for (gone, account) in all.iter_mut().zip(&request.account.lines) {
        let others = account
            .claims
            .iter()
            .filter(|c| Some(c.case) != request.case);
        *gone = others
            .map(|c| c.granted_units.saturating_sub(c.swapped_units))
            .sum();
    }
    for t in request.lines {
        if let Some(units) = all.get_mut(usize::from(t.line)) {
            *units = units.saturating_add(t.units_gone());
        }
    }
    all
}

/// What the promotions of an order take back when `gone` units of each line have come back:
/// gross in minor units and the tax inside. 0 when nothing stays.
pub fn claw_back_due(order: &SalesOrder, gone: impl Fn(u16) -> u32) -> (i64, Taxes) {
    let (mut gross, mut taxes) = (0, Taxes::new());
    let stays = (0_u16..)
        .zip(&order.lines)
        .any(|(i, sold)| gone(i) < sold.quantity);
    if !stays {
        return (0, taxes);
    }
    let lost = |p: &&Promotion| p.on_loss == PromotionRule::ClawBack && !holds(order, p, &gone);
    for promotion in order.promotions.iter().filter(lost) {
        for (line, discount) in &promotion.lines {
            let Some(sold) = order.line(*line) else {
                continue;
            };
            let (minor, own) = price_of(sold, kept_part(sold, *discount, gone(*line)));
            gross += minor;
            add_by_rate(&mut taxes, &own);
        }
        if let Some(delivery) = &promotion.delivery {
            gross += delivery.gross;
            add_by_rate(&mut taxes, &delivery.taxes);
        }
    }
    (gross, taxes)
}

/// Whether what stays still earns the promotion.
fn holds(order: &SalesOrder, promotion: &Promotion, gone: impl Fn(u16) -> u32) -> bool {
    let lines = promotion.lines.iter();
    let counted = lines.filter_map(|(line, discount)| Some((*line, *discount, order.line(*line)?)));
    match promotion.needs {
        Threshold::Units(needed) => {
            let stay: u64 = counted
                .map(|(i, _, sold)| u64::from(sold.quantity.saturating_sub(gone(i))))
                .sum();
            stay >= u64::from(needed)
        }
        Threshold::Value(needed) => {
            let stay: i64 = counted
                .map(|(i, discount, sold)| {
                    let e = &sold.economics;
                    let before = e.list - e.line_discount - e.order_discount + discount;
                    kept_part(sold, before, gone(i))
                })
                .sum();
            stay >= needed
        }
    }
}

/// The part of a total of the line that lies on the units which stay. The units that go take
/// theirs by cumulative rounding (R4).
fn kept_part(sold: &OrderLine, minor: i64, gone: u32) -> i64 {
    let quantity = i64::from(sold.quantity);
    minor - cumulative_share(minor, 0, i64::from(gone.min(sold.quantity)), quantity)
}

/// A discount as the customer would pay it: with tax at the line's rates.
fn price_of(sold: &OrderLine, minor: i64) -> (i64, Taxes) {
    let rates = &sold.economics.taxes;
    if sold.economics.includes_tax {
        let sum = kernel::Bps(rates.iter().map(|t| t.rate.0).sum());
        let inside = sum.inside(minor);
        let (mut done, mut taxes) = (0, Taxes::new());
        for t in rates {
            let rate = i64::from(t.rate.0);
            let own = cumulative_share(inside, done, rate, i64::from(sum.0));
            done += rate;
            taxes.push(TaxShare {
                rate: t.rate,
                minor: own,
            });
        }
        return (minor, taxes);
    }
    let taxes = each(rates, |t| t.rate.of(minor));
    (minor + total(&taxes), taxes)
}

pub(super) fn add(request: &Request<'_>, gone: &[u32], draft: &mut Draft<'_>) {
    let paying = || request.lines.iter().filter(|t| t.pays());
    let clawed = request.account.clawed_minor;
    if (request.order.promotions.is_empty() && clawed == 0) || paying().next().is_none() {
        return;
    }
    say_kept(request, gone, draft);
    let after = |i: u16| gone.get(usize::from(i)).copied().unwrap_or(0);
    let (due, taxes) = claw_back_due(request.order, after);
    let rule = || Basis::Arithmetic {
        rule: Arc::from("R11"),
    };
    // The law and the seller's own fault never cost the customer a promotion.
    if due > clawed && paying().any(LineTerms::is_free_of_fees) {
        let reason = Reason::new(ReasonCode::PromotionKept, rule());
        draft.say(reason.with_amount(draft.money(due - clawed)));
        return;
    }
    // Never below zero, and what is given back is within what the order can still give (R5).
    let limit = request.account.refundable_minor().max(0);
    let minor = (clawed - due).max(-draft.total().max(0)).min(limit);
    // An order in the red gives nothing, so there is nothing to take from.
    if minor == 0 || request.account.refundable_minor() < 0 {
        return;
    }
    let code = if minor < 0 {
        ReasonCode::PromotionClawedBack
    } else {
        ReasonCode::PromotionRestored
    };
    let reason = Reason::new(code, rule()).with_amount(draft.money(minor.abs()));
    let because = Some(draft.say(reason));
    let (now, mut own) = claw_back_due(request.order, |i| units_gone(request.account, i));
    // The tax taken back before, less the tax due now; in proportion where the sums differ.
    for t in &mut own {
        t.minor = cumulative_share(t.minor, 0, clawed, now);
    }
    let due_taxes = each(&taxes, |t| {
        -cumulative_share(t.minor, 0, clawed - minor, due)
    });
    add_by_rate(&mut own, &due_taxes);
    draft.push(QuoteKind::Promotion, None, 0, minor, own, because);
}

/// Promotions that are lost and kept all the same: the customer should know.
fn say_kept(request: &Request<'_>, gone: &[u32], draft: &mut Draft<'_>) {
    let lines = request.order.lines.iter().zip(gone);
    let stays = lines.into_iter().any(|(sold, gone)| *gone < sold.quantity);
    let after = |i: u16| gone.get(usize::from(i)).copied().unwrap_or(0);
    for p in &request.order.promotions {
        if stays && p.on_loss == PromotionRule::Keep && !holds(request.order, p, after) {
            let basis = Basis::Policy {
                clause: Arc::from("promotion"),
            };
            draft.say(Reason::new(ReasonCode::PromotionKept, basis).with_text(p.id.clone()));
        }
    }
}
