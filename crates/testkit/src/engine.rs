//! A fresh database per test: a file in memory-backed storage where there is some, and a schema
//! of its own on the PostgreSQL server named by `REDRESS_TEST_PG`.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{
    future::Future,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};
use store::{EngineKind, Store};
use tempfile::TempDir;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A database that goes away with its value (files) or with the server (PostgreSQL).
#[derive(Debug)]
pub struct Engine {
    /// How to open it.
    pub kind: EngineKind,
    _files: Option<TempDir>,
}

impl Engine {
    /// A new embedded database.
    ///
    /// # Panics
    /// When no temporary directory can be made.
    pub fn sqlite() -> Self {
        // fsync costs nothing here; what is durable is tested by the fault tests on real disks.
        let shm = Path::new("/dev/shm");
        let made = if shm.is_dir() {
            tempfile::tempdir_in(shm)
        } else {
            tempfile::tempdir()
        };
        #[expect(clippy::expect_used, reason = "a test without a directory cannot run")]
        let files = made.expect("a temporary directory");
        Self {
            kind: EngineKind::Sqlite(files.path().join("redress.db")),
            _files: Some(files),
        }
    }

    /// A new database on the test server, or `None` (saying so) when there is no server.
    ///
    /// # Panics
    /// When the server is named but does not answer.
    #[expect(
        clippy::expect_used,
        reason = "a named server that does not answer fails the test"
    )]
    pub async fn postgres() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "tests find their server by this variable"
        )]
        let Ok(server) = std::env::var("REDRESS_TEST_PG") else {
            println!("skipped: PostgreSQL (REDRESS_TEST_PG is not set)");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("redress_test_{}_{number}", std::process::id());
        let mut admin = PgConnection::connect(&server)
            .await
            .expect("the test server answers");
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(drop)))
            .await
            .expect("drop");
        let create = format!("CREATE DATABASE {name}");
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(create)))
            .await
            .expect("create");
        let (head, query) = server
            .split_once('?')
            .map_or((&*server, None), |(h, q)| (h, Some(q)));
        let base = head.rsplit_once('/').map_or(head, |(base, _)| base);
        let query = query.map(|q| format!("?{q}")).unwrap_or_default();
        let kind = EngineKind::Postgres(format!("{base}/{name}{query}"));
        Some(Self { kind, _files: None })
    }

    /// Opens it.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[expect(clippy::expect_used, reason = "a test without a store cannot run")]
    pub async fn open(&self) -> Store {
        Store::open(&self.kind, 0, 4)
            .await
            .expect("the store opens")
    }
}

/// Runs one test body on both engines; without a PostgreSQL server on SQLite alone.
pub async fn both<F: Future<Output = ()>>(body: impl Fn(Engine) -> F) {
    body(Engine::sqlite()).await;
    if let Some(engine) = Engine::postgres().await {
        body(engine).await;
    }
}
