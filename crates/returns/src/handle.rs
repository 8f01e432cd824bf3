//! The one door to a case: a command and the facts around it in, events, account entries and
//! effects out, or a [`Refusal`] and nothing changed. Rules chain on their own: a request is
//! decided, authorised and, where the policy pays at once, granted in one outcome.

mod announce;
mod approve;
mod auto;
mod claim;
mod clocks;
mod close;
mod exchange;
mod exchange_end;
mod goods;
mod grant;
mod judge;
mod manual;
mod payment;
mod redirect;
mod request;

pub use clocks::REMIND_DAYS;
pub use judge::appeal_days;

use crate::account::{AccountChange, AccountEntry, OrderAccount};
use crate::case::{ReturnCase, Status};
use crate::claim::VendorBears;
use crate::command::{Command, MAX_LINES_PER_COMMAND, MAX_NOTE_CHARS, MAX_SEALED};
use crate::decide::Facts;
use crate::decision::RequestedLine;
use crate::effect::{Effect, Notice};
use crate::event::{Event, What};
use crate::order::SalesOrder;
use crate::quote::TenderStrategy;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, CaseId, Date, ObligationId, ParcelId, Timestamp};
use law::{Holidays, LawBook};
use policy::Policy;
use smallvec::SmallVec;
use std::sync::Arc;

/// Ids the caller minted for what a command may create. Unused ones are simply dropped.
#[derive(Debug, Clone)]
pub struct Ids<'a> {
    /// For a new case.
    pub case: CaseId,
    /// The number for the consumer of a new case.
    pub rma: Arc<str>,
    /// For a new parcel.
    pub parcel: ParcelId,
    /// For obligations: a pool; [`Ids::obligations_needed`] are always enough.
    pub obligations: &'a [ObligationId],
}

impl Ids<'_> {
    /// How many obligation ids the largest grant on this order can use: one per tender and paid
    /// difference, one per line for goods, each with a difference and a security, credit and bonus.
    pub fn obligations_needed(order: &SalesOrder, account: &OrderAccount) -> usize {
        order.tenders.len() + account.collected.len() + 3 * order.lines.len() + 5
    }
}

/// What the actor may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Authority {
    /// Up to this amount, minor units; none means no limit.
    pub limit_minor: Option<i64>,
    /// Whether they may go against the rule with a reason. Never against the law.
    pub may_override: bool,
    /// Up to this amount in one case, what people granted before included; none means no limit.
    pub case_minor: Option<i64>,
    /// What cumulative limits leave: of the customer, of their own day, of the client's day.
    pub left_minor: Option<i64>,
    /// The order is their own, as far as the house can tell: they decide nothing about it.
    pub is_payee: bool,
}

/// Everything around a command.
#[derive(Debug, Clone)]
pub struct Ctx<'a> {
    /// The moment.
    pub now: Timestamp,
    /// The day, in the client's time zone.
    pub today: Date,
    /// The day where the consumer is: the law counts in these.
    pub local_day: Date,
    /// Who commands.
    pub actor: Actor,
    /// What they may decide.
    pub authority: Authority,
    /// The version the command was made for; none means "whatever it is now".
    pub expected_version: Option<u64>,
    /// Ids to use.
    pub ids: Ids<'a>,
    /// The policy version pinned at purchase.
    pub policy: &'a Policy,
    /// The law.
    pub law: &'a LawBook,
    /// Public holidays at the place of delivery.
    pub holidays: &'a Holidays,
    /// What a label would cost the customer, minor units.
    pub label_cost_minor: i64,
    /// The language a case is opened in, if it is known.
    pub lang: Option<kernel::Lang>,
    /// Returnless refunds this customer had from this client in the last 365 days.
    pub returnless_used_365d: u32,
    /// How a refund is spread over several tenders.
    pub tenders: TenderStrategy,
    /// When vendors bear what is granted for their goods.
    pub vendors: VendorBears,
    /// Article numbers wished for in this case of which too few are left.
    pub sold_out: &'a [Arc<str>],
    /// Which bank account is on file for the customer: an opaque number that changes with it.
    pub payout: Option<Arc<str>>,
    /// Other accounts of the person who commands.
    pub same_person: &'a [kernel::UserId],
    /// How long nothing is sent to an account that was named instead of what paid, hours.
    pub cooling_hours: u16,
}

/// What a command led to. All of it is written in one transaction or none of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The case afterwards: the replay of all its events.
    pub case: ReturnCase,
    /// The account afterwards.
    pub account: OrderAccount,
    /// New events, in order. Empty when a repeated command changes nothing.
    pub events: Vec<Event>,
    /// New entries of the account, in order.
    pub entries: Vec<AccountEntry>,
    /// What must happen outside.
    pub effects: Vec<Effect>,
}

