//! Answers to requests that are about no case, kept under the caller's key. A key is taken before
//! the work is done: a row whose answer is empty is a request under way, and its moment is the
//! name of whoever works under it. Commands to cases store key and answer in their own write.

use super::maybe;
use crate::{Expect, Kind, Statement, Store, StoreError, Val};
use kernel::ClientId;

/// What is stored under a key.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptRow {
    /// The answer as JSON; empty while the request is under way.
    pub answer: String,
    /// The hash of the request.
    pub request_hash: Vec<u8>,
    /// When it was taken, milliseconds.
    pub at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        ANSWER_UNDER = "SELECT answer, request_hash, at FROM idempotency \
            WHERE client_id = $1 AND key = $2";
        ANSWER_TAKE = "INSERT INTO idempotency (client_id, key, request_hash, case_id, answer, at) \
            VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT (client_id, key) DO UPDATE \
            SET at = excluded.at \
            WHERE idempotency.answer = '' AND idempotency.at < $6 \
                AND idempotency.request_hash = excluded.request_hash \
            RETURNING at";
        ANSWER_KEEP = "UPDATE idempotency SET answer = $4 \
            WHERE client_id = $1 AND key = $2 AND at = $3 AND answer = ''";
        ANSWER_LET_GO = "DELETE FROM idempotency \
            WHERE client_id = $1 AND key = $2 AND at = $3 AND answer = ''";
    }
}

/// The answer stored under an idempotency key, or that there will be one.
pub async fn under(
    store: &Store,
    client: ClientId,
    key: &str,
) -> Result<Option<KeptRow>, StoreError> {
    Ok(maybe!(store, sql::ANSWER_UNDER, client.0, key)?)
}

/// Takes a key: a fresh one, or one that was taken for the same request before `$6` and has no
/// answer. Returns no row when somebody else has it.
pub fn take(params: Vec<Val>) -> Statement {
    one("answer_take", sql::ANSWER_TAKE, params, &[Kind::Int])
}

/// Keeps the answer under the key taken at `$3`.
pub fn keep(params: Vec<Val>) -> Statement {
    one("answer_keep", sql::ANSWER_KEEP, params, &[])
}

/// Lets go of the key taken at `$3`: nothing came of the request.
pub fn let_go(params: Vec<Val>) -> Statement {
    one("answer_let_go", sql::ANSWER_LET_GO, params, &[])
}

fn one(
    name: &'static str,
    sql: &'static str,
    params: Vec<Val>,
    returns: &'static [Kind],
) -> Statement {
    Statement {
        name,
        sql,
        params,
        returns,
        expect: Expect::Any,
    }
}
