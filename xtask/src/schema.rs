//! Walls between clients in SQL: every key starts with `client_id`, every question names it.

use crate::{literals::literals, repository::File};

/// A table of a migration.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Whether it is a directory of the installation, marked `-- local:`.
    pub local: bool,
    /// Its columns and constraints, one a line.
    pub lines: Vec<String>,
}

/// The tables a migration creates. A comment that starts with `-- local:` marks the next one.
pub fn tables(migration: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let (mut local, mut inside) = (false, false);
    for line in migration.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("CREATE TABLE IF NOT EXISTS ") {
            let name = rest.split([' ', '(']).next().unwrap_or_default().to_owned();
            tables.push(Table {
                name,
                local,
                lines: Vec::new(),
            });
            (local, inside) = (false, true);
        } else if line.starts_with(')') {
            inside = false;
        } else if line.starts_with("--") {
            local |= line.starts_with("-- local:");
        } else if inside && let Some(table) = tables.last_mut() {
            table.lines.push(line.trim_end_matches(',').to_owned());
        }
    }
    tables
}

/// What would not distribute by client or would differ between the engines.
const FORBIDDEN: &[&str] = &[
    "TRIGGER",
    "SERIAL",
    "BIGSERIAL",
    "SEQUENCE",
    "AUTOINCREMENT",
    "IDENTITY",
];

/// Keys that do not start with `client_id`, and things a migration must not make.
pub fn migration_findings(migration: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for table in tables(migration).iter().filter(|t| !t.local) {
        let name = &table.name;
        if !table
            .lines
            .iter()
            .any(|l| l.starts_with("client_id {int} NOT NULL"))
        {
            findings.push(format!(
                "{name}: no client_id; a directory is marked `-- local:`"
            ));
        }
        if !table.lines.iter().any(|l| l.contains("PRIMARY KEY")) {
            findings.push(format!("{name}: no primary key"));
        }
        for line in &table.lines {
            for word in ["PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "REFERENCES"] {
                if line
                    .match_indices(word)
                    .any(|(at, _)| !leads(line, &line[at + word.len()..]))
                {
                    findings.push(format!(
                        "{name}: {word} does not start with client_id: {line}"
                    ));
                }
            }
        }
    }
    let code = migration
        .lines()
        .filter(|l| !l.trim_start().starts_with("--"));
    for line in code {
        let upper = line.to_uppercase();
        for word in upper.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if FORBIDDEN.contains(&word) {
                findings.push(format!("{word} is not allowed: {line}"));
            }
        }
        if upper.starts_with("CREATE UNIQUE INDEX") && !line.contains("(client_id") {
            findings.push(format!(
                "unique index does not start with client_id: {line}"
            ));
        }
    }
    findings
}

/// Whether the first column after a key word is the client: in its list, or as the column the
/// key word stands on.
fn leads(line: &str, after: &str) -> bool {
    match after.split_once('(') {
        Some((_, columns)) => columns.trim_start().starts_with("client_id"),
        None => line.starts_with("client_id "),
    }
}

/// Texts that look across clients on purpose, with the reason. Each answers with references the
/// caller checks against its scope, or works for the house itself.
pub const ACROSS_CLIENTS: &[(&str, &str)] = &[
    ("REFS_BY_RMA", "a scanned parcel names only its RMA"),
    (
        "REFS_BY_TRACKING",
        "a carrier names only its tracking number",
    ),
    ("OBLIGATION_REFS", "a bank names only our obligation"),
    ("PENDING_CLIENTS", "the sequencer asks whose leaves wait"),
    (
        "POLICIES",
        "the house keeps every published policy in memory",
    ),
    (
        "PUBLICATION_COUNT",
        "the house notices what another process published",
    ),
    (
        "RUN_DUE",
        "the worker of checks and backtests looks at every client",
    ),
    ("LAW_PACKS", "the house keeps every law pack in memory"),
    ("LAW_STATE", "tells every node that the law changed"),
    ("LAW_SIGN_OFFS", "the house keeps every sign-off in memory"),
    (
        "CLOCKS_RINGING",
        "the watch over statutory clocks looks at every client",
    ),
    (
        "CREDITS_ENDING",
        "the watch over store credit looks at every client",
    ),
    (
        "ERASURES_DUE",
        "the watch over erasures that are held looks at every client",
    ),
    ("CLAIM_LITE", "workers take jobs of every client"),
    ("CLAIM_PG", "workers take jobs of every client"),
    (
        "FINISH_MANY",
        "a worker finishes jobs of several clients at once, each named with its client",
    ),
    (
        "PAYMENTS_WAITING",
        "a house that was put back is put back whole",
    ),
    (
        "HOLD_PAYMENTS",
        "a house that was put back is put back whole",
    ),
    ("OPEN_COUNT", "the operator's gauge of all jobs"),
    ("ANY_DUE", "workers take jobs of every client"),
    ("OLDEST", "the operator's gauge of all jobs"),
    ("DEAD_COUNT", "the operator's gauge of all jobs"),
    ("PENDING_TOTAL", "the operator's gauge of all logs"),
];

