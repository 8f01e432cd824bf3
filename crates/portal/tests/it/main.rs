//! The portal as shoppers meet it: one binary for all journeys.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod browser;
mod journey;
mod refund;
mod terms;
