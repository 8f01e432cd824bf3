//! Places the public worked cases do not reach, worked by hand from the guide to the law data:
//! the facts that differ from a plain online order, and what must come out.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use law::{
    LawBook,
    vectors::{CaseFacts, Outcome, evaluate},
};
use serde_json::{Value, json};
use std::sync::LazyLock;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| LawBook::builtin().unwrap());

/// A plain online order of 2 March 2026 (a Monday) for 100, delivered on Wednesday the 4th, and a
/// change of mind on Monday the 9th; `change` is laid over it, key by key.
fn facts(place: &str, currency: &str, change: Value) -> CaseFacts {
    let mut all = json!({
        "jurisdiction": place, "channel": "distance", "solicitation": "none", "buyer": "consumer",
        "contract_date": "2026-03-02", "currency": currency,
        "informed": {"withdrawal_right": "yes", "on": null, "return_cost": true},
        "trader_offered_collection": false, "trader_agreed_to_pay_return": false,
        "lines": [{"line": "A", "category": "home", "unit_price": "100", "qty": 1, "delivered_on": "2026-03-04"}],
        "outbound_shipping": {"paid": "9", "least_expensive_standard": "5", "standard_for_kept_lines": "0"},
        "request": {"kind": "change_of_mind", "notice_sent_on": "2026-03-09", "notice_received_on": "2026-03-09", "lines": ["A"]},
        "return": {"dispatched_on": "2026-03-10", "proof_supplied_on": "2026-03-10", "received_on": "2026-03-12",
                   "value_loss": "0", "value_loss_cause": "none"},
        "public_holidays": [],
    });
    lay(&mut all, change);
    serde_json::from_value(all).unwrap()
}

