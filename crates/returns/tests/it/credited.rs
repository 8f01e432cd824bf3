//! What documents say when money is given up and granted again, and how promotions are on them.

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, LEAD, ask, input, order_in};
use kernel::{Bps, ObligationId, prorate};
use policy::{Outcome, PromotionRule, ReturnReason};
use proptest::prelude::*;
use returns::journal::Account;
use returns::{
    Command, CreditedKind, Event, GrantLine, Obligation, ObligationState as S, Promotion,
    SalesOrder, Tender, TenderKind, Threshold, replay,
};

const DAY: &str = "2026-11-10";

fn settle(shop: &mut Shop, obligation: ObligationId) {
    let reference = Obligation::credit_reference(obligation).into();
    let paid = Command::PaymentSettled {
        obligation,
        reference,
    };
    shop.send(Some(0), &paid, DAY, LEAD).unwrap();
}

fn give_up(shop: &mut Shop, obligation: ObligationId) {
    let command = Command::CancelObligation {
        obligation,
        note: "the account is closed".into(),
    };
    shop.send(Some(0), &command, DAY, LEAD).unwrap();
}

/// Grants again whatever lines and delivery have left.
fn grant_again(shop: &mut Shop, credit: bool) {
    let case = shop.cases[0].0.id;
    let left = |line| shop.account.ceiling(&shop.order, case, line, 0);
    let outcome = if credit {
        Outcome::StoreCredit
    } else {
        Outcome::Refund
    };
    let lines = [0, 1].map(|line| GrantLine {
        line,
        units: 0,
        outcome,
        minor: left(line),
    });
    let lines: Vec<GrantLine> = lines.into_iter().filter(|l| l.minor > 0).collect();
    let shipping_minor = shop.account.shipping_ceiling(&shop.order);
    if !lines.is_empty() || shipping_minor > 0 {
        let again = Command::Decide {
            lines,
            shipping_minor,
            reason: Some("again, elsewhere".into()),
        };
        shop.send(Some(0), &again, DAY, LEAD).unwrap();
    }
}

/// One thing that happens to a payment or to what is left to grant.
fn step(shop: &mut Shop, pick: usize, way: u8) {
    let all = &shop.cases[0].0.obligations;
    let money: Vec<_> = all.iter().filter(|o| o.kind.is_money()).collect();
    let (id, state) = (
        money[pick % money.len()].id,
        money[pick % money.len()].state,
    );
    match (way, state) {
        (0 | 1, S::Requested) => give_up(shop, id),
        (2, S::Requested) => settle(shop, id),
        (2, S::Settled) => {
            let back = Command::PaymentReturned {
                obligation: id,
                code: "closed".into(),
            };
            shop.send(Some(0), &back, DAY, LEAD).unwrap();
            give_up(shop, id);
        }
        (3 | 4, _) => grant_again(shop, way == 4),
        _ => {}
    }
}

fn whole_return(order: SalesOrder) -> Shop {
    let units = [order.lines[0].quantity, order.lines[1].quantity];
    let mut shop = Shop::new(order, "approved");
    shop.world.fees_off();
    let lines = [0, 1].map(|l: u16| ask(l, units[usize::from(l)], ReturnReason::ChangedMind));
    shop.send(None, &request(lines.to_vec()), DAY, AGENT)
        .unwrap();
    shop
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Whatever payments are given up, come back and are granted again: in the end the documents
    /// sum to the payments, and every line and the delivery are credited exactly once.
    #[test]
    fn given_up_and_granted_again_every_line_is_credited_once(
        code in prop_oneof![Just("EUR"), Just("JPY"), Just("KWD")],
        inclusive in any::<bool>(),
        // In all below what the rule approves alone.
        prices in (1_i64..6_000, 1_i64..6_000),
        units in (1_u32..4, 1_u32..4),
        delivery in 0_i64..900,
        shares in proptest::collection::vec(1_i64..9, 1..5),
        steps in proptest::collection::vec((any::<usize>(), 0_u8..5), 0..24),
    ) {
        let lines = [input(prices.0, units.0, &[1900]), input(prices.1, units.1, &[700, 150])];
        let shipping = [input(delivery, 1, &[1900])];
        let mut order = order_in("US", code, &lines, 0, inclusive, &shipping);
        order.tenders = prorate(order.captured_minor, &shares)
            .iter()
            .enumerate()
            .map(|(i, minor)| Tender {
                kind: TenderKind::Card,
                reference: format!("pi_{i}").into(),
                minor: *minor,
            })
            .collect();
        let captured = order.captured_minor;
        let gross = [0, 1].map(|l: usize| order.lines[l].economics.gross);
        let delivered = order.shipping.economics.gross;
        let mut shop = whole_return(order);
        prop_assert_eq!(shop.account.pending_minor, captured);
        for (pick, way) in steps {
            step(&mut shop, pick, way);
        }
        grant_again(&mut shop, false);
        let open = shop.cases[0].0.obligations.iter();
        let open: Vec<_> = open.filter(|o| o.state == S::Requested).map(|o| o.id).collect();
        for id in open {
            settle(&mut shop, id);
        }
        prop_assert_eq!(shop.account.refunded_minor, captured);
        let parts = || shop.documents.iter().flat_map(|d| &d.2.parts);
        let of = |line: Option<u16>| parts().filter(|p| p.line == line).map(|p| p.gross).sum::<i64>();
        prop_assert_eq!([of(Some(0)), of(Some(1)), of(None)], [gross[0], gross[1], delivered]);
        // The tax of the whole sale, and of the books.
        let tax: i64 = parts().map(|p| p.tax).sum();
        let sold = &shop.order;
        let lines = sold.lines.iter().map(|l| &l.economics);
        let all: i64 = lines.chain([&sold.shipping.economics])
            .flat_map(|e| &e.taxes).map(|t| t.minor).sum();
        prop_assert_eq!(tax, all);
        prop_assert_eq!(shop.balance(Account::Tax), all);
    }
}

