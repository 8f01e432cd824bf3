//! The Merkle log of one client: a third party can tell that no past event was changed.
//!
//! An event becomes a [`Leaf`] that carries a salted commitment and no personal data; leaves
//! make an RFC 6962 tree kept as C2SP tiles; a [`Checkpoint`] is the signed tree head; a
//! [`Receipt`] is what a customer keeps to check one event offline; [`audit`] walks a whole log
//! and says the first index that does not hold.
//!
//! ```text
//! event --canonical_json--> bytes --commit(salt)--> Leaf --hash--> tree --> Checkpoint
//! ```
//!
//! Here live bytes, hashes and signatures only: no storage, clock, randomness or network. Salts
//! and key seeds are arguments. Formats: RFC 6962, RFC 8785, and C2SP signed-note,
//! tlog-checkpoint, tlog-tiles and tlog-proof. Tests hold them against independent
//! implementations and published vectors.

pub mod audit;
pub mod canonical;
pub mod checkpoint;
pub mod hash;
pub mod leaf;
pub mod note;
pub mod receipt;
pub mod tile;
pub mod tile_append;
pub mod tree;

pub use audit::{Audit, AuditReport, AuditRow, Evidence, Finding, first_bad};
pub use canonical::{CanonicalError, canonical_json};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use hash::Hash;
pub use leaf::{Leaf, LeafError, commit};
pub use note::{NoteError, Signer, VerifierKey};
pub use receipt::{Receipt, ReceiptError};
pub use tile::{TileError, TileId, TileSet};
pub use tile_append::TileAppender;
pub use tree::{
    Frontier, TreeError, consistency_proof, inclusion_proof, root_of, verify_consistency,
    verify_inclusion,
};
