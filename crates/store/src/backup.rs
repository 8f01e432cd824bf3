//! Copies of a whole database: made while it is in use, and put back into an empty place. What a
//! copy means, and whether it is sound, is the command's business; here is only how each engine
//! copies. PostgreSQL's own programs do it there: nothing else knows all of its types.

use crate::{Engine, EngineKind, Store, StoreError, schema};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, postgres::PgConnectOptions};
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::Command,
    str::FromStr as _,
};

/// A copy that could not be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The place to put a copy back into holds something.
    #[error("{0} is not empty: a copy is put back into an empty place only, so move it away first")]
    NotEmpty(String),
    /// A program of PostgreSQL is missing.
    #[error(
        "{0} is not installed: it comes with PostgreSQL's client programs (`apt install postgresql-client`)"
    )]
    NoProgram(&'static str),
    /// A program of PostgreSQL refused.
    #[error("{program} failed: {words}")]
    Program {
        /// Which.
        program: &'static str,
        /// The last it said.
        words: String,
    },
    /// The address of the server is not one.
    #[error("the database address cannot be read")]
    Address,
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The newest schema version this binary knows.
pub const SCHEMA: i64 = schema::VERSION;

/// Writes a copy of the whole database, as it was at one moment, to a new file.
///
/// # Errors
/// [`BackupError`]; what was written so far is left for the caller to remove.
pub async fn dump(store: &Store, kind: &EngineKind, to: &Path) -> Result<(), BackupError> {
    match (store.engine(), kind) {
        (Engine::Lite(pool), _) => {
            sqlx::query("VACUUM INTO ?1")
                .bind(to.to_string_lossy().as_ref())
                .execute(pool)
                .await?;
        }
        (Engine::Pg(_), EngineKind::Postgres(url)) => {
            let args = ["--format=custom", "--no-owner", "--no-privileges", "--file"];
            let mut command = Command::new("pg_dump");
            command.args(args).arg(to).envs(surroundings(url)?);
            program("pg_dump", command).await?;
        }
        (Engine::Pg(_), EngineKind::Sqlite(_)) => return Err(BackupError::Address),
    }
    let file = File::open(to).map_err(|source| of(to, source))?;
    file.sync_all().map_err(|source| of(to, source))
}

/// Puts a copy back into an empty database.
///
/// # Errors
/// [`BackupError::NotEmpty`] where there is one already; others as the engine says.
pub async fn load(kind: &EngineKind, from: &Path) -> Result<(), BackupError> {
    match kind {
        EngineKind::Sqlite(file) => {
            // A log left by a crash would be played into the file that is put back.
            for tail in ["", "-wal", "-shm", "-journal"] {
                let mut name = file.clone().into_os_string();
                name.push(tail);
                let beside = PathBuf::from(name);
                if beside.exists() {
                    return Err(BackupError::NotEmpty(beside.display().to_string()));
                }
            }
            // Only a whole file gets the name: a copy that breaks off leaves no half database.
            let partial = file.with_extension("partial");
            std::fs::copy(from, &partial).map_err(|source| of(&partial, source))?;
            let written = File::open(&partial).and_then(|f| f.sync_all());
            written.map_err(|source| of(&partial, source))?;
            std::fs::rename(&partial, file).map_err(|source| of(file, source))
        }
        EngineKind::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await?;
            let taken = sqlx::query("SELECT to_regclass('schema_version') IS NOT NULL")
                .fetch_one(&mut connection)
                .await?;
            connection.close().await?;
            let surroundings = surroundings(url)?;
            let name = surroundings.iter().find(|(key, _)| *key == "PGDATABASE");
            let name = name.map(|(_, name)| name.clone()).unwrap_or_default();
            if taken.try_get(0)? {
                return Err(BackupError::NotEmpty(format!("the database {name}")));
            }
            let mut command = Command::new("pg_restore");
            command
                .args(["--exit-on-error", "--single-transaction", "--no-owner"])
                .args(["--no-privileges", "--dbname"])
                .arg(&name)
                .arg(from)
                .envs(surroundings);
            program("pg_restore", command).await
        }
    }
}

/// What the engine itself finds wrong with its files; empty if nothing.
///
/// # Errors
/// [`StoreError`] when it cannot be asked.
pub async fn faults(store: &Store) -> Result<Vec<String>, StoreError> {
    let Engine::Lite(pool) = store.engine() else {
        // A restore in one transaction either built every table and key or failed.
        return Ok(Vec::new());
    };
    let words: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)")
        .fetch_all(pool)
        .await?;
    Ok(words.into_iter().filter(|word| word != "ok").collect())
}

/// An empty database beside a house, to try a copy in; [`Scratch::remove`] takes it away.
#[derive(Debug)]
pub struct Scratch {
    /// Where it is.
    pub kind: EngineKind,
    server: Option<(String, String)>,
}

