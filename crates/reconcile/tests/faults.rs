//! From random clean days no break comes; every fault planted in one is found once, as what it is,
//! whatever the order of the bookings.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::ToSpan as _;
use kernel::{Currency, Date, Money};
use proptest::prelude::*;
use reconcile::{
    Believed, Booking, Break, Cause, Covered, Kind, Owed, Said, Source, Statement, Terms, Verdict,
    Way, Word, judge, judge_chain, judge_unowed,
};

/// A Monday; the world of these tests begins three weeks before it.
const TODAY: Date = Date::constant(2026, 11, 23);

/// One payment with its three sides, agreeing.
#[derive(Debug, Clone)]
struct Payment {
    owed: Owed,
    bookings: Vec<Booking>,
    words: Vec<Word>,
}

/// What is true of a payment before anybody plants a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    NotSent,
    OnItsWay,
    Paid,
    Refused,
    CameBack,
    CameBackAndPaidAgain,
}

const STORIES: &[Story] = &[
    Story::NotSent,
    Story::OnItsWay,
    Story::Paid,
    Story::Refused,
    Story::CameBack,
    Story::CameBackAndPaidAgain,
];

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn before(days: i64) -> Date {
    TODAY.checked_sub(days.days()).unwrap()
}

fn booking(attempt: u8, way: Way, amount: Money, on: Date) -> Booking {
    Booking {
        attempt,
        way,
        amount,
        on,
        source: Source::Statement,
    }
}

fn terms() -> Terms {
    let covered = Covered {
        from: before(21),
        until: before(1),
    };
    Terms {
        patience: Terms::PATIENCE,
        covered: Some(covered),
    }
}

/// A clean payment. `day` days ago it was booked, `notified` it was told of twice.
fn clean(story: Story, minor: i64, day: i64, notified: bool) -> Payment {
    let amount = eur(minor);
    let word = |attempt, said| Word { attempt, said };
    let owed = |attempt, believed, since| Owed {
        attempt,
        amount,
        believed,
        since,
    };
    let out = |attempt, day| booking(attempt, Way::Out, amount, before(day));
    let back = |attempt, day| booking(attempt, Way::Back, amount, before(day));
    let (owed, mut bookings, words) = match story {
        Story::NotSent => (owed(0, Believed::Requested, before(day)), vec![], vec![]),
        // Sent on Friday: one banking day is not too long.
        Story::OnItsWay => (
            owed(1, Believed::Sent, before(3)),
            vec![],
            vec![word(1, Said::Accepted)],
        ),
        Story::Paid => (
            owed(1, Believed::Settled, before(day)),
            vec![out(1, day)],
            vec![word(1, Said::Accepted), word(1, Said::Paid)],
        ),
        Story::Refused => (
            owed(1, Believed::Failed, before(day)),
            vec![],
            vec![word(1, Said::Failed)],
        ),
        Story::CameBack => (
            owed(1, Believed::Returned, before(day - 3)),
            vec![out(1, day), back(1, day - 3)],
            vec![word(1, Said::Returned)],
        ),
        Story::CameBackAndPaidAgain => (
            owed(2, Believed::Settled, before(day - 4)),
            vec![out(1, day), back(1, day - 3), out(2, day - 4)],
            vec![word(1, Said::Returned), word(2, Said::Accepted)],
        ),
    };
    if notified {
        let told: Vec<Booking> = bookings
            .iter()
            .map(|b| Booking {
                source: Source::Notice,
                ..b.clone()
            })
            .collect();
        bookings.extend(told);
    }
    Payment {
        owed,
        bookings,
        words,
    }
}

fn payments() -> impl Strategy<Value = Payment> {
    let story = prop::sample::select(STORIES);
    (story, 1..5_000_000_i64, 8..20_i64, any::<bool>())
        .prop_map(|(story, minor, day, notified)| clean(story, minor, day, notified))
}

/// A fault, and what it has to be found as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Missing,
    NotBookedThoughPaid,
    Doubled,
    BothTries,
    More,
    Less,
    Foreign,
    LateReturn,
    BookedAfterRefusal,
    SentByNobody,
    ReturnNeverCame,
    ReturnFee,
}

const FAULTS: &[(Fault, Kind)] = &[
    (Fault::Missing, Kind::Missing),
    (Fault::NotBookedThoughPaid, Kind::PaidNotBooked),
    (Fault::Doubled, Kind::Doubled),
    (Fault::BothTries, Kind::Doubled),
    (Fault::More, Kind::WrongAmount),
    (Fault::Less, Kind::WrongAmount),
    (Fault::Foreign, Kind::WrongCurrency),
    (Fault::LateReturn, Kind::ReturnedLate),
    (Fault::BookedAfterRefusal, Kind::PaidUnexpectedly),
    (Fault::SentByNobody, Kind::PaidUnexpectedly),
    (Fault::ReturnNeverCame, Kind::ReturnMissing),
    (Fault::ReturnFee, Kind::WrongAmount),
];

