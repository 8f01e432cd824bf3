//! `redress serve`: opens the house and runs it until it is told to stop: pages and API, the
//! worker that drains the outbox, the one that does checks and backtests, the ledger's sequencer, the bank's folders.

use crate::{
    Verdict, adapters, bank::Banks, cards::Cards, config::Config, out::Out, sandbox, senders,
};
use anyhow::Context as _;
use app::{App, Post, directory::Directory};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse as _, Redirect, Response},
};
use gateways::{till::Till, webhooks::HttpWebhooks};
use kernel::Permission;
use ports::PaymentGateway;
use redress_http::{assets, csrf::Csrf, peer, problem, security, trace};
use std::{fs::File, future::Future, net::SocketAddr, sync::Arc, time::Duration};
use surface::door::{By, Declared, Door, Doors, Effect};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

/// How long a request may take; streams send headers long before.
const REQUEST_MAX: Duration = Duration::from_secs(30);
/// How long open requests may go on after the signal to stop.
const DRAIN_MAX: Duration = Duration::from_secs(10);
/// The largest body a route takes unless it says otherwise.
const BODY_MAX: usize = 1 << 20;

/// A house that is open and has its ways outside, but does not run yet.
pub struct Opened {
    /// The application.
    pub app: App,
    banks: Arc<Banks>,
    senders: Vec<Arc<dyn api::ReadPayments>>,
    /// Held as long as the service lives; the system lets go of it however the process ends.
    _lock: File,
}

/// Makes sure that one service works in this data directory: bank files are written once only
/// while one process owns them.
pub fn lock(config: &Config) -> anyhow::Result<File> {
    std::fs::create_dir_all(&config.data)?;
    let path = config.data.join("service.lock");
    let file = File::create(&path).with_context(|| format!("{}", path.display()))?;
    if file.try_lock().is_err() {
        anyhow::bail!(
            "the data directory {} is in use by another service",
            config.data.display()
        );
    }
    Ok(file)
}

/// Opens the house of this run with real ways outside.
pub async fn open(config: &Config) -> anyhow::Result<Opened> {
    let lock = lock(config)?;
    let store = adapters::open_store(config).await?;
    must_be_walled(config, &store).await?;
    let directory = Directory::load(&store).await?;
    let banks = Arc::new(Banks::open(config, &directory)?);
    let cards = Cards::open(config, &directory)?;
    let mut gateways: Vec<Arc<dyn PaymentGateway>> = vec![banks.clone(), Arc::new(Till)];
    gateways.extend(cards.gateways());
    let domain = config
        .base_url
        .split("://")
        .nth(1)
        .unwrap_or("redress.invalid");
    let post = Post {
        writer: Arc::new(mail::Words),
        mailer: mailer(config, domain)?,
    };
    let webhooks = Arc::new(HttpWebhooks {
        allow_private: config.allow_private_webhooks,
    });
    let app = adapters::open_on(config, store, gateways, webhooks, post).await?;
    Ok(Opened {
        app,
        banks,
        senders: senders::readers(&cards),
        _lock: lock,
    })
}

/// Refuses to serve as a role of the database that row-level security does not bind.
async fn must_be_walled(config: &Config, store: &store::Store) -> anyhow::Result<()> {
    let passes = store.role_passes_walls().await?;
    if passes.is_empty() || config.allow_bypassing_role {
        return Ok(());
    }
    anyhow::bail!(
        "the role of the database passes the walls between clients: {}. Run `redress migrate \
         --server-role NAME` as this role and serve as NAME, or, on one machine alone, give \
         --allow-bypassing-role (docs/security.md)",
        passes.join(", ")
    );
}

/// Mail goes to the server that is configured, else into files.
fn mailer(config: &Config, domain: &str) -> anyhow::Result<Arc<dyn ports::Mailer>> {
    Ok(match &config.smtp_url {
        Some(url) => Arc::new(mail::SmtpMailer::new(url, domain)?),
        None => Arc::new(mail::FileMailer::new(config.data.join("mail"), domain)),
    })
}

/// `redress serve`.
pub async fn run(config: &Config, out: Out) -> anyhow::Result<Verdict> {
    let opened = open(config).await?;
    serve(config, opened, |address| {
        out.answer(
            &serde_json::json!({ "listening": address, "url": config.base_url }),
            || format!("redress listens on {address} ({})", config.base_url),
        );
    })
    .await
}

