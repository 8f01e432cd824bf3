//! Packs that must be refused, each with the file, the line and what to do; and packs that must
//! work beside the shipped ones.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use jiff::civil::date;
use law::{Holidays, LawBook, LawFacts, Right, RuleChange};

/// A small world that is in order; tests break it in one place.
const SOUND: &str = r#"schema = "redress-law/1"
as_of = "2026-01-01"

[[source]]
id = "text"
address = "https://law.example/act"
read = "all of it"

[[calendar]]
id = "plain"
count = "first day not counted"
rollover = "none"
applies_to_trader = false
basis = "the act"
confidence = "high"

[[exemption]]
id = "custom_made"
meaning = "made to measure"

[[jurisdiction]]
code = "DE"
name = "Germany"
currency = "EUR"

[[rule]]
id = "de.base"
title = "Withdrawal"
jurisdictions = ["DE"]
instrument = "Act"
articles = ["1"]
subjects = ["goods"]
channels = ["distance"]
consumer_only = true
right_type = "withdrawal"
floor = "mandatory"
exemptions = ["custom_made"]
effective_from = "2020-01-01"
confidence = "high"
evidence = [{ kind = "source", id = "text" }]
window = { length = 14, unit = "calendar_day", start = "delivery", calendar = "plain", met_by = "sending_notice" }
refund = { length = 14, unit = "calendar_day", start = "trader_informed", calendar = "plain" }
"#;

fn line_of(text: &str, part: &str) -> usize {
    text[..text.find(part).unwrap()].matches('\n').count() + 1
}

fn refusal(text: &str) -> String {
    LawBook::parse(&[("small", text)]).unwrap_err().to_string()
}

#[test]
fn the_small_world_is_in_order() {
    let book = LawBook::parse(&[("small", SOUND)]).unwrap();
    assert_eq!(book.rules().len(), 1);
    assert_eq!(book.rules()[0].origin.to_string(), "small:27");
}

