//! Claims, goodwill, repairs and donations as obligation sets: what nobody may decline, what waits
//! for proof, and that every cent is one of the order.

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, LEAD, ask, day, input, order_in};
use kernel::{Currency, Money, ReasonCode};
use policy::{Grade, Outcome, ReturnReason};
use returns::journal::Account;
use returns::{
    ClaimKind, Command, Count, GrantLine, ObligationKind as Kind, ObligationState as State, Proof,
    ProofKind, Refusal, RefusalCode, RepairStep, Speaks, Status, VendorBears,
};

const DAY: &str = "2026-11-10";

/// A claim about one of two shoes of 50.00, sent to this country.
fn claimed(country: &str, kind: ClaimKind) -> Shop {
    claimed_on(DAY, country, kind)
}

fn claimed_on(day: &str, country: &str, kind: ClaimKind) -> Shop {
    let order = order_in(country, "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let Command::Request { lines, path, .. } = request(vec![ask(0, 1, kind.reason())]) else {
        unreachable!()
    };
    let asked = Command::Request {
        lines,
        path,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: Some(kind),
    };
    shop.send(None, &asked, day, AGENT).unwrap();
    shop
}

fn send(shop: &mut Shop, command: &Command) -> Result<(), Refusal> {
    shop.send(Some(0), command, DAY, LEAD).map(|_| ())
}

fn settle(outcome: Outcome, minor: i64) -> Command {
    Command::ResolveClaim {
        lines: vec![GrantLine {
            line: 0,
            units: 1,
            outcome,
            minor,
        }],
        shipping_minor: 0,
        reason: "no scan after the depot".into(),
    }
}

fn proof(kind: ProofKind, speaks: Speaks) -> Command {
    Command::FileProof {
        proof: Proof {
            kind,
            on: day(DAY),
            speaks,
            reference: "POD 4711".into(),
        },
    }
}

fn decline() -> Command {
    Command::Decline {
        lines: vec![Count { line: 0, units: 1 }],
        ground: ReasonCode::ReasonNotAccepted,
        note: Some("the carrier has a signature".into()),
    }
}

#[test]
fn the_rule_settles_no_claim_and_a_person_does_without_goods() {
    let mut shop = claimed("US", ClaimKind::MissingItem);
    assert_eq!(shop.status(0), Status::InReview);
    assert!(shop.cases[0].0.obligations.is_empty());
    send(&mut shop, &settle(Outcome::Refund, 5_000)).unwrap();
    let case = &shop.cases[0].0;
    assert_eq!(case.lines[0].quantities.kept, 1);
    assert!(case.parcels.is_empty());
    assert_eq!(
        (case.obligations[0].kind, case.obligations[0].minor),
        (Kind::Refund, 5_000)
    );
    assert_eq!(shop.account.refundable_minor(), 5_000);
    let twice = send(&mut shop, &settle(Outcome::Refund, 5_000));
    assert_eq!(twice.unwrap_err().code, RefusalCode::WrongQuantity);
}

#[test]
fn a_missing_item_is_sent_again_and_no_money_moves() {
    let mut shop = claimed("US", ClaimKind::MissingItem);
    send(&mut shop, &settle(Outcome::Replacement, 5_000)).unwrap();
    assert_eq!(shop.cases[0].0.obligations[0].kind, Kind::Replacement);
    assert_eq!(shop.account.refundable_minor(), 10_000);
}

#[test]
fn goods_that_never_came_are_not_declined_while_nothing_proves_that_they_did() {
    // Thirty days after the contract: the trader's time to deliver is over.
    let mut shop = claimed_on("2026-12-10", "DE", ClaimKind::NotReceived);
    let statutory = shop.cases[0].0.decision.as_ref().unwrap().lines[0]
        .terms
        .statutory;
    assert!(statutory, "the law knows a right for goods that never came");
    let early = send(&mut shop, &decline());
    assert_eq!(early.unwrap_err().code, RefusalCode::AgainstLaw);
    send(
        &mut shop,
        &proof(ProofKind::NonReceipt, Speaks::NotDelivered),
    )
    .unwrap();
    let still = send(&mut shop, &decline());
    assert_eq!(still.unwrap_err().code, RefusalCode::AgainstLaw);
    send(&mut shop, &proof(ProofKind::Signature, Speaks::Delivered)).unwrap();
    send(&mut shop, &decline()).unwrap();
    assert_eq!(shop.status(0), Status::Declined);
}

