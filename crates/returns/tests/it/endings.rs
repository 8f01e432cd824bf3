//! How a case ends and lives again, and goods nobody announced: told apart, judged, recounted.

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, LEAD, ask, day, e22};
use policy::{Grade, ReturnReason};
use returns::{Command, Count, Disposition, Effect, Path, RefusalCode, Status, What};

const DAY: &str = "2026-11-14";

fn count(line: u16, units: u32) -> Vec<Count> {
    vec![Count { line, units }]
}

fn receive(line: u16, units: u32) -> Command {
    Command::Receive {
        parcel: None,
        counts: count(line, units),
        strays: vec![],
        complete: false,
    }
}

fn grade_and_put_away(shop: &mut Shop, line: u16, units: u32) {
    let grade = Command::Grade {
        line,
        units,
        grade: Grade::A,
        accept: true,
        wrong_item: false,
        note: None,
    };
    shop.send(Some(0), &grade, DAY, AGENT).unwrap();
    let dispose = Command::Dispose {
        line,
        units,
        grade: Grade::A,
        disposition: Disposition::Restock,
    };
    shop.send(Some(0), &dispose, DAY, AGENT).unwrap();
}

/// A return of one of two units of line 0, settled and put away.
fn finished() -> Shop {
    let mut shop = Shop::new(e22("US"), "inspected");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    shop.send(Some(0), &receive(0, 1), DAY, AGENT).unwrap();
    grade_and_put_away(&mut shop, 0, 1);
    assert_eq!(shop.status(0), Status::Decided, "the money is still owed");
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
    shop
}

#[test]
fn the_last_payment_closes_a_case_and_says_the_rule_did() {
    let shop = finished();
    let closed = shop.cases[0].1.last().unwrap();
    assert_eq!(closed.what, What::Closed);
    assert_eq!(closed.by, kernel::Actor::Rule);
}

#[test]
fn a_withdrawal_stays_open_until_it_was_acknowledged() {
    let mut shop = Shop::new(e22("DE"), "received");
    let withdraw = Command::Request {
        lines: vec![ask(0, 2, ReturnReason::ChangedMind)],
        path: Path::Withdrawal,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: None,
    };
    shop.send(None, &withdraw, "2026-11-10", AGENT).unwrap();
    shop.send(Some(0), &receive(0, 2), DAY, AGENT).unwrap();
    grade_and_put_away(&mut shop, 0, 2);
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Settled);
    let said = Command::Acknowledge {
        sha256: "00".into(),
    };
    shop.send(Some(0), &said, "2026-11-20", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Closed);
}

#[test]
fn goods_of_another_order_are_for_a_person_to_end() {
    let mut shop = Shop::new(e22("US"), "received");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    let parcel = Command::Receive {
        parcel: None,
        counts: count(0, 1),
        strays: vec![returns::Stray {
            label: "a red mug".into(),
            units: 1,
        }],
        complete: true,
    };
    shop.send(Some(0), &parcel, DAY, AGENT).unwrap();
    grade_and_put_away(&mut shop, 0, 1);
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Settled);
    shop.send(Some(0), &Command::Close, DAY, AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Closed);
}

#[test]
fn money_that_comes_back_reopens_and_paying_it_again_closes() {
    let mut shop = finished();
    let obligation = shop.cases[0].0.obligations[0].id;
    let back = Command::PaymentReturned {
        obligation,
        code: "AC04".into(),
    };
    shop.send(Some(0), &back, "2026-11-25", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Settling);
    let retry = Command::RetryPayment { obligation };
    shop.send(Some(0), &retry, "2026-11-25", AGENT).unwrap();
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
}

#[test]
fn an_objection_reopens_and_whoever_overturns_goes_on() {
    let mut shop = finished();
    let note = || "it was unworn".into();
    let appeal = Command::Appeal { note: note() };
    shop.send(Some(0), &appeal, "2026-11-25", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Appealed);
    let overturn = Command::Overturn { note: note() };
    shop.send(Some(0), &overturn, "2026-11-25", LEAD).unwrap();
    assert_eq!(
        shop.status(0),
        Status::Settled,
        "not closed over their head"
    );
}

#[test]
fn a_confirmed_decision_ends_the_case_again() {
    let mut shop = finished();
    let note = || "as the photographs show".into();
    let appeal = Command::Appeal { note: note() };
    shop.send(Some(0), &appeal, "2026-11-25", AGENT).unwrap();
    let uphold = Command::Uphold { note: note() };
    shop.send(Some(0), &uphold, "2026-11-25", LEAD).unwrap();
    assert_eq!(shop.status(0), Status::Closed);
}

