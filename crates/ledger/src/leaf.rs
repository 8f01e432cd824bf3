//! From an event to the data of its leaf. A leaf names client, case, version and kind, and
//! commits to the event; it never holds the event itself, so erasing salt and event leaves
//! nothing that can be guessed.

use crate::hash::Hash;
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{CaseId, ClientId};
use sha2::Sha256;
use std::str::FromStr;

/// First line of every leaf record; a new layout gets a new line.
const HEADER: &str = "redress-leaf/v1";
/// Longest event kind, in bytes.
const MAX_KIND: usize = 64;

/// The commitment to an event: HMAC-SHA256 with `salt` as key over the canonical bytes.
/// Binding (SHA-256 is collision resistant for a fixed-length key) and, while the salt is
/// secret, hiding. Each event gets its own 32 random bytes.
pub fn commit(salt: &[u8; 32], canonical_json: &[u8]) -> [u8; 32] {
    // HMAC fills a short key up with zeroes to its 64-byte block; a whole block cannot be refused.
    let mut block = [0; 64];
    block[..32].copy_from_slice(salt);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(canonical_json);
    mac.finalize().into_bytes().into()
}

/// Why a leaf was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// An event kind is 1 to 64 of `a-z 0-9 _ . -`.
    #[error("{0:?} is not an event kind (1 to 64 of a-z 0-9 _ . -)")]
    Kind(String),
    /// The bytes are not the canonical record.
    #[error("not a leaf record: {0}")]
    Record(&'static str),
}

/// What stands in the log for one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The client whose log this is; a leaf copied to another client's log is visible.
    pub client: ClientId,
    /// The case the event belongs to.
    pub case: CaseId,
    /// Version of the case after the event, from 1.
    pub version: u64,
    kind: String,
    /// [`commit`] of the event.
    pub commitment: [u8; 32],
}

impl Leaf {
    /// A leaf for the event `kind` that made `version` of `case`.
    ///
    /// # Errors
    /// [`LeafError::Kind`] when `kind` could break the record's lines.
    pub fn new(
        client: ClientId,
        case: CaseId,
        version: u64,
        kind: &str,
        commitment: [u8; 32],
    ) -> Result<Self, LeafError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.-".contains(&b);
        if kind.is_empty() || kind.len() > MAX_KIND || !kind.bytes().all(allowed) {
            return Err(LeafError::Kind(kind.chars().take(MAX_KIND).collect()));
        }
        Ok(Self {
            client,
            case,
            version,
            kind: kind.to_owned(),
            commitment,
        })
    }

    /// The event kind.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The record that is the log entry: six lines, each ended by a newline, numbers in
    /// decimal, the commitment in base64.
    ///
    /// ```text
    /// redress-leaf/v1
    /// client 42
    /// case case_068tbd0…
    /// version 3
    /// kind item_received
    /// commitment 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self {
            client,
            case,
            version,
            kind,
            commitment,
        } = self;
        let commitment = BASE64.encode(commitment);
        format!(
            "{HEADER}\nclient {client}\ncase {case}\nversion {version}\nkind {kind}\n\
             commitment {commitment}\n"
        )
        .into_bytes()
    }

    /// Reads the record back, accepting only the exact canonical form.
    ///
    /// # Errors
    /// [`LeafError`] naming the line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let text = str::from_utf8(bytes).map_err(|_| LeafError::Record("not UTF-8"))?;
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(LeafError::Record("first line"));
        }
        let client = field(lines.next(), "client")?;
        let case = field(lines.next(), "case")?;
        let version = field(lines.next(), "version")?;
        let kind: String = field(lines.next(), "kind")?;
        let commitment: String = field(lines.next(), "commitment")?;
        let commitment = Hash::from_base64(&commitment).ok_or(LeafError::Record("commitment"))?;
        let leaf = Self::new(client, case, version, &kind, commitment.0)?;
        if leaf.to_bytes() == bytes {
            Ok(leaf)
        } else {
            Err(LeafError::Record("not canonical"))
        }
    }

    /// The RFC 6962 leaf hash of the record: what goes into the tree.
    pub fn hash(&self) -> Hash {
        Hash::leaf(&self.to_bytes())
    }
}

fn field<T: FromStr>(line: Option<&str>, name: &'static str) -> Result<T, LeafError> {
    let value = line
        .and_then(|l| l.strip_prefix(name))
        .and_then(|l| l.strip_prefix(' '));
    value
        .and_then(|v| v.parse().ok())
        .ok_or(LeafError::Record(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    fn leaf() -> Leaf {
        let case = CaseId(uuid::Uuid::from_u128(7));
        Leaf::new(
            ClientId(42),
            case,
            3,
            "item_received",
            commit(&[1; 32], b"{}"),
        )
        .unwrap()
    }

    #[test]
    fn commitment_is_hmac_sha256() {
        // Computed with another implementation: HMAC-SHA256(key = 32 x 0x01, "{}").
        let want = "f186ad0c607e4207cee70b56dbff8a069bb68aa6c6fdd3cde2aca38be300baef";
        assert_eq!(HEXLOWER.encode(&commit(&[1; 32], b"{}")), want);
    }

    #[test]
    fn record_round_trips_and_only_the_canonical_form_is_read() {
        let bytes = leaf().to_bytes();
        assert_eq!(Leaf::parse(&bytes).unwrap(), leaf());
        let text = String::from_utf8(bytes).unwrap();
        for (from, to) in [
            ("42", "042"),
            ("42", "+42"),
            ("version 3", "version 03"),
            ("\n", "\r\n"),
            ("kind", " kind"),
        ] {
            assert!(
                Leaf::parse(text.replacen(from, to, 1).as_bytes()).is_err(),
                "{from} {to}"
            );
        }
        assert!(Leaf::parse(format!("{text}\n").as_bytes()).is_err());
    }

    #[test]
    fn a_kind_cannot_forge_lines() {
        let case = CaseId(uuid::Uuid::from_u128(7));
        for kind in ["", "a\nb", "Ü", "two words", &"x".repeat(65)] {
            assert!(Leaf::new(ClientId(1), case, 1, kind, [0; 32]).is_err());
        }
    }
}
