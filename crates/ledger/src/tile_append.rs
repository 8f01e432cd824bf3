//! Appending to a tiled log: from the partial tiles at its right edge and new leaf hashes to
//! the tiles that must be written. Reading and writing them is the caller's.

use crate::hash::Hash;
use crate::tile::{TILE_WIDTH, TileId, TileSet};
use crate::tree::{TreeError, root_of};
use std::collections::BTreeMap;

/// The right edge of a tiled log: one open tile per level.
#[derive(Debug, Clone, Default)]
pub struct TileAppender {
    size: u64,
    /// Hashes of the open tile, per tile level; each is below 256 long between appends.
    open: Vec<Vec<Hash>>,
    /// Full tiles completed since the last [`TileAppender::take_tiles`].
    full: BTreeMap<(u8, u64), Vec<Hash>>,
    /// Leaves at the last `take_tiles`, to know which open tiles changed.
    taken: u64,
}

impl TileAppender {
    /// The partial tiles that [`TileAppender::load`] needs for a log of `size` leaves: at most
    /// one per level.
    pub fn needed(size: u64) -> Vec<TileId> {
        let partial = |level: u8| {
            let index = (size >> (8 * level)) / u64::from(TILE_WIDTH);
            TileId::in_tree(level, index, size)
        };
        (0..8).filter_map(partial).collect()
    }

    /// Takes up a log of `size` leaves from its partial tiles.
    ///
    /// # Errors
    /// [`TreeError::MissingNode`] naming the first node of a tile that is absent.
    pub fn load(size: u64, tiles: &TileSet) -> Result<Self, TreeError> {
        let mut open = Vec::new();
        for id in Self::needed(size) {
            let missing = TreeError::MissingNode {
                level: 8 * id.level(),
                index: id.index() * u64::from(TILE_WIDTH),
            };
            let stored = tiles.hashes(id.level(), id.index()).ok_or(missing)?;
            let hashes = stored.get(..usize::from(id.width())).ok_or(missing)?;
            let level = usize::from(id.level());
            open.resize_with(open.len().max(level + 1), Vec::new);
            if let Some(slot) = open.get_mut(level) {
                *slot = hashes.to_vec();
            }
        }
        Ok(Self {
            size,
            open,
            full: BTreeMap::new(),
            taken: size,
        })
    }

    /// Leaves in the log.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0..8_u8 {
            if self.open.len() <= usize::from(level) {
                self.open.push(Vec::with_capacity(usize::from(TILE_WIDTH)));
            }
            let Some(tile) = self.open.get_mut(usize::from(level)) else {
                return;
            };
            tile.push(hash);
            if tile.len() < usize::from(TILE_WIDTH) {
                return;
            }
            // A full tile closes, and its root is the next hash one level up.
            let done = std::mem::take(tile);
            hash = root_of(&done);
            let index = (self.size >> (8 * level)) / u64::from(TILE_WIDTH) - 1;
            self.full.insert((level, index), done);
        }
    }

    /// The tiles to write since the last call, full ones and the changed partial ones, each
    /// with its bytes. Write and sync them before the checkpoint that covers them.
    pub fn take_tiles(&mut self) -> Vec<(TileId, Vec<u8>)> {
        let mut out = Vec::new();
        for ((level, index), hashes) in std::mem::take(&mut self.full) {
            out.extend(named(level, index, &hashes));
        }
        for (level, hashes) in (0..8_u8).zip(&self.open) {
            let changed = self.size >> (8 * level) != self.taken >> (8 * level);
            if changed && !hashes.is_empty() {
                let index = (self.size >> (8 * level)) / u64::from(TILE_WIDTH);
                out.extend(named(level, index, hashes));
            }
        }
        self.taken = self.size;
        out
    }
}

fn named(level: u8, index: u64, hashes: &[Hash]) -> Option<(TileId, Vec<u8>)> {
    let id = TileId::new(level, index, u16::try_from(hashes.len()).ok()?).ok()?;
    Some((id, hashes.iter().flat_map(|hash| hash.0).collect()))
}
