//! The HTTP client: create a refund under an idempotency key, find it again.

use super::refund::{Refund, RefundStatus, provider_minor};
use crate::http::{ConfigError, at, body, client, lost, refused};
use async_trait::async_trait;
use ports::{
    CaptureOrder, Checkout, CheckoutOrder, Destination, EvidenceOrder, GatewayError,
    PaymentGateway, PaymentKey, PaymentOrder, PaymentState, Submission,
};
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use std::time::Duration;

/// Refunds of one charge looked through by `find`: ten pages of a hundred.
const PAGES_MAX: usize = 10;

/// Refunds through a Stripe-shaped API. One per client account.
#[derive(Clone)]
pub struct StripeGateway {
    pub(super) http: Client,
    pub(super) refunds: Url,
    pub(super) secret: String,
}

impl std::fmt::Debug for StripeGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StripeGateway({})", self.refunds)
    }
}

impl StripeGateway {
    /// A gateway to the API at `base` (`https://api.stripe.com`) with the account's secret key.
    /// `timeout` bounds each call; what exceeds it is [`GatewayError::Unknown`].
    pub fn new(base: &str, secret: String, timeout: Duration) -> Result<Self, ConfigError> {
        let refunds = at(base, "/v1/refunds")?;
        let http = client(timeout)?;
        Ok(Self {
            http,
            refunds,
            secret,
        })
    }

    async fn page(&self, by: (&str, &str), after: Option<&str>) -> Result<Page, GatewayError> {
        let mut query = vec![by, ("limit", "100")];
        query.extend(after.map(|id| ("starting_after", id)));
        let request = self
            .http
            .get(self.refunds.clone())
            .bearer_auth(&self.secret)
            .query(&query);
        let answer = request.send().await.map_err(|e| lost(&e))?;
        let status = answer.status();
        let body = body(answer).await?;
        if !status.is_success() {
            return Err(refusal(status, &body));
        }
        serde_json::from_slice(&body).map_err(|e| GatewayError::Unknown(e.to_string()))
    }
}

/// A page of refunds.
#[derive(Deserialize)]
struct Page {
    data: Vec<Refund>,
    has_more: bool,
}

/// An error body.
#[derive(Deserialize)]
struct Problem {
    error: ProblemDetail,
}

#[derive(Deserialize, Default)]
struct ProblemDetail {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

#[async_trait]
impl PaymentGateway for StripeGateway {
    fn name(&self) -> &'static str {
        "stripe"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        let (field, reference) = original(order)?;
        let minor = provider_minor(order.amount).filter(|m| *m > 0);
        let minor =
            minor.ok_or_else(|| refused("amount", "cannot be refunded in this currency"))?;
        let key = order.key().to_string();
        let (amount, obligation) = (minor.to_string(), order.obligation.to_string());
        let form = [
            (field, reference),
            ("amount", &amount),
            ("metadata[redress_key]", &key),
            ("metadata[redress_obligation]", &obligation),
            ("metadata[redress_reference]", &order.remittance),
        ];
        let request = self
            .http
            .post(self.refunds.clone())
            .bearer_auth(&self.secret);
        let request = request.header("Idempotency-Key", &key).form(&form);
        let answer = request.send().await.map_err(|e| lost(&e))?;
        let status = answer.status();
        let body = body(answer).await?;
        if !status.is_success() {
            return Err(refusal(status, &body));
        }
        let refund: Refund = serde_json::from_slice(&body)
            .map_err(|e| GatewayError::Unknown(format!("unreadable answer: {e}")))?;
        taken(&refund, order)
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        let by = original(order)?;
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let page = self.page(by, after.as_deref()).await?;
            if let Some(refund) = page.data.iter().find(|r| is_ours(r, order.key())) {
                matches(refund, order)?;
                return Ok(Some(refund.state()));
            }
            after = page.data.last().map(|r| r.id.clone());
            if !page.has_more || after.is_none() {
                return Ok(None);
            }
        }
        Err(GatewayError::Unknown(
            "too many refunds on this payment to look through".into(),
        ))
    }

    async fn open_checkout(&self, order: &CheckoutOrder) -> Result<Checkout, GatewayError> {
        self.open_session(order).await
    }

    async fn find_checkout(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.find_session(order).await
    }

    async fn capture(&self, order: &CaptureOrder) -> Result<Submission, GatewayError> {
        self.capture_intent(order).await
    }

    async fn find_capture(
        &self,
        order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.find_intent(order).await
    }

    async fn release(&self, _: kernel::ClientId, hold: &str) -> Result<(), GatewayError> {
        self.cancel_intent(hold).await
    }

    fn takes_evidence(&self, _: kernel::ClientId) -> bool {
        true
    }

    async fn submit_evidence(&self, order: &EvidenceOrder) -> Result<(), GatewayError> {
        self.hand_over(order).await
    }

    async fn find_evidence(&self, order: &EvidenceOrder) -> Result<bool, GatewayError> {
        self.look_for(order).await
    }
}

