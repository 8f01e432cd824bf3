//! Grants that need a second person, as they are listed; and when what a person decided is sent.

use crate::directory::Client;
use jiff::SignedDuration;
use kernel::{Actor, ClientId, Timestamp};
use returns::{Event, ReturnCase, What};
use store::{Val, Write, tables};

/// Adds the approvals that changed to a write.
pub(super) fn put(write: &mut Write, before: Option<&ReturnCase>, case: &ReturnCase) {
    for approval in &case.approvals {
        let row = approval_row(case.client, case, approval);
        let known = before.and_then(|c| Some((c, c.approval(approval.grant)?)));
        if known.is_none_or(|(c, a)| approval_row(c.client, c, a) != row) {
            write.row(&tables::APPROVAL, row);
        }
    }
}

/// When payments that follow from these events are sent: what a person decided can be taken back
/// for a while.
pub(super) fn due(client: &Client, events: &[Event], at: Timestamp) -> Option<Timestamp> {
    // To another account nothing goes before the customer could object.
    let cools = events.iter().find_map(|e| match e.what {
        What::DestinationGiven { from, .. } => Some(from),
        _ => None,
    });
    if cools.is_some() {
        return cools;
    }
    let by_person = |e: &Event| {
        matches!(e.what, What::Granted { .. } | What::ApprovalGiven { .. })
            && matches!(e.by, Actor::User { .. })
    };
    if !events.iter().any(by_person) {
        return None;
    }
    let undo = SignedDuration::from_secs(client.settings.undo_seconds.into());
    at.checked_add(undo).ok()
}

/// The read model of a grant that needs a second person.
pub(crate) fn approval_row(
    client: ClientId,
    case: &ReturnCase,
    approval: &returns::Approval,
) -> Vec<Val> {
    let state = match &approval.answer {
        Some(_) => approval.state_name(),
        None if case.is_owed(approval.grant) => "waiting",
        // Nothing of it is owed any more: there is nothing to approve.
        None => "dropped",
    };
    let by = match approval.asked_by {
        Actor::User { id } => id.0.into(),
        _ => Val::Null(store::Kind::Uuid),
    };
    let answered = approval.answer.as_ref().map(|a| a.at);
    vec![
        client.into(),
        case.id.0.into(),
        i64::from(approval.grant).into(),
        state.into(),
        approval.hash.as_str().into(),
        approval.payload.total().into(),
        approval.payload.currency.code().into(),
        by,
        approval.asked_at.as_millisecond().into(),
        answered
            .unwrap_or(approval.asked_at)
            .as_millisecond()
            .into(),
    ]
}
