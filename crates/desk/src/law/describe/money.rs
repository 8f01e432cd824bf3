//! The refund, its deadline and what may be kept; delivery, return postage and deductions.

use super::{Rows, some};
use crate::law::words::{period, theirs};
use law::pack::RuleContent;
use law::words::UnitWord;
use maud::html;

/// When the money is due, how, and what lets the trader wait.
pub fn refund(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    let Some(r) = &c.refund else { return };
    let event = |rows: &Rows<'_>, e: law::RefundEvent| rows.word("event", e.as_str());
    let form = r.form.map(|f| html! { (rows.word("form", f.as_str())) });
    let as_paid = r.original_method.filter(|yes| *yes && r.form.is_none());
    let below = some([
        r.start.map(|s| rows.say("starts", event(rows, s))),
        r.count.map(|c| html! { (rows.word("count", c.as_str())) }),
        r.start_if_collection_offered
            .map(|s| rows.say("if-collection", event(rows, s))),
        r.start_if_no_goods
            .map(|s| rows.say("if-no-goods", event(rows, s))),
        r.card_banking_business_days
            .map(|n| rows.say("card-days", period(l, Some(n), Some(UnitWord::BusinessDay)))),
        r.check_days.map(|n| {
            rows.say(
                "check-days",
                period(l, Some(n), Some(UnitWord::CalendarDay)),
            )
        }),
        as_paid.map(|_| html! { (l.t("lawdesk-as-paid")) }),
        form,
        r.fee_allowed
            .map(|fee| html! { (l.t(if fee { "lawdesk-fee-yes" } else { "lawdesk-fee-no" })) }),
        r.cash.as_deref().map(theirs),
        r.exception.as_deref().map(theirs),
        r.issuer_step.as_deref().map(theirs),
        r.note.as_deref().map(theirs),
    ]);
    rows.put("refund", &period(l, r.length, r.unit), &below);
    if let Some(w) = r.withhold {
        let bar = r
            .withhold_barred_if
            .map(|b| rows.say("not-if", rows.word("fact", b.as_str())));
        rows.put(
            "withholding",
            &rows.word("withhold", w.as_str()),
            &some([bar]),
        );
    }
}

/// What of the delivery charge comes back.
pub fn outbound(rows: &mut Rows<'_>, c: &RuleContent) {
    let key = match (
        c.refund_includes_outbound_standard,
        c.refund_excludes_express_surplus,
    ) {
        (Some(true), Some(true)) => "outbound-standard",
        (Some(true), _) => "outbound-whole",
        (Some(false), _) => "outbound-no",
        (None, _) => return,
    };
    let answer = rows.l.t(&format!("lawdesk-{key}"));
    rows.put("outbound", &answer, &[]);
}

/// Who pays for the way back.
pub fn return_cost(rows: &mut Rows<'_>, c: &RuleContent) {
    let Some(r) = &c.return_cost else { return };
    let default = r
        .default
        .map(|p| rows.word("payer", p.as_str()))
        .unwrap_or_default();
    let below = some([
        r.trader_if
            .as_ref()
            .map(|f| rows.say("trader-if", rows.facts(f))),
        r.consumer_if
            .as_ref()
            .map(|f| rows.say("consumer-if", rows.facts(f))),
    ]);
    rows.put("return-cost", &default, &below);
}

/// What may be taken off.
pub fn deduction(rows: &mut Rows<'_>, c: &RuleContent) {
    let Some(d) = &c.deduction else { return };
    let kind = d
        .kind
        .map(|k| rows.word("deduction", k.as_str()))
        .unwrap_or_default();
    let below = some([
        d.cause.as_deref().map(theirs),
        d.limit.as_deref().map(|limit| match limit {
            "line_price" | "total_price" => rows.say("at-most", rows.word("limit", limit)),
            other => theirs(other),
        }),
        d.barred_if
            .map(|b| rows.say("not-if", rows.word("fact", b.as_str()))),
        d.exception.as_deref().map(theirs),
    ]);
    rows.put("deductions", &kind, &below);
}

/// What late payment costs the trader.
pub fn late(rows: &mut Rows<'_>, c: &RuleContent) {
    let Some(p) = &c.late_payment else { return };
    let kind = p
        .kind
        .map(|k| rows.word("late", k.as_str()))
        .unwrap_or_default();
    let steps = p.scale.iter().flatten().map(|s| Some(theirs(s)));
    let below = some(
        [
            p.rate.as_deref().map(theirs),
            p.article.as_deref().map(theirs),
        ]
        .into_iter()
        .chain(steps),
    );
    rows.put("late-payment", &kind, &below);
}
