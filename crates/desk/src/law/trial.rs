//! "Try it": facts in, and out come the rights, the days, the amounts and the path the engine took.
//! Nothing is stored.

use super::word;
use crate::frame::Desk;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use jiff::ToSpan as _;
use law::vectors::{CaseFacts, Explanation, Verdict, explain};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        self, Action, Choice, Column, Definition, Field, Icon, Kind, Note, Row, Select, Table,
        Tone, badge, card, checkbox, definitions, form_actions,
    },
};
use serde::Deserialize;
use serde_json::json;
use surface::Failure;

/// The answers of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Given {
    place: Option<String>,
    channel: Option<String>,
    buyer: Option<String>,
    contract: Option<String>,
    delivered: Option<String>,
    notice: Option<String>,
    kind: Option<String>,
    price: Option<String>,
    delivery: Option<String>,
    untold: Option<String>,
    sent_back: Option<String>,
    returned: Option<String>,
}

/// `GET /desk/law/try`
pub async fn page(desk: Desk, Query(given): Query<Given>) -> Result<Response, Failure> {
    let l = desk.l();
    let book = desk.app.law_today(None);
    let answer = given.place.as_ref().map(|place| {
        facts(&given, place).and_then(|f| explain(&book, &f).map_err(|e| e.to_string()))
    });
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-law-try")) } p.lede { (l.t("desk-law-try-lede")) } } }
        div.stack {
            (form(&desk, &given))
            @match &answer {
                None => {},
                Some(Err(why)) => (Note::new(Tone::Bad, l.t("desk-law-try-wrong")).body(html! { p { code { (why) } } })),
                Some(Ok(path)) => (shown(l, path)),
            }
        }
    };
    Ok(desk
        .page(l.t("desk-law-try"), "/desk/law", false, body)
        .await?
        .render()
        .into_response())
}

fn facts(given: &Given, place: &str) -> Result<CaseFacts, String> {
    let text = |t: &Option<String>| t.clone().filter(|t| !t.trim().is_empty());
    let notice = text(&given.notice);
    let kind = text(&given.kind).unwrap_or_else(|| "change_of_mind".into());
    let mut request = json!({
        "kind": kind, "notice_sent_on": notice, "notice_received_on": notice, "lines": ["A"],
    });
    if kind == "defect" {
        request["defect_noticed_on"] = json!(notice);
    }
    let currency = kernel::Currency::EUR.code();
    let facts = json!({
        "jurisdiction": place,
        "channel": text(&given.channel).unwrap_or_else(|| "distance".into()),
        "buyer": text(&given.buyer).unwrap_or_else(|| "consumer".into()),
        "contract_date": text(&given.contract),
        "currency": currency,
        "informed": { "withdrawal_right": if given.untold.is_some() { "no" } else { "yes" } },
        "lines": [{
            "line": "A", "unit_price": text(&given.price).unwrap_or_else(|| "100.00".into()),
            "qty": 1, "delivered_on": text(&given.delivered),
        }],
        "outbound_shipping": {
            "paid": text(&given.delivery).unwrap_or_else(|| "0.00".into()),
            "least_expensive_standard": text(&given.delivery).unwrap_or_else(|| "0.00".into()),
        },
        "request": request,
        "return": { "proof_supplied_on": text(&given.sent_back), "received_on": text(&given.returned) },
    });
    serde_json::from_value(facts).map_err(|e| e.to_string())
}

fn form(desk: &Desk, given: &Given) -> Markup {
    let l = desk.l();
    let book = desk.app.law_today(None);
    let today = desk.zone(None).to_datetime(desk.now).date();
    let ago = |days: i64| today.checked_sub(days.days()).unwrap_or(today).to_string();
    let or = |t: &Option<String>, or: String| t.clone().unwrap_or(or);
    let places = book
        .jurisdictions()
        .map(|j| Choice::new(j.code.clone(), format!("{} · {}", j.code, j.name)))
        .collect();
    let choice = |codes: &[&str]| -> Vec<Choice> {
        codes.iter().map(|c| Choice::new(*c, word(l, c))).collect()
    };
    card(
        &l.t("desk-law-facts"),
        &html! {
            form.stack method="get" action="/desk/law/try" {
                div.split {
                    (Select::new("place", l.t("desk-law-place"), places).value(or(&given.place, "DE".into())))
                    (Select::new("kind", l.t("desk-law-request"), choice(&["change_of_mind", "defect", "non_delivery"]))
                        .value(or(&given.kind, "change_of_mind".into())))
                    (Select::new("channel", l.t("desk-law-channel"), choice(&["distance", "off_premises", "in_store"]))
                        .value(or(&given.channel, "distance".into())))
                    (Select::new("buyer", l.t("desk-law-buyer"), choice(&["consumer", "business"]))
                        .value(or(&given.buyer, "consumer".into())))
                    (Field::new("contract", l.t("desk-law-contract")).kind(Kind::Date).value(or(&given.contract, ago(20))).required())
                    (Field::new("delivered", l.t("desk-law-delivered")).kind(Kind::Date).value(or(&given.delivered, ago(10))))
                    (Field::new("notice", l.t("desk-law-notice")).kind(Kind::Date).value(or(&given.notice, today.to_string())))
                    (Field::new("sent_back", l.t("desk-law-sent-back")).kind(Kind::Date).value(or(&given.sent_back, String::new())))
                    (Field::new("returned", l.t("desk-law-returned")).kind(Kind::Date).value(or(&given.returned, String::new())))
                    (Field::new("price", l.t("desk-law-price")).kind(Kind::Amount).value(or(&given.price, "100.00".into())))
                    (Field::new("delivery", l.t("desk-law-delivery")).kind(Kind::Amount).value(or(&given.delivery, "4.90".into())))
                }
                (checkbox("untold", &l.t("desk-law-untold"), "1", given.untold.is_some(), None))
                (form_actions(&[Action::submit(l.t("desk-law-try-go")).icon(Icon::Scale)]))
            }
        },
    )
}

