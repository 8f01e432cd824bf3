//! Keys and what is sealed under them: XChaCha20-Poly1305 of RustCrypto. Its nonce of 192 bits may
//! be drawn at random for every value without counting.

use crate::field::Field;
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, KeyInit, Mac as _};
use kernel::ClientId;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// Bytes of a nonce.
pub const NONCE: usize = 24;

/// What a person's keys are for: they are destroyed at different times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Contact, words, photographs: destroyed when the person is erased.
    Person,
    /// Documents tax law tells to keep: destroyed when the time to keep them is over.
    Papers,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Person, Self::Papers];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Papers => "papers",
        }
    }
}

/// Where a sealed value stands. It is bound to this place: copied to another client, person,
/// column or row it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Whose data.
    pub client: ClientId,
    /// Whose person.
    pub subject: Uuid,
    /// Table and column.
    pub field: &'a Field,
    /// The row.
    pub row: Uuid,
}

impl Place<'_> {
    /// The associated data: parts of fixed length first, so that no two places read alike.
    fn bytes(&self) -> Vec<u8> {
        let mut all = b"redress-sealed/v1".to_vec();
        all.extend(self.client.0.to_be_bytes());
        all.extend(self.subject.as_bytes());
        all.extend(self.row.as_bytes());
        all.extend(self.field.table.as_bytes());
        all.push(b'.');
        all.extend(self.field.column.as_bytes());
        all
    }
}

/// A value that does not open: its key is gone, or it is not what was sealed at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: its key was destroyed, or it was moved or changed")]
pub struct Unreadable;

/// 32 secret bytes. Gone from memory when dropped; says nothing about itself.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// A key of these bytes, drawn by the caller.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key read from what the operator keeps: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()?;
        let key = bytes.as_slice().try_into().ok().map(Self);
        bytes.zeroize();
        key
    }

    /// The written form [`Key::from_hex`] reads; for a secrets file only.
    pub fn to_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// Eight digits that tell keys apart and say nothing about them.
    pub fn fingerprint(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.mac(b"redress-key-name/v1")[..4])
    }

    /// Seals `plain` for `place`. `nonce` is random bytes used once.
    ///
    /// # Panics
    /// Never with a value that fits into memory: the cipher takes 256 GiB.
    #[expect(
        clippy::expect_used,
        reason = "the cipher refuses nothing shorter than 256 GiB, and losing it would be worse"
    )]
    pub fn seal(&self, place: &Place<'_>, nonce: [u8; NONCE], plain: &[u8]) -> Vec<u8> {
        let aad = place.bytes();
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let mut sealed = nonce.to_vec();
        let body = self.cipher().encrypt(&nonce.into(), payload);
        sealed.extend(body.expect("a value that fits into memory is sealed"));
        sealed
    }

    /// What was sealed for `place`.
    ///
    /// # Errors
    /// [`Unreadable`] for anything else than that, byte for byte.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or(Unreadable)?;
        let aad = place.bytes();
        let payload = Payload {
            msg: body,
            aad: &aad,
        };
        self.cipher()
            .decrypt(&(*nonce).into(), payload)
            .map_err(|_| Unreadable)
    }

    /// Wraps another key.
    pub fn wrap(&self, place: &Place<'_>, nonce: [u8; NONCE], inner: &Self) -> Vec<u8> {
        self.seal(place, nonce, &inner.0)
    }

    /// The key that was wrapped.
    ///
    /// # Errors
    /// [`Unreadable`] if it was wrapped by another key or for another place.
    pub fn unwrap(&self, place: &Place<'_>, wrapped: &[u8]) -> Result<Self, Unreadable> {
        let mut bytes = self.open(place, wrapped)?;
        let key = bytes
            .as_slice()
            .try_into()
            .map(Self)
            .map_err(|_| Unreadable);
        bytes.zeroize();
        key
    }

    /// HMAC-SHA256 under this key.
    pub(crate) fn mac(&self, message: &[u8]) -> [u8; 32] {
        // HMAC fills a short key up with zeroes to its block; a whole block cannot be refused.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(message);
        block.zeroize();
        mac.finalize().into_bytes().into()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}
