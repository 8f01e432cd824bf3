//! Why a command or question had no result. Transport-free: one place in the `http` room turns
//! it into a status and a page.

use kernel::Permission;
use returns::Refusal;
use store::{StoreError, WriteError};

/// One wrong field of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field as the caller wrote it, e.g. `lines[0].units`.
    pub field: String,
    /// Message key: what would be right.
    pub help: &'static str,
}

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The domain says no; a normal outcome.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A policy does not go further on its way to a version.
    #[error(transparent)]
    Policy(#[from] policy::draft::Refusal),
    /// There is no such thing, or it is not in the caller's scope: the same answer for both.
    #[error("not found")]
    Missing,
    /// The thing is in scope, the right to do this is not.
    #[error("the permission {} is needed", .0.as_str())]
    Denied(Permission),
    /// The case changed since the caller read it.
    #[error("the case is at version {current} now")]
    Stale {
        /// Its version now.
        current: u64,
    },
    /// The quote the caller agreed to is another one now.
    #[error("the quote has changed")]
    Requoted(Box<returns::Revision>),
    /// Input that cannot be understood.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// The idempotency key was used for another request before.
    #[error("this idempotency key belongs to another request")]
    KeyReused,
    /// The same request under the same key is still being worked on.
    #[error("the first request under this idempotency key is still under way")]
    UnderWay,
    /// Too much at once; try again in a moment.
    #[error("busy")]
    Busy,
    /// Something failed that the caller cannot help; `detail` is for the log only.
    #[error("internal fault: {detail}")]
    Fault {
        /// For the log.
        detail: String,
    },
}

impl AppError {
    /// A wrong single field.
    pub fn field(field: impl Into<String>, help: &'static str) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.into(),
            help,
        }])
    }

    /// A fault with its detail for the log.
    pub fn fault(detail: impl std::fmt::Display) -> Self {
        Self::Fault {
            detail: detail.to_string(),
        }
    }
}

impl From<StoreError> for AppError {
    fn from(e: StoreError) -> Self {
        Self::fault(e)
    }
}

impl From<WriteError> for AppError {
    fn from(e: WriteError) -> Self {
        match e {
            WriteError::Busy => Self::Busy,
            other => Self::fault(other),
        }
    }
}

impl From<serde_json::Error> for AppError {
    fn from(e: serde_json::Error) -> Self {
        Self::fault(e)
    }
}