fn shown(l: L10n, path: &Explanation) -> Markup {
    let out = &path.outcome;
    let day = |d: Option<kernel::Date>| html! { @match d { Some(d) => (ui::date(l, d)), None => span.muted { "–" } } };
    let mut facts = vec![
        Definition::new(
            l.t("desk-law-gives"),
            out.right_type
                .map(|r| word(l, r.as_str()))
                .unwrap_or_default(),
        )
        .strong(),
        Definition::new(l.t("desk-law-until"), day(out.deadline)),
        Definition::new(l.t("desk-law-refund-due"), day(out.refund_due)),
        Definition::new(l.t("desk-clock-strict"), day(out.refund_due_strict)),
        Definition::new(l.t("desk-law-least"), ui::money(l, out.min_refund)),
        Definition::new(
            l.t("desk-law-return-cost"),
            out.return_cost_payer
                .map(|p| word(l, p.as_str()))
                .unwrap_or_default(),
        ),
    ];
    if let Some(in_time) = out.in_time {
        let key = if in_time { "desk-yes" } else { "desk-no" };
        facts.insert(1, Definition::new(l.t("desk-law-in-time"), l.t(key)));
    }
    let coverage = match out.coverage {
        law::vectors::Coverage::Right => None,
        law::vectors::Coverage::NoFloor => Some("desk-law-no-floor"),
        law::vectors::Coverage::Unknown => Some("desk-law-unknown"),
    };
    html! {
        @if let Some(key) = coverage { (Note::new(Tone::Warn, l.t(key))) }
        (card(&l.t("desk-law-answer"), &html! { div.stack {
            (definitions(&facts))
            @for citation in &out.citations { p { (citation) " " (badge(Tone::Warn, &l.t("clock-unreviewed"))) } }
        } }))
        @if !out.beside.is_empty() {
            (card(&l.t("desk-law-beside"), &html! { ul.plain-list.stack {
                @for right in &out.beside {
                    li { strong { (word(l, right.right_type.as_str())) } " "
                        (day(right.deadline)) p.muted.small { (right.citation) } }
                }
            } }))
        }
        @for line in &path.lines { (considered(l, line)) }
    }
}

fn considered(l: L10n, line: &law::vectors::LinePath) -> Markup {
    let columns = vec![
        Column::text(l.t("desk-law-rule")),
        Column::text(l.t("desk-law-said")),
        Column::text(l.t("desk-law-origin")).wide_only(),
    ];
    let rows = line.considered.iter().map(|c| {
        let (tone, words) = verdict(l, c.verdict);
        Row::new(vec![
            html! { a href={ "/desk/law/rule/" (c.rule) } { (c.title) } div.muted.small { (c.citation) } },
            html! { (badge(tone, &words)) @if c.decides { " " (badge(Tone::Accent, &l.t("desk-law-decides"))) } },
            html! { code.small { (c.origin) } },
        ])
    });
    let rows: Vec<Row> = rows.collect();
    html! {
        h2 { (l.t("desk-law-path")) }
        ul.plain-list {
            @for step in &line.dates {
                li { (word(l, step.what)) ": "
                    (word(l, step.event)) " "
                    @if let Some(d) = step.start { (ui::date(l, d)) }
                    @if let Some(n) = step.length { " + " (n) " " }
                    @if let Some(unit) = step.unit { (word(l, &crate::words::name_of(&unit))) }
                    " → " @if let Some(d) = step.day { (ui::date(l, d)) } @else { "–" }
                    span.muted.small { " " (step.rule) }
                }
            }
        }
        (Table::new(l.t("desk-law-path"), columns, rows))
    }
}

fn verdict(l: L10n, verdict: Verdict) -> (Tone, String) {
    match verdict {
        Verdict::Gives => (Tone::Good, l.t("desk-law-v-gives")),
        Verdict::Ended => (Tone::Bad, l.t("desk-law-v-ended")),
        Verdict::NotStarted => (Tone::Accent, l.t("desk-law-v-not-started")),
        Verdict::Exempts(what) => (Tone::Warn, word(l, what.as_str())),
        Verdict::Silent(why) => (Tone::Neutral, word(l, &crate::words::name_of(&why))),
        Verdict::Lengthens => (Tone::Accent, l.t("desk-law-v-lengthens")),
        Verdict::Passed(why) => (Tone::Neutral, word(l, &crate::words::name_of(&why))),
    }
}
