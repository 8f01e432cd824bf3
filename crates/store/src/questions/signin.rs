//! The door: sessions, ways in, challenges under way, failed tries, API keys, and what happened.

use super::{maybe, rows};
use crate::{Expect, Kind, Statement, Store, StoreError, Val};
use sqlx::FromRow;
use uuid::Uuid;

/// The holder of a live session.
#[derive(Debug, Clone, FromRow)]
pub struct SessionHolder {
    /// Who.
    pub user_id: Uuid,
    /// Display name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Client ids as a JSON list.
    pub clients: String,
    /// The language chosen for pages.
    pub lang: Option<String>,
    /// The session.
    pub session_id: Uuid,
    /// How they signed in.
    pub method: String,
    /// When they last did something, milliseconds.
    pub seen_at: i64,
    /// When they last showed who they are, milliseconds.
    pub auth_at: i64,
    /// When it ends whatever happens, milliseconds.
    pub expires_at: i64,
    /// After how long without anything done it locks, milliseconds.
    pub idle_ms: i64,
}

/// The holder of a live API key.
#[derive(Debug, Clone, FromRow)]
pub struct KeyHolder {
    /// The account it acts as.
    pub user_id: Uuid,
    /// Display name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Client ids as a JSON list.
    pub clients: String,
    /// Rights of the key as a JSON list; none: those of the account.
    pub key_permissions: Option<String>,
    /// Clients of the key as a JSON list; none: those of the account.
    pub key_clients: Option<String>,
    /// Who answers for it.
    pub owner_id: Option<Uuid>,
    /// Their role code.
    pub owner_role: Option<String>,
    /// Their clients.
    pub owner_clients: Option<String>,
    /// When it was last used, milliseconds.
    pub used_at: Option<i64>,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, FromRow)]
pub struct SessionRow {
    /// The session.
    pub session_id: Uuid,
    /// How they signed in.
    pub method: String,
    /// Browser and system in words.
    pub device: String,
    /// Where from, the last part left out.
    pub address: String,
    /// Begun, milliseconds.
    pub created_at: i64,
    /// Last used, milliseconds.
    pub seen_at: i64,
}

/// A way in.
#[derive(Debug, Clone, FromRow)]
pub struct AuthenticatorRow {
    /// Whose.
    pub user_id: Uuid,
    /// `passkey`, `totp`, `recovery`, `password`.
    pub kind: String,
    /// Which.
    pub authenticator_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// A public key, a sealed secret, or a hash.
    pub body: String,
    /// The last step used of an authenticator app; the end of a password, milliseconds.
    pub counter: i64,
    /// Added, milliseconds.
    pub created_at: i64,
    /// Last used, milliseconds.
    pub used_at: Option<i64>,
}

/// An API key as a list shows it.
#[derive(Debug, Clone, FromRow)]
pub struct KeyRow {
    /// Its hash, which names it.
    pub token_hash: Vec<u8>,
    /// The account it acts as.
    pub user_id: Uuid,
    /// Who answers for it.
    pub owner_id: Option<Uuid>,
    /// What it is for.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// Its rights as a JSON list; none: those of the account.
    pub permissions: Option<String>,
    /// Its clients as a JSON list; none: those of the account.
    pub clients: Option<String>,
    /// Made, milliseconds.
    pub created_at: i64,
    /// Ends, milliseconds.
    pub expires_at: i64,
    /// Taken back, milliseconds.
    pub revoked_at: Option<i64>,
    /// Last used, milliseconds.
    pub used_at: Option<i64>,
}

/// An account, disabled or not.
#[derive(Debug, Clone, FromRow)]
pub struct AccountRow {
    /// Who.
    pub user_id: Uuid,
    /// Display name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Client ids as a JSON list.
    pub clients: String,
    /// When it was disabled.
    pub disabled_at: Option<i64>,
}

/// Something that happened at the door.
#[derive(Debug, Clone, FromRow)]
pub struct EventRow {
    /// When, milliseconds.
    pub at: i64,
    /// Which.
    pub event_id: Uuid,
    /// Whose account, where it is known.
    pub user_id: Option<Uuid>,
    /// What.
    pub kind: String,
    /// By which way in.
    pub method: String,
    /// More about it: the class of a failure, who did it.
    pub detail: String,
    /// Where from, the last part left out.
    pub address: String,
    /// Browser and system in words.
    pub device: String,
}

