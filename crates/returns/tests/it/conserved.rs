//! Exchanges conserve: what a customer paid, less what they got back, is what the goods they hold
//! at the end cost, to the last minor unit and in every currency; no payment ever gets back more
//! than it brought.

use crate::shop::Shop;
use crate::support::{AGENT, LEAD, ask, input, order_in};
use kernel::{ObligationId, prorate};
use policy::{Grade, Outcome, ReturnReason};
use proptest::prelude::*;
use returns::{
    Advance, Command, Count, ExchangeAsk, ExchangeItem, GrantLine, ObligationKind as Kind, Refusal,
    RefusalCode, Tender, TenderKind, price_lines,
};

const DAY: &str = "2026-11-10";
const AFTER_PAY_BY: &str = "2026-11-20";
const AFTER_RETURN_BY: &str = "2026-12-01";

/// How an exchange goes on after it was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Paid, brought back, sent, kept.
    Kept,
    /// The same, and the new goods come back as well.
    Returned,
    /// The goods run out, before or after the difference was paid.
    SoldOut { paid: bool },
    /// Nobody pays in time.
    Unpaid,
    /// Called off, before or after the difference was paid; the goods come back.
    CalledOff { paid: bool },
    /// Sent in advance and the others never come: the security is charged.
    Charged,
    /// Sent in advance, one unit comes, the rest never.
    PartCharged,
    /// Charged, and then they come after all.
    ChargedThenBack,
}

#[derive(Debug, Clone)]
struct Swap {
    price: i64,
    promotional: i64,
    credit: bool,
    way: Way,
}

fn send(shop: &mut Shop, command: &Command, day: &str) -> Result<(), Refusal> {
    shop.send(Some(0), command, day, LEAD).map(|_| ())
}

fn settle(shop: &mut Shop, obligation: ObligationId) {
    let paid = Command::PaymentSettled {
        obligation,
        reference: "pi".into(),
    };
    send(shop, &paid, DAY).unwrap();
}

/// Pays everything that is open and money of the house.
fn pay_out(shop: &mut Shop) {
    let open = shop.cases[0].0.obligations.iter();
    let open = open.filter(|o| o.kind.is_money() && o.state.is_open());
    let open: Vec<ObligationId> = open.map(|o| o.id).collect();
    for id in open {
        settle(shop, id);
    }
}

fn bring_back(shop: &mut Shop, counts: Vec<Count>) {
    let graded = counts.clone();
    let came = Command::Receive {
        parcel: None,
        counts,
        strays: vec![],
        complete: false,
    };
    send(shop, &came, DAY).unwrap();
    for c in graded {
        let fine = Command::Grade {
            line: c.line,
            units: c.units,
            grade: Grade::A,
            accept: true,
            wrong_item: false,
            note: None,
        };
        send(shop, &fine, DAY).unwrap();
    }
}

/// A person gives back whatever the rule has left of these lines.
fn give_the_rest(shop: &mut Shop, lines: &[Count]) {
    for c in lines {
        let (case, _) = &shop.cases[0];
        let units = case.line(c.line).unwrap().quantities.grantable();
        let minor = shop.account.ceiling(&shop.order, case.id, c.line, units);
        if minor > 0 {
            let rest = Command::Decide {
                lines: vec![GrantLine {
                    line: c.line,
                    units,
                    outcome: Outcome::Refund,
                    minor,
                }],
                shipping_minor: 0,
                reason: Some("everything goes back".into()),
            };
            send(shop, &rest, DAY).unwrap();
        }
    }
}