fn lay(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                lay(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

fn ask(place: &str, currency: &str, change: Value) -> Outcome {
    evaluate(&BOOK, &facts(place, currency, change)).unwrap()
}

/// Compares the fields that are named.
fn check(name: &str, got: &Outcome, want: &Value) {
    let mut all = serde_json::to_value(got).unwrap();
    all["min_refund"] = got.min_refund.decimal().into();
    all["min_refund_cautious"] = got.min_refund_cautious.map(kernel::Money::decimal).into();
    for (field, want) in want.as_object().unwrap() {
        assert_eq!(&all[field], want, "{name}: {field}");
    }
}

fn table(rows: &[(&str, &str, &str, Value, Value)]) {
    for (name, place, currency, change, want) in rows {
        check(name, &ask(place, currency, change.clone()), want);
    }
}

#[test]
fn withdrawal_in_europe() {
    table(&[
        // Danish quasi-holiday: 22 May + 14 = Friday 5 June, then the weekend.
        (
            "Constitution Day",
            "DK",
            "DKK",
            json!({"contract_date": "2026-05-20", "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-05-22"}],
                "request": {"notice_sent_on": "2026-06-08", "notice_received_on": "2026-06-08"}}),
            json!({"deadline": "2026-06-08", "in_time": true, "rule_ids": ["eu.crd.withdrawal.goods", "dk.withdrawal.goods"]}),
        ),
        // 5 June + 14 = Friday 19 June 2026, Midsummer Eve in Sweden.
        (
            "Midsummer Eve",
            "SE",
            "SEK",
            json!({"contract_date": "2026-06-03", "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-06-05"}],
                "request": {"notice_sent_on": "2026-06-22", "notice_received_on": "2026-06-22"}, "public_holidays": ["2026-06-20"]}),
            json!({"deadline": "2026-06-22", "in_time": true}),
        ),
        // The rollover is the consumer's in Norway, not the trader's: 1 March + 14 = Sunday.
        (
            "Norway",
            "NO",
            "NOK",
            json!({"contract_date": "2026-02-27", "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-01"}],
                "request": {"notice_sent_on": "2026-03-14", "notice_received_on": "2026-03-14"},
                "return": {"dispatched_on": "2026-03-16", "proof_supplied_on": "2026-03-16", "received_on": null}}),
            json!({"deadline": "2026-03-16", "refund_due": "2026-03-28", "refund_due_strict": "2026-03-28", "min_refund": "105.00"}),
        ),
        (
            "Liechtenstein has the base rule only",
            "LI",
            "CHF",
            json!({}),
            json!({"deadline": "2026-03-18", "refund_due": "2026-03-23", "return_by": "2026-03-23", "rule_ids": ["eu.crd.withdrawal.goods"]}),
        ),
        // 30 days after an unsolicited visit; 3 April + 30 is a Sunday.
        (
            "Spanish home visit",
            "ES",
            "EUR",
            json!({"channel": "off_premises", "solicitation": "unsolicited_home_visit", "contract_date": "2026-04-03",
                "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-04-03"}],
                "request": {"notice_sent_on": "2026-05-04", "notice_received_on": "2026-05-04"}}),
            json!({"deadline": "2026-05-04", "in_time": true}),
        ),
        (
            "Germany did not take the thirty days",
            "DE",
            "EUR",
            json!({"channel": "off_premises", "solicitation": "unsolicited_home_visit"}),
            json!({"deadline": "2026-03-18"}),
        ),
        (
            "Italian threshold",
            "IT",
            "EUR",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "lines": [{"line": "A", "unit_price": "50", "delivered_on": "2026-03-04"}]}),
            json!({"statutory_right": false, "right_type": "none", "why_none": "below_threshold",
                "rule_ids": ["eu.crd.withdrawal.goods", "it.withdrawal.goods"]}),
        ),
        (
            "one cent above it",
            "IT",
            "EUR",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "lines": [{"line": "A", "unit_price": "50.01", "delivered_on": "2026-03-04"}]}),
            json!({"statutory_right": true}),
        ),
        (
            "under, not up to",
            "NL",
            "EUR",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "lines": [{"line": "A", "unit_price": "50", "delivered_on": "2026-03-04"}]}),
            json!({"statutory_right": true}),
        ),
        (
            "no threshold online",
            "IT",
            "EUR",
            json!({"lines": [{"line": "A", "unit_price": "5", "delivered_on": "2026-03-04"}]}),
            json!({"statutory_right": true, "min_refund": "10.00"}),
        ),
        // Medicines are exempt in Norway, not in Sweden.
        (
            "medicine NO",
            "NO",
            "NOK",
            json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "traits": ["medicine_or_medical_device"]}]}),
            json!({"statutory_right": false, "exempt_lines": ["A"], "rule_ids": ["eu.crd.withdrawal.goods", "no.withdrawal.goods"]}),
        ),
        (
            "medicine SE",
            "SE",
            "SEK",
            json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "traits": ["medicine_or_medical_device"]}]}),
            json!({"statutory_right": true, "exempt_lines": []}),
        ),
        (
            "no goods or proof yet",
            "PL",
            "PLN",
            json!({"return": {"dispatched_on": null, "proof_supplied_on": null, "received_on": null}}),
            json!({"refund_due": null, "refund_due_basis": "open", "min_refund": "105.00"}),
        ),
        (
            "services count from the contract",
            "FR",
            "EUR",
            json!({"lines": [{"line": "A", "category": "services", "unit_price": "100", "delivered_on": null}]}),
            json!({"deadline": "2026-03-16", "rule_ids": ["eu.crd.withdrawal.services_digital"], "refund_due": "2026-03-23", "return_by": null}),
        ),
        (
            "regular delivery counts from the first",
            "BE",
            "EUR",
            json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "delivery_kind": "regular_first"},
                          {"line": "B", "unit_price": "100", "delivered_on": "2026-04-04", "delivery_kind": "regular_later"}]}),
            json!({"deadline": "2026-03-18"}),
        ),
        (
            "told late, after a year",
            "AT",
            "EUR",
            json!({"informed": {"withdrawal_right": "late", "on": "2027-03-05"},
                "request": {"notice_sent_on": "2027-03-17", "notice_received_on": "2027-03-17"}}),
            json!({"deadline": "2027-03-18", "in_time": true}),
        ),
    ]);
}

