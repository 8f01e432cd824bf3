//! The statutory clocks of a case: what the law counts, which event started it, the last day in
//! the consumer's local dates, and whether it was kept. They follow from the law's answer and the
//! facts of the case alone, so they cannot be paused, edited or closed over.
//!
//! A list of clocks is stored with the event that changed it (`clocks_counted`): later packs and
//! later code never change what was counted then. When a clock is counted is in `handle::clocks`.

use kernel::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What a clock counts towards.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ClockKind { $($(#[$doc])* $name,)* }

        impl ClockKind {
            /// Every kind, in the order of a case's life.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The kind written as `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|k| k.as_str() == text)
            }
        }
    };
}

kinds! {
    /// The consumer may use the right until then. Nothing is owed by that day.
    WindowEnd = "window_end";
    /// A declaration must be acknowledged on a durable medium.
    Acknowledgement = "acknowledgement";
    /// Goods that were sold must come; after it the consumer may end the contract.
    Delivery = "delivery";
    /// The trader may still keep the money, until goods or proof of sending come.
    Withholding = "withholding";
    /// Goods must be put right.
    Remedy = "remedy";
    /// The money must be back.
    Refund = "refund";
}

impl ClockKind {
    /// Whether money is owed by that day: such a clock that runs keeps a case open.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Refund)
    }

    /// Whether somebody on the trader's side must act: such a clock is on the worklist, is
    /// reminded of and can be breached.
    pub const fn is_owed(self) -> bool {
        !matches!(self, Self::WindowEnd | Self::Withholding)
    }
}

impl fmt::Display for ClockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The kind of event that starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartedBy {
    /// The contract was made.
    Contract,
    /// The goods came to the consumer.
    Delivery,
    /// The trader got the consumer's notice.
    NoticeReceived,
    /// The consumer sent the notice.
    NoticeSent,
    /// The goods came back.
    GoodsBack,
    /// The consumer proved that they were sent.
    ProofOfSending,
    /// The trader agreed to refund.
    TraderAgreed,
    /// The claim to the money arose on its own.
    RightVested,
}

impl StartedBy {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Delivery => "delivery",
            Self::NoticeReceived => "notice_received",
            Self::NoticeSent => "notice_sent",
            Self::GoodsBack => "goods_back",
            Self::ProofOfSending => "proof_of_sending",
            Self::TraderAgreed => "trader_agreed",
            Self::RightVested => "right_vested",
        }
    }
}

/// The event that started a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// What happened.
    pub by: StartedBy,
    /// On which local day of the consumer.
    pub on: Date,
}

/// Where a clock stands. Whether an open one is late depends on the day it is looked at; that it
/// *was* late is recorded in [`StatutoryClock::breached_on`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ClockState {
    /// What it counts towards has not happened.
    Open,
    /// It has.
    Met {
        /// On this local day.
        on: Date,
    },
    /// Nothing is owed any more, or nothing may be withheld any more.
    Ended {
        /// Since this local day.
        on: Date,
    },
}

impl ClockState {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Met { .. } => "met",
            Self::Ended { .. } => "ended",
        }
    }
}

/// One clock of a case; kind and rule name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatutoryClock {
    /// What it counts towards.
    pub kind: ClockKind,
    /// The right it belongs to.
    pub right: law::Right,
    /// Id of the most specific rule, e.g. `de.withdrawal.goods`.
    pub rule: Arc<str>,
    /// Citation to show: national article first.
    pub citation: Arc<str>,
    /// What started it; none while it does not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Started>,
    /// Last lawful day; none while it does not run or where the law names no number of days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The same without any rollover: the day to work towards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strict: Option<Date>,
    /// Where it stands.
    pub state: ClockState,
    /// The local day on which somebody was reminded of `strict`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_on: Option<Date>,
    /// The local day on which it was found to be late. It stays when the clock is met after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_on: Option<Date>,
}

impl StatutoryClock {
    /// What it is about in message keys: for a window the act it is open for, else its kind.
    pub const fn subject(&self) -> &'static str {
        match (self.kind, self.right) {
            (ClockKind::WindowEnd, right) if right.needs_no_reason() => "withdraw",
            (ClockKind::WindowEnd, law::Right::ShortTermReject) => "reject",
            (ClockKind::WindowEnd, _) => "claim",
            (kind, _) => kind.as_str(),
        }
    }

    /// Whether it runs towards a day: nothing has stopped it and the day is known.
    pub const fn runs(&self) -> bool {
        matches!(self.state, ClockState::Open) && self.due.is_some()
    }

    /// Whether money is owed and the day for it runs.
    pub const fn money_runs(&self) -> bool {
        self.kind.is_money() && self.runs()
    }

    /// The local day on which it was met; none while it is open or ended unmet.
    pub const fn met_on(&self) -> Option<Date> {
        match self.state {
            ClockState::Met { on } => Some(on),
            _ => None,
        }
    }

    /// Whether it is late on `today`, or was met late.
    pub fn is_late(&self, today: Date) -> bool {
        let by = self.met_on().unwrap_or(today);
        let live = !matches!(self.state, ClockState::Ended { .. });
        live && self.due.is_some_and(|due| due < by)
    }
}