/// Plays one exchange of these units to its end; what the goods it leaves with the customer cost
/// them in all.
fn play(shop: &mut Shop, lines: &[Count], swap: &Swap) -> i64 {
    let case = shop.cases[0].0.id;
    let worth =
        |shop: &Shop, c: &Count| shop.account.next_gross(&shop.order, case, c.line, c.units);
    let gross: i64 = lines.iter().map(|c| worth(shop, c)).sum();
    let charged = matches!(
        swap.way,
        Way::Charged | Way::PartCharged | Way::ChargedThenBack
    );
    let economics = price_lines(&[input(swap.price, 1, &[1900])], 0, true);
    let exchange = Command::Exchange {
        ask: Box::new(ExchangeAsk {
            lines: lines.to_vec(),
            items: vec![ExchangeItem {
                sku: "NEW".into(),
                title: "Another".into(),
                economics: economics.unwrap().remove(0),
            }],
            promotional_minor: swap.promotional,
            fallback: if swap.credit {
                Outcome::StoreCredit
            } else {
                Outcome::Refund
            },
            advance: charged.then(|| Advance {
                hold_minor: gross.max(1),
                return_by: "2026-11-30".parse().unwrap(),
                consent: "ticked".into(),
                sha256: "".into(),
            }),
            reason: Some("another".into()),
        }),
    };
    send(shop, &exchange, DAY).unwrap();
    let agreed = shop.cases[0].0.exchanges.last().unwrap().clone();
    let (goods, new) = (agreed.goods, swap.price - agreed.promotional_minor);
    let pay = |shop: &mut Shop| {
        if let Some((id, _)) = agreed.collect {
            settle(shop, id);
        }
    };
    let off = |goods| Command::CallOffExchange {
        goods,
        note: "she thought again".into(),
    };
    match swap.way {
        Way::Kept | Way::Returned => {
            pay(shop);
            bring_back(shop, lines.to_vec());
            settle(shop, goods);
            if swap.way == Way::Kept {
                return new;
            }
            let back = Command::ReturnExchanged {
                goods,
                wanted: Outcome::Refund,
            };
            send(shop, &back, DAY).unwrap();
            bring_back(shop, lines.to_vec());
            give_the_rest(shop, lines);
            0
        }
        Way::SoldOut { paid } => {
            if paid {
                pay(shop);
            }
            let sold_out = Command::FallBack {
                goods,
                note: "sold out".into(),
            };
            send(shop, &sold_out, DAY).unwrap();
            bring_back(shop, lines.to_vec());
            0
        }
        Way::Unpaid => {
            let look = Command::CheckExchange { goods };
            send(shop, &look, AFTER_PAY_BY).unwrap();
            if agreed.collect.is_none() {
                // Nothing was to be paid: it goes on.
                send(shop, &off(goods), DAY).unwrap();
            }
            bring_back(shop, lines.to_vec());
            give_the_rest(shop, lines);
            0
        }
        Way::CalledOff { paid } => {
            if paid {
                pay(shop);
            }
            send(shop, &off(goods), DAY).unwrap();
            bring_back(shop, lines.to_vec());
            give_the_rest(shop, lines);
            0
        }
        Way::ChargedThenBack => {
            pay(shop);
            settle(shop, agreed.advance.as_ref().unwrap().0);
            settle(shop, goods);
            if gross > agreed.refund_minor {
                let charge = Command::EndSecurity {
                    goods,
                    charge: true,
                    note: "did not come in time".into(),
                };
                send(shop, &charge, AFTER_RETURN_BY).unwrap();
                let charged = shop.cases[0].0.exchanges.last().unwrap().clone();
                settle(shop, charged.security_collect.unwrap());
            }
            // One unit at a time: what the others still cost is kept until they come.
            for c in lines {
                for _ in 0..c.units {
                    let one = Count {
                        line: c.line,
                        units: 1,
                    };
                    bring_back(shop, vec![one]);
                }
            }
            let ended = shop.cases[0].0.exchanges.last().unwrap();
            assert_eq!(ended.charge_kept_minor(), 0);
            new
        }
        Way::Charged | Way::PartCharged => {
            pay(shop);
            settle(shop, agreed.advance.as_ref().unwrap().0);
            settle(shop, goods);
            let first = lines[0];
            let one = Count {
                line: first.line,
                units: 1,
            };
            let came = swap.way == Way::PartCharged && (first.units > 1 || lines.len() > 1);
            let mut kept = gross;
            if came {
                bring_back(shop, vec![one]);
                let rest = Count {
                    line: first.line,
                    units: first.units - 1,
                };
                let left = |c: &Count| {
                    shop.account
                        .claimed_gross(&shop.order, case, c.line, c.units)
                };
                kept = left(&rest) + lines[1..].iter().map(left).sum::<i64>();
            }
            let charge = Command::EndSecurity {
                goods,
                charge: true,
                note: "never came".into(),
            };
            // New goods that are so much cheaper that the customer still gets something.
            let owed = (agreed.refund_minor - kept).max(0);
            if kept - agreed.refund_minor > 0 {
                send(shop, &charge, AFTER_RETURN_BY).unwrap();
                let charged = shop.cases[0].0.exchanges.last().unwrap().security_collect;
                settle(shop, charged.unwrap());
            } else {
                let nothing = send(shop, &charge, AFTER_RETURN_BY).unwrap_err();
                assert_eq!(nothing.code, RefusalCode::IllegalInState);
            }
            if owed > 0 {
                let rest = Command::Decide {
                    lines: vec![GrantLine {
                        line: first.line,
                        units: 0,
                        outcome: Outcome::Refund,
                        minor: owed,
                    }],
                    shipping_minor: 0,
                    reason: Some("the new ones are cheaper".into()),
                };
                send(shop, &rest, DAY).unwrap();
            }
            new + kept
        }
    }
}