fn planted(fault: Fault, minor: i64, day: i64, notified: bool) -> Payment {
    let like = |story| clean(story, minor, day, notified);
    let mut p = match fault {
        Fault::BookedAfterRefusal => like(Story::Refused),
        Fault::SentByNobody => like(Story::NotSent),
        Fault::ReturnNeverCame | Fault::ReturnFee => like(Story::CameBack),
        Fault::BothTries => like(Story::CameBackAndPaidAgain),
        _ => like(Story::Paid),
    };
    let amount = p.owed.amount;
    let change = |p: &mut Payment, to: Money| {
        let out = p.bookings.iter_mut().filter(|b| b.way == Way::Out);
        out.for_each(|b| b.amount = to);
    };
    match fault {
        Fault::Missing => {
            p.bookings.clear();
            p.words.clear();
        }
        Fault::NotBookedThoughPaid => p.bookings.clear(),
        Fault::Doubled => p
            .bookings
            .push(booking(1, Way::Out, amount, before(day - 1))),
        Fault::BothTries => p.bookings.retain(|b| b.way == Way::Out),
        Fault::ReturnNeverCame => {
            p.bookings.retain(|b| b.way == Way::Out);
            p.owed.since = before(day);
        }
        Fault::More => change(&mut p, eur(minor + 35)),
        Fault::Less => change(&mut p, eur(minor - 1)),
        Fault::Foreign => change(&mut p, Money::new(minor, Currency::GBP)),
        Fault::LateReturn => p
            .bookings
            .push(booking(1, Way::Back, amount, before(day - 5))),
        Fault::BookedAfterRefusal | Fault::SentByNobody => {
            p.bookings
                .push(booking(1, Way::Out, amount, before(day - 2)));
        }
        Fault::ReturnFee => {
            let back = p.bookings.iter_mut().filter(|b| b.way == Way::Back);
            back.for_each(|b| b.amount = eur(minor - 1));
        }
    }
    p
}

fn found(payments: &[Payment]) -> Vec<(usize, Break)> {
    let judged = payments
        .iter()
        .map(|p| judge(&p.owed, &p.bookings, &p.words, &terms()));
    let broken = judged.enumerate().filter_map(|(i, v)| match v {
        Verdict::Broken(b) => Some((i, b)),
        Verdict::Even | Verdict::Waiting => None,
    });
    broken.collect()
}

proptest! {
    #[test]
    fn none_is_invented(day in prop::collection::vec(payments(), 0..60)) {
        prop_assert_eq!(found(&day), vec![]);
    }

    #[test]
    fn every_planted_fault_is_found_once_in_any_order(
        mut day in prop::collection::vec(payments(), 0..30),
        faults in prop::collection::vec(
            (prop::sample::select(FAULTS), 2..5_000_000_i64, 8..20_i64, any::<bool>(), any::<prop::sample::Index>()),
            0..20,
        ),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut expected: Vec<(usize, Kind)> = Vec::new();
        for ((fault, kind), minor, booked, notified, at) in faults {
            let at = at.index(day.len() + 1);
            day.insert(at, planted(fault, minor, booked, notified));
            for (i, _) in &mut expected {
                *i += usize::from(*i >= at);
            }
            expected.push((at, kind));
        }
        expected.sort_unstable();
        let once = found(&day);
        let kinds: Vec<(usize, Kind)> = once.iter().map(|(i, b)| (*i, b.kind)).collect();
        prop_assert_eq!(&kinds, &expected);
        for p in &mut day {
            let by = seed.index(p.bookings.len().max(1));
            let by = by.min(p.bookings.len());
            p.bookings.rotate_left(by);
            p.bookings.reverse();
            p.words.reverse();
        }
        prop_assert_eq!(found(&day), once);
    }
}

#[test]
fn patience_ends_with_covered_banking_days_and_not_with_the_calendar() {
    let sent = |since| Owed {
        attempt: 1,
        amount: eur(100),
        believed: Believed::Sent,
        since,
    };
    let covered = |until| Terms {
        patience: 3,
        covered: Some(Covered {
            from: before(21),
            until,
        }),
    };
    let thursday = Date::constant(2026, 11, 19);
    let judged = |until| judge(&sent(thursday), &[], &[], &covered(until));
    // Friday and the weekend are one banking day, Monday the second, Tuesday the third.
    for (until, waits) in [(22, true), (23, true), (24, false)] {
        let verdict = judged(Date::constant(2026, 11, until));
        assert_eq!(verdict == Verdict::Waiting, waits, "{until}: {verdict:?}");
    }
    let never = Terms {
        patience: 3,
        covered: None,
    };
    let old = sent(before(90));
    assert_eq!(
        judge(&old, &[], &[], &never),
        Verdict::Waiting,
        "no statement ever came"
    );
}

