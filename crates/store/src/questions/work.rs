//! The outbox: claim, finish, retry, give up, look at.
//!
//! A claim makes the row invisible until its lease ends by moving `run_at`; a worker that dies
//! loses nothing, the row simply comes back. So every handler must be safe to run twice.

use super::{assembled::Assembled, number, rows};
use crate::{Engine, Expect, Kind, Statement, Store, StoreError, Val, Write, WriteError};
use kernel::{CaseId, ClientId, JobId};
use sqlx::FromRow;
use uuid::Uuid;

/// A job as claimed or listed.
#[derive(Debug, Clone, FromRow, PartialEq, Eq)]
pub struct JobRow {
    /// The client.
    pub client_id: i64,
    /// The job.
    pub job_id: Uuid,
    /// The case it follows from.
    pub case_id: Uuid,
    /// What to do.
    pub kind: String,
    /// `open`, `done` or `dead`.
    pub state: String,
    /// Its arguments as JSON.
    pub body: String,
    /// Tries so far, this one included.
    pub attempts: i64,
    /// When it runs next, milliseconds.
    pub run_at: i64,
    /// Why the last try failed; empty if none did.
    pub last_error: String,
    /// Created, milliseconds.
    pub created_at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        ERROR_ERASE = "UPDATE outbox SET last_error = '' WHERE client_id = $1 AND job_id = $2";
        CLAIM_LITE = "UPDATE outbox SET run_at = $2, attempts = attempts + 1 \
            WHERE (client_id, job_id) IN (SELECT client_id, job_id FROM outbox \
                WHERE state = 'open' AND run_at <= $1 ORDER BY run_at LIMIT $3) \
            RETURNING client_id, job_id, case_id, kind, state, body, attempts, run_at, \
                last_error, created_at";
        FINISH = "UPDATE outbox SET state = 'done', last_error = '' \
            WHERE client_id = $1 AND job_id = $2 AND state = 'open'";
        RETRY = "UPDATE outbox SET run_at = $3, last_error = $4 \
            WHERE client_id = $1 AND job_id = $2 AND state = 'open'";
        BURY = "UPDATE outbox SET state = 'dead', last_error = $3 \
            WHERE client_id = $1 AND job_id = $2 AND state = 'open'";
        REVIVE = "UPDATE outbox SET state = 'open', attempts = 0, run_at = $3 \
            WHERE client_id = $1 AND job_id = $2 AND state = 'dead'";
        PAYMENTS_WAITING = "SELECT count(*) FROM outbox WHERE state = 'open' AND kind = 'pay'";
        HOLD_PAYMENTS = "UPDATE outbox SET state = 'dead', last_error = $1 \
            WHERE state = 'open' AND kind = 'pay'";
        OPEN_COUNT = "SELECT count(*) FROM outbox WHERE state = 'open' AND run_at >= 0";
        DEAD_COUNT = "SELECT count(*) FROM outbox WHERE state = 'dead'";
        ANY_DUE = "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM outbox \
            WHERE state = 'open' AND run_at <= $1) THEN 1 ELSE 0 END AS BIGINT)";
        OLDEST = "SELECT COALESCE(min(run_at), 0) FROM outbox WHERE state = 'open'";
        JOBS_OF_CASE = "SELECT client_id, job_id, case_id, kind, state, body, attempts, run_at, \
            last_error, created_at FROM outbox WHERE client_id = $1 AND case_id = $2 \
            ORDER BY created_at, job_id";
    }
}

/// The one text with two variants: PostgreSQL lets several workers skip each other's rows,
/// SQLite has one writer and needs no such thing.
pub(crate) const CLAIM_PG: &str = "UPDATE outbox SET run_at = $2, attempts = attempts + 1 \
    WHERE (client_id, job_id) IN (SELECT client_id, job_id FROM outbox \
        WHERE state = 'open' AND run_at <= $1 ORDER BY run_at LIMIT $3 FOR UPDATE SKIP LOCKED) \
    RETURNING client_id, job_id, case_id, kind, state, body, attempts, run_at, \
        last_error, created_at";

/// [`sql::FINISH`] for many jobs at once, from one array per parameter (PostgreSQL).
pub(crate) const FINISH_MANY: &str = "UPDATE outbox SET state = 'done', last_error = '' \
    FROM unnest($1::BIGINT[], $2::UUID[]) AS j (client_id, job_id) \
    WHERE outbox.client_id = j.client_id AND outbox.job_id = j.job_id AND outbox.state = 'open'";

/// The text that does at once what many statements of this text do, each row of parameters for
/// itself; none if there is none.
pub(crate) fn at_once(sql: &str) -> Option<&'static str> {
    (sql == sql::FINISH).then_some(FINISH_MANY)
}

const CLAIMED: &[Kind] = &[
    Kind::Int,
    Kind::Uuid,
    Kind::Uuid,
    Kind::Text,
    Kind::Text,
    Kind::Text,
    Kind::Int,
    Kind::Int,
    Kind::Text,
    Kind::Int,
];

