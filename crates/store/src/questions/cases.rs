//! Cases, their events, parcels and stock movements.

use super::{Also, assembled::Assembled, maybe, rows};
use crate::{Store, StoreError};
use kernel::{CaseId, ClientId, CustomerId, OrderId};
use sqlx::FromRow;
use uuid::Uuid;

/// A case with its order and account, as one command needs it.
#[derive(Debug, Clone, FromRow)]
pub struct CaseRow {
    /// Version of the case.
    pub version: i64,
    /// The case as JSON.
    pub state: String,
    /// The order.
    pub order_id: Uuid,
    /// The order as JSON.
    pub order_body: String,
    /// Version of the order's account.
    pub account_seq: i64,
    /// The account as JSON.
    pub account: String,
    /// A stored answer for the idempotency key asked about.
    pub answer: Option<String>,
    /// Hash of the request that got that answer.
    pub answer_hash: Option<Vec<u8>>,
    /// Units the customer was paid for and keeps.
    pub kept_units: i64,
    /// Other cases of the customer in the time asked about, in which goods stayed with them.
    pub kept_before: i64,
}

/// A line of a queue or list.
#[derive(Debug, Clone, FromRow)]
pub struct CaseHead {
    /// The client.
    pub client_id: i64,
    /// The case.
    pub case_id: Uuid,
    /// Its RMA number.
    pub rma: String,
    /// The order's number.
    pub order_number: String,
    /// The customer.
    pub customer_id: Uuid,
    /// Version.
    pub version: i64,
    /// Derived status.
    pub status: String,
    /// Which queue it stands in.
    pub queue: String,
    /// Ordinary or withdrawal.
    pub path: String,
    /// First item and how many more.
    pub title: String,
    /// Delivery country.
    pub country: String,
    /// Currency code.
    pub currency: String,
    /// Refund quoted or granted, minor units.
    pub amount_minor: i64,
    /// When the next clock runs out, milliseconds; `i64::MAX` if none runs.
    pub due_at: i64,
    /// When it was opened, milliseconds.
    pub opened_at: i64,
    /// When it last changed, milliseconds.
    pub updated_at: i64,
}

/// One event of the log.
#[derive(Debug, Clone, FromRow)]
pub struct EventRow {
    /// The case.
    pub case_id: Uuid,
    /// Version the case has after it.
    pub version: i64,
    /// Its kind.
    pub kind: String,
    /// When, milliseconds.
    pub at: i64,
    /// Canonical JSON.
    pub body: String,
    /// Salt of its commitment.
    pub salt: Vec<u8>,
}

/// A parcel of a case.
#[derive(Debug, Clone, FromRow)]
pub struct ParcelRow {
    /// The parcel.
    pub parcel_id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// Tracking number (SSCC for the built-in carrier).
    pub tracking: String,
    /// The carrier.
    pub carrier: String,
    /// How far it is.
    pub milestone: String,
    /// Last change, milliseconds.
    pub updated_at: i64,
}

/// One stock movement.
#[derive(Debug, Clone, FromRow)]
pub struct StockRow {
    /// The movement.
    pub movement_id: Uuid,
    /// The case it comes from.
    pub case_id: Uuid,
    /// What moved.
    pub sku: String,
    /// Where.
    pub location: String,
    /// Into which bucket.
    pub bucket: String,
    /// How many units.
    pub quantity: i64,
    /// Why.
    pub reason: String,
    /// When, milliseconds.
    pub at: i64,
}

/// Where something known by an outside key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct CaseRef {
    /// The client.
    pub client_id: i64,
    /// The case.
    pub case_id: Uuid,
}

/// Counting stops here; the page then shows "more than".
pub const COUNT_MAX: i64 = 1000;

const HEAD: &str = "client_id, case_id, rma, order_number, customer_id, version, status, queue, \
    path, title, country, currency, amount_minor, due_at, opened_at, updated_at";

