//! What a customer keeps: a C2SP tlog-proof for one event, which proves offline that the event
//! is in the client's log as it was told.
//!
//! The `extra` line carries what rebuilds the leaf: canonical JSON of client, case, version,
//! kind, salt and the event. It is not trusted: a wrong field gives another leaf hash, and
//! that one is not in the signed tree.

use crate::canonical::{CanonicalError, canonical_json};
use crate::checkpoint::{Checkpoint, CheckpointError, decimal};
use crate::hash::Hash;
use crate::leaf::{Leaf, LeafError, commit};
use crate::note::VerifierKey;
use crate::tree::{TreeError, verify_inclusion};
use data_encoding::BASE64;
use kernel::{CaseId, ClientId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// First line of the format.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Longest receipt that is read, in bytes.
const MAX_RECEIPT: usize = 1024 * 1024;
/// Longest proof of any tree of up to 2^64 leaves.
const MAX_PROOF: usize = 64;

/// What is wrong with a receipt.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The text is not a receipt.
    #[error("not a receipt: {0}")]
    Malformed(&'static str),
    /// The event that was checked is not JSON with a canonical form.
    #[error("the event is not JSON: {0}")]
    Event(#[from] CanonicalError),
    /// The event that was checked differs from the one in the receipt.
    #[error("the event is not the one this receipt was made for")]
    OtherEvent,
    /// The kind in the receipt is not an event kind.
    #[error(transparent)]
    Leaf(#[from] LeafError),
    /// The checkpoint is not signed by the log's key, or is of another log.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The leaf is not in the signed tree: event, salt, case or proof was altered.
    #[error("the event is not in the signed log: {0}")]
    NotInLog(#[from] TreeError),
}

/// What rebuilds the leaf of an event; the receipt's `extra`.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// The client whose log it is.
    pub client: ClientId,
    /// The case of the event.
    pub case: CaseId,
    /// Version of the case after the event.
    pub version: u64,
    /// Event kind.
    pub kind: String,
    /// The secret salt of the commitment; who has it and the event can show the two belong
    /// together.
    pub salt: [u8; 32],
    /// The event itself.
    pub event: Value,
}

/// The written form of [`Disclosure`]; 64-bit numbers as strings, for JSON has no such thing.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    case: CaseId,
    client: String,
    event: Value,
    kind: String,
    salt: String,
    version: String,
}

impl Disclosure {
    /// The leaf that these fields make.
    ///
    /// # Errors
    /// [`ReceiptError::Event`] or [`ReceiptError::Leaf`].
    pub fn leaf(&self) -> Result<Leaf, ReceiptError> {
        let commitment = commit(&self.salt, &canonical_json(&self.event)?);
        Ok(Leaf::new(
            self.client,
            self.case,
            self.version,
            &self.kind,
            commitment,
        )?)
    }

    fn to_bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        canonical_json(&Written {
            case: self.case,
            client: self.client.to_string(),
            event: self.event.clone(),
            kind: self.kind.clone(),
            salt: BASE64.encode(&self.salt),
            version: self.version.to_string(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let disclosure = Self {
            client: written.client.parse().ok()?,
            case: written.case,
            version: decimal(&written.version)?,
            kind: written.kind,
            salt: Hash::from_base64(&written.salt)?.0,
            event: written.event,
        };
        // One written form only, so that a receipt cannot say a thing twice and differently.
        (disclosure.to_bytes().ok()? == bytes).then_some(disclosure)
    }
}

/// Proof that one event is in a client's log.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// What was logged.
    pub disclosure: Disclosure,
    /// Index of the leaf, from 0.
    pub index: u64,
    /// Inclusion proof in the checkpoint's tree, sibling first.
    pub proof: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

impl Receipt {
    /// The receipt as a C2SP tlog-proof; the usual file ending is `.tlog-proof`.
    ///
    /// # Errors
    /// [`ReceiptError::Event`] when the event has no canonical form.
    pub fn to_text(&self) -> Result<String, ReceiptError> {
        let extra = BASE64.encode(&self.disclosure.to_bytes()?);
        let proof: String = self
            .proof
            .iter()
            .flat_map(|h| [h.to_string(), "\n".into()])
            .collect();
        let (index, checkpoint) = (self.index, &self.checkpoint);
        Ok(format!(
            "{HEADER}\nextra {extra}\nindex {index}\n{proof}\n{checkpoint}"
        ))
    }

    /// Reads a receipt. Nothing is verified yet.
    ///
    /// # Errors
    /// [`ReceiptError::Malformed`] naming the part.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        use ReceiptError::Malformed;
        if text.len() > MAX_RECEIPT {
            return Err(Malformed("too long"));
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(Malformed("no checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(Malformed("first line"));
        }
        let extra = lines.next().and_then(|l| l.strip_prefix("extra "));
        let extra = extra.and_then(|l| BASE64.decode(l.as_bytes()).ok());
        let disclosure = extra.and_then(|bytes| Disclosure::from_bytes(&bytes));
        let index = lines
            .next()
            .and_then(|l| l.strip_prefix("index "))
            .and_then(decimal);
        let proof: Option<Vec<Hash>> = lines.take(MAX_PROOF + 1).map(Hash::from_base64).collect();
        Ok(Self {
            disclosure: disclosure.ok_or(Malformed("extra line"))?,
            index: index.ok_or(Malformed("index line"))?,
            proof: proof
                .filter(|hashes| hashes.len() <= MAX_PROOF)
                .ok_or(Malformed("proof hashes"))?,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Checks that the enclosed event is in the log of `key`, and answers the checkpoint that
    /// says so.
    ///
    /// # Errors
    /// [`ReceiptError`] saying what does not hold.
    pub fn verify_enclosed(&self, key: &VerifierKey) -> Result<Checkpoint, ReceiptError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        let leaf = self.disclosure.leaf()?.hash();
        verify_inclusion(
            leaf,
            self.index,
            checkpoint.size,
            &self.proof,
            checkpoint.root,
        )?;
        Ok(checkpoint)
    }

    /// Checks that `event_json`, an event someone was shown, is the one in the log of `key`.
    /// Key order and white space do not matter.
    ///
    /// # Errors
    /// [`ReceiptError`] saying what does not hold.
    pub fn verify(&self, key: &VerifierKey, event_json: &[u8]) -> Result<(), ReceiptError> {
        let shown: Value = serde_json::from_slice(event_json).map_err(CanonicalError::Json)?;
        if canonical_json(&shown)? != canonical_json(&self.disclosure.event)? {
            return Err(ReceiptError::OtherEvent);
        }
        self.verify_enclosed(key).map(|_| ())
    }
}
