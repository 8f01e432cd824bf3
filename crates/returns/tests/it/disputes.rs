//! Disputes: messages in any order and number give the same dispute, and what was given back by the
//! seller and by the buyer's bank together never grows beyond what was paid.

use crate::support::{id, input, order_in};
use kernel::{Actor, CaseId, Currency, DisputeId, Money, OrderId, Timestamp};
use proptest::prelude::*;
use returns::account::{AccountChange, OrderAccount};
use returns::dispute::{
    Dispute, DisputeEvent, DisputeWhat, News, Stage, State, count, postings, replay,
};
use returns::journal::{Account, Transfer, balance};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn news(stage: Stage, round: u8, second: i64) -> News {
    News {
        source: "adyen".into(),
        message: format!("{}/{second}/{round}", stage.as_str()).into(),
        at: at(second),
        stage,
        round,
        amount: None,
        reason: None,
        scheme: None,
        due_at: None,
        taken: None,
        step: stage.as_str().into(),
    }
}

fn heard(news: News, payment: &str) -> DisputeEvent {
    let what = DisputeWhat::DisputeHeard {
        provider: "adyen".into(),
        reference: "D1".into(),
        payments: vec![payment.into()],
        order_number: "A-1".into(),
        news,
    };
    event(what)
}

fn event(what: DisputeWhat) -> DisputeEvent {
    DisputeEvent {
        at: at(0),
        by: Actor::System,
        what,
    }
}

fn told(list: &[News]) -> Dispute {
    let events: Vec<DisputeEvent> = list.iter().map(|n| heard(n.clone(), "P1")).collect();
    replay(DisputeId(id(1)), &events).unwrap()
}

/// What a dispute says, without how often it was told.
fn said(d: &Dispute) -> impl PartialEq + std::fmt::Debug {
    (
        (d.state(), d.stage(), d.round, d.amount(), d.due_at()),
        (d.reason().to_owned(), d.scheme(), d.is_taken()),
        (d.payments.clone(), d.heard.clone(), d.was_reviewed),
    )
}

#[test]
fn the_life_of_a_chargeback_is_told_by_its_latest_message() {
    for (list, wants) in [
        (vec![(Stage::Inquiry, 0)], State::Inquiry),
        (
            vec![(Stage::Inquiry, 0), (Stage::InquiryClosed, 0)],
            State::Won,
        ),
        (vec![(Stage::NeedsResponse, 1)], State::NeedsResponse),
        (
            vec![(Stage::NeedsResponse, 1), (Stage::UnderReview, 1)],
            State::Submitted,
        ),
        (vec![(Stage::UnderReview, 1), (Stage::Lost, 1)], State::Lost),
        (
            vec![(Stage::NeedsResponse, 1), (Stage::Lost, 1)],
            State::Expired,
        ),
        (
            vec![(Stage::NeedsResponse, 1), (Stage::Lapsed, 1)],
            State::Expired,
        ),
        (
            vec![(Stage::UnderReview, 1), (Stage::Lapsed, 1)],
            State::Submitted,
        ),
        (vec![(Stage::NeedsResponse, 1), (Stage::Won, 1)], State::Won),
        (
            vec![(Stage::Reversed, 1), (Stage::NeedsResponse, 2)],
            State::NeedsResponse,
        ),
    ] {
        let list: Vec<News> = list
            .into_iter()
            .zip(0..)
            .map(|((stage, round), second)| news(stage, round, second))
            .collect();
        assert_eq!(told(&list).state(), wants, "{list:?}");
    }
}

#[test]
fn an_answer_counts_in_its_round() {
    let mut d = told(&[news(Stage::NeedsResponse, 1, 0)]);
    let submitted = DisputeWhat::DisputeSubmitted {
        round: 1,
        sha256: "".into(),
        note: "sent".into(),
    };
    d.apply(&event(submitted));
    assert_eq!(d.state(), State::Submitted);
    // The bank comes again.
    d.apply(&heard(news(Stage::NeedsResponse, 2, 9), "P1"));
    assert_eq!(d.state(), State::NeedsResponse);
    let accepted = DisputeWhat::DisputeAnswered {
        contest: false,
        round: 2,
        note: "small".into(),
    };
    d.apply(&event(accepted));
    assert_eq!(d.state(), State::Accepted);
    d.apply(&heard(news(Stage::Lost, 2, 20), "P1"));
    assert_eq!(d.state(), State::Accepted);
}

#[test]
fn another_currency_counts_the_whole_payment() {
    let lost = |amount| News {
        amount: Some(amount),
        ..news(Stage::Lost, 1, 0)
    };
    let link = |order| DisputeWhat::DisputeLinked {
        order,
        lines: Vec::new(),
        case: None,
        paid_minor: 5_000,
    };
    for (amount, wants) in [
        (Money::new(1_200, Currency::EUR), 1_200),
        (Money::new(9_900, Currency::EUR), 5_000),
        (Money::new(1_200, "USD".parse().unwrap()), 5_000),
    ] {
        let mut d = told(&[lost(amount)]);
        assert_eq!(d.owed_minor(Currency::EUR), 0);
        d.apply(&event(link(OrderId(id(2)))));
        assert_eq!(d.owed_minor(Currency::EUR), wants);
    }
}

