//! The sentences of a policy: every clause has one in every language, they are short, and the
//! English is easy to read.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../http/src/i18n/reading.rs"]
mod reading;

use policy::{ClauseText, Policy, describe};
use reading::{HARDEST, grade};
use redress_http::L10n;
use surface::{broken_words, clause_words};

const POLICIES: [&str; 4] = [
    include_str!("../../policy/tests/data/everything.toml"),
    include_str!("../../../packs/policies/apparel.toml"),
    include_str!("../../../packs/policies/giftware.toml"),
    include_str!("../../../packs/policies/marketplace.toml"),
];
/// The longest sentence, in words; a list of reasons in the customers' own words does not count.
const LONGEST: usize = 24;

/// Without the marks that keep directions apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}', '\u{200f}'], "")
}

#[test]
fn every_clause_is_a_short_sentence_in_every_language() {
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        for l in L10n::all() {
            for clause in describe(&policy) {
                let said = plain(&clause_words(l, &clause));
                let lang = l.lang();
                assert!(said.ends_with('.'), "{lang} {}: {said}", clause.id);
                assert!(
                    !said.contains("  ") && !said.contains(['{', '⟦']),
                    "{lang} {}: {said}",
                    clause.id
                );
                for sentence in said.split(". ") {
                    let own = sentence.split(": ").next().unwrap_or_default();
                    let words = own.split_whitespace().count();
                    assert!(
                        words <= LONGEST,
                        "{lang} {}: {words} words: {own}",
                        clause.id
                    );
                }
            }
        }
    }
}

fn window(days: u16) -> ClauseText {
    let text = format!(
        "name=\"P\"\ncurrencies=[\"EUR\"]\nlanguages=[\"en\"]\nauthorisation_days=1\n\
         [rules]\nwindow={{days={days},anchor=\"last_parcel\"}}\noutcomes=[\"refund\"]\n"
    );
    describe(&Policy::parse_toml(&text).unwrap()).remove(0)
}

#[test]
fn counts_choose_their_plural() {
    let say = |tag: &str, days| clause_words(L10n::new(tag.parse().unwrap()), &window(days));
    assert_eq!(
        say("en", 1),
        "You can return goods within one day of the day your last parcel came."
    );
    assert_eq!(
        say("en", 30),
        "You can return goods within 30 days of the day your last parcel came."
    );
    assert_eq!(
        say("de", 14),
        "Sie können Waren innerhalb von 14 Tagen nach der Ankunft des letzten Pakets zurückgeben."
    );
    assert_eq!(
        say("pl", 1),
        "Towar możesz zwrócić w ciągu jednego dnia od nadejścia ostatniej paczki."
    );
    assert_eq!(
        say("pl", 22),
        "Towar możesz zwrócić w ciągu 22 dni od nadejścia ostatniej paczki."
    );
    let arabic = |days| {
        let said = plain(&say("ar", days));
        let words: Vec<&str> = said.split_whitespace().collect();
        words[4..6].join(" ")
    };
    assert_eq!(
        [1, 2, 7, 14, 100].map(arabic),
        ["يوم واحد", "يومين من", "7 أيام", "14 يومًا", "100 يوم"]
    );
}

#[test]
fn lists_are_said_as_a_person_says_them() {
    let policy = Policy::parse_toml(POLICIES[0]).unwrap();
    let clauses = describe(&policy);
    let say = |tag: &str, id: &str| {
        let clause = clauses.iter().find(|c| c.id == id).unwrap();
        clause_words(L10n::new(tag.parse().unwrap()), clause)
    };
    assert_eq!(
        say("en", "outcomes"),
        "You can choose a refund, store credit or an exchange."
    );
    assert_eq!(
        say("fr", "outcomes"),
        "Vous pouvez choisir un remboursement, un avoir ou un échange."
    );
    assert_eq!(
        say("en", "category.apparel.condition"),
        "Please send the goods back unused and with the tags on."
    );
    assert_eq!(
        say("en", "reason.defective"),
        "If you give this reason, please send us one photo and a short note: “It does not work”."
    );
    assert_eq!(
        say("es", "fee.restocking"),
        "Cargo por reposición: 15\u{a0}% del precio pagado, si el precinto está roto."
    );
}

#[test]
fn the_english_is_easy_to_read() {
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        let all: Vec<String> = describe(&policy)
            .iter()
            .map(|c| clause_words(L10n::EN, c))
            .collect();
        // Amounts and rates have points that end no sentence.
        let all = all.join(" ");
        let all = all.replace(|c: char| c.is_ascii_digit() || c == '€', "");
        let grade = grade(&all.replace(". ", "\n").replace('.', "").replace('\n', ". "));
        println!("{}: grade {grade:.1}", policy.source().name);
        assert!(
            grade <= HARDEST,
            "{}: grade {grade:.1}",
            policy.source().name
        );
    }
}

