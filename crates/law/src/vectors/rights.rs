//! Every right that fits a case, line by line, beside each other.

use super::{
    case::Case,
    evaluate::events,
    facts::{CaseFacts, FactError},
};
use crate::{LawBook, NoFloor, StandingRight};

/// The rights of one requested line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRights {
    /// Its name.
    pub line: String,
    /// Ended and exempt ones included, in the order of selection.
    pub rights: Vec<StandingRight>,
    /// The statement that there is no floor, where one is made.
    pub none: Option<NoFloor>,
}

/// The rights of every requested line.
///
/// # Errors
/// [`FactError`] when the facts contradict themselves or are out of bounds.
pub fn rights(book: &LawBook, facts: &CaseFacts) -> Result<Vec<LineRights>, FactError> {
    let case = Case::read(facts)?;
    let events = events(facts);
    let asked = case.lines.iter().filter(|l| l.requested);
    Ok(asked
        .map(|line| {
            let question = case.question(facts, line);
            let floor = book.entitlements(&question);
            let standing = |e| StandingRight::of(e, &events, question.holidays);
            LineRights {
                line: line.name.clone(),
                rights: floor.entitlements.iter().map(standing).collect(),
                none: floor.none,
            }
        })
        .collect())
}