#[test]
fn defects() {
    let defect = |day: &str, more: Value| {
        let mut change = json!({"request": {"kind": "defect", "notice_sent_on": day, "notice_received_on": day, "defect_noticed_on": day}});
        lay(&mut change, more);
        change
    };
    table(&[
        (
            "Spain, year three",
            "ES",
            "EUR",
            defect("2029-03-04", json!({"request": {"remedy": "repair"}})),
            json!({"right_type": "conformity", "deadline": "2029-03-04", "in_time": true, "burden_on": "consumer", "min_refund": "0.00", "remedy_tier": 1}),
        ),
        (
            "Spain, a day later",
            "ES",
            "EUR",
            defect("2029-03-05", json!({"request": {"remedy": "repair"}})),
            json!({"statutory_right": true, "in_time": false, "return_cost_payer": null}),
        ),
        (
            "France presumes two years",
            "FR",
            "EUR",
            defect("2028-03-04", json!({"request": {"remedy": "repair"}})),
            json!({"burden_on": "trader", "deadline": "2028-03-04", "rule_ids": ["eu.sgd.conformity", "fr.conformity.goods"]}),
        ),
        (
            "Germany presumes one",
            "DE",
            "EUR",
            defect("2027-03-05", json!({"request": {"remedy": "repair"}})),
            json!({"burden_on": "consumer"}),
        ),
        (
            "second step after a failed repair",
            "DE",
            "EUR",
            defect(
                "2026-09-01",
                json!({"request": {"remedy": "termination", "failed_repairs": 1}, "return": {"received_on": "2026-09-10", "proof_supplied_on": "2026-09-08"}}),
            ),
            json!({"remedy_tier": 2, "min_refund": "100.00", "refund_due": "2026-09-08", "deadline": "2028-03-04"}),
        ),
        (
            "France refunds within fourteen days of the goods",
            "FR",
            "EUR",
            defect(
                "2026-09-01",
                json!({"request": {"remedy": "termination", "failed_repairs": 1}, "return": {"received_on": "2026-09-10", "proof_supplied_on": null}}),
            ),
            json!({"min_refund": "100.00", "refund_due": "2026-09-24", "refund_form": "original_method"}),
        ),
        (
            "a repair adds a year to newer contracts",
            "DE",
            "EUR",
            defect(
                "2029-03-01",
                json!({"contract_date": "2026-08-03", "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-08-05"}],
                "request": {"remedy": "repair", "repaired_goods_received_on": "2027-01-05", "repair_requested_on": "2026-12-20"}}),
            ),
            json!({"deadline": "2029-08-05", "in_time": true, "rule_ids": ["eu.sgd.conformity", "de.conformity.goods", "eu.sgd.repair_extension"]}),
        ),
        (
            "Finland knows no fixed period",
            "FI",
            "EUR",
            defect("2031-03-05", json!({"request": {"remedy": "repair"}})),
            json!({"deadline": null, "in_time": true, "burden_on": "consumer"}),
        ),
        (
            "durable goods in Norway",
            "NO",
            "NOK",
            defect(
                "2030-03-04",
                json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "traits": ["durable"]}], "request": {"remedy": "repair"}}),
            ),
            json!({"deadline": "2031-03-04", "in_time": true}),
        ),
        (
            "other goods in Norway",
            "NO",
            "NOK",
            defect("2030-03-04", json!({"request": {"remedy": "repair"}})),
            json!({"deadline": "2028-03-04", "in_time": false}),
        ),
        (
            "Portugal, rejected at once",
            "PT",
            "EUR",
            defect("2026-04-03", json!({"request": {"remedy": "reject"}})),
            json!({"right_type": "short_term_reject", "deadline": "2026-04-03", "in_time": true, "min_refund": "100.00"}),
        ),
        (
            "Britain: who says nothing within thirty days may reject",
            "GB",
            "GBP",
            defect(
                "2026-03-20",
                json!({"request": {"refund_agreed_on": "2026-03-20"}}),
            ),
            json!({"right_type": "short_term_reject", "min_refund": "109.00", "refund_due": "2026-04-02"}),
        ),
        (
            "Britain, day thirty-one",
            "GB",
            "GBP",
            defect("2026-04-04", json!({"request": {"remedy": "reject"}})),
            json!({"right_type": "short_term_reject", "deadline": "2026-04-03", "in_time": false, "min_refund": "0.00"}),
        ),
        (
            "Brazil, hidden defect from its discovery",
            "BR",
            "BRL",
            defect("2026-07-01", json!({"request": {"remedy": "repair"}})),
            json!({"deadline": "2026-09-29", "in_time": true, "rule_ids": ["br.cdc.18_26"]}),
        ),
        (
            "Turkey lets the consumer choose",
            "TR",
            "TRY",
            defect("2026-06-01", json!({"request": {"remedy": "refund"}})),
            json!({"right_type": "conformity", "min_refund": "100.00", "burden_on": "trader", "return_cost_payer": "trader"}),
        ),
        (
            "South Africa, six months",
            "ZA",
            "ZAR",
            defect(
                "2026-09-04",
                json!({"request": {"remedy": "refund"}, "return": {"dispatched_on": null, "received_on": "2026-09-04"}}),
            ),
            json!({"deadline": "2026-09-04", "in_time": true, "min_refund": "100.00"}),
        ),
        (
            "Australia, minor failure",
            "AU",
            "AUD",
            defect("2026-06-01", json!({"request": {"remedy": "refund"}})),
            json!({"min_refund": "0.00", "remedy_tier": 1, "return_cost_payer": "consumer", "deadline": null, "in_time": true}),
        ),
        (
            "New Zealand, not cured",
            "NZ",
            "NZD",
            defect(
                "2026-06-01",
                json!({"request": {"remedy": "refund", "failed_repairs": 1}}),
            ),
            json!({"min_refund": "100.00", "refund_due": null, "refund_due_basis": "not_fixed"}),
        ),
        (
            "Swiss guarantee",
            "CH",
            "CHF",
            defect("2028-03-04", json!({"request": {"remedy": "termination"}})),
            json!({"right_type": "conformity", "deadline": "2028-03-04", "in_time": true, "burden_on": null, "min_refund": "100.00"}),
        ),
    ]);
}

