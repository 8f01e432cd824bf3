//! The API as programs use it: one binary for all stories.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod approvals;
mod credit;
mod disputes;
mod house;
mod policies;
mod refused;
mod story;
