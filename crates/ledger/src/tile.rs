//! Hash tiles as C2SP tlog-tiles lays them out: which tiles a proof needs, and the proof from
//! them. No tile is read here; the caller fetches what `needed_*` names and fills a [`TileSet`].
//!
//! Tile `(level L, index N)` holds up to 256 hashes of tree level `8 * L`, from position
//! `256 * N`. A full tile is 8,192 bytes and never changes; the last of a level may be partial.

use crate::hash::{HASH_BYTES, Hash, split_hashes};
use crate::tree::{NodeReader, Span, TreeError, consistency_spans, hash_spans, inclusion_spans};
use std::collections::{BTreeMap, BTreeSet};

/// Hashes in a full tile.
pub const TILE_WIDTH: u16 = 256;
/// Tree levels that one tile spans: 2^8 = 256.
const TILE_HEIGHT: u8 = 8;
/// Tree levels are 0..=63, so tile levels are 0..=7.
const MAX_TILE_LEVEL: u8 = 7;

/// Why a tile was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Width is 1 to 256 hashes, level 0 to 7.
    #[error("no such tile: level {level}, width {width}")]
    NoSuchTile {
        /// Tile level.
        level: u8,
        /// Hashes in the tile.
        width: u16,
    },
    /// A path is not of the form `tile/<L>/<N>[.p/<W>]`.
    #[error("not a tile path: {0:?}")]
    Path(String),
    /// The bytes are not as many whole hashes as the tile needs.
    #[error("{path} needs {want} bytes, got {got}")]
    Length {
        /// The tile.
        path: String,
        /// Bytes it needs.
        want: usize,
        /// Bytes given.
        got: usize,
    },
}

/// The name of a tile; `width` is 256 when it is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    level: u8,
    index: u64,
    width: u16,
}

impl TileId {
    /// A tile of `width` hashes.
    ///
    /// # Errors
    /// [`TileError::NoSuchTile`] outside of level 0 to 7 and width 1 to 256.
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_TILE_LEVEL || width == 0 || width > TILE_WIDTH {
            return Err(TileError::NoSuchTile { level, width });
        }
        Ok(Self {
            level,
            index,
            width,
        })
    }

    /// Level of the tile: its hashes are at tree level `8 * level`.
    pub fn level(self) -> u8 {
        self.level
    }

    /// Position within the level.
    pub fn index(self) -> u64 {
        self.index
    }

    /// Hashes in the tile.
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether the tile holds all 256 hashes and so never changes again.
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The path of C2SP tlog-tiles: `tile/0/x001/234`, `tile/1/000.p/15`.
    pub fn path(self) -> String {
        let mut rest = self.index;
        let mut name = format!("{:03}", rest % 1000);
        while rest >= 1000 {
            rest /= 1000;
            name = format!("x{:03}/{name}", rest % 1000);
        }
        let partial = if self.is_full() {
            String::new()
        } else {
            format!(".p/{}", self.width)
        };
        format!("tile/{}/{name}{partial}", self.level)
    }

    /// Reads a path; only the exact form that [`TileId::path`] writes.
    ///
    /// # Errors
    /// [`TileError::Path`].
    pub fn from_path(path: &str) -> Result<Self, TileError> {
        let refuse = || TileError::Path(path.chars().take(80).collect());
        let (level, name) = path
            .strip_prefix("tile/")
            .and_then(|p| p.split_once('/'))
            .ok_or_else(refuse)?;
        let (name, width) = match name.split_once(".p/") {
            Some((name, width)) => (name, width.parse().map_err(|_| refuse())?),
            None => (name, TILE_WIDTH),
        };
        let mut index = 0_u64;
        for part in name.split('/') {
            let digits: u64 = part.trim_start_matches('x').parse().map_err(|_| refuse())?;
            let shifted = index.checked_mul(1000).ok_or_else(refuse)?;
            index = shifted.checked_add(digits).ok_or_else(refuse)?;
        }
        let id = Self::new(level.parse().map_err(|_| refuse())?, index, width)?;
        if id.path() == path {
            Ok(id)
        } else {
            Err(refuse())
        }
    }

    /// The tile at `(level, index)` in a tree of `size` leaves, `None` if it is empty there.
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        if level > MAX_TILE_LEVEL {
            return None;
        }
        let hashes = size >> (TILE_HEIGHT * level);
        let here = hashes.checked_sub(index.checked_mul(u64::from(TILE_WIDTH))?)?;
        let width = u16::try_from(here.min(u64::from(TILE_WIDTH))).ok()?;
        Self::new(level, index, width).ok()
    }
}

