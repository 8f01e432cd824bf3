//! A quote being drawn up: its lines and reasons so far, and where on each line's value the next
//! deduction starts.

use super::value::{Value, total};
use crate::economics::Taxes;
use crate::quote::{QuoteKind, QuoteLine};
use kernel::{Currency, Money, Reason};
use smallvec::SmallVec;

/// The stretch of a line's value that is given back; deductions take from its upper end.
pub(super) struct Stretch<'a> {
    pub line: u16,
    pub value: Value<'a>,
    /// Where it begins: what was given back before.
    pub bottom: i64,
    /// Where it ends now.
    pub top: i64,
    /// What fees and loss of value are measured by: paid value asked, without charges.
    pub base: i64,
    /// The tax inside the base.
    pub base_tax: i64,
    /// What the line has come to so far.
    pub sum: i64,
}

pub(super) struct Draft<'a> {
    pub currency: Currency,
    pub lines: SmallVec<[QuoteLine; 3]>,
    pub reasons: SmallVec<[Reason; 1]>,
    pub stretches: SmallVec<[Stretch<'a>; 2]>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(currency: Currency) -> Self {
        Self {
            currency,
            lines: SmallVec::new(),
            reasons: SmallVec::new(),
            stretches: SmallVec::new(),
        }
    }

    pub(super) fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// Adds a reason and gives its index.
    pub(super) fn say(&mut self, reason: Reason) -> u16 {
        self.reasons.push(reason);
        // A request is bounded far below 16 bits.
        u16::try_from(self.reasons.len() - 1).unwrap_or(u16::MAX)
    }

    pub(super) fn push(
        &mut self,
        kind: QuoteKind,
        line: Option<u16>,
        units: u32,
        minor: i64,
        taxes: Taxes,
        because: Option<u16>,
    ) {
        if kind != QuoteKind::Bonus
            && let Some(line) = line
            && let Some(s) = self.stretch_mut(line)
        {
            s.sum += minor;
        }
        self.lines.push(QuoteLine {
            kind,
            line,
            units,
            minor,
            tax_minor: total(&taxes),
            taxes,
            because,
        });
    }

    /// Takes `minor` off the upper end of a line's stretch: the tax inside goes with it.
    pub(super) fn take(&mut self, kind: QuoteKind, line: u16, minor: i64, because: Option<u16>) {
        let Some(s) = self.stretch_mut(line) else {
            return;
        };
        let to = (s.top - minor).max(s.bottom);
        let taxes = s.value.taxes(s.top, to);
        s.top = to;
        self.push(kind, Some(line), 0, -minor, taxes, because);
    }

    /// The stretch of a line; the one worked on is mostly the last.
    fn stretch_mut(&mut self, line: u16) -> Option<&mut Stretch<'a>> {
        self.stretches.iter_mut().rev().find(|s| s.line == line)
    }

    pub(super) fn stretch(&self, line: u16) -> Option<&Stretch<'a>> {
        self.stretches.iter().rev().find(|s| s.line == line)
    }

    /// What a line has come to so far.
    pub(super) fn of_line(&self, line: u16) -> i64 {
        self.stretch(line).map_or(0, |s| s.sum)
    }

    /// What everything has come to so far, without bonus.
    pub(super) fn total(&self) -> i64 {
        let counts = self.lines.iter().filter(|l| l.kind != QuoteKind::Bonus);
        counts.map(|l| l.minor).sum()
    }
}
