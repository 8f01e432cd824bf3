//! Personal data as the application keeps it: sealed under one key per person, found by keyed
//! hashes, exported and erased on request. What is personal stands in `privacy::field`; the cipher
//! and the index are that room's. Here: the keys in use ([`vault`]), words inside events
//! ([`words`]), contacts ([`people`]), sealing what older versions stored in clear ([`old`]), access
//! ([`export`], [`access`]), erasure ([`erase`]) and the change of keys ([`rotate`]).

pub mod access;
pub mod erase;
pub mod erasure;
pub mod export;
pub mod old;
pub mod people;
pub mod restored;
pub mod rotate;
pub(crate) mod sealed;
pub(crate) mod vault;
pub(crate) mod words;

pub use access::{Act, Entry};
pub use erasure::{Certificate, Erasure, ErasureState, Held, Hold, Listed, Went};
pub use export::Export;
pub use people::Found;
