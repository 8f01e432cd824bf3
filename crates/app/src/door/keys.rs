//! Keys of programs: with rights and clients of their own, never more than their owner has at the
//! moment of use. A service account is an account without a way in.

use super::{EventKind, Method, Origin};
use crate::{
    App, AppError,
    signin::{KEY_PREFIX, Person, hash, permissions_of},
};
use kernel::{ClientId, Permission, Permissions, Role, Timestamp, UserId};
use store::{
    Kind, Val, Write, WriteError,
    questions::signin::{self, KeyRow},
    tables,
};

/// Characters of a key that are shown afterwards.
const SHOWN: usize = KEY_PREFIX.len() + 6;
/// A day, milliseconds.
const DAY: i64 = 86_400_000;
/// That a key is in use is written down this often at most.
const USED_MS: i64 = 60_000;
/// The longest a key may live, days.
const DAYS_MAX: i64 = 730;

/// What a key may do; none: what its account may.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyRights {
    /// Rights.
    pub permissions: Option<Vec<Permission>>,
    /// Clients.
    pub clients: Option<Vec<ClientId>>,
}

impl KeyRights {
    /// All its account may.
    #[must_use]
    pub const fn account() -> Self {
        Self {
            permissions: None,
            clients: None,
        }
    }
}

/// A key as its owner sees it.
#[derive(Debug, Clone)]
pub struct KeyShown {
    /// What names it here.
    pub id: String,
    /// The account it acts as.
    pub account: UserId,
    /// What it is for.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// Its rights; none: those of its account.
    pub permissions: Option<Permissions>,
    /// Its clients; none: those of its account.
    pub clients: Option<Vec<ClientId>>,
    /// Made.
    pub made: Timestamp,
    /// Ends.
    pub ends: Timestamp,
    /// Taken back.
    pub revoked: Option<Timestamp>,
    /// Last used.
    pub used: Option<Timestamp>,
}

fn shown(row: KeyRow) -> Result<KeyShown, AppError> {
    let at = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
    Ok(KeyShown {
        id: data_encoding::HEXLOWER.encode(&row.token_hash),
        account: UserId(row.user_id),
        name: row.name,
        prefix: row.prefix,
        permissions: row.permissions.as_deref().map(permissions_of).transpose()?,
        clients: row
            .clients
            .as_deref()
            .map(serde_json::from_str)
            .transpose()?,
        made: at(row.created_at),
        ends: at(row.expires_at),
        revoked: row.revoked_at.map(at),
        used: row.used_at.map(at),
    })
}

impl App {
    /// Adds a key to a write.
    #[expect(clippy::too_many_arguments, reason = "a row of its table")]
    pub(crate) fn put_key(
        &self,
        write: &mut Write,
        token: &str,
        user: UserId,
        owner: Option<UserId>,
        name: &str,
        rights: &KeyRights,
        expires: i64,
    ) {
        let text = |list: Option<String>| list.map_or(Val::Null(Kind::Text), Val::Text);
        let permissions = rights.permissions.as_ref().map(|list| {
            let words: Vec<&str> = list.iter().map(|p| p.as_str()).collect();
            serde_json::json!(words).to_string()
        });
        let clients = rights.clients.as_ref();
        let clients = clients.map(|list| serde_json::json!(list).to_string());
        write.row(
            &tables::API_KEY,
            vec![
                hash(token).into(),
                user.0.into(),
                owner.map_or(Val::Null(Kind::Uuid), |o| o.0.into()),
                name.into(),
                token[..SHOWN.min(token.len())].into(),
                text(permissions),
                text(clients),
                self.now().as_millisecond().into(),
                expires.into(),
                Val::Null(Kind::Int),
                Val::Null(Kind::Int),
            ],
        );
    }

