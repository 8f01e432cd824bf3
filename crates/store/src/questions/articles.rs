//! The catalogue: goods an exchange may send out, found by number, product or beginnings of words.

use super::{maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId};
use sqlx::FromRow;
use uuid::Uuid;

/// An article.
#[derive(Debug, Clone, FromRow)]
pub struct ArticleRow {
    /// The client's article number.
    pub sku: String,
    /// What it is a variant of.
    pub product: String,
    /// Title.
    pub title: String,
    /// Units on the shelf.
    pub stock: i64,
    /// Of them, set aside.
    pub reserved: i64,
    /// Variant, prices and tax as JSON.
    pub body: String,
}

pub(crate) mod sql {
    super::super::sql! {
        ARTICLE = "SELECT sku, product, title, stock, reserved, body FROM article \
            WHERE client_id = $1 AND sku = $2";
        ARTICLES_OF_PRODUCT = "SELECT sku, product, title, stock, reserved, body FROM article \
            WHERE client_id = $1 AND product = $2 ORDER BY title, sku LIMIT $3";
        ARTICLES_AFTER = "SELECT sku, product, title, stock, reserved, body FROM article \
            WHERE client_id = $1 AND sku > $2 ORDER BY sku LIMIT $3";
        ARTICLES_FOUND = "SELECT a.sku, a.product, a.title, a.stock, a.reserved, a.body \
            FROM article_word w \
            JOIN article a ON a.client_id = w.client_id AND a.sku = w.sku \
            WHERE w.client_id = $1 AND w.word = $2 AND EXISTS (SELECT 1 FROM article_word x \
                WHERE x.client_id = $1 AND x.word = $3 AND x.sku = w.sku) \
            ORDER BY w.sku LIMIT $4";
        HOLDS_OF_CASE = "SELECT obligation_id, sku, case_id, units FROM shelf_hold \
            WHERE client_id = $1 AND case_id = $2 ORDER BY sku, obligation_id";
        RESERVED_DRIFT = "SELECT sku, CAST(sum(units) AS BIGINT) AS units FROM ( \
                SELECT sku, units FROM shelf_hold WHERE client_id = $1 \
                UNION ALL SELECT sku, -reserved FROM article WHERE client_id = $1) part \
            GROUP BY sku HAVING sum(units) <> 0";
        SET_RESERVED = "UPDATE article SET reserved = reserved + $3 \
            WHERE client_id = $1 AND sku = $2";
        FORGET_WORDS = "DELETE FROM article_word WHERE client_id = $1 AND sku = $2";
        RESERVE = "UPDATE article SET reserved = reserved + $3 \
            WHERE client_id = $1 AND sku = $2 AND stock - reserved >= $3";
        FREE = "UPDATE article SET reserved = reserved - $3 WHERE client_id = $1 AND sku = $2 \
            AND reserved >= $3";
        SEND = "UPDATE article SET reserved = reserved - $3, stock = stock - $3 \
            WHERE client_id = $1 AND sku = $2 AND reserved >= $3";
    }
}

/// Units of an article one exchange has set aside.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HoldRow {
    /// The obligation to send the goods.
    pub obligation_id: Uuid,
    /// The article.
    pub sku: String,
    /// The case of the exchange.
    pub case_id: Uuid,
    /// Units; 0 once they were sent or given up.
    pub units: i64,
}

/// What the exchanges of a case have set aside.
pub async fn holds_of_case(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<HoldRow>, StoreError> {
    Ok(rows!(store, sql::HOLDS_OF_CASE, client.0, case.0)?)
}

/// Articles and the units their `reserved` lacks of what exchanges have set aside; for audits and
/// rebuilds.
pub async fn reserved_drift(
    store: &Store,
    client: ClientId,
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(rows!(store, sql::RESERVED_DRIFT, client.0)?)
}

/// Adds what the `reserved` of an article lacks; for rebuilds.
pub fn add_reserved(client: ClientId, sku: &str, units: i64) -> Statement {
    moved("article_reserved", sql::SET_RESERVED, client, sku, units)
}

/// The article with this number.
pub async fn article(
    store: &Store,
    client: ClientId,
    sku: &str,
) -> Result<Option<ArticleRow>, StoreError> {
    Ok(maybe!(store, sql::ARTICLE, client.0, sku)?)
}

/// The variants of a product.
pub async fn of_product(
    store: &Store,
    client: ClientId,
    product: &str,
    limit: i64,
) -> Result<Vec<ArticleRow>, StoreError> {
    Ok(rows!(
        store,
        sql::ARTICLES_OF_PRODUCT,
        client.0,
        product,
        limit
    )?)
}

/// Articles in the order of their numbers, after this one.
pub async fn after(
    store: &Store,
    client: ClientId,
    sku: &str,
    limit: i64,
) -> Result<Vec<ArticleRow>, StoreError> {
    Ok(rows!(store, sql::ARTICLES_AFTER, client.0, sku, limit)?)
}

/// Articles with a word that begins like each of these two, which may be the same.
pub async fn found(
    store: &Store,
    client: ClientId,
    words: (&str, &str),
    limit: i64,
) -> Result<Vec<ArticleRow>, StoreError> {
    Ok(rows!(
        store,
        sql::ARTICLES_FOUND,
        client.0,
        words.0,
        words.1,
        limit
    )?)
}

/// Forgets how an article was found, before it is told anew.
pub fn forget_words(client: ClientId, sku: &str) -> Statement {
    Statement {
        name: "article_forget_words",
        sql: sql::FORGET_WORDS,
        params: vec![client.into(), sku.into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// The name of [`reserve`] in a lost write: too few are left.
pub const RESERVE: &str = "article_reserve";

/// Sets units aside; the write is lost if there are too few.
pub fn reserve(client: ClientId, sku: &str, units: i64) -> Statement {
    Statement {
        name: RESERVE,
        sql: sql::RESERVE,
        params: vec![client.into(), sku.into(), units.into()],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Units set aside are not needed after all.
pub fn free(client: ClientId, sku: &str, units: i64) -> Statement {
    moved("article_free", sql::FREE, client, sku, units)
}

/// Units set aside were sent.
pub fn send(client: ClientId, sku: &str, units: i64) -> Statement {
    moved("article_send", sql::SEND, client, sku, units)
}

fn moved(
    name: &'static str,
    sql: &'static str,
    client: ClientId,
    sku: &str,
    units: i64,
) -> Statement {
    Statement {
        name,
        sql,
        params: vec![client.into(), sku.into(), units.into()],
        returns: &[],
        expect: Expect::Any,
    }
}
