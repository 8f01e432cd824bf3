//! The HTTP client: refund a capture under a request id, find the refund again.

use super::{
    refund::{Amount, PayPalRefund, Status, provider_value},
    token::Tokens,
};
use crate::http::{ConfigError, at, body, client, cut, lost, plain, refused};
use async_trait::async_trait;
use ports::{
    Destination, EvidenceOrder, GatewayError, PaymentGateway, PaymentKey, PaymentOrder,
    PaymentState, Submission,
};
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{sync::Arc, time::Duration};

/// Refunds through PayPal. One per client account.
#[derive(Clone)]
pub struct PayPalGateway {
    pub(super) http: Client,
    base: Url,
    tokens: Arc<Tokens>,
    pub(super) webhook: String,
}

impl std::fmt::Debug for PayPalGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PayPalGateway({})", self.base)
    }
}

/// Who we are at PayPal.
#[derive(Clone)]
pub struct Credentials {
    /// The app's client id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The id PayPal gave the webhook that is posted to us; messages for another one are forged.
    pub webhook: String,
}

impl PayPalGateway {
    /// A gateway to the API at `base` (`https://api-m.paypal.com`). `timeout` bounds each call; what
    /// exceeds it is [`GatewayError::Unknown`].
    pub fn new(base: &str, who: Credentials, timeout: Duration) -> Result<Self, ConfigError> {
        let tokens = Tokens::new(at(base, "/v1/oauth2/token")?, who.id, who.secret);
        Ok(Self {
            http: client(timeout)?,
            base: at(base, "/")?,
            tokens: Arc::new(tokens),
            webhook: who.webhook,
        })
    }

    pub(super) fn url(&self, path: &str) -> Result<Url, GatewayError> {
        let url = self.base.join(path);
        url.map_err(|e| GatewayError::NotSent(e.to_string()))
    }

    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, GatewayError> {
        let token = self.tokens.get(&self.http).await?;
        let request = request.bearer_auth(&token);
        let answer = request.send().await.map_err(|e| lost(&e))?;
        let status = answer.status();
        let bytes = body(answer).await?;
        if status == StatusCode::UNAUTHORIZED {
            self.tokens.forget(&token).await;
        }
        if !status.is_success() {
            return Err(refusal(status, &bytes));
        }
        serde_json::from_slice(&bytes)
            .map_err(|e| GatewayError::Unknown(format!("unreadable answer: {e}")))
    }

    /// Posts something that moves no money.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        json: &(impl Serialize + Sync),
    ) -> Result<T, GatewayError> {
        self.call(self.http.post(self.url(path)?).json(json)).await
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, GatewayError> {
        self.call(self.http.get(self.url(path)?)).await
    }

    /// A refund by its number.
    pub(super) async fn refund(&self, id: &str) -> Result<PayPalRefund, GatewayError> {
        self.get(&format!("/v2/payments/refunds/{}", plain(id)?))
            .await
    }

    /// The refunds PayPal knows of an order.
    async fn refunds_of(&self, order: &str) -> Result<Vec<Listed>, GatewayError> {
        let order: CheckoutOrder = self
            .get(&format!("/v2/checkout/orders/{}", plain(order)?))
            .await?;
        let units = order.purchase_units.into_iter();
        Ok(units.flat_map(|u| u.payments.refunds).collect())
    }
}

#[derive(Serialize)]
struct Ask<'a> {
    amount: Amount,
    custom_id: &'a str,
    note_to_payer: &'a str,
}

