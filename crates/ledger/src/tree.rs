//! The RFC 6962 tree: roots, inclusion and consistency proofs, and their verification.
//!
//! Proofs are built from perfect subtrees (`NodeReader`), so one algorithm serves leaves in
//! memory and stored tiles alike. Tiles themselves live in [`crate::tile`].

use crate::hash::{HASH_BYTES, Hash, split_hashes};

/// Why a tree operation was refused or a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The index is not below the size.
    #[error("index {index} is not in a tree of {size} leaves")]
    NoSuchLeaf {
        /// The index asked for.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older size is above the newer one.
    #[error("a tree of {new} leaves does not extend one of {old}")]
    Shrunk {
        /// Leaves in the older tree.
        old: u64,
        /// Leaves in the newer tree.
        new: u64,
    },
    /// The older tree is empty and the newer one is not: any tree extends it, so there is
    /// nothing to prove (as in RFC 9162, 2.1.4.2, which asks for a size above 0).
    #[error("a proof from an empty tree says nothing")]
    EmptyOld,
    /// The proof has too few or too many hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    ProofLength,
    /// The proof leads to another root.
    #[error("the proof leads to another root")]
    RootMismatch,
    /// Stored bytes of a [`Frontier`] are malformed.
    #[error("stored frontier bytes are malformed")]
    Frontier,
    /// A node that the proof needs was not supplied.
    #[error("the node at level {level}, index {index} is missing")]
    MissingNode {
        /// Height above the leaves.
        level: u8,
        /// Position within the level.
        index: u64,
    },
}

/// Gives hashes of perfect subtrees: node `(level, index)` covers the leaves
/// `index << level .. (index + 1) << level`.
pub(crate) trait NodeReader {
    /// The hash of one perfect subtree.
    fn node(&self, level: u8, index: u64) -> Result<Hash, TreeError>;
}

struct Leaves<'a>(&'a [Hash]);

impl NodeReader for Leaves<'_> {
    fn node(&self, level: u8, index: u64) -> Result<Hash, TreeError> {
        if level == 0 {
            let at = usize::try_from(index).ok();
            let leaf = at.and_then(|at| self.0.get(at));
            return leaf.copied().ok_or(TreeError::MissingNode { level, index });
        }
        Ok(Hash::node(
            self.node(level - 1, 2 * index)?,
            self.node(level - 1, 2 * index + 1)?,
        ))
    }
}

/// A run of leaves `lo..hi` whose subtree hash is one element of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub lo: u64,
    pub hi: u64,
}

impl Span {
    /// The perfect subtrees `(level, index)` that make up this span, left to right. `lo` must
    /// be aligned as it is for every span of RFC 6962, where sizes fall from left to right.
    pub fn nodes(self) -> Vec<(u8, u64)> {
        let mut nodes = Vec::new();
        let mut lo = self.lo;
        while lo < self.hi {
            let level = floor_log2(self.hi - lo);
            nodes.push((level, lo >> level));
            lo += 1 << level;
        }
        nodes
    }

    fn hash(self, reader: &impl NodeReader) -> Result<Hash, TreeError> {
        let mut folded: Option<Hash> = None;
        for (level, index) in self.nodes().into_iter().rev() {
            let left = reader.node(level, index)?;
            folded = Some(folded.map_or(left, |right| Hash::node(left, right)));
        }
        Ok(folded.unwrap_or_else(Hash::empty_root))
    }
}

/// The spans of an inclusion proof, leaf's sibling first (RFC 6962, 2.1.1).
pub(crate) fn inclusion_spans(index: u64, size: u64) -> Result<Vec<Span>, TreeError> {
    if index >= size {
        return Err(TreeError::NoSuchLeaf { index, size });
    }
    let mut spans = Vec::new();
    let (mut lo, mut hi) = (0, size);
    while hi - lo > 1 {
        let mid = lo + split(hi - lo);
        if index < mid {
            spans.push(Span { lo: mid, hi });
            hi = mid;
        } else {
            spans.push(Span { lo, hi: mid });
            lo = mid;
        }
    }
    spans.reverse();
    Ok(spans)
}

/// The spans of a consistency proof between sizes `old` and `new` (RFC 6962, 2.1.2).
pub(crate) fn consistency_spans(old: u64, new: u64) -> Result<Vec<Span>, TreeError> {
    if old > new {
        return Err(TreeError::Shrunk { old, new });
    }
    if old == new {
        return Ok(Vec::new());
    }
    if old == 0 {
        return Err(TreeError::EmptyOld);
    }
    let mut spans = Vec::new();
    let (mut lo, mut hi) = (0, new);
    while hi > old {
        let mid = lo + split(hi - lo);
        if old <= mid {
            spans.push(Span { lo: mid, hi });
            hi = mid;
        } else {
            spans.push(Span { lo, hi: mid });
            lo = mid;
        }
    }
    // A subtree that starts at leaf 0 is the old tree itself, whose root the verifier has.
    if lo > 0 {
        spans.push(Span { lo, hi });
    }
    spans.reverse();
    Ok(spans)
}

pub(crate) fn hash_spans(spans: &[Span], nodes: &impl NodeReader) -> Result<Vec<Hash>, TreeError> {
    spans.iter().map(|span| span.hash(nodes)).collect()
}

