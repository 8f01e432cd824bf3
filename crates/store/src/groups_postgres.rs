//! Writes that wait for PostgreSQL at the same time and may be stored as one: one statement, one
//! commit, as the SQLite writer commits in groups. Nobody waits for others to come: a write that
//! comes alone goes alone, and what comes while the groups under way are written goes next.

use crate::{
    questions::work,
    write::{Expect, Write, WriteError, Written},
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Groups on their way at once: one is written while the other waits for the disk.
const GROUPS_MAX: usize = 2;
/// Writes in one group.
const WRITES_MAX: usize = 64;
/// Rows of a write that may join others; a larger one is worth a statement of its own.
const ROWS_MAX: usize = 64;

/// A write, and where its answer goes.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) write: Write,
    /// Whose rows it may touch.
    pub(crate) sees: Arc<str>,
    pub(crate) answer: oneshot::Sender<Result<Written, WriteError>>,
}

/// What waits, and how many groups are on their way.
#[derive(Debug, Default)]
pub(crate) struct Groups(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    waiting: Vec<Waiting>,
    under_way: usize,
}

/// Whether a write may be stored as one with others: nobody waits for what it returns or touches.
pub(crate) fn may_join(write: &Write) -> bool {
    let removed: usize = write.removals.iter().map(|r| r.keys.len()).sum();
    let added: usize = write.batches.iter().map(|b| b.rows.len()).sum();
    let alike = write
        .statements
        .iter()
        .all(|s| s.returns.is_empty() && s.expect == Expect::Any && work::at_once(s.sql).is_some());
    !write.is_empty() && alike && removed + added <= ROWS_MAX
}

impl Groups {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a write wait; whether somebody must come to write what waits.
    pub(crate) fn join(&self, one: Waiting) -> bool {
        let mut state = self.lock();
        state.waiting.push(one);
        let begin = state.under_way < GROUPS_MAX;
        state.under_way += usize::from(begin);
        begin
    }

    /// The next group, oldest first; none when nothing waits, and then this writer is done.
    pub(crate) fn next(&self) -> Option<Vec<Waiting>> {
        let mut state = self.lock();
        let many = state.waiting.len().min(WRITES_MAX);
        if many == 0 {
            state.under_way -= 1;
            return None;
        }
        Some(state.waiting.drain(..many).collect())
    }
}