pub(crate) mod sql {
    super::super::sql! {
        SESSION_HOLDER = "SELECT u.user_id, u.name, u.role, u.clients, l.lang, s.session_id, \
            s.method, s.seen_at, s.auth_at, s.expires_at, s.idle_ms \
            FROM session s JOIN app_user u ON u.user_id = s.user_id \
            LEFT JOIN app_user_language l ON l.user_id = u.user_id \
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL";
        SESSION_SEEN = "UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
        SESSION_PROVEN = "UPDATE session SET seen_at = $2, auth_at = $2, method = $3 \
            WHERE token_hash = $1 AND user_id = $4";
        SESSION_LOCK = "UPDATE session SET seen_at = 0 WHERE token_hash = $1 AND seen_at > 0";
        SESSION_DROP = "DELETE FROM session WHERE token_hash = $1";
        SESSION_END = "DELETE FROM session WHERE user_id = $1 AND session_id = $2";
        SESSIONS_END = "DELETE FROM session WHERE user_id = $1";
        SESSIONS_PRUNE = "DELETE FROM session WHERE user_id = $1 AND expires_at <= $2";
        SESSIONS_OF = "SELECT session_id, method, device, address, created_at, seen_at \
            FROM session WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at";
        AUTHENTICATORS = "SELECT user_id, kind, authenticator_id, name, body, counter, \
            created_at, used_at FROM authenticator WHERE user_id = $1 \
            ORDER BY kind, authenticator_id";
        AUTHENTICATOR_DROP = "DELETE FROM authenticator WHERE user_id = $1 AND kind = $2 \
            AND authenticator_id = $3";
        AUTHENTICATORS_DROP = "DELETE FROM authenticator WHERE user_id = $1 AND kind = $2";
        AUTHENTICATOR_STEP = "UPDATE authenticator SET counter = $4, used_at = $5 \
            WHERE user_id = $1 AND kind = $2 AND authenticator_id = $3 AND counter < $4";
        RECOVERY_SPEND = "DELETE FROM authenticator WHERE user_id = $1 AND kind = 'recovery' \
            AND body = $2";
        ACCOUNT = "SELECT user_id, name, role, clients, disabled_at FROM app_user \
            WHERE user_id = $1";
        NAME_OWNER = "SELECT user_id FROM signin_name WHERE kind = $1 AND name = $2";
        NAMES_OF = "SELECT name FROM signin_name WHERE user_id = $1 AND kind = $2 ORDER BY name";
        NAMES_DROP = "DELETE FROM signin_name WHERE user_id = $1 AND kind = $2";
        NAMES = "SELECT name, user_id FROM signin_name WHERE kind = $1";
        CEREMONY_TAKE = "DELETE FROM ceremony WHERE ceremony_id = $1 AND kind = $2 \
            AND expires_at > $3 RETURNING body";
        CEREMONIES_PRUNE = "DELETE FROM ceremony WHERE expires_at <= $1";
        TRIES = "SELECT tries FROM signin_try WHERE who = $1 AND period = $2";
        EVENTS = "SELECT at, event_id, user_id, kind, method, detail, address, device \
            FROM signin_event WHERE at >= $1 AND at < $2 ORDER BY at DESC, event_id DESC LIMIT $3";
        EVENTS_OF = "SELECT at, event_id, user_id, kind, method, detail, address, device \
            FROM signin_event WHERE user_id = $1 AND at >= $2 AND at < $3 \
            ORDER BY at DESC, event_id DESC LIMIT $4";
        EVENTS_OF_KIND = "SELECT at, event_id, user_id, kind, method, detail, address, device \
            FROM signin_event WHERE kind = $1 AND at >= $2 AND at < $3 \
            ORDER BY at DESC, event_id DESC LIMIT $4";
        KEY_HOLDER = "SELECT u.user_id, u.name, u.role, u.clients, \
            k.permissions AS key_permissions, k.clients AS key_clients, k.owner_id, \
            o.role AS owner_role, o.clients AS owner_clients, k.used_at \
            FROM api_key k JOIN app_user u ON u.user_id = k.user_id \
            LEFT JOIN app_user o ON o.user_id = k.owner_id \
            WHERE k.token_hash = $1 AND k.expires_at > $2 AND k.revoked_at IS NULL \
            AND u.disabled_at IS NULL AND o.disabled_at IS NULL";
        KEY_USED = "UPDATE api_key SET used_at = $2 WHERE token_hash = $1";
        KEYS_OF = "SELECT token_hash, user_id, owner_id, name, prefix, permissions, clients, \
            created_at, expires_at, revoked_at, used_at FROM api_key WHERE user_id = $1 \
            ORDER BY created_at";
        KEYS_OWNED = "SELECT token_hash, user_id, owner_id, name, prefix, permissions, clients, \
            created_at, expires_at, revoked_at, used_at FROM api_key WHERE owner_id = $1 \
            ORDER BY created_at";
        KEY_REVOKE = "UPDATE api_key SET revoked_at = $2 WHERE token_hash = $1 \
            AND revoked_at IS NULL";
        KEYS_REVOKE = "UPDATE api_key SET revoked_at = $2 WHERE user_id = $1 \
            AND revoked_at IS NULL";
        KEYS_REVOKE_OWNED = "UPDATE api_key SET revoked_at = $2 WHERE owner_id = $1 \
            AND revoked_at IS NULL";
        CREDENTIALS_DROP = "DELETE FROM credential WHERE user_id = $1";
        CREDENTIAL_TAKE = "UPDATE credential SET used_at = $3 WHERE token_hash = $1 \
            AND kind = $2 AND used_at IS NULL AND expires_at > $3 RETURNING user_id";
        USER_DISABLE = "UPDATE app_user SET disabled_at = $2 WHERE user_id = $1 \
            AND disabled_at IS NULL";
        USER_ENABLE = "UPDATE app_user SET disabled_at = NULL WHERE user_id = $1 \
            AND disabled_at IS NOT NULL";
        USER_RIGHTS = "UPDATE app_user SET role = $2, clients = $3 WHERE user_id = $1";
    }
}

