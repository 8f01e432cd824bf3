//! Differences customers paid for dearer goods: each payment can take its own money back, and
//! does so before the payments of the order do, for these never brought it (R14).

use crate::account::OrderAccount;
use crate::event::GrantLine;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{CaseId, ObligationId};
use policy::Outcome;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// A difference or a charged security that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// The obligation it was paid by.
    pub by: ObligationId,
    /// Of which case.
    pub case: CaseId,
    /// The order line it belongs to.
    pub line: u16,
    /// What was paid, minor units.
    pub minor: i64,
    /// What goes or went back to it, minor units.
    #[serde(default)]
    pub back_minor: i64,
}

/// What goes back to such payments: the obligation each was paid by, minor units.
pub type BackTo = SmallVec<[(ObligationId, i64); 1]>;

impl OrderAccount {
    /// How much of `minor`, granted for these lines, goes back to differences that were paid for
    /// them in this case: the oldest first, never more to one than is left of it.
    pub fn back_to(
        &self,
        case: CaseId,
        lines: impl Iterator<Item = (u16, i64)>,
        minor: i64,
    ) -> BackTo {
        let (mut out, mut rest) = (BackTo::new(), minor.max(0));
        if self.collected.is_empty() {
            return out;
        }
        for (line, granted) in lines {
            let mut due = granted.min(rest);
            let own = |c: &&Collected| c.case == case && c.line == line;
            for paid in self.collected.iter().filter(own) {
                let taken = out.iter().filter(|o| o.0 == paid.by).map(|o| o.1);
                let left = paid.minor - paid.back_minor - taken.sum::<i64>();
                let part = left.clamp(0, due);
                if part > 0 {
                    out.push((paid.by, part));
                    due -= part;
                    rest -= part;
                }
            }
        }
        out
    }

    /// Money came in for a line of a case.
    pub(crate) fn collect(
        &mut self,
        case: CaseId,
        line: u16,
        minor: i64,
        by: Option<ObligationId>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
        let claim = self.claim_mut(case, line).ok_or_else(unknown)?;
        claim.paid_more_minor += minor;
        self.captured_minor += minor;
        let Some(by) = by else {
            return Ok(());
        };
        match self.collected.iter_mut().find(|c| c.by == by) {
            Some(known) => known.minor += minor,
            None => self.collected.push(Collected {
                by,
                case,
                line,
                minor,
                back_minor: 0,
            }),
        }
        Ok(())
    }

    /// It went away again: the payment came back to the customer by itself.
    pub(crate) fn uncollect(&mut self, by: ObligationId, minor: i64) -> Result<(), Refusal> {
        let limit = self.refundable_minor();
        let paid = self.collected.iter_mut().find(|c| c.by == by);
        let paid = paid.ok_or(Refusal::new(RefusalCode::UnknownObligation))?;
        if minor < 0 || minor > limit || minor > paid.minor - paid.back_minor {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        paid.minor -= minor;
        let (case, line) = (paid.case, paid.line);
        if let Some(claim) = self.claim_mut(case, line) {
            claim.paid_more_minor -= minor;
        }
        self.captured_minor -= minor;
        Ok(())
    }

    /// Whether all of a payment is still there: nothing of it went back or is about to.
    pub fn is_untouched(&self, by: ObligationId, minor: i64) -> bool {
        let mut paid = self.collected.iter().filter(|c| c.by == by);
        let whole = paid.any(|c| c.back_minor == 0 && c.minor >= minor);
        whole && self.refundable_minor() >= minor
    }

    /// Money goes back to a payment (positive), or does not after all (negative).
    pub(crate) fn give_back(&mut self, by: ObligationId, minor: i64) -> Result<(), Refusal> {
        let paid = self.collected.iter_mut().find(|c| c.by == by);
        let paid = paid.ok_or(Refusal::new(RefusalCode::UnknownObligation))?;
        let back = paid.back_minor.saturating_add(minor);
        if !(0..=paid.minor).contains(&back) {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        paid.back_minor = back;
        Ok(())
    }
}

/// The money of a grant by line, as [`OrderAccount::back_to`] asks for it.
pub(crate) fn money_of(lines: &[GrantLine]) -> impl Iterator<Item = (u16, i64)> {
    let money = lines.iter().filter(|g| g.outcome == Outcome::Refund);
    money.map(|g| (g.line, g.minor))
}
