//! What the law gives in a case: the right that is used, and every right beside it with the best
//! of each dimension marked.

use super::words;
use jiff::civil::Date;
use law::{
    Deduction, Entitlement, LawBook, Outbound, Payer, Remedy, Status,
    vectors::{CaseFacts, Coverage, LineRight, LineRights, Outcome},
    words::RightType,
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{self, Column, Definition, Note, Row, Table, Tone, badge, card, card_with, definitions},
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
pub fn side_by_side(l: L10n, book: &LawBook, all: &[LineRights]) -> Markup {
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
            (card(&l.t_args("lawdesk-beside", &[("lines", names.join(", ").into())]), &table(l, book, &line.rights)))
        }
    }
}

/// Reads one dimension of a right.
type Dimension = fn(L10n, &LawBook, &LineRight) -> Cell;

/// What one right gives in one dimension, and how good that is; more is better.
struct Cell {
    shown: Markup,
    /// `None`: not to be compared.
    worth: Option<i64>,
}

fn table(l: L10n, book: &LawBook, rights: &[LineRight]) -> Markup {
    let columns = std::iter::once(Column::text(l.t("lawdesk-dimension")))
        .chain(
            rights
                .iter()
                .map(|r| Column::text(words::right(l, Some(r.right.right.word())))),
        )
        .collect();
    let dimensions: &[(&str, Dimension)] = &[
        ("status", status),
        ("last-day", deadline),
        ("gives", remedy),
        ("refund-due", due),
        ("outbound", outbound),
        ("return-cost", payer),
        ("deductions", deduction),
        ("presumed-until", presumed),
        ("rule", rule),
    ];
    let rows = dimensions.iter().map(|(key, of)| {
        let cells: Vec<Cell> = rights.iter().map(|r| of(l, book, r)).collect();
        let best = best_of(rights, &cells);
        let first = html! { span.strong { (l.t(&format!("lawdesk-{key}"))) } };
        let marked = cells.iter().zip(rights).map(|(cell, right)| {
            let is_best = best.is_some() && cell.worth == best && right.right.is_usable();
            html! { div { (cell.shown) @if is_best { " " (badge(Tone::Good, &l.t("lawdesk-best"))) } } }
        });
        Row::new(std::iter::once(first).chain(marked).collect())
    });
    html! { (Table::new(l.t("lawdesk-beside-caption"), columns, rows.collect())) }
}

/// The most any usable right gives, where it is more than another usable one gives.
fn best_of(rights: &[LineRight], cells: &[Cell]) -> Option<i64> {
    let usable: Vec<i64> = rights
        .iter()
        .zip(cells)
        .filter(|(r, _)| r.right.is_usable())
        .filter_map(|(_, c)| c.worth)
        .collect();
    let (best, worst) = (usable.iter().max()?, usable.iter().min()?);
    (usable.len() > 1 && best > worst).then_some(*best)
}

/// Days as a number that grows with time.
fn days(day: Date) -> i64 {
    let since = Date::constant(1900, 1, 1).until(day);
    since.map_or(0, |span| i64::from(span.get_days()))
}

fn plain(shown: impl Into<String>, worth: Option<i64>) -> Cell {
    let shown: String = shown.into();
    Cell {
        shown: html! { (shown) },
        worth,
    }
}

fn status(l: L10n, book: &LawBook, r: &LineRight) -> Cell {
    let (tone, words) = match r.right.status {
        Status::Open { .. } => (Tone::Good, l.t("lawdesk-status-open")),
        Status::NotStarted if r.right.is_usable() => (Tone::Good, l.t("lawdesk-status-early")),
        Status::NotStarted => (Tone::Neutral, l.t("lawdesk-status-not-started")),
        Status::Ended { .. } => (Tone::Bad, l.t("lawdesk-status-ended")),
        Status::Exempt(e) => {
            let what = words::exemption(l, book, e);
            return plain(
                l.t_args("lawdesk-status-exempt", &[("x", what.into())]),
                None,
            );
        }
    };
    Cell {
        shown: badge(tone, &words),
        worth: None,
    }
}

fn deadline(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    // The trader's last day: later is worse for the consumer, and not comparable with the rest.
    let comparable = r.right.right.word() != RightType::NonDelivery;
    match r.right.deadline {
        Some(day) => plain(l.date_long(day), comparable.then(|| days(day))),
        None if matches!(r.right.status, Status::Open { .. }) => {
            plain(l.t("lawdesk-no-last-day"), comparable.then_some(i64::MAX))
        }
        None => plain("–", None),
    }
}

fn remedy(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    let worth = i64::from(r.right.remedy != Remedy::RepairOrReplaceFirst);
    plain(words::word(l, "gives", &code(&r.right.remedy)), Some(worth))
}

fn due(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    match (r.due, r.right.refund_clock, r.right.refund_basis) {
        (Some(due), ..) => plain(l.date_long(due.due), Some(-days(due.due))),
        (None, Some(_), _) => plain(words::word(l, "basis", "open"), None),
        (None, None, Some(word)) => plain(words::word(l, "basis", word.as_str()), None),
        (None, None, None) => plain("–", None),
    }
}

fn outbound(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    let worth = match r.right.refunds_outbound {
        Outbound::No => 0,
        Outbound::Standard => 1,
        Outbound::Whole => 2,
    };
    plain(
        words::word(l, "charge", &code(&r.right.refunds_outbound)),
        Some(worth),
    )
}

fn payer(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    let worth = match r.right.return_cost {
        Payer::Consumer => 0,
        Payer::Unspecified => 1,
        Payer::Trader | Payer::NotApplicable => 2,
    };
    plain(
        words::word(l, "payer", r.right.return_cost.as_str()),
        Some(worth),
    )
}

fn deduction(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    let worth = i64::from(r.right.deduction == Deduction::None);
    plain(
        words::word(l, "taken-off", &code(&r.right.deduction)),
        Some(worth),
    )
}

fn presumed(l: L10n, _: &LawBook, r: &LineRight) -> Cell {
    match r.right.presumed_until {
        Some(day) => plain(l.date_long(day), Some(days(day))),
        None => plain("–", None),
    }
}

fn rule(_: L10n, _: &LawBook, r: &LineRight) -> Cell {
    let right: &Entitlement = &r.right;
    Cell {
        shown: html! { a href=(words::rule_href(&right.rule)) { (right.rule) } div.small.muted { (words::theirs(&right.citation)) } },
        worth: None,
    }
}