/// The largest power of two below `n`, for `n >= 2`.
fn split(n: u64) -> u64 {
    1 << floor_log2(n - 1)
}

fn floor_log2(n: u64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "ilog2 of a u64 is below 64"
    )]
    let log = n.ilog2() as u8;
    log
}

/// The root over `leaf_hashes`; [`Hash::empty_root`] for none.
pub fn root_of(leaf_hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaf_hashes {
        frontier.push(*leaf);
    }
    frontier.root()
}

/// The inclusion proof of leaf `index`, its sibling first. For logs in memory; a stored log
/// uses [`crate::TileSet::inclusion_proof`].
///
/// # Errors
/// [`TreeError::NoSuchLeaf`].
pub fn inclusion_proof(leaf_hashes: &[Hash], index: u64) -> Result<Vec<Hash>, TreeError> {
    hash_spans(
        &inclusion_spans(index, leaf_hashes.len() as u64)?,
        &Leaves(leaf_hashes),
    )
}

/// The proof that the tree over all `leaf_hashes` extends the one over the first `old_size`;
/// empty when `old_size` is all.
///
/// # Errors
/// [`TreeError::Shrunk`] when `old_size` is above the number of leaves, [`TreeError::EmptyOld`]
/// when it is 0 and there are leaves.
pub fn consistency_proof(leaf_hashes: &[Hash], old_size: u64) -> Result<Vec<Hash>, TreeError> {
    hash_spans(
        &consistency_spans(old_size, leaf_hashes.len() as u64)?,
        &Leaves(leaf_hashes),
    )
}

/// Checks that `leaf` is at `index` of the tree of `size` leaves with this `root`.
///
/// # Errors
/// [`TreeError::NoSuchLeaf`], [`TreeError::ProofLength`] or [`TreeError::RootMismatch`].
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), TreeError> {
    let spans = inclusion_spans(index, size)?;
    if spans.len() != proof.len() {
        return Err(TreeError::ProofLength);
    }
    let found = spans.iter().zip(proof).fold(leaf, |hash, (span, sibling)| {
        if span.lo > index {
            Hash::node(hash, *sibling)
        } else {
            Hash::node(*sibling, hash)
        }
    });
    if found == root {
        Ok(())
    } else {
        Err(TreeError::RootMismatch)
    }
}

/// Checks that the tree of `new_size` leaves with `new_root` extends the one of `old_size`
/// with `old_root`.
///
/// # Errors
/// [`TreeError::Shrunk`], [`TreeError::EmptyOld`], [`TreeError::ProofLength`] or [`TreeError::RootMismatch`].
pub fn verify_consistency(
    old_size: u64,
    old_root: Hash,
    new_size: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), TreeError> {
    let spans = consistency_spans(old_size, new_size)?;
    if spans.len() != proof.len() {
        return Err(TreeError::ProofLength);
    }
    if old_size == new_size {
        let possible = old_size > 0 || old_root == Hash::empty_root();
        let holds = old_root == new_root && possible;
        return if holds {
            Ok(())
        } else {
            Err(TreeError::RootMismatch)
        };
    }
    let mut elements = spans.iter().zip(proof);
    // The deepest subtree is whole in both trees: it comes first in the proof, unless it starts
    // at leaf 0 and so is the old tree itself.
    let (mut old, mut new) = (old_root, old_root);
    if spans.first().is_some_and(|span| span.hi == old_size)
        && let Some((_, deepest)) = elements.next()
    {
        (old, new) = (*deepest, *deepest);
    }
    for (span, hash) in elements {
        if span.lo >= old_size {
            new = Hash::node(new, *hash);
        } else {
            old = Hash::node(*hash, old);
            new = Hash::node(*hash, new);
        }
    }
    if old == old_root && new == new_root {
        Ok(())
    } else {
        Err(TreeError::RootMismatch)
    }
}

/// The right edge of a tree: one hash per perfect subtree, largest first. Enough to append and
/// to know the root, in at most 8 + 64 * 32 bytes, so that a sequencer never re-reads the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Leaves in the tree.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each trailing 1 bit of the size is a peak that the new leaf completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = Hash::node(left, hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root at the present size.
    pub fn root(&self) -> Hash {
        let right_to_left = self.peaks.iter().rev().copied();
        right_to_left
            .reduce(|right, left| Hash::node(left, right))
            .unwrap_or_else(Hash::empty_root)
    }

    /// For storage: the size as 8 big-endian bytes, then the peaks.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + HASH_BYTES * self.peaks.len());
        bytes.extend(self.size.to_be_bytes());
        bytes.extend(self.peaks.iter().flat_map(|peak| peak.0));
        bytes
    }

    /// Reads [`Frontier::to_bytes`].
    ///
    /// # Errors
    /// [`TreeError::Frontier`] unless there is exactly one peak per 1 bit of the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TreeError> {
        let (size, peaks) = bytes.split_first_chunk::<8>().ok_or(TreeError::Frontier)?;
        let size = u64::from_be_bytes(*size);
        let peaks = split_hashes(peaks).ok_or(TreeError::Frontier)?;
        if peaks.len() != size.count_ones() as usize {
            return Err(TreeError::Frontier);
        }
        Ok(Self { size, peaks })
    }
}
