//! What a declaration must satisfy: its row is what its events say, its record has the hash they
//! name, and it is acknowledged exactly once.

use super::{AuditFinding, Invariant};
use crate::{
    App, AppError, acknowledge,
    commit::Job,
    declarations::{Fact, Told},
};
use kernel::{CaseId, ClientId, DeclarationId};
use store::questions::{cases::EventRow, declarations, work};

impl App {
    /// Checks the stream of one declaration.
    pub(super) async fn audit_declaration(
        &self,
        client: ClientId,
        stream: CaseId,
        events: &[EventRow],
    ) -> Result<Vec<AuditFinding>, AppError> {
        let tell = |words: String| AuditFinding {
            invariant: Invariant::Clocks,
            client,
            order: None,
            case: Some(stream),
            words,
        };
        let id = DeclarationId(stream.0);
        let row = declarations::by_id(self.store(), client, id).await?;
        let Some(row) = self.opened_declaration(row).await? else {
            return Ok(vec![tell(
                "a declaration is in the log and not stored".into(),
            )]);
        };
        let mut found = Vec::new();
        let (mut acknowledged, mut state) = (0, "open");
        for event in events {
            let fact: Fact = match serde_json::from_str(&event.body) {
                Ok(fact) => fact,
                Err(e) => {
                    found.push(tell(format!("event {} cannot be read: {e}", event.version)));
                    continue;
                }
            };
            match fact.what {
                // One that was erased has no record any more.
                Told::Declared { sha256, .. }
                    if !row.record.is_empty() && sha256 != acknowledge::sha256(&row.record) =>
                {
                    found.push(tell("its record is not what was declared".into()));
                }
                Told::Declared { .. } => {}
                Told::DeclarationAcknowledged { .. } => acknowledged += 1,
                Told::DeclarationMatched { .. } => state = "matched",
                Told::DeclarationClosed { .. } => state = "closed",
            }
        }
        // Read after the events, the row may be ahead of them, never behind.
        let last = events.last().map_or(0, |e| e.version);
        if row.version < last || (row.version == last && row.state != state) {
            found.push(tell(format!("it stands as {} and was {state}", row.state)));
        }
        if acknowledged > 1 {
            found.push(tell(format!("it was acknowledged {acknowledged} times")));
        }
        if acknowledged == 0 && row.acknowledged_at == 0 {
            let jobs = work::jobs_of_case(self.store(), client, stream).await?;
            let waiting = jobs.iter().filter(|j| j.state == "open");
            let waits = waiting
                .filter_map(|j| serde_json::from_str(&j.body).ok())
                .any(|job| matches!(job, Job::Acknowledge { .. }));
            if !waits {
                let words = "it is not acknowledged and nothing carries that on".to_owned();
                found.push(tell(words));
            }
        }
        Ok(found)
    }
}
