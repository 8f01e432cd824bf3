//! The last scans of this tablet. Kept in a cookie: they belong to the bench, survive a restart
//! of the server and need no table. Only shown, never believed.

use axum::http::{HeaderMap, HeaderValue};
use redress_http::csrf::cookie;
use serde::{Deserialize, Serialize};

const COOKIE: &str = "dock_scans";
/// How many are kept.
const KEPT: usize = 5;
/// Longest code kept, characters.
const CODE_MAX: usize = 60;
/// Longest cookie read, bytes.
const COOKIE_MAX: usize = 3_500;

/// What a scan led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// Exactly one return.
    One,
    /// Several returns.
    Several,
    /// Nothing known.
    Nothing,
}

/// One scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// The id the tablet gave it.
    pub id: String,
    /// What was read.
    pub code: String,
    /// What it led to.
    pub found: Found,
    /// The client and return, when there is one: `alfa/case_…`.
    pub place: String,
    /// When, milliseconds.
    pub at: i64,
}

/// The scans, newest first.
pub fn read(headers: &HeaderMap) -> Vec<Scanned> {
    let text = cookie(headers, COOKIE)
        .filter(|t| t.len() <= COOKIE_MAX)
        .unwrap_or_default();
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The cookie with `scan` before the others; the same scan sent again is not a second one.
pub fn with(headers: &HeaderMap, mut scan: Scanned) -> Option<HeaderValue> {
    let mut list = read(headers);
    scan.code = scan.code.chars().take(CODE_MAX).collect();
    scan.id = scan.id.chars().take(40).collect();
    list.retain(|s| s.id != scan.id);
    list.insert(0, scan);
    list.truncate(KEPT);
    let text = data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(&list).ok()?);
    let line = format!("{COOKIE}={text}; Path=/dock; Max-Age=43200; HttpOnly; SameSite=Lax");
    HeaderValue::try_from(line).ok()
}

impl Scanned {
    /// Where it leads; only to pages of the dock, whatever the cookie says.
    pub fn href(&self) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_/".contains(c);
        let safe = !self.place.is_empty() && self.place.chars().all(plain);
        (self.found == Found::One && safe && !self.place.starts_with('/'))
            .then(|| format!("/dock/{}", self.place))
    }
}
