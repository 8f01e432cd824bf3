//! Tests of the return case from outside: worked examples, decisions, and random histories.

mod decisions;
mod histories;
mod money;
mod support;