#[test]
fn the_rest_of_the_world() {
    table(&[
        // 17 July is seven days after the 10th; a Turkish refund clock is unsettled.
        (
            "Turkey",
            "TR",
            "TRY",
            json!({}),
            json!({"right_type": "withdrawal", "deadline": "2026-03-18", "return_cost_payer": "trader", "refund_due": null,
                "refund_due_basis": "unsettled", "return_by": "2026-03-19", "min_refund": "109.00"}),
        ),
        (
            "Turkey before 2026 is not covered",
            "TR",
            "TRY",
            json!({"contract_date": "2025-12-30"}),
            json!({"statutory_right": false, "right_type": "none", "coverage": "unknown", "rule_ids": []}),
        ),
        (
            "Turkey, another carrier",
            "TR",
            "TRY",
            json!({"request": {"consumer_used_other_carrier_than_named": true}}),
            json!({"return_cost_payer": "consumer"}),
        ),
        (
            "Taiwan",
            "TW",
            "TWD",
            json!({"return": {"received_on": "2026-03-13"}}),
            json!({"deadline": "2026-03-11", "refund_due": "2026-03-30", "refund_due_strict": "2026-03-28", "return_cost_payer": "trader", "min_refund": "109.00"}),
        ),
        (
            "Taiwan, at the door no exemption holds",
            "TW",
            "TWD",
            json!({"channel": "off_premises", "lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "traits": ["perishable"]}]}),
            json!({"statutory_right": true}),
        ),
        (
            "Taiwan, never told",
            "TW",
            "TWD",
            json!({"informed": {"withdrawal_right": "no"}, "request": {"notice_sent_on": "2026-07-13", "notice_received_on": "2026-07-13"}}),
            json!({"deadline": "2026-07-13", "in_time": true}),
        ),
        (
            "Argentina, never told",
            "AR",
            "ARS",
            json!({"informed": {"withdrawal_right": "no"}, "request": {"notice_sent_on": "2027-03-09", "notice_received_on": "2027-03-09"}}),
            json!({"deadline": null, "in_time": true, "min_refund": "109.00"}),
        ),
        (
            "Chile",
            "CL",
            "CLP",
            json!({}),
            json!({"deadline": "2026-03-14", "refund_due": "2026-04-23", "return_cost_payer": "unspecified", "min_refund": "100"}),
        ),
        (
            "Chile without written confirmation",
            "CL",
            "CLP",
            json!({"written_confirmation_not_sent": true, "request": {"notice_sent_on": "2026-06-02", "notice_received_on": "2026-06-02"}}),
            json!({"deadline": "2026-06-02", "in_time": true}),
        ),
        // Five business days after Wednesday the 4th: Wednesday the 11th.
        (
            "Colombia",
            "CO",
            "COP",
            json!({}),
            json!({"deadline": "2026-03-11", "refund_due": "2026-04-08", "return_cost_payer": "consumer"}),
        ),
        (
            "Mexico",
            "MX",
            "MXN",
            json!({}),
            json!({"deadline": "2026-03-11", "refund_due": null, "refund_due_basis": "not_fixed"}),
        ),
        (
            "South Africa without disclosures",
            "ZA",
            "ZAR",
            json!({"section_43_disclosures_missing": true, "request": {"notice_sent_on": "2026-03-18", "notice_received_on": "2026-03-18"}}),
            json!({"deadline": "2026-03-18", "in_time": true, "min_refund": "109.00"}),
        ),
        (
            "South Africa, direct marketing at the door",
            "ZA",
            "ZAR",
            json!({"channel": "off_premises", "solicitation": "direct_marketing"}),
            json!({"right_type": "cooling_off", "rule_ids": ["za.cpa.16"], "deadline": "2026-03-11", "return_by": "2026-03-18", "refund_due": "2026-04-02"}),
        ),
        (
            "Saudi Arabia",
            "SA",
            "SAR",
            json!({"return": {"received_on": "2026-03-15"}}),
            json!({"deadline": "2026-03-11", "refund_due": "2026-03-29", "min_refund": "100.00", "return_cost_payer": "consumer"}),
        ),
        (
            "Israel takes a fee",
            "IL",
            "ILS",
            json!({}),
            json!({"deadline": "2026-03-18", "refund_due": "2026-03-23", "min_refund": "95.00"}),
        ),
        (
            "at most a hundred shekels",
            "IL",
            "ILS",
            json!({"lines": [{"line": "A", "unit_price": "5000", "delivered_on": "2026-03-04"}]}),
            json!({"min_refund": "4900.00"}),
        ),
        (
            "Korea loses nothing by opening",
            "KR",
            "KRW",
            json!({"contract_document_received_on": "2026-03-06"}),
            json!({"deadline": "2026-03-13", "refund_due": "2026-03-17", "return_cost_payer": "consumer"}),
        ),
        (
            "Korea, sealed software opened",
            "KR",
            "KRW",
            json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": "2026-03-04", "seal_type": "media", "seal_state": "broken_after_delivery"}]}),
            json!({"statutory_right": false, "exempt_lines": ["A"]}),
        ),
        (
            "Japan, terms shown",
            "JP",
            "JPY",
            json!({"policy": {"disclosed": true}}),
            json!({"statutory_right": false, "right_type": "none", "rule_ids": ["jp.sctl.15_3"]}),
        ),
        (
            "Japan, cold call",
            "JP",
            "JPY",
            json!({"sub_channel": "telephone_cold_call", "contract_document_received_on": "2026-03-03"}),
            json!({"right_type": "cooling_off", "deadline": "2026-03-10", "in_time": true, "return_cost_payer": "trader", "refund_due_basis": "promptly"}),
        ),
        (
            "Japan, no document: no end",
            "JP",
            "JPY",
            json!({"channel": "off_premises", "request": {"notice_sent_on": "2026-09-01", "notice_received_on": "2026-09-01"}}),
            json!({"right_type": "cooling_off", "deadline": null, "in_time": true}),
        ),
        (
            "Australia, at the door: ten business days",
            "AU",
            "AUD",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "lines": [{"line": "A", "unit_price": "100.01", "delivered_on": "2026-03-04"}]}),
            json!({"right_type": "cooling_off", "deadline": "2026-03-16"}),
        ),
        (
            "Australia, not above a hundred",
            "AU",
            "AUD",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises"}),
            json!({"statutory_right": false, "why_none": "below_threshold"}),
        ),
        (
            "Switzerland by telephone",
            "CH",
            "CHF",
            json!({"outbound_shipping": {"paid": "0"}, "sub_channel": "telephone", "lines": [{"line": "A", "unit_price": "100.05", "delivered_on": "2026-03-04"}]}),
            json!({"right_type": "withdrawal", "deadline": "2026-03-16", "rule_ids": ["ch.or.40a"], "refund_due": null}),
        ),
        (
            "Singapore at the door",
            "SG",
            "SGD",
            json!({"channel": "off_premises"}),
            json!({"right_type": "cooling_off", "deadline": "2026-03-09"}),
        ),
    ]);
}

