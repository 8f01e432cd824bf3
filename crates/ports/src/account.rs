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
    /// How many others there are: fees, sales, payments of somebody else.
    pub others: usize,
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