#[test]
fn a_carrier_claim_is_filed_answered_once_and_moves_no_money_of_the_order() {
    let mut shop = claimed("US", ClaimKind::NotReceived);
    let file = Command::FileCarrierClaim {
        carrier: "DHL".into(),
        tracking: "0034".into(),
        minor: 5_000,
    };
    send(&mut shop, &file).unwrap();
    let answer = |minor| Command::EndCarrierClaim {
        number: 0,
        recovered: eur(minor),
    };
    let more = send(&mut shop, &answer(5_001));
    assert_eq!(more.unwrap_err().code, RefusalCode::WrongAmount);
    assert_eq!(shop.balance(Account::CarrierClaims), 5_000);
    assert_eq!(shop.balance(Account::Recovered), 0, "asked for is not won");
    send(&mut shop, &answer(2_000)).unwrap();
    let again = send(&mut shop, &answer(2_000));
    assert_eq!(again.unwrap_err().code, RefusalCode::IllegalInState);
    // Paid in part: nothing is open, and only what came in is won.
    assert_eq!(shop.balance(Account::CarrierClaims), 0);
    assert_eq!(shop.balance(Account::ExpectedRecoveries), 0);
    assert_eq!(shop.balance(Account::Recovered), -2_000);
    assert_eq!(shop.balance(Account::ClientFunds), 2_000);
    // A second one is refused by the carrier.
    send(&mut shop, &file).unwrap();
    let refused = Command::EndCarrierClaim {
        number: 1,
        recovered: eur(0),
    };
    send(&mut shop, &refused).unwrap();
    assert_eq!(shop.balance(Account::CarrierClaims), 0);
    assert_eq!(shop.balance(Account::Recovered), -2_000);
    assert_eq!(shop.account.refundable_minor(), 10_000);
}

#[test]
fn a_carrier_answers_after_the_case_has_ended() {
    let mut shop = claimed("US", ClaimKind::NotReceived);
    let file = Command::FileCarrierClaim {
        carrier: "DHL".into(),
        tracking: "0034".into(),
        minor: 5_000,
    };
    send(&mut shop, &file).unwrap();
    send(&mut shop, &settle(Outcome::Refund, 5_000)).unwrap();
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
    let answer = Command::EndCarrierClaim {
        number: 0,
        recovered: eur(2_500),
    };
    send(&mut shop, &answer).unwrap();
    let case = &shop.cases[0].0;
    assert_eq!(case.carrier_claims[0].recovered_minor, Some(2_500));
    assert_eq!(case.status(), Status::Closed);
    let late = send(&mut shop, &file);
    assert_eq!(late.unwrap_err().code, RefusalCode::Closed);
}

#[test]
fn goodwill_stays_within_the_givers_limit_and_the_goods_with_the_customer() {
    let mut shop = claimed("US", ClaimKind::Goodwill);
    let give = |minor, reason: &str| Command::GiveGoodwill {
        line: 0,
        minor,
        outcome: Outcome::StoreCredit,
        reason: reason.into(),
    };
    let silent = send(&mut shop, &give(500, " "));
    assert_eq!(silent.unwrap_err().code, RefusalCode::NeedsReason);
    let above = send(&mut shop, &give(5_001, "late"));
    assert_eq!(above.unwrap_err().code, RefusalCode::OverCeiling);
    shop.world.limit = Some(400);
    let limited = send(&mut shop, &give(500, "late"));
    assert_eq!(limited.unwrap_err().code, RefusalCode::AboveAuthority);
    shop.world.limit = None;
    send(&mut shop, &give(500, "two days late")).unwrap();
    let case = &shop.cases[0].0;
    assert_eq!(
        (case.lines[0].quantities.undecided(), case.granted_minor()),
        (0, 500)
    );
    assert_eq!(shop.status(0), Status::Decided);
}

fn mended() -> Shop {
    let order = order_in("US", "EUR", &[input(5_000, 1, &[1900])], 0, true, &[]);
    let mut shop = Shop::new(order, "inspected");
    let line = ask(0, 1, ReturnReason::Defective);
    shop.send(None, &request(vec![line]), DAY, AGENT).unwrap();
    let repair = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 1,
            outcome: Outcome::Repair,
            minor: 5_000,
        }],
        shipping_minor: 0,
        reason: Some("worth mending".into()),
    };
    send(&mut shop, &repair).unwrap();
    shop
}

