//! One place: what it inherits from, every rule that speaks there in plain words, its duties, its
//! calendar and the next days of rest.

use super::{books, describe, matrix::speaking, rule, sign, tabs, try_here, words};
use crate::frame::Desk;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use kernel::Date;
use law::{
    LawBook, RuleEntry,
    pack::{CalendarDef, Jurisdiction, Obligation},
};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Column, Crumb, Definition, Note, Row, Table, Tone, badge, breadcrumbs, card,
        card_with, definitions,
    },
};
use std::sync::Arc;
use surface::Failure;

/// Days of rest shown.
const DAYS: usize = 8;

/// `GET /law/{code}`
pub async fn page(desk: Desk, Path(code): Path<String>) -> Result<Response, Failure> {
    let l = desk.l();
    let book = books::current(&desk);
    let Some(here) = book.jurisdiction(&code) else {
        return Err(Problem::not_found().into());
    };
    let today = desk.zone(None).to_datetime(desk.now).date();
    let name = words::place(l, here);
    let speak = speaking(&book, &code, today);
    let below: Vec<&Arc<RuleEntry>> = book
        .rules_of(&code)
        .into_iter()
        .filter(|r| !speak.iter().any(|s| Arc::ptr_eq(s, r)))
        .collect();
    let crumbs = [Crumb {
        label: l.t("lawdesk-title"),
        href: "/law".to_owned(),
    }];
    let body = html! {
        div.page-head {
            div {
                (breadcrumbs(l, &crumbs))
                h1 { (name) " " span.muted { (here.code) } }
                (chain(l, &book, here))
            }
            (try_here(&desk, &here.code))
        }
        div.stack {
            (ui::tabs(l, &l.t("lawdesk-title"), &tabs(&desk, "/law")))
            (Note::new(Tone::Warn, l.t("lawdesk-unreviewed-title")).body(html! { p { (l.t("lawdesk-unreviewed-body")) } }))
            div.split {
                div.stack {
                    (contents(l, &speak))
                    @for rule in &speak { (one(&desk, &book, rule)) }
                    @if !below.is_empty() { (beneath(l, &below, today)) }
                }
                div.stack {
                    (rest(l, &book, here, today))
                    (calendars(l, &book, &speak))
                    (duties(l, &book, &here.code))
                }
            }
        }
    };
    let title = format!("{name} · {}", l.t("lawdesk-title"));
    Ok(desk
        .page(title, "/law", false, body)
        .await?
        .render()
        .into_response())
}

/// Whose rules hold, most specific first.
fn chain(l: L10n, book: &LawBook, here: &Jurisdiction) -> Markup {
    let chain = book.chain(&here.code);
    html! {
        p.lede {
            (l.t("lawdesk-chain")) " "
            @for (at, j) in chain.iter().enumerate() {
                @if at > 0 { " → " }
                @if j.code == here.code { (words::place(l, j)) }
                @else { a href=(words::place_href(&j.code)) { (words::place(l, j)) } }
            }
            // A group without rules of its own, such as the EEA.
            @if let Some(group) = chain.last().and_then(|j| j.parent.as_deref()) { " → " (group) }
            " · " (here.currency)
        }
        @if let Some(floor) = &here.change_of_mind_floor { p.small.muted { (words::theirs(floor)) } }
    }
}

/// The rules at a glance; each line jumps to its card.
fn contents(l: L10n, rules: &[&Arc<RuleEntry>]) -> Markup {
    let columns = vec![
        Column::text(l.t("lawdesk-right")),
        Column::text(l.t("lawdesk-window")),
        Column::text(l.t("lawdesk-refund")),
        Column::text(l.t("lawdesk-return-cost")),
    ];
    let rows = rules.iter().map(|rule| {
        let c = &rule.content;
        let window = c.window.as_ref();
        let payer = c.return_cost.as_ref().and_then(|r| r.default);
        let or_dash = |text: Option<String>| {
            html! { @if let Some(text) = text { span { (text) } } @else { span.muted { "–" } } }
        };
        Row::new(vec![
            html! { (words::right(l, c.right_type)) div.small.muted { (words::theirs(&rule.title)) } },
            or_dash(window.map(|w| words::period(l, w.length, w.unit))),
            or_dash(
                c.refund
                    .as_ref()
                    .map(|r| words::period(l, r.length, r.unit)),
            ),
            or_dash(payer.map(|p| words::word(l, "payer", p.as_str()))),
        ])
        .href(format!("#{}", anchor(rule)))
    });
    html! { (Table::new(l.t("lawdesk-rules-here"), columns, rows.collect())) }
}

fn anchor(rule: &RuleEntry) -> String {
    let from = rule.content.effective_from;
    let from = from.map(|d| d.to_string()).unwrap_or_default();
    format!("r-{}", words::slug(&format!("{}-{from}", rule.id)))
}

