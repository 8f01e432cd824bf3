//! What must not work, and what the answer says.

use crate::house::{House, asked};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{ALFA, BRAVO};

const ALFA_API: &str = "/api/v1/clients/alfa";

/// The problem without what differs from request to request.
fn said(got: &crate::house::Got) -> (u16, Value) {
    let mut body = got.json();
    body.as_object_mut().unwrap().remove("request_id");
    (got.status.as_u16(), body)
}

#[tokio::test]
async fn another_client_is_the_same_as_none() {
    let house = House::new().await;
    let own = house.key(Role::Admin, &[ALFA]).await;
    let other = house.key(Role::Admin, &[BRAVO]).await;
    let opened = house
        .post(&own, &format!("{ALFA_API}/returns"), &asked("A-1", 1))
        .await
        .json();
    let (case, rma) = (
        opened["case"].as_str().unwrap(),
        opened["rma"].as_str().unwrap(),
    );
    let unknown = said(
        &house
            .get(&other, "/api/v1/clients/bravo/returns/case_00")
            .await,
    );
    assert_eq!(unknown.0, 404);
    for path in [
        format!("{ALFA_API}/returns"),
        format!("{ALFA_API}/returns/{case}"),
        format!("/api/v1/clients/bravo/returns/{case}"),
        format!("/api/v1/clients/bravo/returns/{rma}"),
        format!("/api/v1/clients/bravo/returns/{case}/proofs"),
        "/api/v1/clients/bravo/orders/A-1".to_owned(),
        format!("{ALFA_API}/orders"),
        format!("{ALFA_API}/events"),
        format!("{ALFA_API}/refunds"),
        format!("{ALFA_API}/ledger"),
        format!("{ALFA_API}/webhooks"),
        "/api/v1/clients/nobody/returns".to_owned(),
    ] {
        assert_eq!(said(&house.get(&other, &path).await), unknown, "{path}");
    }
    // Every command of the description, against a return of another client.
    for path in api::openapi()["paths"].as_object().unwrap().keys() {
        if !path.contains("{case}/") || api::openapi()["paths"][path]["post"].is_null() {
            continue;
        }
        let schema = &api::openapi()["paths"][path]["post"]["requestBody"]["content"]["application/json"]
            ["schema"]["$ref"];
        let name = schema
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        let mut body = api::openapi()["components"]["schemas"][&name]["example"].clone();
        if body["parcel"].is_string() {
            body["parcel"] = "pcl_00000000000000000000000000".into();
        }
        let required = &api::openapi()["components"]["schemas"][&name]["required"];
        if !required
            .as_array()
            .is_some_and(|r| r.contains(&json!("on")))
        {
            body.as_object_mut().unwrap().remove("on");
        }
        for client in ["alfa", "bravo"] {
            let path = path.replace("{client}", client).replace("{case}", case);
            let path = path.replace("{obligation}", "obl_00000000000000000000000000");
            assert_eq!(
                said(&house.post(&other, &path, &body).await),
                unknown,
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn wrong_input_is_named() {
    let house = House::new().await;
    let key = house.key(Role::Agent, &[ALFA]).await;
    let carrier = house.key(Role::Partner, &[ALFA]).await;
    let returns = format!("{ALFA_API}/returns");
    let opened = house.post(&key, &returns, &asked("A-1", 1)).await.json();
    let case = format!("{returns}/{}", opened["case"].as_str().unwrap());
    let ask = |mut change: Vec<(&str, Value)>| {
        let mut body = asked("A-2", 1);
        for (name, value) in change.drain(..) {
            match body.pointer_mut(name) {
                Some(old) => *old = value,
                None => body["lines"][0][name.trim_start_matches('/')] = value,
            }
        }
        body.to_string()
    };
    let rows: Vec<(&str, String, String, u16, &str, &str)> = vec![
        ("broken", returns.clone(), "{\"order\":\n  oops".into(), 400, "bad-json", "line 2, column 3"),
        ("unknown key", returns.clone(), ask(vec![("/colour", "red".into())]), 422, "invalid", "lines[0].colour"),
        ("wrong type", returns.clone(), ask(vec![("/lines/0/units", "two".into())]), 422, "invalid", "lines[0].units"),
        ("negative", returns.clone(), ask(vec![("/lines/0/units", (-1).into())]), 422, "invalid", "lines[0].units"),
        ("unknown reason", returns.clone(), ask(vec![("/lines/0/reason", "whim".into())]), 422, "invalid", "lines[0].reason"),
        ("no lines", returns.clone(), ask(vec![("/lines", json!([]))]), 422, "invalid", "lines"),
        ("no units", returns.clone(), ask(vec![("/lines/0/units", 0.into())]), 422, "wrong_quantity", ""),
        ("too many units", returns.clone(), ask(vec![("/lines/0/units", 4.into())]), 409, "no_units_left", ""),
        ("unknown line", returns.clone(), ask(vec![("/lines/0/line", 9.into())]), 404, "unknown_line", ""),
        ("unknown order", returns.clone(), ask(vec![("/order", "ZZZ".into())]), 404, "not-found", ""),
        ("deep", returns.clone(), "[".repeat(100), 400, "too-deep", ""),
        ("big", returns.clone(), format!("{{\"order\":\"{}\"}}", "x".repeat(300_000)), 413, "too-large", ""),
        ("stale", format!("{case}/cancel"), json!({ "version": 1 }).to_string(), 409, "stale-version", ""),
        ("tomorrow", format!("{case}/scans"), json!({ "parcel": "pcl_00000000000000000000000000", "seen": "shipped", "on": "2099-01-01" }).to_string(), 422, "invalid", "on"),
        ("nothing left", format!("{case}/authorise"), json!({ "lines": [{ "line": 0, "units": 5 }] }).to_string(), 422, "wrong_quantity", ""),
        ("unknown rma", format!("{returns}/RMA-nothing/cancel"), "{}".into(), 404, "not-found", ""),
        ("cursor", format!("{returns}?cursor=!"), String::new(), 422, "invalid", "cursor"),
        ("no right", format!("{case}/receipts"), json!({ "complete": true }).to_string(), 403, "forbidden", ""),
        ("no right to webhooks", format!("{ALFA_API}/webhooks"), json!({ "url": "https://x.example" }).to_string(), 403, "forbidden", ""),
    ];
    for (name, path, body, status, slug, field) in rows {
        let got = if body.is_empty() {
            house.get(&key, &path).await
        } else {
            house
                .post_as(
                    if path.ends_with("/scans") {
                        &carrier
                    } else {
                        &key
                    },
                    &name.replace(' ', "-"),
                    &path,
                    &body,
                )
                .await
        };
        let problem = got.json();
        assert_eq!(got.status.as_u16(), status, "{name}: {problem}");
        assert_eq!(
            problem["type"],
            format!("/problems/{slug}"),
            "{name}: {problem}"
        );
        assert_eq!(
            got.headers["content-type"], "application/problem+json",
            "{name}"
        );
        let place = problem["fields"][0]["field"]
            .as_str()
            .or(problem["detail"].as_str());
        if !field.is_empty() {
            assert_eq!(place, Some(field), "{name}: {problem}");
        }
        for part in ["title", "what_to_do"] {
            let words = problem[part].as_str().unwrap();
            assert!(!words.is_empty() && !words.contains('⟦'), "{name}: {words}");
        }
    }
}

#[tokio::test]
async fn only_json_with_a_key_or_a_token() {
    let house = House::new().await;
    let key = house.key(Role::Agent, &[ALFA]).await;
    let path = format!("{ALFA_API}/returns/quote");
    let post = |headers: &[(&str, &str)]| {
        let mut request = Request::post(&path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
            .body(Body::from(asked("A-1", 1).to_string()))
            .unwrap()
    };
    let bearer = format!("Bearer {key}");
    let json = ("content-type", "application/json");
    let status = async |headers: &[(&str, &str)]| house.send(post(headers)).await.status;
    assert_eq!(
        status(&[("authorization", &bearer), json]).await,
        StatusCode::OK
    );
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert_eq!(status(&[("authorization", &bearer), form]).await, 415);
    assert_eq!(status(&[("authorization", "Bearer nope"), json]).await, 401);
    assert_eq!(status(&[json]).await, 403, "neither key nor token");
    // A browser's session is no key, whatever else the request carries.
    let session = ("cookie", "__Host-session=abc");
    assert_eq!(
        status(&[("authorization", &bearer), session, json]).await,
        403
    );
    let no_key = house.get("", &format!("{ALFA_API}/orders")).await;
    assert_eq!(no_key.status, 401);
}

#[tokio::test]
async fn carriers_must_sign_and_are_heard_once() {
    let house = House::new().await;
    let admin = house.key(Role::Admin, &[ALFA]).await;
    let returns = format!("{ALFA_API}/returns");
    let opened = house.post(&admin, &returns, &asked("A-1", 1)).await.json();
    house.world.run_jobs().await;
    let location = format!("{returns}/{}", opened["case"].as_str().unwrap());
    let case = house.get(&admin, &location).await.json();
    let tracking = case["parcels"][0]["tracking"].as_str().unwrap();

    let path = format!("{ALFA_API}/inbound/ups/secret");
    let made = house.post(&admin, &path, &json!({})).await.json();
    assert_eq!(made, house.post(&admin, &path, &json!({})).await.json());
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert_eq!(
        made["url"],
        "https://returns.example/inbound/carrier/alfa/ups"
    );

    let alert = |number: &str| {
        json!({ "trackingNumber": number, "gmtActivityDate": "20260531", "gmtActivityTime": "131519",
            "activityStatus": { "type": "I", "code": "DP" } })
        .to_string()
    };
    let send = async |client: &str, secret: &str, body: String| {
        let request = Request::post(format!("/inbound/carrier/{client}/ups"))
            .header("credential", secret)
            .body(Body::from(body));
        house.send(request.unwrap()).await
    };
    for (client, secret) in [
        ("alfa", ""),
        ("alfa", "wrong"),
        ("bravo", &*secret),
        ("zulu", &*secret),
    ] {
        let got = send(client, secret, alert(tracking)).await;
        assert_eq!(
            (got.status.as_u16(), &got.json()["type"]),
            (401, &json!("/problems/bad-signature"))
        );
    }
    let count = |taken: u32, repeated: u32, unknown: u32, no_change: u32| json!({ "taken": taken, "repeated": repeated, "unknown": unknown, "no_change": no_change });
    assert_eq!(
        send("alfa", &secret, alert(tracking)).await.json(),
        count(1, 0, 0, 0)
    );
    assert_eq!(
        send("alfa", &secret, alert(tracking)).await.json(),
        count(0, 1, 0, 0)
    );
    assert_eq!(
        send("alfa", &secret, alert("1Z000")).await.json(),
        count(0, 0, 1, 0)
    );
    // The first scan proves that the goods were sent; a refund by statute follows it at once.
    let scanned = house.get(&admin, &location).await.json();
    assert_eq!(scanned["parcels"][0]["shipped_on"], "2026-05-31");
    assert_eq!(scanned["status"], "decided");

    let partner = house.key(Role::Partner, &[ALFA]).await;
    let file = format!("sscc,code,time\n{tracking},delivered,2026-06-01T07:00:00Z\n1,x,y\n");
    let request = Request::post("/inbound/carrier/alfa/csv")
        .header("authorization", format!("Bearer {partner}"))
        .header("content-type", "text/csv")
        .body(Body::from(file));
    let got = house.send(request.unwrap()).await.json();
    assert_eq!(
        (&got["taken"], &got["rejected"], &got["errors"][0]["line"]),
        (&json!(1), &json!(1), &json!(3)),
        "{got}"
    );
}

#[tokio::test]
async fn endpoints_come_and_go() {
    let house = House::new().await;
    let admin = house.key(Role::Admin, &[ALFA]).await;
    let path = format!("{ALFA_API}/webhooks");
    for bad in [
        "ftp://x.example",
        "https://",
        "https://user@x.example/",
        "javascript:1",
    ] {
        let got = house.post(&admin, &path, &json!({ "url": bad })).await;
        assert_eq!(
            (got.status.as_u16(), &got.json()["fields"][0]["field"]),
            (422, &json!("url")),
            "{bad}"
        );
    }
    let made = house
        .post(&admin, &path, &json!({ "url": "https://x.example/hook" }))
        .await;
    assert_eq!(made.status, StatusCode::CREATED);
    let made = made.json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    let list = house.get(&admin, &path).await;
    assert!(!list.text().contains("whsec_"));
    assert_eq!(list.json()["items"][0]["disabled_at"], json!(null));
    let gone = Request::delete(format!("{path}/{}", made["id"].as_str().unwrap()))
        .header("authorization", format!("Bearer {admin}"))
        .body(Body::empty());
    assert_eq!(
        house.send(gone.unwrap()).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(house.get(&admin, &path).await.json()["items"][0]["disabled_at"].is_string());
}

const URUGUAY: &str = r#"schema = "redress-law/1"
as_of = "2026-06-01"

[[jurisdiction]]
code = "UY"
name = "Uruguay"
currency = "UYU"

[[source]]
id = "uy17250"
address = "https://www.impo.com.uy/bases/leyes/17250-2000"
read = "Art 16"

[[rule]]
id = "uy.17250.16"
title = "Withdrawal, distance and home sales"
jurisdictions = ["UY"]
instrument = "Ley 17.250"
articles = ["16"]
subjects = ["goods", "services"]
channels = ["distance", "off_premises"]
consumer_only = true
right_type = "withdrawal"
floor = "mandatory"
confidence = "low"
evidence = [{ kind = "source", id = "uy17250" }]
window = { length = 5, unit = "business_day", start = "contract_or_delivery_later", calendar = "weekday_excl_ph", met_by = "sending_notice" }
refund = { unit = "immediately", start = "notice", fee_allowed = false }
return_cost = { default = "trader" }
"#;

#[tokio::test]
async fn a_law_pack_is_compiled_before_it_is_stored_and_refused_with_its_line() {
    let house = House::new().await;
    let everywhere = house.key(Role::Admin, &[ALFA, BRAVO]).await;
    let alfa = house.key(Role::Admin, &[ALFA]).await;
    let agent = house.key(Role::Agent, &[ALFA, BRAVO]).await;
    let packs = "/api/v1/law/packs";
    let pack = |source: &str, client: Option<&str>| {
        json!({ "name": "uy", "client": client, "source": source, "note": "tested",
            "effective_from": "2026-06-01" })
    };
    let none = |got: &crate::house::Got| got.json()["items"].as_array().unwrap().is_empty();
    let broken = URUGUAY.replace("length = 5", "length = 5000");
    let refused = house.post(&everywhere, packs, &pack(&broken, None)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.json();
    let line = broken
        .lines()
        .position(|l| l.starts_with("id = \"uy.17250"))
        .unwrap();
    assert!(
        refused["detail"].as_str().unwrap().contains("5000"),
        "{refused}"
    );
    let place = refused["rule"].as_str().unwrap();
    let (file, at) = place.split_once(':').unwrap();
    assert_eq!(file, "uy");
    assert!((line..line + 3).contains(&at.parse().unwrap()), "{place}");
    assert!(
        none(&house.get(&everywhere, packs).await),
        "nothing is stored"
    );

    let denied = house.post(&agent, packs, &pack(URUGUAY, None)).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    // One client's administrator does not make law for everybody, nor for another client.
    let denied = house.post(&alfa, packs, &pack(URUGUAY, None)).await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
    let denied = house
        .post(&alfa, packs, &pack(URUGUAY, Some("bravo")))
        .await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);

    let made = house.post(&alfa, packs, &pack(URUGUAY, Some("alfa"))).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let again = house.post(&alfa, packs, &pack(URUGUAY, Some("alfa"))).await;
    assert_eq!(again.json(), made.json(), "the same again is the same");
    let listed = house.get(&alfa, packs).await.json();
    assert_eq!(listed["items"][0]["client"], "alfa");
    let bravo = house.key(Role::Admin, &[BRAVO]).await;
    assert!(
        none(&house.get(&bravo, packs).await),
        "not another client's"
    );

    let retire = json!({ "client": "alfa", "effective_from": "2026-06-01", "note": "tested" });
    let path = format!("{packs}/uy/retire");
    let taken = house.post(&alfa, &path, &retire).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    let listed = house.get(&alfa, packs).await.json();
    assert_eq!(listed["items"][1]["retired"], true);
    let again = house.post(&alfa, &path, &retire).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_is_answered_with_every_right_by_law() {
    let house = House::new().await;
    let key = house.key(Role::Admin, &[ALFA]).await;
    let returns = format!("{ALFA_API}/returns");
    let quoted = house
        .post(&key, &format!("{returns}/quote"), &asked("A-2", 1))
        .await
        .json();
    let opened = house
        .post_as(&key, "once", &returns, &asked("A-2", 1).to_string())
        .await
        .json();
    let again = house
        .post_as(&key, "once", &returns, &asked("A-2", 1).to_string())
        .await
        .json();
    assert_eq!(opened["decision"]["rights"], quoted["rights"]);
    assert_eq!(again, opened, "a repeat says the same");
    let right = &opened["decision"]["rights"][0]["rights"][0];
    // Delivered on 22 May 2026: fourteen days are Friday 5 June. Asked on 1 June: Monday 15 June,
    // or when the goods are back.
    assert_eq!(right["right"], "withdrawal");
    assert_eq!(right["last_day"], "2026-06-05");
    assert_eq!(right["refund_due"], Value::Null);
    assert_eq!(right["refund_not_before"], "2026-06-15");
    assert_eq!(right["return_cost"], "consumer");
    assert_eq!(right["reviewed_by"], Value::Null);
    assert_eq!(
        right["text"][0],
        "You can cancel until Friday, 5 June 2026."
    );
    assert!(opened["decision"]["law_version"].as_str().unwrap().len() == 64);
    assert!(opened["decision"]["holidays_version"].is_string());
}

#[tokio::test]
async fn a_request_whose_quote_has_changed_is_refused_and_stores_nothing() {
    let house = House::new().await;
    let key = house.key(Role::Admin, &[ALFA]).await;
    let at = |rest: &str| format!("{ALFA_API}/{rest}");
    let quote = house
        .post(&key, &at("returns/quote"), &asked("A-1", 2))
        .await
        .json();
    assert!(
        !quote["quote"]["lines"][0]["name"]
            .as_str()
            .unwrap()
            .is_empty()
    );
    let with = |seen: &Value| {
        let mut body = asked("A-1", 2);
        body["seen"] = seen.clone();
        body
    };
    // One of the three units goes elsewhere, and a chargeback on the order is lost.
    let other = house.post(&key, &at("returns"), &asked("A-1", 1)).await;
    assert_eq!(other.status, StatusCode::CREATED);
    let case = other.json()["case"].as_str().unwrap().parse().unwrap();
    let (app, scope) = (&house.world.app, kernel::Scope::system());
    let call = app::cases::Call::new(&scope, house.world.now());
    let number = app::cases::OrderKey::Number("A-1".into());
    let known = app.order_page(&scope, ALFA, &number).await.unwrap();
    let lost_minor = known.order.captured_minor - 2_000;
    for command in [
        returns::Command::OpenDispute {
            code: "13.3".into(),
        },
        returns::Command::CloseDispute { lost_minor },
    ] {
        app.command(&call, ALFA, case, None, &command)
            .await
            .unwrap();
    }
    let stale = house
        .post(&key, &at("returns"), &with(&quote["seen"]))
        .await;
    let (status, problem) = said(&stale);
    assert_eq!(
        (status, problem["type"].as_str()),
        (409, Some("/problems/quote-changed"))
    );
    let order = house.get(&key, &at("orders/A-1")).await.json();
    assert_eq!(order["returns"].as_array().unwrap().len(), 1, "{order}");
    // Text that is no quote of ours names its field.
    let odd = house.post(&key, &at("returns"), &with(&json!("e30"))).await;
    let (status, problem) = said(&odd);
    assert_eq!(
        (status, &problem["fields"][0]["field"]),
        (422, &json!("seen"))
    );
    // The quote as it is now is agreed to, and the same request again is the same return.
    let fresh = house
        .post(&key, &at("returns/quote"), &asked("A-1", 2))
        .await
        .json();
    let body = with(&fresh["seen"]).to_string();
    let first = house.post_as(&key, "agreed", &at("returns"), &body).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = house.post_as(&key, "agreed", &at("returns"), &body).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
}

#[tokio::test]
async fn what_changed_in_the_quote_of_a_return_names_figures_and_facts() {
    let house = House::new().await;
    let key = house.key(Role::Admin, &[ALFA]).await;
    let at = |rest: &str| format!("{ALFA_API}/{rest}");
    let made = house
        .post(&key, &at("returns"), &asked("A-1", 2))
        .await
        .json();
    let rma = made["rma"].as_str().unwrap();
    let before = house.get(&key, &at(&format!("returns/{rma}"))).await.json();
    assert_eq!(before["quote"]["changes"], json!([]));
    let total = before["quote"]["now"]["total"]["minor"].as_i64().unwrap();
    let counted = json!({ "counts": [{ "line": 0, "units": 1 }], "complete": true });
    let got = house
        .post(&key, &at(&format!("returns/{rma}/receipts")), &counted)
        .await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    let after = house.get(&key, &at(&format!("returns/{rma}"))).await.json();
    let change = &after["quote"]["changes"][0];
    assert_eq!(change["from"]["minor"], total, "{change}");
    assert_eq!(
        change["facts"][0]["changed"],
        json!({ "fact": "missing", "line": 0, "units": 1 })
    );
    assert!(
        change["facts"][0]["text"]
            .as_str()
            .unwrap()
            .contains("did not arrive")
    );
    let figures = change["figures"].as_array().unwrap();
    let sum: i64 = figures
        .iter()
        .map(|f| f["to_minor"].as_i64().unwrap() - f["from_minor"].as_i64().unwrap())
        .sum();
    assert_eq!(change["to"]["minor"].as_i64().unwrap() - total, sum);
    assert!(
        figures.iter().all(|f| f["because"] == json!([0])),
        "{change}"
    );
}
