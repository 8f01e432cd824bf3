//! The answers given so far, written into the address so that reload, back and a second tab all
//! work and nothing is kept on the server. Free text is not among them: it must not show up in
//! addresses (see `words`).

use data_encoding::BASE64URL_NOPAD;
use policy::{Condition, ConditionSet, EvidenceGiven, Outcome, ReturnReason};
use returns::RequestedLine;
use std::{fmt::Write as _, sync::Arc};

/// The most items of one return in the portal; more than that goes through support.
pub const ITEMS_MAX: usize = 50;
/// The longest article number in an address, bytes.
const SKU_MAX: usize = 128;

/// What goes out instead of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The article.
    pub sku: String,
    /// What is wanted if it runs out.
    pub fallback: Outcome,
    /// To be sent before the other one is back.
    pub advance: bool,
}

/// The letter each state the goods are not in is written as.
const LACKS: &[(Condition, char)] = &[
    (Condition::Unused, 'u'),
    (Condition::Packaging, 'p'),
    (Condition::Tags, 't'),
    (Condition::Complete, 'c'),
];

/// One item that is to come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
    /// Why, once answered.
    pub reason: Option<ReturnReason>,
    /// The same in the client's own words, by path.
    pub own: Option<Arc<str>>,
    /// Opened or used, as said.
    pub opened: bool,
    /// What the item is not, as said, of the states the policy asks for.
    pub lacks: ConditionSet,
    /// A note was written.
    pub note: bool,
    /// A serial number was given.
    pub serial: bool,
    /// What is wanted, once answered.
    pub wanted: Option<Outcome>,
    /// What goes out instead, for an exchange that was picked from the catalogue.
    pub pick: Option<Pick>,
}

impl Item {
    /// An item nothing is known about yet.
    pub const fn new(line: u16, units: u32) -> Self {
        Self {
            line,
            units,
            reason: None,
            own: None,
            opened: false,
            lacks: ConditionSet::EMPTY,
            note: false,
            serial: false,
            wanted: None,
            pick: None,
        }
    }

    /// The line as it would be asked for with this reason and outcome.
    pub fn asked(&self, reason: ReturnReason, wanted: Outcome) -> RequestedLine {
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
            own: self.own.clone().filter(|_| self.reason == Some(reason)),
            lacks: self.lacks,
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
    /// `1.2.size_small*fit*small.on-u.refund~3.1~send-print`: letters an address carries unchanged.
    /// The client's own reason follows its code; `*` stands for the slash of its path.
    pub fn encode(&self) -> String {
        let mut out = String::new();
        for item in &self.items {
            if !out.is_empty() {
                out.push('~');
            }
            // Writing to a String cannot fail.
            let _ = write!(out, "{}.{}", item.line, item.units);
            let Some(reason) = item.reason else { continue };
            let _ = write!(out, ".{reason}");
            if let Some(own) = &item.own {
                let _ = write!(out, "*{}", own.replace('/', "*"));
            }
            out.push('.');
            for (set, letter) in [(item.opened, 'o'), (item.note, 'n'), (item.serial, 's')] {
                out.push(if set { letter } else { '-' });
            }
            let lacks = LACKS.iter().filter(|(c, _)| item.lacks.has(*c));
            out.extend(lacks.map(|(_, letter)| letter));
            let Some(wanted) = item.wanted else { continue };
            let _ = write!(out, ".{wanted}");
            if let Some(pick) = &item.pick {
                let sku = BASE64URL_NOPAD.encode(pick.sku.as_bytes());
                let when = if pick.advance { "first" } else { "then" };
                let _ = write!(out, ".{sku}.{}.{when}", pick.fallback);
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
                let (code, own) = reason.split_once('*').unwrap_or((reason, ""));
                item.reason = Some(ReturnReason::parse(code)?);
                item.own = (!own.is_empty()).then(|| own.replace('*', "/").into());
                let flags = fields.next()?;
                item.opened = flags.contains('o');
                item.note = flags.contains('n');
                item.serial = flags.contains('s');
                let lacks = LACKS.iter().filter(|(_, letter)| flags.contains(*letter));
                item.lacks = lacks.fold(ConditionSet::EMPTY, |set, (c, _)| set.with(*c));
            }
            if let Some(wanted) = fields.next() {
                item.wanted = Some(Outcome::parse(wanted)?);
            }
            if let Some(sku) = fields.next() {
                let sku = BASE64URL_NOPAD.decode(sku.as_bytes()).ok()?;
                item.pick = Some(Pick {
                    sku: String::from_utf8(sku).ok().filter(|s| s.len() <= SKU_MAX)?,
                    fallback: Outcome::parse(fields.next()?)?,
                    advance: match fields.next()? {
                        "first" => true,
                        "then" => false,
                        _ => return None,
                    },
                });
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
        let own = prop::option::of("[a-z_-]{1,9}(/[a-z0-9]{1,9}){0,2}");
        let lacks = prop::sample::subsequence(&Condition::ALL[1..], 0..=4);
        let said = (reason, own, lacks);
        let pick = ("[ -~]{1,20}", any::<bool>()).prop_map(|(sku, advance)| Pick {
            sku,
            fallback: Outcome::StoreCredit,
            advance,
        });
        let pick = prop::option::of(pick);
        (1..9_999_u32, said, any::<[bool; 3]>(), wanted, pick).prop_map(
            move |(units, (reason, own, lacks), [opened, note, serial], wanted, pick)| match reason
            {
                None => Item::new(line, units),
                reason => Item {
                    line,
                    units,
                    reason,
                    own: own.map(Arc::from),
                    opened,
                    lacks: ConditionSet::of(&lacks),
                    note,
                    serial,
                    pick: pick.filter(|_| wanted.is_some()),
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
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-~*".contains(&b)));
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
