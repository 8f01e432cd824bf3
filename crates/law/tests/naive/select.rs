//! Which rules fit the case: buyer, contract date, channel and sub-channel, subject, scope
//! threshold, trigger, exemption per line, in that order.

use super::{
    book::Rule,
    facts::{self, Facts, has_trait, name},
};
use jiff::civil::Date;
use serde_json::Value;

/// What a rule says to the case.
pub enum Fit<'a> {
    /// It is not about this case at all.
    Elsewhere,
    /// It is about the case and gives nothing: out of scope, not triggered, all lines exempt.
    Nothing { exempt: Vec<&'a str> },
    /// It gives its right for these lines.
    Right {
        lines: Vec<&'a Value>,
        exempt: Vec<&'a str>,
    },
}

/// Whether the rule answers this kind of request.
pub fn answers(rule: &Rule, kind: &str) -> bool {
    let right = rule.word("right_type");
    match kind {
        "change_of_mind" => [
            "withdrawal",
            "cooling_off",
            "default_return",
            "cancel_for_disclosure_failure",
            "undisclosed_policy_refund",
        ]
        .contains(&right),
        // a conformity rule without a window is no right of its own: it extends another
        "defect" => {
            right == "short_term_reject" || (right == "conformity" && !is_mere_extension(rule))
        }
        "non_delivery" => right == "non_delivery",
        _ => panic!("unknown request {kind}"),
    }
}

/// A rule that only lengthens the guarantee of another.
pub fn is_mere_extension(rule: &Rule) -> bool {
    rule.part("extension").is_some() && rule.part("window").is_none()
}

/// Whether a rule without a right ("none") speaks to this kind of request: those about business
/// buyers always, the others only to a change of mind.
pub fn denies(rule: &Rule, kind: &str) -> bool {
    rule.word("right_type") == "none"
        && (kind == "change_of_mind" || rule.word("buyer") == "business")
}

/// Reads the rule against the case.
pub fn fit<'a>(rule: &Rule, case: Facts<'a>) -> Fit<'a> {
    if rule.word("floor") == "future" || !applies(rule, case) {
        return Fit::Elsewhere;
    }
    let subjects = rule.words("subjects");
    let mut lines = case.requested();
    lines.retain(|l| subjects.contains(&facts::subject(l)));
    if lines.is_empty() {
        return Fit::Elsewhere;
    }
    if !in_scope(rule, case) || !triggered(rule, case) {
        return Fit::Nothing { exempt: Vec::new() };
    }
    if rule.word("right_type") == "non_delivery" {
        let missing: Vec<&Value> = lines.iter().copied().filter(|l| !case.came(l)).collect();
        if !missing.is_empty() {
            lines = missing;
        }
    }
    let exempt: Vec<&str> = lines
        .iter()
        .filter(|l| is_exempt(rule, case, l))
        .map(|l| name(l))
        .collect();
    lines.retain(|l| !exempt.contains(&name(l)));
    if lines.is_empty() {
        return Fit::Nothing { exempt };
    }
    Fit::Right { lines, exempt }
}

/// Buyer, contract date, channel and sub-channel.
pub fn applies(rule: &Rule, case: Facts) -> bool {
    let buyer = case.word("/buyer");
    if rule.flag("consumer_only") == Some(true) && buyer != "consumer" {
        return false;
    }
    if !rule.word("buyer").is_empty() && rule.word("buyer") != buyer {
        return false;
    }
    let contract = case.day("/contract_date").unwrap();
    let day = |field: &str| {
        let word = rule.word(field);
        (!word.is_empty()).then(|| word.parse::<Date>().unwrap())
    };
    if day("effective_from").is_some_and(|from| contract < from)
        || day("effective_to").is_some_and(|to| contract > to)
    {
        return false;
    }
    if !rule.words("channels").contains(&case.word("/channel")) {
        return false;
    }
    let ways = sub_channels(case);
    let wanted = rule.words("sub_channels");
    let barred = rule.words("sub_channels_excluded");
    (wanted.is_empty() || ways.iter().any(|w| wanted.contains(w)))
        && !ways.iter().any(|w| barred.contains(w))
}

/// Every way of selling that the facts state.
fn sub_channels(case: Facts<'_>) -> Vec<&str> {
    let mut ways = Vec::new();
    let stated = case.word("/sub_channel");
    if !stated.is_empty() {
        ways.push(stated);
    }
    if stated == "telephone_cold_call" {
        ways.push("telephone");
    }
    match case.word("/solicitation") {
        "unsolicited_home_visit" => ways.push("doorstep"),
        "excursion" => ways.push("excursion"),
        "direct_marketing" => {
            ways.push("direct_marketing");
            if stated == "telephone" {
                ways.push("telephone_cold_call");
            }
        }
        _ => {}
    }
    // away from business premises and nothing narrower stated: at the door
    if case.word("/channel") == "off_premises" && ways.is_empty() {
        ways.push("doorstep");
    }
    ways
}

