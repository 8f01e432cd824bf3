//! What is wrong with a policy before anybody publishes it.
//!
//! Here live: the check of one policy ([`check`]: below the law, gaps, rules that contradict each
//! other or that no order reaches) and the comparison of two versions ([`diff`]: who is better or
//! worse off). Both try orders at every edge of the policy and of the law and keep the simplest
//! one that shows the point. Not here: deciding cases, and anything that does I/O.

mod advice;
mod clause;
mod compare;
mod contradiction;
mod coverage;
mod diff;
mod finding;
mod grid;
mod ground;
mod order;
mod said;
mod statute;
mod undercut;

pub use clause::path_of;
pub use compare::{Dimension, money_days};
pub use diff::{Change, Direction, diff};
pub use finding::{Finding, Kind, Report, Undercut};
pub use order::Order;
pub use said::{Phrase, Said, Value};
pub use undercut::judge;

use jiff::civil::Date;
use kernel::Place;
use law::LawBook;
use policy::Policy;
use std::convert::Infallible;

/// What a policy is checked against.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// Only these places; empty: the countries the policy names, or every place the law knows.
    pub places: Vec<Place>,
}

/// Every finding about `policy` for orders from `on` on, the gravest first.
pub fn check(policy: &Policy, law: &LawBook, against: &Against, on: Date) -> Report {
    let Ok(report) = check_while::<Infallible>(policy, law, against, on, &mut |_, _| Ok(()));
    report
}

/// The same, telling how far it is of how much.
///
/// # Errors
/// What `progress` says to end it.
pub fn check_while<E>(
    policy: &Policy,
    law: &LawBook,
    against: &Against,
    on: Date,
    progress: &mut dyn FnMut(usize, usize) -> Result<(), E>,
) -> Result<Report, E> {
    let places = statute::places(policy.source(), law, against);
    let total = places.len() + 1;
    let mut at = |done| progress(done, total);
    let mut findings = undercut::find(policy, law, &places, on, &mut at)?;
    at(places.len())?;
    findings.extend(ground::unknown(policy.source()));
    findings.extend(contradiction::find(policy));
    findings.extend(coverage::find(policy, on));
    findings.sort_by_key(|f| f.kind);
    Ok(Report {
        policy: policy.hash().to_string(),
        law: law.version().to_owned(),
        places: places.len(),
        findings,
    })
}
