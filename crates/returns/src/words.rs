//! What people write in commands, in one place: whoever stores personal data seals exactly these.

use crate::command::Command;
use std::sync::Arc;

impl Command {
    /// The texts somebody typed. Codes, numbers of carriers and providers, and hashes are none.
    pub fn words(&mut self) -> Vec<&mut Arc<str>> {
        match self {
            Self::ResolveClaim { reason, .. }
            | Self::GiveGoodwill { reason, .. }
            | Self::ProposeManual { reason, .. } => vec![reason],
            Self::AskApproval { reason, why, .. } => reason.iter_mut().chain([why]).collect(),
            Self::AskAgain { why, .. } => vec![why],
            Self::RefuseApproval { note, .. }
            | Self::RefuseDestination { note, .. }
            | Self::RefuseManual { note, .. }
            | Self::TakeBack { note, .. }
            | Self::MoveRepair { note, .. }
            | Self::AskInfo { note, .. }
            | Self::Recount { note, .. }
            | Self::FallBack { note, .. }
            | Self::CallOffExchange { note, .. }
            | Self::EndSecurity { note, .. }
            | Self::CancelObligation { note, .. }
            | Self::Appeal { note }
            | Self::Uphold { note }
            | Self::Overturn { note }
            | Self::Hold { note }
            | Self::ReleaseHold { note }
            | Self::Note { note }
            | Self::Reopen { note }
            | Self::ProveSending { note, .. } => vec![note],
            Self::FileProof { proof } => vec![&mut proof.reference],
            Self::LetDonate { reason, .. }
            | Self::Authorise { reason, .. }
            | Self::AskDestination { reason, .. }
            | Self::Decide { reason, .. } => reason.iter_mut().collect(),
            Self::ProveDonation { reference, .. } => vec![reference],
            Self::Decline { note, .. } | Self::Grade { note, .. } | Self::Cancel { note } => {
                note.iter_mut().collect()
            }
            Self::Exchange { ask } => {
                let consent = ask.advance.iter_mut().map(|a| &mut a.consent);
                ask.reason.iter_mut().chain(consent).collect()
            }
            Self::Request { .. }
            | Self::Approve { .. }
            | Self::InviteAccount
            | Self::GiveDestination { .. }
            | Self::ObjectDestination { .. }
            | Self::ConfirmManual { .. }
            | Self::Lapse { .. }
            | Self::HoldRefund { .. }
            | Self::FileCarrierClaim { .. }
            | Self::EndCarrierClaim { .. }
            | Self::EndVendorClaim { .. }
            | Self::Announce { .. }
            | Self::AnswerInfo { .. }
            | Self::AddLabel { .. }
            | Self::ShipScan { .. }
            | Self::DeliverScan { .. }
            | Self::Receive { .. }
            | Self::Dispose { .. }
            | Self::CheckExchange { .. }
            | Self::ReturnExchanged { .. }
            | Self::PaymentSent { .. }
            | Self::PaymentPending { .. }
            | Self::CheckoutOpened { .. }
            | Self::PaymentSettled { .. }
            | Self::PaymentFailed { .. }
            | Self::PaymentReturned { .. }
            | Self::PaymentUnknown { .. }
            | Self::RetryPayment { .. }
            | Self::OpenDispute { .. }
            | Self::EndDispute { .. }
            | Self::CloseDispute { .. }
            | Self::Expire
            | Self::Close
            | Self::Acknowledge { .. }
            | Self::RingClock { .. } => Vec::new(),
        }
    }
}
