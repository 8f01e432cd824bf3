//! How the installation is doing: a few counts, cheap enough to ask every few seconds.

use crate::{App, AppError, ledger::count};
use store::questions::{ledger as log, work};

/// Counts over every client; nothing of any person or case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vitals {
    /// Jobs that wait or are being tried.
    pub jobs_open: u64,
    /// Jobs given up; each needs a person.
    pub jobs_dead: u64,
    /// Seconds the longest due job has been waiting to run; 0 if none is due.
    pub outbox_age_seconds: u64,
    /// Events that wait for their place in the ledger.
    pub ledger_pending: u64,
}

impl App {
    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<(), AppError> {
        Ok(self.store().ping().await?)
    }

    /// The counts. Takes no scope: there is nothing of any client in them.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn vitals(&self) -> Result<Vitals, AppError> {
        let store = self.store();
        let now = self.now().as_millisecond();
        let oldest = work::oldest(store).await?;
        let late = if oldest == 0 {
            0
        } else {
            (now - oldest).max(0) / 1000
        };
        Ok(Vitals {
            jobs_open: count(work::open_count(store).await?),
            jobs_dead: count(work::dead_count(store).await?),
            outbox_age_seconds: count(late),
            ledger_pending: count(log::pending_total(store).await?),
        })
    }
}
