//! Who issues a document and who gets it.

use kernel::CountryCode;
use serde::{Deserialize, Serialize};

/// A postal address; only the country is always known.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street lines, without town and postcode.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Town.
    #[serde(default)]
    pub city: String,
    /// Postcode.
    #[serde(default)]
    pub postcode: String,
    /// Country (BT-40, BT-55).
    pub country: CountryCode,
}

/// How a seller is known to the tax office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxId {
    /// VAT identifier with its country prefix (BT-31).
    Vat(String),
    /// A number of the local tax office, for who has no VAT identifier (BT-32).
    Local(String),
}

/// The seller or the buyer. A buyer's is personal data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Registered or full name (BT-27, BT-44).
    pub name: String,
    /// Where they are.
    pub address: Address,
    /// The seller's number at the tax office; none for consumers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<TaxId>,
    /// Number in the register of companies (BT-30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// E-mail address for questions (BT-43); none for buyers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl std::fmt::Debug for Party {
    // A buyer is a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Party(..)")
    }
}

impl std::fmt::Debug for Address {
    // A buyer's address is personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({})", self.country)
    }
}