/// Whose live session this hash is.
pub async fn session_holder(
    store: &Store,
    token_hash: &[u8],
    now_ms: i64,
) -> Result<Option<SessionHolder>, StoreError> {
    Ok(maybe!(store, sql::SESSION_HOLDER, token_hash, now_ms)?)
}

/// Whose live API key this hash is: of an account that is not disabled, nor is who answers for it.
pub async fn key_holder(
    store: &Store,
    token_hash: &[u8],
    now_ms: i64,
) -> Result<Option<KeyHolder>, StoreError> {
    Ok(maybe!(store, sql::KEY_HOLDER, token_hash, now_ms)?)
}

/// The live sessions of a person, oldest first.
pub async fn sessions_of(
    store: &Store,
    user: Uuid,
    now_ms: i64,
) -> Result<Vec<SessionRow>, StoreError> {
    Ok(rows!(store, sql::SESSIONS_OF, user, now_ms)?)
}

/// Every way in of a person.
pub async fn authenticators(
    store: &Store,
    user: Uuid,
) -> Result<Vec<AuthenticatorRow>, StoreError> {
    Ok(rows!(store, sql::AUTHENTICATORS, user)?)
}

/// One account.
pub async fn account(store: &Store, user: Uuid) -> Result<Option<AccountRow>, StoreError> {
    Ok(maybe!(store, sql::ACCOUNT, user)?)
}

/// Who is known by this name.
pub async fn name_owner(store: &Store, kind: &str, name: &str) -> Result<Option<Uuid>, StoreError> {
    let row: Option<(Uuid,)> = maybe!(store, sql::NAME_OWNER, kind, name)?;
    Ok(row.map(|(user,)| user))
}

/// The names of this kind a person is known by.
pub async fn names_of(store: &Store, user: Uuid, kind: &str) -> Result<Vec<String>, StoreError> {
    let found: Vec<(String,)> = rows!(store, sql::NAMES_OF, user, kind)?;
    Ok(found.into_iter().map(|(name,)| name).collect())
}

/// Every name of this kind and whose it is.
pub async fn names(store: &Store, kind: &str) -> Result<Vec<(String, Uuid)>, StoreError> {
    Ok(rows!(store, sql::NAMES, kind)?)
}

