//! Opening a store and reading from it. Readers use their own snapshots and never wait for the
//! writer.

use crate::{
    schema,
    sqlite_writer::SqliteWriter,
    wall,
    write::{Write, WriteError, Written},
    writer_postgres::PostgresWriter,
};
use sqlx::{
    AssertSqlSafe, Executor as _, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{path::PathBuf, str::FromStr as _, sync::Arc, time::Duration};

/// A question that could not be answered, or a store that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// The embedded database could not be opened or migrated.
    #[error("the database file cannot be opened: {0}")]
    Open(String),
    /// The database was written by a newer binary.
    #[error(
        "the database has schema version {found}, this binary knows {known}: start the newer \
         binary, or restore a backup made before the upgrade"
    )]
    Newer {
        /// Version found.
        found: i64,
        /// Version known.
        known: i64,
    },
    /// A stored value is not what its column promises.
    #[error("{table}.{column} holds a value that cannot be read: {why}")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// What is wrong.
        why: String,
    },
}

/// Which engine a store runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineKind {
    /// Embedded SQLite in this file.
    Sqlite(PathBuf),
    /// PostgreSQL at this URL.
    Postgres(String),
}

/// The readers of one engine; public so that `on!`-style macros of the questions can match it.
#[derive(Debug, Clone)]
pub enum Engine {
    /// Embedded.
    Lite(SqlitePool),
    /// Server.
    Pg(PgPool),
}

#[derive(Debug, Clone)]
enum Writer {
    Lite(SqliteWriter),
    Pg(PostgresWriter),
}

/// Stands beside the one write path and is told of every write. A test that lets the process die
/// between any two steps needs it: what a crash may leave behind is decided by these moments.
pub trait WriteWatch: Send + Sync {
    /// A write is about to be handed over; `to` names its statements and tables.
    fn before(&self, to: &[&'static str]);
    /// It is stored, and nobody was told yet.
    fn after(&self, to: &[&'static str]);
}

#[derive(Clone)]
struct Watched(Arc<dyn WriteWatch>);

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watched")
    }
}

/// An open database: many readers, one write path. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    writer: Writer,
    watch: Option<Watched>,
}

impl Store {
    /// Opens the database, creating and migrating it as needed. `now_ms` stamps migrations;
    /// `readers` is the number of reading connections.
    pub async fn open(kind: &EngineKind, now_ms: i64, readers: u32) -> Result<Self, StoreError> {
        match kind {
            EngineKind::Sqlite(path) => {
                let file = path.clone();
                let writer = tokio::task::spawn_blocking(move || SqliteWriter::open(&file, now_ms))
                    .await
                    .map_err(|e| StoreError::Open(e.to_string()))?
                    .map_err(|e| StoreError::Open(format!("{}: {e}", path.display())))?;
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .read_only(true)
                    .busy_timeout(Duration::from_secs(5))
                    .statement_cache_capacity(256)
                    .pragma("cache_size", "-4000");
                let pool = SqlitePoolOptions::new()
                    .max_connections(readers)
                    .min_connections(1)
                    .test_before_acquire(false)
                    .connect_with(options)
                    .await?;
                let store = Self {
                    engine: Engine::Lite(pool),
                    writer: Writer::Lite(writer),
                    watch: None,
                };
                store.check_version().await?;
                Ok(store)
            }
            EngineKind::Postgres(url) => {
                let options = PgConnectOptions::from_str(url)?
                    .application_name("redress")
                    .statement_cache_capacity(256);
                let pool = PgPoolOptions::new()
                    .max_connections(readers)
                    // A ping before each use would be a round trip per question.
                    .test_before_acquire(false)
                    .acquire_timeout(Duration::from_secs(10))
                    .connect_with(options)
                    .await?;
                migrate_postgres(&pool, now_ms).await?;
                let writer = Writer::Pg(PostgresWriter::new(pool.clone()));
                let store = Self {
                    engine: Engine::Pg(pool),
                    writer,
                    watch: None,
                };
                store.check_version().await?;
                Ok(store)
            }
        }
    }

    /// The same store with somebody beside its writes.
    #[must_use]
    pub fn watched(self, watch: Arc<dyn WriteWatch>) -> Self {
        Self {
            watch: Some(Watched(watch)),
            ..self
        }
    }

    /// Stores everything in `write`, or nothing.
    pub async fn write(&self, write: Write) -> Result<Written, WriteError> {
        let Some(Watched(watch)) = &self.watch else {
            return self.hand_over(write).await;
        };
        let to = write.names();
        watch.before(&to);
        let done = self.hand_over(write).await;
        watch.after(&to);
        done
    }

    async fn hand_over(&self, write: Write) -> Result<Written, WriteError> {
        if let Some(table) = wall::out_of_reach(&write, &wall::seen()) {
            let why = format!("a row of {table} is of a client out of reach");
            return Err(WriteError::Fault(why));
        }
        match &self.writer {
            Writer::Lite(writer) => writer.write(write).await,
            Writer::Pg(writer) => writer.write(write).await,
        }
    }

