//! Exchanges and claims as obligation sets: even, dearer, cheaper, in advance, out of stock, and
//! the new goods coming back; a part of the value for a scratch; goods that never came.

use crate::shop::{Shop, request};
use crate::support::{AGENT, LEAD, ask, input, order_in};
use kernel::ObligationId;
use policy::{Grade, Outcome, ReturnReason};
use returns::{
    Advance, Command, Count, ExchangeAsk, ExchangeItem, GrantLine, ObligationKind as Kind,
    ObligationState as State, Refusal, RefusalCode, Status, Wish, price_lines,
};

const DAY: &str = "2026-11-10";

fn item(price: i64, tax: &[i32]) -> ExchangeItem {
    let economics = price_lines(&[input(price, 1, tax)], 0, true)
        .unwrap()
        .remove(0);
    ExchangeItem {
        sku: "NEW".into(),
        title: "Another size".into(),
        economics,
    }
}

fn exchange(price: i64, advance: Option<Advance>) -> Command {
    Command::Exchange {
        ask: Box::new(ExchangeAsk {
            lines: vec![Count { line: 0, units: 1 }],
            items: vec![item(price, &[1900])],
            promotional_minor: 0,
            fallback: Outcome::Refund,
            advance,
            reason: Some("another size".into()),
        }),
    }
}

/// A case about one shoe of 50.00, authorised and waiting.
fn shop() -> Shop {
    let order = order_in("US", "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let mut line = ask(0, 1, ReturnReason::SizeSmall);
    line.wanted = Outcome::Replacement;
    shop.send(None, &request(vec![line]), DAY, AGENT).unwrap();
    shop
}

fn send(shop: &mut Shop, command: &Command, day: &str) -> Result<(), Refusal> {
    shop.send(Some(0), command, day, LEAD).map(|_| ())
}

fn owed(shop: &Shop, kind: Kind) -> Vec<(ObligationId, i64, State)> {
    let all = shop.cases[0].0.obligations.iter();
    all.filter(|o| o.kind == kind)
        .map(|o| (o.id, o.minor, o.state))
        .collect()
}

fn settle(shop: &mut Shop, obligation: ObligationId) -> Result<(), Refusal> {
    let paid = Command::PaymentSettled {
        obligation,
        reference: "done".into(),
    };
    send(shop, &paid, DAY)
}

fn bring_back(shop: &mut Shop) {
    let came = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: false,
    };
    send(shop, &came, DAY).unwrap();
    let fine = Command::Grade {
        line: 0,
        units: 1,
        grade: Grade::A,
        accept: true,
        wrong_item: false,
        note: None,
    };
    send(shop, &fine, DAY).unwrap();
}

#[test]
fn even_owes_goods_and_no_money() {
    let mut shop = shop();
    send(&mut shop, &exchange(5_000, None), DAY).unwrap();
    assert_eq!(owed(&shop, Kind::Exchange).len(), 1);
    assert!(owed(&shop, Kind::Refund).is_empty() && owed(&shop, Kind::Collect).is_empty());
    assert_eq!(shop.account.refundable_minor(), 10_000);
    let twice = send(&mut shop, &exchange(5_000, None), DAY);
    assert_eq!(twice.unwrap_err().code, RefusalCode::WrongQuantity);
}

#[test]
fn dearer_goods_wait_for_the_difference() {
    let mut shop = shop();
    send(&mut shop, &exchange(6_250, None), DAY).unwrap();
    let collect = owed(&shop, Kind::Collect);
    assert_eq!(collect[0].1, 1_250);
    let goods = owed(&shop, Kind::Exchange)[0].0;
    let early = settle(&mut shop, goods);
    assert_eq!(early.unwrap_err().code, RefusalCode::StillOpen);
    settle(&mut shop, collect[0].0).unwrap();
    assert_eq!(shop.account.captured_minor, 11_250);
    // Paid, and still waiting for what comes back.
    let early = settle(&mut shop, goods);
    assert_eq!(early.unwrap_err().code, RefusalCode::StillOpen);
    bring_back(&mut shop);
    settle(&mut shop, goods).unwrap();
    // Said again, it is not paid twice.
    settle(&mut shop, collect[0].0).unwrap();
    assert_eq!(shop.account.captured_minor, 11_250);
}

