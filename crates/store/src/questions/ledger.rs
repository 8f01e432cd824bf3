//! The Merkle log: what waits for an index, leaves, tiles, heads.

use super::{assembled::Assembled, maybe, number, rows};
use crate::{Store, StoreError};
use kernel::{CaseId, ClientId};
use sqlx::FromRow;
use uuid::Uuid;

/// A leaf that waits for its index.
#[derive(Debug, Clone, FromRow)]
pub struct PendingRow {
    /// The case.
    pub case_id: Uuid,
    /// Version of the event.
    pub version: i64,
    /// RFC 6962 leaf hash.
    pub leaf_hash: Vec<u8>,
}

/// Newest head of a client's log.
#[derive(Debug, Clone, FromRow)]
pub struct HeadRow {
    /// Leaves in the tree.
    pub size: i64,
    /// Compact range of the tree, as the ledger room writes it.
    pub frontier: Vec<u8>,
    /// Signed checkpoint.
    pub checkpoint: String,
    /// When it was signed, milliseconds.
    pub at: i64,
}

/// A leaf with the event it commits to.
#[derive(Debug, Clone, FromRow)]
pub struct LeafEventRow {
    /// Index in the log.
    pub idx: i64,
    /// The stored leaf hash.
    pub leaf_hash: Vec<u8>,
    /// The case.
    pub case_id: Uuid,
    /// Version of the event.
    pub version: i64,
    /// Kind of the event; null if the event is gone.
    pub kind: Option<String>,
    /// When, milliseconds.
    pub at: Option<i64>,
    /// Canonical JSON.
    pub body: Option<String>,
    /// Salt.
    pub salt: Option<Vec<u8>>,
}

pub(crate) mod sql {
    super::super::sql! {
        PENDING_CLIENTS = "SELECT c.client_id FROM client c WHERE EXISTS \
            (SELECT 1 FROM ledger_pending p WHERE p.client_id = c.client_id)";
        PENDING = "SELECT case_id, version, leaf_hash FROM ledger_pending \
            WHERE client_id = $1 ORDER BY case_id, version LIMIT $2";
        PENDING_COUNT = "SELECT count(*) FROM (SELECT 1 FROM ledger_pending \
            WHERE client_id = $1 LIMIT $2) part";
        PENDING_TOTAL = "SELECT count(*) FROM (SELECT 1 FROM ledger_pending LIMIT $1) part";
        HEAD = "SELECT size, frontier, checkpoint, at FROM ledger_head WHERE client_id = $1";
        LEAVES_WITH_EVENTS = "SELECT l.idx, l.leaf_hash, l.case_id, l.version, e.kind, e.at, \
            e.body, e.salt FROM ledger_leaf l \
            LEFT JOIN event e ON e.client_id = l.client_id AND e.case_id = l.case_id \
            AND e.version = l.version \
            WHERE l.client_id = $1 AND l.idx >= $2 ORDER BY l.idx LIMIT $3";
        LEAVES_OF_CASE = "SELECT l.idx, l.leaf_hash, l.case_id, l.version, e.kind, e.at, \
            e.body, e.salt FROM ledger_leaf l \
            JOIN event e ON e.client_id = l.client_id AND e.case_id = l.case_id \
            AND e.version = l.version \
            WHERE l.client_id = $1 AND l.case_id = $2 ORDER BY l.version";
        UNLOGGED_EVENTS = "SELECT count(*) FROM event e WHERE e.client_id = $1 \
            AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.client_id = e.client_id \
                AND l.case_id = e.case_id AND l.version = e.version) \
            AND NOT EXISTS (SELECT 1 FROM ledger_pending p WHERE p.client_id = e.client_id \
                AND p.case_id = e.case_id AND p.version = e.version)";
        CHECKPOINTS = "SELECT size, note FROM ledger_checkpoint WHERE client_id = $1 \
            ORDER BY size DESC LIMIT $2";
        CHECKPOINT_AT = "SELECT note FROM ledger_checkpoint WHERE client_id = $1 AND size = $2";
        TILE = "SELECT hashes FROM ledger_tile WHERE client_id = $1 AND level = $2 AND tile = $3";
    }
}

