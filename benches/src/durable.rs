//! A request for a return with its decision, durable when answered: over HTTP on the real program,
//! beside the raw engine writing the same rows in the same minute.
//!
//! SQLite is compared with one writer that commits in groups (`synchronous=FULL`), PostgreSQL with
//! one statement per request on a connection per client. While it answers, the program also makes
//! labels, words mails and sequences the ledger; the raw engines do nothing of that. What is left of
//! that work when the clients stop, and how long it takes, stands in the table too.

use crate::{
    Settings,
    house::{self, Keys},
    load::{self, Seen},
    rows::{Rows, Template, capture, need},
    seed,
    server::{Server, postgres_cpu},
    table::{self, ms},
};
use anyhow::Context as _;
use reqwest::{Client, Method, Request, header};
use rusqlite::Connection;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, Postgres, postgres::PgArguments,
    query::Query,
};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};
use store::{EngineKind, Val};
use uuid::Uuid;

/// Orders to return for each second of measuring: more than the raw engines can write.
const ORDERS_PER_SECOND: u64 = 6_000;
/// Writes in one commit of the raw writer, as in ours.
const GROUP_MAX: usize = 256;
/// How long the work that follows may take to catch up.
const CATCH_UP_MAX: Duration = Duration::from_mins(2);

/// Prints the table of both engines.
pub async fn run(settings: &Settings, clients: &[usize]) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let (template, _) = capture(scratch.path()).await?;
    table::begin(
        &format!(
            "Durable request and decision, {} rows each",
            template.count()
        ),
        &[
            "engine",
            "clients",
            "requests/s",
            "p50",
            "p99",
            "CPU app",
            "CPU database",
            "raw/s",
            "raw p50",
            "of raw",
            "work left",
            "done after",
        ],
    );
    let file = |name: &str| EngineKind::Sqlite(scratch.path().join(name));
    let (kind, raw) = (file("redress.db"), file("raw.db"));
    engine(settings, scratch.path(), &template, (&kind, &raw), clients).await?;
    let Some(url) = &settings.postgres else {
        println!("\nskipped: PostgreSQL (no --postgres)");
        return Ok(());
    };
    let (kind, raw) = (
        fresh(url, "redress_bench").await?,
        fresh(url, "redress_bench_raw").await?,
    );
    engine(settings, scratch.path(), &template, (&kind, &raw), clients).await
}

/// A new, empty database on the server at `url`.
pub async fn fresh(url: &str, name: &str) -> anyhow::Result<EngineKind> {
    let mut admin = PgConnection::connect(url)
        .await
        .context("PostgreSQL does not answer")?;
    for sql in [
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        format!("CREATE DATABASE {name}"),
    ] {
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
    }
    let (base, _) = url.rsplit_once('/').context("a database URL has a path")?;
    Ok(EngineKind::Postgres(format!("{base}/{name}")))
}

