//! ARCHITECTURE.md says what is there: crates, dependencies with their reasons, tests, files.

use crate::repository::File;
use std::collections::BTreeSet;

/// Crates without a heading ``### `name` ``, and headings of crates that are gone.
pub fn crate_findings(architecture: &str, crates: &BTreeSet<String>) -> Vec<String> {
    let named: BTreeSet<String> = architecture
        .lines()
        .filter_map(|l| l.strip_prefix("### `")?.split('`').next())
        .map(str::to_owned)
        .collect();
    let missing = crates
        .difference(&named)
        .map(|c| format!("crate {c} has no heading `### `{c}``"));
    let gone = named
        .difference(crates)
        .map(|c| format!("crate {c} is named and gone"));
    missing.chain(gone).collect()
}

/// Direct dependencies without a row ``| `name` | reason |``, and rows of what nobody uses.
/// `kept` are versions the workspace lists for crates to come.
pub fn dependency_findings(
    architecture: &str,
    used: &BTreeSet<String>,
    kept: &BTreeSet<String>,
) -> Vec<String> {
    let table = section(architecture, "## Dependencies");
    let mut named = BTreeSet::new();
    let mut findings = Vec::new();
    for row in table.lines().filter_map(|l| l.strip_prefix("| `")) {
        let mut cells = row.split('|');
        let reason = cells.nth(1).unwrap_or_default().trim();
        for name in cells_names(row) {
            if reason.is_empty() {
                findings.push(format!("dependency {name} has no reason"));
            }
            named.insert(name);
        }
    }
    findings.extend(
        used.difference(&named)
            .map(|d| format!("dependency {d} has no row with its reason")),
    );
    let gone = named
        .iter()
        .filter(|d| !used.contains(*d) && !kept.contains(*d));
    findings.extend(gone.map(|d| format!("dependency {d} is named and gone")));
    findings
}

/// The names in the first cell: one, or a family that comes together.
fn cells_names(row: &str) -> Vec<String> {
    let first = row.split('|').next().unwrap_or_default();
    let words = first.split('`').map(|w| w.trim_matches([',', ' ']));
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The text from a heading to the next one of its level.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let Some((_, rest)) = text.split_once(&format!("{heading}\n")) else {
        return "";
    };
    rest.split("\n## ").next().unwrap_or(rest)
}

/// Tests a document names as `path.rs::function` that do not exist.
pub fn test_findings(document: &File, files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for name in document.text.split('`').filter(|w| w.contains(".rs::")) {
        let Some((path, function)) = name.split_once("::") else {
            continue;
        };
        let exists = files
            .iter()
            .any(|f| f.path == path && f.text.contains(&format!("fn {function}(")));
        if !exists {
            findings.push(format!("{}: no test {name}", document.path));
        }
    }
    findings
}

/// Relative links of a Markdown document to files that are not there. `exists` answers for a path
/// from the root.
pub fn link_findings(document: &File, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let folder = document
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut findings = Vec::new();
    for target in document
        .text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
    {
        let foreign = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        let path = if folder.is_empty() {
            target.to_owned()
        } else {
            format!("{folder}/{target}")
        };
        if !foreign && !exists(&path) {
            findings.push(format!(
                "{}: the link to {target} leads nowhere",
                document.path
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{File, crate_findings, dependency_findings, link_findings, test_findings};
    use std::collections::BTreeSet;

    const TEXT: &str = "### `kernel`\n### `attic`\n## Dependencies\n| `jiff` | dates |\n| `gone` | x |\n| `mute` | |\n## End\n| `after` | x |\n";

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn missing_and_gone_crates_are_found() {
        let findings = crate_findings(TEXT, &set(&["kernel", "law"]));
        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn missing_gone_and_unreasoned_dependencies_are_found() {
        let findings = dependency_findings(TEXT, &set(&["jiff", "mute", "after"]), &set(&[]));
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert_eq!(
            dependency_findings(TEXT, &set(&["jiff", "mute"]), &set(&["gone"])).len(),
            1
        );
    }

    #[test]
    fn dead_tests_and_links_are_found() {
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let document = file(
            "docs/a.md",
            "`t.rs::one` and `t.rs::two`, [x](b.md#c) [y](https://e.org)",
        );
        let tests = [file("t.rs", "fn one() {}")];
        assert_eq!(
            test_findings(&document, &tests),
            ["docs/a.md: no test t.rs::two"]
        );
        assert_eq!(
            link_findings(&document, |path| path == "docs/b.md"),
            Vec::<String>::new()
        );
        assert_eq!(link_findings(&document, |_| false).len(), 1);
    }
}
