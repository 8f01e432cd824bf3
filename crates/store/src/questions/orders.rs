//! Orders, their accounts and the people who bought.

use super::{Also, maybe, rows};
use crate::{Store, StoreError};
use kernel::{ClientId, CustomerId, OrderId};
use sqlx::FromRow;
use uuid::Uuid;

/// An order with its account, as one command needs it.
#[derive(Debug, Clone, FromRow)]
pub struct OrderRow {
    /// The order.
    pub order_id: Uuid,
    /// Its number at the client.
    pub number: String,
    /// Who bought.
    pub customer_id: Uuid,
    /// When, milliseconds.
    pub placed_at: i64,
    /// The order as JSON.
    pub body: String,
    /// Version of the account.
    pub account_seq: i64,
    /// The account as JSON.
    pub account: String,
    /// A stored answer for the idempotency key asked about.
    #[sqlx(default)]
    pub answer: Option<String>,
    /// Hash of the request that got that answer.
    #[sqlx(default)]
    pub answer_hash: Option<Vec<u8>>,
    /// Cases of the customer in the time asked about, in which goods stayed with them; 0 where
    /// the question does not ask.
    #[sqlx(default)]
    pub kept_before: i64,
}

/// A line of an order list.
#[derive(Debug, Clone, FromRow)]
pub struct OrderHead {
    /// The order.
    pub order_id: Uuid,
    /// Its number at the client.
    pub number: String,
    /// When it was placed, milliseconds.
    pub placed_at: i64,
    /// Delivery country.
    pub country: String,
    /// Currency code.
    pub currency: String,
    /// What was paid for, minor units.
    pub gross_minor: i64,
}

/// One change of an order account.
#[derive(Debug, Clone, FromRow)]
pub struct AccountEntryRow {
    /// Position in the order's account.
    pub seq: i64,
    /// The case that made it.
    pub case_id: Uuid,
    /// The entry as JSON.
    pub body: String,
    /// When, milliseconds.
    pub at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        BACKFILLED = "SELECT done_at FROM backfill WHERE client_id = $1 AND name = $2";
        ORDER_BY_ID = "SELECT o.order_id, o.number, o.customer_id, o.placed_at, o.body, \
            a.seq AS account_seq, a.body AS account, i.answer, i.request_hash AS answer_hash, \
            (SELECT count(*) FROM return_case k \
                WHERE k.client_id = o.client_id AND k.customer_id = o.customer_id \
                AND k.kept_units > 0 AND k.opened_at > $4 AND k.opened_at <= $5) AS kept_before \
            FROM sales_order o \
            JOIN order_account a ON a.client_id = o.client_id AND a.order_id = o.order_id \
            LEFT JOIN idempotency i ON i.client_id = o.client_id AND i.key = $3 \
            WHERE o.client_id = $1 AND o.order_id = $2";
        ORDER_BY_NUMBER = "SELECT o.order_id, o.number, o.customer_id, o.placed_at, o.body, \
            a.seq AS account_seq, a.body AS account, i.answer, i.request_hash AS answer_hash, \
            (SELECT count(*) FROM return_case k \
                WHERE k.client_id = o.client_id AND k.customer_id = o.customer_id \
                AND k.kept_units > 0 AND k.opened_at > $4 AND k.opened_at <= $5) AS kept_before \
            FROM sales_order o \
            JOIN order_account a ON a.client_id = o.client_id AND a.order_id = o.order_id \
            LEFT JOIN idempotency i ON i.client_id = o.client_id AND i.key = $3 \
            WHERE o.client_id = $1 AND o.number = $2";
        ORDER_BODY = "SELECT body FROM sales_order WHERE client_id = $1 AND number = $2";
        ORDERS_BOUGHT = "SELECT o.order_id, o.number, o.customer_id, o.placed_at, o.body, \
            a.seq AS account_seq, a.body AS account FROM sales_order o \
            JOIN order_account a ON a.client_id = o.client_id AND a.order_id = o.order_id \
            WHERE o.client_id = $1 AND o.customer_id = $2 \
            ORDER BY o.placed_at DESC, o.order_id DESC LIMIT $3";
        ORDERS_RECENT = "SELECT order_id, number, placed_at, country, currency, gross_minor \
            FROM sales_order WHERE client_id = $1 AND placed_at <= $2 \
            ORDER BY placed_at DESC, order_id DESC LIMIT $3";
        ORDERS_BEFORE = "SELECT order_id, number, placed_at, country, currency, gross_minor \
            FROM sales_order WHERE client_id = $1 AND placed_at <= $2 \
            AND (placed_at < $2 OR order_id < $3) \
            ORDER BY placed_at DESC, order_id DESC LIMIT $4";
        ORDERS_OF_CUSTOMER = "SELECT order_id, number, placed_at, country, currency, gross_minor \
            FROM sales_order WHERE client_id = $1 AND customer_id = $2 \
            ORDER BY placed_at DESC, order_id DESC LIMIT $3";
        ORDERS_AFTER = "SELECT o.order_id, o.number, o.customer_id, o.placed_at, o.body, \
            a.seq AS account_seq, a.body AS account FROM sales_order o \
            JOIN order_account a ON a.client_id = o.client_id AND a.order_id = o.order_id \
            WHERE o.client_id = $1 AND o.order_id > $2 AND a.order_id > $2 \
            ORDER BY o.order_id LIMIT $3";
        ACCOUNT_ENTRIES = "SELECT seq, case_id, body, at FROM account_entry \
            WHERE client_id = $1 AND order_id = $2 ORDER BY seq";
    }
}

