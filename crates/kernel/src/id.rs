//! Typed ids. Outside they read `case_01j…`: a prefix that says what it is and 26 characters
//! of Crockford base32; inside they are UUIDv7, minted by an [`IdSource`] from a time and
//! random bits that the caller passes in.

use crate::error::ParseError;
use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr, sync::LazyLock};
use uuid::Uuid;

/// The tenant key: one retailer (client) of the BPO. Opaque, never reused, never updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(pub i64);

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for ClientId {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        s.parse()
            .map(ClientId)
            .map_err(|_| ParseError::new(s, "a client id"))
    }
}

#[expect(
    clippy::expect_used,
    reason = "a constant specification; the round-trip test runs it"
)]
static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    spec.translate.from.push_str("ABCDEFGHJKMNPQRSTVWXYZ");
    spec.translate.to.push_str("abcdefghjkmnpqrstvwxyz");
    spec.encoding().expect("a valid base32 alphabet")
});

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The prefix of the written form, without the underscore.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, BASE32.encode(self.0.as_bytes()))
            }
        }

        impl FromStr for $name {
            type Err = ParseError;
            fn from_str(s: &str) -> Result<Self, ParseError> {
                let wrong = || ParseError::new(s, concat!("an id that starts with ", $prefix, "_"));
                let tail = s.strip_prefix(concat!($prefix, "_")).ok_or_else(wrong)?;
                let bytes = BASE32.decode(tail.as_bytes()).map_err(|_| wrong())?;
                Uuid::from_slice(&bytes).map($name).map_err(|_| wrong())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A return case.
    CaseId = "case";
    /// A declaration of a consumer that waits for nobody: acknowledged first, matched later.
    DeclarationId = "decl";
    /// A credit note, or the correction of one.
    DocumentId = "doc";
    /// Goods that came without anything that names an order.
    StrayId = "stray";
    /// A sales order of a client.
    OrderId = "ord";
    /// A line of a sales order.
    OrderLineId = "line";
    /// A customer of one client; who it is lives apart from events.
    CustomerId = "cust";
    /// A return parcel.
    ParcelId = "pcl";
    /// Money owed by a decision; also the idempotency key of its payment.
    ObligationId = "obl";
    /// The store credit of one customer in one currency.
    CreditId = "cred";
    /// Store credit used for a purchase: held for it, or spent on it.
    CreditUseId = "use";
    /// Something that does not agree between books, provider and bank.
    BreakId = "brk";
    /// A dispute of a payment.
    DisputeId = "dsp";
    /// An outbox row.
    JobId = "job";
    /// A policy that is being written.
    DraftId = "draft";
    /// A check or a backtest of a policy.
    RunId = "run";
    /// A person or service account of the BPO, a client or a partner.
    UserId = "usr";
    /// A step of an import or other long run.
    StepId = "step";
}

/// SHA-256 of the canonical text of a policy version: the version *is* its content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyHash(pub [u8; 32]);

impl PolicyHash {
    /// The first eight hex digits, for people.
    pub fn short(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0[..4])
    }
}

impl fmt::Debug for PolicyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PolicyHash({self})")
    }
}

impl fmt::Display for PolicyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl FromStr for PolicyHash {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        let wrong = || ParseError::new(s, "a policy hash of 64 hex digits");
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(s.as_bytes())
            .map_err(|_| wrong())?;
        bytes.try_into().map(PolicyHash).map_err(|_| wrong())
    }
}

impl Serialize for PolicyHash {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PolicyHash {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Mints UUIDv7 from a time and random bits that are passed in, strictly increasing within one
/// source even when the clock stands still or steps back.
#[derive(Debug, Default)]
pub struct IdSource {
    last: u128,
}

impl IdSource {
    /// The next id at `now` with `random` as its entropy.
    pub fn mint(&mut self, now: jiff::Timestamp, random: u128) -> Uuid {
        let ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let mut bytes = [0u8; 10];
        bytes.copy_from_slice(&random.to_be_bytes()[..10]);
        let fresh = uuid::Builder::from_unix_timestamp_millis(ms, &bytes)
            .into_uuid()
            .as_u128();
        // A step back or a tie: continue from the last id; its low 62 bits have room to count.
        let next = if fresh > self.last {
            fresh
        } else {
            self.last + 1
        };
        self.last = next;
        Uuid::from_u128(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_form_round_trips_and_rejects_other_kinds() {
        let id = CaseId(Uuid::from_u128(0x0190_a5b4_0000_7000_8000_0000_0000_00ff));
        let text = id.to_string();
        assert!(text.starts_with("case_"), "{text}");
        assert_eq!(text.parse::<CaseId>().unwrap(), id);
        assert_eq!(
            text.to_uppercase()
                .replace("CASE", "case")
                .parse::<CaseId>()
                .unwrap(),
            id
        );
        assert!(text.parse::<OrderId>().is_err());
        assert!("case_zz".parse::<CaseId>().is_err());
        assert!("case_".parse::<CaseId>().is_err());
    }

    #[test]
    fn ids_increase_even_when_the_clock_steps_back() {
        let mut source = IdSource::default();
        let t = jiff::Timestamp::from_millisecond(1_790_000_000_000).unwrap();
        let a = source.mint(t, u128::MAX);
        let b = source.mint(t, 0);
        let c = source.mint(t - jiff::SignedDuration::from_secs(5), 7);
        assert!(a < b && b < c);
        assert_eq!(a.get_version_num(), 7);
    }
}
