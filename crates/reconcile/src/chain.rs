//! The statements of one account in one currency: each begins where the one before ended, and its
//! bookings lead from its opening to its closing balance.

use crate::{Break, Cause, Kind, Terms, banking_days};
use kernel::{Currency, Date, Money};
use serde::{Deserialize, Serialize};

/// A statement of account. Its balances are in one currency, negative when overdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The bank's name of it.
    pub id: String,
    /// The first day it is about.
    pub from: Date,
    /// The last one.
    pub until: Date,
    /// The bank's number of it, where it counts them.
    pub number: Option<u64>,
    /// The balance it begins with.
    pub opening: Money,
    /// The balance it ends with.
    pub closing: Money,
    /// The sum of its bookings; what went out is negative.
    pub booked_minor: i64,
}

/// What does not hold in a chain of statements, each break with the id of the statement it shows
/// at. `waiting_since` is the oldest day a payment waits from, if one does: then a day without a
/// statement matters.
pub fn judge_chain(
    statements: &[Statement],
    waiting_since: Option<Date>,
    today: Date,
    terms: &Terms,
) -> Vec<(String, Break)> {
    let mut sorted: Vec<&Statement> = statements.iter().collect();
    sorted.sort_by(|a, b| (a.until, a.number, &a.id).cmp(&(b.until, b.number, &b.id)));
    sorted.dedup_by(|a, b| a.id == b.id);
    let mut found = Vec::new();
    for s in &sorted {
        let leads_to = s.opening.minor.saturating_add(s.booked_minor);
        if leads_to != s.closing.minor {
            let expected = Money::new(leads_to, s.closing.currency);
            let b = (
                Kind::DoesNotAddUp,
                Cause::BalanceChanged,
                expected,
                s.closing,
            );
            found.push(told(s, b));
        }
    }
    for pair in sorted.windows(2) {
        let (before, s) = (pair[0], pair[1]);
        if s.opening == before.closing {
            continue;
        }
        // Some banks number the statements of all accounts in one row, so a number left out is a
        // hint at the cause and nothing more.
        let left_out = match (before.number, s.number) {
            (Some(a), Some(b)) => b > a + 1,
            _ => false,
        };
        let cause = if left_out || banking_days(before.until, s.from) > 1 {
            Cause::StatementMissing
        } else {
            Cause::BalanceChanged
        };
        found.push(told(s, (Kind::Gap, cause, before.closing, s.opening)));
    }
    if let (Some(since), Some(newest)) = (waiting_since, sorted.last()) {
        let since = newest.until.max(since);
        let silent = judge_silence(since, today, newest.closing.currency, terms);
        found.extend(silent.map(|b| (newest.id.clone(), b)));
    }
    found
}

/// Whether payments wait for too long without a word of the bank, `since` the day they wait from
/// or the last statement, whichever is later.
pub fn judge_silence(since: Date, today: Date, currency: Currency, terms: &Terms) -> Option<Break> {
    let none = Money::zero(currency);
    (banking_days(since, today) > terms.patience).then_some(Break {
        kind: Kind::Silent,
        cause: Cause::NoFiles,
        expected: none,
        found: none,
        since,
    })
}

/// How often a provider's reports come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// One for each banking day at least.
    Daily,
    /// Whenever there is something to pay out; several days may pass without one.
    Payouts,
}

/// Which reports of a provider are missing, each break with the id of the report before the hole. Where
/// the provider counts its reports, their numbers tell; otherwise the days they are about.
pub fn judge_reports(
    reports: &[Statement],
    rhythm: Rhythm,
    today: Date,
    terms: &Terms,
) -> Vec<(String, Break)> {
    // Days between two reports, and from the newest to today, that need no explanation.
    let (between, open) = match rhythm {
        Rhythm::Daily => (1, 2),
        Rhythm::Payouts => (terms.patience, terms.patience * 2),
    };
    let mut sorted: Vec<&Statement> = reports.iter().collect();
    sorted.sort_by(|a, b| (a.until, a.number, &a.id).cmp(&(b.until, b.number, &b.id)));
    sorted.dedup_by(|a, b| a.id == b.id);
    let missing = |before: &Statement| {
        let none = Money::zero(before.closing.currency);
        let told = Break {
            kind: Kind::ReportMissing,
            cause: Cause::NotFetched,
            expected: none,
            found: none,
            since: before.until.tomorrow().unwrap_or(before.until),
        };
        (before.id.clone(), told)
    };
    let mut found = Vec::new();
    for pair in sorted.windows(2) {
        let (before, next) = (pair[0], pair[1]);
        let hole = match (before.number, next.number) {
            (Some(a), Some(b)) => b > a + 1,
            _ => banking_days(before.until, next.from) > between,
        };
        if hole {
            found.push(missing(before));
        }
    }
    if let Some(newest) = sorted.last()
        && banking_days(newest.until, today) > open
    {
        found.push(missing(newest));
    }
    found
}

fn told(
    statement: &Statement,
    (kind, cause, expected, found): (Kind, Cause, Money, Money),
) -> (String, Break) {
    let since = statement.from;
    let told = Break {
        kind,
        cause,
        expected,
        found,
        since,
    };
    (statement.id.clone(), told)
}
