//! What every HTTP adapter shares: a client that does nothing behind the caller's back, bounded
//! answers, and what a call without an answer means for the money.

use ports::GatewayError;
use reqwest::{Client, Response, Url};
use std::time::Duration;

/// The largest answer read, in bytes.
const BODY_MAX: usize = 1024 * 1024;

/// A configuration that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not a URL, or plain http to somewhere else than this machine.
    #[error("{0} is not an https address (plain http is for loopback only)")]
    Address(String),
    /// The TLS stack would not start.
    #[error("the HTTP client could not be built: {0}")]
    Client(#[from] reqwest::Error),
    /// A key that is not in the form the provider gives.
    #[error("{0}")]
    Key(&'static str),
}

/// The address of `path` at an API. A `path` that starts with `/` replaces the base's own.
pub(crate) fn at(base: &str, path: &str) -> Result<Url, ConfigError> {
    let wrong = || ConfigError::Address(base.chars().take(200).collect());
    let url = Url::parse(base)
        .and_then(|u| u.join(path))
        .map_err(|_| wrong())?;
    let loopback = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
        return Err(wrong());
    }
    Ok(url)
}

/// A client whose every call ends within `timeout`.
pub(crate) fn client(timeout: Duration) -> Result<Client, ConfigError> {
    crate::choose_tls();
    Ok(Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        // A silent retry on a reused connection is a decision for the caller.
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()?)
}

/// A call without an answer: only a connection that never came about is harmless.
pub(crate) fn lost(error: &reqwest::Error) -> GatewayError {
    if error.is_connect() || error.is_builder() {
        GatewayError::NotSent(error.to_string())
    } else {
        GatewayError::Unknown(error.to_string())
    }
}

/// The body of an answer, within bounds.
pub(crate) async fn body(mut answer: Response) -> Result<Vec<u8>, GatewayError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|e| lost(&e))? {
        if bytes.len() + chunk.len() > BODY_MAX {
            return Err(GatewayError::Unknown("the answer is too large".into()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// A refusal of our own, before anything is sent.
pub(crate) fn refused(code: &str, reason: &str) -> GatewayError {
    GatewayError::Refused {
        code: code.into(),
        reason: reason.into(),
    }
}

/// A number of a provider that is safe in a path.
pub(crate) fn plain(id: &str) -> Result<&str, GatewayError> {
    let fits = !id.is_empty()
        && id.len() <= 255
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if fits {
        Ok(id)
    } else {
        Err(refused("reference", "no number of this provider"))
    }
}

/// At most `max` characters of what a provider wrote.
pub(crate) fn cut(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

/// One part of a form that carries a file: a field's name, the file's name and kind if it is one,
/// and what it holds.
pub(crate) struct Part<'a> {
    pub name: &'a str,
    pub file: Option<(&'a str, &'a str)>,
    pub content: &'a [u8],
}

/// A form with files (RFC 7578): its content type and its body.
pub(crate) fn multipart(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let mut boundary = "redress-form".to_owned();
    let holds = |part: &Part<'_>, text: &str| {
        let mut windows = part.content.windows(text.len());
        windows.any(|w| w == text.as_bytes())
    };
    while parts.iter().any(|p| holds(p, &boundary)) {
        boundary.push('x');
    }
    let mut body = Vec::new();
    for part in parts {
        let named = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            part.name
        );
        body.extend_from_slice(named.as_bytes());
        if let Some((name, kind)) = part.file {
            let file = format!("; filename=\"{name}\"\r\ncontent-type: {kind}");
            body.extend_from_slice(file.as_bytes());
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}
