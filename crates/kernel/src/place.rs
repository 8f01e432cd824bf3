//! Places and languages: ISO 3166 countries with an optional subdivision, BCP 47 primary tags.

use crate::error::ParseError;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// ISO 3166-1 alpha-2 country code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code as text, e.g. `"DE"`.
    pub fn as_str(&self) -> &str {
        // INVARIANT: only ASCII letters are ever stored.
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }

    /// How many codes two letters can make.
    pub const COUNT: usize = 26 * 26;

    /// Its place among all codes two letters can make, in their order; below [`Self::COUNT`].
    pub fn index(self) -> usize {
        let [a, b] = self
            .0
            .map(|letter| usize::from(letter.saturating_sub(b'A')));
        a * 26 + b
    }

    /// A code known at compile time.
    ///
    /// # Panics
    /// On anything but two capitals, which in a constant is an error of the compiler.
    pub const fn literal(code: &str) -> Self {
        let b = code.as_bytes();
        assert!(b.len() == 2 && b[0].is_ascii_uppercase() && b[1].is_ascii_uppercase());
        Self([b[0], b[1]])
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        match s.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(ParseError::new(s, "a two-letter ISO 3166 country code")),
        }
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Where goods were delivered: the place whose consumer law applies (Rome I Art 6 reading).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The country.
    pub country: CountryCode,
    /// The part after the hyphen of an ISO 3166-2 code of up to three characters, as in `US-CA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subdivision: Option<Subdivision>,
}

impl Place {
    /// A country as a whole.
    pub const fn country(country: CountryCode) -> Self {
        Self {
            country,
            subdivision: None,
        }
    }
}

/// The local part of an ISO 3166-2 code, one to three ASCII letters or digits, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subdivision([u8; 3]);

impl Subdivision {
    /// The code as text, e.g. `"CA"`.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|b| *b == 0).unwrap_or(3);
        // INVARIANT: only ASCII letters and digits are ever stored.
        std::str::from_utf8(&self.0[..len]).unwrap_or("")
    }
}

impl fmt::Debug for Subdivision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Subdivision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Subdivision {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        if s.is_empty() || s.len() > 3 || !s.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(ParseError::new(
                s,
                "a subdivision code of one to three characters",
            ));
        }
        let mut out = [0; 3];
        for (slot, b) in out.iter_mut().zip(s.bytes()) {
            *slot = b.to_ascii_uppercase();
        }
        Ok(Self(out))
    }
}

impl Serialize for Subdivision {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Subdivision {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A language people read: a two-letter ISO 639-1 tag, lower case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 2]);

impl Lang {
    /// English, the language every text exists in.
    pub const EN: Self = Self(*b"en");
    /// German.
    pub const DE: Self = Self(*b"de");

    /// The tag as text, e.g. `"en"`.
    pub fn as_str(&self) -> &str {
        // INVARIANT: only ASCII letters are ever stored.
        std::str::from_utf8(&self.0).unwrap_or("en")
    }

    /// The language most people of a country read: a first guess, to be put right by whoever knows
    /// the person. None where several are as likely, and for countries nobody wrote down.
    pub fn usual_in(country: CountryCode) -> Option<Self> {
        let tag = match country.as_str() {
            "AU" | "GB" | "IE" | "NZ" | "US" => b"en",
            "AT" | "DE" | "LI" => b"de",
            "FR" | "MC" => b"fr",
            "AR" | "CL" | "CO" | "EC" | "ES" | "MX" | "PE" | "UY" => b"es",
            "PL" => b"pl",
            "AE" | "BH" | "EG" | "JO" | "KW" | "OM" | "QA" | "SA" => b"ar",
            "IT" => b"it",
            "NL" => b"nl",
            "PT" | "BR" => b"pt",
            _ => return None,
        };
        Some(Self(*tag))
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        match s.split(['-', '_']).next().unwrap_or("").as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => Err(ParseError::new(s, "a language tag such as en or de-AT")),
        }
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_parse_at_the_edge() {
        assert_eq!("de".parse::<CountryCode>().unwrap().as_str(), "DE");
        assert!("DEU".parse::<CountryCode>().is_err());
        assert!("D1".parse::<CountryCode>().is_err());
        assert_eq!("ca".parse::<Subdivision>().unwrap().as_str(), "CA");
        assert!("".parse::<Subdivision>().is_err());
        assert_eq!("de-AT".parse::<Lang>().unwrap(), Lang::DE);
        assert!("deutsch".parse::<Lang>().is_err());
        let usual = |code| Lang::usual_in(CountryCode::literal(code));
        assert_eq!(usual("AT"), Some(Lang::DE));
        assert_eq!(usual("CH"), None, "three are as likely");
    }
}