async fn engine(
    settings: &Settings,
    data: &Path,
    template: &Template,
    (kind, raw): (&EngineKind, &EngineKind),
    clients: &[usize],
) -> anyhow::Result<()> {
    let mut keys = None;
    // One second more for the warm-up.
    let seconds = 1 + settings.seconds * clients.len() as u64;
    let orders = usize::try_from(seconds * ORDERS_PER_SECOND)?;
    for kind in [raw, kind] {
        let app = house::open(kind).await?;
        seed::orders(&app, 0..orders).await?;
        keys = Some(house::keys(&app).await?);
    }
    let keys = keys.context("two databases")?;
    let orders = Arc::new(order_ids(raw).await?);
    let backend = match kind {
        EngineKind::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await?;
            let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
                .fetch_one(&mut connection)
                .await?;
            // The connection stays open: its process is how the others are found.
            Some((connection, u32::try_from(pid)?))
        }
        EngineKind::Sqlite(_) => None,
    };
    let database = || {
        backend
            .as_ref()
            .map_or(Ok(0.0), |(_, pid)| postgres_cpu(*pid))
    };
    let server = Server::start(settings, data, kind).await?;
    let (asked, written) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
    load::http(1, Duration::from_secs(1), ask(&server, &keys, &asked)).await?;
    for &n in clients {
        let bare = match raw {
            EngineKind::Sqlite(path) => {
                sqlite(path, template, &orders, &written, n, settings.time())?
            }
            EngineKind::Postgres(url) => {
                postgres(url, template, &orders, &written, n, settings.time()).await?
            }
        };
        let before = (server.cpu()?, database()?);
        let seen = load::http(n, settings.time(), ask(&server, &keys, &asked)).await?;
        let used = (server.cpu()? - before.0, database()? - before.1);
        let (left, after) = caught_up(kind).await?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of one run are far below 2^52"
        )]
        let each = |cpu: f64| ms(cpu / seen.took.len() as f64);
        table::row(&[
            if backend.is_some() {
                "PostgreSQL"
            } else {
                "SQLite"
            }
            .to_owned(),
            n.to_string(),
            format!("{:.0}", seen.rate()),
            ms(seen.percentile(50)),
            ms(seen.percentile(99)),
            each(used.0),
            each(used.1),
            format!("{:.0}", bare.rate()),
            ms(bare.percentile(50)),
            format!("{:.2}", seen.rate() / bare.rate()),
            left.to_string(),
            format!("{after:.1} s"),
        ]);
    }
    println!(
        "\npeak memory of the program: {:.0} MiB",
        server.memory("VmHWM")?
    );
    Ok(())
}

/// How many jobs are left now, and how long it takes until none is, seconds.
async fn caught_up(kind: &EngineKind) -> anyhow::Result<(i64, f64)> {
    const SQL: &str = "SELECT count(*) FROM outbox WHERE state = 'open'";
    let begin = Instant::now();
    let mut first = None;
    loop {
        let left: i64 = match kind {
            EngineKind::Sqlite(path) => {
                Connection::open(path)?.query_row(SQL, [], |row| row.get(0))?
            }
            EngineKind::Postgres(url) => {
                sqlx::query_scalar(SQL)
                    .fetch_one(&mut PgConnection::connect(url).await?)
                    .await?
            }
        };
        let at_end = *first.get_or_insert(left);
        if left == 0 || begin.elapsed() > CATCH_UP_MAX {
            return Ok((at_end, begin.elapsed().as_secs_f64()));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Builds one request for a return after the other, each of an order of its own.
pub fn ask(
    server: &Server,
    keys: &Keys,
    next: &Arc<AtomicUsize>,
) -> impl Fn() -> anyhow::Result<Request> + Send + Sync + 'static {
    let (url, key, next) = (
        server.url("/api/v1/clients/alfa/returns"),
        keys.api.clone(),
        next.clone(),
    );
    let client = Client::new();
    move || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let body = serde_json::json!({
            "order": seed::number(n),
            "lines": [{ "line": 0, "units": 1, "reason": "changed_mind" }],
        });
        let request = client
            .request(Method::POST, &url)
            .bearer_auth(&key)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", crate::rows::id(7, n as u64).to_string())
            .body(body.to_string());
        Ok(request.build()?)
    }
}

async fn order_ids(kind: &EngineKind) -> anyhow::Result<Vec<Uuid>> {
    const SQL: &str = "SELECT order_id FROM sales_order WHERE client_id = 1 ORDER BY number";
    Ok(match kind {
        EngineKind::Sqlite(path) => {
            let connection = Connection::open(path)?;
            let mut statement = connection.prepare(SQL)?;
            let ids = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            ids.map(|id| Ok(Uuid::from_slice(&id?)?))
                .collect::<anyhow::Result<_>>()?
        }
        EngineKind::Postgres(url) => {
            sqlx::query_scalar(SQL)
                .fetch_all(&mut PgConnection::connect(url).await?)
                .await?
        }
    })
}

/// A write on its way to the raw writer, and where the answer goes.
type Asked = (Vec<Rows>, mpsc::SyncSender<()>);

/// The raw SQLite writer: takes what waits, writes it, commits once, answers.
fn sqlite(
    path: &Path,
    template: &Template,
    orders: &Arc<Vec<Uuid>>,
    written: &Arc<AtomicU64>,
    clients: usize,
    time: Duration,
) -> anyhow::Result<Seen> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    let (queue, waiting) = mpsc::sync_channel::<Asked>(GROUP_MAX);
    let writer = thread::spawn(move || commit_groups(&connection, &waiting));
    let begin = Instant::now();
    let loops: Vec<_> = (0..clients)
        .map(|_| {
            let (queue, orders, written) = (queue.clone(), orders.clone(), written.clone());
            let template = template.clone();
            thread::spawn(move || -> anyhow::Result<Vec<f64>> {
                let mut took = Vec::new();
                while begin.elapsed() < time {
                    let n = written.fetch_add(1, Ordering::Relaxed);
                    let rows = template.again(n, need(&orders, n)?);
                    let sent = Instant::now();
                    let (answer, wait) = mpsc::sync_channel(1);
                    queue.send((rows, answer))?;
                    wait.recv().context("the raw writer failed")?;
                    took.push(sent.elapsed().as_secs_f64());
                }
                Ok(took)
            })
        })
        .collect();
    drop(queue);
    let mut seen = Seen::default();
    for ended in loops {
        let took = ended
            .join()
            .map_err(|_| anyhow::anyhow!("a raw client panicked"))?;
        seen.took.extend(took?);
    }
    seen.seconds = begin.elapsed().as_secs_f64();
    writer
        .join()
        .map_err(|_| anyhow::anyhow!("the raw writer panicked"))??;
    seen.took.sort_by(f64::total_cmp);
    Ok(seen)
}

