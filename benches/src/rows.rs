//! The rows one request for a return writes: captured once from a real request, then written again
//! and again under fresh keys by the raw engines.

use crate::{house, seed};
use anyhow::Context as _;
use app::cases::{Call, Idempotency, OrderKey, Request};
use kernel::Scope;
use returns::{Path as Way, RequestedLine};
use rusqlite::{Connection, types::ValueRef};
use std::path::Path;
use store::{
    EngineKind, Kind, Val,
    tables::{self, Table},
};
use testkit::ALFA;
use uuid::Uuid;

/// What a request for a return writes, in the order it is written.
const REQUEST: &[&Table] = &[
    &tables::IDEMPOTENCY,
    &tables::ORDER_ACCOUNT,
    &tables::ACCOUNT_ENTRY,
    &tables::RETURN_CASE,
    &tables::EVENT,
    &tables::LEDGER_PENDING,
    &tables::STATUTORY_CLOCK,
    &tables::JOURNAL,
    &tables::OBLIGATION,
    &tables::OUTBOX,
];

/// What a case and its order consist of once the label is made. The ledger is left out: no page
/// of a case or a queue reads it.
const WHOLE: &[&Table] = &[
    &tables::CUSTOMER,
    &tables::SALES_ORDER,
    &tables::ORDER_ACCOUNT,
    &tables::ACCOUNT_ENTRY,
    &tables::RETURN_CASE,
    &tables::EVENT,
    &tables::STATUTORY_CLOCK,
    &tables::JOURNAL,
    &tables::OBLIGATION,
    &tables::PARCEL,
    &tables::OUTBOX,
];

/// Rows of one table.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The table.
    pub table: &'static Table,
    /// A value per column.
    pub rows: Vec<Vec<Val>>,
}

/// One case as its rows.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its id.
    pub case: Uuid,
    /// Its order.
    pub order: Uuid,
    /// Its rows.
    pub parts: Vec<Rows>,
}

/// The request every measurement sends: one unit of the first line, no longer wanted.
pub fn lines() -> Vec<RequestedLine> {
    vec![RequestedLine {
        line: 0,
        units: 1,
        reason: policy::ReturnReason::ChangedMind,
        wanted: policy::Outcome::Refund,
        evidence: policy::EvidenceGiven::default(),
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    }]
}

/// Asks for one return in a fresh house and reads back what was written by the request alone,
/// and what is there after its label was made.
pub async fn capture(scratch: &Path) -> anyhow::Result<(Template, Template)> {
    let path = scratch.join("capture.db");
    let app = house::open(&EngineKind::Sqlite(path.clone())).await?;
    seed::orders(&app, 0..1).await?;
    let scope = Scope::system();
    let mut call = Call::new(&scope, app.now());
    call.idempotency = Some(Idempotency::new(&Uuid::nil().to_string(), b"{}")?);
    let request = Request {
        order: OrderKey::Number(seed::number(0)),
        lines: lines(),
        path: Way::Ordinary,
    };
    let case = app.request_return(&call, ALFA, &request).await?.case.0;
    let connection = Connection::open(&path)?;
    let asked = read(&connection, case, REQUEST)?;
    while Box::pin(app.run_due_jobs()).await? > 0 {}
    Ok((asked, read(&connection, case, WHOLE)?))
}

fn read(connection: &Connection, case: Uuid, from: &[&'static Table]) -> anyhow::Result<Template> {
    let (order, customer): (Uuid, Uuid) = connection.query_row(
        "SELECT order_id, customer_id FROM return_case WHERE client_id = ?1 AND case_id = ?2",
        (ALFA.0, case.as_bytes()),
        |row| Ok((uuid(row.get_ref(0)?), uuid(row.get_ref(1)?))),
    )?;
    let mut parts = Vec::new();
    for &table in from {
        let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let (by, id) = match names.as_slice() {
            names if names.contains(&"case_id") => ("case_id", case),
            names if names.contains(&"order_id") => ("order_id", order),
            _ => ("customer_id", customer),
        };
        let sql = format!(
            "SELECT {} FROM {} WHERE client_id = ?1 AND {by} = ?2",
            names.join(", "),
            table.name
        );
        let mut statement = connection.prepare(&sql)?;
        let mut found = statement.query((ALFA.0, id.as_bytes()))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let value = |(i, (_, kind)): (usize, &(&str, Kind))| Ok(val(*kind, row.get_ref(i)?));
            let row: Result<Vec<Val>, rusqlite::Error> =
                table.columns.iter().enumerate().map(value).collect();
            rows.push(row?);
        }
        if !rows.is_empty() {
            parts.push(Rows { table, rows });
        }
    }
    Ok(Template { case, order, parts })
}

