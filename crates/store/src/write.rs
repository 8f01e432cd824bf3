//! The one way anything is written: a [`Write`] of row batches and guarded statements that
//! happens wholly or not at all, and the [`WriteError`] that says which guard held.

use crate::{
    tables::{OnConflict, Table},
    value::{Kind, Val},
};
use std::fmt::Write as _;

/// Rows for one table, each with a value per column in the table's order.
#[derive(Debug)]
pub struct Batch {
    /// Where they go.
    pub table: &'static Table,
    /// The rows.
    pub rows: Vec<Vec<Val>>,
}

impl Batch {
    pub(crate) const fn new(table: &'static Table) -> Self {
        Self {
            table,
            rows: Vec::new(),
        }
    }

    /// Adds a row whose numbers count on top: into the row of the same key, for one statement
    /// may touch a row once, and in the order of keys, so that two writes never wait for each
    /// other's rows.
    pub(crate) fn add(&mut self, row: Vec<Val>) {
        let key = self.table.key;
        match self.rows.binary_search_by(|r| r[..key].cmp(&row[..key])) {
            Ok(at) => {
                for (sum, more) in self.rows[at].iter_mut().zip(row).skip(key) {
                    if let (Val::Int(sum), Val::Int(more)) = (sum, more) {
                        *sum = sum.saturating_add(more);
                    }
                }
            }
            Err(at) => self.rows.insert(at, row),
        }
    }
}

/// How many rows a statement must touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Any number.
    Any,
    /// At least one; otherwise the whole write is undone with [`WriteError::Lost`].
    Some,
}

/// A statement that is not an insert of rows: a guarded update, a claim, a delete.
#[derive(Debug)]
pub struct Statement {
    /// Its name in errors and logs.
    pub name: &'static str,
    /// The text, valid on both engines, with `$1`-style parameters.
    pub sql: &'static str,
    /// Its parameters.
    pub params: Vec<Val>,
    /// Kinds of the columns it returns; empty if it returns none.
    pub returns: &'static [Kind],
    /// How many rows it must touch.
    pub expect: Expect,
}

/// Everything one command writes.
#[derive(Debug, Default)]
pub struct Write {
    /// Statements, run first and in order.
    pub statements: Vec<Statement>,
    /// Rows that go, after the statements.
    pub removals: Vec<Removal>,
    /// Row batches, run last.
    pub batches: Vec<Batch>,
}

/// Rows to take out of one table; one that is gone already is no failure.
#[derive(Debug)]
pub struct Removal {
    /// From where.
    pub table: &'static Table,
    /// Their keys: the values of the table's first [`Table::key`] columns.
    pub keys: Vec<Vec<Val>>,
}

/// What the statements of a write returned, in their order: rows of values.
pub type Written = Vec<Vec<Vec<Val>>>;

impl Write {
    /// An empty write.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one row to the batch of `table`.
    pub fn row(&mut self, table: &'static Table, row: Vec<Val>) {
        debug_assert_eq!(row.len(), table.columns.len(), "columns of {}", table.name);
        match self
            .batches
            .iter_mut()
            .find(|b| std::ptr::eq(b.table, table))
        {
            Some(batch) if table.on_conflict == OnConflict::Add => batch.add(row),
            Some(batch) => batch.rows.push(row),
            None => self.batches.push(Batch {
                table,
                rows: vec![row],
            }),
        }
    }

    /// Takes the row with this key out of `table`.
    pub fn remove(&mut self, table: &'static Table, key: Vec<Val>) {
        debug_assert_eq!(key.len(), table.key, "the key of {}", table.name);
        match self
            .removals
            .iter_mut()
            .find(|r| std::ptr::eq(r.table, table))
        {
            Some(removal) => removal.keys.push(key),
            None => self.removals.push(Removal {
                table,
                keys: vec![key],
            }),
        }
    }

    /// Adds a statement.
    pub fn statement(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    /// Its statements and the tables it touches, in the order they run.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let statements = self.statements.iter().map(|s| s.name);
        let removals = self.removals.iter().map(|r| r.table.name);
        let rows = self.batches.iter().map(|b| b.table.name);
        statements.chain(removals).chain(rows).collect()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.removals.is_empty() && self.batches.is_empty()
    }
}

