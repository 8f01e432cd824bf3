//! Wrapped keys, the blind index, erasures and the log of who looked: what stands around personal
//! data. Nothing here can be read without keys the database does not hold.

use super::{assembled::Assembled, maybe, number, rows};
use crate::{Expect, Kind, Statement, Store, StoreError, Val};
use kernel::{ClientId, CustomerId};
use sqlx::FromRow;
use uuid::Uuid;

/// A wrapped key of a client.
#[derive(Debug, Clone, FromRow)]
pub struct ClientKeyRow {
    /// 0 for look-ups; the highest other one wraps the keys of people.
    pub version: i64,
    /// The number of the root key that wraps it.
    pub root: i64,
    /// The key.
    pub wrapped: Vec<u8>,
}

/// A wrapped key of a person.
#[derive(Debug, Clone, FromRow)]
pub struct PersonKeyRow {
    /// Which version of the client's key wraps it.
    pub key_version: i64,
    /// The key.
    pub wrapped: Vec<u8>,
}

/// A wrapped key of a person with its name, to wrap it anew.
#[derive(Debug, Clone, FromRow)]
pub struct PersonRow {
    /// Whose.
    pub subject: Uuid,
    /// What it is for.
    pub purpose: String,
    /// Which version of the client's key wraps it.
    pub key_version: i64,
    /// The key.
    pub wrapped: Vec<u8>,
}

/// What is stored about a customer, with their wrapped key.
#[derive(Clone, FromRow)]
pub struct ContactRow {
    /// The contact, sealed; JSON where it was stored before sealing; empty after an erasure.
    pub contact: String,
    /// Which version of the client's key wraps the person's.
    pub key_version: Option<i64>,
    /// The person's key.
    pub wrapped: Option<Vec<u8>>,
}

/// A customer as stored, for work on all of them.
#[derive(Clone, FromRow)]
pub struct CustomerRow {
    /// Who.
    pub customer_id: Uuid,
    /// The number in the other system, as a keyed hash; plain where it was stored before that.
    pub external_id: String,
    /// The contact.
    pub contact: String,
    /// When it last changed, milliseconds.
    pub updated_at: i64,
}

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ErasureRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub erasure_id: Uuid,
    /// Events so far; the lock of its changes.
    pub version: i64,
    /// `waiting`, `partial` or `done`.
    pub state: String,
    /// Keyed hash of the person.
    pub subject: Vec<u8>,
    /// The person, as long as something is held.
    pub target: Option<Uuid>,
    /// When it was asked for, milliseconds.
    pub asked_at: i64,
    /// When it is looked at again, milliseconds.
    pub look_at: i64,
    /// Who asked.
    pub by_user: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// What went and what is held, as JSON.
    pub body: String,
}

/// Somebody looked at somebody's data.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AccessRow {
    /// Which entry.
    pub access_id: Uuid,
    /// When, milliseconds.
    pub at: i64,
    /// Who.
    pub by_user: Option<Uuid>,
    /// What they did.
    pub act: String,
    /// At whose data.
    pub subject: Option<Uuid>,
    /// From which order.
    pub order_id: Option<Uuid>,
    /// Why.
    pub reason: String,
}

