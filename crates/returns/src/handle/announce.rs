//! Goods that came without a request: a person says what they are and why, and the rule judges
//! them as if they had been asked for. Also the second look at what was counted.

use super::{Work, request::check_lines};
use crate::decision::RequestedLine;
use crate::event::{Count, What};
use crate::refusal::{Refusal, RefusalCode};
use kernel::Actor;
use std::sync::Arc;

impl Work<'_> {
    pub(super) fn announce(&mut self, lines: &[RequestedLine]) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.case.expired {
            return Err(self.illegal());
        }
        if lines.is_empty() {
            return Err(Refusal::new(RefusalCode::WrongQuantity));
        }
        check_lines(self.order, self.ctx.policy, lines)?;
        for l in lines {
            let known = self.case.line(l.line);
            if known.is_some_and(|own| own.quantities.announced > 0) {
                return Err(self.illegal().on_line(l.line));
            }
            self.claim(l.line, l.units)?;
        }
        self.done(What::LinesAnnounced {
            lines: lines.to_vec(),
        });
        self.assess()
    }

    /// What lies here unexpected is what may come back, as far as it goes.
    pub(super) fn recognise(&mut self) {
        let here = self.case.lines.iter().map(|l| Count {
            line: l.line,
            units: l.quantities.unexpected.min(l.quantities.expected()),
        });
        let counts: Vec<Count> = here.filter(|c| c.units > 0).collect();
        if !counts.is_empty() {
            self.emit(Actor::Rule, What::Recognised { counts });
        }
    }

    /// Lowers a count: what was not expected first, then what was.
    pub(super) fn recount(
        &mut self,
        line: u16,
        units: u32,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        if note.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason).on_line(line));
        }
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
        let q = self.case.line(line).ok_or_else(unknown)?.quantities;
        let counted = q.received + q.unexpected;
        let too_many = counted.saturating_sub(units);
        let unexpected = too_many.min(q.unexpected);
        let received = too_many - unexpected;
        if too_many == 0 || received > q.ungraded() {
            let refusal = Refusal::new(RefusalCode::WrongQuantity).on_line(line);
            return Err(refusal.with_allowed(counted.saturating_sub(1)));
        }
        self.done(What::Recounted {
            line,
            received,
            unexpected,
            note: note.clone(),
        });
        self.grant_what_is_due()
    }
}
