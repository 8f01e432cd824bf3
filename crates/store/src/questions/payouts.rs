//! Changes of where money goes and payments made outside, as they are listed; and the one-time
//! links by which customers name an account or object to one.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId};
use sqlx::FromRow;
use uuid::Uuid;

/// Something about a payment that a second person answers.
#[derive(Debug, Clone, FromRow)]
pub struct AskRow {
    /// The client.
    pub client_id: i64,
    /// The case.
    pub case_id: Uuid,
    /// The number of the account, or the obligation.
    pub subject: Uuid,
    /// `destination` or `manual`.
    pub kind: String,
    /// `waiting`, `given`, `refused`, `objected`, `lapsed` or `dropped`.
    pub state: String,
    /// Hash of what was asked for.
    pub hash: String,
    /// How much it is about, minor units.
    pub amount_minor: i64,
    /// Currency code.
    pub currency: String,
    /// Who asks; none for the customer.
    pub asked_by: Option<Uuid>,
    /// Since when, milliseconds.
    pub asked_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
}

/// A link to the customer.
#[derive(Debug, Clone, FromRow)]
pub struct LinkRow {
    /// The case it is about.
    pub case_id: Uuid,
    /// `account` or `object`.
    pub purpose: String,
    /// The number of the account it is about, if it is about one.
    pub subject: String,
    /// When it ends, milliseconds.
    pub expires_at: i64,
    /// When it was used, milliseconds.
    pub used_at: Option<i64>,
}

pub(crate) mod sql {
    super::super::sql! {
        PAYOUT_ASKS_OF_CASE = "SELECT client_id, case_id, subject, kind, state, hash, \
            amount_minor, currency, asked_by, asked_at, updated_at FROM payout_ask \
            WHERE client_id = $1 AND case_id = $2 ORDER BY subject";
        PAYOUT_MANUAL_SINCE = "SELECT subject FROM payout_ask WHERE client_id = $1 \
            AND state = 'given' AND asked_at >= $2 AND kind = 'manual'";
        PAYOUT_LINK = "SELECT case_id, purpose, subject, expires_at, used_at FROM payout_link \
            WHERE client_id = $1 AND token_hash = $2";
        PAYOUT_LINK_SPEND = "UPDATE payout_link SET used_at = $3 WHERE client_id = $1 \
            AND token_hash = $2 AND used_at IS NULL AND expires_at > $3";
        PAYOUT_LINKS_UNUSED = "SELECT token_hash FROM payout_link WHERE client_id = $1 \
            AND case_id = $2 AND purpose = $3 AND used_at IS NULL";
    }
}

/// What waits or waited for a second person in a case.
pub async fn of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<AskRow>, StoreError> {
    Ok(rows!(store, sql::PAYOUT_ASKS_OF_CASE, client.0, case.0)?)
}

/// Payments made outside that were said since a moment and confirmed, by their obligations.
pub async fn manual_since(
    store: &Store,
    client: ClientId,
    from_ms: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let found: Vec<(Uuid,)> = rows!(store, sql::PAYOUT_MANUAL_SINCE, client.0, from_ms)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The link of this token.
pub async fn link(
    store: &Store,
    client: ClientId,
    token_hash: &[u8],
) -> Result<Option<LinkRow>, StoreError> {
    Ok(maybe!(store, sql::PAYOUT_LINK, client.0, token_hash)?)
}

/// Spends a link; lost when it was used or is over.
pub fn link_spend(client: ClientId, token_hash: &[u8], now_ms: i64) -> Statement {
    Statement {
        name: "payout_link_spend",
        sql: sql::PAYOUT_LINK_SPEND,
        params: vec![client.into(), token_hash.to_vec().into(), now_ms.into()],
        returns: &[],
        expect: Expect::Some,
    }
}

/// The links of a case that were not used, by the hashes of their tokens.
pub async fn links_unused(
    store: &Store,
    client: ClientId,
    case: CaseId,
    purpose: &str,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let found: Vec<(Vec<u8>,)> = rows!(store, sql::PAYOUT_LINKS_UNUSED, client.0, case.0, purpose)?;
    Ok(found.into_iter().map(|(hash,)| hash).collect())
}

/// What is in one state over several clients, longest waiting first.
pub async fn in_state(
    store: &Store,
    clients: &[ClientId],
    state: &str,
    limit: i64,
) -> Result<Vec<AskRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    listed(clients, state, limit).rows(store).await
}

pub(super) fn listed(clients: &[ClientId], state: &str, limit: i64) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push(
            "SELECT * FROM (SELECT client_id, case_id, subject, kind, state, hash, amount_minor, \
            currency, asked_by, asked_at, updated_at FROM payout_ask WHERE client_id = ",
        );
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" ORDER BY asked_at, case_id LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(" ORDER BY asked_at, case_id LIMIT ").bind(limit);
    all
}

/// How many of these clients are in one state.
pub async fn count(store: &Store, clients: &[ClientId], state: &str) -> Result<i64, StoreError> {
    if clients.is_empty() {
        return Ok(0);
    }
    let counts: Vec<(i64, i64)> = counted(clients, state).rows(store).await?;
    Ok(counts.into_iter().map(|(_, n)| n).sum())
}

pub(super) fn counted(clients: &[ClientId], state: &str) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push("SELECT client_id, count(*) FROM payout_ask WHERE client_id = ");
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" GROUP BY client_id");
    }
    all
}
