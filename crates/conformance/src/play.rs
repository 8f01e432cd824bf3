//! Plays the steps of a case on an order and its account, and compares.

use crate::compare::{Mismatch, Sink};
use crate::figures::{Done, check};
use crate::form::{Action, Case, Step};
use crate::order;
use crate::read::{Fault, Reader, Text};
use crate::terms::{Asked, asked};
use kernel::{CaseId, Money, ObligationId, prorate};
use policy::Outcome;
use returns::account::AccountChange;
use returns::refund::{
    Amount, Booked, Figures, FxRate, Gives, LineTerms, NewGoods, Request, book, exchange, quote,
};
use returns::{
    AccountEntry, GrantLine, OrderAccount, Quote, Refusal, RefusalCode, SalesOrder, price_lines,
};
use std::collections::BTreeMap;
use toml::Spanned;
use uuid::Uuid;

/// Why a step was not carried out.
enum Stop {
    Refused(Refusal),
    Bad(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Bad(fault)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A return of the case: its id, and what its last grant booked.
struct Opened {
    id: CaseId,
    last: Option<(Vec<GrantLine>, i64, Booked)>,
}

struct Stage<'a> {
    reader: Reader<'a>,
    form: &'a crate::form::Order,
    order: SalesOrder,
    account: OrderAccount,
    entries: Vec<AccountEntry>,
    cases: BTreeMap<String, Opened>,
    latest: String,
}

/// Every figure of a case that is not what it says.
pub(crate) fn play(case: &Case, text: &str) -> Result<Vec<Mismatch>, Fault> {
    let reader = Reader {
        text,
        currency: case.order.currency,
    };
    let mut sink = Sink {
        reader,
        case: case.id.get_ref(),
        step: 0,
        found: Vec::new(),
    };
    let expected = case.order.expect.refused.as_ref();
    let order = match order::build(&reader, &case.order)? {
        Ok(order) => order,
        Err(code) => {
            sink.code(expected, Some(code));
            return Ok(sink.found);
        }
    };
    sink.code(expected, None);
    order::check(&case.order, &order, &mut sink)?;
    let mut stage = Stage {
        reader,
        form: &case.order,
        account: OrderAccount::open(&order),
        order,
        entries: Vec::new(),
        cases: BTreeMap::new(),
        latest: String::new(),
    };
    for (i, step) in case.steps.iter().enumerate() {
        sink.step = i + 1;
        stage.step(step, &mut sink)?;
    }
    Ok(sink.found)
}

impl Stage<'_> {
    fn step(&mut self, step: &Spanned<Step>, sink: &mut Sink<'_>) -> Result<(), Fault> {
        let expect = &step.get_ref().expect;
        let before = (self.order.clone(), self.account.clone(), self.entries.len());
        match self.carry_out(step, sink.step) {
            Ok(done) => {
                sink.code(expect.refused.as_ref(), None);
                check(expect, &done, sink)?;
                if step.get_ref().action == Action::Quote {
                    // Nobody holds anything because of a question.
                    (self.order, self.account) = (before.0, before.1);
                    self.entries.truncate(before.2);
                }
            }
            Err(Stop::Refused(refusal)) => {
                // Nothing has changed.
                (self.order, self.account) = (before.0, before.1);
                self.entries.truncate(before.2);
                sink.code(expect.refused.as_ref(), Some(refusal.code.as_str()));
                let limit = refusal.limit.map_or(-1, |l| l.minor);
                sink.amount("limit", expect.limit.as_ref(), limit)?;
                let allowed = expect.allowed.filter(|a| Some(*a) != refusal.allowed);
                if let Some(allowed) = allowed {
                    let got = refusal.allowed.map_or("none".into(), |a| a.to_string());
                    sink.differs("allowed", allowed.to_string(), got);
                }
            }
            Err(Stop::Bad(fault)) => return Err(fault),
        }
        let a = &self.account;
        sink.amount(
            "refundable",
            expect.refundable.as_ref(),
            a.refundable_minor(),
        )?;
        sink.amount("pending", expect.pending.as_ref(), a.pending_minor)?;
        sink.amount("refunded", expect.refunded.as_ref(), a.refunded_minor)?;
        if let Some(expected) = &expect.free_units {
            let lines = 0..u16::try_from(self.order.lines.len()).unwrap_or(u16::MAX);
            let got: Vec<u32> = lines.map(|i| a.free_units(&self.order, i)).collect();
            if *expected != got {
                sink.differs("free_units", format!("{expected:?}"), format!("{got:?}"));
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, step: &Spanned<Step>, number: usize) -> Result<Done, Stop> {
        let at = step.span().start;
        let step = step.get_ref();
        if let Some(name) = &step.case {
            self.latest.clone_from(name);
        } else if matches!(
            step.action,
            Action::Quote | Action::Refund | Action::Announce
        ) {
            // A return without a name is a return of its own.
            self.latest = format!("step {number}");
        }
        let amount = || {
            let stated = step.amount.as_ref();
            stated.ok_or_else(|| Fault::at(self.reader.text, at, "this step needs an amount"))
        };
        match step.action {
            Action::Quote => self.quote(step, at).map(|q| Done {
                quote: Some(q.0),
                ..Done::default()
            }),
            Action::Refund => self.refund(step, at),
            Action::Announce => {
                for line in &step.lines {
                    self.claim(line.get_ref().line, line.get_ref().units)?;
                }
                Ok(Done::default())
            }
            Action::Grant => self.grant(step, at),
            Action::GiveUp => self.give_up(),
            Action::Release => self.release(),
            Action::Settle => {
                let minor = self.reader.minor(amount()?)?;
                self.post(AccountChange::Settled {
                    obligation: ObligationId(Uuid::nil()),
                    minor,
                })
            }
            Action::Reverse => {
                let minor = self.reader.minor(amount()?)?;
                self.post(AccountChange::Reversed {
                    obligation: ObligationId(Uuid::nil()),
                    minor,
                })
            }
            Action::ChargebackLost => {
                let minor = self.reader.minor(amount()?)?;
                self.post(AccountChange::ChargebackLost { minor })
            }
            Action::Capture => {
                let minor = self.reader.minor(amount()?)?;
                self.post(AccountChange::Captured { minor })
            }
            Action::OrderChanged => self.order_changed(step),
            Action::Exchange => self.exchange(step, at),
            Action::Book => {
                let amount = amount()?;
                self.book_fx(step, amount, at)
            }
            Action::Prorate => {
                let total = self.reader.minor(amount()?)?;
                let mut weights = Vec::new();
                for w in &step.weights {
                    weights.push(self.reader.minor(w)?);
                }
                Ok(Done {
                    parts: Some(prorate(total, &weights)),
                    ..Done::default()
                })
            }
        }
    }

    fn case(&mut self) -> &mut Opened {
        let id = CaseId(Uuid::from_u128(100 + self.cases.len() as u128));
        let name = self.latest.clone();
        self.cases.entry(name).or_insert(Opened { id, last: None })
    }

    fn post(&mut self, change: AccountChange) -> Result<Done, Stop> {
        let case = self.case().id;
        let entry = self.account.post(&self.order, case, change)?;
        self.entries.push(entry);
        Ok(Done::default())
    }

    fn claim(&mut self, line: u16, units: u32) -> Result<(), Stop> {
        for run in self.account.free_runs(&self.order, line, units)? {
            self.post(AccountChange::Claimed { line, run })?;
        }
        Ok(())
    }

    /// What is asked, as terms, and its quote. A return claims its units with its first step;
    /// later steps are about those.
    fn quote(&mut self, step: &Step, at: usize) -> Result<(Quote, Vec<Asked>), Stop> {
        if step.lines.is_empty() {
            return Err(Fault::at(self.reader.text, at, "this step needs lines").into());
        }
        let case = self.case().id;
        let mut lines = Vec::new();
        for form in &step.lines {
            let mut asked = asked(&self.reader, form)?;
            let line = asked.terms.line;
            if self.account.claim_of(case, line).is_none() {
                self.claim(line, asked.terms.units)?;
            }
            let held = self.account.claim_of(case, line);
            let (units, granted) = held.map_or((0, 0), |c| (c.units(), c.granted_units));
            if asked.terms.amount == Amount::Paid {
                asked.terms.after = granted;
                let left = units - granted;
                if asked.terms.units == 0 || asked.terms.units > left {
                    let refusal = Refusal::new(RefusalCode::WrongQuantity);
                    return Err(refusal.on_line(line).with_allowed(left).into());
                }
            } else {
                asked.terms.units = units;
            }
            lines.push(asked);
        }
        let terms: Vec<LineTerms> = lines.iter().map(|a| a.terms.clone()).collect();
        let request = Request {
            order: &self.order,
            account: &self.account,
            case: Some(case),
            lines: &terms,
            label_cost_minor: self.reader.minor_or(step.label_cost.as_ref(), 0)?,
            tenders: self.form.tender_strategy,
        };
        Ok((quote(&request), lines))
    }

    /// Quotes and grants exactly that.
    fn refund(&mut self, step: &Step, at: usize) -> Result<Done, Stop> {
        let (quote, asked) = self.quote(step, at)?;
        let case = self.case().id;
        let mut lines = Vec::new();
        for a in &asked {
            let claim = self.account.claim_of(case, a.terms.line);
            let uncovered = claim.map_or(0, |c| c.units() - c.granted_units);
            lines.push(GrantLine {
                line: a.terms.line,
                units: match a.terms.amount {
                    Amount::Paid => a.terms.units,
                    Amount::Rest => uncovered,
                    // A part of the value: the goods stay where they are.
                    Amount::Gross(_) | Amount::Net(_) => 0,
                },
                outcome: a.outcome,
                minor: match a.terms.gives {
                    Gives::Nothing => 0,
                    Gives::Money | Gives::Credit => self.stated(a, &quote)?,
                },
            });
        }
        self.book(lines, quote.shipping_minor(), quote.promotion_minor())?;
        Ok(Done {
            quote: Some(quote),
            ..Done::default()
        })
    }

    /// The figure to grant: an amount that was stated is granted as stated or refused, never
    /// quietly cut.
    fn stated(&self, asked: &Asked, quote: &Quote) -> Result<i64, Stop> {
        let quoted = quote.of_line(asked.terms.line);
        let claim = self
            .cases
            .get(&self.latest)
            .and_then(|c| self.account.claim_of(c.id, asked.terms.line));
        let left = claim.map_or(0, |c| {
            self.account
                .claimed_gross(&self.order, c.case, asked.terms.line, c.units())
                - c.granted_minor
        });
        let over = match asked.terms.amount {
            Amount::Gross(minor) if minor < 0 => {
                return Err(Refusal::new(RefusalCode::WrongAmount).into());
            }
            Amount::Net(net) if net < 0 => {
                return Err(Refusal::new(RefusalCode::WrongAmount).into());
            }
            Amount::Gross(minor) => minor > left,
            Amount::Net(net) => {
                let line = quote
                    .lines
                    .iter()
                    .find(|l| l.line == Some(asked.terms.line));
                line.is_none_or(|l| l.minor - l.tax_minor < net)
            }
            Amount::Paid | Amount::Rest => false,
        };
        if over {
            let limit = Money::new(left, self.order.currency);
            let refusal = Refusal::new(RefusalCode::OverCeiling).with_limit(limit);
            return Err(refusal.on_line(asked.terms.line).into());
        }
        Ok(quoted)
    }

    /// Grants stated figures, whatever the quote says.
    fn grant(&mut self, step: &Step, at: usize) -> Result<Done, Stop> {
        let mut lines = Vec::new();
        for form in &step.lines {
            let form = form.get_ref();
            lines.push(GrantLine {
                line: form.line,
                units: form.units,
                outcome: form.outcome.unwrap_or(Outcome::Refund),
                minor: self.reader.minor_or(form.amount.as_ref(), 0)?,
            });
            let case = self.case().id;
            if form.units > 0 && self.account.claim_of(case, form.line).is_none() {
                self.claim(form.line, form.units)?;
            }
        }
        let shipping = self.reader.minor_or(step.shipping.as_ref(), 0)?;
        let promotion = self.reader.minor_or(step.promotion.as_ref(), 0)?;
        if lines.is_empty() && shipping == 0 {
            return Err(Fault::at(self.reader.text, at, "this step needs lines").into());
        }
        self.book(lines, shipping, promotion)?;
        Ok(Done::default())
    }

    fn book(&mut self, lines: Vec<GrantLine>, shipping: i64, promotion: i64) -> Result<(), Stop> {
        let case = self.case().id;
        let figures = Figures {
            lines: &lines,
            shipping_minor: shipping,
            promotion_minor: promotion,
        };
        let strategy = self.form.tender_strategy;
        let booked = book(&mut self.account, &self.order, case, &figures, strategy)?;
        self.entries.extend(booked.entries.iter().copied());
        self.case().last = Some((lines, shipping, booked));
        Ok(())
    }

    /// Gives up the money of the last grant of the return, as if every obligation of it failed.
    fn give_up(&mut self) -> Result<Done, Stop> {
        let Some((lines, shipping, booked)) = self.case().last.take() else {
            return Err(Refusal::new(RefusalCode::UnknownObligation).into());
        };
        let obligation = ObligationId(Uuid::nil());
        let shares = booked.tenders.iter().map(|t| (Some(t.tender), t.minor));
        let others = [(None, booked.unplaced_minor), (None, booked.credit_minor)];
        for (tender, minor) in shares.chain(others).filter(|s| s.1 > 0) {
            self.post(AccountChange::Freed {
                back_to: None,
                obligation,
                tender,
                minor,
            })?;
        }
        for g in lines {
            let (line, minor) = (Some(g.line), g.minor);
            self.post(AccountChange::Ungranted { line, minor })?;
        }
        let minor = shipping;
        self.post(AccountChange::Ungranted { line: None, minor })
    }

    /// Gives up the units of the return no grant rests on.
    fn release(&mut self) -> Result<Done, Stop> {
        let case = self.case().id;
        for line in 0..u16::try_from(self.order.lines.len()).unwrap_or(u16::MAX) {
            let spare = self.account.spare_units(&self.order, case, line);
            for run in self.account.tail_runs(case, line, spare) {
                self.post(AccountChange::Released { line, run })?;
            }
        }
        Ok(Done::default())
    }

    /// The client's shop says that fewer units were sent, or that they came back elsewhere.
    fn order_changed(&mut self, step: &Step) -> Result<Done, Stop> {
        for form in &step.lines {
            let form = form.get_ref();
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(form.line);
            let sold = self.order.lines.get_mut(usize::from(form.line));
            let sold = sold.ok_or_else(unknown)?;
            sold.fulfilled = form.sent.unwrap_or(sold.fulfilled).min(sold.quantity);
        }
        // The account was kept under the order as it was: what was granted stays granted.
        Ok(Done::default())
    }

    /// Goods back at their paid value against new goods at today's price.
    fn exchange(&mut self, step: &Step, at: usize) -> Result<Done, Stop> {
        let (quote, asked) = self.quote(step, at)?;
        let mut inputs = Vec::new();
        for line in &step.new {
            inputs.push(order::input(&self.reader, line)?);
        }
        let new = price_lines(&inputs, 0, self.order.prices_include_tax);
        let new = new.map_err(|e| Fault::at(self.reader.text, at, e.to_string()))?;
        let returned: i64 = asked.iter().map(|a| quote.of_line(a.terms.line)).sum();
        let goods = NewGoods {
            lines: &new,
            promotional_minor: self.reader.minor_or(step.promotional.as_ref(), 0)?,
        };
        let sum = exchange(returned, &goods);
        // What is refunded of the paid value is money of the order; the rest went into goods.
        let mut left = sum.refund_minor;
        let mut lines = Vec::new();
        for a in &asked {
            let minor = quote.of_line(a.terms.line).min(left);
            left -= minor;
            lines.push(GrantLine {
                line: a.terms.line,
                units: a.terms.units,
                outcome: if minor > 0 {
                    Outcome::Refund
                } else {
                    Outcome::Exchange
                },
                minor,
            });
        }
        self.book(lines, 0, 0)?;
        Ok(Done {
            quote: Some(quote),
            exchange: Some(sum),
            ..Done::default()
        })
    }

    /// What an exchange rate makes of a refund.
    fn book_fx(&self, step: &Step, amount: &Text, at: usize) -> Result<Done, Stop> {
        let bad = |what: String| Fault::at(self.reader.text, at, what);
        let (Some(to), Some(then), Some(now)) =
            (step.booked_in, &step.rate_at_sale, &step.rate_now)
        else {
            return Err(bad("a booking needs booked_in, rate_at_sale and rate_now".into()).into());
        };
        let paid = Money::new(self.reader.minor(amount)?, self.order.currency);
        let rate = |t: &Text| FxRate::parse(t.get_ref()).map_err(|e| bad(e.to_string()));
        let loss = rate(now)?.loss(rate(then)?, paid, to);
        Ok(Done {
            loss: Some(loss.map_err(|e| bad(e.to_string()))?),
            ..Done::default()
        })
    }
}