/// Judges a command. Pure: same input, same outcome; on refusal nothing has changed.
pub fn handle(
    case: Option<&ReturnCase>,
    order: &SalesOrder,
    account: &OrderAccount,
    command: &Command,
    ctx: &Ctx<'_>,
) -> Result<Outcome, Refusal> {
    bounds(command)?;
    let Some(case) = case else {
        let Command::Request {
            lines,
            path,
            notice_sent_on,
            declared,
            wishes,
            claim,
        } = command
        else {
            return Err(Refusal::new(RefusalCode::UnknownCase));
        };
        let notice = request::Asked {
            path: *path,
            sent_on: *notice_sent_on,
            declared: *declared,
            wishes,
            claim: *claim,
        };
        return request::request(order, account, ctx, lines, &notice);
    };
    if case.order != order.id || account.order != order.id || case.client != order.client {
        return Err(Refusal::new(RefusalCode::UnknownCase));
    }
    if ctx.expected_version.is_some_and(|v| v != case.version) {
        return Err(Refusal::new(RefusalCode::StaleVersion));
    }
    let mut work = Work::new(order, account.clone(), case.clone(), ctx);
    work.carry_out(command)?;
    work.finish()
}

/// A command being carried out: the state so far and what it has led to.
struct Work<'a> {
    order: &'a SalesOrder,
    ctx: &'a Ctx<'a>,
    case: ReturnCase,
    account: OrderAccount,
    events: Vec<Event>,
    entries: Vec<AccountEntry>,
    effects: Vec<Effect>,
    obligations_used: usize,
    /// Exchanges whose goods were set aside before the command.
    set_aside: SmallVec<[ObligationId; 2]>,
}

impl<'a> Work<'a> {
    fn new(
        order: &'a SalesOrder,
        account: OrderAccount,
        case: ReturnCase,
        ctx: &'a Ctx<'a>,
    ) -> Self {
        let kept = case.exchanges.iter().filter(|e| case.keeps_shelf(e));
        let set_aside = kept.map(|e| e.goods).collect();
        Self {
            set_aside,
            order,
            ctx,
            case,
            account,
            events: Vec::new(),
            entries: Vec::new(),
            effects: Vec::new(),
            obligations_used: 0,
        }
    }

    fn finish(mut self) -> Result<Outcome, Refusal> {
        if !self.events.is_empty() {
            self.count_clocks();
            self.close_if_finished()?;
            self.move_shelves();
            self.effects.push(Effect::Webhook);
        }
        for entry in &mut self.entries {
            entry.version = self.case.version;
        }
        Ok(Outcome {
            case: self.case,
            account: self.account,
            events: self.events,
            entries: self.entries,
            effects: self.effects,
        })
    }

    /// Records an event and carries it out.
    fn emit(&mut self, by: Actor, what: What) {
        let event = Event::new(self.ctx.now, by, what);
        self.case.apply(&event);
        self.events.push(event);
    }

    /// Records an event of the commanding actor.
    fn done(&mut self, what: What) {
        self.emit(self.ctx.actor, what);
    }

    /// Posts a change to the account.
    fn post(&mut self, change: AccountChange) -> Result<(), Refusal> {
        let entry = self.account.post(self.order, self.case.id, change)?;
        self.entries.push(entry);
        Ok(())
    }

    fn notify(&mut self, notice: Notice) {
        self.effects.push(Effect::Notify { notice });
    }

    /// Takes the lowest free units of a line for this case.
    fn claim(&mut self, line: u16, units: u32) -> Result<(), Refusal> {
        for run in self.account.free_runs(self.order, line, units)? {
            self.post(AccountChange::Claimed { line, run })?;
        }
        Ok(())
    }

    /// Gives the last `units` of a line back to the order, as far as no grant covers them.
    fn release(&mut self, line: u16, units: u32) -> Result<(), Refusal> {
        let spare = self.account.spare_units(self.order, self.case.id, line);
        for run in self.account.tail_runs(self.case.id, line, units.min(spare)) {
            self.post(AccountChange::Released { line, run })?;
        }
        Ok(())
    }

    /// Gives up every unit no grant covers.
    fn release_all(&mut self) -> Result<(), Refusal> {
        let lines: SmallVec<[u16; 4]> = self.case.lines.iter().map(|l| l.line).collect();
        lines
            .into_iter()
            .try_for_each(|line| self.release(line, u32::MAX))
    }

    fn illegal(&self) -> Refusal {
        Refusal::new(RefusalCode::IllegalInState).with_status(self.case.status())
    }

