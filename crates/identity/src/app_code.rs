//! Codes of authenticator apps (RFC 6238): six digits of SHA-1, the one form every app speaks. The
//! secret is kept sealed (AES-256-GCM), bound to its owner.

use crate::{NAME, fault};
use data_encoding::BASE64URL_NOPAD;
use ports::{AppSecret, ProofError};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use totp_rs::{Builder, Totp};
use uuid::Uuid;

/// Bytes of a secret: the length RFC 4226 recommends.
const SECRET: usize = 20;

fn key(bytes: &[u8; 32]) -> Result<LessSafeKey, ProofError> {
    let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(fault)?;
    Ok(LessSafeKey::new(key))
}

fn seal(
    sealer: &[u8; 32],
    user: Uuid,
    secret: &[u8],
    nonce: [u8; 12],
) -> Result<String, ProofError> {
    let mut sealed = secret.to_vec();
    key(sealer)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(user.as_bytes()),
            &mut sealed,
        )
        .map_err(fault)?;
    Ok(BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat()))
}

fn open(sealer: &[u8; 32], user: Uuid, sealed: &str) -> Result<Vec<u8>, ProofError> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(fault)?;
    let (nonce, sealed) = bytes
        .split_at_checked(NONCE_LEN)
        .ok_or_else(|| fault("the sealed secret is too short"))?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(fault)?;
    let mut sealed = sealed.to_vec();
    let opened = key(sealer)?
        .open_in_place(nonce, Aad::from(user.as_bytes()), &mut sealed)
        .map_err(|_| fault("the sealed secret does not open: another key, or another owner"))?;
    Ok(opened.to_vec())
}

fn totp(secret: Vec<u8>, account: &str) -> Result<Totp, ProofError> {
    // A colon parts issuer and account in the address an app reads.
    let account = account.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some(NAME))
        .with_account_name(account)
        .build()
        .map_err(fault)
}

pub(crate) fn new(
    sealer: &[u8; 32],
    user: Uuid,
    account: &str,
    random: [u8; 32],
) -> Result<AppSecret, ProofError> {
    let (secret, nonce) = random.split_at(SECRET);
    let nonce = nonce.try_into().map_err(fault)?;
    let sealed = seal(sealer, user, secret, nonce)?;
    shown(sealer, user, account, &sealed)
}

pub(crate) fn shown(
    sealer: &[u8; 32],
    user: Uuid,
    account: &str,
    sealed: &str,
) -> Result<AppSecret, ProofError> {
    let totp = totp(open(sealer, user, sealed)?, account)?;
    Ok(AppSecret {
        sealed: sealed.to_owned(),
        shown: totp.secret().to_base32(),
        url: totp.to_url().map_err(fault)?,
    })
}

pub(crate) fn step(
    sealer: &[u8; 32],
    user: Uuid,
    sealed: &str,
    code: &str,
    second: i64,
) -> Result<i64, ProofError> {
    let totp = totp(open(sealer, user, sealed)?, "account")?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let second = u64::try_from(second).map_err(fault)?;
    let step = totp.check(&code, second);
    let step = step.and_then(|step| i64::try_from(step).ok());
    step.ok_or(ProofError::Refused("code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of its vectors, at 59 seconds; six of the eight digits.
    #[test]
    fn the_vector_of_the_rfc_is_right_and_belongs_to_its_owner() {
        let (sealer, user) = ([7; 32], Uuid::from_u128(1));
        let sealed = seal(&sealer, user, b"12345678901234567890", [1; 12]).unwrap();
        assert!(!sealed.contains("MTIzNDU2"), "the secret is not readable");
        assert_eq!(step(&sealer, user, &sealed, "287 082", 59), Ok(1));
        assert_eq!(
            step(&sealer, user, &sealed, "287082", 89),
            Ok(1),
            "a step late"
        );
        let refused = Err(ProofError::Refused("code"));
        assert_eq!(step(&sealer, user, &sealed, "287082", 120), refused);
        assert_eq!(step(&sealer, user, &sealed, "287083", 59), refused);
        assert_eq!(step(&sealer, user, &sealed, "", 59), refused);
        assert!(step(&sealer, Uuid::from_u128(2), &sealed, "287082", 59).is_err());
        assert!(step(&[8; 32], user, &sealed, "287082", 59).is_err());
    }
}
