//! Reconciliation: what banks and providers report is kept as it came (`take`), once a day the
//! sides are held against each other (`day`), and people work through what does not agree
//! (`worklist`). Whether sides agree is decided in `reconcile`.

mod day;
mod lines;
pub(crate) mod log;
mod look;
mod manual;
mod take;
mod worklist;

pub use day::Progress;
pub use lines::{Age, PayoutView, days_old};
pub use ports::{
    AccountEntry, AccountReport, Balances, FileFault, LooseEntry, LooseKind, NumberedEntry,
};
pub use store::questions::recon::{
    BreakRow, DayRow, EntryRow, LineRow, NoteRow, RunRow, StatementRow, WordRow,
};
pub use take::{FILE_MAX, ReportTaken};
pub use worklist::{Act, BreakPage, BreakPlace, Closing, OpenBreaks};

use kernel::Money;
use store::Val;
use uuid::Uuid;

/// Providers that pay out in sums; an account of this name is the balance one of them keeps, and what a
/// bank says about a payout names it.
pub(crate) const PROVIDERS: [&str; 3] = ["stripe", "adyen", "paypal"];

/// How payments whose bookings stand on this account are paid: a provider, or the bank.
fn way_of(account: &str) -> &str {
    PROVIDERS
        .into_iter()
        .find(|p| *p == account)
        .unwrap_or(BY_BANK)
}

/// The way of payments whose bookings a bank statement shows one by one.
const BY_BANK: &str = "iso20022";

/// States of a break that somebody has to do something about.
const OPEN: [&str; 2] = ["open", "taken"];

/// How far back statements are looked at for gaps, days.
const CHAIN_DAYS: i64 = 40;

/// What is at stake in a break, minor units of the currency it is counted in.
pub fn stake(row: &BreakRow) -> i64 {
    if row.found_currency == row.currency {
        row.expected_minor
            .saturating_sub(row.found_minor)
            .saturating_abs()
    } else {
        row.expected_minor
    }
}

/// An amount as rows keep it; none for a currency that does not exist any more.
fn money(minor: i64, currency: &str) -> Option<Money> {
    currency.parse().ok().map(|c| Money::new(minor, c))
}

fn uuid(id: Option<Uuid>) -> Val {
    id.map_or(Val::Null(store::Kind::Uuid), Val::Uuid)
}

/// The row of a break.
pub(crate) fn break_values(row: &BreakRow) -> Vec<Val> {
    vec![
        row.client_id.into(),
        row.break_id.into(),
        row.rev.into(),
        row.state.as_str().into(),
        row.currency.as_str().into(),
        row.kind.as_str().into(),
        row.cause.as_str().into(),
        row.subject.as_str().into(),
        uuid(row.obligation_id),
        uuid(row.case_id),
        row.expected_minor.into(),
        row.found_minor.into(),
        row.found_currency.as_str().into(),
        row.since_on.as_str().into(),
        uuid(row.by_user),
        row.reason.as_str().into(),
        row.opened_at.into(),
        row.updated_at.into(),
    ]
}

/// What was done to make a version of a break.
struct Noted<'a> {
    by: Option<Uuid>,
    act: &'a str,
    reason: &'a str,
    note: &'a str,
}
