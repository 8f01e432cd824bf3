//! One payment: our state of it against the bookings that name it and the provider's last words.

use crate::{Believed, Booking, Break, Cause, Kind, Owed, Said, Source, Terms, Verdict, Way, Word};
use kernel::{Date, Money};

/// The bookings of one try that count: those of statements, and of notices the ones no statement
/// speaks of yet.
#[derive(Debug, Default)]
struct Try<'a> {
    out: Vec<&'a Booking>,
    back: Vec<&'a Booking>,
}

impl Try<'_> {
    /// Payments that are with the customer.
    fn live(&self) -> usize {
        self.out.len().saturating_sub(self.back.len())
    }
}

/// Every try with a booking, oldest first.
fn tries(bookings: &[Booking]) -> Vec<(u8, Try<'_>)> {
    let mut numbers: Vec<u8> = bookings.iter().map(|b| b.attempt).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let side = |attempt, way| {
        let of = |source| {
            let fits =
                move |b: &&Booking| b.attempt == attempt && b.way == way && b.source == source;
            let mut found: Vec<&Booking> = bookings.iter().filter(fits).collect();
            found.sort_by_key(|b| (b.on, b.amount.minor, b.amount.currency.code()));
            found
        };
        let stated = of(Source::Statement);
        if stated.is_empty() {
            of(Source::Notice)
        } else {
            stated
        }
    };
    let tried = |attempt| Try {
        out: side(attempt, Way::Out),
        back: side(attempt, Way::Back),
    };
    numbers.into_iter().map(|n| (n, tried(n))).collect()
}

/// Holds a payment of ours against everything that names it. At most one break comes of it: the
/// gravest, so that one fault is one piece of work.
pub fn judge(owed: &Owed, bookings: &[Booking], words: &[Word], terms: &Terms) -> Verdict {
    let tries = tries(bookings);
    let live: usize = tries.iter().map(|(_, t)| t.live()).sum();
    let broken = |kind, cause, found, since| {
        Verdict::Broken(Break {
            kind,
            cause,
            expected: match kind {
                Kind::PaidUnexpectedly | Kind::Unknown | Kind::Unheard => {
                    Money::zero(owed.amount.currency)
                }
                _ => should_be(owed),
            },
            found,
            since,
        })
    };
    if live > 1 {
        let within = tries.iter().any(|(_, t)| t.live() > 1);
        let cause = if within {
            Cause::CarriedOutTwice
        } else {
            Cause::EarlierTry
        };
        return broken(
            Kind::Doubled,
            cause,
            with_customer(&tries, owed),
            last(&tries, owed),
        );
    }
    if live == 1 {
        return one_live(owed, &tries, terms, broken);
    }
    let now = tries.iter().find(|(n, _)| *n == owed.attempt);
    if let Some((_, t)) = now.filter(|(_, t)| !t.back.is_empty()) {
        return came_back(owed, t, broken);
    }
    absent(owed, words, terms, broken)
}

/// What should be with the customer as our books have it.
fn should_be(owed: &Owed) -> Money {
    match owed.believed {
        Believed::Sent | Believed::Settled => owed.amount,
        Believed::Requested | Believed::Failed | Believed::Returned => {
            Money::zero(owed.amount.currency)
        }
    }
}