#[test]
fn north_america() {
    let undisclosed = json!({"policy": {"disclosed": false}});
    let store = json!({"policy": {"disclosed": false}, "channel": "in_store"});
    table(&[
        (
            "New Jersey",
            "US-NJ",
            "USD",
            store.clone(),
            json!({"right_type": "undisclosed_policy_refund", "deadline": "2026-03-22", "refund_form": "cash_or_credit_buyer_choice"}),
        ),
        (
            "New Jersey online has none",
            "US-NJ",
            "USD",
            undisclosed.clone(),
            json!({"statutory_right": false, "rule_ids": ["us.change_of_mind.none"]}),
        ),
        (
            "Connecticut from delivery",
            "US-CT",
            "USD",
            undisclosed.clone(),
            json!({"deadline": "2026-03-11", "rule_ids": ["us_ct.return_policy"]}),
        ),
        (
            "Hawaii by card",
            "US-HI",
            "USD",
            json!({"channel": "in_store", "policy": {"disclosed": false}, "payment": "card"}),
            json!({"deadline": "2026-05-01", "refund_due": "2026-03-19"}),
        ),
        (
            "Hawaii in cash above 25",
            "US-HI",
            "USD",
            json!({"channel": "in_store", "policy": {"disclosed": false}, "payment": "cash"}),
            json!({"refund_due": "2026-03-22"}),
        ),
        (
            "Massachusetts: reasonable time",
            "US-MA",
            "USD",
            undisclosed.clone(),
            json!({"deadline": null, "in_time": true, "min_refund": "100.00"}),
        ),
        (
            "Utah refunds in thirty days",
            "US-UT",
            "USD",
            undisclosed.clone(),
            json!({"deadline": null, "refund_due": "2026-04-11"}),
        ),
        // Sunday 5 April moves on to Monday in New York; 6 March + 30.
        (
            "New York on a Sunday",
            "US-NY",
            "USD",
            json!({"policy": {"disclosed": false}, "contract_date": "2026-03-06", "return": {"received_on": "2026-04-06", "dispatched_on": null}}),
            json!({"deadline": "2026-04-06", "in_time": true}),
        ),
        (
            "disclosed",
            "US-NY",
            "USD",
            json!({"policy": {"disclosed": true}}),
            json!({"statutory_right": false, "rule_ids": ["us_ny.return_policy", "us.change_of_mind.none"]}),
        ),
        (
            "door to door below 25 dollars",
            "US-TX",
            "USD",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "solicitation": "unsolicited_home_visit", "lines": [{"line": "A", "unit_price": "24.99", "delivered_on": "2026-03-04"}]}),
            json!({"statutory_right": false, "rule_ids": ["us.ftc.429"]}),
        ),
        (
            "elsewhere below 130",
            "US-TX",
            "USD",
            json!({"outbound_shipping": {"paid": "0"}, "channel": "off_premises", "solicitation": "excursion"}),
            json!({"statutory_right": false}),
        ),
        (
            "a state nobody wrote down",
            "US-PR",
            "USD",
            json!({}),
            json!({"coverage": "unknown", "statutory_right": null, "right_type": null}),
        ),
        (
            "a seller who gave the credit has fifty days",
            "US-CA",
            "USD",
            json!({"payment": "seller_credit", "lines": [{"line": "A", "unit_price": "100", "delivered_on": null}],
                "request": {"kind": "non_delivery", "notice_sent_on": null, "notice_received_on": null}}),
            json!({"deadline": "2026-04-21", "refund_due": null, "refund_due_basis": "one_billing_cycle", "min_refund": "109.00"}),
        ),
        (
            "a promised day",
            "US-CA",
            "USD",
            json!({"promised_ship_by": "2026-03-20", "lines": [{"line": "A", "unit_price": "100", "delivered_on": null}],
                "request": {"kind": "non_delivery", "notice_sent_on": null, "notice_received_on": null}}),
            json!({"deadline": "2026-03-20", "refund_due": "2026-03-31", "min_refund": "109.00"}),
        ),
        (
            "Ontario, everything told",
            "CA-ON",
            "CAD",
            json!({}),
            json!({"statutory_right": false, "rule_ids": ["ca_on.distance"]}),
        ),
        (
            "Ontario, no copy",
            "CA-ON",
            "CAD",
            json!({"disclosure_failure": true}),
            json!({"right_type": "cancel_for_disclosure_failure", "deadline": "2026-04-01", "refund_due": "2026-03-24", "return_by": "2026-03-24"}),
        ),
        (
            "Quebec, copy after fifteen days",
            "CA-QC",
            "CAD",
            json!({"disclosure_failure": true, "contract_copy_received_on": "2026-03-18"}),
            json!({"deadline": "2026-04-01"}),
        ),
        (
            "Quebec at the door",
            "CA-QC",
            "CAD",
            json!({"channel": "off_premises", "contract_copy_received_on": "2026-03-02"}),
            json!({"right_type": "cooling_off", "deadline": "2026-03-12"}),
        ),
        (
            "Quebec, formal defect: a year",
            "CA-QC",
            "CAD",
            json!({"channel": "off_premises", "contract_copy_received_on": "2026-03-02", "disclosure_failure": true,
                "request": {"notice_sent_on": "2027-03-02", "notice_received_on": "2027-03-02"}}),
            json!({"deadline": "2027-03-02", "in_time": true}),
        ),
        (
            "Canadian shop",
            "CA-BC",
            "CAD",
            json!({"channel": "in_store"}),
            json!({"statutory_right": false, "rule_ids": ["ca.in_store.none"]}),
        ),
    ]);
}

