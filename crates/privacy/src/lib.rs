//! Which data is personal, how it is sealed under the key of one person, how it is found without
//! being readable, and what an erasure leaves behind. Pure: random bytes are arguments.
//!
//! Three keys stand above each other: a root key outside the database wraps one key per client,
//! which wraps one key per person. Whoever destroys the person's key has erased the person from
//! every copy of the data; what is counted, hashed and proven stays.
//!
//! Here live: the table of personal fields ([`field`]), keys and sealing ([`key`]), texts that
//! stand inside events ([`text`]), and the blind index ([`index`]). No storage, no clock.

pub mod field;
pub mod index;
pub mod key;
pub mod text;

pub use field::{Field, Treatment};
pub use index::IndexKey;
pub use key::{Key, NONCE, Place, Purpose, Unreadable};
