//! The answer to a dispute at Stripe and PayPal, as their public API references describe it: what is
//! sent, what is found again, and what silence means.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::server::{Asked, Reply, Request, provider};
use gateways::{
    paypal::{Credentials, PayPalGateway},
    stripe::StripeGateway,
};
use kernel::ClientId;
use ports::{EvidenceOrder, GatewayError, PaymentGateway};
use serde_json::{Value, json};
use std::time::Duration;

const PDF: &[u8] = b"%PDF-1.7 redress-form evidence";

fn order(dispute: &str) -> EvidenceOrder {
    EvidenceOrder {
        client: ClientId(7),
        dispute: dispute.to_owned(),
        key: "dsp_1_4".to_owned(),
        note: "Delivered and signed for".to_owned(),
        pdf: PDF.to_vec(),
    }
}

fn send(body: &Value) -> Reply {
    Reply::Send(200, body.to_string())
}

/// A provider of disputes that keeps what it is given; `silent` hangs up after it took an answer.
async fn stripe(silent: bool) -> (StripeGateway, Asked) {
    let mut metadata = json!({});
    let mut count = 0;
    let (base, asked) = provider(move |request: &Request| {
        if request.line == "POST /v1/files" {
            return send(&json!({ "id": "file_1", "purpose": "dispute_evidence" }));
        }
        if request.line == "POST /v1/disputes/dp_1" {
            metadata = json!({ "redress_key": "dsp_1_4" });
            count = 1;
            if silent {
                return Reply::Drop;
            }
        }
        send(&json!({
            "id": "dp_1", "status": "under_review", "metadata": metadata,
            "evidence_details": { "submission_count": count, "has_evidence": count > 0 },
        }))
    })
    .await;
    let gateway = StripeGateway::new(&base, "sk_test_x".into(), Duration::from_millis(500));
    (gateway.unwrap(), asked)
}

#[tokio::test]
async fn stripe_takes_the_pack_as_a_file_and_the_dispute_names_our_key() {
    let (gateway, asked) = stripe(false).await;
    assert!(gateway.takes_evidence(ClientId(7)));
    let order = order("dp_1");
    assert!(!gateway.find_evidence(&order).await.unwrap());
    gateway.submit_evidence(&order).await.unwrap();
    assert!(gateway.find_evidence(&order).await.unwrap());
    let asked = asked.lock().unwrap();
    let upload = asked.iter().find(|r| r.line == "POST /v1/files").unwrap();
    assert_eq!(upload.header("idempotency-key"), Some("dsp_1_4-file"));
    let kind = upload.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    // The file holds the words a boundary would begin with: it is another one.
    assert_ne!(boundary, "redress-form");
    let parts: Vec<&str> = upload.body.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 4, "{parts:#?}");
    assert!(parts[1].contains("name=\"purpose\"\r\n\r\ndispute_evidence\r\n"));
    assert!(parts[2].ends_with(&format!("\r\n\r\n{}\r\n", String::from_utf8_lossy(PDF))));
    let update = asked.iter().find(|r| r.line == "POST /v1/disputes/dp_1");
    let update = update.unwrap();
    assert_eq!(update.header("idempotency-key"), Some("dsp_1_4"));
    for said in [
        "evidence%5Buncategorized_file%5D=file_1",
        "metadata%5Bredress_key%5D=dsp_1_4",
        "submit=true",
    ] {
        assert!(update.body.contains(said), "{}", update.body);
    }
}

#[tokio::test]
async fn an_answer_that_got_no_answer_is_unknown_and_found_again() {
    let (gateway, _) = stripe(true).await;
    let order = order("dp_1");
    let lost = gateway.submit_evidence(&order).await;
    assert!(matches!(lost, Err(GatewayError::Unknown(_))), "{lost:?}");
    assert!(gateway.find_evidence(&order).await.unwrap());
    let other = EvidenceOrder {
        key: "dsp_1_9".to_owned(),
        ..order
    };
    assert!(!gateway.find_evidence(&other).await.unwrap());
}

#[tokio::test]
async fn a_closed_dispute_is_refused_and_a_strange_number_never_sent() {
    let (base, asked) = provider(|request: &Request| match request.line.as_str() {
        "POST /v1/files" => send(&json!({ "id": "file_1" })),
        _ => Reply::Send(
            400,
            json!({ "error": { "type": "invalid_request_error", "code": "dispute_closed" } })
                .to_string(),
        ),
    })
    .await;
    let gateway = StripeGateway::new(&base, "sk_test_x".into(), Duration::from_millis(500));
    let gateway = gateway.unwrap();
    let refused = gateway.submit_evidence(&order("dp_1")).await;
    assert!(
        matches!(refused, Err(GatewayError::Refused { .. })),
        "{refused:?}"
    );
    let before = asked.lock().unwrap().len();
    let strange = gateway.submit_evidence(&order("../refunds")).await;
    assert!(
        matches!(strange, Err(GatewayError::Refused { .. })),
        "{strange:?}"
    );
    assert_eq!(asked.lock().unwrap().len(), before);
}

#[tokio::test]
async fn paypal_keeps_our_key_in_the_note() {
    let mut notes: Option<String> = None;
    let (base, asked) = provider(move |request: &Request| {
        if request.line == "POST /v1/oauth2/token" {
            return send(
                &json!({ "access_token": "A", "token_type": "Bearer", "expires_in": 900 }),
            );
        }
        if request.line.ends_with("/provide-evidence") {
            notes = Some("Delivered and signed for [dsp_1_4]".to_owned());
            return send(&json!({ "links": [] }));
        }
        send(&json!({ "dispute_id": "PP-D-1", "evidences": [
            { "evidence_type": "PROOF_OF_FULFILLMENT" },
            { "evidence_type": "OTHER", "notes": notes },
        ]}))
    })
    .await;
    let who = Credentials {
        id: "house".into(),
        secret: "s3cret".into(),
        webhook: "W".into(),
    };
    let gateway = PayPalGateway::new(&base, who, Duration::from_millis(500)).unwrap();
    let order = order("PP-D-1");
    assert!(!gateway.find_evidence(&order).await.unwrap());
    gateway.submit_evidence(&order).await.unwrap();
    assert!(gateway.find_evidence(&order).await.unwrap());
    let asked = asked.lock().unwrap();
    let given = asked.iter().find(|r| r.line.ends_with("/provide-evidence"));
    let given = given.unwrap();
    assert_eq!(
        given.line,
        "POST /v1/customer/disputes/PP-D-1/provide-evidence"
    );
    assert!(
        given
            .body
            .contains("\"notes\":\"Delivered and signed for [dsp_1_4]\"")
    );
    assert!(given.body.contains("filename=\"evidence.pdf\""));
}
