//! The house under test as a whole, on both engines.

mod races;
mod simulation;
mod statements;
mod story;
