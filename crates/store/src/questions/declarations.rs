//! Declarations of consumers: personal data, apart from events. Who declared what, whether it was
//! acknowledged, and the case it led to.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId, DeclarationId};
use sqlx::FromRow;
use uuid::Uuid;

/// One declaration.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct DeclarationRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub declaration_id: Uuid,
    /// The number given to the consumer.
    pub code: String,
    /// The form it was made with; one form makes one declaration.
    pub form_key: String,
    /// `withdrawal` or `revocation`.
    pub kind: String,
    /// `open`, `matched` or `closed`.
    pub state: String,
    /// The contract as the consumer named it.
    pub order_ref: String,
    /// Who declared.
    pub name: String,
    /// Where the acknowledgement goes.
    pub email: String,
    /// The language it was made in.
    pub lang: String,
    /// The goods it names; empty for the whole contract.
    pub goods: String,
    /// The record, byte for byte what is hashed.
    pub record: String,
    /// SHA-256 of the record, hex.
    pub sha256: String,
    /// When it came in, milliseconds.
    pub received_at: i64,
    /// The day it came in, for the client.
    pub received_on: String,
    /// When it was acknowledged, milliseconds; 0 if it was not yet.
    pub acknowledged_at: i64,
    /// Events so far; the lock of its changes.
    pub version: i64,
    /// The case it led to.
    pub case_id: Option<Uuid>,
    /// Why it was closed without a case; empty if it was not.
    pub note: String,
}

impl std::fmt::Debug for DeclarationRow {
    // It holds a person's name and address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DeclarationRow({} {})", self.code, self.state)
    }
}

pub(crate) mod sql {
    super::super::sql! {
        DECLARATION = "SELECT client_id, declaration_id, code, form_key, kind, state, order_ref, \
            name, email, lang, goods, record, sha256, received_at, received_on, acknowledged_at, \
            version, case_id, note FROM declaration WHERE client_id = $1 AND declaration_id = $2";
        DECLARATION_OF_FORM = "SELECT client_id, declaration_id, code, form_key, kind, state, \
            order_ref, name, email, lang, goods, record, sha256, received_at, received_on, \
            acknowledged_at, version, case_id, note FROM declaration \
            WHERE client_id = $1 AND form_key = $2";
        DECLARATION_ACKNOWLEDGE = "UPDATE declaration SET acknowledged_at = $4, version = $3 + 1 \
            WHERE client_id = $1 AND declaration_id = $2 AND version = $3";
        DECLARATION_MATCH = "UPDATE declaration SET state = 'matched', case_id = $4, \
            version = $3 + 1 WHERE client_id = $1 AND declaration_id = $2 AND version = $3 \
            AND state = 'open'";
        DECLARATION_ERASE = "UPDATE declaration SET order_ref = '', name = '', email = '', \
            goods = '', record = '', note = '' WHERE client_id = $1 AND declaration_id = $2";
        DECLARATION_SEAL = "UPDATE declaration SET order_ref = '', name = '', email = '', \
            goods = '', record = $4, note = $5 \
            WHERE client_id = $1 AND declaration_id = $2 AND record = $3";
        DECLARATIONS_AFTER = "SELECT client_id, declaration_id, code, form_key, kind, state, \
            order_ref, name, email, lang, goods, record, sha256, received_at, received_on, \
            acknowledged_at, version, case_id, note FROM declaration \
            WHERE client_id = $1 AND declaration_id > $2 ORDER BY declaration_id LIMIT $3";
        DECLARATION_CLOSE = "UPDATE declaration SET state = 'closed', note = $4, \
            version = $3 + 1 WHERE client_id = $1 AND declaration_id = $2 AND version = $3 \
            AND state = 'open'";
    }
}

/// The declaration with this id.
pub async fn by_id(
    store: &Store,
    client: ClientId,
    id: DeclarationId,
) -> Result<Option<DeclarationRow>, StoreError> {
    Ok(maybe!(store, sql::DECLARATION, client.0, id.0)?)
}

/// The declaration a form made.
pub async fn by_form(
    store: &Store,
    client: ClientId,
    form_key: &str,
) -> Result<Option<DeclarationRow>, StoreError> {
    Ok(maybe!(store, sql::DECLARATION_OF_FORM, client.0, form_key)?)
}

fn change(name: &'static str, sql: &'static str, row: &DeclarationRow) -> Statement {
    Statement {
        name,
        sql,
        params: vec![
            row.client_id.into(),
            row.declaration_id.into(),
            row.version.into(),
        ],
        returns: &[],
        // The version guards it: somebody else was first, and the whole write is undone.
        expect: Expect::Some,
    }
}

/// Records the acknowledgement of the version in `row`.
pub fn acknowledge(row: &DeclarationRow, at_ms: i64) -> Statement {
    let mut statement = change("declaration_acknowledge", sql::DECLARATION_ACKNOWLEDGE, row);
    statement.params.push(at_ms.into());
    statement
}

/// Records the case the version in `row` led to.
pub fn matched(row: &DeclarationRow, case: CaseId) -> Statement {
    let mut statement = change("declaration_match", sql::DECLARATION_MATCH, row);
    statement.params.push(case.0.into());
    statement
}

/// Closes the version in `row` without a case.
pub fn close(row: &DeclarationRow, note: &str) -> Statement {
    let mut statement = change("declaration_close", sql::DECLARATION_CLOSE, row);
    statement.params.push(note.into());
    statement
}

/// Takes out what was said in a declaration.
pub fn erase(client: ClientId, id: DeclarationId) -> Statement {
    Statement {
        name: "declaration_erase",
        sql: sql::DECLARATION_ERASE,
        params: vec![client.into(), id.0.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// Seals a declaration that still is what the caller read.
pub fn seal(before: &DeclarationRow, sealed: &DeclarationRow) -> Statement {
    Statement {
        name: "declaration_seal",
        sql: sql::DECLARATION_SEAL,
        params: vec![
            before.client_id.into(),
            before.declaration_id.into(),
            before.record.as_str().into(),
            sealed.record.as_str().into(),
            sealed.note.as_str().into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Declarations in the order of their ids.
pub async fn after(
    store: &Store,
    client: ClientId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<DeclarationRow>, StoreError> {
    Ok(rows!(
        store,
        sql::DECLARATIONS_AFTER,
        client.0,
        after,
        limit
    )?)
}

/// Declarations in one state over several clients, oldest first, after the cursor
/// `(received_at, id)`.
pub async fn in_state(
    store: &Store,
    clients: &[ClientId],
    state: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<DeclarationRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    listed(clients, state, after, limit).rows(store).await
}

pub(super) fn listed(
    clients: &[ClientId],
    state: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Assembled {
    let mut all = Assembled::new("SELECT * FROM (");
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 {
            "SELECT * FROM (SELECT "
        } else {
            " UNION ALL SELECT * FROM (SELECT "
        });
        all.push(
            "client_id, declaration_id, code, form_key, kind, state, order_ref, name, email, lang, \
             goods, record, sha256, received_at, received_on, acknowledged_at, version, case_id, \
             note FROM declaration WHERE client_id = ",
        );
        all.bind(client.0).push(" AND state = ").bind(state);
        all.push(" AND (received_at, declaration_id) > (")
            .bind(after.0);
        all.push(", ").bind(after.1);
        all.push(") ORDER BY received_at, declaration_id LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(") part ORDER BY received_at, declaration_id LIMIT ")
        .bind(limit);
    all
}
