//! The real `redress` process under faults: killed under load, stopped, started twice, lied to,
//! and with its records changed behind its back.
//!
//! Every test sets up a house of its own on a real disk (`target/tmp`) or in a database of its own
//! on the server named by `REDRESS_TEST_PG`, and speaks to the process as others do: HTTP,
//! signals, the command line. Nothing here sleeps to wait; it asks until a deadline.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod abuse;
mod backups;
mod client;
mod house;
mod identity;
mod kills;
mod load;
mod nodes;
mod privacy;
mod providers;
mod refused;
mod restarts;
mod rights;
mod server;
mod tampered;
