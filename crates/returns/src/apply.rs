//! Events to state. Applying is total: an event was checked when it was made, and a replay of
//! the log always gives the state it was made from. Claims and exchanges have their own file.

use crate::case::{
    Appeal, CaseLine, Grant, Lot, Obligation, ObligationState, Parcel, Quantities, ReturnCase,
};
use crate::clock::{ClockKind, StatutoryClock};
use crate::decision::{Clocks, Decision, RequestedLine};
use crate::event::{Event, What};
use crate::freed::{FreedFigure, freed_from_the_end};
use kernel::{Actor, Date, ObligationId};
use policy::{EvidenceGiven, Outcome};
use smallvec::SmallVec;

mod swapped;

/// A log that is not the log of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The first event does not open a case.
    #[error("the first event of a case must be `requested`")]
    NotOpened,
    /// A later event opens a case again.
    #[error("event {0} opens the case a second time")]
    OpenedTwice(usize),
}

/// The case its events add up to.
pub fn replay(events: &[Event]) -> Result<ReturnCase, ReplayError> {
    let (first, rest) = events.split_first().ok_or(ReplayError::NotOpened)?;
    let mut case = ReturnCase::open(first).ok_or(ReplayError::NotOpened)?;
    for (i, event) in rest.iter().enumerate() {
        if matches!(event.what, What::Requested { .. }) {
            return Err(ReplayError::OpenedTwice(i + 1));
        }
        case.apply(event);
    }
    Ok(case)
}

/// Shows the case after each of its events; nothing where the events are not those of a case.
pub(crate) fn replay_each(events: &[Event], mut see: impl FnMut(&ReturnCase, &Event)) {
    let Some((first, rest)) = events.split_first() else {
        return;
    };
    let Some(mut case) = ReturnCase::open(first) else {
        return;
    };
    for event in rest {
        case.apply(event);
        see(&case, event);
    }
}

impl ReturnCase {
    /// The case a `requested` event opens; none for any other event.
    pub fn open(event: &Event) -> Option<Self> {
        let What::Requested {
            case,
            client,
            order,
            rma,
            path,
            policy,
            currency,
            lines,
            asked_on,
            notice_sent_on,
            notice_received_on,
            law,
            declared,
            label_cost_minor,
            lang,
        } = &event.what
        else {
            return None;
        };
        Some(Self {
            id: *case,
            client: *client,
            order: *order,
            rma: rma.clone(),
            path: *path,
            policy: *policy,
            currency: *currency,
            version: 1,
            opened_at: event.at,
            changed_at: event.at,
            asked_on: *asked_on,
            notice_sent_on: *notice_sent_on,
            notice_received_on: *notice_received_on,
            law: law.clone(),
            declaration: declared.map(|d| d.id),
            statutory: Vec::new(),
            goods_on: None,
            proof_on: None,
            acknowledged_on: declared.and_then(|d| d.acknowledged_on),
            label_cost_minor: *label_cost_minor,
            lang: *lang,
            lines: lines.iter().map(|l| announced(blank(l.line), l)).collect(),
            decision: None,
            clocks: Clocks::default(),
            parcels: SmallVec::new(),
            strays: Vec::new(),
            grants: Vec::new(),
            claim: None,
            proofs: Vec::new(),
            carrier_claims: Vec::new(),
            vendor_charges: Vec::new(),
            repairs: Vec::new(),
            donations: Vec::new(),
            wishes: Vec::new(),
            exchanges: Vec::new(),
            obligations: SmallVec::new(),
            approvals: Vec::new(),
            redirect: None,
            account_invited_by: None,
            manuals: Vec::new(),
            taken_back: false,
            to_decide_anew: Vec::new(),
            held_back: Vec::new(),
            shipping_granted_minor: 0,
            promotion_granted_minor: 0,
            decided_by: None,
            decided_at: None,
            appeal: None,
            overrides: 0,
            on_hold: false,
            disputed: false,
            cancelled: false,
            expired: false,
            closed: false,
            reopened: false,
        })
    }

