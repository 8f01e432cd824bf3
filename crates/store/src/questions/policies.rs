//! Policies: what was published, drafts, and the checks and backtests of drafts.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Kind, Statement, Store, StoreError, Val};
use kernel::{ClientId, DraftId, RunId};
use sqlx::FromRow;
use uuid::Uuid;

/// A publication with the text it published.
#[derive(Debug, Clone, FromRow)]
pub struct PublicationRow {
    /// The client.
    pub client_id: i64,
    /// Which version, from 1.
    pub number: i64,
    /// Content hash, hex.
    pub hash: String,
    /// Name for people.
    pub name: String,
    /// Its TOML text.
    pub source: String,
    /// First day it applies to new orders.
    pub effective_from: String,
    /// The older version it goes back to.
    pub goes_back_to: Option<i64>,
    /// The draft it was.
    pub draft_id: Option<Uuid>,
    /// What was approved; empty where nobody had to.
    pub seal: String,
    /// Version of the law it was checked against; empty where it was not.
    pub law: String,
    /// Who published it; none for the house itself.
    pub by_user: Option<Uuid>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// Why, where somebody had to say.
    pub note: String,
    /// When, milliseconds.
    pub published_at: i64,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DraftRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub draft_id: Uuid,
    /// How often it was stored.
    pub rev: i64,
    /// `open`, `published` or `dropped`.
    pub state: String,
    /// What its author calls it.
    pub title: String,
    /// Hash of the version it started from; empty for none.
    pub base: String,
    /// The text as typed.
    pub body: String,
    /// The first day it is to hold.
    pub effective_from: String,
    /// Who wrote, asked and approved, as JSON.
    pub flow: String,
    /// Rows of the test table as CSV.
    pub tests: String,
    /// Who began it.
    pub created_by: Uuid,
    /// When, milliseconds.
    pub created_at: i64,
    /// Who changed it last.
    pub updated_by: Uuid,
    /// When, milliseconds.
    pub updated_at: i64,
}

/// A check or a backtest.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RunRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub run_id: Uuid,
    /// Of which draft.
    pub draft_id: Uuid,
    /// `check` or `backtest`.
    pub kind: String,
    /// `open`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// Hash of the content it looks at.
    pub content: String,
    /// What it was asked, as JSON.
    pub params: String,
    /// How far it is …
    pub done: i64,
    /// … of how much; 0 until it has begun.
    pub total: i64,
    /// What it found as JSON, or why it failed.
    pub result: String,
    /// Who asked for it.
    pub by_user: Uuid,
    /// When, milliseconds.
    pub created_at: i64,
    /// Until then nobody else works on it, milliseconds.
    pub run_at: i64,
    /// When it ended, milliseconds.
    pub finished_at: Option<i64>,
}

/// A case a backtest decided otherwise.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RunCaseRow {
    /// Better, worse or other, with both outcomes.
    pub bucket: String,
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub rma: String,
    /// Country of delivery.
    pub country: String,
    /// Currency code.
    pub currency: String,
    /// What the customer gets under the version of their purchase, minor units.
    pub before_minor: i64,
    /// What they would get, minor units.
    pub after_minor: i64,
    /// The clause of the draft that decides.
    pub clause: String,
    /// When the case was opened, milliseconds.
    pub opened_at: i64,
}

/// A case as it was asked for, with its order: what a backtest decides again.
#[derive(Debug, FromRow)]
pub struct ReplayRow {
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub rma: String,
    /// The order.
    pub order_id: Uuid,
    /// Who bought.
    pub customer_id: Uuid,
    /// When it was opened, milliseconds.
    pub opened_at: i64,
    /// The case as JSON.
    pub state: String,
    /// The order as JSON.
    pub order_body: String,
    /// Cases of the customer in the year before, in which goods stayed with them.
    pub kept_before: i64,
}

/// Entries of the accounts of orders with more than one case.
#[derive(Debug, FromRow)]
pub struct SharedEntryRow {
    /// The order.
    pub order_id: Uuid,
    /// The entry as JSON.
    pub body: String,
}

