//! Orders and cases in numbers.

use crate::rows::{Rows, Template, id};
use app::{
    App,
    intake::{ImportOptions, Watch},
};
use kernel::{CaseId, OrderId, Scope, Timestamp};
use logistics::Rma;
use rusqlite::Connection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{fmt::Write as _, ops::Range, path::Path};
use store::{EngineKind, Val};
use testkit::{ALFA, Fixture};
use wire::OrderDraft;

/// Cases in one transaction.
const CHUNK: usize = 5_000;

/// The number of the `n`-th order.
pub fn number(n: usize) -> String {
    format!("S-{n:07}")
}

/// Imports these orders for the first client, two units on their first line.
pub async fn orders(app: &App, range: Range<usize>) -> anyhow::Result<()> {
    orders_of(app, range, |n, now| Fixture::draft(&number(n), 2, now)).await
}

/// The same as `draft` makes the `n`-th.
pub async fn orders_of(
    app: &App,
    range: Range<usize>,
    draft: impl Fn(usize, Timestamp) -> OrderDraft + Sync,
) -> anyhow::Result<()> {
    let now = app.now();
    let drafts = range.map(|n| Ok(draft(n, now)));
    let mut wrong = None;
    let mut watch = Watch {
        rejected: &mut |error| wrong = Some(format!("{error:?}")),
        progress: &mut |_| {},
    };
    let options = ImportOptions::default();
    app.import_orders(&Scope::system(), ALFA, drafts, options, &mut watch)
        .await?;
    anyhow::ensure!(wrong.is_none(), "an order was not taken: {wrong:?}");
    Ok(())
}

/// Writes copies of one case with orders of their own, spread over the queues as in a house that
/// has worked for a while: nine of ten are done. They are there to be looked at; nobody can act on
/// them, as their customers are not there. Nobody else may use the database meanwhile.
///
/// A million cases are some twenty million rows, so they go in as one would restore a backup:
/// without waiting for the disk, and indexes that nothing guards are made again afterwards.
pub async fn cases(
    kind: &EngineKind,
    template: &Template,
    range: Range<usize>,
) -> anyhow::Result<()> {
    match kind {
        EngineKind::Sqlite(path) => {
            let (path, template) = (path.clone(), template.clone());
            tokio::task::spawn_blocking(move || in_sqlite(&path, &template, range)).await?
        }
        EngineKind::Postgres(url) => in_postgres(url, template, range).await,
    }
}

fn in_sqlite(path: &Path, template: &Template, range: Range<usize>) -> anyhow::Result<()> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000; PRAGMA temp_store = MEMORY;",
    )?;
    let tables: Vec<&str> = template.parts.iter().map(|p| p.table.name).collect();
    let indexes: Vec<(String, String)> = connection
        .prepare(
            "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql <> ''",
        )?
        .query_map([], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?))
        })?
        .filter_map(|row| match row {
            Ok((index, table)) => tables.contains(&table.as_str()).then_some(Ok(index)),
            Err(e) => Some(Err(e)),
        })
        .collect::<Result<_, _>>()?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    let texts: Vec<String> = template.parts.iter().map(|p| p.insert_one('?')).collect();
    let mut statements = texts
        .iter()
        .map(|text| connection.prepare(text))
        .collect::<Result<Vec<_>, _>>()?;
    for begin in range.clone().step_by(CHUNK) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for n in begin..(begin + CHUNK).min(range.end) {
            for (part, statement) in case(template, n).iter().zip(&mut statements) {
                for row in &part.rows {
                    statement.execute(rusqlite::params_from_iter(row))?;
                }
            }
        }
        connection.execute_batch("COMMIT")?;
    }
    for (_, text) in &indexes {
        connection.execute_batch(text)?;
    }
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

