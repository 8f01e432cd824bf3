//! Which right each command needs; whoever lacks it is told so before anything is looked at.

use kernel::Permission;
use returns::Command;

/// The right each command needs.
pub const fn permission_for(command: &Command) -> Permission {
    match command {
        Command::Request { .. }
        | Command::AnswerInfo { .. }
        | Command::Cancel { .. }
        | Command::Appeal { .. } => Permission::CaseRequest,
        Command::Announce { .. }
        | Command::AskInfo { .. }
        | Command::Authorise { .. }
        | Command::Decline { .. }
        | Command::Decide { .. }
        | Command::Exchange { .. }
        | Command::FallBack { .. }
        | Command::ReturnExchanged { .. }
        | Command::EndSecurity { .. }
        | Command::Hold { .. }
        | Command::ReleaseHold { .. }
        | Command::Note { .. }
        | Command::Reopen { .. }
        | Command::ProveSending { .. }
        | Command::Expire
        | Command::Close => Permission::CaseDecide,
        // Only the house itself says these: no role holds the right through a surface.
        Command::Acknowledge { .. } | Command::RingClock { .. } => Permission::Administer,
        Command::Uphold { .. } | Command::Overturn { .. } => Permission::CaseOverride,
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
        | Command::RetryPayment { .. }
        | Command::CancelObligation { .. }
        | Command::OpenDispute { .. }
        | Command::CloseDispute { .. } => Permission::MoneyOperate,
    }
}
