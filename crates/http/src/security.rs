//! Headers that make a browser refuse what we did not mean: a strict Content-Security-Policy with
//! a fresh nonce on every answer (fragments too: the script side takes nothing without one),
//! no sniffing, no framing, no referrer, no caching of private pages.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::fmt;

/// The nonce of one answer; goes on `<script>` and every element with `hx-` attributes.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// A nonce from 16 random bytes.
    pub fn from_bytes(random: [u8; 16]) -> Self {
        Self(data_encoding::BASE64URL_NOPAD.encode(&random))
    }

    /// As written in the header and in attributes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce")
    }
}

impl maud::Render for Nonce {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

/// What differs between groups of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Answers belong to a signed-in person or a shopper: never stored by browser or proxy.
    pub private: bool,
    /// We are reached over TLS: say so for a year.
    pub hsts: bool,
}

/// The Content-Security-Policy of a page or fragment.
pub fn content_security_policy(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{}'; style-src 'self'; \
         img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types htmx",
        nonce.as_str()
    )
}

/// Middleware: `axum::middleware::from_fn_with_state(Policy { .. }, security::apply)`.
/// Puts a [`Nonce`] in the request for [`crate::View`] and the headers on the answer. A route
/// that needs another Content-Security-Policy or Cache-Control sets its own, which is kept.
pub async fn apply(State(policy): State<Policy>, mut request: Request, next: Next) -> Response {
    let mut random = [0; 16];
    if let Err(error) = getrandom::fill(&mut random) {
        tracing::error!(%error, "no randomness from the system");
        return crate::Problem::internal().into();
    }
    let nonce = Nonce::from_bytes(random);
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    set_headers(response.headers_mut(), &nonce, policy);
    response
}

fn set_headers(headers: &mut HeaderMap, nonce: &Nonce, policy: Policy) {
    if let Ok(csp) = HeaderValue::try_from(content_security_policy(nonce)) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(csp);
    }
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
        ),
    ];
    for (name, value) in fixed {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let stream = kind.is_some_and(|k| k.as_bytes().starts_with(b"text/event-stream"));
    if policy.private && stream {
        // The frame says `no-cache`, which still lets a browser keep it.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if policy.private {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    if policy.hsts {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(
                "max-age=31536000; includeSubDomains",
            ));
    }
}
