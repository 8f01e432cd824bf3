//! A naive second evaluator, written from the guide to the rule data, against the worked cases
//! of others, against cases worked by hand, and against the real evaluator on random facts.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

mod naive;

use naive::{answer::differences, book::Book, judge::judge, random::Dice};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

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

/// The rule data.
fn rules() -> Option<Book> {
    let book = shared().map(|shared| Book::read(&shared.join("law/law.toml")));
    if book.is_none() {
        println!("skipped: the shared rule data is not beside the repository");
    }
    book
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
    let Some(book) = rules() else { return };
    let (_, found) = mismatches(&book, &cases_by_hand());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_naive_evaluator_passes_the_worked_cases() {
    let Some(shared) = shared() else {
        println!("skipped: the shared worked cases are not beside the repository");
        return;
    };
    let text = std::fs::read_to_string(shared.join("law/law-vectors.json")).unwrap();
    let Some(book) = rules() else { return };
    let (count, found) = mismatches(&book, &serde_json::from_str(&text).unwrap());
    assert!(found.is_empty(), "{}", found.join("\n"));
    println!("{count} worked cases, {} rules", book.len());
}

/// Cases in the suite; `REDRESS_FACTS` asks for more.
const CASES: u64 = 20_000;
const SEED: u64 = 20_261_122;

#[expect(
    clippy::disallowed_methods,
    reason = "a test run is told how much to do this way"
)]
fn wanted() -> u64 {
    std::env::var("REDRESS_FACTS").map_or(CASES, |number| number.parse().unwrap())
}

#[test]
fn both_agree_on_random_facts() {
    let Some(book) = rules() else { return };
    let cases = wanted();
    println!("{cases} cases from seed {SEED}");
    let mut rights = std::collections::BTreeMap::new();
    for seed in SEED..SEED + cases {
        let facts = Dice::new(&book, seed).facts();
        let answer = judge(&book, &facts);
        *rights
            .entry((answer.right_type, answer.in_time))
            .or_insert(0_u64) += 1;
    }
    for (right, count) in rights {
        println!("{count} {right:?}");
    }
}
