//! Taking money: a Checkout Session for a difference or a security, and the Payment Intent behind
//! a security, which is captured or cancelled later.

use super::gateway::{StripeGateway, refusal};
use super::refund::{from_provider, provider_minor};
use crate::http::{body, lost, plain, refused};
use kernel::{Currency, Money};
use ports::{
    CaptureOrder, Checkout, CheckoutOrder, GatewayError, PaymentKey, PaymentState, Submission,
    Taking,
};
use reqwest::{RequestBuilder, Url};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// The customer has not finished.
    Open,
    /// The customer finished; the payment may still be on its way.
    Complete,
    /// It ended without a payment.
    Expired,
}

/// A Checkout Session, as far as we read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Session {
    /// `cs_…`.
    pub id: String,
    /// Where the customer pays; gone when the session is over.
    #[serde(default)]
    pub url: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<SessionStatus>,
    /// `paid`, `unpaid` or `no_payment_required`.
    #[serde(default)]
    pub payment_status: String,
    /// The payment behind it, `pi_…`.
    #[serde(default)]
    pub payment_intent: Option<String>,
    /// What it is over, in the provider's minor units.
    #[serde(default)]
    pub amount_total: Option<i64>,
    /// Three lower-case letters.
    #[serde(default)]
    pub currency: Option<String>,
    /// What we wrote on it.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl Session {
    /// The metadata entry that says whether it is a charge or a security.
    const TAKING: &'static str = "redress_taking";

    /// Our key, when this session is ours.
    pub fn key(&self) -> Option<&str> {
        let all = self.metadata.as_ref()?;
        all.get(super::Refund::KEY).map(String::as_str)
    }

    /// What the page is over. A currency we do not know is an amount nobody asked for.
    pub fn total(&self) -> Option<Money> {
        let currency = self.currency.as_deref()?;
        let unknown = Money::new(0, Currency::EUR);
        Some(from_provider(self.amount_total?, currency).unwrap_or(unknown))
    }

    fn is_hold(&self) -> bool {
        let all = self.metadata.as_ref();
        all.and_then(|m| m.get(Self::TAKING))
            .is_some_and(|t| t == "hold")
    }

    /// Its state in our words. A security counts as placed when the customer finished: its payment
    /// is authorised then and never captured by itself.
    pub fn state(&self) -> PaymentState {
        let provider_ref = self
            .payment_intent
            .clone()
            .unwrap_or_else(|| self.id.clone());
        match self.status {
            Some(SessionStatus::Expired) => PaymentState::Failed {
                code: "expired".into(),
                reason: String::new(),
            },
            Some(SessionStatus::Complete) if self.is_hold() || self.payment_status == "paid" => {
                PaymentState::Settled {
                    on: None,
                    provider_ref,
                }
            }
            _ => PaymentState::Pending { provider_ref },
        }
    }
}

/// A Payment Intent, as far as we read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Intent {
    /// `pi_…`.
    pub id: String,
    /// `requires_capture`, `succeeded`, `canceled` …
    pub status: String,
    /// What was captured, in the provider's minor units.
    #[serde(default)]
    pub amount_received: i64,
    /// What we wrote on it.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl Intent {
    /// Our key, when this payment is ours.
    pub fn key(&self) -> Option<&str> {
        let all = self.metadata.as_ref()?;
        all.get(super::Refund::KEY).map(String::as_str)
    }
}

fn charged(amount: Money) -> Result<String, GatewayError> {
    let minor = provider_minor(amount).filter(|m| *m > 0);
    let minor = minor.ok_or_else(|| refused("amount", "cannot be charged in this currency"))?;
    Ok(minor.to_string())
}

impl StripeGateway {
    fn at(&self, path: &str) -> Result<Url, GatewayError> {
        self.refunds
            .join(path)
            .map_err(|e| GatewayError::NotSent(e.to_string()))
    }

    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, GatewayError> {
        let request = request.bearer_auth(&self.secret);
        let answer = request.send().await.map_err(|e| lost(&e))?;
        let status = answer.status();
        let bytes = body(answer).await?;
        if !status.is_success() {
            return Err(refusal(status, &bytes));
        }
        serde_json::from_slice(&bytes)
            .map_err(|e| GatewayError::Unknown(format!("unreadable answer: {e}")))
    }

