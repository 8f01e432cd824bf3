//! What a lost dispute takes from the account of its order, and gives back when it was not lost
//! after all. Counted as money the shopper has: what they return later refunds only the rest.

use crate::account::{AccountChange, AccountEntry, OrderAccount};
use crate::journal::{Account as A, Posting, Postings, Transfer, Why};
use crate::order::SalesOrder;
use crate::refusal::Refusal;
use kernel::CaseId;

/// Brings what a dispute takes from its order from `from` to `to` minor units; `stream` is the
/// dispute's. `lines` are those the dispute is about: what is lost is counted on them first, in
/// their order, as far as they are worth; the rest on the order as a whole. Entries carry
/// `version`, that of the event that follows.
///
/// # Errors
/// Never for amounts within what was paid; the account refuses others.
pub fn count(
    order: &SalesOrder,
    account: &mut OrderAccount,
    stream: CaseId,
    lines: &[u16],
    (from, to): (i64, i64),
    version: u64,
) -> Result<(Vec<AccountEntry>, i64), Refusal> {
    let mut entries = Vec::new();
    let mut post = |account: &mut OrderAccount, change| -> Result<(), Refusal> {
        let mut entry = account.post(order, stream, change)?;
        entry.version = version;
        entries.push(entry);
        Ok(())
    };
    let mut counted = from;
    // What was counted is freed whole and counted anew: the lines may be others now.
    for lost in account.lost_to(stream) {
        post(
            account,
            AccountChange::DisputeFreed {
                line: lost.line,
                minor: lost.minor,
            },
        )?;
        counted -= lost.minor;
    }
    let room = account.captured_minor - account.chargebacks_lost_minor;
    let mut left = to.clamp(0, room.max(0));
    for line in lines {
        let worth = order.line(*line).map_or(0, |l| l.worth(0, l.quantity));
        let minor = left.min(worth - account.lost_on(*line));
        if minor > 0 {
            let line = Some(*line);
            post(account, AccountChange::DisputeLost { line, minor })?;
            left -= minor;
            counted += minor;
        }
    }
    if left > 0 {
        let change = AccountChange::DisputeLost {
            line: None,
            minor: left,
        };
        post(account, change)?;
        counted += left;
    }
    Ok((entries, counted))
}

/// What entries of a dispute move between the accounts of the books, each under its version.
pub fn postings(entries: &[AccountEntry]) -> Vec<Posting> {
    let mut out = Postings::default();
    for entry in entries {
        let (why, minor) = match entry.change {
            AccountChange::DisputeLost { minor, .. } => (Why::ChargebackLost, minor),
            AccountChange::DisputeFreed { minor, .. } => (Why::ChargebackBack, -minor),
            _ => continue,
        };
        let moved = Transfer::new(A::Chargebacks, A::Clearing, minor);
        out.add(entry.version, why, moved);
    }
    out.finish()
}
