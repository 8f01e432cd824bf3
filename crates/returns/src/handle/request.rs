//! Opening a case and answering questions about it: claim the units, let the rule decide, carry
//! out what it may carry out alone.

use super::{Ctx, Outcome, Work};
use crate::account::OrderAccount;
use crate::case::ReturnCase;
use crate::claim::ClaimKind;
use crate::command::Declared;
use crate::decide::decide;
use crate::decision::{Path, RequestedLine, Verdict};
use crate::effect::{Effect, Notice};
use crate::event::{Event, What};
use crate::exchange::Wish;
use crate::order::SalesOrder;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, Date, ReasonCode};
use policy::{EvidenceDemand, EvidenceGiven, Policy};
use std::sync::Arc;

/// How a return is asked for.
pub(super) struct Asked<'a> {
    pub path: Path,
    pub sent_on: Option<Date>,
    pub declared: Option<Declared>,
    pub wishes: &'a [Wish],
    pub claim: Option<ClaimKind>,
}

/// Opens a case.
pub(super) fn request(
    order: &SalesOrder,
    account: &OrderAccount,
    ctx: &Ctx<'_>,
    lines: &[RequestedLine],
    asked: &Asked<'_>,
) -> Result<Outcome, Refusal> {
    if account.order != order.id {
        return Err(Refusal::new(RefusalCode::UnknownCase));
    }
    check_lines(order, ctx.policy, lines)?;
    let &Asked {
        path,
        sent_on,
        declared,
        wishes,
        claim,
    } = asked;
    let received = declared.map_or(ctx.local_day, |d| d.received_on.min(ctx.local_day));
    let opened = Event::new(
        ctx.now,
        ctx.actor,
        What::Requested {
            case: ctx.ids.case,
            client: order.client,
            order: order.id,
            rma: ctx.ids.rma.clone(),
            path,
            policy: order.policy,
            currency: order.currency,
            lines: lines.to_vec(),
            asked_on: ctx.today,
            // A notice cannot have been sent after it came.
            notice_sent_on: sent_on.unwrap_or(received).min(received),
            notice_received_on: received,
            law: ctx.law.version_id(),
            declared,
            label_cost_minor: ctx.label_cost_minor.max(0),
            lang: ctx.lang,
        },
    );
    let case = ReturnCase::open(&opened).ok_or(Refusal::new(RefusalCode::UnknownCase))?;
    let mut work = Work::new(order, account.clone(), case, ctx);
    work.events.push(opened);
    for l in lines {
        work.claim(l.line, l.units)?;
    }
    work.wish(lines, wishes)?;
    if let Some(claim) = claim {
        work.done(What::Claimed { claim });
    }
    // A declaration has its own acknowledgement, and one is enough.
    if declared.is_none() {
        work.notify(Notice::Receipt);
    }
    if !lines.is_empty() {
        work.assess()?;
    }
    work.finish()
}

/// Each line is one of the order and named once, and the client's own reasons are the policy's.
pub(super) fn check_lines(
    order: &SalesOrder,
    policy: &Policy,
    lines: &[RequestedLine],
) -> Result<(), Refusal> {
    for (i, l) in lines.iter().enumerate() {
        if order.line(l.line).is_none() {
            return Err(Refusal::new(RefusalCode::UnknownLine).on_line(l.line));
        }
        if lines[..i].iter().any(|other| other.line == l.line) {
            return Err(Refusal::new(RefusalCode::LineTwice).on_line(l.line));
        }
        let stands_for = |own| policy.own_reason(own).map(|(_, code)| code);
        if l.own
            .as_deref()
            .is_some_and(|own| stands_for(own) != Some(l.reason))
        {
            return Err(Refusal::new(RefusalCode::UnknownReason).on_line(l.line));
        }
    }
    Ok(())
}

impl Work<'_> {
    /// Lets the rule decide what is undecided and carries out what it may alone.
    pub(super) fn assess(&mut self) -> Result<(), Refusal> {
        let asked = self.case.requested();
        let mut decision = Box::new(decide(&self.facts(&asked)));
        if self.case.has_goods() {
            // They are where they are.
            let known = self.case.return_to();
            decision
                .lines
                .iter_mut()
                .for_each(|d| d.terms.return_to = known);
        }
        self.emit(
            Actor::Rule,
            What::Assessed {
                decision: decision.clone(),
            },
        );
        let (mut let_back, mut needs_info, mut declined) = (false, false, false);
        for d in &decision.lines {
            let open = self
                .case
                .line(d.line)
                .map_or(0, |l| l.quantities.undecided());
            // What went wrong is for a person to judge.
            if open == 0 || self.case.claim.is_some() {
                continue;
            }
            match d.verdict {
                // In part by the rule and in part by a person reads as a muddle: all or none.
                Verdict::Authorise | Verdict::AuthoriseReturnless => {
                    let keep = d.verdict == Verdict::AuthoriseReturnless;
                    let what = What::LineAuthorised {
                        line: d.line,
                        units: open,
                        keep,
                        overridden: None,
                    };
                    self.emit(Actor::Rule, what);
                    let_back = true;
                }
                Verdict::Decline => {
                    let ground = d
                        .reasons
                        .first()
                        .map_or(ReasonCode::NeedsReview, |r| r.code);
                    let what = What::LineDeclined {
                        line: d.line,
                        units: open,
                        ground,
                        note: None,
                    };
                    self.emit(Actor::Rule, what);
                    self.release(d.line, open)?;
                    declined = true;
                }
                Verdict::NeedsInfo { .. } => needs_info = true,
                Verdict::Review => {}
            }
        }
        if needs_info {
            self.notify(Notice::InfoNeeded);
        }
        if declined {
            self.notify(Notice::Declined);
        }
        if let_back {
            self.after_authorising()?;
        }
        Ok(())
    }

    /// A label for what comes back, and money for what the policy pays at once.
    pub(super) fn after_authorising(&mut self) -> Result<(), Refusal> {
        self.recognise();
        let comes_back = self.case.lines.iter().any(|l| l.quantities.expected() > 0);
        if comes_back && self.case.parcels.is_empty() {
            self.effects.push(Effect::CreateLabel {
                parcel: self.ctx.ids.parcel,
            });
        }
        self.notify(Notice::Authorised);
        self.agree_wishes()?;
        self.grant_what_is_due()
    }

    pub(super) fn ask_info(
        &mut self,
        line: u16,
        missing: EvidenceDemand,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let l = self
            .case
            .line(line)
            .ok_or(Refusal::new(RefusalCode::UnknownLine).on_line(line))?;
        if l.quantities.undecided() == 0 {
            return Err(self.illegal().on_line(line));
        }
        self.done(What::InfoAsked {
            line,
            missing,
            note: note.clone(),
        });
        self.notify(Notice::InfoNeeded);
        Ok(())
    }

    pub(super) fn answer_info(
        &mut self,
        line: u16,
        evidence: EvidenceGiven,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let l = self
            .case
            .line(line)
            .ok_or(Refusal::new(RefusalCode::UnknownLine).on_line(line))?;
        if l.quantities.undecided() == 0 {
            return Err(self.illegal().on_line(line));
        }
        self.done(What::InfoAnswered { line, evidence });
        self.assess()
    }
}