pub(crate) mod sql {
    super::super::sql! {
        POLICIES = "SELECT p.client_id, p.number, p.hash, v.name, v.source, p.effective_from, \
            p.goes_back_to, p.draft_id, p.seal, p.law, p.by_user, p.approved_by, p.note, \
            p.published_at FROM policy_publication p \
            JOIN policy_version v ON v.client_id = p.client_id AND v.hash = p.hash \
            ORDER BY p.client_id, p.effective_from, p.number";
        PUBLICATION_COUNT = "SELECT count(*) FROM policy_publication";
        DRAFT = "SELECT client_id, draft_id, rev, state, title, base, body, effective_from, flow, \
            tests, created_by, created_at, updated_by, updated_at FROM policy_draft \
            WHERE client_id = $1 AND draft_id = $2";
        DRAFTS = "SELECT client_id, draft_id, rev, state, title, base, body, effective_from, \
            flow, tests, created_by, created_at, updated_by, updated_at FROM policy_draft \
            WHERE client_id = $1 AND state = $2 \
            ORDER BY updated_at DESC, draft_id DESC LIMIT $3";
        NEWEST_CHECKS = "SELECT r.client_id, r.run_id, r.draft_id, r.kind, r.state, r.content, \
            r.params, r.done, r.total, r.result, r.by_user, r.created_at, r.run_at, r.finished_at \
            FROM policy_draft d JOIN policy_run r ON r.client_id = d.client_id \
                AND r.draft_id = d.draft_id AND r.kind = 'check' AND r.run_id = \
                (SELECT n.run_id FROM policy_run n WHERE n.client_id = d.client_id \
                AND n.draft_id = d.draft_id AND n.kind = 'check' \
                ORDER BY n.created_at DESC, n.run_id DESC LIMIT 1) \
            WHERE d.client_id = $1 AND d.state = $2";
        LAST_NUMBER = "SELECT COALESCE(max(number), 0) FROM policy_publication \
            WHERE client_id = $1";
        RUN_CASES_DROP = "DELETE FROM policy_run_case WHERE client_id = $1 AND run_id IN \
            (SELECT run_id FROM policy_run \
                WHERE client_id = $1 AND draft_id = $2 AND kind = 'backtest')";
        DRAFT_SAVE = "UPDATE policy_draft SET rev = rev + 1, state = $4, title = $5, body = $6, \
            effective_from = $7, flow = $8, tests = $9, updated_by = $10, updated_at = $11 \
            WHERE client_id = $1 AND draft_id = $2 AND rev = $3";
        RUN = "SELECT client_id, run_id, draft_id, kind, state, content, params, done, total, \
            result, by_user, created_at, run_at, finished_at FROM policy_run \
            WHERE client_id = $1 AND run_id = $2";
        RUNS_OF_DRAFT = "SELECT client_id, run_id, draft_id, kind, state, content, params, done, \
            total, result, by_user, created_at, run_at, finished_at FROM policy_run \
            WHERE client_id = $1 AND draft_id = $2 AND kind = $3 \
            ORDER BY created_at DESC, run_id DESC LIMIT $4";
        RUN_DUE = "SELECT client_id, run_id, draft_id, kind, state, content, params, done, total, \
            result, by_user, created_at, run_at, finished_at FROM policy_run \
            WHERE state = 'open' AND run_at <= $1 ORDER BY run_at LIMIT 1";
        RUN_CLAIM = "UPDATE policy_run SET run_at = $4 \
            WHERE client_id = $1 AND run_id = $2 AND run_at = $3 AND state = 'open'";
        RUN_BEAT = "UPDATE policy_run SET run_at = $3, done = $4, total = $5 \
            WHERE client_id = $1 AND run_id = $2 AND state = 'open'";
        RUN_END = "UPDATE policy_run SET state = $3, result = $4, done = $5, total = $6, \
            finished_at = $7 WHERE client_id = $1 AND run_id = $2 AND state = 'open'";
        RUN_CASES = "SELECT bucket, case_id, rma, country, currency, before_minor, after_minor, \
            clause, opened_at FROM policy_run_case \
            WHERE client_id = $1 AND run_id = $2 AND bucket = $3 AND case_id > $4 \
            ORDER BY case_id LIMIT $5";
        REPLAY_COUNT = "SELECT count(*) FROM return_case WHERE client_id = $1 AND opened_at >= $2";
        REPLAY = "SELECT c.case_id, c.rma, c.order_id, c.customer_id, c.opened_at, c.state, \
            o.body AS order_body, \
            (SELECT count(*) FROM return_case k \
                WHERE k.client_id = c.client_id AND k.customer_id = c.customer_id \
                AND k.kept_units > 0 AND k.opened_at > c.opened_at - 31536000000 \
                AND k.opened_at < c.opened_at) AS kept_before \
            FROM return_case c \
            JOIN sales_order o ON o.client_id = c.client_id AND o.order_id = c.order_id \
            WHERE c.client_id = $1 AND (c.opened_at, c.case_id) > ($2, $3) \
            ORDER BY c.opened_at, c.case_id LIMIT $4";
        REPLAY_SHARED = "SELECT e.order_id, e.body FROM account_entry e \
            WHERE e.client_id = $1 AND e.order_id IN \
                (SELECT c.order_id FROM return_case c WHERE c.client_id = $1 \
                AND (c.opened_at, c.case_id) > ($2, $3) AND c.opened_at <= $4 \
                AND EXISTS (SELECT 1 FROM return_case k WHERE k.client_id = $1 \
                    AND k.order_id = c.order_id AND k.case_id <> c.case_id)) \
            ORDER BY e.order_id, e.seq";
    }
}

