//! Facts from carrier and dock: labels, scans, counts, grades, dispositions. Repeated and late
//! facts change nothing; what was not expected is booked, never lost.

use super::Work;
use crate::case::Disposition;
use crate::decision::RequestedLine;
use crate::effect::{Effect, Notice};
use crate::event::{Count, Stray, What};
use crate::floor;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Date, ParcelId};
use law::RefundEvents;
use policy::Grade;
use std::sync::Arc;

/// What was seen at the bench.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inspection {
    pub line: u16,
    pub units: u32,
    pub grade: Grade,
    pub accepted: bool,
    pub wrong_item: bool,
}

impl Work<'_> {
    pub(super) fn add_label(
        &mut self,
        parcel: ParcelId,
        carrier: &Arc<str>,
        tracking: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.case.parcel(parcel).is_some() {
            return Ok(());
        }
        if self.case.lines.iter().all(|l| l.quantities.expected() == 0) {
            return Err(self.illegal());
        }
        let (carrier, tracking) = (carrier.clone(), tracking.clone());
        self.done(What::LabelCreated {
            parcel,
            carrier,
            tracking,
        });
        Ok(())
    }

    pub(super) fn ship_scan(&mut self, parcel: ParcelId, on: Date) -> Result<(), Refusal> {
        let known = self
            .case
            .parcel(parcel)
            .ok_or(Refusal::new(RefusalCode::UnknownParcel))?;
        // Late scans never move a case that has gone on; the parcel's own history is elsewhere.
        if known.shipped_on.is_some() || self.case.closed || self.case.cancelled {
            return Ok(());
        }
        if self.case.expired {
            // The goods are on their way after all: the authorisation lives again.
            self.revive("first scan after expiry")?;
        }
        self.done(What::ShipScanned { parcel, on });
        self.start_refund_clock(None, Some(on));
        self.grant_what_is_due()
    }

    pub(super) fn deliver_scan(&mut self, parcel: ParcelId, on: Date) -> Result<(), Refusal> {
        let known = self
            .case
            .parcel(parcel)
            .ok_or(Refusal::new(RefusalCode::UnknownParcel))?;
        if known.delivered_on.is_some() || self.case.closed || self.case.cancelled {
            return Ok(());
        }
        if known.shipped_on.is_none() {
            // Carriers lose first scans: a delivery proves the shipment.
            self.ship_scan(parcel, on)?;
        }
        self.done(What::DeliveryScanned { parcel, on });
        self.grant_what_is_due()
    }

    pub(super) fn receive(
        &mut self,
        parcel: Option<ParcelId>,
        counts: &[Count],
        strays: &[Stray],
        complete: bool,
    ) -> Result<(), Refusal> {
        if !self.case.cancelled {
            self.reopen_for("goods after closing")?;
        }
        self.must_be_open()?;
        if parcel.is_some_and(|p| self.case.parcel(p).is_none()) {
            return Err(Refusal::new(RefusalCode::UnknownParcel));
        }
        // A receipt that counts nothing is a slip of the finger, unless it says that nothing comes.
        let counted = counts.iter().any(|c| c.units > 0) || !strays.is_empty();
        if !counted && !complete {
            return Err(Refusal::new(RefusalCode::WrongQuantity));
        }
        if self.case.expired {
            self.revive("goods arrived after expiry")?;
        }
        let (mut expected, mut unexpected, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for (i, c) in counts.iter().enumerate() {
            let sold = self.order.line(c.line);
            let sold = sold.ok_or(Refusal::new(RefusalCode::UnknownLine).on_line(c.line))?;
            if counts[..i].iter().any(|other| other.line == c.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(c.line));
            }
            // More than was ever sold is a typing error, not an over-receipt.
            if c.units > sold.quantity.saturating_mul(2).saturating_add(100) {
                let refusal = Refusal::new(RefusalCode::WrongQuantity).on_line(c.line);
                return Err(refusal.with_allowed(sold.quantity));
            }
            let q = self
                .case
                .line(c.line)
                .map(|l| l.quantities)
                .unwrap_or_default();
            let due = c.units.min(q.expected().saturating_add(q.missing));
            if due > 0 {
                expected.push(Count {
                    line: c.line,
                    units: due,
                });
            }
            if c.units > due {
                unexpected.push(Count {
                    line: c.line,
                    units: c.units - due,
                });
            }
        }
        if complete {
            for l in &self.case.lines {
                let came = expected
                    .iter()
                    .find(|c| c.line == l.line)
                    .map_or(0, |c| c.units);
                let units = l.quantities.expected().saturating_sub(came);
                if units > 0 {
                    missing.push(Count {
                        line: l.line,
                        units,
                    });
                }
            }
        }
        self.done(What::Received {
            parcel,
            on: self.ctx.today,
            counts: expected,
            unexpected,
            strays: strays.to_vec(),
            missing,
        });
        self.start_refund_clock(Some(self.ctx.today), None);
        self.notify(Notice::GoodsReceived);
        self.grant_what_is_due()
    }

    pub(super) fn grade(
        &mut self,
        seen: Inspection,
        note: Option<&Arc<str>>,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let Inspection {
            line,
            units,
            grade,
            accepted,
            wrong_item,
        } = seen;
        let l = self
            .case
            .line(line)
            .ok_or(Refusal::new(RefusalCode::UnknownLine).on_line(line))?;
        let left = l.quantities.ungraded();
        if units == 0 || units > left {
            let refusal = Refusal::new(RefusalCode::WrongQuantity);
            return Err(refusal.on_line(line).with_allowed(left));
        }
        if wrong_item && accepted {
            return Err(self.illegal().on_line(line));
        }
        let note = note.cloned();
        self.done(What::Graded {
            line,
            units,
            grade,
            accepted,
            wrong_item,
            note,
        });
        self.grant_what_is_due()
    }

    pub(super) fn dispose(
        &mut self,
        line: u16,
        units: u32,
        grade: Grade,
        disposition: Disposition,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        let l = self
            .case
            .line(line)
            .ok_or(Refusal::new(RefusalCode::UnknownLine).on_line(line))?;
        let lots = l.lots.iter().filter(|lot| lot.grade == grade);
        let left: u32 = lots.map(crate::case::Lot::undisposed).sum();
        if units == 0 || units > left {
            let refusal = Refusal::new(RefusalCode::WrongQuantity);
            return Err(refusal.on_line(line).with_allowed(left));
        }
        self.done(What::Disposed {
            line,
            units,
            grade,
            disposition,
        });
        self.effects.push(Effect::PushStock {
            line,
            units,
            grade,
            disposition,
        });
        Ok(())
    }

    /// Sets the statutory refund day once what starts it has happened; an earlier day stands.
    pub(super) fn start_refund_clock(&mut self, goods: Option<Date>, proof: Option<Date>) {
        let statutory = |line: u16| {
            self.case
                .line(line)
                .is_some_and(|l| l.terms.is_some_and(|t| t.statutory))
        };
        let asked = self.case.requested();
        let facts = self.facts(&asked);
        let whole = floor::Whole::of(self.order);
        let day = |l: &RequestedLine| {
            let right = floor::ask(&facts, &whole, l, facts.order.line(l.line)?);
            let clock = right.best()?.refund_clock?;
            let events = RefundEvents {
                goods_received: goods,
                proof_of_sending: proof,
                ..RefundEvents::notice(facts.notice_sent_on, facts.notice_received_on)
            };
            clock.due_strict(&events, facts.holidays)
        };
        let due = asked
            .iter()
            .filter(|l| statutory(l.line))
            .filter_map(day)
            .min();
        let known = self.case.clocks.refund_due;
        if let Some(on) = due.filter(|d| known.is_none_or(|k| *d < k)) {
            self.done(What::RefundDueSet { on });
        }
    }
}