/// The scope threshold, which the data states in words. All that the consumer pays under the
/// contract counts; an amount in another currency proves nothing against the consumer.
pub fn in_scope(rule: &Rule, case: Facts) -> bool {
    let text = rule.word("scope_threshold");
    if text.is_empty() {
        return true;
    }
    let goods: i64 = case.lines().iter().map(|l| facts::price(l)).sum();
    let paid = goods + facts::hundredths(case.at("/outbound_shipping/paid"));
    let off_premises = case.word("/channel") == "off_premises";
    let in_currency = |code: &str| case.word("/currency") == code;
    // (currency, amount, whether the amount itself is still outside)
    let outside_off_premises = |code: &str, units: i64, itself: bool| {
        let amount = units * 100;
        off_premises && in_currency(code) && (paid < amount || (itself && paid == amount))
    };
    !match text {
        "off-premises contracts up to EUR 50 outside scope" => {
            outside_off_premises("EUR", 50, true)
        }
        "off-premises sales under EUR 30 outside scope" => outside_off_premises("EUR", 30, false),
        "off-premises contracts paid at once up to EUR 40 outside scope (312(2) no 12)" => {
            let that_day = |l: &Value| facts::delivered(l) == case.day("/contract_date");
            let cash = case.word("/payment") == "cash" && case.lines().into_iter().all(that_day);
            (case.says("/paid_at_once") || cash) && outside_off_premises("EUR", 40, true)
        }
        "off-premises contracts under EUR 50 outside scope" => {
            outside_off_premises("EUR", 50, false)
        }
        "off-premises contracts up to PLN 50 outside scope" => {
            outside_off_premises("PLN", 50, true)
        }
        "off-premises contracts under SEK 400 outside scope" => {
            outside_off_premises("SEK", 400, false)
        }
        "off-premises contracts up to NOK 300 outside scope" => {
            outside_off_premises("NOK", 300, true)
        }
        "off-premises contracts of not more than GBP 42 outside scope (reg 27(3))" => {
            outside_off_premises("GBP", 42, true)
        }
        "price above CHF 100; not where the customer asked for the negotiation or at a fair or market stand" => {
            (in_currency("CHF") && paid <= 100 * 100)
                || case.holds("customer_asked_for_negotiation")
                || case.holds("fair_or_market_stand")
        }
        "USD 25 or more at the buyer's home or dormitory, USD 130 or more at other temporary places" =>
        {
            // the place stated more closely counts; an unknown one is the buyer's home
            let stated = case.word("/sub_channel");
            let elsewhere = ["workplace", "public_place"].contains(&stated)
                || (stated != "doorstep" && case.word("/solicitation") == "excursion");
            in_currency("USD") && paid < if elsewhere { 130 * 100 } else { 25 * 100 }
        }
        "price over AUD 100 or unknown" => in_currency("AUD") && paid <= 100 * 100,
        other => panic!("a threshold nobody has read: {other}"),
    }
}

/// What must have happened before the right exists.
pub fn triggered(rule: &Rule, case: Facts) -> bool {
    if rule.word("floor") == "default_if_undisclosed" {
        return !case.says("/policy/disclosed");
    }
    if rule.word("right_type") == "cancel_for_disclosure_failure" {
        return case.says("/disclosure_failure");
    }
    true
}

/// Whether an exemption of the rule holds for the line.
fn is_exempt(rule: &Rule, case: Facts, line: &Value) -> bool {
    // "trader told the consumer of the exclusion; for distance sales only" (Taiwan)
    if !rule.word("exemption_condition").is_empty()
        && (case.word("/channel") != "distance" || case.word("/informed/withdrawal_right") != "yes")
    {
        return false;
    }
    let broken = line["seal_state"] == "broken_after_delivery";
    let hygiene = broken && line["seal_type"] == "hygiene";
    let media = broken && line["seal_type"] == "media";
    rule.words("exemptions").into_iter().any(|exemption| {
        has_trait(line, exemption)
            || match exemption {
                "sealed_hygiene_unsealed" => hygiene,
                "sealed_media_unsealed"
                | "sealed_copyable_package_opened"
                | "cn_digital_downloaded_or_unsealed_media" => media,
                _ => false,
            }
    })
}
