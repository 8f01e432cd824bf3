//! What happened at the door: by person, kind and day, on a page and as CSV.

use super::when;
use crate::frame::Desk;
use app::door::{EventKind, Happened};
use axum::{
    extract::Query,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::{Date, Timestamp, UserId};
use maud::{Markup, html};
use redress_http::ui::{
    self, Action, Choice, Column, Field, Icon, Row, Select, Table, Weight, bdi,
};
use serde::Deserialize;
use std::collections::HashMap;
use surface::Failure;

/// Days that are shown when none is asked for.
const DAYS: i64 = 30;
/// Rows of the page; the file has all.
const ROWS: usize = 200;

/// `?user=…&kind=refused&day=2026-11-28`
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    user: String,
    kind: String,
    day: String,
}

async fn found(desk: &Desk, which: &Which) -> Result<Vec<Happened>, Failure> {
    let user: Option<UserId> = which.user.parse().ok();
    let kinds = EventKind::ALL.iter().map(|k| k.as_str());
    let kind = kinds.into_iter().find(|k| *k == which.kind);
    let zone = desk.zone(None);
    let moment = |day: Date| {
        let start = day.to_zoned(zone.clone()).map(|z| z.timestamp());
        start.unwrap_or(desk.now)
    };
    let today = zone.to_datetime(desk.now).date();
    let (first, last) = if let Ok(day) = which.day.parse::<Date>() {
        (day, day)
    } else {
        let days = jiff::Span::new().days(DAYS);
        (today.checked_sub(days).unwrap_or(today), today)
    };
    let range = (moment(first), moment(last.tomorrow().unwrap_or(last)));
    let rows = desk.app.door_events(desk.scope(), (user, kind), range);
    Ok(rows.await?)
}

/// `GET /people/log`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Markup, Failure> {
    let l = desk.l();
    let events = found(&desk, &which).await?;
    let accounts = desk.app.accounts(desk.scope()).await?;
    let names: HashMap<UserId, &str> = accounts.iter().map(|a| (a.id, a.name.as_str())).collect();
    let rows = events
        .iter()
        .take(ROWS)
        .map(|e| {
            let who = e.user.and_then(|id| names.get(&id).copied());
            Row::new(vec![
                when(&desk.app, desk.scope(), l, e.at),
                html! { (l.t(&format!("event-{}", e.kind))) },
                html! { @if let Some(who) = who { (bdi(who)) } @else { "–" } },
                html! {
                    @if !e.method.is_empty() { (l.t(&format!("method-{}", e.method))) }
                    @if !e.detail.is_empty() { " " span.muted { (bdi(&e.detail)) } }
                },
                html! { (bdi(&e.address)) " " span.muted { (bdi(&e.device)) } },
            ])
        })
        .collect();
    let columns = vec![
        Column::text(l.t("log-when")),
        Column::text(l.t("log-what")),
        Column::text(l.t("log-who")),
        Column::text(l.t("log-how")).wide_only(),
        Column::text(l.t("log-where")).wide_only(),
    ];
    let people = accounts
        .iter()
        .map(|a| Choice::new(a.id.to_string(), a.name.clone()))
        .collect();
    let kinds = EventKind::ALL
        .iter()
        .map(|k| Choice::new(k.as_str(), l.t(&format!("event-{}", k.as_str()))))
        .collect();
    let asked = [
        ("user", &which.user),
        ("kind", &which.kind),
        ("day", &which.day),
    ];
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(asked)
        .finish();
    let file = format!("/people/log.csv?{query}");
    let title = l.t("log-title");
    let body = html! {
        div.page-head {
            div { h1 { (title) } p.lede { (l.t("log-lede")) } }
            div.actions { (Action::link(l.t("log-csv"), file).icon(Icon::Download)) }
        }
        div.stack {
            form.form-grid method="get" action="/people/log" {
                (Select::new("user", l.t("log-who"), people).prompt(l.t("log-everybody")).value(which.user.as_str()))
                (Select::new("kind", l.t("log-what"), kinds).prompt(l.t("log-everything")).value(which.kind.as_str()))
                (Field::new("day", l.t("log-day")).kind(ui::Kind::Date).value(which.day.as_str()))
                (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
            }
            @if events.is_empty() { (ui::empty(Icon::History, &l.t("log-none"), &l.t("log-none-why"), None)) }
            @else { (Table::new(title.clone(), columns, rows)) }
            @if events.len() > ROWS { p.small { (l.t("log-more")) } }
        }
    };
    Ok(desk.page(title, "/people", true, body).await?.render())
}

/// Text a spreadsheet does not take for a formula.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// `GET /people/log.csv`
pub async fn csv(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let events = found(&desk, &which).await?;
    let names = desk.app.user_names().await?;
    let mut file = csv::Writer::from_writer(Vec::new());
    let fault = |e: csv::Error| app::AppError::fault(e);
    let head = [
        "at", "event", "person", "name", "method", "detail", "address", "device",
    ];
    file.write_record(head).map_err(fault)?;
    for e in &events {
        let name = e.user.and_then(|id| names.get(&id));
        let at: Timestamp = e.at;
        file.write_record([
            at.to_string(),
            e.kind.clone(),
            e.user.map(|u| u.to_string()).unwrap_or_default(),
            inert(name.map(String::as_str).unwrap_or_default()),
            e.method.clone(),
            inert(&e.detail),
            inert(&e.address),
            inert(&e.device),
        ])
        .map_err(fault)?;
    }
    let bytes = file.into_inner().map_err(app::AppError::fault)?;
    let mut answer = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response();
    let name = HeaderValue::from_static("attachment; filename=\"sign-ins.csv\"");
    answer
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_never_formulas() {
        assert_eq!(super::inert("=1+1"), "'=1+1");
        assert_eq!(super::inert("Ana"), "Ana");
    }
}