pub(crate) mod sql {
    super::super::sql! {
        CLIENT_KEYS = "SELECT version, root, wrapped FROM client_key WHERE client_id = $1";
        CLIENT_KEY_REWRAP = "UPDATE client_key SET root = $4, wrapped = $5 \
            WHERE client_id = $1 AND version = $2 AND root = $3";
        CLIENT_KEY_DROP = "DELETE FROM client_key WHERE client_id = $1 AND version = $2 \
            AND NOT EXISTS (SELECT 1 FROM person WHERE client_id = $1 AND key_version = $2)";
        PERSON_KEY = "SELECT key_version, wrapped FROM person \
            WHERE client_id = $1 AND subject = $2 AND purpose = $3";
        PEOPLE_UNDER = "SELECT subject, purpose, key_version, wrapped FROM person \
            WHERE client_id = $1 AND key_version = $2 \
            ORDER BY made_at, subject, purpose LIMIT $3";
        PERSON_REWRAP = "UPDATE person SET key_version = $5, wrapped = $6 \
            WHERE client_id = $1 AND subject = $2 AND purpose = $3 AND key_version = $4";
        PERSON_DESTROY = "DELETE FROM person \
            WHERE client_id = $1 AND subject = $2 AND purpose = $3";
        PERSON_SINCE = "SELECT made_at FROM person \
            WHERE client_id = $1 AND subject = $2 AND purpose = $3";
        INDEX_DROP = "DELETE FROM person_index WHERE client_id = $1 AND subject = $2";
        INDEXED = "SELECT subject FROM person_index \
            WHERE client_id = $1 AND token = $2 ORDER BY subject LIMIT $3";
        CONTACT = "SELECT c.contact, p.key_version, p.wrapped FROM customer c \
            LEFT JOIN person p ON p.client_id = c.client_id AND p.subject = c.customer_id \
            AND p.purpose = 'person' WHERE c.client_id = $1 AND c.customer_id = $2";
        CONTACT_CHANGE = "UPDATE customer SET contact = $4, updated_at = $5 \
            WHERE client_id = $1 AND customer_id = $2 AND contact = $3";
        CONTACT_SEAL = "UPDATE customer SET contact = $4, external_id = $5 \
            WHERE client_id = $1 AND customer_id = $2 AND contact = $3";
        CONTACT_ERASE = "UPDATE customer SET contact = '', external_id = $3, updated_at = $4 \
            WHERE client_id = $1 AND customer_id = $2";
        CUSTOMERS_AFTER = "SELECT customer_id, external_id, contact, updated_at FROM customer \
            WHERE client_id = $1 AND customer_id > $2 ORDER BY customer_id LIMIT $3";
        ERASURE = "SELECT client_id, erasure_id, version, state, subject, target, asked_at, \
            look_at, by_user, reason, body FROM erasure WHERE client_id = $1 AND erasure_id = $2";
        ERASURES = "SELECT client_id, erasure_id, version, state, subject, target, asked_at, \
            look_at, by_user, reason, body FROM erasure WHERE client_id = $1 AND asked_at <= $2 \
            ORDER BY asked_at DESC, erasure_id DESC LIMIT $3";
        ERASURES_OF = "SELECT client_id, erasure_id, version, state, subject, target, asked_at, \
            look_at, by_user, reason, body FROM erasure WHERE client_id = $1 AND subject = $2 \
            ORDER BY asked_at";
        ERASURES_DUE = "SELECT client_id, erasure_id, version, state, subject, target, asked_at, \
            look_at, by_user, reason, body FROM erasure \
            WHERE target IS NOT NULL AND look_at <= $1 ORDER BY look_at LIMIT $2";
        ERASURE_MOVE = "UPDATE erasure SET version = $8, state = $4, target = $5, \
            look_at = $6, body = $7 WHERE client_id = $1 AND erasure_id = $2 AND version = $3";
        ACCESS_RECENT = "SELECT access_id, at, by_user, act, subject, order_id, reason \
            FROM access_log WHERE client_id = $1 AND at <= $2 \
            ORDER BY at DESC, access_id DESC LIMIT $3";
        ACCESS_SINCE = "SELECT count(*) FROM access_log \
            WHERE client_id = $1 AND order_id = $2 AND by_user = $3 AND at >= $4";
        SEAL_CURSOR = "SELECT after, done FROM seal_cursor WHERE client_id = $1 AND part = $2";
    }
}

/// The wrapped keys of a client, look-ups first.
pub async fn client_keys(store: &Store, client: ClientId) -> Result<Vec<ClientKeyRow>, StoreError> {
    let mut keys: Vec<ClientKeyRow> = rows!(store, sql::CLIENT_KEYS, client.0)?;
    keys.sort_unstable_by_key(|k| k.version);
    Ok(keys)
}