/// The order with this id, its account, and what else is asked.
pub async fn order_by_id(
    store: &Store,
    client: ClientId,
    order: OrderId,
    also: Also<'_>,
) -> Result<Option<OrderRow>, StoreError> {
    Ok(maybe!(
        store,
        sql::ORDER_BY_ID,
        client.0,
        order.0,
        also.idempotency_key,
        also.kept_after_ms,
        also.kept_until_ms
    )?)
}

/// The order with this number, its account, and what else is asked.
pub async fn order_by_number(
    store: &Store,
    client: ClientId,
    number: &str,
    also: Also<'_>,
) -> Result<Option<OrderRow>, StoreError> {
    Ok(maybe!(
        store,
        sql::ORDER_BY_NUMBER,
        client.0,
        number,
        also.idempotency_key,
        also.kept_after_ms,
        also.kept_until_ms
    )?)
}

/// The stored order with this number as JSON, to compare with what is told again.
pub async fn order_body(
    store: &Store,
    client: ClientId,
    number: &str,
) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(store, sql::ORDER_BODY, client.0, number)?;
    Ok(row.map(|(body,)| body))
}

/// Orders of one customer with their accounts, newest first: what a return may be matched to.
pub async fn orders_bought(
    store: &Store,
    client: ClientId,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(rows!(
        store,
        sql::ORDERS_BOUGHT,
        client.0,
        customer.0,
        limit
    )?)
}

/// Orders placed at or before `until_ms`, newest first.
pub async fn orders_recent(
    store: &Store,
    client: ClientId,
    until_ms: i64,
    limit: i64,
) -> Result<Vec<OrderHead>, StoreError> {
    Ok(rows!(store, sql::ORDERS_RECENT, client.0, until_ms, limit)?)
}

/// Orders of a client, newest first, before the cursor (`i64::MAX`, `Uuid::max()` to start).
pub async fn orders_before(
    store: &Store,
    client: ClientId,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<OrderHead>, StoreError> {
    Ok(rows!(
        store,
        sql::ORDERS_BEFORE,
        client.0,
        before.0,
        before.1,
        limit
    )?)
}

/// Orders of one customer, newest first.
pub async fn orders_of_customer(
    store: &Store,
    client: ClientId,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<OrderHead>, StoreError> {
    Ok(rows!(
        store,
        sql::ORDERS_OF_CUSTOMER,
        client.0,
        customer.0,
        limit
    )?)
}

/// Whether something was made once for all rows of a client.
pub async fn backfilled(store: &Store, client: ClientId, name: &str) -> Result<bool, StoreError> {
    let found: Option<(i64,)> = maybe!(store, sql::BACKFILLED, client.0, name)?;
    Ok(found.is_some())
}

/// Every order of a client in id order, a page after `after`; for audits and rebuilds.
pub async fn orders_after(
    store: &Store,
    client: ClientId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<OrderRow>, StoreError> {
    Ok(rows!(store, sql::ORDERS_AFTER, client.0, after, limit)?)
}

/// Every change of an order's account, oldest first.
pub async fn account_entries(
    store: &Store,
    client: ClientId,
    order: OrderId,
) -> Result<Vec<AccountEntryRow>, StoreError> {
    Ok(rows!(store, sql::ACCOUNT_ENTRIES, client.0, order.0)?)
}
