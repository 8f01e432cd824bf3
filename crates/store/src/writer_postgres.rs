//! The PostgreSQL writer. A write is one statement (a chain of writable CTEs over array
//! parameters): one round trip, one implicit transaction. Only when several parts hang on what a
//! statement returns or touches is it an explicit transaction.

use crate::{
    tables::Table,
    value::{Kind, Val},
    write::{Expect, Statement, Write, WriteError, Written},
};
use sqlx::{
    AssertSqlSafe, Column as _, PgConnection, PgPool, Postgres, Row as _, postgres::PgArguments,
    query::Query,
};
use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, Mutex},
};

/// How often a deadlock or serialisation failure is tried again; nothing was stored then.
const RETRIES: usize = 5;

/// What a write is made of, by the addresses of texts and tables, which live for ever.
type Shape = Vec<(u8, usize)>;

/// Statement texts by their shape; a handful in practice.
type Texts = Mutex<HashMap<Shape, Arc<str>>>;

/// The handle callers hold.
#[derive(Debug, Clone)]
pub(crate) struct PostgresWriter {
    pool: PgPool,
    texts: Arc<Texts>,
}

impl PostgresWriter {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self {
            pool,
            texts: Arc::default(),
        }
    }

    /// Runs a write; all of it is stored or none.
    pub(crate) async fn write(&self, write: Write) -> Result<Written, WriteError> {
        let mut tries = 0;
        loop {
            match self.once(&write).await {
                Err(e) if tries < RETRIES && is_retryable(&e) => tries += 1,
                Err(Failure::Sql(e)) => return Err(classify(&e)),
                Err(Failure::Commit(e)) => return Err(WriteError::Unknown(e.to_string())),
                Err(Failure::Lost(name)) => return Err(WriteError::Lost { name }),
                Ok(written) => return Ok(written),
            }
        }
    }

    async fn once(&self, write: &Write) -> Result<Written, Failure> {
        let rows = !write.removals.is_empty() || !write.batches.is_empty();
        match write.statements.as_slice() {
            [] if !rows => Ok(Vec::new()),
            // One statement is a transaction of its own; one that touches nothing changes nothing.
            [only] if !rows => {
                let mut connection = self.pool.acquire().await?;
                Ok(vec![run_statement(&mut connection, only).await?])
            }
            all if all.iter().all(is_silent) => {
                let mut connection = self.pool.acquire().await?;
                self.at_once(&mut connection, all, write).await?;
                Ok(vec![Vec::new(); all.len()])
            }
            all => {
                let mut tx = self.pool.begin().await?;
                let mut written = Vec::with_capacity(all.len());
                for statement in all {
                    written.push(run_statement(&mut tx, statement).await?);
                }
                if rows {
                    self.at_once(&mut tx, &[], write).await?;
                }
                tx.commit().await.map_err(Failure::Commit)?;
                Ok(written)
            }
        }
    }

    /// The given statements, the removals and the batches of `write` as one statement. All parts
    /// see the database as it was before; no write of ours reads what another part of it wrote.
    async fn at_once(
        &self,
        on: &mut PgConnection,
        statements: &[Statement],
        write: &Write,
    ) -> Result<(), sqlx::Error> {
        // Every value is a bound parameter; the text is made of texts and names of this crate.
        let text = self.text(statements, write);
        let mut query = sqlx::query(AssertSqlSafe(text));
        for param in statements.iter().flat_map(|s| &s.params) {
            query = bind_value(query, param.clone());
        }
        for removal in &write.removals {
            let key = &removal.table.columns[..removal.table.key];
            for (i, (_, kind)) in key.iter().enumerate() {
                query = bind_column(query, &removal.keys, i, *kind);
            }
        }
        for batch in &write.batches {
            for (i, (_, kind)) in batch.table.columns.iter().enumerate() {
                query = bind_column(query, &batch.rows, i, *kind);
            }
        }
        query.execute(on).await?;
        Ok(())
    }

    fn text(&self, statements: &[Statement], write: &Write) -> Arc<str> {
        let part = |kind: u8, table: &'static Table| (kind, std::ptr::from_ref(table).addr());
        let shape: Shape = statements
            .iter()
            .map(|s| (0, s.sql.as_ptr().addr()))
            .chain(write.removals.iter().map(|r| part(1, r.table)))
            .chain(write.batches.iter().map(|b| part(2, b.table)))
            .collect();
        let mut texts = self
            .texts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        texts
            .entry(shape)
            .or_insert_with(|| statement_text(statements, write).into())
            .clone()
    }
}

/// Whether nobody waits for what a statement returns or touches.
fn is_silent(statement: &Statement) -> bool {
    statement.returns.is_empty() && statement.expect == Expect::Any
}

/// `WITH w0 AS (UPDATE …), w1 AS (DELETE …), w2 AS (INSERT …) SELECT 1`.
fn statement_text(statements: &[Statement], write: &Write) -> String {
    let mut first = 1;
    let mut parts = Vec::new();
    for statement in statements {
        parts.push(renumbered(statement.sql, first - 1));
        first += statement.params.len();
    }
    for removal in &write.removals {
        parts.push(removal.table.delete_arrays(first));
        first += removal.table.key;
    }
    for batch in &write.batches {
        parts.push(batch.table.insert_arrays(first));
        first += batch.table.columns.len();
    }
    let mut sql = String::from("WITH ");
    for (i, part) in parts.into_iter().enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}w{i} AS ({part})");
    }
    sql.push_str(" SELECT 1");
    sql
}

