//! What pages and commands cost as the number of cases grows: they must stay flat.

use crate::{
    Settings,
    durable::{ask, fresh},
    house::{self, Keys},
    load,
    rows::{self, Template},
    seed,
    server::Server,
    table::{self, ms},
};
use reqwest::{Client, Method, Request};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::EngineKind;

/// Orders that can still be returned while pages are measured.
const ORDERS: usize = 5_000;
/// How long each page is asked for.
const TIME: Duration = Duration::from_secs(2);

/// Prints the tables of both engines: for each number of cases the pages and commands, one client
/// at a time.
pub async fn run(settings: &Settings, cases: &[usize]) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let (_, whole) = rows::capture(scratch.path()).await?;
    let file = EngineKind::Sqlite(scratch.path().join("redress.db"));
    grown(settings, scratch.path(), &whole, &file, cases).await?;
    let Some(url) = &settings.postgres else {
        println!("\nskipped: PostgreSQL (no --postgres)");
        return Ok(());
    };
    let server = fresh(url, "redress_bench_pages").await?;
    grown(settings, scratch.path(), &whole, &server, cases).await?;
    // A million cases take room: nothing is left for the next part.
    fresh(url, "redress_bench_pages").await.map(drop)
}

async fn grown(
    settings: &Settings,
    data: &Path,
    whole: &Template,
    kind: &EngineKind,
    cases: &[usize],
) -> anyhow::Result<()> {
    let app = house::open(kind).await?;
    seed::orders(&app, 0..ORDERS).await?;
    let keys = house::keys(&app).await?;
    // Seeding wants the database for itself.
    drop(app);
    let asked = Arc::new(AtomicUsize::new(0));
    let engine = match kind {
        EngineKind::Sqlite(_) => "SQLite",
        EngineKind::Postgres(_) => "PostgreSQL",
    };
    table::begin(
        &format!("Pages and commands by number of cases ({engine}, one client at a time)"),
        &["cases", "what", "p50", "p99", "CPU", "bytes"],
    );
    let (mut there, mut took) = (0, Vec::new());
    for &wanted in cases {
        let begin = Instant::now();
        seed::cases(kind, whole, there..wanted).await?;
        took.push(format!(
            "{wanted} after {:.0} s",
            begin.elapsed().as_secs_f64()
        ));
        there = wanted;
        measure(settings, data, kind, &keys, &asked, wanted).await?;
    }
    println!("\nSeeding: {}.", took.join(", "));
    if let EngineKind::Sqlite(path) = kind {
        let size = std::fs::metadata(path)?.len() >> 20;
        println!("The database has {size} MiB.");
    }
    Ok(())
}

async fn measure(
    settings: &Settings,
    data: &Path,
    kind: &EngineKind,
    keys: &Keys,
    asked: &Arc<AtomicUsize>,
    cases: usize,
) -> anyhow::Result<()> {
    let server = Server::start(settings, data, kind).await?;
    let next = Arc::new(AtomicUsize::new(0));
    let page = |path: &'static str| get(&server, keys, move || path.to_owned());
    // Far apart, so that no two are on one page of the database.
    let spread = move || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        seed::case_id(n.wrapping_mul(7919) % cases)
    };
    let other = spread.clone();
    one(&server, cases, "home", page("/")).await?;
    one(&server, cases, "queue page", page("/desk?queue=review")).await?;
    one(&server, cases, "queue page, done", page("/desk?queue=done")).await?;
    one(
        &server,
        cases,
        "case page",
        get(&server, keys, move || format!("/desk/1/{}", spread())),
    )
    .await?;
    let open = move || format!("/api/v1/clients/alfa/returns/{}", other());
    one(&server, cases, "open case (API)", get(&server, keys, open)).await?;
    one(&server, cases, "metrics", page("/metrics")).await?;
    one(
        &server,
        cases,
        "request and decide",
        ask(&server, keys, asked),
    )
    .await
}

fn get(
    server: &Server,
    keys: &Keys,
    path: impl Fn() -> String + Send + Sync + 'static,
) -> impl Fn() -> anyhow::Result<Request> + Send + Sync + 'static {
    let (root, cookie) = (server.url(""), format!("session={}", keys.session));
    let client = Client::new();
    move || {
        let request = client.request(Method::GET, format!("{root}{}", path()));
        Ok(request.header("cookie", &cookie).build()?)
    }
}

async fn one(
    server: &Server,
    cases: usize,
    what: &str,
    make: impl Fn() -> anyhow::Result<Request> + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let bytes = load::answered(&Client::new(), make()?).await?.len();
    let before = server.cpu()?;
    let seen = load::http(1, TIME, make).await?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of one run are far below 2^52"
    )]
    let cpu = (server.cpu()? - before) / seen.took.len() as f64;
    table::row(&[
        cases.to_string(),
        what.to_owned(),
        ms(seen.percentile(50)),
        ms(seen.percentile(99)),
        ms(cpu),
        bytes.to_string(),
    ]);
    Ok(())
}
