//! The app as tests need it: on SQLite and PostgreSQL, with a clock that is set by hand, random
//! bits from a seed, and an outside world that does as it is told and remembers what was done.
//!
//! A dev-dependency only. Nothing here is shipped.

#![expect(
    clippy::large_futures,
    reason = "tests hold whole cases in their futures, one at a time"
)]

pub mod engine;
pub mod fixture;
pub mod outside;
pub mod sim;
pub mod world;

pub use engine::{Engine, both};
pub use fixture::{ALFA, BRAVO, Fixture};
pub use outside::{Behaviour, ScriptedBank, ScriptedTill};
pub use world::{Crash, World};
