//! Paying back through Adyen: the refund call of its Checkout API and its standard webhooks.
//!
//! A refund is only ever taken over (`received`); what became of it comes as a webhook, and there is
//! no call that asks. So [`AdyenGateway`] says [`ports::Asking::SameKey`], and [`read_items`] gives
//! with each piece of news the messages that would make it old. Written from Adyen's public API
//! reference; tests use a scripted server and the example bodies Adyen publishes.

mod gateway;
mod webhook;

pub use gateway::{AdyenGateway, provider_minor};
pub use webhook::{AdyenDispute, AdyenEvent, AdyenItem, AdyenMessageError, read_items};
