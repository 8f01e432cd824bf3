//! The checks of `xtask`, run over this repository.

use std::{collections::BTreeSet, error::Error, fs};
use xtask::{
    direction, documents, purity,
    repository::{self, File},
    schema, sources,
};

type Outcome = Result<(), Box<dyn Error>>;

fn clean(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

fn named<'a>(files: &'a [File], path: &str) -> &'a File {
    files
        .iter()
        .find(|f| f.path == path)
        .unwrap_or_else(|| panic!("{path} is missing"))
}

#[test]
fn dependencies_point_one_way() -> Outcome {
    clean(&direction::findings(&repository::packages()?));
    Ok(())
}

#[test]
fn domain_crates_link_no_runtime_and_do_no_io() -> Outcome {
    let mut findings = purity::findings(&repository::files()?);
    let there: Vec<String> = repository::packages()?
        .into_iter()
        .map(|p| p.name)
        .collect();
    for package in direction::domain().map(|name| format!("redress-{name}")) {
        if there.contains(&package) {
            let linked = repository::linked(&package)?;
            let impure = purity::IMPURE_CRATES
                .iter()
                .filter(|name| linked.contains(**name));
            findings.extend(impure.map(|name| format!("{package} links {name}")));
        }
    }
    clean(&findings);
    Ok(())
}

#[test]
fn rust_files_are_short() -> Outcome {
    let files = repository::files()?;
    for (lines, path) in sources::longest(&files, 5) {
        println!("{lines:5} {path}");
    }
    clean(&sources::too_long(&files));
    Ok(())
}

#[test]
fn no_secrets_machine_paths_or_registries() -> Outcome {
    let files = repository::files()?;
    let findings = [
        sources::secrets(&files),
        sources::machine_paths(&files),
        sources::lockfiles(&files),
    ];
    clean(&findings.concat());
    Ok(())
}

#[test]
fn every_key_and_every_question_names_the_client() -> Outcome {
    let files = repository::files()?;
    let migrations: Vec<&File> = files
        .iter()
        .filter(|f| f.path.starts_with("crates/store/migrations/"))
        .collect();
    let mut findings: Vec<String> = migrations
        .iter()
        .flat_map(|f| schema::migration_findings(&f.text))
        .collect();
    let tables: Vec<schema::Table> = migrations
        .iter()
        .flat_map(|f| schema::tables(&f.text))
        .collect();
    assert!(tables.len() > 10, "the migrations were not read");
    findings.extend(schema::question_findings(&files, &tables));
    clean(&findings);
    Ok(())
}

/// Where routers are made: by doors, and for what has none on purpose.
const ROUTERS: &[(&str, &str)] = &[
    ("crates/surface/src/door.rs", "doors"),
    (
        "crates/api/src/door.rs",
        "doors of what is described as OpenAPI",
    ),
    (
        "crates/http/src/assets.rs",
        "files of the binary, for everybody",
    ),
    (
        "crates/api/src/metrics.rs",
        "figures on an address of their own",
    ),
];

#[test]
fn no_route_stands_outside_a_door() -> Outcome {
    let files = repository::files()?;
    let mut findings = Vec::new();
    let mut made = BTreeSet::new();
    for file in &files {
        let inside = file.path.starts_with("crates/") && file.path.contains("/src/");
        if !inside
            || !["Router::new()", "Router::default()"]
                .iter()
                .any(|m| file.text.contains(m))
        {
            continue;
        }
        if ROUTERS.iter().any(|(path, _)| *path == file.path) {
            made.insert(file.path.as_str());
        } else {
            findings.push(format!("{}: routes are declared with a door", file.path));
        }
    }
    let gone = ROUTERS.iter().filter(|(path, _)| !made.contains(path));
    findings.extend(gone.map(|(path, _)| format!("{path} makes no router any more")));
    clean(&findings);
    Ok(())
}

#[test]
fn architecture_names_every_crate_and_none_that_is_gone() -> Outcome {
    let mut crates = BTreeSet::new();
    for entry in fs::read_dir(repository::root().join("crates"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            crates.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let files = repository::files()?;
    clean(&documents::crate_findings(
        &named(&files, "ARCHITECTURE.md").text,
        &crates,
    ));
    Ok(())
}

#[test]
fn every_dependency_has_its_reason() -> Outcome {
    let files = repository::files()?;
    let ours = |name: &String| name.starts_with("redress") || name == "xtask";
    let mut used: BTreeSet<String> = repository::packages()?
        .into_iter()
        .flat_map(|p| p.all)
        .filter(|n| !ours(n))
        .collect();
    for manifest in files.iter().filter(|f| f.path.ends_with("/package.json")) {
        let manifest: serde_json::Value = serde_json::from_str(&manifest.text)?;
        for kind in ["dependencies", "devDependencies"] {
            let names = manifest[kind].as_object().into_iter().flatten();
            used.extend(names.map(|(name, _)| name.clone()));
        }
    }
    // The root manifest may list a version before the first crate uses it.
    let listed: BTreeSet<String> = named(&files, "Cargo.toml")
        .text
        .lines()
        .filter_map(|l| l.split_once(" = ").map(|(name, _)| name.to_owned()))
        .collect();
    let architecture = &named(&files, "ARCHITECTURE.md").text;
    clean(&documents::dependency_findings(
        architecture,
        &used,
        &listed,
    ));
    Ok(())
}

#[test]
fn documents_name_tests_and_files_that_exist() -> Outcome {
    let files = repository::files()?;
    let root = repository::root();
    let mut findings = Vec::new();
    for document in files.iter().filter(|f| f.has_extension("md")) {
        findings.extend(documents::test_findings(document, &files));
        findings.extend(documents::link_findings(document, |path| {
            root.join(path).exists()
        }));
    }
    clean(&findings);
    Ok(())
}
