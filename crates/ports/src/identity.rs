//! Proving who somebody is: passkeys, authenticator apps, passwords, and other firms' sign-in
//! services. What a proof allows is decided in `app`; how it is checked lives in an adapter.

use async_trait::async_trait;
use uuid::Uuid;

/// Why somebody is not who they say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The proof does not hold; the class is a stable word for the log, never shown in detail.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// It could not be checked: no such way here, or the other side does not answer.
    #[error("{0}")]
    Unavailable(String),
}

/// A challenge: what the browser is asked, and what is kept until it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// JSON for the browser.
    pub asked: String,
    /// Kept by us, never shown.
    pub kept: String,
}

/// A passkey: its id, and what is kept to check it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The id the authenticator gave it.
    pub id: Vec<u8>,
    /// Public key and counters.
    pub body: String,
}

/// A fresh secret of an authenticator app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSecret {
    /// Sealed, for keeping.
    pub sealed: String,
    /// In base32, for typing.
    pub shown: String,
    /// As a `otpauth:` address, for a QR code.
    pub url: String,
}

/// Checks proofs of people. Pure computation; randomness is its own where a library draws it.
pub trait Proofs: Send + Sync {
    /// Whether passkeys work at the address of this installation.
    fn has_passkeys(&self) -> bool;

    /// Asks a browser to make a passkey for `user`, on none of the authenticators that have one.
    fn passkey_new(&self, user: Uuid, name: &str, had: &[String]) -> Result<Challenge, ProofError>;

    /// The passkey made in answer to a challenge.
    fn passkey_made(&self, kept: &str, answer: &str) -> Result<Passkey, ProofError>;

    /// Asks a browser for any passkey it has for us.
    fn passkey_ask(&self) -> Result<Challenge, ProofError>;

    /// Whose passkey an answer claims to come from, and which; not proven yet.
    fn passkey_claims(&self, answer: &str) -> Result<(Uuid, Vec<u8>), ProofError>;

    /// Checks an answer against the passkey of these bodies; gives the one that signed, as it is to
    /// be kept from now on.
    fn passkey_check(
        &self,
        kept: &str,
        answer: &str,
        had: &[String],
    ) -> Result<Passkey, ProofError>;

    /// A secret for the authenticator app of `user`, sealed under `key`.
    fn app_new(
        &self,
        key: &[u8; 32],
        user: Uuid,
        account: &str,
        random: [u8; 32],
    ) -> Result<AppSecret, ProofError>;

    /// The secret of an authenticator app again, to show it while it is being added.
    fn app_shown(
        &self,
        key: &[u8; 32],
        user: Uuid,
        account: &str,
        sealed: &str,
    ) -> Result<AppSecret, ProofError>;

    /// The step a code belongs to, when it is right within one step of `second` of Unix time.
    fn app_step(
        &self,
        key: &[u8; 32],
        user: Uuid,
        sealed: &str,
        code: &str,
        second: i64,
    ) -> Result<i64, ProofError>;

    /// The hash of a password, for keeping; takes a moment on purpose.
    fn password_hash(&self, password: &str, salt: [u8; 16]) -> Result<String, ProofError>;

    /// Whether a password has this hash; takes as long whatever the answer.
    fn password_is(&self, hash: &str, password: &str) -> bool;
}

/// What a sign-in service says about somebody, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Who says it.
    pub issuer: String,
    /// Its stable name for the person.
    pub subject: String,
    /// Their e-mail address, if the service says that it verified it.
    pub email: Option<String>,
}

/// A sign-in service of another firm (OpenID Connect).
#[async_trait]
pub trait SignInService: Send + Sync {
    /// Its name in addresses.
    fn name(&self) -> &str;

    /// Its name for people.
    fn label(&self) -> &str;

    /// Where to send the browser, and what is kept until it comes back with `state`.
    async fn begin(&self, back: &str, state: &str) -> Result<Challenge, ProofError>;

    /// What the service says about who came back; `issuer` as it stood in the address.
    async fn finish(
        &self,
        back: &str,
        kept: &str,
        code: &str,
        issuer: Option<&str>,
    ) -> Result<Claimed, ProofError>;
}
