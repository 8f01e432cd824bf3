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
fn cases_worked_out_by_hand_in_fifty_places_hold() {
    let book = LawBook::builtin().unwrap();
    let report = check_file(&book, include_str!("cases/places.json")).unwrap();
    let lines: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!((report.passed, report.notes.len()), (112, 0));
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
    // What the notes of the research say about some rules are fields of the packs: South Africa's
    // order of two statutes; in France (until the union's own addition) and Portugal what a repair
    // adds to the guarantee; days for putting right and for acknowledging.
    let changed = law::diff(&whole, &split);
    let changed: Vec<String> = changed.iter().map(|c| format!("{c:?}")).collect();
    let said = |id: &str, field: &str| {
        let found = changed.iter().find(|c| c.contains(id) && c.contains(field));
        assert!(found.is_some(), "{id} {field}: {changed:?}");
    };
    assert_eq!(changed.len(), 9, "{changed:?}");
    said("za.cpa.16", "yields_to");
    said("fr.conformity.goods", "extension.length");
    said("fr.conformity.goods", "Added");
    said("pt.conformity.goods", "extension.times");
    said("ro.conformity.goods", "cure.length");
    said("cz.conformity.goods", "cure.length");
    said("br.cdc.18_26", "cure.length");
    said("ar.ldc.34", "acknowledge.length");
    said("br.cdc.49", "acknowledge.unit");
    let report = std::fs::read_to_string(dir.join("law/law-vectors.json")).unwrap();
    assert_eq!(check_file(&whole, &report).unwrap().failed, 0);
}
