//! Card numbers stop at the door. Whatever a form or a body of JSON says is looked through before
//! any handler reads it: a card number loses all digits but the last four, so that none is stored,
//! logged, mailed or posted on (A17). Who typed it is told so: programs by the header
//! [`MASKED`], people by a note on the page that comes next.
//!
//! Fields that name things (order numbers, tracking numbers, bar codes, accounts) are left alone.
//! What carriers and providers sign is not touched: their signature is over every byte.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
};
use redress_http::{
    Problem,
    csrf::{UPLOAD_MAX, cookie},
};
use serde_json::Value;
use wire::cards;

/// The header of an answer that says how many card numbers were taken out of the request.
pub const MASKED: &str = "redress-masked";

/// Fields that name things.
const NAMES: &[&str] = &[
    "_csrf",
    "account",
    "answer",
    "article",
    "barcode",
    "belongs",
    "carry",
    "ceremony",
    "code",
    "customer",
    "ean",
    "external_id",
    "gtin",
    "hash",
    "iban",
    "id",
    "imei",
    "key",
    "lot",
    "number",
    "order",
    "order_number",
    "parcel",
    "payment",
    "product",
    "reference",
    "rma",
    "scan",
    "seal",
    "serial",
    "sha256",
    "sku",
    "sscc",
    "stray_label",
    "tracking",
    "transaction",
    "variant",
    "what",
];

/// The cookie by which the page that comes next tells a person of it.
const TOLD: &str = "masked=1; Path=/; Max-Age=300; HttpOnly; SameSite=Lax";
/// Takes it away again.
const FORGET: &str = "masked=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";

/// What an answer has to say about the request it answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Card numbers that were taken out.
    pub found: usize,
    /// Whether the page shows what was taken out before.
    shows: bool,
}

/// A request whose body holds no card number any more.
pub async fn looked_through(request: Request) -> Result<(Request, Looked), Problem> {
    let mut looked = Looked::default();
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let whole = !request.headers().contains_key("hx-request");
        looked.shows = whole && cookie(request.headers(), "masked").is_some();
        return Ok((request, looked));
    }
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let Some(form) = Form::of(kind) else {
        return Ok((request, looked));
    };
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, UPLOAD_MAX).await;
    let bytes = bytes.map_err(|_| Problem::too_large())?;
    let Some((bytes, found)) = form.masked(&bytes) else {
        return Ok((Request::from_parts(parts, Body::from(bytes)), looked));
    };
    tracing::warn!(
        found,
        path = parts.uri.path(),
        "card numbers were taken out"
    );
    looked.found = found;
    let length = HeaderValue::from(bytes.len());
    parts.headers.insert(header::CONTENT_LENGTH, length);
    Ok((Request::from_parts(parts, Body::from(bytes)), looked))
}

impl Looked {
    /// Says so in the answer.
    pub fn tell(self, headers: &mut HeaderMap) {
        if self.found > 0 {
            headers.insert(MASKED, HeaderValue::from(self.found));
        }
        let words = match self {
            Self { found: 0, shows } if !shows => return,
            Self { found: 0, .. } => FORGET,
            Self { .. } => TOLD,
        };
        headers.append(header::SET_COOKIE, HeaderValue::from_static(words));
    }
}

/// How a body is written.
enum Form {
    Plain,
    Json,
    Parts(Vec<u8>),
}

