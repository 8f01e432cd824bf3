//! The edge as a browser meets it: headers, cross-site checks, problems, assets, ids, streams.
#![expect(clippy::unwrap_used, reason = "test helpers: a failure is the finding")]

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Query,
    http::{Request, Response, StatusCode},
    middleware,
    routing::{get, post},
};
use kernel::{CaseId, ClientId};
use redress_http::{Id, Ids, Problem, assets, csrf, cursor, problem, security, sse, trace, ui};
use tower::ServiceExt;

#[derive(serde::Deserialize)]
struct Paging {
    limit: Option<u32>,
}

fn csrf_state() -> csrf::Csrf {
    csrf::Csrf::new([7; 32], "session", None)
}

fn app() -> Router {
    let policy = security::Policy {
        private: true,
        hsts: true,
    };
    Router::new()
        .route("/", get(async || "ok"))
        .route("/act", post(async |body: String| body))
        .route("/case/{id}", get(async |Id(id): Id<CaseId>| id.to_string()))
        .route(
            "/c/{client}/{case}",
            get(async |Ids(c, id): Ids<ClientId, CaseId>| format!("{c} {id}")),
        )
        .route(
            "/list",
            get(async |Query(q): Query<Paging>| format!("{:?}", q.limit)),
        )
        .route(
            "/bad",
            get(async || Problem::invalid(vec![ui::FieldError::new("email", "<b>")])),
        )
        .layer(middleware::from_fn_with_state(csrf_state(), csrf::check))
        .layer(middleware::from_fn(problem::negotiate))
        .merge(assets::router())
        .layer(middleware::from_fn_with_state(policy, security::apply))
        .layer(middleware::from_fn(trace::request))
}

async fn send(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app()
        .oneshot(request.body(Body::from(body.to_owned())).unwrap())
        .await
        .unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(
        to_bytes(response.into_body(), 1 << 20)
            .await
            .unwrap()
            .to_vec(),
    )
    .unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |v| v.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_carries_a_strict_policy_with_its_own_nonce() {
    let mut seen = std::collections::BTreeSet::new();
    for uri in ["/", "/missing", "/bad", "/assets/app.js", "/case/nonsense"] {
        let response = send("GET", uri, &[], "").await;
        let csp = header(&response, "content-security-policy").to_owned();
        assert!(
            csp.starts_with("default-src 'none'; script-src 'self' 'nonce-"),
            "{uri}: {csp}"
        );
        assert!(
            !csp.contains("unsafe") && csp.contains("trusted-types htmx"),
            "{uri}: {csp}"
        );
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert_eq!(header(&response, "x-request-id").len(), 16);
        assert!(header(&response, "strict-transport-security").contains("31536000"));
        assert!(seen.insert(csp), "{uri}: nonce used twice");
    }
    assert_eq!(
        header(&send("GET", "/", &[], "").await, "cache-control"),
        "no-store"
    );
}

#[tokio::test]
async fn a_change_needs_our_own_page_and_the_session_token() {
    let token = csrf_state().token("s1");
    let (own, cookie) = (
        ("sec-fetch-site", "same-origin"),
        ("cookie", "a=b; session=s1"),
    );
    let head = (csrf::HEADER, token.as_str());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let status = async |headers: &[(&str, &str)], body: &str| {
        send("POST", "/act", headers, body).await.status()
    };
    assert_eq!(status(&[own, cookie, head], "x").await, StatusCode::OK);
    let body = format!("a=1&_csrf={}", token.as_str());
    let answer = send("POST", "/act", &[own, cookie, form], &body).await;
    assert_eq!(
        (answer.status(), text(answer).await),
        (StatusCode::OK, body.clone())
    );

    let no = StatusCode::FORBIDDEN;
    assert_eq!(status(&[own, cookie], "x").await, no, "no token");
    assert_eq!(
        status(&[own, cookie, form], "_csrf=wrong").await,
        no,
        "wrong token in the form"
    );
    assert_eq!(
        status(&[own, head], "x").await,
        no,
        "another session's token"
    );
    assert_eq!(
        status(&[cookie, head], "x").await,
        no,
        "browser says nothing"
    );
    assert_eq!(
        status(&[("hx-request", "true"), cookie, head], "x").await,
        no,
        "HX-Request proves nothing"
    );
    for site in ["cross-site", "same-site", "none"] {
        assert_eq!(
            status(&[("sec-fetch-site", site), cookie, head], "x").await,
            no,
            "{site}"
        );
    }
    let host = ("host", "desk.test");
    let from = |origin| [("origin", origin), host, cookie, head];
    assert_eq!(
        status(&from("https://desk.test"), "x").await,
        StatusCode::OK
    );
    assert_eq!(status(&from("https://desk.test.evil"), "x").await, no);
    assert_eq!(status(&from("null"), "x").await, no);
}

#[tokio::test]
async fn problems_speak_json_pages_and_fragments() {
    let json = send("GET", "/bad", &[("accept", "application/json")], "").await;
    assert_eq!(json.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(header(&json, "content-type"), "application/problem+json");
    let body: serde_json::Value = serde_json::from_str(&text(json).await).unwrap();
    assert_eq!(body["type"], "/problems/invalid");
    assert_eq!(body["fields"][0]["field"], "email");
    assert!(body["request_id"].as_str().is_some_and(|id| id.len() == 16));

    let page = send(
        "GET",
        "/bad",
        &[("accept", "text/html"), ("accept-language", "de")],
        "",
    )
    .await;
    let page = text(page).await;
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"de\"") && page.contains("&lt;b&gt;"));
    assert!(!page.contains("style=") && !page.contains("⟦"));

    let fragment = send("GET", "/bad", &[("hx-request", "true")], "").await;
    assert_eq!(header(&fragment, "hx-retarget"), "#problems");
    let fragment = text(fragment).await;
    assert!(fragment.contains("href=\"#f-email\"") && !fragment.contains("<html"));
}

