//! Every right that fits a case, line by line, beside each other: what a person compares before
//! one of them is used.

use super::{
    case::Case,
    evaluate::events,
    facts::{CaseFacts, FactError},
};
use crate::{DueDate, Entitlement, LawBook, NoFloor};

/// A right of one line, with the day its refund is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRight {
    /// The right.
    pub right: Entitlement,
    /// When the money must be back, were this right used; `None` where the law fixes no number of
    /// days or what starts them has not happened.
    pub due: Option<DueDate>,
}

/// The rights of one requested line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRights {
    /// Its name.
    pub line: String,
    /// Ended and exempt ones included, in the order of selection.
    pub rights: Vec<LineRight>,
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
            let with_due = |right: Entitlement| {
                let clock = right.refund_clock.filter(|_| right.is_usable());
                let due = clock.and_then(|clock| clock.due(&events, question.holidays));
                LineRight { right, due }
            };
            LineRights {
                line: line.name.clone(),
                rights: floor.entitlements.into_iter().map(with_due).collect(),
                none: floor.none,
            }
        })
        .collect())
}
