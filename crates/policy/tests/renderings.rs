//! What a policy says to people and programs: every clause has its sentence in every language,
//! the English is easy to read, and the machine forms are the same bytes for the same version.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use policy::{ClauseArg, ClauseText, Policy, describe, publish};
use serde_json::Value;

const POLICIES: [&str; 4] = [
    include_str!("data/everything.toml"),
    include_str!("../../../packs/policies/apparel.toml"),
    include_str!("../../../packs/policies/giftware.toml"),
    include_str!("../../../packs/policies/marketplace.toml"),
];
const MESSAGES: [(&str, &str); 2] = [
    ("en", include_str!("../../../locales/en/policy.ftl")),
    ("de", include_str!("../../../locales/de/policy.ftl")),
];
/// The hardest text customers should have to read, as a school grade.
const HARDEST: f64 = 9.0;

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn bundle(lang: &str, messages: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![lang.parse().unwrap()]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(messages.to_owned()).unwrap();
    bundle.add_resource(resource).unwrap();
    bundle
}

/// A clause as a sentence, figures written plainly; an error if a message or figure is missing.
#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn sentence(bundle: &FluentBundle<FluentResource>, lang: &str, clause: &ClauseText) -> String {
    let mut args = FluentArgs::new();
    for (name, arg) in &clause.args {
        let value: FluentValue<'_> = match arg {
            ClauseArg::Number(n) => FluentValue::from(*n),
            ClauseArg::Amount(m) => format!("{} {}", m.decimal(), m.currency.code()).into(),
            ClauseArg::Rate(rate) => rate.percent().into(),
            ClauseArg::Day(day) => day.to_string().into(),
            ClauseArg::Word(word) => word
                .replace('_', " ")
                .replace(' ', if *name == "reason" { " " } else { "_" })
                .into(),
            ClauseArg::Name(name) => name.clone().into(),
            ClauseArg::Wording(text) => {
                let lang = lang.parse().unwrap();
                text.get(&lang)
                    .or(text.values().next())
                    .cloned()
                    .unwrap_or_default()
                    .into()
            }
        };
        args.set(*name, value);
    }
    let message = bundle.get_message(clause.message_key);
    let pattern = message
        .and_then(|m| m.value())
        .unwrap_or_else(|| panic!("{lang}: {}", clause.message_key));
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{lang}: {}: {errors:?}", clause.id);
    text.strip_suffix(';')
        .map_or(text.clone(), |list| format!("{list}."))
}

#[test]
fn every_clause_is_a_sentence_in_every_language() {
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        for (lang, messages) in MESSAGES {
            let bundle = bundle(lang, messages);
            for clause in describe(&policy) {
                let said = sentence(&bundle, lang, &clause);
                assert!(said.ends_with('.'), "{lang} {}: {said}", clause.id);
                assert!(
                    !said.contains("  ") && !said.contains('{'),
                    "{lang}: {said}"
                );
            }
        }
    }
}

#[test]
fn counts_choose_their_plural() {
    let policy = |days: u16| {
        let text = format!(
            "name=\"P\"\ncurrencies=[\"EUR\"]\nlanguages=[\"en\"]\nauthorisation_days=1\n\
             [rules]\nwindow={{days={days},anchor=\"last_parcel\"}}\noutcomes=[\"refund\"]\n"
        );
        Policy::parse_toml(&text).unwrap()
    };
    let say = |days, (lang, messages): (&str, &str)| {
        let clauses = describe(&policy(days));
        sentence(&bundle(lang, messages), lang, &clauses[0])
    };
    let [en, de] = MESSAGES;
    assert_eq!(
        say(1, en),
        "You can return goods within one day of the day your last parcel came."
    );
    assert_eq!(
        say(30, en),
        "You can return goods within 30 days of the day your last parcel came."
    );
    assert_eq!(
        say(1, de),
        "Sie können Waren innerhalb eines Tages nach der Ankunft des letzten Pakets zurückgeben."
    );
    assert_eq!(
        say(14, de),
        "Sie können Waren innerhalb von 14 Tagen nach der Ankunft des letzten Pakets zurückgeben."
    );
}