#[test]
fn cheaper_goods_give_the_difference_back() {
    let mut shop = shop();
    send(&mut shop, &exchange(3_500, None), DAY).unwrap();
    assert!(
        owed(&shop, Kind::Refund).is_empty(),
        "not before theirs are back"
    );
    bring_back(&mut shop);
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 1_500);
    assert_eq!(shop.account.refundable_minor(), 8_500);
}

#[test]
fn goods_that_ran_out_become_what_the_customer_chose() {
    let mut shop = shop();
    send(&mut shop, &exchange(6_250, None), DAY).unwrap();
    let goods = owed(&shop, Kind::Exchange)[0].0;
    let sold_out = Command::FallBack {
        goods,
        note: "sold out".into(),
    };
    send(&mut shop, &sold_out, DAY).unwrap();
    assert_eq!(owed(&shop, Kind::Exchange)[0].2, State::Canceled);
    assert_eq!(owed(&shop, Kind::Collect)[0].2, State::Canceled);
    assert!(
        owed(&shop, Kind::Refund).is_empty(),
        "not before theirs are back"
    );
    bring_back(&mut shop);
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 5_000);
    let again = send(&mut shop, &sold_out, DAY);
    assert_eq!(again.unwrap_err().code, RefusalCode::UnknownObligation);
}

#[expect(clippy::unnecessary_wraps, reason = "as a request holds it")]
fn in_advance(consent: &str) -> Option<Advance> {
    Some(Advance {
        hold_minor: 5_000,
        return_by: "2026-11-30".parse().unwrap(),
        consent: consent.into(),
        sha256: "".into(),
    })
}

#[test]
fn an_advance_exchange_needs_consent_and_is_charged_only_when_nothing_came() {
    let mut shop = shop();
    let silent = send(&mut shop, &exchange(5_000, in_advance(" ")), DAY);
    assert_eq!(silent.unwrap_err().code, RefusalCode::NeedsConsent);
    send(
        &mut shop,
        &exchange(5_000, in_advance("terms v3, ticked")),
        DAY,
    )
    .unwrap();
    let (goods, hold) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Hold)[0].0,
    );
    let unsecured = settle(&mut shop, goods);
    assert_eq!(unsecured.unwrap_err().code, RefusalCode::StillOpen);
    settle(&mut shop, hold).unwrap();
    settle(&mut shop, goods).unwrap();
    assert_eq!(shop.status(0), Status::Authorised);
    let charge = Command::EndSecurity {
        goods,
        charge: true,
        note: "never came".into(),
    };
    let early = send(&mut shop, &charge, "2026-11-30");
    assert_eq!(early.unwrap_err().code, RefusalCode::IllegalInState);
    send(&mut shop, &charge, "2026-12-01").unwrap();
    assert_eq!(owed(&shop, Kind::Collect)[0].1, 5_000);
    // Once.
    send(&mut shop, &charge, "2026-12-01").unwrap();
    assert_eq!(owed(&shop, Kind::Collect).len(), 1);
}

#[test]
fn a_security_is_let_go_when_the_goods_are_back() {
    let mut shop = shop();
    send(
        &mut shop,
        &exchange(5_000, in_advance("terms v3, ticked")),
        DAY,
    )
    .unwrap();
    let (goods, hold) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Hold)[0].0,
    );
    settle(&mut shop, hold).unwrap();
    settle(&mut shop, goods).unwrap();
    let waive = |note: &str| Command::EndSecurity {
        goods,
        charge: false,
        note: note.into(),
    };
    let silent = send(&mut shop, &waive(""), DAY);
    assert_eq!(silent.unwrap_err().code, RefusalCode::NeedsReason);
    bring_back(&mut shop);
    let charge = Command::EndSecurity {
        goods,
        charge: true,
        note: "late".into(),
    };
    // It ended when the goods were here: a late charge changes nothing.
    send(&mut shop, &charge, "2026-12-05").unwrap();
    assert_eq!(shop.cases[0].0.exchanges[0].security_charged_minor, Some(0));
    assert!(owed(&shop, Kind::Collect).is_empty());
}

