//! Paying money out: the order, its idempotency key, and what a gateway may answer.
//!
//! Nothing here knows how a provider is spoken to. The one rule everything hangs on: a call that
//! ended in [`GatewayError::Unknown`] is followed by [`PaymentGateway::find`], never by a second
//! `submit` under another key.

use async_trait::async_trait;
use iban::IbanLike;
use kernel::{ClientId, Date, Money, ObligationId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// Which try at one obligation this is, 1 to 99. A new attempt is made only after the last one
/// is known to have failed, been returned or been cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Attempt(u8);

impl Attempt {
    /// The first try.
    pub const FIRST: Self = Self(1);

    /// The try with this number; `None` outside 1 to 99.
    pub fn new(number: u8) -> Option<Self> {
        (1..=99).contains(&number).then_some(Self(number))
    }

    /// The number, from 1.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The try after this one; `None` after the 99th, when a person has to look.
    pub fn next(self) -> Option<Self> {
        Self::new(self.0.saturating_add(1))
    }
}

impl TryFrom<u8> for Attempt {
    type Error = &'static str;
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("an attempt is numbered 1 to 99")
    }
}

impl From<Attempt> for u8 {
    fn from(attempt: Attempt) -> Self {
        attempt.0
    }
}

/// The idempotency key of one payment. Written `obl_…` for the first attempt, `obl_…-02` and so
/// on for later ones; the same key never moves money twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaymentKey {
    /// What is owed.
    pub obligation: ObligationId,
    /// Which try at paying it.
    pub attempt: Attempt,
}

impl fmt::Display for PaymentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.attempt == Attempt::FIRST {
            write!(f, "{}", self.obligation)
        } else {
            write!(f, "{}-{:02}", self.obligation, self.attempt.0)
        }
    }
}

impl Serialize for PaymentKey {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PaymentKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl FromStr for PaymentKey {
    type Err = kernel::error::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((head, tail)) = text.split_once('-') else {
            return Ok(Self {
                obligation: text.parse()?,
                attempt: Attempt::FIRST,
            });
        };
        let digits = tail.len() == 2 && tail.bytes().all(|b| b.is_ascii_digit());
        let attempt = tail.parse().ok().and_then(Attempt::new).filter(|_| digits);
        match attempt {
            Some(attempt) if attempt != Attempt::FIRST => Ok(Self {
                obligation: head.parse()?,
                attempt,
            }),
            _ => Err(kernel::error::ParseError::new(
                text,
                "a payment key such as obl_… or obl_…-02",
            )),
        }
    }
}

/// An IBAN that passed the checks of ISO 13616: country structure, length and check digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Iban(iban::Iban);

impl Iban {
    /// The 15 to 34 characters without spaces, as banks exchange them.
    pub fn electronic(&self) -> &str {
        self.0.electronic_str()
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.electronic_str())
    }
}

/// Shows country and the last four only: an account number does not belong in a log.
impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.electronic();
        let (head, tail) = (text.get(..2).unwrap_or(""), text.len().saturating_sub(4));
        write!(f, "Iban({head}…{})", text.get(tail..).unwrap_or(""))
    }
}

impl FromStr for Iban {
    type Err = kernel::error::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let compact: String = text.chars().filter(|c| *c != ' ').take(40).collect();
        compact.to_ascii_uppercase().parse().map(Self).map_err(|_| {
            // The text itself stays out of the error, for the same reason as in `Debug`.
            kernel::error::ParseError::new("…", "an IBAN with valid check digits")
        })
    }
}

impl Serialize for Iban {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.electronic())
    }
}

impl<'de> Deserialize<'de> for Iban {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Destination {
    /// Back to the instrument that paid, named by the provider's own id of that payment
    /// (a charge or payment intent).
    Original {
        /// The provider's id of the original payment.
        reference: String,
    },
    /// To a bank account of the customer.
    Account {
        /// Its number.
        iban: Iban,
        /// Its holder, as the customer wrote it.
        name: String,
    },
}

/// One payment to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentOrder {
    /// Whose money it is.
    pub client: ClientId,
    /// What is owed.
    pub obligation: ObligationId,
    /// Which try at paying it.
    pub attempt: Attempt,
    /// How much; positive.
    pub amount: Money,
    /// Where to.
    pub destination: Destination,
    /// What the customer reads on the statement: the return's number.
    pub remittance: String,
}

