//! What was booked on an account, as a bank or a provider reports it.

use crate::PaymentKey;
use kernel::{Currency, Date, Money};
use serde::{Deserialize, Serialize};

/// A report about one account in one currency: a statement with its balances, or a notification
/// of single bookings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountReport {
    /// The sender's name of it; the same when it is sent again.
    pub id: String,
    /// The account's number.
    pub account: String,
    /// Its currency.
    pub currency: Currency,
    /// Balances and days; none for a notification, which promises neither to be complete nor to
    /// be the last word.
    pub statement: Option<Balances>,
    /// Bookings that name payments of ours.
    pub entries: Vec<AccountEntry>,
    /// Refunds that name no payment of ours, only the provider's number of it.
    #[serde(default)]
    pub numbered: Vec<NumberedEntry>,
    /// How many others there are: fees, sales, payments of somebody else.
    pub others: usize,
    /// Of the others, what can be explained or has to be: bookings of a bank that is no bank of
    /// ours, and of a provider's report the payouts and the sums of its parts.
    pub loose: Vec<LooseEntry>,
}

/// What kind of booking it is that names no payment of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LooseKind {
    /// Money that came in, at a bank.
    Credit,
    /// Money that left, at a bank.
    Debit,
    /// What a bank takes for its work.
    Charge,
    /// What a provider paid out to a bank account; negative on the provider's side.
    Payout,
    /// Sales of a report, summed up.
    Sales,
    /// Refunds of a report, summed up.
    Refunds,
    /// Fees of a report, summed up.
    Fees,
    /// One chargeback, or one that was won back.
    Chargeback,
    /// Chargebacks of a report and those that were won back, summed up: in reports that were taken
    /// in before single ones were kept.
    Chargebacks,
    /// Everything else of a report, summed up.
    Rest,
}

impl LooseKind {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Credit,
        Self::Debit,
        Self::Charge,
        Self::Payout,
        Self::Sales,
        Self::Refunds,
        Self::Fees,
        Self::Chargeback,
        Self::Chargebacks,
        Self::Rest,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Debit => "debit",
            Self::Charge => "charge",
            Self::Payout => "payout",
            Self::Sales => "sales",
            Self::Refunds => "refunds",
            Self::Fees => "fees",
            Self::Chargeback => "chargeback",
            Self::Chargebacks => "chargebacks",
            Self::Rest => "rest",
        }
    }

    /// The one written so, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.as_str() == text)
    }
}

/// A booking that names no payment of ours, or the sum of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseEntry {
    /// Names it within the account: the bank's reference, the payout, or the report and its part.
    pub reference: String,
    /// Counts bookings of one report with the same reference, from 0.
    pub n: u32,
    /// What it is.
    pub kind: LooseKind,
    /// How much, minor units of the report's currency; negative when it left the account.
    pub minor: i64,
    /// The booking day.
    pub on: Date,
    /// What the bank says about it, cut short; of a chargeback the provider's number of the payment.
    pub text: String,
}

/// The frame of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balances {
    /// The first day it is about.
    pub from: Date,
    /// The last one.
    pub until: Date,
    /// The bank's number of it, where it counts them.
    pub number: Option<i64>,
    /// Balance it begins with, minor units; negative when overdrawn.
    pub opening_minor: i64,
    /// Balance it ends with.
    pub closing_minor: i64,
    /// The sum of all its bookings; what went out is negative.
    pub booked_minor: i64,
}

/// One booking under a key of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEntry {
    /// Names the booking within the account: the bank's reference, or its place in the report.
    pub reference: String,
    /// Counts bookings of one report with the same reference, from 0.
    pub n: u32,
    /// The payment.
    pub key: PaymentKey,
    /// Whether money came back; otherwise it went out.
    pub is_back: bool,
    /// How much; positive.
    pub amount: Money,
    /// The booking day.
    pub on: Date,
}

/// A refund under the provider's own number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedEntry {
    /// The provider's number of the refund.
    pub number: String,
    /// Whether money came back; otherwise it went out.
    pub is_back: bool,
    /// How much; positive.
    pub amount: Money,
    /// The booking day.
    pub on: Date,
}

impl NumberedEntry {
    /// Names the booking of a refund within its account.
    pub fn reference(number: &str, is_back: bool) -> String {
        let way = if is_back { "back" } else { "out" };
        format!("{number}/{way}")
    }
}

/// What is wrong with a file of a bank or a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// Which line, from 1; none when it is the file as a whole.
    pub line: Option<u64>,
    /// Of the file: `unknown`, `column`, `csv`, `xml` or `large`. Of a line, what of it cannot be
    /// read: `amount`, `currency`, `day`, `batch`, `event`, `side` or `category`.
    pub code: &'static str,
    /// The column that is missing, what the parser said, or what stands in the line.
    pub value: String,
}

/// Reads what banks and card processors report about accounts, whatever the form.
pub trait ReportReader: Send + Sync {
    /// The reports in a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, as far as it is named; then nothing of it is used.
    fn read(&self, bytes: &[u8]) -> Result<Vec<AccountReport>, Vec<FileFault>>;
}
