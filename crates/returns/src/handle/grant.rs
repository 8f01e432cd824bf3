//! Deciding money: a person's grant checked against law, quote, ceiling and authority, and the
//! obligations every grant creates. Grant <= quote unless a person may go against it (R16).

use super::Work;
use crate::case::ObligationKind;
use crate::decision::LineDecision;
use crate::effect::{Effect, Notice};
use crate::event::{GrantLine, What};
use crate::refund::{Booked, Figures, book, claw_back_due, units_gone};
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, Money, ObligationId, cumulative_share};
use policy::Outcome;
use std::sync::Arc;

/// How a grant goes against the quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Against {
    /// More than was quoted: needs the right to override and a reason.
    Above,
    /// Less than was quoted under a statutory right: needs a reason.
    Below,
}

/// A grant whose figures hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked {
    /// All of it, minor units.
    pub(super) total: i64,
    /// More than was quoted.
    pub(super) departs: bool,
    /// Less than was quoted, where the law allows it.
    pub(super) lowers: bool,
}

impl Checked {
    /// The words for going against the quote, where it goes against it and they were given.
    pub(super) fn words(self, reason: Option<&Arc<str>>) -> Option<Arc<str>> {
        let said = reason.filter(|r| !r.trim().is_empty());
        said.filter(|_| self.departs || self.lowers).cloned()
    }
}

