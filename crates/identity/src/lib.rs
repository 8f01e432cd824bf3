//! How proofs of identity are checked: passkeys (WebAuthn), codes of authenticator apps (TOTP),
//! passwords for emergencies (Argon2id), and sign-in services of other firms (OpenID Connect).
//!
//! The protocol libraries live only here. What a proof allows, who may try how often and what is
//! written down about it is decided in `app`.

mod app_code;
pub mod oidc;
mod passkey;
mod password;

use ports::{AppSecret, Challenge, Passkey, ProofError, Proofs};
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The name authenticators show for us.
const NAME: &str = "Redress";

/// Checks proofs for one installation.
#[derive(Debug)]
pub struct Checker {
    passkeys: Option<Webauthn>,
}

impl Checker {
    /// For the installation at `base_url`. Passkeys are bound to a host name, so there are none
    /// where pages are reached by a bare address.
    #[must_use]
    pub fn new(base_url: &str) -> Self {
        let passkeys = Url::parse(base_url).ok().and_then(|url| {
            let Some(Host::Domain(host)) = url.host() else {
                return None;
            };
            let built = WebauthnBuilder::new(host, &url).ok()?.rp_name(NAME).build();
            built.ok()
        });
        Self { passkeys }
    }

    fn webauthn(&self) -> Result<&Webauthn, ProofError> {
        self.passkeys.as_ref().ok_or_else(|| {
            ProofError::Unavailable("passkeys need an address with a host name".into())
        })
    }
}

impl Proofs for Checker {
    fn has_passkeys(&self) -> bool {
        self.passkeys.is_some()
    }

    fn passkey_new(&self, user: Uuid, name: &str, had: &[String]) -> Result<Challenge, ProofError> {
        passkey::new(self.webauthn()?, user, name, had)
    }

    fn passkey_made(&self, kept: &str, answer: &str) -> Result<Passkey, ProofError> {
        passkey::made(self.webauthn()?, kept, answer)
    }

    fn passkey_ask(&self) -> Result<Challenge, ProofError> {
        passkey::ask(self.webauthn()?)
    }

    fn passkey_claims(&self, answer: &str) -> Result<(Uuid, Vec<u8>), ProofError> {
        passkey::claims(self.webauthn()?, answer)
    }

    fn passkey_check(
        &self,
        kept: &str,
        answer: &str,
        had: &[String],
    ) -> Result<Passkey, ProofError> {
        passkey::check(self.webauthn()?, kept, answer, had)
    }

    fn app_new(
        &self,
        key: &[u8; 32],
        user: Uuid,
        account: &str,
        random: [u8; 32],
    ) -> Result<AppSecret, ProofError> {
        app_code::new(key, user, account, random)
    }

    fn app_shown(
        &self,
        key: &[u8; 32],
        user: Uuid,
        account: &str,
        sealed: &str,
    ) -> Result<AppSecret, ProofError> {
        app_code::shown(key, user, account, sealed)
    }

    fn app_step(
        &self,
        key: &[u8; 32],
        user: Uuid,
        sealed: &str,
        code: &str,
        second: i64,
    ) -> Result<i64, ProofError> {
        app_code::step(key, user, sealed, code, second)
    }

    fn password_hash(&self, password: &str, salt: [u8; 16]) -> Result<String, ProofError> {
        password::hash(password, salt)
    }

    fn password_is(&self, hash: &str, password: &str) -> bool {
        password::is(hash, password)
    }
}

/// A fault that is ours, not the person's.
fn fault(error: impl std::fmt::Display) -> ProofError {
    ProofError::Unavailable(error.to_string())
}
