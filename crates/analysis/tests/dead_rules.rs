//! Contradictions, rules no order reaches, gaps; and what changes between two versions.

mod support;

use analysis::{Direction, Kind, diff};
use support::{LAWFUL, check, load, on};

/// Kind and path of every finding that is not about the law.
fn findings(text: &str) -> Vec<(Kind, String)> {
    let report = check(text, "US");
    report
        .findings
        .into_iter()
        .map(|f| (f.kind, f.path))
        .collect()
}

#[test]
fn contradictions_are_found() {
    for (rules, path) in [
        (
            "[rules.fees.return_label]\namount = { EUR = \"5.00\" }\n",
            "rules.label",
        ),
        (
            "[rules.reasons.style]\naccepted = false\ndays = 9\n",
            "rules.reasons.style",
        ),
        (
            "[rules.fees.handling]\nrate = 100\nwaiver = { outcomes = [\"refund\", \"store_credit\"] }\n",
            "rules.fees.handling",
        ),
        (
            "[rules.fees.handling]\namount = { EUR = \"5.00\" }\ncap = { EUR = \"4.00\" }\n",
            "rules.fees.handling",
        ),
        (
            "[rules.returnless]\nup_to = { EUR = \"200.00\" }\nreasons = [\"defective\"]\nmax_per_365_days = 1\n",
            "rules.returnless",
        ),
        (
            "[rules.eligibility]\nmin_value = { EUR = \"9.00\" }\nmax_value = { EUR = \"8.00\" }\n",
            "rules.eligibility",
        ),
        (
            "[rules.bonuses.exchange]\nrate = 100\n",
            "rules.bonuses.exchange",
        ),
        (
            "[authority]\nagent = { EUR = \"9\" }\nteam_lead = { EUR = \"8\" }\n",
            "authority.agent",
        ),
    ] {
        let text = format!(
            "{}{rules}",
            LAWFUL.replace("label = \"customer\"", "label = \"merchant\"")
        );
        let found = findings(&text);
        assert!(
            found.contains(&(Kind::Contradiction, path.to_owned())),
            "{rules}: {found:?}"
        );
    }
    let plain = findings(LAWFUL);
    assert!(
        plain.iter().all(|(kind, _)| *kind == Kind::Gap),
        "{plain:?}"
    );
}

#[test]
fn an_exchange_that_comes_first_is_offered_somewhere() {
    let first = LAWFUL.replace("[appeal]", "prefer = \"exchange\"\n[appeal]");
    let contradiction = (Kind::Contradiction, "prefer".to_owned());
    assert!(findings(&first).contains(&contradiction));
    let offers = [
        "[\"refund\", \"store_credit\"]",
        "[\"exchange\", \"refund\"]",
    ];
    let offered = first.replace(offers[0], offers[1]);
    assert!(!findings(&offered).contains(&contradiction));
    let by_reason = format!("{first}[rules.reasons.style]\noutcomes = {}\n", offers[1]);
    assert!(!findings(&by_reason).contains(&contradiction));
}

#[test]
fn rules_no_order_reaches_are_found() {
    let refund = "refund = { control = \"inspected\", statutory = \"first_scan\" }";
    let tiers = "refund = { control = \"inspected\", tiers = [{ up_to = { EUR = \"50.00\" }, control = \"approved\" }, { fault = \"consumer\", up_to = { EUR = \"40.00\" }, control = \"received\" }] }";
    for (from, to, path) in [
        (refund, tiers, "rules.refund.tiers.1"),
        (
            "[appeal]",
            "[[holidays]]\nid = \"short\"\nordered_from = \"2027-02-01\"\nordered_to = \"2027-02-10\"\nreturn_until = \"2027-02-20\"\n[appeal]",
            "holidays.short",
        ),
        (
            "label =",
            "fees = { late = { rate = 500, after_days = 30 } }\nlabel =",
            "rules.fees.late",
        ),
        (
            "label =",
            "fees = { handling = { rate = 500, reasons = [\"defective\"] } }\nlabel =",
            "rules.fees.handling",
        ),
        (
            "label =",
            "returnless = { up_to = { EUR = \"20.00\" }, reasons = [\"style\"], max_per_365_days = 0 }\nlabel =",
            "rules.returnless",
        ),
        (
            "label =",
            "reasons = { style = { accepted = false } }\nfees = { handling = { rate = 500, reasons = [\"style\"] } }\nlabel =",
            "rules.fees.handling",
        ),
        (
            "[appeal]",
            "countries = [\"US\"]\n[markets.eu]\ncountries = [\"DE\"]\nrules = { window = { days = 40 } }\n[appeal]",
            "markets.eu.rules.window",
        ),
    ] {
        assert!(LAWFUL.contains(from));
        let text = if to.starts_with("countries") {
            LAWFUL.replace("name =", "countries = [\"US\"]\nname =").replace("[appeal]", "[markets.eu]\ncountries = [\"DE\"]\nrules = { window = { days = 40 } }\n[appeal]")
        } else {
            LAWFUL.replace(from, to)
        };
        let found = findings(&text);
        assert!(
            found.contains(&(Kind::Unreachable, path.to_owned())),
            "{to}: {found:?}"
        );
    }
    // The same rules, where orders do reach them.
    for (from, to) in [
        (
            "label =",
            "fees = { late = { rate = 500, after_days = 29 } }\nlabel =",
        ),
        (
            "label =",
            "returnless = { up_to = { EUR = \"20.00\" }, reasons = [\"style\"], max_per_365_days = 1 }\nlabel =",
        ),
    ] {
        let found = findings(&LAWFUL.replace(from, to));
        assert!(
            found.iter().all(|(kind, _)| *kind != Kind::Unreachable),
            "{to}: {found:?}"
        );
    }
}

