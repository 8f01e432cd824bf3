//! When the money must be back: the refund period, what starts it, and what lets the trader wait.

use crate::{
    calendar::{Holidays, Period},
    words::RefundEvent,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When the money must be back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RefundClock {
    /// Length and counting of the period.
    pub period: Period,
    /// What starts it.
    pub start: RefundEvent,
    /// The day itself, where it is known from the right: the claim to the refund arose then.
    pub starts_on: Option<Date>,
    /// The trader may wait for goods or proof of sending, whichever is first.
    pub may_withhold: bool,
}

/// What happened after the notice. `None` is "not yet".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RefundEvents {
    /// The buyer sent the notice.
    pub notice_sent: Option<Date>,
    /// The trader got it.
    pub notice_received: Option<Date>,
    /// The trader has the goods back.
    pub goods_received: Option<Date>,
    /// The buyer proved that they were sent.
    pub proof_of_sending: Option<Date>,
    /// The trader agreed to refund.
    pub agreed: Option<Date>,
    /// The trader accepted the return.
    pub accepted: Option<Date>,
    /// The buyer ended the contract.
    pub terminated: Option<Date>,
}

impl RefundEvents {
    /// A notice that was sent and received on these days, and nothing else.
    pub fn notice(sent: Date, received: Date) -> Self {
        Self {
            notice_sent: Some(sent),
            notice_received: Some(received),
            ..Self::default()
        }
    }

    /// The earlier of goods back and proof of sending.
    pub fn goods_or_proof(&self) -> Option<Date> {
        earlier(self.goods_received, self.proof_of_sending)
    }

    /// The day of an event; `None` if it has not happened or the law does not settle it.
    pub fn day_of(&self, event: RefundEvent) -> Option<Date> {
        use RefundEvent as E;
        match event {
            E::TraderInformed | E::NoticeReceived | E::Request => self.notice_received,
            E::Notice | E::Withdrawal | E::Cancellation | E::Revocation | E::Rejection => {
                self.notice_sent
            }
            E::GoodsReceived | E::Return => self.goods_received,
            E::GoodsReceivedOrProofOfSending => self.goods_or_proof(),
            E::TraderInformedOrGoodsReceived => later(self.notice_received, self.goods_received),
            E::TraderAgreedRefund => self.agreed,
            E::Termination => self.terminated.or(self.notice_received),
            E::ReturnAccepted | E::Acceptance => self.accepted.or(self.agreed),
            E::RequiredRefund => self.goods_received.or(self.notice_sent),
            E::RightToRefundVests | E::Unsettled => None,
        }
    }
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// A refund day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DueDate {
    /// Last lawful day, with the rollover the calendar gives the trader.
    pub due: Date,
    /// The same without any rollover: the day to work towards.
    pub strict: Date,
}

impl RefundClock {
    /// The refund day for these events; `None` while the event that counts has not happened.
    pub fn due(&self, events: &RefundEvents, holidays: &Holidays) -> Option<DueDate> {
        let (start, not_before) = self.counts_from(events)?;
        let day = self.due_from(start, holidays)?;
        Some(DueDate {
            due: day.due.max(not_before.unwrap_or(day.due)),
            strict: day.strict.max(not_before.unwrap_or(day.strict)),
        })
    }

    /// [`DueDate::strict`] of [`Self::due`] alone.
    pub fn due_strict(&self, events: &RefundEvents, holidays: &Holidays) -> Option<Date> {
        let (start, not_before) = self.counts_from(events)?;
        let day = self.period.end_strict(start, holidays)?;
        Some(not_before.map_or(day, |event| day.max(event)))
    }

    /// The day the period starts, and the day before which nothing is due: goods or proof of
    /// sending, where the trader may wait for them.
    fn counts_from(&self, events: &RefundEvents) -> Option<(Date, Option<Date>)> {
        let start = match self.starts_on {
            Some(day) => day,
            None => events.day_of(self.start)?,
        };
        if self.may_withhold {
            return Some((start, Some(events.goods_or_proof()?)));
        }
        Some((start, None))
    }

    /// The refund day when the period starts on `start`; `None` only beyond the year 9999.
    pub fn due_from(&self, start: Date, holidays: &Holidays) -> Option<DueDate> {
        Some(DueDate {
            due: self.period.end(start, holidays)?,
            strict: self.period.end_strict(start, holidays)?,
        })
    }

    /// Nothing is due before goods came back, were proved sent, or the trader agreed.
    pub const fn waits_for_goods(&self) -> bool {
        self.may_withhold
            || matches!(
                self.start,
                RefundEvent::GoodsReceivedOrProofOfSending
                    | RefundEvent::GoodsReceived
                    | RefundEvent::TraderAgreedRefund
                    | RefundEvent::ReturnAccepted
                    | RefundEvent::Acceptance
                    | RefundEvent::Return
                    | RefundEvent::RequiredRefund
            )
    }
}
