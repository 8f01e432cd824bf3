//! The books: balances that are kept, and the postings behind them. A balance is a sum over some
//! rows for each month, whatever the number of postings.

use super::rows;
use crate::{Store, StoreError};
use kernel::{CaseId, ClientId};
use sqlx::FromRow;
use uuid::Uuid;

/// How many rows the balance of an account is spread over in a month.
pub const PARTS: i64 = 8;

/// One posting.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct JournalRow {
    /// The stream it follows from: a case, or an account of store credit.
    pub case_id: Uuid,
    /// The version of the stream.
    pub version: i64,
    /// Its place among the postings of that version.
    pub n: i64,
    /// When, milliseconds.
    pub at: i64,
    /// Year * 100 + month, in the client's time zone.
    pub month: i64,
    /// Currency code.
    pub currency: String,
    /// The account that is debited.
    pub debit: String,
    /// The account that is credited.
    pub credit: String,
    /// Minor units, above zero.
    pub minor: i64,
    /// Why.
    pub why: String,
}

/// A posting of one account with the case it is about.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AccountLine {
    /// The posting.
    #[sqlx(flatten)]
    pub row: JournalRow,
    /// The number of its case; none for store credit.
    pub rma: Option<String>,
    /// The order of its case.
    pub order_number: Option<String>,
}

/// An account over a period.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BalanceRow {
    /// Currency code.
    pub currency: String,
    /// The account.
    pub account: String,
    /// Debits less credits before the period.
    pub opening_minor: i64,
    /// Debited in the period.
    pub debit_minor: i64,
    /// Credited in the period.
    pub credit_minor: i64,
}

impl BalanceRow {
    /// Debits less credits at the end of the period.
    pub const fn closing_minor(&self) -> i64 {
        self.opening_minor + self.debit_minor - self.credit_minor
    }
}

/// What a kept balance lacks of its postings: currency, account, month, debits, credits.
pub type Drift = (String, String, i64, i64, i64);

pub(crate) mod sql {
    super::super::sql! {
        JOURNAL_OF = "SELECT case_id, version, n, at, month, currency, debit, credit, minor, why \
            FROM journal WHERE client_id = $1 AND case_id = $2 ORDER BY version, n";
        TRIAL_BALANCE = "SELECT currency, account, \
            CAST(sum(CASE WHEN month < $2 THEN debit_minor - credit_minor ELSE 0 END) AS BIGINT) \
                AS opening_minor, \
            CAST(sum(CASE WHEN month >= $2 THEN debit_minor ELSE 0 END) AS BIGINT) \
                AS debit_minor, \
            CAST(sum(CASE WHEN month >= $2 THEN credit_minor ELSE 0 END) AS BIGINT) \
                AS credit_minor \
            FROM account_balance WHERE client_id = $1 AND month <= $3 \
            GROUP BY currency, account";
        BALANCE = "SELECT $3 AS account, $2 AS currency, \
            CAST(COALESCE(sum(CASE WHEN month < $4 THEN debit_minor - credit_minor ELSE 0 END), 0) \
                AS BIGINT) AS opening_minor, \
            CAST(COALESCE(sum(CASE WHEN month >= $4 THEN debit_minor ELSE 0 END), 0) AS BIGINT) \
                AS debit_minor, \
            CAST(COALESCE(sum(CASE WHEN month >= $4 THEN credit_minor ELSE 0 END), 0) AS BIGINT) \
                AS credit_minor \
            FROM account_balance \
            WHERE client_id = $1 AND currency = $2 AND account = $3 AND month <= $5";
        ACCOUNT_LINES = "SELECT j.case_id, j.version, j.n, j.at, j.month, j.currency, j.debit, \
            j.credit, j.minor, j.why, c.rma, c.order_number FROM ( \
                SELECT * FROM (SELECT client_id, case_id, version, n, at, month, currency, debit, \
                        credit, minor, why FROM journal \
                    WHERE client_id = $1 AND currency = $2 AND debit = $3 AND at >= $4 \
                        AND (at, case_id, version, n) < ($5, $6, $7, $8) \
                    ORDER BY at DESC, case_id DESC, version DESC, n DESC LIMIT $9) part \
                UNION ALL \
                SELECT * FROM (SELECT client_id, case_id, version, n, at, month, currency, debit, \
                        credit, minor, why FROM journal \
                    WHERE client_id = $1 AND currency = $2 AND credit = $3 AND at >= $4 \
                        AND (at, case_id, version, n) < ($5, $6, $7, $8) \
                    ORDER BY at DESC, case_id DESC, version DESC, n DESC LIMIT $9) part \
            ) j \
            LEFT JOIN return_case c ON c.client_id = j.client_id AND c.case_id = j.case_id \
            ORDER BY j.at DESC, j.case_id DESC, j.version DESC, j.n DESC LIMIT $9";
        BALANCE_DRIFT = "SELECT currency, account, month, \
            CAST(sum(debit_minor) AS BIGINT) AS debit_minor, \
            CAST(sum(credit_minor) AS BIGINT) AS credit_minor FROM ( \
                SELECT currency, debit AS account, month, minor AS debit_minor, \
                    0 AS credit_minor FROM journal WHERE client_id = $1 \
                UNION ALL SELECT currency, credit, month, 0, minor FROM journal \
                    WHERE client_id = $1 \
                UNION ALL SELECT currency, account, month, -debit_minor, -credit_minor \
                    FROM account_balance WHERE client_id = $1) part \
            GROUP BY currency, account, month \
            HAVING sum(debit_minor) <> 0 OR sum(credit_minor) <> 0";
    }
}

