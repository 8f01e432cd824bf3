//! Every case in `corpus/`, and what a bad file is told.

use conformance::{Report, evaluate};
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn the_corpus_passes() {
    let mut all = Report::default();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let report = evaluate(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        all.add(report);
    }
    let wrong: Vec<String> = all.mismatches.iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        all.passed >= 80,
        "only {} cases: where is the corpus?",
        all.passed
    );
}

const GOOD: &str = r#"
[[case]]
id = "one"
title = "one unit"
source = "hand"
[case.order]
currency = "EUR"
lines = [{ price = "10.00", taxes = ["19"] }]
[[case.steps]]
do = "refund"
lines = [{ line = 0, units = 1 }]
expect = { total = "10.00", tax = "1.60" }
"#;

#[test]
fn every_wrong_figure_is_named() {
    assert_eq!(evaluate(GOOD).unwrap().passed, 1);
    let wrong = GOOD.replace("\"1.60\"", "\"1.61\"");
    let report = evaluate(&wrong).unwrap();
    assert_eq!((report.passed, report.failed), (0, 1));
    assert_eq!(
        report.mismatches[0].to_string(),
        "one step 1: tax: expected 1.61, got 1.60"
    );
    let refused = GOOD.replace("units = 1", "units = 2");
    let report = evaluate(&refused).unwrap();
    assert_eq!(
        report.mismatches[0].to_string(),
        "one step 1: refused: expected none, got no_units_left"
    );
}

#[test]
fn a_bad_file_is_told_its_line() {
    for (from, to, line, what) in [
        (
            "\"10.00\", taxes",
            "\"10.001\", taxes",
            8,
            "at most 2 decimals",
        ),
        ("[\"19\"]", "[\"nineteen\"]", 8, "not a percentage"),
        ("units = 1", "unit = 1", 11, "unknown field"),
        ("do = \"refund\"", "do = \"refudn\"", 10, "unknown variant"),
        ("\"EUR\"", "\"EURO\"", 7, "ISO 4217"),
        ("title = \"one unit\"\n", "", 2, "missing field"),
        ("tax = \"1.60\"", "tax = \"1,60\"", 12, "not an amount"),
    ] {
        let text = GOOD.replace(from, to);
        assert_ne!(text, GOOD, "{from}");
        let fault = evaluate(&text).unwrap_err();
        assert_eq!(fault.line, line, "{to}: {fault}");
        assert!(fault.what.contains(what), "{to}: {fault}");
    }
    let twice = format!("{GOOD}{GOOD}");
    assert!(evaluate(&twice).unwrap_err().what.contains("unique"));
}
