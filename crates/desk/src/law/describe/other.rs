//! What a rule is about, remedies for defects, exemptions and the duties that come with it.

use super::{Rows, some};
use crate::law::words::{self, period, theirs};
use law::pack::RuleContent;
use law::{Exemption, words::UnitWord};
use maud::{Markup, html};

/// Who and what it is about.
pub fn scope(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    let channels = c.channels.iter().flatten().map(|w| w.as_str());
    let subjects = c.subjects.iter().flatten().map(|w| w.as_str());
    let ways = |all: &Option<Vec<law::SubChannel>>| {
        let all = all.as_ref()?;
        Some(words::list(l, "way", all.iter().map(|w| w.as_str())))
    };
    let buyer = match (c.buyer, c.consumer_only) {
        (Some(buyer), _) => Some(rows.word("only-buyer", buyer.as_str())),
        (None, Some(true)) => Some(l.t("lawdesk-only-buyer-consumer")),
        (None, _) => None,
    };
    let below = some([
        Some(html! { (words::list(l, "channel", channels)) }),
        ways(&c.sub_channels).map(|w| rows.say("only-ways", w)),
        ways(&c.sub_channels_excluded).map(|w| rows.say("not-ways", w)),
        buyer.map(|b| html! { (b) }),
        c.floor.map(|f| html! { (rows.word("floor", f.as_str())) }),
        c.scope_threshold.as_deref().map(theirs),
    ]);
    rows.put("about", &words::list(l, "subject", subjects), &below);
}

/// Remedies in order, and what opens the next.
pub fn remedy(rows: &mut Rows<'_>, c: &RuleContent) {
    let Some(r) = &c.remedy else { return };
    let steps: Vec<String> = r
        .ladder
        .iter()
        .flatten()
        .map(|s| rows.word("step", s.as_str()))
        .collect();
    let grave = r.major_if.iter().flatten().map(|t| Some(theirs(t)));
    let below = some(
        [
            r.termination_barred_if
                .map(|b| rows.say("no-end-if", rows.word("fact", b.as_str()))),
            r.immediate_second_tier_if
                .as_ref()
                .map(|f| rows.say("second-if", rows.facts(f))),
            r.one_attempt.as_deref().map(theirs),
            r.after_repair.as_deref().map(theirs),
            r.full_warranty.as_deref().map(theirs),
            r.note.as_deref().map(theirs),
        ]
        .into_iter()
        .chain(grave),
    );
    rows.row(
        "remedies",
        html! {
            @if !steps.is_empty() { ol.law-steps { @for step in &steps { li { (step) } } } }
            @for line in &below { div.small { (line) } }
        },
    );
}

/// Who proves a defect, and until when to tell of it.
pub fn burden(rows: &mut Rows<'_>, c: &RuleContent) {
    let l = rows.l;
    if let Some(b) = &c.burden {
        let below = some([
            b.start
                .map(|s| rows.say("starts", rows.word("start", s.as_str()))),
            b.used_goods_length
                .map(|n| rows.say("used", period(l, Some(n), b.unit))),
            b.meaning.as_deref().map(theirs),
        ]);
        rows.put("burden", &period(l, b.length, b.unit), &below);
    }
    if let Some(months) = c.consumer_notice_months {
        rows.put(
            "notice-months",
            &period(l, Some(months), Some(UnitWord::Month)),
            &[],
        );
    }
    rows.theirs("consumer-notice", c.consumer_notice.as_ref());
    if let Some(proof) = c.proof_of_exercise {
        rows.put("proof-of-use", &rows.word("proof", proof.as_str()), &[]);
    }
}

/// What takes a line out.
pub fn exemptions(rows: &mut Rows<'_>, c: &RuleContent) {
    let Some(all) = c.exemptions.as_ref().filter(|all| !all.is_empty()) else {
        return;
    };
    let one = |e: &Exemption| html! { li { (words::exemption(rows.l, rows.book, *e)) } };
    let items: Vec<Markup> = all.iter().map(one).collect();
    let when = c
        .exemption_condition
        .map(|w| rows.word("exempt-if", w.as_str()));
    rows.row(
        "exemptions",
        html! {
            @if let Some(when) = when { p.small { (when) } }
            ul.law-list { @for item in &items { (item) } }
        },
    );
}

/// What the trader must tell and keep, and what a breach costs.
pub fn duties(rows: &mut Rows<'_>, c: &RuleContent) {
    let sentences = |all: &[String]| html! { ul.law-list { @for s in all { li { (theirs(s)) } } } };
    if let Some(all) = &c.disclosures {
        rows.row("disclosures", sentences(all));
    }
    if let Some(all) = &c.start_variants {
        rows.row("start-variants", sentences(all));
    }
    rows.theirs("partial-withdrawal", c.partial_withdrawal.as_ref());
    rows.theirs("partial-shipment", c.partial_shipment.as_ref());
    rows.theirs("record-keeping", c.record_keeping.as_ref());
    rows.theirs("penalties", c.penalties.as_ref());
}