    /// Refuses unless the case is open for work on its goods and money.
    fn must_be_open(&self) -> Result<(), Refusal> {
        if self.case.closed {
            return Err(Refusal::new(RefusalCode::Closed).with_status(Status::Closed));
        }
        if self.case.cancelled {
            Err(self.illegal())
        } else {
            Ok(())
        }
    }

    /// Whether a person stands behind the command.
    fn is_person(&self) -> bool {
        matches!(self.ctx.actor, Actor::User { .. })
    }

    /// The facts of the case for a decision.
    fn facts<'b>(&'b self, lines: &'b [RequestedLine]) -> Facts<'b> {
        Facts {
            order: self.order,
            account: &self.account,
            case: Some(self.case.id),
            lines,
            path: self.case.path,
            asked_on: self.case.asked_on,
            notice_sent_on: self.case.notice_sent_on,
            notice_received_on: self.case.notice_received_on,
            policy: self.ctx.policy,
            law: self.ctx.law,
            holidays: self.ctx.holidays,
            returnless_used_365d: self.ctx.returnless_used_365d,
            claim: self.case.claim,
            label_cost_minor: self.case.label_cost_minor,
            tenders: self.ctx.tenders,
        }
    }

    fn carry_out(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Request { .. } => Err(Refusal::new(RefusalCode::AlreadyExists)),
            Command::Announce { lines } => self.announce(lines),
            Command::AskInfo {
                line,
                missing,
                note,
            } => self.ask_info(*line, *missing, note),
            Command::AnswerInfo { line, evidence } => self.answer_info(*line, *evidence),
            Command::Authorise {
                lines,
                keep,
                reason,
            } => self.authorise(lines, *keep, reason.as_ref()),
            Command::Decline {
                lines,
                ground,
                note,
            } => self.decline(lines, *ground, note.as_ref()),
            Command::AddLabel {
                parcel,
                carrier,
                tracking,
            } => self.add_label(*parcel, carrier, tracking),
            Command::ShipScan { parcel, on } => self.ship_scan(*parcel, *on),
            Command::DeliverScan { parcel, on } => self.deliver_scan(*parcel, *on),
            Command::Receive {
                parcel,
                counts,
                strays,
                complete,
            } => self.receive(*parcel, counts, strays, *complete),
            Command::Recount { line, units, note } => self.recount(*line, *units, note),
            Command::Grade {
                line,
                units,
                grade,
                accept,
                wrong_item,
                note,
            } => {
                let lot = goods::Inspection {
                    line: *line,
                    units: *units,
                    grade: *grade,
                    accepted: *accept,
                    wrong_item: *wrong_item,
                };
                self.grade(lot, note.as_ref())
            }
            Command::Dispose {
                line,
                units,
                grade,
                disposition,
            } => self.dispose(*line, *units, *grade, *disposition),
            Command::Decide {
                lines,
                shipping_minor,
                reason,
            } => self.decide(lines, *shipping_minor, reason.as_ref()),
            Command::Exchange { ask } => self.exchange(ask),
            Command::FallBack { goods, note } => self.fall_back(*goods, note),
            Command::CallOffExchange { goods, note } => self.call_off(*goods, note),
            Command::CheckExchange { goods } => self.check_exchange_day(*goods),
            Command::ReturnExchanged { goods, wanted } => self.return_exchanged(*goods, *wanted),
            Command::EndSecurity {
                goods,
                charge,
                note,
            } => self.end_security(*goods, *charge, note),
            Command::PaymentSent { .. }
            | Command::CheckoutOpened { .. }
            | Command::PaymentPending { .. }
            | Command::PaymentSettled { .. }
            | Command::PaymentFailed { .. }
            | Command::PaymentReturned { .. }
            | Command::PaymentUnknown { .. }
            | Command::HoldRefund { .. }
            | Command::RetryPayment { .. }
            | Command::CancelObligation { .. } => self.payment(command),
            Command::ResolveClaim { .. }
            | Command::GiveGoodwill { .. }
            | Command::FileProof { .. }
            | Command::FileCarrierClaim { .. }
            | Command::EndCarrierClaim { .. }
            | Command::EndVendorClaim { .. }
            | Command::MoveRepair { .. }
            | Command::LetDonate { .. }
            | Command::ProveDonation { .. } => self.claim_command(command),
            Command::RingClock {
                kind,
                rule,
                breached,
            } => self.ring(*kind, rule, *breached),
            Command::Acknowledge { .. }
            | Command::ProveSending { .. }
            | Command::Cancel { .. }
            | Command::Appeal { .. }
            | Command::Uphold { .. }
            | Command::Overturn { .. }
            | Command::Hold { .. }
            | Command::ReleaseHold { .. }
            | Command::OpenDispute { .. }
            | Command::CloseDispute { .. }
            | Command::EndDispute { .. }
            | Command::Note { .. }
            | Command::Expire
            | Command::Reopen { .. }
            | Command::Close => self.judge(command),
            Command::AskApproval { .. }
            | Command::AskAgain { .. }
            | Command::Approve { .. }
            | Command::RefuseApproval { .. }
            | Command::TakeBack { .. } => self.approval(command),
            Command::InviteAccount
            | Command::AskDestination { .. }
            | Command::GiveDestination { .. }
            | Command::RefuseDestination { .. }
            | Command::ObjectDestination { .. }
            | Command::Lapse { .. } => self.destination(command),
            Command::ProposeManual { .. }
            | Command::ConfirmManual { .. }
            | Command::RefuseManual { .. } => self.outside(command),
        }
    }
}

