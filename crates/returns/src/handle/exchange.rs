//! Agreeing on exchanges: never a special kind of refund, always a set of obligations. New goods
//! are owed, a difference is collected or refunded, a security is held. How exchanges end is in
//! `exchange_end`.

use super::Work;
use crate::case::ObligationKind;
use crate::decision::RequestedLine;
use crate::effect::{Effect, Notice};
use crate::event::{Count, GrantLine, What};
use crate::exchange::{Advance, Exchange, ExchangeAsk, MAX_ITEMS, PAY_DAYS, Shelf, Wish};
use crate::refund::{self, Figures, NewGoods, book};
use crate::refusal::{Refusal, RefusalCode};
use jiff::ToSpan as _;
use kernel::{Actor, Date, ObligationId};
use policy::{Outcome, RefundControl};

impl Work<'_> {
    /// Keeps what is wished for with a request.
    pub(super) fn wish(&mut self, asked: &[RequestedLine], wishes: &[Wish]) -> Result<(), Refusal> {
        for (i, wish) in wishes.iter().enumerate() {
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(wish.line);
            let line = asked.iter().find(|l| l.line == wish.line);
            let line = line.ok_or_else(unknown)?;
            if wishes[..i].iter().any(|other| other.line == wish.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(wish.line));
            }
            if line.wanted != Outcome::Exchange || wish.item.economics.quantity != line.units {
                return Err(Refusal::new(RefusalCode::WrongQuantity).on_line(wish.line));
            }
            check_terms(&as_ask(wish))?;
            self.done(What::ExchangeWished {
                wish: Box::new(wish.clone()),
            });
        }
        Ok(())
    }

    /// Agrees on what was wished for, as far as all units of the line may come back or stay. What
    /// is sold out becomes what the customer chose for that case.
    pub(super) fn agree_wishes(&mut self) -> Result<(), Refusal> {
        if self.case.on_hold || self.case.disputed {
            return Ok(());
        }
        let mut sold_out = false;
        for wish in self.case.wishes.clone() {
            let Some(line) = self.case.line(wish.line) else {
                continue;
            };
            let q = &line.quantities;
            let whole = q.undecided() == 0 && q.grantable() == wish.item.economics.quantity;
            if !whole || !self.is_offered(wish.line) {
                continue;
            }
            if self.ctx.sold_out.contains(&wish.item.sku) {
                self.emit(
                    Actor::Rule,
                    What::WishSoldOut {
                        line: wish.line,
                        wanted: wish.fallback,
                    },
                );
                sold_out = true;
            } else {
                self.agree(Actor::Rule, &as_ask(&wish))?;
            }
        }
        if sold_out {
            self.notify(Notice::FellBack);
            self.assess()?;
        }
        Ok(())
    }

    fn is_offered(&self, line: u16) -> bool {
        let decisions = self.case.decision.iter().flat_map(|d| &d.lines);
        let mut own = decisions.filter(|d| d.line == line);
        own.any(|d| d.offered.contains(&Outcome::Exchange))
    }

    /// An exchange a person agrees on.
    pub(super) fn exchange(&mut self, ask: &ExchangeAsk) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.not_own_matter()?;
        self.check_exchange(ask)?;
        let worth = |c: &Count| {
            self.account
                .next_gross(self.order, self.case.id, c.line, c.units)
        };
        let returned: i64 = ask.lines.iter().map(worth).sum();
        let new: i64 = ask.items.iter().map(|i| i.economics.gross).sum();
        self.check_authority(returned.max(new))?;
        if ask.items.iter().any(|i| self.ctx.sold_out.contains(&i.sku)) {
            return Err(Refusal::new(RefusalCode::SoldOut));
        }
        self.agree(self.ctx.actor, ask)
    }

    /// Swaps the units and creates what is owed to and by the customer.
    fn agree(&mut self, by: Actor, ask: &ExchangeAsk) -> Result<(), Refusal> {
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
        // A difference in the customer's favour is money of the order, due like any refund: when
        // what comes back is here.
        let cleared = self.are_back(&ask.lines);
        let mut lines: Vec<GrantLine> = Vec::new();
        let mut left = if cleared { sum.refund_minor } else { 0 };
        for (c, minor) in ask.lines.iter().zip(&values) {
            let (line, units, minor) = (c.line, c.units, *minor);
            lines.push(GrantLine {
                line,
                units,
                outcome: Outcome::Exchange,
                minor,
            });
            let back = left.min(minor);
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
        self.entries.extend_from_slice(&booked.entries);
        self.ask_vendors(by, &lines);
        self.emit(
            by,
            What::Granted {
                lines,
                shipping_minor: 0,
                bonus_minor: 0,
                promotion_minor: 0,
                overridden: ask.reason.clone(),
            },
        );
        self.owe_refunds(by, &booked)?;
        let goods = self.mint(by, ObligationKind::Exchange, sum.new_minor.max(1))?;
        let collect = match sum.collect_minor {
            0 => None,
            minor => Some((self.mint(by, ObligationKind::Collect, minor)?, minor)),
        };
        let advance = match &ask.advance {
            Some(a) => Some((
                self.mint(by, ObligationKind::Hold, a.hold_minor)?,
                a.clone(),
            )),
            None => None,
        };
        let to_pay = collect.is_some() || advance.is_some();
        let pay_by = to_pay.then(|| days_after(self.ctx.today, PAY_DAYS));
        let watched = [pay_by, advance.as_ref().map(|a| a.1.return_by)];
        self.emit(
            by,
            What::Exchanged {
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
                    charge_returned_minor: 0,
                    undone: false,
                    pay_by,
                    cleared,
                    late: false,
                    fell_back: false,
                    security_collect: None,
                }),
            },
        );
        for on in watched.into_iter().flatten() {
            self.effects.push(Effect::WatchExchange { goods, on });
        }
        self.notify(if to_pay {
            Notice::ToPay
        } else {
            Notice::ExchangeAgreed
        });
        Ok(())
    }

    /// Whether what comes back for an exchange is here, as far as the refund control of each line
    /// asks, and nothing about it is for a person to judge.
    pub(super) fn are_back(&self, lines: &[Count]) -> bool {
        let parcel = |f: fn(&crate::case::Parcel) -> bool| self.case.parcels.iter().any(f);
        lines.iter().all(|c| {
            let Some(l) = self.case.line(c.line) else {
                return false;
            };
            let q = &l.quantities;
            if q.rejected > 0 || l.lots.iter().any(|lot| lot.wrong_item) {
                return false;
            }
            let here = q.expected() == 0 && q.missing == 0;
            match l
                .terms
                .map_or(RefundControl::Inspected, |t| t.refund_control)
            {
                RefundControl::Immediate | RefundControl::Approved => true,
                RefundControl::FirstScan => here || parcel(|p| p.shipped_on.is_some()),
                RefundControl::Delivered => here || parcel(|p| p.delivered_on.is_some()),
                RefundControl::Received => here,
                RefundControl::Inspected => here && q.ungraded() == 0,
            }
        })
    }

    fn check_exchange(&self, ask: &ExchangeAsk) -> Result<(), Refusal> {
        let too_many = ask.items.len() > MAX_ITEMS;
        if ask.lines.is_empty() || ask.items.is_empty() || too_many {
            return Err(Refusal::new(RefusalCode::TooLarge));
        }
        check_terms(ask)?;
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
            let may_override = reason.is_some() && self.ctx.authority.may_override;
            if !self.is_offered(c.line) && !may_override {
                let refusal = Refusal::new(RefusalCode::OutcomeNotOffered);
                return Err(refusal.on_line(c.line));
            }
        }
        Ok(())
    }

    /// Sets goods of the catalogue aside, frees them, or says that they have gone: whatever this
    /// command changed about which exchanges keep theirs on the shelf.
    pub(super) fn move_shelves(&mut self) {
        for e in &self.case.exchanges {
            let to = match (self.set_aside.contains(&e.goods), self.case.keeps_shelf(e)) {
                (false, true) => Shelf::Reserved,
                (true, false) if self.is_settled(e.goods) => Shelf::Sent,
                (true, false) => Shelf::Freed,
                _ => continue,
            };
            for item in &e.items {
                let (sku, units) = (item.sku.clone(), item.economics.quantity);
                self.effects.push(Effect::MoveShelf { sku, units, to });
            }
        }
    }

    /// Creates an obligation that is no money of the order.
    pub(super) fn mint(
        &mut self,
        by: Actor,
        kind: ObligationKind,
        minor: i64,
    ) -> Result<ObligationId, Refusal> {
        let next = self.ctx.ids.obligations.get(self.obligations_used);
        let id = *next.ok_or(Refusal::new(RefusalCode::TooFewIds))?;
        debug_assert!(!kind.is_money() && minor > 0);
        self.owe(by, kind, None, minor)?;
        Ok(id)
    }
}

/// A wish as the exchange of its whole line.
fn as_ask(wish: &Wish) -> ExchangeAsk {
    ExchangeAsk {
        lines: vec![Count {
            line: wish.line,
            units: wish.item.economics.quantity,
        }],
        items: vec![wish.item.clone()],
        promotional_minor: wish.promotional_minor,
        fallback: wish.fallback,
        advance: wish.advance.clone(),
        reason: None,
    }
}

/// Prices, fallback and consent, which do not depend on the case.
fn check_terms(ask: &ExchangeAsk) -> Result<(), Refusal> {
    let sensible = |minor: i64| (0..=crate::economics::MAX_LINE_MINOR).contains(&minor);
    let prices = ask.items.iter().map(|i| i.economics.gross);
    if !prices.chain([ask.promotional_minor]).all(sensible) {
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
    Ok(())
}

/// The day this many days later; the last one there is, at the end of the calendar.
fn days_after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}
