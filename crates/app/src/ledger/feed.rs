//! The events of a client in the order of its ledger: what other systems poll. The index of a
//! leaf is the cursor, so the feed has no gaps, no repeats and one order for everybody.

use super::{count, stored};
use crate::{App, AppError};
use kernel::{CaseId, ClientId, Permission, Scope};
use returns::Event;
use store::questions::ledger as log;

/// One event with its place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEvent {
    /// Index of its leaf, from 0.
    pub index: u64,
    /// The case.
    pub case: CaseId,
    /// Version of the case after it.
    pub version: u64,
    /// What happened.
    pub event: Event,
}

impl App {
    /// Events from leaf `from` on, at most `limit`. Events wait a moment for their place, so an
    /// empty answer means "nothing yet".
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn feed(
        &self,
        scope: &Scope,
        client: ClientId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<FeedEvent>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        let rows =
            log::leaves_with_events(self.store(), client, stored(from), i64::from(limit)).await?;
        let mut feed = Vec::with_capacity(rows.len());
        for row in rows {
            // An erased event keeps its leaf and has nothing more to say.
            let Some(body) = row.body else { continue };
            feed.push(FeedEvent {
                index: count(row.idx),
                case: CaseId(row.case_id),
                version: count(row.version),
                event: serde_json::from_str(&body)?,
            });
        }
        Ok(feed)
    }
}
