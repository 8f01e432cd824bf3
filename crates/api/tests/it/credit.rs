//! Store credit and the books over HTTP, as a shop of the client uses them.

use crate::house::{House, asked};
use app::cases::{Call, OrderKey};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use kernel::{Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Command, Count, Path, RequestedLine};
use serde_json::{Value, json};
use testkit::{ALFA, BRAVO, Fixture};

const API: &str = "/api/v1/clients/alfa";

/// A house in which the buyer of A-1 has 35.01 of credit and a bonus of 1.75.
async fn credited() -> House {
    let house = House::new().await;
    let (world, system) = (&house.world, Scope::system());
    let call = Call::new(&system, world.now());
    let request = app::cases::Request {
        order: OrderKey::Number("A-1".into()),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::StoreCredit,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Ordinary,
    };
    let asked = world.app.request_return(&call, ALFA, &request).await;
    let dock = Fixture::scope(Role::DockOperator);
    let receive = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: true,
    };
    let call = Call::new(&dock, world.now());
    let case = asked.unwrap().case;
    world
        .app
        .command(&call, ALFA, case, None, &receive)
        .await
        .unwrap();
    world.run_jobs().await;
    house
}

#[tokio::test]
async fn a_shop_reads_holds_spends_and_undoes() {
    let house = credited().await;
    let shop = house.key(Role::ClientUser, &[ALFA]).await;
    let list = house
        .get(&shop, &format!("{API}/credit?customer=c-A-1"))
        .await;
    let list = list.json();
    let account = &list["items"][0];
    assert_eq!(
        account["available"],
        json!({"minor": 3676, "currency": "EUR"})
    );
    assert_eq!(account["promotional"]["minor"], 175);
    let path = format!("{API}/credit/{}", account["credit"].as_str().unwrap());

    let body = json!({"amount": {"minor": 1000, "currency": "EUR"}, "reference": "W-1"});
    let spent = house.post(&shop, &format!("{path}/spend"), &body).await;
    assert_eq!(spent.status, StatusCode::OK, "{}", spent.text());
    assert_eq!(spent.json()["available"]["minor"], 2676);
    // The same key again: the same answer, and nothing is done.
    let text = body.to_string();
    let first = house
        .post_as(&shop, "k-1", &format!("{path}/spend"), &text)
        .await;
    let again = house
        .post_as(&shop, "k-1", &format!("{path}/spend"), &text)
        .await;
    assert_eq!(first.json(), again.json());
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.json()["available"]["minor"], 1676);
    let other = body.to_string().replace("1000", "1001");
    let reused = house
        .post_as(&shop, "k-1", &format!("{path}/spend"), &other)
        .await;
    assert_eq!(reused.status, StatusCode::CONFLICT);

    let much = json!({"amount": {"minor": 1677, "currency": "EUR"}, "reference": "W-2"});
    let short = house.post(&shop, &format!("{path}/spend"), &much).await;
    assert_eq!(short.status, StatusCode::CONFLICT);
    assert_eq!(short.json()["type"], "/problems/credit_short");
    assert!(short.text().contains("16.76"), "{}", short.text());

    let held = house
        .post(&shop, &format!("{path}/reserve"), &body)
        .await
        .json();
    assert_eq!(held["held"]["minor"], 1000);
    let part = json!({"reservation": held["id"], "amount": {"minor": 400, "currency": "EUR"}});
    let spent = house
        .post(&shop, &format!("{path}/spend"), &part)
        .await
        .json();
    assert_eq!(
        (&spent["available"]["minor"], &spent["held"]["minor"]),
        (&json!(1276), &json!(0))
    );
    let void = json!({"id": spent["id"]});
    let undone = house
        .post(&shop, &format!("{path}/void"), &void)
        .await
        .json();
    assert_eq!(undone["available"]["minor"], 1676);

    let statement = house.get(&shop, &path).await.json();
    let kinds: Vec<&str> = statement["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["kind"].as_str().unwrap())
        .collect();
    let all = "credit_issued credit_issued credit_spent credit_spent credit_held credit_released \
        credit_spent credit_restored";
    assert_eq!(kinds.join(" "), all);
}

