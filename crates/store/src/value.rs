//! The four column kinds both engines share, and a value of one of them.

use uuid::Uuid;

/// A column kind. Every column of the schema is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 64-bit integer.
    Int,
    /// UUID: native on PostgreSQL, 16 bytes on SQLite.
    Uuid,
    /// Text, JSON included.
    Text,
    /// Bytes.
    Bytes,
}

/// A value on its way into a row, or back out of a `RETURNING`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Val {
    /// SQL NULL of a kind.
    Null(Kind),
    /// An integer.
    Int(i64),
    /// A UUID.
    Uuid(Uuid),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Val {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Null(kind) => *kind,
            Self::Int(_) => Kind::Int,
            Self::Uuid(_) => Kind::Uuid,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }

    /// The integer, if it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(v) = self {
            Some(*v)
        } else {
            None
        }
    }

    /// The UUID, if it is one.
    pub fn uuid(&self) -> Option<Uuid> {
        if let Self::Uuid(v) = self {
            Some(*v)
        } else {
            None
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(v) = self {
            Some(v)
        } else {
            None
        }
    }

    /// The bytes, if they are.
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(v) = self {
            Some(v)
        } else {
            None
        }
    }
}

impl From<i64> for Val {
    fn from(v: i64) -> Self {
        Self::Int(v)
    }
}

impl From<Uuid> for Val {
    fn from(v: Uuid) -> Self {
        Self::Uuid(v)
    }
}

impl From<String> for Val {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}

impl From<&str> for Val {
    fn from(v: &str) -> Self {
        Self::Text(v.to_owned())
    }
}

impl From<Vec<u8>> for Val {
    fn from(v: Vec<u8>) -> Self {
        Self::Bytes(v)
    }
}

impl From<kernel::ClientId> for Val {
    fn from(v: kernel::ClientId) -> Self {
        Self::Int(v.0)
    }
}

impl From<Option<i64>> for Val {
    fn from(v: Option<i64>) -> Self {
        v.map_or(Self::Null(Kind::Int), Self::Int)
    }
}
