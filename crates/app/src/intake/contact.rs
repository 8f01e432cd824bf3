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

/// A bank account somebody named for the payments of one case. `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAccount {
    /// Its number: what events and approvals name it by.
    pub no: Uuid,
    /// The case.
    pub case: Uuid,
    /// 32 random bytes, hex: nobody can guess an account from the commitment without them.
    pub salt: String,
    /// Its IBAN, without spaces.
    pub iban: String,
    /// Its holder.
    pub holder: String,
}

impl fmt::Debug for CaseAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseAccount(..)")
    }
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
    /// VAT identifier of a business; empty otherwise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
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
    /// Accounts named for single cases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<CaseAccount>,
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
            vat_id: told.vat_id.clone(),
            lang: None,
            payout: None,
            payout_no: None,
            accounts: Vec::new(),
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
