//! The Stripe-shaped adapter against a scripted server: what each kind of answer and of silence
//! means for the money. Bodies follow the provider's published API reference.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use gateways::stripe::{StripeEventKind, StripeGateway, WebhookError, read_event, verify};
use kernel::{Currency, Money};
use ports::{Destination, GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the server does with the next POST.
#[derive(Clone, Copy)]
enum Script {
    /// Make the refund and answer.
    Answer(&'static str),
    /// Make the refund, then hang up.
    EffectThenDrop,
    /// Make the refund, then never answer.
    EffectThenSilence,
    /// Make none and answer with this.
    Error(u16, &'static str),
}

#[derive(Default)]
struct Books {
    script: Vec<Script>,
    /// One effect per idempotency key, as the provider promises.
    refunds: BTreeMap<String, String>,
    heads: Vec<String>,
}

type Shared = Arc<Mutex<Books>>;

async fn server(script: &[Script]) -> (StripeGateway, Shared) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let books = Books {
        script: script.iter().rev().copied().collect(),
        ..Books::default()
    };
    let books = Arc::new(Mutex::new(books));
    let shared = Arc::clone(&books);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(socket, Arc::clone(&shared)));
        }
    });
    (
        StripeGateway::new(&base, "sk_test_x".into(), Duration::from_millis(500)).unwrap(),
        books,
    )
}

async fn serve(mut socket: TcpStream, books: Shared) {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        let mut part = [0; 4096];
        let n = socket.read(&mut part).await.unwrap_or(0);
        bytes.extend_from_slice(&part[..n]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length")
                .and_then(|l| l.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                break (head.to_owned(), body.to_owned());
            }
        }
        if n == 0 {
            return;
        }
    };
    let reply = {
        let mut books = books.lock().unwrap();
        books.heads.push(format!("{head}\n\n{body}"));
        if head.starts_with("POST /v1/refunds ") {
            post(&mut books, &head, &body)
        } else {
            get(&books)
        }
    };
    match reply {
        Reply::Send(status, body) => {
            let text = format!(
                "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = socket.write_all(text.as_bytes()).await;
        }
        Reply::Drop => {}
        Reply::Hold => std::future::pending::<()>().await,
    }
}

enum Reply {
    Send(u16, String),
    Drop,
    Hold,
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|l| l.split_once(": "))
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, v)| v)
}

fn post(books: &mut Books, head: &str, body: &str) -> Reply {
    let key = header(head, "idempotency-key").unwrap().to_owned();
    assert_eq!(header(head, "authorization"), Some("Bearer sk_test_x"));
    let script = books.script.pop().unwrap_or(Script::Answer("succeeded"));
    if let Script::Error(status, body) = script {
        return Reply::Send(status, body.into());
    }
    let status = if let Script::Answer(status) = script {
        status
    } else {
        "succeeded"
    };
    let amount = body
        .split('&')
        .find_map(|p| p.strip_prefix("amount="))
        .unwrap();
    let next = books.refunds.len() + 1;
    let refund = books.refunds.entry(key.clone()).or_insert_with(|| {
        format!(
            r#"{{"id":"re_{next}","object":"refund","amount":{amount},"charge":"ch_1","created":1,
               "currency":"eur","metadata":{{"redress_key":"{key}"}},"status":"{status}"}}"#
        )
    });
    match script {
        Script::EffectThenDrop => Reply::Drop,
        Script::EffectThenSilence => Reply::Hold,
        _ => Reply::Send(200, refund.clone()),
    }
}

fn get(books: &Books) -> Reply {
    let all: Vec<&str> = books.refunds.values().map(String::as_str).collect();
    Reply::Send(
        200,
        format!(
            r#"{{"object":"list","data":[{}],"has_more":false}}"#,
            all.join(",")
        ),
    )
}

fn order(n: u128) -> PaymentOrder {
    let destination = Destination::Original {
        reference: "ch_1".into(),
    };
    PaymentOrder {
        destination,
        ..common::order(n, 1230)
    }
}