/// The postings of a stream, in the order they were made.
pub async fn journal_of(
    store: &Store,
    client: ClientId,
    stream: CaseId,
) -> Result<Vec<JournalRow>, StoreError> {
    Ok(rows!(store, sql::JOURNAL_OF, client.0, stream.0)?)
}

/// Every account of a client over the months from `from` to `to`.
pub async fn trial_balance(
    store: &Store,
    client: ClientId,
    from: i64,
    to: i64,
) -> Result<Vec<BalanceRow>, StoreError> {
    Ok(rows!(store, sql::TRIAL_BALANCE, client.0, from, to)?)
}

/// One account over the months from `from` to `to`; all zero if nothing was ever posted to it.
pub async fn balance(
    store: &Store,
    client: ClientId,
    (currency, account): (&str, &str),
    from: i64,
    to: i64,
) -> Result<BalanceRow, StoreError> {
    let found: Vec<BalanceRow> = rows!(store, sql::BALANCE, client.0, currency, account, from, to)?;
    found.into_iter().next().ok_or(StoreError::Corrupt {
        table: "account_balance",
        column: "debit_minor",
        why: "a sum gave no row".into(),
    })
}

/// Where a page of an account ended: `at`, stream, version, n. Pages go back in time.
pub type Cursor = (i64, Uuid, i64, i64);

/// After the newest posting.
pub const NEWEST: Cursor = (i64::MAX, Uuid::max(), i64::MAX, i64::MAX);

/// Postings of an account from `from_ms` on, newest first, before the cursor.
pub async fn account_lines(
    store: &Store,
    client: ClientId,
    (currency, account): (&str, &str),
    from_ms: i64,
    before: &Cursor,
    limit: i64,
) -> Result<Vec<AccountLine>, StoreError> {
    Ok(rows!(
        store,
        sql::ACCOUNT_LINES,
        client.0,
        currency,
        account,
        from_ms,
        before.0,
        before.1,
        before.2,
        before.3,
        limit
    )?)
}

/// What kept balances lack to be the sums of their postings; for audits and rebuilds.
pub async fn drift(store: &Store, client: ClientId) -> Result<Vec<Drift>, StoreError> {
    Ok(rows!(store, sql::BALANCE_DRIFT, client.0)?)
}
