//! Adyen's standard webhooks: the signature of each item and the events a returns desk needs.
//!
//! The signature covers `pspReference:originalReference:merchantAccountCode:merchantReference:value:
//! currency:eventCode:success` and nothing else: reasons are words, and dates say only which of two
//! signed steps of a dispute is the later one. It carries no time, so a repeat is known by its name ([`AdyenItem::message`]).

use super::gateway::{Amount, from_provider};
use crate::http::cut;
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Money, Timestamp};
use ports::{PaymentKey, PaymentState};
use serde::Deserialize;
use sha2::Sha256;

/// The largest message read, in bytes.
const BODY_MAX: usize = 1024 * 1024;
/// The shortest key that is one, in bytes; Adyen's have 32.
const KEY_MIN: usize = 16;
/// Items of one message; Adyen sends one over JSON.
const ITEMS_MAX: usize = 100;

/// Why a message is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdyenMessageError {
    /// An item is not signed with this key, or the key is none.
    #[error("an item is not signed with this key")]
    Forged,
    /// Too large, or not the JSON of a message.
    #[error("the message cannot be read: {0}")]
    Body(String),
}

/// One signed item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdyenItem {
    /// Its name, by which a repeat is known: event, reference and outcome.
    pub message: String,
    /// The merchant account it is about.
    pub account: String,
    /// What happened.
    pub event: AdyenEvent,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdyenEvent {
    /// A refund of ours got further.
    Refund {
        /// Which.
        key: PaymentKey,
        /// The amount it is over.
        amount: Option<Money>,
        /// How it stands.
        state: PaymentState,
        /// Names of messages that make this one old when they were taken in before it.
        overtaken_by: Vec<String>,
    },
    /// The buyer's bank took or is about to take the payment back, or gave it back.
    Dispute(AdyenDispute),
    /// Anything else, by its name: to be acknowledged and dropped.
    Other(String),
}

/// A step of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdyenDispute {
    /// Adyen's reference of the dispute.
    pub dispute: String,
    /// The disputed payment; empty where the step names none.
    pub payment: String,
    /// The reference the shop gave the payment: the order's number where it does as most do.
    pub order: String,
    /// The disputed amount.
    pub amount: Option<Money>,
    /// Adyen's name of the step: `CHARGEBACK`, `CHARGEBACK_REVERSED`, …
    pub step: String,
    /// The scheme's code; empty where the step names none.
    pub code: String,
    /// The scheme: `visa`, `mc`, …; the payment method where the step names none.
    pub scheme: String,
    /// The last moment for an answer.
    pub due_at: Option<Timestamp>,
    /// When it happened.
    pub at: Option<Timestamp>,
}

/// The steps of disputes that say something about where one stands.
const DISPUTE_STEPS: &[&str] = &[
    "REQUEST_FOR_INFORMATION",
    "INFORMATION_SUPPLIED",
    "NOTIFICATION_OF_CHARGEBACK",
    "CHARGEBACK",
    "CHARGEBACK_REVERSED",
    "SECOND_CHARGEBACK",
    "PREARBITRATION_LOST",
    "PREARBITRATION_WON",
    "DISPUTE_DEFENSE_PERIOD_ENDED",
    "ISSUER_RESPONSE_TIMEFRAME_EXPIRED",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    notification_items: Vec<Wrapped>,
}

