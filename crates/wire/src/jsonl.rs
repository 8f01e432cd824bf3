//! JSONL in our own schema: one [`OrderDraft`] or [`ReturnDraft`] per line, amounts as integer
//! minor units, times as RFC 3339, unknown keys refused. The smallest order:
//!
//! ```json
//! {"number":"1001","placed_at":"2026-01-10T09:00:00Z","channel":"web","buyer":"consumer",
//!  "delivery":{"country":"DE"},"currency":"EUR","prices_include_tax":true,
//!  "lines":[{"id":"1","sku":"A","quantity":2,"unit_list":4000,"taxes":[{"rate":1900}]}]}
//! ```
//!
//! (on one line). Blank lines are skipped.

use crate::{
    error::{Fault, RowError},
    limits::{Line, MAX_LINE, next_line, parse_json},
    order::{Flaw, OrderDraft, ReturnDraft},
};
use serde::de::DeserializeOwned;
use std::{io::BufRead, marker::PhantomData};

/// A draft that a line of JSONL can hold.
pub trait Draft: DeserializeOwned {
    /// Takes the line number and checks the bounds.
    fn accept(&mut self, line: u64) -> Result<(), Flaw>;
}

impl Draft for OrderDraft {
    fn accept(&mut self, _: u64) -> Result<(), Flaw> {
        self.check()
    }
}

impl Draft for ReturnDraft {
    fn accept(&mut self, line: u64) -> Result<(), Flaw> {
        self.line = line;
        self.check()
    }
}

/// Iterator over the drafts of a JSONL file.
pub struct Jsonl<R, T> {
    reader: R,
    buffer: Vec<u8>,
    line: u64,
    done: bool,
    of: PhantomData<T>,
}

/// Reads orders, one JSON object per line.
pub fn orders_from_jsonl<R: BufRead>(reader: R) -> Jsonl<R, OrderDraft> {
    Jsonl {
        reader,
        buffer: Vec::new(),
        line: 0,
        done: false,
        of: PhantomData,
    }
}

/// Reads articles of a catalogue, one JSON object per line.
pub fn articles_from_jsonl<R: BufRead>(reader: R) -> Jsonl<R, crate::ArticleDraft> {
    Jsonl {
        reader,
        buffer: Vec::new(),
        line: 0,
        done: false,
        of: PhantomData,
    }
}

/// Reads returns, one JSON object per line.
pub fn returns_from_jsonl<R: BufRead>(reader: R) -> Jsonl<R, ReturnDraft> {
    Jsonl {
        reader,
        buffer: Vec::new(),
        line: 0,
        done: false,
        of: PhantomData,
    }
}

impl<R: BufRead, T: Draft> Iterator for Jsonl<R, T> {
    type Item = Result<T, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            let unreadable = |what: &str, help: &str| {
                Some(Err(RowError::new(
                    self.line,
                    Fault::Unreadable,
                    "",
                    what,
                    help,
                )))
            };
            match next_line(&mut self.reader, &mut self.buffer, MAX_LINE) {
                Ok(Line::Text) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Line::Text) => {
                    return match parse_json::<T>(&self.buffer, MAX_LINE) {
                        Ok(mut draft) => Some(match draft.accept(self.line) {
                            Ok(()) => Ok(draft),
                            Err(flaw) => Err(flaw.at(self.line)),
                        }),
                        Err(e) => unreadable(&e.to_string(), "one JSON object of our schema"),
                    };
                }
                Ok(Line::TooLong) => return unreadable("", "a line has at most 8 MiB"),
                Ok(Line::End) => self.done = true,
                Err(e) => {
                    self.done = true;
                    return unreadable(&e.to_string(), "the file must be readable to its end");
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"number":"1001","placed_at":"2026-01-10T09:00:00Z","channel":"web","buyer":"consumer","delivery":{"country":"DE"},"currency":"EUR","prices_include_tax":true,"lines":[{"id":"1","sku":"A","quantity":2,"unit_list":4000,"taxes":[{"rate":1900}]}]}"#;

    #[test]
    fn a_bad_line_does_not_stop_the_next() {
        let discount = GOOD.replace("\"quantity\":2", "\"quantity\":2,\"line_discount\":8001");
        let text = format!("{GOOD}\n\n{{\"number\":1}}\n{discount}\n{GOOD}");
        let items: Vec<_> = orders_from_jsonl(text.as_bytes()).collect();
        assert_eq!(items.len(), 4);
        assert!(items[0].is_ok() && items[3].is_ok());
        let unreadable = items[1].as_ref().unwrap_err();
        assert_eq!((unreadable.line, unreadable.fault), (3, Fault::Unreadable));
        let contradiction = items[2].as_ref().unwrap_err();
        assert_eq!(contradiction.fault, Fault::Inconsistent);
        assert_eq!(
            (contradiction.line, contradiction.field.as_str()),
            (4, "line.line_discount")
        );
    }
}