fn commit_groups(connection: &Connection, waiting: &mpsc::Receiver<Asked>) -> anyhow::Result<()> {
    while let Ok(first) = waiting.recv() {
        let group: Vec<Asked> = std::iter::once(first)
            .chain(waiting.try_iter().take(GROUP_MAX - 1))
            .collect();
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for part in group.iter().flat_map(|(rows, _)| rows) {
            let values = part.rows.iter().flatten();
            connection
                .prepare_cached(&part.insert('?', 1))?
                .execute(rusqlite::params_from_iter(values))?;
        }
        connection.execute_batch("COMMIT")?;
        for (_, answer) in group {
            let _ = answer.send(());
        }
    }
    Ok(())
}

/// The raw PostgreSQL: one statement per request, a connection per client.
async fn postgres(
    url: &str,
    template: &Template,
    orders: &Arc<Vec<Uuid>>,
    written: &Arc<AtomicU64>,
    clients: usize,
    time: Duration,
) -> anyhow::Result<Seen> {
    let text: Arc<str> = statement(&template.parts).into();
    let template = Arc::new(template.clone());
    let (orders, written) = (orders.clone(), written.clone());
    let step = move |mut connection: PgConnection| {
        let n = written.fetch_add(1, Ordering::Relaxed);
        let rows = need(&orders, n).map(|order| template.again(n, order));
        let text = text.clone();
        async move {
            let mut query = sqlx::query(AssertSqlSafe(text));
            for value in rows?.into_iter().flat_map(|part| part.rows).flatten() {
                query = bind(query, value);
            }
            query.execute(&mut connection).await?;
            Ok(connection)
        }
    };
    load::closed(
        clients,
        time,
        async |_| Ok(PgConnection::connect(url).await?),
        step,
    )
    .await
}

/// `WITH w0 AS (INSERT …), … SELECT 1` over these rows.
fn statement(parts: &[Rows]) -> String {
    let mut first = 1;
    let mut inserts = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        inserts.push(format!("w{i} AS ({})", part.insert('$', first)));
        first += part.rows.len() * part.table.columns.len();
    }
    format!("WITH {} SELECT 1", inserts.join(", "))
}

fn bind(query: Query<'_, Postgres, PgArguments>, value: Val) -> Query<'_, Postgres, PgArguments> {
    match value {
        Val::Int(v) => query.bind(v),
        Val::Uuid(v) => query.bind(v),
        Val::Text(v) => query.bind(v),
        Val::Bytes(v) => query.bind(v),
        // Only texts and numbers may be absent, and PostgreSQL knows the column's type.
        Val::Null(_) => query.bind(None::<i64>),
    }
}