#[test]
fn an_exchanged_article_comes_back_at_what_was_paid_in_the_chain() {
    let mut shop = shop();
    send(&mut shop, &exchange(6_250, None), DAY).unwrap();
    bring_back(&mut shop);
    let (goods, collect) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Collect)[0].0,
    );
    let back = Command::ReturnExchanged {
        goods,
        wanted: Outcome::Refund,
    };
    let unsent = send(&mut shop, &back, DAY);
    assert_eq!(unsent.unwrap_err().code, RefusalCode::IllegalInState);
    settle(&mut shop, collect).unwrap();
    settle(&mut shop, goods).unwrap();
    send(&mut shop, &back, DAY).unwrap();
    assert_eq!(shop.cases[0].0.lines[0].quantities.expected(), 1);
    // 50.00 paid at first and 12.50 on top: 62.50 may go back, and not a cent more.
    let pay = |minor| Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 1,
            outcome: Outcome::Refund,
            minor,
        }],
        shipping_minor: 0,
        reason: Some("the new one does not fit either".into()),
    };
    let more = send(&mut shop, &pay(6_251), DAY);
    assert_eq!(more.unwrap_err().code, RefusalCode::OverCeiling);
    send(&mut shop, &pay(6_250), DAY).unwrap();
    assert_eq!(shop.account.refundable_minor(), 5_000);
}

#[test]
fn a_scratch_is_worth_a_part_and_the_article_stays() {
    let mut shop = shop();
    let scratch = |reason: Option<&str>| Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 0,
            outcome: Outcome::StoreCredit,
            minor: 800,
        }],
        shipping_minor: 0,
        reason: reason.map(Into::into),
    };
    let silent = send(&mut shop, &scratch(None), DAY);
    assert_eq!(silent.unwrap_err().code, RefusalCode::NeedsReason);
    send(&mut shop, &scratch(Some("a scratch, she keeps it")), DAY).unwrap();
    assert_eq!(owed(&shop, Kind::StoreCredit)[0].1, 800);
    assert_eq!(shop.cases[0].0.lines[0].quantities.granted, 0);
}

#[test]
fn a_claim_without_goods_is_sent_again_or_paid() {
    // Parts are missing: nothing travels, the article is owed once more.
    let order = order_in("US", "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let mut line = ask(0, 1, ReturnReason::MissingParts);
    line.wanted = Outcome::Replacement;
    shop.send(None, &request(vec![line]), DAY, AGENT).unwrap();
    let replace = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 1,
            outcome: Outcome::Replacement,
            minor: 5_000,
        }],
        shipping_minor: 0,
        reason: None,
    };
    send(&mut shop, &replace, DAY).unwrap();
    assert_eq!(owed(&shop, Kind::Replacement).len(), 1);
    assert_eq!(shop.account.refundable_minor(), 10_000);
}

/// A request for one shoe that wishes for another one of this price, under a policy that offers
/// exchanges.
fn wished(price: i64, sold_out: &[&str]) -> Shop {
    let order = order_in("US", "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    shop.world.offer_exchange();
    shop.world.sold_out = sold_out.iter().map(|s| (*s).into()).collect();
    let mut line = ask(0, 1, ReturnReason::SizeSmall);
    line.wanted = Outcome::Exchange;
    let Command::Request { lines, path, .. } = request(vec![line]) else {
        unreachable!()
    };
    let asked = Command::Request {
        lines,
        path,
        notice_sent_on: None,
        declared: None,
        wishes: vec![Wish {
            line: 0,
            item: item(price, &[1900]),
            promotional_minor: 0,
            fallback: Outcome::Refund,
            advance: None,
        }],
        claim: None,
    };
    shop.send(None, &asked, DAY, AGENT).unwrap();
    shop
}

#[test]
fn a_wish_is_agreed_by_the_rule_and_its_goods_go_when_the_others_are_back() {
    let mut shop = wished(5_000, &[]);
    let goods = owed(&shop, Kind::Exchange)[0].0;
    assert!(shop.cases[0].0.wishes.is_empty());
    assert!(!shop.cases[0].0.exchanges[0].cleared);
    assert_eq!(shop.status(0), Status::Authorised);
    let early = settle(&mut shop, goods);
    assert_eq!(early.unwrap_err().code, RefusalCode::StillOpen);
    bring_back(&mut shop);
    assert!(shop.cases[0].0.exchanges[0].cleared);
    settle(&mut shop, goods).unwrap();
    assert_eq!(shop.account.refundable_minor(), 10_000);
}

#[test]
fn a_wish_that_is_sold_out_becomes_what_was_chosen_for_that_case() {
    let mut shop = wished(5_000, &["NEW"]);
    assert!(shop.cases[0].0.wishes.is_empty() && shop.cases[0].0.exchanges.is_empty());
    assert_eq!(shop.cases[0].0.lines[0].wanted, Outcome::Refund);
    bring_back(&mut shop);
    // An ordinary return now, with the fee of the policy.
    assert_eq!(owed(&shop, Kind::Refund).len(), 1);
}

#[test]
fn an_unpaid_difference_falls_back_after_its_day_and_not_on_it() {
    let mut shop = wished(6_250, &[]);
    let goods = owed(&shop, Kind::Exchange)[0].0;
    let look = Command::CheckExchange { goods };
    send(&mut shop, &look, "2026-11-17").unwrap();
    assert!(!shop.cases[0].0.exchanges[0].undone);
    send(&mut shop, &look, "2026-11-18").unwrap();
    assert!(shop.cases[0].0.exchanges[0].undone);
    send(&mut shop, &look, "2026-11-19").unwrap();
    bring_back(&mut shop);
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 5_000);
}

