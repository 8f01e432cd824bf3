//! Bookings of a bank that carry no key of ours: payouts of providers in one sum, and what left the
//! account without a payment of ours behind it.

use crate::{Break, Cause, Covered, Kind, Terms};
use jiff::ToSpan as _;
use kernel::{Date, Money};
use std::collections::BTreeMap;

/// Days before its own day a payout may be booked, because two clocks may disagree.
const EARLY_DAYS: i64 = 1;
/// Days after it.
const LATE_DAYS: i64 = 10;

/// What a provider says it paid out in one sum: the sum of many payments, less refunds and fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// Names it in a break.
    pub subject: String,
    /// The provider, as a bank writes it.
    pub provider: String,
    /// The provider's number of it.
    pub reference: String,
    /// What should be on the account; negative where refunds came to more than sales.
    pub amount: Money,
    /// The day.
    pub on: Date,
}

/// One booking of a bank without a key of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Names it in a break.
    pub subject: String,
    /// How much; negative when it left the account.
    pub amount: Money,
    /// The booking day.
    pub on: Date,
    /// What the bank says about it.
    pub text: String,
    /// Whether the bank calls it a fee of its own.
    pub is_charge: bool,
}

impl Line {
    fn says(&self, word: &str) -> bool {
        !word.is_empty() && self.text.to_lowercase().contains(&word.to_lowercase())
    }

    fn is_near(&self, payout: &Payout) -> bool {
        let from = payout.on.checked_sub(EARLY_DAYS.days());
        let until = payout.on.checked_add(LATE_DAYS.days());
        self.amount.currency == payout.amount.currency
            && from.is_ok_and(|d| d <= self.on)
            && until.is_ok_and(|d| self.on <= d)
            && self.says(&payout.provider)
    }
}

/// What came of holding payouts against bookings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Payouts and the bookings they are, by their subjects.
    pub pairs: Vec<(String, String)>,
    /// What does not agree, each with the subject it is about.
    pub breaks: Vec<(String, Break)>,
}

/// Holds what providers say they paid out against what the bank booked, and looks for an explanation
/// of everything that left. `reported` says for each provider the days its reports are about: what it
/// pays out on other days is nobody's to explain. `terms` are those of the bank account.
pub fn judge_lines(
    payouts: &[Payout],
    lines: &[Line],
    reported: &BTreeMap<String, Covered>,
    terms: &Terms,
) -> Matched {
    let mut payouts: Vec<&Payout> = payouts.iter().filter(|p| p.amount.minor != 0).collect();
    payouts.sort_by(|a, b| (a.on, &a.subject).cmp(&(b.on, &b.subject)));
    let mut lines: Vec<&Line> = lines.iter().collect();
    lines.sort_by(|a, b| (a.on, &a.subject).cmp(&(b.on, &b.subject)));
    let mut out = Matched::default();
    // The surest first: amount and number, the amount alone, the number alone.
    let exact = |l: &Line, p: &Payout| l.is_near(p) && l.amount == p.amount;
    take(&mut payouts, &mut lines, &mut out, |l, p| {
        exact(l, p) && l.says(&p.reference)
    });
    take(&mut payouts, &mut lines, &mut out, exact);
    let mut differ = Matched::default();
    let before = payouts.clone();
    let known = lines.clone();
    take(&mut payouts, &mut lines, &mut differ, |l, p| {
        l.is_near(p) && l.says(&p.reference)
    });
    for (payout, line) in differ.pairs {
        let payout = before.iter().find(|p| p.subject == payout);
        let line = known.iter().find(|l| l.subject == line);
        if let Some((p, l)) = payout.zip(line) {
            let kind = (Kind::PayoutDiffers, Cause::AnswerDiffers);
            out.breaks
                .push(told(&p.subject, kind, p.amount, l.amount, l.on));
        }
    }
    for p in payouts {
        if terms.had_time(p.on) && !terms.began_before(p.on) {
            let none = Money::zero(p.amount.currency);
            let kind = (Kind::PayoutMissing, Cause::PayoutElsewhere);
            out.breaks
                .push(told(&p.subject, kind, p.amount, none, p.on));
        }
    }
    for l in lines {
        let none = Money::zero(l.amount.currency);
        // A payout comes days after the sales it is for, and its report with it.
        let unreported = |(provider, days): (&String, &Covered)| {
            l.says(provider) && l.on >= days.from && terms.had_time(l.on)
        };
        let kind = if reported.iter().any(unreported) {
            (Kind::PayoutUnreported, Cause::NotFetched)
        } else if l.amount.minor < 0 && l.is_charge {
            (Kind::ForeignDebit, Cause::BankCharge)
        } else if l.amount.minor < 0 && !reported.keys().any(|p| l.says(p)) {
            (Kind::ForeignDebit, Cause::NotOrdered)
        } else {
            continue;
        };
        out.breaks
            .push(told(&l.subject, kind, none, l.amount, l.on));
    }
    out
}

/// Takes the payouts and bookings that belong together out of both lists, each once.
fn take<'a>(
    payouts: &mut Vec<&'a Payout>,
    lines: &mut Vec<&'a Line>,
    out: &mut Matched,
    fits: impl Fn(&Line, &Payout) -> bool,
) {
    payouts.retain(|p| {
        let Some(at) = lines.iter().position(|l| fits(l, p)) else {
            return true;
        };
        let line = lines.remove(at);
        out.pairs.push((p.subject.clone(), line.subject.clone()));
        false
    });
}

fn told(
    subject: &str,
    (kind, cause): (Kind, Cause),
    expected: Money,
    found: Money,
    since: Date,
) -> (String, Break) {
    let told = Break {
        kind,
        cause,
        expected,
        found,
        since,
    };
    (subject.to_owned(), told)
}
