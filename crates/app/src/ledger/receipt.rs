//! What a third party takes away from a log: receipts of events, signed checkpoints, tiles by
//! their public paths; and the check of a receipt, which needs nothing but the log's public key.

use super::{count, sequence::load_tiles, stored};
use crate::{App, AppError};
use kernel::{CaseId, ClientId, Permission, Scope};
use ledger::{
    NoteError, Receipt, ReceiptError, TileId, TileSet, VerifierKey, receipt::Disclosure,
    tile::needed_for_inclusion,
};
use store::questions::{
    cases,
    ledger::{self as log, LeafEventRow},
};

/// A receipt that held.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptCheck {
    /// Whose log.
    pub client: ClientId,
    /// The case of the event.
    pub case: CaseId,
    /// Version of the case after the event.
    pub version: u64,
    /// Event kind.
    pub kind: String,
    /// Index in the log, from 0.
    pub index: u64,
    /// Leaves in the tree the receipt was made in.
    pub size: u64,
    /// The event.
    pub event: serde_json::Value,
}

/// Why a receipt does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptFault {
    /// The key to check with cannot be read.
    #[error("the log's key: {0}")]
    Key(#[from] NoteError),
    /// The receipt does not hold.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
}

/// Checks a receipt offline against the log's key in vkey form.
///
/// # Errors
/// [`ReceiptFault`] saying what does not hold.
pub fn verify_receipt(text: &str, vkey: &str) -> Result<ReceiptCheck, ReceiptFault> {
    let key: VerifierKey = vkey.trim().parse()?;
    let receipt = Receipt::parse(text)?;
    let checkpoint = receipt.verify_enclosed(&key)?;
    let Receipt {
        disclosure, index, ..
    } = receipt;
    let Disclosure {
        client,
        case,
        version,
        kind,
        event,
        ..
    } = disclosure;
    Ok(ReceiptCheck {
        client,
        case,
        version,
        kind,
        index,
        size: checkpoint.size,
        event,
    })
}

/// A file of the public log, by its C2SP tlog-tiles path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogFile {
    /// `checkpoint`: changes with every batch, must not be cached.
    Checkpoint(String),
    /// `tile/<L>/<N>[.p/<W>]`: never changes, may be cached for ever.
    Tile(Vec<u8>),
}

impl App {
    /// One receipt (C2SP tlog-proof) per event of a case that has an index, in event order.
    ///
    /// # Errors
    /// [`AppError::Missing`] or [`AppError::Denied`] by scope; faults, also when a stored event
    /// cannot be read any more.
    pub async fn receipts_of_case(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<Vec<String>, AppError> {
        Self::check(scope, Permission::LedgerRead, client)?;
        cases::case_head(&self.0.store, client, case)
            .await?
            .ok_or(AppError::Missing)?;
        let leaves = log::leaves_of_case(&self.0.store, client, case).await?;
        self.receipts(client, leaves).await
    }

    /// The receipt of the event that made `version` of a case; none while it waits for its index.
    ///
    /// # Errors
    /// As [`App::receipts_of_case`].
    pub async fn receipt_of_event(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
        version: u64,
    ) -> Result<Option<String>, AppError> {
        Self::check(scope, Permission::LedgerRead, client)?;
        cases::case_head(&self.0.store, client, case)
            .await?
            .ok_or(AppError::Missing)?;
        let mut leaves = log::leaves_of_case(&self.0.store, client, case).await?;
        leaves.retain(|leaf| leaf.version == stored(version));
        Ok(self.receipts(client, leaves).await?.pop())
    }

    /// The receipt of the first event of a stream that is no case; none while it waits for its
    /// index. The caller has checked the scope.
    pub(crate) async fn receipt_of_stream(
        &self,
        client: ClientId,
        stream: CaseId,
    ) -> Result<Option<String>, AppError> {
        let leaves = log::leaves_of_case(&self.0.store, client, stream).await?;
        Ok(self.receipts(client, leaves).await?.into_iter().next())
    }

    /// The receipts of these leaves, as far as they have an index. The caller has checked the scope.
    pub(crate) async fn receipts(
        &self,
        client: ClientId,
        mut leaves: Vec<LeafEventRow>,
    ) -> Result<Vec<String>, AppError> {
        // Read after the leaves: leaves sequenced in between are covered, none is ahead of it.
        let Some(head) = log::head(&self.0.store, client).await? else {
            return Ok(Vec::new());
        };
        let size = count(head.size);
        leaves.retain(|leaf| count(leaf.idx) < size);
        let mut needed: Vec<TileId> = Vec::new();
        for leaf in &leaves {
            needed.extend(needed_for_inclusion(count(leaf.idx), size).map_err(AppError::fault)?);
        }
        needed.sort_unstable_by_key(|id| (id.level(), id.index()));
        needed.dedup();
        let tiles = load_tiles(&self.0.store, client, &needed).await?;
        let text = |leaf| receipt_text(client, leaf, &tiles, size, &head.checkpoint);
        leaves.iter().map(text).collect()
    }

    /// A file of a client's log by its path in C2SP tlog-tiles. Public: leaves hold salted
    /// commitments and no personal data, so no scope is asked for.
    ///
    /// # Errors
    /// [`AppError::Missing`] for a path that is no file of the log.
    pub async fn tile(&self, client: ClientId, path: &str) -> Result<LogFile, AppError> {
        let store = &self.0.store;
        if path == "checkpoint" {
            let head = log::head(store, client).await?.ok_or(AppError::Missing)?;
            return Ok(LogFile::Checkpoint(head.checkpoint));
        }
        let id = TileId::from_path(path).map_err(|_| AppError::Missing)?;
        let tile = log::tile(store, client, i64::from(id.level()), stored(id.index())).await?;
        let mut bytes = tile.ok_or(AppError::Missing)?;
        let width = usize::from(id.width()) * ledger::hash::HASH_BYTES;
        // A narrower tile is a state the stored one has passed through; a wider one is not there.
        if bytes.len() < width {
            return Err(AppError::Missing);
        }
        bytes.truncate(width);
        Ok(LogFile::Tile(bytes))
    }
}

fn receipt_text(
    client: ClientId,
    leaf: &LeafEventRow,
    tiles: &TileSet,
    size: u64,
    checkpoint: &str,
) -> Result<String, AppError> {
    let gone = || AppError::fault(format!("the event of leaf {} is gone", leaf.idx));
    let salt = leaf
        .salt
        .as_deref()
        .and_then(|s| s.try_into().ok())
        .ok_or_else(gone)?;
    let disclosure = Disclosure {
        client,
        case: CaseId(leaf.case_id),
        version: count(leaf.version),
        kind: leaf.kind.clone().ok_or_else(gone)?,
        salt,
        event: serde_json::from_str(leaf.body.as_deref().ok_or_else(gone)?)?,
    };
    let index = count(leaf.idx);
    let proof = tiles
        .inclusion_proof(index, size)
        .map_err(AppError::fault)?;
    let receipt = Receipt {
        disclosure,
        index,
        proof,
        checkpoint: checkpoint.to_owned(),
    };
    receipt.to_text().map_err(AppError::fault)
}
