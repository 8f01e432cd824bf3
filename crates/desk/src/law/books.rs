//! Which law the pages speak of, its versions, and who signed a rule off: the one place that asks
//! the application for them.

use crate::frame::Desk;
use app::laws::SignOffRow;
use kernel::{ClientId, Date};
use law::{LawBook, RuleEntry};
use std::sync::Arc;

/// A version of the law that can be compared.
#[derive(Debug, Clone)]
pub struct Version {
    /// What addresses name it by: its digest.
    pub id: String,
    /// First day it decides new cases; `None` for the law as it was shipped.
    pub from: Option<Date>,
    /// The rules.
    pub book: Arc<LawBook>,
}

/// Whose law a reader sees: that of the one client they work for, else that of the house.
pub fn whose(desk: &Desk) -> Option<ClientId> {
    match desk.scope().clients() {
        Some([one]) => Some(*one),
        _ => None,
    }
}

/// The law new cases are opened under today.
pub fn current(desk: &Desk) -> Arc<LawBook> {
    desk.app.law_today(whose(desk))
}

/// Every version that decides or will decide new cases, newest first.
pub fn versions(desk: &Desk) -> Vec<Version> {
    let mut all: Vec<Version> = Vec::new();
    for (from, book) in desk.app.law_versions(whose(desk)) {
        let version = Version {
            id: book.version().to_owned(),
            from: (from > Date::MIN).then_some(from),
            book,
        };
        all.insert(0, version);
    }
    all
}

/// Who signed the rule off as it is worded.
pub fn signed(desk: &Desk, rule: &RuleEntry) -> Option<SignOffRow> {
    desk.app.signed_off(whose(desk), rule)
}
