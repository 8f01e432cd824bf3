//! Policies below the law are refused with the simplest order that shows it.

mod support;

use analysis::Dimension as D;
use jiff::civil::date;
use policy::ReturnReason;
use support::{LAWFUL, check, undercut};

#[test]
fn a_lawful_policy_is_taken() {
    for place in ["DE", "FR", "ES", "IE", "GB", "US"] {
        let report = check(LAWFUL, place);
        assert!(!report.has_errors(), "{place}: {:#?}", report.findings);
    }
}

#[test]
fn seven_days_in_germany_are_refused() {
    let text = LAWFUL.replace(
        "days = 30, anchor = \"last_parcel\", as_law = true",
        "days = 7, anchor = \"last_parcel\"",
    );
    let report = check(&text, "DE");
    let (finding, u) = undercut(&report, D::Window);
    let order = finding.witness.as_ref().unwrap();
    assert_eq!(finding.path, "rules.window");
    assert_eq!(order.delivered_on, Some(date(2026, 11, 25)));
    assert_eq!(order.asked_on, date(2026, 12, 3), "the eighth day: {order}");
    assert!(u.policy.contains("closed on 2026-12-02"), "{}", u.policy);
    assert!(u.law.contains("until 2026-12-09"), "{}", u.law);
    assert!(
        u.citation.contains("BGB") && u.citation.contains("2011/83/EU"),
        "{}",
        u.citation
    );
    assert!(!u.reviewed, "no lawyer has looked at the packs");
}

#[test]
fn fourteen_days_are_refused_where_the_last_day_moves_past_a_day_of_rest() {
    let text = LAWFUL.replace(
        "days = 30, anchor = \"last_parcel\", as_law = true",
        "days = 14, anchor = \"last_parcel\"",
    );
    let text = text.replace("[rules]\n", "[rules]\nreasons = { defective = { days = 3650 }, defective_in_warranty = { days = 3650 }, not_as_described = { days = 3650 }, wrong_item = { days = 3650 }, missing_parts = { days = 3650 }, damaged_in_transit = { days = 3650 }, recall = { days = 3650 } }\n");
    let report = check(&text, "DE");
    let (finding, u) = undercut(&report, D::Window);
    let order = finding.witness.as_ref().unwrap();
    let closed = order
        .last_parcel_on
        .unwrap()
        .checked_add(jiff::Span::new().days(14))
        .unwrap();
    assert_eq!(order.asked_on, closed.tomorrow().unwrap());
    assert!(u.policy.contains(&closed.to_string()));
    let weekday = closed.weekday().to_monday_one_offset();
    let christmas = [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)];
    assert!(weekday >= 6 || christmas.contains(&closed), "{order}");
}

#[test]
fn a_restocking_fee_on_withdrawal_is_refused() {
    let fee = "[rules.fees.restocking]\nrate = 1000\n";
    let report = check(&format!("{LAWFUL}{fee}"), "DE");
    let (finding, u) = undercut(&report, D::Fee);
    assert_eq!(finding.path, "rules.fees.restocking");
    assert!(u.policy.contains("10.00 EUR"), "{}", u.policy);
    let waived = format!("{LAWFUL}{fee}waiver = {{ statutory = true }}\n");
    assert!(!check(&waived, "DE").has_errors());
    assert!(
        !check(&format!("{LAWFUL}{fee}"), "US").has_errors(),
        "no such law there"
    );
}

#[test]
fn store_credit_only_is_refused() {
    let text = LAWFUL.replace("[\"refund\", \"store_credit\"]", "[\"store_credit\"]");
    let report = check(&text, "DE");
    let (finding, u) = undercut(&report, D::RefundForm);
    assert_eq!(
        (finding.path.as_str(), &*u.policy),
        ("rules.outcomes", "offers only store_credit")
    );
    let order = finding.witness.as_ref().unwrap();
    assert_eq!(
        order.asked_on,
        order.delivered_on.unwrap(),
        "the first day already shows it"
    );
}

#[test]
fn an_over_wide_hygiene_exclusion_is_refused() {
    let wide =
        "[categories.swimwear.exclusion]\nground = \"hygiene\"\ntext = { en = \"No swimwear.\" }\n";
    let report = check(&format!("{LAWFUL}{wide}"), "DE");
    let (finding, _) = undercut(&report, D::Exclusion);
    let order = finding.witness.as_ref().unwrap();
    assert_eq!(finding.path, "categories.swimwear.exclusion");
    assert!(!order.opened, "the seal is intact: {order}");
    assert_eq!(order.category.as_deref(), Some("swimwear"));
    let narrow = format!("{LAWFUL}{wide}only_opened = true\n");
    assert!(
        !check(&narrow, "DE").has_errors(),
        "broken seals are exempt"
    );
    // A ground the law does not know carries nothing, and is named.
    let odd = format!("{narrow}legal = [\"worn_in_the_rain\"]\n");
    let report = check(&odd, "DE");
    let (finding, _) = undercut(&report, D::Exclusion);
    assert!(finding.witness.as_ref().unwrap().opened);
    let unknown = report
        .findings
        .iter()
        .find(|f| f.kind == analysis::Kind::UnknownGround)
        .unwrap();
    assert!(unknown.what.contains("worn_in_the_rain"));
    assert_eq!(unknown.path, "categories.swimwear.exclusion.legal");
}

