//! Obligations: money owed and how far its payment is.

use super::{assembled::Assembled, rows};
use crate::{Store, StoreError};
use kernel::{CaseId, ClientId, ObligationId};
use sqlx::FromRow;
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
        FOLDER_TAKE = "INSERT INTO bank_folder (client_id, folder, holder, epoch, seen_at) \
            VALUES ($1, $2, $3, 1, $4) ON CONFLICT (client_id) DO UPDATE \
            SET holder = excluded.holder, epoch = bank_folder.epoch + 1, \
                seen_at = excluded.seen_at \
            WHERE bank_folder.folder = excluded.folder \
                AND (bank_folder.holder = excluded.holder OR bank_folder.seen_at < $5) \
            RETURNING epoch";
        FOLDER_KEEP = "UPDATE bank_folder SET seen_at = $4 WHERE client_id = $1 \
            AND folder = $2 AND holder = $3 AND epoch = $5 RETURNING epoch";
    }
}

/// Takes a folder for payment files: the first one ever, or the same one again by its holder or
/// after the holder was not seen since `$5`.
pub const FOLDER_TAKE: &str = sql::FOLDER_TAKE;

/// Keeps the lease of a folder under its epoch.
pub const FOLDER_KEEP: &str = sql::FOLDER_KEEP;

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
    in_state(clients, state, limit).rows(store).await
}

pub(super) fn in_state(clients: &[ClientId], state: &str, limit: i64) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push(
            "SELECT * FROM (SELECT client_id, obligation_id, case_id, order_id, kind, state, \
            gateway, amount_minor, currency, attempts, provider_ref, detail, created_at, \
            updated_at FROM obligation WHERE client_id = ",
        );
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" ORDER BY updated_at LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(" ORDER BY updated_at LIMIT ").bind(limit);
    all
}
