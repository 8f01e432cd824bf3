//! Disputes over HTTP: opened once under a key, looked at, answered, refused with problems; nobody
//! reaches another client's, and who may not move money changes nothing.

use crate::house::House;
use axum::http::StatusCode;
use kernel::Role;
use serde_json::json;
use testkit::{ALFA, BRAVO};

const API: &str = "/api/v1/clients/alfa";

#[tokio::test]
async fn a_program_opens_answers_and_ends_a_dispute() {
    let house = House::new().await;
    let key = house.key(Role::Finance, &[ALFA]).await;
    let new = json!({ "provider": "adyen", "reference": "D-1", "order_number": "A-1",
        "amount": { "minor": 4_000, "currency": "EUR" }, "reason": "13.1",
        "due_at": "2026-06-09T00:00:00Z" });
    let path = format!("{API}/disputes");
    let first = house.post_as(&key, "k-1", &path, &new.to_string()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = house.post_as(&key, "k-1", &path, &new.to_string()).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let dispute = first.json();
    assert_eq!(again.json(), dispute);
    assert_eq!(dispute["state"], "needs_response");
    assert_eq!(dispute["category"], "not_received");
    assert_eq!(dispute["scheme"], "visa");
    assert!(dispute["order"].is_string(), "{dispute}");
    let one = format!("{path}/{}", dispute["dispute"].as_str().unwrap());
    let list = house.get(&key, &path).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let detail = house.get(&key, &one).await.json();
    let proof = detail["evidence"].as_array().unwrap();
    assert!(
        proof.iter().any(|e| e["evidence"] == "proof_of_delivery"
            && e["here"] == true
            && e["needed"] == true),
        "{detail}"
    );

    let act = format!("{one}/act");
    let stale = json!({ "act": "contest", "note": "delivered", "expected_version": 1 });
    let got = house.post(&key, &act, &stale).await;
    assert_eq!(got.status, StatusCode::CONFLICT, "{}", got.text());
    let silent = house.post(&key, &act, &json!({ "act": "submit" })).await;
    assert_eq!(
        silent.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        silent.text()
    );
    let kind = silent.headers["content-type"].to_str().unwrap();
    assert!(kind.starts_with("application/problem+json"), "{kind}");
    let none = house.get(&key, &format!("{one}/pack.pdf")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let pack = house
        .post(&key, &act, &json!({ "act": "pack", "lang": "de" }))
        .await;
    assert_eq!(pack.status, StatusCode::OK, "{}", pack.text());
    house.world.run_jobs().await;
    let made = house.get(&key, &format!("{one}/pack.pdf")).await;
    assert_eq!(made.headers["content-type"], "application/pdf");
    assert!(made.body.starts_with(b"de A-1"));
    for (act_name, state) in [("contest", "needs_response"), ("submit", "submitted")] {
        let asked = json!({ "act": act_name, "note": "delivered" });
        let got = house.post(&key, &act, &asked).await;
        assert_eq!(got.json()["state"], state, "{}", got.text());
    }
    let lost = json!({ "act": "outcome", "stage": "lost", "note": "letter" });
    let got = house.post(&key, &act, &lost).await.json();
    assert_eq!(
        (got["state"].as_str(), got["lost_minor"].as_i64()),
        (Some("lost"), Some(4_000))
    );
}

#[tokio::test]
async fn other_clients_and_other_roles_are_shut_out() {
    let house = House::new().await;
    let finance = house.key(Role::Finance, &[ALFA]).await;
    let new = json!({ "provider": "adyen", "reference": "D-2", "order_number": "A-2",
        "amount": { "minor": 100, "currency": "EUR" } });
    let path = format!("{API}/disputes");
    let made = house.post(&finance, &path, &new).await.json();
    let one = format!("{path}/{}", made["dispute"].as_str().unwrap());
    let bravo = house.key(Role::Finance, &[BRAVO]).await;
    assert_eq!(house.get(&bravo, &one).await.status, StatusCode::NOT_FOUND);
    let other = one.replace("alfa", "bravo");
    assert_eq!(
        house.get(&bravo, &other).await.status,
        StatusCode::NOT_FOUND
    );
    let dock = house.key(Role::DockOperator, &[ALFA]).await;
    for path in [&path, &one] {
        assert_eq!(house.get(&dock, path).await.status, StatusCode::FORBIDDEN);
    }
    let act = json!({ "act": "accept", "note": "small" });
    let got = house.post(&dock, &format!("{one}/act"), &act).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    let nobody = json!({ "provider": "adyen", "reference": "D-3",
        "amount": { "minor": 100, "currency": "EUR" } });
    let got = house.post(&finance, &path, &nobody).await;
    assert_eq!(
        got.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        got.text()
    );
}
