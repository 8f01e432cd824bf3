//! Texts of people inside events. What stands in the event, and what the ledger commits to, is the
//! sealed form: replay, audit and proofs never need the words, and they are gone with the key.

use crate::key::{Key, NONCE, Place, Unreadable};
use data_encoding::BASE64URL_NOPAD;
use kernel::SEALED_PREFIX;
use std::borrow::Cow;

/// Whether a text is in its sealed form.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with(SEALED_PREFIX)
}

/// The sealed form of `plain`.
pub fn seal(key: &Key, place: &Place<'_>, nonce: [u8; NONCE], plain: &str) -> String {
    let sealed = key.seal(place, nonce, plain.as_bytes());
    format!("{SEALED_PREFIX}{}", BASE64URL_NOPAD.encode(&sealed))
}

/// The words of a sealed text; a text that is not sealed is itself.
///
/// # Errors
/// [`Unreadable`] if it does not open.
pub fn open<'t>(
    key: Option<&Key>,
    place: &Place<'_>,
    text: &'t str,
) -> Result<Cow<'t, str>, Unreadable> {
    let Some(body) = text.strip_prefix(SEALED_PREFIX) else {
        return Ok(Cow::Borrowed(text));
    };
    let sealed = BASE64URL_NOPAD
        .decode(body.as_bytes())
        .map_err(|_| Unreadable)?;
    let plain = key.ok_or(Unreadable)?.open(place, &sealed)?;
    String::from_utf8(plain)
        .map(Cow::Owned)
        .map_err(|_| Unreadable)
}

/// JSON with every sealed text in it opened by `opened`, which answers the words to show. JSON
/// without sealed texts is itself.
pub fn open_in(json: &str, mut opened: impl FnMut(&str) -> String) -> Cow<'_, str> {
    let mark = format!("\"{SEALED_PREFIX}");
    if !json.contains(&mark) {
        return Cow::Borrowed(json);
    }
    let mut all = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(&mark) {
        let (before, from) = rest.split_at(at + 1);
        all.push_str(before);
        // The alphabet of the sealed form needs no escapes: its end is the next quote.
        let end = from.find('"').unwrap_or(from.len());
        let (sealed, after) = from.split_at(end);
        escape(&mut all, &opened(sealed));
        rest = after;
    }
    all.push_str(rest);
    Cow::Owned(all)
}

/// Writes a text as the inside of a JSON string.
fn escape(to: &mut String, text: &str) {
    use std::fmt::Write as _;
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                // Writing to a String cannot fail.
                let _ = write!(to, "\\u{:04x}", u32::from(c));
            }
            c => to.push(c),
        }
    }
}