    /// Carries an event out.
    pub fn apply(&mut self, event: &Event) {
        self.version += 1;
        self.changed_at = event.at;
        // What is only noted or counted leaves a case that was brought back as it is.
        if !matches!(
            event.what,
            What::Noted { .. }
                | What::ClocksCounted { .. }
                | What::ClockReminded { .. }
                | What::ClockBreached { .. }
                | What::Acknowledged { .. }
                | What::SendingProved { .. }
        ) {
            self.reopened = false;
        }
        match &event.what {
            What::Requested { .. } | What::Noted { .. } => {}
            What::ClocksCounted { clocks } => self.statutory.clone_from(clocks),
            What::ClockReminded { kind, rule, on, .. } => {
                self.on_clock(*kind, rule, |c| c.reminded_on = Some(*on));
            }
            What::ClockBreached { kind, rule, on, .. } => {
                self.on_clock(*kind, rule, |c| c.breached_on = Some(*on));
            }
            What::Acknowledged { on, .. } => {
                self.acknowledged_on = self.acknowledged_on.or(Some(*on));
            }
            What::SendingProved { on, .. } => self.proof_on = earliest(self.proof_on, Some(*on)),
            What::LinesAnnounced { lines } => {
                for asked in lines {
                    let at = self.lines.iter().position(|l| l.line == asked.line);
                    let known = at.map(|at| self.lines.remove(at));
                    let line = announced(known.unwrap_or_else(|| blank(asked.line)), asked);
                    self.lines.insert(at.unwrap_or(self.lines.len()), line);
                }
            }
            What::Assessed { decision } => self.assess(decision),
            What::InfoAsked { line, missing, .. } => {
                self.on_line(*line, |l| l.missing = Some(*missing));
            }
            What::InfoAnswered { line, evidence } => self.on_line(*line, |l| {
                l.missing = None;
                l.evidence = *evidence;
            }),
            What::Held { .. } => self.on_hold = true,
            What::HoldReleased { .. } => self.on_hold = false,
            What::DisputeOpened { .. } => self.disputed = true,
            What::DisputeClosed { .. } => self.disputed = false,
            What::Cancelled { .. } => self.cancelled = true,
            What::Expired => self.expired = true,
            What::Closed => self.closed = true,
            What::Reopened { .. } => {
                (self.closed, self.expired, self.reopened) = (false, false, true);
            }
            What::Appealed { answer_by, .. } => {
                self.appeal = Some(Appeal {
                    at: event.at,
                    answer_by: *answer_by,
                    upheld: None,
                });
            }
            What::AppealUpheld { .. } => self.end_appeal(true),
            What::AppealOverturned { .. } => {
                self.end_appeal(false);
                for l in &mut self.lines {
                    l.quantities.declined = 0;
                }
                self.overrides = self.overrides.saturating_add(1);
            }
            What::LineAuthorised { .. } | What::LineDeclined { .. } | What::Granted { .. } => {
                self.decide(event);
            }
            What::Claimed { .. }
            | What::UnitsKept { .. }
            | What::ProofFiled { .. }
            | What::CarrierClaimFiled { .. }
            | What::CarrierClaimEnded { .. }
            | What::VendorBears { .. }
            | What::VendorAnswered { .. }
            | What::RepairMoved { .. }
            | What::DonationAgreed { .. }
            | What::DonationProved { .. } => self.claimed(&event.what),
            What::ExchangeWished { .. }
            | What::WishSoldOut { .. }
            | What::Exchanged { .. }
            | What::ExchangeCleared { .. }
            | What::ExchangeLate { .. }
            | What::ExchangeUndone { .. }
            | What::ExchangeReturned { .. }
            | What::ChargeReturned { .. }
            | What::SecurityEnded { .. } => self.swap(&event.what),
            What::LabelCreated { .. }
            | What::ShipScanned { .. }
            | What::DeliveryScanned { .. }
            | What::Received { .. }
            | What::Recognised { .. }
            | What::Recounted { .. }
            | What::RefundDueSet { .. }
            | What::RefundPromised { .. }
            | What::Graded { .. }
            | What::Disposed { .. } => self.goods(&event.what),
            What::ObligationCreated { .. }
            | What::PaymentSent { .. }
            | What::CheckoutOpened { .. }
            | What::PaymentPending { .. }
            | What::PaymentSettled { .. }
            | What::PaymentFailed { .. }
            | What::PaymentReturned { .. }
            | What::PaymentUnknown { .. }
            | What::RefundHeld { .. }
            | What::PaymentRetried { .. }
            | What::ObligationCanceled { .. } => self.money(&event.what),
            What::ApprovalAsked { .. }
            | What::ApprovalGiven { .. }
            | What::ApprovalVoided { .. }
            | What::ApprovalRefused { .. }
            | What::ApprovalLapsed { .. }
            | What::GrantTakenBack { .. } => self.approved(event),
            What::AccountInvited
            | What::DestinationAsked { .. }
            | What::DestinationGiven { .. }
            | What::DestinationRefused { .. }
            | What::DestinationObjected { .. }
            | What::DestinationLapsed { .. } => self.redirected(event),
            What::ManualProposed { .. }
            | What::ManualConfirmed { .. }
            | What::ManualRefused { .. }
            | What::ManualLapsed { .. } => self.paid_outside(event),
        }
        self.count_settled();
    }