/// Claims up to `limit` due jobs until `lease_until_ms`, oldest first. Asks before it writes, so an idle worker
/// costs a read and no commit.
pub async fn claim(
    store: &Store,
    now_ms: i64,
    lease_until_ms: i64,
    limit: i64,
) -> Result<Vec<JobRow>, WriteError> {
    let due = any_due(store, now_ms).await;
    if !due.map_err(|e| WriteError::Fault(e.to_string()))? {
        return Ok(Vec::new());
    }
    let sql = match store.engine() {
        Engine::Lite(_) => sql::CLAIM_LITE,
        Engine::Pg(_) => CLAIM_PG,
    };
    let mut write = Write::new();
    write.statement(Statement {
        name: "outbox_claim",
        sql,
        params: vec![now_ms.into(), lease_until_ms.into(), limit.into()],
        returns: CLAIMED,
        expect: Expect::Any,
    });
    let written = store.write(write).await?;
    let jobs = written.into_iter().flatten();
    let jobs: Result<Vec<JobRow>, WriteError> =
        jobs.map(|row| job(row).ok_or_else(unreadable)).collect();
    // What an update returns comes in no order.
    let mut jobs = jobs?;
    jobs.sort_by_key(|j| (j.created_at, j.job_id));
    Ok(jobs)
}

fn unreadable() -> WriteError {
    WriteError::Fault("outbox holds a row that cannot be read".to_owned())
}

fn job(row: Vec<Val>) -> Option<JobRow> {
    let mut values = row.into_iter();
    let mut next = || values.next();
    Some(JobRow {
        client_id: next()?.int()?,
        job_id: next()?.uuid()?,
        case_id: next()?.uuid()?,
        kind: next()?.text()?.to_owned(),
        state: next()?.text()?.to_owned(),
        body: next()?.text()?.to_owned(),
        attempts: next()?.int()?,
        run_at: next()?.int()?,
        last_error: next()?.text()?.to_owned(),
        created_at: next()?.int()?,
    })
}

/// Marks a job done; part of the write that records its result.
pub fn finish(client: ClientId, job: JobId) -> Statement {
    change(
        "outbox_finish",
        sql::FINISH,
        vec![client.into(), job.0.into()],
    )
}

/// Puts a job off until `run_at_ms`, noting why.
pub fn retry(client: ClientId, job: JobId, run_at_ms: i64, error: &str) -> Statement {
    let params = vec![
        client.into(),
        job.0.into(),
        run_at_ms.into(),
        cut(error).into(),
    ];
    change("outbox_retry", sql::RETRY, params)
}

/// Gives a job up: it stays visible as dead, with the reason, until a person revives it.
pub fn bury(client: ClientId, job: JobId, error: &str) -> Statement {
    change(
        "outbox_bury",
        sql::BURY,
        vec![client.into(), job.0.into(), cut(error).into()],
    )
}

/// What the reason of a payment starts with that waits for a person since a backup was put back.
pub const RESTORED: &str = "restored from a backup";

/// Gives up every payment that waits, so that a person looks at each; answers how many. For a
/// house that was put back to an older state: what waits there may have been paid since.
///
/// # Errors
/// Those of the database.
pub async fn hold_payments(store: &Store, made_at: &str) -> Result<i64, WriteError> {
    let why = format!(
        "{RESTORED} of {made_at}: it may have been paid since. Try again after the statements of \
         account are in"
    );
    let waiting = number!(store, sql::PAYMENTS_WAITING);
    let waiting = waiting.map_err(|e| WriteError::Unknown(e.to_string()))?;
    let mut write = Write::new();
    write.statement(change(
        "outbox_hold_payments",
        sql::HOLD_PAYMENTS,
        vec![cut(&why).into()],
    ));
    store.write(write).await?;
    Ok(waiting)
}

/// Gives a dead job new tries; lost if it is not dead.
pub fn revive(client: ClientId, job: JobId, now_ms: i64) -> Statement {
    let params = vec![client.into(), job.0.into(), now_ms.into()];
    Statement {
        expect: Expect::Some,
        ..change("outbox_revive", sql::REVIVE, params)
    }
}

fn change(name: &'static str, sql: &'static str, params: Vec<Val>) -> Statement {
    Statement {
        name,
        sql,
        params,
        returns: &[],
        expect: Expect::Any,
    }
}

fn cut(error: &str) -> String {
    error.chars().take(500).collect()
}

/// Jobs not done and not dead.
pub async fn open_count(store: &Store) -> Result<i64, StoreError> {
    Ok(number!(store, sql::OPEN_COUNT)?)
}

/// Jobs given up.
pub async fn dead_count(store: &Store) -> Result<i64, StoreError> {
    Ok(number!(store, sql::DEAD_COUNT)?)
}

/// Whether a job should run now.
async fn any_due(store: &Store, now_ms: i64) -> Result<bool, StoreError> {
    Ok(number!(store, sql::ANY_DUE, now_ms)? > 0)
}

/// When the next job is due, milliseconds; 0 if none is open.
pub async fn oldest(store: &Store) -> Result<i64, StoreError> {
    Ok(number!(store, sql::OLDEST)?)
}

/// Jobs of one case, oldest first.
pub async fn jobs_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<JobRow>, StoreError> {
    Ok(rows!(store, sql::JOBS_OF_CASE, client.0, case.0)?)
}

/// Jobs of several clients in one state, next to run first.
pub async fn jobs_in_state(
    store: &Store,
    clients: &[ClientId],
    state: &str,
    limit: i64,
) -> Result<Vec<JobRow>, StoreError> {
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
            "SELECT * FROM (SELECT client_id, job_id, case_id, kind, state, body, attempts, \
            run_at, last_error, created_at FROM outbox WHERE client_id = ",
        );
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" ORDER BY run_at LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(" ORDER BY run_at LIMIT ").bind(limit);
    all
}

/// Empties what the last try of a job said: mail servers name addresses.
pub fn error_erase(client: ClientId, job: Uuid) -> Statement {
    Statement {
        name: "error_erase",
        sql: sql::ERROR_ERASE,
        params: vec![client.into(), job.into()],
        returns: &[],
        expect: Expect::Any,
    }
}
