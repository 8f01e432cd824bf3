//! Who is asking: one-time sign-in links, sessions and API keys. Tokens are 32 random bytes shown
//! once; only their SHA-256 is stored. Full identity comes later; scopes are real from day one.

use crate::{App, error::AppError};
use kernel::{ClientId, Lang, Role, Scope, Timestamp, UserId};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::{Val, Write, WriteError, questions::people, tables};

/// How long a sign-in link works.
pub const LINK_HOURS: i64 = 24;
/// How long a session lasts at most.
pub const SESSION_HOURS: i64 = 12;
/// How long the holder of a token is taken from memory. It spares every request a question; what
/// was withdrawn on another node, or ran out meanwhile, ends this much later at most.
pub const REMEMBERED_MS: i64 = 5_000;
/// Tokens remembered at once; beyond it all are asked about again.
const REMEMBERED_MAX: usize = 4_096;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A one-time sign-in link.
    Link,
    /// A browser session.
    Session,
    /// An API key.
    ApiKey,
}

impl TokenKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Session => "session",
            Self::ApiKey => "api_key",
        }
    }
}

/// A signed-in person or service.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Display name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// What they may reach and do.
    pub scope: Scope,
    /// The language they chose for their pages; none: as the browser asks.
    pub lang: Option<Lang>,
}

