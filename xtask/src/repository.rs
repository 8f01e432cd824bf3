//! What the checks look at: files of the checkout and packages of the workspace.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Folders that hold nothing of ours: built, fetched or made at run time.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "data", ".git"];

/// A text file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl File {
    /// Whether it is Rust, and not a test, an example or a benchmark.
    pub fn is_product_rust(&self) -> bool {
        self.is_rust() && !self.is_test()
    }

    /// Whether it is Rust.
    pub fn is_rust(&self) -> bool {
        self.has_extension("rs")
    }

    /// Whether its name ends in `.` and this.
    pub fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|e| e == extension)
    }

    /// Whether it lives among tests, examples, benchmarks, fuzz targets or checks.
    pub fn is_test(&self) -> bool {
        let apart = [
            "tests", "examples", "benches", "fuzz", "e2e", "xtask", "testkit",
        ];
        self.path.split('/').any(|part| apart.contains(&part))
    }
}

/// A package of the workspace.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its name, for example `redress-kernel`.
    pub name: String,
    /// What its product code is built with; development dependencies are not among them.
    pub uses: BTreeSet<String>,
    /// Every direct dependency of any kind.
    pub all: BTreeSet<String>,
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Every text file of ours, in order of path. Files that are not UTF-8 are left out.
pub fn files() -> io::Result<Vec<File>> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                folders.push(entry.path());
            } else if kind.is_file()
                && let Ok(text) = fs::read_to_string(entry.path())
            {
                let path = entry.path();
                let path = path.strip_prefix(&root).unwrap_or(&path);
                found.push(File {
                    path: path.to_string_lossy().replace('\\', "/"),
                    text,
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The packages of the workspace, as cargo reads the manifests.
pub fn packages() -> Result<Vec<Package>, Box<dyn Error>> {
    let text = cargo(&[
        "metadata",
        "--offline",
        "--no-deps",
        "--format-version",
        "1",
    ])?;
    let metadata: Value = serde_json::from_str(&text)?;
    let packages = metadata["packages"]
        .as_array()
        .ok_or("cargo metadata without packages")?;
    Ok(packages.iter().map(package).collect())
}

fn package(value: &Value) -> Package {
    let mut package = Package {
        name: value["name"].as_str().unwrap_or_default().to_owned(),
        uses: BTreeSet::new(),
        all: BTreeSet::new(),
    };
    for dependency in value["dependencies"].as_array().into_iter().flatten() {
        let name = dependency["name"].as_str().unwrap_or_default().to_owned();
        if dependency["kind"] != "dev" {
            package.uses.insert(name.clone());
        }
        package.all.insert(name);
    }
    package
}

/// Every package that is linked into the product code of `package`, from near or far.
pub fn linked(package: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let text = cargo(&[
        "tree",
        "--offline",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ])?;
    Ok(text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect())
}

fn cargo(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The code of a Rust file without comment lines and without its trailing test module. Lines keep
/// their numbers: what is left out becomes empty.
pub fn product_code(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let keep = |line: &str| {
        if line.trim_start().starts_with("//") {
            String::new()
        } else {
            line.to_owned()
        }
    };
    code.lines().map(keep).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::product_code;

    #[test]
    fn comments_and_test_modules_are_no_product_code() {
        let text = "//! std::fs\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(product_code(text), "\nfn a() {}");
    }
}
