//! Money to another account than what paid: asked for by the customer or an agent, approved by
//! somebody else, not sent before the customer could object; and what nobody answered in time.

use super::Work;
use crate::approval::{PayloadHash, is_over};
use crate::case::ObligationState as S;
use crate::command::{About, Command};
use crate::effect::{Effect, Notice};
use crate::event::What;
use crate::payee::NameMatch;
use crate::redirect::{Lapse, RedirectState, Redirection};
use crate::refusal::{Refusal, RefusalCode};
use jiff::SignedDuration;
use kernel::{Actor, ObligationId};
use std::sync::Arc;

impl Work<'_> {
    pub(super) fn destination(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::InviteAccount => self.invite_account(),
            Command::AskDestination {
                no,
                account,
                name,
                reason,
            } => self.ask_destination(no, account, *name, reason.as_ref()),
            Command::GiveDestination { hash } => self.give_destination(hash),
            Command::RefuseDestination { hash, note } => self.refuse_destination(hash, note),
            Command::ObjectDestination { no } => self.object(no),
            Command::Lapse { about, leaver } => self.lapse(*about, *leaver),
            _ => Err(self.illegal()),
        }
    }

    /// Asks the customer for an account: by a link to the address on the order.
    fn invite_account(&mut self) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        self.not_own_matter()?;
        if self.case.redirectable().next().is_none() {
            return Err(self.illegal());
        }
        self.done(What::AccountInvited);
        self.notify(Notice::AccountAsked);
        Ok(())
    }

    fn ask_destination(
        &mut self,
        no: &Arc<str>,
        account: &Arc<str>,
        name: NameMatch,
        reason: Option<&Arc<str>>,
    ) -> Result<(), Refusal> {
        self.not_own_matter()?;
        let reason = reason.filter(|r| !r.trim().is_empty());
        if name == NameMatch::Differs && reason.is_none() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let payments: Vec<(ObligationId, i64)> =
            self.case.redirectable().map(|o| (o.id, o.minor)).collect();
        if payments.is_empty() {
            return Err(self.illegal());
        }
        let what = Redirection {
            client: self.case.client,
            case: self.case.id,
            order: self.case.order,
            no: no.clone(),
            account: account.clone(),
            name,
            currency: self.case.currency,
            payments,
        };
        self.done(What::DestinationAsked {
            hash: what.hash(),
            what: Box::new(what),
            reason: reason.cloned(),
        });
        self.will_lapse(About::Destination);
        Ok(())
    }

    /// Approves exactly what was shown. Who asked, who invited the customer to name an account and
    /// who is paid do not.
    fn give_destination(&mut self, shown: &PayloadHash) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        let asked = self.case.redirect.clone().ok_or_else(|| self.illegal())?;
        if self.is_me(asked.asked_by) || asked.invited_by.is_some_and(|by| self.is_me(by)) {
            return Err(Refusal::new(RefusalCode::FourEyes));
        }
        self.not_own_matter()?;
        if let RedirectState::Given { by, .. } = asked.state {
            // The same answer of the same person again changes nothing.
            let again = by == self.ctx.actor && asked.hash == *shown;
            return if again { Ok(()) } else { Err(self.illegal()) };
        }
        if !asked.waits() {
            return Err(self.illegal());
        }
        let still = |(id, minor): &(ObligationId, i64)| {
            let mut owed = self.case.redirectable();
            owed.any(|o| (o.id, o.minor) == (*id, *minor))
        };
        let is_void = asked.hash != *shown
            || is_over(asked.asked_at, self.ctx.now)
            || !asked.what.payments.iter().all(still);
        if is_void {
            return Err(Refusal::new(RefusalCode::ApprovalVoid));
        }
        let cooling = SignedDuration::from_hours(self.ctx.cooling_hours.into());
        let from = self.ctx.now.checked_add(cooling);
        let from = from.map_err(|_| Refusal::new(RefusalCode::TooLarge))?;
        self.done(What::DestinationGiven {
            no: asked.what.no.clone(),
            hash: asked.hash,
            from,
        });
        for (id, _) in &asked.what.payments {
            let state = self.case.obligation(*id).map(|o| o.state);
            if matches!(state, Some(S::Failed | S::Returned)) {
                self.done(What::PaymentRetried { obligation: *id });
            }
        }
        self.pay_what_waits(&asked.what);
        self.notify(Notice::DestinationChanged);
        Ok(())
    }

    fn refuse_destination(&mut self, shown: &PayloadHash, note: &Arc<str>) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        if note.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let asked = self.case.redirect.clone().ok_or_else(|| self.illegal())?;
        if !asked.waits() {
            return Err(self.illegal());
        }
        if asked.hash != *shown {
            return Err(Refusal::new(RefusalCode::ApprovalVoid));
        }
        self.done(What::DestinationRefused {
            no: asked.what.no.clone(),
            hash: asked.hash,
            note: note.clone(),
        });
        self.pay_what_waits(&asked.what);
        Ok(())
    }

    /// The customer says that the change was not theirs: what was not sent goes back to what paid.
    fn object(&mut self, no: &Arc<str>) -> Result<(), Refusal> {
        let Some(asked) = self.case.redirect.clone().filter(|r| r.what.no == *no) else {
            return Err(self.illegal());
        };
        match asked.state {
            RedirectState::Waiting | RedirectState::Given { .. } => {}
            RedirectState::Objected { .. } => return Ok(()),
            RedirectState::Refused { .. } | RedirectState::Lapsed { .. } => {
                return Err(self.illegal());
            }
        }
        let open = |(id, _): &(ObligationId, i64)| self.case.obligation(*id).is_some_and(is_unsent);
        if asked.from().is_some() && !asked.what.payments.iter().any(open) {
            return Err(Refusal::new(RefusalCode::AlreadySent));
        }
        self.done(What::DestinationObjected { no: no.clone() });
        self.pay_what_waits(&asked.what);
        Ok(())
    }

    /// Gives up what nobody answered in time, or what somebody asked for or approved who has left.
    /// What was sent is not touched.
    fn lapse(&mut self, about: About, leaver: Option<kernel::UserId>) -> Result<(), Refusal> {
        let left = leaver.map(|id| Actor::User { id });
        let why = if left.is_some() {
            Lapse::Leaver
        } else {
            Lapse::Time
        };
        // Of a leaver's it is theirs alone, of everybody's only what waited too long.
        let ends = |by: Actor, at| left.map_or_else(|| is_over(at, self.ctx.now), |l| l == by);
        match about {
            About::Grant { grant } => {
                let Some(asked) = self.case.approval(grant) else {
                    return Ok(());
                };
                let hash = asked.hash.clone();
                let given_by = asked.answer.as_ref().filter(|a| a.given).map(|a| a.by);
                if asked.waits() && ends(asked.asked_by, asked.asked_at) {
                    if !self.case.is_owed(grant) {
                        return Ok(());
                    }
                    self.emit(Actor::Rule, What::ApprovalLapsed { grant, hash, why });
                    return self.give_up(
                        grant,
                        &Arc::from(match why {
                            Lapse::Time => "not approved in time",
                            Lapse::Leaver => "asked for by somebody who has left",
                        }),
                    );
                }
                let unsent = self.case.owed_by(grant).any(is_unsent);
                let theirs = left.is_some_and(|l| {
                    given_by == Some(l) || given_by.is_some() && asked.asked_by == l
                });
                if unsent && theirs {
                    self.emit(Actor::Rule, What::ApprovalVoided { grant, hash });
                    self.will_lapse(about);
                }
            }
            About::Destination => {
                let Some(asked) = self.case.redirect.clone() else {
                    return Ok(());
                };
                let ends = match asked.state {
                    RedirectState::Waiting => ends(asked.asked_by, asked.asked_at),
                    RedirectState::Given { by, .. } => {
                        let unsent = |(id, _): &(ObligationId, i64)| {
                            let o = self.case.obligation(*id);
                            o.is_some_and(is_unsent)
                        };
                        left.is_some_and(|l| l == by || l == asked.asked_by)
                            && asked.what.payments.iter().any(unsent)
                    }
                    _ => false,
                };
                if ends {
                    let no = asked.what.no.clone();
                    self.emit(Actor::Rule, What::DestinationLapsed { no, why });
                    self.pay_what_waits(&asked.what);
                }
            }
            About::Manual { obligation } => {
                let waiting = self.case.manual(obligation).filter(|m| m.waits());
                let Some(said) = waiting.filter(|m| ends(m.asked_by, m.asked_at)) else {
                    return Ok(());
                };
                let hash = said.hash.clone();
                self.emit(
                    Actor::Rule,
                    What::ManualLapsed {
                        obligation,
                        hash,
                        why,
                    },
                );
                self.pay_again(obligation);
            }
        }
        Ok(())
    }

    /// Asks for the payment of what was held back.
    fn pay_what_waits(&mut self, what: &Redirection) {
        for (id, _) in &what.payments {
            self.pay_again(*id);
        }
    }

    /// Asks for the payment of an obligation that was held back.
    pub(super) fn pay_again(&mut self, id: ObligationId) {
        let owed = self.case.obligation(id);
        if let Some(o) = owed.filter(|o| o.state == S::Requested) {
            self.effects.push(Effect::PayObligation {
                obligation: o.id,
                kind: o.kind,
                tender: o.tender,
                minor: o.minor,
            });
        }
    }

    /// What waits for a second person does not wait for ever.
    pub(super) fn will_lapse(&mut self, about: About) {
        let wait = SignedDuration::from_hours(crate::approval::ANSWER_HOURS);
        if let Ok(at) = self.ctx.now.checked_add(wait) {
            self.effects.push(Effect::Lapse { about, at });
        }
    }

    /// Whether an actor is the commanding person, under whatever account.
    pub(super) fn is_me(&self, actor: Actor) -> bool {
        actor == self.ctx.actor
            || matches!(actor, Actor::User { id } if self.ctx.same_person.contains(&id))
    }

    /// Why an obligation must not be sent yet: where it goes, or whether it was paid already, waits
    /// for a second person; or the customer may still object.
    pub(super) fn held_back(&self, id: ObligationId) -> Option<RefusalCode> {
        let owed = self.case.obligation(id)?;
        if owed.state != S::Requested {
            return None;
        }
        if self.case.waits_for_destination(id) || self.case.waits_for_confirmation(id) {
            return Some(RefusalCode::NeedsApproval);
        }
        let cools = self.case.cools_until(id).is_some_and(|t| self.ctx.now < t);
        cools.then_some(RefusalCode::Cooling)
    }
}

/// Whether a payment can still leave, or leave again.
const fn is_unsent(owed: &crate::Obligation) -> bool {
    matches!(owed.state, S::Requested | S::Failed | S::Returned)
}
