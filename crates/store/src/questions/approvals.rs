//! Limits of authority, what of them is used, and grants that need a second person.

use super::{assembled::Assembled, maybe, number, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId, Currency, Date};
use sqlx::FromRow;
use uuid::Uuid;

/// A version of the limits of one client and currency.
#[derive(Debug, Clone, FromRow)]
pub struct LimitRow {
    /// Currency code.
    pub currency: String,
    /// Counted from 1.
    pub version: i64,
    /// The limits as JSON.
    pub body: String,
    /// Who set them.
    pub by_user: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// When, milliseconds.
    pub at: i64,
}

/// What somebody used of a limit on a day.
#[derive(Debug, Clone, FromRow)]
pub struct UseRow {
    /// Whose: `agent` or `client`.
    pub kind: String,
    /// Who.
    pub who: Uuid,
    /// Minor units.
    pub used_minor: i64,
}

/// A grant that needs a second person.
#[derive(Debug, Clone, FromRow)]
pub struct ApprovalRow {
    /// The client.
    pub client_id: i64,
    /// The case.
    pub case_id: Uuid,
    /// Index of the grant.
    pub grant_no: i64,
    /// `waiting`, `given`, `refused` or `dropped`.
    pub state: String,
    /// Hash of what was asked for.
    pub hash: String,
    /// How much was asked for, minor units.
    pub amount_minor: i64,
    /// Currency code.
    pub currency: String,
    /// Who asks.
    pub asked_by: Option<Uuid>,
    /// Since when, milliseconds.
    pub asked_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        LIMIT_NEWEST = "SELECT currency, version, body, by_user, reason, at FROM authority_limit \
            WHERE client_id = $1 AND currency = $2 ORDER BY version DESC LIMIT 1";
        LIMIT_VERSIONS = "SELECT currency, version, body, by_user, reason, at \
            FROM authority_limit WHERE client_id = $1 AND currency = $2 \
            ORDER BY version DESC LIMIT $3";
        AUTHORITY_USED = "SELECT CAST(coalesce(sum(used_minor), 0) AS BIGINT) FROM authority_use \
            WHERE client_id = $1 AND currency = $2 AND kind = $3 AND who = $4 \
            AND day >= $5 AND day <= $6";
        AUTHORITY_USED_ON = "SELECT kind, who, used_minor FROM authority_use \
            WHERE client_id = $1 AND currency = $2 AND day = $3 AND kind = $4 LIMIT $5";
        AUTHORITY_USE_ADD = "INSERT INTO authority_use \
            (client_id, currency, kind, who, day, used_minor) VALUES ($1, $2, $3, $4, $5, $6) \
            ON CONFLICT (client_id, currency, kind, who, day) DO UPDATE \
            SET used_minor = authority_use.used_minor + excluded.used_minor \
            WHERE authority_use.used_minor + excluded.used_minor <= $7";
        APPROVALS_OF_CASE = "SELECT client_id, case_id, grant_no, state, hash, amount_minor, \
            currency, asked_by, asked_at, updated_at FROM approval \
            WHERE client_id = $1 AND case_id = $2 ORDER BY grant_no";
    }
}

/// The limits that hold now for a client and a currency.
pub async fn limit(
    store: &Store,
    client: ClientId,
    currency: Currency,
) -> Result<Option<LimitRow>, StoreError> {
    Ok(maybe!(store, sql::LIMIT_NEWEST, client.0, currency.code())?)
}

/// The limits of a client and a currency with what held before, newest first.
pub async fn limit_versions(
    store: &Store,
    client: ClientId,
    currency: Currency,
    most: i64,
) -> Result<Vec<LimitRow>, StoreError> {
    Ok(rows!(
        store,
        sql::LIMIT_VERSIONS,
        client.0,
        currency.code(),
        most
    )?)
}

/// Whose use is counted: the code of the counter and who it is about.
pub type Counter = (&'static str, Uuid);

/// What was used of a counter from a day to a day, minor units.
pub async fn used(
    store: &Store,
    client: ClientId,
    currency: Currency,
    (kind, who): Counter,
    (from, until): (Date, Date),
) -> Result<i64, StoreError> {
    let (from, until) = (from.to_string(), until.to_string());
    Ok(number!(
        store,
        sql::AUTHORITY_USED,
        client.0,
        currency.code(),
        kind,
        who,
        from,
        until
    )?)
}

/// What everybody of one kind used on a day.
pub async fn used_on(
    store: &Store,
    client: ClientId,
    currency: Currency,
    (day, kind): (Date, &str),
    most: i64,
) -> Result<Vec<UseRow>, StoreError> {
    Ok(rows!(
        store,
        sql::AUTHORITY_USED_ON,
        client.0,
        currency.code(),
        day.to_string(),
        kind,
        most
    )?)
}

/// Counts an amount, unless the counter would then be above `most` on that day.
pub fn use_more(
    client: ClientId,
    currency: Currency,
    (kind, who): Counter,
    day: Date,
    (minor, most): (i64, i64),
) -> Statement {
    Statement {
        name: "authority_use",
        sql: sql::AUTHORITY_USE_ADD,
        params: vec![
            client.into(),
            currency.code().into(),
            kind.into(),
            who.into(),
            day.to_string().into(),
            minor.into(),
            most.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// The approvals of a case.
pub async fn of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<ApprovalRow>, StoreError> {
    Ok(rows!(store, sql::APPROVALS_OF_CASE, client.0, case.0)?)
}

/// Approvals of several clients in one state, longest waiting first.
pub async fn in_state(
    store: &Store,
    clients: &[ClientId],
    state: &str,
    limit: i64,
) -> Result<Vec<ApprovalRow>, StoreError> {
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
            "SELECT * FROM (SELECT client_id, case_id, grant_no, state, hash, amount_minor, \
            currency, asked_by, asked_at, updated_at FROM approval WHERE client_id = ",
        );
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" ORDER BY asked_at, case_id LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(" ORDER BY asked_at, case_id LIMIT ").bind(limit);
    all
}

/// How many grants of these clients are in one state.
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
        all.push("SELECT client_id, count(*) FROM approval WHERE client_id = ");
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" GROUP BY client_id");
    }
    all
}
