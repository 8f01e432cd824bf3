//! Drives the worked decisions and policy checks of the law research through the real selection.

use law::{LawBook, vectors::check_file};
use std::path::{Path, PathBuf};

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

#[test]
fn worked_decisions_come_out_as_researched() {
    let Some(dir) = shared() else {
        println!("skipped: law-vectors.json is not here");
        return;
    };
    let text = std::fs::read_to_string(dir.join("law/law-vectors.json")).unwrap();
    let report = check_file(&LawBook::builtin().unwrap(), &text).unwrap();
    for note in &report.notes {
        println!("not used: {note}");
    }
    let lines: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
    println!("{} passed, {} failed", report.passed, report.failed);
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!((report.passed, report.failed), (50, 0));
}

#[test]
fn the_research_file_loads_as_it_stands() {
    let Some(dir) = shared() else {
        println!("skipped: law.toml is not here");
        return;
    };
    let text = std::fs::read_to_string(dir.join("law/law.toml")).unwrap();
    let whole = LawBook::parse(&[("law", &text)]).unwrap();
    let split = LawBook::builtin().unwrap();
    assert_eq!(whole.rules().len(), 144);
    assert_eq!(whole.jurisdictions().count(), 109);
    assert_eq!(whole.exemptions().count(), 64);
    assert_eq!(whole.calendars().count(), 20);
    assert_eq!(whole.obligations().count(), 34);
    assert_eq!(whole.sources().count(), 91);
    // One thing the notes of the research say is a field of the packs.
    let changed = law::diff(&whole, &split);
    let changed: Vec<String> = changed.iter().map(|c| format!("{c:?}")).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(
        changed[0].contains("za.cpa.16") && changed[0].contains("yields_to"),
        "{changed:?}"
    );
    let report = std::fs::read_to_string(dir.join("law/law-vectors.json")).unwrap();
    assert_eq!(check_file(&whole, &report).unwrap().failed, 0);
}