fn uuid(value: ValueRef<'_>) -> Uuid {
    value
        .as_blob()
        .ok()
        .and_then(|b| Uuid::from_slice(b).ok())
        .unwrap_or_default()
}

fn val(kind: Kind, value: ValueRef<'_>) -> Val {
    match (kind, value) {
        (Kind::Uuid, value) => Val::Uuid(uuid(value)),
        (_, ValueRef::Integer(v)) => Val::Int(v),
        (_, ValueRef::Text(v)) => Val::Text(String::from_utf8_lossy(v).into_owned()),
        (_, ValueRef::Blob(v)) => Val::Bytes(v.to_vec()),
        _ => Val::Null(kind),
    }
}

/// The `n`-th time-ordered id of a kind; like the ids the program mints, but reproducible.
pub fn id(kind: u8, n: u64) -> Uuid {
    let time = (0x0190_0000_0000_u128 + u128::from(n)) << 80;
    Uuid::from_u128(time | 7 << 76 | 2 << 62 | u128::from(kind) << 48 | u128::from(n))
}

impl Template {
    /// The same rows under the keys of the `n`-th case, for `order`. Bodies keep their bytes.
    pub fn again(&self, n: u64, order: Uuid) -> Vec<Rows> {
        let mut parts = self.parts.clone();
        for part in &mut parts {
            let columns = part.table.columns;
            for (at, row) in part.rows.iter_mut().enumerate() {
                let own = n * 16 + at as u64;
                for ((name, _), value) in columns.iter().zip(row) {
                    match *name {
                        "case_id" => *value = Val::Uuid(id(1, n)),
                        "order_id" => *value = Val::Uuid(order),
                        "job_id" => *value = Val::Uuid(id(2, own)),
                        "obligation_id" => *value = Val::Uuid(id(3, own)),
                        "parcel_id" => *value = Val::Uuid(id(4, own)),
                        "key" => *value = Val::Text(id(5, n).to_string()),
                        "rma" => *value = Val::Text(format!("RM-{n:011}")),
                        "tracking" => *value = Val::Text(format!("{own:018}")),
                        _ => {}
                    }
                }
            }
        }
        parts
    }

    /// How many rows there are, for the notes under a table.
    pub fn count(&self) -> usize {
        self.parts.iter().map(|p| p.rows.len()).sum()
    }
}

impl Rows {
    /// The insert of one such row, `mark` being `$` or `?`.
    pub fn insert_one(&self, mark: char) -> String {
        let one = Self {
            table: self.table,
            rows: self.rows.iter().take(1).cloned().collect(),
        };
        one.insert(mark, 1)
    }

    /// An insert of these rows with parameters from `first`, `mark` being `$` or `?`.
    pub fn insert(&self, mark: char, first: usize) -> String {
        let names: Vec<&str> = self.table.columns.iter().map(|(name, _)| *name).collect();
        let row = |i: usize| {
            let at = first + i * names.len();
            let params: Vec<String> = (at..at + names.len())
                .map(|p| format!("{mark}{p}"))
                .collect();
            format!("({})", params.join(", "))
        };
        let values: Vec<String> = (0..self.rows.len()).map(row).collect();
        let tail = self.table.conflict_tail();
        let (table, names) = (self.table.name, names.join(", "));
        format!(
            "INSERT INTO {table} ({names}) VALUES {}{tail}",
            values.join(", ")
        )
    }
}

/// The ids of the orders there are, for the raw engines to write about.
pub fn need(orders: &[Uuid], n: u64) -> anyhow::Result<Uuid> {
    let at = usize::try_from(n)?;
    orders
        .get(at)
        .copied()
        .context("more requests than orders: give the bench more of them")
}