/// The second unit was declared missing, its claim given up, and somebody else returned it.
#[test]
fn goods_after_closing_are_booked_even_when_their_unit_is_in_another_case() {
    let mut shop = Shop::new(e22("US"), "received");
    let asked = request(vec![ask(0, 2, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    let half = Command::Receive {
        parcel: None,
        counts: count(0, 1),
        strays: vec![],
        complete: true,
    };
    shop.send(Some(0), &half, DAY, AGENT).unwrap();
    grade_and_put_away(&mut shop, 0, 1);
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
    let again = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &again, DAY, AGENT).unwrap();
    let before = shop.cases[0].0.granted_minor();
    shop.send(Some(0), &receive(0, 1), "2026-11-25", AGENT)
        .unwrap();
    let q = shop.cases[0].0.lines[0].quantities;
    assert_eq!((q.received, q.missing), (2, 0));
    assert_eq!(shop.cases[0].0.granted_minor(), before, "for a person");
    assert_ne!(shop.status(0), Status::Closed);
}

fn blind() -> Shop {
    let mut shop = Shop::new(e22("DE"), "received");
    shop.send(None, &request(vec![]), "2026-11-10", AGENT)
        .unwrap();
    shop.send(Some(0), &receive(0, 2), "2026-11-10", AGENT)
        .unwrap();
    assert_eq!(shop.status(0), Status::InReview);
    shop
}

#[test]
fn what_came_unannounced_is_told_apart_judged_and_paid() {
    let mut shop = blind();
    let announce = Command::Announce {
        lines: vec![ask(0, 2, ReturnReason::ChangedMind)],
    };
    let effects = shop.send(Some(0), &announce, "2026-11-11", AGENT).unwrap();
    let label = |e: &Effect| matches!(e, Effect::CreateLabel { .. });
    assert!(!effects.iter().any(label), "the goods are here");
    let line = &shop.cases[0].0.lines[0];
    let q = line.quantities;
    assert_eq!(
        (q.announced, q.authorised, q.received, q.unexpected),
        (2, 2, 2, 0)
    );
    assert_eq!(line.reason, Some(ReturnReason::ChangedMind));
    // Withdrawal is open: the quote with its terms is paid on receipt.
    assert!(shop.cases[0].0.granted_minor() > 0);
    grade_and_put_away(&mut shop, 0, 2);
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
}

#[test]
fn a_line_is_announced_once_and_only_what_was_sold() {
    let mut shop = blind();
    let say = |line, units| Command::Announce {
        lines: vec![ask(line, units, ReturnReason::SizeSmall)],
    };
    let refused = |shop: &mut Shop, command: &Command| {
        let refusal = shop.send(Some(0), command, "2026-11-11", AGENT);
        refusal.unwrap_err().code
    };
    let none = Command::Announce { lines: vec![] };
    assert_eq!(refused(&mut shop, &none), RefusalCode::WrongQuantity);
    assert_eq!(refused(&mut shop, &say(9, 1)), RefusalCode::UnknownLine);
    assert_eq!(refused(&mut shop, &say(0, 3)), RefusalCode::NoUnitsLeft);
    shop.send(Some(0), &say(0, 1), "2026-11-11", AGENT).unwrap();
    assert_eq!(refused(&mut shop, &say(0, 1)), RefusalCode::IllegalInState);
    // The other unit that lies here is still open for a person, as before.
    let q = shop.cases[0].0.lines[0].quantities;
    assert_eq!((q.received, q.unexpected, q.decidable()), (1, 1, 1));
}

#[test]
fn goods_that_come_before_the_decision_are_the_ones_authorised() {
    let mut order = e22("US");
    order.lines[0].delivered_on = None;
    let mut shop = Shop::new(order, "received");
    // No scan of delivery for longer than the window: a person looks.
    let asked = request(vec![ask(0, 2, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-12-20", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::InReview);
    shop.send(Some(0), &receive(0, 2), "2026-12-21", AGENT)
        .unwrap();
    let authorise = |units| Command::Authorise {
        lines: count(0, units),
        keep: false,
        reason: None,
    };
    let four = shop.send(Some(0), &authorise(4), "2026-12-21", AGENT);
    assert_eq!(four.unwrap_err().allowed, Some(2), "two came, not four");
    shop.send(Some(0), &authorise(2), "2026-12-21", AGENT)
        .unwrap();
    let q = shop.cases[0].0.lines[0].quantities;
    assert_eq!((q.announced, q.received, q.unexpected), (2, 2, 0));
}

#[test]
fn a_second_count_takes_back_what_was_counted_too_high() {
    let mut shop = Shop::new(e22("US"), "received");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    shop.send(Some(0), &receive(0, 2), DAY, AGENT).unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 0, "one is too many");
    let recount = |units, note: &str| Command::Recount {
        line: 0,
        units,
        note: note.into(),
    };
    let mute = shop.send(Some(0), &recount(1, " "), DAY, AGENT);
    assert_eq!(mute.unwrap_err().code, RefusalCode::NeedsReason);
    let more = shop.send(Some(0), &recount(3, "x"), DAY, AGENT);
    assert_eq!(more.unwrap_err().allowed, Some(1));
    shop.send(Some(0), &recount(1, "counted twice"), DAY, AGENT)
        .unwrap();
    let q = shop.cases[0].0.lines[0].quantities;
    assert_eq!((q.received, q.unexpected), (1, 0));
    assert!(
        shop.cases[0].0.granted_minor() > 0,
        "nothing is odd any more"
    );
    grade_and_put_away(&mut shop, 0, 1);
    let inspected = shop.send(Some(0), &recount(0, "none"), DAY, AGENT);
    assert_eq!(inspected.unwrap_err().code, RefusalCode::WrongQuantity);
    let _ = day(DAY);
}
