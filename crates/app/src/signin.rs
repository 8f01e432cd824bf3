//! Who is asking: the holder of a session or of an API key, and the one-time links that lead to a
//! session. Tokens are 32 random bytes shown once; only their SHA-256 is stored. How people show
//! who they are is in [`crate::door`].

use crate::{App, door::Method, error::AppError};
use kernel::{ClientId, Lang, Permission, Permissions, Role, Scope, Timestamp, UserId};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use store::{
    Val, Write,
    questions::{people, signin},
    tables,
};
use uuid::Uuid;

/// How long a sign-in link works.
pub const LINK_HOURS: i64 = 24;
/// How long a session lasts at most.
pub const SESSION_HOURS: i64 = 12;
/// How long the holder of a token is taken from memory. It spares every request a question; what
/// was withdrawn on another node, or ran out meanwhile, ends this much later at most. A live stream
/// asks every two seconds, so with it everything ends within five.
pub const REMEMBERED_MS: i64 = 2_000;
/// Tokens remembered at once; beyond it all are asked about again.
const REMEMBERED_MAX: usize = 4_096;
/// That somebody is there is written down this often at most.
const SEEN_MS: i64 = 30_000;
/// How every API key begins, so that scanners of leaked secrets know one.
pub const KEY_PREFIX: &str = "rdk_";

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A one-time sign-in link: for sandboxes; elsewhere it only lets its holder add a way in.
    Link,
    /// A browser session.
    Session,
    /// An API key.
    ApiKey,
}

/// How a person is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionFacts {
    /// Which session.
    pub id: Uuid,
    /// By which way in.
    pub method: Method,
    /// When they last showed who they are.
    pub auth_at: Timestamp,
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
    /// Their session; none: an API key.
    pub session: Option<SessionFacts>,
}

impl Person {
    /// Whether they showed who they are within the last `minutes`. A program never did.
    pub fn is_fresh(&self, now: Timestamp, minutes: i64) -> bool {
        self.session.is_some_and(|session| {
            let passed = now.as_millisecond() - session.auth_at.as_millisecond();
            session.method != Method::Invitation && passed < minutes * 60_000
        })
    }
}

/// The holder of a session, and what stands between them and their work.
#[derive(Debug, Clone)]
pub struct Held {
    /// Who.
    pub person: Person,
    /// Nothing was done for too long: they must show again who they are.
    pub locked: bool,
    /// They came by an invitation and must add a way in first.
    pub bound: bool,
    seen_at: i64,
    idle_ms: i64,
}

impl Held {
    fn at(mut self, now: i64) -> Self {
        self.locked = self.seen_at == 0 || now - self.seen_at >= self.idle_ms;
        self
    }
}

/// Hash and kind of a token.
type TokenKey = (Vec<u8>, TokenKind);

/// Holders of tokens that were asked about a moment ago: since when, milliseconds, and who.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<HashMap<Vec<u8>, (TokenKind, i64, Held)>>);

impl Remembered {
    fn all(&self) -> MutexGuard<'_, HashMap<Vec<u8>, (TokenKind, i64, Held)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, key: &TokenKey, now_ms: i64) -> Option<Held> {
        let all = self.all();
        let (kind, at, held) = all.get(&key.0)?;
        // A clock that stepped back remembers nothing.
        (*kind == key.1 && (0..REMEMBERED_MS).contains(&(now_ms - at))).then(|| held.clone())
    }

    fn put(&self, key: TokenKey, now_ms: i64, held: Held) {
        let mut all = self.all();
        if all.len() >= REMEMBERED_MAX {
            all.clear();
        }
        all.insert(key.0, (key.1, now_ms, held));
    }

    pub(crate) fn forget(&self, hash: &[u8]) {
        self.all().remove(hash);
    }

    pub(crate) fn forget_person(&self, id: UserId) {
        self.all().retain(|_, (_, _, held)| held.person.id != id);
    }

    /// Somebody's rights changed, which bound those of keys of others.
    pub(crate) fn forget_all(&self) {
        self.all().clear();
    }
}

