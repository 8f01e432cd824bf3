//! What is wrong with a policy: every finding with the path of the value and a hint for its
//! author. All findings are collected, so a file is mended in one round.

use crate::{locate::line_of, wrong::Wrong};
use std::{fmt, ops::RangeInclusive};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// Where: `categories.apparel/swimwear.window.days`; empty when the file is not readable.
    pub path: String,
    /// Line of the file, from 1; none for a policy that did not come from a file.
    pub line: Option<usize>,
    /// What is wrong, and so what to write instead.
    pub wrong: Wrong,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        let place = if self.path.is_empty() {
            "policy"
        } else {
            &self.path
        };
        write!(f, "{place}: {} ({})", self.wrong, self.wrong.help())
    }
}

/// Every finding of a policy that cannot be used; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct PolicyErrors(pub Vec<PolicyError>);

impl PolicyErrors {
    /// The same findings with the lines they have in `text`.
    pub(crate) fn located(mut self, text: &str) -> Self {
        for error in &mut self.0 {
            error.line = error.line.or_else(|| line_of(text, &error.path));
        }
        self
    }
}

/// Collects findings while a policy is checked.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<PolicyError>);

/// More findings than this are not listed: the file is a different kind of file.
const MOST: usize = 100;

impl Findings {
    /// Notes a finding.
    pub(crate) fn note(&mut self, path: &str, wrong: Wrong) {
        if self.0.len() < MOST {
            self.0.push(PolicyError {
                path: path.to_owned(),
                line: None,
                wrong,
            });
        }
    }

    /// Notes a finding unless `good`.
    pub(crate) fn demand(&mut self, good: bool, path: &str, wrong: Wrong) {
        if !good {
            self.note(path, wrong);
        }
    }

    /// Notes a finding unless `value` lies in `range`.
    pub(crate) fn within<T: Into<i64>>(&mut self, path: &str, value: T, range: RangeInclusive<T>) {
        let (least, most) = range.into_inner();
        let (value, least, most) = (value.into(), least.into(), most.into());
        let good = (least..=most).contains(&value);
        self.demand(good, path, Wrong::OutOfRange { value, least, most });
    }

    /// Notes a finding unless there are as many of something as `range` says.
    pub(crate) fn counted(&mut self, path: &str, count: usize, range: RangeInclusive<usize>) {
        let wide = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let wrong = Wrong::Count {
            count: wide(count),
            least: wide(*range.start()),
            most: wide(*range.end()),
        };
        self.demand(range.contains(&count), path, wrong);
    }

    /// `Err` with all findings, if there are any.
    pub(crate) fn done(self) -> Result<(), PolicyErrors> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(PolicyErrors(self.0))
        }
    }
}
