//! Decisions and quotes: the reference case, the law as floor, limits.

use crate::support::{World, ask, day, e22, input, order_in};
use kernel::{CaseId, ReasonCode};
use policy::{Outcome, Payer, RefundControl, ReturnReason};
use returns::account::AccountChange;
use returns::{
    Decision, OrderAccount, Path, QuoteKind, RequestedLine, SalesOrder, Verdict, decide,
};

fn run(world: &World, order: &SalesOrder, line: RequestedLine, path: Path, on: &str) -> Decision {
    let account = OrderAccount::open(order);
    decide(&world.facts(order, &account, &[line], path, on))
}

fn has(decision: &Decision, code: ReasonCode) -> bool {
    decision.lines[0]
        .reasons
        .iter()
        .chain(&decision.quote.reasons)
        .any(|r| r.code == code)
}

#[test]
fn e22_goodwill_faulty_and_withdrawal() {
    let world = World::new("inspected");
    // No statutory right in the United States: the policy's fee and label apply.
    let goodwill = run(
        &world,
        &e22("US"),
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(goodwill.lines[0].verdict, Verdict::Authorise);
    assert_eq!(goodwill.quote.total.minor, 2741, "{:#?}", goodwill.quote);
    assert!(has(&goodwill, ReasonCode::NoStatutoryFloor) && goodwill.auto);
    let faulty = run(
        &world,
        &e22("DE"),
        ask(0, 1, ReturnReason::Defective),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(faulty.quote.total.minor, 3600);
    assert_eq!(faulty.lines[0].terms.label_paid_by, Payer::Merchant);
    let withdrawal = run(
        &world,
        &e22("DE"),
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Withdrawal,
        "2026-11-10",
    );
    assert_eq!(
        withdrawal.quote.total.minor, 3101,
        "{:#?}",
        withdrawal.quote
    );
    assert!(withdrawal.lines[0].terms.statutory && has(&withdrawal, ReasonCode::FeeWaived));
    assert_eq!(
        withdrawal.lines[0].terms.refund_control,
        RefundControl::Received
    );
    assert_eq!(
        withdrawal.lines[0].clocks.withdrawal_until,
        Some(day("2026-11-19"))
    );
    // Not told of the cost of sending back: the seller bears it.
    let mut order = e22("DE");
    order.informed.of_return_costs = false;
    let told_nothing = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Withdrawal,
        "2026-11-10",
    );
    assert_eq!(told_nothing.quote.total.minor, 3600);
}

#[test]
fn a_policy_nobody_was_shown_gives_the_default_of_the_statute() {
    let world = World::new("inspected");
    let mut order = e22("US");
    order.place.subdivision = Some("NY".parse().unwrap());
    let asked = ask(0, 1, ReturnReason::ChangedMind);
    let shown = run(&world, &order, asked.clone(), Path::Ordinary, "2026-11-10");
    assert!(!shown.lines[0].terms.statutory);
    // General Business Law 218-a: thirty days from the purchase of 1 November.
    order.informed.of_policy = false;
    let hidden = run(&world, &order, asked, Path::Ordinary, "2026-11-10");
    assert!(hidden.lines[0].terms.statutory);
    assert_eq!(
        hidden.lines[0].clocks.withdrawal_until,
        Some(day("2026-12-01"))
    );
}

#[test]
fn withdrawing_the_whole_order_brings_standard_delivery_back() {
    let world = World::new("inspected");
    let mut order = e22("DE");
    order.shipping.standard_minor = 495;
    let account = OrderAccount::open(&order);
    let lines = [
        ask(0, 2, ReturnReason::ChangedMind),
        ask(1, 1, ReturnReason::ChangedMind),
    ];
    let mut facts = world.facts(&order, &account, &lines, Path::Withdrawal, "2026-11-10");
    facts.label_cost_minor = 0;
    let decision = decide(&facts);
    // The policy itself gives all of it back on a full return, which is more than the law.
    assert_eq!(decision.quote.shipping_minor(), 695);
    assert_eq!(decision.quote.total.minor, 10_145);
    assert_eq!(
        decision.quote.tenders.iter().map(|t| t.minor).sum::<i64>(),
        10_145
    );
}

#[test]
fn the_law_wins_over_the_policy_and_nothing_over_the_law() {
    let world = World::new("inspected");
    let mut order = e22("DE");
    for l in &mut order.lines {
        l.final_sale = true;
    }
    let ordinary = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(ordinary.lines[0].verdict, Verdict::Authorise);
    assert!(
        has(&ordinary, ReasonCode::LawOverridesPolicy) && has(&ordinary, ReasonCode::FinalSale)
    );
    order.place = kernel::Place::country("US".parse().unwrap());
    let us = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(us.lines[0].verdict, Verdict::Decline);
    assert_eq!(us.quote.total.minor, 0);
}

#[test]
fn a_machine_never_shuts_the_statutory_door() {
    let world = World::new("inspected");
    let mut order = e22("DE");
    let late = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Withdrawal,
        "2027-02-10",
    );
    assert_eq!(late.lines[0].verdict, Verdict::Review);
    assert!(has(&late, ReasonCode::StatutoryWithdrawalEnded) && !late.auto);
    order.lines[0].exemptions.push(law::Exemption::CustomMade);
    order.lines[0].final_sale = true;
    let exempt = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Withdrawal,
        "2026-11-10",
    );
    assert_eq!(exempt.lines[0].verdict, Verdict::Review);
    assert!(has(&exempt, ReasonCode::StatutoryExemption));
}