#[tokio::test]
async fn answers_map_to_submissions_and_states() {
    let (gateway, books) = server(&[
        Script::Answer("succeeded"),
        Script::Answer("pending"),
        Script::Answer("requires_action"),
    ])
    .await;
    assert_eq!(gateway.find(&order(1)).await.unwrap(), None);
    let first = gateway.submit(&order(1)).await.unwrap();
    assert_eq!(
        first,
        Submission::Settled {
            provider_ref: "re_1".into()
        }
    );
    for n in [2, 3] {
        assert!(matches!(
            gateway.submit(&order(n)).await.unwrap(),
            Submission::Pending { .. }
        ));
        let found = gateway.find(&order(n)).await.unwrap();
        assert_eq!(
            found,
            Some(PaymentState::Pending {
                provider_ref: format!("re_{n}")
            })
        );
    }
    let sent = books.lock().unwrap().heads[1].clone();
    assert!(sent.contains("charge=ch_1&amount=1230"), "{sent}");
    assert!(sent.contains(&order(1).obligation.to_string()), "{sent}");
    let by_iban = gateway.submit(&common::order(4, 100)).await;
    assert!(matches!(by_iban, Err(GatewayError::Refused { .. })));
}

/// Fault 2 and 3 of the reliability notes: the money moved, the answer did not come.
#[tokio::test]
async fn lost_answers_are_unknown_then_found_and_a_repeat_has_one_effect() {
    let repeat = Script::Answer("succeeded");
    let script = [
        Script::EffectThenDrop,
        repeat,
        Script::EffectThenSilence,
        repeat,
    ];
    let (gateway, books) = server(&script).await;
    for n in [1, 2] {
        let lost = gateway.submit(&order(n)).await;
        assert!(matches!(lost, Err(GatewayError::Unknown(_))), "{lost:?}");
        let found = gateway.find(&order(n)).await.unwrap();
        assert!(
            matches!(found, Some(PaymentState::Settled { .. })),
            "{found:?}"
        );
        // The same key again: the first refund, not a second one.
        assert!(matches!(
            gateway.submit(&order(n)).await,
            Ok(Submission::Settled { .. })
        ));
    }
    assert_eq!(books.lock().unwrap().refunds.len(), 2);
}

