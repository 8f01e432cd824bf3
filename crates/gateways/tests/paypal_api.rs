//! The PayPal adapter against a scripted server, with the states and refusals of PayPal's own API
//! description: what each answer, each silence and each message means for the money.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::server::{Asked, Reply, Request, provider};
use gateways::paypal::{
    Credentials, PayPalDispute, PayPalEvent, PayPalGateway, PayPalMessage, PayPalMessageError,
};
use kernel::{Currency, Money};
use ports::{Destination, GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

const CAPTURE: &str = "3C679366HH908993F";
const PAID: &str = "5O190127TN364715T";

/// What PayPal does next, and what it keeps.
#[derive(Default)]
struct Books {
    /// One refund per request id, as PayPal promises.
    refunds: BTreeMap<String, Value>,
    /// For the next refund call: what becomes of the answer.
    moods: Vec<Option<Reply>>,
    /// The state the next new refund has.
    status: Option<&'static str>,
    /// What look-ups say over the refund as it was made.
    lie: Option<fn(&mut Value)>,
    /// The capture names no order.
    without_order: bool,
    /// Calls that get a token are turned away once.
    turn_away: bool,
    /// What the verification of a message says.
    verdict: Option<Reply>,
}

type Shared = Arc<Mutex<Books>>;

async fn paypal(books: Books) -> (PayPalGateway, Shared, Asked) {
    let books = Arc::new(Mutex::new(books));
    let shared = Arc::clone(&books);
    let (base, asked) = provider(move |request| answer(&mut books.lock().unwrap(), request)).await;
    let who = Credentials {
        id: "house".into(),
        secret: "s3cret".into(),
        webhook: "8PT597110X687430LKGECATA".into(),
    };
    let gateway = PayPalGateway::new(&base, who, Duration::from_millis(500)).unwrap();
    (gateway, shared, asked)
}

fn answer(books: &mut Books, request: &Request) -> Reply {
    let send = |body: Value| Reply::Send(200, body.to_string());
    if request.line == "POST /v1/oauth2/token" {
        // house:s3cret
        let basic = request.header("authorization");
        assert_eq!(basic, Some("Basic aG91c2U6czNjcmV0"));
        assert_eq!(request.body, "grant_type=client_credentials");
        return send(
            json!({ "access_token": "A21-token", "token_type": "Bearer", "expires_in": 32400 }),
        );
    }
    assert_eq!(request.header("authorization"), Some("Bearer A21-token"));
    if std::mem::take(&mut books.turn_away) {
        return Reply::Send(401, r#"{"error":"invalid_token"}"#.into());
    }
    let (method, path) = request.line.split_once(' ').unwrap();
    let told = |made: &Value, lie: Option<fn(&mut Value)>| {
        let mut told = made.clone();
        if let Some(lie) = lie {
            lie(&mut told);
        }
        told
    };
    match (method, path) {
        ("POST", "/v2/payments/captures/3C679366HH908993F/refund") => {
            let key = request.header("paypal-request-id").unwrap().to_owned();
            assert_eq!(request.header("prefer"), Some("return=representation"));
            let ask = request.json();
            let (next, status) = (books.refunds.len() + 1, books.status.unwrap_or("COMPLETED"));
            let mood = books.moods.pop().flatten();
            if let Some(Reply::Send(..)) = mood {
                return mood.unwrap();
            }
            let made = books.refunds.entry(key).or_insert_with(|| {
                json!({
                    "id": format!("1JU08902781691{next:03}"), "status": status,
                    "amount": ask["amount"], "custom_id": ask["custom_id"],
                    "note_to_payer": ask["note_to_payer"],
                })
            });
            mood.unwrap_or_else(|| Reply::Send(201, told(made, books.lie).to_string()))
        }
        ("GET", "/v2/payments/captures/3C679366HH908993F") => {
            let status = match (books.refunds.len(), books.without_order) {
                (0, _) => "COMPLETED",
                _ => "PARTIALLY_REFUNDED",
            };
            let mut capture = json!({ "id": CAPTURE, "status": status });
            if !books.without_order {
                capture["supplementary_data"] = json!({ "related_ids": { "order_id": PAID } });
            }
            send(capture)
        }
        ("GET", "/v2/checkout/orders/5O190127TN364715T") => {
            let made: Vec<&Value> = books.refunds.values().collect();
            send(json!({
                "id": PAID, "status": "COMPLETED",
                "purchase_units": [{ "payments": { "captures": [{ "id": CAPTURE }], "refunds": made } }],
            }))
        }
        ("POST", "/v1/notifications/verify-webhook-signature") => {
            let verdict = books.verdict.take();
            verdict.unwrap_or_else(|| send(json!({ "verification_status": "SUCCESS" })))
        }
        ("GET", path) => {
            let id = path.strip_prefix("/v2/payments/refunds/").unwrap();
            let made = books.refunds.values().find(|r| r["id"] == id);
            match made {
                Some(made) => send(told(made, books.lie)),
                None => Reply::Send(404, r#"{"name":"RESOURCE_NOT_FOUND"}"#.into()),
            }
        }
        other => panic!("{other:?}"),
    }
}

fn order(n: u128) -> PaymentOrder {
    PaymentOrder {
        destination: Destination::Original {
            reference: CAPTURE.into(),
        },
        ..common::order(n, 1230)
    }
}

fn lines(asked: &Asked, of: &str) -> usize {
    let asked = asked.lock().unwrap();
    asked.iter().filter(|r| r.line.contains(of)).count()
}

fn spec() -> Option<Value> {
    let folder = common::samples("payments/paypal")?;
    let text = std::fs::read_to_string(folder.join("payments_payment_v2.json")).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn one_token_serves_many_calls_until_it_is_turned_away() {
    let (gateway, books, asked) = paypal(Books::default()).await;
    assert_eq!(gateway.find(&order(1)).await.unwrap(), None);
    let paid = gateway.submit(&order(1)).await.unwrap();
    let provider_ref = "1JU08902781691001".to_owned();
    assert_eq!(paid, Submission::Settled { provider_ref });
    assert_eq!(lines(&asked, "oauth2"), 1);
    books.lock().unwrap().turn_away = true;
    let away = gateway.submit(&order(2)).await;
    assert!(matches!(away, Err(GatewayError::NotSent(_))), "{away:?}");
    gateway.submit(&order(2)).await.unwrap();
    assert_eq!(lines(&asked, "oauth2"), 2);
    let asked = asked.lock().unwrap();
    let sent = asked.iter().find(|r| r.line.ends_with("/refund")).unwrap();
    let key = order(1).key().to_string();
    assert_eq!(sent.header("paypal-request-id"), Some(key.as_str()));
    let want = json!({
        "amount": { "currency_code": "EUR", "value": "12.30" },
        "custom_id": key, "note_to_payer": "Return RMA-1",
    });
    assert_eq!(sent.json(), want);
}

#[tokio::test]
async fn every_state_of_the_description_is_understood() {
    let Some(spec) = spec() else {
        return println!("skipped: no API description");
    };
    let schemas = &spec["components"]["schemas"];
    let states = schemas["refund_status"]["properties"]["status"]["enum"].as_array();
    let states: Vec<String> = states
        .unwrap()
        .iter()
        .map(|s| s.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(states.len(), 4);
    for status in states {
        let (gateway, books, _) = paypal(Books::default()).await;
        let text: &'static str = status.clone().leak();
        books.lock().unwrap().status = Some(text);
        let taken = gateway.submit(&order(1)).await;
        let found = gateway.find(&order(1)).await.unwrap().unwrap();
        let fits = match text {
            "COMPLETED" => {
                matches!(taken, Ok(Submission::Settled { .. }))
                    && matches!(found, PaymentState::Settled { .. })
            }
            "PENDING" => {
                matches!(taken, Ok(Submission::Pending { .. }))
                    && matches!(found, PaymentState::Pending { .. })
            }
            "FAILED" => {
                matches!(taken, Err(GatewayError::Refused { .. }))
                    && matches!(found, PaymentState::Failed { .. })
            }
            "CANCELLED" => {
                matches!(taken, Err(GatewayError::Refused { .. }))
                    && matches!(found, PaymentState::Canceled)
            }
            _ => false,
        };
        assert!(fits, "{status}: {taken:?}, {found:?}");
    }
    // What we send has the names PayPal gives.
    let request = &schemas["refund_request"]["properties"];
    for name in ["amount", "custom_id", "note_to_payer"] {
        assert!(request[name].is_object(), "{name}");
    }
    // Every reason PayPal refuses for is a refusal with its name.
    let issues = &schemas["captures.refund-422"]["properties"]["details"]["items"]["anyOf"];
    let issues = issues.as_array().unwrap();
    assert!(issues.len() > 20);
    for issue in issues {
        let name = issue["title"].as_str().unwrap();
        let body = json!({ "name": "UNPROCESSABLE_ENTITY", "details": [{ "issue": name }] });
        let mut books = Books::default();
        books.moods.push(Some(Reply::Send(422, body.to_string())));
        let (gateway, ..) = paypal(books).await;
        match gateway.submit(&order(1)).await {
            Err(GatewayError::Refused { code, .. }) => assert_eq!(code, name),
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// The money moved, the answer did not come.
#[tokio::test]
async fn lost_answers_are_unknown_then_found_and_a_repeat_has_one_effect() {
    let books = Books {
        moods: vec![None, Some(Reply::Hold), None, Some(Reply::Drop)],
        ..Books::default()
    };
    let (gateway, books, asked) = paypal(books).await;
    for n in [1, 2] {
        let lost = gateway.submit(&order(n)).await;
        assert!(matches!(lost, Err(GatewayError::Unknown(_))), "{lost:?}");
        let found = gateway.find(&order(n)).await.unwrap();
        assert!(matches!(found, Some(PaymentState::Settled { .. })));
        assert_eq!(gateway.find(&order(n + 10)).await.unwrap(), None);
        let again = gateway.submit(&order(n)).await;
        assert!(matches!(again, Ok(Submission::Settled { .. })), "{again:?}");
    }
    assert_eq!(books.lock().unwrap().refunds.len(), 2);
    assert_eq!(
        lines(&asked, "/refund"),
        4 + 2,
        "four refunds, two look-ups"
    );
    // Without its order a capture of which something was refunded says nothing about our key.
    books.lock().unwrap().without_order = true;
    let found = gateway.find(&order(1)).await;
    assert!(matches!(found, Err(GatewayError::Unknown(_))), "{found:?}");
    books.lock().unwrap().refunds.clear();
    assert_eq!(gateway.find(&order(1)).await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_about_something_else_is_no_answer() {
    let lies: [fn(&mut Value); 4] = [
        |r| r["amount"]["value"] = "12.31".into(),
        |r| r["amount"]["currency_code"] = "USD".into(),
        |r| r["amount"] = Value::Null,
        |r| r["custom_id"] = "another".into(),
    ];
    for lie in lies {
        let (gateway, books, _) = paypal(Books::default()).await;
        books.lock().unwrap().lie = Some(lie);
        let got = gateway.submit(&order(1)).await;
        assert!(matches!(got, Err(GatewayError::Unknown(_))), "{got:?}");
        let found = gateway.find(&order(1)).await;
        assert!(matches!(found, Err(GatewayError::Unknown(_))), "{found:?}");
    }
}

#[tokio::test]
async fn errors_say_what_is_safe() {
    let busy =
        r#"{"name":"RESOURCE_CONFLICT","details":[{"issue":"PREVIOUS_REQUEST_IN_PROGRESS"}]}"#;
    let rows = [
        (400, r#"{"name":"INVALID_REQUEST"}"#, "refused"),
        (404, "", "refused"),
        (409, busy, "unknown"),
        (403, r#"{"name":"NOT_AUTHORIZED"}"#, "not sent"),
        (429, r#"{"name":"RATE_LIMIT_REACHED"}"#, "not sent"),
        (500, "", "unknown"),
        (503, "oops", "unknown"),
        (302, "", "unknown"),
        (200, "not json", "unknown"),
    ];
    for (status, body, meaning) in rows {
        let mut books = Books::default();
        books.moods.push(Some(Reply::Send(status, body.into())));
        let (gateway, _, asked) = paypal(books).await;
        let got = match gateway.submit(&order(1)).await {
            Err(GatewayError::Refused { .. }) => "refused",
            Err(GatewayError::NotSent(_)) => "not sent",
            Err(GatewayError::Unknown(_)) => "unknown",
            Ok(_) => "done",
        };
        assert_eq!(got, meaning, "{status} {body}");
        assert_eq!(lines(&asked, "/refund"), 1, "no retry behind the caller");
    }
    // No token, no payment.
    let (base, asked) = provider(|_| Reply::Send(500, String::new())).await;
    let who = Credentials {
        id: String::new(),
        secret: String::new(),
        webhook: String::new(),
    };
    let gateway = PayPalGateway::new(&base, who, Duration::from_millis(500)).unwrap();
    let got = gateway.submit(&order(1)).await;
    assert!(matches!(got, Err(GatewayError::NotSent(_))), "{got:?}");
    assert_eq!(lines(&asked, "/refund"), 0);
    let by_iban = gateway.submit(&common::order(4, 100)).await;
    assert!(matches!(by_iban, Err(GatewayError::Refused { .. })));
}

fn signed(body: &[u8]) -> PayPalMessage<'_> {
    PayPalMessage {
        transmission_id: "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
        transmission_time: "2016-02-18T20:01:35Z",
        transmission_sig: "c2lnbmVk",
        cert_url: "https://api.paypal.com/v1/notifications/certs/CERT",
        auth_algo: "SHA256withRSA",
        body,
    }
}

/// White space as a serialiser would not write it: what PayPal checks is the body as it came.
fn message(id: &str, status: &str) -> Vec<u8> {
    format!(
        r#"{{ "id":"WH-1","event_type" :"PAYMENT.CAPTURE.REFUNDED","resource_type":"refund",
        "resource":{{"id":"{id}","status":"{status}","amount":{{"value":"9999.00","currency_code":"EUR"}}}}  }}"#
    )
    .into_bytes()
}

#[tokio::test]
async fn a_message_names_a_refund_and_the_look_up_says_how_it_stands() {
    let (gateway, books, asked) = paypal(Books::default()).await;
    books.lock().unwrap().status = Some("FAILED");
    let _ = gateway.submit(&order(1)).await;
    // The message says "completed"; PayPal itself says "failed". In any order, any number of times.
    for said in ["COMPLETED", "PENDING", "COMPLETED"] {
        let body = message("1JU08902781691001", said);
        let event = gateway.read_message(&signed(&body)).await.unwrap();
        let PayPalEvent::Refund(refund) = event else {
            panic!("{event:?}");
        };
        assert_eq!(refund.key(), Some(order(1).key()));
        assert_eq!(refund.amount(), Some(Money::new(1230, Currency::EUR)));
        assert!(matches!(refund.state(), PaymentState::Failed { .. }));
        let asked = asked.lock().unwrap();
        let check = asked.iter().rfind(|r| r.line.contains("verify-webhook"));
        let check = &check.unwrap().body;
        assert!(
            check.contains(std::str::from_utf8(&body).unwrap()),
            "{check}"
        );
        assert!(
            check.contains(r#""webhook_id":"8PT597110X687430LKGECATA""#),
            "{check}"
        );
    }
}

#[tokio::test]
async fn what_paypal_did_not_send_is_not_taken() {
    let (gateway, books, asked) = paypal(Books::default()).await;
    let body = message("1JU08902781691001", "COMPLETED");
    let failure = json!({ "verification_status": "FAILURE" }).to_string();
    for verdict in [
        Reply::Send(200, failure),
        Reply::Send(400, r#"{"name":"VALIDATION_ERROR"}"#.into()),
    ] {
        books.lock().unwrap().verdict = Some(verdict);
        let got = gateway.read_message(&signed(&body)).await;
        assert_eq!(got, Err(PayPalMessageError::Forged));
    }
    assert_eq!(lines(&asked, "/v2/payments/refunds"), 0);
    let before = lines(&asked, "verify-webhook");
    let unsigned = PayPalMessage {
        transmission_sig: "",
        ..signed(&body)
    };
    let got = gateway.read_message(&unsigned).await;
    assert_eq!(got, Err(PayPalMessageError::Forged));
    assert_eq!(
        lines(&asked, "verify-webhook"),
        before,
        "not even asked for"
    );
    // PayPal is away: the message has to come again.
    for away in [Reply::Send(503, String::new()), Reply::Drop] {
        books.lock().unwrap().verdict = Some(away);
        let got = gateway.read_message(&signed(&body)).await;
        assert!(matches!(got, Err(PayPalMessageError::Asking(_))), "{got:?}");
    }
    let other = br#"{"event_type":"BILLING.PLAN.CREATED","resource_type":"plan","resource":{}}"#;
    let got = gateway.read_message(&signed(other)).await.unwrap();
    assert_eq!(got, PayPalEvent::Other("BILLING.PLAN.CREATED".into()));
    let dispute = br#"{"id":"WH-1","event_type":"CUSTOMER.DISPUTE.RESOLVED","resource_type":"dispute",
        "resource":{"dispute_id":"PP-D-27803","reason":"UNAUTHORISED","status":"RESOLVED",
        "dispute_life_cycle_stage":"CHARGEBACK","dispute_amount":{"currency_code":"EUR","value":"12.30"},
        "dispute_outcome":{"outcome_code":"RESOLVED_SELLER_FAVOUR"},"update_time":"2026-06-01T08:00:00.000Z",
        "disputed_transactions":[{"seller_transaction_id":"3C679366HH908993F","invoice_number":"A-1"}]}}"#;
    let got = gateway.read_message(&signed(dispute)).await.unwrap();
    let want = PayPalEvent::Dispute(PayPalDispute {
        message: "WH-1".into(),
        dispute: "PP-D-27803".into(),
        captures: vec![(CAPTURE.into(), "A-1".into())],
        step: "CUSTOMER.DISPUTE.RESOLVED".into(),
        reason: "UNAUTHORISED".into(),
        status: "RESOLVED".into(),
        stage: "CHARGEBACK".into(),
        outcome: "RESOLVED_SELLER_FAVOUR".into(),
        amount: Some(Money::new(1_230, Currency::EUR)),
        due_at: None,
        at: Some("2026-06-01T08:00:00Z".parse().unwrap()),
    });
    assert_eq!(got, want);
    for bad in [
        "",
        "{}",
        r#"{"event_type":"x","resource_type":"refund","resource":{}}"#,
    ] {
        let got = gateway.read_message(&signed(bad.as_bytes())).await;
        assert!(
            matches!(got, Err(PayPalMessageError::Body(_))),
            "{bad}: {got:?}"
        );
    }
}
