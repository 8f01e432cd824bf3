//! Money after the decision: given-up obligations, grants below the quote, promotions.

use crate::shop::{Shop, request};
use crate::support::{AGENT, LEAD, ask, e22, input, order_in};
use kernel::ObligationId;
use policy::{Grade, Outcome, PromotionRule, ReturnReason};
use returns::{Command, Count, GrantLine, Path, Promotion, RefusalCode, SalesOrder, Threshold};

const DAY: &str = "2026-11-10";

fn obligation(shop: &Shop, case: usize, at: usize) -> ObligationId {
    shop.cases[case].0.obligations[at].id
}

fn grant(units: u32, minor: i64, reason: Option<&str>) -> Command {
    Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units,
            outcome: Outcome::Refund,
            minor,
        }],
        shipping_minor: 0,
        reason: reason.map(Into::into),
    }
}

#[test]
fn a_given_up_obligation_frees_the_ceiling_of_its_lines() {
    let mut shop = Shop::new(e22("DE"), "approved");
    let lines = vec![
        ask(0, 2, ReturnReason::Defective),
        ask(1, 1, ReturnReason::Defective),
    ];
    shop.send(None, &request(lines), DAY, AGENT).unwrap();
    // The whole order is faulty: goods and delivery, in one obligation.
    assert_eq!(shop.cases[0].0.granted_minor(), 10_145);
    let id = obligation(&shop, 0, 0);
    let failed = Command::PaymentFailed {
        obligation: id,
        code: "closed".into(),
    };
    shop.send(Some(0), &failed, DAY, AGENT).unwrap();
    let give_up = Command::CancelObligation {
        obligation: id,
        note: "the card is gone".into(),
    };
    shop.send(Some(0), &give_up, DAY, AGENT).unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 0);
    assert_eq!(shop.account.refundable_minor(), 10_145);
    let case = shop.cases[0].0.id;
    let ceiling = |line| shop.account.ceiling(&shop.order, case, line, 0);
    assert_eq!((ceiling(0), ceiling(1)), (7_200, 2_250));
    assert_eq!(shop.account.shipping_ceiling(&shop.order), 695);
    // It can be granted again, and not a cent more.
    let more = shop.send(Some(0), &grant(0, 7_201, Some("again")), DAY, AGENT);
    assert_eq!(more.unwrap_err().code, RefusalCode::OverCeiling);
    shop.send(Some(0), &grant(0, 7_200, None), DAY, AGENT)
        .unwrap();
    assert_eq!(shop.account.pending_minor, 7_200);
}

fn withdrawn(shop: &mut Shop) {
    let withdraw = Command::Request {
        lines: vec![ask(0, 2, ReturnReason::ChangedMind)],
        path: Path::Withdrawal,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: None,
    };
    shop.send(None, &withdraw, DAY, AGENT).unwrap();
}

#[test]
fn less_than_a_withdrawal_promises_needs_a_seen_loss_and_a_reason() {
    let mut shop = Shop::new(e22("DE"), "inspected");
    withdrawn(&mut shop);
    // Quoted: 2 x 36.00 less the label of 4.99.
    let unseen = shop.send(Some(0), &grant(1, 1_000, Some("worn")), DAY, LEAD);
    assert_eq!(unseen.unwrap_err().code, RefusalCode::AgainstLaw);
    shop.account = returns::OrderAccount::replay(&shop.order, &shop.entries).unwrap();
    let mut shop = Shop::new(e22("DE"), "inspected");
    withdrawn(&mut shop);
    let hold = Command::Hold {
        note: "look first".into(),
    };
    shop.send(Some(0), &hold, DAY, AGENT).unwrap();
    let came = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 2 }],
        strays: vec![],
        complete: false,
    };
    shop.send(Some(0), &came, DAY, AGENT).unwrap();
    let worn = Command::Grade {
        line: 0,
        units: 2,
        grade: Grade::C,
        accept: true,
        wrong_item: false,
        note: Some("worn".into()),
    };
    shop.send(Some(0), &worn, DAY, AGENT).unwrap();
    let silent = shop.send(Some(0), &grant(2, 5_026, None), DAY, LEAD);
    assert_eq!(silent.unwrap_err().code, RefusalCode::NeedsReason);
    shop.send(Some(0), &grant(2, 5_026, Some("worn outdoors")), DAY, LEAD)
        .unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 5_026);
}

/// E19: 6 x 50.00 with 10 % off from 300.00.
fn six_with_a_discount(on_loss: PromotionRule, country: &str) -> SalesOrder {
    let mut order = order_in(country, "EUR", &[input(5_000, 6, &[])], 3_000, true, &[]);
    order.promotions.push(Promotion {
        id: "TEN".into(),
        needs: Threshold::Value(30_000),
        lines: smallvec::smallvec![(0, 3_000)],
        delivery: None,
        on_loss,
    });
    order
}

#[test]
fn e19_a_promotion_is_taken_back_once_and_given_back_with_the_rest() {
    let mut shop = Shop::new(
        six_with_a_discount(PromotionRule::ClawBack, "US"),
        "approved",
    );
    shop.world.fees_off();
    let five = request(vec![ask(0, 5, ReturnReason::ChangedMind)]);
    shop.send(None, &five, DAY, AGENT).unwrap();
    assert_eq!(shop.cases[0].0.granted_minor(), 22_000);
    assert_eq!(shop.account.clawed_minor, 500);
    let last = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &last, DAY, AGENT).unwrap();
    assert_eq!(shop.cases[1].0.granted_minor(), 5_000);
    assert_eq!(
        (shop.account.clawed_minor, shop.account.refundable_minor()),
        (0, 0)
    );
}

#[test]
fn e19_a_kept_promotion_and_a_statutory_return_cost_nothing() {
    for (on_loss, country) in [(PromotionRule::Keep, "US"), (PromotionRule::ClawBack, "DE")] {
        let mut shop = Shop::new(six_with_a_discount(on_loss, country), "approved");
        shop.world.fees_off();
        let five = request(vec![ask(0, 5, ReturnReason::ChangedMind)]);
        shop.send(None, &five, DAY, AGENT).unwrap();
        assert_eq!(
            shop.cases[0].0.decision.as_ref().unwrap().quote.total.minor,
            22_500
        );
    }
}