/// Two lines and two payments of the same size: giving up the first frees the first line.
fn two_and_two() -> Shop {
    let lines = [input(5_000, 1, &[1900]), input(5_000, 1, &[700])];
    let mut order = order_in("US", "EUR", &lines, 0, true, &[]);
    let card = |n: u8| Tender {
        kind: TenderKind::Card,
        reference: format!("pi_{n}").into(),
        minor: 5_000,
    };
    order.tenders = [card(0), card(1)].into_iter().collect();
    whole_return(order)
}

#[test]
fn the_first_payment_given_up_frees_the_first_line() {
    let mut shop = two_and_two();
    let ids: Vec<_> = shop.cases[0].0.obligations.iter().map(|o| o.id).collect();
    settle(&mut shop, ids[1]);
    give_up(&mut shop, ids[0]);
    let granted = |shop: &Shop| [0, 1].map(|l| shop.cases[0].0.line(l).unwrap().granted_minor);
    assert_eq!(granted(&shop), [0, 5_000]);
    grant_again(&mut shop, false);
    settle_all_open(&mut shop);
    let rates = shop.documents.iter().flat_map(|d| &d.2.parts);
    let rates: Vec<_> = rates.map(|p| (p.line, p.rate, p.gross)).collect();
    let wanted = [
        (Some(1), Some(Bps(700)), 5_000),
        (Some(0), Some(Bps(1900)), 5_000),
    ];
    assert_eq!(rates, wanted);
}

fn settle_all_open(shop: &mut Shop) {
    let open = shop.cases[0].0.obligations.iter();
    let open: Vec<_> = open.filter(|o| o.state.is_open()).map(|o| o.id).collect();
    for id in open {
        settle(shop, id);
    }
}

/// An event of before figures were kept in it frees the last figures, as it did then, and so does
/// whatever of the same grant is given up after it.
#[test]
fn older_events_replay_to_the_state_they_had() {
    let mut shop = two_and_two();
    let ids: Vec<_> = shop.cases[0].0.obligations.iter().map(|o| o.id).collect();
    give_up(&mut shop, ids[0]);
    let older = |event: &Event| -> Event {
        let mut json = serde_json::to_value(event).unwrap();
        json["what"].as_object_mut().unwrap().remove("freed");
        serde_json::from_value(json).unwrap()
    };
    let log: Vec<Event> = shop.cases[0].1.iter().map(older).collect();
    let case = replay(&log).unwrap();
    let granted = |case: &returns::ReturnCase| [0, 1].map(|l| case.line(l).unwrap().granted_minor);
    assert_eq!(granted(&case), [5_000, 0], "the last line was free");
    assert_eq!(granted(&shop.cases[0].0), [0, 5_000]);
    // The account as it was written then.
    let freed =
        |e: &returns::AccountEntry| matches!(e.change, returns::AccountChange::Ungranted { .. });
    for entry in shop.entries.iter_mut().filter(|e| freed(e)) {
        entry.change = returns::AccountChange::Ungranted {
            line: Some(1),
            minor: 5_000,
        };
    }
    shop.account = returns::OrderAccount::replay(&shop.order, &shop.entries).unwrap();
    shop.journal = shop.journal_of(&case, &log);
    shop.cases[0] = (case, log);
    give_up(&mut shop, ids[1]);
    assert_eq!(granted(&shop.cases[0].0), [0, 0]);
    grant_again(&mut shop, false);
    assert_eq!(shop.account.pending_minor, 10_000);
}

