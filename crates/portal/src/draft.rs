//! The answers given so far, written into the address so that reload, back and a second tab all
//! work and nothing is kept on the server. Free text is not among them: it must not show up in
//! addresses (see `words`).

use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::RequestedLine;
use std::fmt::Write as _;

/// The most items of one return in the portal; more than that goes through support.
pub const ITEMS_MAX: usize = 50;

/// One item that is to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
    /// Why, once answered.
    pub reason: Option<ReturnReason>,
    /// Opened or used, as said.
    pub opened: bool,
    /// A note was written.
    pub note: bool,
    /// A serial number was given.
    pub serial: bool,
    /// What is wanted, once answered.
    pub wanted: Option<Outcome>,
}

impl Item {
    /// An item nothing is known about yet.
    pub const fn new(line: u16, units: u32) -> Self {
        Self {
            line,
            units,
            reason: None,
            opened: false,
            note: false,
            serial: false,
            wanted: None,
        }
    }

    /// The line as it would be asked for with this reason and outcome.
    pub const fn asked(&self, reason: ReturnReason, wanted: Outcome) -> RequestedLine {
        RequestedLine {
            line: self.line,
            units: self.units,
            reason,
            wanted,
            evidence: EvidenceGiven {
                photos: 0,
                note: self.note,
                serial: self.serial,
            },
            opened: self.opened,
            noticed_on: None,
        }
    }
}

/// How the parcel will be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// Printed at home.
    Print,
    /// Shown on the phone.
    Show,
}

impl Send {
    /// The written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Show => "show",
        }
    }

    /// The way written as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Print, Self::Show]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// The answers so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The items, in the order of the lines; each line once.
    pub items: Vec<Item>,
    /// How the parcel will be handed in.
    pub send: Option<Send>,
}

impl Draft {
    /// `1.2.size_small.on-.refund~3.1~send-print`: letters an address carries unchanged.
    pub fn encode(&self) -> String {
        let mut out = String::new();
        for item in &self.items {
            if !out.is_empty() {
                out.push('~');
            }
            // Writing to a String cannot fail.
            let _ = write!(out, "{}.{}", item.line, item.units);
            let Some(reason) = item.reason else { continue };
            let _ = write!(out, ".{reason}.");
            for (set, letter) in [(item.opened, 'o'), (item.note, 'n'), (item.serial, 's')] {
                out.push(if set { letter } else { '-' });
            }
            if let Some(wanted) = item.wanted {
                let _ = write!(out, ".{wanted}");
            }
        }
        if let Some(send) = self.send {
            let _ = write!(out, "~send-{}", send.as_str());
        }
        out
    }

    /// The answers written as `text`; `None` if anything in it is not understood.
    pub fn decode(text: &str) -> Option<Self> {
        let mut draft = Self::default();
        for part in text.split('~').filter(|p| !p.is_empty()) {
            if let Some(send) = part.strip_prefix("send-") {
                draft.send = Some(Send::parse(send)?);
                continue;
            }
            let mut fields = part.split('.');
            let line = fields.next()?.parse().ok()?;
            let mut item = Item::new(line, fields.next()?.parse().ok().filter(|n| *n > 0)?);
            if let Some(reason) = fields.next() {
                item.reason = Some(ReturnReason::parse(reason)?);
                let flags = fields.next()?;
                item.opened = flags.contains('o');
                item.note = flags.contains('n');
                item.serial = flags.contains('s');
            }
            if let Some(wanted) = fields.next() {
                item.wanted = Some(Outcome::parse(wanted)?);
            }
            let known = draft.items.iter().any(|i| i.line == line);
            if known || fields.next().is_some() || draft.items.len() == ITEMS_MAX {
                return None;
            }
            draft.items.push(item);
        }
        Some(draft)
    }

    /// What is asked for, once every item has a reason and a wish.
    pub fn requested(&self) -> Option<Vec<RequestedLine>> {
        if self.items.is_empty() {
            return None;
        }
        self.items
            .iter()
            .map(|i| Some(i.asked(i.reason?, i.wanted?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_item(line: u16) -> impl Strategy<Value = Item> {
        let reason = prop::option::of(prop::sample::select(ReturnReason::ALL));
        let wanted = prop::option::of(prop::sample::select(Outcome::ALL));
        (1..9_999_u32, reason, any::<[bool; 3]>(), wanted).prop_map(
            move |(units, reason, [opened, note, serial], wanted)| match reason {
                None => Item::new(line, units),
                reason => Item {
                    line,
                    units,
                    reason,
                    opened,
                    note,
                    serial,
                    wanted,
                },
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            mut items in prop::collection::vec(any_item(0), 0..6),
            send in prop::option::of(prop::sample::select(&[Send::Print, Send::Show][..])),
        ) {
            for (item, line) in items.iter_mut().zip(0_u16..) {
                item.line = line;
            }
            let draft = Draft { items, send };
            let text = draft.encode();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-~".contains(&b)));
            prop_assert_eq!(Draft::decode(&text), Some(draft));
        }

        #[test]
        fn nonsense_never_panics(text in ".{0,80}") {
            let _ = Draft::decode(&text);
        }
    }

    #[test]
    fn refused_drafts() {
        for text in [
            "1",
            "1.0",
            "1.2~1.1",
            "x.1",
            "1.1.nope.---",
            "1.1.style.---.gold",
            "send-fly",
        ] {
            assert_eq!(Draft::decode(text), None, "{text}");
        }
        let many: Vec<String> = (0..=ITEMS_MAX).map(|i| format!("{i}.1")).collect();
        assert_eq!(Draft::decode(&many.join("~")), None);
    }
}
