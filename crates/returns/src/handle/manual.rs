//! A refund paid outside: one person says so, another confirms it, and it is booked under its own
//! key. What is under way or paid is not paid a second time.

use super::Work;
use crate::account::AccountChange;
use crate::approval::{PayloadHash, is_over};
use crate::case::{Obligation, ObligationKind, ObligationState as S};
use crate::command::{About, Command};
use crate::effect::Notice;
use crate::event::What;
use crate::manual::{ManualPayment, ManualWay};
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Date, ObligationId};
use std::sync::Arc;

/// The longest reference of a payment made outside, characters.
const REFERENCE_MAX: usize = 140;
/// The shortest: less would be found on every statement.
const REFERENCE_MIN: usize = 4;

impl Work<'_> {
    pub(super) fn outside(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::ProposeManual {
                obligation,
                way,
                reference,
                on,
                reason,
            } => self.propose_manual(*obligation, *way, (reference, *on), reason),
            Command::ConfirmManual { obligation, hash } => self.confirm_manual(*obligation, hash),
            Command::RefuseManual {
                obligation,
                hash,
                note,
            } => self.refuse_manual(*obligation, hash, note),
            _ => Err(self.illegal()),
        }
    }

    /// What can still be paid outside: money that is owed, approved where that is needed, and not
    /// with a provider.
    fn payable_outside(&self, id: ObligationId) -> Result<Obligation, Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownObligation);
        let owed = self.case.obligation(id).ok_or_else(unknown)?;
        if owed.state.is_in_flight() || owed.state == S::Settled {
            return Err(Refusal::new(RefusalCode::AlreadySent));
        }
        if owed.kind != ObligationKind::Refund || owed.state == S::Canceled {
            return Err(self.illegal());
        }
        if self.is_stopped(id)? {
            return Err(Refusal::new(RefusalCode::StillOpen).with_status(self.case.status()));
        }
        if self.case.waits_for_destination(id) || self.lacks_approval(id) {
            return Err(Refusal::new(RefusalCode::NeedsApproval));
        }
        Ok(owed.clone())
    }

    fn propose_manual(
        &mut self,
        id: ObligationId,
        way: ManualWay,
        (reference, on): (&Arc<str>, Date),
        reason: &Arc<str>,
    ) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        self.not_own_matter()?;
        let owed = self.payable_outside(id)?;
        if reason.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let reference = reference.trim();
        // Dashes and spaces name nothing on a statement.
        let solid = reference.chars().filter(|c| c.is_alphanumeric()).count();
        let fits = solid >= REFERENCE_MIN && reference.chars().count() <= REFERENCE_MAX;
        if !fits || on > self.ctx.today {
            return Err(Refusal::new(RefusalCode::BadReference));
        }
        let what = ManualPayment {
            client: self.case.client,
            case: self.case.id,
            obligation: id,
            minor: owed.minor,
            currency: self.case.currency,
            way,
            reference: reference.into(),
            on,
            reason: reason.clone(),
        };
        self.done(What::ManualProposed {
            hash: what.hash(),
            what: Box::new(what),
        });
        self.will_lapse(About::Manual { obligation: id });
        Ok(())
    }

    fn confirm_manual(&mut self, id: ObligationId, shown: &PayloadHash) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        let said = self.case.manual(id).cloned();
        let said = said.ok_or_else(|| self.illegal())?;
        if self.is_me(said.asked_by) {
            return Err(Refusal::new(RefusalCode::FourEyes));
        }
        self.not_own_matter()?;
        if let Some(answer) = &said.answer {
            // The same answer of the same person again changes nothing.
            let again = answer.given && answer.by == self.ctx.actor && said.hash == *shown;
            return if again { Ok(()) } else { Err(self.illegal()) };
        }
        let owed = self.payable_outside(id)?;
        let is_void = said.hash != *shown
            || said.what.minor != owed.minor
            || is_over(said.asked_at, self.ctx.now);
        if is_void {
            return Err(Refusal::new(RefusalCode::ApprovalVoid));
        }
        self.done(What::ManualConfirmed {
            obligation: id,
            way: said.what.way,
            hash: said.hash,
        });
        // The same steps as any payment takes: sent under its key, then booked, once.
        self.done(What::PaymentSent { obligation: id });
        self.post(AccountChange::Settled {
            obligation: id,
            minor: owed.minor,
        })?;
        self.done(What::PaymentSettled {
            obligation: id,
            reference: said.what.reference,
        });
        if self.case.obligations.iter().all(|o| !o.state.is_open()) {
            self.notify(Notice::RefundPaid);
        }
        Ok(())
    }

    fn refuse_manual(
        &mut self,
        id: ObligationId,
        shown: &PayloadHash,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        if note.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let said = self.case.manual(id).filter(|m| m.waits());
        let said = said.ok_or_else(|| self.illegal())?;
        if said.hash != *shown {
            return Err(Refusal::new(RefusalCode::ApprovalVoid));
        }
        let hash = said.hash.clone();
        self.done(What::ManualRefused {
            obligation: id,
            hash,
            note: note.clone(),
        });
        self.pay_again(id);
        Ok(())
    }
}
