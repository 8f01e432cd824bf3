//! Text to cases, and what is wrong with a text, to the line.

use crate::form::{Case, File};
use kernel::{Bps, Currency, Money};
use toml::Spanned;

/// A case file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what is wanted.
    pub what: String,
}

impl Fault {
    /// At a place of the text.
    pub(crate) fn at(text: &str, offset: usize, what: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        Self {
            line: 1 + before.bytes().filter(|b| *b == b'\n').count(),
            what: what.into(),
        }
    }
}

/// An amount, rate or name as written, with its place.
pub(crate) type Text = Spanned<String>;

/// The cases of a file.
pub fn read(text: &str) -> Result<Vec<Case>, Fault> {
    let file: File = toml::from_str(text).map_err(|e| {
        let offset = e.span().map_or(0, |s| s.start);
        Fault::at(text, offset, e.message())
    })?;
    let mut seen: Vec<&str> = Vec::new();
    for case in &file.case {
        if seen.contains(&case.id.get_ref().as_str()) {
            let what = format!(
                "a second case {:?}: ids are unique in a file",
                case.id.get_ref()
            );
            return Err(Fault::at(text, case.id.span().start, what));
        }
        seen.push(case.id.get_ref());
    }
    Ok(file.case)
}

/// What reading the parts of a case needs: the text for places, the currency for amounts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub text: &'a str,
    pub currency: Currency,
}

impl Reader<'_> {
    pub(crate) fn fault(&self, at: &Text, what: impl Into<String>) -> Fault {
        Fault::at(self.text, at.span().start, what)
    }

    /// Minor units of a decimal.
    pub(crate) fn minor(&self, amount: &Text) -> Result<i64, Fault> {
        Money::parse(amount.get_ref(), self.currency)
            .map(|m| m.minor)
            .map_err(|e| self.fault(amount, e.to_string()))
    }

    /// Minor units, or a default where nothing is said.
    pub(crate) fn minor_or(&self, amount: Option<&Text>, default: i64) -> Result<i64, Fault> {
        amount.map_or(Ok(default), |a| self.minor(a))
    }

    /// A percentage such as `19` or `8.25`.
    pub(crate) fn rate(&self, percent: &Text) -> Result<Bps, Fault> {
        let written = percent.get_ref();
        let (whole, frac) = written.split_once('.').unwrap_or((written, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let fits = !whole.is_empty() && whole.len() <= 3 && frac.len() <= 2;
        if !fits || !digits(whole) || !digits(frac) || written.ends_with('.') {
            let what = format!("{written:?} is not a percentage such as \"19\" or \"8.25\"");
            return Err(self.fault(percent, what));
        }
        let bps = format!("{whole}{frac:0<2}").parse().map(Bps);
        bps.map_err(|_| self.fault(percent, "a percentage too large"))
    }
}
