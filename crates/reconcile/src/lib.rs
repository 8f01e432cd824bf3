//! Whether three sides agree about a payment: what we owe and believe, what the provider says, and
//! what the bank booked. [`judge`] looks at one payment, [`judge_chain`] at the statements of one
//! account, [`judge_reports`] at the reports of a provider, and [`judge_lines`] at what a bank booked
//! without a key of ours,
//! [`judge_dispute`] at what a provider booked of one dispute. All answer from facts alone: no clock, no order of the input, no I/O. What does not
//! agree is a [`Break`] with the most likely cause; what to do about it is for people.

mod chain;
mod chargeback;
mod payment;
mod payout;

pub use chain::{Rhythm, Statement, judge_chain, judge_reports, judge_silence};
pub use chargeback::{Disputed, Standing, Taken, judge_dispute, judge_unheard};
pub use payment::{judge, judge_unowed};
pub use payout::{Line, Matched, Payout, judge_lines};

use jiff::civil::Weekday;
use kernel::{Date, Money};
use serde::{Deserialize, Serialize};

/// Declares an enum with its stable written form, as in the database, the API and messages.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$word])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The one written so, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.as_str() == text)
            }
        }
    };
}

words! {
    /// How far we believe a payment to be.
    Believed {
        /// Owed, and not handed to anybody.
        Requested = "requested",
        /// Handed over; not known to be paid.
        Sent = "sent",
        /// Paid.
        Settled = "settled",
        /// Refused or given up.
        Failed = "failed",
        /// Paid and come back.
        Returned = "returned",
    }
}

words! {
    /// What a provider said about one try.
    Said {
        /// It works on it.
        Accepted = "accepted",
        /// It refused.
        Failed = "failed",
        /// It paid.
        Paid = "paid",
        /// It paid, and the money came back.
        Returned = "returned",
    }
}

words! {
    /// Which way money went, seen from the account that pays.
    Way {
        /// Out, to the customer.
        Out = "out",
        /// Back, returned.
        Back = "back",
    }
}

words! {
    /// Where a booking was read.
    Source {
        /// In a statement of account (`camt.053`, a balance report): it counts.
        Statement = "statement",
        /// In a notification (`camt.054`): it counts until a statement speaks of the payment.
        Notice = "notice",
    }
}

words! {
    /// What does not agree.
    Kind {
        /// We sent it and the statements of the days after do not show it.
        Missing = "missing",
        /// The provider says paid and the statements do not show it.
        PaidNotBooked = "paid_not_booked",
        /// A booking carries a key nobody owes anything under.
        Unknown = "unknown",
        /// More was paid than once.
        Doubled = "doubled",
        /// Paid, and it should not have been: we hold it for refused, given up or not yet sent.
        PaidUnexpectedly = "paid_unexpectedly",
        /// Another amount.
        WrongAmount = "wrong_amount",
        /// Another currency.
        WrongCurrency = "wrong_currency",
        /// The money came back and we do not know.
        ReturnedLate = "returned_late",
        /// We hold it for returned and the money is not back on the account.
        ReturnMissing = "return_missing",
        /// A statement does not begin where the one before ended.
        Gap = "gap",
        /// A statement's bookings do not lead from its opening to its closing balance.
        DoesNotAddUp = "does_not_add_up",
        /// Payments wait and no statement comes.
        Silent = "silent",
        /// It was paid and we have not heard so: a message was lost.
        Unheard = "unheard",
        /// Money left the account and no payment of ours explains it.
        ForeignDebit = "foreign_debit",
        /// A provider says it paid out, and the bank does not show it.
        PayoutMissing = "payout_missing",
        /// A provider paid out another amount than its report comes to.
        PayoutDiffers = "payout_differs",
        /// A provider paid out, and no report says what for.
        PayoutUnreported = "payout_unreported",
        /// A provider's report is missing.
        ReportMissing = "report_missing",
        /// A provider booked a chargeback of a dispute nobody told us of.
        ChargebackUnknown = "chargeback_unknown",
        /// We hold a dispute for lost, and the reports do not show that the money was taken.
        ChargebackMissing = "chargeback_missing",
        /// More was taken or given back than the dispute is over.
        ChargebackDiffers = "chargeback_differs",
        /// We hold a dispute for won, and the money was not given back.
        ChargebackKept = "chargeback_kept",
    }
}

