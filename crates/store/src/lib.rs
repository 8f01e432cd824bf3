//! Every SQL text of Redress, for SQLite (embedded default) and PostgreSQL.
//!
//! Here live: the schema, the one write path ([`Store::write`]: batches of rows and statements,
//! all or nothing, group-committed on SQLite, one statement on PostgreSQL) and the questions the
//! app asks. Rows are kernel types and opaque JSON text; what they mean is the app's business.
//! Nothing here decides anything, and nothing outside this crate names `sqlx` or `rusqlite`.
//!
//! Guards are constraints, not reads: a stale case version, a stale order account, a used
//! idempotency key or a refund above the ceiling violates a key or check, and [`WriteError`]
//! says which. So a command needs one round trip to load and one to store.

pub mod backup;
mod groups_postgres;
mod parts_postgres;
pub mod questions;
mod read;
mod schema;
mod sqlite_writer;
pub mod tables;
mod value;
mod wall;
mod write;
mod writer_postgres;

pub use read::{Engine, EngineKind, Store, StoreError, WriteWatch};
pub use value::{Kind, Val};
pub use wall::{carried, seeing};
pub use write::{Batch, Expect, Removal, Statement, Write, WriteError, Written};
