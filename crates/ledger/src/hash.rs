//! The 32-byte hash of the log and its three RFC 6962 rules: empty tree, leaf, inner node.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::fmt;

/// Bytes in a [`Hash`].
pub const HASH_BYTES: usize = 32;

/// A SHA-256 node of the tree: a leaf hash, an inner node or a root.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// Root of the tree without leaves: SHA-256 of nothing (RFC 6962, 2.1).
    pub fn empty_root() -> Self {
        Self(Sha256::digest(b"").into())
    }

    /// Leaf hash of `data`: SHA-256(0x00 || data) (RFC 6962, 2.1).
    pub fn leaf(data: &[u8]) -> Self {
        Self(
            Sha256::new()
                .chain_update([0])
                .chain_update(data)
                .finalize()
                .into(),
        )
    }

    /// Inner node: SHA-256(0x01 || left || right) (RFC 6962, 2.1).
    pub fn node(left: Hash, right: Hash) -> Self {
        let hasher = Sha256::new().chain_update([1]);
        Self(
            hasher
                .chain_update(left.0)
                .chain_update(right.0)
                .finalize()
                .into(),
        )
    }

    /// Reads a hash from exactly 32 bytes; `None` for any other length.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads the standard, padded, canonical base64 of 32 bytes; `None` for anything else.
    pub fn from_base64(text: &str) -> Option<Self> {
        Self::from_slice(&BASE64.decode(text.as_bytes()).ok()?)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// Cuts a string of whole hashes apart; `None` when the length is not a multiple of 32.
pub(crate) fn split_hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<HASH_BYTES>();
    rest.is_empty()
        .then(|| hashes.iter().copied().map(Hash).collect())
}