/// Runs an open house until SIGINT or SIGTERM; `ready` is called once it answers.
pub async fn serve(
    config: &Config,
    opened: Opened,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<Verdict> {
    let Opened {
        app,
        banks,
        senders,
        _lock,
    } = opened;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", config.listen))?;
    let address = listener.local_addr()?;
    let streams = CancellationToken::new();
    let router = router(config, &app, senders, streams.clone()).await?;
    // Before anything runs, so that a signal to stop is never missed.
    let asked = asked_to_stop()?;
    let (stop, stopped) = watch::channel(false);
    let mut work = JoinSet::new();
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_worker(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_sequencer(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_policies(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_refusals(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_reconciliation(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        app.run_backfill(stopped).await;
    });
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        banks.run(app, stopped).await;
    });
    if let Some(address) = config.metrics_listen {
        let listener = TcpListener::bind(address).await;
        let listener =
            listener.with_context(|| format!("{address} cannot be listened on for metrics"))?;
        spawn(&mut work, &app, &stopped, |app, mut stopped| async move {
            let stop = async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            let served = axum::serve(listener, api::metrics::router(app));
            if let Err(error) = served.with_graceful_shutdown(stop).await {
                tracing::warn!(%error, "metrics are not served any more");
            }
        });
    }
    let own = config.clone();
    spawn(&mut work, &app, &stopped, |app, stopped| async move {
        crate::privacy::keep(&own, &app, stopped).await;
    });
    let data = config.data.clone();
    spawn(&mut work, &app, &stopped, |app, stopped| {
        sandbox::run(app, data, stopped)
    });
    ready(address);
    let ending = streams.clone();
    // Limits per address need the address.
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked.await;
        ending.cancel();
    });
    // Requests that hang past the limit are cut: what they stored is stored, the rest is not.
    let cut = async {
        streams.cancelled().await;
        tokio::time::sleep(DRAIN_MAX).await;
    };
    tokio::select! {
        ended = std::future::IntoFuture::into_future(server) => ended?,
        () = cut => tracing::warn!("some requests were cut off at shutdown"),
        // Without its worker the house would take requests it cannot see through.
        _ = work.join_next() => anyhow::bail!("a background task ended; see the log"),
    }
    let _ = stop.send(true);
    let ended = async { while work.join_next().await.is_some() {} };
    // What is cut here was under a lease and comes again.
    let _ = tokio::time::timeout(DRAIN_MAX, ended).await;
    Ok(Verdict::InOrder)
}

fn spawn<F: Future<Output = ()> + Send + 'static>(
    work: &mut JoinSet<()>,
    app: &App,
    stopped: &watch::Receiver<bool>,
    task: impl FnOnce(App, watch::Receiver<bool>) -> F,
) {
    work.spawn(task(app.clone(), stopped.clone()));
}

/// Resolves when the process is asked to stop.
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    })
}

/// What the QR code on a label opens: the dock for who works there, the portal for everybody else.
async fn open_by_rma(
    State(app): State<App>,
    signed: Option<surface::Signed>,
    Path(rma): Path<String>,
) -> Response {
    let docks = signed.is_some_and(|s| s.scope.permissions().has(Permission::DockWork));
    if docks {
        return Redirect::to(&format!("/dock?scan={rma}")).into_response();
    }
    portal::open_by_rma(&app, &rma).await
}

/// Every route people and programs come to, each with its door.
pub fn pages() -> Doors {
    Doors::pages()
        .merge(desk::router())
        .merge(dock::router())
        .merge(portal::router())
        .merge(api::router())
        .get("/r/{rma}", Door::anybody(), open_by_rma)
}

/// Everything the server answers, with its doors.
pub fn declared() -> Vec<Declared> {
    let mut all = pages().declared().to_vec();
    all.extend_from_slice(api::inbound().declared());
    let one = |method, path: String, door| Declared {
        method,
        path,
        door,
        effect: if method == "GET" {
            Effect::Reads
        } else {
            Effect::Changes
        },
        by: By::Key,
    };
    for provider in senders::PROVIDERS {
        let path = format!("/inbound/{provider}/{{client}}");
        all.push(one("POST", path, Door::sender()));
    }
    all.push(one("GET", "/assets/{name}".to_owned(), Door::anybody()));
    all
}

/// Every surface under the shared edge: panics, time, size, cross-site checks, errors, headers.
async fn router(
    config: &Config,
    app: &App,
    senders: Vec<Arc<dyn api::ReadPayments>>,
    streams: CancellationToken,
) -> anyhow::Result<Router> {
    let key = app.secret("csrf_key").await?;
    let secure = config.base_url.starts_with("https://");
    let origin = secure.then_some(config.base_url.as_str());
    let csrf = Csrf::new(key, surface::session_cookie(app), origin);
    let metrics = config.metrics_token()?;
    let metrics = metrics.map(|token| Extension(api::metrics::Token(token.into())));
    let pages = pages()
        .into_router()
        .fallback(async || redress_http::Problem::not_found())
        .with_state(app.clone());
    let pages = match metrics {
        Some(token) => pages.layer(token),
        None => pages,
    };
    let pages = pages
        .layer(Extension(streams))
        .layer(middleware::from_fn_with_state(app.clone(), desk::guard))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn_with_state(
            csrf,
            redress_http::csrf::check,
        ))
        .layer(middleware::from_fn(problem::negotiate))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_MAX,
        ))
        .layer(CatchPanicLayer::new());
    // Signed by their senders, without a session: outside the cross-site check.
    let payments = senders.into_iter().map(api::payments);
    let inbound = payments
        .fold(api::inbound(), Doors::merge)
        .into_router()
        .with_state(app.clone())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_MAX,
        ))
        .layer(CatchPanicLayer::new());
    let proxies: Arc<[peer::Network]> = config.trusted_proxies.clone().into();
    let headers = security::Policy {
        private: true,
        hsts: secure,
    };
    Ok(pages
        .merge(inbound)
        .layer(middleware::from_fn(api::metrics::count))
        .merge(assets::router())
        .layer(middleware::from_fn_with_state(headers, security::apply))
        .layer(middleware::from_fn_with_state(proxies, peer::tell))
        .layer(middleware::from_fn(trace::request))
        .layer(CompressionLayer::new()))
}