#[test]
fn goods_that_never_came() {
    let none = |more: Value| {
        let mut change = json!({"lines": [{"line": "A", "unit_price": "100", "delivered_on": null}],
                                "request": {"kind": "non_delivery", "notice_sent_on": "2026-04-10", "notice_received_on": "2026-04-10"}});
        lay(&mut change, more);
        change
    };
    table(&[
        (
            "France fixes the refund",
            "FR",
            "EUR",
            none(json!({})),
            json!({"right_type": "non_delivery", "deadline": "2026-04-01", "in_time": null, "refund_due": "2026-04-24", "min_refund": "109.00",
                "rule_ids": ["eu.crd.delivery", "fr.non_delivery"], "return_by": null, "return_cost_payer": "trader"}),
        ),
        (
            "Germany: without delay",
            "DE",
            "EUR",
            none(json!({})),
            json!({"refund_due": null, "refund_due_basis": "without_undue_delay", "rule_ids": ["eu.crd.delivery"]}),
        ),
        (
            "not yet",
            "DE",
            "EUR",
            none(
                json!({"request": {"notice_sent_on": "2026-03-20", "notice_received_on": "2026-03-20"}}),
            ),
            json!({"min_refund": "0.00"}),
        ),
        (
            "nobody wrote it down for Brazil",
            "BR",
            "BRL",
            none(json!({})),
            json!({"statutory_right": false, "coverage": "unknown", "rule_ids": []}),
        ),
    ]);
}