fn any_way() -> impl Strategy<Value = Way> {
    prop_oneof![
        Just(Way::Kept),
        Just(Way::Returned),
        any::<bool>().prop_map(|paid| Way::SoldOut { paid }),
        Just(Way::Unpaid),
        any::<bool>().prop_map(|paid| Way::CalledOff { paid }),
        Just(Way::Charged),
        Just(Way::PartCharged),
        Just(Way::ChargedThenBack),
    ]
}

fn any_swap() -> impl Strategy<Value = Swap> {
    (1_i64..30_000, 0_i64..3_000, any::<bool>(), any_way()).prop_map(
        |(price, promotional, credit, way)| Swap {
            price,
            promotional,
            credit,
            way,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// One exchange of two lines, or one for each in either order; even, dearer, cheaper.
    #[test]
    fn what_was_paid_came_back_or_is_held(
        code in prop_oneof![Just("EUR"), Just("JPY"), Just("KWD")],
        control in prop_oneof![Just("inspected"), Just("received")],
        inclusive in any::<bool>(),
        prices in (1_i64..9_000, 1_i64..9_000),
        units in (1_u32..4, 1_u32..4),
        discount in 0_i64..900,
        shares in proptest::collection::vec(1_i64..9, 1..4),
        own in 0_u8..8,
        swaps in (any_swap(), any_swap()),
        (joint, even, second_first) in (any::<bool>(), any::<bool>(), any::<bool>()),
    ) {
        let lines = [input(prices.0, units.0, &[1900]), input(prices.1, units.1, &[700, 150])];
        let list = prices.0 * i64::from(units.0) + prices.1 * i64::from(units.1);
        let mut order = order_in("US", code, &lines, discount.min(list - 1), inclusive, &[]);
        let parts = prorate(order.captured_minor, &shares);
        order.tenders = parts.iter().enumerate().map(|(i, minor)| Tender {
            kind: if own >> i & 1 == 1 { TenderKind::GiftCard } else { TenderKind::Card },
            reference: format!("pi_{i}").into(),
            minor: *minor,
        }).collect();
        let total = order.captured_minor;
        let mut shop = Shop::new(order, control);
        shop.world.fees_off();
        let wanted = [(0, units.0), (1, units.1)].map(|(line, units)| {
            let mut asked = ask(line, units, ReturnReason::SizeSmall);
            asked.wanted = Outcome::Replacement;
            asked
        });
        shop.send(None, &crate::shop::request(wanted.to_vec()), DAY, AGENT).unwrap();
        for c in [0_u16, 1] {
            let open = shop.cases[0].0.line(c).unwrap().quantities.undecided();
            if open > 0 {
                let lines = vec![Count { line: c, units: open }];
                let reason = Some("agreed".into());
                let let_back = Command::Authorise { lines, keep: false, reason };
                send(&mut shop, &let_back, DAY).unwrap();
            }
        }
        let mut counts = [Count { line: 0, units: units.0 }, Count { line: 1, units: units.1 }];
        if second_first {
            counts.reverse();
        }
        let (mut first, second) = swaps;
        let mut kept = 0;
        let case = shop.cases[0].0.id;
        if joint {
            let worth = |c: &Count| shop.account.next_gross(&shop.order, case, c.line, c.units);
            let gross: i64 = counts.iter().map(worth).sum();
            if even && gross > 0 {
                first.price = gross;
            }
            kept += play(&mut shop, &counts, &first);
        } else {
            kept += play(&mut shop, &counts[..1], &first);
            kept += play(&mut shop, &counts[1..], &second);
        }
        pay_out(&mut shop);
        let a = &shop.account;
        prop_assert_eq!(a.pending_minor, 0);
        prop_assert_eq!(a.captured_minor - a.refunded_minor, kept, "of {}", total);
        if kept == 0 {
            // Everything came back: each payment got its own, or the customer has it as credit.
            let all = &shop.cases[0].0.obligations;
            let credit = all.iter().any(|o| o.kind == Kind::StoreCredit);
            let to = |t: usize| all.iter()
                .filter(|o| o.kind == Kind::Refund && o.tender.map(usize::from) == Some(t))
                .map(|o| o.minor).sum::<i64>();
            for (t, minor) in parts.iter().enumerate() {
                prop_assert!(credit || to(t) == *minor, "tender {}", t);
            }
            prop_assert!(a.collected.iter().all(|c| c.back_minor == c.minor));
        }
    }
}

/// Two units of one line, each exchanged on its own and sent in advance; one comes back.
#[test]
fn one_missing_unit_is_charged_once_whatever_it_was_exchanged_in() {
    let order = order_in("US", "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let mut line = ask(0, 2, ReturnReason::SizeSmall);
    line.wanted = Outcome::Replacement;
    shop.send(None, &crate::shop::request(vec![line]), DAY, AGENT)
        .unwrap();
    let mut both = Vec::new();
    for _ in 0..2 {
        let economics = price_lines(&[input(5_000, 1, &[1900])], 0, true);
        let exchange = Command::Exchange {
            ask: Box::new(ExchangeAsk {
                lines: vec![Count { line: 0, units: 1 }],
                items: vec![ExchangeItem {
                    sku: "NEW".into(),
                    title: "Another".into(),
                    economics: economics.unwrap().remove(0),
                }],
                promotional_minor: 0,
                fallback: Outcome::Refund,
                advance: Some(Advance {
                    hold_minor: 5_000,
                    return_by: "2026-11-30".parse().unwrap(),
                    consent: "ticked".into(),
                    sha256: "".into(),
                }),
                reason: Some("another".into()),
            }),
        };
        send(&mut shop, &exchange, DAY).unwrap();
        let agreed = shop.cases[0].0.exchanges.last().unwrap().clone();
        settle(&mut shop, agreed.advance.as_ref().unwrap().0);
        settle(&mut shop, agreed.goods);
        both.push(agreed.goods);
    }
    bring_back(&mut shop, vec![Count { line: 0, units: 1 }]);
    let charge = |goods| Command::EndSecurity {
        goods,
        charge: true,
        note: "never came".into(),
    };
    send(&mut shop, &charge(both[0]), AFTER_RETURN_BY).unwrap();
    let second = send(&mut shop, &charge(both[1]), AFTER_RETURN_BY);
    assert_eq!(second.unwrap_err().code, RefusalCode::IllegalInState);
    let charged: Vec<_> = shop.cases[0].0.exchanges.iter().collect();
    assert_eq!(charged[0].security_charged_minor, Some(5_000));
    assert_eq!(charged[1].security_charged_minor, None);
}

/// 50.00 by card, 12.50 for the dearer size by pay link: each gets back its own, the link first.
#[test]
fn a_difference_goes_back_to_the_payment_that_paid_it_and_then_to_the_card() {
    let order = order_in("US", "EUR", &[input(5_000, 1, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    shop.world.fees_off();
    let mut line = ask(0, 1, ReturnReason::SizeSmall);
    line.wanted = Outcome::Replacement;
    shop.send(None, &crate::shop::request(vec![line]), DAY, AGENT)
        .unwrap();
    let swap = Swap {
        price: 6_250,
        promotional: 0,
        credit: false,
        way: Way::Kept,
    };
    play(&mut shop, &[Count { line: 0, units: 1 }], &swap);
    let (goods, link) = {
        let e = &shop.cases[0].0.exchanges[0];
        (e.goods, e.collect.unwrap().0)
    };
    let back = Command::ReturnExchanged {
        goods,
        wanted: Outcome::Refund,
    };
    send(&mut shop, &back, DAY).unwrap();
    let give = |minor, units| Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units,
            outcome: Outcome::Refund,
            minor,
        }],
        shipping_minor: 0,
        reason: Some("agreed".into()),
    };
    send(&mut shop, &give(1_000, 0), DAY).unwrap();
    send(&mut shop, &give(5_250, 0), DAY).unwrap();
    let refunds = |shop: &Shop| -> Vec<_> {
        let all = shop.cases[0].0.obligations.iter();
        let all = all.filter(|o| o.kind == Kind::Refund);
        all.map(|o| (o.tender, o.back_to, o.minor)).collect()
    };
    let wanted = vec![
        (None, Some(link), 1_000),
        (None, Some(link), 250),
        (Some(0), None, 5_000),
    ];
    assert_eq!(refunds(&shop), wanted);
    let more = send(&mut shop, &give(1, 0), DAY);
    assert_eq!(more.unwrap_err().code, RefusalCode::OverCeiling);
    // Given up, it can go back to the link once more and no further.
    let first = shop.cases[0].0.obligations.iter();
    let first = first.filter(|o| o.back_to == Some(link)).map(|o| o.id);
    let give_up = Command::CancelObligation {
        obligation: first.collect::<Vec<_>>()[0],
        note: "typed wrongly".into(),
    };
    send(&mut shop, &give_up, DAY).unwrap();
    send(&mut shop, &give(1_000, 0), DAY).unwrap();
    assert_eq!(refunds(&shop).last(), Some(&(None, Some(link), 1_000)));
}

/// The buyer's bank takes a paid difference back: it is not there to be given back again, and
/// paying it again counts once.
#[test]
fn a_difference_that_came_back_is_not_given_back_again() {
    let order = order_in("US", "EUR", &[input(5_000, 1, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let mut line = ask(0, 1, ReturnReason::SizeSmall);
    line.wanted = Outcome::Replacement;
    shop.send(None, &crate::shop::request(vec![line]), DAY, AGENT)
        .unwrap();
    let swap = Swap {
        price: 6_250,
        promotional: 0,
        credit: false,
        way: Way::Kept,
    };
    play(&mut shop, &[Count { line: 0, units: 1 }], &swap);
    assert_eq!(shop.account.refundable_minor(), 6_250);
    let link = shop.cases[0].0.exchanges[0].collect.unwrap().0;
    let bounced = Command::PaymentReturned {
        obligation: link,
        code: "disputed".into(),
    };
    send(&mut shop, &bounced, DAY).unwrap();
    assert_eq!(shop.account.refundable_minor(), 5_000);
    send(&mut shop, &bounced, DAY).unwrap();
    assert_eq!(shop.account.refundable_minor(), 5_000);
    let again = Command::RetryPayment { obligation: link };
    send(&mut shop, &again, DAY).unwrap();
    settle(&mut shop, link);
    assert_eq!(shop.account.refundable_minor(), 6_250);
    // Given back, and then disputed: the second time it is lost.
    let scratch = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 0,
            outcome: Outcome::Refund,
            minor: 1_250,
        }],
        shipping_minor: 0,
        reason: Some("a scratch".into()),
    };
    send(&mut shop, &scratch, DAY).unwrap();
    send(&mut shop, &bounced, DAY).unwrap();
    assert_eq!(shop.account.chargebacks_lost_minor, 1_250);
    assert_eq!(shop.account.refundable_minor(), 3_750);
}
