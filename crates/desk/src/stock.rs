//! Returned goods of a client as stock: by article, place and bucket.

use crate::{frame::Desk, words};
use axum::response::{IntoResponse, Response};
use kernel::ClientId;
use maud::html;
use redress_http::{
    Id,
    ui::{Column, Icon, Row, Tab, Table, bdi, empty, quantity, tabs},
};
use surface::Failure;

/// Rows shown.
const ROWS: i64 = 200;

/// `GET /stock/{client}`
pub async fn page(desk: Desk, Id(client): Id<ClientId>) -> Result<Response, Failure> {
    let l = desk.l();
    let stock = desk.app.stock(desk.scope(), client, ROWS).await?;
    let clients = desk.clients();
    let list: Vec<Tab> = clients
        .iter()
        .map(|c| Tab {
            label: c.name.clone(),
            href: format!("/stock/{}", c.id),
            count: None,
            current: c.id == client,
        })
        .collect();
    let columns = vec![
        Column::text(l.t("desk-col-sku")),
        Column::text(l.t("desk-col-place")),
        Column::text(l.t("desk-col-bucket")),
        Column::figure(l.t("desk-field-units")),
    ];
    let rows: Vec<Row> = stock
        .iter()
        .map(|(sku, place, bucket, units)| {
            Row::new(vec![
                bdi(sku),
                html! { (place) },
                html! { (words::code(l, "bucket", bucket)) },
                quantity(l, *units),
            ])
        })
        .collect();
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-nav-stock")) } p.lede { (l.t("desk-stock-lede")) } } }
        div.stack {
            @if list.len() > 1 { (tabs(l, &l.t("desk-nav-stock"), &list)) }
            @if rows.is_empty() { (empty(Icon::Layers, &l.t("desk-stock-none"), &l.t("desk-stock-none-why"), None)) }
            @else { (Table::new(l.t("desk-nav-stock"), columns, rows)) }
        }
    };
    let here = clients
        .first()
        .map_or_else(String::new, |c| format!("/stock/{}", c.id));
    Ok(desk
        .page(l.t("desk-nav-stock"), &here, false, body)
        .await?
        .render()
        .into_response())
}
