//! Buying a return label from a carrier. Tracking comes in through webhooks, not here.

use async_trait::async_trait;
use kernel::{ClientId, CountryCode, ParcelId};
use serde::{Deserialize, Serialize};

/// A postal address as a label needs it. All parts are single lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postal {
    /// Person or company.
    pub name: String,
    /// Street and number, then additions; one to three lines.
    pub lines: Vec<String>,
    /// Town.
    pub city: String,
    /// Post code; empty where a country has none.
    pub post_code: String,
    /// State or province code, where the country uses one.
    pub region: Option<String>,
    /// Country.
    pub country: CountryCode,
}

/// A label to buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelOrder {
    /// On whose account.
    pub client: ClientId,
    /// For which parcel; also the idempotency key.
    pub parcel: ParcelId,
    /// The customer.
    pub from: Postal,
    /// The dock.
    pub to: Postal,
    /// Weight in grams.
    pub grams: u32,
    /// The return's number, printed on the label.
    pub reference: String,
}

/// A bought label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The carrier's parcel number.
    pub tracking: String,
    /// Media type of `document`: `application/pdf`, `image/png`, `application/zpl`.
    pub media_type: String,
    /// The printable label.
    pub document: Vec<u8>,
}

/// Why there is no label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// The carrier could not be asked; the same call may be made again.
    #[error("the carrier could not be reached: {0}")]
    Unavailable(String),
    /// The carrier will not take this parcel (address, weight, country).
    #[error("the carrier refused the parcel: {code} {reason}")]
    Refused {
        /// The carrier's code.
        code: String,
        /// In words.
        reason: String,
    },
}

/// A parcel carrier.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Its name in configuration, events and metrics.
    fn name(&self) -> &'static str;

    /// Buys a label. Calling again with an equal order gives the same label, bought once.
    async fn create_label(&self, order: &LabelOrder) -> Result<Label, CarrierError>;
}
