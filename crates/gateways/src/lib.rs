//! Ways to pay money out and to take it: adapters for [`ports::PaymentGateway`].
//!
//! Here live the formats and protocols of payment providers: [`iso20022`] exchanges files with
//! a bank, [`stripe`], [`adyen`] and [`paypal`] speak to HTTP APIs. Nothing here decides what is owed, and nothing here
//! keeps books: the caller's database does. Time is an argument throughout.

pub mod adyen;
pub mod egress;
mod http;
pub mod iso20022;
pub mod paypal;
pub mod settlement;
pub mod stripe;
pub mod till;
pub mod webhooks;

pub use http::ConfigError;

/// Chooses the process-wide TLS provider; an earlier choice by the program stands.
pub(crate) fn choose_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
