//! The Adyen adapter against a scripted server and the example messages Adyen publishes: what each
//! answer, each silence and each message means for the money.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::server::{Asked, Reply, Request, provider};
use data_encoding::{BASE64, HEXUPPER};
use gateways::adyen::{AdyenDispute, AdyenEvent, AdyenGateway, AdyenMessageError, read_items};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Currency, Money};
use ports::{
    Asking, Destination, GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

const PAYMENT: &str = "9913140798220028";

fn order(n: u128) -> PaymentOrder {
    PaymentOrder {
        destination: Destination::Original {
            reference: PAYMENT.into(),
        },
        ..common::order(n, 1230)
    }
}

/// A provider that keeps one refund per key, as it promises; `mood` decides what becomes of the
/// answer.
async fn adyen(
    mut mood: impl FnMut(&mut Value) -> Option<Reply> + Send + 'static,
) -> (AdyenGateway, Asked) {
    let mut refunds: BTreeMap<String, Value> = BTreeMap::new();
    let (base, asked) = provider(move |request: &Request| {
        assert_eq!(
            request.line,
            format!("POST /v71/payments/{PAYMENT}/refunds")
        );
        assert_eq!(request.header("x-api-key"), Some("AQE-key"));
        let key = request.header("idempotency-key").unwrap().to_owned();
        let ask = request.json();
        assert_eq!(ask["reference"], key.as_str());
        let next = refunds.len() + 1;
        let answer = refunds.entry(key).or_insert_with(|| {
            json!({
                "merchantAccount": ask["merchantAccount"], "paymentPspReference": PAYMENT,
                "reference": ask["reference"], "pspReference": format!("REFUND{next:010}"),
                "status": "received", "amount": ask["amount"],
            })
        });
        let mut told = answer.clone();
        mood(&mut told).unwrap_or_else(|| Reply::Send(201, told.to_string()))
    })
    .await;
    (gateway(&base), asked)
}

fn gateway(base: &str) -> AdyenGateway {
    let within = Duration::from_millis(500);
    AdyenGateway::new(&format!("{base}/v71"), "HouseECOM", "AQE-key", within).unwrap()
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_under_the_same_key() {
    let mut moods = vec![Some(Reply::Drop), None, Some(Reply::Hold), None];
    moods.reverse();
    let (gateway, asked) = adyen(move |_| moods.pop().flatten()).await;
    for n in [1_u128, 2] {
        let lost = gateway.submit(&order(n)).await;
        assert!(matches!(lost, Err(GatewayError::Unknown(_))), "{lost:?}");
        let found = gateway.find(&order(n)).await;
        assert!(matches!(found, Err(GatewayError::Unknown(_))), "{found:?}");
        let taken = gateway.submit(&order(n)).await.unwrap();
        // The reference of the first call: it had one effect.
        let provider_ref = format!("REFUND{n:010}");
        assert_eq!(taken, Submission::Pending { provider_ref });
    }
    let asked = asked.lock().unwrap();
    assert_eq!(
        asked.len(),
        4,
        "no look-up, no retry behind the caller's back"
    );
    assert_eq!(
        asked[0].json()["amount"],
        json!({ "currency": "EUR", "value": 1230 })
    );
    assert!(matches!(gateway.asking(), Asking::SameKey { seconds } if seconds < 7 * 86_400));
}

#[tokio::test]
async fn an_answer_about_something_else_is_no_answer() {
    let wrong: [fn(&mut Value); 6] = [
        |a| a["amount"]["value"] = 1231.into(),
        |a| a["amount"]["currency"] = "USD".into(),
        |a| a["reference"] = "another".into(),
        |a| a["merchantAccount"] = "OtherECOM".into(),
        |a| a["paymentPspReference"] = "1".into(),
        |a| a["status"] = "refused".into(),
    ];
    for change in wrong {
        let (gateway, _) = adyen(move |told| {
            change(told);
            None
        })
        .await;
        let got = gateway.submit(&order(1)).await;
        assert!(matches!(got, Err(GatewayError::Unknown(_))), "{got:?}");
    }
}

#[tokio::test]
async fn errors_say_what_is_safe() {
    let problem = |code: &str| {
        json!({ "status": 422, "errorCode": code, "message": "m", "errorType": "validation" })
            .to_string()
    };
    let rows = [
        (422, problem("167"), "refused"),
        (404, String::new(), "refused"),
        (422, problem("704"), "unknown"),
        (409, problem("1"), "unknown"),
        (401, problem("000"), "not sent"),
        (403, problem("010"), "not sent"),
        (429, String::new(), "not sent"),
        (500, problem("905"), "unknown"),
        (503, String::new(), "unknown"),
        (302, String::new(), "unknown"),
        (200, "{}".into(), "unknown"),
    ];
    for (status, body, meaning) in rows {
        let sent = body.clone();
        let (gateway, asked) = adyen(move |_| Some(Reply::Send(status, sent.clone()))).await;
        let got = match gateway.submit(&order(1)).await {
            Err(GatewayError::Refused { .. }) => "refused",
            Err(GatewayError::NotSent(_)) => "not sent",
            Err(GatewayError::Unknown(_)) => "unknown",
            Ok(_) => "done",
        };
        assert_eq!(got, meaning, "{status} {body}");
        assert_eq!(asked.lock().unwrap().len(), 1);
    }
    let (gateway, asked) = adyen(|_| None).await;
    for bad in ["", "../payments", "99/refunds"] {
        let reference = bad.into();
        let order = PaymentOrder {
            destination: Destination::Original { reference },
            ..order(1)
        };
        let got = gateway.submit(&order).await;
        assert!(matches!(got, Err(GatewayError::Refused { .. })), "{got:?}");
    }
    let by_iban = gateway.submit(&common::order(4, 100)).await;
    assert!(matches!(by_iban, Err(GatewayError::Refused { .. })));
    assert!(asked.lock().unwrap().is_empty());
}

/// The key and the signature Adyen's own libraries are tested with.
const KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

fn published() -> Value {
    json!({
        "additionalData": { "hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" },
        "amount": { "value": 1130, "currency": "EUR" }, "pspReference": "7914073381342284",
        "eventCode": "AUTHORISATION", "eventDate": "2019-05-06T17:15:34.121+02:00",
        "merchantAccountCode": "TestMerchant", "merchantReference": "TestPayment-1407325143704",
        "paymentMethod": "visa", "success": "true",
    })
}

fn message(items: &[Value]) -> Vec<u8> {
    let wrapped: Vec<Value> = items
        .iter()
        .map(|item| json!({ "NotificationRequestItem": item }))
        .collect();
    json!({ "live": "false", "notificationItems": wrapped })
        .to_string()
        .into_bytes()
}

#[test]
fn every_signed_field_is_bound_and_every_item_is_signed() {
    let good = published();
    let read = read_items(&message(std::slice::from_ref(&good)), &[KEY]).unwrap();
    assert_eq!(read[0].event, AdyenEvent::Other("AUTHORISATION".into()));
    assert_eq!(read[0].account, "TestMerchant");
    let two_keys = [&KEY.replace('4', "5"), KEY];
    assert!(read_items(&message(std::slice::from_ref(&good)), &two_keys).is_ok());
    let forged = |items: &[Value], keys: &[&str]| {
        assert_eq!(
            read_items(&message(items), keys),
            Err(AdyenMessageError::Forged)
        );
    };
    for (field, other) in [
        ("pspReference", json!("7914073381342285")),
        ("originalReference", json!("1")),
        ("merchantAccountCode", json!("Other")),
        ("merchantReference", json!("Other")),
        ("amount", json!({ "value": 1131, "currency": "EUR" })),
        ("amount", json!({ "value": 1130, "currency": "USD" })),
        ("eventCode", json!("REFUND")),
        ("success", json!("false")),
        ("additionalData", json!({})),
        ("additionalData", json!({ "hmacSignature": "" })),
    ] {
        let mut item = good.clone();
        item[field] = other;
        forged(std::slice::from_ref(&item), &[KEY]);
        forged(&[good.clone(), item], &[KEY]);
    }
    for key in ["", "00", "no hex", &KEY.replace('4', "5")] {
        forged(std::slice::from_ref(&good), &[key]);
    }
    forged(std::slice::from_ref(&good), &[]);
    for bad in ["", "{}", "[]", r#"{"notificationItems":[{}]}"#] {
        let got = read_items(bad.as_bytes(), &[KEY]);
        assert!(matches!(got, Err(AdyenMessageError::Body(_))), "{got:?}");
    }
}

fn signed(mut item: Value) -> Value {
    let field = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let text = format!(
        "{}:{}:{}:{}:{}:{}:{}:{}",
        field("pspReference"),
        field("originalReference"),
        field("merchantAccountCode"),
        field("merchantReference"),
        item["amount"]["value"],
        item["amount"]["currency"].as_str().unwrap_or_default(),
        field("eventCode"),
        field("success"),
    );
    let key = HEXUPPER.decode(KEY.as_bytes()).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(text.as_bytes());
    let signature = BASE64.encode(&mac.finalize().into_bytes());
    if item["additionalData"].is_null() {
        item["additionalData"] = json!({});
    }
    item["additionalData"]["hmacSignature"] = signature.into();
    item
}

fn event(item: Value) -> (String, AdyenEvent) {
    let mut read = read_items(&message(&[signed(item)]), &[KEY]).unwrap();
    let item = read.remove(0);
    (item.message, item.event)
}

/// The example of one webhook in Adyen's OpenAPI description; a few have none.
fn recorded(api: &Value, name: &str) -> Option<Value> {
    let content = &api["webhooks"][format!("/{name}")]["post"]["requestBody"]["content"];
    let examples = content["application/json"]["examples"].as_object()?;
    let example = examples.values().next().unwrap();
    let example = match example["$ref"].as_str() {
        Some(at) => &api["components"]["examples"][at.rsplit('/').next().unwrap()],
        None => example,
    };
    Some(example["value"]["notificationItems"][0]["NotificationRequestItem"].clone())
}

#[test]
fn recorded_messages_say_what_became_of_the_money() {
    let Some(folder) = common::samples("payments/adyen") else {
        return println!("skipped: no recorded messages");
    };
    let text = std::fs::read_to_string(folder.join("Webhooks-v1.json")).unwrap();
    let api: Value = serde_json::from_str(&text).unwrap();
    let key = order(7).key();
    let ours = |name: &str, success: &str| {
        let mut item = recorded(&api, name).unwrap();
        item["merchantReference"] = key.to_string().into();
        item["success"] = success.into();
        event(item)
    };
    let state = |name: &str, success: &str| match ours(name, success).1 {
        AdyenEvent::Refund {
            key: of,
            amount,
            state,
            ..
        } => {
            assert_eq!(of, key);
            assert_eq!(amount, Some(Money::new(1000, Currency::EUR)), "{name}");
            state
        }
        other => panic!("{name}: {other:?}"),
    };
    let paid = state("REFUND", "true");
    let PaymentState::Settled { provider_ref, .. } = &paid else {
        panic!("{paid:?}");
    };
    assert_eq!(provider_ref, "QFQTPCQ8HXSKGK82");
    let refused = state("REFUND", "false");
    let PaymentState::Failed { reason, .. } = &refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        reason,
        "Transaction hasn't been captured, refund not possible"
    );
    for back in ["REFUND_FAILED", "REFUNDED_REVERSED"] {
        let state = state(back, "true");
        assert!(matches!(state, PaymentState::Returned { .. }), "{state:?}");
        // "Paid" is old once one of these was heard about the same refund.
        let (_, AdyenEvent::Refund { overtaken_by, .. }) = ours("REFUND", "true") else {
            panic!();
        };
        assert!(overtaken_by.contains(&ours(back, "true").0));
    }
    let (_, disputed) = event(recorded(&api, "CHARGEBACK").unwrap());
    let want = AdyenEvent::Dispute(AdyenDispute {
        dispute: "QFQTPCQ8HXSKGK82".into(),
        payment: "9913140798220028".into(),
        order: "YOUR_MERCHANT_REFERENCE".into(),
        amount: Some(Money::new(1000, Currency::EUR)),
        step: "CHARGEBACK".into(),
        code: "4853".into(),
        scheme: "mc".into(),
        due_at: Some("2021-07-31T01:03:07Z".parse().unwrap()),
        at: Some("2021-01-01T00:00:00Z".parse().unwrap()),
    });
    assert_eq!(disputed, want);
    // Whatever else Adyen may send is read, and none of it moves a payment of ours.
    let mut others = 0;
    for name in api["webhooks"].as_object().unwrap().keys() {
        let item = recorded(&api, name.trim_start_matches('/'));
        if let Some(item) = item.filter(|i| i["amount"].is_object()) {
            let (_, event) = event(item);
            assert!(!matches!(event, AdyenEvent::Refund { .. }), "{name}");
            others += 1;
        }
    }
    assert!(others > 20, "{others}");
}
