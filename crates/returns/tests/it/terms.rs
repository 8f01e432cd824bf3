//! A client's own terms at work in a case: its reasons, the state of goods, promises of money and
//! of answers, gifts to charity, where goods go.

use crate::shop::{Shop, request};
use crate::support::{AGENT, ask, day, e22};
use policy::{Condition, ConditionSet, Fault, Policy, ReturnReason, Route};
use returns::{Command, Count, RefusalCode, RequestedLine, Status, Verdict, What};

const POLICY: &str = r#"
name = "Own terms"
currencies = ["EUR"]
languages = ["en"]
authorisation_days = 14
[appeal]
days = 5
answer_days = 3
[final_sale]
en = "Final."
[rules]
window = { days = 30, anchor = "delivered" }
outcomes = ["refund"]
condition = ["unused", "tags"]
auto_approve = { EUR = "500.00" }
label = "customer"
shipping = { rule = "none" }
return_to = "NL"
route = "workshop"
[rules.returnless]
up_to = { EUR = "30.00" }
reasons = ["damaged_in_transit"]
max_per_365_days = 5
instead = "donate"
[rules.refund]
control = "received"
within_days = 4
[rules.fees.restocking]
rate = 1000
[reasons.fit]
text = { en = "It does not fit" }
[reasons."fit/small"]
code = "size_small"
text = { en = "Too small" }
[reasons."fit/marked_wrong"]
code = "size_small"
fault = "merchant"
text = { en = "The label inside shows another size" }
"#;

/// An order to the United States, where nothing but the policy speaks.
fn shop() -> Shop {
    let mut shop = Shop::new(e22("US"), "received");
    shop.world.policy = Policy::parse_toml(POLICY).unwrap();
    shop
}

fn own(path: &str, reason: ReturnReason) -> RequestedLine {
    RequestedLine {
        own: Some(path.into()),
        ..ask(0, 1, reason)
    }
}

fn receive(units: u32) -> Command {
    Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units }],
        strays: vec![],
        complete: false,
    }
}

#[test]
fn the_clients_own_reason_decides_whose_fault_it_is() {
    let fee = |path: &str| {
        let mut shop = shop();
        let asked = request(vec![own(path, ReturnReason::SizeSmall)]);
        shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
        let case = &shop.cases[0].0;
        assert_eq!(case.lines[0].own.as_deref(), Some(path));
        let d = case.decision.as_ref().unwrap();
        (d.lines[0].terms.fault, d.quote.total.minor)
    };
    // 36.00 paid, less 10 % and the label of 4.99; free where the seller is at fault.
    assert_eq!(fee("fit/small"), (Fault::Consumer, 2741));
    assert_eq!(fee("fit/marked_wrong"), (Fault::Merchant, 3600));
}

#[test]
fn an_own_reason_must_be_the_policys_and_stand_for_the_reason_given() {
    for (path, reason) in [
        ("fit", ReturnReason::SizeSmall),
        ("fit/large", ReturnReason::SizeLarge),
        ("fit/small", ReturnReason::SizeLarge),
    ] {
        let mut shop = shop();
        let asked = request(vec![own(path, reason)]);
        let refused = shop.send(None, &asked, "2026-11-10", AGENT).unwrap_err();
        assert_eq!(refused.code, RefusalCode::UnknownReason, "{path}");
    }
}

#[test]
fn goods_that_are_not_as_demanded_do_not_come_back_unless_the_seller_is_at_fault() {
    let verdict = |reason, lacks: &[Condition]| {
        let mut shop = shop();
        let line = RequestedLine {
            lacks: ConditionSet::of(lacks),
            ..ask(0, 2, reason)
        };
        shop.send(None, &request(vec![line]), "2026-11-10", AGENT)
            .unwrap();
        shop.cases[0].0.decision.as_ref().unwrap().lines[0].verdict
    };
    let worn = [Condition::Unused];
    assert_eq!(verdict(ReturnReason::Style, &worn), Verdict::Decline);
    assert_eq!(verdict(ReturnReason::Style, &[]), Verdict::Authorise);
    // Not demanded, so it does not matter.
    let box_gone = [Condition::Packaging];
    assert_eq!(verdict(ReturnReason::Style, &box_gone), Verdict::Authorise);
    assert_eq!(verdict(ReturnReason::WrongItem, &worn), Verdict::Authorise);
}

#[test]
fn the_promise_of_money_counts_from_the_event_the_policy_names() {
    let mut shop = shop();
    let asked = request(vec![ask(0, 2, ReturnReason::Style)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    assert_eq!(shop.cases[0].0.clocks.refund_promised, None);
    shop.send(Some(0), &receive(1), "2026-11-12", AGENT)
        .unwrap();
    let promised = |shop: &Shop| shop.cases[0].0.clocks.refund_promised;
    assert_eq!(promised(&shop), Some(day("2026-11-16")));
    // The second parcel comes later: the day that was promised stands.
    shop.send(Some(0), &receive(1), "2026-11-14", AGENT)
        .unwrap();
    assert_eq!(promised(&shop), Some(day("2026-11-16")));
    let said = |e: &&returns::Event| matches!(e.what, What::RefundPromised { .. });
    assert_eq!(shop.cases[0].1.iter().filter(said).count(), 1);
}

#[test]
fn objections_end_and_answers_are_due_as_the_policy_says() {
    let mut shop = shop();
    shop.order.lines[0].final_sale = true;
    let asked = request(vec![ask(0, 1, ReturnReason::Style)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    assert_eq!(shop.status(0), Status::Declined);
    let appeal = Command::Appeal {
        note: "I disagree".into(),
    };
    // Decided at noon: five days later at noon is in time, a day more is not.
    let late = shop.send(Some(0), &appeal, "2026-11-16", AGENT);
    assert_eq!(late.unwrap_err().code, RefusalCode::AppealTooLate);
    shop.send(Some(0), &appeal, "2026-11-15", AGENT).unwrap();
    let answer_by = shop.cases[0].0.appeal.unwrap().answer_by;
    assert_eq!(answer_by, Some(day("2026-11-18")));
}

#[test]
fn goods_that_stay_go_to_a_charity_and_where_others_go_is_said() {
    let mut shop = shop();
    let line = RequestedLine {
        line: 1,
        ..ask(1, 1, ReturnReason::DamagedInTransit)
    };
    shop.send(None, &request(vec![line]), "2026-11-10", AGENT)
        .unwrap();
    let terms = shop.cases[0].0.lines[0].terms.unwrap();
    assert!(terms.donate);
    let decision = shop.cases[0].0.decision.as_ref().unwrap();
    assert_eq!(decision.lines[0].verdict, Verdict::AuthoriseReturnless);
    let said = decision.lines[0].reasons.iter().map(|r| r.code.as_str());
    assert!(said.into_iter().any(|code| code == "returnless_donate"));
    assert_eq!(terms.return_to, "NL".parse().ok());
    assert_eq!(terms.route, Some(Route::Workshop));
}
