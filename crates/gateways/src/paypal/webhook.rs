//! PayPal's webhooks: who sent a message, and which refund or dispute it names.

use super::gateway::PayPalGateway;
use super::refund::{Amount, PayPalRefund};
use crate::http::cut;
use kernel::{Money, Timestamp};
use ports::GatewayError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The largest message read, in bytes.
const BODY_MAX: usize = 1024 * 1024;
/// Captures of one dispute that are read.
const CAPTURES_MAX: usize = 100;
/// The longest header read.
const HEADER_MAX: usize = 2048;

/// Why a message is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayPalMessageError {
    /// PayPal did not send it to this webhook.
    #[error("PayPal did not sign this message")]
    Forged,
    /// Too large, or not the JSON of a message.
    #[error("the message cannot be read: {0}")]
    Body(String),
    /// PayPal could not be asked; the message has to come again.
    #[error("PayPal could not be asked: {0}")]
    Asking(#[from] GatewayError),
}

/// The headers of a message; missing ones are empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct PayPalMessage<'m> {
    /// `PAYPAL-TRANSMISSION-ID`.
    pub transmission_id: &'m str,
    /// `PAYPAL-TRANSMISSION-TIME`.
    pub transmission_time: &'m str,
    /// `PAYPAL-TRANSMISSION-SIG`.
    pub transmission_sig: &'m str,
    /// `PAYPAL-CERT-URL`.
    pub cert_url: &'m str,
    /// `PAYPAL-AUTH-ALGO`.
    pub auth_algo: &'m str,
    /// The raw body.
    pub body: &'m [u8],
}

/// What a verified message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayPalEvent {
    /// A refund, as PayPal says it stands now.
    Refund(PayPalRefund),
    /// A dispute was opened, got further or ended.
    Dispute(PayPalDispute),
    /// Anything else, by its type: to be acknowledged and dropped.
    Other(String),
}

/// A dispute as PayPal says it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayPalDispute {
    /// The id of the message.
    pub message: String,
    /// `PP-D-…`.
    pub dispute: String,
    /// The disputed captures, each with the invoice number the shop gave it: the order's where it
    /// does as most do.
    pub captures: Vec<(String, String)>,
    /// The event: `CUSTOMER.DISPUTE.CREATED`, …
    pub step: String,
    /// `MERCHANDISE_OR_SERVICE_NOT_RECEIVED`, …
    pub reason: String,
    /// `WAITING_FOR_SELLER_RESPONSE`, `RESOLVED`, …
    pub status: String,
    /// `INQUIRY`, `CHARGEBACK`, `PRE_ARBITRATION` or `ARBITRATION`; empty if not told.
    pub stage: String,
    /// How it was resolved; empty before.
    pub outcome: String,
    /// The disputed amount.
    pub amount: Option<Money>,
    /// The last moment for an answer.
    pub due_at: Option<Timestamp>,
    /// When it was changed last.
    pub at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Envelope<'b> {
    #[serde(default)]
    id: String,
    #[serde(default)]
    create_time: String,
    event_type: String,
    #[serde(default)]
    resource_type: String,
    #[serde(borrow)]
    resource: &'b RawValue,
}

#[derive(Deserialize)]
struct Numbered {
    id: String,
}

#[derive(Deserialize)]
struct Dispute {
    #[serde(rename = "dispute_id")]
    id: String,
    #[serde(default)]
    disputed_transactions: Vec<Transaction>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    status: String,
    #[serde(default, rename = "dispute_life_cycle_stage")]
    stage: String,
    #[serde(rename = "dispute_amount")]
    amount: Option<Amount>,
    #[serde(rename = "dispute_outcome")]
    outcome: Option<Resolved>,
    #[serde(default)]
    seller_response_due_date: String,
    #[serde(default)]
    update_time: String,
}

#[derive(Deserialize)]
struct Resolved {
    #[serde(default)]
    outcome_code: String,
}

