//! Statutory clocks: the worklist, what rings next, breaches of a period. Every list is a range of
//! an index, so its cost follows the page and never the number of cases.

use super::{assembled::Assembled, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId};
use sqlx::FromRow;
use uuid::Uuid;

/// One clock of one case.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ClockRow {
    /// The client.
    pub client_id: i64,
    /// The case.
    pub case_id: Uuid,
    /// What it counts towards.
    pub kind: String,
    /// Id of its rule.
    pub rule: String,
    /// `work`, `waiting` or `done`.
    pub list: String,
    /// `open`, `met` or `ended`.
    pub state: String,
    /// Citation to show.
    pub citation: String,
    /// The case's number for the consumer.
    pub rma: String,
    /// The order's number.
    pub order_number: String,
    /// Country of delivery.
    pub country: String,
    /// The event that started it; empty while it does not run.
    pub started_by: String,
    /// The local day of that event; empty while it does not run.
    pub started_on: String,
    /// The local day to work towards; empty if there is none.
    pub strict_on: String,
    /// The last lawful local day; empty if there is none.
    pub due_on: String,
    /// The local day on which it was met; empty if it was not.
    pub met_on: String,
    /// The local day on which it was found late; empty if it was not.
    pub breached_on: String,
    /// When the day to work towards ends, milliseconds; `i64::MAX` if there is none.
    pub work_at: i64,
    /// When the last lawful day ends, milliseconds; `i64::MAX` if there is none.
    pub due_at: i64,
    /// When it was over, milliseconds; 0 if it was never late.
    pub over_at: i64,
    /// When it must be looked at next, milliseconds; `i64::MAX` for never.
    pub ring_at: i64,
}

/// Counting stops here; the page then shows "more than".
pub const COUNT_MAX: i64 = 1000;

const COLUMNS: &str = "client_id, case_id, kind, rule, list, state, citation, rma, order_number, \
    country, started_by, started_on, strict_on, due_on, met_on, breached_on, work_at, due_at, \
    over_at, ring_at";

pub(crate) mod sql {
    super::super::sql! {
        CLOCKS_OF_CASE = "SELECT client_id, case_id, kind, rule, list, state, citation, rma, \
            order_number, country, started_by, started_on, strict_on, due_on, met_on, \
            breached_on, work_at, due_at, over_at, ring_at FROM statutory_clock \
            WHERE client_id = $1 AND case_id = $2 ORDER BY kind, rule";
        CLOCKS_RINGING = "SELECT client_id, case_id, kind, rule, list, state, citation, rma, \
            order_number, country, started_by, started_on, strict_on, due_on, met_on, \
            breached_on, work_at, due_at, over_at, ring_at FROM statutory_clock \
            WHERE ring_at <= $1 ORDER BY ring_at LIMIT $2";
        CLOCKS_OVER = "SELECT client_id, case_id, kind, rule, list, state, citation, rma, \
            order_number, country, started_by, started_on, strict_on, due_on, met_on, \
            breached_on, work_at, due_at, over_at, ring_at FROM statutory_clock \
            WHERE client_id = $1 AND over_at >= $2 AND over_at < $3 \
            ORDER BY over_at, case_id, kind LIMIT $4";
        CLOCK_PUT_OFF = "UPDATE statutory_clock SET ring_at = $5 WHERE client_id = $1 \
            AND case_id = $2 AND kind = $3 AND rule = $4 AND ring_at <= $6";
    }
}

/// The clocks of a case.
pub async fn of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<ClockRow>, StoreError> {
    Ok(rows!(store, sql::CLOCKS_OF_CASE, client.0, case.0)?)
}

/// Clocks of every client that must be looked at by `now_ms`, longest due first.
pub async fn ringing(store: &Store, now_ms: i64, limit: i64) -> Result<Vec<ClockRow>, StoreError> {
    Ok(rows!(store, sql::CLOCKS_RINGING, now_ms, limit)?)
}

/// Clocks of a client that were over in a period: `from_ms` is inside, `to_ms` is not.
pub async fn over(
    store: &Store,
    client: ClientId,
    from_ms: i64,
    to_ms: i64,
    limit: i64,
) -> Result<Vec<ClockRow>, StoreError> {
    // 0 marks a clock that was never late.
    let from_ms = from_ms.max(1);
    Ok(rows!(
        store,
        sql::CLOCKS_OVER,
        client.0,
        from_ms,
        to_ms,
        limit
    )?)
}

