//! Whole cases: journeys step by step, and random histories of several cases on one order; the
//! invariants are checked after every command (see `shop`).

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, LEAD, ask, currency, e22, id, input, order_in};
use kernel::{CaseId, ObligationId, ParcelId, ReasonCode};
use policy::{Grade, Outcome, ReturnReason};
use proptest::prelude::*;
use returns::{
    Command, Count, Disposition, Effect, Event, GrantLine, Path, RefusalCode, Status, VendorBears,
};

#[test]
fn from_request_to_closed() {
    let mut shop = Shop::new(e22("US"), "inspected");
    let effects = shop
        .send(
            None,
            &request(vec![ask(0, 1, ReturnReason::ChangedMind)]),
            "2026-11-10",
            AGENT,
        )
        .unwrap();
    assert_eq!(shop.status(0), Status::Authorised);
    let parcel = effects.iter().find_map(|e| match e {
        Effect::CreateLabel { parcel } => Some(*parcel),
        _ => None,
    });
    let parcel = parcel.unwrap();
    let label = Command::AddLabel {
        parcel,
        carrier: "dhl".into(),
        tracking: "1".into(),
    };
    let on = crate::support::day("2026-11-12");
    let steps = [
        (label, Status::AwaitingGoods),
        (Command::ShipScan { parcel, on }, Status::InTransit),
        (Command::DeliverScan { parcel, on }, Status::Arrived),
        (
            Command::Receive {
                parcel: Some(parcel),
                counts: vec![Count { line: 0, units: 1 }],
                strays: vec![],
                complete: true,
            },
            Status::Arrived,
        ),
        (
            Command::Grade {
                line: 0,
                units: 1,
                grade: Grade::A,
                accept: true,
                wrong_item: false,
                note: None,
            },
            Status::Decided,
        ),
    ];
    for (command, status) in steps {
        shop.send(Some(0), &command, "2026-11-13", AGENT).unwrap();
        assert_eq!(shop.status(0), status, "{command:?}");
    }
    assert_eq!(shop.cases[0].0.obligations[0].minor, 2741);
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Settled);
    let close = shop
        .send(Some(0), &Command::Close, "2026-11-21", AGENT)
        .unwrap_err();
    assert_eq!(close.code, RefusalCode::StillOpen, "not disposed yet");
    let dispose = Command::Dispose {
        line: 0,
        units: 1,
        grade: Grade::A,
        disposition: Disposition::Restock,
    };
    shop.send(Some(0), &dispose, "2026-11-21", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Closed, "nothing is left to do");
    // The unit is in a settled case: only the other one can still come back.
    let second = request(vec![ask(0, 2, ReturnReason::ChangedMind)]);
    let refused = shop.send(None, &second, "2026-11-21", AGENT).unwrap_err();
    assert_eq!(
        (refused.code, refused.allowed),
        (RefusalCode::UnitInOtherCase, Some(1))
    );
}

/// E12: announced 3, received 2, line 269.97 pays 179.98, and the third unit is free again.
#[test]
fn e12_facts_come_from_the_dock() {
    let order = order_in("DE", "EUR", &[input(8999, 3, &[])], 0, true, &[]);
    let mut shop = Shop::new(order, "received");
    let asked = request(vec![ask(0, 3, ReturnReason::Defective)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    let counts = vec![Count { line: 0, units: 2 }];
    let receive = Command::Receive {
        parcel: None,
        counts,
        strays: vec![],
        complete: true,
    };
    shop.send(Some(0), &receive, "2026-11-14", AGENT).unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 17_998);
    assert_eq!(shop.cases[0].0.lines[0].quantities.missing, 1);
    // It turns up after all.
    let counts = vec![Count { line: 0, units: 1 }];
    let receive = Command::Receive {
        parcel: None,
        counts,
        strays: vec![],
        complete: false,
    };
    shop.send(Some(0), &receive, "2026-11-16", AGENT).unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 26_997);
}

#[test]
fn the_first_decider_does_not_decide_the_appeal() {
    let mut order = e22("US");
    order.lines[0].final_sale = true;
    let mut shop = Shop::new(order, "inspected");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Declined);
    let note = || "see ticket".into();
    shop.send(
        Some(0),
        &Command::Appeal { note: note() },
        "2026-11-11",
        AGENT,
    )
    .unwrap();
    shop.send(
        Some(0),
        &Command::Overturn { note: note() },
        "2026-11-11",
        AGENT,
    )
    .unwrap();
    assert_eq!(shop.status(0), Status::InReview);
    let lines = vec![Count { line: 0, units: 1 }];
    let decline = Command::Decline {
        lines,
        ground: ReasonCode::FinalSale,
        note: Some(note()),
    };
    shop.send(Some(0), &decline, "2026-11-12", LEAD).unwrap();
    shop.send(
        Some(0),
        &Command::Appeal { note: note() },
        "2026-11-12",
        AGENT,
    )
    .unwrap();
    let own = shop.send(
        Some(0),
        &Command::Uphold { note: note() },
        "2026-11-12",
        LEAD,
    );
    assert_eq!(own.unwrap_err().code, RefusalCode::NotOwnDecision);
    shop.send(
        Some(0),
        &Command::Uphold { note: note() },
        "2026-11-12",
        AGENT,
    )
    .unwrap();
    assert_eq!(shop.status(0), Status::Declined);
}