#[test]
fn a_repair_goes_to_the_workshop_when_the_goods_are_here_and_may_be_given_up() {
    let mut shop = mended();
    let obligation = shop.cases[0].0.obligations[0].id;
    let step = |step, note: &str| Command::MoveRepair {
        obligation,
        step,
        note: note.into(),
    };
    let early = send(&mut shop, &step(RepairStep::AtWorkshop, "W-1"));
    assert_eq!(early.unwrap_err().code, RefusalCode::IllegalInState);
    let came = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: true,
    };
    send(&mut shop, &came).unwrap();
    send(&mut shop, &step(RepairStep::AtWorkshop, "W-1")).unwrap();
    send(
        &mut shop,
        &step(RepairStep::BeyondRepair, "the motor is gone"),
    )
    .unwrap();
    let case = &shop.cases[0].0;
    assert_eq!(case.obligations[0].state, State::Canceled);
    assert_eq!(case.lines[0].quantities.grantable(), 1);
    // Another remedy follows, at the full price paid.
    let pay = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 1,
            outcome: Outcome::Refund,
            minor: 5_000,
        }],
        shipping_minor: 0,
        reason: Some("beyond repair".into()),
    };
    send(&mut shop, &pay).unwrap();
    assert_eq!(shop.account.refundable_minor(), 0);
}

#[test]
fn a_repair_that_is_done_owes_nothing_more() {
    let mut shop = mended();
    let obligation = shop.cases[0].0.obligations[0].id;
    let came = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: true,
    };
    send(&mut shop, &came).unwrap();
    let fine = Command::Grade {
        line: 0,
        units: 1,
        grade: Grade::D,
        accept: true,
        wrong_item: false,
        note: None,
    };
    send(&mut shop, &fine).unwrap();
    for step in [RepairStep::AtWorkshop, RepairStep::Returned] {
        let go = Command::MoveRepair {
            obligation,
            step,
            note: "W-1".into(),
        };
        send(&mut shop, &go).unwrap();
    }
    assert_eq!(shop.cases[0].0.obligations[0].state, State::Settled);
    assert_eq!(shop.account.refundable_minor(), 5_000);
}

#[test]
fn what_is_given_away_is_paid_when_there_is_proof_of_it() {
    let mut shop = claimed("US", ClaimKind::Damaged);
    let order = shop.order.clone();
    let mut shop2 = Shop::new(order, "approved");
    // Above the limit up to which the rule approves alone: a person decides.
    shop2.world.approve_nothing();
    let line = ask(0, 1, ReturnReason::ChangedMind);
    shop2.send(None, &request(vec![line]), DAY, AGENT).unwrap();
    assert_eq!(shop2.status(0), Status::InReview);
    let give = Command::LetDonate {
        lines: vec![Count { line: 0, units: 1 }],
        reason: Some("not worth the way back".into()),
    };
    send(&mut shop2, &give).unwrap();
    assert!(
        shop2.cases[0].0.obligations.is_empty(),
        "not before there is proof"
    );
    let proved = Command::ProveDonation {
        line: 0,
        reference: "receipt of the shelter".into(),
    };
    send(&mut shop2, &proved).unwrap();
    assert_eq!(shop2.cases[0].0.obligations[0].kind, Kind::Refund);
    let again = send(&mut shop2, &proved);
    assert_eq!(again.unwrap_err().code, RefusalCode::UnknownLine);
    // A claim is no donation.
    let none = send(&mut shop, &proved);
    assert_eq!(none.unwrap_err().code, RefusalCode::UnknownLine);
}