    /// Makes a key of a person's own, or with `service` one of a new service account that they
    /// answer for; gives it, this once. It has at most what they have.
    pub async fn key_make(
        &self,
        owner: &Person,
        (name, service): (&str, bool),
        (permissions, clients): (&[Permission], &[ClientId]),
        days: i64,
        from: &Origin,
    ) -> Result<String, AppError> {
        let scope = &owner.scope;
        let name: String = name.trim().chars().take(60).collect();
        if name.is_empty() {
            return Err(AppError::field("name", "keys-name-needed"));
        }
        if permissions.is_empty() {
            return Err(AppError::field("permissions", "keys-permissions-needed"));
        }
        if clients.is_empty() {
            return Err(AppError::field("clients", "keys-clients-needed"));
        }
        if !(1..=DAYS_MAX).contains(&days) {
            return Err(AppError::field("days", "keys-days-wrong"));
        }
        if let Some(over) = permissions.iter().find(|p| !scope.permissions().has(**p)) {
            return Err(AppError::Denied(*over));
        }
        if clients.iter().any(|client| !scope.reaches(*client)) {
            return Err(AppError::Missing);
        }
        let now = self.now();
        let mut write = Write::new();
        let account = if service {
            let id = UserId(self.mint(now));
            Self::put_user(&mut write, id, &name, owner.role, clients, now)?;
            // What it does is done by its owner: it is no second person beside them.
            let natural = self.natural(owner.id).await?.id;
            let reach = crate::people::Reach::default();
            Self::put_person(&mut write, id, Some(UserId(natural)), &reach, now)?;
            id
        } else {
            owner.id
        };
        let token = format!("{KEY_PREFIX}{}", self.token());
        let rights = KeyRights {
            permissions: Some(permissions.to_vec()),
            clients: Some(clients.to_vec()),
        };
        let expires = now.as_millisecond() + days * DAY;
        let owned = Some(owner.id);
        self.put_key(&mut write, &token, account, owned, &name, &rights, expires);
        let what = (Some(Method::Key), name.as_str());
        self.note(&mut write, EventKind::KeyMade, owned, what, from);
        self.store().write(write).await?;
        Ok(token)
    }

    /// Makes a service account of a role with a key, from the command line, and gives the key.
    pub async fn service_account(
        &self,
        name: &str,
        (role, clients): (Role, &[ClientId]),
        days: i64,
    ) -> Result<(UserId, String), AppError> {
        let now = self.now();
        let id = UserId(self.mint(now));
        let mut write = Write::new();
        Self::put_user(&mut write, id, name, role, clients, now)?;
        let kind = crate::signin::TokenKind::ApiKey;
        let key = self.put_token(&mut write, kind, id, name, days * 24);
        let what = (Some(Method::Key), "command line");
        let from = Origin::default();
        self.note(&mut write, EventKind::KeyMade, Some(id), what, &from);
        self.store().write(write).await?;
        Ok((id, key))
    }

    /// The keys that act as a person, and those of service accounts they answer for.
    pub async fn keys_of(&self, user: UserId) -> Result<Vec<KeyShown>, AppError> {
        let rows = signin::keys_of(self.store(), user.0).await?;
        rows.into_iter().map(shown).collect()
    }

    /// Takes a key of a person back; what is not theirs is missing.
    pub async fn key_revoke(&self, user: UserId, id: &str, from: &Origin) -> Result<(), AppError> {
        let keys = self.keys_of(user).await?;
        let key = keys.iter().find(|key| key.id == id);
        let key = key.ok_or(AppError::Missing)?;
        let hash = data_encoding::HEXLOWER.decode(id.as_bytes());
        let hash = hash.map_err(|_| AppError::Missing)?;
        let mut write = Write::new();
        let now = self.now().as_millisecond();
        write.statement(signin::key_revoke(hash.clone(), now));
        let what = (Some(Method::Key), key.name.as_str());
        self.note(&mut write, EventKind::KeyRevoked, Some(user), what, from);
        match self.store().write(write).await {
            Ok(_) | Err(WriteError::Lost { .. }) => {}
            Err(e) => return Err(e.into()),
        }
        self.0.remembered.forget(&hash);
        Ok(())
    }

    /// Writes down that a key is in use: the minute, and an event on the first time of a day.
    pub(crate) async fn key_was_used(
        &self,
        hash: &[u8],
        account: UserId,
        before: Option<i64>,
    ) -> Result<(), AppError> {
        let now = self.now().as_millisecond();
        if before.is_some_and(|before| (0..USED_MS).contains(&(now - before))) {
            return Ok(());
        }
        let mut write = Write::new();
        write.statement(signin::key_used(hash.to_vec(), now));
        if before.is_none_or(|before| before.div_euclid(DAY) != now.div_euclid(DAY)) {
            let what = (Some(Method::Key), "");
            let from = Origin::default();
            self.note(&mut write, EventKind::KeyUsed, Some(account), what, &from);
        }
        self.store().write(write).await?;
        Ok(())
    }
}