/// Hash and kind of a token.
type TokenKey = (Vec<u8>, &'static str);
/// Since when, milliseconds, and who.
type Holders = HashMap<TokenKey, (i64, Person)>;

/// Holders of tokens that were asked about a moment ago.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<Holders>);

impl Remembered {
    fn all(&self) -> MutexGuard<'_, Holders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, key: &TokenKey, now_ms: i64) -> Option<Person> {
        let all = self.all();
        let (at, person) = all.get(key)?;
        // A clock that stepped back remembers nothing.
        (0..REMEMBERED_MS)
            .contains(&(now_ms - at))
            .then(|| person.clone())
    }

    fn put(&self, key: TokenKey, now_ms: i64, person: Person) {
        let mut all = self.all();
        if all.len() >= REMEMBERED_MAX {
            all.clear();
        }
        all.insert(key, (now_ms, person));
    }

    fn forget(&self, hash: &[u8]) {
        self.all().retain(|(known, _), _| known != hash);
    }

    fn forget_person(&self, id: UserId) {
        self.all().retain(|_, (_, person)| person.id != id);
    }
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl App {
    /// Adds a person to a write.
    pub fn put_user(
        write: &mut Write,
        id: UserId,
        name: &str,
        role: Role,
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<(), AppError> {
        write.row(
            &tables::APP_USER,
            vec![
                id.0.into(),
                name.into(),
                role.as_str().into(),
                serde_json::to_string(clients)?.into(),
                Val::Null(store::Kind::Int),
                now.as_millisecond().into(),
            ],
        );
        Ok(())
    }

    /// Makes a token for a user, adds it to a write and returns it; it is never readable again.
    pub fn put_token(
        &self,
        write: &mut Write,
        kind: TokenKind,
        user: UserId,
        label: &str,
        hours: i64,
    ) -> String {
        let now = self.now();
        let token = data_encoding::BASE64URL_NOPAD.encode(&self.random32());
        let expires = now.as_millisecond() + hours * 3_600_000;
        write.row(
            &tables::CREDENTIAL,
            vec![
                hash(&token).into(),
                kind.as_str().into(),
                user.0.into(),
                label.into(),
                expires.into(),
                Val::Null(store::Kind::Int),
                now.as_millisecond().into(),
            ],
        );
        token
    }

    /// Spends a one-time link and opens a session; returns the session token.
    pub async fn sign_in(&self, link: &str) -> Result<String, AppError> {
        let now = self.now().as_millisecond();
        let mut spend = Write::new();
        spend.statement(people::credential_spend(hash(link), now));
        let spent = match self.store().write(spend).await {
            Err(WriteError::Lost { .. }) => return Err(AppError::Missing),
            other => other?,
        };
        let user = spent.first().and_then(|rows| rows.first()?.first()?.uuid());
        let user = UserId(user.ok_or(AppError::Missing)?);
        let mut write = Write::new();
        let token = self.put_token(
            &mut write,
            TokenKind::Session,
            user,
            "browser",
            SESSION_HOURS,
        );
        self.store().write(write).await?;
        Ok(token)
    }

    /// Ends a session.
    pub async fn sign_out(&self, session: &str) -> Result<(), AppError> {
        let mut write = Write::new();
        write.statement(people::credential_drop(hash(session)));
        self.store().write(write).await?;
        self.0.remembered.forget(&hash(session));
        Ok(())
    }

    /// Keeps the language a person wants their pages in, on every device.
    pub async fn choose_language(&self, person: UserId, lang: Lang) -> Result<(), AppError> {
        let mut write = Write::new();
        write.row(
            &tables::APP_USER_LANGUAGE,
            vec![
                person.0.into(),
                lang.as_str().into(),
                self.now().as_millisecond().into(),
            ],
        );
        self.store().write(write).await?;
        self.0.remembered.forget_person(person);
        Ok(())
    }

    /// Who holds this session or API key, if it is live; remembered for [`REMEMBERED_MS`].
    pub async fn person(&self, token: &str, kind: TokenKind) -> Result<Option<Person>, AppError> {
        let now = self.now().as_millisecond();
        let key = (hash(token), kind.as_str());
        if let Some(person) = self.0.remembered.get(&key, now) {
            return Ok(Some(person));
        }
        let row = people::credential_user(self.store(), &key.0, key.1, now).await?;
        let Some(row) = row else { return Ok(None) };
        // A role this binary does not know holds no rights.
        let Some(role) = Role::parse(&row.role) else {
            return Ok(None);
        };
        let clients: Vec<ClientId> = serde_json::from_str(&row.clients)?;
        let id = UserId(row.user_id);
        let scope = Scope::user(id, role, clients);
        let person = Person {
            id,
            name: row.name,
            role,
            scope,
            lang: row.lang.and_then(|tag| tag.parse().ok()),
        };
        self.0.remembered.put(key, now, person.clone());
        Ok(Some(person))
    }

    /// Since when a live session runs: the moment its holder signed in.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn session_since(&self, token: &str) -> Result<Option<Timestamp>, AppError> {
        let now = self.now().as_millisecond();
        let at = people::session_since(self.store(), &hash(token), now).await?;
        at.map(Timestamp::from_millisecond)
            .transpose()
            .map_err(AppError::fault)
    }

    /// A secret key of the installation: given from outside, or made on first use and the same on
    /// every node.
    pub async fn secret(&self, name: &'static str) -> Result<[u8; 32], AppError> {
        let name = format!("secret:{name}");
        let fresh = data_encoding::HEXLOWER.encode(&self.random32());
        let mut stored = self.setting(&name).await?;
        if stored.is_none() {
            let mut write = Write::new();
            write.row(
                &tables::HOUSE_SETTING,
                vec![name.as_str().into(), fresh.into()],
            );
            self.store().write(write).await?;
            // Another node may have been first; its key is the one.
            stored = people::setting(self.store(), &name).await?;
        }
        let stored = stored.unwrap_or_default();
        let key = data_encoding::HEXLOWER.decode(stored.as_bytes()).ok();
        let key = key.and_then(|k| k.try_into().ok());
        key.ok_or_else(|| AppError::fault(format!("the setting {name} cannot be read")))
    }

    /// Everybody who may sign in.
    pub async fn people(&self) -> Result<Vec<Person>, AppError> {
        let users = people::users(self.store()).await?;
        users
            .into_iter()
            .filter(|u| u.disabled_at.is_none())
            .filter_map(|u| Some((Role::parse(&u.role)?, u)))
            .map(|(role, u)| {
                let clients: Vec<ClientId> = serde_json::from_str(&u.clients)?;
                let id = UserId(u.user_id);
                Ok(Person {
                    id,
                    name: u.name,
                    role,
                    scope: Scope::user(id, role, clients),
                    lang: u.lang.and_then(|tag| tag.parse().ok()),
                })
            })
            .collect()
    }

    /// Names of people by id, for timelines.
    pub async fn user_names(&self) -> Result<std::collections::HashMap<UserId, String>, AppError> {
        let users = people::users(self.store()).await?;
        Ok(users
            .into_iter()
            .map(|u| (UserId(u.user_id), u.name))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_remembered_for_a_moment_and_forgotten_at_once() {
        let id = UserId(uuid::Uuid::from_u128(1));
        let scope = Scope::user(id, Role::Agent, vec![ClientId(1)]);
        let person = Person {
            id,
            name: "Ann".into(),
            role: Role::Agent,
            scope,
            lang: None,
        };
        let (session, key) = ((vec![7], "session"), (vec![7], "api_key"));
        let known = Remembered::default();
        known.put(session.clone(), 1_000, person.clone());
        assert!(known.get(&session, 1_000 + REMEMBERED_MS - 1).is_some());
        assert!(known.get(&session, 1_000 + REMEMBERED_MS).is_none());
        assert!(known.get(&session, 999).is_none(), "the clock stepped back");
        assert!(known.get(&key, 1_000).is_none(), "a session is no API key");
        known.forget(&session.0);
        assert!(known.get(&session, 1_000).is_none());
        known.put(key.clone(), 1_000, person);
        known.forget_person(UserId(uuid::Uuid::from_u128(2)));
        assert!(known.get(&key, 1_000).is_some(), "somebody else");
        known.forget_person(id);
        assert!(known.get(&key, 1_000).is_none());
    }
}
