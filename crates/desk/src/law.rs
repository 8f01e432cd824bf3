//! The law desk: every place and what it gives, each rule with its source and who answers for it,
//! a place to try facts, and the packs that were published. What the law says is data of `law`.

mod packs;
mod rule;
mod trial;

pub use packs::{page as packs, publish};
pub use rule::{place, rule, sign};
pub use trial::page as trial;

use crate::{frame::Desk, words};
use app::laws::content_of;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::Permission;
use law::{LawBook, RuleEntry};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        Action, Column, Field, Icon, Kind, Row, Table, Tone, Weight, actions, badge, empty, tile,
    },
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use surface::Failure;

/// `?q=us`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    q: Option<String>,
}

/// A word of the packs for people: its message, or the word without its underscores.
fn word(l: L10n, code: &str) -> String {
    let key = format!("desk-law-w-{}", code.replace(['_', '.'], "-"));
    if l.has(&key) {
        l.t(&key)
    } else {
        code.replace('_', " ")
    }
}

/// A text inside a rule's table, e.g. `window`, `unit`.
fn inner<'v>(
    fields: &'v serde_json::Map<String, Value>,
    table: &str,
    name: &str,
) -> Option<&'v Value> {
    fields.get(table)?.get(name)
}

/// `14 calendar days from delivery`, as far as the rule says so.
fn period(l: L10n, fields: &serde_json::Map<String, Value>, table: &str) -> String {
    let text = |name: &str| inner(fields, table, name).and_then(Value::as_str);
    let unit = text("unit").map(|u| word(l, u)).unwrap_or_default();
    let start = text("start").map(|s| word(l, s));
    let length = inner(fields, table, "length").and_then(Value::as_i64);
    let amount = match length {
        Some(n) if n > 0 => format!("{} {unit}", l.number(n)),
        _ => unit,
    };
    match start {
        Some(start) if !amount.is_empty() => l.t_args(
            "desk-law-from",
            &[("period", amount.into()), ("event", start.into())],
        ),
        _ => amount,
    }
}

/// The rule of a place that gives a right without a reason, and its window, refund and payer.
fn row_of(l: L10n, rules: &[&Arc<RuleEntry>], wanted: &[&str]) -> [String; 3] {
    let of = |rule: &RuleEntry| {
        let fields = rule.fields();
        let kind = fields.get("right_type").and_then(Value::as_str);
        kind.is_some_and(|k| wanted.contains(&k)).then_some(fields)
    };
    let Some(fields) = rules.iter().find_map(|r| of(r)) else {
        return Default::default();
    };
    let payer = inner(&fields, "return_cost", "default").and_then(Value::as_str);
    [
        period(l, &fields, "window"),
        period(l, &fields, "refund"),
        payer.map(|p| word(l, p)).unwrap_or_default(),
    ]
}

/// How many of these rules somebody answers for.
fn reviewed(desk: &Desk, rules: &[&Arc<RuleEntry>]) -> usize {
    let signed = |r: &&&Arc<RuleEntry>| desk.app.signed_off(None, r).is_some();
    rules.iter().filter(signed).count()
}

/// `GET /desk/law`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let l = desk.l();
    let book = desk.app.law_today(None);
    let q = which.q.unwrap_or_default().trim().to_lowercase();
    let fits = |code: &str, name: &str| {
        q.is_empty() || code.to_lowercase().starts_with(&q) || name.to_lowercase().contains(&q)
    };
    let places: Vec<_> = book
        .jurisdictions()
        .filter(|j| fits(&j.code, &j.name))
        .collect();
    let columns = vec![
        Column::text(l.t("desk-law-place")),
        Column::text(l.t("desk-law-withdrawal")),
        Column::text(l.t("desk-law-refund")).wide_only(),
        Column::text(l.t("desk-law-return-cost")),
        Column::text(l.t("desk-law-conformity")),
        Column::figure(l.t("desk-law-reviewed")),
    ];
    let rows: Vec<Row> = places
        .iter()
        .map(|place| {
            let rules = book.rules_of(&place.code);
            let [window, refund, payer] =
                row_of(l, &rules, &["withdrawal", "cooling_off", "default_return"]);
            let [guarantee, ..] = row_of(l, &rules, &["conformity"]);
            let signed = reviewed(&desk, &rules);
            Row::new(vec![
                html! { span.nowrap { (place.code) } div.muted.small { (place.name) } },
                cell(&window),
                cell(&refund),
                cell(&payer),
                cell(&guarantee),
                html! { (l.number(signed.try_into().unwrap_or(0))) "/" (l.number(rules.len().try_into().unwrap_or(0))) },
            ])
            .href(format!("/desk/law/place/{}", place.code))
        })
        .collect();
    let total: Vec<&Arc<RuleEntry>> = book.rules().iter().collect();
    let signed = reviewed(&desk, &total);
    let figure = |n: usize| html! { (l.number(n.try_into().unwrap_or(0))) };
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-law-title")) } p.lede { (l.t("desk-law-lede")) } }
            (actions(&[
                Action::link(l.t("desk-law-try"), "/desk/law/try").icon(Icon::Scale),
                Action::link(l.t("desk-law-packs"), "/desk/law/packs").icon(Icon::Book).weight(Weight::Secondary),
            ]))
        }
        div.stack {
            div.tiles.tiles-even {
                (tile(&l.t("desk-law-places"), &figure(book.jurisdictions().count()), "/desk/law", None, None))
                (tile(&l.t("desk-law-rules"), &figure(total.len()), "/desk/law", None, None))
                (tile(&l.t("desk-law-unsigned"), &figure(total.len() - signed), "/desk/law", None, None))
            }
            form.filters method="get" action="/desk/law" {
                (Field::new("q", l.t("desk-law-find")).kind(Kind::Search).value(q.as_str()))
                (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
            }
            @if rows.is_empty() { (empty(Icon::Scale, &l.t("desk-law-none"), &l.t("desk-law-none-why"), None)) }
            @else { (Table::new(l.t("desk-law-title"), columns, rows)) }
            p.muted.small { (l.t_args("desk-law-version", &[
                ("version", version(&book).into()),
                ("date", book.as_of().map(|d| l.date(d)).unwrap_or_default().into()),
            ])) }
        }
    };
    Ok(desk
        .page(l.t("desk-law-title"), "/desk/law", false, body)
        .await?
        .render()
        .into_response())
}

fn cell(text: &str) -> Markup {
    html! { @if text.is_empty() { span.muted { "–" } } @else { (text) } }
}

fn version(book: &LawBook) -> String {
    book.version().chars().take(12).collect()
}

/// Whether somebody answers for a rule as it is worded.
fn review_badge(desk: &Desk, rule: &RuleEntry) -> Markup {
    let l = desk.l();
    match desk.app.signed_off(None, rule) {
        Some(signed) => {
            let args = [
                ("name", signed.reviewer.as_str().into()),
                (
                    "date",
                    l.date_time(words::moment(signed.at), &desk.zone(None))
                        .into(),
                ),
            ];
            badge(Tone::Good, &l.t_args("desk-law-signed", &args))
        }
        None => badge(Tone::Warn, &l.t("clock-unreviewed")),
    }
}

/// Whether this reader may sign rules off.
fn may_sign(desk: &Desk) -> bool {
    desk.has(Permission::LawReview)
}

/// What a form names a wording by.
fn wording(rule: &RuleEntry) -> String {
    content_of(rule)
}
