//! Obligations: money owed and how far its payment is.

use super::{number, on, rows};
use crate::{Store, StoreError};
use kernel::{CaseId, ClientId, ObligationId};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

/// One obligation.
#[derive(Debug, Clone, FromRow)]
pub struct ObligationRow {
    /// The client.
    pub client_id: i64,
    /// The obligation, also its idempotency key.
    pub obligation_id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// What is owed.
    pub kind: String,
    /// How far it is.
    pub state: String,
    /// Who pays it out.
    pub gateway: String,
    /// Minor units.
    pub amount_minor: i64,
    /// Currency code.
    pub currency: String,
    /// Tries so far.
    pub attempts: i64,
    /// The provider's reference, empty until there is one.
    pub provider_ref: String,
    /// The last thing the provider said, empty if nothing.
    pub detail: String,
    /// Created, milliseconds.
    pub created_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        OBLIGATIONS_OF_CASE = "SELECT client_id, obligation_id, case_id, order_id, kind, state, \
            gateway, amount_minor, currency, attempts, provider_ref, detail, created_at, \
            updated_at FROM obligation WHERE client_id = $1 AND case_id = $2 \
            ORDER BY created_at, obligation_id";
        OBLIGATION_REFS = "SELECT client_id, obligation_id, case_id, order_id, kind, state, \
            gateway, amount_minor, currency, attempts, provider_ref, detail, created_at, \
            updated_at FROM obligation WHERE obligation_id = $1 LIMIT 2";
        OBLIGATIONS_STUCK = "SELECT count(*) FROM obligation WHERE client_id = $1 \
            AND state = 'unknown' AND updated_at < $2";
    }
}

/// Obligations of a case, oldest first.
pub async fn obligations_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<ObligationRow>, StoreError> {
    Ok(rows!(store, sql::OBLIGATIONS_OF_CASE, client.0, case.0)?)
}

/// The obligation a provider names by its key alone.
pub async fn obligation_by_key(
    store: &Store,
    key: ObligationId,
) -> Result<Option<ObligationRow>, StoreError> {
    let found: Vec<ObligationRow> = rows!(store, sql::OBLIGATION_REFS, key.0)?;
    Ok(found.into_iter().next())
}

/// Obligations of several clients in one state, longest untouched first.
pub async fn obligations_in_state(
    store: &Store,
    clients: &[ClientId],
    state: &str,
    limit: i64,
) -> Result<Vec<ObligationRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(store, pool => {
        let mut query = QueryBuilder::new("");
        for (i, client) in clients.iter().enumerate() {
            query.push(if i == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            query.push("SELECT client_id, obligation_id, case_id, order_id, kind, state, gateway, \
                amount_minor, currency, attempts, provider_ref, detail, created_at, updated_at \
                FROM obligation WHERE client_id = ").push_bind(client.0);
            query.push(" AND state = ").push_bind(state);
            query.push(" ORDER BY updated_at LIMIT ").push_bind(limit).push(") o");
        }
        query.push(" ORDER BY updated_at LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// Payments of unknown outcome untouched since `before_ms`: each needs reconciliation.
pub async fn unknown_since(
    store: &Store,
    client: ClientId,
    before_ms: i64,
) -> Result<i64, StoreError> {
    Ok(number!(store, sql::OBLIGATIONS_STUCK, client.0, before_ms)?)
}