/// Two taxed articles and two without tax, 10 % off from 200.00, taken back when it is lost.
fn half_taxed(rates: &[i32]) -> SalesOrder {
    let lines = [input(5_000, 2, rates), input(5_000, 2, &[])];
    let mut order = order_in("US", "EUR", &lines, 2_000, true, &[]);
    order.promotions.push(Promotion {
        id: "TEN".into(),
        needs: Threshold::Value(20_000),
        lines: smallvec::smallvec![(0, 1_000), (1, 1_000)],
        delivery: None,
        on_loss: PromotionRule::ClawBack,
    });
    order
}

/// One taxed unit stays with 5.00 of the discount on it, one untaxed unit with 5.00 as well.
#[test]
fn a_promotion_over_taxed_and_untaxed_goods_is_put_at_both() {
    for (rates, joint, tax) in [(&[1900][..], 1900, 80), (&[700, 100], 800, 37)] {
        let mut shop = Shop::new(half_taxed(rates), "approved");
        shop.world.fees_off();
        let one = |line| ask(line, 1, ReturnReason::ChangedMind);
        let asked = request(vec![one(0), one(1)]);
        shop.send(None, &asked, DAY, AGENT).unwrap();
        assert_eq!(shop.cases[0].0.granted_minor(), 8_000);
        settle_all(&mut shop, 0);
        let parts = shop.documents.iter().flat_map(|d| &d.2.parts);
        let promoted = parts.filter(|p| p.kind == CreditedKind::Promotion);
        let mut promoted: Vec<_> = promoted.map(|p| (p.rate, p.gross, p.tax)).collect();
        promoted.sort_unstable();
        let (none, some) = (promoted[0], promoted[1]);
        assert_eq!((none.0, none.2, promoted.len()), (None, 0, 2));
        assert_eq!((some.0, some.2), (Some(Bps(joint)), -tax));
        assert_eq!(none.1 + some.1, -1_000);
        // To the cent, as far as a whole cent of tax says how much it lies on.
        assert!(
            (none.1 + 500).abs() <= 10_000 / i64::from(joint) + 1,
            "{none:?}"
        );
    }
}

/// What a promotion took is given back with the money it was taken from, and taken again with it.
#[test]
fn giving_up_undoes_what_a_promotion_took() {
    let mut shop = Shop::new(half_taxed(&[1900]), "approved");
    shop.world.fees_off();
    let asked = request(vec![ask(0, 2, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, DAY, AGENT).unwrap();
    let (clawed, tax) = (shop.account.clawed_minor, shop.balance(Account::Tax));
    assert_eq!((clawed, shop.account.pending_minor), (1_000, 8_000));
    let first = shop.cases[0].0.obligations[0].id;
    give_up(&mut shop, first);
    assert_eq!(
        (shop.account.clawed_minor, shop.account.pending_minor),
        (0, 0)
    );
    assert_eq!(shop.balance(Account::Tax), 0);
    grant_again(&mut shop, false);
    assert_eq!(
        (shop.account.clawed_minor, shop.account.pending_minor),
        (clawed, 8_000)
    );
    settle_all_open(&mut shop);
    // The rest comes back: the promotion with it. Given up, it waits; granted again, it is paid.
    let rest = request(vec![ask(1, 2, ReturnReason::ChangedMind)]);
    shop.send(None, &rest, DAY, AGENT).unwrap();
    assert_eq!(
        (shop.account.clawed_minor, shop.account.pending_minor),
        (0, 10_000)
    );
    let last = shop.cases[1].0.obligations[0].id;
    let note = "the account is closed".into();
    let command = Command::CancelObligation {
        obligation: last,
        note,
    };
    shop.send(Some(1), &command, DAY, LEAD).unwrap();
    assert_eq!(
        (shop.account.clawed_minor, shop.account.pending_minor),
        (1_000, 0)
    );
    let again = Command::Decide {
        lines: vec![GrantLine {
            line: 1,
            units: 0,
            outcome: Outcome::Refund,
            minor: 9_000,
        }],
        shipping_minor: 0,
        reason: Some("again".into()),
    };
    shop.send(Some(1), &again, DAY, LEAD).unwrap();
    assert_eq!(
        (shop.account.clawed_minor, shop.account.pending_minor),
        (0, 10_000)
    );
    assert!(tax > 0);
}
