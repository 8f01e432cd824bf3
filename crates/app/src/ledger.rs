//! The Merkle log of each client as the application keeps it: keys, the leaf of an event, and
//! who may read what. Giving leaves their index is in [`sequence`], checking a stored log in
//! [`verify`], what a third party takes away in [`receipt`]. Hashes, proofs and formats are the
//! `ledger` room's.

pub mod feed;
mod heads;
pub mod receipt;
pub mod sequence;
pub mod verify;
mod walk;

pub use receipt::{LogFile, ReceiptCheck, ReceiptFault, verify_receipt};
pub use verify::{LedgerFinding, VerifyReport};

use crate::{App, AppError};
use data_encoding::HEXLOWER;
use kernel::{CaseId, ClientId, Permission, Scope};
use ledger::{Hash, Leaf, Signer, VerifierKey, commit};
use store::{
    Write,
    questions::{ledger as log, people},
    tables,
};

/// The leaf hash of the event that made `version` of `case`. `body` is the event's canonical
/// JSON; the leaf commits to exactly these bytes under `salt`.
///
/// # Errors
/// [`AppError::Fault`] when `kind` is not an event kind.
pub(crate) fn leaf_hash(
    client: ClientId,
    case: CaseId,
    version: u64,
    kind: &str,
    body: &str,
    salt: &[u8; 32],
) -> Result<Hash, AppError> {
    let commitment = commit(salt, body.as_bytes());
    let leaf = Leaf::new(client, case, version, kind, commitment).map_err(AppError::fault)?;
    Ok(leaf.hash())
}

impl App {
    /// The public key of a client's log in vkey form: all a third party must know beforehand.
    ///
    /// # Errors
    /// [`AppError::Missing`] for an unknown client; faults of the database.
    pub async fn vkey(&self, client: ClientId) -> Result<String, AppError> {
        Ok(self.log_key(client).await?.to_string())
    }

    /// The newest signed checkpoint of a client's log; none while the log is empty.
    ///
    /// # Errors
    /// [`AppError::Missing`] or [`AppError::Denied`] by scope; faults of the database.
    pub async fn checkpoint(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Option<String>, AppError> {
        Self::check(scope, Permission::LedgerRead, client)?;
        Ok(log::head(&self.0.store, client)
            .await?
            .map(|head| head.checkpoint))
    }

    /// The public key as the `ledger` room takes it.
    pub(crate) async fn log_key(&self, client: ClientId) -> Result<VerifierKey, AppError> {
        Ok(self.log_signer(client).await?.vkey().clone())
    }

    /// The key that signs a client's checkpoints, made on first use.
    ///
    /// Seed and origin are stored together and never change: every checkpoint names the origin,
    /// so a log must not get another one when the house or the client is renamed.
    pub(crate) async fn log_signer(&self, client: ClientId) -> Result<Signer, AppError> {
        let name = format!("ledger_seed:{client}");
        let stored = match self.setting(&name).await? {
            Some(stored) => stored,
            None => self.new_log_key(client, &name).await?,
        };
        let unreadable = || AppError::fault(format!("the setting {name} cannot be read"));
        let (seed, origin) = stored.split_once(' ').ok_or_else(unreadable)?;
        let seed = HEXLOWER
            .decode(seed.as_bytes())
            .ok()
            .and_then(|s| s.try_into().ok());
        Signer::from_seed(origin, &seed.ok_or_else(unreadable)?).map_err(AppError::fault)
    }

    /// Stores a new key unless another node was first; answers the one that is stored.
    async fn new_log_key(&self, client: ClientId, name: &str) -> Result<String, AppError> {
        if self.directory().client(client).is_none() {
            // Another node may have added the client since the directory was read.
            self.reload_directory().await?;
        }
        let directory = self.directory();
        let slug = &directory.client(client).ok_or(AppError::Missing)?.slug;
        let seed = HEXLOWER.encode(&self.random32());
        let value = format!("{seed} {}/{slug}", self.0.ledger_origin);
        let mut write = Write::new();
        write.row(&tables::HOUSE_SETTING, vec![name.into(), value.into()]);
        self.0.store.write(write).await?;
        let stored = people::setting(&self.0.store, name).await?;
        stored.ok_or_else(|| AppError::fault(format!("the setting {name} was not kept")))
    }
}

/// A count or index as the store keeps it; stored logs stay far below 2^63.
pub(crate) fn stored(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A stored count or index; a negative one, which no write makes, reads as an impossible one.
pub(crate) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