/// Wraps a client's key by another root key; lost if somebody else did.
pub fn client_key_rewrap(
    client: ClientId,
    version: i64,
    from_root: i64,
    to_root: i64,
    wrapped: Vec<u8>,
) -> Statement {
    Statement {
        name: "client_key_rewrap",
        sql: sql::CLIENT_KEY_REWRAP,
        params: vec![
            client.into(),
            version.into(),
            from_root.into(),
            to_root.into(),
            wrapped.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Takes a client's key away that wraps nothing any more.
pub fn client_key_drop(client: ClientId, version: i64) -> Statement {
    Statement {
        name: "client_key_drop",
        sql: sql::CLIENT_KEY_DROP,
        params: vec![client.into(), version.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// The wrapped key of a person.
pub async fn person_key(
    store: &Store,
    client: ClientId,
    subject: Uuid,
    purpose: &str,
) -> Result<Option<PersonKeyRow>, StoreError> {
    Ok(maybe!(store, sql::PERSON_KEY, client.0, subject, purpose)?)
}

/// The wrapped keys of several people.
pub async fn person_keys(
    store: &Store,
    client: ClientId,
    subjects: &[Uuid],
    purpose: &str,
) -> Result<Vec<PersonRow>, StoreError> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    of_people(client, subjects, purpose).rows(store).await
}

pub(super) fn of_people(client: ClientId, subjects: &[Uuid], purpose: &str) -> Assembled {
    let mut all = Assembled::new(
        "SELECT subject, purpose, key_version, wrapped FROM person WHERE client_id = ",
    );
    all.bind(client.0).push(" AND purpose = ").bind(purpose);
    all.push(" AND subject IN (");
    for (i, subject) in subjects.iter().enumerate() {
        if i > 0 {
            all.push(", ");
        }
        all.bind(*subject);
    }
    all.push(")");
    all
}

/// When the key of a person was made, milliseconds; none if there is none.
pub async fn person_since(
    store: &Store,
    client: ClientId,
    subject: Uuid,
    purpose: &str,
) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = maybe!(store, sql::PERSON_SINCE, client.0, subject, purpose)?;
    Ok(row.map(|(at,)| at))
}

/// Keys of people that a version of the client's key wraps.
pub async fn people_under(
    store: &Store,
    client: ClientId,
    version: i64,
    limit: i64,
) -> Result<Vec<PersonRow>, StoreError> {
    Ok(rows!(store, sql::PEOPLE_UNDER, client.0, version, limit)?)
}

/// Wraps a person's key by another version of the client's key. One that was destroyed meanwhile
/// stays so.
pub fn person_rewrap(
    client: ClientId,
    row: &PersonRow,
    version: i64,
    wrapped: Vec<u8>,
) -> Statement {
    Statement {
        name: "person_rewrap",
        sql: sql::PERSON_REWRAP,
        params: vec![
            client.into(),
            row.subject.into(),
            row.purpose.as_str().into(),
            row.key_version.into(),
            version.into(),
            wrapped.into(),
        ],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Destroys a person's key.
pub fn person_destroy(client: ClientId, subject: Uuid, purpose: &str) -> Statement {
    Statement {
        name: "person_destroy",
        sql: sql::PERSON_DESTROY,
        params: vec![client.into(), subject.into(), purpose.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Removes what a person is found by.
pub fn index_drop(client: ClientId, subject: Uuid) -> Statement {
    Statement {
        name: "index_drop",
        sql: sql::INDEX_DROP,
        params: vec![client.into(), subject.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Who is found by a token.
pub async fn indexed(
    store: &Store,
    client: ClientId,
    token: &[u8],
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let found: Vec<(Uuid,)> = rows!(store, sql::INDEXED, client.0, token, limit)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// What is stored about a customer, with their wrapped key.
pub async fn contact(
    store: &Store,
    client: ClientId,
    customer: CustomerId,
) -> Result<Option<ContactRow>, StoreError> {
    Ok(maybe!(store, sql::CONTACT, client.0, customer.0)?)
}

/// Changes a contact that still is what the caller read.
pub fn contact_change(
    client: ClientId,
    customer: Uuid,
    before: &str,
    after: String,
    at_ms: i64,
) -> Statement {
    Statement {
        name: "contact_change",
        sql: sql::CONTACT_CHANGE,
        params: vec![
            client.into(),
            customer.into(),
            before.into(),
            after.into(),
            at_ms.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Seals a contact, or empties it, that still is what the caller read, and hashes the customer's
/// number.
pub fn contact_seal(
    client: ClientId,
    row: &CustomerRow,
    sealed: String,
    external: String,
) -> Statement {
    Statement {
        name: "contact_seal",
        sql: sql::CONTACT_SEAL,
        params: vec![
            client.into(),
            row.customer_id.into(),
            row.contact.as_str().into(),
            sealed.into(),
            external.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Empties a contact and the customer's number.
pub fn contact_erase(client: ClientId, customer: Uuid, external: &str, at_ms: i64) -> Statement {
    Statement {
        name: "contact_erase",
        sql: sql::CONTACT_ERASE,
        params: vec![
            client.into(),
            customer.into(),
            external.into(),
            at_ms.into(),
        ],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Customers in the order of their ids.
pub async fn customers_after(
    store: &Store,
    client: ClientId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<CustomerRow>, StoreError> {
    Ok(rows!(store, sql::CUSTOMERS_AFTER, client.0, after, limit)?)
}

/// One erasure.
pub async fn erasure(
    store: &Store,
    client: ClientId,
    id: Uuid,
) -> Result<Option<ErasureRow>, StoreError> {
    Ok(maybe!(store, sql::ERASURE, client.0, id)?)
}

/// Erasures of a client asked for at or before a moment, newest first.
pub async fn erasures(
    store: &Store,
    client: ClientId,
    until_ms: i64,
    limit: i64,
) -> Result<Vec<ErasureRow>, StoreError> {
    Ok(rows!(store, sql::ERASURES, client.0, until_ms, limit)?)
}

/// Erasures of one person.
pub async fn erasures_of(
    store: &Store,
    client: ClientId,
    subject: &[u8],
) -> Result<Vec<ErasureRow>, StoreError> {
    Ok(rows!(store, sql::ERASURES_OF, client.0, subject)?)
}

/// Erasures of all clients of which something is held and that are to be looked at again.
pub async fn erasures_due(
    store: &Store,
    now_ms: i64,
    limit: i64,
) -> Result<Vec<ErasureRow>, StoreError> {
    Ok(rows!(store, sql::ERASURES_DUE, now_ms, limit)?)
}

/// Moves an erasure on to `version`; lost if somebody else did.
pub fn erasure_move(row: &ErasureRow, version: i64) -> Statement {
    let target = row.target.map_or(Val::Null(Kind::Uuid), Val::Uuid);
    Statement {
        name: "erasure_move",
        sql: sql::ERASURE_MOVE,
        params: vec![
            row.client_id.into(),
            row.erasure_id.into(),
            row.version.into(),
            row.state.as_str().into(),
            target,
            row.look_at.into(),
            row.body.as_str().into(),
            version.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Who looked at a client's people, newest first.
pub async fn accesses(
    store: &Store,
    client: ClientId,
    until_ms: i64,
    limit: i64,
) -> Result<Vec<AccessRow>, StoreError> {
    Ok(rows!(store, sql::ACCESS_RECENT, client.0, until_ms, limit)?)
}

/// How often somebody gave a reason to look at an order since a moment.
pub async fn accesses_since(
    store: &Store,
    client: ClientId,
    order: Uuid,
    user: Uuid,
    since_ms: i64,
) -> Result<i64, StoreError> {
    Ok(number!(
        store,
        sql::ACCESS_SINCE,
        client.0,
        order,
        user,
        since_ms
    )?)
}

/// How far sealing a part of a client's data has come: after which id, and how many were sealed.
pub async fn seal_cursor(
    store: &Store,
    client: ClientId,
    part: &str,
) -> Result<Option<(Uuid, i64)>, StoreError> {
    Ok(maybe!(store, sql::SEAL_CURSOR, client.0, part)?)
}
