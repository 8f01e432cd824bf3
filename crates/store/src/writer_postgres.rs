//! The PostgreSQL writer. A write is one statement (a chain of writable CTEs over array
//! parameters): one round trip, one implicit transaction. Writes that wait at the same time
//! become one statement together (see `groups`). Only when several parts hang on what a
//! statement returns or touches is it an explicit transaction.

use crate::{
    groups_postgres::{Groups, Waiting, may_join},
    parts_postgres::{Parts, Shape, bind_value},
    value::{Kind, Val},
    wall,
    write::{Expect, Statement, Write, WriteError, Written},
};
use futures::{StreamExt as _, stream};
use sqlx::{AssertSqlSafe, Column as _, PgConnection, PgPool, Row as _};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::oneshot;

/// How often a deadlock or serialisation failure is tried again; nothing was stored then.
const RETRIES: usize = 5;

/// Writes of a group that failed together and are tried again at the same time.
const APART_AT_ONCE: usize = 8;

/// Statement texts by their shape; a handful in practice.
type Texts = Mutex<HashMap<Shape, Arc<str>>>;

/// The handle callers hold.
#[derive(Debug, Clone)]
pub(crate) struct PostgresWriter {
    pool: PgPool,
    texts: Arc<Texts>,
    groups: Arc<Groups>,
}

impl PostgresWriter {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self {
            pool,
            texts: Arc::default(),
            groups: Arc::default(),
        }
    }

    /// Runs a write; all of it is stored or none.
    pub(crate) async fn write(&self, write: Write) -> Result<Written, WriteError> {
        let sees = wall::seen();
        if !may_join(&write) {
            return self.alone(&write, &sees).await;
        }
        let (answer, wait) = oneshot::channel();
        let waiting = Waiting {
            write,
            sees,
            answer,
        };
        if self.groups.join(waiting) {
            // A task of its own: a caller who goes away does not take the others along.
            tokio::spawn(self.clone().run_groups());
        }
        wait.await
            .unwrap_or_else(|_| Err(WriteError::Unknown("the writer stopped".to_owned())))
    }

    /// Writes what waits, until nothing does.
    async fn run_groups(self) {
        while let Some(group) = self.groups.next() {
            let writes: Vec<&Write> = group.iter().map(|w| &w.write).collect();
            let together = match writes.as_slice() {
                [_] => Err(None),
                all => {
                    let sees = wall::together(group.iter().map(|w| &*w.sees));
                    self.together(all, &sees).await.map_err(Some)
                }
            };
            match together {
                Ok(()) => {
                    for Waiting { write, answer, .. } in group {
                        let _ = answer.send(Ok(vec![Vec::new(); write.statements.len()]));
                    }
                }
                // What became of it must be looked up, by each caller.
                Err(Some(WriteError::Unknown(why))) => {
                    for Waiting { answer, .. } in group {
                        let _ = answer.send(Err(WriteError::Unknown(why.clone())));
                    }
                }
                // A guard held for one of them and nothing is stored: each for itself then.
                Err(_) => {
                    stream::iter(group)
                        .for_each_concurrent(APART_AT_ONCE, async |one: Waiting| {
                            let done = self.alone(&one.write, &one.sees).await;
                            let _ = one.answer.send(done);
                        })
                        .await;
                }
            }
        }
    }

    /// Several writes as one statement: all are stored or none.
    async fn together(&self, writes: &[&Write], sees: &str) -> Result<(), WriteError> {
        let parts = Parts::of_many(writes);
        let mut connection = self.pool.acquire().await.map_err(|e| classify(&e))?;
        let done = self.at_once(&mut connection, &parts, sees).await;
        done.map_err(|e| classify(&e))
    }

    async fn alone(&self, write: &Write, sees: &str) -> Result<Written, WriteError> {
        let mut tries = 0;
        loop {
            match self.once(write, sees).await {
                Err(e) if tries < RETRIES && is_retryable(&e) => tries += 1,
                Err(Failure::Sql(e)) => return Err(classify(&e)),
                Err(Failure::Commit(e)) => return Err(WriteError::Unknown(e.to_string())),
                Err(Failure::Lost(name)) => return Err(WriteError::Lost { name }),
                Ok(written) => return Ok(written),
            }
        }
    }

    async fn once(&self, write: &Write, sees: &str) -> Result<Written, Failure> {
        let rows = !write.removals.is_empty() || !write.batches.is_empty();
        match write.statements.as_slice() {
            [] if !rows => Ok(Vec::new()),
            // One statement is a transaction of its own; one that touches nothing changes nothing.
            [only] if !rows => {
                let mut connection = self.pool.acquire().await?;
                Ok(vec![run_statement(&mut connection, only, sees).await?])
            }
            all if all.iter().all(is_silent) => {
                let mut connection = self.pool.acquire().await?;
                let parts = Parts::of(all, write);
                self.at_once(&mut connection, &parts, sees).await?;
                Ok(vec![Vec::new(); all.len()])
            }
            all => {
                let mut tx = self.pool.begin().await?;
                let mut written = Vec::with_capacity(all.len());
                for statement in all {
                    written.push(run_statement(&mut tx, statement, sees).await?);
                }
                if rows {
                    self.at_once(&mut tx, &Parts::of(&[], write), sees).await?;
                }
                tx.commit().await.map_err(Failure::Commit)?;
                Ok(written)
            }
        }
    }

    /// All parts as one statement. They see the database as it was before; no write of ours reads
    /// what another part of it wrote.
    async fn at_once(
        &self,
        on: &mut PgConnection,
        parts: &Parts<'_>,
        sees: &str,
    ) -> Result<(), sqlx::Error> {
        // Every value is a bound parameter; the text is made of texts and names of this crate.
        let text = self.text(parts);
        parts
            .bind(sqlx::query(AssertSqlSafe(text)), sees)
            .execute(on)
            .await?;
        Ok(())
    }

    fn text(&self, parts: &Parts<'_>) -> Arc<str> {
        let mut texts = self
            .texts
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        texts
            .entry(parts.shape())
            .or_insert_with(|| parts.text().into())
            .clone()
    }
}

/// Whether nobody waits for what a statement returns or touches.
fn is_silent(statement: &Statement) -> bool {
    statement.returns.is_empty() && statement.expect == Expect::Any
}

async fn run_statement(
    on: &mut PgConnection,
    statement: &Statement,
    sees: &str,
) -> Result<Vec<Vec<Val>>, Failure> {
    let mut query = sqlx::query(AssertSqlSafe(wall::statement(statement.sql)));
    for param in &statement.params {
        query = bind_value(query, param);
    }
    query = query.bind(sees);
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
