//! What the shopper wrote about each item, kept in cookies of this browser until the return is
//! asked for: free text belongs in no address and no log, and survives reload and restart here.

use crate::{pass, visit::Visit};
use app::App;
use axum::http::HeaderValue;
use redress_http::L10n;

/// The longest note to one item, characters.
pub const NOTE_MAX: usize = 500;
/// The longest serial number, characters.
pub const SERIAL_MAX: usize = 64;
/// The longest wish for an exchange, characters.
pub const VARIANT_MAX: usize = 120;

/// What was written about one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// In their own words.
    pub note: String,
    /// Serial number.
    pub serial: String,
    /// Size or colour wanted instead.
    pub variant: String,
}

impl Words {
    /// The words about the item on `line`, empty if nothing was written.
    pub fn of(visit: &Visit, line: u16) -> Self {
        let text = visit.cookie(&name(line)).unwrap_or_default();
        let bytes = data_encoding::BASE64URL_NOPAD
            .decode(text.as_bytes())
            .unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut parts = text.split('\0');
        let mut next = |max| bounded(parts.next().unwrap_or_default(), max);
        Self {
            note: next(NOTE_MAX),
            serial: next(SERIAL_MAX),
            variant: next(VARIANT_MAX),
        }
    }

    /// The cookie that keeps them; it forgets them when there are none.
    pub fn keep(&self, app: &App, visit: &Visit, line: u16) -> Option<HeaderValue> {
        let text = [&self.note, &self.serial, &self.variant].map(|s| s.replace('\0', " "));
        let empty = text.iter().all(String::is_empty);
        let value = data_encoding::BASE64URL_NOPAD.encode(text.join("\0").as_bytes());
        let (value, seconds) = if empty {
            ("", 0)
        } else {
            (value.as_str(), pass::PASS_SECONDS)
        };
        pass::set(app, visit, &name(line), value, seconds)
    }

    /// The words as they are kept with the case: which item (from 1), then what was written.
    pub fn sentence(&self, l: L10n, line: u16) -> String {
        let mut parts = vec![self.note.clone()];
        if !self.variant.is_empty() {
            let variant = self.variant.as_str();
            parts.push(l.t_args("portal-words-variant", &[("variant", variant.into())]));
        }
        if !self.serial.is_empty() {
            let serial = self.serial.as_str();
            parts.push(l.t_args("portal-words-serial", &[("serial", serial.into())]));
        }
        parts.retain(|part| !part.is_empty());
        let words = parts.join(" ");
        l.t_args(
            "portal-words",
            &[
                ("line", (line + 1).to_string().into()),
                ("words", words.into()),
            ],
        )
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.note.is_empty() && self.serial.is_empty() && self.variant.is_empty()
    }
}

/// The cookie that forgets what was written about a line.
pub fn forget(app: &App, visit: &Visit, line: u16) -> Option<HeaderValue> {
    pass::set(app, visit, &name(line), "", 0)
}

/// At most `max` characters.
pub fn bounded(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

fn name(line: u16) -> String {
    format!("words-{line}")
}
