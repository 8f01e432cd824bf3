//! Orders: take in, list, look at; the account a customer is paid to.

use crate::{
    door::{self, Operations},
    input::{IMPORT_MAX, Input},
    once::once,
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App,
    cases::OrderKey,
    intake::{ImportOptions, ImportReport, PayoutAccount, Watch},
    views::OrderPage,
};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{CaseId, Date, OrderId, Permission, Timestamp};
use redress_http::{
    L10n,
    cursor::{self, PageQuery},
};
use returns::OrderLine;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

/// Wrong records an import names; the count is always whole.
const REJECTED_MAX: usize = 100;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(list))
        .route(door::IMPORT, routes!(import))
        .route(door::READ, routes!(one))
        .route(door::OPERATE, routes!(payout))
}

/// Orders to take in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "orders": [{
    "number": "1001", "placed_at": "2026-01-10T09:00:00Z", "channel": "web", "buyer": "consumer",
    "delivery": { "country": "DE" }, "currency": "EUR", "prices_include_tax": true,
    "lines": [{ "id": "1", "sku": "LAMP", "title": "Lamp", "quantity": 2, "unit_list": 4000,
        "taxes": [{ "rate": 1900 }], "fulfilled": 2, "delivered_on": "2026-01-12" }],
    "tenders": [{ "kind": "bank", "reference": "trf-1001", "amount": 8000 }],
    "contact": { "name": "Kim", "email": "kim@shopper.example", "postcode": "04109" },
}] }))]
pub struct Orders {
    /// Orders in Redress's own form, the one of `redress import`; amounts in minor units.
    #[schema(value_type = Vec<Object>)]
    orders: Vec<wire::OrderDraft>,
    /// Checks everything and stores nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What an import did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Imported {
    /// The counts: read, stored, already_there, changed_elsewhere, rejected and so on.
    #[schema(value_type = Object)]
    report: ImportReport,
    /// The first hundred records that were not taken: which, which field, what would be right.
    #[schema(value_type = Vec<Object>)]
    rejected: Vec<wire::RowError>,
}

/// Take in orders
///
/// Taking the same order in twice changes nothing. One wrong order never stops the others.
#[utoipa::path(post, path = "/orders", tag = "Orders", request_body = Orders,
    responses((status = 200, description = "What was stored and what was not", body = Imported)))]
async fn import(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Orders, IMPORT_MAX>,
) -> Result<Response, Failure> {
    let Input { body, key } = input;
    let work = |app, tenant| async move { taken_in(&app, &tenant, body).await };
    let key = (Permission::OrderImport, key);
    once((app, tenant), key, StatusCode::OK, work).await
}

async fn taken_in(app: &App, tenant: &Tenant, body: Orders) -> Result<Imported, Failure> {
    let Orders { orders, dry_run } = body;
    let checked = orders
        .into_iter()
        .zip(1..)
        .map(|(draft, n)| match draft.check() {
            Ok(()) => Ok(draft),
            Err(flaw) => Err(flaw.at(n)),
        });
    let mut rejected = Vec::new();
    let mut note = |e: &wire::RowError| {
        if rejected.len() < REJECTED_MAX {
            rejected.push(e.clone());
        }
    };
    let mut watch = Watch {
        rejected: &mut note,
        progress: &mut |_| (),
    };
    let options = ImportOptions { dry_run };
    let report = app
        .import_orders(tenant.scope(), tenant.id(), checked, options, &mut watch)
        .await?;
    Ok(Imported { report, rejected })
}

/// A line of the order list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderHeadView {
    /// Which.
    #[schema(value_type = String)]
    order: OrderId,
    /// The number the buyer knows.
    number: String,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    /// Delivery country.
    country: String,
    /// What it cost.
    gross: Amount,
}

/// List orders, newest first
#[utoipa::path(get, path = "/orders", tag = "Orders",
    params(("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "A page of orders", body = Listed<OrderHeadView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(page): Query<PageQuery>,
) -> Result<Json<Listed<OrderHeadView>>, Failure> {
    let before: Option<(i64, Uuid)> = page.after()?;
    let limit = page.limit();
    let rows = app
        .orders_before(tenant.scope(), tenant.id(), before, i64::from(limit) + 1)
        .await?;
    let more = rows.len() > limit as usize;
    let rows = &rows[..rows.len().min(limit as usize)];
    let last = rows
        .last()
        .filter(|_| more)
        .map(|r| (r.placed_at, r.order_id));
    let items = rows.iter().map(|r| OrderHeadView {
        order: OrderId(r.order_id),
        number: r.number.clone(),
        placed_at: Timestamp::from_millisecond(r.placed_at).unwrap_or_default(),
        country: r.country.clone(),
        gross: Amount {
            minor: r.gross_minor,
            currency: r.currency.parse().unwrap_or(kernel::Currency::EUR),
        },
    });
    Ok(Json(Listed {
        items: items.collect(),
        next: last.map(|key| cursor::encode(&key)),
    }))
}

/// One line of an order; requests name it by its index.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLineView {
    /// Its index, from 0.
    line: usize,
    /// The client's article number.
    #[schema(value_type = String)]
    sku: Arc<str>,
    /// Title as sold.
    #[schema(value_type = String)]
    title: Arc<str>,
    /// Units sold.
    quantity: u32,
    /// Units sent; only these can come back.
    fulfilled: u32,
    /// Day the last of them arrived.
    #[schema(value_type = Option<String>, format = Date)]
    delivered_on: Option<Date>,
    /// Sold as final.
    final_sale: bool,
    /// The states the policy asks of it when nobody else is at fault; a request says which of
    /// them do not hold.
    #[schema(value_type = Vec<String>)]
    conditions: Vec<policy::Condition>,
}

