//! Which right each command needs; whoever lacks it is told so before anything is looked at.

use kernel::Permission;
use returns::Command;

/// The right each command needs.
pub const fn permission_for(command: &Command) -> Permission {
    match command {
        Command::Request { .. }
        | Command::AnswerInfo { .. }
        | Command::ReturnExchanged { .. }
        | Command::Cancel { .. }
        | Command::Appeal { .. } => Permission::CaseRequest,
        Command::Announce { .. }
        | Command::AskInfo { .. }
        | Command::Authorise { .. }
        | Command::Decline { .. }
        | Command::Decide { .. }
        | Command::AskApproval { .. }
        | Command::AskAgain { .. }
        | Command::TakeBack { .. }
        | Command::InviteAccount
        | Command::Exchange { .. }
        | Command::FallBack { .. }
        | Command::CallOffExchange { .. }
        | Command::EndSecurity { .. }
        | Command::ResolveClaim { .. }
        | Command::GiveGoodwill { .. }
        | Command::FileProof { .. }
        | Command::FileCarrierClaim { .. }
        | Command::EndCarrierClaim { .. }
        | Command::EndVendorClaim { .. }
        | Command::MoveRepair { .. }
        | Command::LetDonate { .. }
        | Command::ProveDonation { .. }
        | Command::Hold { .. }
        | Command::ReleaseHold { .. }
        | Command::Note { .. }
        | Command::Reopen { .. }
        | Command::ProveSending { .. }
        | Command::Expire
        | Command::Close => Permission::CaseDecide,
        // Only the house itself says these: no role holds the right through a surface.
        Command::Acknowledge { .. }
        | Command::RingClock { .. }
        | Command::CheckExchange { .. }
        | Command::AskDestination { .. }
        | Command::ObjectDestination { .. }
        | Command::Lapse { .. }
        | Command::CheckoutOpened { .. } => Permission::Administer,
        Command::Uphold { .. }
        | Command::Overturn { .. }
        | Command::Approve { .. }
        | Command::RefuseApproval { .. }
        | Command::GiveDestination { .. }
        | Command::RefuseDestination { .. } => Permission::CaseOverride,
        Command::Receive { .. }
        | Command::Recount { .. }
        | Command::Grade { .. }
        | Command::Dispose { .. } => Permission::DockWork,
        Command::AddLabel { .. } | Command::ShipScan { .. } | Command::DeliverScan { .. } => {
            Permission::ParcelScan
        }
        Command::PaymentSent { .. }
        | Command::PaymentPending { .. }
        | Command::PaymentSettled { .. }
        | Command::PaymentFailed { .. }
        | Command::PaymentReturned { .. }
        | Command::PaymentUnknown { .. }
        | Command::HoldRefund { .. }
        | Command::RetryPayment { .. }
        | Command::CancelObligation { .. }
        | Command::ProposeManual { .. }
        | Command::ConfirmManual { .. }
        | Command::RefuseManual { .. }
        | Command::OpenDispute { .. }
        | Command::CloseDispute { .. }
        | Command::EndDispute { .. } => Permission::MoneyOperate,
    }
}
