//! The one parse error of the kernel: what was given, what was expected.

/// A text that does not denote the thing asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not {expected}")]
pub struct ParseError {
    /// The offending text, cut to 64 characters.
    pub given: String,
    /// What would have been right, as a noun phrase: "an ISO 4217 currency code".
    pub expected: &'static str,
}

impl ParseError {
    /// An error about `given`, which should have been `expected`.
    pub fn new(given: &str, expected: &'static str) -> Self {
        Self {
            given: given.chars().take(64).collect(),
            expected,
        }
    }
}