/// How often somebody failed in a period.
pub async fn tries(store: &Store, who: &str, period: i64) -> Result<i64, StoreError> {
    let row: Option<(i64,)> = maybe!(store, sql::TRIES, who, period)?;
    Ok(row.map_or(0, |(tries,)| tries))
}

/// Which events are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// All of them.
    All,
    /// Of one person.
    Of(Uuid),
    /// Of one kind.
    Kind(&'a str),
}

/// What happened at the door from `from` up to before `until`, milliseconds, newest first.
pub async fn events(
    store: &Store,
    which: Which<'_>,
    (from, until): (i64, i64),
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    Ok(match which {
        Which::All => rows!(store, sql::EVENTS, from, until, limit)?,
        Which::Of(user) => rows!(store, sql::EVENTS_OF, user, from, until, limit)?,
        Which::Kind(kind) => rows!(store, sql::EVENTS_OF_KIND, kind, from, until, limit)?,
    })
}

/// The keys that act as an account, then those of other accounts that it answers for.
pub async fn keys_of(store: &Store, user: Uuid) -> Result<Vec<KeyRow>, StoreError> {
    let mut keys: Vec<KeyRow> = rows!(store, sql::KEYS_OF, user)?;
    let owned: Vec<KeyRow> = rows!(store, sql::KEYS_OWNED, user)?;
    keys.extend(owned.into_iter().filter(|key| key.user_id != user));
    Ok(keys)
}

fn statement(
    name: &'static str,
    sql: &'static str,
    params: Vec<Val>,
    returns: &'static [Kind],
    expect: Expect,
) -> Statement {
    Statement {
        name,
        sql,
        params,
        returns,
        expect,
    }
}

/// Notes that the holder of a session did something.
pub fn session_seen(hash: Vec<u8>, now_ms: i64) -> Statement {
    let params = vec![hash.into(), now_ms.into()];
    statement("session_seen", sql::SESSION_SEEN, params, &[], Expect::Any)
}

/// Notes that the holder of a session showed again who they are.
pub fn session_proven(hash: Vec<u8>, now_ms: i64, method: &str, user: Uuid) -> Statement {
    let params = vec![hash.into(), now_ms.into(), method.into(), user.into()];
    statement(
        "session_proven",
        sql::SESSION_PROVEN,
        params,
        &[],
        Expect::Some,
    )
}

/// Locks a session; lost when it is locked.
pub fn session_lock(hash: Vec<u8>) -> Statement {
    let params = vec![hash.into()];
    statement("session_lock", sql::SESSION_LOCK, params, &[], Expect::Some)
}

/// Ends the session of a token.
pub fn session_drop(hash: Vec<u8>) -> Statement {
    statement(
        "session_drop",
        sql::SESSION_DROP,
        vec![hash.into()],
        &[],
        Expect::Any,
    )
}

/// Ends one session of a person.
pub fn session_end(user: Uuid, session: Uuid) -> Statement {
    let params = vec![user.into(), session.into()];
    statement("session_end", sql::SESSION_END, params, &[], Expect::Any)
}

/// Ends every session of a person.
pub fn sessions_end(user: Uuid) -> Statement {
    statement(
        "sessions_end",
        sql::SESSIONS_END,
        vec![user.into()],
        &[],
        Expect::Any,
    )
}

/// Takes away sessions of a person that ran out.
pub fn sessions_prune(user: Uuid, now_ms: i64) -> Statement {
    let params = vec![user.into(), now_ms.into()];
    statement(
        "sessions_prune",
        sql::SESSIONS_PRUNE,
        params,
        &[],
        Expect::Any,
    )
}

/// Takes one way in away; lost when it is not there.
pub fn authenticator_drop(user: Uuid, kind: &str, id: Uuid) -> Statement {
    let params = vec![user.into(), kind.into(), id.into()];
    statement(
        "authenticator_drop",
        sql::AUTHENTICATOR_DROP,
        params,
        &[],
        Expect::Some,
    )
}

/// Takes every way in of a kind away.
pub fn authenticators_drop(user: Uuid, kind: &str) -> Statement {
    let params = vec![user.into(), kind.into()];
    statement(
        "authenticators_drop",
        sql::AUTHENTICATORS_DROP,
        params,
        &[],
        Expect::Any,
    )
}

