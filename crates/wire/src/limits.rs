//! Bounds on raw input: body size, line length, JSON depth; each checked in one linear pass
//! before anything is built from the bytes.

use crate::error::WireError;
use serde::de::DeserializeOwned;
use std::io::{BufRead, Read};

/// Deepest nesting of JSON that is read.
pub const MAX_DEPTH: usize = 64;
/// Largest webhook body, bytes.
pub const MAX_WEBHOOK: usize = 1 << 20;
/// Largest JSON document of orders read as a whole, bytes.
pub const MAX_DOCUMENT: usize = 64 << 20;
/// Longest line of a JSONL file, bytes.
pub const MAX_LINE: usize = 8 << 20;

/// Checks size and nesting of a JSON body; says nothing about whether it is JSON.
pub fn check_json(body: &[u8], limit: usize) -> Result<(), WireError> {
    if body.len() > limit {
        return Err(WireError::TooLarge { limit });
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(WireError::TooDeep { limit: MAX_DEPTH });
                }
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Reads `body` as JSON after [`check_json`].
pub fn parse_json<T: DeserializeOwned>(body: &[u8], limit: usize) -> Result<T, WireError> {
    check_json(body, limit)?;
    serde_json::from_slice(body).map_err(|e| WireError::Json(describe(&e)))
}

/// Reads all of `reader`, at most `limit` bytes.
pub fn read_body(reader: impl Read, limit: usize) -> Result<Vec<u8>, WireError> {
    let mut body = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut body)?;
    if body.len() > limit {
        Err(WireError::TooLarge { limit })
    } else {
        Ok(body)
    }
}

/// serde's message without values of the input: they may be personal data.
pub(crate) fn describe(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // "invalid type: string \"x\", expected …" -> keep what was expected, and where.
    match text.rsplit_once("expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => crate::error::excerpt(&text),
    }
}

/// One line of a file, or the fact that it was too long (and has been skipped).
pub(crate) enum Line {
    /// The line without its end, borrowed from the caller's buffer.
    Text,
    /// Longer than the bound.
    TooLong,
    /// No more lines.
    End,
}

/// Reads the next line into `buffer`; a line over `limit` is skipped without being kept.
pub(crate) fn next_line(
    reader: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    limit: usize,
) -> Result<Line, std::io::Error> {
    buffer.clear();
    let mut too_long = false;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(match (too_long, buffer.is_empty()) {
                (true, _) => Line::TooLong,
                (false, true) => Line::End,
                (false, false) => Line::Text,
            });
        }
        let end = chunk.iter().position(|b| *b == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        if buffer.len() + part.len() > limit {
            too_long = true;
            buffer.clear();
        } else if !too_long {
            buffer.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_strings_only() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(check_json(deep(MAX_DEPTH).as_bytes(), 1000).is_ok());
        assert!(matches!(
            check_json(deep(MAX_DEPTH + 1).as_bytes(), 1000),
            Err(WireError::TooDeep { .. })
        ));
        let text = format!(r#"{{"a":"\"{}"}}"#, "[".repeat(500));
        assert!(check_json(text.as_bytes(), 1000).is_ok());
        assert!(matches!(
            check_json(b"{}", 1),
            Err(WireError::TooLarge { limit: 1 })
        ));
    }

    #[test]
    fn long_lines_are_skipped_and_the_next_is_read() {
        let mut reader = std::io::BufReader::with_capacity(4, &b"aa\nbbbbbbbbbbbb\ncc"[..]);
        let mut buffer = Vec::new();
        assert!(matches!(
            next_line(&mut reader, &mut buffer, 5),
            Ok(Line::Text)
        ));
        assert_eq!(buffer, b"aa");
        assert!(matches!(
            next_line(&mut reader, &mut buffer, 5),
            Ok(Line::TooLong)
        ));
        assert!(matches!(
            next_line(&mut reader, &mut buffer, 5),
            Ok(Line::Text)
        ));
        assert_eq!(buffer, b"cc");
        assert!(matches!(
            next_line(&mut reader, &mut buffer, 5),
            Ok(Line::End)
        ));
    }
}
