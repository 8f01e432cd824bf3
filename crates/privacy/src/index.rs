//! The blind index: people are found by e-mail, telephone, postcode, name or customer number through
//! keyed hashes. Without the client's key nobody can try guesses; with an erased person's rows gone,
//! nobody finds anything.

use crate::key::Key;
use uuid::Uuid;

/// Bytes of a token: short enough for an index, long enough that two values never meet.
pub const TOKEN: usize = 16;
/// Words of a name that are indexed.
const WORDS_MAX: usize = 8;

/// What a person is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// E-mail address, without regard to case.
    Email,
    /// Telephone number: its last nine digits, so that prefixes may be written either way.
    Phone,
    /// Postcode, without spaces.
    Postcode,
    /// One word of a name, in plain letters.
    Name,
    /// The number in the other system.
    External,
}

impl By {
    const fn label(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Postcode => "postcode",
            Self::Name => "name",
            Self::External => "external",
        }
    }
}

/// A client's key for look-ups and for the list of erased people. It is never rotated: the tokens
/// would have to be made anew from data that is sealed.
#[derive(Debug, Clone)]
pub struct IndexKey(Key);

impl IndexKey {
    /// From the client's index key.
    pub const fn new(key: Key) -> Self {
        Self(key)
    }

    /// The token of one value; none if nothing of it can be looked up.
    pub fn token(&self, by: By, value: &str) -> Option<[u8; TOKEN]> {
        let plain = plain(by, value)?;
        Some(self.short(by.label(), plain.as_bytes()))
    }

    /// The tokens of a name, one per word.
    pub fn names(&self, name: &str) -> Vec<[u8; TOKEN]> {
        let mut all: Vec<_> = words(name)
            .filter_map(|word| self.token(By::Name, &word))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What stands for a person on the list of erasures: whoever has the list alone knows nobody.
    pub fn erased(&self, subject: Uuid) -> [u8; TOKEN] {
        self.short("erased", subject.as_bytes())
    }

    fn short(&self, label: &str, value: &[u8]) -> [u8; TOKEN] {
        let mut message = b"redress-index/v1 ".to_vec();
        message.extend(label.as_bytes());
        message.push(0);
        message.extend(value);
        let mut token = [0; TOKEN];
        token.copy_from_slice(&self.0.mac(&message)[..TOKEN]);
        token
    }
}

/// The words of a name in plain letters.
pub fn words(name: &str) -> impl Iterator<Item = String> {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1)
        .take(WORDS_MAX)
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// A value as it is compared.
fn plain(by: By, value: &str) -> Option<String> {
    let plain: String = match by {
        By::Email => value.trim().to_lowercase(),
        By::Phone => {
            let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(9)..].iter().collect()
        }
        By::Postcode => value
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect(),
        By::Name => words(value).next()?,
        By::External => value.to_owned(),
    };
    let least = match by {
        By::Phone => 5,
        By::Email | By::Postcode => 3,
        By::Name => 2,
        By::External => 1,
    };
    (plain.len() >= least).then_some(plain)
}