#[test]
fn every_other_way_to_fall_short_is_refused_too() {
    let window = "window = { days = 30, anchor = \"last_parcel\", as_law = true }";
    let from_order = "window = { days = 30, anchor = \"ordered\" }";
    let per_line = "window = { days = 30, anchor = \"delivered\" }";
    for (from, to, dimension, path) in [
        (window, from_order, D::Window, "rules.window"),
        (window, per_line, D::Window, "rules.window"),
        (
            "final_sale = \"never\"",
            "final_sale = \"always\"",
            D::FinalSale,
            "rules.final_sale",
        ),
        (
            "label =",
            "condition = [\"packaging\"]\nlabel =",
            D::Condition,
            "rules.condition",
        ),
        (
            "label =",
            "condition = [\"unopened\"]\nlabel =",
            D::Condition,
            "rules.condition",
        ),
        (
            "label =",
            "eligibility = { min_value = { EUR = \"20.00\" } }\nlabel =",
            D::Eligibility,
            "rules.eligibility",
        ),
        (
            "label =",
            "eligibility = { max_units = 2 }\nlabel =",
            D::Eligibility,
            "rules.eligibility",
        ),
        (
            "label =",
            "grades = { b = 500, c = 500, d = 500, e = 500 }\nlabel =",
            D::Deduction,
            "rules.grades",
        ),
        (
            "label =",
            "reasons = { better_price = { accepted = false } }\nlabel =",
            D::Reason,
            "rules.reasons.better_price",
        ),
        (
            "label =",
            "reasons = { other = { evidence = { note = true } } }\nlabel =",
            D::Evidence,
            "rules.reasons.other",
        ),
        (
            "\"full_on_full_order\"",
            "\"none\"",
            D::Outbound,
            "rules.shipping",
        ),
        (
            "\"first_scan\"",
            "\"received\"",
            D::RefundTime,
            "rules.refund",
        ),
        (
            "\"first_scan\" }",
            "\"first_scan\", within_days = 20 }",
            D::RefundTime,
            "rules.refund",
        ),
    ] {
        assert!(LAWFUL.contains(from));
        let report = check(&LAWFUL.replace(from, to), "DE");
        let (finding, _) = undercut(&report, dimension);
        assert_eq!(finding.path, path, "{to}");
    }
}

#[test]
fn faults_are_held_to_the_guarantee() {
    let window = "window = { days = 30, anchor = \"last_parcel\" }";
    let text = LAWFUL.replace(
        "window = { days = 30, anchor = \"last_parcel\", as_law = true }",
        window,
    );
    let report = check(&text, "DE");
    let (finding, u) = undercut(&report, D::Window);
    let order = finding.witness.as_ref().unwrap();
    assert!(
        ReturnReason::default_fault(order.reason).is_sellers_side(),
        "{order}"
    );
    assert!(u.law.contains("2028-11-25"), "two years: {}", u.law);
    let blamed = "[rules.reasons.defective]\nfault = \"consumer\"\n[rules.fees.handling]\namount = { EUR = \"5.00\" }\nwaiver = { statutory = false }\nreasons = [\"defective\"]\n";
    let report = check(&format!("{LAWFUL}{blamed}"), "DE");
    let (finding, _) = undercut(&report, D::Fee);
    assert_eq!(
        finding.witness.as_ref().unwrap().reason,
        ReturnReason::Defective
    );
}

#[test]
fn a_shop_that_does_not_inform_owes_more() {
    let silent = LAWFUL.replace("[appeal]", "[disclosure]\nreturn_costs = false\n[appeal]");
    let report = check(&silent, "DE");
    let (finding, _) = undercut(&report, D::ReturnCost);
    assert_eq!(finding.path, "rules.label");
    let window = "window = { days = 30, anchor = \"last_parcel\", as_law = true }";
    let silent = LAWFUL
        .replace("[appeal]", "[disclosure]\nwithdrawal_right = false\n[appeal]")
        .replace(window, "window = { days = 30, anchor = \"last_parcel\" }\nreasons = { defective = { days = 3650 } }");
    let report = check(&silent, "DE");
    let found = report.undercuts().any(|(f, u)| {
        u.dimension == D::Window && f.clause == "window" && u.law.contains("2027-12-0")
    });
    let about = report
        .undercuts()
        .map(|(f, u)| format!("{} {}", f.clause, u.law));
    assert!(found, "twelve months more: {:?}", about.collect::<Vec<_>>());
}

#[test]
fn the_demo_policies_pass() {
    let law = support::law();
    for text in [
        include_str!("../../../packs/policies/apparel.toml"),
        include_str!("../../../packs/policies/giftware.toml"),
        include_str!("../../../packs/policies/marketplace.toml"),
    ] {
        let policy = support::load(text);
        let report = analysis::check(&policy, &law, &analysis::Against::default(), support::on());
        let said: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        assert!(!report.has_errors(), "{}", said.join("\n"));
        assert!(report.places > 0);
        let grave = report
            .findings
            .iter()
            .filter(|f| f.kind != analysis::Kind::Gap);
        assert_eq!(grave.count(), 0, "{}", said.join("\n"));
    }
}

/// What is shown first takes nothing away: money stays one step away, so the law finds nothing.
#[test]
fn an_exchange_shown_first_undercuts_nothing() {
    let text = LAWFUL
        .replace("[appeal]", "prefer = \"exchange\"\n[appeal]")
        .replace("outcomes = [", "outcomes = [\"exchange\", ");
    let report = check(&text, "DE");
    let mut kinds = report.findings.iter().map(|f| f.kind);
    assert!(!kinds.any(|kind| kind == analysis::Kind::Undercut));
}
