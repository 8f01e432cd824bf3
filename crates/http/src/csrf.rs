//! Cross-site request checks. A state-changing request passes when the browser says it comes from
//! this very site (`Sec-Fetch-Site`, else `Origin`) *and* it carries the token of its session, an
//! HMAC over the session cookie. `HX-Request` proves nothing and is not looked at.

use crate::Problem;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{fmt, sync::Arc};
use subtle::ConstantTimeEq;

/// Name of the form field that carries the token.
pub const FIELD: &str = "_csrf";
/// Name of the header that carries the token.
pub const HEADER: &str = "x-csrf-token";
/// Longest plain form read to find the token, in bytes.
const FORM_MAX: usize = 1 << 20;

/// Longest form with files, in bytes; routes that take none have a lower limit of their own.
pub const UPLOAD_MAX: usize = 16 << 20;

/// The token of one session; goes in forms and in `hx-headers` on the body.
#[derive(Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// No token: pages outside the middleware. Matches no session.
    pub const fn none() -> Self {
        Self(String::new())
    }

    /// As sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CsrfToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CsrfToken")
    }
}

/// The server's key and where sessions are found.
#[derive(Clone)]
pub struct Csrf {
    key: Arc<[u8; 32]>,
    cookie: &'static str,
    origin: Option<Arc<str>>,
}

impl fmt::Debug for Csrf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Csrf")
            .field("cookie", &self.cookie)
            .finish_non_exhaustive()
    }
}

impl Csrf {
    /// Tokens under `key` for the session in `cookie` (name). `origin` is the site's own, such as
    /// `https://desk.example.com`; without it the `Host` header decides.
    pub fn new(key: [u8; 32], cookie: &'static str, origin: Option<&str>) -> Self {
        Self {
            key: Arc::new(key),
            cookie,
            origin: origin.map(Into::into),
        }
    }

    /// The token of `session`, the value of its cookie (empty before sign-in).
    pub fn token(&self, session: &str) -> CsrfToken {
        CsrfToken(data_encoding::BASE64URL_NOPAD.encode(&tag(&*self.key, session)))
    }

    /// Whether `sent` is the token of `session`; takes the same time either way.
    pub fn matches(&self, session: &str, sent: &str) -> bool {
        self.token(session)
            .0
            .as_bytes()
            .ct_eq(sent.as_bytes())
            .into()
    }
}

fn tag(key: &[u8], session: &str) -> [u8; 32] {
    // HMAC takes keys of any length, so this cannot fail; an empty tag would match nothing.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(b"csrf\0");
        mac.update(session.as_bytes());
        mac.finalize().into_bytes().into()
    })
}

/// Whether a request with these headers was made by a page of this site, as the browser says.
pub fn same_site(headers: &HeaderMap, own_origin: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else {
        return false;
    };
    match (own_origin, text("host")) {
        (Some(own), _) => origin == own,
        (None, Some(host)) => {
            origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"))
                == Some(host)
        }
        (None, None) => false,
    }
}

/// Whether the caller shows an API key.
fn carries_key(headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .is_some_and(|v| v.as_bytes().starts_with(b"Bearer "))
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            pair.trim()
                .split_once('=')
                .filter(|(n, _)| *n == name)
                .map(|(_, v)| v)
        })
}

/// The value of the first part of a form with files, if it is [`FIELD`]: our forms begin with it.
fn first_part(body: &[u8]) -> Option<&str> {
    let head = std::str::from_utf8(&body[..body.len().min(1024)]);
    let head = match head {
        Ok(text) => text,
        // The part after the token may be a picture.
        Err(e) => std::str::from_utf8(body.get(..e.valid_up_to())?).ok()?,
    };
    let (disposition, rest) = head.split_once("\r\n\r\n")?;
    let mut lines = disposition.lines();
    // The whole line as browsers write it: a file's name is not the name of a field.
    let ours = lines
        .nth(1)?
        .eq_ignore_ascii_case(&format!("content-disposition: form-data; name=\"{FIELD}\""));
    let (value, _) = rest.split_once("\r\n")?;
    (ours && lines.next().is_none()).then_some(value)
}

/// Middleware: `axum::middleware::from_fn_with_state(csrf, csrf::check)`. Gives every request its
/// [`CsrfToken`] and refuses unsafe methods that fail the checks with 403. Plain forms carry the
/// token in [`FIELD`], forms with files in their first part; everything else (htmx, scripts) in
/// [`HEADER`].
pub async fn check(State(csrf): State<Csrf>, mut request: Request, next: Next) -> Response {
    let session = cookie(request.headers(), csrf.cookie)
        .unwrap_or_default()
        .to_owned();
    request.extensions_mut().insert(csrf.token(&session));
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    ) {
        return next.run(request).await;
    }
    // A program with a key: browsers never add one by themselves, and there is no session that
    // another site could ride on.
    if session.is_empty() && carries_key(request.headers()) {
        return next.run(request).await;
    }
    if !same_site(request.headers(), csrf.origin.as_deref()) {
        return Problem::cross_site().into_response();
    }
    let sent = request.headers().get(HEADER).and_then(|v| v.to_str().ok());
    if let Some(sent) = sent {
        if !csrf.matches(&session, sent) {
            return Problem::cross_site().into_response();
        }
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    let starts = |wanted: &str| kind.is_some_and(|k| k.starts_with(wanted));
    let (plain, upload) = (
        starts("application/x-www-form-urlencoded"),
        starts("multipart/form-data"),
    );
    if !plain && !upload {
        return Problem::cross_site().into_response();
    }
    let max = if upload { UPLOAD_MAX } else { FORM_MAX };
    let Ok(bytes) = to_bytes(body, max).await else {
        return Problem::too_large().into_response();
    };
    let sent = if upload {
        first_part(&bytes).map(str::to_owned)
    } else {
        let mut fields = form_urlencoded::parse(&bytes);
        let found = fields.find(|(name, _)| name == FIELD);
        found.map(|(_, sent)| sent.into_owned())
    };
    if !sent.is_some_and(|sent| csrf.matches(&session, &sent)) {
        return Problem::cross_site().into_response();
    }
    next.run(Request::from_parts(parts, Body::from(bytes)))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form_with_files_is_its_first_part() {
        let part = |head: &str| format!("--x\r\n{head}\r\n\r\nabc\r\n--x--\r\n").into_bytes();
        let ours = part("Content-Disposition: form-data; name=\"_csrf\"");
        assert_eq!(first_part(&ours), Some("abc"));
        let mut picture = ours.clone();
        picture.extend([0xff, 0xd8, 0xff]);
        assert_eq!(first_part(&picture), Some("abc"));
        for other in [
            "Content-Disposition: form-data; name=\"note\"",
            "Content-Disposition: form-data; name=\"x_csrf\"; filename=\"_csrf\"",
            "Content-Type: text/plain",
        ] {
            assert_eq!(first_part(&part(other)), None, "{other}");
        }
        assert_eq!(first_part(b""), None);
    }
}
