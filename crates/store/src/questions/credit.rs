//! Store credit: accounts with their state. What happened to one is in the event log under its id.

use super::{maybe, rows};
use crate::{Store, StoreError};
use kernel::{ClientId, CreditId, CustomerId};
use sqlx::FromRow;
use uuid::Uuid;

/// An account of store credit.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CreditRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub credit_id: Uuid,
    /// Whose.
    pub customer_id: Uuid,
    /// Currency code.
    pub currency: String,
    /// Events applied.
    pub version: i64,
    /// Paid credit, minor units, what is held included.
    pub paid_minor: i64,
    /// Promotional credit, minor units, what is held included.
    pub promotional_minor: i64,
    /// What of both is held for purchases.
    pub held_minor: i64,
    /// When something of it ends next, milliseconds; `i64::MAX` if nothing does.
    pub ends_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
    /// The account as JSON.
    pub state: String,
    /// The client's own id of the customer, where the question asks.
    #[sqlx(default)]
    pub external_id: Option<String>,
    /// A stored answer for the idempotency key asked about.
    #[sqlx(default)]
    pub answer: Option<String>,
    /// Hash of the request that got that answer.
    #[sqlx(default)]
    pub answer_hash: Option<Vec<u8>>,
}

pub(crate) mod sql {
    super::super::sql! {
        CREDIT_LOAD = "SELECT a.client_id, a.credit_id, a.customer_id, a.currency, a.version, \
            a.paid_minor, a.promotional_minor, a.held_minor, a.ends_at, a.updated_at, a.state, \
            u.external_id, i.answer, i.request_hash AS answer_hash FROM credit_account a \
            LEFT JOIN customer u ON u.client_id = a.client_id AND u.customer_id = a.customer_id \
            LEFT JOIN idempotency i ON i.client_id = a.client_id AND i.key = $3 \
            WHERE a.client_id = $1 AND a.credit_id = $2";
        CREDITS_OF_CUSTOMER = "SELECT client_id, credit_id, customer_id, currency, version, \
            paid_minor, promotional_minor, held_minor, ends_at, updated_at, state \
            FROM credit_account WHERE client_id = $1 AND customer_id = $2 ORDER BY currency";
        CREDITS_RECENT = "SELECT a.client_id, a.credit_id, a.customer_id, a.currency, a.version, \
            a.paid_minor, a.promotional_minor, a.held_minor, a.ends_at, a.updated_at, a.state, \
            u.external_id FROM credit_account a \
            LEFT JOIN customer u ON u.client_id = a.client_id AND u.customer_id = a.customer_id \
            WHERE a.client_id = $1 AND (a.updated_at, a.credit_id) < ($2, $3) \
            ORDER BY a.updated_at DESC, a.credit_id DESC LIMIT $4";
        CREDITS_ENDING = "SELECT client_id, credit_id, customer_id, currency, version, \
            paid_minor, promotional_minor, held_minor, ends_at, updated_at, state \
            FROM credit_account WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2";
        CREDIT_SUMS = "SELECT currency, CAST(sum(paid_minor) AS BIGINT) AS paid_minor, \
            CAST(sum(promotional_minor) AS BIGINT) AS promotional_minor \
            FROM credit_account WHERE client_id = $1 GROUP BY currency";
    }
}

/// An account, with the answer stored under a key.
pub async fn load(
    store: &Store,
    client: ClientId,
    credit: CreditId,
    idempotency_key: Option<&str>,
) -> Result<Option<CreditRow>, StoreError> {
    Ok(maybe!(
        store,
        sql::CREDIT_LOAD,
        client.0,
        credit.0,
        idempotency_key
    )?)
}

/// The accounts of a customer, one per currency.
pub async fn of_customer(
    store: &Store,
    client: ClientId,
    customer: CustomerId,
) -> Result<Vec<CreditRow>, StoreError> {
    Ok(rows!(
        store,
        sql::CREDITS_OF_CUSTOMER,
        client.0,
        customer.0
    )?)
}

/// Where a page ended: `updated_at`, account. Pages go back in time.
pub type Cursor = (i64, Uuid);

/// After the last change of all.
pub const NEWEST: Cursor = (i64::MAX, Uuid::max());

/// Accounts of a client, last changed first, before the cursor.
pub async fn recent(
    store: &Store,
    client: ClientId,
    before: Cursor,
    limit: i64,
) -> Result<Vec<CreditRow>, StoreError> {
    Ok(rows!(
        store,
        sql::CREDITS_RECENT,
        client.0,
        before.0,
        before.1,
        limit
    )?)
}

/// Accounts of every client in which something ends by `now_ms`, first ended first.
pub async fn ending(store: &Store, now_ms: i64, limit: i64) -> Result<Vec<CreditRow>, StoreError> {
    Ok(rows!(store, sql::CREDITS_ENDING, now_ms, limit)?)
}

/// What the accounts of a client hold by currency: paid and promotional; for audits.
pub async fn sums(store: &Store, client: ClientId) -> Result<Vec<(String, i64, i64)>, StoreError> {
    Ok(rows!(store, sql::CREDIT_SUMS, client.0)?)
}
