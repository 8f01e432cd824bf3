//! The API as programs use it: one binary for all stories.
#![expect(
    clippy::unwrap_used,
    clippy::large_futures,
    reason = "a test that cannot go on has failed, and its stack is large enough"
)]

mod credit;
mod disputes;
mod house;
mod policies;
mod refused;
mod story;