/// Groups of vowels; a silent e at the end does not count. Every word has one.
fn syllables(word: &str) -> u32 {
    let word = word.to_ascii_lowercase();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        count += u32::from(vowel(c) && !before);
        before = vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - u32::from(silent)).max(1)
}

/// The Flesch-Kincaid grade: 0.39 words per sentence + 11.8 syllables per word - 15.59.
#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn grade(text: &str) -> f64 {
    let ends = text.matches(['.', '!', '?']).count().max(1);
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|w| w.chars().any(char::is_alphabetic))
        .collect();
    let (sentences, count) = (
        f64::from(u32::try_from(ends).unwrap()),
        f64::from(u32::try_from(words.len()).unwrap()),
    );
    let syllables = f64::from(words.iter().map(|w| syllables(w)).sum::<u32>());
    0.39 * count / sentences + 11.8 * syllables / count - 15.59
}

#[test]
fn the_measure_of_reading_knows_easy_from_hard() {
    assert_eq!(
        ["the", "returns", "delivery", "example", "price"].map(syllables),
        [1, 2, 4, 3, 1]
    );
    let easy = grade("We pay for the way back. You can keep the box.");
    let hard = grade(
        "Notwithstanding the aforementioned stipulations, reimbursement of consideration is \
         conditional upon satisfactory verification of merchandise integrity by authorised personnel.",
    );
    assert!(easy < 3.0 && hard > 20.0, "{easy} {hard}");
}

#[test]
fn the_english_is_easy_to_read() {
    let (lang, messages) = MESSAGES[0];
    let bundle = bundle(lang, messages);
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        let all: Vec<String> = describe(&policy)
            .iter()
            .map(|c| sentence(&bundle, lang, c))
            .collect();
        let all = all.join(" ");
        println!("{}: grade {:.1}", policy.source().name, grade(&all));
        assert!(
            grade(&all) <= HARDEST,
            "{}: grade {:.1}",
            policy.source().name,
            grade(&all)
        );
    }
}

#[test]
fn machine_forms_are_the_same_bytes_for_the_same_version() {
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        // Written again in another order, with comments: the same version.
        let value: toml::Value = toml::from_str(text).unwrap();
        let again =
            Policy::parse_toml(&format!("# again\n{}", toml::to_string(&value).unwrap())).unwrap();
        assert_eq!(policy.hash(), again.hash());
        assert_eq!(
            publish::open_json(&policy).unwrap(),
            publish::open_json(&again).unwrap()
        );
        assert_eq!(
            publish::schema_org(&policy).unwrap(),
            publish::schema_org(&again).unwrap()
        );
        let changed = text.replace("authorisation_days = ", "authorisation_days = 1");
        let changed = Policy::parse_toml(&changed).unwrap();
        assert_ne!(
            publish::open_json(&policy).unwrap(),
            publish::open_json(&changed).unwrap()
        );
    }
}

#[test]
fn structured_data_says_what_the_policy_says() {
    let policy = Policy::parse_toml(POLICIES[1]).unwrap();
    let data: Value = serde_json::from_str(&publish::schema_org(&policy).unwrap()).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let [general, us] = &data["@graph"].as_array().unwrap()[..] else {
        panic!("one for everywhere, one for the United States");
    };
    assert_eq!(general["@type"], "MerchantReturnPolicy");
    assert_eq!(general["merchantReturnDays"], 30);
    assert_eq!(general["returnFees"], "https://schema.org/FreeReturn");
    assert_eq!(us["applicableCountry"], serde_json::json!(["US"]));
    assert_eq!(us["returnFees"], "https://schema.org/ReturnShippingFees");
    assert_eq!(us["returnShippingFeesAmount"]["value"], "6.50");
    assert!(
        !general["applicableCountry"]
            .as_array()
            .unwrap()
            .contains(&"US".into())
    );
    let open: Value = serde_json::from_str(&publish::open_json(&policy).unwrap()).unwrap();
    assert_eq!(open["schema"], publish::SCHEMA);
    assert_eq!(open["version"], policy.hash().to_string());
    let window = open["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "window")
        .unwrap();
    assert_eq!(window["figures"]["days"], 30);
    // What is published can be read back and is the same version.
    let source: policy::PolicySource = serde_json::from_value(open["policy"].clone()).unwrap();
    assert_eq!(Policy::compile(source).unwrap().hash(), policy.hash());
}