/// Puts off a clock that had nothing to say, unless somebody else moved it meanwhile.
pub fn put_off(row: &ClockRow, until_ms: i64, now_ms: i64) -> Statement {
    Statement {
        name: "clock_put_off",
        sql: sql::CLOCK_PUT_OFF,
        params: vec![
            row.client_id.into(),
            row.case_id.into(),
            row.kind.as_str().into(),
            row.rule.as_str().into(),
            until_ms.into(),
            now_ms.into(),
        ],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Where a page of a list ended: `work_at`, case, kind, rule.
pub type Cursor = (i64, Uuid, String, String);

/// Before the first row.
pub const START: Cursor = (i64::MIN, Uuid::nil(), String::new(), String::new());

/// Clocks on one list over several clients, next day first, after the cursor; of one kind if it
/// is named.
pub async fn on_list(
    store: &Store,
    clients: &[ClientId],
    list: &str,
    kind: Option<&str>,
    after: &Cursor,
    limit: i64,
) -> Result<Vec<ClockRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    listed(clients, list, kind, after, limit).rows(store).await
}

pub(super) fn listed(
    clients: &[ClientId],
    list: &str,
    kind: Option<&str>,
    after: &Cursor,
    limit: i64,
) -> Assembled {
    let mut all = Assembled::new("SELECT * FROM (");
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 {
            "SELECT * FROM (SELECT "
        } else {
            " UNION ALL SELECT * FROM (SELECT "
        });
        all.push(COLUMNS)
            .push(" FROM statutory_clock WHERE client_id = ")
            .bind(client.0);
        all.push(" AND list = ").bind(list);
        if let Some(kind) = kind {
            // Held to one kind, the rest of the cursor is in the order of the other index.
            all.push(" AND kind = ").bind(kind);
            all.push(" AND (work_at, case_id, rule) > (").bind(after.0);
            all.push(", ").bind(after.1).push(", ");
            all.bind(after.3.as_str());
            all.push(") ORDER BY work_at, case_id, rule LIMIT ");
        } else {
            all.push(" AND (work_at, case_id, kind, rule) > (")
                .bind(after.0);
            all.push(", ").bind(after.1).push(", ");
            all.bind(after.2.as_str());
            all.push(", ").bind(after.3.as_str());
            all.push(") ORDER BY work_at, case_id, kind, rule LIMIT ");
        }
        all.bind(limit).push(") part");
    }
    all.push(if kind.is_some() {
        ") part ORDER BY work_at, case_id, rule LIMIT "
    } else {
        ") part ORDER BY work_at, case_id, kind, rule LIMIT "
    });
    all.bind(limit);
    all
}

/// How many clocks on the worklist end before each of `ends_ms`, over `clients`; counted up to
/// [`COUNT_MAX`] per client.
pub async fn counts_before(
    store: &Store,
    clients: &[ClientId],
    ends_ms: &[i64],
) -> Result<Vec<i64>, StoreError> {
    if clients.is_empty() || ends_ms.is_empty() {
        return Ok(vec![0; ends_ms.len()]);
    }
    let found: Vec<(i64, i64)> = counted(clients, ends_ms).rows(store).await?;
    let count = |end: &i64| {
        found
            .iter()
            .find(|(at, _)| at == end)
            .map_or(0, |(_, n)| *n)
    };
    Ok(ends_ms.iter().map(count).collect())
}

pub(super) fn counted(clients: &[ClientId], ends_ms: &[i64]) -> Assembled {
    let mut all = Assembled::new("SELECT at, CAST(sum(n) AS BIGINT) FROM (");
    let mut first = true;
    for end in ends_ms {
        for client in clients {
            all.push(if first {
                "SELECT CAST("
            } else {
                " UNION ALL SELECT CAST("
            });
            first = false;
            all.bind(*end)
                .push(" AS BIGINT) AS at, count(*) AS n FROM (SELECT 1 FROM statutory_clock WHERE client_id = ");
            all.bind(client.0)
                .push(" AND list = 'work' AND work_at < ")
                .bind(*end);
            all.push(" LIMIT ").bind(COUNT_MAX).push(") part");
        }
    }
    all.push(") part GROUP BY at");
    all
}
