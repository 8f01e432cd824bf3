//! What is wrong with a policy: every finding with the path of the value and a hint for its
//! author. All findings are collected, so a file is mended in one round.

use crate::locate::line_of;
use std::fmt;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    /// Where: `categories.apparel/swimwear.window.days`; empty when the file is not readable.
    pub path: String,
    /// Line of the file, from 1; none for a policy that did not come from a file.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub help: String,
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
        write!(f, "{place}: {} ({})", self.problem, self.help)
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
    pub(crate) fn note(&mut self, path: &str, problem: impl Into<String>, help: impl Into<String>) {
        if self.0.len() < MOST {
            let (problem, help) = (problem.into(), help.into());
            self.0.push(PolicyError {
                path: path.to_owned(),
                line: None,
                problem,
                help,
            });
        }
    }

    /// Notes a finding unless `good`.
    pub(crate) fn demand(&mut self, good: bool, path: &str, problem: &str, help: &str) {
        if !good {
            self.note(path, problem, help);
        }
    }

    /// Notes a finding unless `value` lies in `range`.
    pub(crate) fn within<T: PartialOrd + fmt::Display + Copy>(
        &mut self,
        path: &str,
        value: T,
        range: std::ops::RangeInclusive<T>,
    ) {
        if !range.contains(&value) {
            let help = format!("write a value from {} to {}", range.start(), range.end());
            self.note(path, format!("{value} is out of range"), help);
        }
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