#[derive(Deserialize)]
struct Wrapped {
    #[serde(rename = "NotificationRequestItem")]
    item: Item,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    amount: Amount,
    event_code: String,
    merchant_account_code: String,
    merchant_reference: String,
    #[serde(default)]
    original_reference: String,
    psp_reference: String,
    #[serde(default)]
    reason: String,
    success: String,
    #[serde(default)]
    event_date: String,
    #[serde(default)]
    payment_method: String,
    #[serde(default)]
    additional_data: Extra,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Extra {
    hmac_signature: String,
    chargeback_reason_code: String,
    chargeback_scheme_code: String,
    defense_period_ends_at: String,
}

/// Checks every item with any of the webhook's HMAC keys (hex, as Adyen shows them; two while one
/// is being replaced) and reads them. One item that is not signed makes the whole message forged.
pub fn read_items(body: &[u8], keys: &[&str]) -> Result<Vec<AdyenItem>, AdyenMessageError> {
    if body.len() > BODY_MAX {
        return Err(AdyenMessageError::Body("too large".into()));
    }
    let keys = keys
        .iter()
        .filter_map(|key| HEXLOWER_PERMISSIVE.decode(key.trim().as_bytes()).ok())
        .filter(|key| key.len() >= KEY_MIN);
    let keys: Vec<Vec<u8>> = keys.collect();
    let message: Message = serde_json::from_slice(body)
        .map_err(|e| AdyenMessageError::Body(cut(&e.to_string(), 300)))?;
    if message.notification_items.len() > ITEMS_MAX {
        return Err(AdyenMessageError::Body("too many items".into()));
    }
    let items = message.notification_items;
    let signed = |w: &Wrapped| keys.iter().any(|key| is_signed(&w.item, key));
    if !items.iter().all(signed) {
        return Err(AdyenMessageError::Forged);
    }
    Ok(items.into_iter().map(|w| read(w.item)).collect())
}

fn is_signed(item: &Item, key: &[u8]) -> bool {
    let value = item.amount.value.to_string();
    let parts = [
        item.psp_reference.as_str(),
        &item.original_reference,
        &item.merchant_account_code,
        &item.merchant_reference,
        &value,
        &item.amount.currency,
        &item.event_code,
        &item.success,
    ];
    let Ok(given) = BASE64.decode(item.additional_data.hmac_signature.as_bytes()) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return false;
    };
    mac.update(parts.join(":").as_bytes());
    mac.verify_slice(&given).is_ok()
}

fn named(event: &str, psp_reference: &str, success: &str) -> String {
    format!("{event}/{psp_reference}/{success}")
}

/// A moment as Adyen writes it.
fn moment(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

fn dispute(item: &Item, amount: Option<Money>) -> AdyenDispute {
    let extra = &item.additional_data;
    let scheme = match extra.chargeback_scheme_code.trim() {
        "" => item.payment_method.trim(),
        scheme => scheme,
    };
    AdyenDispute {
        dispute: cut(&item.psp_reference, 80),
        payment: cut(&item.original_reference, 80),
        order: cut(&item.merchant_reference, 200),
        amount,
        step: item.event_code.clone(),
        code: cut(extra.chargeback_reason_code.trim(), 60),
        scheme: cut(scheme, 60),
        due_at: moment(&extra.defense_period_ends_at),
        at: moment(&item.event_date),
    }
}

fn read(item: Item) -> AdyenItem {
    let code = item.event_code.as_str();
    let message = cut(&named(code, &item.psp_reference, &item.success), 200);
    let amount = from_provider(&item.amount);
    let worked = item.success == "true";
    let words = |fallback: &str| {
        let reason = if item.reason.is_empty() {
            fallback
        } else {
            &item.reason
        };
        (cut(reason, 60), cut(&item.reason, 300))
    };
    if worked && DISPUTE_STEPS.contains(&code) {
        return AdyenItem {
            message,
            account: item.merchant_account_code.clone(),
            event: AdyenEvent::Dispute(dispute(&item, amount)),
        };
    }
    let psp = &item.psp_reference;
    let (state, overtaken_by) = match (code, worked) {
        // Later messages about the same refund: what was paid came back.
        ("REFUND", true) => (
            PaymentState::Settled {
                on: None,
                provider_ref: psp.clone(),
            },
            ["REFUND_FAILED", "REFUNDED_REVERSED"]
                .map(|later| named(later, psp, "true"))
                .to_vec(),
        ),
        ("REFUND", false) => {
            let (code, reason) = words("refused");
            (PaymentState::Failed { code, reason }, Vec::new())
        }
        // Both come after Adyen had called the refund done: the money is back with the merchant.
        ("REFUND_FAILED" | "REFUNDED_REVERSED", true) => {
            let (code, reason) = words(code);
            (PaymentState::Returned { code, reason }, Vec::new())
        }
        _ => {
            return AdyenItem {
                message,
                event: AdyenEvent::Other(cut(code, 80)),
                account: item.merchant_account_code,
            };
        }
    };
    // A refund somebody made by hand carries a reference of theirs.
    let event = match item.merchant_reference.parse() {
        Ok(key) => AdyenEvent::Refund {
            key,
            amount,
            state,
            overtaken_by,
        },
        Err(_) => AdyenEvent::Other(cut(code, 80)),
    };
    AdyenItem {
        message,
        event,
        account: item.merchant_account_code,
    }
}