#[test]
fn where_the_law_sets_no_floor_it_is_said() {
    // The list of the guide: change of mind in a shop, and online.
    for (place, currency) in [
        ("GB", "GBP"),
        ("CH", "CHF"),
        ("US", "USD"),
        ("CA", "CAD"),
        ("AU", "AUD"),
        ("NZ", "NZD"),
        ("IN", "INR"),
        ("SG", "SGD"),
        ("HK", "HKD"),
        ("AE", "AED"),
        ("IT", "EUR"),
    ] {
        let got = ask(place, currency, json!({"channel": "in_store"}));
        check(
            place,
            &got,
            &json!({"coverage": "no_floor", "statutory_right": false, "right_type": "none"}),
        );
    }
    for (place, currency) in [
        ("US", "USD"),
        ("CH", "CHF"),
        ("AU", "AUD"),
        ("NZ", "NZD"),
        ("IN", "INR"),
        ("SG", "SGD"),
        ("HK", "HKD"),
        ("AE", "AED"),
        ("US-TX", "USD"),
    ] {
        check(
            place,
            &ask(place, currency, json!({})),
            &json!({"coverage": "no_floor", "statutory_right": false}),
        );
    }
    check(
        "business",
        &ask("JP", "JPY", json!({"buyer": "business"})),
        &json!({"coverage": "no_floor", "why_none": "business_buyer"}),
    );
    check(
        "but a defect is not a change of mind",
        &ask("HK", "HKD", json!({"request": {"kind": "defect"}})),
        &json!({"coverage": "unknown"}),
    );
    check(
        "nobody knows",
        &ask("AQ", "USD", json!({})),
        &json!({"coverage": "unknown", "statutory_right": null}),
    );
    check(
        "business buyers keep some statutes",
        &ask(
            "US-NY",
            "USD",
            json!({"buyer": "business", "policy": {"disclosed": false}}),
        ),
        &json!({"statutory_right": true}),
    );
}

