//! Every case id of a client with its events, in order of id: a merge of the event log and the
//! case table, so that events without a case and cases without events both come up.

use crate::AppError;
use kernel::{CaseId, ClientId};
use std::collections::VecDeque;
use store::{
    Store,
    questions::cases::{self, EventRow},
};
use uuid::Uuid;

/// Rows read at once.
const PAGE: i64 = 1_000;
/// Case rows read at once; they carry whole states.
const CASES_PAGE: i64 = 200;

/// The merged stream.
pub(super) struct Cases {
    client: ClientId,
    events: VecDeque<EventRow>,
    after_event: (Uuid, i64),
    more_events: bool,
    ids: VecDeque<Uuid>,
    after_id: Uuid,
    more_ids: bool,
}

impl Cases {
    pub(super) fn new(client: ClientId) -> Self {
        Self {
            client,
            events: VecDeque::new(),
            after_event: (Uuid::nil(), i64::MIN),
            more_events: true,
            ids: VecDeque::new(),
            after_id: Uuid::nil(),
            more_ids: true,
        }
    }

    /// The next case id and its events, oldest first.
    pub(super) async fn next(
        &mut self,
        store: &Store,
    ) -> Result<Option<(CaseId, Vec<EventRow>)>, AppError> {
        self.fill(store).await?;
        let of_event = self.events.front().map(|e| e.case_id);
        let Some(id) = self.ids.front().copied().into_iter().chain(of_event).min() else {
            return Ok(None);
        };
        self.ids.pop_front_if(|first| *first == id);
        let mut events = Vec::new();
        loop {
            while let Some(event) = self.events.pop_front_if(|e| e.case_id == id) {
                events.push(event);
            }
            if !self.events.is_empty() || !self.more_events {
                return Ok(Some((CaseId(id), events)));
            }
            self.fill(store).await?;
        }
    }

    /// Reads on where a side has run empty.
    async fn fill(&mut self, store: &Store) -> Result<(), AppError> {
        if self.events.is_empty() && self.more_events {
            let page = cases::events_after(store, self.client, self.after_event, PAGE).await?;
            self.more_events = !page.is_empty();
            if let Some(last) = page.last() {
                self.after_event = (last.case_id, last.version);
            }
            self.events.extend(page);
        }
        if self.ids.is_empty() && self.more_ids {
            let page = cases::cases_after(store, self.client, self.after_id, CASES_PAGE).await?;
            self.more_ids = !page.is_empty();
            if let Some((last, _)) = page.last() {
                self.after_id = *last;
            }
            self.ids.extend(page.into_iter().map(|(id, _)| id));
        }
        Ok(())
    }
}

/// The events of one case as they are now.
pub(super) async fn events_now(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<EventRow>, AppError> {
    Ok(cases::events_of_case(store, client, case).await?)
}
