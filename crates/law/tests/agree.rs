//! A naive second evaluator, written from the guide to the rule data, against the worked cases
//! of others, against cases worked by hand, and against the real evaluator on random facts.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

mod naive;

use kernel::Money;
use law::{
    LawBook,
    vectors::{CaseFacts, evaluate},
};
use naive::{answer::differences, book::Book, judge::judge, random::Dice};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The folder of shared research: beside the repository, or named by `REDRESS_SHARED`.
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

/// The packs of the repository, as untyped tables.
fn rules() -> Book {
    Book::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("packs"))
}

/// Every case of a file in the schema of the worked cases; returns what differs.
fn mismatches(book: &Book, cases: &Value) -> (usize, Vec<String>) {
    let vectors = cases["vectors"].as_array().unwrap();
    let mut found = Vec::new();
    for vector in vectors {
        let got = judge(book, &vector["facts"]).json();
        for difference in differences(&vector["expected"], &got) {
            found.push(format!("{} {difference}", vector["id"]));
        }
    }
    (vectors.len(), found)
}

/// `above` laid over `below`, key by key.
fn laid_over(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                laid_over(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// Cases worked by hand, for the places the worked cases of others do not reach.
fn cases_by_hand() -> Value {
    let file: Value = serde_json::from_str(include_str!("naive/cases.json")).unwrap();
    let vectors = file["cases"].as_array().unwrap().iter().map(|case| {
        let mut facts = file["plain"].clone();
        laid_over(&mut facts, &case["facts"]);
        json!({"id": case["id"], "facts": facts, "expected": case["expected"]})
    });
    json!({"vectors": vectors.collect::<Vec<_>>()})
}

#[test]
fn the_naive_evaluator_passes_the_cases_worked_by_hand() {
    let book = rules();
    let (_, found) = mismatches(&book, &cases_by_hand());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_naive_evaluator_passes_the_cases_in_fifty_places() {
    let file: Value = serde_json::from_str(include_str!("cases/places.json")).unwrap();
    let (count, found) = mismatches(&rules(), &file);
    assert!(count > 80 && found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_naive_evaluator_passes_the_worked_cases() {
    let Some(shared) = shared() else {
        println!("skipped: the shared worked cases are not beside the repository");
        return;
    };
    let text = std::fs::read_to_string(shared.join("law/law-vectors.json")).unwrap();
    let book = rules();
    let (count, found) = mismatches(&book, &serde_json::from_str(&text).unwrap());
    assert!(found.is_empty(), "{}", found.join("\n"));
    println!("{count} worked cases, {} rules", book.len());
}

/// Cases in the suite; `REDRESS_FACTS` asks for more.
const CASES: u64 = 20_000;
const SEED: u64 = 20_261_122;
/// Differences printed in full.
const SHOWN: u64 = 20;

#[expect(
    clippy::disallowed_methods,
    reason = "a test run is told how much to do this way"
)]
fn wanted() -> u64 {
    std::env::var("REDRESS_FACTS").map_or(CASES, |number| number.parse().unwrap())
}

/// The real evaluator's answer, in the schema of `expected`.
fn real(book: &LawBook, facts: &Value) -> Value {
    let facts: CaseFacts = match serde_json::from_value(facts.clone()) {
        Ok(facts) => facts,
        Err(error) => return json!({"refused": error.to_string()}),
    };
    let outcome = match evaluate(book, &facts) {
        Ok(outcome) => outcome,
        Err(error) => return json!({"refused": error.to_string()}),
    };
    let money = |m: Money| {
        let scale = 10_i64.pow(2 - u32::from(m.currency.exponent()));
        let hundredths = m.minor * scale;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let mut answer = serde_json::to_value(&outcome).unwrap();
    answer["min_refund"] = json!(money(outcome.min_refund));
    answer["min_refund_cautious"] = json!(outcome.min_refund_cautious.map(money));
    answer
}

#[test]
fn both_agree_on_random_facts() {
    let naive = rules();
    let book = LawBook::builtin().unwrap();
    let cases = wanted();
    println!("{cases} cases from seed {SEED}");
    let mut rights = BTreeMap::new();
    let mut apart = 0_u64;
    for seed in SEED..SEED + cases {
        let facts = Dice::new(&naive, seed).facts();
        let answer = judge(&naive, &facts);
        let found = differences(&answer.json(), &real(&book, &facts));
        if !found.is_empty() {
            apart += 1;
            if apart <= SHOWN {
                println!("seed {seed}: {}\n  facts {facts}", found.join("; "));
            }
        }
        let right = answer.right_type.unwrap_or_default();
        *rights.entry((right, answer.in_time)).or_insert(0_u64) += 1;
    }
    for (right, count) in rights {
        println!("{count} {right:?}");
    }
    assert_eq!(
        apart, 0,
        "cases on which the two evaluators differ, of {cases}"
    );
}
