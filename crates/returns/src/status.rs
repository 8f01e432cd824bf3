//! The header status of a case: derived from its quantities, obligations and marks, in one
//! place, and the graph it moves on.

use crate::case::{CaseLine, ReturnCase};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Where a case stands as a whole.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Status { $($(#[$doc])* $name,)* }

        impl Status {
            /// Every status, in the order of a case's life.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The status written as `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|s| s.as_str() == text)
            }
        }

        impl fmt::Display for Status {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

statuses! {
    /// Asked for, not assessed.
    Submitted = "submitted";
    /// Waits for evidence of the customer.
    NeedsInfo = "needs_info";
    /// Waits for a person.
    InReview = "in_review";
    /// All units may come back or stay.
    Authorised = "authorised";
    /// Some units may, the others were declined.
    PartlyAuthorised = "partly_authorised";
    /// No unit may come back.
    Declined = "declined";
    /// A label exists; the goods have not been scanned.
    AwaitingGoods = "awaiting_goods";
    /// The carrier has them.
    InTransit = "in_transit";
    /// They are here, not inspected.
    Arrived = "arrived";
    /// Some are inspected.
    Inspecting = "inspecting";
    /// Money or goods were decided; nothing was sent yet.
    Decided = "decided";
    /// Money is on its way.
    Settling = "settling";
    /// Money arrived.
    Settled = "settled";
    /// Everything is done.
    Closed = "closed";
    /// Waits for a risk or legal question.
    OnHold = "on_hold";
    /// The customer disagrees.
    Appealed = "appealed";
    /// A chargeback is open.
    Disputed = "disputed";
    /// Ended before goods came.
    Cancelled = "cancelled";
    /// The goods were not sent in time.
    Expired = "expired";
    /// Brought back.
    Reopened = "reopened";
}

impl ReturnCase {
    /// The header status: the first mark or stage that holds.
    pub fn status(&self) -> Status {
        // A chargeback comes late, often after a case was closed, and must be seen.
        if self.disputed {
            return Status::Disputed;
        }
        if self.closed {
            return Status::Closed;
        }
        if self.cancelled {
            return Status::Cancelled;
        }
        if self.on_hold {
            return Status::OnHold;
        }
        if self.appeal.is_some_and(|a| a.upheld.is_none()) {
            return Status::Appealed;
        }
        if self.expired {
            return Status::Expired;
        }
        if self.reopened {
            return Status::Reopened;
        }
        if self
            .lines
            .iter()
            .any(|l| l.missing.is_some() && l.quantities.undecided() > 0)
        {
            return Status::NeedsInfo;
        }
        let untouched = |l: &CaseLine| l.quantities.authorised + l.quantities.declined == 0;
        let nothing_yet = self.decision.is_none() && self.grants.is_empty();
        if nothing_yet && self.lines.iter().all(untouched) {
            return if self.has_goods() {
                Status::InReview
            } else {
                Status::Submitted
            };
        }
        if self
            .lines
            .iter()
            .any(|l| l.quantities.undecided() > 0 || l.unclaimed() > 0)
        {
            return Status::InReview;
        }
        if self.lines.iter().all(|l| l.quantities.authorised == 0) {
            return if self.granted_minor() > 0 {
                self.money_status()
            } else {
                Status::Declined
            };
        }
        let grantable = self.lines.iter().any(|l| l.quantities.grantable() > 0);
        // An exchange that waits for what comes back waits for goods, whatever is still owed.
        let out = |line: u16| self.line(line).is_some_and(|l| l.quantities.expected() > 0);
        let mut swaps = self.live_exchanges().filter(|e| !e.cleared);
        if grantable || swaps.any(|e| e.lines.iter().any(|c| out(c.line))) {
            self.goods_status()
        } else {
            self.money_status()
        }
    }

    /// Whether anything has arrived.
    pub fn has_goods(&self) -> bool {
        !self.strays.is_empty()
            || self
                .lines
                .iter()
                .any(|l| l.quantities.received + l.quantities.unexpected > 0)
    }

    /// Goods still have to come, be counted or be judged.
    fn goods_status(&self) -> Status {
        let any = |f: fn(&crate::case::CaseLine) -> bool| self.lines.iter().any(f);
        if any(|l| l.quantities.accepted + l.quantities.rejected > 0) {
            return Status::Inspecting;
        }
        if self.has_goods() || self.parcels.iter().any(|p| p.delivered_on.is_some()) {
            return Status::Arrived;
        }
        if self.parcels.iter().any(|p| p.shipped_on.is_some()) {
            return Status::InTransit;
        }
        if !self.parcels.is_empty() {
            return Status::AwaitingGoods;
        }
        if any(|l| l.quantities.declined > 0) {
            Status::PartlyAuthorised
        } else {
            Status::Authorised
        }
    }

    /// Every unit is decided: what counts is the money, then the goods that are still to come.
    fn money_status(&self) -> Status {
        use crate::case::ObligationState as S;
        if self
            .obligations
            .iter()
            .any(|o| o.state.is_open() && o.state != S::Requested)
        {
            return Status::Settling;
        }
        if self.obligations.iter().any(|o| o.state == S::Requested) {
            let settled = self.obligations.iter().any(|o| o.state == S::Settled);
            return if settled {
                Status::Settling
            } else {
                Status::Decided
            };
        }
        if self
            .lines
            .iter()
            .any(|l| l.quantities.expected() > 0 || l.quantities.ungraded() > 0)
        {
            return self.goods_status();
        }
        if self.lines.iter().all(|l| l.quantities.granted == 0) && self.granted_minor() == 0 {
            // Everything that came was rejected or is missing.
            return Status::Decided;
        }
        Status::Settled
    }
}

impl Status {
    /// Whether the case still needs work of the house, the carrier or the customer.
    pub const fn is_live(self) -> bool {
        !matches!(
            self,
            Self::Closed | Self::Cancelled | Self::Expired | Self::Declined
        )
    }
}

impl Status {
    /// Whether one event may lead from this status to `next`: the graph of the domain notes
    /// (2.2), with marks (hold, dispute, appeal, reopening) that may lie over any stage.
    pub fn may_lead_to(self, next: Self) -> bool {
        use Status as S;
        if self == next {
            return true;
        }
        let is_mark = |s: Self| {
            matches!(
                s,
                S::OnHold | S::Disputed | S::Appealed | S::Reopened | S::Expired
            )
        };
        if self == S::Closed {
            return matches!(next, S::Reopened | S::Disputed);
        }
        if self == S::Cancelled {
            return matches!(next, S::Closed | S::Disputed);
        }
        if is_mark(self) {
            return true;
        }
        // Goods on the bench or money on its way: each part of a case goes at its own pace, so
        // these stages follow each other in any order. None of them leads back to a request.
        let at_work = |s: Self| {
            matches!(
                s,
                S::InReview
                    | S::Arrived
                    | S::Inspecting
                    | S::Decided
                    | S::Settling
                    | S::Settled
                    | S::AwaitingGoods
                    | S::InTransit
                    | S::Authorised
                    | S::PartlyAuthorised
            )
        };
        match next {
            S::OnHold | S::Disputed | S::Reopened => true,
            // The goods that opened it were counted by mistake.
            S::Submitted => self == S::InReview,
            S::NeedsInfo => matches!(self, S::Submitted | S::InReview),
            S::Declined => matches!(self, S::NeedsInfo | S::InReview),
            S::Appealed => !matches!(self, S::Submitted),
            S::Cancelled => !matches!(self, S::Arrived | S::Inspecting | S::Settled),
            S::Expired => matches!(self, S::Authorised | S::PartlyAuthorised | S::AwaitingGoods),
            // From review only where all that came belongs to no line.
            S::Closed => matches!(self, S::Settled | S::Decided | S::Declined | S::InReview),
            // Money paid before the goods are back leaves a case that waits for goods.
            S::Authorised | S::PartlyAuthorised | S::AwaitingGoods => {
                at_work(self) || self == S::NeedsInfo
            }
            S::InReview | S::InTransit | S::Arrived | S::Inspecting => {
                at_work(self) || matches!(self, S::Submitted | S::NeedsInfo | S::Declined)
            }
            S::Decided | S::Settling | S::Settled => at_work(self),
        }
    }
}
