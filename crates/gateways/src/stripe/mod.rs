//! Taking money on a page of the provider, and paying back to the card or account that paid, through an HTTP API shaped like Stripe's.
//!
//! [`StripeGateway`] creates and looks up refunds; [`verify`] and [`read_event`] take in its
//! webhooks. Written from Stripe's public API reference; there is no live peer to test against
//! without an account, so tests use a scripted server.

mod checkout;
mod evidence;
mod gateway;
mod refund;
mod webhook;

pub use checkout::{Intent, Session, SessionStatus};
pub use gateway::StripeGateway;
pub use refund::{Refund, RefundStatus, provider_minor};
pub use webhook::{StripeDispute, StripeEvent, StripeEventKind, WebhookError, read_event, verify};