/// Every publication of every client, in the order versions come into force.
pub async fn publications(store: &Store) -> Result<Vec<PublicationRow>, StoreError> {
    Ok(crate::seeing(None, async { rows!(store, sql::POLICIES) }).await?)
}

/// How many publications there are, of all clients.
pub async fn publication_count(store: &Store) -> Result<i64, StoreError> {
    Ok(crate::seeing(None, async {
        super::number!(store, sql::PUBLICATION_COUNT)
    })
    .await?)
}

/// A draft.
pub async fn draft(
    store: &Store,
    client: ClientId,
    draft: DraftId,
) -> Result<Option<DraftRow>, StoreError> {
    Ok(maybe!(store, sql::DRAFT, client.0, draft.0)?)
}

/// Drafts of a client in one state, the last changed first.
pub async fn drafts(
    store: &Store,
    client: ClientId,
    state: &str,
    limit: i64,
) -> Result<Vec<DraftRow>, StoreError> {
    Ok(rows!(store, sql::DRAFTS, client.0, state, limit)?)
}

/// The newest check of each draft of a client in one state.
pub async fn newest_checks(
    store: &Store,
    client: ClientId,
    state: &str,
) -> Result<Vec<RunRow>, StoreError> {
    Ok(rows!(store, sql::NEWEST_CHECKS, client.0, state)?)
}

/// How many drafts in this state each of these clients has; those with none are left out.
pub async fn draft_counts(
    store: &Store,
    clients: &[ClientId],
    state: &str,
) -> Result<Vec<(i64, i64)>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    counted(clients, state).rows(store).await
}

pub(super) fn counted(clients: &[ClientId], state: &str) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push("SELECT client_id, count(*) FROM policy_draft WHERE client_id = ");
        all.bind(*client).push(" AND state = ").bind(state);
        all.push(" GROUP BY client_id");
    }
    all
}

/// The number of the last version of a client; 0 for none.
pub async fn last_number(store: &Store, client: ClientId) -> Result<i64, StoreError> {
    Ok(super::number!(store, sql::LAST_NUMBER, client.0)?)
}

