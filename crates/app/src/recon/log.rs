//! Breaks in the log: every version of a break is an event of its own stream, with its leaf, stored
//! in the write that makes the version. The rows people look at follow from these events.

use super::{BreakRow, Noted, break_values, uuid};
use crate::{App, AppError};
use kernel::{Actor, CaseId, ClientId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use store::{Write, questions::cases::EventRow, tables};
use uuid::Uuid;

/// Kinds of events begin so: `break_found`, `break_taken`, `break_closed` …
pub(crate) const PREFIX: &str = "break_";
const SCHEMA: u16 = 1;

/// One event of a break, in the form of a case's events. What people wrote stands in it; its leaf
/// only commits to it.
#[derive(Debug, Serialize, Deserialize)]
struct Fact {
    schema: u16,
    at: Timestamp,
    by: Actor,
    what: Told,
}

/// What happened, and how the break stands after it.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    #[serde(rename = "type")]
    act: String,
    state: String,
    kind: String,
    cause: String,
    subject: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    obligation: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    case: Option<Uuid>,
    currency: String,
    expected_minor: i64,
    found_minor: i64,
    found_currency: String,
    since: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Uuid>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    opened_at: i64,
}

impl App {
    /// Stores a version of a break with what made it: event and leaf, note, row. The event's key
    /// is the lock.
    pub(super) fn put_break(
        &self,
        write: &mut Write,
        row: &BreakRow,
        noted: &Noted<'_>,
    ) -> Result<(), AppError> {
        let at = Timestamp::from_millisecond(row.updated_at).map_err(AppError::fault)?;
        let kind = format!("{PREFIX}{}", noted.act);
        let fact = Fact {
            schema: SCHEMA,
            at,
            by: noted
                .by
                .map_or(Actor::System, |id| Actor::User { id: UserId(id) }),
            what: Told {
                act: kind.clone(),
                state: row.state.clone(),
                kind: row.kind.clone(),
                cause: row.cause.clone(),
                subject: row.subject.clone(),
                obligation: row.obligation_id,
                case: row.case_id,
                currency: row.currency.clone(),
                expected_minor: row.expected_minor,
                found_minor: row.found_minor,
                found_currency: row.found_currency.clone(),
                since: row.since_on.clone(),
                owner: row.by_user,
                reason: noted.reason.to_owned(),
                note: noted.note.to_owned(),
                opened_at: row.opened_at,
            },
        };
        let (client, stream) = (ClientId(row.client_id), CaseId(row.break_id));
        self.put_fact(write, client, stream, (row.rev, &kind, at), &fact)?;
        let note = vec![
            row.client_id.into(),
            row.break_id.into(),
            row.rev.into(),
            row.updated_at.into(),
            uuid(noted.by),
            noted.act.into(),
            noted.reason.into(),
            noted.note.into(),
        ];
        write.row(&tables::RECON_NOTE, note);
        write.row(&tables::RECON_BREAK, break_values(row));
        Ok(())
    }
}

/// The row of a break as its last event has it.
pub(crate) fn replayed(
    client: ClientId,
    stream: CaseId,
    events: &[EventRow],
) -> Result<BreakRow, String> {
    let last = events.last().ok_or("a break without events")?;
    let fact: Fact = serde_json::from_str(&last.body)
        .map_err(|e| format!("event {} cannot be read: {e}", last.version))?;
    let told = fact.what;
    Ok(BreakRow {
        client_id: client.0,
        break_id: stream.0,
        rev: last.version,
        state: told.state,
        currency: told.currency,
        kind: told.kind,
        cause: told.cause,
        subject: told.subject,
        obligation_id: told.obligation,
        case_id: told.case,
        expected_minor: told.expected_minor,
        found_minor: told.found_minor,
        found_currency: told.found_currency,
        since_on: told.since,
        by_user: told.owner,
        reason: told.reason,
        opened_at: told.opened_at,
        updated_at: fact.at.as_millisecond(),
    })
}

/// What is wrong with the row of a break, seen from its events.
pub(crate) fn stream_fault(
    client: ClientId,
    stream: CaseId,
    events: &[EventRow],
    row: Option<&BreakRow>,
) -> Option<String> {
    let want = match replayed(client, stream, events) {
        Ok(want) => want,
        Err(words) => return Some(words),
    };
    let Some(row) = row else {
        return Some("a break is in the log and not stored".to_owned());
    };
    // Read after the events, the row may be ahead of them, never behind.
    let ahead = row.rev > want.rev;
    (!ahead && *row != want).then(|| format!("the row of a break is not its last event: {row:?}"))
}
