//! Cursors of lists: the sort key of the last row, opaque outside. Not a secret and not signed:
//! what a cursor opens is still checked against the reader's scope.

use crate::{Problem, ui::FieldError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Longest cursor read, in characters.
const CURSOR_MAX: usize = 512;

/// Writes a sort key as a cursor for URLs.
pub fn encode<T: Serialize>(key: &T) -> String {
    // A key of plain values always serialises; an empty cursor means "from the start".
    data_encoding::BASE64URL_NOPAD.encode(&serde_json::to_vec(key).unwrap_or_default())
}

/// Reads a cursor; anything not written by [`encode`] for this key type is a 422.
pub fn decode<T: DeserializeOwned>(cursor: &str) -> Result<T, Problem> {
    let wrong = || {
        Problem::invalid(vec![FieldError::new(
            "cursor",
            "this cursor is not one of ours",
        )])
    };
    if cursor.len() > CURSOR_MAX {
        return Err(wrong());
    }
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(cursor.as_bytes())
        .map_err(|_| wrong())?;
    serde_json::from_slice(&bytes).map_err(|_| wrong())
}

/// The query of a list: `?cursor=…&limit=50`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PageQuery {
    /// Where to go on, from the answer before.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Rows wanted.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl PageQuery {
    /// Rows to give: 50 unless told, never more than 200.
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(50).clamp(1, 200)
    }

    /// The decoded cursor, if one was sent.
    pub fn after<T: DeserializeOwned>(&self) -> Result<Option<T>, Problem> {
        self.cursor
            .as_deref()
            .filter(|c| !c.is_empty())
            .map(decode)
            .transpose()
    }
}
