//! The ledger of money in double entry: accounts per client and currency, and what each command
//! moves between them. A posting is one [`Transfer`], one amount from one account to another, so a
//! journal that does not balance cannot be written down. Pure; `app` stores what is said here.

mod post;

pub use post::{JournalError, postings};

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $item:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $item,)* }

        impl $name {
            /// Every one, in the order pages show them.
            pub const ALL: &[Self] = &[$(Self::$item),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text,)* }
            }

            /// The one written as `text`.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|a| a.as_str() == text)
            }
        }
    };
}

names! {
    /// An account of a client in one currency.
    Account {
        /// Owed to shoppers: granted and not paid.
        ShopperLiability = "shopper_liability",
        /// Store credit shoppers hold that was paid for; gift cards included.
        StoreCredit = "store_credit",
        /// Promotional credit shoppers hold; never money (R13).
        PromotionalCredit = "promotional_credit",
        /// Money at banks and payment providers, on its way.
        Clearing = "clearing",
        /// What the client's own shop owes or gets: sales that were paid with credit, and what
        /// carriers and vendors pay it.
        ClientFunds = "client_funds",
        /// Sales taken back, without tax.
        Returns = "returns",
        /// Tax on sales taken back.
        Tax = "tax",
        /// Fees kept, without tax.
        FeeIncome = "fee_income",
        /// Sales made in exchanges: differences that were collected.
        Sales = "sales",
        /// What promotions cost.
        PromotionCost = "promotion_cost",
        /// Paid credit that ended unspent, where the law lets it end.
        Breakage = "breakage",
        /// Money lost to chargebacks.
        Chargebacks = "chargebacks",
        /// What carriers were asked to pay and have not answered.
        CarrierClaims = "carrier_claims",
        /// What vendors were asked to bear of the refunds for their goods and have not answered.
        VendorRecoveries = "vendor_recoveries",
        /// The other side of both: asked for is not won.
        ExpectedRecoveries = "expected_recoveries",
        /// What carriers and vendors paid.
        Recovered = "recovered",
    }
}

names! {
    /// Why money moved between two accounts.
    Why {
        /// Goods were granted.
        Granted = "granted",
        /// A fee was kept with a grant.
        FeeKept = "fee_kept",
        /// Outbound delivery was granted.
        DeliveryGranted = "delivery_granted",
        /// A promotion was taken back, or given back.
        Promotion = "promotion",
        /// What was granted was given up.
        GivenUp = "given_up",
        /// What was owed was paid.
        Paid = "paid",
        /// A payment came back.
        CameBack = "came_back",
        /// A chargeback was lost.
        ChargebackLost = "chargeback_lost",
        /// A chargeback that was lost was given back.
        ChargebackBack = "chargeback_back",
        /// The customer paid a difference.
        Collected = "collected",
        /// A carrier was asked to pay.
        CarrierAsked = "carrier_asked",
        /// The carrier paid.
        CarrierPaid = "carrier_paid",
        /// The carrier refused, or did not pay all that was asked.
        CarrierRefused = "carrier_refused",
        /// A vendor is to bear a refund.
        VendorAsked = "vendor_asked",
        /// The vendor paid.
        VendorPaid = "vendor_paid",
        /// The vendor refused, or did not pay all that was asked.
        VendorRefused = "vendor_refused",
        /// A bonus was given as promotional credit.
        BonusGiven = "bonus_given",
        /// A bonus was taken back.
        BonusBack = "bonus_back",
        /// Credit was spent.
        CreditSpent = "credit_spent",
        /// A purchase with credit was undone.
        CreditRestored = "credit_restored",
        /// Credit ended unspent.
        CreditExpired = "credit_expired",
    }
}

/// One amount from one account to another: debit and credit are the same figure by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    debit: Account,
    credit: Account,
    minor: i64,
}

impl Transfer {
    /// `minor` to the debit of one account and the credit of another. None for nothing, for an
    /// account with itself, and for an amount without an opposite; a negative amount goes the
    /// other way.
    pub fn new(debit: Account, credit: Account, minor: i64) -> Option<Self> {
        if minor == 0 || debit == credit {
            return None;
        }
        if minor > 0 {
            return Some(Self {
                debit,
                credit,
                minor,
            });
        }
        Some(Self {
            debit: credit,
            credit: debit,
            minor: minor.checked_neg()?,
        })
    }

    /// The account that is debited.
    pub const fn debit(&self) -> Account {
        self.debit
    }

    /// The account that is credited.
    pub const fn credit(&self) -> Account {
        self.credit
    }

    /// How much, always above zero.
    pub const fn minor(&self) -> i64 {
        self.minor
    }
}

/// A transfer where the journal has it: under the event it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The version of the stream whose event it follows from.
    pub version: u64,
    /// Its place among the postings of that version, from 0.
    pub n: u16,
    /// Why.
    pub why: Why,
    /// What moved.
    pub transfer: Transfer,
}

/// A run of postings being written, numbered within each version.
#[derive(Debug, Default)]
pub struct Postings(Vec<Posting>);

impl Postings {
    /// Adds a transfer, if there is one.
    pub fn add(&mut self, version: u64, why: Why, transfer: Option<Transfer>) {
        let Some(transfer) = transfer else { return };
        let last = self.0.last().filter(|p| p.version == version);
        let n = last.map_or(0, |p| p.n.saturating_add(1));
        self.0.push(Posting {
            version,
            n,
            why,
            transfer,
        });
    }

    /// What was written.
    pub fn finish(self) -> Vec<Posting> {
        self.0
    }
}

/// The balance of an account: debits less credits.
pub fn balance<'t>(transfers: impl IntoIterator<Item = &'t Transfer>, account: Account) -> i64 {
    let of = |t: &Transfer| match () {
        () if t.debit == account => t.minor,
        () if t.credit == account => -t.minor,
        () => 0,
    };
    transfers.into_iter().map(of).sum()
}
