//! The second wall between clients. Every question and every write says, in the same statement,
//! whose rows it may see and touch; PostgreSQL holds it to that by row-level security, so a text
//! that forgets its client finds nothing instead of somebody else's rows. `docs/security.md` tells
//! the whole.
//!
//! Who may be seen is set once for a request by [`seeing`] and is bound to the statement as its
//! last parameter: `set_config(…, true)` holds for that transaction alone, so nothing is left on a
//! pooled connection. The setting is made by a condition without variables, which PostgreSQL
//! tests before it reads the first row; would it ever test it later, the statement found no rows.
//! Without a setting no row is seen. `SQLite` has no such wall: there the typed layer and the
//! check of [`out_of_reach`] stand alone.

use crate::{
    schema,
    write::{Removal, Write},
};
use kernel::ClientId;
use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    future::Future,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

/// What stands for every client: the house's own work.
const ALL: &str = "*";
/// Rows of the house itself, which hold for everybody: packs of the law.
const HOUSE: i64 = 0;
/// The setting.
const SETTING: &str = "redress.clients";

tokio::task_local! {
    static SEES: Arc<str>;
}

/// Does `work`, which may see and touch rows of these clients alone; of all for the house's own
/// work. Work under nobody's name (workers, commands on the machine) is the house's own.
pub async fn seeing<F: Future>(clients: Option<&[ClientId]>, work: F) -> F::Output {
    let sees = match clients {
        None => ALL.into(),
        Some(list) => list_of(list.iter().map(|c| c.0)),
    };
    SEES.scope(sees, work).await
}

/// The same work on another task: what is spawned from here sees what this task sees.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    SEES.scope(seen(), work)
}

fn list_of(clients: impl Iterator<Item = i64>) -> Arc<str> {
    let mut text = HOUSE.to_string();
    for client in clients {
        let _ = write!(text, ",{client}");
    }
    text.into()
}

/// What the task at hand may see, as the setting says it.
pub(crate) fn seen() -> Arc<str> {
    SEES.try_with(Arc::clone).unwrap_or_else(|_| ALL.into())
}

/// What several writes may touch together.
pub(crate) fn together<'s>(all: impl Iterator<Item = &'s str>) -> Arc<str> {
    let mut clients = HashSet::new();
    for one in all {
        if one == ALL {
            return ALL.into();
        }
        clients.extend(one.split(',').filter_map(|c| c.parse::<i64>().ok()));
    }
    let mut clients: Vec<i64> = clients.into_iter().filter(|c| *c != HOUSE).collect();
    clients.sort_unstable();
    list_of(clients.into_iter())
}

/// The first table a write would touch for a client out of reach. Looked at on both engines,
/// before anything is sent.
pub(crate) fn out_of_reach(write: &Write, sees: &str) -> Option<&'static str> {
    if sees == ALL {
        return None;
    }
    let walled = walled();
    let mine: Vec<i64> = sees.split(',').filter_map(|c| c.parse().ok()).collect();
    let foreign = |row: &Vec<crate::Val>| {
        let client = row.first().and_then(crate::Val::int);
        client.is_none_or(|client| !mine.contains(&client))
    };
    let rows = write
        .batches
        .iter()
        .filter(|b| b.rows.iter().any(foreign))
        .map(|b| b.table.name);
    let gone = |r: &&Removal| r.keys.iter().any(foreign);
    let gone = write.removals.iter().filter(gone).map(|r| r.table.name);
    rows.chain(gone).find(|table| walled.contains(table))
}

/// The tables whose rows belong to clients.
pub(crate) fn walled() -> &'static HashSet<&'static str> {
    static WALLED: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WALLED.get_or_init(|| schema::tables_of_clients().into_iter().collect())
}

/// A condition that makes the setting from parameter `$at`, and holds.
fn gate(at: usize) -> String {
    format!("(SELECT set_config('{SETTING}', ${at}, true)) IS NOT NULL")
}

/// The part that makes the setting from `$1` for a statement of many parts …
pub(crate) const SETS: &str =
    "sees AS MATERIALIZED (SELECT set_config('redress.clients', $1, true) AS made)";
/// … and the condition by which each of them waits for it.
pub(crate) const SET: &str = "(SELECT made FROM sees) IS NOT NULL";

type Texts = RwLock<HashMap<usize, Arc<str>>>;

/// A text by its address, which lives for ever, made once.
fn cached(
    texts: &'static OnceLock<Texts>,
    sql: &'static str,
    make: fn(&str) -> String,
) -> Arc<str> {
    let texts = texts.get_or_init(Texts::default);
    let at = sql.as_ptr().addr();
    let known = texts.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = known.get(&at) {
        return text.clone();
    }
    drop(known);
    let text: Arc<str> = make(sql).into();
    let mut known = texts.write().unwrap_or_else(PoisonError::into_inner);
    known.entry(at).or_insert(text).clone()
}

