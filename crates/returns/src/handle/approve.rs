//! Two people for one payment: who asks for more than they may decide, who approves it, and the
//! way back while nothing has been sent.

use super::Work;
use crate::approval::{Payload, PayloadHash, is_over};
use crate::case::{Obligation, ObligationState as S};
use crate::command::{About, Command};
use crate::effect::{Effect, Notice};
use crate::event::{GrantLine, What};
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, ObligationId};
use policy::Outcome;
use std::sync::Arc;

impl Work<'_> {
    pub(super) fn approval(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::AskApproval {
                lines,
                shipping_minor,
                reason,
                why,
            } => self.ask_approval(lines, *shipping_minor, reason.as_ref(), why),
            Command::AskAgain { grant, why } => self.ask_again(*grant, why),
            Command::Approve { grant, hash } => self.approve(*grant, hash),
            Command::RefuseApproval { grant, note } => self.refuse(*grant, note),
            Command::TakeBack { grant, note } => self.take_back(*grant, note),
            _ => Err(self.illegal()),
        }
    }

    /// Grants what is above the actor's limit and holds the money until somebody approves it.
    fn ask_approval(
        &mut self,
        lines: &[GrantLine],
        shipping_minor: i64,
        reason: Option<&Arc<str>>,
        why: &Arc<str>,
    ) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        self.not_own_matter()?;
        if why.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let checked = self.check_grant(lines, shipping_minor)?;
        if self.check_authority(checked.total).is_ok()
            && (!checked.departs || self.ctx.authority.may_override)
        {
            // Nobody else is needed.
            return self.decide(lines, shipping_minor, reason);
        }
        if (checked.departs || checked.lowers) && checked.words(reason).is_none() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let money = |g: &GrantLine| matches!(g.outcome, Outcome::Refund | Outcome::StoreCredit);
        if let Some(goods) = lines.iter().find(|g| !money(g)) {
            // Goods are handed out by people, not by a gateway that could be held.
            return Err(Refusal::new(RefusalCode::AboveAuthority).on_line(goods.line));
        }
        let effects = self.effects.len();
        let words = checked.words(reason);
        self.grant(self.ctx.actor, lines, shipping_minor, words)?;
        // Nobody is paid and nobody is told before it is approved.
        self.effects.truncate(effects);
        let grant = u16::try_from(self.case.grants.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.ask(grant, why);
        Ok(())
    }

    fn ask(&mut self, grant: u16, why: &Arc<str>) {
        let payload = self.payload(grant);
        self.done(What::ApprovalAsked {
            hash: payload.hash(),
            payload: Box::new(payload),
            reason: why.clone(),
        });
        self.will_lapse(About::Grant { grant });
    }

    fn payload(&self, grant: u16) -> Payload {
        Payload::of(&self.case, self.order, grant, self.ctx.payout.as_ref())
    }

    /// Asks again for what is no longer what was asked for.
    fn ask_again(&mut self, grant: u16, why: &Arc<str>) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        self.not_own_matter()?;
        if why.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let known = self.case.approval(grant).ok_or_else(|| self.illegal())?;
        let late = known.waits() && is_over(known.asked_at, self.ctx.now);
        let same = known.hash == self.payload(grant).hash() && !late;
        if same || !self.case.is_owed(grant) {
            return Err(self.illegal());
        }
        self.ask(grant, why);
        Ok(())
    }

    /// Approves exactly what was shown.
    fn approve(&mut self, grant: u16, shown: &PayloadHash) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        let asked = self.case.approval(grant).ok_or_else(|| self.illegal())?;
        if self.is_me(asked.asked_by) || self.made(grant) {
            return Err(Refusal::new(RefusalCode::FourEyes));
        }
        self.not_own_matter()?;
        if let Some(answer) = &asked.answer {
            // The same answer of the same person again changes nothing.
            let again = answer.given && answer.by == self.ctx.actor && asked.hash == *shown;
            return if again { Ok(()) } else { Err(self.illegal()) };
        }
        let now = self.payload(grant);
        let late = is_over(asked.asked_at, self.ctx.now);
        if late || asked.hash != *shown || asked.hash != now.hash() {
            return Err(Refusal::new(RefusalCode::ApprovalVoid));
        }
        let earlier = self.case.granted_by_people_minor() - now.total();
        self.check_authority_beside(now.total(), earlier)?;
        let hash = shown.clone();
        self.done(What::ApprovalGiven { grant, hash });
        for owed in self.owed_of(grant) {
            if owed.state == S::Requested {
                self.effects.push(Effect::PayObligation {
                    obligation: owed.id,
                    kind: owed.kind,
                    tender: owed.tender,
                    minor: owed.minor,
                });
            }
        }
        self.notify(Notice::RefundDecided);
        Ok(())
    }

    fn refuse(&mut self, grant: u16, note: &Arc<str>) -> Result<(), Refusal> {
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        if note.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let asked = self.case.approval(grant).ok_or_else(|| self.illegal())?;
        if !asked.waits() {
            return Err(self.illegal());
        }
        let hash = asked.hash.clone();
        let note = note.clone();
        self.done(What::ApprovalRefused {
            grant,
            hash,
            note: note.clone(),
        });
        self.give_up(grant, &note)
    }

    /// Takes a decided refund back while nothing of it has been sent.
    fn take_back(&mut self, grant: u16, note: &Arc<str>) -> Result<(), Refusal> {
        if note.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        let all = self.owed_of(grant);
        let sent = |o: &Obligation| !matches!(o.state, S::Requested | S::Canceled);
        if all.iter().any(sent) {
            return Err(Refusal::new(RefusalCode::AlreadySent));
        }
        if !all.iter().any(|o| o.state == S::Requested) {
            return Err(self.illegal());
        }
        // A rule's own decision is the policy's: whoever may go against it takes it back.
        if !self.made(grant) && !self.ctx.authority.may_override {
            return Err(Refusal::new(RefusalCode::FourEyes));
        }
        let note = note.clone();
        self.done(What::GrantTakenBack {
            grant,
            note: note.clone(),
        });
        self.give_up(grant, &note)
    }

    /// Gives up everything of a grant that was not sent.
    pub(super) fn give_up(&mut self, grant: u16, note: &Arc<str>) -> Result<(), Refusal> {
        for owed in self.owed_of(grant) {
            if matches!(owed.state, S::Requested | S::Failed | S::Returned) {
                self.cancel_owed(&owed, note)?;
            }
        }
        Ok(())
    }

    /// Gives one obligation up: what it reserved is free again.
    pub(super) fn cancel_owed(
        &mut self,
        owed: &Obligation,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        let freed = self.free(owed)?;
        self.done(What::ObligationCanceled {
            obligation: owed.id,
            note: note.clone(),
            freed,
        });
        Ok(())
    }

    fn owed_of(&self, grant: u16) -> Vec<Obligation> {
        self.case.owed_by(grant).cloned().collect()
    }

    /// Whether the actor made a grant.
    fn made(&self, grant: u16) -> bool {
        let grant = self.case.grants.get(usize::from(grant));
        grant.is_some_and(|g| self.is_me(g.by))
    }

    /// Does not send what nobody approved as it is now. An approval of something else is void: it
    /// stands among those that wait, until it is asked for again.
    pub(super) fn hold_back(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let owed = self.case.obligation(id).ok_or_else(|| self.illegal())?;
        let asked = self.case.approval(owed.grant).filter(|a| a.is_given());
        let Some(asked) = asked else {
            return Err(Refusal::new(RefusalCode::NeedsApproval));
        };
        let (grant, hash) = (asked.grant, asked.hash.clone());
        self.emit(Actor::Rule, What::ApprovalVoided { grant, hash });
        self.will_lapse(About::Grant { grant });
        Ok(())
    }

    /// Whether an obligation may not go out because nobody has approved it as it is now. Asked at
    /// the moment of sending, in the write that marks it as sent.
    pub(super) fn lacks_approval(&self, id: ObligationId) -> bool {
        let Some(owed) = self.case.obligation(id).filter(|o| o.state == S::Requested) else {
            return false;
        };
        if self.case.exchange_with(id).is_some() {
            return false;
        }
        self.case
            .approval(owed.grant)
            .is_some_and(|asked| !asked.is_given() || asked.hash != self.payload(owed.grant).hash())
    }
}
