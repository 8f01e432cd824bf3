//! The access token of client credentials, kept until shortly before it ends.

use crate::http::{body, cut};
use ports::GatewayError;
use reqwest::{Client, Url};
use serde::Deserialize;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// A token is not used in its last minute, so that it does not end under way.
const MARGIN: Duration = Duration::from_mins(1);

/// Who we are at PayPal, and the token that says so.
pub(super) struct Tokens {
    url: Url,
    id: String,
    secret: String,
    kept: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    text: String,
    until: Instant,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    /// Seconds.
    expires_in: u64,
}

impl Tokens {
    pub fn new(url: Url, id: String, secret: String) -> Self {
        Self {
            url,
            id,
            secret,
            kept: Mutex::new(None),
        }
    }

    /// The token, fetched anew when there is none that holds. Without one nothing was sent, so
    /// every failure here is [`GatewayError::NotSent`].
    pub async fn get(&self, http: &Client) -> Result<String, GatewayError> {
        // Held while fetching: many who ask at once cause one call.
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.as_ref().filter(|t| Instant::now() < t.until) {
            return Ok(token.text.clone());
        }
        let request = http
            .post(self.url.clone())
            .basic_auth(&self.id, Some(&self.secret))
            .form(&[("grant_type", "client_credentials")]);
        let not_sent = |why: String| GatewayError::NotSent(format!("no access token: {why}"));
        let answer = request.send().await.map_err(|e| not_sent(e.to_string()))?;
        let status = answer.status();
        let bytes = body(answer).await.map_err(|e| not_sent(e.to_string()))?;
        if !status.is_success() {
            return Err(not_sent(status.to_string()));
        }
        // The error of a parser may quote what it read, and that is the token.
        let answer: Answer =
            serde_json::from_slice(&bytes).map_err(|_| not_sent("unreadable answer".into()))?;
        let lasts = Duration::from_secs(answer.expires_in.min(86_400)).saturating_sub(MARGIN);
        let token = Token {
            text: cut(&answer.access_token, 4096),
            until: Instant::now() + lasts,
        };
        Ok(kept.insert(token).text.clone())
    }

    /// Forgets a token that was turned away.
    pub async fn forget(&self, turned_away: &str) {
        let mut kept = self.kept.lock().await;
        if kept.as_ref().is_some_and(|t| t.text == turned_away) {
            *kept = None;
        }
    }
}
