//! Payouts of providers against the bank, what left unexplained, and reports that are missing: from
//! days that agree no break comes, and every planted fault is found once, in any order.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::ToSpan as _;
use kernel::{Currency, Date, Money};
use proptest::prelude::*;
use reconcile::{
    Cause, Covered, Kind, Line, Matched, Payout, Rhythm, Statement, Terms, judge_lines,
    judge_reports,
};
use std::collections::BTreeMap;

/// A Monday.
const TODAY: Date = Date::constant(2026, 11, 23);

fn before(days: i64) -> Date {
    TODAY.checked_sub(days.days()).unwrap()
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn terms() -> Terms {
    Terms {
        patience: Terms::PATIENCE,
        covered: Some(Covered {
            from: before(40),
            until: before(1),
        }),
    }
}

fn reported() -> BTreeMap<String, Covered> {
    let days = Covered {
        from: before(40),
        until: before(2),
    };
    [("stripe".to_owned(), days)].into()
}

fn payout(n: usize, minor: i64, on: Date) -> Payout {
    Payout {
        subject: format!("stripe po_{n:02}"),
        provider: "stripe".into(),
        reference: format!("po_{n:02}"),
        amount: eur(minor),
        on,
    }
}

fn line(subject: &str, minor: i64, on: Date, text: &str) -> Line {
    Line {
        subject: subject.into(),
        amount: eur(minor),
        on,
        text: text.into(),
        is_charge: false,
    }
}

fn kinds(found: &Matched) -> Vec<(String, Kind)> {
    let mut all: Vec<_> = found
        .breaks
        .iter()
        .map(|(subject, b)| (subject.clone(), b.kind))
        .collect();
    all.sort();
    all
}

#[test]
fn what_left_without_us_is_a_break_and_a_fee_is_told_from_a_stranger() {
    let mut fee = line("bank fee", -450, before(3), "Entgelt");
    fee.is_charge = true;
    let lines = [
        fee,
        line("bank odd", -99_900, before(2), "Invoice 77"),
        line("bank in", 5_000, before(2), "Thank you"),
    ];
    let found = judge_lines(&[], &lines, &reported(), &terms());
    let causes: Vec<_> = found
        .breaks
        .iter()
        .map(|(_, b)| (b.kind, b.cause))
        .collect();
    assert_eq!(
        causes,
        [
            (Kind::ForeignDebit, Cause::BankCharge),
            (Kind::ForeignDebit, Cause::NotOrdered)
        ]
    );
}

#[test]
fn a_negative_payout_explains_its_debit() {
    let payouts = [payout(1, -12_000, before(5))];
    let lines = [line("bank 1", -12_000, before(4), "STRIPE po_01")];
    let found = judge_lines(&payouts, &lines, &reported(), &terms());
    assert_eq!(found.breaks, []);
    assert_eq!(found.pairs.len(), 1);
}

#[test]
fn a_payout_waits_as_long_as_the_bank_may_take() {
    let judged = |until: Date| {
        let terms = Terms {
            patience: 3,
            covered: Some(Covered {
                from: before(40),
                until,
            }),
        };
        kinds(&judge_lines(
            &[payout(1, 900, before(6))],
            &[],
            &reported(),
            &terms,
        ))
        .len()
    };
    // Paid out on Tuesday: Wednesday, Thursday and Friday are three banking days.
    assert_eq!(judged(before(4)), 0);
    assert_eq!(judged(before(3)), 1);
    // Where no statement was ever read, nothing is missing on it.
    let never = Terms {
        patience: 3,
        covered: None,
    };
    let found = judge_lines(&[payout(1, 900, before(6))], &[], &reported(), &never);
    assert_eq!(found.breaks, []);
}

/// Which fault is planted in a payout.
#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    NotBooked,
    AnotherAmount,
    NoReport,
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::NotBooked),
        1 => Just(Fault::AnotherAmount),
        1 => Just(Fault::NoReport),
    ]
}

