//! One return from the order to the proof in the ledger, as a program lives it.

use crate::house::{House, asked};
use axum::http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::ALFA;
use tower::ServiceExt as _;

const ALFA_API: &str = "/api/v1/clients/alfa";

#[tokio::test]
async fn from_order_to_receipt() {
    let house = House::new().await;
    let key = house.key(Role::Admin, &[ALFA]).await;
    let at = |rest: &str| format!("{ALFA_API}/{rest}");

    let orders = house.get(&key, &at("orders?limit=2")).await.json();
    assert_eq!(orders["items"].as_array().unwrap().len(), 2);
    let next = orders["next"].as_str().unwrap();
    let rest = house
        .get(&key, &at(&format!("orders?limit=2&cursor={next}")))
        .await
        .json();
    assert_eq!(
        (rest["items"].as_array().unwrap().len(), &rest["next"]),
        (1, &json!(null))
    );

    let order = house.get(&key, &at("orders/A-1")).await.json();
    assert_eq!(order["lines"][0]["fulfilled"], 3);

    let quote = house
        .post(&key, &at("returns/quote"), &asked("A-1", 1))
        .await
        .json();
    assert_eq!(quote["lines"][0]["verdict"], "authorise", "{quote}");
    assert!(
        !quote["lines"][0]["reasons"][0]["text"]
            .as_str()
            .unwrap()
            .contains('⟦')
    );

    let opened = house.post(&key, &at("returns"), &asked("A-1", 1)).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    let location = opened.headers["location"].to_str().unwrap().to_owned();
    house.world.run_jobs().await;
    let case = house.get(&key, &location).await.json();
    assert_eq!(case["status"], "awaiting_goods");
    assert_eq!(case["decision"]["quote"]["total"], quote["quote"]["total"]);

    let parcel = &case["parcels"][0];
    let pdf = house.get(&key, parcel["label_pdf"].as_str().unwrap()).await;
    assert!(pdf.body.starts_with(b"%PDF"), "{}", pdf.text());
    let zpl = house
        .get(&key, parcel["label_zpl"].as_str().unwrap())
        .await
        .text();
    assert!(zpl.starts_with("^XA") && zpl.contains(parcel["tracking"].as_str().unwrap()));

    let rma = case["rma"].as_str().unwrap();
    let step = async |what: &str, body: serde_json::Value| {
        let got = house
            .post(&key, &at(&format!("returns/{rma}/{what}")), &body)
            .await;
        assert_eq!(got.status, StatusCode::OK, "{what}: {}", got.text());
        got.json()
    };
    step(
        "scans",
        json!({ "parcel": parcel["id"], "seen": "shipped" }),
    )
    .await;
    let received = step(
        "receipts",
        json!({ "counts": [{ "line": 0, "units": 1 }], "complete": true }),
    );
    let version = received.await["version"].clone();
    let graded = json!({ "version": version, "line": 0, "units": 1, "grade": "b" });
    step("grades", graded).await;
    let gone = json!({ "line": 0, "units": 1, "grade": "b", "disposition": "open_box" });
    step("dispositions", gone).await;
    house.world.run_jobs().await;

    let case = house.get(&key, &location).await.json();
    assert_eq!(case["refunds"][0]["state"], "settled", "{case}");
    assert_eq!(case["refunds"][0]["amount"], quote["quote"]["total"]);
    let settled = house.get(&key, &at("refunds?state=settled")).await.json();
    assert_eq!(settled["items"].as_array().unwrap().len(), 1);

    house.world.app.sequence_all().await.unwrap();
    let proofs = house
        .get(&key, &at(&format!("returns/{rma}/proofs")))
        .await
        .json();
    let receipts = proofs["receipts"].as_array().unwrap();
    assert_eq!(receipts.len() as u64, case["version"].as_u64().unwrap());
    let vkey = proofs["vkey"].as_str().unwrap();
    for receipt in receipts {
        app::ledger::verify_receipt(receipt.as_str().unwrap(), vkey).unwrap();
    }
    let checkpoint = house.get("none", "/log/alfa/checkpoint").await.text();
    assert!(
        checkpoint.contains("returns.example/ledger/alfa"),
        "{checkpoint}"
    );
    assert_eq!(
        house
            .get("none", "/log/alfa/tile/0/000.p/1")
            .await
            .body
            .len(),
        32
    );

    let feed = house.get(&key, &at("events?limit=3")).await.json();
    assert_eq!(feed["items"][0]["kind"], "requested");
    let after = feed["next"].as_u64().unwrap();
    let rest = house
        .get(&key, &at(&format!("events?after={after}")))
        .await
        .json();
    assert_eq!(rest["items"][0]["index"], after + 1);
    let whole = 3 + rest["items"].as_array().unwrap().len();
    assert_eq!(whole as u64, case["version"].as_u64().unwrap());
    let end = rest["next"].as_u64().unwrap();
    let nothing = house
        .get(&key, &at(&format!("events?after={end}")))
        .await
        .json();
    assert_eq!(
        (nothing["items"].as_array().unwrap().len(), &nothing["next"]),
        (0, &json!(end))
    );
}

