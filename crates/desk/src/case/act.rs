//! The things a person can do to a case, and which of them are possible now. What is possible is
//! only a help: the domain decides, and says why when it refuses.

use super::Shown;
use kernel::Permission as P;
use redress_http::ui::Icon;
use returns::{Obligation, ObligationKind, ObligationState, Status};

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
    /// Decide money above one's own limit: a second person approves it.
    AskApproval = "ask-approval", Users, "";
    /// Exchange units for other goods.
    Exchange = "exchange", Repeat, "X";
    /// Settle a claim.
    Resolve = "resolve", CheckCircle, "C";
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
    /// Make up for something.
    Goodwill = "goodwill", Sparkles, "G";
    /// File a proof.
    Proof = "proof", File, "P";
    /// Ask the carrier to pay.
    CarrierClaim = "carrier-claim", Truck, "";
    /// The carrier has answered.
    CarrierAnswer = "carrier-answer", Truck, "";
    /// The vendor has answered.
    VendorAnswer = "vendor-answer", Warehouse, "";
    /// Let goods be given away.
    Donate = "donate", Flag, "";
    /// They were given away.
    Donated = "donated", Flag, "";
    /// A repair is at the workshop.
    Workshop = "workshop", Wrench, "";
    /// It is mended and on its way back.
    Mended = "mended", Send, "";
    /// It is not worth it.
    Beyond = "beyond", X, "";
    /// Take down that the customer disagrees.
    Appeal = "appeal", Scale, "";
    /// End the case before goods come.
    Cancel = "cancel", XCircle, "";
    /// Goods of an exchange or replacement have left.
    Sent = "sent", Send, "";
    /// The new goods ran out.
    FallBack = "fall-back", BoxX, "";
    /// Call an exchange off.
    CallOff = "call-off", Undo, "";
    /// New goods come back.
    SendBack = "send-back", Undo, "";
    /// Charge a security.
    Charge = "charge", CreditCard, "";
    /// Let a security go.
    Waive = "waive", Shield, "";
    /// Take a decided refund back before it is sent.
    TakeBack = "take-back", Undo, "";
    /// Ask again for approval of what has changed.
    AskAgain = "ask-again", Users, "";
    /// Ask the customer for a bank account.
    AskAccount = "ask-account", Send, "";
    /// Pay to a bank account instead of what paid.
    Redirect = "redirect", Wallet, "";
    /// It was paid outside.
    PaidOutside = "paid-outside", Banknote, "";
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
            Self::Evidence | Self::Appeal | Self::Cancel | Self::SendBack => P::CaseRequest,
            Self::Uphold | Self::Overturn => P::CaseOverride,
            Self::Sent | Self::Retry | Self::Drop | Self::PaidOutside => P::MoneyOperate,
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
        Act::Decide | Act::AskApproval | Act::Exchange => open && grantable && !appealed,
        Act::Uphold | Act::Overturn => appealed,
        Act::Release => open && case.on_hold,
        Act::Hold => open && !case.on_hold,
        Act::Reopen => (case.closed || case.expired) && !case.cancelled,
        Act::Close => !case.closed && done && ends,
        Act::Appeal => open && case.decided_at.is_some() && !appealed,
        Act::Cancel => open && !case.has_goods() && case.grants.is_empty() && !delivered,
        Act::Note => true,
        Act::Resolve
        | Act::Goodwill
        | Act::Proof
        | Act::CarrierClaim
        | Act::Donate
        | Act::Donated => super::claim::possible(shown.page, act),
        Act::Sent
        | Act::CarrierAnswer
        | Act::VendorAnswer
        | Act::Workshop
        | Act::Mended
        | Act::Beyond
        | Act::FallBack
        | Act::CallOff
        | Act::SendBack
        | Act::Charge
        | Act::Waive
        | Act::TakeBack
        | Act::AskAgain
        | Act::AskAccount
        | Act::Redirect
        | Act::PaidOutside
        | Act::Retry
        | Act::Drop => false,
    };
    let may = |act: &Act| possible(*act) && scope.may(act.permission(), case.client);
    Act::ALL.iter().copied().filter(may).collect()
}

/// The acts to offer beside an obligation.
pub fn offered_for(shown: &Shown<'_>, owed: &Obligation) -> Vec<Act> {
    use ObligationKind as K;
    use ObligationState as S;
    let case = &shown.page.case;
    let (kind, state) = (owed.kind, owed.state);
    let goods = kind.is_by_hand();
    let waits = matches!(state, S::Requested | S::Failed);
    let swap = case.exchange_with(owed.id).filter(|e| !e.undone);
    let held = |e: &returns::Exchange| e.security_charged_minor.is_none();
    // Money comes in through the customer's link; by hand only where there is none.
    let online =
        case.is_for_customer(owed.id) && app::commit::taker_of(&shown.page.client) != "customer";
    let possible = |act: &Act| match act {
        Act::Sent => {
            goods && kind != K::Repair && !online && matches!(state, S::Requested | S::Sent)
        }
        Act::FallBack | Act::CallOff => kind == K::Exchange && waits && swap.is_some(),
        Act::SendBack => {
            kind == K::Exchange && state == S::Settled && swap.is_some() && !case.closed
        }
        Act::Charge => {
            kind == K::Hold && state == S::Settled && swap.is_some_and(|e| e.late && held(e))
        }
        Act::Waive => kind == K::Hold && state == S::Settled && swap.is_some_and(held),
        Act::Workshop => kind == K::Repair && waits && case.repair(owed.id).is_none(),
        Act::Mended => kind == K::Repair && waits && case.repair(owed.id).is_some(),
        Act::Beyond => kind == K::Repair && waits,
        Act::TakeBack => {
            let mut others = case.owed_by(owed.grant);
            kind.is_money()
                && swap.is_none()
                && state == S::Requested
                && others.all(|o| matches!(o.state, S::Requested | S::Canceled))
        }
        // Whether it has changed is only known with the account on file: the domain says so.
        Act::AskAgain => {
            state == S::Requested && swap.is_none() && case.approval(owed.grant).is_some()
        }
        Act::AskAccount | Act::Redirect => {
            case.redirectable().any(|o| o.id == owed.id) && !case.waits_for_destination(owed.id)
        }
        Act::PaidOutside => {
            kind == K::Refund
                && matches!(state, S::Requested | S::Failed | S::Returned)
                && !case.waits_for_confirmation(owed.id)
        }
        Act::Retry => !goods && matches!(state, S::Failed | S::Returned),
        Act::Drop => swap.is_none() && matches!(state, S::Requested | S::Failed | S::Returned),
        _ => false,
    };
    let may = |act: &Act| possible(act) && shown.desk.scope().may(act.permission(), case.client);
    Act::ALL.iter().copied().filter(may).collect()
}