proptest! {
    #[test]
    fn planted_faults_of_payouts_are_found_once_and_none_is_invented(
        faults in prop::collection::vec(fault(), 1..25),
        turned in any::<prop::sample::Index>(),
        named in any::<bool>(),
    ) {
        let (mut payouts, mut lines, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for (n, fault) in faults.iter().enumerate() {
            let on = before(30 - i64::try_from(n).unwrap());
            let arrives = on.checked_add(2.days()).unwrap();
            // Amounts apart from each other, so that what is missing in one is not found in another.
            let minor = 100_000 + i64::try_from(n).unwrap() * 1_000;
            let text = if named || matches!(fault, Fault::AnotherAmount) {
                format!("Stripe Payments po_{n:02}")
            } else {
                "STRIPE".to_owned()
            };
            let booked = format!("bank {n}");
            if !matches!(fault, Fault::NoReport) {
                payouts.push(payout(n, minor, on));
            }
            match fault {
                Fault::None => lines.push(line(&booked, minor, arrives, &text)),
                Fault::NotBooked if on <= before(6) => {
                    expected.push((format!("stripe po_{n:02}"), Kind::PayoutMissing));
                }
                Fault::NotBooked => {}
                Fault::AnotherAmount => {
                    lines.push(line(&booked, minor - 77, arrives, &text));
                    expected.push((format!("stripe po_{n:02}"), Kind::PayoutDiffers));
                }
                Fault::NoReport => {
                    lines.push(line(&booked, minor, arrives, &text));
                    if arrives <= before(6) {
                        expected.push((booked, Kind::PayoutUnreported));
                    }
                }
            }
        }
        expected.sort();
        let once = judge_lines(&payouts, &lines, &reported(), &terms());
        prop_assert_eq!(kinds(&once), expected.clone());
        let by = turned.index(payouts.len().max(1)).min(payouts.len());
        payouts.rotate_left(by);
        lines.reverse();
        let again = judge_lines(&payouts, &lines, &reported(), &terms());
        prop_assert_eq!(again, once);
    }
}

fn report(id: &str, number: Option<u64>, from: Date, until: Date) -> Statement {
    Statement {
        id: id.into(),
        from,
        until,
        number,
        opening: eur(0),
        closing: eur(0),
        booked_minor: 0,
    }
}

#[test]
fn a_report_left_out_is_missing_by_its_number_or_by_its_day() {
    let found = |reports: &[Statement], rhythm| {
        judge_reports(reports, rhythm, TODAY, &terms())
            .into_iter()
            .map(|(id, b)| (id, b.kind, b.since))
            .collect::<Vec<_>>()
    };
    // Batches count themselves: days without one are none of our business.
    let batches = [
        report("b1", Some(1), before(20), before(18)),
        report("b2", Some(2), before(10), before(8)),
        report("b4", Some(4), before(3), before(1)),
    ];
    let missing = found(&batches, Rhythm::Payouts);
    assert_eq!(missing, [("b2".to_owned(), Kind::ReportMissing, before(7))]);
    // Daily reports: the weekend is none, a Thursday is.
    let daily = |days: &[i64]| {
        let one = |d: &i64| report(&format!("d{d}"), None, before(*d), before(*d));
        found(&days.iter().map(one).collect::<Vec<_>>(), Rhythm::Daily)
    };
    assert_eq!(daily(&[7, 6, 5, 4, 3]), []);
    let missing = daily(&[7, 6, 5, 3]);
    assert_eq!(missing, [("d5".to_owned(), Kind::ReportMissing, before(4))]);
    // The newest is three banking days old.
    let missing = daily(&[7, 6, 5]);
    assert_eq!(missing, [("d5".to_owned(), Kind::ReportMissing, before(4))]);
    assert_eq!(found(&[], Rhythm::Daily), []);
}
