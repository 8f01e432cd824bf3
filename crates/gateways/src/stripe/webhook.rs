//! Stripe's webhooks: the `Stripe-Signature` header and the events a returns desk needs.
//!
//! Scheme: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, several `v1` while a secret is
//! being rotated. The signature is over the raw body; parse only after [`verify`].

use super::checkout::{Intent, Session, news};
use super::refund::{Refund, from_provider};
use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Money, Timestamp};
use ports::{PaymentKey, PaymentState};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use std::time::Duration;

/// The largest event read, in bytes.
const BODY_MAX: usize = 1024 * 1024;
const HEADER_MAX: usize = 2048;

/// Why an event is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The header does not have the form `t=…,v1=…`.
    #[error("the signature header is malformed")]
    Header,
    /// Too old or from the future: a replay or a wrong clock.
    #[error("the signature is outside the accepted time window")]
    Window,
    /// No signature matches any secret.
    #[error("no signature matches")]
    Forged,
    /// Too large, or not the JSON of an event.
    #[error("the event cannot be read: {0}")]
    Body(String),
}

/// Checks `header` over the raw `body` with any of `secrets` (the old and the new one while
/// rotating), at `now`, allowing `tolerance` to both sides (Stripe's libraries use 300 s).
pub fn verify(
    header: &str,
    body: &[u8],
    secrets: &[&str],
    now: Timestamp,
    tolerance: Duration,
) -> Result<(), WebhookError> {
    if header.len() > HEADER_MAX {
        return Err(WebhookError::Header);
    }
    if body.len() > BODY_MAX {
        return Err(WebhookError::Body("too large".into()));
    }
    let (mut time, mut signatures) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", t)) if time.is_none() => time = Some(t),
            Some(("t", _)) | None => return Err(WebhookError::Header),
            Some(("v1", hex)) => signatures.extend(HEXLOWER_PERMISSIVE.decode(hex.as_bytes())),
            // v0 and later schemes are not ours to check.
            Some(_) => {}
        }
    }
    let time = time.ok_or(WebhookError::Header)?;
    let seconds: i64 = time.parse().map_err(|_| WebhookError::Header)?;
    let known = |secret: &&str| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
            return false;
        };
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        signatures
            .iter()
            .any(|s| mac.clone().verify_slice(s).is_ok())
    };
    if !secrets.iter().filter(|s| !s.is_empty()).any(known) {
        return Err(WebhookError::Forged);
    }
    if now.as_second().abs_diff(seconds) > tolerance.as_secs() {
        return Err(WebhookError::Window);
    }
    Ok(())
}

/// One event. `id` is the key to drop repeats by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeEvent {
    /// `evt_…`.
    pub id: String,
    /// When it happened.
    pub created: Timestamp,
    /// What happened.
    pub kind: StripeEventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StripeEventKind {
    /// A refund was created or changed its status; also when it failed.
    Refund(Refund),
    /// A page the customer pays on is over, one way or the other.
    Checkout {
        /// Which payment.
        key: PaymentKey,
        /// How it stands.
        state: PaymentState,
        /// What the page was over, where it says so.
        taken: Option<Money>,
    },
    /// A charge was refunded, in part or whole, by us or by somebody else.
    ChargeRefunded {
        /// `ch_…`.
        charge: String,
        /// All refunds so far.
        refunded: Money,
    },
    /// A chargeback or inquiry was opened, got further or ended.
    Dispute(StripeDispute),
    /// Anything else, by its type: to be acknowledged and dropped.
    Other(String),
}

#[derive(Deserialize)]
struct Envelope {
    id: String,
    created: i64,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

#[derive(Deserialize)]
struct Charge {
    id: String,
    amount_refunded: i64,
    currency: String,
}

/// A dispute as Stripe says it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripeDispute {
    /// `dp_…`.
    pub dispute: String,
    /// `pi_…` and `ch_…`, as far as they are named.
    pub payments: Vec<String>,
    /// The disputed amount.
    pub amount: Money,
    /// Stripe's word: `credit_not_processed`, `product_not_received`, …
    pub reason: String,
    /// The scheme's own code, where Stripe passes it on.
    pub network_code: Option<String>,
    /// The brand of the card.
    pub brand: Option<String>,
    /// `needs_response`, `under_review`, `won`, …
    pub status: String,
    /// The last moment for an answer.
    pub due_by: Option<Timestamp>,
    /// What happened: `created`, `updated`, `closed`, `funds_withdrawn`, `funds_reinstated`.
    pub step: String,
}

/// A thing that is told by its id, or whole.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Id(String),
    Whole { id: String },
}

