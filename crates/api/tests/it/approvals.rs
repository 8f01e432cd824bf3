//! Approvals, payments made outside and limits over HTTP: under the same rules as at the desk, and
//! what needs a fresh sign-in is never done with a key.

use crate::house::{House, asked};
use axum::http::StatusCode;
use kernel::{Currency, Role};
use serde_json::json;
use testkit::{ALFA, BRAVO, Fixture};

const API: &str = "/api/v1/clients/alfa";

async fn opened(house: &House, key: &str) -> String {
    let (path, body) = (format!("{API}/returns"), asked("A-1", 1));
    let made = house.post(key, &path, &body).await.json();
    made["case"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_program_lists_and_answers_what_waits_for_a_second_person() {
    let house = House::new().await;
    let app = &house.world.app;
    let limits: app::limits::Limits = serde_json::from_value(json!({
        "roles": [{ "role": "agent", "refund": 1000 }, { "role": "team_lead" }],
        "customer_days": 30,
    }))
    .unwrap();
    let admin = Fixture::scope(Role::Admin);
    let set = app.set_limits(&admin, ALFA, Currency::EUR, &limits, "as agreed");
    set.await.unwrap();
    let agent = house.key(Role::Agent, &[ALFA]).await;
    let lead = house.key(Role::TeamLead, &[ALFA]).await;
    let case = opened(&house, &agent).await;
    let system = kernel::Scope::system();
    let id = case.parse().unwrap();
    // Asked for by the agent as the desk would.
    let command = returns::Command::AskApproval {
        lines: vec![returns::GrantLine {
            line: 0,
            units: 1,
            outcome: policy::Outcome::Refund,
            minor: 4000,
        }],
        shipping_minor: 0,
        reason: Some("agreed".into()),
        why: "a good customer".into(),
    };
    let scope = Fixture::scope(Role::Agent);
    let call = app::cases::Call::new(&scope, house.world.now());
    app.command(&call, ALFA, id, None, &command).await.unwrap();
    let list = house.get(&lead, &format!("{API}/approvals")).await.json();
    let item = &list["items"][0];
    assert_eq!(item["kind"], "grant", "{list}");
    assert_eq!(item["amount"]["minor"], 4000);
    let one = format!("{API}/returns/{case}/approvals/0");
    let yes = json!({ "hash": item["hash"] });
    let own = house.post(&agent, &format!("{one}/approve"), &yes).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text());
    let other = house.key(Role::TeamLead, &[BRAVO]).await;
    let foreign = house.post(&other, &format!("{one}/approve"), &yes).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let wrong = json!({ "hash": "no such seal" });
    let void = house.post(&lead, &format!("{one}/approve"), &wrong).await;
    assert_eq!(void.status, StatusCode::CONFLICT, "{}", void.text());
    let given = house.post(&lead, &format!("{one}/approve"), &yes).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text());
    // The bank refuses; finance pays it in the portal, and another person of finance confirms.
    house.world.bank.script([testkit::Behaviour::Refuse]);
    house.world.run_jobs().await;
    let page = app.case_page(&system, ALFA, id).await.unwrap();
    let owed = page.case.obligations[0].id;
    let finance = house.key(Role::Finance, &[ALFA]).await;
    let second = house.key(Role::Finance, &[ALFA]).await;
    let outside = format!("{API}/returns/{case}/payments/{owed}/outside");
    let today = page.client.day(house.world.now()).to_string();
    let said = json!({ "way": "bank", "reference": "RF-2026-17", "on": today, "reason": "urgent" });
    let asked = house.post(&finance, &outside, &said).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    let list = house.get(&lead, &format!("{API}/approvals")).await.json();
    let item = &list["items"][0];
    assert_eq!(item["kind"], "manual", "{list}");
    assert_eq!(item["reference"], "RF-2026-17");
    let yes = json!({ "hash": item["hash"] });
    let own = house
        .post(&finance, &format!("{outside}/confirm"), &yes)
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text());
    let done = house
        .post(&second, &format!("{outside}/confirm"), &yes)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let page = app.case_page(&system, ALFA, id).await.unwrap();
    assert_eq!(page.obligations[0].state, "settled");
}

#[tokio::test]
async fn a_key_neither_changes_limits_nor_approves_an_account() {
    let house = House::new().await;
    let admin = house.key(Role::Admin, &[ALFA]).await;
    let path = format!("{API}/limits/EUR");
    let body = json!({ "reason": "as agreed", "limits": { "roles": [], "customer_days": 30 } });
    let request = axum::http::Request::put(&path)
        .header("authorization", format!("Bearer {admin}"))
        .header("content-type", "application/json");
    let request = request.body(axum::body::Body::from(body.to_string()));
    let set = house.send(request.unwrap()).await;
    assert_eq!(set.status, StatusCode::FORBIDDEN, "{}", set.text());
    assert_eq!(set.json()["type"], "/problems/not-fresh");
    let list = house.get(&admin, &path).await.json();
    assert_eq!(list["items"], json!([]));
    let used = house.get(&admin, &format!("{path}/used")).await;
    assert_eq!(used.status, StatusCode::OK, "{}", used.text());
    let case = opened(&house, &admin).await;
    let path = format!("{API}/returns/{case}/destination/approve");
    let yes = house.post(&admin, &path, &json!({ "hash": "x" })).await;
    assert_eq!(yes.json()["type"], "/problems/not-fresh", "{}", yes.text());
}
