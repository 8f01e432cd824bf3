//! How exchanges go on and end: what comes back is here, the goods left, ran out, were called off
//! or come back; nobody paid, or goods sent in advance were not answered by the others.

use super::Work;
use crate::account::AccountChange;
use crate::case::{ObligationKind, ObligationState as S};
use crate::effect::{Effect, Notice};
use crate::event::{Count, GrantLine, What};
use crate::exchange::Exchange;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, ObligationId};
use policy::{Outcome, RefundControl};
use std::sync::Arc;

impl Work<'_> {
    /// Goes on with exchanges whose goods are here: new goods may go, a difference and what a
    /// fallback promised are due, a security is let go.
    pub(super) fn clear_exchanges(&mut self) -> Result<(), Refusal> {
        for e in self.case.exchanges.clone() {
            let waits = !e.cleared && (!e.undone || e.fell_back);
            if waits && self.are_back(&e.lines) {
                self.emit(Actor::Rule, What::ExchangeCleared { goods: e.goods });
                let lines = if e.fell_back {
                    self.whole(&e)
                } else {
                    self.spread(&e.lines, e.refund_minor)
                };
                if !lines.is_empty() {
                    self.grant(Actor::Rule, &lines, 0, None)?;
                }
            }
            let held = e.advance.is_some() && e.security_charged_minor.is_none();
            if held && !e.undone && self.all_here(&e) {
                self.let_go(Actor::Rule, &e, &"what was to come back is here".into());
            }
        }
        self.return_charges()
    }

    /// Gives back what was charged for goods that came after all, as far as a charge for what is
    /// still missing would be smaller today. Goods something is wrong with are a person's to judge:
    /// what the law lets them take off is taken off by them.
    pub(super) fn return_charges(&mut self) -> Result<(), Refusal> {
        let case = &self.case;
        if case.on_hold || case.disputed || case.closed || case.cancelled {
            return Ok(());
        }
        for at in 0..self.case.exchanges.len() {
            let Some(e) = self.case.exchanges.get(at).cloned() else {
                continue;
            };
            let kept = e.charge_kept_minor();
            if e.undone || kept <= 0 || !self.came_in_order(&e.lines) {
                continue;
            }
            let still = e.chargeable(self.order, &self.account, &self.case);
            let minor = kept - still;
            let charge = e.security_collect.and_then(|id| self.case.obligation(id));
            let Some((id, state)) = charge.map(|o| (o.id, o.state)).filter(|_| minor > 0) else {
                continue;
            };
            let goods = e.goods;
            match state {
                S::Settled => {
                    // A line takes no more than it cost: what is over goes to the next.
                    let mut left = minor;
                    for line in e.lines.iter().map(|c| c.line) {
                        let room = self.account.ceiling(self.order, self.case.id, line, 0);
                        let minor = left.min(room);
                        if minor <= 0 {
                            continue;
                        }
                        left -= minor;
                        self.emit(Actor::Rule, What::ChargeReturned { goods, minor });
                        let back = GrantLine {
                            line,
                            units: 0,
                            outcome: Outcome::Refund,
                            minor,
                        };
                        self.grant(Actor::Rule, &[back], 0, None)?;
                    }
                }
                // Not taken yet, and there is nothing left to take it for.
                S::Requested | S::Failed if still == 0 => {
                    self.emit(Actor::Rule, What::ChargeReturned { goods, minor });
                    let note = "what was to come back is here".into();
                    self.emit(
                        Actor::Rule,
                        What::ObligationCanceled {
                            obligation: id,
                            note,
                            freed: None,
                        },
                    );
                    self.effects.extend(
                        e.advance
                            .as_ref()
                            .map(|a| Effect::ReleaseHold { obligation: a.0 }),
                    );
                }
                // Under way: given back once it is paid.
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether what came of these lines was looked at as far as the refund control asks, and
    /// nothing about it costs the customer anything.
    fn came_in_order(&self, lines: &[Count]) -> bool {
        lines.iter().all(|c| {
            let Some(l) = self.case.line(c.line) else {
                return false;
            };
            let decisions = self.case.decision.iter().flat_map(|d| &d.lines);
            let own = decisions.into_iter().find(|d| d.line == c.line);
            let control = l.terms.map(|t| t.refund_control);
            let waits = control.unwrap_or(RefundControl::Inspected) == RefundControl::Inspected
                && l.quantities.ungraded() > 0;
            !waits && l.quantities.rejected == 0 && own.is_some_and(|d| self.looks_right(l, d))
        })
    }

    /// What the customer chose for goods that ran out: the full value of the units.
    fn whole(&self, e: &Exchange) -> Vec<GrantLine> {
        let full = |c: &Count| GrantLine {
            line: c.line,
            units: c.units,
            outcome: e.fallback,
            minor: self
                .account
                .ceiling(self.order, self.case.id, c.line, c.units),
        };
        e.lines.iter().map(full).collect()
    }

    /// Money on top of settled units, over the lines as far as each can carry it.
    fn spread(&self, lines: &[Count], minor: i64) -> Vec<GrantLine> {
        let mut left = minor;
        let part = |c: &Count| {
            let room = self.account.ceiling(self.order, self.case.id, c.line, 0);
            let minor = left.min(room);
            left -= minor;
            GrantLine {
                line: c.line,
                units: 0,
                outcome: Outcome::Refund,
                minor,
            }
        };
        let parts: Vec<GrantLine> = lines.iter().map(part).collect();
        parts.into_iter().filter(|g| g.minor > 0).collect()
    }

    fn all_here(&self, e: &Exchange) -> bool {
        e.lines.iter().all(|c| {
            let q = self.case.line(c.line).map(|l| l.quantities);
            q.is_some_and(|q| q.expected() == 0 && q.missing == 0 && q.rejected == 0)
        })
    }

    /// The new goods ran out before they were sent, or nobody paid for them: the units are open
    /// again and the customer gets what they chose for that case, once theirs are here.
    pub(super) fn fall_back(
        &mut self,
        goods: ObligationId,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        let exchange = self.not_left(goods)?;
        self.undo_unsent(&exchange, Some(exchange.fallback), note)?;
        self.notify(Notice::FellBack);
        self.grant_what_is_due()
    }

    /// Calls an exchange off: the units are open again, for anything.
    pub(super) fn call_off(&mut self, goods: ObligationId, note: &Arc<str>) -> Result<(), Refusal> {
        let exchange = self.not_left(goods)?;
        self.undo_unsent(&exchange, None, note)
    }

    /// Calls every exchange off; the caller knows that nothing has left.
    pub(super) fn call_off_all(&mut self, note: &str) -> Result<(), Refusal> {
        let live: Vec<Exchange> = self.case.live_exchanges().cloned().collect();
        live.iter()
            .try_for_each(|e| self.undo_unsent(e, None, &note.into()))
    }

    /// Whether something of an exchange has left or may be under way: goods, or a payment of the
    /// customer.
    pub(super) fn any_swap_left(&self) -> bool {
        self.case.live_exchanges().any(|e| self.has_left(e))
    }

    fn has_left(&self, e: &Exchange) -> bool {
        let state = |id: ObligationId| self.case.obligation(id).map(|o| o.state);
        let goods = state(e.goods);
        let paying = [e.collect.map(|c| c.0), e.advance.as_ref().map(|a| a.0)];
        let paying = paying.into_iter().flatten().filter_map(state);
        goods.is_some_and(|s| s == S::Settled || s.is_in_flight())
            || paying.into_iter().any(S::is_in_flight)
    }

    /// An exchange of which nothing has left yet.
    fn not_left(&self, goods: ObligationId) -> Result<Exchange, Refusal> {
        self.must_be_open()?;
        let exchange = self.exchange_of(goods)?;
        if self.has_left(&exchange) {
            return Err(Refusal::new(RefusalCode::StillOpen).with_status(self.case.status()));
        }
        Ok(exchange)
    }

    fn undo_unsent(
        &mut self,
        exchange: &Exchange,
        fallback: Option<Outcome>,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.give_up_open(exchange, note);
        if exchange.advance.is_some() && exchange.security_charged_minor.is_none() {
            self.let_go(self.ctx.actor, exchange, note);
        }
        self.undo(exchange, fallback)?;
        // What was paid on top was for goods that do not come.
        let paid = exchange.collect.filter(|c| self.is_settled(c.0));
        let back = self.spread(&exchange.lines, paid.map_or(0, |c| c.1));
        if back.is_empty() {
            return Ok(());
        }
        self.grant(self.ctx.actor, &back, 0, None)
    }

    /// Looks whether an exchange is late.
    pub(super) fn check_exchange_day(&mut self, goods: ObligationId) -> Result<(), Refusal> {
        let Ok(e) = self.exchange_of(goods) else {
            return Ok(());
        };
        if self.case.closed || self.case.cancelled {
            return Ok(());
        }
        let today = self.ctx.today;
        let unpaid = self.goods_unpaid(&e);
        if unpaid && e.pay_by.is_some_and(|day| today > day) {
            if self.has_left(&e) {
                // The customer is paying right now: the provider ends that within a day.
                self.effects
                    .push(Effect::WatchExchange { goods, on: today });
                return Ok(());
            }
            return self.fall_back(goods, &"not paid in time".into());
        }
        let over = e.advance.as_ref().is_some_and(|a| today > a.1.return_by);
        let open = e.security_charged_minor.is_none() && !e.late;
        if over && open && !unpaid && !self.all_here(&e) {
            self.emit(Actor::Rule, What::ExchangeLate { goods });
            self.notify(Notice::NotBack);
        }
        Ok(())
    }

    /// The new goods come back: the units are expected again, worth what was paid for them in
    /// the chain, and the case goes on as for any return.
    pub(super) fn return_exchanged(
        &mut self,
        goods: ObligationId,
        wanted: Outcome,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let exchange = self.exchange_of(goods)?;
        // What is still out in advance comes back first.
        let out = |c: &Count| {
            self.case
                .line(c.line)
                .is_some_and(|l| l.quantities.expected() > 0)
        };
        let unpaid = exchange.collect.is_some_and(|(id, _)| self.is_open(id));
        if !self.is_settled(goods) || unpaid || exchange.lines.iter().any(out) {
            return Err(self.illegal());
        }
        self.undo(&exchange, None)?;
        self.done(What::ExchangeReturned { goods, wanted });
        self.effects.push(Effect::CreateLabel {
            parcel: self.ctx.ids.parcel,
        });
        self.assess()?;
        // A person may let it come back whatever the rule says.
        let lines = self.case.decision.iter().flat_map(|d| &d.lines);
        let mut own = lines.filter(|d| exchange.lines.iter().any(|c| c.line == d.line));
        if !self.is_person() && own.any(|d| d.verdict == crate::decision::Verdict::Decline) {
            return Err(Refusal::new(RefusalCode::OutcomeNotOffered));
        }
        Ok(())
    }

    /// Ends the security of an advance exchange: charged when the goods did not come in time,
    /// let go when they did or a person waives it.
    pub(super) fn end_security(
        &mut self,
        goods: ObligationId,
        charge: bool,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.not_own_matter()?;
        let exchange = self.exchange_of(goods)?;
        let Some((hold, advance)) = exchange.advance.clone() else {
            return Err(self.illegal());
        };
        if exchange.security_charged_minor.is_some() {
            return Ok(());
        }
        let charged_minor = exchange.chargeable(self.order, &self.account, &self.case);
        if !charge {
            if charged_minor > 0 && note.trim().is_empty() {
                // Goods are out and the security goes: somebody says why.
                return Err(Refusal::new(RefusalCode::NeedsReason));
            }
            self.let_go(self.ctx.actor, &exchange, note);
            return Ok(());
        }
        if self.ctx.today <= advance.return_by || charged_minor == 0 || !self.is_settled(hold) {
            return Err(self.illegal());
        }
        self.check_authority(charged_minor)?;
        let collect = self.mint(self.ctx.actor, ObligationKind::Collect, charged_minor)?;
        self.done(What::SecurityEnded {
            goods,
            charged_minor,
            collect: Some(collect),
            note: note.clone(),
        });
        self.notify(Notice::SecurityCharged);
        Ok(())
    }

    /// Lets a security go: at the provider if it was placed, else it is not asked for any more.
    fn let_go(&mut self, by: Actor, exchange: &Exchange, note: &Arc<str>) {
        let Some((hold, _)) = exchange.advance else {
            return;
        };
        if self.is_settled(hold) {
            self.effects.push(Effect::ReleaseHold { obligation: hold });
            self.notify(Notice::SecurityReleased);
        } else if self
            .case
            .obligation(hold)
            .is_some_and(|o| o.state.is_open() && !o.state.is_in_flight())
        {
            let note = note.clone();
            self.emit(
                by,
                What::ObligationCanceled {
                    obligation: hold,
                    note,
                    freed: None,
                },
            );
        }
        self.emit(
            by,
            What::SecurityEnded {
                goods: exchange.goods,
                charged_minor: 0,
                collect: None,
                note: note.clone(),
            },
        );
    }

    /// The customer paid a difference, or a security was charged: it belongs to the units that
    /// were swapped, and may be given back with them.
    pub(super) fn collected(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let of = |e: &&Exchange| e.collect.is_some_and(|c| c.0 == id) || e.takes_security(id);
        let Some(exchange) = self.case.exchanges.iter().find(of) else {
            return Ok(());
        };
        let minor = self.case.obligation(id).map_or(0, |o| o.minor);
        let line = exchange.lines.first().map_or(0, |c| c.line);
        self.post(AccountChange::PaidMore {
            line,
            minor,
            by: Some(id),
        })
    }

    /// Whether new goods must wait: their difference was not paid, the security not placed, or,
    /// without one, the others are not back.
    pub(super) fn goods_wait(&self, goods: ObligationId) -> bool {
        let found = self.case.live_exchanges().find(|e| e.goods == goods);
        found.is_some_and(|e| self.goods_unpaid(e) || (e.advance.is_none() && !e.cleared))
    }

    fn goods_unpaid(&self, e: &Exchange) -> bool {
        let unpaid = e.collect.is_some_and(|(id, _)| self.is_open(id));
        unpaid || e.advance.as_ref().is_some_and(|(id, _)| self.is_open(*id))
    }

    fn exchange_of(&self, goods: ObligationId) -> Result<Exchange, Refusal> {
        let found = self.case.live_exchanges().find(|e| e.goods == goods);
        found
            .cloned()
            .ok_or(Refusal::new(RefusalCode::UnknownObligation))
    }

    fn is_open(&self, id: ObligationId) -> bool {
        self.case.obligation(id).is_some_and(|o| o.state.is_open())
    }

    pub(super) fn is_settled(&self, id: ObligationId) -> bool {
        let state = self.case.obligation(id).map(|o| o.state);
        state == Some(S::Settled)
    }

    /// Gives up what is still owed of an exchange: goods, an unpaid difference.
    fn give_up_open(&mut self, exchange: &Exchange, note: &Arc<str>) {
        let collect = exchange.collect.map(|c| c.0);
        for id in [Some(exchange.goods), collect].into_iter().flatten() {
            if self.is_open(id) {
                let note = note.clone();
                self.done(What::ObligationCanceled {
                    obligation: id,
                    note,
                    freed: None,
                });
            }
        }
    }

    /// The swapped units are open again on account and case.
    fn undo(&mut self, exchange: &Exchange, fallback: Option<Outcome>) -> Result<(), Refusal> {
        for c in &exchange.lines {
            let (line, units) = (c.line, c.units);
            self.post(AccountChange::Unswapped { line, units })?;
        }
        self.done(What::ExchangeUndone {
            goods: exchange.goods,
            fallback,
        });
        Ok(())
    }
}
