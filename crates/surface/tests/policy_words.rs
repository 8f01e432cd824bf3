//! The sentences of a policy: every clause has one in every language, they are short, and the
//! English is easy to read.

use policy::{ClauseText, Policy, describe};
use redress_http::L10n;
use surface::clause_words;

const POLICIES: [&str; 4] = [
    include_str!("../../policy/tests/data/everything.toml"),
    include_str!("../../../packs/policies/apparel.toml"),
    include_str!("../../../packs/policies/giftware.toml"),
    include_str!("../../../packs/policies/marketplace.toml"),
];
/// The hardest text customers should have to read, as a school grade.
const HARDEST: f64 = 9.0;
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
