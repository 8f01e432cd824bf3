//! Passwords, for emergencies only: Argon2id with the parameters RFC 9106 recommends where memory
//! is short (19 MiB, two passes: the library's default, and the floor OWASP names).

use crate::fault;
use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString},
};
use ports::ProofError;

pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<String, ProofError> {
    let salt = SaltString::encode_b64(&salt).map_err(fault)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(fault)?.to_string())
}

pub(crate) fn is(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_itself_and_no_other() {
        let kept = hash("correct horse", [3; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(is(&kept, "correct horse"));
        assert!(!is(&kept, "correct horse "));
        assert!(!is("nonsense", "correct horse"));
    }
}
