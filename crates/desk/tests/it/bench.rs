//! A world with cases in many states and a browser for each role.

use app::{
    App,
    cases::{Call, OrderKey, Request},
    signin::TokenKind,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request as HttpRequest, StatusCode, header},
    middleware,
};
use kernel::{ClientId, Role};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use redress_http::{assets, csrf, problem, security, trace};
use returns::{Path, RequestedLine};
use store::Write;
use testkit::{ALFA, BRAVO, Behaviour, Engine, Fixture, World};
use tower::ServiceExt as _;

/// The world and the served routes.
pub struct Bench {
    pub world: World,
    pub routes: Router,
    pub csrf: csrf::Csrf,
}

/// A browser with a session.
pub struct Browser<'a> {
    bench: &'a Bench,
    pub session: String,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub cookie: String,
    pub body: String,
}

impl Bench {
    pub async fn new() -> Self {
        let world = World::new(Engine::sqlite(), 7).await;
        let csrf = csrf::Csrf::new([7; 32], "__Host-session", None);
        let routes = layered(world.app.clone(), csrf.clone());
        Self {
            world,
            routes,
            csrf,
        }
    }

    /// Orders for both clients and returns of some of them.
    pub async fn filled() -> Self {
        let bench = Self::new().await;
        let now = bench.world.now();
        let alfa = (1..=9)
            .map(|n| Fixture::draft(&format!("A-{n}"), n, now))
            .collect();
        let bravo = (1..=4)
            .map(|n| Fixture::draft(&format!("B-{n}"), n, now))
            .collect();
        Fixture::orders(&bench.world.app, ALFA, alfa).await;
        Fixture::orders(&bench.world.app, BRAVO, bravo).await;
        // The legal period has ended and the shops' windows are open: large returns are reviewed.
        bench.world.pass(8 * 24 * 3_600);
        bench
    }

    /// Asks for the return of `units` of the first line; gives the case.
    pub async fn ask(
        &self,
        client: ClientId,
        order: &str,
        units: u32,
        reason: ReturnReason,
    ) -> kernel::CaseId {
        let scope = Fixture::scope(Role::Agent);
        let call = Call::new(&scope, self.world.now());
        let line = RequestedLine {
            line: 0,
            units,
            reason,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven {
                photos: 0,
                note: false,
                serial: false,
            },
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
        let made = self
            .world
            .app
            .request_return(&call, client, &request)
            .await
            .unwrap();
        self.world.run_jobs().await;
        self.world.app.sequence_all().await.unwrap();
        made.case
    }

    /// A browser of the fixture's user in this role.
    pub async fn browser(&self, role: Role) -> Browser<'_> {
        self.browser_of(Fixture::user(role)).await
    }

    pub async fn browser_of(&self, user: kernel::UserId) -> Browser<'_> {
        let mut write = Write::new();
        let app = &self.world.app;
        let session = app.put_token(&mut write, TokenKind::Session, user, "test", 12);
        app.store().write(write).await.unwrap();
        Browser {
            bench: self,
            session,
        }
    }

    /// A role's user who works for one client only.
    pub async fn only_for(&self, role: Role, client: ClientId) -> Browser<'_> {
        let id = kernel::UserId(uuid::Uuid::from_u128(0x9000 + role as u128));
        let mut write = Write::new();
        App::put_user(
            &mut write,
            id,
            "Only One",
            role,
            &[client],
            self.world.now(),
        )
        .unwrap();
        self.world.app.store().write(write).await.unwrap();
        self.browser_of(id).await
    }
}

/// The router as the binary layers it.
pub fn layered(app: App, csrf: csrf::Csrf) -> Router {
    let policy = security::Policy {
        private: true,
        hsts: false,
    };
    desk::router()
        .into_router()
        .with_state(app)
        .layer(middleware::from_fn_with_state(csrf, csrf::check))
        .layer(middleware::from_fn(problem::negotiate))
        .merge(assets::router())
        .layer(middleware::from_fn_with_state(policy, security::apply))
        .layer(middleware::from_fn(trace::request))
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.with(path, "text/html").await
    }

    pub async fn with(&self, path: &str, accept: &str) -> Answer {
        let request = HttpRequest::get(path)
            .header(header::COOKIE, format!("__Host-session={}", self.session))
            .header(header::ACCEPT, accept);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form with the session's token, as a page of ours does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.bench.csrf.token(&self.session);
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair(csrf::FIELD, token.as_str());
        form.extend_pairs(fields);
        let request = HttpRequest::post(path)
            .header(header::COOKIE, format!("__Host-session={}", self.session))
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.finish())).unwrap())
            .await
    }

    async fn send(&self, request: HttpRequest<Body>) -> Answer {
        let answer = self.bench.routes.clone().oneshot(request).await.unwrap();
        let text = |name: header::HeaderName| {
            let value = answer.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (status, to, cookie) = (
            answer.status(),
            text(header::LOCATION),
            text(header::SET_COOKIE),
        );
        let body = to_bytes(answer.into_body(), 1 << 24).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        assert!(
            !body.contains('⟦'),
            "a message is missing: {}",
            missing(&body)
        );
        Answer {
            status,
            to,
            cookie,
            body,
        }
    }
}

fn missing(body: &str) -> &str {
    let from = body.find('⟦').unwrap_or(0);
    &body[from..body.len().min(from + 80)]
}

/// Lets the next payments go wrong, or go on.
pub fn script(bench: &Bench, list: impl IntoIterator<Item = Behaviour>) {
    bench.world.bank.script(list);
}