#[tokio::test]
async fn what_a_shop_may_not_do_is_said() {
    let house = credited().await;
    let shop = house.key(Role::ClientUser, &[ALFA]).await;
    let agent = house.key(Role::Agent, &[ALFA]).await;
    let other = house.key(Role::ClientUser, &[BRAVO]).await;
    let list = house.get(&shop, &format!("{API}/credit")).await.json();
    let credit = list["items"][0]["credit"].as_str().unwrap().to_owned();
    let path = format!("{API}/credit/{credit}");
    let body = json!({"amount": {"minor": 100, "currency": "EUR"}, "reference": "W-1"});
    let spend = format!("{path}/spend");
    // No key, no right, another client, an amount that is none.
    let request = Request::post(&spend)
        .header("authorization", format!("Bearer {shop}"))
        .header("content-type", "application/json");
    let bare = request.body(Body::from(body.to_string())).unwrap();
    let bare = house.send(bare).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.text().contains("Idempotency-Key"));
    assert_eq!(
        house.post(&agent, &spend, &body).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        house.post(&other, &spend, &body).await.status,
        StatusCode::NOT_FOUND
    );
    let elsewhere = format!("/api/v1/clients/bravo/credit/{credit}");
    assert_eq!(
        house.get(&other, &elsewhere).await.status,
        StatusCode::NOT_FOUND
    );
    let wrong = |change: fn(&mut Value)| {
        let mut body = body.clone();
        change(&mut body);
        body
    };
    for (body, named) in [
        (wrong(|b| b["amount"]["minor"] = 0.into()), "wrong_amount"),
        (wrong(|b| b["amount"]["minor"] = json!(-5)), "wrong_amount"),
        (
            wrong(|b| b["amount"]["currency"] = "JPY".into()),
            "wrong_currency",
        ),
        (
            wrong(|b| b["amount"]["currency"] = "???".into()),
            "amount.currency",
        ),
        (wrong(|b| b["amount"]["minor"] = json!(1.5)), "amount.minor"),
        (wrong(|b| b["reference"] = "".into()), "reference"),
        (wrong(|b| b["tip"] = 1.into()), "tip"),
        (wrong(|b| b["amount"] = Value::Null), "amount"),
    ] {
        let refused = house.post(&shop, &spend, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(refused.text().contains(named), "{body}: {}", refused.text());
    }
    let balance = house.get(&shop, &path).await.json();
    assert_eq!(balance["available"]["minor"], 3676);
}

#[tokio::test]
async fn the_books_are_read_account_by_account() {
    let house = credited().await;
    let finance = house.key(Role::Finance, &[ALFA]).await;
    let trial = house.get(&finance, &format!("{API}/books")).await.json();
    let rows = trial["items"].as_array().unwrap();
    let sum = |of: &str| rows.iter().map(|r| r[of].as_i64().unwrap()).sum::<i64>();
    assert_eq!(sum("debit_minor"), sum("credit_minor"));
    assert_eq!(sum("closing_minor"), 0);
    let credit = rows
        .iter()
        .find(|r| r["account"] == "store_credit")
        .unwrap();
    assert_eq!(credit["closing_minor"], -3501);
    let path = format!("{API}/books/EUR/store_credit?limit=1");
    let page = house.get(&finance, &path).await.json();
    assert_eq!(page["items"][0]["why"], "paid");
    assert_eq!(page["items"][0]["debit"], "shopper_liability");
    let case = page["items"][0]["stream"].as_str().unwrap();
    let own = house
        .get(&finance, &format!("{API}/returns/{case}/books"))
        .await
        .json();
    let whys: Vec<&str> = own["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["why"].as_str().unwrap())
        .collect();
    assert_eq!(
        whys,
        ["granted", "granted", "fee_kept", "paid", "bonus_given"]
    );
    // A return that is only asked for moves nothing.
    let admin = house.key(Role::Admin, &[ALFA]).await;
    let open = house
        .post(&admin, &format!("{API}/returns"), &asked("A-2", 1))
        .await
        .json();
    let path = format!("{API}/returns/{}/books", open["rma"].as_str().unwrap());
    assert_eq!(house.get(&finance, &path).await.json()["items"], json!([]));
    for wrong in ["books?from=2026-13", "books?from=2026-07&to=2026-06"] {
        let refused = house.get(&finance, &format!("{API}/{wrong}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let missing = house.get(&finance, &format!("{API}/books/EUR/cash")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let agent = house.key(Role::Agent, &[ALFA]).await;
    let denied = house.get(&agent, &format!("{API}/books")).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}
