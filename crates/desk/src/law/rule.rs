//! One rule with everything: what it says, what it lays over and changes, what it rests on.

use super::{
    books, describe,
    sign::{self, Refused},
    words,
};
use crate::frame::Desk;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use law::{FieldChange, LawBook, RuleEntry, pack::Evidence};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Column, Crumb, Definition, Row, Table, badge, breadcrumbs, card, card_with,
        definitions,
    },
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use surface::Failure;

/// `?done=signed`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// `GET /law/rule/{id}`
pub async fn page(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    show(&desk, &id, asked.done.as_deref(), None).await
}

/// The page, after something was done or refused.
pub async fn show(
    desk: &Desk,
    id: &str,
    done: Option<&str>,
    refused: Option<Refused>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let book = books::current(desk);
    let versions: Vec<&Arc<RuleEntry>> = book.rule(id).collect();
    let Some(first) = versions.first() else {
        return Err(Problem::not_found().into());
    };
    let above: Vec<&RuleEntry> = book
        .rules()
        .iter()
        .map(|r| &**r)
        .filter(|r| *r.id != *id && r.ids.iter().any(|known| **known == *id))
        .collect();
    let crumbs = [Crumb {
        label: l.t("lawdesk-title"),
        href: "/law".to_owned(),
    }];
    let title = first.title.clone();
    let body = html! {
        div.page-head {
            div {
                (breadcrumbs(l, &crumbs))
                h1 { (words::theirs(&title)) }
                p.lede { (words::theirs(&first.citation)) }
            }
        }
        div.stack {
            p.small.muted { (l.t("lawdesk-their-words")) }
            @for rule in &versions { (version(desk, &book, rule, refused.as_ref())) }
            @if !above.is_empty() {
                (card(&l.t("lawdesk-laid-over-by"), &html! { ul.plain-list { @for r in &above {
                    li { a href=(words::rule_href(&r.id)) { (r.id) } " " span.muted { (words::theirs(&r.title)) } }
                } } }))
            }
        }
    };
    let titled = format!("{} · {}", id, l.t("lawdesk-title"));
    let mut page = desk.page(titled, "/law", false, body).await?;
    if let Some((tone, words)) = desk.done(done) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(refused) = refused {
        *answer.status_mut() = refused.problem.status;
    }
    Ok(answer)
}

fn version(desk: &Desk, book: &LawBook, rule: &RuleEntry, refused: Option<&Refused>) -> Markup {
    let l = desk.l();
    let c = &rule.content;
    let base = base_of(book, rule);
    html! {
        (card_with(&words::in_force(l, c.effective_from, c.effective_to), Some(&marks(desk, rule)), &html! {
            div.law-facts { (definitions(&describe::rule(l, book, rule))) }
        }))
        (card(&l.t("lawdesk-rests-on"), &html! { div.law-facts { (definitions(&rests_on(l, book, rule))) } }))
        @if let Some(base) = base { (changes(l, base, rule)) }
        (sign::panel(desk, rule, refused))
    }
}

/// Right, confidence and review as badges.
pub fn marks(desk: &Desk, rule: &RuleEntry) -> Markup {
    let l = desk.l();
    html! {
        (badge(ui::Tone::Accent, &words::right(l, rule.content.right_type)))
        (words::confidence(l, rule.confidence))
        (sign::state(desk, rule))
    }
}

/// The version of the rule below that this one was merged with.
fn base_of<'b>(book: &'b LawBook, rule: &RuleEntry) -> Option<&'b RuleEntry> {
    let below = rule
        .ids
        .len()
        .checked_sub(2)
        .and_then(|at| rule.ids.get(at))?;
    book.rules()
        .iter()
        .map(|r| &**r)
        .find(|r| r.id == *below && r.in_force_with(rule))
}