pub(crate) mod sql {
    super::super::sql! {
        CASE_LOAD = "SELECT c.version, c.state, c.order_id, o.body AS order_body, \
            a.seq AS account_seq, a.body AS account, i.answer, i.request_hash AS answer_hash, \
            c.kept_units, (SELECT count(*) FROM return_case k \
                WHERE k.client_id = c.client_id AND k.customer_id = c.customer_id \
                AND k.kept_units > 0 AND k.opened_at > $4 AND k.opened_at <= $5 \
                AND k.case_id <> c.case_id) AS kept_before \
            FROM return_case c \
            JOIN sales_order o ON o.client_id = c.client_id AND o.order_id = c.order_id \
            JOIN order_account a ON a.client_id = c.client_id AND a.order_id = c.order_id \
            LEFT JOIN idempotency i ON i.client_id = c.client_id AND i.key = $3 \
            WHERE c.client_id = $1 AND c.case_id = $2";
        CASE_HEAD = "SELECT client_id, case_id, rma, order_number, customer_id, version, status, \
            queue, path, title, country, currency, amount_minor, due_at, opened_at, updated_at \
            FROM return_case WHERE client_id = $1 AND case_id = $2";
        CASES_OF_ORDER = "SELECT client_id, case_id, rma, order_number, customer_id, version, \
            status, queue, path, title, country, currency, amount_minor, due_at, opened_at, \
            updated_at FROM return_case WHERE client_id = $1 AND order_id = $2 ORDER BY opened_at";
        CASES_RECENT = "SELECT client_id, case_id, rma, order_number, customer_id, version, \
            status, queue, path, title, country, currency, amount_minor, due_at, opened_at, \
            updated_at FROM return_case WHERE client_id = $1 AND opened_at <= $2 \
            AND (opened_at < $2 OR case_id < $3) \
            ORDER BY opened_at DESC, case_id DESC LIMIT $4";
        CASES_AFTER = "SELECT case_id, state FROM return_case \
            WHERE client_id = $1 AND case_id > $2 ORDER BY case_id LIMIT $3";
        REFS_BY_RMA = "SELECT client_id, case_id FROM return_case WHERE rma = $1 LIMIT 20";
        REFS_BY_TRACKING = "SELECT client_id, case_id FROM parcel WHERE tracking = $1 LIMIT 20";
        EVENTS_OF_CASE = "SELECT case_id, version, kind, at, body, salt FROM event \
            WHERE client_id = $1 AND case_id = $2 ORDER BY version";
        EVENTS_AFTER = "SELECT case_id, version, kind, at, body, salt FROM event \
            WHERE client_id = $1 AND (case_id, version) > ($2, $3) \
            ORDER BY case_id, version LIMIT $4";
        PARCELS_OF_CASE = "SELECT parcel_id, case_id, tracking, carrier, milestone, \
            updated_at FROM parcel WHERE client_id = $1 AND case_id = $2 ORDER BY tracking";
        STOCK_OF_CASE = "SELECT movement_id, case_id, sku, location, bucket, quantity, reason, at \
            FROM stock_movement WHERE client_id = $1 AND case_id = $2 ORDER BY at, movement_id";
        STOCK_LEVELS = "SELECT sku, location, bucket, quantity FROM stock_level \
            WHERE client_id = $1 ORDER BY sku, location, bucket LIMIT $2";
        STOCK_DRIFT = "SELECT sku, location, bucket, CAST(sum(quantity) AS BIGINT) AS quantity \
            FROM (SELECT sku, location, bucket, quantity FROM stock_movement \
                    WHERE client_id = $1 \
                UNION ALL SELECT sku, location, bucket, -quantity FROM stock_level \
                    WHERE client_id = $1) part \
            GROUP BY sku, location, bucket HAVING sum(quantity) <> 0";
        INBOUND_SEEN = "SELECT outcome FROM inbound \
            WHERE client_id = $1 AND source = $2 AND message_id = $3";
    }
}

/// The case, its order and account, and what else is asked.
pub async fn case_load(
    store: &Store,
    client: ClientId,
    case: CaseId,
    also: Also<'_>,
) -> Result<Option<CaseRow>, StoreError> {
    Ok(maybe!(
        store,
        sql::CASE_LOAD,
        client.0,
        case.0,
        also.idempotency_key,
        also.kept_after_ms,
        also.kept_until_ms
    )?)
}

