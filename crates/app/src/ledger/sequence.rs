//! The sequencer: gives waiting leaves their index, in batches, one write per batch.
//!
//! Any number of sequencers may run. Index and event are both keys of `ledger_leaf`, so of two
//! that take the same leaves or the same indexes one write is refused whole; the loser finds
//! nothing changed and looks again. A leaf leaves the waiting list in the write that indexes it,
//! so none is skipped or lost, whatever order commits become visible in.

use super::stored;
use crate::{App, AppError};
use kernel::ClientId;
use ledger::{Checkpoint, Frontier, Hash, Signer, TileAppender, TileId, TileSet, VerifierKey};
use std::time::Duration;
use store::{
    Store, Write, WriteError,
    questions::ledger::{self as log, HeadRow, PendingRow},
    tables,
};
use tokio::sync::watch;

/// Most leaves in one batch.
pub const BATCH_MAX: usize = 1_000;
/// How long the sequencer looks away when nobody rings: leaves of other processes wait this long.
const TICK: Duration = Duration::from_millis(250);
/// How long it lets leaves gather after the first ring, so that a busy moment is one checkpoint.
const GATHER: Duration = Duration::from_millis(50);
/// Longest pause after repeated faults.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// The right edge of a stored log.
struct Edge {
    frontier: Frontier,
    tiles: TileAppender,
}

impl Edge {
    /// Reads the edge and holds it against the signed head: a log that was damaged is not
    /// continued, for a signature over it would hide the damage.
    async fn load(store: &Store, client: ClientId, key: &VerifierKey) -> Result<Self, AppError> {
        let Some(head) = log::head(store, client).await? else {
            return Ok(Self {
                frontier: Frontier::default(),
                tiles: TileAppender::default(),
            });
        };
        let frontier = frontier_of(&head)?;
        let size = frontier.size();
        let needed = TileAppender::needed(size);
        let tiles = load_tiles(store, client, &needed).await?;
        let signed = Checkpoint::open(&head.checkpoint, key).map_err(AppError::fault)?;
        let from_tiles = tiles.root(size).map_err(AppError::fault)?;
        let roots = [frontier.root(), from_tiles];
        if signed.size != size || roots != [signed.root; 2] {
            return Err(AppError::fault(format!(
                "the edge of log {client} is not what was signed"
            )));
        }
        let tiles = TileAppender::load(size, &tiles).map_err(AppError::fault)?;
        Ok(Self { frontier, tiles })
    }

    fn push(&mut self, leaf: Hash) {
        self.frontier.push(leaf);
        self.tiles.push(leaf);
    }
}

/// The stored compact range of a head, if it is of the size the head says.
pub(super) fn frontier_of(head: &HeadRow) -> Result<Frontier, AppError> {
    let frontier = Frontier::from_bytes(&head.frontier).map_err(AppError::fault)?;
    if stored(frontier.size()) == head.size {
        return Ok(frontier);
    }
    let (size, found) = (head.size, frontier.size());
    Err(AppError::fault(format!(
        "the head says {size} leaves, its frontier {found}"
    )))
}

/// Reads tiles; one that is stored narrower than asked for is an error.
pub(super) async fn load_tiles(
    store: &Store,
    client: ClientId,
    wanted: &[TileId],
) -> Result<TileSet, AppError> {
    let keys: Vec<(i64, i64)> = wanted
        .iter()
        .map(|id| (i64::from(id.level()), stored(id.index())))
        .collect();
    let mut set = TileSet::default();
    for (level, tile, hashes) in log::tiles(store, client, &keys).await? {
        let same = |id: &&TileId| (i64::from(id.level()), stored(id.index())) == (level, tile);
        if let Some(id) = wanted.iter().find(same) {
            set.insert(*id, &hashes).map_err(AppError::fault)?;
        }
    }
    Ok(set)
}

impl App {
    /// Gives up to `max` (at most [`BATCH_MAX`]) waiting leaves of a client their index and signs
    /// the new head. Answers how many; 0 also when another sequencer was faster.
    ///
    /// # Errors
    /// [`AppError::Busy`] and faults; nothing of the batch is stored then, except after an
    /// unknown outcome at commit, which the next call finds out by looking.
    pub async fn sequence_client(&self, client: ClientId, max: usize) -> Result<usize, AppError> {
        let store = &self.0.store;
        let max = i64::try_from(max.min(BATCH_MAX)).map_err(AppError::fault)?;
        // Ordered by case and version: the versions of one case get rising indexes.
        let waiting = log::pending(store, client, max).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let signer = self.log_signer(client).await?;
        let edge = Edge::load(store, client, signer.vkey()).await?;
        let write = self.batch(client, &signer, edge, &waiting)?;
        match store.write(write).await {
            Ok(_) => Ok(waiting.len()),
            Err(WriteError::Conflict { .. }) => Ok(0),
            Err(e) => Err(e.into()),
        }
    }

