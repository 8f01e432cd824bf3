//! Tests of the return case from outside: worked examples, decisions, and random histories.
#![expect(missing_docs, reason = "a test binary")]

mod decisions;
mod histories;
mod money;
mod support;