#[tokio::test]
async fn errors_say_what_is_safe() {
    let refused = r#"{"error":{"type":"invalid_request_error","code":"charge_already_refunded","message":"Charge ch_1 has already been refunded."}}"#;
    let reused = r#"{"error":{"type":"idempotency_error","message":"Keys for idempotent requests can only be used with the same parameters"}}"#;
    let busy = r#"{"error":{"type":"idempotency_error","code":"idempotency_key_in_use"}}"#;
    let rows = [
        (400, refused, "refused"),
        (
            402,
            r#"{"error":{"type":"card_error","code":"card_declined"}}"#,
            "refused",
        ),
        (
            404,
            r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#,
            "refused",
        ),
        (401, "{}", "not sent"),
        (429, r#"{"error":{"type":"rate_limit_error"}}"#, "not sent"),
        (400, reused, "unknown"),
        (409, busy, "unknown"),
        (500, "oops", "unknown"),
        (503, "", "unknown"),
        (302, "", "unknown"),
        (200, "not json", "unknown"),
    ];
    for (status, body, meaning) in rows {
        let (gateway, books) = server(&[Script::Error(status, body)]).await;
        let got = match gateway.submit(&order(1)).await {
            Err(GatewayError::Refused { .. }) => "refused",
            Err(GatewayError::NotSent(_)) => "not sent",
            Err(GatewayError::Unknown(_)) => "unknown",
            Ok(_) => "done",
        };
        assert_eq!(got, meaning, "{status} {body}");
        assert_eq!(
            books.lock().unwrap().heads.len(),
            1,
            "no retry behind the caller's back"
        );
    }
    // Nobody listens: certainly not sent.
    let port = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let gateway = StripeGateway::new(
        &format!("http://{port}"),
        String::new(),
        Duration::from_secs(2),
    )
    .unwrap();
    assert!(matches!(
        gateway.submit(&order(1)).await,
        Err(GatewayError::NotSent(_))
    ));
}

#[test]
fn plain_http_stays_on_this_machine() {
    let gateway = |base| StripeGateway::new(base, String::new(), Duration::from_secs(1));
    assert!(gateway("https://api.stripe.com").is_ok());
    for bad in [
        "http://api.stripe.com",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        "x",
    ] {
        assert!(gateway(bad).is_err(), "{bad}");
    }
}

/// The signature was computed with another implementation:
/// `printf '%s' '1700000000.{}' | openssl dgst -sha256 -hmac whsec_test`.
const SIGNED: &str = "35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91";

#[test]
fn webhooks_are_verified_over_the_raw_body_in_a_window() {
    let header = format!("t=1700000000,v1={SIGNED},v0=00");
    let at = |s: i64| jiff::Timestamp::from_second(s).unwrap();
    let check = |header: &str, body: &[u8], secrets: &[&str], now| {
        verify(header, body, secrets, at(now), Duration::from_mins(5))
    };
    let now = 1_700_000_000;
    assert_eq!(check(&header, b"{}", &["whsec_test"], now + 300), Ok(()));
    assert_eq!(
        check(&header, b"{}", &["whsec_new", "whsec_test"], now - 300),
        Ok(())
    );
    let rotated = format!("t=1700000000,v1={},v1={SIGNED}", "0".repeat(64));
    assert_eq!(check(&rotated, b"{}", &["whsec_test"], now), Ok(()));
    for late in [now + 301, now - 301] {
        assert_eq!(
            check(&header, b"{}", &["whsec_test"], late),
            Err(WebhookError::Window)
        );
    }
    assert_eq!(
        check(&header, b"{ }", &["whsec_test"], now),
        Err(WebhookError::Forged)
    );
    assert_eq!(
        check(&header, b"{}", &["whsec_other"], now),
        Err(WebhookError::Forged)
    );
    assert_eq!(check(&header, b"{}", &[""], now), Err(WebhookError::Forged));
    let moved = header.replace("t=1700000000", "t=1700000001");
    assert_eq!(
        check(&moved, b"{}", &["whsec_test"], now),
        Err(WebhookError::Forged)
    );
    for bad in ["", "v1=00", "t=x,v1=00", "t=1,t=2,v1=00", "nonsense"] {
        assert_eq!(
            check(bad, b"{}", &["whsec_test"], 1),
            Err(WebhookError::Header),
            "{bad}"
        );
    }
}

#[test]
fn events_are_read_and_foreign_ones_named() {
    let event = |kind: &str, object: &str| {
        read_event(format!(r#"{{"id":"evt_1","created":1234567890,"type":"{kind}","data":{{"object":{object}}}}}"#).as_bytes())
            .map(|e| e.kind)
    };
    let failed = r#"{"id":"re_1","amount":100,"currency":"eur","status":"failed","failure_reason":"lost_or_stolen_card"}"#;
    let Ok(StripeEventKind::Refund(refund)) = event("refund.failed", failed) else {
        panic!()
    };
    assert!(
        matches!(refund.state(), PaymentState::Failed { code, .. } if code == "lost_or_stolen_card")
    );
    let charge = r#"{"id":"ch_1","amount_refunded":500,"currency":"jpy"}"#;
    let refunded = Money::new(500, "JPY".parse().unwrap());
    let want = StripeEventKind::ChargeRefunded {
        charge: "ch_1".into(),
        refunded,
    };
    assert_eq!(event("charge.refunded", charge), Ok(want));
    let body = r#"{"id":"dp_1","charge":"ch_1","payment_intent":{"id":"pi_1","object":"payment_intent"},"amount":1230,"currency":"eur","reason":"credit_not_processed","status":"needs_response","evidence_details":{"due_by":1790000000},"payment_method_details":{"card":{"brand":"visa","network_reason_code":"13.6"}}}"#;
    let Ok(StripeEventKind::Dispute(dispute)) = event("charge.dispute.funds_withdrawn", body)
    else {
        panic!()
    };
    assert_eq!(dispute.amount, Money::new(1230, Currency::EUR));
    assert_eq!(dispute.payments, ["pi_1", "ch_1"]);
    assert_eq!(dispute.network_code.as_deref(), Some("13.6"));
    assert_eq!(
        dispute.due_by.map(kernel::Timestamp::as_second),
        Some(1_790_000_000)
    );
    assert_eq!(
        (&*dispute.status, &*dispute.step),
        ("needs_response", "funds_withdrawn")
    );
    let bare = r#"{"id":"dp_1","charge":"ch_1","payment_intent":null,"amount":1230,"currency":"eur","reason":"general"}"#;
    assert!(event("charge.dispute.created", bare).is_ok());
    assert!(event("charge.dispute.created", "{}").is_err());
    let Some(folder) = common::samples("payments/stripe") else {
        return println!("skipped: no recorded events");
    };
    let recorded = read_event(&std::fs::read(folder.join("event.json")).unwrap()).unwrap();
    assert_eq!(recorded.kind, StripeEventKind::Other("plan.created".into()));
}