    /// Everything one batch writes.
    fn batch(
        &self,
        client: ClientId,
        signer: &Signer,
        mut edge: Edge,
        waiting: &[PendingRow],
    ) -> Result<Write, AppError> {
        let now = self.now().as_millisecond();
        let mut write = Write::new();
        for row in waiting {
            let leaf = Hash::from_slice(&row.leaf_hash).ok_or_else(|| {
                let (case, version) = (row.case_id, row.version);
                AppError::fault(format!("the waiting leaf of {case}/{version} is no hash"))
            })?;
            // Gone already if another sequencer was faster; then the keys below refuse all of it.
            let key = vec![client.into(), row.case_id.into(), row.version.into()];
            write.remove(&tables::LEDGER_PENDING, key);
            write.row(
                &tables::LEDGER_LEAF,
                vec![
                    client.into(),
                    stored(edge.frontier.size()).into(),
                    row.case_id.into(),
                    row.version.into(),
                    leaf.0.to_vec().into(),
                ],
            );
            edge.push(leaf);
        }
        for (id, hashes) in edge.tiles.take_tiles() {
            write.row(
                &tables::LEDGER_TILE,
                vec![
                    client.into(),
                    i64::from(id.level()).into(),
                    stored(id.index()).into(),
                    hashes.into(),
                ],
            );
        }
        let size = edge.frontier.size();
        let origin = signer.vkey().name().to_owned();
        let note = Checkpoint {
            origin,
            size,
            root: edge.frontier.root(),
        }
        .sign(signer)
        .map_err(AppError::fault)?;
        let size = stored(size);
        let frontier = edge.frontier.to_bytes();
        write.row(
            &tables::LEDGER_HEAD,
            vec![
                client.into(),
                size.into(),
                frontier.into(),
                note.clone().into(),
                now.into(),
            ],
        );
        write.row(
            &tables::LEDGER_CHECKPOINT,
            vec![client.into(), size.into(), note.into(), now.into()],
        );
        Ok(write)
    }

    /// Sequences every client that has leaves waiting, until none has. A client whose log fails
    /// does not hold up the others. Answers how many leaves got an index.
    ///
    /// # Errors
    /// The last client's failure, after every client had its turn.
    pub async fn sequence_all(&self) -> Result<usize, AppError> {
        let (mut done, mut failure) = (0, None);
        for client in log::pending_clients(&self.0.store).await? {
            loop {
                match self.sequence_client(client, BATCH_MAX).await {
                    Ok(n) => {
                        done += n;
                        if n < BATCH_MAX {
                            break;
                        }
                    }
                    Err(e) => {
                        tracing::error!(%client, error = %e, "the ledger cannot be continued");
                        failure = Some(e);
                        break;
                    }
                }
            }
        }
        failure.map_or(Ok(done), Err)
    }

    /// Sequences whenever a commit rings, and every 250 ms for commits of other processes, until
    /// `stop` turns true. Idle, it reads and never writes. After a fault it waits longer and
    /// longer, up to 30 s.
    pub async fn run_sequencer(&self, mut stop: watch::Receiver<bool>) {
        let mut faults: u32 = 0;
        while !*stop.borrow() {
            let pause = TICK.saturating_mul(1 << faults.min(8)).min(PAUSE_MAX);
            let ring = async {
                self.0.leaves.notified().await;
                tokio::time::sleep(GATHER).await;
            };
            tokio::select! {
                _ = stop.changed() => break,
                () = ring, if faults == 0 => {}
                () = tokio::time::sleep(pause) => {}
            }
            match self.sequence_all().await {
                Ok(0) => faults = 0,
                Ok(leaves) => {
                    faults = 0;
                    tracing::debug!(leaves, "sequenced");
                }
                Err(e) => {
                    faults = faults.saturating_add(1);
                    tracing::warn!(faults, error = %e, "sequencing failed; trying again later");
                }
            }
        }
    }
}