/// A question with its wall; who may be seen is one parameter more.
pub(crate) fn question(sql: &'static str) -> Arc<str> {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    cached(&TEXTS, sql, walled_question)
}

/// A statement with its wall; whose rows may be touched is one parameter more.
pub(crate) fn statement(sql: &'static str) -> Arc<str> {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    cached(&TEXTS, sql, |sql| gated(sql, &gate(parameters(sql) + 1)))
}

/// See [`question`].
pub(crate) fn walled_question(sql: &str) -> String {
    let gate = gate(parameters(sql) + 1);
    format!("SELECT asked.* FROM ({sql}) AS asked WHERE {gate}")
}

/// How many parameters a text has.
fn parameters(sql: &str) -> usize {
    let numbers = sql.split('$').skip(1).filter_map(|rest| {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest[..digits].parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// A statement that waits for `gate`: an insert of values selects them under it, an update or a
/// delete has it as its first condition.
pub(crate) fn gated(sql: &str, gate: &str) -> String {
    if let Some(at) = outside(sql, "VALUES (") {
        let (head, rest) = sql.split_at(at);
        let rest = &rest["VALUES (".len()..];
        let end = closing(rest);
        let (values, tail) = rest.split_at(end);
        return format!("{head}SELECT {values} WHERE {gate}{}", &tail[1..]);
    }
    match outside(sql, " WHERE ") {
        Some(at) => {
            let (head, rest) = sql.split_at(at);
            let rest = &rest[" WHERE ".len()..];
            let end = outside(rest, " RETURNING ").unwrap_or(rest.len());
            let (conditions, tail) = rest.split_at(end);
            format!("{head} WHERE {gate} AND ({conditions}){tail}")
        }
        None => format!("{sql} WHERE {gate}"),
    }
}

/// Where `words` stand outside of all brackets.
fn outside(sql: &str, words: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in sql.char_indices() {
        if depth == 0 && sql[at..].starts_with(words) {
            return Some(at);
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Where the bracket closes that opened before `text`.
fn closing(text: &str) -> usize {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// What raises the wall on every table of clients: safe to run again.
pub(crate) fn raise() -> Vec<String> {
    let sees = format!(
        "(SELECT current_setting('{SETTING}', true) = '{ALL}') OR client_id = ANY ((SELECT \
         string_to_array(nullif(current_setting('{SETTING}', true), '{ALL}'), ',')::BIGINT[])\
         ::BIGINT[])"
    );
    let mut tables: Vec<_> = walled().iter().collect();
    tables.sort_unstable();
    let raised = |table: &&&str| {
        format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; \
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY; \
             DROP POLICY IF EXISTS wall ON {table}; \
             CREATE POLICY wall ON {table} USING ({sees}) WITH CHECK ({sees})"
        )
    };
    tables.iter().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_wait_for_the_wall() {
        for (sql, expected) in [
            (
                "UPDATE t SET a = $2 WHERE client_id = $1 OR b = 2",
                "UPDATE t SET a = $2 WHERE G AND (client_id = $1 OR b = 2)",
            ),
            (
                "UPDATE t SET a = (SELECT x FROM y WHERE z = 1) WHERE c = $1 RETURNING a",
                "UPDATE t SET a = (SELECT x FROM y WHERE z = 1) WHERE G AND (c = $1) RETURNING a",
            ),
            ("DELETE FROM t", "DELETE FROM t WHERE G"),
            (
                "INSERT INTO t (a, b) VALUES ($1, lower($2)) ON CONFLICT (a) DO UPDATE SET b = 1 \
                 WHERE t.b < $3 RETURNING a",
                "INSERT INTO t (a, b) SELECT $1, lower($2) WHERE G ON CONFLICT (a) DO UPDATE SET \
                 b = 1 WHERE t.b < $3 RETURNING a",
            ),
        ] {
            assert_eq!(gated(sql, "G"), expected);
        }
        assert_eq!(parameters("a = $2 AND b = $11 AND c = $3"), 11);
    }

    #[test]
    fn several_writes_touch_what_each_of_them_may() {
        assert_eq!(&*together(["0,3,2", "0,2,7"].into_iter()), "0,2,3,7");
        assert_eq!(&*together(["0,3", "*"].into_iter()), "*");
        assert_eq!(&*together([].into_iter()), "0");
    }

    #[test]
    fn every_table_with_clients_rows_is_walled_and_directories_are_not() {
        let walled = walled();
        for table in ["return_case", "event", "customer", "outbox", "ledger_leaf"] {
            assert!(walled.contains(table), "{table}");
        }
        for table in ["client", "app_user", "credential", "house_setting"] {
            assert!(!walled.contains(table), "{table}");
        }
    }
}
