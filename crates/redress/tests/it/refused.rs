//! What must not work over real HTTP: every refusal has the right status and kind and says what to
//! do now, and stores nothing.

use crate::{
    client::{Api, Got},
    house::House,
    server::{BOUND, Server, free_port},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{ALFA, BRAVO};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const RETURNS: &str = "/api/v1/clients/alfa/returns";

fn asked(order: &str, units: u32) -> Value {
    json!({ "order": order, "lines": [{ "line": 0, "units": units, "reason": "changed_mind" }] })
}

/// A house with the server running, one return open and one received.
struct Scene {
    house: House,
    server: Server,
    api: Api,
    /// The address of a return that waits for its goods.
    open: String,
    /// The address of a return whose lamp was counted.
    received: String,
}

impl Scene {
    async fn new(house: House) -> Self {
        let numbers = ["R-1", "R-2", "R-3"].map(str::to_owned);
        house.orders(ALFA, &numbers).await;
        house.orders(BRAVO, &["B-1".to_owned()]).await;
        let server = Server::ready(&house, free_port()).await;
        let api = Api::new(server.address, &house.alfa);
        let mut cases = Vec::new();
        for order in ["R-1", "R-2"] {
            let got = api
                .post(RETURNS, order, &asked(order, 1).to_string())
                .await
                .unwrap();
            assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
            cases.push(format!("{RETURNS}/{}", got.body["case"].as_str().unwrap()));
        }
        let [open, received] = cases.try_into().unwrap();
        let counted = json!({ "counts": [{ "line": 0, "units": 1 }] }).to_string();
        let got = api
            .post(&format!("{received}/receipts"), "count", &counted)
            .await
            .unwrap();
        assert_eq!(got.status, StatusCode::OK, "{}", got.body);
        Self {
            house,
            server,
            api,
            open,
            received,
        }
    }

    /// Everything a command could have changed: the returns and what happened to each.
    async fn all(&self) -> Vec<Value> {
        let mut rows = self.api.list(RETURNS).await;
        for row in &mut rows {
            let case = row["case"].as_str().unwrap();
            let found = self.api.get(&format!("{RETURNS}/{case}")).await.body;
            let events = found["events"].as_array().unwrap().iter();
            let kinds = events.map(|e| e["kind"].as_str().unwrap());
            // Labels and payments go on meanwhile, and are no answer to anybody.
            let own = |kind: &&str| *kind != "label_created" && !kind.starts_with("payment_");
            let kinds: Vec<&str> = kinds.filter(own).collect();
            *row = json!([case, row["order_number"], kinds]);
        }
        let bravo = Api::new(self.server.address, &self.house.bravo);
        rows.extend(bravo.list("/api/v1/clients/bravo/returns").await);
        rows
    }

    async fn done(self) {
        self.server.stop().await;
        self.house.assert_in_order().await;
    }
}

/// Asserts that an answer is a problem of this kind that says what to do.
fn assert_problem(name: &str, got: &Got, status: u16, slug: &str) {
    let Got { body, kind, .. } = got;
    assert_eq!(got.status.as_u16(), status, "{name}: {body}");
    assert_eq!(kind, "application/problem+json", "{name}: {body}");
    assert_eq!(body["type"], format!("/problems/{slug}"), "{name}: {body}");
    assert_eq!(body["status"], status, "{name}: {body}");
    for part in ["title", "what_to_do"] {
        let words = body[part].as_str().unwrap_or_default();
        assert!(
            !words.is_empty() && !words.contains('⟦'),
            "{name}: {part} in {body}"
        );
    }
}

#[tokio::test]
async fn refusals_are_clear_and_store_nothing_on_sqlite() {
    refusals(Scene::new(House::sqlite().await).await).await;
}

#[tokio::test]
async fn refusals_are_clear_and_store_nothing_on_postgres() {
    if let Some(house) = House::postgres().await {
        refusals(Scene::new(house).await).await;
    }
}

async fn refusals(scene: Scene) {
    let before = scene.all().await;
    let Scene {
        api,
        open,
        received,
        ..
    } = &scene;
    let on = |case: &str, what: &str| format!("{case}/{what}");
    let nothing = format!("{RETURNS}/case_00000000000000000000000000");
    let count = |units: u32| json!({ "counts": [{ "line": 0, "units": units }] });
    let grade = |units: u32| json!({ "line": 0, "units": units, "grade": "a" });
    let with = |mut body: Value, version: u64| {
        body["version"] = version.into();
        body
    };
    let rows = [
        (
            "the same units again",
            RETURNS.into(),
            asked("R-1", 1),
            409,
            "unit_in_other_case",
        ),
        (
            "more than was sold",
            RETURNS.into(),
            asked("R-3", 2),
            409,
            "no_units_left",
        ),
        (
            "no units",
            RETURNS.into(),
            asked("R-3", 0),
            422,
            "wrong_quantity",
        ),
        (
            "unknown order",
            RETURNS.into(),
            asked("R-404", 1),
            404,
            "not-found",
        ),
        (
            "order of another client",
            RETURNS.into(),
            asked("B-1", 1),
            404,
            "not-found",
        ),
        (
            "old version",
            on(open, "cancel"),
            with(json!({}), 1),
            409,
            "stale-version",
        ),
        (
            "version to come",
            on(open, "cancel"),
            with(json!({}), 99),
            409,
            "stale-version",
        ),
        (
            "unknown return",
            on(&nothing, "cancel"),
            json!({}),
            404,
            "not-found",
        ),
        (
            "unknown RMA",
            format!("{RETURNS}/RMA-0000-0000/cancel"),
            json!({}),
            404,
            "not-found",
        ),
        (
            "no RMA at all",
            format!("{RETURNS}/%F0%9F%92%A3/cancel"),
            json!({}),
            404,
            "not-found",
        ),
        (
            "absurd receipt",
            on(open, "receipts"),
            count(u32::MAX),
            422,
            "wrong_quantity",
        ),
        (
            "receipt of nothing",
            on(open, "receipts"),
            json!({}),
            422,
            "wrong_quantity",
        ),
        (
            "unsold line",
            on(open, "receipts"),
            json!({ "counts": [{ "line": 7, "units": 1 }] }),
            404,
            "unknown_line",
        ),
        (
            "grade what never came",
            on(open, "grades"),
            grade(1),
            422,
            "wrong_quantity",
        ),
        (
            "grade more than came",
            on(received, "grades"),
            grade(2),
            422,
            "wrong_quantity",
        ),
        (
            "dispose of the ungraded",
            on(received, "dispositions"),
            json!({ "line": 0, "units": 1, "grade": "a", "disposition": "restock" }),
            422,
            "wrong_quantity",
        ),
        (
            "cancel after goods came",
            on(received, "cancel"),
            json!({}),
            409,
            "already_received",
        ),
        (
            "scan of no parcel of ours",
            on(open, "scans"),
            json!({ "parcel": "pcl_00000000000000000000000000", "seen": "shipped" }),
            404,
            "unknown_parcel",
        ),
        (
            "unknown key in the body",
            RETURNS.into(),
            json!({ "order": "R-3", "lines": [], "rush": 1 }),
            422,
            "invalid",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, path, body, status, slug) in rows {
        let key = name.replace(' ', "-");
        let got = api.post(&path, &key, &body.to_string()).await.unwrap();
        if std::panic::catch_unwind(|| assert_problem(name, &got, status, slug)).is_err() {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(scene.all().await, before, "something was stored");
    scene.done().await;
}

#[tokio::test]
async fn what_is_no_proper_request_is_named() {
    let scene = Scene::new(House::sqlite().await).await;
    let before = scene.all().await;
    let Scene { api, .. } = &scene;
    for (name, body, status, slug) in [
        (
            "broken JSON",
            "{\"order\": oops".to_owned(),
            400,
            "bad-json",
        ),
        (
            "half a body",
            asked("R-3", 1).to_string()[..20].to_owned(),
            400,
            "bad-json",
        ),
        ("nothing", String::new(), 400, "bad-json"),
        (
            "two bodies",
            asked("R-3", 1).to_string().repeat(2),
            400,
            "bad-json",
        ),
        ("no text", "\u{0}\u{1}\u{2}".to_owned(), 400, "bad-json"),
        ("too deep", "[".repeat(5_000), 400, "too-deep"),
        (
            "too large",
            format!("{{\"order\":\"{}\"}}", "x".repeat(1 << 20)),
            413,
            "too-large",
        ),
    ] {
        let got = api
            .post(RETURNS, &name.replace(' ', "-"), &body)
            .await
            .unwrap();
        assert_problem(name, &got, status, slug);
    }

    let post_as = |key: &str, kind: &str| {
        let request = Api::new(scene.server.address, key).request(Method::POST, RETURNS);
        request
            .header("content-type", kind)
            .body(asked("R-3", 1).to_string())
    };
    let post = |key: &str| post_as(key, "application/json");
    let text = post_as(&scene.house.alfa, "text/plain");
    let odd_key = post(&scene.house.alfa).header("idempotency-key", "a b");
    for (name, request, status, slug) in [
        (
            "another client's key",
            post(&scene.house.bravo),
            404,
            "not-found",
        ),
        ("no key of ours", post("nonsense"), 401, "sign-in"),
        ("no JSON by its own word", text, 415, "media-type"),
        ("a bad idempotency key", odd_key, 422, "invalid"),
        (
            "no such client",
            api.request(Method::GET, "/api/v1/clients/zulu/returns"),
            404,
            "not-found",
        ),
    ] {
        assert_problem(name, &api.send(request).await.unwrap(), status, slug);
    }
    let answer = endless_post(&scene).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("/problems/too-large"), "{answer}");
    assert_eq!(scene.all().await, before, "something was stored");
    scene.done().await;
}

/// The answer to a body of untold length that does not end: only counting what comes stops it.
async fn endless_post(scene: &Scene) -> String {
    let address = scene.server.address;
    let connection = TcpStream::connect(address).await.unwrap();
    let (mut answers, mut requests) = connection.into_split();
    let head = format!(
        "POST {RETURNS} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
        scene.house.alfa
    );
    requests.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000));
    let endless = async {
        while requests.write_all(chunk.as_bytes()).await.is_ok() {}
        std::future::pending::<()>().await;
    };
    let mut answer = vec![0; 1 << 12];
    let read = tokio::select! {
        () = endless => unreachable!("it does not end"),
        read = tokio::time::timeout(BOUND, answers.read(&mut answer)) => read,
    };
    let length = read.expect("an answer in time").unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn a_double_submit_is_one_return() {
    let scene = Scene::new(House::sqlite().await).await;
    let Scene { api, .. } = &scene;
    let body = asked("R-3", 1).to_string();
    let eight = (0..8).map(|_| api.post(RETURNS, "twice", &body));
    let answers = futures::future::join_all(eight).await;
    let answers: Vec<Got> = answers.into_iter().map(Result::unwrap).collect();
    let fresh = answers
        .iter()
        .filter(|a| a.status == StatusCode::CREATED && !a.replayed);
    assert_eq!(fresh.count(), 1, "{answers:?}");
    for answer in &answers {
        assert!(answer.status.is_success(), "{answer:?}");
        assert_eq!(answer.body, answers[0].body);
    }
    let reused = api
        .post(RETURNS, "twice", &asked("R-3", 2).to_string())
        .await
        .unwrap();
    assert_problem("another body under the key", &reused, 409, "key-reused");
    let listed = api.list(RETURNS).await;
    assert_eq!(
        listed.iter().filter(|r| r["order_number"] == "R-3").count(),
        1
    );
    scene.done().await;
}

#[tokio::test]
async fn too_much_in_the_parcel_is_booked_and_not_paid() {
    let scene = Scene::new(House::sqlite().await).await;
    let Scene { api, open, .. } = &scene;
    let five = json!({ "counts": [{ "line": 0, "units": 5 }], "complete": true }).to_string();
    let got = api
        .post(&format!("{open}/receipts"), "five", &five)
        .await
        .unwrap();
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    for (what, units, status) in [("grades", 5, 422), ("grades", 1, 200)] {
        let body = json!({ "line": 0, "units": units, "grade": "a" }).to_string();
        let key = format!("{what}-{units}");
        let got = api
            .post(&format!("{open}/{what}"), &key, &body)
            .await
            .unwrap();
        assert_eq!(got.status.as_u16(), status, "{what} {units}: {}", got.body);
    }
    let found = api.get(open).await.body;
    let quantities = &found["lines"][0]["quantities"];
    assert_eq!(
        (&quantities["received"], &quantities["unexpected"]),
        (&json!(1), &json!(4))
    );
    assert_eq!(found["refunds"], json!([]), "the rule waits for a person");

    // Four lamps too many change nothing about what may be paid: one, at what it cost.
    let owed = found["decision"]["quote"]["total"]["minor"]
        .as_i64()
        .unwrap();
    let grant = |units: u32, minor: i64| {
        let line = json!({ "line": 0, "units": units, "outcome": "refund", "minor": minor });
        json!({ "lines": [line], "reason": "counted by hand" }).to_string()
    };
    let decisions = format!("{open}/decisions");
    let lead = Api::new(scene.server.address, &scene.house.lead);
    for (name, who, body, status, slug) in [
        ("no-limit", api, grant(1, owed), 403, "above_authority"),
        (
            "above-limit",
            &lead,
            grant(1, 9_999_999),
            403,
            "above_authority",
        ),
        (
            "more-than-paid",
            &lead,
            grant(1, 90_000),
            409,
            "over_ceiling",
        ),
        ("negative", &lead, grant(1, -1), 422, "wrong_amount"),
        ("five-lamps", &lead, grant(5, owed), 422, "wrong_quantity"),
    ] {
        let got = who.post(&decisions, name, &body).await.unwrap();
        assert_problem(name, &got, status, slug);
    }
    let body = grant(1, owed);
    let got = lead.post(&decisions, "right", &body).await.unwrap();
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    let again = lead.post(&decisions, "again", &body).await.unwrap();
    assert_problem("the same lamp again", &again, 422, "wrong_quantity");
    let refunds = api.get(open).await.body["refunds"].clone();
    assert_eq!(refunds.as_array().unwrap().len(), 1, "{refunds}");
    assert_eq!(refunds[0]["amount"]["minor"], owed, "{refunds}");
    scene.done().await;
}
