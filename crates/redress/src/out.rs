//! What a command prints: text for people or, with `--json`, one JSON value for machines.

use serde::Serialize;
use std::process::ExitCode;

/// Where answers go.
#[derive(Debug, Clone, Copy)]
pub struct Out {
    json: bool,
}

impl Out {
    /// Text, or JSON.
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a machine reads.
    pub const fn is_json(self) -> bool {
        self.json
    }

    /// Prints an answer.
    pub fn answer(self, value: &impl Serialize, text: impl FnOnce() -> String) {
        if self.json {
            // Serialising our own plain reports does not fail; an empty line would say so.
            println!("{}", serde_json::to_string(value).unwrap_or_default());
        } else {
            println!("{}", text());
        }
    }

    /// Prints why there is no answer, causes included.
    pub fn failure(self, error: &anyhow::Error) -> ExitCode {
        if self.json {
            eprintln!("{}", serde_json::json!({ "error": format!("{error:#}") }));
        } else {
            eprintln!("redress: {error:#}");
        }
        ExitCode::FAILURE
    }
}