/// SQL texts of the store that read or write a table of clients without saying which client, and
/// names in [`ACROSS_CLIENTS`] that no text has.
pub fn question_findings(files: &[File], tables: &[Table]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut across: Vec<&str> = ACROSS_CLIENTS.iter().map(|(name, _)| *name).collect();
    for file in files
        .iter()
        .filter(|f| f.path.starts_with("crates/store/src/questions/"))
    {
        for literal in literals(&file.text) {
            if let Some(at) = across.iter().position(|name| *name == literal.name) {
                across.swap_remove(at);
                continue;
            }
            for table in unwalled(&literal.text, tables) {
                let name = &literal.name;
                let line = literal.line;
                findings.push(format!(
                    "{}:{line}: {name} does not hold {table} to a client",
                    file.path
                ));
            }
        }
    }
    findings.extend(
        across
            .iter()
            .map(|name| format!("ACROSS_CLIENTS names {name}, which is gone")),
    );
    findings
}

/// The tables a text names without a condition on their client.
fn unwalled<'a>(sql: &'a str, tables: &[Table]) -> Vec<&'a str> {
    let words: Vec<&str> = sql
        .split(|c: char| c.is_whitespace() || "(),".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        if !["FROM", "JOIN", "UPDATE", "INTO"].contains(word) {
            continue;
        }
        let Some(table) = words.get(i + 1) else {
            continue;
        };
        if !tables.iter().any(|t| t.name == *table && !t.local) {
            continue;
        }
        // A table of the text is held by its own alias, or by the only bare `client_id =`.
        let alias = words
            .get(i + 2)
            .filter(|w| w.chars().all(|c| c.is_ascii_lowercase()));
        let held = match alias {
            Some(alias) => {
                holds(sql, &format!("{alias}.client_id ="))
                    || holds(sql, &format!("= {alias}.client_id"))
            }
            None => holds(sql, "client_id ="),
        };
        let bound = sql.contains("client_id = $") || sql.trim_end().ends_with("client_id =");
        if *word != "INTO" && !(held && bound) {
            found.push(*table);
        }
    }
    found
}

/// Whether `sql` holds `condition` not in the middle of a longer name.
fn holds(sql: &str, condition: &str) -> bool {
    sql.match_indices(condition)
        .any(|(at, _)| !sql[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::{migration_findings, tables, unwalled};

    const GOOD: &str = "\
-- local: a directory
CREATE TABLE IF NOT EXISTS client (
    client_id {int} NOT NULL PRIMARY KEY,
    slug {text} NOT NULL UNIQUE
) {table};
CREATE TABLE IF NOT EXISTS parcel (
    client_id {int} NOT NULL,
    parcel_id {uuid} NOT NULL,
    PRIMARY KEY (client_id, parcel_id),
    FOREIGN KEY (client_id, case_id) REFERENCES return_case (client_id, case_id)
) {table};
";

    #[test]
    fn keys_that_start_with_the_client_pass() {
        assert_eq!(migration_findings(GOOD), Vec::<String>::new());
    }

    #[test]
    fn keys_that_do_not_are_found() {
        for (from, to) in [
            (
                "PRIMARY KEY (client_id, parcel_id)",
                "PRIMARY KEY (parcel_id)",
            ),
            (
                "REFERENCES return_case (client_id, case_id)",
                "REFERENCES return_case (case_id)",
            ),
            (
                "parcel_id {uuid} NOT NULL,",
                "parcel_id {uuid} NOT NULL UNIQUE,",
            ),
            ("-- local: a directory\n", ""),
            (
                "CREATE TABLE IF NOT EXISTS parcel",
                "CREATE SEQUENCE s;\nCREATE TABLE IF NOT EXISTS parcel",
            ),
        ] {
            let bad = GOOD.replace(from, to);
            assert_ne!(bad, GOOD);
            assert_eq!(migration_findings(&bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn questions_without_a_client_are_found() {
        let tables = tables(GOOD);
        let open = |sql: &str| unwalled(sql, &tables).len();
        assert_eq!(
            open("SELECT a FROM parcel WHERE client_id = $1 AND parcel_id = $2"),
            0
        );
        assert_eq!(open("SELECT a FROM parcel p WHERE p.client_id = $1"), 0);
        assert_eq!(open("SELECT a FROM client WHERE slug = $1"), 0);
        assert_eq!(open("SELECT client_id FROM parcel WHERE parcel_id = $1"), 1);
        assert_eq!(
            open(
                "SELECT a FROM parcel p JOIN parcel q ON q.parcel_id = p.parcel_id WHERE p.client_id = $1"
            ),
            1
        );
        assert_eq!(open("DELETE FROM parcel"), 1);
    }
}
