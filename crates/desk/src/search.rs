//! Search by RMA or order number, and on the page also by the person: e-mail, telephone, postcode,
//! name. The palette gets a JSON list without people.

use crate::{due, frame::Desk, words};
use axum::{
    Json,
    extract::Query,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use maud::html;
use redress_http::ui::{self, Action, Column, Field, Icon, Kind, Row, Table, Weight, bdi, empty};
use serde::Deserialize;
use serde_json::{Value, json};
use surface::Failure;

/// `?q=R-1234`
#[derive(Debug, Default, Deserialize)]
pub struct Words {
    #[serde(default)]
    q: String,
}

/// `GET /search`
pub async fn page(
    desk: Desk,
    Query(query): Query<Words>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let l = desk.l();
    let text = query.q.trim();
    let (cases, orders) = if text.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        let cases = desk.app.find_cases(desk.scope(), text).await?;
        (cases, desk.app.find_orders(desk.scope(), text).await?)
    };
    let order_href = |o: &returns::SalesOrder| format!("/orders/{}/{}", o.client, o.id);
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    if accept.starts_with("application/json") {
        let cases = cases.iter().map(|c| {
            let status = words::code(l, "status", &c.status);
            json!({ "label": format!("{} · {}", c.rma, c.title), "href": words::case_href(c), "hint": status })
        });
        let orders = orders.iter().map(|o| {
            json!({ "label": format!("{} {}", l.t("desk-order"), o.number), "href": order_href(o),
                "hint": desk.client_name(o.client.0) })
        });
        let places = crate::law::found(&desk, text);
        let all: Vec<Value> = cases.chain(orders).chain(places).collect();
        return Ok(Json(all).into_response());
    }
    let people = if text.chars().count() < 3 {
        Vec::new()
    } else {
        desk.app.find_people(desk.scope(), text).await?
    };
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("desk-col-item")),
        Column::text(l.t("desk-col-status")),
        Column::text(l.t("desk-col-due")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let rows: Vec<Row> = cases
        .iter()
        .map(|c| {
            Row::new(vec![
                html! { (c.rma) },
                html! { (desk.client_name(c.client_id)) },
                bdi(&c.title),
                words::stored_status(l, &c.status),
                due::badge(l, c, desk.now),
                words::stored_money(l, c.amount_minor, &c.currency),
            ])
            .href(words::case_href(c))
        })
        .collect();
    let nothing = rows.is_empty() && orders.is_empty() && people.is_empty();
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-search")) } p.lede { (l.t("desk-search-lede")) } } }
        div.stack {
            form.filters method="get" action="/search" {
                (Field::new("q", l.t("desk-search-for")).kind(Kind::Search).value(text).autofocus().max(64))
                (Action::submit(l.t("desk-search")).weight(Weight::Secondary).icon(Icon::Search))
            }
            @if nothing && !text.is_empty() { (empty(Icon::Search, &l.t("desk-search-none"), &l.t("desk-search-none-why"), None)) }
            @if !rows.is_empty() { (Table::new(l.t("desk-cases"), columns, rows)) }
            @if !people.is_empty() {
                (ui::card(&l.t("privacy-people"), &html! { ul.plain-list {
                    @for found in &people { @for order in &found.orders { li.cluster {
                        a href=(format!("/orders/{}/{}", found.client, kernel::OrderId(order.order_id))) { (bdi(&order.number)) }
                        span { (bdi(&found.contact.name)) }
                        span.muted { (bdi(&found.contact.masked().email)) " · " (desk.client_name(found.client.0)) }
                    } } }
                } }))
            }
            @if !orders.is_empty() {
                (ui::card(&l.t("desk-orders"), &html! { ul.plain-list {
                    @for o in &orders { li.cluster {
                        a href=(order_href(o)) { (bdi(&o.number)) }
                        span.muted { (desk.client_name(o.client.0)) " · " (l.date(o.placed_on)) }
                        span.push { (ui::money(l, kernel::Money::new(o.captured_minor, o.currency))) }
                    } }
                } }))
            }
        }
    };
    Ok(desk
        .page(l.t("desk-search"), "/search", false, body)
        .await?
        .render()
        .into_response())
}
