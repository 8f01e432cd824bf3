//! Questions put together for as many clients as the caller may see: text and parameters grow
//! side by side, the same on both engines, so that a test can look at their plans too.

use crate::{Engine, Store, StoreError, Val, wall};
use sqlx::{AssertSqlSafe, FromRow, postgres::PgRow, sqlite::SqliteRow};
use std::fmt::Write as _;

/// A query with its parameters, on either engine.
macro_rules! bound {
    ($query:expr, $params:expr) => {{
        let mut query = $query;
        for param in $params {
            query = match param {
                Val::Int(v) => query.bind(v),
                Val::Uuid(v) => query.bind(v),
                Val::Text(v) => query.bind(v),
                Val::Bytes(v) => query.bind(v),
                // No question asks for what is absent.
                Val::Null(_) => query.bind(None::<i64>),
            };
        }
        query
    }};
}

/// A text with its parameters. Texts come from this crate alone; values are always bound.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    sql: String,
    params: Vec<Val>,
}

impl Assembled {
    /// Begins with this text.
    pub(crate) fn new(text: &'static str) -> Self {
        Self {
            sql: text.to_owned(),
            params: Vec::new(),
        }
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.sql.push_str(text);
        self
    }

    /// Adds a parameter.
    pub(crate) fn bind(&mut self, value: impl Into<Val>) -> &mut Self {
        self.params.push(value.into());
        let _ = write!(self.sql, "${}", self.params.len());
        self
    }

    /// The text, for the test of its plan.
    pub(crate) fn into_text(self) -> String {
        self.sql
    }

    /// All rows.
    pub(crate) async fn rows<R>(self, store: &Store) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let Self { sql, params } = self;
        Ok(match store.engine() {
            Engine::Lite(pool) => {
                let query = sqlx::query_as(AssertSqlSafe(sql));
                bound!(query, params).fetch_all(pool).await
            }
            Engine::Pg(pool) => {
                let query = sqlx::query_as(AssertSqlSafe(wall::walled_question(&sql)));
                let query = bound!(query, params).bind(wall::seen().to_string());
                query.fetch_all(pool).await
            }
        }?)
    }
}