/// Exactly one payment is with the customer.
fn one_live(
    owed: &Owed,
    tries: &[(u8, Try<'_>)],
    terms: &Terms,
    broken: impl Fn(Kind, Cause, Money, Date) -> Verdict,
) -> Verdict {
    let Some((attempt, t)) = tries.iter().find(|(_, t)| t.live() == 1) else {
        return Verdict::Even;
    };
    // Of several in one try that were not all returned, the last one stayed.
    let Some(paid) = t.out.last() else {
        return Verdict::Even;
    };
    let unexpected = |cause| broken(Kind::PaidUnexpectedly, cause, paid.amount, paid.on);
    match owed.believed {
        Believed::Requested if owed.attempt == 0 => return unexpected(Cause::NotSentByUs),
        Believed::Requested | Believed::Failed => return unexpected(Cause::BookedAfterRefusal),
        _ if *attempt < owed.attempt => return unexpected(Cause::EarlierTry),
        _ if *attempt > owed.attempt => return unexpected(Cause::NotSentByUs),
        Believed::Returned if !terms.had_time(owed.since) => return Verdict::Waiting,
        Believed::Returned => {
            let cause = Cause::ReturnOnItsWay;
            return broken(Kind::ReturnMissing, cause, paid.amount, owed.since);
        }
        Believed::Sent | Believed::Settled => {}
    }
    if paid.amount.currency != owed.amount.currency {
        return broken(Kind::WrongCurrency, Cause::Converted, paid.amount, paid.on);
    }
    if paid.amount.minor != owed.amount.minor {
        let cause = difference(owed.amount.minor, paid.amount.minor);
        return broken(Kind::WrongAmount, cause, paid.amount, paid.on);
    }
    // Booked, and we have not taken it in yet: what tells us so may be on its way, but not for ever.
    match owed.believed {
        Believed::Settled => Verdict::Even,
        _ if terms.had_time(paid.on) => {
            broken(Kind::Unheard, Cause::MessageLost, paid.amount, paid.on)
        }
        _ => Verdict::Waiting,
    }
}

/// The present try was paid and came back, or its return is all that is seen of it.
fn came_back(
    owed: &Owed,
    t: &Try<'_>,
    broken: impl Fn(Kind, Cause, Money, Date) -> Verdict,
) -> Verdict {
    let Some(back) = t.back.last() else {
        return Verdict::Even;
    };
    // A return alone belongs to a payment from before the first statement; two of one payment do not.
    if t.back.len() > t.out.len().max(1) {
        return broken(Kind::Unknown, Cause::CarriedOutTwice, back.amount, back.on);
    }
    if matches!(owed.believed, Believed::Sent | Believed::Settled) {
        let none = Money::zero(owed.amount.currency);
        return broken(Kind::ReturnedLate, Cause::ReturnUnheard, none, back.on);
    }
    let out = t.out.last().map_or(owed.amount, |b| b.amount);
    // Of another currency than it went out in, the whole is in question.
    let kept = out.try_sub(back.amount).unwrap_or(out);
    if kept.minor == 0 {
        Verdict::Even
    } else {
        broken(Kind::WrongAmount, Cause::ReturnFee, kept, back.on)
    }
}

/// Nothing of the present try was booked.
fn absent(
    owed: &Owed,
    words: &[Word],
    terms: &Terms,
    broken: impl Fn(Kind, Cause, Money, Date) -> Verdict,
) -> Verdict {
    let none = Money::zero(owed.amount.currency);
    let said = words.iter().filter(|w| w.attempt == owed.attempt);
    let said = said.map(|w| w.said).max();
    match owed.believed {
        Believed::Requested | Believed::Failed | Believed::Returned => return Verdict::Even,
        // No statement ever came: the two sides there are agree.
        Believed::Settled if terms.covered.is_none() && said == Some(Said::Paid) => {
            return Verdict::Even;
        }
        // A payment of the days before the first statement was booked before it.
        Believed::Settled if terms.began_before(owed.since) && terms.covered.is_some() => {
            return Verdict::Even;
        }
        Believed::Sent | Believed::Settled if !terms.had_time(owed.since) => {
            return Verdict::Waiting;
        }
        Believed::Sent | Believed::Settled => {}
    }
    match said {
        Some(Said::Paid) => broken(Kind::PaidNotBooked, Cause::AnswerDiffers, none, owed.since),
        Some(Said::Failed) => broken(Kind::Missing, Cause::RefusalUnheard, none, owed.since),
        Some(Said::Returned) => broken(Kind::ReturnedLate, Cause::ReturnUnheard, none, owed.since),
        Some(Said::Accepted) => broken(Kind::Missing, Cause::BankIsLate, none, owed.since),
        None => broken(Kind::Missing, Cause::NeverArrived, none, owed.since),
    }
}

/// Holds bookings under a key nobody owes anything under against nothing: money that went and is
/// back is even; the rest is one break.
pub fn judge_unowed(bookings: &[Booking]) -> Verdict {
    let tries = tries(bookings);
    let all = tries.iter().flat_map(|(_, t)| t.out.iter().chain(&t.back));
    let Some(newest) = all.max_by_key(|b| (b.on, b.amount.minor)) else {
        return Verdict::Even;
    };
    let sum = |side: fn(&Try<'_>) -> i64| tries.iter().map(|(_, t)| side(t)).sum::<i64>();
    let minor = sum(|t| t.out.iter().map(|b| b.amount.minor).sum())
        - sum(|t| t.back.iter().map(|b| b.amount.minor).sum());
    if minor == 0 {
        return Verdict::Even;
    }
    Verdict::Broken(Break {
        kind: Kind::Unknown,
        cause: Cause::ForeignKey,
        expected: Money::zero(newest.amount.currency),
        found: Money::new(minor, newest.amount.currency),
        since: newest.on,
    })
}

/// What is with the customer, in our currency; of another one, its own figure.
fn with_customer(tries: &[(u8, Try<'_>)], owed: &Owed) -> Money {
    let mut sum = Money::zero(owed.amount.currency);
    for (_, t) in tries {
        for b in t.out.iter().skip(t.back.len()) {
            sum.minor = sum.minor.saturating_add(b.amount.minor);
        }
    }
    sum
}

/// The day of the newest payment out.
fn last(tries: &[(u8, Try<'_>)], owed: &Owed) -> Date {
    let out = tries.iter().flat_map(|(_, t)| &t.out);
    out.map(|b| b.on).max().unwrap_or(owed.since)
}

/// Why an amount differs, most likely.
fn difference(expected: i64, found: i64) -> Cause {
    let shifted = |a: i64, b: i64| {
        [10, 100, 1_000]
            .iter()
            .any(|f| a.checked_mul(*f) == Some(b))
    };
    if shifted(expected, found) || shifted(found, expected) {
        Cause::DecimalPoint
    } else if found > expected {
        Cause::ChargesAdded
    } else {
        Cause::ChargesTaken
    }
}