#[test]
fn what_was_lost_on_a_line_is_not_given_back_with_it() {
    let order = order_in(
        "DE",
        "EUR",
        &[input(1000, 1, &[]), input(3000, 1, &[])],
        0,
        true,
        &[],
    );
    let mut account = OrderAccount::open(&order);
    let (case, dispute) = (CaseId(id(9)), CaseId(id(7)));
    for line in [0, 1] {
        let run = account.free_runs(&order, line, 1).unwrap()[0];
        account
            .post(&order, case, AccountChange::Claimed { line, run })
            .unwrap();
    }
    let (entries, lost) = count(&order, &mut account, dispute, &[0], (0, 1_000), 2).unwrap();
    assert_eq!((entries.len(), lost), (1, 1_000));
    // The order could still give 30.00, but the line nothing.
    assert_eq!(account.ceiling(&order, case, 0, 1), 0);
    assert_eq!(account.ceiling(&order, case, 1, 1), 3_000);
    let (back, lost) = count(&order, &mut account, dispute, &[0], (1_000, 0), 3).unwrap();
    assert_eq!((back.len(), lost), (1, 0));
    assert_eq!(account.ceiling(&order, case, 0, 1), 1_000);
    let moved: Vec<Transfer> = postings(&[&entries[..], &back[..]].concat())
        .iter()
        .map(|p| p.transfer)
        .collect();
    assert_eq!(moved.len(), 2);
    assert_eq!(balance(&moved, Account::Chargebacks), 0);
    assert_eq!(balance(&moved, Account::Clearing), 0);
}

fn any_news() -> impl Strategy<Value = News> {
    let stage = prop::sample::select(Stage::ALL);
    let amount = prop::option::of((1_i64..9_000).prop_map(|m| Money::new(m, Currency::EUR)));
    (
        stage,
        0_u8..3,
        0_i64..6,
        amount,
        prop::option::of(0_i64..9),
        any::<bool>(),
    )
        .prop_map(|(stage, round, second, amount, due, taken)| News {
            amount,
            due_at: due.map(|d| at(1_000 + d)),
            reason: taken.then(|| "13.1".into()),
            taken: taken.then_some(round > 0),
            ..news(stage, round, second)
        })
}

proptest! {
    #[test]
    fn messages_in_any_order_and_number_give_the_same_dispute(
        (list, other) in prop::collection::vec(any_news(), 1..12).prop_flat_map(|list| {
            let mut twice = list.clone();
            twice.extend(list.iter().take(4).cloned());
            (Just(list), Just(twice).prop_shuffle())
        })
    ) {
        // A name says one thing: the first message of each name is the message.
        let mut names = Vec::new();
        let mut list = list;
        list.retain(|n| !names.contains(&n.message) && { names.push(n.message.clone()); true });
        let other: Vec<News> = other
            .iter()
            .map(|o| list.iter().find(|n| n.message == o.message).unwrap().clone())
            .collect();
        prop_assert_eq!(format!("{:?}", said(&told(&list))), format!("{:?}", said(&told(&other))));
    }

    #[test]
    fn refunds_and_lost_disputes_stay_within_what_was_paid(
        steps in prop::collection::vec((0_u8..4, 0_u16..3, 0_i64..5_000, any::<bool>()), 1..40)
    ) {
        let lines = [input(1000, 2, &[]), input(700, 1, &[]), input(1999, 1, &[])];
        let order = order_in("DE", "EUR", &lines, 0, true, &[]);
        let mut account = OrderAccount::open(&order);
        let case = CaseId(id(9));
        for line in 0..3 {
            let units = order.line(line).unwrap().quantity;
            let run = account.free_runs(&order, line, units).unwrap()[0];
            account.post(&order, case, AccountChange::Claimed { line, run }).unwrap();
        }
        let (mut taken, mut transfers) = ([0_i64; 2], Vec::new());
        for (n, (kind, line, minor, named)) in (1_u64..).zip(steps) {
            if kind < 2 {
                // A grant; the account says no to what is too much.
                let grant = AccountChange::Granted { line, units: 0, minor };
                if account.post(&order, case, grant).is_ok() {
                    let sold = order.line(line).map_or(0, |l| l.worth(0, l.quantity));
                    let claim = account.claim_of(case, line).map_or(0, |c| c.granted_minor);
                    prop_assert!(minor == 0 || claim + account.lost_on(line) <= sold);
                    let owed = account.refunded_minor + account.pending_minor;
                    prop_assert!(minor == 0 || owed + account.chargebacks_lost_minor <= account.captured_minor);
                }
                continue;
            }
            // A dispute gets lost, won back, or is about other lines.
            let which = usize::from(kind - 2);
            let (stream, about) = (CaseId(id(70 + u128::from(kind))), [line]);
            let about = if named { &about[..] } else { &[] };
            let (entries, counted) =
                count(&order, &mut account, stream, about, (taken[which], minor), n).unwrap();
            taken[which] = counted;
            transfers.extend(postings(&entries).iter().map(|p| p.transfer));
            let lost: i64 = account.lost_to(stream).iter().map(|l| l.minor).sum();
            prop_assert_eq!(lost, counted);
            prop_assert!(counted <= minor);
            prop_assert_eq!(account.chargebacks_lost_minor, taken.iter().sum::<i64>());
            prop_assert!(account.chargebacks_lost_minor <= account.captured_minor);
            for line in 0..3 {
                let worth = order.line(line).map_or(0, |l| l.worth(0, l.quantity));
                prop_assert!(account.lost_on(line) <= worth);
            }
            // The books say the same.
            prop_assert_eq!(balance(&transfers, Account::Chargebacks), taken.iter().sum::<i64>());
        }
    }
}