/// Why a write did not happen. Nothing of it is stored when any of these comes back, except
/// after [`WriteError::Unknown`], where the caller must look.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A key that guards against stale or duplicate writes was there already.
    #[error("another write to {table} came first")]
    Conflict {
        /// The table whose key it was.
        table: String,
    },
    /// A check failed: the money ceiling of an order, a positive amount.
    #[error("the check {check} does not hold")]
    Check {
        /// Its name.
        check: String,
    },
    /// A statement touched no row though it had to.
    #[error("{name} found nothing to change")]
    Lost {
        /// The statement's name.
        name: &'static str,
    },
    /// The writer's queue is full or the database is busy; try again later.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// The connection broke at commit: the write may or may not be stored.
    #[error("the outcome of the write is unknown: {0}")]
    Unknown(String),
    /// The database failed otherwise.
    #[error("the database failed: {0}")]
    Fault(String),
}

impl Table {
    /// The insert of one row with `$1`-style parameters (SQLite).
    pub(crate) fn insert_row(&self) -> String {
        let params: Vec<String> = (1..=self.columns.len()).map(|i| format!("${i}")).collect();
        let mut sql = self.insert_head();
        let _ = write!(sql, " VALUES ({})", params.join(", "));
        sql.push_str(&self.conflict_tail());
        sql
    }

    /// The insert of many rows from one array per column, parameters from `first` (PostgreSQL).
    pub(crate) fn insert_arrays(&self, first: usize) -> String {
        let mut sql = self.insert_head();
        let _ = write!(
            sql,
            " SELECT * FROM unnest({}) WHERE {}",
            arrays(self.columns, first),
            crate::wall::SET
        );
        sql.push_str(&self.conflict_tail());
        sql
    }

    /// The delete of one row by its key with `$1`-style parameters (SQLite).
    pub(crate) fn delete_row(&self) -> String {
        let key = self.columns.iter().take(self.key).zip(1..);
        let same: Vec<String> = key.map(|((name, _), i)| format!("{name} = ${i}")).collect();
        format!("DELETE FROM {} WHERE {}", self.name, same.join(" AND "))
    }

    /// The delete of many rows from one array per key column, parameters from `first`
    /// (PostgreSQL).
    pub(crate) fn delete_arrays(&self, first: usize) -> String {
        let key = &self.columns[..self.key];
        let names: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
        let same: Vec<String> = names.iter().map(|n| format!("gone.{n} = k.{n}")).collect();
        format!(
            "DELETE FROM {} gone USING unnest({}) AS k ({}) WHERE {} AND {}",
            self.name,
            arrays(key, first),
            names.join(", "),
            crate::wall::SET,
            same.join(" AND ")
        )
    }

    fn insert_head(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("INSERT INTO {} ({})", self.name, names.join(", "))
    }

    /// What an insert says about a key that is there already; empty if it fails.
    pub fn conflict_tail(&self) -> String {
        let (key, rest) = self.columns.split_at(self.key);
        let key: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
        match self.on_conflict {
            OnConflict::Fail => String::new(),
            OnConflict::Keep => " ON CONFLICT DO NOTHING".to_owned(),
            OnConflict::Update | OnConflict::Add => {
                let set = |(name, _): &(&str, Kind)| match self.on_conflict {
                    OnConflict::Add => format!("{name} = {}.{name} + excluded.{name}", self.name),
                    _ => format!("{name} = excluded.{name}"),
                };
                let sets: Vec<String> = rest.iter().map(set).collect();
                format!(
                    " ON CONFLICT ({}) DO UPDATE SET {}",
                    key.join(", "),
                    sets.join(", ")
                )
            }
        }
    }
}

/// `$4::BIGINT[], $5::UUID[]` for these columns.
fn arrays(columns: &[(&str, Kind)], first: usize) -> String {
    let typed = |((_, kind), at): (&(&str, Kind), usize)| {
        format!("${at}::{}[]", crate::schema::POSTGRES.of(*kind))
    };
    let all: Vec<String> = columns.iter().zip(first..).map(typed).collect();
    all.join(", ")
}
