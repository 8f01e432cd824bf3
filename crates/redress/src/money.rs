//! `redress money`: the refund arithmetic against stated figures. Needs no database.

use crate::out::Out;
use anyhow::{Context as _, bail};
use clap::Subcommand;
use conformance::{Report, evaluate};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What can be done about refund arithmetic.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play cases with stated figures; every figure that differs is a line, and then exit code 1
    Eval {
        /// A case file, or a folder of `.toml` case files (form: corpus/README.md)
        #[arg(long, value_name = "FILE|DIR")]
        cases: PathBuf,
    },
}

/// The outcome for machines.
#[derive(Debug, Serialize)]
struct Answer {
    passed: usize,
    failed: usize,
    mismatches: Vec<String>,
}

/// Carries out a command.
pub fn run(command: &Command, out: Out) -> anyhow::Result<()> {
    let Command::Eval { cases } = command;
    let mut all = Report::default();
    for file in files(cases)? {
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let report = evaluate(&text)
            .map_err(|e| anyhow::anyhow!("{}:{}: {}", file.display(), e.line, e.what))?;
        all.add(report);
    }
    let answer = Answer {
        passed: all.passed,
        failed: all.failed,
        mismatches: all.mismatches.iter().map(ToString::to_string).collect(),
    };
    out.answer(&answer, || {
        let mut lines = answer.mismatches.clone();
        lines.push(format!("{} passed, {} failed", all.passed, all.failed));
        lines.join("\n")
    });
    if all.failed > 0 {
        bail!("{} figures are not as stated", all.mismatches.len());
    }
    Ok(())
}

/// The file itself, or the case files of a folder by name.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let file = entry?.path();
        if file.extension().is_some_and(|e| e == "toml") {
            files.push(file);
        }
    }
    if files.is_empty() {
        bail!("{} holds no case files (*.toml)", path.display());
    }
    files.sort();
    Ok(files)
}
