//! The door: the ways in, the sessions they open, who may come at all, the keys of programs, and
//! the record of everything that happened here.
//!
//! What counts as a proof is checked behind [`ports::Proofs`] and [`ports::SignInService`]; here is
//! decided what it opens, how often it may be tried, and what is written down.

mod events;
mod keys;
mod own;
mod people;
mod sessions;
mod tries;
mod ways;

pub use events::{EVENTS_MAX, EventKind, Happened};
pub use keys::{KeyRights, KeyShown};
pub use own::RECOVERY_CODES;
pub use people::{Account, Invited};
pub use sessions::{Opened, SessionRow};
pub(crate) use tries::Trying;
pub use ways::{AppOffer, Way, WayKind};

use crate::{App, AppError};
use ports::{ProofError, Proofs, SignInService};
use std::sync::{Arc, OnceLock};

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A passkey.
    Passkey,
    /// A code of an authenticator app.
    App,
    /// A recovery code.
    Recovery,
    /// A sign-in service of another firm.
    Service,
    /// The password for emergencies.
    Password,
    /// A one-time link of a sandbox.
    Link,
    /// An invitation: only to add a way in.
    Invitation,
    /// An API key.
    Key,
}

impl Method {
    /// Every method.
    pub const ALL: &[Self] = &[
        Self::Passkey,
        Self::App,
        Self::Recovery,
        Self::Service,
        Self::Password,
        Self::Link,
        Self::Invitation,
        Self::Key,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::App => "app",
            Self::Recovery => "recovery",
            Self::Service => "service",
            Self::Password => "password",
            Self::Link => "link",
            Self::Invitation => "invitation",
            Self::Key => "key",
        }
    }

    /// The method written as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.as_str() == text)
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The whole address, for counting tries; only its hash is kept.
    pub address: String,
    /// The address with its last part left out, as it is kept.
    pub shown: String,
    /// Browser and system in words.
    pub device: String,
}

/// Rules of the installation for sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Minutes without anything done after which a session locks.
    pub idle_minutes: i64,
    /// The same at a desk several people share.
    pub shared_idle_minutes: i64,
    /// Hours after which a session ends whatever happens.
    pub session_hours: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            idle_minutes: 15,
            shared_idle_minutes: 5,
            session_hours: crate::signin::SESSION_HOURS,
        }
    }
}

/// What the binary equips the house with.
pub struct Equipment {
    /// Checks passkeys, codes and passwords.
    pub proofs: Arc<dyn Proofs>,
    /// Sign-in services, in the order they are offered.
    pub services: Vec<Arc<dyn SignInService>>,
    /// Rules for sessions.
    pub rules: Rules,
}

/// How people show who they are, once the house is equipped.
#[derive(Default)]
pub(crate) struct Door(OnceLock<Equipment>);

/// Why somebody does not come in. The answer to all but [`DoorError::TooMany`] and faults is the
/// same, so that nobody learns which accounts there are.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The proof does not hold; the class is for the record only.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Too many failed tries; again after this many seconds.
    #[error("too many tries; again in {0} s")]
    TooMany(u16),
    /// It cannot be checked now.
    #[error("{0}")]
    Unavailable(String),
    /// A fault, or an input that makes no sense.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<ProofError> for DoorError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Refused(class) => Self::Refused(class),
            ProofError::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<store::StoreError> for DoorError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<store::WriteError> for DoorError {
    fn from(error: store::WriteError) -> Self {
        match error {
            // What was to be spent is spent.
            store::WriteError::Lost { .. } => Self::Refused("used before"),
            other => Self::App(other.into()),
        }
    }
}

impl App {
    /// Equips the house, once; a second time changes nothing.
    pub fn equip(&self, equipment: Equipment) {
        let _ = self.0.door.0.set(equipment);
    }

    fn proofs(&self) -> Result<&Arc<dyn Proofs>, DoorError> {
        let equipped = self.0.door.0.get().map(|e| &e.proofs);
        equipped.ok_or_else(|| DoorError::Unavailable("no way in is set up".into()))
    }

    /// Whether passkeys work at this installation's address.
    pub fn has_passkeys(&self) -> bool {
        self.proofs().is_ok_and(|proofs| proofs.has_passkeys())
    }

    /// Name and label of every sign-in service.
    pub fn services(&self) -> Vec<(String, String)> {
        let services = self.0.door.0.get().map(|e| e.services.as_slice());
        let named = services.unwrap_or_default().iter();
        named
            .map(|s| (s.name().to_owned(), s.label().to_owned()))
            .collect()
    }

    fn service(&self, name: &str) -> Result<&Arc<dyn SignInService>, DoorError> {
        let services = self.0.door.0.get().map(|e| e.services.as_slice());
        let mut services = services.unwrap_or_default().iter();
        let found = services.find(|s| s.name() == name);
        found.ok_or(DoorError::App(AppError::Missing))
    }

    fn rules(&self) -> Rules {
        let rules = self.0.door.0.get().map(|e| e.rules);
        rules.unwrap_or_default()
    }
}
