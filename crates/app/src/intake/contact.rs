//! What is stored about a customer's person, apart from orders and events.

use kernel::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A bank account to pay out to, as the customer gave it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutAccount {
    /// Its IBAN, without spaces.
    pub iban: String,
    /// Its holder.
    pub holder: String,
}

/// The contact of a customer: the JSON in the customer table. `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredContact {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Street lines and town, in the order they are written.
    pub address: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// The language they read, as they chose it in the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Where money goes that cannot go back to what paid; none until the customer says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout: Option<PayoutAccount>,
    /// A number that changes whenever the account does: what is approved is bound to it, and it
    /// says nothing about the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout_no: Option<Uuid>,
    /// The customer's number in the other system, where one was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external: Option<String>,
    /// Random bits that go into what is hashed about this person, so that nobody can try names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

impl From<&wire::Contact> for StoredContact {
    fn from(told: &wire::Contact) -> Self {
        Self {
            name: told.name.clone(),
            email: told.email.clone(),
            phone: told.phone.clone(),
            address: told.address.clone(),
            postcode: told.postcode.clone(),
            lang: None,
            payout: None,
            payout_no: None,
            external: None,
            salt: None,
        }
    }
}

impl fmt::Debug for StoredContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredContact(..)")
    }
}

impl fmt::Debug for PayoutAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PayoutAccount(..)")
    }
}
