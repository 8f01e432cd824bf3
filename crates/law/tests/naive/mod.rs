//! A second, naive evaluator of the law, written from the guide to the rule data and the rule
//! data alone. It is slow, untyped and obvious on purpose: it exists to disagree with the real
//! evaluator. Nothing in here may use the crate under test.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

pub mod amounts;
pub mod answer;
pub mod book;
pub mod clock;
pub mod days;
pub mod facts;
pub mod judge;
pub mod random;
pub mod remedies;
pub mod select;