/// The list line of one case.
pub async fn case_head(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Option<CaseHead>, StoreError> {
    Ok(maybe!(store, sql::CASE_HEAD, client.0, case.0)?)
}

/// Every case of an order, oldest first.
pub async fn cases_of_order(
    store: &Store,
    client: ClientId,
    order: OrderId,
) -> Result<Vec<CaseHead>, StoreError> {
    Ok(rows!(store, sql::CASES_OF_ORDER, client.0, order.0)?)
}

/// Cases of a client, newest first, before the cursor (`i64::MAX`, `Uuid::max()` to start).
pub async fn cases_recent(
    store: &Store,
    client: ClientId,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<CaseHead>, StoreError> {
    Ok(rows!(
        store,
        sql::CASES_RECENT,
        client.0,
        before.0,
        before.1,
        limit
    )?)
}

/// Ids and states of a client's cases in id order; for audits and rebuilds.
pub async fn cases_after(
    store: &Store,
    client: ClientId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(rows!(store, sql::CASES_AFTER, client.0, after, limit)?)
}

/// Cases with this RMA number, whatever the client; the caller checks its scope.
pub async fn refs_by_rma(store: &Store, rma: &str) -> Result<Vec<CaseRef>, StoreError> {
    Ok(rows!(store, sql::REFS_BY_RMA, rma)?)
}

/// Cases with a parcel of this tracking number, whatever the client; the caller checks its scope.
pub async fn refs_by_tracking(store: &Store, tracking: &str) -> Result<Vec<CaseRef>, StoreError> {
    Ok(rows!(store, sql::REFS_BY_TRACKING, tracking)?)
}

/// The event log of a case.
pub async fn events_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<EventRow>, StoreError> {
    Ok(rows!(store, sql::EVENTS_OF_CASE, client.0, case.0)?)
}

/// Every event of a client in (case, version) order, a page after the cursor.
pub async fn events_after(
    store: &Store,
    client: ClientId,
    after: (Uuid, i64),
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    Ok(rows!(
        store,
        sql::EVENTS_AFTER,
        client.0,
        after.0,
        after.1,
        limit
    )?)
}

/// Parcels of a case.
pub async fn parcels_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<ParcelRow>, StoreError> {
    Ok(rows!(store, sql::PARCELS_OF_CASE, client.0, case.0)?)
}

/// Stock movements of a case.
pub async fn stock_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<StockRow>, StoreError> {
    Ok(rows!(store, sql::STOCK_OF_CASE, client.0, case.0)?)
}

/// SKU, location, bucket and units.
pub type StockLevel = (String, String, String, i64);

/// Stock by SKU, location and bucket: the sum of all movements.
pub async fn stock_levels(
    store: &Store,
    client: ClientId,
    limit: i64,
) -> Result<Vec<StockLevel>, StoreError> {
    Ok(rows!(store, sql::STOCK_LEVELS, client.0, limit)?)
}

/// What stored levels lack to be the sum of their movements; for audits and rebuilds.
pub async fn stock_drift(store: &Store, client: ClientId) -> Result<Vec<StockLevel>, StoreError> {
    Ok(rows!(store, sql::STOCK_DRIFT, client.0)?)
}

/// The outcome noted for a message from outside that was taken in before.
pub async fn inbound_seen(
    store: &Store,
    client: ClientId,
    source: &str,
    message: &str,
) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(store, sql::INBOUND_SEEN, client.0, source, message)?;
    Ok(row.map(|(outcome,)| outcome))
}

/// One queue over several clients, next due first, after the cursor `(due_at, case_id)`.
///
/// One statement: a `LIMIT`ed index range per client, merged. So the cost follows the page and
/// the number of clients, never the number of cases.
pub async fn cases_in_queue(
    store: &Store,
    clients: &[ClientId],
    queue: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<CaseHead>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    in_queue(clients, queue, after, limit).rows(store).await
}

pub(super) fn in_queue(
    clients: &[ClientId],
    queue: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Assembled {
    let mut all = Assembled::new("SELECT * FROM (");
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push("SELECT * FROM (SELECT ").push(HEAD);
        all.push(" FROM return_case WHERE client_id = ")
            .bind(*client);
        all.push(" AND queue = ").bind(queue);
        all.push(" AND (due_at, case_id) > (").bind(after.0);
        all.push(", ").bind(after.1);
        all.push(") ORDER BY due_at, case_id LIMIT ").bind(limit);
        all.push(") part");
    }
    all.push(") part ORDER BY due_at, case_id LIMIT ")
        .bind(limit);
    all
}

/// How many cases stand in each of `queues` over `clients`, counting at most [`COUNT_MAX`] per
/// queue and client.
pub async fn queue_counts(
    store: &Store,
    clients: &[ClientId],
    queues: &[&str],
) -> Result<Vec<(String, i64)>, StoreError> {
    if clients.is_empty() || queues.is_empty() {
        return Ok(Vec::new());
    }
    counts(clients, queues).rows(store).await
}

pub(super) fn counts(clients: &[ClientId], queues: &[&str]) -> Assembled {
    let mut all = Assembled::new("SELECT queue, CAST(sum(n) AS BIGINT) FROM (");
    let pairs = queues
        .iter()
        .flat_map(|queue| clients.iter().map(move |client| (queue, client)));
    for (i, (queue, client)) in pairs.enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push("SELECT ").bind(*queue);
        all.push(" AS queue, count(*) AS n FROM (SELECT 1 FROM return_case WHERE client_id = ");
        all.bind(*client).push(" AND queue = ").bind(*queue);
        all.push(" LIMIT ").bind(COUNT_MAX).push(") part");
    }
    all.push(") part GROUP BY queue");
    all
}

/// Cases whose RMA or order number is exactly `text`, over `clients`; of an order the newest.
pub async fn cases_matching(
    store: &Store,
    clients: &[ClientId],
    text: &str,
    limit: i64,
) -> Result<Vec<CaseHead>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    matching(clients, text, limit).rows(store).await
}

pub(super) fn matching(clients: &[ClientId], text: &str, limit: i64) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        // Not UNION: to drop duplicates SQLite would walk the primary key.
        all.push(if i == 0 {
            "SELECT "
        } else {
            " UNION ALL SELECT "
        });
        all.push(HEAD);
        all.push(" FROM return_case WHERE client_id = ")
            .bind(*client);
        all.push(" AND rma = ").bind(text);
        all.push(" UNION ALL SELECT * FROM (SELECT ").push(HEAD);
        all.push(" FROM return_case WHERE client_id = ")
            .bind(*client);
        all.push(" AND order_number = ").bind(text);
        all.push(" AND rma <> ").bind(text);
        all.push(" ORDER BY opened_at DESC LIMIT ").bind(limit);
        all.push(") part");
    }
    all.push(" LIMIT ").bind(limit);
    all
}

/// A reader's view of whose case it is.
pub fn customer_of(head: &CaseHead) -> CustomerId {
    CustomerId(head.customer_id)
}