#[test]
fn facts_that_cannot_be_are_refused() {
    let bad = |change: Value| {
        evaluate(&BOOK, &facts("DE", "EUR", change))
            .unwrap_err()
            .to_string()
    };
    assert!(bad(json!({"currency": "XXQ"})).starts_with("currency: "));
    assert!(bad(json!({"jurisdiction": "Bavaria"})).starts_with("jurisdiction: "));
    assert!(bad(json!({"request": {"lines": ["Z"]}})).starts_with("request.lines: "));
    assert!(
        bad(json!({"informed": {"withdrawal_right": "late", "on": null}}))
            .starts_with("informed.on: ")
    );
    assert!(bad(json!({"lines": []})).starts_with("lines: "));
    assert!(
        bad(json!({"outbound_shipping": {"paid": "1.234"}}))
            .starts_with("outbound_shipping.paid: ")
    );
    assert!(bad(json!({"contract_date": "9999-12-31"})).starts_with("contract_date: "));
}

/// Found by the laws on random facts: goods of an unstated day of delivery, a defect, and a shop
/// that never showed its terms. The guarantee cannot be used, the refund for want of terms can.
#[test]
fn a_right_that_needs_no_reason_serves_where_the_guarantee_cannot() {
    let change = json!({
        "policy": {"disclosed": false},
        "lines": [{"line": "A", "category": "home", "unit_price": "100", "qty": 1, "delivered_on": null}],
        "request": {"kind": "defect", "defect_noticed_on": "2026-03-05"},
    });
    let got = ask("US-CA", "USD", change);
    let want = json!({"right_type": "undisclosed_policy_refund", "in_time": true});
    check("US-CA", &got, &want);
    assert!(
        got.beside
            .iter()
            .any(|right| right.right_type.as_str() == "conformity")
    );
}
