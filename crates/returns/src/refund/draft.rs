//! A quote being drawn up: its lines and reasons so far, and where on each line's value the next
//! deduction starts.

use super::value::Value;
use crate::economics::{Taxes, total};
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
    pub lines: Vec<QuoteLine>,
    pub reasons: Vec<Reason>,
    stretches: SmallVec<[Stretch<'a>; 2]>,
    /// Each stretch is of a later line than the one before.
    ascending: bool,
}

impl<'a> Draft<'a> {
    /// An empty draft with room for what so many lines usually come to.
    pub(super) fn new(currency: Currency, lines: usize) -> Self {
        Self {
            currency,
            lines: Vec::with_capacity(2 * lines + 1),
            reasons: Vec::with_capacity(2 * lines + 2),
            stretches: SmallVec::new(),
            ascending: true,
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

    fn stretch_mut(&mut self, line: u16) -> Option<&mut Stretch<'a>> {
        let at = self.position(line)?;
        self.stretches.get_mut(at)
    }

    pub(super) fn stretch(&self, line: u16) -> Option<&Stretch<'a>> {
        self.stretches.get(self.position(line)?)
    }

    /// Begins the stretch of a line.
    pub(super) fn begin(&mut self, stretch: Stretch<'a>) {
        let follows = |last: &Stretch<'_>| last.line < stretch.line;
        self.ascending &= self.stretches.last().is_none_or(follows);
        self.stretches.push(stretch);
    }

    /// Where the stretch of a line is, the last one of it; mostly the one worked on.
    fn position(&self, line: u16) -> Option<usize> {
        let last = self.stretches.len().checked_sub(1)?;
        if self.stretches[last].line == line {
            return Some(last);
        }
        if self.ascending {
            return self.stretches.binary_search_by_key(&line, |s| s.line).ok();
        }
        self.stretches.iter().rposition(|s| s.line == line)
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
