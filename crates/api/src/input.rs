//! Bodies of requests: JSON of a bounded size and depth, unknown keys refused, every mistake
//! named by line or field.

use app::{App, cases::Idempotency};
use axum::{
    body::to_bytes,
    extract::{FromRequest, OriginalUri, Request},
    http::{HeaderMap, StatusCode, header},
};
use bytes::Bytes;
use redress_http::{Problem, ui::FieldError};
use serde::de::DeserializeOwned;
use surface::Failure;

/// Largest body of a command, bytes.
pub const BODY_MAX: usize = 256 << 10;
/// Largest body of an import, bytes.
pub const IMPORT_MAX: usize = 8 << 20;

/// A JSON body of at most `MAX` bytes with the caller's idempotency key, if one was sent.
#[derive(Debug)]
pub struct Input<T, const MAX: usize = BODY_MAX> {
    /// What was sent.
    pub body: T,
    /// The key, bound to this very request: method, path and body.
    pub key: Option<Idempotency>,
}

impl<T: DeserializeOwned, const MAX: usize> FromRequest<App> for Input<T, MAX> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        must_be_json(request.headers())?;
        let key = request.headers().get("idempotency-key").cloned();
        let uri = request
            .extensions()
            .get::<OriginalUri>()
            .map(|u| u.0.clone());
        let path = uri.as_ref().unwrap_or(request.uri()).path().to_owned();
        let bytes = read(request, MAX).await?;
        let key = match key {
            None => None,
            Some(key) => {
                let mut said = path.into_bytes();
                said.push(b'\n');
                said.extend_from_slice(&bytes);
                Some(Idempotency::new(key.to_str().unwrap_or_default(), &said)?)
            }
        };
        Ok(Self {
            body: parse(&bytes, MAX)?,
            key,
        })
    }
}

fn must_be_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
        ))
    }
}

/// The whole body, or 413.
pub async fn read(request: Request, max: usize) -> Result<Bytes, Problem> {
    let told = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok());
    if told
        .and_then(|v| v.parse::<usize>().ok())
        .is_some_and(|length| length > max)
    {
        return Err(Problem::too_large());
    }
    to_bytes(request.into_body(), max)
        .await
        .map_err(|_| Problem::too_large())
}

/// Reads `bytes` as JSON. What is no JSON is a 400 with line and column; JSON of another shape
/// is a 422 that names the field.
pub fn parse<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, Problem> {
    wire::limits::check_json(bytes, max)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "too-deep"))?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader);
    let error = match read {
        Ok(value) => match reader.end() {
            Ok(()) => return Ok(value),
            Err(e) => return Err(bad_json(&e)),
        },
        Err(error) => error,
    };
    let path = error.path().to_string();
    let error = error.into_inner();
    if error.is_data() {
        let (field, words) = mistake(&path, &error.to_string());
        Err(Problem::invalid(vec![FieldError::new(field, words)]))
    } else {
        Err(bad_json(&error))
    }
}

fn bad_json(error: &serde_json::Error) -> Problem {
    let place = format!("line {}, column {}", error.line(), error.column());
    Problem::new(StatusCode::BAD_REQUEST, "bad-json").detail(place)
}

/// Field and words of serde's message. Values of the input are left out: they may be personal.
fn mistake(path: &str, message: &str) -> (String, String) {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(words, _)| words);
    let quoted = |m: &str| m.split('`').nth(1).map(str::to_owned);
    let inside = |name: Option<String>| match name {
        Some(name) if path == "." || path == name => name,
        Some(name) if path.ends_with(&format!(".{name}")) => path.to_owned(),
        Some(name) => format!("{path}.{name}"),
        None => path.to_owned(),
    };
    if message.starts_with("unknown field") || message.starts_with("missing field") {
        return (inside(quoted(message)), message.to_owned());
    }
    let words = match message.rsplit_once("expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => message.chars().take(200).collect(),
    };
    (path.to_owned(), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only read")]
        lines: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only read")]
        units: u32,
    }

    fn wrong(text: &str) -> (u16, String) {
        let problem = parse::<Outer>(text.as_bytes(), 1000).unwrap_err();
        let field = problem.fields.first().map(|f| f.field.clone());
        (
            problem.status.as_u16(),
            field
                .or(problem.detail.map(String::from))
                .unwrap_or_default(),
        )
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(wrong("{\n  nope"), (400, "line 2, column 3".into()));
        assert_eq!(
            wrong(r#"{"lines":[]} x"#),
            (400, "line 1, column 14".into())
        );
        assert_eq!(
            wrong(r#"{"lines":[{"units":1}],"more":1}"#),
            (422, "more".into())
        );
        assert_eq!(
            wrong(r#"{"lines":[{"units":1,"x":1}]}"#),
            (422, "lines[0].x".into())
        );
        assert_eq!(wrong(r#"{"lines":[{}]}"#), (422, "lines[0].units".into()));
        assert_eq!(
            wrong(r#"{"lines":[{"units":"secret"}]}"#),
            (422, "lines[0].units".into())
        );
        assert_eq!(
            wrong(&format!("{{\"lines\":{}", "[".repeat(99))),
            (400, String::new())
        );
    }

    #[test]
    fn what_was_sent_is_not_said_again() {
        let body = br#"{"lines":[{"units":"secret"}]}"#;
        let problem = parse::<Outer>(body, 1000).unwrap_err();
        assert_eq!(problem.fields[0].message, "expected u32");
    }
}