#[test]
fn what_is_wrong_is_refused_with_its_line_and_what_to_do() {
    let rule = "small:27: ";
    let table: &[(&str, &str, &str)] = &[
        // what is replaced, by what, how the refusal starts and what it says
        (
            "schema = \"redress-law/1\"",
            "schema = \"redress-law/9\"",
            "small:1: schema is",
        ),
        ("as_of = ", "of = ", "small:2: unknown field `of`"),
        (
            "calendar = \"plain\", met_by",
            "calendar = \"moon\", met_by",
            "small:27: calendar moon is not declared",
        ),
        (
            "exemptions = [\"custom_made\"]",
            "exemptions = [\"perishable\"]",
            "small:27: exemption perishable is not declared",
        ),
        (
            "exemptions = [\"custom_made\"]",
            "exemptions = [\"ugly\"]",
            "small:37: unknown variant `ugly`",
        ),
        (
            "id = \"text\" }",
            "id = \"hearsay\" }",
            "small:27: source hearsay is not declared",
        ),
        (
            "jurisdictions = [\"DE\"]",
            "jurisdictions = [\"FR\"]",
            "small:27: jurisdiction FR is not declared",
        ),
        (
            "jurisdictions = [\"DE\"]",
            "jurisdictions = []",
            "small:27: jurisdictions is empty",
        ),
        ("code = \"DE\"", "code = \"Germany\"", "small:21: "),
        (
            "currency = \"EUR\"",
            "currency = \"DEM\"",
            "small:21: DEM is not",
        ),
        (
            "effective_from = \"2020-01-01\"",
            "effective_from = \"2020-02-30\"",
            "small:38: ",
        ),
        (
            "effective_from = \"2020-01-01\"",
            "effective_from = \"2020-01-01\"\neffective_to = \"2019-01-01\"",
            "small:27: de.base: effective_to is before effective_from",
        ),
        (
            "length = 14, unit = \"calendar_day\", start = \"delivery\"",
            "length = 0, unit = \"calendar_day\", start = \"delivery\"",
            "small:27: de.base: a period of 0 calendar_day is impossible",
        ),
        (
            "length = 14, unit = \"calendar_day\", start = \"delivery\"",
            "length = 9000, unit = \"calendar_day\", start = \"delivery\"",
            "small:27: de.base: a period of 9000",
        ),
        (
            "length = 14, unit = \"calendar_day\", start = \"delivery\"",
            "unit = \"calendar_day\", start = \"delivery\"",
            "small:27: de.base: has no length",
        ),
        (
            "length = 14, unit = \"calendar_day\", start = \"delivery\"",
            "length = 14, unit = \"reasonable_time\", start = \"delivery\"",
            "small:27: de.base: has 14 of reasonable_time",
        ),
        (
            "unit = \"calendar_day\", start = \"delivery\"",
            "unit = \"fortnight\", start = \"delivery\"",
            "small:41: unknown variant `fortnight`",
        ),
        (
            "met_by = \"sending_notice\" }",
            "met_by = \"sending_notice\", colour = \"red\" }",
            "small:41: unknown field `colour`",
        ),
        (
            "right_type = \"withdrawal\"\n",
            "",
            "small:27: de.base: has no right_type",
        ),
        (
            "floor = \"mandatory\"",
            "floor = \"none\"",
            "small:27: de.base: right_type none and floor none go together",
        ),
        (
            "consumer_only = true",
            "consumer_only = true\noverlays = \"de.other\"",
            "small:27: overlays de.other, which no pack writes",
        ),
        (
            "consumer_only = true",
            "consumer_only = true\noverlays = \"de.base\"",
            "small:27: overlays of de.base form a circle",
        ),
        (
            "consumer_only = true",
            "consumer_only = true\nscope_threshold = \"cheap things\"",
            "small:27: de.base: scope_threshold \"cheap things\" is not a sentence of the format",
        ),
        (
            "instrument = \"Act\"",
            "instrument = \" \"",
            "small:27: de.base: cites nothing",
        ),
        (
            "rollover = \"none\"",
            "rollover = \"whenever\"",
            "small:12: unknown variant",
        ),
    ];
    for (from, to, says) in table {
        assert!(SOUND.contains(from), "{from}");
        let message = refusal(&SOUND.replacen(from, to, 1));
        assert!(message.starts_with(says), "{to}\n  {message}\n  not {says}");
    }
    assert_eq!(line_of(SOUND, "id = \"de.base\""), 27, "{rule}");
}

#[test]
fn a_pack_that_is_no_toml_names_the_line() {
    let message = refusal("schema = \"redress-law/1\"\n[[rule]\n");
    assert!(message.starts_with("small:2: "), "{message}");
}

#[test]
fn two_texts_of_one_thing_must_agree() {
    let other = SOUND
        .replace("made to measure", "cut to size")
        .replace("de.base", "de.two");
    let message = LawBook::parse(&[("a", SOUND), ("b", &other)])
        .unwrap_err()
        .to_string();
    assert!(
        message.starts_with("b:17: exemption custom_made is explained differently at a:17"),
        "{message}"
    );
    let same = SOUND.replace("de.base", "de.two");
    assert!(
        LawBook::parse(&[("a", SOUND), ("b", &same)]).is_ok(),
        "word for word is allowed"
    );
}

#[test]
fn versions_of_a_rule_may_not_share_a_day() {
    let rule = &SOUND[SOUND.find("[[rule]]").unwrap()..];
    let twice = format!("{SOUND}\n{rule}");
    assert!(refusal(&twice).contains("is also written at small:27 for the same days"));

    let newer = rule.replace("2020-01-01", "2026-07-01").replace(
        "length = 14, unit = \"calendar_day\", start = \"delivery\"",
        "length = 30, unit = \"calendar_day\", start = \"delivery\"",
    );
    let closed = SOUND.replace(
        "effective_from = \"2020-01-01\"",
        "effective_from = \"2020-01-01\"\neffective_to = \"2026-06-30\"",
    );
    let book = LawBook::parse(&[("small", &format!("{closed}\n{newer}"))]).unwrap();
    let holidays = Holidays::none();
    let place = kernel::Place::country("DE".parse().unwrap());
    for (contract, days) in [(date(2026, 6, 30), 14), (date(2026, 7, 1), 30)] {
        let facts = LawFacts {
            delivered_on: Some(contract),
            line_delivered_on: Some(contract),
            ..LawFacts::new(place, contract, &holidays)
        };
        let floor = book.entitlements(&facts);
        let end = floor.right(Right::Withdrawal).unwrap().deadline.unwrap();
        assert_eq!(contract.until(end).unwrap().get_days(), days);
    }
    let before = LawFacts::new(place, date(2019, 12, 31), &holidays);
    let none = book.entitlements(&before).none.unwrap();
    assert_eq!(none.why, law::WhyNone::NotCovered);
}

