//! Health and figures about the installation itself: no client, no person, no case in them.

use app::App;
use axum::{
    Extension, Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::Permission;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use redress_http::Problem;
use std::{
    sync::{Arc, LazyLock},
    time::Instant,
};
use subtle::ConstantTimeEq;
use surface::{Caller, Failure};

/// A due job may wait this long before the installation counts as not ready, seconds.
const OUTBOX_AGE_MAX: u64 = 120;

/// How a request is counted: the route's pattern, never its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Route, Histogram>,
    jobs_open: Gauge,
    jobs_dead: Gauge,
    outbox_age: Gauge,
    ledger_pending: Gauge,
}

static METRICS: LazyLock<Metrics> = LazyLock::new(|| {
    let mut registry = Registry::with_prefix("redress");
    let requests = Family::default();
    registry.register("http_requests", "Requests answered", requests.clone());
    // 1 ms to 8 s, doubling.
    let buckets = || Histogram::new(exponential_buckets(0.001, 2.0, 14));
    let seconds = Family::<Route, Histogram>::new_with_constructor(buckets);
    registry.register("http_request_seconds", "Time to answer", seconds.clone());
    let mut gauge = |name: &str, help: &str| {
        let gauge = Gauge::default();
        registry.register(name, help, gauge.clone());
        gauge
    };
    let jobs_open = gauge("jobs_open", "Jobs that wait or are being tried");
    let jobs_dead = gauge("jobs_dead", "Jobs given up; each needs a person");
    let outbox_age = gauge(
        "outbox_age_seconds",
        "How long the oldest due job has waited",
    );
    let ledger_pending = gauge(
        "ledger_pending",
        "Events that wait for their place in the ledger",
    );
    Metrics {
        registry,
        requests,
        seconds,
        jobs_open,
        jobs_dead,
        outbox_age,
        ledger_pending,
    }
});

/// Middleware: counts and times requests by route. Layer it once, around everything.
pub async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "unmatched".to_owned(), |m| m.as_str().to_owned());
    // Methods are the caller's text: only the known ones become labels.
    let method = match request.method().as_str() {
        known @ ("GET" | "POST" | "PUT" | "DELETE" | "HEAD") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    METRICS
        .requests
        .get_or_create(&Labels {
            method,
            route: route.clone(),
            status,
        })
        .inc();
    METRICS
        .seconds
        .get_or_create(&Route { route })
        .observe(began.elapsed().as_secs_f64());
    response
}

/// `/livez`: the process answers.
pub async fn livez() -> &'static str {
    "ok"
}

/// `/readyz`: the database answers and work is being done.
pub async fn readyz(State(app): State<App>) -> Response {
    let reason = match app.vitals().await {
        Ok(v) if v.outbox_age_seconds <= OUTBOX_AGE_MAX => return "ok".into_response(),
        Ok(_) => "outbox",
        Err(error) => {
            tracing::warn!(%error, "not ready");
            "database"
        }
    };
    (StatusCode::SERVICE_UNAVAILABLE, reason).into_response()
}

/// The token that opens `/metrics` on the address of the pages.
#[derive(Clone)]
pub struct Token(pub Arc<str>);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// `/metrics` where everybody can ask: for who shows the token, and for an administrator. For
/// others it is not there.
pub async fn guarded(
    token: Option<Extension<Token>>,
    headers: HeaderMap,
    caller: Result<Caller, Failure>,
    state: State<App>,
) -> Result<Response, Failure> {
    let shown = headers.get(header::AUTHORIZATION);
    let shown = shown.and_then(|v| v.as_bytes().strip_prefix(b"Bearer "));
    let opens = |Extension(Token(token)): Extension<Token>| {
        shown.is_some_and(|shown| shown.ct_eq(token.as_bytes()).into())
    };
    let runs_it = |c: Caller| c.scope.permissions().has(Permission::Administer);
    if token.is_some_and(opens) || caller.is_ok_and(runs_it) {
        return text(state).await;
    }
    Err(Problem::not_found().into())
}

/// `/metrics` alone, for an address of its own that only the collector reaches.
pub fn router(app: App) -> Router {
    Router::new().route("/metrics", get(text)).with_state(app)
}

/// OpenMetrics text.
async fn text(State(app): State<App>) -> Result<Response, Failure> {
    let vitals = app.vitals().await?;
    let set = |gauge: &Gauge, n: u64| gauge.set(i64::try_from(n).unwrap_or(i64::MAX));
    set(&METRICS.jobs_open, vitals.jobs_open);
    set(&METRICS.jobs_dead, vitals.jobs_dead);
    set(&METRICS.outbox_age, vitals.outbox_age_seconds);
    set(&METRICS.ledger_pending, vitals.ledger_pending);
    let mut body = String::new();
    encode(&mut body, &METRICS.registry).map_err(|_| Problem::internal())?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}
