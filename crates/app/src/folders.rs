//! Through which folder a client's payment files leave, and which process works in it.
//!
//! The folder remembers which keys left: a process with another folder would not find them there
//! and order again. So the first folder that is opened for a client is written down and no other
//! is ever used until it is moved, and of processes that hold the same folder, a copy, or a
//! shared disk, one at a time works in it under a lease. A lease that ran out is another epoch,
//! and who held the one before is refused when it looks.

use crate::{App, error::AppError};
use kernel::ClientId;
use std::time::Duration;
use store::{Expect, Kind, Statement, Val, Write, WriteError, questions::money};
use uuid::Uuid;

/// How long a lease lasts after it was last kept. Clocks of nodes must agree within half of it.
pub const FOLDER_LEASE: Duration = Duration::from_secs(30);

/// A folder as a process would work in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folder {
    /// Whose payments.
    pub client: ClientId,
    /// The folder; its name lies in it and moves with it.
    pub folder: Uuid,
    /// The place the process runs in: the same again after a restart.
    pub holder: Uuid,
}

/// The right to work in a folder for the time of a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch(i64);

impl Epoch {
    /// Of the first process that ever took the folder.
    pub const FIRST: Self = Self(1);
}

impl App {
    /// Takes the folder; `None` when the client's files leave through another one, or when
    /// another holder was seen within the lease.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn take_folder(&self, folder: &Folder) -> Result<Option<Epoch>, AppError> {
        let now = self.now().as_millisecond();
        let lease = i64::try_from(FOLDER_LEASE.as_millis()).unwrap_or(i64::MAX);
        let params = vec![
            folder.client.into(),
            folder.folder.into(),
            folder.holder.into(),
            now.into(),
            (now - lease).into(),
        ];
        let found = self.ask("folder_take", money::FOLDER_TAKE, params).await?;
        Ok(found.map(Epoch))
    }

    /// Keeps a lease; `false` when it is lost: then nothing more may be done in the folder.
    ///
    /// # Errors
    /// Faults of the database; the lease may be kept or not.
    pub async fn keep_folder(&self, folder: &Folder, epoch: Epoch) -> Result<bool, AppError> {
        let params = vec![
            folder.client.into(),
            folder.folder.into(),
            folder.holder.into(),
            self.now().as_millisecond().into(),
            epoch.0.into(),
        ];
        let found = self.ask("folder_keep", money::FOLDER_KEEP, params).await?;
        Ok(found.is_some())
    }

    async fn ask(
        &self,
        name: &'static str,
        sql: &'static str,
        params: Vec<Val>,
    ) -> Result<Option<i64>, AppError> {
        let mut write = Write::new();
        write.statement(Statement {
            name,
            sql,
            params,
            returns: &[Kind::Int],
            expect: Expect::Some,
        });
        match self.store().write(write).await {
            Ok(written) => Ok(written
                .first()
                .and_then(|rows| rows.first()?.first()?.int())),
            Err(WriteError::Lost { .. }) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }
}
