//! Sizes of files, secrets and machine paths in them, and what npm lockfiles must not say.

use crate::repository::{File, product_code};

/// Lines a Rust file may have.
const LINES_MAX: usize = 700;
/// Lines a Rust test file may have.
const TEST_LINES_MAX: usize = 900;

/// Rust files that are too long.
pub fn too_long(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|f| f.is_rust()) {
        let lines = file.text.lines().count();
        let max = if file.is_test() {
            TEST_LINES_MAX
        } else {
            LINES_MAX
        };
        if lines > max {
            findings.push(format!(
                "{}: {lines} lines, {max} allowed: split it by meaning",
                file.path
            ));
        }
    }
    findings
}

/// The longest Rust files, longest first.
pub fn longest(files: &[File], count: usize) -> Vec<(usize, &str)> {
    let rust = files.iter().filter(|f| f.is_rust());
    let mut sizes: Vec<_> = rust
        .map(|f| (f.text.lines().count(), f.path.as_str()))
        .collect();
    sizes.sort_by(|a, b| b.cmp(a));
    sizes.truncate(count);
    sizes
}

/// A secret is a mark followed by at least so many letters, digits, `+`, `/`, `_` or `-`.
const SECRETS: &[(&str, usize)] = &[
    ("whsec_", 20),
    ("sk_live_", 8),
    ("rk_live_", 8),
    ("AKIA", 16),
    ("ghp_", 30),
    ("xoxb-", 20),
];

/// Literal secrets outside test fixtures.
pub fn secrets(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|f| !f.is_test()) {
        let text = if file.is_rust() {
            product_code(&file.text)
        } else {
            file.text.clone()
        };
        for (number, line) in text.lines().enumerate() {
            let secret = SECRETS
                .iter()
                .any(|(mark, length)| holds(line, mark, *length));
            let key = line.contains("-----BEGIN") && line.contains("PRIVATE KEY-----");
            if secret || key {
                findings.push(format!("{}:{}: a literal secret", file.path, number + 1));
            }
        }
    }
    findings
}

fn holds(line: &str, mark: &str, length: usize) -> bool {
    let body = |c: &char| c.is_ascii_alphanumeric() || "+/_-".contains(*c);
    line.match_indices(mark)
        .any(|(at, _)| line[at + mark.len()..].chars().take_while(body).count() >= length)
}

/// Paths of one machine in what everybody gets.
const MACHINE_PATHS: &[&str] = &["/work/", "/root/", "/tmp/"];

/// Lines that name a path of the machine they were written on.
pub fn machine_paths(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|f| f.is_product_rust() || f.has_extension("toml"))
    {
        for (number, line) in product_code(&file.text).lines().enumerate() {
            for path in MACHINE_PATHS.iter().filter(|path| line.contains(*path)) {
                findings.push(format!("{}:{}: names {path}", file.path, number + 1));
            }
        }
    }
    findings
}

/// npm lockfiles that name a registry: they must install from whichever one is configured.
pub fn lockfiles(files: &[File]) -> Vec<String> {
    let locks = files
        .iter()
        .filter(|f| f.path.ends_with("package-lock.json"));
    locks
        .filter(|f| f.text.contains("\"resolved\""))
        .map(|f| format!("{}: names a registry (`resolved`); see web/.npmrc", f.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{File, lockfiles, machine_paths, secrets, too_long};

    fn file(path: &str, text: &str) -> [File; 1] {
        [File {
            path: path.to_owned(),
            text: text.to_owned(),
        }]
    }

    #[test]
    fn long_files_are_found() {
        assert_eq!(
            too_long(&file("crates/a/src/a.rs", &"\n".repeat(701))).len(),
            1
        );
        assert_eq!(
            too_long(&file("crates/a/src/a.rs", &"\n".repeat(700))).len(),
            0
        );
        assert_eq!(
            too_long(&file("crates/a/tests/a.rs", &"\n".repeat(900))).len(),
            0
        );
    }

    #[test]
    fn secrets_are_found_and_their_marks_alone_are_not() {
        let secret = format!("let s = \"sk_live_{}\";", "a1".repeat(8));
        assert_eq!(secrets(&file("crates/a/src/a.rs", &secret)).len(), 1);
        assert_eq!(secrets(&file("run", &secret)).len(), 1);
        assert_eq!(secrets(&file("crates/a/tests/a.rs", &secret)).len(), 0);
        assert_eq!(
            secrets(&file("crates/a/src/a.rs", "strip_prefix(\"whsec_\")")).len(),
            0
        );
        let key = format!("-----BEGIN {}PRIVATE KEY-----", "EC ");
        assert_eq!(secrets(&file("docs/a.md", &key)).len(), 1);
    }

    #[test]
    fn machine_paths_and_registries_are_found() {
        assert_eq!(
            machine_paths(&file("crates/a/src/a.rs", "open(\"/tmp/x\")")).len(),
            1
        );
        assert_eq!(
            machine_paths(&file("crates/a/src/a.rs", "open(\"x\")")).len(),
            0
        );
        let lock = "{ \"resolved\": \"https://example.org/a.tgz\" }";
        assert_eq!(lockfiles(&file("web/package-lock.json", lock)).len(), 1);
    }
}
