//! Units a case gives back to its order: which of them are spare, and in which order they go.

use crate::account::{OrderAccount, Run};
use crate::order::SalesOrder;
use crate::refusal::{Refusal, RefusalCode};
use kernel::CaseId;
use smallvec::SmallVec;

impl OrderAccount {
    /// Units a case may give up: no grant covers them, and what was given for a part of the
    /// value does not rest on them.
    pub fn spare_units(&self, order: &SalesOrder, case: CaseId, line: u16) -> u32 {
        let Some(claim) = self.claim_of(case, line) else {
            return 0;
        };
        let (mut low, mut high) = (claim.granted_units, claim.units());
        while low < high {
            let middle = low + (high - low) / 2;
            let worth = self.claimed_gross(order, case, line, middle) + claim.paid_more_minor;
            if worth >= claim.granted_minor {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        claim.units() - low
    }

    /// Gives up the last units a case holds, as far as they are spare.
    pub(crate) fn give_up(
        &mut self,
        order: &SalesOrder,
        case: CaseId,
        line: u16,
        run: Run,
    ) -> Result<(), Refusal> {
        let wrong = || Refusal::new(RefusalCode::WrongQuantity).on_line(line);
        let spare = self.spare_units(order, case, line);
        let account = self.lines.get_mut(usize::from(line)).ok_or_else(wrong)?;
        let claim = account
            .claims
            .iter_mut()
            .find(|c| c.case == case)
            .ok_or_else(wrong)?;
        let last = claim.runs.last_mut().ok_or_else(wrong)?;
        let is_tail = run.end() == last.end() && run.first >= last.first && run.count > 0;
        if !is_tail || run.count > spare {
            return Err(wrong().with_allowed(spare));
        }
        last.count -= run.count;
        if last.count == 0 {
            claim.runs.pop();
        }
        account.claims.retain(|c| !c.runs.is_empty());
        Ok(())
    }

    /// The tails that giving up the last `count` units of a case would release, last run first.
    pub fn tail_runs(&self, case: CaseId, line: u16, count: u32) -> SmallVec<[Run; 2]> {
        let (mut runs, mut left) = (SmallVec::new(), count);
        let held = self.claim_of(case, line).map_or(&[][..], |c| &c.runs);
        for run in held.iter().rev() {
            let part = run.count.min(left);
            if part > 0 {
                runs.push(Run {
                    first: run.end() - part,
                    count: part,
                });
                left -= part;
            }
        }
        runs
    }
}
