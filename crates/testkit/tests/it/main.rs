//! The house under test as a whole, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::large_futures,
    reason = "a test that cannot go on has failed, and its stack is large enough"
)]

mod approvals;
mod clocks;
mod crashpoints;
mod credit;
mod declarations;
mod disputes;
mod documents;
mod exchanges;
mod faults;
mod folders;
mod kept;
mod laws;
mod payouts;
mod plans;
mod policies;
mod privacy;
mod providers;
mod races;
mod real_data;
mod recon;
mod simulation;
mod statements;
mod story;
mod walls;
mod worker;
