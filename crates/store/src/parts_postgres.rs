//! One write, or several, as the parts of one statement: its text and its parameters. Every part
//! takes its rows as one array per column, so that the text does not depend on how many there are.

use crate::{
    questions::work,
    tables::{self, OnConflict, Table},
    value::{Kind, Val},
    wall,
    write::{Batch, Statement, Write},
};
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use std::fmt::Write as _;

/// What a statement is made of, by the addresses of texts and tables, which live for ever.
pub(crate) type Shape = Vec<(u8, usize)>;

/// Rows, each a slice of values.
type Rows<'w> = Vec<&'w [Val]>;

/// Statements, removals and rows that are stored at once.
#[derive(Debug, Default)]
pub(crate) struct Parts<'w> {
    single: Vec<&'w Statement>,
    many: Vec<(&'static str, Rows<'w>)>,
    removals: Vec<(&'static Table, Rows<'w>)>,
    batches: Vec<(&'static Table, Rows<'w>)>,
    /// Rows that count on top, of several writes in one.
    sums: Vec<Batch>,
}

impl<'w> Parts<'w> {
    /// These statements, and the rows of a write.
    pub(crate) fn of(statements: &'w [Statement], write: &'w Write) -> Self {
        let mut parts = Self {
            single: statements.iter().collect(),
            ..Self::default()
        };
        parts.add_rows(write);
        parts.sort();
        parts
    }

    /// Several writes; each of their statements has a text for many.
    pub(crate) fn of_many(writes: &[&'w Write]) -> Self {
        let mut parts = Self::default();
        for write in writes {
            for statement in &write.statements {
                match work::at_once(statement.sql) {
                    Some(sql) => {
                        let same = |a: &&str, b: &&str| std::ptr::eq(*a, *b);
                        rows_of(&mut parts.many, sql, same).push(&statement.params);
                    }
                    None => parts.single.push(statement),
                }
            }
            parts.add_rows(write);
        }
        parts.add_up();
        parts.sort();
        parts
    }

    /// One statement may touch a row once: what several writes add to one is added up before.
    fn add_up(&mut self) {
        let adds = |table: &Table| table.on_conflict == OnConflict::Add;
        for (table, rows) in self.batches.extract_if(.., |(table, _)| adds(table)) {
            let mut sum = Batch::new(table);
            for row in rows {
                sum.add(row.to_vec());
            }
            self.sums.push(sum);
        }
    }

    fn add_rows(&mut self, write: &'w Write) {
        let same = |a: &&Table, b: &&Table| std::ptr::eq(*a, *b);
        for removal in &write.removals {
            let keys = removal.keys.iter().map(Vec::as_slice);
            rows_of(&mut self.removals, removal.table, same).extend(keys);
        }
        for batch in &write.batches {
            let rows = batch.rows.iter().map(Vec::as_slice);
            rows_of(&mut self.batches, batch.table, same).extend(rows);
        }
    }

    /// Always in the same order: few texts, and two statements take their locks alike.
    fn sort(&mut self) {
        let place = |table: &'static Table| {
            let same = |t: &&Table| std::ptr::eq(*t, table);
            tables::ALL.iter().position(same)
        };
        self.removals.sort_by_key(|(table, _)| place(table));
        self.batches.sort_by_key(|(table, _)| place(table));
        self.sums.sort_by_key(|batch| place(batch.table));
    }

    pub(crate) fn shape(&self) -> Shape {
        let table = |kind, table: &'static Table| (kind, std::ptr::from_ref(table).addr());
        let single = self.single.iter().map(|s| (0, s.sql.as_ptr().addr()));
        let many = self.many.iter().map(|(sql, _)| (1, sql.as_ptr().addr()));
        let removals = self.removals.iter().map(|(t, _)| table(2, t));
        let batches = self.batches.iter().map(|(t, _)| table(3, t));
        let sums = self.sums.iter().map(|b| table(3, b.table));
        let rows = removals.chain(batches).chain(sums);
        single.chain(many).chain(rows).collect()
    }