/// Places, citation, sources and remarks.
pub fn rests_on(l: L10n, book: &LawBook, rule: &RuleEntry) -> Vec<Definition> {
    let mut rows = vec![
        Definition::new(l.t("lawdesk-id"), html! { code { (rule.id) } }),
        Definition::new(
            l.t("lawdesk-places"),
            html! {
                @for (at, code) in rule.jurisdictions.iter().enumerate() {
                    @if at > 0 { ", " } a href=(words::place_href(code)) { (words::place_of(l, book, code)) }
                }
            },
        ),
        Definition::new(l.t("lawdesk-instrument"), words::theirs(&rule.instrument)),
        Definition::new(
            l.t("lawdesk-articles"),
            words::theirs(&rule.articles.join(", ")),
        ),
    ];
    let below: Vec<_> = rule.ids.iter().filter(|id| **id != rule.id).collect();
    if !below.is_empty() {
        rows.push(Definition::new(
            l.t("lawdesk-lays-over"),
            html! {
                @for id in &below { a href=(words::rule_href(id)) { (id) } " " }
            },
        ));
    }
    rows.push(Definition::new(
        l.t("lawdesk-sources"),
        sources(l, book, rule),
    ));
    if let Some(notes) = &rule.notes {
        rows.push(Definition::new(l.t("lawdesk-notes"), words::theirs(notes)));
    }
    if !rule.cases.is_empty() {
        rows.push(Definition::new(
            l.t("lawdesk-cases"),
            html! {
                ul.law-list { @for case in &rule.cases { li { (words::theirs(case)) } } }
            },
        ));
    }
    rows.push(Definition::new(
        l.t("lawdesk-written-in"),
        html! { code { (rule.origin) } },
    ));
    rows
}

/// What was read for the rule, and for those it lays over.
pub fn sources(l: L10n, book: &LawBook, rule: &RuleEntry) -> Markup {
    let mut all: Vec<&Evidence> = rule.evidence.iter().collect();
    for id in rule.ids.iter().filter(|id| **id != rule.id) {
        for one in book.rule(id).flat_map(|r| &r.evidence) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    evidence(l, book, &all)
}

/// The address itself, and where to look in what it gives.
fn address_of(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

/// Texts that were read with their addresses, and what was written from knowledge.
pub fn evidence(l: L10n, book: &LawBook, all: &[&Evidence]) -> Markup {
    html! {
        ul.law-list {
            @for one in all {
                li {
                    @match one {
                        Evidence::Source { id } => {
                            @match book.source(id) {
                                Some(source) => {
                                    @let (address, place) = address_of(&source.address);
                                    a href=(address) rel="noreferrer" { (address) }
                                    @if !place.is_empty() { " " (words::theirs(place)) }
                                    div.small.muted { (l.t("lawdesk-was-read")) " " (words::theirs(&source.read)) }
                                }
                                None => code { (id) },
                            }
                        }
                        Evidence::Knowledge { what, verify_by } => {
                            (words::theirs(what))
                            div.small.muted { (l.t_args("lawdesk-from-knowledge", &[("x", verify_by.as_str().into())])) }
                        }
                    }
                }
            }
        }
    }
}

fn changes(l: L10n, base: &RuleEntry, rule: &RuleEntry) -> Markup {
    let identity = [
        "title",
        "jurisdictions",
        "instrument",
        "articles",
        "evidence",
        "notes",
        "cases",
        "review_status",
    ];
    let list: Vec<FieldChange> = rule
        .differs_from(base)
        .into_iter()
        .filter(|f| !identity.contains(&f.field.as_str()))
        .collect();
    let title = l.t_args("lawdesk-changes-base", &[("x", base.id.to_string().into())]);
    html! {
        @if list.is_empty() { (card(&title, &html! { p { (l.t("lawdesk-changes-nothing")) } })) }
        @else { (card(&title, &html! { (fields(l, &title, &list)) })) }
    }
}

/// Fields with what they said before and say now.
pub fn fields(l: L10n, caption: &str, list: &[FieldChange]) -> Markup {
    let columns = vec![
        Column::text(l.t("lawdesk-field")),
        Column::text(l.t("lawdesk-before")),
        Column::text(l.t("lawdesk-after")),
    ];
    let rows = list.iter().map(|f| {
        let top = f.field.split('.').next().unwrap_or_default();
        Row::new(vec![
            html! { div { (words::word(l, "field", top)) div.small.muted { code { (f.field) } } } },
            value(l, f.old.as_ref()),
            value(l, f.new.as_ref()),
        ])
    });
    html! { (Table::new(caption, columns, rows.collect())) }
}

fn value(l: L10n, value: Option<&Value>) -> Markup {
    html! {
        @match value {
            None => span.muted { "–" },
            Some(Value::Bool(yes)) => (l.t(if *yes { "lawdesk-yes" } else { "lawdesk-no" })),
            Some(Value::String(text)) => (words::theirs(text)),
            Some(Value::Array(all)) => ul.law-list { @for one in all { li { (self::value(l, Some(one))) } } },
            Some(Value::Object(all)) => @for (key, one) in all { div { code { (key) } " " (self::value(l, Some(one))) } },
            Some(other) => (other.to_string()),
        }
    }
}