#[tokio::test]
async fn the_same_request_twice_is_one_return() {
    let house = House::new().await;
    let key = house.key(Role::Agent, &[ALFA]).await;
    let path = format!("{ALFA_API}/returns");
    let body = asked("A-2", 1).to_string();
    let first = house.post_as(&key, "k1", &path, &body).await;
    let again = house.post_as(&key, "k1", &path, &body).await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::OK)
    );
    assert_eq!(first.json(), again.json());
    assert_eq!(first.headers["location"], again.headers["location"]);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = house
        .post_as(&key, "k1", &path, &asked("A-2", 2).to_string())
        .await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(other.json()["type"], "/problems/key-reused");
    let list = house.get(&key, &path).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn orders_are_taken_in_and_wrong_ones_named() {
    let house = House::new().await;
    let key = house.key(Role::ClientUser, &[ALFA]).await;
    let good = serde_json::to_value(testkit::Fixture::draft("N-1", 1, house.world.now())).unwrap();
    let mut bad = good.clone();
    bad["number"] = "N-2".into();
    bad["lines"][0]["line_discount"] = 999_999.into();
    let body = json!({ "orders": [good, bad] });
    let got = house.post(&key, &format!("{ALFA_API}/orders"), &body).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    let said = got.json();
    assert_eq!(
        (&said["report"]["stored"], &said["report"]["rejected"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(said["rejected"][0]["field"], "line.line_discount");
    let got = house
        .post(&key, &format!("{ALFA_API}/orders"), &body)
        .await
        .json();
    assert_eq!(got["report"]["already_there"], 1);
}

/// Sends the same POST sixteen times at once: one does it, the others get its answer.
async fn at_once(house: &House, key: &str, name: &str, path: &str, body: &Value) {
    let path = format!("{ALFA_API}/{path}");
    let body = body.to_string();
    let sent = (0..16).map(|_| house.post_as(key, name, &path, &body));
    let got = futures::future::join_all(sent).await;
    let (again, first): (Vec<_>, Vec<_>) = got
        .iter()
        .partition(|g| g.headers.contains_key("idempotency-replayed"));
    assert_eq!(first.len(), 1, "{name}: {}", got[0].text());
    assert!(first[0].status.is_success(), "{name}: {}", first[0].text());
    for other in again {
        assert_eq!(other.status, StatusCode::OK, "{name}: {}", other.text());
        assert_eq!(other.json(), first[0].json(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_posts_about_no_case_at_the_same_moment_have_one_effect() {
    testkit::both(|engine| async move {
        let house = House::on(engine).await;
        let key = house.key(Role::Admin, &[ALFA]).await;
        let draft = |i: i32| json!({ "title": format!("Mine {i}"), "text": "name = \"Mine\"", "effective_from": "2027-01-01" });
        for i in 0..20 {
            at_once(&house, &key, &format!("draft-{i}"), "policies", &draft(i)).await;
        }
        let hook = json!({ "url": "https://x.example/hook" });
        at_once(&house, &key, "hook", "webhooks", &hook).await;
        let order = testkit::Fixture::draft("N-1", 1, house.world.now());
        let orders = json!({ "orders": [order] });
        at_once(&house, &key, "orders", "orders", &orders).await;
        let list = async |what: &str| house.get(&key, &format!("{ALFA_API}/{what}")).await.json();
        let drafts = list("policies").await["drafts"].as_array().unwrap().len();
        let hooks = list("webhooks").await["items"].as_array().unwrap().len();
        assert_eq!((drafts, hooks), (20, 1));
        // One that is refused leaves the key to whoever sends it again.
        let wrong = json!({ "url": "not an address" });
        for _ in 0..2 {
            let path = format!("{ALFA_API}/webhooks");
            let refused = house.post_as(&key, "wrong", &path, &wrong.to_string()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_about_no_case_is_done_once_under_its_key() {
    let house = House::new().await;
    let key = house.key(Role::Admin, &[ALFA]).await;
    let order = serde_json::to_value(testkit::Fixture::draft("N-1", 1, house.world.now())).unwrap();
    let article = |stock: u32| json!({ "articles": [{ "sku": "SHIRT-M", "product": "SHIRT", "title": "Shirt", "prices": { "EUR": 5900 }, "stock": stock }] });
    let draft =
        json!({ "title": "Mine", "text": "name = \"Mine\"", "effective_from": "2027-01-01" });
    let rows = [
        ("webhooks", 201, json!({ "url": "https://x.example/hook" })),
        ("orders", 200, json!({ "orders": [order] })),
        ("articles", 200, article(12)),
        ("policies", 201, draft),
    ];
    for (name, status, body) in rows {
        let path = format!("{ALFA_API}/{name}");
        let first = house.post_as(&key, name, &path, &body.to_string()).await;
        assert_eq!(first.status.as_u16(), status, "{name}: {}", first.text());
        let again = house.post_as(&key, name, &path, &body.to_string()).await;
        assert_eq!(again.status, StatusCode::OK, "{name}");
        assert_eq!(again.headers["idempotency-replayed"], "true", "{name}");
        assert_eq!(again.json(), first.json(), "{name}");
        let mut other = body.clone();
        other["dry_run"] = true.into();
        let reused = house.post_as(&key, name, &path, &other.to_string()).await;
        let kind = &reused.json()["type"];
        // Where the body takes no such key it is refused before the key is looked at.
        let expected = ["/problems/key-reused", "/problems/invalid"];
        assert!(expected.contains(&kind.as_str().unwrap()), "{name}: {kind}");
        let stranger = house.key(Role::Agent, &[testkit::BRAVO]).await;
        let denied = house
            .post_as(&stranger, name, &path, &body.to_string())
            .await;
        assert_eq!(
            denied.status,
            StatusCode::NOT_FOUND,
            "{name}: a stored answer is not for all"
        );
    }
    let hooks = house
        .get(&key, &format!("{ALFA_API}/webhooks"))
        .await
        .json();
    assert_eq!(hooks["items"].as_array().unwrap().len(), 1);
    let policies = house
        .get(&key, &format!("{ALFA_API}/policies"))
        .await
        .json();
    assert_eq!(policies["drafts"].as_array().unwrap().len(), 1);
    // A late repeat of an old import does not put the old figures back.
    let articles = format!("{ALFA_API}/articles");
    house.post(&key, &articles, &article(3)).await;
    house
        .post_as(&key, "articles", &articles, &article(12).to_string())
        .await;
    let now = house.get(&key, &articles).await.json();
    assert_eq!(now["items"][0]["free"], 3, "{now}");
}

#[tokio::test]
async fn the_description_covers_what_is_served() {
    let house = House::new().await;
    let doc = house.get("none", "/openapi.json").await.json();
    assert_eq!(doc, api::openapi());
    assert_eq!(doc["openapi"], "3.1.0");
    let mut operations = 0;
    for (path, item) in doc["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations += 1;
            let name = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{name}");
            assert!(
                operation["responses"].as_object().unwrap().len() > 1,
                "{name}"
            );
            let body = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            if let Some(reference) = body.as_str() {
                let schema = &doc["components"]["schemas"][reference.rsplit('/').next().unwrap()];
                assert!(schema["example"].is_object(), "{name} has no example");
                assert_eq!(
                    schema["additionalProperties"], false,
                    "{name} takes unknown keys"
                );
            }
        }
    }
    assert!(operations >= 25, "{operations}");
    let refs = doc.to_string();
    for part in refs.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(
            doc["components"]["schemas"][name].is_object(),
            "{name} is not described"
        );
    }
    let page = house.get("none", "/docs/api").await.text();
    assert!(page.contains("curl -s -X POST") && !page.contains('⟦') && !page.contains("<script>"));
    assert!(page.lines().count() < 1500);
}

#[tokio::test]
async fn health_and_figures() {
    let house = House::new().await;
    assert_eq!(house.get("none", "/livez").await.text(), "ok");
    assert_eq!(house.get("none", "/readyz").await.text(), "ok");
    let closed = house.get("none", "/metrics").await;
    assert_eq!(closed.status, 404, "not for everybody");
    let agent = house.key(Role::Agent, &[ALFA]).await;
    assert_eq!(house.get(&agent, "/metrics").await.status, 404);
    let opened = house
        .router
        .clone()
        .layer(axum::Extension(api::metrics::Token("open sesame".into())));
    let shown = async |token: &str| {
        let request = axum::http::Request::get("/metrics")
            .header("authorization", format!("Bearer {token}"))
            .body(axum::body::Body::empty());
        opened
            .clone()
            .oneshot(request.unwrap())
            .await
            .unwrap()
            .status()
    };
    assert_eq!(shown("open sesame").await, StatusCode::OK);
    assert_eq!(shown("open").await, StatusCode::NOT_FOUND);
    let admin = house.key(Role::Admin, &[ALFA]).await;
    let text = house.get(&admin, "/metrics").await.text();
    assert!(
        text.contains(
            "redress_http_requests_total{method=\"GET\",route=\"/livez\",status=\"200\"}"
        )
    );
    assert!(
        text.contains("redress_ledger_pending 0") && text.ends_with("# EOF\n"),
        "{text}"
    );
}