impl Dispute {
    fn told(self, event: &Envelope<'_>) -> PayPalDispute {
        let moment = |text: &str| text.parse::<Timestamp>().ok();
        let captures = self.disputed_transactions.into_iter();
        PayPalDispute {
            message: cut(&event.id, 80),
            dispute: cut(&self.id, 80),
            captures: captures
                .map(|t| (t.seller_transaction_id, t.invoice_number))
                .filter(|(capture, _)| !capture.is_empty())
                .take(CAPTURES_MAX)
                .collect(),
            step: cut(&event.event_type, 80),
            reason: cut(&self.reason, 80),
            status: cut(&self.status, 80),
            stage: cut(&self.stage, 80),
            outcome: self
                .outcome
                .map_or_else(String::new, |o| cut(&o.outcome_code, 80)),
            amount: self.amount.and_then(|a| a.money()),
            due_at: moment(&self.seller_response_due_date),
            at: moment(&self.update_time).or_else(|| moment(&event.create_time)),
        }
    }
}

#[derive(Deserialize)]
struct Transaction {
    #[serde(default)]
    seller_transaction_id: String,
    #[serde(default)]
    invoice_number: String,
}

#[derive(Serialize)]
struct Verify<'a> {
    auth_algo: &'a str,
    cert_url: &'a str,
    transmission_id: &'a str,
    transmission_sig: &'a str,
    transmission_time: &'a str,
    webhook_id: &'a str,
    /// As it came, byte for byte: the signature is over its check sum.
    webhook_event: &'a RawValue,
}

#[derive(Deserialize)]
struct Verified {
    verification_status: String,
}

impl PayPalGateway {
    /// Checks with PayPal that it sent a message to our webhook, and asks for the refund it names.
    /// A message about something else is told by its type and not checked: nothing follows from it.
    pub async fn read_message(
        &self,
        message: &PayPalMessage<'_>,
    ) -> Result<PayPalEvent, PayPalMessageError> {
        if message.body.len() > BODY_MAX {
            return Err(PayPalMessageError::Body("too large".into()));
        }
        let bad = |e: serde_json::Error| PayPalMessageError::Body(cut(&e.to_string(), 300));
        let event: Envelope<'_> = serde_json::from_slice(message.body).map_err(bad)?;
        match event.resource_type.as_str() {
            "refund" => {
                let named: Numbered = serde_json::from_str(event.resource.get()).map_err(bad)?;
                self.verify(message).await?;
                Ok(PayPalEvent::Refund(self.refund(&named.id).await?))
            }
            "dispute" => {
                let named: Dispute = serde_json::from_str(event.resource.get()).map_err(bad)?;
                self.verify(message).await?;
                Ok(PayPalEvent::Dispute(named.told(&event)))
            }
            _ => Ok(PayPalEvent::Other(cut(&event.event_type, 80))),
        }
    }

    async fn verify(&self, message: &PayPalMessage<'_>) -> Result<(), PayPalMessageError> {
        let headers = [
            message.transmission_id,
            message.transmission_time,
            message.transmission_sig,
            message.cert_url,
            message.auth_algo,
        ];
        let whole = headers
            .iter()
            .all(|h| !h.is_empty() && h.len() <= HEADER_MAX);
        if !whole || self.webhook.is_empty() {
            return Err(PayPalMessageError::Forged);
        }
        let body = serde_json::from_slice(message.body);
        let webhook_event: &RawValue =
            body.map_err(|e| PayPalMessageError::Body(cut(&e.to_string(), 300)))?;
        let ask = Verify {
            auth_algo: message.auth_algo,
            cert_url: message.cert_url,
            transmission_id: message.transmission_id,
            transmission_sig: message.transmission_sig,
            transmission_time: message.transmission_time,
            webhook_id: &self.webhook,
            webhook_event,
        };
        let path = "/v1/notifications/verify-webhook-signature";
        match self.ask::<Verified>(path, &ask).await {
            Ok(said) if said.verification_status == "SUCCESS" => Ok(()),
            // PayPal refuses headers that make no sense with 400.
            Ok(_) | Err(GatewayError::Refused { .. }) => Err(PayPalMessageError::Forged),
            Err(e) => Err(e.into()),
        }
    }
}
