//! The conformance corpus of refund arithmetic: cases in TOML (`corpus/README.md`), read, played
//! through `returns` and compared figure by figure.
//!
//! Here live the form of a case file, how it becomes an order, and how steps are played. No
//! figure is computed here: the arithmetic is `returns::refund`. Nothing here does I/O.

mod compare;
mod figures;
mod form;
mod order;
mod play;
mod read;
mod terms;

pub use compare::Mismatch;
pub use form::Case;
pub use read::{Fault, read};

/// What playing a file came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Cases in which every figure agreed.
    pub passed: usize,
    /// Cases in which one did not.
    pub failed: usize,
    /// Every figure that did not.
    pub mismatches: Vec<Mismatch>,
}

impl Report {
    /// Adds what another file came to.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.mismatches.extend(other.mismatches);
    }
}

/// Reads a case file and plays every case in it.
pub fn evaluate(text: &str) -> Result<Report, Fault> {
    let mut report = Report::default();
    for case in read(text)? {
        let mismatches = play::play(&case, text)?;
        if mismatches.is_empty() {
            report.passed += 1;
        } else {
            report.failed += 1;
        }
        report.mismatches.extend(mismatches);
    }
    Ok(report)
}