#[test]
fn what_was_paid_on_top_goes_back_when_an_exchange_is_called_off() {
    let mut shop = wished(6_250, &[]);
    let (goods, collect) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Collect)[0].0,
    );
    let off = Command::CallOffExchange {
        goods,
        note: "she wants her money".into(),
    };
    send(
        &mut shop,
        &Command::PaymentSent {
            obligation: collect,
        },
        DAY,
    )
    .unwrap();
    let paying = send(&mut shop, &off, DAY);
    assert_eq!(paying.unwrap_err().code, RefusalCode::StillOpen);
    settle(&mut shop, collect).unwrap();
    send(&mut shop, &off, DAY).unwrap();
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 1_250);
    assert_eq!(shop.account.refundable_minor(), 10_000);
    bring_back(&mut shop);
    assert!(owed(&shop, Kind::Refund).len() == 1, "a person decides");
}

#[test]
fn an_exchange_that_waits_is_cancelled_with_its_case_and_one_that_left_is_not() {
    let mut shop = wished(6_250, &[]);
    send(&mut shop, &Command::Cancel { note: None }, DAY).unwrap();
    assert_eq!(shop.status(0), Status::Cancelled);
    assert!(shop.cases[0].0.exchanges[0].undone);

    let mut shop = self::shop();
    send(&mut shop, &exchange(5_000, in_advance("ticked")), DAY).unwrap();
    let (goods, hold) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Hold)[0].0,
    );
    settle(&mut shop, hold).unwrap();
    settle(&mut shop, goods).unwrap();
    let left = send(&mut shop, &Command::Cancel { note: None }, DAY);
    assert_eq!(left.unwrap_err().code, RefusalCode::StillOpen);
    // After the day somebody is told; the goods may still come.
    send(&mut shop, &Command::CheckExchange { goods }, "2026-12-01").unwrap();
    assert!(shop.cases[0].0.exchanges[0].late);
    bring_back(&mut shop);
    assert_eq!(shop.cases[0].0.exchanges[0].security_charged_minor, Some(0));
}

#[test]
fn zero_negative_and_absurd_exchanges_are_refused_by_name() {
    let ask = |change: &dyn Fn(&mut ExchangeAsk)| {
        let Command::Exchange { mut ask } = exchange(5_000, None) else {
            unreachable!()
        };
        change(&mut ask);
        let mut shop = shop();
        let refused = send(&mut shop, &Command::Exchange { ask }, DAY);
        assert!(shop.cases[0].0.exchanges.is_empty());
        refused.unwrap_err().code
    };
    let units = |units| move |a: &mut ExchangeAsk| a.lines[0].units = units;
    for n in [0, 2, u32::MAX] {
        assert_eq!(ask(&units(n)), RefusalCode::WrongQuantity, "{n} units");
    }
    assert_eq!(ask(&|a| a.lines.clear()), RefusalCode::TooLarge);
    assert_eq!(ask(&|a| a.items.clear()), RefusalCode::TooLarge);
    assert_eq!(ask(&|a| a.lines[0].line = 9), RefusalCode::UnknownLine);
    let twice = |a: &mut ExchangeAsk| a.lines.push(a.lines[0]);
    assert_eq!(ask(&twice), RefusalCode::LineTwice);
    for price in [-1, i64::MIN, i64::MAX] {
        let priced = |a: &mut ExchangeAsk| a.items[0].economics.gross = price;
        assert_eq!(ask(&priced), RefusalCode::WrongAmount, "price {price}");
        let promised = |a: &mut ExchangeAsk| a.promotional_minor = price;
        assert_eq!(ask(&promised), RefusalCode::WrongAmount, "credit {price}");
    }
    let hold = |minor| {
        move |a: &mut ExchangeAsk| {
            a.advance = in_advance("ticked");
            a.advance.as_mut().unwrap().hold_minor = minor;
        }
    };
    for minor in [0, -1, i64::MIN] {
        assert_eq!(ask(&hold(minor)), RefusalCode::WrongAmount, "hold {minor}");
    }
    let goods = |a: &mut ExchangeAsk| a.fallback = Outcome::Exchange;
    assert_eq!(ask(&goods), RefusalCode::OutcomeNotOffered);
}

