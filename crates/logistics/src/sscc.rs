//! The Serial Shipping Container Code: the GS1 key of one parcel, AI (00).
//!
//! Source: GS1 General Specifications, sections 3.2 (AI 00) and 7.9 (check digit, mod 10).
//! Eighteen digits: extension digit, GS1 company prefix, serial reference, check digit.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Cow, fmt, str::FromStr};

/// Why a text or a set of parts is not an SSCC.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SsccError {
    /// Not eighteen digits, with or without the (00) in front.
    #[error("an SSCC has 18 digits, optionally after (00)")]
    Shape,
    /// The last digit does not fit the others: a typing or reading error.
    #[error("the check digit is {found}, it should be {expected}")]
    CheckDigit {
        /// The digit given.
        found: u8,
        /// The digit computed.
        expected: u8,
    },
    /// A company prefix has 4 to 12 digits.
    #[error("a GS1 company prefix has 4 to 12 digits")]
    Prefix,
    /// The extension digit is 0 to 9.
    #[error("the extension digit is 0 to 9")]
    Extension,
    /// The serial does not fit in the digits the company prefix leaves.
    #[error("the serial {serial} needs more than the {room} digits this prefix leaves")]
    Serial {
        /// The serial asked for.
        serial: u64,
        /// Digits left for it.
        room: usize,
    },
}

/// The GS1 mod-10 check digit over `digits`, given without it: weights 3 and 1 from the right.
/// Bytes that are not ASCII digits count as their low four bits; callers check before.
pub fn check_digit(digits: &str) -> u8 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| u32::from(b & 0x0f) * if i % 2 == 0 { 3 } else { 1 })
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}

/// The digits GS1 licensed to the company that numbers the parcels; 4 to 12 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CompanyPrefix(String);

impl CompanyPrefix {
    /// The digits as text; leading zeros matter.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CompanyPrefix {
    type Err = SsccError;
    fn from_str(s: &str) -> Result<Self, SsccError> {
        let fits = (4..=12).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if fits {
            Ok(Self(s.to_owned()))
        } else {
            Err(SsccError::Prefix)
        }
    }
}

/// One parcel. Always eighteen digits whose check digit is right.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sscc([u8; 18]);

impl Sscc {
    /// Builds the code of parcel `serial` of the company; the caller never reuses a serial.
    pub fn new(extension: u8, prefix: &CompanyPrefix, serial: u64) -> Result<Self, SsccError> {
        if extension > 9 {
            return Err(SsccError::Extension);
        }
        let room = 16 - prefix.0.len();
        let tail = format!("{serial:0room$}");
        if tail.len() > room {
            return Err(SsccError::Serial { serial, room });
        }
        let body = format!("{extension}{}{tail}", prefix.0);
        Self::from_digits(&format!("{body}{}", check_digit(&body)))
    }

    /// The highest serial that fits under `prefix`.
    pub fn max_serial(prefix: &CompanyPrefix) -> u64 {
        (0..16 - prefix.0.len()).fold(0, |n, _| n * 10 + 9)
    }

    /// The eighteen digits.
    pub fn digits(&self) -> &str {
        // INVARIANT: only ASCII digits are ever stored.
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    /// The element string for people, `(00)395…`: printed below the bars.
    pub fn element_string(&self) -> String {
        format!("(00){}", self.digits())
    }

    /// The element string for machines, `00395…`: what a GS1-128 symbol carries after FNC1.
    pub fn symbol_data(&self) -> String {
        format!("00{}", self.digits())
    }

    /// Digits in printed groups of extension, blocks and check digit, easier to read out.
    pub fn grouped(&self) -> String {
        let d = self.digits();
        [&d[..1], &d[1..5], &d[5..9], &d[9..13], &d[13..17], &d[17..]].join(" ")
    }

    fn from_digits(digits: &str) -> Result<Self, SsccError> {
        let bytes: [u8; 18] = digits.as_bytes().try_into().map_err(|_| SsccError::Shape)?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(SsccError::Shape);
        }
        let (expected, found) = (check_digit(&digits[..17]), bytes[17] - b'0');
        if expected == found {
            Ok(Self(bytes))
        } else {
            Err(SsccError::CheckDigit { found, expected })
        }
    }
}

impl FromStr for Sscc {
    type Err = SsccError;
    /// Reads bare digits, `(00)…`, `00…`, or what a scanner sends with its symbology
    /// identifier, `]C100…`; spaces are ignored.
    fn from_str(s: &str) -> Result<Self, SsccError> {
        let compact: String = s.chars().take(64).filter(|c| !c.is_whitespace()).collect();
        let body = compact.strip_prefix("]C1").unwrap_or(&compact);
        let digits = body
            .strip_prefix("(00)")
            .or_else(|| body.strip_prefix("00").filter(|rest| rest.len() == 18))
            .unwrap_or(body);
        Self::from_digits(digits)
    }
}

impl fmt::Display for Sscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits())
    }
}

impl fmt::Debug for Sscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sscc({self})")
    }
}

impl Serialize for Sscc {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.digits())
    }
}

impl<'de> Deserialize<'de> for Sscc {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(d)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_examples_verify() {
        // Two widely printed examples of the GS1 check digit: an SSCC and a GTIN-13.
        assert_eq!(check_digit("37610425002123456"), 9);
        assert_eq!(
            "376104250021234569".parse::<Sscc>().unwrap().grouped(),
            "3 7610 4250 0212 3456 9"
        );
        assert_eq!(check_digit("629104150021"), 3);
    }

    #[test]
    fn parts_make_the_code_and_every_written_form_reads_back() {
        let prefix: CompanyPrefix = "9521234".parse().unwrap();
        let code = Sscc::new(3, &prefix, 42).unwrap();
        assert_eq!(&code.digits()[..17], "39521234000000042");
        for text in [
            code.digits().to_owned(),
            code.element_string(),
            code.symbol_data(),
            format!("]C1{}", code.symbol_data()),
            code.grouped(),
        ] {
            assert_eq!(text.parse::<Sscc>().unwrap(), code, "{text}");
        }
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
    }

    #[test]
    fn bad_parts_are_refused() {
        let prefix: CompanyPrefix = "952123456789".parse().unwrap();
        assert_eq!(Sscc::max_serial(&prefix), 9_999);
        assert!(Sscc::new(0, &prefix, 9_999).is_ok());
        assert_eq!(
            Sscc::new(0, &prefix, 10_000),
            Err(SsccError::Serial {
                serial: 10_000,
                room: 4
            })
        );
        assert_eq!(Sscc::new(10, &prefix, 1), Err(SsccError::Extension));
        assert_eq!("952".parse::<CompanyPrefix>(), Err(SsccError::Prefix));
        assert_eq!("95é1".parse::<CompanyPrefix>(), Err(SsccError::Prefix));
        assert_eq!("".parse::<Sscc>(), Err(SsccError::Shape));
        assert_eq!("37610425002123456é".parse::<Sscc>(), Err(SsccError::Shape));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_found(serial in 0u64..1_000_000_000, at in 0usize..18, by in 1u8..10) {
            let code = Sscc::new(0, &"9521234".parse().unwrap(), serial).unwrap();
            let mut bytes = code.0;
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let found = matches!(text.parse::<Sscc>(), Err(SsccError::CheckDigit { .. }));
            prop_assert!(found);
        }
    }
}