/// A rule with everything it says.
fn one(desk: &Desk, book: &LawBook, entry: &RuleEntry) -> Markup {
    let l = desk.l();
    let c = &entry.content;
    let mut rows = describe::rule(l, book, entry);
    rows.push(Definition::new(
        l.t("lawdesk-effective"),
        words::in_force(l, c.effective_from, c.effective_to),
    ));
    rows.push(Definition::new(
        l.t("lawdesk-citation"),
        words::theirs(&entry.citation),
    ));
    rows.push(Definition::new(
        l.t("lawdesk-sources"),
        rule::sources(l, book, entry),
    ));
    if let Some(notes) = &entry.notes {
        rows.push(Definition::new(l.t("lawdesk-notes"), words::theirs(notes)));
    }
    html! {
        div id=(anchor(entry)) {
            (card_with(&words::right(l, c.right_type), Some(&rule_marks(desk, entry)), &html! {
                p.law-title {
                    a href=(words::rule_href(&entry.id)) { (entry.id) } " "
                    span.muted { (words::theirs(&entry.title)) }
                }
                div.law-facts { (definitions(&rows)) }
            }))
        }
    }
}

fn rule_marks(desk: &Desk, rule: &RuleEntry) -> Markup {
    let l = desk.l();
    html! { (words::confidence(l, rule.confidence)) (sign::state(desk, rule)) }
}

/// What speaks only where no rule above does, and what is not in force today.
fn beneath(l: L10n, rules: &[&Arc<RuleEntry>], today: Date) -> Markup {
    card(
        &l.t("lawdesk-beneath"),
        &html! {
            p.small.muted { (l.t("lawdesk-beneath-why")) }
            ul.plain-list {
                @for rule in rules {
                    li {
                        a href=(words::rule_href(&rule.id)) { (rule.id) } " "
                        span.muted { (words::theirs(&rule.title)) }
                        @if !rule.in_force_on(today) {
                            " " (badge(Tone::Neutral, &words::in_force(l, rule.content.effective_from, rule.content.effective_to)))
                        }
                    }
                }
            }
        },
    )
}

/// The next public holidays, with the version of the tables.
fn rest(l: L10n, book: &LawBook, here: &Jurisdiction, today: Date) -> Markup {
    let Ok(place) = place_of(&here.code) else {
        return html! {};
    };
    let years = today.year()..=today.year().saturating_add(1);
    let holidays = book.holidays(place, years.clone());
    let basis = book.holiday_basis(place, years);
    let next: Vec<Date> = holidays
        .days()
        .iter()
        .copied()
        .filter(|d| *d >= today)
        .take(DAYS)
        .collect();
    card(
        &l.t("lawdesk-holidays"),
        &html! {
            @if !basis.covered { p { (l.t("lawdesk-holidays-not-covered")) } }
            @if !next.is_empty() {
                ul.plain-list {
                    @for day in &next {
                        li {
                            (l.date_long(*day))
                            @if basis.estimated.contains(day) { " " (badge(Tone::Warn, &l.t("lawdesk-estimated"))) }
                        }
                    }
                }
            }
            p.small.muted.gap-top { (l.t("lawdesk-table-version")) " " code { (basis.version) } }
        },
    )
}

/// A code as a place: country, or country and part.
pub fn place_of(code: &str) -> Result<kernel::Place, kernel::error::ParseError> {
    let (country, part) = match code.split_once('-') {
        Some((country, part)) => (country, Some(part)),
        None => (code, None),
    };
    Ok(kernel::Place {
        country: country.parse()?,
        subdivision: part.map(str::parse).transpose()?,
    })
}

/// The calendars that the rules of the place count by.
fn calendars(l: L10n, book: &LawBook, rules: &[&Arc<RuleEntry>]) -> Markup {
    let named = |def: &&CalendarDef| {
        rules.iter().any(|r| {
            let window = r.content.window.as_ref().and_then(|w| w.calendar.as_ref());
            let refund = r.content.refund.as_ref().and_then(|w| w.calendar.as_ref());
            window == Some(&def.id) || refund == Some(&def.id)
        })
    };
    let all: Vec<&CalendarDef> = book.calendars().filter(named).collect();
    if all.is_empty() {
        return html! {};
    }
    card(
        &l.t("lawdesk-calendar"),
        &html! {
            div.stack {
                @for def in &all {
                    div {
                        p { (words::word(l, "rollover", def.rollover.as_str())) }
                        p.small.muted {
                            code { (def.id) } " · " (words::theirs(&def.basis)) " · "
                            (l.t(if def.applies_to_trader { "lawdesk-trader-too" } else { "lawdesk-consumer-only" }))
                        }
                    }
                }
            }
        },
    )
}

/// Duties beside the return decision.
fn duties(l: L10n, book: &LawBook, code: &str) -> Markup {
    let all: Vec<&Obligation> = book.obligations_of(code);
    if all.is_empty() {
        return html! {};
    }
    card(
        &l.t("lawdesk-obligations"),
        &html! {
            div.stack {
                @for duty in &all {
                    details.law-more {
                        summary { (words::word(l, "area", duty.area.as_str())) " · " (words::theirs(&duty.instrument)) }
                        div.stack.small {
                            p { (words::theirs(&duty.duty)) }
                            p { (l.t("lawdesk-effect")) " " (words::theirs(&duty.effect)) }
                            @if let Some(years) = duty.retention_years {
                                p { (l.t_args("lawdesk-retention", &[("n", years.into())])) }
                            }
                            p.muted { (words::theirs(&duty.articles.join(", "))) " " (words::confidence(l, duty.confidence)) }
                            (rule::evidence(l, book, &duty.evidence.iter().collect::<Vec<_>>()))
                        }
                    }
                }
            }
        },
    )
}
