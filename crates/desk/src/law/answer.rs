//! What the law gives in a case: the right that is used, and every right beside it with the best
//! of each dimension marked.

use super::{beside, words};
use law::{
    LawBook,
    vectors::{CaseFacts, Coverage, LineRights, Outcome},
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{self, Definition, Note, Tone, badge, card, card_with, definitions},
};

/// The answer to the question.
pub fn outcome(l: L10n, book: &LawBook, facts: &CaseFacts, out: &Outcome) -> Markup {
    let place = words::place_of(l, book, &facts.jurisdiction);
    let (tone, key) = verdict(out);
    let title = l.t_args(
        key,
        &[
            ("place", place.into()),
            ("right", words::right(l, out.right_type).into()),
            (
                "day",
                out.deadline
                    .map(|d| l.date_long(d))
                    .unwrap_or_default()
                    .into(),
            ),
        ],
    );
    let aside = html! {
        @if let Some(sure) = out.confidence { (words::confidence(l, sure)) }
        @if let Some(review) = out.review { (words::review(l, review)) }
    };
    html! {
        (Note::new(tone, title).body(html! { p { (l.t(&why(out))) } }))
        @if out.coverage == Coverage::Right {
            (card_with(&l.t("lawdesk-answer"), Some(&aside), &html! {
                div.law-facts { (definitions(&rows(l, book, out))) }
            }))
        } @else if !out.rule_ids.is_empty() {
            (card_with(&l.t("lawdesk-answer"), Some(&aside), &html! {
                div.law-facts { (definitions(&[rules(l, book, out)])) }
            }))
        }
        @if !out.unused_facts.is_empty() {
            (Note::new(Tone::Neutral, l.t("lawdesk-unused")).body(html! { p { (out.unused_facts.join(", ")) } }))
        }
    }
}

/// How it stands, in one sentence.
const fn verdict(out: &Outcome) -> (Tone, &'static str) {
    match (out.coverage, out.in_time, out.deadline) {
        (Coverage::Unknown, ..) => (Tone::Warn, "lawdesk-said-unknown"),
        (Coverage::NoFloor, ..) => (Tone::Neutral, "lawdesk-said-none"),
        (Coverage::Right, _, _)
            if !out.exempt_lines.is_empty() && !matches!(out.statutory_right, Some(true)) =>
        {
            (Tone::Neutral, "lawdesk-said-exempt")
        }
        (Coverage::Right, Some(false), _) => (Tone::Bad, "lawdesk-said-late"),
        (Coverage::Right, None, Some(_)) => (Tone::Good, "lawdesk-said-trader-day"),
        (Coverage::Right, _, Some(_)) => (Tone::Good, "lawdesk-said-until"),
        (Coverage::Right, _, None) => (Tone::Good, "lawdesk-said-open"),
    }
}

/// The sentence below: why nothing, or what to mind.
fn why(out: &Outcome) -> String {
    match out.why_none {
        Some(why) => format!("lawdesk-why-{}", words::slug(&code(&why))),
        None => "lawdesk-unreviewed-body".to_owned(),
    }
}

/// The written form of a plain enum value.
pub fn code<T: serde::Serialize>(value: &T) -> String {
    crate::words::name_of(value)
}

fn rows(l: L10n, book: &LawBook, out: &Outcome) -> Vec<Definition> {
    let mut rows = Vec::new();
    let mut put = |key: &str, value: Markup| {
        rows.push(Definition::new(l.t(&format!("lawdesk-{key}")), value));
    };
    put(
        "right",
        html! { span.strong { (words::right(l, out.right_type)) } },
    );
    if let Some(day) = out.deadline {
        put(
            "last-day",
            html! { span.strong #deadline { (l.date_long(day)) } },
        );
    }
    if let Some(in_time) = out.in_time {
        let (tone, key) = if in_time {
            (Tone::Good, "lawdesk-in-time")
        } else {
            (Tone::Bad, "lawdesk-too-late")
        };
        put("used-in", badge(tone, &l.t(key)));
    }
    match (out.refund_due, out.refund_due_basis) {
        (Some(day), _) => {
            let strict = out.refund_due_strict.filter(|s| *s != day);
            put(
                "refund-due",
                html! {
                    span.strong #refund-due { (l.date_long(day)) }
                    @if let Some(strict) = strict { div.small { (l.t_args("lawdesk-work-towards", &[("x", l.date_long(strict).into())])) } }
                },
            );
        }
        (None, Some(basis)) => put("refund-due", html! { (words::word(l, "basis", basis)) }),
        (None, None) => {}
    }
    put(
        "least",
        html! {
            span.strong #least { (ui::money(l, out.min_refund)) }
            @if let Some(more) = out.min_refund_cautious {
                div.small { (l.t_args("lawdesk-cautious", &[("x", l.money(more).into())])) }
            }
        },
    );
    if let Some(payer) = out.return_cost_payer {
        put(
            "return-cost",
            html! { (words::word(l, "payer", payer.as_str())) },
        );
    }
    if let Some(day) = out.return_by {
        put("return-by", html! { (l.date_long(day)) });
    }
    if let Some(form) = out.refund_form {
        put(
            "refund-form",
            html! { (words::word(l, "refund-form", form)) },
        );
    }
    if let Some(burden) = out.burden_on {
        put(
            "burden-on",
            html! { (words::word(l, "party", burden.as_str())) },
        );
    }
    if let Some(step) = out.remedy_tier {
        put("step-open", html! { (l.number(i64::from(step))) });
    }
    if let Some(day) = out.notice_by {
        put("tell-by", html! { (l.date_long(day)) });
    }
    if !out.exempt_lines.is_empty() {
        put("exempt-lines", html! { (out.exempt_lines.join(", ")) });
    }
    rows.push(rules(l, book, out));
    rows
}

fn rules(l: L10n, book: &LawBook, out: &Outcome) -> Definition {
    Definition::new(
        l.t("lawdesk-rules"),
        html! {
            @for id in &out.rule_ids {
                @if book.rule(id).next().is_some() { div { a href=(words::rule_href(id)) { (id) } } }
                @else { div { code { (id) } } }
            }
            @for citation in &out.citations { div.small { (words::theirs(citation)) } }
        },
    )
}

/// Every right of every line, each a column; the best of each row is marked.
pub fn side_by_side(l: L10n, all: &[LineRights]) -> Markup {
    let mut shown: Vec<(Vec<&str>, &LineRights)> = Vec::new();
    for line in all {
        match shown
            .iter_mut()
            .find(|(_, known)| known.rights == line.rights)
        {
            Some((names, _)) => names.push(&line.line),
            None => shown.push((vec![&line.line], line)),
        }
    }
    html! {
        @for (names, line) in shown.iter().filter(|(_, line)| !line.rights.is_empty()) {
            (card(&l.t_args("lawdesk-beside", &[("lines", names.join(", ").into())]), &beside::table(l, &line.rights)))
        }
    }
}
