//! Checks of the house itself, run as tests by `cargo test`.
//!
//! Each module holds one kind of check as functions from what was found to a list of findings,
//! with tests that they find something; `tests/house.rs` runs them over this repository. A
//! finding says where it is and what to do. Nothing here is compiled into the product.

pub mod direction;
pub mod documents;
pub mod literals;
pub mod purity;
pub mod repository;
pub mod schema;
pub mod sources;