async fn in_postgres(url: &str, template: &Template, range: Range<usize>) -> anyhow::Result<()> {
    const INDEXES: &str = "SELECT i.indexname, i.indexdef FROM pg_indexes i \
        WHERE i.schemaname = 'public' AND i.tablename = ANY($1) AND NOT EXISTS \
        (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)";
    let mut connection = PgConnection::connect(url).await?;
    let tables: Vec<&str> = template.parts.iter().map(|p| p.table.name).collect();
    let indexes: Vec<(String, String)> = sqlx::query_as(INDEXES)
        .bind(&tables)
        .fetch_all(&mut connection)
        .await?;
    run(
        &mut connection,
        "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'",
    )
    .await?;
    for (name, _) in &indexes {
        run(&mut connection, &format!("DROP INDEX {name}")).await?;
    }
    for begin in range.clone().step_by(CHUNK) {
        let written: Vec<Vec<Rows>> = (begin..(begin + CHUNK).min(range.end))
            .map(|n| case(template, n))
            .collect();
        for (at, part) in template.parts.iter().enumerate() {
            let names: Vec<&str> = part.table.columns.iter().map(|(name, _)| *name).collect();
            let text = format!("COPY {} ({}) FROM STDIN", part.table.name, names.join(", "));
            let mut copy = connection.copy_in_raw(&text).await?;
            let rows = written.iter().filter_map(|parts| parts.get(at));
            let mut bytes = String::new();
            for row in rows.flat_map(|part| &part.rows) {
                copied(&mut bytes, row);
            }
            copy.send(bytes.as_bytes()).await?;
            copy.finish().await?;
        }
    }
    for (_, text) in &indexes {
        run(&mut connection, text).await?;
    }
    // What autovacuum does once it comes by.
    for table in tables {
        run(&mut connection, &format!("VACUUM ANALYZE {table}")).await?;
    }
    Ok(())
}

async fn run(connection: &mut PgConnection, text: &str) -> anyhow::Result<()> {
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(text.to_owned())))
        .await?;
    Ok(())
}

/// A row in the text form of COPY.
fn copied(out: &mut String, row: &[Val]) {
    for (i, value) in row.iter().enumerate() {
        if i > 0 {
            out.push('\t');
        }
        let _ = match value {
            Val::Null(_) => write!(out, "\\N"),
            Val::Int(v) => write!(out, "{v}"),
            Val::Uuid(v) => write!(out, "{v}"),
            Val::Bytes(v) => {
                out.push_str("\\\\x");
                v.iter().try_for_each(|b| write!(out, "{b:02x}"))
            }
            Val::Text(v) => {
                for c in v.chars() {
                    match c {
                        '\\' => out.push_str("\\\\"),
                        '\t' => out.push_str("\\t"),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        c => out.push(c),
                    }
                }
                Ok(())
            }
        };
    }
    out.push('\n');
}

/// The id of the `n`-th written case.
pub fn case_id(n: usize) -> CaseId {
    CaseId(id(1, n as u64))
}

/// The rows of the `n`-th case.
fn case(template: &Template, n: usize) -> Vec<Rows> {
    let (case, order) = (case_id(n), OrderId(id(9, n as u64)));
    // Spread over the whole range, as random numbers would be.
    let rma = Rma::from_random_bits((n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).to_string();
    let queue = match n % 100 {
        0..2 => "review",
        2..6 => "goods",
        6..10 => "money",
        _ => "done",
    };
    let old = (
        CaseId(template.case).to_string(),
        OrderId(template.order).to_string(),
    );
    let mut parts = template.again(n as u64, order.0);
    for part in &mut parts {
        let columns = part.table.columns;
        for row in &mut part.rows {
            for ((name, _), value) in columns.iter().zip(row) {
                match *name {
                    "rma" => *value = rma.as_str().into(),
                    "queue" => *value = queue.into(),
                    "due_at" if queue == "done" => *value = i64::MAX.into(),
                    "customer_id" => *value = id(8, n as u64).into(),
                    "external_id" => *value = format!("s-{n}").into(),
                    "number" | "order_number" => *value = format!("C-{n:08}").into(),
                    "opened_at" | "due_at" | "placed_at" => shift(value, n),
                    "body" | "state" => rename(value, &old, &case, &order),
                    _ => {}
                }
            }
        }
    }
    parts
}

/// Moves a time by some seconds per case, so that no two are alike.
fn shift(value: &mut Val, n: usize) {
    if let Val::Int(at) = value {
        *at = at.saturating_add_unsigned(n as u64);
    }
}

fn rename(value: &mut Val, old: &(String, String), case: &CaseId, order: &OrderId) {
    if let Val::Text(text) = value {
        *text = text
            .replace(&old.0, &case.to_string())
            .replace(&old.1, &order.to_string());
    }
}
