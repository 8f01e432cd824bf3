//! Our ids in the 35 characters ISO 20022 gives them.
//!
//! | element | content | length |
//! |---|---|---|
//! | `EndToEndId` | obligation UUID in 32 hex digits; later attempts add `-02` to `-99` | 32 or 35 |
//! | `MsgId` | batch UUID in 32 hex digits | 32 |
//! | `PmtInfId` | `MsgId` and `-01` to `-99` | 35 |
//!
//! Hex rather than our base32 form: banks are known to upper-case references, and hex survives.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use kernel::ObligationId;
use ports::{Attempt, PaymentKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One payment file; its `MsgId` follows from it alone, so a repeat is seen by the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub Uuid);

impl BatchId {
    /// The message id: 32 hex digits.
    pub fn message_id(self) -> String {
        HEXLOWER.encode(self.0.as_bytes())
    }

    /// The batch behind a message id a bank quotes, whatever the case; `None` for foreign ones.
    pub fn from_message_id(text: &str) -> Option<Self> {
        uuid_of(text).map(Self)
    }
}

/// The `EndToEndId` of a payment.
pub fn end_to_end_id(key: PaymentKey) -> String {
    let hex = HEXLOWER.encode(key.obligation.0.as_bytes());
    if key.attempt == Attempt::FIRST {
        hex
    } else {
        format!("{hex}-{:02}", key.attempt.number())
    }
}

/// The payment behind an `EndToEndId`, whatever its case; `None` for one that is not ours.
pub fn payment_key(end_to_end_id: &str) -> Option<PaymentKey> {
    let (hex, attempt) = match end_to_end_id.split_once('-') {
        None => (end_to_end_id, Attempt::FIRST),
        Some((hex, tail)) => {
            let digits = tail.len() == 2 && tail.bytes().all(|b| b.is_ascii_digit());
            let attempt = tail
                .parse()
                .ok()
                .filter(|_| digits)
                .and_then(Attempt::new)?;
            (hex, Some(attempt).filter(|a| *a != Attempt::FIRST)?)
        }
    };
    uuid_of(hex).map(|id| PaymentKey {
        obligation: ObligationId(id),
        attempt,
    })
}

fn uuid_of(hex: &str) -> Option<Uuid> {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
    Uuid::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_key_fits_and_comes_back(id in any::<u128>(), attempt in 1_u8..=99) {
            let attempt = Attempt::new(attempt).unwrap();
            let key = PaymentKey { obligation: ObligationId(Uuid::from_u128(id)), attempt };
            let text = end_to_end_id(key);
            prop_assert!(text.len() <= 35);
            prop_assert_eq!(payment_key(&text), Some(key));
            prop_assert_eq!(payment_key(&text.to_uppercase()), Some(key));
        }

        #[test]
        fn foreign_references_are_not_ours(text in "[ -~]{0,31}") {
            prop_assert_eq!(payment_key(&text), None);
        }
    }

    #[test]
    fn odd_tails_are_not_ours() {
        let hex = "0190a5b40000700080000000000000ff";
        for tail in ["-01", "-00", "-2", "-+2", "-100", "-", "--2"] {
            assert_eq!(payment_key(&format!("{hex}{tail}")), None, "{tail}");
        }
    }
}
