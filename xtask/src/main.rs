//! Checks that are tests live in `tests/`.
fn main() {}