/// A reason in the client's own words.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnReasonView {
    /// Its path: the `own_reason` of a request.
    path: String,
    /// The code it stands for: the `reason` of the same request.
    #[schema(value_type = String)]
    reason: policy::ReturnReason,
    /// Its words, those of its groups before it.
    text: String,
}

/// An order. Who bought it is not in here.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderView {
    /// Which.
    #[schema(value_type = String)]
    order: OrderId,
    /// The number the buyer knows.
    #[schema(value_type = String)]
    number: Arc<str>,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    /// Where it was delivered: this place's law applies.
    country: String,
    /// Money received for it.
    captured: Amount,
    /// Paid back so far.
    refunded: Amount,
    /// Granted and not paid yet.
    pending: Amount,
    /// The lines.
    lines: Vec<OrderLineView>,
    /// The client's own reasons; empty where it uses the codes alone.
    reasons: Vec<OwnReasonView>,
    /// Its returns, oldest first.
    #[schema(value_type = Vec<String>)]
    returns: Vec<CaseId>,
    /// The policy version pinned at purchase, SHA-256 of its text.
    policy: String,
}

impl OrderView {
    fn of(l: L10n, page: &OrderPage) -> Self {
        let (order, policy) = (&page.order, &page.policy);
        let conditions = |l: &OrderLine| {
            let goods = policy.goods(&l.category, &l.sku);
            policy
                .conditions(order.channel, order.place.country, goods)
                .iter()
                .collect()
        };
        let own = policy.own_reasons().filter_map(|r| {
            Some(OwnReasonView {
                path: r.path.to_owned(),
                reason: r.code?,
                text: policy.own_reason_text(r.path, l.lang())?,
            })
        });
        let amount = |minor| Amount {
            minor,
            currency: order.currency,
        };
        let line = |(line, l): (usize, &OrderLine)| OrderLineView {
            line,
            sku: l.sku.clone(),
            title: l.title.clone(),
            quantity: l.quantity,
            fulfilled: l.fulfilled,
            delivered_on: l.delivered_on,
            final_sale: l.final_sale,
            conditions: conditions(l),
        };
        Self {
            order: order.id,
            number: order.number.clone(),
            placed_at: order.placed_at,
            country: order.place.country.to_string(),
            captured: amount(page.account.captured_minor),
            refunded: amount(page.account.refunded_minor),
            pending: amount(page.account.pending_minor),
            lines: order.lines.iter().enumerate().map(line).collect(),
            reasons: own.collect(),
            returns: page.cases.iter().map(|c| CaseId(c.case_id)).collect(),
            policy: order.policy.to_string(),
        }
    }
}

/// The order a path names: an id of ours if it reads like one, else the buyer's number.
fn key(tenant: &Tenant) -> Result<OrderKey, Failure> {
    let text: String = tenant.param("order")?;
    Ok(text.parse().map_or(OrderKey::Number(text), OrderKey::Id))
}

/// Look at an order, by number or id
#[utoipa::path(get, path = "/orders/{order}", tag = "Orders",
    responses((status = 200, description = "The order", body = OrderView)))]
async fn one(State(app): State<App>, tenant: Tenant) -> Result<Json<OrderView>, Failure> {
    let page = app
        .order_page(tenant.scope(), tenant.id(), &key(&tenant)?)
        .await?;
    Ok(Json(OrderView::of(tenant.l, &page)))
}

/// A bank account to pay out to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "iban": "DE89370400440532013000", "holder": "Kim Lindqvist" }))]
pub struct Payout {
    /// The IBAN, with or without spaces.
    iban: String,
    /// Its holder, at most 70 characters.
    holder: String,
}

/// Set the account a buyer is paid to
///
/// Used when money cannot go back to what paid. Needs the right to operate money. Only the first
/// account of a buyer of whom no return is open: later it is changed at the return, with a second
/// person.
#[utoipa::path(put, path = "/orders/{order}/payout-account", tag = "Orders", request_body = Payout,
    responses((status = 204, description = "Kept")))]
async fn payout(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Payout>,
) -> Result<StatusCode, Failure> {
    let page = app
        .order_page(tenant.scope(), tenant.id(), &key(&tenant)?)
        .await?;
    let Payout { iban, holder } = input.body;
    let account = PayoutAccount { iban, holder };
    app.set_payout(tenant.scope(), tenant.id(), page.order.customer, account)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
