//! The events of a client in the order of its ledger: what other systems poll. The index of a
//! leaf is the cursor, so the feed has no gaps, no repeats and one order for everybody.

use super::{count, stored};
use crate::{App, AppError};
use kernel::{CaseId, ClientId, Permission, Scope};
use returns::{Event, What};
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
        let (mut from, limit) = (stored(from), limit as usize);
        let mut feed = Vec::new();
        while feed.len() < limit {
            let page = i64::try_from(limit - feed.len()).map_err(AppError::fault)?;
            let rows = log::leaves_with_events(self.store(), client, from, page).await?;
            let Some(last) = rows.last() else { break };
            from = last.idx.saturating_add(1);
            for row in rows {
                // An erased event keeps its leaf and has nothing more to say; and the log holds
                // more than returns: declarations, credit, documents, policies, the law.
                let of_return = |kind: &str| What::NAMES.contains(&kind);
                let (Some(body), true) = (row.body, row.kind.as_deref().is_some_and(of_return))
                else {
                    continue;
                };
                feed.push(FeedEvent {
                    index: count(row.idx),
                    case: CaseId(row.case_id),
                    version: count(row.version),
                    event: serde_json::from_str(&body)?,
                });
            }
        }
        Ok(feed)
    }
}