/// A claim about one of two shoes a vendor sold on the marketplace, for this reason, whose
/// refunds vendors bear so.
fn of_a_vendor(bears: VendorBears, kind: ClaimKind) -> Shop {
    let mut order = order_in("US", "EUR", &[input(5_000, 2, &[1900])], 0, true, &[]);
    order.lines[0].vendor = Some("Nordlicht".into());
    let mut shop = Shop::new(order, "inspected");
    shop.world.vendors = bears;
    let Command::Request { lines, path, .. } = request(vec![ask(0, 1, kind.reason())]) else {
        unreachable!()
    };
    let asked = Command::Request {
        lines,
        path,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: Some(kind),
    };
    shop.send(None, &asked, DAY, AGENT).unwrap();
    shop
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn vendor_pays(minor: i64) -> Command {
    Command::EndVendorClaim {
        line: 0,
        recovered: eur(minor),
    }
}

/// 20.00 dollars are not 20.00 euros, whoever pays them.
#[test]
fn an_answer_in_another_currency_is_never_taken_for_the_claims() {
    let mut shop = claimed("US", ClaimKind::NotReceived);
    let file = Command::FileCarrierClaim {
        carrier: "DHL".into(),
        tracking: "0034".into(),
        minor: 5_000,
    };
    send(&mut shop, &file).unwrap();
    for minor in [0, 2_000] {
        let dollars = Command::EndCarrierClaim {
            number: 0,
            recovered: Money::new(minor, "USD".parse().unwrap()),
        };
        let refused = send(&mut shop, &dollars).unwrap_err();
        assert_eq!(refused.code, RefusalCode::WrongCurrency);
        assert_eq!(refused.limit, None, "it is about no amount");
    }
    assert_eq!(shop.balance(Account::CarrierClaims), 5_000);
    assert_eq!(shop.balance(Account::Recovered), 0);
}

#[test]
fn a_vendor_bears_a_refund_by_fault_or_always_and_never_by_itself() {
    use ClaimKind::{Goodwill, NotAsDescribed};
    let cases = [
        (VendorBears::Never, NotAsDescribed, 0),
        (VendorBears::Fault, NotAsDescribed, 5_000),
        (VendorBears::Fault, Goodwill, 0),
        (VendorBears::Always, Goodwill, 5_000),
    ];
    for (bears, kind, asked) in cases {
        let mut shop = of_a_vendor(bears, kind);
        send(&mut shop, &settle(Outcome::Refund, 5_000)).unwrap();
        let owed = shop.balance(Account::VendorRecoveries);
        assert_eq!(owed, asked, "{bears:?} {kind:?}");
        if asked == 0 {
            let nobody = send(&mut shop, &vendor_pays(1));
            assert_eq!(nobody.unwrap_err().code, RefusalCode::UnknownLine);
        }
    }
}

#[test]
fn a_vendor_answers_once_and_gets_back_what_it_paid_for_money_that_was_given_up() {
    let mut shop = of_a_vendor(VendorBears::Fault, ClaimKind::NotAsDescribed);
    send(&mut shop, &settle(Outcome::Refund, 5_000)).unwrap();
    for absurd in [-1, 5_001, i64::MIN, i64::MAX] {
        let refused = send(&mut shop, &vendor_pays(absurd)).unwrap_err();
        assert_eq!(refused.code, RefusalCode::WrongAmount, "{absurd}");
    }
    send(&mut shop, &vendor_pays(3_000)).unwrap();
    let again = send(&mut shop, &vendor_pays(2_000));
    assert_eq!(again.unwrap_err().code, RefusalCode::IllegalInState);
    assert_eq!(shop.balance(Account::Recovered), -3_000);
    // The refund is given up: the vendor bears nothing any more and is paid back.
    let owed = shop.cases[0].0.obligations[0].id;
    let give_up = Command::CancelObligation {
        obligation: owed,
        note: "she found it".into(),
    };
    send(&mut shop, &give_up).unwrap();
    assert_eq!(shop.balance(Account::VendorRecoveries), -5_000);
    send(&mut shop, &vendor_pays(-3_000)).unwrap();
    assert_eq!(shop.balance(Account::VendorRecoveries), 0);
    assert_eq!(shop.balance(Account::Recovered), 0);
    assert_eq!(shop.balance(Account::ClientFunds), 0);
}

#[test]
fn a_vendor_answers_after_the_case_has_ended() {
    let mut shop = of_a_vendor(VendorBears::Always, ClaimKind::Damaged);
    send(&mut shop, &settle(Outcome::Refund, 5_000)).unwrap();
    settle_all(&mut shop, 0);
    assert_eq!(shop.status(0), Status::Closed);
    send(&mut shop, &vendor_pays(5_000)).unwrap();
    assert_eq!(shop.balance(Account::Recovered), -5_000);
}

#[test]
fn zero_negative_and_absurd_claims_are_refused_by_name() {
    for minor in [0, -1, i64::MIN, i64::MAX] {
        let mut shop = claimed("US", ClaimKind::NotReceived);
        let file = Command::FileCarrierClaim {
            carrier: "DHL".into(),
            tracking: "0034".into(),
            minor,
        };
        let refused = send(&mut shop, &file).unwrap_err();
        assert_eq!(refused.code, RefusalCode::WrongAmount, "{minor}");
        let goodwill = Command::GiveGoodwill {
            line: 0,
            minor,
            outcome: Outcome::Refund,
            reason: "late".into(),
        };
        let refused = send(&mut shop, &goodwill).unwrap_err().code;
        let named = [RefusalCode::WrongAmount, RefusalCode::OverCeiling];
        assert!(named.contains(&refused), "{minor}: {refused}");
        assert!(shop.journal.is_empty());
    }
    let mut shop = claimed("US", ClaimKind::NotReceived);
    for (number, minor) in [(0, 0), (u16::MAX, 1)] {
        let nobody = Command::EndCarrierClaim {
            number,
            recovered: eur(minor),
        };
        let refused = send(&mut shop, &nobody).unwrap_err();
        assert_eq!(refused.code, RefusalCode::UnknownObligation);
    }
}
