//! C2SP tlog-checkpoint: the signed head of a log. Signing and opening of notes is
//! [`crate::note`]'s.

use crate::hash::Hash;
use crate::note::{self, NoteError, Signer, VerifierKey};

/// Why a checkpoint was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Signature or note form.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is signed and is not a checkpoint.
    #[error("not a checkpoint: {0}")]
    Malformed(&'static str),
    /// The checkpoint is of another log than the key's.
    #[error("the checkpoint is of log {found:?}, the key is of {expected:?}")]
    Origin {
        /// The key's name.
        expected: String,
        /// The checkpoint's origin.
        found: String,
    },
}

/// A tree head: this log had this root at this size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Unique name of the log, as a URL without scheme: `returns.example.com/ledger/42`.
    pub origin: String,
    /// Leaves in the tree.
    pub size: u64,
    /// Root at that size.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// Reads the text of a checkpoint. Extension lines are allowed and ignored.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`].
    pub fn parse_text(text: &str) -> Result<Self, CheckpointError> {
        let body = text
            .strip_suffix('\n')
            .ok_or(CheckpointError::Malformed("no final newline"))?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root, ..] = lines.as_slice() else {
            return Err(CheckpointError::Malformed("fewer than three lines"));
        };
        if lines.iter().any(|line| line.is_empty()) {
            return Err(CheckpointError::Malformed("an empty line"));
        }
        let size = decimal(size).ok_or(CheckpointError::Malformed("the size"))?;
        let root = Hash::from_base64(root).ok_or(CheckpointError::Malformed("the root hash"))?;
        Ok(Self {
            origin: (*origin).to_owned(),
            size,
            root,
        })
    }

    /// Signs the checkpoint as a note.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`] when the key's name is not the origin;
    /// [`CheckpointError::Note`] when the origin holds a control character.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        same_origin(&self.origin, signer.vkey())?;
        Ok(signer.sign(&self.to_text())?)
    }

    /// Opens a signed checkpoint of the log that `key` belongs to.
    ///
    /// # Errors
    /// [`CheckpointError`]; nothing is returned unless the signature verified.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse_text(note::open(note, key)?)?;
        same_origin(&checkpoint.origin, key)?;
        Ok(checkpoint)
    }
}

fn same_origin(origin: &str, key: &VerifierKey) -> Result<(), CheckpointError> {
    if origin == key.name() {
        return Ok(());
    }
    Err(CheckpointError::Origin {
        expected: key.name().to_owned(),
        found: origin.to_owned(),
    })
}

/// ASCII decimal without sign or leading zeroes.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|n: &u64| n.to_string() == text)
}
