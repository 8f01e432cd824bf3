//! What was refused at the edge.

use super::rows;
use crate::{Store, StoreError};
use kernel::ClientId;
use sqlx::FromRow;
use uuid::Uuid;

/// One refusal, or several alike within a moment.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SecurityRow {
    /// The client it is about; 0 for none.
    pub client_id: i64,
    /// Which.
    pub event_id: Uuid,
    /// When, milliseconds.
    pub at: i64,
    /// What happened: `denied`, `foreign`, `missing`, …
    pub kind: String,
    /// Who: a user, or what kind of caller.
    pub actor: String,
    /// The route, as it is declared.
    pub route: String,
    /// What it was about: the address without secrets.
    pub object: String,
    /// The network it came from.
    pub address: String,
    /// How often.
    pub times: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        SECURITY_EVENTS = "SELECT client_id, event_id, at, kind, actor, route, object, address, \
            times FROM security_event WHERE client_id = $1 AND at <= $2 \
            AND (at < $2 OR event_id < $3) ORDER BY at DESC, event_id DESC LIMIT $4";
    }
}

/// Refusals of a client, newest first, before the cursor (`i64::MAX`, `Uuid::max()` to start).
pub async fn events_before(
    store: &Store,
    client: ClientId,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<SecurityRow>, StoreError> {
    let (at, id) = before;
    Ok(rows!(store, sql::SECURITY_EVENTS, client.0, at, id, limit)?)
}
