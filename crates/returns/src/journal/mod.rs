//! The ledger of money in double entry: accounts per client and currency, and what each command
//! moves between them. An entry is a [`Transfer`], one amount from one account to another, so a
//! journal that does not balance cannot be written down. Pure; nothing is stored here.

mod credit;
mod post;

pub use credit::{CreditAccount, CreditError, CreditLot, Spent};
pub use post::transfers;

use serde::{Deserialize, Serialize};

/// An account of a client in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Owed to shoppers: granted and not paid.
    ShopperLiability,
    /// Store credit shoppers hold; gift cards included.
    StoreCredit,
    /// Promotional credit shoppers hold; never money (R13).
    PromotionalCredit,
    /// Sales taken back, without tax.
    Returns,
    /// Sales made in exchanges: differences that were collected.
    Sales,
    /// Tax on sales taken back.
    Tax,
    /// Fees kept, without tax.
    FeeIncome,
    /// What promotions cost.
    PromotionCost,
    /// Money at banks and payment providers, on its way.
    Clearing,
    /// Money lost to chargebacks.
    Chargebacks,
    /// Claims against carriers.
    CarrierClaims,
    /// What vendors owe for goods sent back to them.
    VendorRecoveries,
    /// What was won on such claims and recoveries.
    Recovered,
    /// Gains and losses by exchange rates (R15).
    Fx,
}

impl Account {
    /// Every account.
    pub const ALL: &[Self] = &[
        Self::ShopperLiability,
        Self::StoreCredit,
        Self::PromotionalCredit,
        Self::Returns,
        Self::Sales,
        Self::Tax,
        Self::FeeIncome,
        Self::PromotionCost,
        Self::Clearing,
        Self::Chargebacks,
        Self::CarrierClaims,
        Self::VendorRecoveries,
        Self::Recovered,
        Self::Fx,
    ];
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

/// The balance of an account: debits less credits.
pub fn balance(transfers: &[Transfer], account: Account) -> i64 {
    let of = |t: &Transfer| match () {
        () if t.debit == account => t.minor,
        () if t.credit == account => -t.minor,
        () => 0,
    };
    transfers.iter().map(of).sum()
}
