//! Drives the worked decisions of the law research through the real selection.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use jiff::civil::Date;
use law::{
    Buyer, Entitlement, Exemption, Floor, Holidays, Informed, LawBook, LawFacts, Payer,
    RefundStart, RequestKind, Right, SaleChannel,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Jurisdictions whose packs exist; a state of the US counts by its own code.
const PLACES: [&str; 7] = ["DE", "FR", "ES", "IE", "GB", "US", "US-TX"];
/// Vectors that need a fact the questions do not carry, and which.
const OUT_OF_SCOPE: [(&str, &str); 6] = [
    (
        "V22",
        "pause of the rejection period while a repair is pending",
    ),
    (
        "V24",
        "state default refund for an undisclosed policy (US-CA)",
    ),
    (
        "V25",
        "state default refund for an undisclosed policy (US-CA)",
    ),
    (
        "V26",
        "state default refund for an undisclosed policy (US-NY)",
    ),
    (
        "V27",
        "state default refund for an undisclosed policy (US-RI)",
    ),
    ("V30", "US door-to-door cooling off (16 CFR 429)"),
];

fn shared() -> Option<PathBuf> {
    let found = option_env!("REDRESS_SHARED")
        .map(PathBuf::from)
        .or_else(|| {
            let up = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
            up.map(|dir| dir.join("../shared"))
                .find(|dir| dir.join("law").is_dir())
        });
    found.filter(|dir| dir.join("law/law-vectors.json").is_file())
}

fn date(v: &Value) -> Option<Date> {
    v.as_str().map(|s| s.parse().unwrap())
}

fn text(d: Option<Date>) -> Value {
    d.map_or(Value::Null, |d| Value::from(d.to_string()))
}

struct Case {
    holidays: Holidays,
    traits: Vec<Exemption>,
}

fn ask(book: &LawBook, facts: &Value, case: &Case) -> Floor {
    let code = facts["jurisdiction"].as_str().unwrap();
    let (country, sub) = code
        .split_once('-')
        .map_or((code, None), |(c, s)| (c, Some(s)));
    let contract_date = date(&facts["contract_date"]).unwrap();
    let request = &facts["request"];
    // V29 has no notice: the buyer asks as soon as the seller's thirty days are over.
    let sent = date(&request["notice_sent_on"]).unwrap_or_else(|| {
        contract_date
            .checked_add(jiff::Span::new().days(31))
            .unwrap()
    });
    let received = date(&request["notice_received_on"]).unwrap_or(sent);
    let told = &facts["informed"];
    let delivered = facts["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|l| date(&l["delivered_on"]));
    book.entitlements(&LawFacts {
        place: kernel::Place {
            country: country.parse().unwrap(),
            subdivision: sub.map(|s| s.parse().unwrap()),
        },
        buyer: serde_json::from_value::<Buyer>(facts["buyer"].clone()).unwrap(),
        channel: serde_json::from_value::<SaleChannel>(facts["channel"].clone()).unwrap(),
        contract_date,
        informed: match told["withdrawal_right"].as_str().unwrap() {
            "yes" => Informed::Yes,
            "late" => Informed::Late(date(&told["on"]).unwrap()),
            _ => Informed::No,
        },
        informed_of_return_cost: told["return_cost"].as_bool().unwrap(),
        offered_collection: facts["trader_offered_collection"].as_bool().unwrap(),
        agreed_to_pay_return: facts["trader_agreed_to_pay_return"].as_bool().unwrap(),
        traits: &case.traits,
        delivered_on: delivered.max(),
        line_delivered_on: date(&facts["lines"][0]["delivered_on"]),
        request: match request["kind"].as_str().unwrap() {
            "change_of_mind" => RequestKind::ChangeOfMind,
            "defect" => RequestKind::Defect {
                noticed_on: date(&request["defect_noticed_on"]).unwrap_or(sent),
            },
            _ => RequestKind::NonDelivery,
        },
        notice_sent_on: sent,
        notice_received_on: received,
        holidays: &case.holidays,
    })
}

fn right_name(right: Right) -> &'static str {
    match right {
        Right::Withdrawal => "withdrawal",
        Right::ShortTermReject => "short_term_reject",
        Right::Conformity => "conformity",
        Right::NonDelivery => "non_delivery",
    }
}

fn outcome(floor: &Floor, facts: &Value, holidays: &Holidays) -> Value {
    let Some(e): Option<&Entitlement> = floor.best().or(floor.entitlements.first()) else {
        let none = floor.none.as_ref().unwrap();
        return serde_json::json!({
            "statutory_right": false, "right_type": "none", "deadline": null, "in_time": null,
            "refund_due": null, "refund_due_strict": null, "return_cost_payer": null,
            "rule_ids": sorted(&none.rules),
        });
    };
    let back = &facts["return"];
    let agreed = date(&facts["request"]["refund_agreed_on"]);
    let due = e
        .refund_clock
        .and_then(|clock| match (clock.start, agreed) {
            (RefundStart::TraderAgreed, Some(day)) => clock.due_from(day, holidays),
            _ => clock.due(
                date(&facts["request"]["notice_received_on"])
                    .unwrap_or_else(|| date(&facts["contract_date"]).unwrap()),
                date(&back["received_on"]),
                date(&back["proof_supplied_on"]),
                holidays,
            ),
        });
    serde_json::json!({
        "statutory_right": floor.has_statutory_right(),
        "right_type": right_name(e.right),
        "deadline": text(e.deadline),
        // For the trader's own deadline the vectors leave this open.
        "in_time": (e.right != Right::NonDelivery).then_some(e.is_usable()),
        "refund_due": text(due.map(|d| d.due)),
        "refund_due_strict": text(due.map(|d| d.strict)),
        "return_cost_payer": match e.return_cost {
            Payer::Consumer => "consumer",
            Payer::Trader => "trader",
            Payer::Unspecified => "unspecified",
            Payer::NotApplicable => "not_applicable",
        },
        "rule_ids": sorted(&e.rules),
    })
}

fn sorted(ids: &[std::sync::Arc<str>]) -> Vec<String> {
    let mut ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.sort();
    ids
}

#[test]
fn worked_decisions_come_out_as_researched() {
    let Some(dir) = shared() else {
        println!("skipped: law-vectors.json is not here");
        return;
    };
    let all = std::fs::read_to_string(dir.join("law/law-vectors.json")).unwrap();
    let all: Value = serde_json::from_str(&all).unwrap();
    let book = LawBook::builtin().unwrap();
    let (mut passed, mut elsewhere, mut wrong) = (0, 0, Vec::new());
    for vector in all["vectors"].as_array().unwrap() {
        let (id, facts) = (vector["id"].as_str().unwrap(), &vector["facts"]);
        let place = facts["jurisdiction"].as_str().unwrap();
        if let Some((_, why)) = OUT_OF_SCOPE.iter().find(|(v, _)| *v == id) {
            println!("{id} out of scope: {why}");
            continue;
        }
        if !PLACES.contains(&place) {
            println!("{id} out of scope: no pack for {place}");
            elsewhere += 1;
            continue;
        }
        let holidays = facts["public_holidays"].as_array().unwrap();
        let holidays: Vec<Date> = holidays.iter().filter_map(date).collect();
        let traits = facts["lines"][0]["traits"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let case = Case {
            holidays: Holidays::of(&holidays),
            traits: traits
                .into_iter()
                .map(|t| serde_json::from_value(t).unwrap())
                .collect(),
        };
        let got = outcome(&ask(&book, facts, &case), facts, &case.holidays);
        let mut bad = Vec::new();
        for (key, value) in got.as_object().unwrap() {
            let mut want = vector["expected"][key].clone();
            if let Some(ids) = want.as_array_mut() {
                ids.sort_by_key(|v| v.as_str().map(str::to_owned));
            }
            if *value != want {
                bad.push(format!("{key}: got {value}, want {want}"));
            }
        }
        if bad.is_empty() {
            passed += 1;
        } else {
            wrong.push(format!("{id}: {}", bad.join("; ")));
        }
    }
    println!(
        "{passed} passed, {elsewhere} elsewhere, {} need missing facts",
        OUT_OF_SCOPE.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(passed >= 17, "only {passed} vectors were compared");
}

#[test]
fn states_with_a_disclosure_statute_are_not_called_floorless() {
    let book = LawBook::builtin().unwrap();
    let facts = serde_json::json!({
        "jurisdiction": "US-CA", "channel": "in_store", "buyer": "consumer",
        "contract_date": "2026-11-01", "informed": {"withdrawal_right": "yes", "return_cost": true},
        "trader_offered_collection": false, "trader_agreed_to_pay_return": false,
        "lines": [{"delivered_on": "2026-11-01"}],
        "request": {"kind": "change_of_mind", "notice_sent_on": "2026-11-02", "notice_received_on": "2026-11-02"},
    });
    let floor = ask(
        &book,
        &facts,
        &Case {
            holidays: Holidays::none(),
            traits: vec![],
        },
    );
    assert_eq!(floor.none.unwrap().why, law::WhyNone::NotCovered);
}