    /// The readers.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// `"sqlite"` or `"postgres"`.
    pub fn engine_name(&self) -> &'static str {
        match self.engine {
            Engine::Lite(_) => "sqlite",
            Engine::Pg(_) => "postgres",
        }
    }

    /// Why the wall between clients does not bind the role this store is opened with; nothing if
    /// it does, or on an engine without roles.
    pub async fn role_passes_walls(&self) -> Result<Vec<&'static str>, StoreError> {
        const SQL: &str = "SELECT r.rolsuper, r.rolbypassrls, EXISTS (SELECT 1 FROM pg_class c \
            WHERE c.oid = to_regclass('return_case') AND pg_has_role(c.relowner, 'MEMBER')) \
            FROM pg_roles r WHERE r.rolname = current_user";
        let Engine::Pg(pool) = &self.engine else {
            return Ok(Vec::new());
        };
        let found: (bool, bool, bool) = sqlx::query_as(SQL).fetch_one(pool).await?;
        let whys = [
            (found.0, "it is a superuser"),
            (found.1, "it has BYPASSRLS"),
            (found.2, "it owns the tables"),
        ];
        let whys = whys.into_iter().filter(|(holds, _)| *holds);
        Ok(whys.map(|(_, why)| why).collect())
    }

    /// Lets a role of the database read and write rows, and nothing else: for the server. Only
    /// the owner of the tables can.
    pub async fn grant_to(&self, role: &str) -> Result<(), StoreError> {
        let Engine::Pg(pool) = &self.engine else {
            return Ok(());
        };
        // The one name that cannot be a parameter; quoted as PostgreSQL quotes names.
        let role = format!("\"{}\"", role.replace('"', "\"\""));
        let grants = format!(
            "GRANT USAGE ON SCHEMA public TO {role}; \
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        );
        sqlx::raw_sql(AssertSqlSafe(grants)).execute(pool).await?;
        Ok(())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Lite(pool) => pool.execute("SELECT 1").await.map(drop)?,
            Engine::Pg(pool) => pool.execute("SELECT 1").await.map(drop)?,
        }
        Ok(())
    }

    async fn check_version(&self) -> Result<(), StoreError> {
        const SQL: &str = "SELECT CAST(max(version) AS BIGINT) FROM schema_version";
        let found: i64 = match &self.engine {
            Engine::Lite(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await?,
            Engine::Pg(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await?,
        };
        if found > schema::VERSION {
            return Err(StoreError::Newer {
                found,
                known: schema::VERSION,
            });
        }
        Ok(())
    }
}

/// Tables of clients without their wall.
async fn unwalled(on: impl sqlx::PgExecutor<'_>) -> Result<Vec<String>, sqlx::Error> {
    const SQL: &str = "SELECT t.name FROM unnest($1::TEXT[]) AS t (name) \
        LEFT JOIN pg_class c ON c.oid = to_regclass(t.name) \
        LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'wall' \
        WHERE p.oid IS NULL OR NOT c.relrowsecurity OR NOT c.relforcerowsecurity ORDER BY t.name";
    let tables: Vec<String> = wall::walled().iter().map(ToString::to_string).collect();
    sqlx::query_scalar(SQL).bind(tables).fetch_all(on).await
}

async fn migrate_postgres(pool: &PgPool, now_ms: i64) -> Result<(), StoreError> {
    // The server itself may not make tables, so it only looks whether they are as they should be.
    let there = "SELECT to_regclass('schema_version') IS NOT NULL";
    if sqlx::query_scalar(there).fetch_one(pool).await? {
        let version: i64 =
            sqlx::query_scalar("SELECT COALESCE(max(version), 0) FROM schema_version")
                .fetch_one(pool)
                .await?;
        if version >= schema::VERSION && unwalled(pool).await?.is_empty() {
            return Ok(());
        }
    }
    let mut tx = pool.begin().await?;
    // Two nodes may start at once; the lock ends with the transaction. 7401 is ours alone.
    sqlx::query("SELECT pg_advisory_xact_lock(7401)")
        .execute(&mut *tx)
        .await?;
    tx.execute(schema::VERSION_TABLE).await?;
    let version: i64 = sqlx::query_scalar("SELECT COALESCE(max(version), 0) FROM schema_version")
        .fetch_one(&mut *tx)
        .await?;
    for (number, statements) in schema::POSTGRES.pending(version) {
        for statement in statements {
            // Our own migration text, with engine types filled in.
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("INSERT INTO schema_version VALUES ($1, $2)")
            .bind(number)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
    }
    if !unwalled(&mut *tx).await?.is_empty() {
        for statement in wall::raise() {
            // Made of names of our own migrations.
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut *tx)
                .await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
