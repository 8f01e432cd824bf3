//! The return number a person reads out on the phone: `R-7K3M-92QD`.
//!
//! Seven characters of Crockford base32 (35 random bits) and one check character. The letters
//! people confuse are read as what they look like. The check is a weighted sum over GF(32), so
//! that every single wrong character and every swap of two characters is found; Crockford's own
//! mod-37 check would need five punctuation marks nobody can spell on the phone.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Cow, fmt, str::FromStr};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA: usize = 7;

/// Why a text is not a return number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RmaError {
    /// Not eight letters and digits after an optional `R-`.
    #[error("a return number looks like R-7K3M-92QD")]
    Shape,
    /// Well formed, but the check character does not fit: something was mistyped.
    #[error("this return number has a typing error in it")]
    Typo,
}

/// A return number. Unique per client; the store enforces it and the caller draws again on a clash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rma([u8; DATA + 1]);

/// Multiplies by the generator of GF(32) with the polynomial x^5 + x^2 + 1.
const fn times_generator(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0x20 == 0 {
        doubled
    } else {
        doubled ^ 0x25
    }
}

/// Horner's rule: character i of n has the weight generator^(n-1-i), all of them different.
fn syndrome(symbols: &[u8]) -> u8 {
    symbols
        .iter()
        .fold(0, |sum, symbol| times_generator(sum) ^ symbol)
}

/// The value of one typed character; confusable letters count as what they look like.
fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'U' => 'V',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|a| char::from(*a) == c)
        .and_then(|i| u8::try_from(i).ok())
}

impl Rma {
    /// The number made of the low 35 bits of `random`.
    pub fn from_random_bits(random: u64) -> Self {
        let mut symbols = [0; DATA + 1];
        for (i, slot) in symbols.iter_mut().take(DATA).enumerate() {
            *slot = u8::try_from(random >> (5 * (DATA - 1 - i)) & 0x1f).unwrap_or(0);
        }
        symbols[DATA] = times_generator(syndrome(&symbols[..DATA]));
        Self(symbols)
    }
}

impl FromStr for Rma {
    type Err = RmaError;
    fn from_str(s: &str) -> Result<Self, RmaError> {
        let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}');
        let s = s.trim();
        let rest = s.strip_prefix(['R', 'r']);
        // `R` is also a data character: it is the prefix when a separator follows it, or when
        // without it the number has its full length.
        let body = match rest {
            Some(rest) if rest.starts_with(separator) => rest,
            Some(rest) if rest.chars().filter(|c| !separator(*c)).count() > DATA => rest,
            _ => s,
        };
        let typed = body.chars().take(32).filter(|c| !separator(*c));
        let symbols: Option<Vec<u8>> = typed.map(symbol).collect();
        let symbols: [u8; DATA + 1] = symbols
            .ok_or(RmaError::Shape)?
            .try_into()
            .map_err(|_| RmaError::Shape)?;
        if syndrome(&symbols) == 0 {
            Ok(Self(symbols))
        } else {
            Err(RmaError::Typo)
        }
    }
}

impl fmt::Display for Rma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("R")?;
        for (i, value) in self.0.iter().enumerate() {
            if i % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(ALPHABET[usize::from(*value)]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Rma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rma({self})")
    }
}

impl Serialize for Rma {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rma {
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
    fn reads_what_people_type() {
        let rma = Rma::from_random_bits(0x1_2345_6789);
        let text = rma.to_string();
        assert_eq!(text.len(), 11, "{text}");
        let sloppy = text
            .to_lowercase()
            .replace('-', " ")
            .replace('1', "l")
            .replace('0', "o");
        for typed in [
            text.as_str(),
            &text[2..],
            &sloppy,
            &text.replace('-', "\u{2013}"),
        ] {
            assert_eq!(typed.parse::<Rma>(), Ok(rma), "{typed}");
        }
        assert_eq!("".parse::<Rma>(), Err(RmaError::Shape));
        assert_eq!("R-7K3M-92Q".parse::<Rma>(), Err(RmaError::Shape));
        assert_eq!("R-7K3M-92Q!".parse::<Rma>(), Err(RmaError::Shape));
    }

    #[test]
    fn a_number_that_starts_with_r_needs_no_prefix() {
        let rma = Rma::from_random_bits(24 << 30);
        assert!(rma.to_string().starts_with("R-R"), "{rma}");
        assert_eq!(rma.to_string()[2..].parse::<Rma>(), Ok(rma));
    }

    proptest! {
        #[test]
        fn round_trips(bits in 0u64..1 << 35) {
            prop_assert_eq!(Rma::from_random_bits(bits).to_string().parse::<Rma>(), Ok(Rma::from_random_bits(bits)));
        }

        #[test]
        fn every_wrong_character_is_a_typo(bits in 0u64..1 << 35, at in 0usize..8, by in 1u8..32) {
            let mut symbols = Rma::from_random_bits(bits).0;
            symbols[at] ^= by;
            prop_assert_eq!(Rma(symbols).to_string().parse::<Rma>(), Err(RmaError::Typo));
        }

        #[test]
        fn every_swap_is_a_typo(bits in 0u64..1 << 35, a in 0usize..8, b in 0usize..8) {
            let mut symbols = Rma::from_random_bits(bits).0;
            prop_assume!(symbols[a] != symbols[b]);
            symbols.swap(a, b);
            prop_assert_eq!(Rma(symbols).to_string().parse::<Rma>(), Err(RmaError::Typo));
        }
    }
}
