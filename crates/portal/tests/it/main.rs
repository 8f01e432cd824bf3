//! The portal as shoppers meet it: one binary for all journeys.
#![expect(
    clippy::unwrap_used,
    clippy::large_futures,
    reason = "a test that cannot go on fails, and a test thread has room"
)]

mod browser;
mod journey;
mod refund;
mod terms;