#[test]
fn an_open_withdrawal_is_not_declined_by_anyone() {
    let mut shop = Shop::new(e22("DE"), "inspected");
    let lines = vec![ask(0, 2, ReturnReason::ChangedMind)];
    let withdraw = Command::Request {
        lines,
        path: Path::Withdrawal,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: None,
    };
    shop.send(None, &withdraw, "2026-11-10", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Authorised);
    let low = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 2,
            outcome: Outcome::StoreCredit,
            minor: 7200,
        }],
        shipping_minor: 0,
        reason: Some("cheaper".into()),
    };
    let refused = shop.send(Some(0), &low, "2026-11-11", LEAD).unwrap_err();
    assert_eq!(refused.code, RefusalCode::AgainstLaw);
}

#[test]
fn events_read_back_under_their_names() {
    let mut shop = Shop::new(e22("DE"), "approved");
    let asked = request(vec![ask(0, 2, ReturnReason::Defective)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    for event in &shop.cases[0].1 {
        let json = serde_json::to_value(event).unwrap();
        assert_eq!(json["what"]["type"], event.name());
        assert_eq!(&serde_json::from_value::<Event>(json).unwrap(), event);
    }
}

fn any_lines() -> impl Strategy<Value = Vec<Count>> {
    proptest::collection::vec((0_u16..3, 0_u32..5), 1..3).prop_map(|v| {
        v.into_iter()
            .map(|(line, units)| Count { line, units })
            .collect()
    })
}

/// A command in the rough; which obligation or parcel it names is chosen when it is sent.
fn any_command() -> impl Strategy<Value = (u8, Vec<Count>, u8, bool, i64)> {
    (
        0_u8..46,
        any_lines(),
        any::<u8>(),
        any::<bool>(),
        0_i64..9000,
    )
}

fn swap(case: &returns::ReturnCase, n: usize) -> ObligationId {
    let found = case.exchanges.get(n % case.exchanges.len().max(1));
    found.map_or(ObligationId(id(0)), |e| e.goods)
}

fn build(shop: &Shop, at: usize, raw: (u8, Vec<Count>, u8, bool, i64)) -> Command {
    let (kind, lines, pick, flag, minor) = raw;
    let case = &shop.cases[at].0;
    let n = usize::from(pick);
    let obligation = case
        .obligations
        .get(n % case.obligations.len().max(1))
        .map(|o| o.id);
    let obligation = obligation.unwrap_or(ObligationId(id(0)));
    let parcel = case
        .parcels
        .first()
        .map_or(ParcelId(id(u128::from(pick))), |p| p.id);
    let on = crate::support::day("2026-11-15");
    let note = || "words".into();
    let Count { line, units } = lines[0];
    let grade = Grade::ALL[n % Grade::ALL.len()];
    let outcome = Outcome::ALL[n % Outcome::ALL.len()];
    match kind {
        0..=1 => Command::Authorise {
            lines,
            keep: flag,
            reason: Some(note()),
        },
        2 => Command::Decline {
            lines,
            ground: ReasonCode::FinalSale,
            note: Some(note()),
        },
        3 => Command::AddLabel {
            parcel,
            carrier: "x".into(),
            tracking: "1".into(),
        },
        4 => Command::ShipScan { parcel, on },
        5 => Command::DeliverScan { parcel, on },
        6..=9 => {
            let parcel = case.parcels.first().map(|p| p.id);
            Command::Receive {
                parcel,
                counts: lines,
                strays: vec![],
                complete: flag,
            }
        }
        10..=12 => {
            let wrong_item = !flag && pick < 40;
            Command::Grade {
                line,
                units,
                grade,
                accept: flag,
                wrong_item,
                note: None,
            }
        }
        13 => Command::Dispose {
            line,
            units,
            grade,
            disposition: Disposition::Restock,
        },
        14..=16 => {
            let grant = |c: &Count| GrantLine {
                line: c.line,
                units: c.units,
                outcome,
                minor,
            };
            let lines = lines.iter().map(grant).collect();
            Command::Decide {
                lines,
                shipping_minor: minor % 700,
                reason: Some(note()),
            }
        }
        17 => Command::PaymentSent { obligation },
        18..=20 => Command::PaymentSettled {
            obligation,
            reference: if flag {
                returns::Obligation::credit_reference(obligation).into()
            } else {
                "r".into()
            },
        },
        21 => Command::PaymentFailed {
            obligation,
            code: "c".into(),
        },
        22 => Command::PaymentReturned {
            obligation,
            code: "c".into(),
        },
        23 if flag => Command::RetryPayment { obligation },
        23 => Command::CancelObligation {
            obligation,
            note: note(),
        },
        24 if flag => Command::PaymentUnknown { obligation },
        24 => Command::Cancel { note: None },
        25 if flag => Command::Appeal { note: note() },
        25 => Command::Overturn { note: note() },
        26 if flag => Command::Hold { note: note() },
        26 => Command::ReleaseHold { note: note() },
        27 if flag => Command::Expire,
        27 => Command::Reopen { note: note() },
        28 if flag => Command::OpenDispute {
            code: "13.3".into(),
        },
        28 => Command::CloseDispute {
            lost_minor: if pick < 30 { minor } else { 0 },
        },
        29 => Command::Close,
        30 => Command::Recount {
            line,
            units,
            note: note(),
        },
        34..=35 => {
            let economics = returns::price_lines(&[input(minor.max(1), 1, &[1900])], 0, true);
            let hold_minor = minor.max(1);
            Command::Exchange {
                ask: Box::new(returns::ExchangeAsk {
                    lines,
                    items: vec![returns::ExchangeItem {
                        sku: "NEW".into(),
                        title: "Another".into(),
                        economics: economics.unwrap().remove(0),
                    }],
                    promotional_minor: i64::from(pick),
                    fallback: if pick < 128 {
                        Outcome::Refund
                    } else {
                        Outcome::StoreCredit
                    },
                    advance: flag.then(|| returns::Advance {
                        hold_minor,
                        return_by: crate::support::day("2026-12-01"),
                        consent: "ticked".into(),
                        sha256: "".into(),
                    }),
                    reason: Some(note()),
                }),
            }
        }
        36 => Command::ReturnExchanged {
            goods: swap(case, n),
            wanted: Outcome::Refund,
        },
        37 if flag => Command::FallBack {
            goods: swap(case, n),
            note: note(),
        },
        37 => Command::CallOffExchange {
            goods: swap(case, n),
            note: note(),
        },
        38 if flag => Command::CheckExchange {
            goods: swap(case, n),
        },
        38 => Command::EndSecurity {
            goods: swap(case, n),
            charge: pick < 128,
            note: note(),
        },
        39 => Command::FileCarrierClaim {
            carrier: "DHL".into(),
            tracking: "0034".into(),
            minor,
        },
        40 => Command::EndCarrierClaim {
            number: u16::from(pick % 3),
            recovered: kernel::Money::new(minor, case.currency),
        },
        41 => Command::EndVendorClaim {
            line,
            recovered: kernel::Money::new(
                if flag {
                    minor
                } else {
                    case.vendor_asked_minor(line)
                },
                case.currency,
            ),
        },
        42 => Command::GiveGoodwill {
            line,
            minor,
            outcome: if flag {
                Outcome::Refund
            } else {
                Outcome::StoreCredit
            },
            reason: note(),
        },
        _ => Command::Announce {
            lines: lines
                .iter()
                .map(|c| ask(c.line, c.units, ReturnReason::ALL[n % 18]))
                .collect(),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Whatever is asked of several cases on one order, in any order, the invariants hold and
    /// nothing panics.
    #[test]
    fn any_history_keeps_the_invariants(
        country in prop_oneof!["DE", "US"],
        code in prop_oneof!["JPY", "EUR", "KWD"],
        control in prop_oneof!["immediate", "first_scan", "received", "inspected"],
        inclusive: bool,
        requests in proptest::collection::vec((0_u16..3, 1_u32..4, 0_usize..18, any::<bool>()), 1..5),
        steps in proptest::collection::vec((any::<u8>(), any_command(), any::<bool>()), 0..60),
    ) {
        let lines = [input(1999, 3, &[1900]), input(1, 4, &[700, 100]), input(5000, 2, &[])];
        let mut order = order_in(&country, &code, &lines, 777, inclusive, &[input(695, 1, &[1900])]);
        order.lines[1].vendor = Some("Nordlicht".into());
        let _ = currency(&code);
        let mut shop = Shop::new(order, &control);
        shop.world.vendors = if inclusive { VendorBears::Fault } else { VendorBears::Always };
        for (line, units, reason, withdrawal) in requests {
            let path = if withdrawal { Path::Withdrawal } else { Path::Ordinary };
            // Some come unannounced, without a line.
            let lines = match units {
                3 => Vec::new(),
                _ => vec![ask(line, units, ReturnReason::ALL[reason])],
            };
            let open = Command::Request { lines, path, notice_sent_on: None, declared: None, wishes: Vec::new(), claim: None };
            shop.send(None, &open, "2026-11-12", AGENT).ok();
        }
        for (at, raw, lead) in steps {
            if shop.cases.is_empty() { break; }
            let at = usize::from(at) % shop.cases.len();
            let command = build(&shop, at, raw);
            let user = if lead { LEAD } else { AGENT };
            shop.send(Some(at), &command, "2026-12-20", user).ok();
        }
        // In the end everything is paid: the documents carry the tax of the books.
        for at in 0..shop.cases.len() {
            let owed: Vec<_> = shop.cases[at].0.obligations.iter().map(|o| o.id).collect();
            for obligation in owed {
                let reference = "r".into();
                let pay = [
                    Command::RetryPayment { obligation },
                    Command::PaymentSent { obligation },
                    Command::PaymentSettled { obligation, reference },
                ];
                for command in pay {
                    shop.send(Some(at), &command, "2026-12-21", LEAD).ok();
                }
            }
        }
        let _ = CaseId(id(0));
    }
}