    fn assess(&mut self, decision: &Decision) {
        // A promise once made stands, whatever is judged again.
        let mut clocks = Clocks {
            refund_promised: self.clocks.refund_promised,
            ..Clocks::default()
        };
        for d in &decision.lines {
            clocks.window_until = earliest(clocks.window_until, d.clocks.window_until);
            clocks.withdrawal_until = earliest(clocks.withdrawal_until, d.clocks.withdrawal_until);
            clocks.refund_due = earliest(clocks.refund_due, d.clocks.refund_due);
            clocks.authorise_expires =
                earliest(clocks.authorise_expires, d.clocks.authorise_expires);
            let missing = match d.verdict {
                crate::decision::Verdict::NeedsInfo { missing } => Some(missing),
                _ => None,
            };
            self.on_line(d.line, |l| {
                l.terms = Some(d.terms);
                l.missing = missing;
            });
        }
        self.clocks = clocks;
        self.decision = Some(decision.clone());
    }

    fn decide(&mut self, event: &Event) {
        self.decided_by = Some(event.by);
        self.decided_at = Some(event.at);
        match &event.what {
            What::LineAuthorised {
                line,
                units,
                keep,
                overridden,
            } => {
                if overridden.is_some() {
                    self.overrides = self.overrides.saturating_add(1);
                }
                self.on_line(*line, |l| {
                    let q = &mut l.quantities;
                    // Units that came unannounced are announced and received by being accepted.
                    let extra = units.saturating_sub(q.undecided());
                    q.announced += extra;
                    q.unexpected = q.unexpected.saturating_sub(extra);
                    q.authorised += units;
                    q.received += extra;
                    if *keep {
                        q.kept += units;
                        l.kept_by_person |= matches!(event.by, Actor::User { .. });
                    }
                    l.missing = None;
                });
            }
            What::LineDeclined { line, units, .. } => self.on_line(*line, |l| {
                let q = &mut l.quantities;
                let extra = units.saturating_sub(q.undecided());
                q.announced += extra;
                q.unexpected = q.unexpected.saturating_sub(extra);
                q.declined += units;
                l.missing = None;
            }),
            What::Granted {
                lines,
                shipping_minor,
                bonus_minor,
                promotion_minor,
                overridden,
            } => {
                for g in lines {
                    self.on_line(g.line, |l| {
                        l.quantities.granted += g.units;
                        if matches!(g.outcome, Outcome::Refund | Outcome::StoreCredit) {
                            l.granted_minor += g.minor;
                        }
                    });
                }
                // What was taken back is decided anew by a person, without new units: what the rule
                // grants for other goods decides nothing about it.
                let anew = lines.is_empty() || lines.iter().any(|g| g.units == 0);
                if anew && matches!(event.by, Actor::User { .. }) {
                    let decided =
                        |line: &u16| lines.iter().any(|g| g.line == *line && g.units == 0);
                    self.to_decide_anew.retain(|line| !decided(line));
                    self.taken_back &= !self.to_decide_anew.is_empty();
                }
                self.shipping_granted_minor += shipping_minor;
                self.promotion_granted_minor += promotion_minor;
                self.grants.push(Grant {
                    at: event.at,
                    by: event.by,
                    lines: lines.clone(),
                    shipping_minor: *shipping_minor,
                    bonus_minor: *bonus_minor,
                    promotion_minor: *promotion_minor,
                });
                if overridden.is_some() {
                    self.overrides = self.overrides.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    fn goods(&mut self, what: &What) {
        match what {
            What::LabelCreated {
                parcel,
                carrier,
                tracking,
            } => self.parcels.push(Parcel {
                id: *parcel,
                carrier: carrier.clone(),
                tracking: tracking.clone(),
                shipped_on: None,
                delivered_on: None,
                received_on: None,
            }),
            What::ShipScanned { parcel, on } => {
                self.proof_on = earliest(self.proof_on, Some(*on));
                for p in self.parcels.iter_mut().filter(|p| p.id == *parcel) {
                    p.shipped_on = Some(*on);
                }
                for l in &mut self.lines {
                    let q = &mut l.quantities;
                    q.shipped = q.authorised.saturating_sub(q.kept);
                }
            }
            What::DeliveryScanned { parcel, on } => {
                self.goods_on = earliest(self.goods_on, Some(*on));
                for p in self.parcels.iter_mut().filter(|p| p.id == *parcel) {
                    p.delivered_on = Some(*on);
                }
            }
            What::Received {
                parcel,
                on,
                counts,
                unexpected,
                strays,
                missing,
            } => {
                // A receipt that only says what is missing brings nothing back.
                if !counts.is_empty() || !unexpected.is_empty() || !strays.is_empty() {
                    self.goods_on = earliest(self.goods_on, Some(*on));
                }
                for p in self.parcels.iter_mut().filter(|p| Some(p.id) == *parcel) {
                    p.received_on = Some(*on);
                }
                for c in counts {
                    self.on_line(c.line, |l| {
                        let q = &mut l.quantities;
                        q.received += c.units;
                        // A unit declared missing that comes after all is no longer missing.
                        let room = q
                            .authorised
                            .saturating_sub(q.kept)
                            .saturating_sub(q.received);
                        q.missing = q.missing.min(room);
                    });
                }
                for c in unexpected {
                    if self.line(c.line).is_none() {
                        self.lines.push(blank(c.line));
                    }
                    self.on_line(c.line, |l| l.quantities.unexpected += c.units);
                }
                for c in missing {
                    self.on_line(c.line, |l| l.quantities.missing += c.units);
                }
                self.strays.extend(strays.iter().cloned());
            }
            What::Recognised { counts } => {
                for c in counts {
                    self.on_line(c.line, |l| {
                        let q = &mut l.quantities;
                        q.unexpected = q.unexpected.saturating_sub(c.units);
                        q.received = q.received.saturating_add(c.units);
                    });
                }
            }
            What::Recounted {
                line,
                received,
                unexpected,
                ..
            } => self.on_line(*line, |l| {
                let q = &mut l.quantities;
                q.received = q.received.saturating_sub(*received);
                q.unexpected = q.unexpected.saturating_sub(*unexpected);
            }),
            What::RefundDueSet { on } => self.clocks.refund_due = Some(*on),
            What::RefundPromised { on } => self.clocks.refund_promised = Some(*on),
            What::Graded {
                line,
                units,
                grade,
                accepted,
                wrong_item,
                ..
            } => {
                self.on_line(*line, |l| {
                    let q = &mut l.quantities;
                    *(if *accepted {
                        &mut q.accepted
                    } else {
                        &mut q.rejected
                    }) += units;
                    let same = |lot: &&mut Lot| {
                        (lot.grade, lot.accepted, lot.wrong_item)
                            == (*grade, *accepted, *wrong_item)
                    };
                    match l.lots.iter_mut().find(same) {
                        Some(lot) => lot.units += units,
                        None => l.lots.push(Lot {
                            grade: *grade,
                            accepted: *accepted,
                            wrong_item: *wrong_item,
                            units: *units,
                            disposed: SmallVec::new(),
                        }),
                    }
                });
            }
            What::Disposed {
                line,
                units,
                grade,
                disposition,
            } => self.on_line(*line, |l| {
                let mut left = *units;
                for lot in l.lots.iter_mut().filter(|lot| lot.grade == *grade) {
                    let part = lot.undisposed().min(left);
                    if part > 0 {
                        lot.disposed.push((*disposition, part));
                        left -= part;
                    }
                }
            }),
            _ => {}
        }
    }

    fn money(&mut self, what: &What) {
        use ObligationState as S;
        match what {
            What::ObligationCreated {
                obligation,
                kind,
                tender,
                back_to,
                minor,
            } => {
                let grant = u16::try_from(self.grants.len().saturating_sub(1)).unwrap_or(u16::MAX);
                self.obligations.push(Obligation {
                    id: *obligation,
                    kind: *kind,
                    tender: *tender,
                    back_to: *back_to,
                    minor: *minor,
                    grant,
                    state: S::Requested,
                    attempts: 0,
                    reference: None,
                    freed_in_place: false,
                    to: None,
                    outside: None,
                });
            }
            What::PaymentSent { obligation } => {
                self.held_back.retain(|held| held != obligation);
                self.on_obligation(*obligation, |o| {
                    o.state = S::Sent;
                    o.attempts = o.attempts.saturating_add(1);
                });
            }
            What::RefundHeld { obligation } => self.held_back.push(*obligation),
            What::PaymentPending { obligation } => {
                self.on_obligation(*obligation, |o| o.state = S::Pending);
            }
            What::CheckoutOpened {
                obligation,
                reference,
            } => self.on_obligation(*obligation, |o| {
                o.state = S::Pending;
                o.reference = Some(reference.clone());
            }),
            What::PaymentSettled {
                obligation,
                reference,
            } => {
                self.on_obligation(*obligation, |o| {
                    o.state = S::Settled;
                    o.reference = Some(reference.clone());
                });
            }
            What::PaymentFailed { obligation, code } => self.on_obligation(*obligation, |o| {
                o.state = S::Failed;
                o.reference = Some(code.clone());
            }),
            What::PaymentReturned { obligation, code } => self.on_obligation(*obligation, |o| {
                o.state = S::Returned;
                o.reference = Some(code.clone());
            }),
            What::PaymentUnknown { obligation } => {
                self.on_obligation(*obligation, |o| o.state = S::Unknown);
            }
            What::PaymentRetried { obligation } => {
                self.on_obligation(*obligation, |o| o.state = S::Requested);
            }
            What::ObligationCanceled {
                obligation, freed, ..
            } => {
                let older = || freed_from_the_end(self, *obligation);
                let figures = freed.as_ref().map_or_else(older, |f| f.figures[..].into());
                for FreedFigure { line, minor } in figures {
                    match line {
                        Some(line) => self.on_line(line, |l| l.granted_minor -= minor),
                        None => self.shipping_granted_minor -= minor,
                    }
                }
                let promotion = freed.as_ref().map_or(0, |f| f.promotion_minor);
                self.promotion_granted_minor -= promotion;
                self.held_back.retain(|held| held != obligation);
                self.on_obligation(*obligation, |o| {
                    o.state = S::Canceled;
                    o.freed_in_place = freed.is_some();
                });
            }
            _ => {}
        }
    }

    fn end_appeal(&mut self, upheld: bool) {
        if let Some(appeal) = &mut self.appeal {
            appeal.upheld = Some(upheld);
        }
    }

    fn on_line(&mut self, line: u16, change: impl FnOnce(&mut CaseLine)) {
        if let Some(l) = self.lines.iter_mut().find(|l| l.line == line) {
            change(l);
        }
    }

    fn on_clock(&mut self, kind: ClockKind, rule: &str, change: impl FnOnce(&mut StatutoryClock)) {
        let mut found = self.statutory.iter_mut();
        if let Some(c) = found.find(|c| c.kind == kind && *c.rule == *rule) {
            change(c);
        }
    }

    fn on_obligation(&mut self, id: ObligationId, change: impl FnOnce(&mut Obligation)) {
        if let Some(o) = self.obligations.iter_mut().find(|o| o.id == id) {
            change(o);
        }
    }

    /// Units whose grants are paid in full and that are back or kept.
    fn count_settled(&mut self) {
        for l in &mut self.lines {
            let mut paid = 0;
            for (i, grant) in (0_u16..).zip(&self.grants) {
                let open = self
                    .obligations
                    .iter()
                    .any(|o| o.grant == i && o.state.is_open());
                if !open {
                    let own = grant.lines.iter().filter(|g| g.line == l.line);
                    paid += own.map(|g| g.units).sum::<u32>();
                }
            }
            l.quantities.settled = paid.min(l.quantities.accepted + l.quantities.kept);
        }
    }
}

/// The line with what was asked for it.
fn announced(line: CaseLine, asked: &RequestedLine) -> CaseLine {
    let mut quantities = line.quantities;
    quantities.announced += asked.units;
    CaseLine {
        reason: Some(asked.reason),
        own: asked.own.clone(),
        wanted: asked.wanted,
        evidence: asked.evidence,
        opened: asked.opened,
        lacks: asked.lacks,
        noticed_on: asked.noticed_on,
        quantities,
        ..line
    }
}

/// A line nobody announced.
fn blank(line: u16) -> CaseLine {
    CaseLine {
        line,
        reason: None,
        own: None,
        wanted: Outcome::Refund,
        evidence: EvidenceGiven::default(),
        missing: None,
        opened: false,
        lacks: policy::ConditionSet::EMPTY,
        noticed_on: None,
        quantities: Quantities::default(),
        terms: None,
        lots: SmallVec::new(),
        granted_minor: 0,
        kept_by_person: false,
    }
}

fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
