//! Obligations by state, longest untouched first: where money waits and why.

use crate::{frame::Desk, words};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Permission};
use maud::html;
use redress_http::ui::{
    Action, Column, Icon, Note, Row, Tab, Table, Tone, Weight, actions, empty, tabs,
};
use serde::Deserialize;
use surface::Failure;

/// The states in the order of worry.
const STATES: &[&str] = &[
    "unknown",
    "failed",
    "returned",
    "requested",
    "sent",
    "pending",
    "settled",
    "canceled",
];
/// Rows shown.
const ROWS: i64 = 100;

/// `?state=failed`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    state: Option<String>,
}

/// `GET /money`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    desk.must(Permission::MoneyRead)?;
    let l = desk.l();
    let wanted = which.state.as_deref();
    let state = STATES
        .iter()
        .copied()
        .find(|s| Some(*s) == wanted)
        .unwrap_or(STATES[0]);
    let rows = desk.app.obligations(desk.scope(), state, ROWS + 1).await?;
    let list: Vec<Tab> = STATES
        .iter()
        .map(|s| Tab {
            label: words::code(l, "state", s),
            href: format!("/money?state={s}"),
            count: None,
            current: *s == state,
        })
        .collect();
    let shown = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let columns = vec![
        Column::text(l.t("desk-col-kind")),
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("desk-col-gateway")),
        Column::figure(l.t("desk-col-attempts")).wide_only(),
        Column::text(l.t("desk-col-said")),
        Column::text(l.t("desk-col-since")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let table: Vec<Row> = rows
        .iter()
        .take(shown)
        .map(|o| {
            let said = if o.detail.is_empty() {
                &o.provider_ref
            } else {
                &o.detail
            };
            Row::new(vec![
                html! { (words::code(l, "kind", &o.kind)) },
                html! { (desk.client_name(o.client_id)) },
                html! { (words::code(l, "gateway", &o.gateway)) },
                html! { (l.number(o.attempts)) },
                html! { span.muted { (words::code(l, "fault", said)) } },
                html! { span.nowrap { (l.ago(words::moment(o.updated_at), desk.now)) } },
                words::stored_money(l, o.amount_minor, &o.currency),
            ])
            .href(format!("/desk/{}/{}", o.client_id, CaseId(o.case_id)))
        })
        .collect();
    let credit = desk.clients().first().map_or_else(
        || "/money".to_owned(),
        |c| format!("/money/credit/{}", c.id),
    );
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-nav-money")) } p.lede { (l.t("desk-money-lede")) } }
            (actions(&[
                Action::link(l.t("dispute-title"), "/disputes").icon(Icon::ShieldAlert).weight(Weight::Secondary),
                Action::link(l.t("recon-title"), "/money/reconciliation").icon(Icon::Scale).weight(Weight::Secondary),
                Action::link(l.t("books-title"), "/money/books").icon(Icon::Book).weight(Weight::Secondary),
                Action::link(l.t("credit-title"), credit).icon(Icon::Wallet).weight(Weight::Secondary),
            ]))
        }
        div.stack {
            (tabs(l, &l.t("desk-nav-money"), &list))
            p.muted { (words::code(l, "state-is", state)) }
            @if table.is_empty() { (empty(Icon::CheckCircle, &l.t("desk-money-none"), &l.t("desk-money-none-why"), None)) }
            @else { (Table::new(words::code(l, "state", state), columns, table)) }
            @if rows.len() > shown { (Note::new(Tone::Neutral, l.t_args("desk-first-rows", &[("n", ROWS.into())]))) }
        }
    };
    Ok(desk
        .page(l.t("desk-nav-money"), "/money", false, body)
        .await?
        .render()
        .into_response())
}