#[tokio::test]
async fn malformed_ids_are_not_found() {
    let id = CaseId(uuid::Uuid::from_u128(5));
    assert_eq!(
        text(send("GET", &format!("/case/{id}"), &[], "").await).await,
        id.to_string()
    );
    assert_eq!(
        text(send("GET", &format!("/c/7/{id}"), &[], "").await).await,
        format!("7 {id}")
    );
    for uri in [
        "/case/ord_000",
        "/case/%00",
        "/c/x/case_1",
        &format!("/case/{}", "a".repeat(500)),
    ] {
        assert_eq!(
            send("GET", uri, &[], "").await.status(),
            StatusCode::NOT_FOUND,
            "{uri}"
        );
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_by_hash_and_revalidated_by_name() {
    let href = assets::href("app.js");
    let hashed = send("GET", &href, &[("accept-encoding", "gzip")], "").await;
    assert!(header(&hashed, "cache-control").contains("immutable"));
    assert_eq!(header(&hashed, "content-encoding"), "gzip");
    let plain = send("GET", "/assets/app.js", &[], "").await;
    assert_eq!(header(&plain, "cache-control"), "no-cache");
    assert!(header(&plain, "content-type").starts_with("text/javascript"));
    let tag = header(&plain, "etag").to_owned();
    let again = send("GET", "/assets/app.js", &[("if-none-match", &tag)], "").await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(
        send("GET", "/assets/..%2fCargo.toml", &[], "")
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
    let first_load: usize = assets::all().iter().map(|a| a.gzip.len()).sum();
    assert!(first_load <= 60 * 1024, "first load is {first_load} bytes");
}

#[test]
fn cursors_round_trip_and_refuse_what_is_not_theirs() {
    let key = ("2026-11-15".to_owned(), 7_u64);
    assert_eq!(
        cursor::decode::<(String, u64)>(&cursor::encode(&key)).unwrap(),
        key
    );
    for wrong in ["", "%%%", "AAAA", &cursor::encode(&"x"), &"A".repeat(600)] {
        let problem = cursor::decode::<(String, u64)>(wrong).unwrap_err();
        assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let query = |limit| {
        cursor::PageQuery {
            cursor: None,
            limit,
        }
        .limit()
    };
    assert_eq!(
        [query(None), query(Some(0)), query(Some(9_999))],
        [50, 1, 200]
    );
}

#[tokio::test]
async fn streams_filter_per_reader_tell_the_slow_and_end_with_the_server() {
    use futures::StreamExt;
    let (sender, receiver) = tokio::sync::broadcast::channel(4);
    let stop = tokio_util::sync::CancellationToken::new();
    let mut stream = Box::pin(sse::events(receiver, stop.clone(), |n: u32| {
        n.is_multiple_of(2)
            .then(|| sse::LiveEvent::new("queue", n.to_string()))
    }));
    sender.send(1).unwrap();
    sender.send(2).unwrap();
    assert_eq!(stream.next().await, Some(sse::LiveEvent::new("queue", "2")));
    for n in 10..20 {
        sender.send(n).unwrap();
    }
    assert_eq!(
        stream.next().await.map(|e| e.name),
        Some("resync".to_owned())
    );
    stop.cancel();
    while stream.next().await.is_some() {}
}

#[tokio::test]
async fn a_query_path_or_method_nobody_can_read_gets_a_page_or_a_problem() {
    let html = ("accept", "text/html");
    let fragment = [html, ("hx-request", "true"), ("hx-request-type", "partial")];
    for (method, uri, status, kind) in [
        ("GET", "/list?limit=q7x", 400, "unreadable"),
        ("GET", "/case/nonsense", 404, "not-found"),
        ("GET", "/act", 405, "method"),
    ] {
        let page = send(method, uri, &[html], "").await;
        assert_eq!(page.status().as_u16(), status, "{uri}");
        assert!(
            header(&page, "content-type").starts_with("text/html"),
            "{uri}"
        );
        let page = text(page).await;
        assert!(
            page.contains("<h1>") && !page.contains('⟦'),
            "{uri}: {page}"
        );
        assert!(
            !page.contains("q7x"),
            "{uri}: what was sent is not said again"
        );
        let api = send(method, uri, &[("accept", "application/json")], "").await;
        assert_eq!(api.status().as_u16(), status, "{uri}");
        assert_eq!(
            header(&api, "content-type"),
            "application/problem+json",
            "{uri}"
        );
        let api: serde_json::Value = serde_json::from_str(&text(api).await).unwrap();
        assert_eq!(api["type"], format!("/problems/{kind}"), "{uri}");
        if kind == "unreadable" {
            assert_eq!(api["fields"][0]["field"], "limit", "{api}");
        }
    }
    let part = text(send("GET", "/list?limit=q7x", &fragment, "").await).await;
    assert!(!part.contains("<html"), "{part}");
}