impl PaymentOrder {
    /// Its idempotency key.
    pub fn key(&self) -> PaymentKey {
        PaymentKey {
            obligation: self.obligation,
            attempt: self.attempt,
        }
    }
}

/// How a gateway took an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Submission {
    /// Taken over; the provider has not looked at it yet (it waits in a file).
    Accepted {
        /// The provider's reference.
        provider_ref: String,
    },
    /// The provider is working on it; the answer comes later.
    Pending {
        /// The provider's reference.
        provider_ref: String,
    },
    /// Done as far as the provider knows now. It may still be returned days later.
    Settled {
        /// The provider's reference.
        provider_ref: String,
    },
}

/// What became of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PaymentState {
    /// Known to the provider, not decided.
    Pending {
        /// The provider's reference.
        provider_ref: String,
    },
    /// Paid.
    Settled {
        /// The day it was booked, when the provider says so.
        on: Option<Date>,
        /// The provider's reference.
        provider_ref: String,
    },
    /// Never paid.
    Failed {
        /// The provider's code (ISO 20022 `AC04`, Stripe `expired_or_canceled_card`).
        code: String,
        /// In words, as the provider put it; may be empty.
        reason: String,
    },
    /// Was paid and came back.
    Returned {
        /// The provider's code.
        code: String,
        /// In words, as the provider put it; may be empty.
        reason: String,
    },
    /// Withdrawn before it was paid.
    Canceled,
}

impl PaymentState {
    /// True when a new attempt may be made: the money is certainly not with the customer.
    pub fn allows_new_attempt(&self) -> bool {
        matches!(
            self,
            Self::Failed { .. } | Self::Returned { .. } | Self::Canceled
        )
    }
}

/// Why a call gave no answer. The three cases call for three different next steps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// The provider certainly did nothing: the same call may be made again.
    #[error("the payment was not sent: {0}")]
    NotSent(String),
    /// The provider certainly refused: calling again is useless, a person or another
    /// destination is needed.
    #[error("the payment was refused: {code} {reason}")]
    Refused {
        /// The provider's code.
        code: String,
        /// In words, as the provider put it; may be empty.
        reason: String,
    },
    /// The payment may have happened. Only [`PaymentGateway::find`] may follow.
    #[error("it is unknown whether the payment happened: {0}")]
    Unknown(String),
}

/// What a customer is asked for on a page of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taking {
    /// Money, now.
    Charge,
    /// A security: held on the card, charged or let go later.
    Hold,
}

/// Money to be taken from a customer, who agrees on a page of the provider. Nothing is ever taken
/// without that page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutOrder {
    /// For whom.
    pub client: ClientId,
    /// What the customer owes.
    pub obligation: ObligationId,
    /// Which try.
    pub attempt: Attempt,
    /// Charge or security.
    pub taking: Taking,
    /// How much; positive.
    pub amount: Money,
    /// What it is for, in the customer's words; shown on the page.
    pub title: String,
    /// What the customer reads on the statement: the return's number.
    pub remittance: String,
    /// Where the provider sends the customer back to.
    pub page: String,
    /// The provider's number of the page, once it opened one.
    pub opened: Option<String>,
}

impl CheckoutOrder {
    /// Its idempotency key.
    pub fn key(&self) -> PaymentKey {
        PaymentKey {
            obligation: self.obligation,
            attempt: self.attempt,
        }
    }
}

/// A page of the provider on which the customer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The provider's number of it.
    pub reference: String,
    /// Where the customer goes.
    pub url: String,
}

/// A security to be charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureOrder {
    /// For whom.
    pub client: ClientId,
    /// The charge; its own key.
    pub key: PaymentKey,
    /// The provider's reference of the placed security.
    pub hold: String,
    /// How much of it; what is left is let go.
    pub amount: Money,
}

/// How one learns what became of a payment whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// [`PaymentGateway::find`] asks the provider.
    LookUp,
    /// The provider cannot be asked: it tells by message only. For so many seconds after the first
    /// call under a key it promises to answer an equal call as it did the first, so until then the
    /// order may be handed over again under the same key; later only a message or a person tells.
    SameKey {
        /// How long the promise holds.
        seconds: i64,
    },
}