impl Scratch {
    /// Makes one: a file in `folder`, or a database of its own on the same server, which the
    /// user of `kind` must be allowed to make.
    ///
    /// # Errors
    /// [`BackupError`] when the server refuses.
    pub async fn beside(kind: &EngineKind, folder: &Path, tag: &str) -> Result<Self, BackupError> {
        let EngineKind::Postgres(url) = kind else {
            let kind = EngineKind::Sqlite(folder.join("redress.db"));
            return Ok(Self { kind, server: None });
        };
        let name = format!("redress_scratch_{tag}");
        let known = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !name.chars().all(known) {
            return Err(BackupError::Address);
        }
        let mut connection = PgConnection::connect(url).await?;
        // The name is our own word and the tag's letters.
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await?;
        connection.close().await?;
        let mut other = url::Url::parse(url).map_err(|_| BackupError::Address)?;
        other.set_path(&name);
        Ok(Self {
            kind: EngineKind::Postgres(other.to_string()),
            server: Some((url.clone(), name)),
        })
    }

    /// Takes it away. A file goes with its folder.
    ///
    /// # Errors
    /// [`BackupError`] when the server refuses.
    pub async fn remove(self) -> Result<(), BackupError> {
        if let Some((url, name)) = self.server {
            let mut connection = PgConnection::connect(&url).await?;
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            sqlx::raw_sql(AssertSqlSafe(drop))
                .execute(&mut connection)
                .await?;
            connection.close().await?;
        }
        Ok(())
    }
}

/// The variables PostgreSQL's programs read: a password never stands on a command line, where
/// everybody on the machine can see it.
fn surroundings(url: &str) -> Result<Vec<(&'static str, String)>, BackupError> {
    let options = PgConnectOptions::from_str(url)?;
    let parsed = url::Url::parse(url).map_err(|_| BackupError::Address)?;
    let socket = options
        .get_socket()
        .map(|p| p.to_string_lossy().into_owned());
    let database = options.get_database().unwrap_or(options.get_username());
    let mut all = vec![
        (
            "PGHOST",
            socket.unwrap_or_else(|| options.get_host().to_owned()),
        ),
        ("PGPORT", options.get_port().to_string()),
        ("PGUSER", options.get_username().to_owned()),
        ("PGDATABASE", database.to_owned()),
    ];
    let given = parsed.query_pairs().find(|(key, _)| key == "password");
    let password = match (parsed.password(), given) {
        (Some(password), _) => Some(
            percent_encoding::percent_decode_str(password)
                .decode_utf8_lossy()
                .into_owned(),
        ),
        (None, Some((_, value))) => Some(value.into_owned()),
        (None, None) => None,
    };
    all.extend(password.map(|password| ("PGPASSWORD", password)));
    let mode = parsed.query_pairs().find(|(key, _)| key == "sslmode");
    all.extend(mode.map(|(_, mode)| ("PGSSLMODE", mode.into_owned())));
    Ok(all)
}

async fn program(name: &'static str, mut command: Command) -> Result<(), BackupError> {
    let ran = tokio::task::spawn_blocking(move || command.output()).await;
    let failed = |words: String| BackupError::Program {
        program: name,
        words,
    };
    let output = match ran.map_err(|e| failed(e.to_string()))? {
        Ok(output) => output,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoProgram(name)),
        Err(e) => return Err(failed(e.to_string())),
    };
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = words.trim().lines().rev().take(3).collect();
    Err(failed(
        last.into_iter().rev().collect::<Vec<_>>().join("; "),
    ))
}

fn of(path: &Path, source: io::Error) -> BackupError {
    BackupError::File {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log that a crash left beside a database that is gone would be played into the copy.
    #[tokio::test]
    async fn nothing_is_put_back_beside_what_a_crash_left() {
        for tail in ["", "-wal", "-shm", "-journal"] {
            let dir = tempfile::tempdir().unwrap();
            let copy = dir.path().join("copy");
            std::fs::write(&copy, b"a copy").unwrap();
            let file = dir.path().join("redress.db");
            let stale = dir.path().join(format!("redress.db{tail}"));
            std::fs::write(&stale, b"left").unwrap();
            let kind = EngineKind::Sqlite(file.clone());
            let refused = load(&kind, &copy).await;
            assert!(matches!(refused, Err(BackupError::NotEmpty(_))), "{tail:?}");
            assert_eq!(std::fs::read(&stale).unwrap(), b"left", "{tail:?}");
            std::fs::remove_file(&stale).unwrap();
            load(&kind, &copy).await.unwrap();
            assert_eq!(std::fs::read(&file).unwrap(), b"a copy");
        }
    }
}