/// Clients that have leaves waiting.
pub async fn pending_clients(store: &Store) -> Result<Vec<ClientId>, StoreError> {
    let found: Vec<(i64,)> = rows!(store, sql::PENDING_CLIENTS)?;
    Ok(found.into_iter().map(|(id,)| ClientId(id)).collect())
}

/// Leaves of a client that wait for an index.
pub async fn pending(
    store: &Store,
    client: ClientId,
    limit: i64,
) -> Result<Vec<PendingRow>, StoreError> {
    Ok(rows!(store, sql::PENDING, client.0, limit)?)
}

/// Counting of waiting leaves stops here: an import may leave millions, and a page or a gauge
/// must not walk them.
pub const COUNT_MAX: i64 = 100_000;

/// How many leaves of a client wait, at most [`COUNT_MAX`].
pub async fn pending_count(store: &Store, client: ClientId) -> Result<i64, StoreError> {
    Ok(number!(store, sql::PENDING_COUNT, client.0, COUNT_MAX)?)
}

/// How many leaves wait over all clients, at most [`COUNT_MAX`].
pub async fn pending_total(store: &Store) -> Result<i64, StoreError> {
    Ok(number!(store, sql::PENDING_TOTAL, COUNT_MAX)?)
}

/// The newest head of a client's log.
pub async fn head(store: &Store, client: ClientId) -> Result<Option<HeadRow>, StoreError> {
    Ok(maybe!(store, sql::HEAD, client.0)?)
}

/// Leaves from index `from` with their events; the events feed and the verifier read this.
pub async fn leaves_with_events(
    store: &Store,
    client: ClientId,
    from: i64,
    limit: i64,
) -> Result<Vec<LeafEventRow>, StoreError> {
    Ok(rows!(
        store,
        sql::LEAVES_WITH_EVENTS,
        client.0,
        from,
        limit
    )?)
}

/// Leaves of one case, in event order.
pub async fn leaves_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<LeafEventRow>, StoreError> {
    Ok(rows!(store, sql::LEAVES_OF_CASE, client.0, case.0)?)
}

/// Events that neither have a leaf nor wait for one: must be none.
pub async fn unlogged_events(store: &Store, client: ClientId) -> Result<i64, StoreError> {
    Ok(number!(store, sql::UNLOGGED_EVENTS, client.0)?)
}

/// Signed checkpoints, newest first.
pub async fn checkpoints(
    store: &Store,
    client: ClientId,
    limit: i64,
) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(rows!(store, sql::CHECKPOINTS, client.0, limit)?)
}

/// The checkpoint signed at `size`, if one was.
pub async fn checkpoint_at(
    store: &Store,
    client: ClientId,
    size: i64,
) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(store, sql::CHECKPOINT_AT, client.0, size)?;
    Ok(row.map(|(note,)| note))
}

/// The hash tiles named by `(level, tile)`, in one statement; absent ones are left out.
pub async fn tiles(
    store: &Store,
    client: ClientId,
    wanted: &[(i64, i64)],
) -> Result<Vec<(i64, i64, Vec<u8>)>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    named_tiles(client, wanted).rows(store).await
}

pub(super) fn named_tiles(client: ClientId, wanted: &[(i64, i64)]) -> Assembled {
    let mut all = Assembled::new("SELECT level, tile, hashes FROM ledger_tile WHERE client_id = ");
    all.bind(client).push(" AND (level, tile) IN (VALUES ");
    for (i, (level, tile)) in wanted.iter().enumerate() {
        all.push(if i == 0 { "(" } else { ", (" });
        // The server cannot tell the type of a bare parameter in a list.
        all.push("CAST(").bind(*level).push(" AS BIGINT), CAST(");
        all.bind(*tile).push(" AS BIGINT))");
    }
    all.push(")");
    all
}

/// One hash tile.
pub async fn tile(
    store: &Store,
    client: ClientId,
    level: i64,
    tile: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = maybe!(store, sql::TILE, client.0, level, tile)?;
    Ok(row.map(|(hashes,)| hashes))
}
