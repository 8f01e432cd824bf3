//! The built front end, embedded: served under `/assets/<name>.<hash>.<ext>` for ever, or under
//! its plain name with revalidation. Compressed once at build time.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// A file of `web/dist`.
#[derive(Debug)]
pub struct Asset {
    /// Plain name, `app.js`.
    pub name: &'static str,
    /// Name with the hash of its content, `app.1f2e….js`.
    pub hashed: &'static str,
    /// Quoted strong entity tag.
    pub etag: &'static str,
    /// Content.
    pub bytes: &'static [u8],
    /// Content, gzipped.
    pub gzip: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Every embedded file.
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The file with this plain or hashed name.
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|a| a.name == name || a.hashed == name)
}

/// The address of a file by its plain name, with its hash: `/assets/app.1f2e….js`.
pub fn href(name: &str) -> String {
    format!("/assets/{}", find(name).map_or(name, |a| a.hashed))
}

/// The route that serves them; public, outside sign-in and CSRF.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(serve))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let sent = |header: header::HeaderName| headers.get(header).and_then(|v| v.to_str().ok());
    let cache = if name == asset.hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut out = HeaderMap::new();
    out.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if sent(header::IF_NONE_MATCH).is_some_and(|tags| tags.contains(asset.etag)) {
        return (StatusCode::NOT_MODIFIED, out).into_response();
    }
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(asset.name)),
    );
    if sent(header::ACCEPT_ENCODING).is_some_and(|e| e.contains("gzip")) {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (out, asset.gzip).into_response();
    }
    (out, asset.bytes).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "map" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
