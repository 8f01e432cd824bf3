//! Abuse of the running server, by the numbers of the public list (`docs/security.md`), and the
//! headers every kind of answer carries.

use crate::{
    client::http,
    house::House,
    server::{BOUND, Server, free_port, until},
};
use app::signin::TokenKind;
use kernel::Role;
use redress_http::csrf::{self, Csrf};
use reqwest::{Method, RequestBuilder, Response, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use testkit::{ALFA, BRAVO};

/// A running house, and how it is asked.
struct Scene {
    house: House,
    server: Server,
    base: String,
    csrf: Csrf,
    session: String,
    http: reqwest::Client,
}

impl Scene {
    async fn new(house: House) -> Self {
        house.orders(ALFA, &["R-1".to_owned()]).await;
        house.orders(BRAVO, &["B-1".to_owned()]).await;
        let key = house.app().await.secret("csrf_key").await.unwrap();
        let session = house.person(TokenKind::Session, Role::Admin, &[ALFA]).await;
        let server = Server::ready(&house, free_port()).await;
        // Chooses what speaks TLS, which nothing here does.
        drop(http());
        Self {
            base: format!("http://{}", server.address),
            csrf: Csrf::new(key, "session", None),
            session,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            house,
            server,
        }
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A call of the first client's administrator.
    fn api(&self, method: Method, path: &str) -> RequestBuilder {
        let path = format!("/api/v1/clients/alfa/{path}");
        self.ask(method, &path).bearer_auth(&self.house.alfa)
    }

    /// What there is, at both clients.
    async fn all(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for (slug, key) in [("alfa", &self.house.alfa), ("bravo", &self.house.bravo)] {
            for what in ["returns", "orders", "webhooks"] {
                let path = format!("/api/v1/clients/{slug}/{what}");
                let found = self.ask(Method::GET, &path).bearer_auth(key).send().await;
                all.push(found.unwrap().json().await.unwrap());
            }
        }
        all
    }

    async fn done(self) {
        self.server.stop().await;
        self.house.assert_in_order().await;
    }
}

async fn said(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    (status, answer.json().await.unwrap_or_default())
}

/// One test on PostgreSQL, when there is one.
async fn on_postgres(body: impl AsyncFn(&Scene)) {
    if let Some(house) = House::postgres().await {
        on(house, body).await;
    }
}

async fn on(house: House, body: impl AsyncFn(&Scene)) {
    let scene = Scene::new(house).await;
    body(&scene).await;
    scene.done().await;
}

#[tokio::test]
async fn a02_nothing_of_another_client_can_be_named_on_sqlite() {
    on(House::sqlite().await, foreign_references).await;
}

#[tokio::test]
async fn a02_nothing_of_another_client_can_be_named_on_postgres() {
    on_postgres(foreign_references).await;
}

#[tokio::test]
async fn a04_keys_nobody_asked_for_are_named_and_change_nothing_on_sqlite() {
    on(House::sqlite().await, unknown_keys).await;
}

#[tokio::test]
async fn a04_keys_nobody_asked_for_are_named_and_change_nothing_on_postgres() {
    on_postgres(unknown_keys).await;
}

#[tokio::test]
async fn a21_a_cookie_alone_changes_nothing_on_sqlite() {
    on(House::sqlite().await, cross_site).await;
}

#[tokio::test]
async fn a21_a_cookie_alone_changes_nothing_on_postgres() {
    on_postgres(cross_site).await;
}

#[tokio::test]
async fn a22_forged_hops_and_hosts_change_nothing_on_sqlite() {
    on(House::sqlite().await, forged_hops).await;
}

#[tokio::test]
async fn a22_forged_hops_and_hosts_change_nothing_on_postgres() {
    on_postgres(forged_hops).await;
}

#[tokio::test]
async fn every_kind_of_answer_carries_its_headers_on_sqlite() {
    on(House::sqlite().await, headers).await;
}

#[tokio::test]
async fn every_kind_of_answer_carries_its_headers_on_postgres() {
    on_postgres(headers).await;
}

async fn foreign_references(scene: &Scene) {
    let lines = json!([{ "line": 0, "units": 1, "reason": "changed_mind" }]);
    let bravos = scene.ask(Method::POST, "/api/v1/clients/bravo/returns");
    let bravos = bravos.bearer_auth(&scene.house.bravo);
    let body = json!({ "order": "B-1", "lines": lines });
    let (status, opened) = said(bravos.json(&body).send().await.unwrap()).await;
    assert_eq!(status, StatusCode::CREATED, "{opened}");
    let case = opened["case"].as_str().unwrap().to_owned();
    // The label is made meanwhile and moves the case on; nobody else may.
    let path = format!("/api/v1/clients/bravo/returns/{case}");
    until("the label is made", BOUND, async || {
        let found = scene
            .ask(Method::GET, &path)
            .bearer_auth(&scene.house.bravo);
        let found: Value = found.send().await.ok()?.json().await.ok()?;
        let mut kinds = found["events"].as_array()?.iter().map(|e| &e["kind"]);
        kinds.any(|kind| kind == "label_created").then_some(())
    })
    .await;
    let before = scene.all().await;
    let account = json!({ "iban": testkit::fixture::IBAN, "holder": "Mallory" });
    for (method, path, body) in [
        (
            Method::POST,
            "returns".to_owned(),
            json!({ "order": "B-1", "lines": lines }),
        ),
        (
            Method::POST,
            "returns/quote".into(),
            json!({ "order": "B-1", "lines": lines }),
        ),
        (Method::PUT, "orders/B-1/payout-account".into(), account),
        (Method::POST, format!("returns/{case}/authorise"), json!({})),
        (
            Method::POST,
            format!("returns/{case}/cancel"),
            json!({ "note": "mine" }),
        ),
        (Method::GET, format!("returns/{case}"), Value::Null),
        (Method::GET, format!("returns/{case}/proofs"), Value::Null),
        (Method::GET, format!("returns/{case}/books"), Value::Null),
    ] {
        let asked = scene.api(method.clone(), &path).json(&body);
        let (status, told) = said(asked.send().await.unwrap()).await;
        let refused = [StatusCode::NOT_FOUND, StatusCode::UNPROCESSABLE_ENTITY];
        assert!(
            refused.contains(&status),
            "{method} {path}: {status} {told}"
        );
        assert!(!told.to_string().contains(&case), "{path}: {told}");
    }
    assert_eq!(scene.all().await, before);
}

async fn unknown_keys(scene: &Scene) {
    let before = scene.all().await;
    let lines = json!([{ "line": 0, "units": 1, "reason": "changed_mind" }]);
    for key in [
        "tenant_id",
        "client_id",
        "status",
        "approved_by",
        "risk_score",
        "limit",
        "created_at",
    ] {
        let mut body = json!({ "order": "R-1", "lines": lines });
        body[key] = json!("1");
        let mut inner = json!({ "order": "R-1", "lines": lines });
        inner["lines"][0][key] = json!(1);
        for body in [body, inner] {
            let asked = scene.api(Method::POST, "returns").json(&body);
            let (status, told) = said(asked.send().await.unwrap()).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key}: {told}");
            let field = told["fields"][0]["field"].as_str().unwrap_or_default();
            assert!(field.ends_with(key), "{key}: {told}");
        }
        let hook = json!({ "url": "https://hooks.example.com/x", key: 1 });
        let (status, told) = said(
            scene
                .api(Method::POST, "webhooks")
                .json(&hook)
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key}: {told}");
    }
    assert_eq!(scene.all().await, before);
}

async fn cross_site(scene: &Scene) {
    let before = scene.all().await;
    let cookie = format!("session={}", scene.session);
    let token = scene.csrf.token(&scene.session).as_str().to_owned();
    let form = "order=R-1";
    let kind = "application/x-www-form-urlencoded";
    let post = |path: &str| {
        let request = scene.ask(Method::POST, path).header("cookie", &cookie);
        request.header("content-type", kind).body(form)
    };
    for (name, request) in [
        (
            "no token",
            post("/desk/new").header("sec-fetch-site", "same-origin"),
        ),
        (
            "another site",
            post("/desk/new")
                .header("sec-fetch-site", "cross-site")
                .header(csrf::HEADER, &token),
        ),
        (
            "a site beside",
            post("/desk/new")
                .header("sec-fetch-site", "same-site")
                .header(csrf::HEADER, &token),
        ),
        (
            "another origin",
            post("/desk/new")
                .header("origin", "https://evil.example")
                .header(csrf::HEADER, &token),
        ),
        ("no origin", post("/desk/new").header(csrf::HEADER, &token)),
        (
            "htmx forged",
            post("/desk/new").header("hx-request", "true"),
        ),
        (
            "another session's token",
            post("/desk/new")
                .header("sec-fetch-site", "same-origin")
                .header(csrf::HEADER, scene.csrf.token("other").as_str()),
        ),
        ("signing out", post("/sign-out")),
        (
            "JSON as text",
            scene
                .ask(Method::POST, "/api/v1/clients/alfa/returns")
                .header("cookie", &cookie)
                .header("content-type", "text/plain")
                .body(r#"{"order":"R-1","lines":[{"line":0,"units":1,"reason":"changed_mind"}]}"#),
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}");
    }
    for path in ["/sign-out", "/language", "/desk/1/x/do/note"] {
        let answer = scene
            .ask(Method::GET, path)
            .header("cookie", &cookie)
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.status(),
            StatusCode::METHOD_NOT_ALLOWED,
            "GET {path}"
        );
    }
    let still = scene
        .ask(Method::GET, "/desk")
        .header("cookie", &cookie)
        .send()
        .await
        .unwrap();
    assert_eq!(still.status(), StatusCode::OK, "the session lives");
    assert_eq!(scene.all().await, before);
}

async fn forged_hops(scene: &Scene) {
    let token = scene.csrf.token("").as_str().to_owned();
    let mut last = StatusCode::OK;
    let mut wait = String::new();
    for i in 0..60 {
        let form = [
            ("number", format!("X-{i}")),
            ("proof", format!("{i}@example.com")),
        ];
        let asked = scene.ask(Method::POST, "/p/alfa/find").form(&form);
        let asked = asked
            .header("sec-fetch-site", "same-origin")
            .header(csrf::HEADER, &token);
        let hop = format!("198.51.100.{i}");
        let asked = asked
            .header("x-forwarded-for", &hop)
            .header("x-real-ip", &hop);
        let asked = asked.header("forwarded", format!("for={hop}"));
        let answer = asked.send().await.unwrap();
        last = answer.status();
        let after = answer
            .headers()
            .get("retry-after")
            .and_then(|v| v.to_str().ok());
        after.unwrap_or_default().clone_into(&mut wait);
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        assert_eq!(last, StatusCode::UNPROCESSABLE_ENTITY, "{i}");
    }
    assert_eq!(
        last,
        StatusCode::TOO_MANY_REQUESTS,
        "one address, whatever it says of itself"
    );
    assert!(
        wait.parse::<u32>().is_ok_and(|seconds| seconds > 0),
        "{wait:?}"
    );
    let made = scene.api(Method::POST, "inbound/easypost/secret");
    let made = made
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");
    let words = made
        .json(&json!({}))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!words.contains("evil.example"), "{words}");
}

