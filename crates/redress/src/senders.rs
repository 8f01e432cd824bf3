//! Messages of payment processors: each is checked with the account of the client it was posted for
//! and read into what it says about payments of ours.

use crate::{
    cards::{Accounts, Cards},
    disputes,
};
use api::{PaymentMessage, PaymentNews, ReadPayments, Told, Unread};
use async_trait::async_trait;
use gateways::{
    adyen::{self, AdyenEvent, AdyenGateway, AdyenMessageError},
    paypal::{PayPalEvent, PayPalGateway, PayPalMessage, PayPalMessageError},
    stripe::{self, StripeEventKind, StripeGateway},
};
use std::{sync::Arc, time::Duration};

/// The providers whose messages are taken in.
pub const PROVIDERS: [&str; 3] = ["stripe", "adyen", "paypal"];

/// How far the signed time of a message may be from ours.
const SIGNED_WITHIN: Duration = Duration::from_mins(5);

/// The readers of every processor.
pub fn readers(cards: &Cards) -> Vec<Arc<dyn ReadPayments>> {
    vec![
        Arc::new(Stripe(cards.stripe.clone())),
        Arc::new(Adyen(cards.adyen.clone())),
        Arc::new(Paypal(cards.paypal.clone())),
    ]
}

fn header<'m>(message: &PaymentMessage<'m>, name: &str) -> &'m str {
    let value = message.headers.get(name).and_then(|v| v.to_str().ok());
    value.unwrap_or_default()
}

struct Stripe(Arc<Accounts<StripeGateway>>);

#[async_trait]
impl ReadPayments for Stripe {
    fn provider(&self) -> &'static str {
        "stripe"
    }

    async fn read(&self, message: &PaymentMessage<'_>) -> Result<Vec<Told>, Unread> {
        let account = self.0.account(message.client);
        let mut secrets = account.map(|(_, secrets)| secrets).unwrap_or_default();
        secrets.extend(message.secret);
        let signed = header(message, "stripe-signature");
        stripe::verify(signed, message.body, &secrets, message.now, SIGNED_WITHIN)
            .map_err(|_| Unread::Forged)?;
        let event = stripe::read_event(message.body).map_err(|_| Unread::Malformed)?;
        let (key, state, amount) = match event.kind {
            StripeEventKind::Refund(refund) => {
                let Some(key) = refund.key().and_then(|key| key.parse().ok()) else {
                    return Ok(Vec::new());
                };
                let amount = refund.money().ok_or(Unread::Malformed)?;
                (key, refund.state(), Some(amount))
            }
            StripeEventKind::Checkout { key, state, taken } => (key, state, taken),
            StripeEventKind::Dispute(dispute) => {
                return Ok(vec![disputes::stripe(&event.id, event.created, dispute)]);
            }
            _ => return Ok(Vec::new()),
        };
        Ok(vec![Told::Payment(PaymentNews {
            message: event.id,
            key,
            state,
            amount,
            overtaken_by: Vec::new(),
        })])
    }
}

struct Adyen(Arc<Accounts<AdyenGateway>>);

#[async_trait]
impl ReadPayments for Adyen {
    fn provider(&self) -> &'static str {
        "adyen"
    }

    async fn read(&self, message: &PaymentMessage<'_>) -> Result<Vec<Told>, Unread> {
        let (gateway, keys) = self.0.account(message.client).ok_or(Unread::Forged)?;
        let items = adyen::read_items(message.body, &keys).map_err(|e| match e {
            AdyenMessageError::Forged => Unread::Forged,
            AdyenMessageError::Body(_) => Unread::Malformed,
        })?;
        let mut told = Vec::new();
        for item in items {
            // A webhook of the company account tells of its other accounts too.
            if item.account != gateway.account() {
                continue;
            }
            match item.event {
                AdyenEvent::Refund {
                    key,
                    amount,
                    state,
                    overtaken_by,
                } => told.push(Told::Payment(PaymentNews {
                    message: item.message,
                    key,
                    state,
                    amount: Some(amount.ok_or(Unread::Malformed)?),
                    overtaken_by,
                })),
                AdyenEvent::Dispute(dispute) => {
                    told.push(disputes::adyen(&item.message, message.now, dispute));
                }
                AdyenEvent::Other(_) => {}
            }
        }
        Ok(told)
    }
}

struct Paypal(Arc<Accounts<PayPalGateway>>);

#[async_trait]
impl ReadPayments for Paypal {
    fn provider(&self) -> &'static str {
        "paypal"
    }

    async fn read(&self, message: &PaymentMessage<'_>) -> Result<Vec<Told>, Unread> {
        let (gateway, _) = self.0.account(message.client).ok_or(Unread::Forged)?;
        let signed = PayPalMessage {
            transmission_id: header(message, "paypal-transmission-id"),
            transmission_time: header(message, "paypal-transmission-time"),
            transmission_sig: header(message, "paypal-transmission-sig"),
            cert_url: header(message, "paypal-cert-url"),
            auth_algo: header(message, "paypal-auth-algo"),
            body: message.body,
        };
        let event = gateway.read_message(&signed).await.map_err(|e| match e {
            PayPalMessageError::Forged => Unread::Forged,
            PayPalMessageError::Body(_) => Unread::Malformed,
            PayPalMessageError::Asking(why) => {
                tracing::info!(client = %message.client, %why, "PayPal must send this again");
                Unread::Later
            }
        })?;
        match event {
            PayPalEvent::Refund(refund) => {
                let Some(key) = refund.key() else {
                    return Ok(Vec::new());
                };
                let state = refund.state();
                // The fact names itself: another message about the same fact changes nothing.
                let fact = match &state {
                    ports::PaymentState::Pending { .. } => "pending",
                    ports::PaymentState::Settled { .. } => "settled",
                    _ => "over",
                };
                Ok(vec![Told::Payment(PaymentNews {
                    message: format!("{}/{fact}", refund.id),
                    key,
                    state,
                    amount: Some(refund.amount().ok_or(Unread::Malformed)?),
                    overtaken_by: Vec::new(),
                })])
            }
            PayPalEvent::Dispute(dispute) => Ok(vec![disputes::paypal(message.now, dispute)]),
            PayPalEvent::Other(_) => Ok(Vec::new()),
        }
    }
}
