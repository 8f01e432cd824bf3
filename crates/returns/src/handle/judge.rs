//! What people decide about a case: let back, decline, cancel, appeal, hold, expire, close.

use super::Work;
use crate::account::AccountChange;
use crate::case::Status;
use crate::command::Command;
use crate::effect::Notice;
use crate::event::{Count, What};
use crate::refusal::{Refusal, RefusalCode};
use jiff::SignedDuration;
use kernel::{ReasonCode, Timestamp, plus_days};
use smallvec::SmallVec;
use std::sync::Arc;

/// Days after a decision in which it can be appealed where the policy says nothing.
const APPEAL_DAYS: u16 = 30;

/// Days after a decision in which a customer of this policy can object to it.
pub fn appeal_days(policy: &policy::Policy) -> u16 {
    policy.source().appeal.map_or(APPEAL_DAYS, |a| a.days)
}

impl Work<'_> {
    pub(super) fn authorise(
        &mut self,
        lines: &[Count],
        keep: bool,
        reason: Option<&Arc<str>>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.check_counts(lines)?;
        if keep {
            // Kept goods are paid for at once.
            self.not_own_matter()?;
        }
        let reason = reason.filter(|r| !r.trim().is_empty());
        let mut worth: i64 = 0;
        for c in lines {
            let claimed = self
                .account
                .next_gross(self.order, self.case.id, c.line, c.units);
            worth = worth.saturating_add(claimed);
        }
        self.check_authority(worth)?;
        for c in lines {
            let verdict = self.verdict_on(c.line);
            let against = matches!(verdict, None | Some(crate::decision::Verdict::Decline));
            let keeps_more = keep && verdict != Some(crate::decision::Verdict::AuthoriseReturnless);
            if (against || keeps_more) && reason.is_none() {
                return Err(Refusal::new(RefusalCode::NeedsReason).on_line(c.line));
            }
            let undecided = self
                .case
                .line(c.line)
                .map_or(0, |l| l.quantities.undecided());
            if c.units > undecided {
                if keep {
                    // They are here already: nothing to keep.
                    return Err(self.illegal().on_line(c.line));
                }
                self.claim(c.line, c.units - undecided)?;
            }
            let overridden = reason.filter(|_| against || keeps_more).cloned();
            let what = What::LineAuthorised {
                line: c.line,
                units: c.units,
                keep,
                overridden,
            };
            self.done(what);
        }
        self.after_authorising()
    }

    pub(super) fn decline(
        &mut self,
        lines: &[Count],
        ground: ReasonCode,
        note: Option<&Arc<str>>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.check_counts(lines)?;
        for c in lines {
            if self.must_stand(c.line) {
                return Err(Refusal::new(RefusalCode::AgainstLaw).on_line(c.line));
            }
            let claimed = self.case.claim.is_some();
            let statutory = self.case.decision.as_ref().is_some_and(|d| {
                d.lines
                    .iter()
                    .any(|d| d.line == c.line && d.terms.statutory)
            });
            if statutory && !matches!(ground, ReasonCode::WrongItemReceived) {
                // An open right is not declined by anyone; a defect claim may be disputed, by a
                // person, with words.
                let open = self.verdict_on(c.line) == Some(crate::decision::Verdict::Authorise);
                let disputable = (!open || claimed) && self.is_person();
                if !disputable {
                    return Err(Refusal::new(RefusalCode::AgainstLaw).on_line(c.line));
                }
                if note.is_none_or(|n| n.trim().is_empty()) {
                    return Err(Refusal::new(RefusalCode::NeedsReason).on_line(c.line));
                }
            }
            let undecided = self
                .case
                .line(c.line)
                .map_or(0, |l| l.quantities.undecided());
            let note = note.cloned();
            self.done(What::LineDeclined {
                line: c.line,
                units: c.units,
                ground,
                note,
            });
            self.release(c.line, c.units.min(undecided))?;
        }
        self.notify(Notice::Declined);
        Ok(())
    }

    fn verdict_on(&self, line: u16) -> Option<crate::decision::Verdict> {
        let decision = self.case.decision.as_ref()?;
        decision
            .lines
            .iter()
            .find(|d| d.line == line)
            .map(|d| d.verdict)
    }

    /// Each line once, and no more units than are open: undecided or come unannounced.
    fn check_counts(&self, lines: &[Count]) -> Result<(), Refusal> {
        if lines.is_empty() {
            return Err(Refusal::new(RefusalCode::WrongQuantity));
        }
        for (i, c) in lines.iter().enumerate() {
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(c.line);
            let l = self.case.line(c.line).ok_or_else(unknown)?;
            if lines[..i].iter().any(|other| other.line == c.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(c.line));
            }
            let open = l.quantities.decidable();
            if c.units == 0 || c.units > open {
                let refusal = Refusal::new(RefusalCode::WrongQuantity);
                return Err(refusal.on_line(c.line).with_allowed(open));
            }
        }
        Ok(())
    }

    pub(super) fn judge(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Note { note } => self.done(What::Noted { note: note.clone() }),
            Command::Cancel { note } => self.cancel(note.as_ref())?,
            Command::Appeal { note } => self.appeal(note)?,
            Command::Uphold { note } => {
                self.appeal_decider()?;
                self.done(What::AppealUpheld { note: note.clone() });
                self.notify(Notice::AppealDecided);
            }
            Command::Overturn { note } => self.overturn(note)?,
            Command::Hold { note } => {
                self.must_be_open()?;
                if !self.case.on_hold {
                    self.done(What::Held { note: note.clone() });
                }
            }
            Command::ReleaseHold { note } => {
                if self.case.on_hold {
                    self.done(What::HoldReleased { note: note.clone() });
                    self.grant_what_is_due()?;
                }
            }
            Command::OpenDispute { code } => {
                if !self.case.disputed {
                    self.done(What::DisputeOpened { code: code.clone() });
                }
            }
            Command::EndDispute { lost_minor } => {
                if self.case.disputed {
                    let lost_minor = *lost_minor;
                    self.done(What::DisputeClosed { lost_minor });
                    // What was lost is in the account: a payment beyond it is held there.
                    self.after_dispute(0);
                    // What became due while it was open.
                    if !self.case.closed && !self.case.cancelled {
                        self.grant_what_is_due()?;
                    }
                }
            }
            Command::CloseDispute { lost_minor } => {
                if !self.case.disputed {
                    return Err(self.illegal());
                }
                if *lost_minor != 0 {
                    self.post(AccountChange::ChargebackLost { minor: *lost_minor })?;
                }
                self.done(What::DisputeClosed {
                    lost_minor: *lost_minor,
                });
                self.after_dispute(*lost_minor);
            }
            Command::Expire => self.expire()?,
            Command::Reopen { note } => {
                // What was cancelled is asked for anew.
                if self.case.cancelled || !(self.case.closed || self.case.expired) {
                    return Err(self.illegal());
                }
                self.revive(note)?;
            }
            Command::Close => self.close()?,
            Command::Acknowledge { sha256 } => {
                if self.case.acknowledged_on.is_none() {
                    let (sha256, on) = (sha256.clone(), self.ctx.local_day);
                    self.done(What::Acknowledged { sha256, on });
                }
            }
            Command::ProveSending { on, note } => {
                self.must_be_open()?;
                // Nobody can have sent tomorrow what was asked for today.
                let on = (*on).min(self.ctx.local_day);
                if self.case.proof_on.is_none_or(|known| on < known) {
                    let note = note.clone();
                    self.done(What::SendingProved { on, note });
                    self.start_refund_clock(None, Some(on));
                }
            }
            _ => return Err(self.illegal()),
        }
        Ok(())
    }

    fn cancel(&mut self, note: Option<&Arc<str>>) -> Result<(), Refusal> {
        if self.case.cancelled {
            return Ok(());
        }
        self.must_be_open()?;
        let delivered = self.case.parcels.iter().any(|p| p.delivered_on.is_some());
        if self.case.has_goods() || delivered {
            return Err(Refusal::new(RefusalCode::AlreadyReceived));
        }
        // Nothing is decided but exchanges of which nothing has left.
        let swapped = |line: u16| -> u32 {
            let own = self.case.live_exchanges().flat_map(|e| &e.lines);
            own.filter(|c| c.line == line).map(|c| c.units).sum()
        };
        let mut lines = self.case.lines.iter();
        let more = lines.any(|l| l.granted_minor > 0 || l.quantities.granted > swapped(l.line));
        if more || self.case.shipping_granted_minor > 0 || self.any_swap_left() {
            return Err(Refusal::new(RefusalCode::StillOpen).with_status(self.case.status()));
        }
        self.call_off_all("called off")?;
        self.done(What::Cancelled {
            note: note.cloned(),
        });
        self.release_all()?;
        self.notify(Notice::Cancelled);
        Ok(())
    }

    fn appeal(&mut self, note: &Arc<str>) -> Result<(), Refusal> {
        if self.case.cancelled {
            return Err(self.illegal());
        }
        if self.case.appeal.is_some_and(|a| a.upheld.is_none()) {
            return Err(self.illegal());
        }
        let decided: Timestamp = self.case.decided_at.ok_or_else(|| self.illegal())?;
        let days = i64::from(appeal_days(self.ctx.policy));
        let limit = decided.saturating_add(SignedDuration::from_hours(24 * days));
        if limit.is_ok_and(|limit| self.ctx.now > limit) {
            return Err(Refusal::new(RefusalCode::AppealTooLate));
        }
        self.reopen_for("objection after closing")?;
        let terms = self.ctx.policy.source().appeal;
        let answer_by = terms.and_then(|a| plus_days(self.ctx.today, a.answer_days));
        let note = note.clone();
        self.done(What::Appealed { note, answer_by });
        self.notify(Notice::AppealReceived);
        Ok(())
    }

    /// Only another person than the one who decided may decide the appeal.
    fn appeal_decider(&self) -> Result<(), Refusal> {
        if self.case.appeal.is_none_or(|a| a.upheld.is_some()) {
            return Err(self.illegal());
        }
        if !self.is_person() {
            return Err(Refusal::new(RefusalCode::NeedsPerson));
        }
        if self.case.decided_by.is_some_and(|by| self.is_me(by)) {
            return Err(Refusal::new(RefusalCode::NotOwnDecision));
        }
        Ok(())
    }

    /// Declined units are open again, for the person who overturned to decide.
    fn overturn(&mut self, note: &Arc<str>) -> Result<(), Refusal> {
        self.appeal_decider()?;
        let declined: SmallVec<[(u16, u32); 2]> = self
            .case
            .lines
            .iter()
            .map(|l| (l.line, l.quantities.declined))
            .collect();
        for (line, units) in declined.into_iter().filter(|d| d.1 > 0) {
            self.claim(line, units)?;
        }
        self.done(What::AppealOverturned { note: note.clone() });
        self.notify(Notice::AppealDecided);
        Ok(())
    }

    fn expire(&mut self) -> Result<(), Refusal> {
        self.must_be_open()?;
        let status = self.case.status();
        if !matches!(
            status,
            Status::Authorised | Status::PartlyAuthorised | Status::AwaitingGoods
        ) {
            return Err(self.illegal());
        }
        if self
            .case
            .clocks
            .authorise_expires
            .is_some_and(|day| self.ctx.today <= day)
        {
            return Err(self.illegal());
        }
        // Goods that went out in advance are watched by their own day.
        if self.any_swap_left() {
            return Err(self.illegal());
        }
        self.call_off_all("not sent in time")?;
        self.done(What::Expired);
        self.release_all()?;
        self.notify(Notice::Expired);
        Ok(())
    }

    /// Brings an expired or closed case back and takes its units again, if they are still free.
    pub(super) fn revive(&mut self, note: &str) -> Result<(), Refusal> {
        for (line, units) in self.units_given_up() {
            self.claim(line, units)?;
        }
        self.done(What::Reopened { note: note.into() });
        Ok(())
    }
}
