//! A plain form as sent: bounded, in order, read by name.

use redress_http::{Problem, ui::FieldError};
use std::str::FromStr;

/// Most fields of one form: an order of a thousand lines has a count each.
const FIELDS_MAX: usize = 2_000;

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form body or a query.
    pub fn parse(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).take(FIELDS_MAX);
        Self(
            pairs
                .map(|(n, v)| (n.into_owned(), v.into_owned()))
                .collect(),
        )
    }

    /// The text of a field, trimmed; empty if it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v.trim())
    }

    /// Whether the field is there and not empty.
    pub fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A typed value; none when empty, a named mistake when it cannot be read.
    pub fn read<T: FromStr>(&self, name: &str, help: &str) -> Result<Option<T>, Problem> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong(name, help)),
        }
    }

    /// Replaces a field.
    pub fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value));
    }
}

/// A mistake in one field.
pub fn wrong(name: &str, help: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(name, help)])
}
