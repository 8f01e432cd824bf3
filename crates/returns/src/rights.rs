//! What the law gives for the lines of a request or a case, all rights beside each other. The
//! decision takes the best of them; here they are for people to compare.

use crate::case::{CaseLine, ReturnCase};
use crate::clock::{ClockKind, StartedBy};
use crate::decide::Facts;
use crate::decision::RequestedLine;
use crate::floor::{self, Whole};
use law::{NoFloor, RefundEvents, StandingRight};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The rights of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRights {
    /// Index of the order line.
    pub line: u16,
    /// Ended and exempt ones included, in the order of selection.
    pub rights: Vec<StandingRight>,
    /// The statement that there is no floor, where one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<NoFloor>,
}

/// The rights of every line asked for, with the days that follow from `events`.
pub fn rights(facts: &Facts<'_>, events: &RefundEvents) -> Vec<LineRights> {
    let whole = Whole::of(facts.order);
    let lines = facts.lines.iter().filter_map(|asked| {
        let sold = facts.order.line(asked.line)?;
        let floor = floor::ask(facts, &whole, asked, sold);
        let standing = |e| StandingRight::of(e, events, facts.holidays);
        Some(LineRights {
            line: asked.line,
            rights: floor.entitlements.iter().map(standing).collect(),
            none: floor.none,
        })
    });
    lines.collect()
}

impl ReturnCase {
    /// The announced lines as they were asked, with the evidence there is now.
    pub fn requested(&self) -> SmallVec<[RequestedLine; 2]> {
        self.lines.iter().filter_map(CaseLine::requested).collect()
    }

    /// What happened so far that refund days are counted from.
    pub fn refund_events(&self) -> RefundEvents {
        let refunds = self
            .statutory
            .iter()
            .filter(|c| c.kind == ClockKind::Refund);
        let started = refunds.filter_map(|c| c.started);
        let agreed = started.filter(|s| s.by == StartedBy::TraderAgreed);
        RefundEvents {
            goods_received: self.goods_on,
            proof_of_sending: self.proof_on,
            agreed: agreed.map(|s| s.on).min(),
            ..RefundEvents::notice(self.notice_sent_on, self.notice_received_on)
        }
    }
}