    pub(super) async fn open_session(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Checkout, GatewayError> {
        if let Some(known) = &order.opened {
            let session = self.session(known).await?;
            if let (Some(url), Some(SessionStatus::Open)) = (session.url, session.status) {
                return Ok(Checkout {
                    reference: session.id,
                    url,
                });
            }
            // Over: what became of it comes by message or look-up, and then a new try may be made.
            return Err(GatewayError::NotSent("the page is over".into()));
        }
        let key = order.key().to_string();
        let amount = charged(order.amount)?;
        let currency = order.amount.currency.code().to_lowercase();
        let obligation = order.obligation.to_string();
        let hold = order.taking == Taking::Hold;
        let taking = if hold { "hold" } else { "charge" };
        let mut form = vec![
            ("mode", "payment"),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", &currency),
            ("line_items[0][price_data][unit_amount]", &amount),
            (
                "line_items[0][price_data][product_data][name]",
                &order.title,
            ),
            ("success_url", &order.page),
            ("cancel_url", &order.page),
            ("client_reference_id", &key),
            ("metadata[redress_key]", &key),
            ("metadata[redress_taking]", taking),
            ("metadata[redress_obligation]", &obligation),
            ("metadata[redress_reference]", &order.remittance),
            ("payment_intent_data[metadata][redress_key]", &key),
            (
                "payment_intent_data[metadata][redress_reference]",
                &order.remittance,
            ),
        ];
        if hold {
            form.push(("payment_intent_data[capture_method]", "manual"));
        }
        let request = self.http.post(self.at("/v1/checkout/sessions")?);
        let request = request.header("Idempotency-Key", &key).form(&form);
        let session: Session = self.call(request).await?;
        let url = session.url.clone();
        let url = url.ok_or_else(|| GatewayError::Unknown("a session without a page".into()))?;
        Ok(Checkout {
            reference: session.id,
            url,
        })
    }

    async fn session(&self, id: &str) -> Result<Session, GatewayError> {
        let path = format!("/v1/checkout/sessions/{}", plain(id)?);
        self.call(self.http.get(self.at(&path)?)).await
    }

    pub(super) async fn find_session(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        let Some(id) = &order.opened else {
            return Ok(None);
        };
        let session = self.session(id).await?;
        let ours = session.key().and_then(|k| k.parse().ok()) == Some(order.key());
        if !ours || session.total().is_some_and(|m| m != order.amount) {
            return Err(GatewayError::Unknown(format!(
                "{id} is not the page we opened"
            )));
        }
        Ok(Some(session.state()))
    }

    pub(super) async fn capture_intent(
        &self,
        order: &CaptureOrder,
    ) -> Result<Submission, GatewayError> {
        let path = format!("/v1/payment_intents/{}/capture", plain(&order.hold)?);
        let (amount, key) = (charged(order.amount)?, order.key.to_string());
        let request = self.http.post(self.at(&path)?);
        let request = request
            .header("Idempotency-Key", &key)
            .form(&[("amount_to_capture", amount.as_str())]);
        let intent: Intent = self.call(request).await?;
        match captured(&intent, order)? {
            Some(PaymentState::Settled { provider_ref, .. }) => {
                Ok(Submission::Settled { provider_ref })
            }
            _ => Err(GatewayError::Unknown(format!(
                "{} is {}",
                intent.id, intent.status
            ))),
        }
    }

    pub(super) async fn find_intent(
        &self,
        order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        let path = format!("/v1/payment_intents/{}", plain(&order.hold)?);
        let intent: Intent = self.call(self.http.get(self.at(&path)?)).await?;
        captured(&intent, order)
    }

    pub(super) async fn cancel_intent(&self, hold: &str) -> Result<(), GatewayError> {
        let hold = plain(hold)?;
        let path = format!("/v1/payment_intents/{hold}");
        let intent: Intent = self.call(self.http.get(self.at(&path)?)).await?;
        if intent.status != "requires_capture" {
            // Ended already: by us, or by the card scheme.
            return Ok(());
        }
        let request = self.http.post(self.at(&format!("{path}/cancel"))?);
        let request = request.header("Idempotency-Key", format!("{hold}-release"));
        let empty: [(&str, &str); 0] = [];
        self.call::<Intent>(request.form(&empty)).await.map(drop)
    }
}

/// What an intent says about a charge on it.
fn captured(intent: &Intent, order: &CaptureOrder) -> Result<Option<PaymentState>, GatewayError> {
    let provider_ref = intent.id.clone();
    match intent.status.as_str() {
        "requires_capture" => Ok(None),
        "succeeded" if Some(intent.amount_received) == provider_minor(order.amount) => {
            Ok(Some(PaymentState::Settled {
                on: None,
                provider_ref,
            }))
        }
        "canceled" => Ok(Some(PaymentState::Failed {
            code: "hold_expired".into(),
            reason: String::new(),
        })),
        other => Err(GatewayError::Unknown(format!("{provider_ref} is {other}"))),
    }
}

/// What a message about a session says: our key and how it stands.
pub(super) fn news(session: &Session) -> Option<(PaymentKey, PaymentState)> {
    Some((session.key()?.parse().ok()?, session.state()))
}
