//! What must hold for any facts: the answer is total and always the same, more rights never make
//! a consumer worse off, and a later notice never gives an earlier refund day.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use jiff::{Span, civil::Date, civil::date};
use law::{
    Exemption, Holidays, LawBook, LawFacts, RefundEvents, RequestKind,
    vectors::{CaseFacts, evaluate, explain},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| LawBook::builtin().unwrap());
static PLACES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let all = BOOK.jurisdictions();
    all.map(|j| (j.code.clone(), j.currency.clone())).collect()
});

fn day() -> impl Strategy<Value = Date> {
    (0_i32..2200).prop_map(|n| date(2024, 1, 1).checked_add(Span::new().days(n)).unwrap())
}

fn maybe_day() -> impl Strategy<Value = Value> {
    prop_oneof![3 => day().prop_map(|d| json!(d)), 1 => Just(Value::Null)]
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words.to_vec())
}

const TRAITS: [&str; 9] = [
    "custom_made",
    "perishable",
    "marked_final_sale",
    "durable",
    "used_goods",
    "gibberish",
    "medicine_or_medical_device",
    "displayed_return_terms",
    "significant_return_cost",
];

fn line(name: &'static str) -> impl Strategy<Value = Value> {
    (
        0_i64..2_000_000,
        1_u32..4,
        maybe_day(),
        prop::collection::vec(one_of(&TRAITS), 0..2),
        one_of(&["home", "services", "digital"]),
        one_of(&["intact", "broken_after_delivery"]),
        one_of(&["hygiene", "media", "protective_film"]),
    )
        .prop_map(move |(price, qty, delivered, traits, category, state, seal)| {
            json!({"line": name, "category": category, "unit_price": price.to_string(), "qty": qty,
                   "delivered_on": delivered, "traits": traits, "seal_state": state, "seal_type": seal})
        })
}

fn sale() -> impl Strategy<Value = Value> {
    (
        0..PLACES.len(),
        one_of(&["distance", "off_premises", "in_store"]),
        one_of(&[
            "none",
            "unsolicited_home_visit",
            "excursion",
            "direct_marketing",
        ]),
        one_of(&["consumer", "consumer", "consumer", "business"]),
        day(),
        one_of(&["yes", "late", "no"]),
        day(),
        any::<[bool; 5]>(),
        (line("A"), line("B")),
    )
        .prop_map(
            |(at, channel, solicitation, buyer, contract, told, on, yes, (a, b))| {
                let (place, currency) = &PLACES[at];
                json!({
                    "jurisdiction": place, "currency": currency, "channel": channel,
                    "solicitation": solicitation, "buyer": buyer, "contract_date": contract,
                    "informed": {"withdrawal_right": told, "on": on, "return_cost": yes[0]},
                    "trader_offered_collection": yes[1], "trader_agreed_to_pay_return": yes[2],
                    "disclosure_failure": yes[3], "policy": {"disclosed": yes[4]}, "lines": [a, b],
                })
            },
        )
}

fn case() -> impl Strategy<Value = Value> {
    (
        sale(),
        one_of(&["change_of_mind", "defect", "non_delivery", "payment_refund", "payment_dispute"]),
        prop::option::of(one_of(&["repair", "refund", "reject", "final_reject", "price_reduction"])),
        prop::collection::vec(maybe_day(), 10),
        0_i64..50_000,
        one_of(&["none", "use", "excess_handling"]),
        prop::collection::vec(day(), 0..30),
        (0_u32..3, any::<bool>(), 0_i64..50),
    )
        .prop_map(|(mut sale, kind, remedy, d, loss, cause, holidays, (failed, major, paid))| {
            let more = json!({
                "request": {"kind": kind, "remedy": remedy, "notice_sent_on": d[0],
                    "notice_received_on": d[1], "lines": ["A", "B"], "defect_noticed_on": d[2],
                    "refund_agreed_on": d[3], "failed_repairs": failed, "major_failure": major,
                    "repair_requested_on": d[4], "repaired_goods_received_on": d[5]},
                "return": {"dispatched_on": d[6], "proof_supplied_on": d[7], "received_on": d[8],
                    "value_loss": loss.to_string(), "value_loss_cause": cause},
                "outbound_shipping": {"paid": paid.to_string(), "least_expensive_standard": "4"},
                "contract_copy_received_on": d[9], "public_holidays": holidays,
            });
            for (key, value) in more.as_object().unwrap() {
                sale[key] = value.clone();
            }
            sale
        })
}

