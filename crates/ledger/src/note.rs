//! C2SP signed notes with Ed25519: a text, an empty line, and signature lines. Keys in their
//! `vkey` form. What the text means is for [`crate::checkpoint`].

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Signature type byte of plain Ed25519 (C2SP signed-note).
const ED25519: u8 = 0x01;
/// Longest note that is read, in bytes.
const MAX_NOTE: usize = 64 * 1024;
/// Most signature lines that are read; the specification lets a reader stop at some number.
const MAX_SIGNATURES: usize = 100;
/// Start of a signature line: em dash and space.
const DASH: &str = "\u{2014} ";

/// Why a key or note was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is not empty and has neither white space nor `+`.
    #[error("{0:?} is not a key name")]
    KeyName(String),
    /// The text is not a verifier key `<name>+<id>+<base64>`.
    #[error("not an Ed25519 verifier key")]
    VerifierKey,
    /// The key id in a verifier key is not the one of its name and key.
    #[error("the verifier key does not match its own id")]
    KeyId,
    /// The bytes are not a signed note.
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    /// No signature line is from the key that was asked for.
    #[error("not signed by {0}")]
    NotSignedBy(String),
    /// There is a signature line of that key, and it does not verify.
    #[error("the signature of {0} does not verify")]
    BadSignature(String),
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > 255 || name.contains(bad) {
        return Err(NoteError::KeyName(name.chars().take(80).collect()));
    }
    Ok(())
}

/// First four bytes of SHA-256(name || 0x0A || type || key).
fn key_id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hasher = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519]);
    let digest: [u8; 32] = hasher.chain_update(key.as_bytes()).finalize().into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

/// The public half of a log's key: what a third party must know beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl VerifierKey {
    fn new(name: &str, key: VerifyingKey) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            id: key_id(name, &key),
            key,
        })
    }

    /// The key name, for a log its origin.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The vkey form: `<name>+<8 hex digits of the id>+<base64 of type and key>`.
impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![ED25519];
        typed.extend(self.key.as_bytes());
        write!(
            f,
            "{}+{}+{}",
            self.name,
            HEXLOWER.encode(&self.id),
            BASE64.encode(&typed)
        )
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;
    fn from_str(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        let typed = BASE64
            .decode(key.as_bytes())
            .map_err(|_| NoteError::VerifierKey)?;
        let key = typed
            .strip_prefix(&[ED25519])
            .and_then(|k| k.try_into().ok());
        let key = key.and_then(|k| VerifyingKey::from_bytes(k).ok());
        let key = Self::new(name, key.ok_or(NoteError::VerifierKey)?)?;
        if HEXLOWER.encode(&key.id) == id {
            Ok(key)
        } else {
            Err(NoteError::KeyId)
        }
    }
}

/// The private half of a log's key.
pub struct Signer {
    key: SigningKey,
    public: VerifierKey,
}

impl Signer {
    /// The key `name` from a 32-byte Ed25519 seed, which must come from a secure source.
    ///
    /// # Errors
    /// [`NoteError::KeyName`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        let public = VerifierKey::new(name, key.verifying_key())?;
        Ok(Self { key, public })
    }

    /// The public half; its `to_string` is the vkey to publish.
    pub fn vkey(&self) -> &VerifierKey {
        &self.public
    }

    /// Signs `text`, which must end in a newline and have no other control character.
    ///
    /// # Errors
    /// [`NoteError::Malformed`].
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        let mut signature = self.public.id.to_vec();
        signature.extend(self.key.sign(text.as_bytes()).to_bytes());
        Ok(format!(
            "{text}\n{DASH}{} {}\n",
            self.public.name,
            BASE64.encode(&signature)
        ))
    }
}

/// Shows the public half only.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public)
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Malformed("the text does not end in a newline"));
    }
    if text.chars().any(|c| c < ' ' && c != '\n') {
        return Err(NoteError::Malformed("a control character"));
    }
    Ok(())
}

/// The text of `note` once a signature line of `key` has been found and verified. Lines of
/// unknown keys (witnesses) are ignored, as the specification asks.
///
/// # Errors
/// [`NoteError::Malformed`], [`NoteError::NotSignedBy`] or [`NoteError::BadSignature`].
pub fn open<'a>(note: &'a str, key: &VerifierKey) -> Result<&'a str, NoteError> {
    if note.len() > MAX_NOTE {
        return Err(NoteError::Malformed("too long"));
    }
    let at = note
        .rfind("\n\n")
        .ok_or(NoteError::Malformed("no empty line"))?;
    let (text, signatures) = note.split_at(at + 1);
    check_text(text)?;
    let signatures = signatures
        .strip_prefix('\n')
        .and_then(|s| s.strip_suffix('\n'));
    let signatures = signatures.ok_or(NoteError::Malformed("no newline at the end"))?;
    if signatures.split('\n').count() > MAX_SIGNATURES {
        return Err(NoteError::Malformed("too many signatures"));
    }
    let mut signed = false;
    for line in signatures.split('\n') {
        let (name, id, signature) = signature_line(line)?;
        if name != key.name || id != key.id {
            continue;
        }
        let bad = || NoteError::BadSignature(key.name.clone());
        let signature = Signature::from_slice(&signature).map_err(|_| bad())?;
        key.key
            .verify_strict(text.as_bytes(), &signature)
            .map_err(|_| bad())?;
        signed = true;
    }
    if signed {
        Ok(text)
    } else {
        Err(NoteError::NotSignedBy(key.name.clone()))
    }
}

fn signature_line(line: &str) -> Result<(&str, [u8; 4], Vec<u8>), NoteError> {
    let malformed = NoteError::Malformed("a signature line");
    let (name, encoded) = line
        .strip_prefix(DASH)
        .and_then(|l| l.split_once(' '))
        .ok_or(malformed.clone())?;
    check_name(name)?;
    let bytes = BASE64
        .decode(encoded.as_bytes())
        .map_err(|_| malformed.clone())?;
    let (id, signature) = bytes.split_first_chunk::<4>().ok_or(malformed.clone())?;
    if signature.is_empty() {
        Err(malformed)
    } else {
        Ok((name, *id, signature.to_vec()))
    }
}