impl Work<'_> {
    pub(super) fn decide(
        &mut self,
        lines: &[GrantLine],
        shipping_minor: i64,
        reason: Option<&Arc<str>>,
    ) -> Result<(), Refusal> {
        self.not_own_matter()?;
        let checked = self.check_grant(lines, shipping_minor)?;
        self.check_authority(checked.total)?;
        if checked.departs && !self.ctx.authority.may_override {
            let limit = self.case.decision.as_ref().map(|d| d.quote.total);
            let limit = limit.unwrap_or(Money::zero(self.order.currency));
            return Err(Refusal::new(RefusalCode::OverCeiling).with_limit(limit));
        }
        if (checked.departs || checked.lowers) && checked.words(reason).is_none() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let words = checked.words(reason);
        self.grant(self.ctx.actor, lines, shipping_minor, words)
    }

    /// Checks the figures of a grant against law, quote and ceiling, whoever may decide them.
    pub(super) fn check_grant(
        &self,
        lines: &[GrantLine],
        shipping_minor: i64,
    ) -> Result<Checked, Refusal> {
        self.must_be_open()?;
        if lines.is_empty() && shipping_minor == 0 {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        let mut total = shipping_minor;
        let mut departs = false;
        let mut lowers = false;
        for (i, g) in lines.iter().enumerate() {
            if lines[..i].iter().any(|other| other.line == g.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(g.line));
            }
            let against = self.check_line(g)?;
            departs |= against == Some(Against::Above);
            lowers |= against == Some(Against::Below);
            total = total
                .checked_add(g.minor)
                .ok_or(Refusal::new(RefusalCode::TooLarge))?;
        }
        let quoted = self
            .case
            .decision
            .as_ref()
            .map_or(0, |d| d.quote.shipping_minor());
        departs |= shipping_minor > (quoted - self.case.shipping_granted_minor).max(0);
        if shipping_minor < 0 {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        Ok(Checked {
            total,
            departs,
            lowers,
        })
    }

    /// Checks one line; says whether and how it goes against the quote.
    fn check_line(&self, g: &GrantLine) -> Result<Option<Against>, Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(g.line);
        let l = self.case.line(g.line).ok_or_else(unknown)?;
        let grantable = l.quantities.grantable();
        if g.units > grantable {
            let refusal = Refusal::new(RefusalCode::WrongQuantity);
            return Err(refusal.on_line(g.line).with_allowed(grantable));
        }
        if g.minor < 0 || (g.units == 0 && g.minor == 0) {
            return Err(Refusal::new(RefusalCode::WrongAmount).on_line(g.line));
        }
        let decision = self.case.decision.as_ref();
        let Some(d) = decision.and_then(|d| d.lines.iter().find(|d| d.line == g.line)) else {
            // Goods that came unannounced have no quote: any grant goes above it.
            return Ok(Some(Against::Above));
        };
        let whole = decision.map_or(0, |x| x.quote.of_line(g.line));
        let done = i64::from(l.quantities.granted);
        let units = i64::from(g.units);
        let share = cumulative_share(whole, done, units, i64::from(d.units));
        let money = matches!(g.outcome, Outcome::Refund | Outcome::StoreCredit);
        // The law's floor: less than the quote only where a deduction is lawful at all, and
        // then only for a loss of value somebody saw and can put into words (R10).
        let lawful = d.terms.may_deduct && !l.lots.is_empty();
        let carried = d.terms.statutory && money;
        // What was taken back is granted already: decided anew, the floor is what is not paid of it.
        let due = match g.units {
            0 if self.case.taken_back => {
                cumulative_share(whole, 0, done, i64::from(d.units)) - l.granted_minor
            }
            0 => 0,
            _ => share,
        };
        let ceiling = self
            .account
            .ceiling(self.order, self.case.id, g.line, g.units);
        let below = carried && g.minor < (due - 1).min(ceiling);
        if below && !lawful {
            let limit = Money::new(due, self.order.currency);
            return Err(Refusal::new(RefusalCode::AgainstLaw)
                .on_line(g.line)
                .with_limit(limit));
        }
        if d.terms.statutory && money && g.outcome != Outcome::Refund && l.wanted == Outcome::Refund
        {
            // Credit instead of money is not a refund unless the customer wants it.
            return Err(Refusal::new(RefusalCode::AgainstLaw).on_line(g.line));
        }
        let quoted_so_far = cumulative_share(whole, 0, done + units, i64::from(d.units));
        let above = money && l.granted_minor + g.minor > quoted_so_far + 1;
        Ok(match (above, below) {
            (true, _) => Some(Against::Above),
            (false, true) => Some(Against::Below),
            (false, false) => None,
        })
    }

    /// Refuses what is above the actor's own limit, or above what limits on the case, the customer
    /// and the day leave.
    pub(super) fn check_authority(&self, minor: i64) -> Result<(), Refusal> {
        self.check_authority_beside(minor, self.case.granted_by_people_minor())
    }

    /// The same for an amount that is not among what people granted in the case before.
    pub(super) fn check_authority_beside(&self, minor: i64, before: i64) -> Result<(), Refusal> {
        let authority = &self.ctx.authority;
        let limits = [
            authority.limit_minor,
            authority.case_minor.map(|limit| limit - before),
            authority.left_minor,
        ];
        let Some(limit) = limits.into_iter().flatten().min() else {
            return Ok(());
        };
        if minor <= limit {
            return Ok(());
        }
        let currency = self.order.currency;
        let limit = Money::new(limit.max(0), currency);
        let refusal = Refusal::new(RefusalCode::AboveAuthority).with_limit(limit);
        let who = self.ctx.policy.who_may(minor, currency);
        Err(Refusal { who, ..refusal })
    }

    /// Refuses whoever is, as far as the house can tell, paid by it themselves.
    pub(super) fn not_own_matter(&self) -> Result<(), Refusal> {
        if self.ctx.authority.is_payee {
            return Err(Refusal::new(RefusalCode::OwnMatter));
        }
        Ok(())
    }

    /// Books a grant and creates its obligations.
    pub(super) fn grant(
        &mut self,
        by: Actor,
        lines: &[GrantLine],
        shipping_minor: i64,
        overridden: Option<Arc<str>>,
    ) -> Result<(), Refusal> {
        let figures = Figures {
            lines,
            shipping_minor,
            promotion_minor: self.promotion(lines, shipping_minor),
        };
        let (case, strategy) = (self.case.id, self.ctx.tenders);
        let booked = book(&mut self.account, self.order, case, &figures, strategy)?;
        self.entries.extend_from_slice(&booked.entries);
        self.ask_vendors(by, lines);
        let bonus_minor = self.bonus(lines);
        self.emit(
            by,
            What::Granted {
                lines: lines.to_vec(),
                shipping_minor,
                bonus_minor,
                promotion_minor: figures.promotion_minor,
                overridden,
            },
        );
        self.owe_refunds(by, &booked)?;
        self.owe(by, ObligationKind::StoreCredit, None, booked.credit_minor)?;
        self.owe(by, ObligationKind::Bonus, None, bonus_minor)?;
        for g in lines {
            let kind = match g.outcome {
                Outcome::Exchange => ObligationKind::Exchange,
                Outcome::Replacement => ObligationKind::Replacement,
                Outcome::Repair => ObligationKind::Repair,
                Outcome::Refund | Outcome::StoreCredit => continue,
            };
            self.owe(by, kind, None, g.minor.max(1))?;
        }
        self.notify(Notice::RefundDecided);
        Ok(())
    }

    /// What promotions take back (negative) or give back with this grant (R11). Units of this
    /// case that may still be granted count as gone, as the quote counted them.
    fn promotion(&self, lines: &[GrantLine], shipping_minor: i64) -> i64 {
        let clawed = self.account.clawed_minor;
        if self.order.promotions.is_empty() && clawed == 0 {
            return 0;
        }
        let is_money =
            |o: Option<Outcome>| matches!(o, Some(Outcome::Refund | Outcome::StoreCredit));
        let decisions = || self.case.decision.iter().flat_map(|d| &d.lines);
        let gone = |line: u16| {
            let offered = decisions()
                .find(|d| d.line == line)
                .and_then(|d| d.offered.first().copied());
            let still = self.case.line(line).map_or(0, |l| l.quantities.grantable());
            let now = lines
                .iter()
                .find(|g| g.line == line && is_money(Some(g.outcome)));
            let own = now
                .map_or(0, |g| g.units)
                .max(if is_money(offered) { still } else { 0 });
            units_gone(&self.account, line).saturating_add(own)
        };
        let due = claw_back_due(self.order, gone).0;
        let free = |d: &LineDecision| d.terms.statutory || d.terms.fault.is_sellers_side();
        if due > clawed && decisions().any(free) {
            return 0;
        }
        let money = lines.iter().filter(|g| is_money(Some(g.outcome)));
        let sum = money.map(|g| g.minor).sum::<i64>() + shipping_minor;
        let left = self.account.refundable_minor() - sum;
        (clawed - due).max(-sum).min(left.max(0))
    }

    /// The quoted bonus for the units of this grant that become store credit.
    fn bonus(&self, lines: &[GrantLine]) -> i64 {
        let Some(decision) = &self.case.decision else {
            return 0;
        };
        let quoted = |line: u16| -> i64 {
            let own = decision.quote.lines.iter().filter(|q| q.line == Some(line));
            own.filter(|q| q.kind == crate::quote::QuoteKind::Bonus)
                .map(|q| q.minor)
                .sum()
        };
        let credits = lines.iter().filter(|g| g.outcome == Outcome::StoreCredit);
        credits
            .map(|g| {
                let units = decision
                    .lines
                    .iter()
                    .find(|d| d.line == g.line)
                    .map_or(0, |d| d.units);
                let done = self.case.line(g.line).map_or(0, |l| l.quantities.granted);
                let (done, step) = (i64::from(done), i64::from(g.units));
                cumulative_share(quoted(g.line), done, step, i64::from(units))
            })
            .sum()
    }

    /// Creates the refunds of a grant: to each payment of the order and of a difference its own.
    pub(super) fn owe_refunds(&mut self, by: Actor, booked: &Booked) -> Result<(), Refusal> {
        for (paid_by, minor) in &booked.collected {
            self.owe_to(by, ObligationKind::Refund, (None, Some(*paid_by)), *minor)?;
        }
        for share in &booked.tenders {
            self.owe(by, ObligationKind::Refund, Some(share.tender), share.minor)?;
        }
        self.owe(by, ObligationKind::Refund, None, booked.unplaced_minor)
    }

    /// Creates an obligation and asks for its payment; nothing for nothing.
    pub(super) fn owe(
        &mut self,
        by: Actor,
        kind: ObligationKind,
        tender: Option<u16>,
        minor: i64,
    ) -> Result<(), Refusal> {
        self.owe_to(by, kind, (tender, None), minor)
    }

    fn owe_to(
        &mut self,
        by: Actor,
        kind: ObligationKind,
        (tender, back_to): (Option<u16>, Option<ObligationId>),
        minor: i64,
    ) -> Result<(), Refusal> {
        if minor <= 0 {
            return Ok(());
        }
        let id: Option<&ObligationId> = self.ctx.ids.obligations.get(self.obligations_used);
        let obligation = *id.ok_or(Refusal::new(RefusalCode::TooFewIds))?;
        self.obligations_used += 1;
        self.emit(
            by,
            What::ObligationCreated {
                obligation,
                kind,
                tender,
                back_to,
                minor,
            },
        );
        self.effects.push(Effect::PayObligation {
            obligation,
            kind,
            tender,
            minor,
        });
        Ok(())
    }
}