/// Notes the step a code belongs to; lost when that step or a later one was used before.
pub fn authenticator_step(user: Uuid, kind: &str, id: Uuid, step: i64, now_ms: i64) -> Statement {
    let params = vec![
        user.into(),
        kind.into(),
        id.into(),
        step.into(),
        now_ms.into(),
    ];
    statement(
        "authenticator_step",
        sql::AUTHENTICATOR_STEP,
        params,
        &[],
        Expect::Some,
    )
}

/// Spends a recovery code by its hash; lost when there is none.
pub fn recovery_spend(user: Uuid, hash: &str) -> Statement {
    let params = vec![user.into(), hash.into()];
    statement(
        "recovery_spend",
        sql::RECOVERY_SPEND,
        params,
        &[],
        Expect::Some,
    )
}

/// Takes the names of a kind from a person.
pub fn names_drop(user: Uuid, kind: &str) -> Statement {
    let params = vec![user.into(), kind.into()];
    statement("names_drop", sql::NAMES_DROP, params, &[], Expect::Any)
}

/// Takes a challenge, once; returns its body, lost when it is gone or too old.
pub fn ceremony_take(id: Vec<u8>, kind: &str, now_ms: i64) -> Statement {
    let params = vec![id.into(), kind.into(), now_ms.into()];
    let returns = &[Kind::Text];
    statement(
        "ceremony_take",
        sql::CEREMONY_TAKE,
        params,
        returns,
        Expect::Some,
    )
}

/// Takes challenges away that nobody answered.
pub fn ceremonies_prune(now_ms: i64) -> Statement {
    let params = vec![now_ms.into()];
    statement(
        "ceremonies_prune",
        sql::CEREMONIES_PRUNE,
        params,
        &[],
        Expect::Any,
    )
}

/// Spends a one-time link of a kind; returns whose it is, lost when it was used or is too old.
pub fn credential_take(hash: Vec<u8>, kind: &str, now_ms: i64) -> Statement {
    let params = vec![hash.into(), kind.into(), now_ms.into()];
    let returns = &[Kind::Uuid];
    statement(
        "credential_take",
        sql::CREDENTIAL_TAKE,
        params,
        returns,
        Expect::Some,
    )
}

/// Takes away every one-time link of a person.
pub fn credentials_drop(user: Uuid) -> Statement {
    statement(
        "credentials_drop",
        sql::CREDENTIALS_DROP,
        vec![user.into()],
        &[],
        Expect::Any,
    )
}

/// Notes that a key was used.
pub fn key_used(hash: Vec<u8>, now_ms: i64) -> Statement {
    let params = vec![hash.into(), now_ms.into()];
    statement("key_used", sql::KEY_USED, params, &[], Expect::Any)
}

/// Takes a key back; lost when it was before.
pub fn key_revoke(hash: Vec<u8>, now_ms: i64) -> Statement {
    let params = vec![hash.into(), now_ms.into()];
    statement("key_revoke", sql::KEY_REVOKE, params, &[], Expect::Some)
}

/// Takes back every key that acts as an account, and every key it answers for.
pub fn keys_revoke(user: Uuid, now_ms: i64) -> [Statement; 2] {
    let params = || vec![user.into(), now_ms.into()];
    [
        statement("keys_revoke", sql::KEYS_REVOKE, params(), &[], Expect::Any),
        statement(
            "keys_revoke_owned",
            sql::KEYS_REVOKE_OWNED,
            params(),
            &[],
            Expect::Any,
        ),
    ]
}

/// Disables an account; lost when it is.
pub fn user_disable(user: Uuid, now_ms: i64) -> Statement {
    let params = vec![user.into(), now_ms.into()];
    statement("user_disable", sql::USER_DISABLE, params, &[], Expect::Some)
}

/// Lets a disabled account in again.
pub fn user_enable(user: Uuid) -> Statement {
    statement(
        "user_enable",
        sql::USER_ENABLE,
        vec![user.into()],
        &[],
        Expect::Some,
    )
}

/// Gives an account another role and other clients.
pub fn user_rights(user: Uuid, role: &str, clients: &str) -> Statement {
    let params = vec![user.into(), role.into(), clients.into()];
    statement("user_rights", sql::USER_RIGHTS, params, &[], Expect::Some)
}
