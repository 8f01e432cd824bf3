//! Signatures around webhooks: Standard Webhooks `v1` both ways, and the inbound schemes of
//! Shopify and EasyPost. Always over the raw body; always compared in constant time.

use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use sha2::Sha256;
use std::fmt;

/// How far a signed time may be from ours, seconds (Standard Webhooks reference libraries).
pub const TOLERANCE_SECONDS: i64 = 300;
/// Most signatures looked at in one header.
const MAX_SIGNATURES: usize = 16;

/// Why a webhook is refused. Says nothing about the expected signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not `whsec_` and base64 of 24 to 64 bytes.
    #[error("a webhook secret is whsec_ and base64 of 24 to 64 bytes")]
    BadSecret,
    /// The timestamp header is no number of seconds.
    #[error("the webhook-timestamp header is not a number of seconds")]
    BadTimestamp,
    /// Signed too long ago or in the future: possibly replayed.
    #[error("the webhook was signed more than five minutes away from now")]
    OutOfTolerance,
    /// No signature of the body is ours.
    #[error("no signature matches the body")]
    NoMatch,
}

/// A shared signing secret; its `Debug` says nothing.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Reads `whsec_…` as Standard Webhooks writes it.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let encoded = text
            .strip_prefix("whsec_")
            .ok_or(SignatureError::BadSecret)?;
        let key = BASE64
            .decode(encoded.as_bytes())
            .map_err(|_| SignatureError::BadSecret)?;
        Self::from_bytes(key)
    }

    /// A secret of these 24 to 64 bytes.
    pub fn from_bytes(key: Vec<u8>) -> Result<Self, SignatureError> {
        if (24..=64).contains(&key.len()) {
            Ok(Self(key))
        } else {
            Err(SignatureError::BadSecret)
        }
    }

    /// The written form, `whsec_…`: shown to its owner once.
    pub fn reveal(&self) -> String {
        format!("whsec_{}", BASE64.encode(&self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The `webhook-signature` of a message: `v1,` and base64 of HMAC-SHA256 over
/// `id.timestamp.body`.
pub fn sign(secret: &Secret, id: &str, at: Timestamp, body: &[u8]) -> String {
    let mac = message(&secret.0, id, &at.as_second().to_string(), body);
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

/// Verifies the three headers of a message at `now` against any of `secrets` (rotation). Other
/// versions than `v1` in the header are passed over.
pub fn verify(
    secrets: &[Secret],
    id: &str,
    timestamp: &str,
    signatures: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let signed: i64 = timestamp
        .parse()
        .map_err(|_| SignatureError::BadTimestamp)?;
    if now.as_second().abs_diff(signed) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(SignatureError::OutOfTolerance);
    }
    let given: Vec<Vec<u8>> = signatures
        .split(' ')
        .filter_map(|s| s.strip_prefix("v1,"))
        .take(MAX_SIGNATURES)
        .filter_map(|s| BASE64.decode(s.as_bytes()).ok())
        .collect();
    for secret in secrets {
        let mac = message(&secret.0, id, timestamp, body);
        if given
            .iter()
            .any(|tag| mac.clone().verify_slice(tag).is_ok())
        {
            return Ok(());
        }
    }
    Err(SignatureError::NoMatch)
}

/// Verifies `X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the raw body.
pub fn verify_shopify(secret: &str, header: &str, body: &[u8]) -> Result<(), SignatureError> {
    let tag = BASE64
        .decode(header.trim().as_bytes())
        .map_err(|_| SignatureError::NoMatch)?;
    verify_raw(secret, &tag, body)
}

/// Verifies EasyPost's `X-Hmac-Signature`: `hmac-sha256-hex=` and hex of HMAC-SHA256 over the
/// raw body (EasyPost client libraries, `validate_webhook`; they normalise the secret to NFKD,
/// so give an ASCII secret).
pub fn verify_easypost(secret: &str, header: &str, body: &[u8]) -> Result<(), SignatureError> {
    let hex = header
        .trim()
        .strip_prefix("hmac-sha256-hex=")
        .ok_or(SignatureError::NoMatch)?;
    let tag = HEXLOWER_PERMISSIVE
        .decode(hex.as_bytes())
        .map_err(|_| SignatureError::NoMatch)?;
    verify_raw(secret, &tag, body)
}

fn verify_raw(secret: &str, tag: &[u8], body: &[u8]) -> Result<(), SignatureError> {
    // An unset secret must never verify anything.
    if secret.is_empty() {
        return Err(SignatureError::BadSecret);
    }
    keyed(secret.as_bytes())
        .chain_update(body)
        .verify_slice(tag)
        .map_err(|_| SignatureError::NoMatch)
}

fn message(key: &[u8], id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    keyed(key)
        .chain_update(id)
        .chain_update(".")
        .chain_update(timestamp)
        .chain_update(".")
        .chain_update(body)
}

#[expect(
    clippy::expect_used,
    reason = "HMAC is defined for keys of every length (RFC 2104)"
)]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn signs_and_verifies_within_five_minutes_only() {
        let secret = Secret::from_bytes(vec![7; 32]).unwrap();
        let again = Secret::parse(&secret.reveal()).unwrap();
        let header = sign(&secret, "msg_1", at(1_000), b"{}");
        let ok = |now: i64, body: &[u8]| {
            verify(
                std::slice::from_ref(&again),
                "msg_1",
                "1000",
                &header,
                body,
                at(now),
            )
        };
        assert_eq!(ok(1_300, b"{}"), Ok(()));
        assert_eq!(ok(700, b"{}"), Ok(()));
        assert_eq!(ok(1_301, b"{}"), Err(SignatureError::OutOfTolerance));
        assert_eq!(ok(1_000, b"{} "), Err(SignatureError::NoMatch));
        assert!(Secret::parse("whsec_AAAA").is_err());
    }

    #[test]
    fn raw_body_schemes() {
        // RFC 4231 test case 2.
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let body = b"what do ya want for nothing?";
        assert_eq!(
            verify_easypost("Jefe", &format!("hmac-sha256-hex={hex}"), body),
            Ok(())
        );
        let tag = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).unwrap();
        assert_eq!(verify_shopify("Jefe", &BASE64.encode(&tag), body), Ok(()));
        assert!(verify_shopify("Jefe", &BASE64.encode(&tag), b"what").is_err());
        assert!(verify_shopify("", &BASE64.encode(&tag), body).is_err());
        assert!(verify_easypost("Jefe", hex, body).is_err());
    }
}