/// A way to pay money out and, where the provider can, to take it.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Its name in configuration, events and metrics: `stripe`, `iso20022`.
    fn name(&self) -> &'static str;

    /// Whether this process may speak for `client` now. Where the provider is a folder that
    /// another process works in, it may not, and the job waits to be taken up there.
    fn is_here(&self, _client: ClientId) -> bool {
        true
    }

    /// How one learns what became of a payment here.
    fn asking(&self) -> Asking {
        Asking::LookUp
    }

    /// Hands one order over. Calling again with an equal order has no further effect.
    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError>;

    /// What became of `order`, or `None` when the provider has certainly never seen its key.
    /// Takes the whole order because some providers can only be asked by the original payment.
    /// An `Err` says nothing about the payment; ask again later.
    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError>;

    /// Opens a page on which the customer pays or places a security. Calling again with an equal
    /// order gives the same page.
    async fn open_checkout(&self, _order: &CheckoutOrder) -> Result<Checkout, GatewayError> {
        Err(takes_nothing())
    }

    /// What became of a page, or `None` when the provider has certainly never opened it.
    async fn find_checkout(
        &self,
        _order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        Err(takes_nothing())
    }

    /// Charges a placed security. Calling again with an equal order has no further effect.
    async fn capture(&self, _order: &CaptureOrder) -> Result<Submission, GatewayError> {
        Err(takes_nothing())
    }

    /// What became of a charge on a security.
    async fn find_capture(
        &self,
        _order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        Err(takes_nothing())
    }

    /// Lets a placed security go. Doing it again is fine.
    async fn release(&self, _client: ClientId, _hold: &str) -> Result<(), GatewayError> {
        Err(takes_nothing())
    }

    /// Whether the answer to a dispute can be handed over here for this client.
    fn takes_evidence(&self, _client: ClientId) -> bool {
        false
    }

    /// Hands the answer to a dispute over, for good: most providers take one. Calling again with an
    /// equal order has no further effect.
    async fn submit_evidence(&self, _order: &EvidenceOrder) -> Result<(), GatewayError> {
        Err(takes_nothing())
    }

    /// Whether the provider has an answer handed over under this order.
    async fn find_evidence(&self, _order: &EvidenceOrder) -> Result<bool, GatewayError> {
        Err(takes_nothing())
    }
}

/// The answer to a dispute: one document and a few words.
#[derive(Clone, PartialEq, Eq)]
pub struct EvidenceOrder {
    /// Whose.
    pub client: ClientId,
    /// The provider's number of the dispute.
    pub dispute: String,
    /// Names this answer; the same for every try.
    pub key: String,
    /// What is said with it; at most 1,000 characters.
    pub note: String,
    /// The evidence pack as PDF; personal data.
    pub pdf: Vec<u8>,
}

impl std::fmt::Debug for EvidenceOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EvidenceOrder({} of {})", self.key, self.dispute)
    }
}

fn takes_nothing() -> GatewayError {
    GatewayError::Refused {
        code: "takes_nothing".to_owned(),
        reason: "this way pays out only".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_per_attempt_and_read_back() {
        let obligation = ObligationId(uuid::Uuid::from_u128(
            0x0190_a5b4_0000_7000_8000_0000_0000_00ff,
        ));
        let first = PaymentKey {
            obligation,
            attempt: Attempt::FIRST,
        };
        let second = PaymentKey {
            obligation,
            attempt: Attempt::FIRST.next().unwrap(),
        };
        assert_eq!(first.to_string(), obligation.to_string());
        assert_eq!(second.to_string(), format!("{obligation}-02"));
        for key in [first, second] {
            assert_eq!(key.to_string().parse::<PaymentKey>().unwrap(), key);
        }
        for bad in ["-01", "-2", "-+2", "-00", "-100", "-"] {
            assert!(
                format!("{obligation}{bad}").parse::<PaymentKey>().is_err(),
                "{bad}"
            );
        }
        assert!(Attempt::new(99).unwrap().next().is_none());
        assert!(serde_json::from_str::<Attempt>("0").is_err());
    }

    /// The example number of the German and French registers.
    #[test]
    fn ibans_are_checked_and_kept_out_of_logs() {
        let iban: Iban = "de89 3704 0044 0532 0130 00".parse().unwrap();
        assert_eq!(iban.electronic(), "DE89370400440532013000");
        assert_eq!(format!("{iban:?}"), "Iban(DE…3000)");
        for bad in [
            "DE88370400440532013000",
            "DE8937040044053201300",
            "XX00",
            "",
            "é",
        ] {
            let error = bad.parse::<Iban>().unwrap_err().to_string();
            assert!(bad.is_empty() || !error.contains(bad), "{error}");
        }
    }
}