impl Form {
    fn of(kind: &str) -> Option<Self> {
        let (name, rest) = kind.split_once(';').unwrap_or((kind, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "application/x-www-form-urlencoded" => Some(Self::Plain),
            "application/json" => Some(Self::Json),
            "multipart/form-data" => {
                let (_, boundary) = rest.split_once("boundary=")?;
                let boundary = boundary.split(';').next().unwrap_or_default();
                Some(Self::Parts(
                    format!("--{}", boundary.trim().trim_matches('"')).into(),
                ))
            }
            _ => None,
        }
    }

    /// The body without card numbers, and how many there were; nothing when there were none.
    fn masked(&self, body: &Bytes) -> Option<(Bytes, usize)> {
        let (bytes, found) = match self {
            Self::Plain => plain(body)?,
            Self::Json => {
                // Most bodies hold nothing that looks like one, and are not read twice.
                let text = std::str::from_utf8(body).ok()?;
                if !text.contains('\\') && cards::mask(text).is_none() {
                    return None;
                }
                let mut value: Value = serde_json::from_str(text).ok()?;
                let found = json(&mut value, "");
                (serde_json::to_vec(&value).ok()?, found)
            }
            Self::Parts(boundary) => parts(body, boundary)?,
        };
        (found > 0).then(|| (bytes.into(), found))
    }
}

fn names_things(field: &str) -> bool {
    let last = field.rsplit(['.', '-', '[']).next().unwrap_or(field);
    let last = last.trim_end_matches(']');
    NAMES.contains(&last) || last.ends_with("_id")
}

fn plain(body: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut found = 0;
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(body) {
        let masked = (!names_things(&name))
            .then(|| cards::mask(&value))
            .flatten();
        match masked {
            Some(masked) => {
                found += masked.found;
                out.append_pair(&name, &masked.text);
            }
            None => drop(out.append_pair(&name, &value)),
        }
    }
    (found > 0).then(|| (out.finish().into_bytes(), found))
}

/// Takes card numbers out of every text of a value; how many there were.
fn json(value: &mut Value, name: &str) -> usize {
    match value {
        Value::String(text) if !names_things(name) => match cards::mask(text) {
            Some(masked) => {
                *text = masked.text;
                masked.found
            }
            None => 0,
        },
        Value::Array(all) => all.iter_mut().map(|one| json(one, name)).sum(),
        Value::Object(all) => all.iter_mut().map(|(name, one)| json(one, name)).sum(),
        _ => 0,
    }
}

/// The parts of a form with files: texts, and the names of files.
fn parts(body: &[u8], boundary: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut out, mut found, mut rest) = (Vec::with_capacity(body.len()), 0, body);
    while let Some(at) = find(rest, boundary) {
        let (part, after) = rest.split_at(at);
        found += part_of(part, &mut out);
        out.extend_from_slice(boundary);
        rest = &after[boundary.len()..];
    }
    out.extend_from_slice(rest);
    (found > 0).then_some((out, found))
}

fn part_of(part: &[u8], out: &mut Vec<u8>) -> usize {
    let end = find(part, b"\r\n\r\n").map_or(part.len(), |at| at + 4);
    let (head, body) = part.split_at(end);
    let head_text = String::from_utf8_lossy(head);
    let is_file = head_text.contains("filename");
    let field = head_text.split("name=\"").nth(1);
    let field = field.and_then(|f| f.split('"').next()).unwrap_or_default();
    let masked_head = is_file.then(|| cards::mask(&head_text)).flatten();
    let text = std::str::from_utf8(body)
        .ok()
        .filter(|_| !is_file && !names_things(field));
    let masked_body = text.and_then(cards::mask);
    let found =
        masked_head.as_ref().map_or(0, |m| m.found) + masked_body.as_ref().map_or(0, |m| m.found);
    out.extend_from_slice(masked_head.as_ref().map_or(head, |m| m.text.as_bytes()));
    out.extend_from_slice(masked_body.as_ref().map_or(body, |m| m.text.as_bytes()));
    found
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len().max(1))
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::Form;

    fn masked(kind: &str, body: &str) -> Option<(String, usize)> {
        let found = Form::of(kind)?.masked(&body.to_owned().into());
        found.map(|(bytes, found)| (String::from_utf8(bytes.to_vec()).unwrap(), found))
    }

    #[test]
    fn every_way_to_write_a_body_is_looked_through() {
        let plain = "application/x-www-form-urlencoded";
        assert_eq!(
            masked(
                plain,
                "note=paid+with+4111+1111+1111+1111&number=4111111111111111"
            ),
            Some((
                "note=paid+with+****+****+****+1111&number=4111111111111111".into(),
                1
            ))
        );
        assert_eq!(masked(plain, "note=fine&x=1"), None);
        let body = r#"{"lines":[{"note":"\u0034111111111111111"}],"order":"4111111111111111"}"#;
        let (text, found) = masked("application/json; charset=utf-8", body).unwrap();
        assert_eq!(found, 1);
        assert!(text.contains(r#""note":"************1111""#), "{text}");
        assert!(text.contains(r#""order":"4111111111111111""#), "{text}");
        let multi = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n4111111111111111\r\n\
                     --b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"5555555555554444.jpg\"\r\n\r\n\
                     4111111111111111\r\n--b--\r\n";
        let (text, found) = masked("multipart/form-data; boundary=b", multi).unwrap();
        assert_eq!(found, 2, "{text}");
        assert!(text.contains("\r\n\r\n************1111\r\n--b"), "{text}");
        assert!(text.contains("filename=\"************4444.jpg\""), "{text}");
        // Bytes of a file are a picture, or none: they are decoded and made anew.
        assert!(text.contains("\r\n\r\n4111111111111111\r\n--b--"), "{text}");
        assert_eq!(masked("text/csv", "4111111111111111"), None);
    }
}
