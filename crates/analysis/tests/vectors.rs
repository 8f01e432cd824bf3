//! The policy checks of the shared law samples: hand-made policies with the verdict and the
//! breaches a lawyer's reading expects.

mod support;

use analysis::{Against, Dimension as D, check};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _};

/// The file, or nothing where the samples are not there.
fn samples() -> Option<Value> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root
        .ancestors()
        .map(|dir| dir.join("../shared/law/law-vectors.json"))
        .find(|path| path.exists())?;
    serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()
}

/// A sample policy in our language. What the law demands for faults is not what the samples are
/// about, so faults are taken as long as the law says.
fn translate(policy: &Value) -> String {
    let text = |key: &str| policy[key].as_str().unwrap_or_default();
    let anchor = match text("window_start") {
        "order" => "ordered",
        // The samples say "delivery" for the start the statute itself counts from.
        _ => "last_parcel",
    };
    let mut rules = format!(
        "name = \"Sample\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n\
         [disclosure]\nbefore_purchase = {}\nreturn_costs = {}\n[rules]\n\
         window = {{ days = {}, anchor = \"{anchor}\" }}\nfinal_sale = \"never\"\nlabel = \"{}\"\n\
         shipping = {{ rule = \"full_on_full_order\" }}\n",
        policy["disclosed_before_purchase"],
        policy["discloses_return_cost"],
        policy["window_days"],
        if text("return_cost") == "consumer" {
            "customer"
        } else {
            "merchant"
        },
    );
    let outcome = if text("refund_form") == "store_credit" {
        "store_credit"
    } else {
        "refund"
    };
    let control = if text("refund_start") == "inspection" {
        "inspected"
    } else {
        "first_scan"
    };
    let days = if text("refund_start") == "inspection" {
        &policy["refund_days"]
    } else {
        &Value::from(0)
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        rules,
        "outcomes = [\"{outcome}\"]\nrefund = {{ control = \"{control}\", within_days = {days} }}"
    );
    if policy["requires_original_packaging"] == true {
        rules.push_str("condition = [\"packaging\"]\n");
    }
    let percent: u32 = text("restocking_fee_percent").parse().unwrap_or(0);
    if percent > 0 {
        let _ = writeln!(
            rules,
            "fees = {{ restocking = {{ rate = {} }} }}",
            percent * 100
        );
    }
    for category in policy["excluded_categories"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let name = category.as_str().unwrap_or("goods");
        let _ = writeln!(
            rules,
            "[categories.{name}.exclusion]\nground = \"hygiene\"\ntext = {{ en = \"No.\" }}"
        );
    }
    rules
}

/// The dimension a breach of the samples is in our words; none for what our language cannot say:
/// a policy here always counts the day of asking.
fn dimension(breach: &str) -> Option<D> {
    Some(match breach {
        "window_start" | "window_days" => D::Window,
        "restocking_fee" => D::Fee,
        "refund_form" => D::RefundForm,
        "excluded_categories" => D::Exclusion,
        "requires_original_packaging" => D::Condition,
        "refund_days" | "refund_start" => D::RefundTime,
        "return_cost" => D::ReturnCost,
        "met_by" => return None,
        other => panic!("the samples name a breach this test does not know: {other}"),
    })
}

#[test]
fn the_samples_are_judged_as_expected() {
    let Some(samples) = samples() else {
        println!("skipped: the shared law samples are not here");
        return;
    };
    let law = support::law();
    let checks = samples["policy_checks"].as_array().unwrap();
    assert!(checks.len() >= 10);
    for sample in checks {
        let id = sample["id"].as_str().unwrap();
        let place = support::place(sample["jurisdiction"].as_str().unwrap());
        let policy = support::load(&translate(&sample["policy"]));
        let against = Against {
            places: vec![place],
        };
        let report = check(&policy, &law, &against, support::on());
        // Only changes of mind: the samples say nothing about faults.
        let found: BTreeSet<D> = report
            .undercuts()
            .filter(|(f, _)| {
                let reason = f.witness.as_ref().map(|o| o.reason);
                reason.is_some_and(|r| !r.default_fault().is_sellers_side())
            })
            .map(|(_, u)| u.dimension)
            .collect();
        let breaches = sample["expected"]["breaches"].as_array().unwrap();
        let wanted: BTreeSet<D> = breaches
            .iter()
            .filter_map(|b| dimension(b.as_str().unwrap()))
            .collect();
        let missing: Vec<_> = wanted.difference(&found).collect();
        assert!(missing.is_empty(), "{id}: {missing:?} not in {found:?}");
        // Days of rest move the law's last day and not a plain count of days, which the samples
        // leave out; nothing else may be found beside what they name.
        let more: Vec<_> = found
            .difference(&wanted)
            .filter(|d| **d != D::Window)
            .collect();
        assert!(
            more.is_empty(),
            "{id}: also {more:?}: {:#?}",
            report.findings
        );
        if sample["expected"]["verdict"] != "undercuts" {
            assert!(found.is_empty(), "{id}: {found:?}");
        }
    }
}

#[test]
fn terms_nobody_was_shown_do_not_hold_where_a_statute_says_so() {
    let law = support::law();
    let shown = support::LAWFUL.replace("[\"refund\", \"store_credit\"]", "[\"store_credit\"]");
    let hidden = shown.replace(
        "[appeal]",
        "[disclosure]\nbefore_purchase = false\n[appeal]",
    );
    let against = Against {
        places: vec![support::place("US-NY")],
    };
    // Faults are federal law and not what is looked at here.
    let mind = |text: &str| -> Vec<(D, String)> {
        let report = check(&support::load(text), &law, &against, support::on());
        let all = report.undercuts();
        let mind = all.filter(|(f, _)| {
            let reason = f.witness.as_ref().map(|o| o.reason);
            reason == Some(policy::ReturnReason::ChangedMind)
        });
        mind.map(|(_, u)| (u.dimension, u.citation.clone()))
            .collect()
    };
    assert_eq!(mind(&shown), Vec::new());
    let found = mind(&hidden);
    let money = found
        .iter()
        .find(|(dimension, _)| *dimension == D::RefundForm);
    assert!(
        money.is_some_and(|(_, citation)| citation.contains("218")),
        "{found:?}"
    );
}