#[derive(Deserialize)]
struct Capture {
    status: String,
    #[serde(default)]
    supplementary_data: Supplementary,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Supplementary {
    related_ids: Related,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Related {
    order_id: Option<String>,
}

#[derive(Deserialize)]
struct CheckoutOrder {
    #[serde(default)]
    purchase_units: Vec<Unit>,
}

#[derive(Deserialize)]
struct Unit {
    #[serde(default)]
    payments: Payments,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Payments {
    refunds: Vec<Listed>,
}

/// A refund in a list.
#[derive(Deserialize)]
struct Listed {
    id: String,
    #[serde(default)]
    custom_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    name: String,
    message: String,
    details: Vec<Issue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Issue {
    issue: String,
    description: String,
}

#[async_trait]
impl PaymentGateway for PayPalGateway {
    fn name(&self) -> &'static str {
        "paypal"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        let capture = plain(original(order)?)?;
        let key = order.key().to_string();
        let value = provider_value(order.amount).filter(|_| order.amount.minor > 0);
        let ask = Ask {
            amount: Amount {
                currency_code: order.amount.currency.code().to_owned(),
                value: value
                    .ok_or_else(|| refused("amount", "cannot be refunded in this currency"))?,
            },
            custom_id: &key,
            note_to_payer: &order.remittance,
        };
        let url = self.url(&format!("/v2/payments/captures/{capture}/refund"))?;
        let request = self
            .http
            .post(url)
            .header("PayPal-Request-Id", &key)
            .header("Prefer", "return=representation")
            .json(&ask);
        let refund: PayPalRefund = self.call(request).await?;
        matches(&refund, order)?;
        let why = refund.why().to_owned();
        let provider_ref = refund.id;
        match refund.status {
            Status::Pending => Ok(Submission::Pending { provider_ref }),
            Status::Completed => Ok(Submission::Settled { provider_ref }),
            Status::Failed => Err(refused(&why, "")),
            Status::Cancelled => Err(refused("canceled", "")),
        }
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        let capture = plain(original(order)?)?;
        let found: Capture = self
            .get(&format!("/v2/payments/captures/{capture}"))
            .await?;
        let Some(paid) = &found.supplementary_data.related_ids.order_id else {
            // Without its order the refunds of a capture cannot be listed; but one of which nothing
            // was refunded has no refund of ours either.
            return match found.status.as_str() {
                "COMPLETED" => Ok(None),
                other => Err(GatewayError::Unknown(format!(
                    "the capture is {} and names no order",
                    cut(other, 40)
                ))),
            };
        };
        let key = order.key();
        let listed = self.refunds_of(paid).await?;
        let ours = |r: &&Listed| r.custom_id.as_deref().is_some_and(|c| is_key(c, key));
        let Some(ours) = listed.iter().find(ours) else {
            return Ok(None);
        };
        let refund = self.refund(&ours.id).await?;
        matches(&refund, order)?;
        Ok(Some(refund.state()))
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

fn is_key(text: &str, key: PaymentKey) -> bool {
    text.parse() == Ok(key)
}

/// The capture to refund.
fn original(order: &PaymentOrder) -> Result<&str, GatewayError> {
    match &order.destination {
        Destination::Original { reference } => Ok(reference),
        Destination::Account { .. } => Err(refused(
            "destination",
            "only the original payment can be refunded here",
        )),
    }
}

/// A refund under our key with other content needs a person, not a next step.
fn matches(refund: &PayPalRefund, order: &PaymentOrder) -> Result<(), GatewayError> {
    if refund.amount() == Some(order.amount) && refund.key() == Some(order.key()) {
        return Ok(());
    }
    let over = refund.amount().map(|a| a.to_string()).unwrap_or_default();
    Err(GatewayError::Unknown(format!(
        "{} is over {over:?}, not {}",
        cut(&refund.id, 80),
        order.amount
    )))
}

/// What an error status means for the money. When in doubt: unknown.
fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let Problem {
        name,
        message,
        details,
    } = serde_json::from_slice(body).unwrap_or_default();
    let issue = details.into_iter().next().unwrap_or_default();
    let first = |a: String, b: String| if a.is_empty() { b } else { a };
    let code = cut(&first(first(issue.issue, name), status.to_string()), 60);
    let reason = cut(&first(issue.description, message), 300);
    match status.as_u16() {
        // Turned away at the door, before anything ran: no valid token or too many calls.
        401 | 403 | 429 => GatewayError::NotSent(format!("{code} {reason}")),
        // 409: a call under the same id is being worked on right now.
        408 | 409 | 425 => GatewayError::Unknown(format!("{code} {reason}")),
        400..=499 => GatewayError::Refused { code, reason },
        _ => GatewayError::Unknown(format!("{status} {code} {reason}")),
    }
}
