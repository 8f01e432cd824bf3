//! Migrations: one text for both engines, applied in order, each statement safe to run again.

use crate::value::Kind;

/// The migrations in order; never edited once released.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_spine.sql")),
    (2, include_str!("../migrations/0002_books.sql")),
    (3, include_str!("../migrations/0003_catalogue.sql")),
    (4, include_str!("../migrations/0004_policy.sql")),
    (5, include_str!("../migrations/0005_found.sql")),
    (7, include_str!("../migrations/0007_documents.sql")),
    (8, include_str!("../migrations/0008_shelf.sql")),
    (9, include_str!("../migrations/0009_reconcile.sql")),
    (11, include_str!("../migrations/0011_disputes.sql")),
    (12, include_str!("../migrations/0012_approvals.sql")),
    (13, include_str!("../migrations/0013_account_lines.sql")),
    (15, include_str!("../migrations/0015_language.sql")),
    (16, include_str!("../migrations/0016_payouts.sql")),
    (17, include_str!("../migrations/0017_people.sql")),
    (18, include_str!("../migrations/0018_settlement.sql")),
    (19, include_str!("../migrations/0019_backfill.sql")),
    (20, include_str!("../migrations/0020_signing_in.sql")),
    (21, include_str!("../migrations/0021_api_keys.sql")),
    (22, include_str!("../migrations/0022_security.sql")),
    (24, include_str!("../migrations/0024_privacy.sql")),
];

/// The newest schema version this binary knows.
pub(crate) const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// The tables whose rows belong to clients: all but those marked `-- local:`.
pub(crate) fn tables_of_clients() -> Vec<&'static str> {
    let (mut tables, mut local) = (Vec::new(), false);
    for line in MIGRATIONS.iter().flat_map(|(_, text)| text.lines()) {
        let line = line.trim_start();
        local |= line.starts_with("-- local:");
        let Some(rest) = line.strip_prefix("CREATE TABLE IF NOT EXISTS ") else {
            continue;
        };
        if !std::mem::take(&mut local) {
            tables.extend(rest.split([' ', '(']).next());
        }
    }
    tables
}

/// Records which migrations ran.
pub(crate) const VERSION_TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_version \
    (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)";

/// Column types and table options of one engine.
pub(crate) struct Dialect {
    int: &'static str,
    uuid: &'static str,
    text: &'static str,
    bytes: &'static str,
    table: &'static str,
}

pub(crate) const SQLITE: Dialect = Dialect {
    int: "INTEGER",
    uuid: "BLOB",
    text: "TEXT",
    bytes: "BLOB",
    table: "STRICT, WITHOUT ROWID",
};

pub(crate) const POSTGRES: Dialect = Dialect {
    int: "BIGINT",
    uuid: "UUID",
    text: "TEXT",
    bytes: "BYTEA",
    table: "",
};

impl Dialect {
    /// The type of a column kind, as used in casts.
    pub(crate) fn of(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Int => self.int,
            Kind::Uuid => self.uuid,
            Kind::Text => self.text,
            Kind::Bytes => self.bytes,
        }
    }

    /// The statements of every migration above `version`, with the version they belong to.
    pub(crate) fn pending(&self, version: i64) -> Vec<(i64, Vec<String>)> {
        MIGRATIONS
            .iter()
            .filter(|(number, _)| *number > version)
            .map(|(number, text)| (*number, self.statements(text)))
            .collect()
    }

    fn statements(&self, text: &str) -> Vec<String> {
        let code: Vec<&str> = text
            .lines()
            .filter(|l| !l.trim_start().starts_with("--"))
            .collect();
        code.join("\n")
            .replace("{int}", self.int)
            .replace("{uuid}", self.uuid)
            .replace("{text}", self.text)
            .replace("{bytes}", self.bytes)
            .replace("{table}", self.table)
            .split(';')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect()
    }
}
