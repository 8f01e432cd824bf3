//! What changed between two versions of the law, and what starts and ends by the calendar.

use super::{books, rule, tabs, words};
use crate::frame::Desk;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::Date;
use law::{LawBook, RuleChange, RuleEntry};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        self, Action, Choice, Column, Icon, Row, Select, Table, Tone, Weight, badge, card,
        card_with, empty,
    },
};
use serde::Deserialize;
use std::sync::Arc;
use surface::Failure;

/// Rules shown of one comparison.
const SHOWN: usize = 200;

/// `?from=0123…&to=4567…`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    from: Option<String>,
    to: Option<String>,
}

/// `GET /law/changes`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let l = desk.l();
    let versions = books::versions(&desk);
    let find = |id: &Option<String>| versions.iter().find(|v| Some(&v.id) == id.as_ref());
    let new = find(&which.to).or(versions.first());
    let old = find(&which.from).or(versions.get(1));
    let today = desk.zone(None).to_datetime(desk.now).date();
    let book = books::current(&desk);
    let body = html! {
        div.page-head { div { h1 { (l.t("lawdesk-tab-changes")) } p.lede { (l.t("lawdesk-changes-lede")) } } }
        div.stack {
            (ui::tabs(l, &l.t("lawdesk-title"), &tabs(&desk, "/law/changes")))
            @match (old, new) {
                (Some(old), Some(new)) => {
                    (choose(l, &versions, old, new))
                    (compared(l, &law::diff(&old.book, &new.book)))
                }
                _ => (empty(Icon::History, &l.t("lawdesk-one-version"), &l.t("lawdesk-one-version-why"), None)),
            }
            (by_calendar(l, &book, today))
        }
    };
    Ok(desk
        .page(l.t("lawdesk-tab-changes"), "/law", false, body)
        .await?
        .render()
        .into_response())
}

fn choose(l: L10n, all: &[books::Version], old: &books::Version, new: &books::Version) -> Markup {
    let choices: Vec<Choice> = all
        .iter()
        .map(|v| {
            let day = v
                .from
                .map_or_else(|| l.t("lawdesk-as-shipped"), |d| l.date(d));
            let short = v.id.get(..12).unwrap_or(&v.id);
            Choice::new(&*v.id, format!("{day} · {short}"))
        })
        .collect();
    html! {
        form.filters method="get" action="/law/changes" {
            (Select::new("from", l.t("lawdesk-version-old"), choices.clone()).value(&*old.id))
            (Select::new("to", l.t("lawdesk-version-new"), choices).value(&*new.id))
            (Action::submit(l.t("lawdesk-compare")).weight(Weight::Secondary).icon(Icon::History))
        }
    }
}

fn compared(l: L10n, changes: &[RuleChange]) -> Markup {
    if changes.is_empty() {
        return empty(
            Icon::CheckCircle,
            &l.t("lawdesk-no-changes"),
            &l.t("lawdesk-no-changes-why"),
            None,
        );
    }
    html! {
        p role="status" { (l.t_args("lawdesk-changes-count", &[("n", changes.len().into())])) }
        @for change in changes.iter().take(SHOWN) { (one(l, change)) }
        @if changes.len() > SHOWN { p.muted { (l.t_args("desk-first-rows", &[("n", SHOWN.into())])) } }
    }
}

fn one(l: L10n, change: &RuleChange) -> Markup {
    let (id, from, tone, key) = match change {
        RuleChange::Added { id, effective_from } => {
            (id, effective_from, Tone::Good, "lawdesk-added")
        }
        RuleChange::Removed { id, effective_from } => {
            (id, effective_from, Tone::Bad, "lawdesk-removed")
        }
        RuleChange::Changed {
            id, effective_from, ..
        } => (id, effective_from, Tone::Accent, "lawdesk-changed"),
    };
    let aside = badge(tone, &l.t(key));
    card_with(
        id,
        Some(&aside),
        &html! {
            p.small { a href=(words::rule_href(id)) { (l.t("lawdesk-open-rule")) } " · " (words::in_force(l, *from, None)) }
            @if let RuleChange::Changed { fields, .. } = change { (rule::fields(l, id, fields)) }
        },
    )
}

/// Rules whose first or last day is written, newest first.
fn by_calendar(l: L10n, book: &LawBook, today: Date) -> Markup {
    let mut dated: Vec<(Date, bool, &Arc<RuleEntry>)> = Vec::new();
    for rule in book.rules() {
        let c = &rule.content;
        dated.extend(c.effective_from.map(|day| (day, true, rule)));
        dated.extend(c.effective_to.map(|day| (day, false, rule)));
    }
    dated.sort_by(|a, b| (b.0, &a.2.id).cmp(&(a.0, &b.2.id)));
    let columns = vec![
        Column::text(l.t("lawdesk-day")),
        Column::text(l.t("lawdesk-what")),
        Column::text(l.t("lawdesk-rule")),
    ];
    let rows = dated.iter().map(|(day, starts, rule)| {
        let key = match (*starts, *day > today) {
            (true, true) => "lawdesk-will-start",
            (true, false) => "lawdesk-started",
            (false, true) => "lawdesk-will-end",
            (false, false) => "lawdesk-ended",
        };
        Row::new(vec![
            html! { span.nowrap { (ui::date(l, *day)) } },
            html! { (l.t(key)) },
            html! { div { a href=(words::rule_href(&rule.id)) { (rule.id) } div.small.muted { (words::theirs(&rule.title)) } } },
        ])
    });
    card(
        &l.t("lawdesk-by-calendar"),
        &html! { (Table::new(l.t("lawdesk-by-calendar"), columns, rows.collect())) },
    )
}