/// A policy, what to make wrong in it and how, by the key of what is then said.
const WRONG: [(&str, &str, &str); 28] = [
    ("broken-toml", "[rules]", "[rules"),
    ("broken-unknown-name", "days = 30", "dayz = 30"),
    ("broken-unknown-value", "[\"refund\"]", "[\"refnud\"]"),
    ("broken-missing", "name = \"P\"", ""),
    ("broken-value", "days = 30", "days = \"x\""),
    ("broken-range", "days = 30", "days = 9999"),
    ("broken-count", "languages = [\"en\"]", "languages = []"),
    ("broken-name-length", "name = \"P\"", "name = \"\""),
    (
        "broken-two-markets",
        "#",
        "[markets.a]\ncountries = [\"DE\"]\n[markets.b]\ncountries = [\"DE\"]",
    ),
    (
        "broken-no-category",
        "#",
        "[products.A]\ncategory = \"toys\"",
    ),
    (
        "broken-group-or-reason",
        "#",
        "[reasons.fit]\ntext = { en = \"It does not fit.\" }",
    ),
    (
        "broken-no-group",
        "#",
        "[reasons.\"fit/small\"]\ncode = \"size_small\"\ntext = { en = \"Too small.\" }",
    ),
    ("broken-no-window", "window = { days = 30 }", ""),
    ("broken-no-outcomes", "outcomes = [\"refund\"]", ""),
    ("broken-name", "#", "[categories.Toys]"),
    ("broken-article", "#", "[products.\"A 1\"]"),
    ("broken-role", "#", "[authority]\nboss = { EUR = \"1\" }"),
    (
        "broken-day-order",
        "#",
        "[[holidays]]\nid = \"x\"\nordered_from = \"2027-01-02\"\nordered_to = \"2027-01-01\"\nreturn_until = \"2027-02-01\"",
    ),
    (
        "broken-no-bonus",
        "#",
        "bonuses = { refund = { rate = 100 } }",
    ),
    (
        "broken-shipping",
        "#",
        "shipping = { rule = \"none\", on_fault = \"none\" }",
    ),
    (
        "broken-grades",
        "#",
        "grades = { a = 200, b = 100, c = 300, d = 400, e = 500 }",
    ),
    (
        "broken-no-text",
        "#",
        "[categories.food.exclusion]\nground = \"perishable\"\ntext = { de = \"Nein.\" }",
    ),
    ("broken-nothing-offered", "[\"refund\"]", "[]"),
    (
        "broken-fee-size",
        "#",
        "fees = { handling = { rate = 500, none = true } }",
    ),
    ("broken-late-fee", "#", "fees = { late = { rate = 500 } }"),
    (
        "broken-tax-mode",
        "#",
        "fees = { handling = { rate = 500, tax = \"added\" } }",
    ),
    ("broken-no-amount", "#", "auto_approve = {}"),
    ("broken-amount", "#", "auto_approve = { EUR = \"1e3\" }"),
];

const RIGHT: &str = "name = \"P\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n\
    [rules]\nwindow = { days = 30 }\noutcomes = [\"refund\"]\n#\n";

#[test]
fn what_is_wrong_is_said_in_every_language_with_its_line() {
    Policy::parse_toml(RIGHT).unwrap();
    for (key, from, to) in WRONG {
        let errors = Policy::parse_toml(&RIGHT.replace(from, to)).unwrap_err();
        let found = errors.0.iter().find(|e| e.wrong.key() == key);
        let error = found.unwrap_or_else(|| panic!("{key}: {errors}"));
        assert!(
            error.line.is_some() || key.starts_with("broken-no-"),
            "{errors}"
        );
        let english = broken_words(L10n::EN, &error.wrong);
        for l in L10n::all() {
            let (problem, help) = broken_words(l, &error.wrong);
            let lang = l.lang();
            for said in [&problem, &help] {
                assert!(
                    !said.is_empty() && !said.contains(['⟦', '$']),
                    "{lang} {key}: {said}"
                );
                assert!(
                    !said.contains("{ $") && !said.contains("{$"),
                    "{lang} {key}: {said}"
                );
            }
            assert!(
                l == L10n::EN || (problem != english.0 && help != english.1),
                "{lang} {key}"
            );
        }
    }
}