#[test]
fn above_the_limit_a_person_looks_unless_the_law_carries_it() {
    let world = World::new("inspected");
    let order = order_in("US", "EUR", &[input(60_000, 1, &[])], 0, true, &[]);
    let big = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(big.lines[0].verdict, Verdict::Review);
    assert!(has(&big, ReasonCode::AboveApprovalLimit));
    let order = order_in("DE", "EUR", &[input(60_000, 1, &[])], 0, true, &[]);
    let lawful = run(
        &world,
        &order,
        ask(0, 1, ReturnReason::ChangedMind),
        Path::Ordinary,
        "2026-11-10",
    );
    assert_eq!(lawful.lines[0].verdict, Verdict::Authorise);
}

#[test]
fn e13_the_orders_ceiling_is_spread_over_the_lines() {
    let world = World::new("inspected");
    let lines = [input(100, 1, &[]), input(100, 1, &[])];
    let order = order_in("DE", "EUR", &lines, 0, true, &[]);
    let mut account = OrderAccount::open(&order);
    let other = CaseId(crate::support::id(77));
    account
        .post(&order, other, AccountChange::ChargebackLost { minor: 97 })
        .unwrap();
    let asked = [
        ask(0, 1, ReturnReason::Defective),
        ask(1, 1, ReturnReason::Defective),
    ];
    let d = decide(&world.facts(&order, &account, &asked, Path::Ordinary, "2026-11-10"));
    assert_eq!(
        (d.quote.of_line(0), d.quote.of_line(1), d.quote.total.minor),
        (52, 51, 103)
    );
    assert!(d.quote.lines.iter().any(|l| l.kind == QuoteKind::Ceiling));
}

#[test]
fn e16_store_credit_carries_a_bonus_on_what_was_paid() {
    let world = World::new("inspected");
    let order = order_in("US", "EUR", &[input(13_800, 1, &[])], 2_760, true, &[]);
    let mut line = ask(0, 1, ReturnReason::Defective);
    line.wanted = Outcome::StoreCredit;
    let d = run(&world, &order, line, Path::Ordinary, "2026-11-10");
    assert_eq!((d.quote.total.minor, d.quote.bonus_minor), (11_040, 1_104));
    assert!(d.quote.tenders.is_empty());
}

#[test]
fn decisions_are_data() {
    let world = World::new("received");
    let d = run(
        &world,
        &e22("FR"),
        ask(0, 2, ReturnReason::SizeSmall),
        Path::Ordinary,
        "2026-11-10",
    );
    let text = serde_json::to_string(&d).unwrap();
    assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), d);
}

/// Lines that ask the law the same share its answer; one that differs in anything must not.
#[test]
fn a_line_is_decided_the_same_whoever_stands_beside_it() {
    let world = World::new("inspected");
    for country in ["DE", "GB", "US"] {
        let lines = [(); 6].map(|()| input(2_000, 1, &[1900]));
        let mut order = order_in(country, "EUR", &lines, 0, true, &[]);
        order.lines[2].exemptions.push(law::Exemption::CustomMade);
        order.lines[3].delivered_on = Some(day("2026-10-01"));
        let account = OrderAccount::open(&order);
        let reason = |i| match i {
            4 => ReturnReason::Defective,
            _ => ReturnReason::ChangedMind,
        };
        let mut asked: Vec<RequestedLine> = (0..8).map(|i| ask(i, 1, reason(i))).collect();
        asked[5].reason = ReturnReason::Defective;
        asked[5].noticed_on = Some(day("2026-11-07"));
        for path in [Path::Ordinary, Path::Withdrawal] {
            let together = decide(&world.facts(&order, &account, &asked, path, "2026-11-10"));
            assert_eq!(together.lines.len(), asked.len());
            for (line, got) in asked.iter().zip(&together.lines) {
                let alone = run(&world, &order, line.clone(), path, "2026-11-10");
                assert_eq!(*got, alone.lines[0], "{country} {path:?} {}", line.line);
            }
        }
    }
}