/// Sent in advance and charged: 50.00 for the shoe that did not come in time.
fn charged() -> (Shop, ObligationId, ObligationId) {
    let mut shop = shop();
    send(&mut shop, &exchange(5_000, in_advance("ticked")), DAY).unwrap();
    let (goods, hold) = (
        owed(&shop, Kind::Exchange)[0].0,
        owed(&shop, Kind::Hold)[0].0,
    );
    settle(&mut shop, hold).unwrap();
    settle(&mut shop, goods).unwrap();
    let charge = Command::EndSecurity {
        goods,
        charge: true,
        note: "did not come".into(),
    };
    send(&mut shop, &charge, "2026-12-05").unwrap();
    let charge = owed(&shop, Kind::Collect)[0];
    assert_eq!(charge.1, 5_000);
    (shop, goods, charge.0)
}

#[test]
fn goods_that_come_after_they_were_charged_give_the_charge_back_once() {
    let (mut shop, _, charge) = charged();
    settle(&mut shop, charge).unwrap();
    assert_eq!(shop.account.captured_minor, 15_000);
    bring_back(&mut shop);
    let back = shop.cases[0].0.obligations.iter();
    let back: Vec<_> = back
        .filter(|o| o.kind == Kind::Refund)
        .map(|o| (o.back_to, o.minor))
        .collect();
    assert_eq!(
        back,
        [(Some(charge), 5_000)],
        "to the payment it was taken by"
    );
    let refund = owed(&shop, Kind::Refund)[0].0;
    settle(&mut shop, refund).unwrap();
    assert_eq!(shop.cases[0].0.exchanges[0].charge_kept_minor(), 0);
    // A count of the same unit again, or the same news of the payment, adds nothing.
    settle(&mut shop, charge).unwrap();
    assert_eq!(owed(&shop, Kind::Refund).len(), 1);
    assert_eq!(
        shop.account.captured_minor - shop.account.refunded_minor,
        10_000
    );
}

#[test]
fn a_charge_nobody_has_paid_yet_is_not_asked_for_any_more() {
    let (mut shop, _, charge) = charged();
    bring_back(&mut shop);
    assert_eq!(
        owed(&shop, Kind::Collect),
        [(charge, 5_000, State::Canceled)]
    );
    assert!(owed(&shop, Kind::Refund).is_empty());
    assert_eq!(shop.account.captured_minor, 10_000);
}

#[test]
fn a_charge_that_is_paid_after_the_goods_came_goes_back() {
    let (mut shop, _, charge) = charged();
    let sent = Command::PaymentSent { obligation: charge };
    send(&mut shop, &sent, DAY).unwrap();
    bring_back(&mut shop);
    assert!(owed(&shop, Kind::Refund).is_empty(), "it is under way");
    settle(&mut shop, charge).unwrap();
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 5_000);
}

#[test]
fn a_charge_for_goods_that_come_back_wrong_is_a_persons_to_give_back() {
    let (mut shop, _, charge) = charged();
    settle(&mut shop, charge).unwrap();
    let came = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: false,
    };
    send(&mut shop, &came, DAY).unwrap();
    let worn = Command::Grade {
        line: 0,
        units: 1,
        grade: Grade::D,
        accept: true,
        wrong_item: false,
        note: Some("worn".into()),
    };
    send(&mut shop, &worn, DAY).unwrap();
    assert!(owed(&shop, Kind::Refund).is_empty());
    let less = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 0,
            outcome: Outcome::Refund,
            minor: 2_000,
        }],
        shipping_minor: 0,
        reason: Some("worn: 60 % off".into()),
    };
    send(&mut shop, &less, DAY).unwrap();
    assert_eq!(owed(&shop, Kind::Refund)[0].1, 2_000);
}