/// The tile at which tree node `(level, index)` is found, and the node's place within.
fn tile_of(level: u8, index: u64) -> (u8, u64, Span) {
    let inner = level % TILE_HEIGHT;
    let first = index << inner;
    let tile = first / u64::from(TILE_WIDTH);
    let lo = first % u64::from(TILE_WIDTH);
    (
        level / TILE_HEIGHT,
        tile,
        Span {
            lo,
            hi: lo + (1 << inner),
        },
    )
}

fn tiles_of(spans: &[Span], size: u64) -> Vec<TileId> {
    let nodes = spans.iter().flat_map(|span| span.nodes());
    let tiles = nodes.filter_map(|(level, index)| {
        let (level, index, _) = tile_of(level, index);
        TileId::in_tree(level, index, size)
    });
    tiles.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The tiles from which [`TileSet::inclusion_proof`] can be made: a handful, whatever the size.
///
/// # Errors
/// [`TreeError::NoSuchLeaf`].
pub fn needed_for_inclusion(index: u64, size: u64) -> Result<Vec<TileId>, TreeError> {
    Ok(tiles_of(&inclusion_spans(index, size)?, size))
}

/// The tiles from which [`TileSet::consistency_proof`] can be made.
///
/// # Errors
/// [`TreeError::Shrunk`] or [`TreeError::EmptyOld`].
pub fn needed_for_consistency(old: u64, new: u64) -> Result<Vec<TileId>, TreeError> {
    Ok(tiles_of(&consistency_spans(old, new)?, new))
}

/// The tiles from which [`TileSet::root`] can be made.
pub fn needed_for_root(size: u64) -> Vec<TileId> {
    tiles_of(&[Span { lo: 0, hi: size }], size)
}

/// Tiles that were fetched. They are not trusted: check the proof against a signed checkpoint.
#[derive(Debug, Clone, Default)]
pub struct TileSet {
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl TileSet {
    /// Adds a tile. `bytes` may be a later, wider state of the same tile than `id` says.
    ///
    /// # Errors
    /// [`TileError::Length`] when it is narrower, over 256 hashes or not whole hashes.
    pub fn insert(&mut self, id: TileId, bytes: &[u8]) -> Result<(), TileError> {
        let want = usize::from(id.width) * HASH_BYTES;
        let fits = bytes.len() >= want && bytes.len() <= usize::from(TILE_WIDTH) * HASH_BYTES;
        let hashes = split_hashes(bytes).filter(|_| fits);
        let hashes = hashes.ok_or_else(|| TileError::Length {
            path: id.path(),
            want,
            got: bytes.len(),
        })?;
        self.tiles.insert((id.level, id.index), hashes);
        Ok(())
    }

    /// The hashes of a tile, if it was inserted.
    pub fn hashes(&self, level: u8, index: u64) -> Option<&[Hash]> {
        self.tiles.get(&(level, index)).map(Vec::as_slice)
    }

    /// The inclusion proof of leaf `index` in the tree of `size` leaves.
    ///
    /// # Errors
    /// [`TreeError::NoSuchLeaf`], or [`TreeError::MissingNode`] when a needed tile is absent.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
        hash_spans(&inclusion_spans(index, size)?, self)
    }

    /// The consistency proof between two sizes.
    ///
    /// # Errors
    /// [`TreeError::Shrunk`], [`TreeError::EmptyOld`], or [`TreeError::MissingNode`] when a needed tile is absent.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, TreeError> {
        hash_spans(&consistency_spans(old, new)?, self)
    }

    /// The root of the tree of `size` leaves.
    ///
    /// # Errors
    /// [`TreeError::MissingNode`] when a needed tile is absent.
    pub fn root(&self, size: u64) -> Result<Hash, TreeError> {
        let root = hash_spans(&[Span { lo: 0, hi: size }], self)?;
        Ok(root.first().copied().unwrap_or_else(Hash::empty_root))
    }
}

impl NodeReader for TileSet {
    fn node(&self, level: u8, index: u64) -> Result<Hash, TreeError> {
        let (tile_level, tile, within) = tile_of(level, index);
        let missing = TreeError::MissingNode { level, index };
        let hashes = self.hashes(tile_level, tile).ok_or(missing)?;
        let bound = |at: u64| usize::try_from(at).map_err(|_| missing);
        let row = hashes
            .get(bound(within.lo)?..bound(within.hi)?)
            .ok_or(missing)?;
        // A power of two of hashes: the frontier's root over them is the subtree's hash.
        Ok(crate::tree::root_of(row))
    }
}
