//! What the rule grants alone: when the refund control is met and nothing about the goods
//! speaks against it, the quoted amount goes, unit by unit.

use super::Work;
use crate::case::CaseLine;
use crate::decide;
use crate::decision::{LineDecision, RequestedLine};
use crate::event::{GrantLine, What};
use crate::floor;
use crate::quote::QuoteKind;
use crate::refusal::Refusal;
use kernel::{Actor, cumulative_share, plus_days};
use policy::{Outcome, RefundControl};
use smallvec::SmallVec;

impl Work<'_> {
    /// Grants what has become due by the refund control of each line.
    pub(super) fn grant_what_is_due(&mut self) -> Result<(), Refusal> {
        let case = &self.case;
        let appealed = case.appeal.is_some_and(|a| a.upheld.is_none());
        if case.on_hold || case.disputed || case.expired || appealed {
            return Ok(());
        }
        if case.decision.is_none() {
            return Ok(());
        }
        self.promise();
        self.clear_exchanges()?;
        let Some(decision) = &self.case.decision else {
            return Ok(());
        };
        let case = &self.case;
        let mut grants: SmallVec<[GrantLine; 2]> = SmallVec::new();
        for d in &decision.lines {
            if let Some(grant) = case.line(d.line).and_then(|l| self.due(l, d)) {
                grants.push(grant);
            }
        }
        if grants.is_empty() {
            return Ok(());
        }
        let shipping = if self.completes(&grants) {
            self.shipping_due()
        } else {
            0
        };
        self.cap(&mut grants, shipping);
        self.grant(Actor::Rule, &grants, shipping, None)
    }

    /// Starts the period in which the policy promises the money, once its event has happened for
    /// a line. A day that is set stands, unless another line's comes before it.
    fn promise(&mut self) {
        let day = |d: &LineDecision| {
            let days = d.terms.refund_within_days;
            let happened = self.units_due(self.case.line(d.line)?, d.terms.refund_control) > 0;
            plus_days(self.ctx.today, days).filter(|_| days > 0 && happened)
        };
        let lines = self.case.decision.iter().flat_map(|d| &d.lines);
        let known = self.case.clocks.refund_promised;
        let first = lines.filter_map(day).min();
        if let Some(on) = first.filter(|on| known.is_none_or(|known| *on < known)) {
            self.emit(Actor::Rule, What::RefundPromised { on });
        }
    }

    /// The grant a line is due now, if any.
    fn due(&self, l: &CaseLine, d: &LineDecision) -> Option<GrantLine> {
        let outcome = *d.offered.first()?;
        // Which goods go out instead is the customer's to say, or a person's.
        let fell_back = |e: &crate::exchange::Exchange| {
            e.fell_back && !e.cleared && e.lines.iter().any(|c| c.line == l.line)
        };
        let given = |d: &crate::claim::Donation| d.line == l.line && d.proof.is_none();
        let waits = self.case.donations.iter().any(given);
        let swapped = self.case.exchanges.iter().any(fell_back);
        // A claim is a person's to settle.
        if outcome == Outcome::Exchange || swapped || waits || self.case.claim.is_some() {
            return None;
        }
        let units = self.units_due(l, d.terms.refund_control);
        if units == 0 || !self.looks_right(l, d) {
            return None;
        }
        let next = self
            .account
            .next_gross(self.order, self.case.id, l.line, units);
        let minor = if matches!(outcome, Outcome::Refund | Outcome::StoreCredit) {
            let quoted = self.quoted_share(l, d, units, next)?;
            quoted.clamp(
                0,
                self.account
                    .ceiling(self.order, self.case.id, l.line, units),
            )
        } else {
            next
        };
        Some(GrantLine {
            line: l.line,
            units,
            outcome,
            minor,
        })
    }

    /// Units for which the control is met and that no grant covers. Kept units wait for nothing.
    pub(super) fn units_due(&self, l: &CaseLine, control: RefundControl) -> u32 {
        let q = &l.quantities;
        let arrived = self.case.has_goods();
        let on_way = |f: fn(&crate::case::Parcel) -> bool| self.case.parcels.iter().any(f);
        let come_by = match control {
            RefundControl::Immediate | RefundControl::Approved => q.grantable(),
            RefundControl::FirstScan if arrived || on_way(|p| p.shipped_on.is_some()) => {
                q.grantable()
            }
            RefundControl::Delivered if arrived || on_way(|p| p.delivered_on.is_some()) => {
                q.grantable()
            }
            RefundControl::FirstScan | RefundControl::Delivered => 0,
            RefundControl::Received => q.received.saturating_sub(q.rejected) + q.kept,
            RefundControl::Inspected => q.accepted + q.kept,
        };
        // Units another return has taken meanwhile are for a person to see to.
        let claim = self.account.claim_of(self.case.id, l.line);
        let held = claim.map_or(0, |c| c.units().saturating_sub(c.granted_units));
        let units = match control {
            RefundControl::Received | RefundControl::Inspected => {
                come_by.saturating_sub(q.granted).min(q.grantable())
            }
            _ => come_by
                .max(q.kept.saturating_sub(q.granted))
                .min(q.grantable()),
        };
        units.min(held)
    }

    /// Nothing was seen that a person must judge: no rejected unit, no other article, no grade
    /// that lawfully costs the customer something.
    pub(super) fn looks_right(&self, l: &CaseLine, d: &LineDecision) -> bool {
        if l.lots.iter().any(|lot| !lot.accepted || lot.wrong_item) || l.quantities.unexpected > 0 {
            return false;
        }
        if !d.terms.may_deduct || l.lots.is_empty() {
            return true;
        }
        let asked = self.case.requested();
        let Some(asked) = asked.iter().find(|a| a.line == l.line) else {
            return false;
        };
        l.lots
            .iter()
            .all(|lot| self.deduction_bps(asked, lot.grade) == 0)
    }

    /// What the policy takes off for a grade, in basis points.
    pub(super) fn deduction_bps(&self, asked: &RequestedLine, grade: policy::Grade) -> i32 {
        let facts = self.facts(std::slice::from_ref(asked));
        let Some(sold) = self.order.line(asked.line) else {
            return 0;
        };
        let whole = floor::Whole::of(self.order);
        let answer = self
            .ctx
            .policy
            .evaluate(&decide::policy_facts(&facts, &whole, asked, sold, 0));
        answer.grade_deduction(grade).0
    }

    /// The quote's figure for the next `units`: goods at the price of these very units, fees in
    /// equal steps (R4), so that all grants of a line sum to its quote.
    fn quoted_share(
        &self,
        l: &CaseLine,
        d: &LineDecision,
        units: u32,
        next_gross: i64,
    ) -> Option<i64> {
        let quote = &self.case.decision.as_ref()?.quote;
        // What is not the worth of the units themselves: fees, label, loss of value, ceiling.
        let adjusts = |kind| {
            !matches!(
                kind,
                QuoteKind::Goods | QuoteKind::Charge | QuoteKind::Bonus
            )
        };
        let own = quote.lines.iter().filter(|q| q.line == Some(l.line));
        let adjustments: i64 = own.filter(|q| adjusts(q.kind)).map(|q| q.minor).sum();
        let (done, step, whole) = (
            i64::from(l.quantities.granted),
            i64::from(units),
            i64::from(d.units),
        );
        Some(next_gross + cumulative_share(adjustments, done, step, whole))
    }

    /// Whether these grants cover every unit of the case that can still be granted.
    fn completes(&self, grants: &[GrantLine]) -> bool {
        self.case.lines.iter().all(|l| {
            let now = grants
                .iter()
                .find(|g| g.line == l.line)
                .map_or(0, |g| g.units);
            let q = &l.quantities;
            q.grantable() <= now && q.missing == 0 && q.undecided() == 0 && q.declined == 0
        })
    }

    /// Delivery quoted and not yet granted.
    fn shipping_due(&self) -> i64 {
        let quoted = self
            .case
            .decision
            .as_ref()
            .map_or(0, |d| d.quote.shipping_minor());
        let left = quoted - self.case.shipping_granted_minor;
        left.clamp(0, self.account.shipping_ceiling(self.order))
    }

    /// Two lines may each fit the order's ceiling and not both: cut the later ones.
    fn cap(&self, grants: &mut [GrantLine], shipping: i64) {
        let mut left = (self.account.refundable_minor() - shipping).max(0);
        for g in grants.iter_mut() {
            if matches!(g.outcome, Outcome::Refund | Outcome::StoreCredit) {
                g.minor = g.minor.min(left);
                left -= g.minor;
            }
        }
    }
}
