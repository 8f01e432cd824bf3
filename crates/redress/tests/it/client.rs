//! A program that calls the API over HTTP.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use std::{net::SocketAddr, time::Duration};

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Got {
    /// Its status.
    pub status: StatusCode,
    /// Its content type.
    pub kind: String,
    /// Whether it says that it is the stored answer to the same request made before.
    pub replayed: bool,
    /// Its body; text when it is no JSON.
    pub body: Value,
}

/// A fresh HTTP client.
pub fn http() -> Client {
    // The features of the whole workspace ask for a provider, also where there is no TLS; another
    // test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A server that was killed never answers what it had accepted.
    Client::builder()
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap()
}

/// A caller with a key.
#[derive(Debug, Clone)]
pub struct Api {
    http: Client,
    base: String,
    key: String,
    session: Option<String>,
}

impl Api {
    /// A caller of the server at `address`; nothing is sent yet.
    pub fn new(address: SocketAddr, key: &str) -> Self {
        Self {
            http: http(),
            base: format!("http://{address}"),
            key: key.to_owned(),
            session: None,
        }
    }

    /// A caller with the session of a browser instead of a key.
    pub fn with_session(address: SocketAddr, session: &str) -> Self {
        Self {
            session: Some(session.to_owned()),
            ..Self::new(address, "")
        }
    }

    /// A request as the caller.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        let request = self.http.request(method, url);
        match &self.session {
            Some(session) => request.header("cookie", format!("session={session}")),
            None => request.bearer_auth(&self.key),
        }
    }

    /// Sends and reads the whole answer; fails when the connection does.
    pub async fn send(&self, request: RequestBuilder) -> reqwest::Result<Got> {
        let answer = request.send().await?;
        let text = |name: &str| {
            let value = answer.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (status, kind) = (answer.status(), text("content-type"));
        let replayed = text("idempotency-replayed") == "true";
        let body = answer.text().await?;
        let body = serde_json::from_str(&body).unwrap_or(Value::String(body));
        Ok(Got {
            status,
            kind,
            replayed,
            body,
        })
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Got {
        self.send(self.request(Method::GET, path)).await.unwrap()
    }

    /// POST of JSON text under an idempotency key.
    pub async fn post(&self, path: &str, key: &str, body: &str) -> reqwest::Result<Got> {
        let request = self
            .request(Method::POST, path)
            .header("idempotency-key", key);
        let request = request.header("content-type", "application/json");
        self.send(request.body(body.to_owned())).await
    }

    /// Every row of a list that pages by cursor.
    pub async fn list(&self, path: &str) -> Vec<Value> {
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}?limit=200{cursor}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            rows.extend(page.body["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page.body["next"].as_str() else {
                return rows;
            };
            cursor = format!("&cursor={next}");
        }
    }

    /// Every event of a client in ledger order: index, return, version.
    pub async fn feed(&self, client: &str) -> Vec<(u64, String, u64)> {
        let (mut events, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/clients/{client}/events?limit=500{after}");
            let page = self.get(&path).await.body;
            let items = page["items"].as_array().unwrap();
            if items.is_empty() {
                return events;
            }
            after = format!("&after={}", page["next"]);
            let number = |v: &Value| v.as_u64().unwrap();
            events.extend(items.iter().map(|e| {
                (
                    number(&e["index"]),
                    e["case"].as_str().unwrap().to_owned(),
                    number(&e["version"]),
                )
            }));
        }
    }
}