fn read(case: &Value) -> CaseFacts {
    serde_json::from_value(case.clone()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_facts_have_one_answer(case in case()) {
        let facts = read(&case);
        let outcome = evaluate(&BOOK, &facts).unwrap();
        prop_assert_eq!(&outcome, &evaluate(&BOOK, &facts).unwrap());
        prop_assert_eq!(&explain(&BOOK, &facts).unwrap().outcome, &outcome);
        let (due, strict) = (outcome.refund_due, outcome.refund_due_strict);
        prop_assert!(due >= strict && due.is_some() == strict.is_some());
        prop_assert!(outcome.min_refund.minor >= 0);
        if let Some(cautious) = outcome.min_refund_cautious {
            prop_assert!(cautious.minor > outcome.min_refund.minor);
        }
        if outcome.in_time != Some(true) && outcome.right_type.map(law::words::RightType::as_str) != Some("non_delivery") {
            prop_assert_eq!(outcome.min_refund.minor, 0);
            prop_assert_eq!(outcome.return_cost_payer, None);
        }
    }

    /// Facts that only strengthen the consumer: each may leave things as they are, none may take
    /// from the refund, shorten the time or move the postage to the consumer.
    #[test]
    fn more_rights_never_make_the_consumer_worse_off(case in case()) {
        let before = evaluate(&BOOK, &read(&case)).unwrap();
        let mut better = Vec::new();
        let mut change = |edit: &dyn Fn(&mut Value)| {
            let mut case = case.clone();
            edit(&mut case);
            better.push(evaluate(&BOOK, &read(&case)).unwrap());
        };
        change(&|c| c["trader_agreed_to_pay_return"] = true.into());
        change(&|c| c["informed"]["return_cost"] = false.into());
        change(&|c| c["policy"]["disclosed"] = false.into());
        change(&|c| c["buyer"] = "consumer".into());
        change(&|c| for line in c["lines"].as_array_mut().unwrap() {
            // What lasts long has the longer guarantee: that one is no exemption.
            let traits = line["traits"].as_array_mut().unwrap();
            traits.retain(|t| t == "durable" || t == "significant_return_cost");
            line["seal_state"] = "intact".into();
        });
        let kept = |o: &law::vectors::Outcome| o.statutory_right == Some(true) && o.in_time != Some(false);
        // South Africa gives section 16 only to lines that section 44 of the other act exempts: who
        // loses the exemption loses it.
        let other_act = |o: &law::vectors::Outcome| {
            let beside = o.beside.iter().flat_map(|right| &right.rule_ids);
            o.rule_ids.iter().chain(beside).any(|id| id == "za.ecta.44")
        };
        let yields = before.rule_ids.iter().any(|id| id == "za.cpa.16");
        for after in better {
            if yields && (other_act(&after) || !kept(&after)) {
                continue;
            }
            if kept(&before) && before.min_refund.minor > 0 && after.right_type == before.right_type {
                prop_assert!(after.min_refund.minor >= before.min_refund.minor, "{before:?}\n{after:?}");
            }
            prop_assert!(!kept(&before) || kept(&after), "{before:?}\n{after:?}");
        }
    }

    #[test]
    fn a_later_notice_never_gives_an_earlier_refund(
        at in 0..PLACES.len(), channel in one_of(&["distance", "off_premises"]),
        contract in day(), sent in 0_i32..60, later in 0_i32..30,
        goods in prop::option::of(0_i32..90), off in prop::collection::vec(day(), 0..60),
    ) {
        let plus = |n: i32| contract.checked_add(Span::new().days(n)).unwrap();
        let (country, part) = match PLACES[at].0.split_once('-') {
            Some((country, part)) => (country, Some(part.parse().unwrap())),
            None => (PLACES[at].0.as_str(), None),
        };
        let place = kernel::Place { country: country.parse().unwrap(), subdivision: part };
        let holidays = Holidays::of(&off);
        let ask = |n: i32, request: RequestKind| {
            let floor = BOOK.entitlements(&LawFacts {
                channel: law::SaleChannel::of(channel).unwrap(),
                policy_disclosed: false,
                circumstances: law::Circumstances::NONE.with(law::Circumstance::DisclosureFailure),
                delivered_on: Some(plus(2)),
                line_delivered_on: Some(plus(2)),
                request,
                notice_sent_on: plus(n),
                notice_received_on: plus(n),
                ..LawFacts::new(place, contract, &holidays)
            });
            let mut events = RefundEvents::notice(plus(n), plus(n));
            events.goods_received = goods.map(plus);
            events.agreed = Some(plus(n));
            let due = |e: &law::Entitlement| e.refund_clock.and_then(|c| c.due(&events, &holidays));
            floor.entitlements.iter().map(|e| (e.rule.clone(), e.right, due(e))).collect::<Vec<_>>()
        };
        let defect = RequestKind::Defect { noticed_on: plus(3) };
        for request in [RequestKind::ChangeOfMind, defect, RequestKind::NonDelivery] {
            let (early, late) = (ask(sent, request), ask(sent + later, request));
            prop_assert_eq!(early.len(), late.len());
            for ((rule, right, early), (same, also, late)) in early.iter().zip(&late) {
                prop_assert_eq!((rule, right), (same, also));
                if let (Some(early), Some(late)) = (early, late) {
                    prop_assert!(late.due >= early.due && late.strict >= early.strict, "{rule}");
                }
            }
        }
    }

    #[test]
    fn an_exemption_never_adds_a_right(at in 0..PLACES.len(), which in 0..Exemption::ALL.len(), contract in day()) {
        let holidays = Holidays::none();
        let (country, part) = match PLACES[at].0.split_once('-') {
            Some((country, part)) => (country, Some(part.parse().unwrap())),
            None => (PLACES[at].0.as_str(), None),
        };
        let place = kernel::Place { country: country.parse().unwrap(), subdivision: part };
        let traits = [Exemption::ALL[which]];
        let plain = LawFacts { policy_disclosed: false, ..LawFacts::new(place, contract, &holidays) };
        let free = BOOK.entitlements(&plain);
        let bound = BOOK.entitlements(&LawFacts { traits: &traits, ..plain });
        prop_assert!(free.has_statutory_right() || !bound.has_statutory_right());
    }
}
