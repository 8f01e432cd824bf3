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
    (24, include_str!("../migrations/0024_privacy.sql")),
];

/// The newest schema version this binary knows.
pub(crate) const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

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