/// Drops the kept cases of every backtest of a draft: only the newest is drilled into.
pub fn drop_run_cases(client: ClientId, draft: DraftId) -> Statement {
    Statement {
        name: "policy_run_cases_drop",
        sql: sql::RUN_CASES_DROP,
        params: vec![client.into(), draft.0.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Stores what changed of a draft that is still at `row.rev`; lost if it is not.
pub fn save_draft(row: &DraftRow) -> Statement {
    Statement {
        name: "policy_draft_save",
        sql: sql::DRAFT_SAVE,
        params: vec![
            row.client_id.into(),
            row.draft_id.into(),
            row.rev.into(),
            row.state.as_str().into(),
            row.title.as_str().into(),
            row.body.as_str().into(),
            row.effective_from.as_str().into(),
            row.flow.as_str().into(),
            row.tests.as_str().into(),
            row.updated_by.into(),
            row.updated_at.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// A check or backtest.
pub async fn run(
    store: &Store,
    client: ClientId,
    run: RunId,
) -> Result<Option<RunRow>, StoreError> {
    Ok(maybe!(store, sql::RUN, client.0, run.0)?)
}

/// Checks or backtests of a draft, the newest first.
pub async fn runs_of_draft(
    store: &Store,
    client: ClientId,
    draft: DraftId,
    kind: &str,
    limit: i64,
) -> Result<Vec<RunRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RUNS_OF_DRAFT,
        client.0,
        draft.0,
        kind,
        limit
    )?)
}

/// The open run that waits longest.
pub async fn run_due(store: &Store, now_ms: i64) -> Result<Option<RunRow>, StoreError> {
    Ok(maybe!(store, sql::RUN_DUE, now_ms)?)
}

/// Takes a run until `until_ms`; lost if somebody else has it.
pub fn claim_run(row: &RunRow, until_ms: i64) -> Statement {
    let params = vec![
        row.client_id.into(),
        row.run_id.into(),
        row.run_at.into(),
        until_ms.into(),
    ];
    guarded("policy_run_claim", sql::RUN_CLAIM, params)
}

/// Says how far a run is and keeps it until `until_ms`; lost if it was cancelled.
pub fn beat_run(
    client: ClientId,
    run: RunId,
    until_ms: i64,
    (done, total): (i64, i64),
) -> Statement {
    let params = vec![
        client.into(),
        run.0.into(),
        until_ms.into(),
        done.into(),
        total.into(),
    ];
    guarded("policy_run_beat", sql::RUN_BEAT, params)
}

/// Ends a run as `state` with its result; lost if it has ended.
pub fn end_run(
    client: ClientId,
    run: RunId,
    (state, result): (&str, &str),
    (done, total): (i64, i64),
    now_ms: i64,
) -> Statement {
    let params: Vec<Val> = vec![
        client.into(),
        run.0.into(),
        state.into(),
        result.into(),
        done.into(),
        total.into(),
        now_ms.into(),
    ];
    guarded("policy_run_end", sql::RUN_END, params)
}

fn guarded(name: &'static str, sql: &'static str, params: Vec<Val>) -> Statement {
    const NOTHING: &[Kind] = &[];
    Statement {
        name,
        sql,
        params,
        returns: NOTHING,
        expect: Expect::Some,
    }
}

/// Cases of one bucket of a backtest, in order of id.
pub async fn run_cases(
    store: &Store,
    client: ClientId,
    run: RunId,
    (bucket, after): (&str, Uuid),
    limit: i64,
) -> Result<Vec<RunCaseRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RUN_CASES,
        client.0,
        run.0,
        bucket,
        after,
        limit
    )?)
}

/// How many cases were opened since.
pub async fn replay_count(
    store: &Store,
    client: ClientId,
    since_ms: i64,
) -> Result<i64, StoreError> {
    Ok(super::number!(
        store,
        sql::REPLAY_COUNT,
        client.0,
        since_ms
    )?)
}

/// Cases with their orders, oldest first, after the cursor.
pub async fn replay(
    store: &Store,
    client: ClientId,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<ReplayRow>, StoreError> {
    Ok(rows!(
        store,
        sql::REPLAY,
        client.0,
        after.0,
        after.1,
        limit
    )?)
}

/// The account entries of the orders of those cases that have others beside them, from the cursor
/// up to the moment of the last.
pub async fn replay_shared(
    store: &Store,
    client: ClientId,
    after: (i64, Uuid),
    until_ms: i64,
) -> Result<Vec<SharedEntryRow>, StoreError> {
    Ok(rows!(
        store,
        sql::REPLAY_SHARED,
        client.0,
        after.0,
        after.1,
        until_ms
    )?)
}
