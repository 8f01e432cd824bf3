//! The directory: clients, people, credentials, policy versions, settings, webhook endpoints.

use super::{maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{ClientId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

/// A retailer.
#[derive(Debug, Clone, FromRow)]
pub struct ClientRow {
    /// The tenant key.
    pub client_id: i64,
    /// Name in addresses: `northbeam`.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// Brand, market and carrier settings as JSON.
    pub settings: String,
    /// Created, milliseconds.
    pub created_at: i64,
}

/// A person or service account.
#[derive(Debug, Clone, FromRow)]
pub struct UserRow {
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
    /// The language chosen for pages.
    pub lang: Option<String>,
}

/// What tells whether two accounts are one person's, and whether an order is theirs.
#[derive(Debug, Clone, FromRow)]
pub struct PersonRow {
    /// The account.
    pub user_id: Uuid,
    /// Display name.
    pub name: String,
    /// When it was disabled.
    pub disabled_at: Option<i64>,
    /// The person, where several accounts are one person's.
    pub person_id: Option<Uuid>,
    /// E-mail address; empty if it is not known.
    pub email: String,
    /// Telephone number; empty if it is not known.
    pub phone: String,
    /// Postcode; empty if it is not known.
    pub postcode: String,
    /// Street and number; empty if they are not known.
    pub street: String,
}

impl PersonRow {
    /// Who it is: the person, or the account where nobody said that there are several.
    pub fn natural(&self) -> Uuid {
        self.person_id.unwrap_or(self.user_id)
    }
}

/// A webhook endpoint of a client.
#[derive(Debug, Clone, FromRow)]
pub struct EndpointRow {
    /// The endpoint.
    pub endpoint_id: Uuid,
    /// Where to post.
    pub url: String,
    /// Its signing secret.
    pub secret: String,
    /// When it was disabled.
    pub disabled_at: Option<i64>,
}

pub(crate) mod sql {
    super::super::sql! {
        CLIENTS = "SELECT client_id, slug, name, settings, created_at FROM client \
            ORDER BY client_id";
        USERS = "SELECT app_user.user_id, name, role, clients, disabled_at, l.lang FROM app_user \
            LEFT JOIN app_user_language l ON l.user_id = app_user.user_id ORDER BY app_user.user_id";
        PERSONS = "SELECT u.user_id, u.name, u.disabled_at, p.person_id, \
            coalesce(p.email, '') AS email, coalesce(p.phone, '') AS phone, \
            coalesce(p.postcode, '') AS postcode, coalesce(p.street, '') AS street \
            FROM app_user u LEFT JOIN app_user_person p ON p.user_id = u.user_id \
            ORDER BY u.user_id";
        SETTING = "SELECT value FROM house_setting WHERE name = $1";
        SETTINGS = "SELECT name, value FROM house_setting ORDER BY name";
        SETTING_DROP = "DELETE FROM house_setting WHERE name = $1";
        ENDPOINTS = "SELECT endpoint_id, url, secret, disabled_at FROM webhook_endpoint \
            WHERE client_id = $1 ORDER BY endpoint_id";
    }
}

/// Every client of the house.
pub async fn clients(store: &Store) -> Result<Vec<ClientRow>, StoreError> {
    Ok(rows!(store, sql::CLIENTS)?)
}

/// Every person and service account.
pub async fn users(store: &Store) -> Result<Vec<UserRow>, StoreError> {
    Ok(rows!(store, sql::USERS)?)
}

/// Every person and service account, with what tells who they are.
pub async fn persons(store: &Store) -> Result<Vec<PersonRow>, StoreError> {
    Ok(rows!(store, sql::PERSONS)?)
}

/// An installation setting.
pub async fn setting(store: &Store, name: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(store, sql::SETTING, name)?;
    Ok(row.map(|(value,)| value))
}

/// Every installation setting by name.
pub async fn settings(store: &Store) -> Result<Vec<(String, String)>, StoreError> {
    Ok(rows!(store, sql::SETTINGS)?)
}

/// Removes an installation setting.
pub fn setting_drop(name: &str) -> Statement {
    Statement {
        name: "setting_drop",
        sql: sql::SETTING_DROP,
        params: vec![name.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Webhook endpoints of a client, disabled ones included.
pub async fn endpoints(store: &Store, client: ClientId) -> Result<Vec<EndpointRow>, StoreError> {
    Ok(rows!(store, sql::ENDPOINTS, client.0)?)
}

/// The user's id as the kernel types it.
pub fn user_id(row: &UserRow) -> UserId {
    UserId(row.user_id)
}