/// Bounds on lists and texts; everything else is bounded by what it is checked against.
fn bounds(command: &Command) -> Result<(), Refusal> {
    let too_large = || Err(Refusal::new(RefusalCode::TooLarge));
    let (lines, note): (usize, Option<&Arc<str>>) = match command {
        Command::Request { lines, wishes, .. } => (lines.len().max(wishes.len()), None),
        Command::Announce { lines } => (lines.len(), None),
        Command::Authorise { lines, reason, .. } | Command::LetDonate { lines, reason } => {
            (lines.len(), reason.as_ref())
        }
        Command::ResolveClaim { lines, reason, .. } => (lines.len(), Some(reason)),
        Command::GiveGoodwill { reason, .. } => (0, Some(reason)),
        Command::FileProof { proof } => (0, Some(&proof.reference)),
        Command::ProveDonation { reference, .. } => (0, Some(reference)),
        Command::Decline { lines, note, .. } => (lines.len(), note.as_ref()),
        Command::Decide { lines, reason, .. } => (lines.len(), reason.as_ref()),
        Command::AskApproval {
            lines, reason, why, ..
        } => (
            lines.len(),
            Some(
                reason
                    .as_ref()
                    .filter(|r| r.len() > why.len())
                    .unwrap_or(why),
            ),
        ),
        Command::Exchange { ask } => (ask.lines.len(), ask.reason.as_ref()),
        Command::Receive { counts, strays, .. } => {
            if strays
                .iter()
                .any(|s| s.units == 0 || s.units > 1_000_000 || s.label.len() > 800)
            {
                return too_large();
            }
            (counts.len().max(strays.len()), None)
        }
        Command::Grade { note, .. } | Command::Cancel { note } => (0, note.as_ref()),
        Command::AskInfo { note, .. }
        | Command::Recount { note, .. }
        | Command::CancelObligation { note, .. }
        | Command::FallBack { note, .. }
        | Command::MoveRepair { note, .. }
        | Command::CallOffExchange { note, .. }
        | Command::EndSecurity { note, .. }
        | Command::Appeal { note }
        | Command::Uphold { note }
        | Command::Overturn { note }
        | Command::AskAgain { why: note, .. }
        | Command::RefuseApproval { note, .. }
        | Command::RefuseDestination { note, .. }
        | Command::RefuseManual { note, .. }
        | Command::ProposeManual { reason: note, .. }
        | Command::TakeBack { note, .. }
        | Command::Hold { note }
        | Command::ReleaseHold { note }
        | Command::Note { note }
        | Command::ProveSending { note, .. }
        | Command::Reopen { note } => (0, Some(note)),
        Command::AddLabel {
            carrier, tracking, ..
        }
        | Command::FileCarrierClaim {
            carrier, tracking, ..
        } => (
            0,
            Some(if carrier.len() > tracking.len() {
                carrier
            } else {
                tracking
            }),
        ),
        Command::PaymentSettled { reference, .. } | Command::CheckoutOpened { reference, .. } => {
            (0, Some(reference))
        }
        Command::PaymentFailed { code, .. }
        | Command::PaymentReturned { code, .. }
        | Command::OpenDispute { code } => (0, Some(code)),
        _ => (0, None),
    };
    // What is sealed was measured before it was.
    let long = note.is_some_and(|n| {
        n.len() > MAX_NOTE_CHARS
            && !(n.starts_with(kernel::SEALED_PREFIX) && n.len() < MAX_SEALED)
            && n.chars().count() > MAX_NOTE_CHARS
    });
    if lines > MAX_LINES_PER_COMMAND || long {
        too_large()
    } else {
        Ok(())
    }
}
