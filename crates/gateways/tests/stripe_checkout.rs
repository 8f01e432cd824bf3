//! Pages customers pay on, as the Stripe-shaped adapter reads them: what was paid must be what was
//! asked, in its currency. Bodies follow the provider's published API reference.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use gateways::stripe::{StripeEventKind, StripeGateway, read_event};
use kernel::{ClientId, Currency, Money, ObligationId};
use ports::{Attempt, CheckoutOrder, GatewayError, PaymentGateway, PaymentState, Taking};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A provider that says this, whatever it is asked.
async fn saying(body: String) -> StripeGateway {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut bytes = [0; 8192];
            let _ = socket.read(&mut bytes).await.unwrap();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n",
                body.len()
            );
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(body.as_bytes()).await.unwrap();
        }
    });
    StripeGateway::new(&base, "sk_test_x".into(), Duration::from_secs(2)).unwrap()
}

fn order(amount: Money) -> CheckoutOrder {
    CheckoutOrder {
        client: ClientId(1),
        obligation: ObligationId(uuid::Uuid::from_u128(7)),
        attempt: Attempt::FIRST,
        taking: Taking::Charge,
        amount,
        title: "Lantern, gold".into(),
        remittance: "R1".into(),
        page: "https://shop.example/pay".into(),
        opened: Some("cs_test_1".into()),
    }
}

fn session(key: &str, amount: i64, currency: &str) -> String {
    format!(
        r#"{{"id":"cs_test_1","object":"checkout.session","amount_total":{amount},
            "currency":"{currency}","livemode":false,"metadata":{{"redress_key":"{key}",
            "redress_taking":"charge"}},"mode":"payment","payment_intent":"pi_1",
            "payment_status":"paid","status":"complete","url":null}}"#
    )
}

#[tokio::test]
async fn a_page_over_another_currency_or_amount_is_not_the_one_we_opened() {
    let asked = order(Money::new(1_250, Currency::EUR));
    let key = asked.key().to_string();
    let paid = saying(session(&key, 1_250, "eur")).await;
    let found = paid.find_checkout(&asked).await.unwrap();
    let want = PaymentState::Settled {
        on: None,
        provider_ref: "pi_1".into(),
    };
    assert_eq!(found, Some(want));
    for (amount, currency) in [
        (1_250, "usd"),
        (1_250, "jpy"),
        (1_249, "eur"),
        (125_000, "eur"),
        (0, "eur"),
        (-1_250, "eur"),
        (1_250, "???"),
    ] {
        let other = saying(session(&key, amount, currency)).await;
        let found = other.find_checkout(&asked).await;
        let unknown = matches!(&found, Err(GatewayError::Unknown(_)));
        assert!(unknown, "{amount} {currency}: {found:?}");
    }
    let elsewhere = saying(session("obl_x", 1_250, "eur")).await;
    let found = elsewhere.find_checkout(&asked).await;
    assert!(matches!(found, Err(GatewayError::Unknown(_))));
    // Currencies without decimals and with three are said in the provider's own units.
    for (code, minor, said) in [
        ("JPY", 1_250, 1_250),
        ("KWD", 1_250, 1_250),
        ("ISK", 12, 1_200),
    ] {
        let asked = order(Money::new(minor, code.parse().unwrap()));
        let paid = saying(session(&key, said, &code.to_lowercase())).await;
        let found = paid.find_checkout(&asked).await.unwrap();
        assert!(
            matches!(found, Some(PaymentState::Settled { .. })),
            "{code}"
        );
    }
}

#[test]
fn a_message_about_a_page_says_what_was_paid() {
    let key = order(Money::new(1, Currency::EUR)).key();
    let event = |body: &str| {
        let text = format!(
            r#"{{"id":"evt_1","created":1234567890,"type":"checkout.session.completed",
                "data":{{"object":{body}}}}}"#
        );
        read_event(text.as_bytes()).unwrap().kind
    };
    let StripeEventKind::Checkout {
        key: read,
        state,
        taken,
    } = event(&session(&key.to_string(), 1_250, "usd"))
    else {
        panic!("not about a page")
    };
    assert_eq!((read, taken), (key, Some(Money::new(1_250, Currency::USD))));
    assert!(matches!(state, PaymentState::Settled { .. }));
    // A currency nobody knows is an amount nobody asked for.
    let odd = event(&session(&key.to_string(), 1_250, "???"));
    assert!(matches!(odd, StripeEventKind::Checkout { taken: Some(m), .. } if m.minor == 0));
    let recorded = common::samples("payments/stripe").map(|d| d.join("checkout.session.json"));
    let Some(Ok(body)) = recorded.map(std::fs::read_to_string) else {
        return println!("skipped: no recorded page");
    };
    // Not opened by us.
    assert!(matches!(event(&body), StripeEventKind::Other(_)));
}
