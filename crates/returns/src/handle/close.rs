//! The end of a case: asked for by a person, or on its own with the fact that finishes it. What is
//! heard after the end (goods, an objection, a payment that came back) brings the case back.

use super::Work;
use crate::account::Claim;
use crate::case::{CaseLine, Quantities, Status};
use crate::clock::ClockState;
use crate::event::What;
use crate::refusal::{Refusal, RefusalCode};
use kernel::Actor;
use smallvec::SmallVec;

/// Whether an event can be the last one a case waited for. What a person does to a finished case
/// is not among them: whoever overturns an appeal or gives up a payment means to go on.
const fn may_finish(what: &What) -> bool {
    matches!(
        what,
        What::PaymentSettled { .. }
            | What::Disposed { .. }
            | What::LineDeclined { .. }
            | What::Recounted { .. }
            | What::Acknowledged { .. }
            | What::AppealUpheld { .. }
            | What::DisputeClosed { .. }
            | What::HoldReleased { .. }
    )
}

impl Work<'_> {
    /// Closes the case when its money is settled, its clocks are met and its units are put away.
    pub(super) fn close_if_finished(&mut self) -> Result<(), Refusal> {
        let case = &self.case;
        let owes = |c: &crate::clock::StatutoryClock| {
            c.kind.is_owed() && matches!(c.state, ClockState::Open)
        };
        let finished = self.events.iter().any(|e| may_finish(&e.what))
            && case.status() == Status::Settled
            && case.strays.is_empty()
            && !self.has_work()
            && !case.taken_back
            && !case.statutory.iter().any(owes);
        if !finished {
            return Ok(());
        }
        self.emit(Actor::Rule, What::Closed);
        self.release_all()
    }

    /// Closes a case because a person says so.
    pub(super) fn close(&mut self) -> Result<(), Refusal> {
        if self.case.closed {
            return Ok(());
        }
        if self.has_work() {
            let status = self.case.status();
            return Err(Refusal::new(RefusalCode::StillOpen).with_status(status));
        }
        self.no_money_clock_runs()?;
        self.done(What::Closed);
        self.release_all()
    }

    /// Whether money is on its way, goods are on the bench or a question is not answered.
    fn has_work(&self) -> bool {
        let case = &self.case;
        let ended = case.cancelled || case.expired;
        // Opened for goods that never came: that is cancelled, not closed.
        let blank = |l: &CaseLine| l.quantities == Quantities::default();
        let empty = case.strays.is_empty() && case.lines.iter().all(blank) && !ended;
        empty
            || case.disputed
            || case.on_hold
            || case.appeal.is_some_and(|a| a.upheld.is_none())
            || case.obligations.iter().any(|o| o.state.is_open())
            || case.lines.iter().any(|l| {
                let q = &l.quantities;
                let to_do = q.undecided() + q.expected() + q.grantable();
                let here = q.ungraded() + q.unexpected;
                here > 0 || (to_do > 0 && !ended) || l.lots.iter().any(|lot| lot.undisposed() > 0)
            })
    }

    /// Brings a closed case back for something that was heard later. It takes its units again as
    /// far as no other case has them: a fact is never refused for that.
    pub(super) fn reopen_for(&mut self, why: &str) -> Result<(), Refusal> {
        if !self.case.closed {
            return Ok(());
        }
        for (line, units) in self.units_given_up() {
            let free = self.account.free_units(self.order, line);
            if free > 0 {
                self.claim(line, units.min(free))?;
            }
        }
        self.emit(Actor::Rule, What::Reopened { note: why.into() });
        Ok(())
    }

    /// Units of each line that are the case's business and that it does not hold any more.
    pub(super) fn units_given_up(&self) -> SmallVec<[(u16, u32); 2]> {
        let given_up = self.case.lines.iter().map(|l| {
            let q = &l.quantities;
            let wanted = q.announced.saturating_sub(q.declined);
            let claim = self.account.claim_of(self.case.id, l.line);
            (l.line, wanted.saturating_sub(claim.map_or(0, Claim::units)))
        });
        given_up.filter(|(_, units)| *units > 0).collect()
    }
}