words! {
    /// The most likely cause; a suggestion to begin with.
    Cause {
        /// Nobody ever confirmed it: the file or the call may not have arrived.
        NeverArrived = "never_arrived",
        /// The provider took it and has not booked it.
        BankIsLate = "bank_is_late",
        /// The provider refused it and we did not hear.
        RefusalUnheard = "refusal_unheard",
        /// The provider's answer and the account differ.
        AnswerDiffers = "answer_differs",
        /// No payment of this house has this key.
        ForeignKey = "foreign_key",
        /// One order was carried out twice.
        CarriedOutTwice = "carried_out_twice",
        /// A try that was given up was carried out after all, beside a later one.
        EarlierTry = "earlier_try",
        /// It was booked although the provider had refused it or we had given it up.
        BookedAfterRefusal = "booked_after_refusal",
        /// It left without us: nothing was sent.
        NotSentByUs = "not_sent_by_us",
        /// More than ordered: charges on top.
        ChargesAdded = "charges_added",
        /// Less than ordered: charges taken off.
        ChargesTaken = "charges_taken",
        /// The same digits with the decimal point elsewhere.
        DecimalPoint = "decimal_point",
        /// Less came back than went out.
        ReturnFee = "return_fee",
        /// It was paid out in another currency.
        Converted = "converted",
        /// The return came and was not taken in.
        ReturnUnheard = "return_unheard",
        /// The message of the return came before its booking.
        ReturnOnItsWay = "return_on_its_way",
        /// A statement in between is missing.
        StatementMissing = "statement_missing",
        /// The balance was changed afterwards, or a booking left out.
        BalanceChanged = "balance_changed",
        /// The connection to the bank does not bring files.
        NoFiles = "no_files",
        /// The provider's message did not come or was not taken in.
        MessageLost = "message_lost",
        /// Somebody else used the account, or something was booked to it by mistake.
        NotOrdered = "not_ordered",
        /// The bank took its fee.
        BankCharge = "bank_charge",
        /// The payout is on its way, or went to another account.
        PayoutElsewhere = "payout_elsewhere",
        /// The report was not fetched.
        NotFetched = "not_fetched",
    }
}

/// A payment as we have it in our books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Its present try, from 1; 0 when it was never sent.
    pub attempt: u8,
    /// How much.
    pub amount: Money,
    /// How far we believe it to be.
    pub believed: Believed,
    /// The day of its last change.
    pub since: Date,
}

/// A booking that names a payment of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Which try, from 1.
    pub attempt: u8,
    /// Which way.
    pub way: Way,
    /// How much; positive.
    pub amount: Money,
    /// The booking day.
    pub on: Date,
    /// Where it was read.
    pub source: Source,
}

/// What a provider said about one try, the last thing it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Which try, from 1.
    pub attempt: u8,
    /// What.
    pub said: Said,
}

/// The days statements of an account were read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The first one.
    pub from: Date,
    /// The last one.
    pub until: Date,
}

/// What is taken for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Banking days a payment may be on its way before it is missing. A credit transfer has to be
    /// with the payee's bank by the end of the next business day (Directive (EU) 2015/2366 Art. 83).
    pub patience: u16,
    /// What statements say; none came yet.
    pub covered: Option<Covered>,
}

impl Terms {
    /// Three banking days.
    pub const PATIENCE: u16 = 3;

    /// Whether statements cover enough days after `day` for its booking to be among them.
    pub(crate) fn had_time(&self, day: Date) -> bool {
        self.covered
            .is_some_and(|c| banking_days(day, c.until) >= self.patience)
    }

    /// Whether a booking of `day` may lie before the first statement.
    pub(crate) fn began_before(&self, day: Date) -> bool {
        self.covered.is_none_or(|c| day < c.from)
    }
}

/// Days from Monday to Friday after `from` up to `until`; public holidays count too, because a
/// payment that is late by one is not missing.
pub fn banking_days(from: Date, until: Date) -> u16 {
    let mut count = 0;
    let mut day = from;
    while day < until && count < u16::MAX {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            count += 1;
        }
    }
    count
}

/// What does not agree, and by how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// What.
    pub kind: Kind,
    /// Why, most likely.
    pub cause: Cause,
    /// What should be with the customer as our books have it, or the balance a statement should
    /// have.
    pub expected: Money,
    /// What is with the customer by the bookings, or the balance it has.
    pub found: Money,
    /// The day it began: the day of the booking, or else of our last change.
    pub since: Date,
}

/// What became of a payment when the sides were held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// All sides agree and nothing more is expected.
    Even,
    /// Nothing is wrong yet; something is still to come.
    Waiting,
    /// They do not agree.
    Broken(Break),
}