/// The hash a token is stored under.
pub(crate) fn hash(token: &str) -> Vec<u8> {
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

    /// A fresh token.
    pub(crate) fn token(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.random32())
    }

    /// Makes a token for a user, adds it to a write and returns it; it is never readable again. A
    /// session made so does not lock.
    pub fn put_token(
        &self,
        write: &mut Write,
        kind: TokenKind,
        user: UserId,
        label: &str,
        hours: i64,
    ) -> String {
        let now = self.now().as_millisecond();
        let expires = now + hours * 3_600_000;
        let token = self.token();
        match kind {
            TokenKind::Link => write.row(
                &tables::CREDENTIAL,
                vec![
                    hash(&token).into(),
                    "link".into(),
                    user.0.into(),
                    label.into(),
                    expires.into(),
                    Val::Null(store::Kind::Int),
                    now.into(),
                ],
            ),
            TokenKind::Session => write.row(
                &tables::SESSION,
                vec![
                    hash(&token).into(),
                    self.mint(self.now()).into(),
                    user.0.into(),
                    Method::Link.as_str().into(),
                    label.into(),
                    "".into(),
                    now.into(),
                    now.into(),
                    now.into(),
                    expires.into(),
                    (hours * 3_600_000).into(),
                ],
            ),
            TokenKind::ApiKey => {
                let token = format!("{KEY_PREFIX}{token}");
                let own = crate::door::KeyRights::account();
                self.put_key(write, &token, user, None, label, &own, expires);
                return token;
            }
        }
        token
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

    /// Who holds this session or API key, if it is live, not locked and not only an invitation;
    /// remembered for [`REMEMBERED_MS`].
    pub async fn person(&self, token: &str, kind: TokenKind) -> Result<Option<Person>, AppError> {
        let held = match kind {
            TokenKind::Session => self.holder(token).await?,
            TokenKind::ApiKey => self.key_holder(token).await?,
            TokenKind::Link => None,
        };
        Ok(held
            .filter(|held| !held.locked && !held.bound)
            .map(|held| held.person))
    }

    /// Who holds this session, locked or not.
    pub async fn holder(&self, token: &str) -> Result<Option<Held>, AppError> {
        let now = self.now().as_millisecond();
        let key = (hash(token), TokenKind::Session);
        if let Some(held) = self.0.remembered.get(&key, now) {
            return Ok(Some(held.at(now)));
        }
        let row = signin::session_holder(self.store(), &key.0, now).await?;
        let Some(row) = row else { return Ok(None) };
        // A role or a way in this binary does not know holds no rights.
        let (Some(role), Some(method)) = (Role::parse(&row.role), Method::parse(&row.method))
        else {
            return Ok(None);
        };
        let clients: Vec<ClientId> = serde_json::from_str(&row.clients)?;
        let id = UserId(row.user_id);
        let held = Held {
            person: Person {
                id,
                name: row.name,
                role,
                scope: Scope::user(id, role, clients),
                lang: row.lang.and_then(|tag| tag.parse().ok()),
                session: Some(SessionFacts {
                    id: row.session_id,
                    method,
                    auth_at: Timestamp::from_millisecond(row.auth_at).unwrap_or_default(),
                }),
            },
            locked: false,
            bound: method == Method::Invitation,
            seen_at: row.seen_at,
            idle_ms: row.idle_ms,
        };
        self.0.remembered.put(key, now, held.clone());
        Ok(Some(held.at(now)))
    }

    /// Notes that the holder of a session did something, so that it does not lock.
    pub async fn seen(&self, token: &str, held: &Held) -> Result<(), AppError> {
        let now = self.now().as_millisecond();
        if held.locked || now - held.seen_at < SEEN_MS.min(held.idle_ms / 4) {
            return Ok(());
        }
        let mut write = Write::new();
        write.statement(signin::session_seen(hash(token), now));
        self.store().write(write).await?;
        self.0.remembered.forget(&hash(token));
        Ok(())
    }

    /// Who an API key acts as: with the rights of its account, at most those it was given, and at
    /// most those of who answers for it.
    async fn key_holder(&self, token: &str) -> Result<Option<Held>, AppError> {
        let now = self.now().as_millisecond();
        let key = (hash(token), TokenKind::ApiKey);
        if let Some(held) = self.0.remembered.get(&key, now) {
            return Ok(Some(held));
        }
        let row = signin::key_holder(self.store(), &key.0, now).await?;
        let Some(row) = row else { return Ok(None) };
        let Some(role) = Role::parse(&row.role) else {
            return Ok(None);
        };
        let id = UserId(row.user_id);
        // Limits of money go by role: that of the account only while its owner has no lower one.
        let owner_role = row.owner_role.as_deref().and_then(Role::parse);
        let lower = owner_role.filter(|o| !o.permissions().covers(role.permissions()));
        let own = role.permissions();
        let role = lower.unwrap_or(role);
        let clients = serde_json::from_str(&row.clients)?;
        let mut scope = Scope::user(id, role, clients).narrowed(own, None);
        if let Some(list) = &row.key_permissions {
            scope = scope.narrowed(permissions_of(list)?, None);
        }
        if let Some(list) = &row.key_clients {
            let clients: Vec<ClientId> = serde_json::from_str(list)?;
            scope = scope.narrowed(Permissions::of(Permission::ALL), Some(&clients));
        }
        if row.owner_id.is_some() {
            let owner = row.owner_role.as_deref().and_then(Role::parse);
            let (Some(owner), Some(list)) = (owner, &row.owner_clients) else {
                return Ok(None);
            };
            let clients: Vec<ClientId> = serde_json::from_str(list)?;
            scope = scope.narrowed(owner.permissions(), Some(&clients));
        }
        self.key_was_used(&key.0, id, row.used_at).await?;
        let held = Held {
            person: Person {
                id,
                name: row.name,
                role,
                scope,
                lang: None,
                session: None,
            },
            locked: false,
            bound: false,
            seen_at: now,
            idle_ms: i64::MAX,
        };
        self.0.remembered.put(key, now, held.clone());
        Ok(Some(held))
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
                    session: None,
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

/// The rights of a stored list; a word this binary does not know gives none.
pub(crate) fn permissions_of(list: &str) -> Result<Permissions, AppError> {
    let words: Vec<String> = serde_json::from_str(list)?;
    let known: Vec<Permission> = words.iter().filter_map(|w| Permission::parse(w)).collect();
    Ok(Permissions::of(&known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(id: UserId, seen_at: i64) -> Held {
        let scope = Scope::user(id, Role::Agent, vec![ClientId(1)]);
        let auth_at = Timestamp::from_millisecond(1_000).unwrap();
        Held {
            person: Person {
                id,
                name: "Ann".into(),
                role: Role::Agent,
                scope,
                lang: None,
                session: Some(SessionFacts {
                    id: Uuid::nil(),
                    method: Method::Passkey,
                    auth_at,
                }),
            },
            locked: false,
            bound: false,
            seen_at,
            idle_ms: 900_000,
        }
    }

    #[test]
    fn a_holder_is_remembered_for_a_moment_and_forgotten_at_once() {
        let id = UserId(Uuid::from_u128(1));
        let (session, key) = ((vec![7], TokenKind::Session), (vec![7], TokenKind::ApiKey));
        let known = Remembered::default();
        known.put(session.clone(), 1_000, held(id, 1_000));
        assert!(known.get(&session, 1_000 + REMEMBERED_MS - 1).is_some());
        assert!(known.get(&session, 1_000 + REMEMBERED_MS).is_none());
        assert!(known.get(&session, 999).is_none(), "the clock stepped back");
        assert!(known.get(&key, 1_000).is_none(), "a session is no API key");
        known.forget(&session.0);
        assert!(known.get(&session, 1_000).is_none());
        known.put(key.clone(), 1_000, held(id, 1_000));
        known.forget_person(UserId(Uuid::from_u128(2)));
        assert!(known.get(&key, 1_000).is_some(), "somebody else");
        known.forget_person(id);
        assert!(known.get(&key, 1_000).is_none());
    }

    #[test]
    fn a_session_locks_when_nothing_was_done_and_proof_grows_old() {
        let held = held(UserId(Uuid::from_u128(1)), 1_000);
        assert!(!held.clone().at(1_000 + 899_999).locked);
        assert!(held.clone().at(1_000 + 900_000).locked);
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let mut person = held.person;
        assert!(person.is_fresh(at(1_000 + 5 * 60_000 - 1), 5));
        assert!(!person.is_fresh(at(1_000 + 5 * 60_000), 5));
        person.session = None;
        assert!(!person.is_fresh(at(1_000), 5), "a program never did");
    }
}
