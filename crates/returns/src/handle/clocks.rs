//! Counting the statutory clocks again after every command, and what happens when one is near or
//! over. Nothing here can stop a clock: holds, appeals and disputes leave it running.

use super::Work;
use crate::case::{CaseLine, ObligationKind, ObligationState};
use crate::clock::{ClockKind, ClockState, Started, StartedBy, StatutoryClock};
use crate::decision::Path;
use crate::effect::Effect;
use crate::event::What;
use crate::floor;
use crate::refusal::{Refusal, RefusalCode};
use kernel::Date;
use law::{Entitlement, RefundEvent, RefundEvents, Remedy, Right, Status};
use std::sync::Arc;

/// Days before the strict day on which somebody is reminded.
pub const REMIND_DAYS: i64 = 3;

impl Work<'_> {
    /// Records the clocks when what is known now gives others than before.
    pub(super) fn count_clocks(&mut self) {
        let counted = self.counted();
        if counted != self.case.statutory {
            let what = What::ClocksCounted { clocks: counted };
            self.emit(kernel::Actor::Rule, what);
        }
    }

    fn counted(&self) -> Vec<StatutoryClock> {
        let asked = self.case.requested();
        let facts = self.facts(&asked);
        let whole = floor::Whole::of(self.order);
        let mut clocks: Vec<StatutoryClock> = Vec::new();
        for line in &asked {
            let (Some(sold), Some(own)) = (self.order.line(line.line), self.case.line(line.line))
            else {
                continue;
            };
            let floor = floor::ask(&facts, &whole, line, sold);
            for right in &floor.entitlements {
                self.window(&mut clocks, right, sold.delivered_on);
            }
            let carried = own.terms.is_some_and(|t| t.statutory);
            if let Some(right) = floor.best().filter(|_| carried) {
                self.owed_by(&mut clocks, right, own, sold.delivered_on);
            }
        }
        // A clock that was counted once is never forgotten: what no longer applies has ended.
        for known in &self.case.statutory {
            if !clocks.iter().any(|c| same(c, known)) {
                let state = match known.state {
                    ClockState::Open => ClockState::Ended {
                        on: self.ctx.local_day,
                    },
                    done => done,
                };
                clocks.push(StatutoryClock {
                    state,
                    ..known.clone()
                });
            }
        }
        clocks.sort_by(|a, b| (a.kind, &a.rule).cmp(&(b.kind, &b.rule)));
        clocks
    }

    /// Until when the consumer may use a right.
    fn window(&self, clocks: &mut Vec<StatutoryClock>, right: &Entitlement, came: Option<Date>) {
        if right.right == Right::NonDelivery || matches!(right.status, Status::Exempt(_)) {
            return;
        }
        let started = match (right.status, came) {
            (Status::NotStarted, _) => None,
            (_, Some(on)) => Some(Started {
                by: StartedBy::Delivery,
                on,
            }),
            (_, None) => Some(Started {
                by: StartedBy::Contract,
                on: self.order.placed_on,
            }),
        };
        let used = right.right.needs_no_reason() && self.case.path == Path::Withdrawal;
        let state = match right.status {
            Status::Ended { on } => ClockState::Ended { on },
            _ if used => ClockState::Met {
                on: self.case.notice_sent_on,
            },
            _ => ClockState::Open,
        };
        self.add(
            clocks,
            StatutoryClock {
                started,
                due: right.deadline,
                strict: right.deadline,
                state,
                ..blank(ClockKind::WindowEnd, right)
            },
        );
        if used && right.is_usable() {
            let state = match self.case.acknowledged_on {
                Some(on) => ClockState::Met { on },
                None => ClockState::Open,
            };
            let clock = StatutoryClock {
                started: Some(self.noticed()),
                due: right.acknowledge_by,
                strict: right.acknowledge_by,
                state,
                ..blank(ClockKind::Acknowledgement, right)
            };
            self.add(clocks, clock);
        }
    }

    /// What the trader owes because of the right that carries a line.
    fn owed_by(
        &self,
        clocks: &mut Vec<StatutoryClock>,
        right: &Entitlement,
        own: &CaseLine,
        came: Option<Date>,
    ) {
        let state = self.settled(own);
        if right.right == Right::NonDelivery {
            let delivered = came.map(|on| ClockState::Met { on });
            let clock = StatutoryClock {
                started: Some(Started {
                    by: StartedBy::Contract,
                    on: self.order.placed_on,
                }),
                due: right.deadline,
                strict: right.deadline,
                state: delivered.unwrap_or(state),
                ..blank(ClockKind::Delivery, right)
            };
            self.add(clocks, clock);
        }
        let first_repair = right.remedy == Remedy::RepairOrReplaceFirst;
        if first_repair {
            let clock = StatutoryClock {
                started: Some(self.noticed()),
                due: right.cure_by,
                strict: right.cure_by,
                state,
                ..blank(ClockKind::Remedy, right)
            };
            self.add(clocks, clock);
        }
        // Where repair comes first, money is owed once somebody decided for money.
        if !first_repair || own.granted_minor > 0 {
            self.refund(clocks, right, own, state);
        }
    }

    /// When the money must be back, and whether it may be kept until then.
    fn refund(
        &self,
        clocks: &mut Vec<StatutoryClock>,
        right: &Entitlement,
        own: &CaseLine,
        state: ClockState,
    ) {
        use RefundEvent as E;
        let mut clock = StatutoryClock {
            state,
            ..blank(ClockKind::Refund, right)
        };
        let Some(rule) = &right.refund_clock else {
            clock.started = Some(self.noticed());
            return self.add(clocks, clock);
        };
        let case = &self.case;
        let event = match (case.goods_on, case.proof_on) {
            (Some(goods), proof) if proof.is_none_or(|p| goods <= p) => Some(Started {
                by: StartedBy::GoodsBack,
                on: goods,
            }),
            (_, proof) => proof.map(|on| Started {
                by: StartedBy::ProofOfSending,
                on,
            }),
        };
        let vested = rule.starts_on.map(|on| Started {
            by: StartedBy::RightVested,
            on,
        });
        clock.started = vested.or(match rule.start {
            E::Notice | E::Withdrawal | E::Cancellation | E::Revocation | E::Rejection => {
                Some(Started {
                    by: StartedBy::NoticeSent,
                    on: case.notice_sent_on,
                })
            }
            E::GoodsReceivedOrProofOfSending => event,
            E::GoodsReceived | E::Return | E::RequiredRefund => case.goods_on.map(|on| Started {
                by: StartedBy::GoodsBack,
                on,
            }),
            E::TraderAgreedRefund | E::ReturnAccepted | E::Acceptance => self.agreed(right, own),
            E::TraderInformed
            | E::NoticeReceived
            | E::Request
            | E::Termination
            | E::TraderInformedOrGoodsReceived => Some(self.noticed()),
            E::RightToRefundVests | E::Unsettled => None,
        });
        let agreed = clock
            .started
            .filter(|s| s.by == StartedBy::TraderAgreed)
            .map(|s| s.on);
        let events = RefundEvents {
            goods_received: case.goods_on,
            proof_of_sending: case.proof_on,
            agreed,
            ..RefundEvents::notice(case.notice_sent_on, case.notice_received_on)
        };
        // A day that has not come is not counted from another one.
        let days = clock
            .started
            .and_then(|_| rule.due(&events, self.ctx.holidays));
        clock.due = days.map(|d| d.due);
        clock.strict = days.map(|d| d.strict);
        if rule.may_withhold || rule.start == RefundEvent::GoodsReceivedOrProofOfSending {
            let state = match (event, state) {
                (Some(event), _) => ClockState::Ended { on: event.on },
                (None, ClockState::Open) => ClockState::Open,
                (None, ClockState::Met { on } | ClockState::Ended { on }) => {
                    ClockState::Ended { on }
                }
            };
            let clock = StatutoryClock {
                started: Some(self.noticed()),
                state,
                ..blank(ClockKind::Withholding, right)
            };
            self.add(clocks, clock);
        }
        self.add(clocks, clock);
    }

    fn noticed(&self) -> Started {
        Started {
            by: StartedBy::NoticeReceived,
            on: self.case.notice_received_on,
        }
    }

    /// The day somebody of the trader first let the goods come back or granted the money.
    fn agreed(&self, right: &Entitlement, own: &CaseLine) -> Option<Started> {
        let known =
            self.case.statutory.iter().find(|c| {
                c.kind == ClockKind::Refund && c.rule == right.rule && c.started.is_some()
            });
        let q = &own.quantities;
        let agreed = q.authorised > 0 || q.granted > 0;
        known.and_then(|c| c.started).or(agreed.then_some(Started {
            by: StartedBy::TraderAgreed,
            on: self.ctx.local_day,
        }))
    }

    /// Whether what a line is owed was done, is open, or fell away.
    fn settled(&self, own: &CaseLine) -> ClockState {
        let on = self.ctx.local_day;
        let q = &own.quantities;
        if self.case.cancelled {
            return ClockState::Ended { on };
        }
        if q.undecided() > 0 || q.grantable() > 0 {
            return ClockState::Open;
        }
        if q.granted == 0 {
            // Declined with reasons, or never sent: nothing is owed for it.
            return ClockState::Ended { on };
        }
        let owed = self.case.obligations.iter();
        let owed = owed.filter(|o| o.kind != ObligationKind::Bonus);
        let (mut open, mut given_up, mut done) = (false, false, false);
        for obligation in owed {
            open |= obligation.state.is_open();
            given_up |= obligation.state == ObligationState::Canceled;
            done |= obligation.state == ObligationState::Settled;
        }
        // What was given up and never paid is still owed to the consumer, also where the money of
        // other lines has arrived.
        let had_money = |g: &crate::event::GrantLine| g.line == own.line && g.minor > 0;
        let mut granted = self.case.grants.iter().flat_map(|g| &g.lines);
        let lost_its_own = given_up && own.granted_minor == 0 && granted.any(had_money);
        let anew = self.case.to_decide_anew.contains(&own.line);
        if open || anew || lost_its_own || (given_up && !done) {
            ClockState::Open
        } else {
            ClockState::Met { on }
        }
    }

    /// Adds a clock, or joins it with that of another line under the same rule: the earlier day
    /// and the less finished state count.
    fn add(&self, clocks: &mut Vec<StatutoryClock>, mut clock: StatutoryClock) {
        if let Some(known) = self.case.statutory.iter().find(|c| same(c, &clock)) {
            clock.breached_on = known.breached_on;
            // A reminder was about a day; another day is another matter.
            clock.reminded_on = known.reminded_on.filter(|_| known.strict == clock.strict);
            clock.state = kept(known.state, clock.state);
        }
        let Some(other) = clocks.iter_mut().find(|c| same(c, &clock)) else {
            clocks.push(clock);
            return;
        };
        let earlier = match (clock.strict, other.strict) {
            (Some(new), Some(old)) => new < old,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let state = joined(clock.state, other.state);
        if earlier {
            *other = clock;
        }
        other.state = state;
    }

    /// Reminds of a clock, or records that it is over.
    pub(super) fn ring(
        &mut self,
        kind: ClockKind,
        rule: &Arc<str>,
        breached: bool,
    ) -> Result<(), Refusal> {
        let today = self.ctx.local_day;
        let found = self.case.statutory.iter();
        let mut found = found.filter(|c| c.kind == kind && c.rule == *rule);
        let clock = found
            .next()
            .ok_or(Refusal::new(RefusalCode::UnknownClock))?;
        let Some((due, strict)) = clock.due.zip(clock.strict).filter(|_| clock.runs()) else {
            // It was met or moved meanwhile: nothing to say.
            return Ok(());
        };
        let rule = rule.clone();
        if breached && due < today && clock.breached_on.is_none() {
            self.done(What::ClockBreached {
                kind,
                rule,
                due,
                on: today,
            });
        } else if !breached && clock.reminded_on.is_none() {
            self.done(What::ClockReminded {
                kind,
                rule,
                strict,
                on: today,
            });
        } else {
            return Ok(());
        }
        self.effects.push(Effect::ClockAlert {
            kind,
            due,
            breached,
        });
        Ok(())
    }

    /// Refuses while a clock for money runs.
    pub(super) fn no_money_clock_runs(&self) -> Result<(), Refusal> {
        let clocks = self.counted();
        match clocks.iter().find(|c| c.money_runs()) {
            None => Ok(()),
            Some(clock) => {
                let basis = kernel::Basis::Law {
                    rule: clock.rule.clone(),
                    citation: clock.citation.clone(),
                };
                let mut reason = kernel::Reason::new(kernel::ReasonCode::RefundDue, basis);
                reason.date = clock.due;
                let mut refusal =
                    Refusal::new(RefusalCode::ClockRuns).with_status(self.case.status());
                refusal.reasons.push(reason);
                Err(refusal)
            }
        }
    }
}

fn same(a: &StatutoryClock, b: &StatutoryClock) -> bool {
    a.kind == b.kind && a.rule == b.rule
}

fn blank(kind: ClockKind, right: &Entitlement) -> StatutoryClock {
    StatutoryClock {
        kind,
        right: right.right,
        rule: right.rule.clone(),
        citation: right.citation.clone(),
        started: None,
        due: None,
        strict: None,
        state: ClockState::Open,
        reminded_on: None,
        breached_on: None,
    }
}

/// A state that still holds keeps the day on which it began to.
fn kept(before: ClockState, now: ClockState) -> ClockState {
    match (before, now) {
        (ClockState::Met { .. }, ClockState::Met { .. })
        | (ClockState::Ended { .. }, ClockState::Ended { .. }) => before,
        _ => now,
    }
}

/// The state of two lines together: open while one is, met when one was and none is open.
fn joined(a: ClockState, b: ClockState) -> ClockState {
    use ClockState as S;
    match (a, b) {
        (S::Open, _) | (_, S::Open) => S::Open,
        (S::Met { on: a }, S::Met { on: b }) => S::Met { on: a.max(b) },
        (met @ S::Met { .. }, S::Ended { .. }) | (S::Ended { .. }, met) => met,
    }
}
