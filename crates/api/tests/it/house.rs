//! The API as a caller meets it: the router under the cross-site check, on a fresh database.

use app::{App, signin::TokenKind};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
    middleware,
};
use kernel::{ClientId, Role, UserId};
use redress_http::csrf::{self, Csrf};
use serde_json::{Value, json};
use store::Write;
use testkit::{ALFA, BRAVO, Engine, Fixture, World};
use tower::ServiceExt as _;
use uuid::Uuid;

/// A world with orders `A-1` to `A-3` of the first client and `B-1` of the second.
pub struct House {
    pub world: World,
    pub router: Router,
}

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| self.text().into())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl House {
    pub async fn new() -> Self {
        Self::on(Engine::sqlite()).await
    }

    pub async fn on(engine: Engine) -> Self {
        let world = World::new(engine, 7).await;
        let now = world.now();
        let drafts = ["A-1", "A-2", "A-3"]
            .map(|n| Fixture::draft(n, 3, now))
            .to_vec();
        Fixture::orders(&world.app, ALFA, drafts).await;
        Fixture::orders(&world.app, BRAVO, vec![Fixture::draft("B-1", 1, now)]).await;
        let csrf = Csrf::new([7; 32], "__Host-session", None);
        let router = api::router()
            .into_router()
            .layer(middleware::from_fn_with_state(csrf, csrf::check))
            .merge(api::inbound().into_router())
            .layer(middleware::from_fn(api::metrics::count))
            .with_state(world.app.clone());
        Self { world, router }
    }

    /// A key of a new service account in `role` at `clients`.
    pub async fn key(&self, role: Role, clients: &[ClientId]) -> String {
        let app: &App = &self.world.app;
        let now = app.now();
        let id = UserId(app.mint(now));
        let mut write = Write::new();
        App::put_user(&mut write, id, "service", role, clients, now).unwrap();
        let key = app.put_token(&mut write, TokenKind::ApiKey, id, "test", 24);
        app.store().write(write).await.unwrap();
        key
    }

    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Got {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, key: &str, path: &str) -> Got {
        let request = Request::get(path).header("authorization", format!("Bearer {key}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, key: &str, path: &str, body: &Value) -> Got {
        let name = Uuid::from_u128(self.world.app.mint(self.world.now()).as_u128()).to_string();
        self.post_as(key, &name, path, &body.to_string()).await
    }

    /// A POST under the idempotency key `name`.
    pub async fn post_as(&self, key: &str, name: &str, path: &str, body: &str) -> Got {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .header("idempotency-key", name);
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }
}

pub fn asked(order: &str, units: u32) -> Value {
    json!({ "order": order, "lines": [{ "line": 0, "units": units, "reason": "changed_mind" }] })
}
