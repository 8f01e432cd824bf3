//! The desk over a real app on a temporary database, driven as a browser drives it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "it/acts.rs"]
mod acts;
#[path = "it/bench.rs"]
mod bench;
#[path = "it/blind.rs"]
mod blind;
#[path = "it/law.rs"]
mod law;
#[path = "it/pages.rs"]
mod pages;
#[path = "it/payouts.rs"]
mod payouts;
#[path = "it/preview.rs"]
mod preview;
#[path = "it/privacy.rs"]
mod privacy;
#[path = "it/rights.rs"]
mod rights;
#[path = "it/speech.rs"]
mod speech;
#[path = "it/windows.rs"]
mod windows;
