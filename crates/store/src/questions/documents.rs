//! Documents: credit notes and their corrections, by number, case and order. Rows are never
//! changed.

use super::{maybe, number, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId, DocumentId, OrderId};
use sqlx::FromRow;
use uuid::Uuid;

/// A document without its content.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DocumentHead {
    /// Which.
    pub document_id: Uuid,
    /// Position in the client's series, from 1.
    pub number: i64,
    /// Of which case.
    pub case_id: Uuid,
    /// Of which order.
    pub order_id: Uuid,
    /// For which payment.
    pub obligation_id: Uuid,
    /// Which turn of its money: 1 paid, 2 came back, 3 paid again …
    pub turn: i64,
    /// `credit_note` or `correction`.
    pub kind: String,
    /// The number as it is printed.
    pub name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// With tax, minor units; negative for a correction.
    pub gross_minor: i64,
    /// The tax inside, minor units.
    pub tax_minor: i64,
    /// When it was issued, milliseconds.
    pub issued_at: i64,
    /// SHA-256 of the XML, hex; of the content where there is no XML.
    pub sha256: String,
    /// How long the XML is; 0 where there is none.
    pub xml_chars: i64,
}

/// The content of a document; personal data.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct DocumentContent {
    /// Its figures and parties as JSON.
    pub body: String,
    /// UBL; empty where the document cannot be one.
    pub xml: String,
    /// Who bought: under whose key for papers it is sealed.
    pub customer_id: Uuid,
}

impl std::fmt::Debug for DocumentContent {
    // It holds a person's name and address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DocumentContent({} bytes)", self.body.len())
    }
}

/// A document of an order: which payment it is for and what it says.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct DocumentOfOrder {
    /// Position in the client's series.
    pub number: i64,
    /// Which.
    pub document_id: Uuid,
    /// Of which case.
    pub case_id: Uuid,
    /// For which payment.
    pub obligation_id: Uuid,
    /// Which turn of its money.
    pub turn: i64,
    /// Its figures and parties as JSON.
    pub body: String,
}

pub(crate) mod sql {
    super::super::sql! {
        DOCUMENT_LAST = "SELECT number FROM document WHERE client_id = $1 \
            ORDER BY number DESC LIMIT 1";
        DOCUMENTS = "SELECT document_id, number, case_id, order_id, obligation_id, turn, kind, \
            name, currency, gross_minor, tax_minor, issued_at, sha256, CAST(length(xml) AS BIGINT) AS xml_chars \
            FROM document WHERE client_id = $1 AND number > $2 ORDER BY number LIMIT $3";
        DOCUMENT = "SELECT document_id, number, case_id, order_id, obligation_id, turn, kind, \
            name, currency, gross_minor, tax_minor, issued_at, sha256, CAST(length(xml) AS BIGINT) AS xml_chars \
            FROM document WHERE client_id = $1 AND document_id = $2";
        DOCUMENTS_OF_CASE = "SELECT document_id, number, case_id, order_id, obligation_id, turn, \
            kind, name, currency, gross_minor, tax_minor, issued_at, sha256, \
            CAST(length(xml) AS BIGINT) AS xml_chars \
            FROM document WHERE client_id = $1 AND case_id = $2 ORDER BY issued_at, number";
        DOCUMENTS_OF_ORDER = "SELECT number, document_id, case_id, obligation_id, turn, body \
            FROM document WHERE client_id = $1 AND order_id = $2 ORDER BY issued_at, number";
        DOCUMENT_CONTENT = "SELECT d.body, d.xml, o.customer_id FROM document d \
            JOIN sales_order o ON o.client_id = d.client_id AND o.order_id = d.order_id \
            WHERE d.client_id = $1 AND d.document_id = $2";
        DOCUMENT_CONTENTS = "SELECT d.document_id, d.body, d.xml, o.customer_id FROM document d \
            JOIN sales_order o ON o.client_id = d.client_id AND o.order_id = d.order_id \
            WHERE d.client_id = $1 AND d.document_id > $2 ORDER BY d.document_id LIMIT $3";
        DOCUMENT_SEAL = "UPDATE document SET body = $4, xml = $5 \
            WHERE client_id = $1 AND document_id = $2 AND body = $3";
        DOCUMENT_COUNT = "SELECT count(*) FROM document WHERE client_id = $1";
    }
}

/// The last number given; 0 before the first.
pub async fn last(store: &Store, client: ClientId) -> Result<i64, StoreError> {
    let found: Option<(i64,)> = maybe!(store, sql::DOCUMENT_LAST, client.0)?;
    Ok(found.map_or(0, |row| row.0))
}

/// How many documents there are: as many as the last number says, or one is missing.
pub async fn count(store: &Store, client: ClientId) -> Result<i64, StoreError> {
    Ok(number!(store, sql::DOCUMENT_COUNT, client.0)?)
}

/// Documents of a client after a number, in their order.
pub async fn after(
    store: &Store,
    client: ClientId,
    number: i64,
    limit: i64,
) -> Result<Vec<DocumentHead>, StoreError> {
    Ok(rows!(store, sql::DOCUMENTS, client.0, number, limit)?)
}

/// One document.
pub async fn by_id(
    store: &Store,
    client: ClientId,
    id: DocumentId,
) -> Result<Option<DocumentHead>, StoreError> {
    Ok(maybe!(store, sql::DOCUMENT, client.0, id.0)?)
}

/// Documents of a case, in their order.
pub async fn of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<DocumentHead>, StoreError> {
    // Sorted here: to have them in order, SQLite would walk all of the client.
    let mut found: Vec<DocumentHead> = rows!(store, sql::DOCUMENTS_OF_CASE, client.0, case.0)?;
    found.sort_unstable_by_key(|d| d.number);
    Ok(found)
}

/// Documents of an order, in their order.
pub async fn of_order(
    store: &Store,
    client: ClientId,
    order: OrderId,
) -> Result<Vec<DocumentOfOrder>, StoreError> {
    let mut found: Vec<DocumentOfOrder> = rows!(store, sql::DOCUMENTS_OF_ORDER, client.0, order.0)?;
    found.sort_unstable_by_key(|d| d.number);
    Ok(found)
}

/// The content of a document.
pub async fn content(
    store: &Store,
    client: ClientId,
    id: DocumentId,
) -> Result<Option<DocumentContent>, StoreError> {
    Ok(maybe!(store, sql::DOCUMENT_CONTENT, client.0, id.0)?)
}

/// A document with its content, for work on all of them.
#[derive(Clone, FromRow)]
pub struct StoredDocument {
    /// Which.
    pub document_id: Uuid,
    /// Its figures and parties as JSON.
    pub body: String,
    /// UBL.
    pub xml: String,
    /// Who bought.
    pub customer_id: Uuid,
}

/// Documents with their content in the order of their ids.
pub async fn contents_after(
    store: &Store,
    client: ClientId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<StoredDocument>, StoreError> {
    Ok(rows!(
        store,
        sql::DOCUMENT_CONTENTS,
        client.0,
        after,
        limit
    )?)
}

/// Seals a document that was stored in clear.
pub fn seal(client: ClientId, id: Uuid, before: &str, body: String, xml: String) -> Statement {
    Statement {
        name: "document_seal",
        sql: sql::DOCUMENT_SEAL,
        params: vec![
            client.into(),
            id.into(),
            before.into(),
            body.into(),
            xml.into(),
        ],
        returns: &[],
        expect: Expect::Some,
    }
}
