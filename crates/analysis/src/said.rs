//! Sentences about a policy. The command line prints their English text; whoever reads them in a
//! language of their own gets the same as the key of a message and values, which a surface words.

use jiff::civil::Date;
use kernel::{Bps, Money};
use serde::{Deserialize, Serialize, Serializer};
use std::{borrow::Cow, fmt, ops::Deref};

/// A word that is written into the sources.
type Word = Cow<'static, str>;

/// A value of a sentence, not yet written the way a language writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A day.
    Day(Date),
    /// An amount.
    Amount(Money),
    /// A count, or a number of days.
    Number(i64),
    /// Parts of ten thousand, one for each grade.
    Rates(Vec<i32>),
    /// A code the message chooses its words by.
    Code(Word),
    /// Codes with a message `term-<code>` each: reasons, outcomes.
    Terms(Vec<Word>),
    /// Something the client or the packs named; said as it is.
    Name(String),
}

/// A sentence as the key of a message and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// `finding-…`; what to do about it is the message `<key>-help`.
    pub key: Word,
    /// Values by the name the message gives them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(Word, Value)>,
}

impl Phrase {
    /// A sentence without values.
    pub(crate) const fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            values: Vec::new(),
        }
    }

    /// The same with a value.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((Cow::Borrowed(name), value));
        self
    }

    /// With a code.
    #[must_use]
    pub(crate) fn code(self, name: &'static str, code: &'static str) -> Self {
        self.with(name, Value::Code(Cow::Borrowed(code)))
    }

    /// With an amount.
    #[must_use]
    pub(crate) fn amount(self, name: &'static str, money: Money) -> Self {
        self.with(name, Value::Amount(money))
    }

    /// With codes that are words of their own.
    #[must_use]
    pub(crate) fn terms(
        self,
        name: &'static str,
        terms: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let terms = terms.into_iter().map(Cow::Borrowed).collect();
        self.with(name, Value::Terms(terms))
    }

    /// The same with its English text.
    pub(crate) fn in_english(self, text: impl Into<String>) -> Said {
        Said {
            text: text.into(),
            phrase: self,
        }
    }
}

/// Rates of grades as a value.
pub(crate) fn rates(list: &[Bps]) -> Value {
    Value::Rates(list.iter().map(|b| b.0).collect())
}

/// A sentence in English, and as a message for other languages. Reads and serializes as its
/// English text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    text: String,
    /// The same for other languages.
    pub phrase: Phrase,
}

impl Deref for Said {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
