//! Domain crates compute; surfaces never see SQL.

use crate::{
    direction,
    repository::{File, product_code},
};

/// Foreign crates that do I/O, need a runtime or speak a protocol.
pub const IMPURE_CRATES: &[&str] = &[
    "tokio",
    "sqlx",
    "sqlx-core",
    "rusqlite",
    "axum",
    "hyper",
    "reqwest",
    "rustls",
    "mio",
];

/// Words that mean I/O, a clock, randomness or waiting.
const IMPURE_WORDS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env::var",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom::",
    "rand::",
    "async fn",
    "async move",
    "tokio::",
    "sqlx::",
    "axum::",
    "reqwest::",
];

/// Words only the store may know.
const STORE_WORDS: &[&str] = &["sqlx", "rusqlite", "store::"];

/// Every line of a domain crate that does I/O, waits or asks for time or chance, and every line
/// of a surface that names the database.
pub fn findings(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|f| f.is_rust()) {
        let Some((room, path)) = file
            .path
            .strip_prefix("crates/")
            .and_then(|p| p.split_once('/'))
        else {
            continue;
        };
        let words = match room {
            _ if !path.starts_with("src/") => continue,
            _ if direction::domain().any(|name| name == room) => IMPURE_WORDS,
            _ if direction::is_surface(room) => STORE_WORDS,
            _ => continue,
        };
        for (number, line) in product_code(&file.text).lines().enumerate() {
            for word in words.iter().filter(|word| names(line, word)) {
                findings.push(format!(
                    "{}:{}: {room} must not name {word}",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    findings
}

/// Whether a line holds a word that does not begin in the middle of another.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::{File, findings};

    fn count(path: &str, text: &str) -> usize {
        findings(&[File {
            path: path.to_owned(),
            text: text.to_owned(),
        }])
        .len()
    }

    #[test]
    fn io_in_a_domain_crate_is_found() {
        assert_eq!(
            count("crates/law/src/a.rs", "use std::fs;\nasync fn b() {}\n"),
            2
        );
        assert_eq!(
            count("crates/law/src/a.rs", "let now = jiff::Timestamp::now();\n"),
            1
        );
        assert_eq!(count("crates/law/tests/a.rs", "use std::fs;\n"), 0);
        assert_eq!(count("crates/store/src/a.rs", "use std::fs;\n"), 0);
        assert_eq!(
            count("crates/law/src/a.rs", "// std::fs\nlet operand::x;\n"),
            0
        );
    }

    #[test]
    fn sql_in_a_surface_is_found() {
        assert_eq!(count("crates/desk/src/a.rs", "use store::Store;\n"), 1);
        assert_eq!(
            count("crates/desk/src/a.rs", "use app::restore::Plan;\n"),
            0
        );
    }
}
