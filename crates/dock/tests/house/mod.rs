//! The dock over its router, as an operator's tablet reaches it.

use app::{
    App,
    cases::{Call, OrderKey, Request},
    signin::TokenKind,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request as Http, StatusCode},
    middleware,
};
use kernel::{ClientId, Role, Scope, UserId};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use redress_http::csrf::{self, Csrf};
use returns::{Path, RequestedLine};
use store::Write;
use testkit::{ALFA, BRAVO, Engine, Fixture, World};
use tower::ServiceExt as _;

pub struct Dock {
    pub world: World,
    pub router: Router,
    pub csrf: Csrf,
    pub session: String,
}

pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Got {
    pub fn location(&self) -> &str {
        self.headers["location"].to_str().unwrap()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let tail = self
            .body
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap_or_default();
        tail.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Dock {
    pub async fn new(role: Role, clients: &[ClientId]) -> Self {
        let world = World::new(Engine::sqlite(), 3).await;
        let now = world.now();
        let drafts = ["A-1", "A-2"].map(|n| Fixture::draft(n, 3, now)).to_vec();
        Fixture::orders(&world.app, ALFA, drafts).await;
        Fixture::orders(&world.app, BRAVO, vec![Fixture::draft("B-1", 1, now)]).await;
        let csrf = Csrf::new([7; 32], "__Host-session", None);
        let router = dock::router()
            .into_router()
            .layer(middleware::from_fn_with_state(csrf.clone(), csrf::check))
            .layer(middleware::from_fn(redress_http::problem::negotiate))
            .with_state(world.app.clone());
        let session = session(&world.app, role, clients).await;
        Self {
            world,
            router,
            csrf,
            session,
        }
    }

    pub async fn send(&self, request: Http<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 8 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(!body.contains('⟦'), "a message is missing: {body}");
        assert!(body.lines().count() < 1500);
        Got {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Got {
        let cookie = format!("__Host-session={}", self.session);
        let request = Http::get(path)
            .header("cookie", cookie)
            .header("accept", "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let encoded = |s: &str| form_urlencoded::byte_serialize(s.as_bytes()).collect::<String>();
        let token = self.csrf.token(&self.session);
        let all = fields.iter().copied().chain([("_csrf", token.as_str())]);
        let body: Vec<_> = all
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
            .collect();
        let request = Http::post(path)
            .header("cookie", format!("__Host-session={}", self.session))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
            .await
    }

    /// A return of some units of the first line, its label made; (address, RMA, tracking).
    pub async fn expected(&self, order: &str, units: u32) -> (String, String, String) {
        let app = &self.world.app;
        let scope = Scope::system();
        let line = RequestedLine {
            line: 0,
            units,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        };
        let request = Request {
            order: OrderKey::Number(order.into()),
            lines: vec![line],
            path: Path::Ordinary,
        };
        let call = Call::new(&scope, app.now());
        let answer = app.request_return(&call, ALFA, &request).await.unwrap();
        self.world.run_jobs().await;
        let page = app.case_page(&scope, ALFA, answer.case).await.unwrap();
        let tracking = page.case.parcels[0].tracking.to_string();
        (
            format!("/dock/alfa/{}", answer.case),
            answer.rma.to_string(),
            tracking,
        )
    }
}

pub async fn session(app: &App, role: Role, clients: &[ClientId]) -> String {
    let id = UserId(app.mint(app.now()));
    let mut write = Write::new();
    App::put_user(&mut write, id, "Tomás", role, clients, app.now()).unwrap();
    let token = app.put_token(&mut write, TokenKind::Session, id, "test", 12);
    app.store().write(write).await.unwrap();
    token
}
