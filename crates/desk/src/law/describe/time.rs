//! Windows, what lengthens or stops them, and until when goods go back.

use super::{Rows, some};
use crate::law::words::{period, theirs};
use law::pack::RuleContent;
use maud::{Markup, html};

/// The window, and its variants.
pub fn window(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    if let Some(w) = &c.window {
        let own = |n: Option<u16>| n.map(|n| period(l, Some(n), w.unit));
        let below = some([
            w.start
                .map(|s| rows.say("starts", rows.word("start", s.as_str()))),
            w.count.map(|c| html! { (rows.word("count", c.as_str())) }),
            w.met_by
                .map(|m| rows.say("met-by", rows.word("met", m.as_str()))),
            w.calendar.as_ref().map(|c| calendar(rows, c)),
            own(w.durable_goods_length).map(|p| rows.say("durable", p)),
            own(w.non_durable_length).map(|p| rows.say("non-durable", p)),
            own(w.used_goods_length).map(|p| rows.say("used", p)),
            w.perishable_days.map(|n| {
                rows.say(
                    "perishable",
                    period(l, Some(n), Some(law::words::UnitWord::CalendarDay)),
                )
            }),
            w.policy_floor_years.map(|n| {
                rows.say(
                    "policy-floor",
                    period(l, Some(n), Some(law::words::UnitWord::Year)),
                )
            }),
            w.condition.as_deref().map(theirs),
            w.alternative.as_deref().map(theirs),
            w.if_promised.as_deref().map(theirs),
            w.mismatch_window.as_deref().map(theirs),
            w.ends.as_deref().map(theirs),
            w.note.as_deref().map(theirs),
        ]);
        rows.put("window", &period(l, w.length, w.unit), &below);
    }
    if let Some(v) = &c.unsolicited_visit_window {
        let ways: Vec<&str> = v.applies_to.iter().flatten().map(|s| s.as_str()).collect();
        let after = crate::law::words::list(l, "came", ways);
        rows.put(
            "visit-window",
            &period(l, v.length, v.unit),
            &[html! { (after) }],
        );
    }
    if let Some(r) = &c.short_term_reject {
        let below = some([r
            .start
            .map(|s| rows.say("starts", rows.word("start", s.as_str())))]);
        rows.put("reject-window", &period(l, r.length, r.unit), &below);
    }
    if let Some(t) = &c.trigger {
        rows.theirs("trigger", t.rule.as_ref());
    }
}

/// The calendar of the place, in words.
fn calendar(rows: &Rows<'_>, id: &str) -> Markup {
    let def = rows.book.calendars().find(|c| c.id == id);
    html! {
        @if let Some(def) = def { (rows.say("rollover", rows.word("rollover", def.rollover.as_str()))) }
        @else { code { (id) } }
    }
}

/// What makes the window longer, and what stops it.
pub fn longer(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    if let Some(e) = &c.extension {
        let late = e.informed_late_length.map(|n| {
            let late = rows.say("informed-late", period(l, Some(n), e.informed_late_unit));
            let from = e
                .informed_late_start
                .map(|s| rows.word("extension-start", s.as_str()));
            html! { (late) @if let Some(from) = from { ", " (rows.say("starts", from)) } }
        });
        let below = some([
            e.when
                .map(|w| rows.say("if", rows.word("fact", w.as_str()))),
            e.start
                .map(|s| rows.say("starts", rows.word("extension-start", s.as_str()))),
            e.replaces
                .filter(|yes| *yes)
                .map(|_| html! { (l.t("lawdesk-replaces")) }),
            e.times.map(|n| rows.say("times", n.to_string())),
            late,
            e.informed_late_only_if_within.as_deref().map(theirs),
            e.cap.as_deref().map(theirs),
            e.note.as_deref().map(theirs),
        ]);
        rows.put("extension", &period(l, e.length, e.unit), &below);
    }
    if let Some(p) = &c.pause {
        let during = p
            .during
            .map(|w| rows.word("pause", w.as_str()))
            .unwrap_or_default();
        let below = some([p
            .then
            .map(|t| html! { (rows.word("pause-then", t.as_str())) })]);
        rows.put("pauses", &during, &below);
    }
}

/// Sending back, collecting, and goods nobody fetches.
pub fn goods_back(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    let from = |rows: &Rows<'_>, s: Option<law::words::ReturnStart>| {
        s.map(|s| rows.say("starts", rows.word("return-start", s.as_str())))
    };
    if let Some(r) = &c.return_goods {
        let met = r
            .met_by
            .map(|m| rows.say("met-by", rows.word("met", m.as_str())));
        let below = some([from(rows, r.start), met]);
        rows.put("return-goods", &period(l, r.length, r.unit), &below);
    }
    if let Some(r) = &c.collect_by {
        let below = some([from(rows, r.start)]);
        rows.put("collect-by", &period(l, r.length, r.unit), &below);
    }
    if let Some(r) = &c.cure {
        let below = some([from(rows, r.start)]);
        rows.put("cure", &period(l, r.length, r.unit), &below);
    }
    if let Some(a) = &c.acknowledge {
        rows.put("acknowledge", &period(l, a.length, a.unit), &[]);
    }
    if let Some(r) = &c.uncollected_goods {
        let below = some([from(rows, r.start), r.effect.as_deref().map(theirs)]);
        rows.put("uncollected", &period(l, r.length, r.unit), &below);
    }
}
