//! Request ids and one log line per request. Ids are ours: one sent from outside is ignored, and
//! neither query strings nor bodies are logged.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument;

/// The id of one request: 16 hex digits, in the log, in `x-request-id` and on error pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestId(pub String);

/// Middleware: `axum::middleware::from_fn(trace::request)`. Outermost of all.
pub async fn request(mut request: Request, next: Next) -> Response {
    let mut random = [0; 8];
    // An id of zeros is harmless; the security layer is the one that must stop without randomness.
    let _ = getrandom::fill(&mut random);
    let id = RequestId(data_encoding::HEXLOWER.encode(&random));
    request.extensions_mut().insert(id.clone());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", id = %id.0, method = %request.method(), route);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), micros, "answered");
        } else {
            tracing::info!(status = status.as_u16(), micros, "answered");
        }
    });
    if let Ok(value) = HeaderValue::try_from(&id.0) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}