/// The text with `$1` called `$4` when three parameters stand before it.
fn renumbered(sql: &str, before: usize) -> String {
    let mut out = String::with_capacity(sql.len() + 8);
    let mut parts = sql.split('$');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or(0) + before;
        let _ = write!(out, "${number}{rest}");
    }
    out
}

type PgQuery<'q> = Query<'q, Postgres, PgArguments>;

fn bind_column<'q>(query: PgQuery<'q>, rows: &[Vec<Val>], i: usize, kind: Kind) -> PgQuery<'q> {
    let column = rows.iter().map(|row| row.get(i));
    match kind {
        Kind::Int => query.bind(column.map(|v| v.and_then(Val::int)).collect::<Vec<_>>()),
        Kind::Uuid => query.bind(column.map(|v| v.and_then(Val::uuid)).collect::<Vec<_>>()),
        Kind::Text => query.bind(
            column
                .map(|v| v.and_then(Val::text).map(str::to_owned))
                .collect::<Vec<_>>(),
        ),
        Kind::Bytes => query.bind(
            column
                .map(|v| v.and_then(Val::bytes).map(<[u8]>::to_vec))
                .collect::<Vec<_>>(),
        ),
    }
}

fn bind_value(query: PgQuery<'_>, value: Val) -> PgQuery<'_> {
    match value {
        Val::Int(v) => query.bind(v),
        Val::Uuid(v) => query.bind(v),
        Val::Text(v) => query.bind(v),
        Val::Bytes(v) => query.bind(v),
        Val::Null(Kind::Int) => query.bind(None::<i64>),
        Val::Null(Kind::Uuid) => query.bind(None::<uuid::Uuid>),
        Val::Null(Kind::Text) => query.bind(None::<String>),
        Val::Null(Kind::Bytes) => query.bind(None::<Vec<u8>>),
    }
}

async fn run_statement(
    on: &mut PgConnection,
    statement: &Statement,
) -> Result<Vec<Vec<Val>>, Failure> {
    let mut query = sqlx::query(statement.sql);
    for param in &statement.params {
        query = bind_value(query, param.clone());
    }
    let (rows, touched) = if statement.returns.is_empty() {
        (
            Vec::new(),
            usize::try_from(query.execute(on).await?.rows_affected()).unwrap_or(usize::MAX),
        )
    } else {
        let found = query.fetch_all(on).await?;
        let rows: Result<Vec<Vec<Val>>, sqlx::Error> = found
            .iter()
            .map(|row| {
                debug_assert_eq!(row.columns().len(), statement.returns.len());
                statement
                    .returns
                    .iter()
                    .enumerate()
                    .map(|(i, k)| read_value(*k, row, i))
                    .collect()
            })
            .collect();
        (rows?, found.len())
    };
    if statement.expect == Expect::Some && touched == 0 {
        return Err(Failure::Lost(statement.name));
    }
    Ok(rows)
}

fn read_value(kind: Kind, row: &sqlx::postgres::PgRow, i: usize) -> Result<Val, sqlx::Error> {
    debug_assert!(!row.columns()[i].name().is_empty());
    let null = || Val::Null(kind);
    Ok(match kind {
        Kind::Int => row
            .try_get::<Option<i64>, _>(i)?
            .map_or_else(null, Val::Int),
        Kind::Uuid => row
            .try_get::<Option<uuid::Uuid>, _>(i)?
            .map_or_else(null, Val::Uuid),
        Kind::Text => row
            .try_get::<Option<String>, _>(i)?
            .map_or_else(null, Val::Text),
        Kind::Bytes => row
            .try_get::<Option<Vec<u8>>, _>(i)?
            .map_or_else(null, Val::Bytes),
    })
}

/// Where a write failed: before the commit nothing is stored, at the commit it is unknown.
#[derive(Debug)]
enum Failure {
    Sql(sqlx::Error),
    Commit(sqlx::Error),
    Lost(&'static str),
}

impl From<sqlx::Error> for Failure {
    fn from(e: sqlx::Error) -> Self {
        Self::Sql(e)
    }
}

fn code(error: &sqlx::Error) -> Option<String> {
    error
        .as_database_error()?
        .code()
        .map(std::borrow::Cow::into_owned)
}

fn is_retryable(failure: &Failure) -> bool {
    match failure {
        Failure::Sql(e) => matches!(code(e).as_deref(), Some("40001" | "40P01")),
        Failure::Commit(_) | Failure::Lost(_) => false,
    }
}

/// Which guard a PostgreSQL error stands for.
fn classify(error: &sqlx::Error) -> WriteError {
    let Some(db) = error.as_database_error() else {
        return match error {
            sqlx::Error::PoolTimedOut => WriteError::Busy,
            // A single autocommitted statement whose answer was lost may well be stored.
            sqlx::Error::Io(e) => WriteError::Unknown(e.to_string()),
            other => WriteError::Fault(other.to_string()),
        };
    };
    match db.code().as_deref() {
        Some("23505") => WriteError::Conflict {
            table: db.table().unwrap_or_default().to_owned(),
        },
        Some("23514") => WriteError::Check {
            check: db.constraint().unwrap_or_default().to_owned(),
        },
        Some("53300" | "57P03") => WriteError::Busy,
        Some("57P01" | "57P02") => WriteError::Unknown(db.message().to_owned()),
        _ => WriteError::Fault(db.message().to_owned()),
    }
}