#[test]
fn two_overlays_of_one_rule_for_one_place_are_refused() {
    let overlay = |id: &str| {
        format!(
            "\n[[rule]]\nid = \"{id}\"\noverlays = \"de.base\"\ntitle = \"More\"\njurisdictions = \
             [\"DE\"]\ninstrument = \"Code\"\narticles = []\nconfidence = \"low\"\nevidence = []\n"
        )
    };
    let both = format!("{SOUND}{}{}", overlay("de.one"), overlay("de.two"));
    let message = refusal(&both);
    assert!(
        message.contains("de.two and de.one (small:45) both overlay the same rule for DE"),
        "{message}"
    );
    assert!(LawBook::parse(&[("small", &format!("{SOUND}{}", overlay("de.one")))]).is_ok());
}

#[test]
fn a_pack_of_a_shipped_name_takes_its_place() {
    let shipped = LawBook::builtin().unwrap();
    let packs = LawBook::builtin_packs();
    let (_, pt) = packs.iter().find(|(name, _)| *name == "pt").unwrap();
    let longer = pt
        .replace("length = 3,", "length = 4,")
        .replace("length = 3 }", "length = 4 }");
    assert_ne!(&longer, pt);
    let mine = LawBook::with_packs(&[("pt", &longer)]).unwrap();
    assert_ne!(mine.version(), shipped.version());
    let changes = law::diff(&shipped, &mine);
    let [RuleChange::Changed { id, fields, .. }] = changes.as_slice() else {
        panic!("{changes:?}");
    };
    assert_eq!(id, "pt.conformity.goods");
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].field, "window.length");
    assert_eq!(
        (fields[0].old.clone(), fields[0].new.clone()),
        (Some(3.into()), Some(4.into()))
    );
}

#[test]
fn the_order_of_packs_does_not_matter() {
    let mut packs = LawBook::builtin_packs();
    let one = LawBook::parse(&packs).unwrap();
    packs.reverse();
    assert_eq!(one.version(), LawBook::parse(&packs).unwrap().version());
}

#[test]
fn the_catalog_tells_what_a_page_shows() {
    let book = LawBook::builtin().unwrap();
    let chain: Vec<&str> = book
        .chain("US-CA")
        .iter()
        .map(|j| j.code.as_str())
        .collect();
    assert_eq!(chain, ["US-CA", "US"]);
    let rules = book.rules_of("DE");
    assert!(rules.iter().any(|r| &*r.id == "de.withdrawal.goods"));
    assert!(rules.iter().any(|r| &*r.id == "eu.sgd.conformity"));
    assert!(
        rules
            .iter()
            .all(|r| r.review == law::ReviewState::Unreviewed)
    );
    assert!(
        book.obligations_of("DE")
            .iter()
            .any(|o| o.id == "de.records")
    );
    assert!(
        book.obligations_of("DE")
            .iter()
            .any(|o| o.id == "scheme.visa.credit")
    );
    assert!(
        book.obligations_of("US-CT")
            .iter()
            .any(|o| o.id == "us_ct.return_tracking")
    );
    let rule = book.rule("de.withdrawal.goods").next().unwrap();
    assert_eq!(rule.citation.find("BGB"), Some(0), "{}", rule.citation);
    assert!(rule.citation.contains("Directive 2011/83/EU"));
    assert_eq!(rule.fields()["window"]["length"], 14);
}
