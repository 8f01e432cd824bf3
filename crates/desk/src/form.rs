//! A posted form as typed, kept so that it can be shown again exactly as it was.

use kernel::{Currency, Money};
use redress_http::ui::FieldError;
use std::sync::Arc;

/// Names and values in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The value of a field, trimmed; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v.trim())
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// A text, if one was typed.
    pub fn text(&self, name: &str) -> Option<Arc<str>> {
        Some(self.get(name))
            .filter(|t| !t.is_empty())
            .map(Arc::from)
    }

    /// A text that must be there.
    pub fn needed(&self, name: &str, errors: &mut Vec<FieldError>) -> Arc<str> {
        self.text(name).unwrap_or_else(|| {
            errors.push(FieldError::new(name, "desk-help-text"));
            Arc::from("")
        })
    }

    /// A whole number; empty reads as 0.
    pub fn count(&self, name: &str, errors: &mut Vec<FieldError>) -> u32 {
        match self.get(name) {
            "" => 0,
            text => text.parse().unwrap_or_else(|_| {
                errors.push(FieldError::new(name, "desk-help-count"));
                0
            }),
        }
    }

    /// An amount in minor units; empty reads as 0. Takes a decimal comma as well.
    pub fn amount(&self, name: &str, currency: Currency, errors: &mut Vec<FieldError>) -> i64 {
        let text = self.get(name);
        if text.is_empty() {
            return 0;
        }
        let plain = if text.contains('.') {
            text.to_owned()
        } else {
            text.replacen(',', ".", 1)
        };
        Money::parse(&plain, currency).map_or_else(
            |_| {
                errors.push(FieldError::new(name, "desk-help-amount"));
                0
            },
            |m| m.minor,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_refused() {
        let form = |text: &str| Form(vec![("a".into(), text.into())]);
        for (text, minor) in [("12.30", 1230), ("12,30", 1230), (" 7 ", 700), ("", 0)] {
            let mut errors = Vec::new();
            assert_eq!(form(text).amount("a", Currency::EUR, &mut errors), minor);
            assert!(errors.is_empty(), "{text}");
        }
        for text in ["1e9", "NaN", "0.001", "1.234,50", "12,345", "x"] {
            let mut errors = Vec::new();
            form(text).amount("a", Currency::EUR, &mut errors);
            assert_eq!(errors.len(), 1, "{text}");
        }
    }
}