/// The form field and id of the payment to refund.
fn original(order: &PaymentOrder) -> Result<(&'static str, &str), GatewayError> {
    match &order.destination {
        Destination::Original { reference } if reference.starts_with("pi_") => {
            Ok(("payment_intent", reference))
        }
        Destination::Original { reference } if !reference.is_empty() => Ok(("charge", reference)),
        _ => Err(refused(
            "destination",
            "only the original payment can be refunded here",
        )),
    }
}

fn is_ours(refund: &Refund, key: PaymentKey) -> bool {
    refund.key().is_some_and(|k| k.parse() == Ok(key))
}

/// A refund under our key with other content needs a person, not a next step.
fn matches(refund: &Refund, order: &PaymentOrder) -> Result<(), GatewayError> {
    if refund.is_for(order.amount) {
        return Ok(());
    }
    let Refund {
        id,
        amount,
        currency,
        ..
    } = refund;
    Err(GatewayError::Unknown(format!(
        "{id} is over {amount} {currency}, not {}",
        order.amount
    )))
}

fn taken(refund: &Refund, order: &PaymentOrder) -> Result<Submission, GatewayError> {
    matches(refund, order)?;
    let provider_ref = refund.id.clone();
    match refund.status {
        Some(RefundStatus::Pending | RefundStatus::RequiresAction) => {
            Ok(Submission::Pending { provider_ref })
        }
        Some(RefundStatus::Succeeded) | None => Ok(Submission::Settled { provider_ref }),
        Some(RefundStatus::Failed) => Err(refused(
            refund.failure_reason.as_deref().unwrap_or("failed"),
            "",
        )),
        Some(RefundStatus::Canceled) => Err(refused("canceled", "")),
    }
}

/// What an error status means for the money. When in doubt: unknown.
pub(super) fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let ProblemDetail {
        kind,
        code,
        message,
    } = serde_json::from_slice::<Problem>(body)
        .map(|p| p.error)
        .unwrap_or_default();
    let reason: String = message.unwrap_or_default().chars().take(300).collect();
    let code = code.unwrap_or_else(|| {
        if kind.is_empty() {
            status.to_string()
        } else {
            kind.clone()
        }
    });
    match status.as_u16() {
        // Another content under a used key: the first call's effect is what has to be found.
        _ if kind == "idempotency_error" => GatewayError::Unknown(format!("{code} {reason}")),
        // Turned away at the door, before anything ran: wrong key or too many calls.
        401 | 403 | 429 => GatewayError::NotSent(format!("{code} {reason}")),
        // 409: the same key is being worked on right now. 408 and 425: may have been worked on.
        408 | 409 | 425 => GatewayError::Unknown(format!("{code} {reason}")),
        400..=499 => GatewayError::Refused { code, reason },
        _ => GatewayError::Unknown(format!("{status} {code} {reason}")),
    }
}
