//! Exchanges: never a special kind of refund, always a set of obligations. New goods are owed,
//! a difference is collected or refunded, a security is held; when goods run out or come back,
//! the units are open again at what was paid for them.

use super::Work;
use crate::account::AccountChange;
use crate::case::{ObligationKind, ObligationState};
use crate::effect::Notice;
use crate::event::{Count, GrantLine, What};
use crate::exchange::{Advance, Exchange, ExchangeAsk, MAX_ITEMS};
use crate::refund::{self, Figures, NewGoods, book};
use crate::refusal::{Refusal, RefusalCode};
use kernel::ObligationId;
use policy::Outcome;
use std::sync::Arc;

impl Work<'_> {
    /// Agrees on an exchange.
    pub(super) fn exchange(&mut self, ask: &ExchangeAsk) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.check_exchange(ask)?;
        let worth = |c: &Count| {
            self.account
                .next_gross(self.order, self.case.id, c.line, c.units)
        };
        let values: Vec<i64> = ask.lines.iter().map(worth).collect();
        let economics: Vec<_> = ask.items.iter().map(|i| i.economics.clone()).collect();
        let goods = NewGoods {
            lines: &economics,
            promotional_minor: ask.promotional_minor,
        };
        let sum = refund::exchange(values.iter().sum(), &goods);
        self.check_authority(sum.returned_minor.max(sum.new_minor))?;
        // The units are swapped; a difference in the customer's favour is money of the order.
        let mut lines: Vec<GrantLine> = Vec::new();
        let mut left = sum.refund_minor;
        for (c, value) in ask.lines.iter().zip(&values) {
            let (line, units) = (c.line, c.units);
            let outcome = Outcome::Exchange;
            let minor = *value;
            lines.push(GrantLine {
                line,
                units,
                outcome,
                minor,
            });
            let back = left.min(*value);
            if back > 0 {
                left -= back;
                lines.push(GrantLine {
                    line,
                    units: 0,
                    outcome: Outcome::Refund,
                    minor: back,
                });
            }
        }
        let figures = Figures {
            lines: &lines,
            shipping_minor: 0,
            promotion_minor: 0,
        };
        let (case, strategy) = (self.case.id, self.ctx.tenders);
        let booked = book(&mut self.account, self.order, case, &figures, strategy)?;
        self.entries.extend(booked.entries);
        self.done(What::Granted {
            lines,
            shipping_minor: 0,
            bonus_minor: 0,
            promotion_minor: 0,
            overridden: ask.reason.clone(),
        });
        let by = self.ctx.actor;
        for share in booked.tenders {
            self.owe(by, ObligationKind::Refund, Some(share.tender), share.minor)?;
        }
        self.owe(by, ObligationKind::Refund, None, booked.unplaced_minor)?;
        let goods = self.mint(ObligationKind::Exchange, sum.new_minor.max(1))?;
        let collect = if sum.collect_minor > 0 {
            let minor = sum.collect_minor;
            Some((self.mint(ObligationKind::Collect, minor)?, minor))
        } else {
            None
        };
        let advance = match &ask.advance {
            Some(a) => Some((self.mint(ObligationKind::Hold, a.hold_minor)?, a.clone())),
            None => None,
        };
        self.done(What::Exchanged {
            exchange: Box::new(Exchange {
                goods,
                lines: ask.lines.clone(),
                items: ask.items.clone(),
                returned_minor: sum.returned_minor,
                new_minor: sum.new_minor,
                promotional_minor: sum.promotional_used_minor,
                collect,
                refund_minor: sum.refund_minor,
                fallback: ask.fallback,
                advance,
                security_charged_minor: None,
                undone: false,
            }),
        });
        self.notify(Notice::RefundDecided);
        Ok(())
    }

    fn check_exchange(&self, ask: &ExchangeAsk) -> Result<(), Refusal> {
        let too_many = ask.items.len() > MAX_ITEMS;
        if ask.lines.is_empty() || ask.items.is_empty() || too_many || ask.promotional_minor < 0 {
            return Err(Refusal::new(RefusalCode::TooLarge));
        }
        let sensible = |minor: i64| (0..=crate::economics::MAX_LINE_MINOR).contains(&minor);
        if ask.items.iter().any(|i| !sensible(i.economics.gross)) {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        if !matches!(ask.fallback, Outcome::Refund | Outcome::StoreCredit) {
            return Err(Refusal::new(RefusalCode::OutcomeNotOffered));
        }
        if let Some(Advance {
            hold_minor,
            consent,
            ..
        }) = &ask.advance
        {
            if consent.trim().is_empty() {
                return Err(Refusal::new(RefusalCode::NeedsConsent));
            }
            if *hold_minor <= 0 {
                return Err(Refusal::new(RefusalCode::WrongAmount));
            }
        }
        let reason = ask.reason.as_ref().filter(|r| !r.trim().is_empty());
        for (i, c) in ask.lines.iter().enumerate() {
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(c.line);
            let l = self.case.line(c.line).ok_or_else(unknown)?;
            if ask.lines[..i].iter().any(|other| other.line == c.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(c.line));
            }
            let grantable = l.quantities.grantable();
            if c.units == 0 || c.units > grantable {
                let refusal = Refusal::new(RefusalCode::WrongQuantity);
                return Err(refusal.on_line(c.line).with_allowed(grantable));
            }
            let decisions = self.case.decision.iter().flat_map(|d| &d.lines);
            let mut own = decisions.filter(|d| d.line == c.line);
            let offered = own.any(|d| d.offered.contains(&Outcome::Exchange));
            if !offered && (reason.is_none() || !self.ctx.authority.may_override) {
                let refusal = Refusal::new(RefusalCode::OutcomeNotOffered);
                return Err(refusal.on_line(c.line));
            }
        }
        Ok(())
    }

    /// The new goods ran out before they were sent: the units are open again and the customer
    /// gets what they chose for that case.
    pub(super) fn fall_back(
        &mut self,
        goods: ObligationId,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let exchange = self.exchange_of(goods)?;
        let owed = self.case.obligation(goods).map(|o| o.state);
        if !matches!(
            owed,
            Some(ObligationState::Requested | ObligationState::Failed)
        ) {
            return Err(self.illegal());
        }
        self.give_up_open(&exchange, note);
        self.undo(&exchange)?;
        let mut lines: Vec<GrantLine> = Vec::new();
        for c in &exchange.lines {
            let case = self.case.id;
            let minor = self.account.ceiling(self.order, case, c.line, c.units);
            lines.push(GrantLine {
                line: c.line,
                units: c.units,
                outcome: exchange.fallback,
                minor,
            });
        }
        self.grant(self.ctx.actor, &lines, 0, Some(note.clone()))
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
        let sent = self.case.obligation(goods).map(|o| o.state) == Some(ObligationState::Settled);
        let unpaid = exchange.collect.is_some_and(|(id, _)| self.is_open(id));
        // What is still out in advance comes back first.
        let out = |c: &Count| {
            self.case
                .line(c.line)
                .is_some_and(|l| l.quantities.expected() > 0)
        };
        if !sent || unpaid || exchange.lines.iter().any(out) {
            return Err(self.illegal());
        }
        self.undo(&exchange)?;
        self.done(What::ExchangeReturned { goods, wanted });
        self.assess()
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
        let exchange = self.exchange_of(goods)?;
        let Some((hold, advance)) = exchange.advance.clone() else {
            return Err(self.illegal());
        };
        if exchange.security_charged_minor.is_some() {
            return Ok(());
        }
        let missing: i64 = exchange.lines.iter().map(|c| self.not_back(*c)).sum();
        let mut charged_minor = 0;
        if charge {
            if self.ctx.today <= advance.return_by || missing == 0 || self.is_open(hold) {
                return Err(self.illegal());
            }
            charged_minor = missing.min(advance.hold_minor);
            self.check_authority(charged_minor)?;
            self.mint(ObligationKind::Collect, charged_minor)?;
        } else if missing > 0 && note.trim().is_empty() {
            // Goods are out and the security goes: somebody says why.
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        self.done(What::SecurityEnded {
            goods,
            charged_minor,
            note: note.clone(),
        });
        Ok(())
    }

    /// The customer paid a difference: it belongs to the units that were swapped for dearer
    /// goods, and may be given back with them.
    pub(super) fn collected(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let of = |e: &&Exchange| e.collect.is_some_and(|(c, _)| c == id);
        let Some(exchange) = self.case.exchanges.iter().find(of).cloned() else {
            return Ok(());
        };
        let minor = exchange.collect.map_or(0, |c| c.1);
        let line = exchange.lines.first().map_or(0, |c| c.line);
        self.post(AccountChange::PaidMore { line, minor })
    }

    /// Whether new goods must wait: their difference was not paid, or the security not placed.
    pub(super) fn goods_wait(&self, goods: ObligationId) -> bool {
        let found = self.case.exchanges.iter().find(|e| e.goods == goods);
        found.is_some_and(|e| {
            let unpaid = e.collect.is_some_and(|(id, _)| self.is_open(id));
            let unsecured = e.advance.as_ref().is_some_and(|(id, _)| self.is_open(*id));
            unpaid || unsecured
        })
    }

    fn exchange_of(&self, goods: ObligationId) -> Result<Exchange, Refusal> {
        let mut live = self.case.exchanges.iter().filter(|e| !e.undone);
        let found = live.find(|e| e.goods == goods).cloned();
        found.ok_or(Refusal::new(RefusalCode::UnknownObligation))
    }

    fn is_open(&self, id: ObligationId) -> bool {
        self.case.obligation(id).is_some_and(|o| o.state.is_open())
    }

    /// Paid value of the units of an exchange that have not come back.
    fn not_back(&self, c: Count) -> i64 {
        let expected = self.case.line(c.line).map_or(0, |l| {
            l.quantities.expected().saturating_add(l.quantities.missing)
        });
        let out = expected.min(c.units);
        let case = self.case.id;
        self.account
            .claimed_gross(self.order, case, c.line, c.units)
            - self
                .account
                .claimed_gross(self.order, case, c.line, c.units - out)
    }

    /// Gives up what is still owed of an exchange: goods, an unpaid difference, a security.
    fn give_up_open(&mut self, exchange: &Exchange, note: &Arc<str>) {
        let collect = exchange.collect.map(|c| c.0);
        let hold = exchange.advance.as_ref().map(|a| a.0);
        for id in [Some(exchange.goods), collect, hold].into_iter().flatten() {
            if self.is_open(id) {
                let note = note.clone();
                self.done(What::ObligationCanceled {
                    obligation: id,
                    note,
                });
            }
        }
    }

    /// The swapped units are open again on account and case.
    fn undo(&mut self, exchange: &Exchange) -> Result<(), Refusal> {
        for c in &exchange.lines {
            let (line, units) = (c.line, c.units);
            self.post(AccountChange::Unswapped { line, units })?;
        }
        self.done(What::ExchangeUndone {
            goods: exchange.goods,
        });
        Ok(())
    }

    /// Creates an obligation that is no money of the order.
    fn mint(&mut self, kind: ObligationKind, minor: i64) -> Result<ObligationId, Refusal> {
        let next = self.ctx.ids.obligations.get(self.obligations_used);
        let id = *next.ok_or(Refusal::new(RefusalCode::TooFewIds))?;
        debug_assert!(!kind.is_money() && minor > 0);
        self.owe(self.ctx.actor, kind, None, minor)?;
        Ok(id)
    }
}