#[test]
fn a_suggested_cause_follows_the_difference_and_the_words() {
    let paid = |amount: i64| {
        let mut p = clean(Story::Paid, 4_990, 9, false);
        p.bookings[0].amount = eur(amount);
        let Verdict::Broken(b) = judge(&p.owed, &p.bookings, &p.words, &terms()) else {
            panic!("{amount} is not as ordered");
        };
        b.cause
    };
    for (amount, cause) in [
        (5_025, Cause::ChargesAdded),
        (4_955, Cause::ChargesTaken),
        (49_900, Cause::DecimalPoint),
        (499, Cause::DecimalPoint),
    ] {
        assert_eq!(paid(amount), cause, "{amount}");
    }
    for (said, cause) in [
        (None, Cause::NeverArrived),
        (Some(Said::Accepted), Cause::BankIsLate),
        (Some(Said::Failed), Cause::RefusalUnheard),
    ] {
        let mut p = clean(Story::Paid, 4_990, 9, false);
        p.words = said
            .map(|said| Word { attempt: 1, said })
            .into_iter()
            .collect();
        let Verdict::Broken(b) = judge(&p.owed, &[], &p.words, &terms()) else {
            panic!("nothing was booked");
        };
        assert_eq!((b.kind, b.cause), (Kind::Missing, cause));
    }
}

#[test]
fn a_key_nobody_owes_under_is_one_break_until_the_money_is_back() {
    let out = booking(1, Way::Out, eur(700), before(4));
    let Verdict::Broken(b) = judge_unowed(std::slice::from_ref(&out)) else {
        panic!("it is unknown");
    };
    assert_eq!((b.kind, b.found), (Kind::Unknown, eur(700)));
    let back = booking(1, Way::Back, eur(700), before(2));
    assert_eq!(judge_unowed(&[out, back]), Verdict::Even);
}

/// Statements of working days whose balances follow from each other.
fn chain(moves: &[i64]) -> Vec<Statement> {
    let mut balance = 1_000_000;
    let mut list = Vec::new();
    for (i, moved) in moves.iter().enumerate() {
        let day = before(21)
            .checked_add((i64::try_from(i).unwrap()).days())
            .unwrap();
        list.push(Statement {
            id: format!("S{i}"),
            from: day,
            until: day,
            number: Some(u64::try_from(i).unwrap() + 1),
            opening: eur(balance),
            closing: eur(balance + moved),
            booked_minor: *moved,
        });
        balance += moved;
    }
    list
}

proptest! {
    #[test]
    fn a_chain_breaks_where_a_statement_is_left_out_and_nowhere_else(
        moves in prop::collection::vec(-50_000..50_000_i64, 3..20),
        gone in any::<prop::sample::Index>(),
        numbered in any::<bool>(),
    ) {
        let mut list = chain(&moves);
        if !numbered {
            for s in &mut list {
                s.number = None;
            }
        }
        prop_assert_eq!(judge_chain(&list, None, TODAY, &terms()), vec![]);
        let at = 1 + gone.index(moves.len() - 2);
        list.remove(at);
        list.reverse();
        let found = judge_chain(&list, None, TODAY, &terms());
        // One that moved nothing leaves no trace.
        if moves[at] == 0 {
            prop_assert_eq!(found, vec![]);
        } else {
            let kinds: Vec<(String, Kind)> =
                found.into_iter().map(|(id, b)| (id, b.kind)).collect();
            prop_assert_eq!(kinds, vec![(format!("S{}", at + 1), Kind::Gap)]);
        }
    }
}

#[test]
fn sums_that_do_not_lead_to_the_balance_and_days_without_a_statement_are_told() {
    let mut list = chain(&[-100, -200, -300]);
    list[1].booked_minor = -150;
    let found = judge_chain(&list, None, TODAY, &terms());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0.as_str(), found[0].1.kind),
        ("S1", Kind::DoesNotAddUp)
    );
    let whole = chain(&[-100, -200, -300]);
    let silent = judge_chain(&whole, Some(before(20)), TODAY, &terms());
    assert_eq!(
        silent.iter().map(|(_, b)| b.kind).collect::<Vec<_>>(),
        [Kind::Silent]
    );
    assert_eq!(
        judge_chain(&whole, Some(before(2)), TODAY, &terms()),
        vec![],
        "nothing waits that long"
    );
}

#[test]
fn what_was_paid_and_not_heard_of_waits_for_its_message_and_not_for_ever() {
    let judged = |booked: i64| {
        let mut p = clean(Story::Paid, 4_990, booked, false);
        p.owed.believed = Believed::Sent;
        judge(&p.owed, &p.bookings, &[], &terms())
    };
    // Booked on Thursday: Friday is one covered banking day.
    assert_eq!(judged(4), Verdict::Waiting);
    // On Tuesday: three.
    let Verdict::Broken(b) = judged(6) else {
        panic!("nobody heard of it");
    };
    assert_eq!((b.kind, b.cause), (Kind::Unheard, Cause::MessageLost));
    assert_eq!((b.expected, b.found), (eur(0), eur(4_990)));
}