#[test]
fn gaps_are_found() {
    let bare = "name = \"Bare\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n[rules]\nwindow = { days = 30 }\noutcomes = [\"refund\"]\n";
    let found = findings(bare);
    for path in [
        "rules.label",
        "rules.shipping",
        "rules.refund",
        "rules.auto_approve",
        "appeal",
        "rules.final_sale",
    ] {
        assert!(
            found.contains(&(Kind::Gap, path.to_owned())),
            "{path}: {found:?}"
        );
    }
    let late = |found: &[(Kind, String)]| found.contains(&(Kind::Gap, "rules.window".to_owned()));
    assert!(!late(&found), "goods on their way are answered: {found:?}");
    let short = bare.replace("days = 30", "days = 0");
    assert!(
        late(&findings(&short)),
        "a window shorter than the way leaves them open"
    );
    let guessed = bare.replace("days = 30", "days = 0, transit_days = 3");
    assert!(!late(&findings(&guessed)), "unless the way is counted");
    let tree = format!(
        "{LAWFUL}[reasons.regret]\ncode = \"changed_mind\"\ntext = {{ en = \"I changed my mind\" }}\n"
    );
    assert!(findings(&tree).contains(&(Kind::Gap, "reasons".to_owned())));
}

#[test]
fn a_change_says_who_gains_and_who_loses() {
    let old = load(LAWFUL);
    assert!(diff(&old, &old, on()).is_empty(), "nothing changes");
    let changed = LAWFUL
        .replace("days = 30, anchor", "days = 20, anchor")
        .replace("label = \"customer\"", "label = \"merchant\"");
    let new = load(&format!(
        "{changed}[categories.shoes]\nwindow = {{ days = 60 }}\n[categories.hats.fees.restocking]\nrate = 500\n"
    ));
    let changes = diff(&old, &new, on());
    let has = |direction, aspect: &str, clause: &str| {
        changes
            .iter()
            .any(|c| (c.direction, c.aspect, c.clause.as_str()) == (direction, aspect, clause))
    };
    assert!(has(Direction::Worse, "verdict", "window"), "{changes:#?}");
    assert!(has(Direction::Better, "verdict", "category.shoes.window"));
    assert!(has(Direction::Better, "way back paid by", "label"));
    assert!(has(
        Direction::Worse,
        "fees",
        "category.hats.fee.restocking"
    ));
    let lost = changes
        .iter()
        .find(|c| c.aspect == "verdict" && c.direction == Direction::Worse)
        .unwrap();
    let waited = lost
        .example
        .asked_on
        .since(lost.example.last_parcel_on.unwrap())
        .unwrap()
        .get_days();
    assert_eq!(waited, 21, "the first day that is lost: {}", lost.example);
    let back = diff(&new, &old, on());
    assert!(
        back.iter()
            .any(|c| c.direction == Direction::Better && c.aspect == "verdict")
    );
}

#[test]
fn a_season_does_not_hide_what_changes_under_it() {
    let season = "[[holidays]]\nid = \"winter\"\nordered_from = \"2026-11-01\"\nordered_to = \"2026-12-24\"\nreturn_until = \"2027-01-31\"\n";
    let old = load(&format!("{LAWFUL}{season}"));
    let shorter = LAWFUL.replace("days = 30, anchor", "days = 20, anchor");
    let new = load(&format!("{shorter}{season}"));
    let changes = diff(&old, &new, on());
    let lost = changes
        .iter()
        .any(|c| c.direction == Direction::Worse && c.clause == "window");
    assert!(lost, "{changes:#?}");
}
