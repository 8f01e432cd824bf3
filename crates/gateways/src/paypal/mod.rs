//! Paying back through PayPal: refunds of captures (Payments API v2) and its webhooks.
//!
//! A message of PayPal is never believed for what it says: once its sender is verified, the refund
//! it names is asked for, and that answer counts. So repeats, old messages and messages in any order
//! lead to the same state. The sender is verified by PayPal's own call
//! (`/v1/notifications/verify-webhook-signature`), not with its certificate: what PayPal signs is
//! only a CRC-32 of the body, which binds no content, and a pinned certificate would end
//! with PayPal's next one. Written from PayPal's public API description; tests use a scripted server.

mod evidence;
mod gateway;
mod refund;
mod token;
mod webhook;

pub use gateway::{Credentials, PayPalGateway};
pub use refund::{PayPalRefund, provider_value};
pub use webhook::{PayPalDispute, PayPalEvent, PayPalMessage, PayPalMessageError};
