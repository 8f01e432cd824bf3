//! The path the engine took: places, facts that hold, every rule it looked at, how each day was
//! counted, and which holidays it counted with.

use super::{answer::code, place::place_of, read, words};
use law::{
    LawBook, Unit,
    vectors::{CaseFacts, Considered, DateStep, Explanation, LinePath, Verdict},
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Column, Definition, Row, Table, Tone, badge, card, definitions},
};

/// The whole path.
pub fn path(l: L10n, book: &LawBook, facts: &CaseFacts, explained: &Explanation) -> Markup {
    html! {
        @for line in &explained.lines {
            @if !line.dates.is_empty() { (card(&titled(l, "lawdesk-counted", explained, line), &dates(l, &line.dates))) }
        }
        details.card.law-path {
            summary { (l.t("lawdesk-path")) }
            div.card-body.stack {
                div.law-facts { (definitions(&basis(l, book, facts, explained))) }
                @for line in &explained.lines { (considered(l, &titled(l, "lawdesk-looked-at", explained, line), line)) }
            }
        }
    }
}

fn titled(l: L10n, key: &str, explained: &Explanation, line: &LinePath) -> String {
    if explained.lines.len() > 1 {
        format!("{}: {}", l.t(key), line.line)
    } else {
        l.t(key)
    }
}

/// What the path rests on.
fn basis(l: L10n, book: &LawBook, facts: &CaseFacts, explained: &Explanation) -> Vec<Definition> {
    let mut rows = Vec::new();
    let places: Vec<String> = explained
        .places
        .iter()
        .map(|code| words::place_of(l, book, code))
        .collect();
    let or_none = |text: String| {
        if text.is_empty() {
            "–".to_owned()
        } else {
            text
        }
    };
    rows.push(Definition::new(
        l.t("lawdesk-places"),
        or_none(places.join(" → ")),
    ));
    let hold = explained.circumstances.iter().map(|c| c.as_str());
    rows.push(Definition::new(
        l.t("lawdesk-hold"),
        or_none(words::list(l, "fact", hold)),
    ));
    if let Ok(place) = place_of(&facts.jurisdiction) {
        let basis = book.holiday_basis(place, read::years(facts));
        rows.push(Definition::new(l.t("lawdesk-holidays-used"), html! {
            code { (basis.version) }
            @if !basis.covered { div { (badge(Tone::Warn, &l.t("lawdesk-holidays-gap"))) " " (l.t("lawdesk-holidays-not-covered")) } }
            @if !basis.estimated.is_empty() { div.small { (l.t_args("lawdesk-estimates", &[("n", basis.estimated.len().into())])) } }
        }));
    }
    rows.push(Definition::new(
        l.t("lawdesk-law-version"),
        html! { code { (explained.law_version) } },
    ));
    rows
}

fn considered(l: L10n, title: &str, line: &LinePath) -> Markup {
    let columns = vec![
        Column::text(l.t("lawdesk-rule")),
        Column::text(l.t("lawdesk-right")),
        Column::text(l.t("lawdesk-verdict")),
    ];
    let rows = line.considered.iter().map(|c| {
        Row::new(vec![
            html! { div { a href=(words::rule_href(&c.rule)) { (c.rule) } div.small.muted { (words::theirs(&c.title)) } } },
            html! { (words::right(l, Some(c.right_type))) },
            verdict(l, c),
        ])
    });
    html! { h3 { (title) } (Table::new(title, columns, rows.collect())) }
}

fn verdict(l: L10n, c: &Considered) -> Markup {
    let (tone, key) = match c.verdict {
        Verdict::Gives => (Tone::Good, "gives"),
        Verdict::Ended => (Tone::Bad, "ended"),
        Verdict::NotStarted => (Tone::Neutral, "not-started"),
        Verdict::Exempts(_) => (Tone::Warn, "exempts"),
        Verdict::Silent(_) => (Tone::Warn, "silent"),
        Verdict::Lengthens => (Tone::Accent, "lengthens"),
        Verdict::Passed(_) => (Tone::Neutral, "passed"),
    };
    let why = match c.verdict {
        Verdict::Passed(why) => l.t(&format!("lawdesk-passed-{}", words::slug(&code(&why)))),
        Verdict::Silent(why) => l.t(&format!("lawdesk-why-{}", words::slug(&code(&why)))),
        Verdict::Exempts(e) => words::word(l, "exempt", e.as_str()),
        _ => String::new(),
    };
    html! {
        div {
            (badge(tone, &l.t(&format!("lawdesk-verdict-{key}"))))
            @if c.decides { " " (badge(Tone::Accent, &l.t("lawdesk-decides"))) }
            @if !why.is_empty() { div.small.muted { (why) } }
        }
    }
}

fn dates(l: L10n, steps: &[DateStep]) -> Markup {
    let columns = vec![
        Column::text(l.t("lawdesk-day")),
        Column::text(l.t("lawdesk-from-event")),
        Column::text(l.t("lawdesk-plus")),
        Column::text(l.t("lawdesk-counts-to")),
        Column::text(l.t("lawdesk-stands")),
        Column::text(l.t("lawdesk-rule")).wide_only(),
    ];
    let rows = steps.iter().map(|s| {
        let rolled = s.counted.is_some() && s.counted != s.day;
        Row::new(vec![
            html! { span.strong { (words::word(l, "step-of", s.what)) } },
            html! { div { (event(l, s)) @if let Some(day) = s.start { div.small { (l.date_long(day)) } } } },
            html! { div { (length(l, s)) } },
            html! { (day(l, s.counted)) },
            html! { div { span.strong { (day(l, s.day)) } @if rolled { " " (badge(Tone::Accent, &l.t("lawdesk-moved"))) } } },
            html! { span.small { (s.rule) } },
        ])
    });
    html! { (Table::new(l.t("lawdesk-counted"), columns, rows.collect())) }
}

fn day(l: L10n, day: Option<kernel::Date>) -> Markup {
    html! { @match day { Some(day) => (l.date_long(day)), None => span.muted { "–" } } }
}

/// The event in words; a step names one of several word lists, by what it counts.
fn event(l: L10n, s: &DateStep) -> String {
    let set = match s.what {
        "window" | "presumption" | "extension" => "start",
        "return_by" => "return-start",
        _ => "event",
    };
    words::word(l, set, s.event)
}

fn length(l: L10n, s: &DateStep) -> Markup {
    let because = s.because.map(|c| words::word(l, "fact", c.as_str()));
    html! {
        @match (s.length, s.unit) {
            (Some(n), Some(unit)) => {
                (l.t_args(&format!("lawdesk-unit-{}", unit_key(unit)), &[("n", n.into())]))
                div.small.muted { (l.t(if s.include_start { "lawdesk-count-include-start" } else { "lawdesk-count-exclude-start" })) }
            }
            _ => span.muted { "–" },
        }
        @if let Some(because) = because { div.small { (because) } }
    }
}

const fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::CalendarDay => "calendar-day",
        Unit::BusinessDay => "business-day",
        Unit::SaturdayBusinessDay => "us-cooling-business-day",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}
