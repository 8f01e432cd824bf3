//! What was refused at the edge, for who runs the installation.

use crate::{frame::Desk, words};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use maud::html;
use redress_http::ui::{Column, Icon, Row, Tab, Table, empty, tabs};
use serde::Deserialize;
use surface::Failure;

/// Rows looked at.
const ROWS: i64 = 500;
/// What can have happened.
const KINDS: &[&str] = &[
    "denied",
    "foreign",
    "missing",
    "signed_out",
    "too_many",
    "card_number",
    "more",
];

/// `?kind=denied`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    kind: Option<String>,
}

/// `GET /security`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let l = desk.l();
    let all = desk.app.security_newest(desk.scope(), ROWS).await?;
    let wanted = which.kind.as_deref();
    let kind = KINDS.iter().copied().find(|kind| Some(*kind) == wanted);
    let tab = |name: Option<&'static str>| Tab {
        label: name.map_or_else(
            || l.t("desk-security-all"),
            |k| words::code(l, "security", k),
        ),
        href: name.map_or_else(|| "/security".to_owned(), |k| format!("/security?kind={k}")),
        count: None,
        current: name == kind,
    };
    let list: Vec<Tab> = std::iter::once(None)
        .chain(KINDS.iter().copied().map(Some))
        .map(tab)
        .collect();
    let columns = vec![
        Column::text(l.t("desk-security-what")),
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("desk-security-who")),
        Column::text(l.t("desk-security-where")),
        Column::text(l.t("desk-security-network")),
        Column::figure(l.t("desk-security-times")),
        Column::text(l.t("desk-col-age")),
    ];
    let shown = all
        .iter()
        .filter(|row| kind.is_none_or(|kind| row.kind == kind));
    let rows: Vec<Row> = shown
        .map(|row| {
            let client = if row.client_id == 0 {
                l.t("desk-security-house")
            } else {
                desk.client_name(row.client_id)
            };
            Row::new(vec![
                html! { (words::code(l, "security", &row.kind)) },
                html! { (client) },
                html! { (row.actor) },
                html! { code { (row.object) } },
                html! { (row.address) },
                html! { (l.number(row.times)) },
                html! { span.nowrap { (l.ago(words::moment(row.at), desk.now)) } },
            ])
        })
        .collect();
    let title = l.t("desk-nav-security");
    let body = html! {
        div.page-head { div { h1 { (title) } p.lede { (l.t("desk-security-lede")) } } }
        div.stack {
            (tabs(l, &title, &list))
            @if rows.is_empty() {
                (empty(Icon::Shield, &l.t("desk-security-none"), &l.t("desk-security-none-why"), None))
            } @else { (Table::new(title.clone(), columns, rows)) }
        }
    };
    let page = desk.page(title.clone(), "/security", false, body).await?;
    Ok(page.render().into_response())
}
