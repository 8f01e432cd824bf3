//! Stated figures against ours, one line per difference.

use crate::read::{Fault, Reader, Text};
use kernel::Money;
use std::fmt;

/// A figure that is not what the case says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The case's id.
    pub case: String,
    /// The step, from 1; 0 is the order itself.
    pub step: usize,
    /// Which figure.
    pub field: String,
    /// What the case says.
    pub expected: String,
    /// What it came to.
    pub got: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            case,
            step,
            field,
            expected,
            got,
        } = self;
        write!(
            f,
            "{case} step {step}: {field}: expected {expected}, got {got}"
        )
    }
}

/// Collects the differences of one step.
pub(crate) struct Sink<'a> {
    pub reader: Reader<'a>,
    pub case: &'a str,
    pub step: usize,
    pub found: Vec<Mismatch>,
}

impl Sink<'_> {
    /// A difference, said with words.
    pub(crate) fn differs(&mut self, field: &str, expected: String, got: String) {
        self.found.push(Mismatch {
            case: self.case.into(),
            step: self.step,
            field: field.into(),
            expected,
            got,
        });
    }

    /// Compares an amount, if one is stated.
    pub(crate) fn amount(
        &mut self,
        field: &str,
        expected: Option<&Text>,
        got: i64,
    ) -> Result<(), Fault> {
        let Some(expected) = expected else {
            return Ok(());
        };
        let wanted = self.reader.minor(expected)?;
        if wanted != got {
            let got = Money::new(got, self.reader.currency).decimal();
            self.differs(field, expected.get_ref().clone(), got);
        }
        Ok(())
    }

    /// Compares a list of amounts of the same length.
    pub(crate) fn amounts(
        &mut self,
        field: &str,
        expected: Option<&[Text]>,
        got: &[i64],
    ) -> Result<(), Fault> {
        let Some(expected) = expected else {
            return Ok(());
        };
        let mut wanted = Vec::new();
        for amount in expected {
            wanted.push(self.reader.minor(amount)?);
        }
        if wanted != got {
            let (expected, got) = (self.list(&wanted), self.list(got));
            self.differs(field, expected, got);
        }
        Ok(())
    }

    fn list(&self, minors: &[i64]) -> String {
        let currency = self.reader.currency;
        let all: Vec<String> = minors
            .iter()
            .map(|m| Money::new(*m, currency).decimal())
            .collect();
        format!("[{}]", all.join(", "))
    }

    /// Compares the code of a refusal: `none` where the step was carried out.
    pub(crate) fn code(&mut self, expected: Option<&Text>, got: Option<&str>) {
        let expected = expected.map(|e| e.get_ref().as_str());
        if expected != got {
            let word = |c: Option<&str>| c.unwrap_or("none").to_owned();
            self.differs("refused", word(expected), word(got));
        }
    }
}
