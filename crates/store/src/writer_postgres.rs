//! The PostgreSQL writer. A write of batches alone is one statement (a chain of writable CTEs over
//! array parameters): one round trip, one implicit transaction. With guarded statements it is an
//! explicit transaction.

use crate::{
    value::{Kind, Val},
    write::{Batch, Expect, Statement, Write, WriteError, Written},
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

/// Statement texts by the tables they fill; a handful of shapes in practice.
type Texts = Mutex<HashMap<Vec<usize>, Arc<str>>>;

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
        if write.statements.is_empty() {
            let mut connection = self.pool.acquire().await?;
            self.batches(&mut connection, &write.batches).await?;
            return Ok(Vec::new());
        }
        let mut tx = self.pool.begin().await?;
        let mut written = Vec::with_capacity(write.statements.len());
        for statement in &write.statements {
            written.push(run_statement(&mut tx, statement).await?);
        }
        self.batches(&mut tx, &write.batches).await?;
        tx.commit().await.map_err(Failure::Commit)?;
        Ok(written)
    }

    async fn batches(&self, on: &mut PgConnection, batches: &[Batch]) -> Result<(), sqlx::Error> {
        let filled: Vec<&Batch> = batches.iter().filter(|b| !b.rows.is_empty()).collect();
        if filled.is_empty() {
            return Ok(());
        }
        // Every value is a bound parameter; the text is made of names in `tables` alone.
        let text = self.text(&filled);
        let mut query = sqlx::query(AssertSqlSafe(text));
        for batch in &filled {
            for (i, (_, kind)) in batch.table.columns.iter().enumerate() {
                query = bind_column(query, &batch.rows, i, *kind);
            }
        }
        query.execute(on).await?;
        Ok(())
    }

    fn text(&self, filled: &[&Batch]) -> Arc<str> {
        let shape: Vec<usize> = filled
            .iter()
            .map(|b| std::ptr::from_ref(b.table) as usize)
            .collect();
        let mut texts = self
            .texts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        texts
            .entry(shape)
            .or_insert_with(|| statement_text(filled).into())
            .clone()
    }
}

/// `WITH w0 AS (INSERT …), w1 AS (INSERT …) SELECT 1`.
fn statement_text(filled: &[&Batch]) -> String {
    let mut sql = String::from("WITH ");
    let mut first = 1;
    for (i, batch) in filled.iter().enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}w{i} AS ({})", batch.table.insert_arrays(first));
        first += batch.table.columns.len();
    }
    sql.push_str(" SELECT 1");
    sql
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

async fn run_statement(
    on: &mut PgConnection,
    statement: &Statement,
) -> Result<Vec<Vec<Val>>, Failure> {
    let mut query = sqlx::query(statement.sql);
    for param in &statement.params {
        query = match param.clone() {
            Val::Int(v) => query.bind(v),
            Val::Uuid(v) => query.bind(v),
            Val::Text(v) => query.bind(v),
            Val::Bytes(v) => query.bind(v),
            Val::Null(Kind::Int) => query.bind(None::<i64>),
            Val::Null(Kind::Uuid) => query.bind(None::<uuid::Uuid>),
            Val::Null(Kind::Text) => query.bind(None::<String>),
            Val::Null(Kind::Bytes) => query.bind(None::<Vec<u8>>),
        };
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