    /// `WITH sees AS (…), w0 AS (UPDATE …), w1 AS (DELETE …), w2 AS (INSERT …) SELECT 1`; whose
    /// rows may be touched is the first parameter.
    pub(crate) fn text(&self) -> String {
        let mut first = 2;
        let mut parts = Vec::new();
        for statement in &self.single {
            parts.push(wall::gated(
                &renumbered(statement.sql, first - 1),
                wall::SET,
            ));
            first += statement.params.len();
        }
        for (sql, rows) in &self.many {
            parts.push(wall::gated(&renumbered(sql, first - 1), wall::SET));
            first += rows.first().map_or(0, |row| row.len());
        }
        for (table, _) in &self.removals {
            parts.push(table.delete_arrays(first));
            first += table.key;
        }
        let batches = self.batches.iter().map(|(table, _)| *table);
        for table in batches.chain(self.sums.iter().map(|b| b.table)) {
            parts.push(table.insert_arrays(first));
            first += table.columns.len();
        }
        let mut sql = format!("WITH {}", wall::SETS);
        for (i, part) in parts.into_iter().enumerate() {
            let _ = write!(sql, ", w{i} AS ({part})");
        }
        sql.push_str(" SELECT 1");
        sql
    }

    /// The parameters, in the order of [`Self::text`].
    pub(crate) fn bind<'q>(&'q self, query: PgQuery<'q>, sees: &'q str) -> PgQuery<'q> {
        let mut query = query.bind(sees);
        for param in self.single.iter().flat_map(|s| &s.params) {
            query = bind_value(query, param);
        }
        for (_, rows) in &self.many {
            for (i, like) in rows.first().copied().unwrap_or_default().iter().enumerate() {
                query = bind_column(query, rows, i, like.kind());
            }
        }
        for (table, keys) in &self.removals {
            for (i, (_, kind)) in table.columns[..table.key].iter().enumerate() {
                query = bind_column(query, keys, i, *kind);
            }
        }
        for (table, rows) in &self.batches {
            for (i, (_, kind)) in table.columns.iter().enumerate() {
                query = bind_column(query, rows, i, *kind);
            }
        }
        for sum in &self.sums {
            let rows: Rows<'_> = sum.rows.iter().map(Vec::as_slice).collect();
            for (i, (_, kind)) in sum.table.columns.iter().enumerate() {
                query = bind_column(query, &rows, i, *kind);
            }
        }
        query
    }
}

/// The rows kept under `key`; a new list if there is none.
fn rows_of<'l, 'w, K: Copy>(
    all: &'l mut Vec<(K, Rows<'w>)>,
    key: K,
    same: impl Fn(&K, &K) -> bool,
) -> &'l mut Rows<'w> {
    let at = all.iter().position(|(k, _)| same(k, &key));
    let at = at.unwrap_or_else(|| {
        all.push((key, Vec::new()));
        all.len() - 1
    });
    &mut all[at].1
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

fn bind_column<'q>(query: PgQuery<'q>, rows: &[&'q [Val]], i: usize, kind: Kind) -> PgQuery<'q> {
    let column = rows.iter().map(|row| row.get(i));
    match kind {
        Kind::Int => query.bind(column.map(|v| v.and_then(Val::int)).collect::<Vec<_>>()),
        Kind::Uuid => query.bind(column.map(|v| v.and_then(Val::uuid)).collect::<Vec<_>>()),
        Kind::Text => query.bind(column.map(|v| v.and_then(Val::text)).collect::<Vec<_>>()),
        Kind::Bytes => query.bind(column.map(|v| v.and_then(Val::bytes)).collect::<Vec<_>>()),
    }
}

pub(crate) fn bind_value<'q>(query: PgQuery<'q>, value: &'q Val) -> PgQuery<'q> {
    match value {
        Val::Int(v) => query.bind(*v),
        Val::Uuid(v) => query.bind(*v),
        Val::Text(v) => query.bind(v.as_str()),
        Val::Bytes(v) => query.bind(v.as_slice()),
        Val::Null(Kind::Int) => query.bind(None::<i64>),
        Val::Null(Kind::Uuid) => query.bind(None::<uuid::Uuid>),
        Val::Null(Kind::Text) => query.bind(None::<String>),
        Val::Null(Kind::Bytes) => query.bind(None::<Vec<u8>>),
    }
}
