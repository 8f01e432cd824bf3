//! The things a person can do to a case, and which of them are possible now. What is possible is
//! only a help: the domain decides, and says why when it refuses.

use super::Shown;
use kernel::Permission as P;
use redress_http::ui::Icon;
use returns::{ObligationKind, ObligationState, Status};

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $icon:ident, $key:literal;)*) => {
        /// Something a person does to a case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Act { $($(#[$doc])* $name,)* }

        impl Act {
            /// Every act, in the order of the buttons.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in addresses and message keys.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The sign on its button.
            pub const fn icon(self) -> Icon {
                match self { $(Self::$name => Icon::$icon,)* }
            }

            /// Its key; empty for none.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

acts! {
    /// Say what came unannounced, and why.
    Announce = "announce", List, "L";
    /// Let units come back.
    Authorise = "authorise", Check, "A";
    /// Decide money or goods.
    Decide = "decide", Banknote, "R";
    /// Decline units.
    Decline = "decline", X, "D";
    /// Ask the customer for evidence.
    Ask = "ask", Help, "Q";
    /// Record evidence the customer gave.
    Evidence = "evidence", Image, "V";
    /// Confirm the decision appealed against.
    Uphold = "uphold", Gavel, "U";
    /// Change it.
    Overturn = "overturn", Undo, "O";
    /// Go on after a hold.
    Release = "release", ArrowRight, "H";
    /// Bring back.
    Reopen = "reopen", Refresh, "B";
    /// Close.
    Close = "close", Archive, "E";
    /// Write a remark.
    Note = "note", Message, "N";
    /// Stop for a question of risk or law.
    Hold = "hold", ShieldAlert, "H";
    /// Take down that the customer disagrees.
    Appeal = "appeal", Scale, "";
    /// End the case before goods come.
    Cancel = "cancel", XCircle, "";
    /// Goods of an exchange or replacement have left.
    Sent = "sent", Send, "";
    /// Pay again what failed.
    Retry = "retry", Refresh, "";
    /// Give up something owed.
    Drop = "drop", Trash, "";
}

impl Act {
    /// The act of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.as_str() == text)
    }

    /// The right it needs.
    pub const fn permission(self) -> P {
        match self {
            Self::Evidence | Self::Appeal | Self::Cancel => P::CaseRequest,
            Self::Uphold | Self::Overturn => P::CaseOverride,
            Self::Sent | Self::Retry | Self::Drop => P::MoneyOperate,
            _ => P::CaseDecide,
        }
    }
}

/// The acts to offer on the action bar, the likeliest first; those about one obligation stand
/// beside it instead.
pub fn offered(shown: &Shown<'_>) -> Vec<Act> {
    let (case, scope) = (&shown.page.case, shown.desk.scope());
    let open = !case.closed && !case.cancelled;
    let undecided = case.lines.iter().any(|l| l.quantities.decidable() > 0);
    let appealed = case.appeal.is_some_and(|a| a.upheld.is_none());
    let grantable = case.lines.iter().any(|l| l.quantities.grantable() > 0);
    let delivered = case.parcels.iter().any(|p| p.delivered_on.is_some());
    let asked = case.lines.iter().any(|l| l.missing.is_some());
    let done = case.obligations.iter().all(|o| !o.state.is_open());
    let ends = matches!(
        case.status(),
        Status::Settled | Status::Declined | Status::Cancelled | Status::Expired
    );
    // Where somebody asked there is nothing to tell apart.
    let blind = case.lines.iter().all(|l| l.reason.is_none());
    let possible = |act: Act| match act {
        Act::Announce => open && !case.expired && blind,
        Act::Authorise | Act::Decline => open && undecided,
        Act::Ask => open && case.lines.iter().any(|l| l.quantities.undecided() > 0),
        Act::Evidence => open && asked,
        Act::Decide => open && grantable && !appealed,
        Act::Uphold | Act::Overturn => appealed,
        Act::Release => open && case.on_hold,
        Act::Hold => open && !case.on_hold,
        Act::Reopen => (case.closed || case.expired) && !case.cancelled,
        Act::Close => !case.closed && done && ends,
        Act::Appeal => open && case.decided_at.is_some() && !appealed,
        Act::Cancel => open && !case.has_goods() && case.grants.is_empty() && !delivered,
        Act::Note => true,
        Act::Sent | Act::Retry | Act::Drop => false,
    };
    let may = |act: &Act| possible(*act) && scope.may(act.permission(), case.client);
    Act::ALL.iter().copied().filter(may).collect()
}

/// The acts to offer beside an obligation.
pub fn offered_for(shown: &Shown<'_>, kind: ObligationKind, state: ObligationState) -> Vec<Act> {
    use ObligationState as S;
    let goods = kind.is_by_hand();
    let possible = |act: &Act| match act {
        Act::Sent => goods && matches!(state, S::Requested | S::Sent),
        Act::Retry => !goods && matches!(state, S::Failed | S::Returned),
        Act::Drop => matches!(state, S::Requested | S::Failed | S::Returned),
        _ => false,
    };
    let client = shown.page.case.client;
    let may = |act: &Act| possible(act) && shown.desk.scope().may(act.permission(), client);
    Act::ALL.iter().copied().filter(may).collect()
}