impl Named {
    fn id(self) -> String {
        match self {
            Self::Id(id) | Self::Whole { id } => id,
        }
    }
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    charge: Option<Named>,
    payment_intent: Option<Named>,
    amount: i64,
    currency: String,
    reason: String,
    #[serde(default)]
    status: String,
    network_reason_code: Option<String>,
    evidence_details: Option<EvidenceDetails>,
    payment_method_details: Option<MethodDetails>,
}

#[derive(Deserialize)]
struct EvidenceDetails {
    due_by: Option<i64>,
}

#[derive(Deserialize)]
struct MethodDetails {
    card: Option<CardDetails>,
}

#[derive(Deserialize)]
struct CardDetails {
    brand: Option<String>,
    network_reason_code: Option<String>,
}

fn dispute(object: Value, step: &str) -> Result<StripeDispute, WebhookError> {
    let d: Dispute =
        serde_json::from_value(object).map_err(|e| WebhookError::Body(e.to_string()))?;
    let card = d.payment_method_details.and_then(|m| m.card);
    let (brand, code) = card.map_or((None, None), |c| (c.brand, c.network_reason_code));
    let payments = [d.payment_intent, d.charge].into_iter().flatten();
    let due = d.evidence_details.and_then(|e| e.due_by);
    Ok(StripeDispute {
        amount: amount(d.amount, &d.currency)?,
        dispute: d.id,
        payments: payments.map(Named::id).collect(),
        reason: d.reason,
        network_code: d.network_reason_code.or(code).filter(|c| !c.is_empty()),
        brand,
        status: d.status,
        due_by: due.and_then(|at| Timestamp::from_second(at).ok()),
        step: step.to_owned(),
    })
}

/// Reads the body of a verified event.
pub fn read_event(body: &[u8]) -> Result<StripeEvent, WebhookError> {
    if body.len() > BODY_MAX {
        return Err(WebhookError::Body("too large".into()));
    }
    let bad = |e: serde_json::Error| WebhookError::Body(e.to_string());
    let event: Envelope = serde_json::from_slice(body).map_err(bad)?;
    let object = event.data.object;
    let kind = match event.kind.as_str() {
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            StripeEventKind::Refund(serde_json::from_value(object).map_err(bad)?)
        }
        "checkout.session.completed"
        | "checkout.session.expired"
        | "checkout.session.async_payment_succeeded" => {
            let session: Session = serde_json::from_value(object).map_err(bad)?;
            match news(&session) {
                Some((key, state)) => StripeEventKind::Checkout {
                    key,
                    state,
                    taken: session.total(),
                },
                None => StripeEventKind::Other(event.kind),
            }
        }
        "checkout.session.async_payment_failed" => {
            let session: Session = serde_json::from_value(object).map_err(bad)?;
            let failed = PaymentState::Failed {
                code: "payment_failed".into(),
                reason: String::new(),
            };
            match news(&session) {
                Some((key, _)) => StripeEventKind::Checkout {
                    key,
                    state: failed,
                    taken: None,
                },
                None => StripeEventKind::Other(event.kind),
            }
        }
        // A security the card scheme let go: nothing holds the goods that are out any more.
        "payment_intent.canceled" => {
            let intent: Intent = serde_json::from_value(object).map_err(bad)?;
            let over = PaymentState::Returned {
                code: "hold_expired".into(),
                reason: String::new(),
            };
            match intent.key().and_then(|k| k.parse().ok()) {
                Some(key) => StripeEventKind::Checkout {
                    key,
                    state: over,
                    taken: None,
                },
                None => StripeEventKind::Other(event.kind),
            }
        }
        "charge.refunded" => {
            let c: Charge = serde_json::from_value(object).map_err(bad)?;
            let refunded = amount(c.amount_refunded, &c.currency)?;
            StripeEventKind::ChargeRefunded {
                charge: c.id,
                refunded,
            }
        }
        kind if kind.starts_with("charge.dispute.") => {
            let step: String = kind["charge.dispute.".len()..].chars().take(80).collect();
            StripeEventKind::Dispute(dispute(object, &step)?)
        }
        other => StripeEventKind::Other(other.chars().take(80).collect()),
    };
    let created = Timestamp::from_second(event.created)
        .map_err(|e| WebhookError::Body(format!("created: {e}")))?;
    Ok(StripeEvent {
        id: event.id,
        created,
        kind,
    })
}

fn amount(minor: i64, currency: &str) -> Result<Money, WebhookError> {
    from_provider(minor, currency)
        .ok_or_else(|| WebhookError::Body(format!("amount in {currency:?}")))
}