async fn headers(scene: &Scene) {
    let cookie = format!("session={}", scene.session);
    let page = |path: &str| scene.ask(Method::GET, path).header("accept", "text/html");
    let signed = |path: &str| page(path).header("cookie", &cookie);
    let asset = signed("/desk").send().await.unwrap().text().await.unwrap();
    let asset = asset.split("href=\"/assets/").nth(1).unwrap();
    let asset = format!("/assets/{}", asset.split('"').next().unwrap());
    for (name, request, status) in [
        ("page", page("/sign-in"), 200),
        ("page behind a sign-in", signed("/desk"), 200),
        ("page of the portal", page("/p/alfa"), 200),
        (
            "fragment",
            signed("/search?q=R").header("hx-request", "true"),
            200,
        ),
        ("error page", signed("/desk/1/nothing"), 404),
        (
            "error fragment",
            signed("/desk/1/nothing").header("hx-request", "true"),
            404,
        ),
        ("nobody", page("/desk"), 401),
        ("no such address", page("/nothing/here"), 404),
        ("file", signed("/desk/clocks/breaches.csv"), 200),
        ("stream", signed("/events"), 200),
        ("API", scene.api(Method::GET, "returns"), 200),
        (
            "API without a key",
            scene.ask(Method::GET, "/api/v1/clients/alfa/returns"),
            401,
        ),
        (
            "API, wrong method",
            scene.api(Method::DELETE, "returns"),
            405,
        ),
        (
            "message without signature",
            scene.ask(Method::POST, "/inbound/carrier/alfa/ups"),
            401,
        ),
        ("static file", page(&asset), 200),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{name}");
        strict(name, answer.headers(), name == "static file");
    }
}

fn strict(name: &str, headers: &HeaderMap, public: bool) {
    let text = |header: &str| {
        let value = headers.get(header).and_then(|v| v.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let policy = text("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{name}: {part} in {policy:?}");
    }
    assert!(!policy.contains("unsafe"), "{name}: {policy}");
    for (header, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(text(header), expected, "{name}: {header}");
    }
    if !public {
        assert!(
            text("cache-control").contains("no-store"),
            "{name}: {headers:?}"
        );
    }
    // Served over plain HTTP here; over TLS `crates/http/tests/edge.rs` asks for it.
    assert_eq!(text("strict-transport-security"), "", "{name}");
    assert_eq!(text("server"), "", "{name}");
}
