//! What became of a payment. Providers repeat themselves and answer late, so a fact that is
//! known already changes nothing; money is booked exactly once per obligation.

use super::Work;
use crate::account::AccountChange;
use crate::case::{Obligation, ObligationKind, ObligationState as S};
use crate::command::Command;
use crate::effect::{Effect, Notice};
use crate::event::What;
use crate::freed::{Freed, cut, freed_by};
use crate::quote::QuoteKind;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{ObligationId, cumulative_share};

impl Work<'_> {
    pub(super) fn payment(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::PaymentSent { obligation } if self.goods_wait(*obligation) => {
                let status = self.case.status();
                return Err(Refusal::new(RefusalCode::StillOpen).with_status(status));
            }
            Command::PaymentSent { obligation } | Command::RetryPayment { obligation }
                if self.is_stopped(*obligation)? =>
            {
                let status = self.case.status();
                return Err(Refusal::new(RefusalCode::StillOpen).with_status(status));
            }
            Command::PaymentSent { obligation } if self.held_back(*obligation).is_some() => {
                let code = self.held_back(*obligation);
                return Err(Refusal::new(code.unwrap_or(RefusalCode::NeedsApproval)));
            }
            // At the moment of sending, in the write that marks it as sent: nothing goes out that
            // nobody approved as it is now.
            Command::PaymentSent { obligation } if self.lacks_approval(*obligation) => {
                return self.hold_back(*obligation);
            }
            // What was handed over before is a fact, whatever was approved since.
            Command::PaymentPending { obligation } | Command::PaymentSettled { obligation, .. }
                if self.owed(*obligation)?.attempts == 0 && self.lacks_approval(*obligation) =>
            {
                return self.hold_back(*obligation);
            }
            Command::PaymentSent { obligation } => match self.owed(*obligation)?.state {
                S::Requested => {
                    let owed = self.owed(*obligation)?;
                    self.done(What::PaymentSent {
                        obligation: *obligation,
                    });
                    // The customer pays elsewhere: the message that they did may be lost.
                    if matches!(owed.kind, ObligationKind::Collect | ObligationKind::Hold) {
                        self.effects.push(Effect::Reconcile {
                            obligation: *obligation,
                        });
                    }
                }
                S::Sent | S::Pending | S::Unknown | S::Settled => {}
                S::Failed | S::Returned | S::Canceled => return Err(self.illegal()),
            },
            Command::CheckoutOpened {
                obligation,
                reference,
            } => {
                let owed = self.owed(*obligation)?;
                if !self.case.is_for_customer(*obligation) {
                    return Err(self.illegal());
                }
                match owed.state {
                    S::Sent | S::Unknown => self.done(What::CheckoutOpened {
                        obligation: *obligation,
                        reference: reference.clone(),
                    }),
                    S::Pending | S::Settled => {}
                    _ => return Err(self.illegal()),
                }
            }
            Command::PaymentPending { obligation } => match self.owed(*obligation)?.state {
                S::Requested | S::Sent | S::Unknown => {
                    self.done(What::PaymentPending {
                        obligation: *obligation,
                    });
                }
                S::Pending | S::Settled => {}
                S::Failed | S::Returned | S::Canceled => return Err(self.illegal()),
            },
            Command::PaymentSettled {
                obligation,
                reference,
            } => {
                let owed = self.owed(*obligation)?;
                match owed.state {
                    S::Settled => return Ok(()),
                    // What came back was paid before: the older news is late.
                    S::Canceled | S::Returned => return Err(self.illegal()),
                    // A refusal that turns out to have been paid is paid: the money has gone.
                    S::Requested | S::Sent | S::Pending | S::Unknown | S::Failed => {}
                }
                if self.goods_wait(*obligation) {
                    let status = self.case.status();
                    return Err(Refusal::new(RefusalCode::StillOpen).with_status(status));
                }
                if owed.kind == ObligationKind::Collect {
                    self.collected(*obligation)?;
                }
                if owed.kind.is_money() {
                    let minor = owed.minor;
                    self.post(AccountChange::Settled {
                        obligation: *obligation,
                        minor,
                    })?;
                }
                let reference = reference.clone();
                self.done(What::PaymentSettled {
                    obligation: *obligation,
                    reference,
                });
                // Placed after nobody needed it any more: it goes back at once.
                let ended = |e: &crate::exchange::Exchange| e.security_charged_minor == Some(0);
                let swap = self.case.exchange_with(*obligation);
                if owed.kind == ObligationKind::Hold && swap.is_some_and(ended) {
                    self.effects.push(Effect::ReleaseHold {
                        obligation: *obligation,
                    });
                }
                if owed.kind == ObligationKind::Collect {
                    // The charge may be for goods that came while it was under way.
                    self.return_charges()?;
                }
                if owed.kind == ObligationKind::Exchange {
                    self.notify(Notice::GoodsSent);
                } else if !owed.kind.is_by_hand()
                    && self.case.obligations.iter().all(|o| !o.state.is_open())
                {
                    self.notify(Notice::RefundPaid);
                }
            }
            Command::PaymentFailed { obligation, code } => match self.owed(*obligation)?.state {
                S::Requested | S::Sent | S::Pending | S::Unknown => {
                    let code = code.clone();
                    self.done(What::PaymentFailed {
                        obligation: *obligation,
                        code,
                    });
                    // A customer who did not pay can try again; that is no work of the house.
                    if !self.case.is_for_customer(*obligation) {
                        self.effects.push(Effect::Attention {
                            obligation: *obligation,
                        });
                    }
                }
                S::Failed => {}
                S::Settled | S::Returned | S::Canceled => return Err(self.illegal()),
            },
            Command::PaymentReturned { obligation, code } => {
                let owed = self.owed(*obligation)?;
                let swap = self.case.exchange_with(*obligation);
                let over = swap.is_some_and(|e| e.security_charged_minor.is_some());
                if owed.kind == ObligationKind::Hold && over {
                    // We let it go, or charged it, ourselves.
                    return Ok(());
                }
                match owed.state {
                    S::Returned => return Ok(()),
                    // News may overtake each other: it came back before we heard it was paid.
                    S::Settled | S::Sent | S::Pending | S::Unknown => {}
                    S::Requested | S::Failed | S::Canceled => return Err(self.illegal()),
                }
                self.reopen_for("a payment came back after closing")?;
                if owed.kind.is_money() && owed.state == S::Settled {
                    let minor = owed.minor;
                    self.post(AccountChange::Reversed {
                        obligation: *obligation,
                        minor,
                    })?;
                }
                if owed.kind == ObligationKind::Collect && owed.state == S::Settled {
                    // The customer's money has gone. Where it was given back to them before, it is
                    // lost, like any chargeback.
                    let (by, minor) = (owed.id, owed.minor);
                    self.post(if self.account.is_untouched(by, minor) {
                        AccountChange::PaidLess { by, minor }
                    } else {
                        AccountChange::ChargebackLost { minor }
                    })?;
                }
                let code = code.clone();
                self.done(What::PaymentReturned {
                    obligation: *obligation,
                    code,
                });
                self.effects.push(Effect::Attention {
                    obligation: *obligation,
                });
            }
            Command::HoldRefund { obligation } => {
                let known = self.case.held_back.contains(obligation);
                if !known && !self.is_disputed(*obligation)? && self.is_paid_twice(*obligation)? {
                    self.done(What::RefundHeld {
                        obligation: *obligation,
                    });
                }
            }
            Command::PaymentUnknown { obligation } => match self.owed(*obligation)?.state {
                S::Requested | S::Sent | S::Pending => {
                    self.done(What::PaymentUnknown {
                        obligation: *obligation,
                    });
                    self.effects.push(Effect::Reconcile {
                        obligation: *obligation,
                    });
                }
                S::Unknown | S::Settled => {}
                S::Failed | S::Returned | S::Canceled => return Err(self.illegal()),
            },
            Command::RetryPayment { obligation } => {
                let owed = self.owed(*obligation)?;
                if !matches!(owed.state, S::Failed | S::Returned) {
                    return Err(self.illegal());
                }
                let swap = self.case.live_exchanges().find(|e| e.goods == owed.id);
                let gone = |i: &crate::exchange::ExchangeItem| self.ctx.sold_out.contains(&i.sku);
                if owed.state == S::Returned && swap.is_some_and(|e| e.items.iter().any(gone)) {
                    return Err(Refusal::new(RefusalCode::SoldOut));
                }
                let Obligation {
                    kind,
                    tender,
                    minor,
                    ..
                } = owed;
                self.done(What::PaymentRetried {
                    obligation: *obligation,
                });
                let obligation = *obligation;
                self.effects.push(Effect::PayObligation {
                    obligation,
                    kind,
                    tender,
                    minor,
                });
            }
            Command::CancelObligation { obligation, note } => {
                let owed = self.owed(*obligation)?;
                if owed.state.is_in_flight() || !owed.state.is_open() {
                    return Err(self.illegal());
                }
                // Given up alone, swapped units would have lost their value, or goods go unpaid:
                // the exchange is called off, or its security waived.
                let part = |e: &crate::exchange::Exchange| {
                    let hold = e.advance.as_ref().map(|a| a.0);
                    let collect = e.collect.map(|c| c.0);
                    [Some(e.goods), collect, hold].contains(&Some(owed.id))
                };
                if self.case.live_exchanges().any(part) {
                    return Err(self.illegal());
                }
                self.cancel_owed(&owed, note)?;
            }
            _ => return Err(self.illegal()),
        }
        Ok(())
    }

    /// Frees what money that is given up reserved: its payment, the figures it was for, and what
    /// promotions took from it.
    pub(super) fn free(&mut self, owed: &Obligation) -> Result<Option<Box<Freed>>, Refusal> {
        let Some(freed) = freed_by(&self.case, &self.account, owed.id) else {
            return Ok(None);
        };
        self.post(AccountChange::Freed {
            obligation: owed.id,
            tender: owed.tender,
            back_to: owed.back_to,
            minor: owed.minor,
        })?;
        for figure in &freed.figures {
            let (line, minor) = (figure.line, figure.minor);
            self.post(AccountChange::Ungranted { line, minor })?;
        }
        if freed.promotion_minor != 0 {
            let minor = freed.promotion_minor;
            let tax_minor = self.promotion_tax(owed, minor);
            self.post(AccountChange::PromotionFreed { minor, tax_minor })?;
        }
        Ok(Some(Box::new(freed)))
    }

    /// The tax inside a part of the promotions of a grant, where the quote it was made from still
    /// stands; it was booked with none otherwise.
    fn promotion_tax(&self, owed: &Obligation, minor: i64) -> i64 {
        let grant = self.case.grants.get(usize::from(owed.grant));
        let Some(whole) = grant.map(|g| g.promotion_minor) else {
            return 0;
        };
        let quote = self.case.decision.as_ref().map(|d| &d.quote);
        let same = quote.filter(|q| q.promotion_minor() == whole);
        let lines = same.iter().flat_map(|q| &q.lines);
        let own = lines.filter(|l| l.kind == QuoteKind::Promotion);
        let tax: i64 = own.map(|l| l.tax_minor).sum();
        let before = cut(&self.case, owed).map_or(0, |c| c.promotion_before);
        cumulative_share(tax, before, minor, whole)
    }

    /// Whether a dispute stops the payment of an obligation.
    pub(super) fn is_stopped(&self, id: ObligationId) -> Result<bool, Refusal> {
        Ok(self.is_disputed(id)? || self.is_paid_twice(id)?)
    }

    /// Whether the buyer's bank may take back what an obligation is about to pay back, so that it
    /// would be paid twice. What is under way already is not touched.
    fn is_disputed(&self, id: ObligationId) -> Result<bool, Refusal> {
        let owed = self.owed(id)?;
        let waits = matches!(owed.state, S::Requested | S::Failed | S::Returned);
        Ok(self.case.disputed && waits && owed.kind == ObligationKind::Refund)
    }

    /// Whether a refund would give back what a lost dispute has given the buyer: until a person has
    /// given up what is too much, none of the order leaves.
    fn is_paid_twice(&self, id: ObligationId) -> Result<bool, Refusal> {
        let owed = self.owed(id)?;
        let waits = matches!(owed.state, S::Requested | S::Failed | S::Returned);
        let lost = !self.account.lost.is_empty();
        Ok(
            lost && waits
                && owed.kind == ObligationKind::Refund
                && self.account.is_over(self.order),
        )
    }

    /// What happens to refunds that waited for the end of a dispute: they are paid when nothing was
    /// lost; otherwise a person gives them up or decides anew.
    pub(super) fn after_dispute(&mut self, lost_minor: i64) {
        let waits = |o: &&Obligation| o.kind == ObligationKind::Refund && o.state == S::Requested;
        let waiting: Vec<Obligation> = self
            .case
            .obligations
            .iter()
            .filter(waits)
            .cloned()
            .collect();
        for owed in waiting {
            let obligation = owed.id;
            self.effects.push(if lost_minor == 0 {
                Effect::PayObligation {
                    obligation,
                    kind: owed.kind,
                    tender: owed.tender,
                    minor: owed.minor,
                }
            } else {
                Effect::Attention { obligation }
            });
        }
    }

    fn owed(&self, id: ObligationId) -> Result<Obligation, Refusal> {
        let found = self.case.obligation(id).cloned();
        found.ok_or(Refusal::new(RefusalCode::UnknownObligation))
    }
}
