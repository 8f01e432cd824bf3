//! `redress law`: checks rule packs, runs files of worked cases against them, and tells how the
//! law comes to its answer. Needs neither a database nor a configuration; `law pack` does, and is
//! carried out in `packs`.

use crate::out::Out;
use ::law::{
    LawBook, RuleChange,
    vectors::{CaseFacts, check_file, explain},
};
use anyhow::{Context, bail};
use clap::Subcommand;
use kernel::Date;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Longest pack or file of facts read.
const MAX_BYTES: u64 = 256 << 20;

/// What to do with the law.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run worked cases and policy checks; one line per mismatch, exit 1 if there is any
    Eval {
        /// JSON file of the schema redress-law-vectors/1
        #[arg(long)]
        vectors: PathBuf,
        #[command(flatten)]
        packs: Packs,
    },
    /// Check rule packs: files or folders, laid over the shipped ones
    Check {
        #[command(flatten)]
        packs: Packs,
        /// Packs, or folders of packs; the shipped packs if there are none
        paths: Vec<PathBuf>,
    },
    /// Tell how the law comes to its answer on the facts of a case
    Explain {
        /// JSON file with the facts of one case
        #[arg(long)]
        facts: PathBuf,
        #[command(flatten)]
        packs: Packs,
    },
    /// Publish, list and retire packs of this house
    #[command(subcommand)]
    Pack(PackCommand),
}

/// What can be done about published packs.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Publish a pack, for everybody or for one client
    Add {
        /// The pack as TOML; the name of the file is the name of the pack
        file: PathBuf,
        #[command(flatten)]
        terms: Terms,
    },
    /// List what was published
    List,
    /// Take a pack back: new cases are decided without it
    Retire {
        /// Name of the pack
        name: String,
        #[command(flatten)]
        terms: Terms,
    },
}

/// For whom, from when and why.
#[derive(Debug, clap::Args)]
pub struct Terms {
    /// Only for this client, by short name or id; everybody if not given
    #[arg(long)]
    pub client: Option<String>,
    /// First day it decides new cases; today if not given
    #[arg(long, value_name = "DAY")]
    pub from: Option<Date>,
    /// Why
    #[arg(long, default_value = "by command line")]
    pub note: String,
}

/// Which packs hold.
#[derive(Debug, clap::Args)]
pub struct Packs {
    /// Packs, or folders of packs; one named like a shipped pack takes its place
    #[arg(long = "packs", value_name = "PATH")]
    own: Vec<PathBuf>,
    /// Leave the shipped packs out
    #[arg(long)]
    alone: bool,
}

/// Does what needs no house; `None` for what does.
pub fn run(command: &Command, out: Out) -> Option<ExitCode> {
    let done = match command {
        Command::Eval { vectors, packs } => eval(vectors, packs, out),
        Command::Check { packs, paths } => check(packs, paths, out),
        Command::Explain { facts, packs } => tell(facts, packs),
        Command::Pack(_) => return None,
    };
    Some(match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => out.failure(&e),
    })
}

fn eval(vectors: &Path, packs: &Packs, out: Out) -> anyhow::Result<bool> {
    let book = book(&packs.own, packs.alone)?;
    let text = read(vectors)?;
    let report = check_file(&book, &text).with_context(|| vectors.display().to_string())?;
    for note in &report.notes {
        eprintln!("not used: {note}");
    }
    out.answer(&report, || {
        let mut lines: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "{} passed, {} failed",
            report.passed, report.failed
        ));
        lines.join("\n")
    });
    Ok(report.failed == 0)
}

fn check(packs: &Packs, paths: &[PathBuf], out: Out) -> anyhow::Result<bool> {
    let own: Vec<PathBuf> = packs.own.iter().chain(paths).cloned().collect();
    let book = book(&own, packs.alone)?;
    let changes = ::law::diff(&LawBook::builtin()?, &book);
    let report = serde_json::json!({
        "rules": book.rules().len(), "places": book.jurisdictions().count(),
        "version": book.version(), "changes": changes,
    });
    out.answer(&report, || {
        let mut lines: Vec<String> = changes.iter().map(change).collect();
        lines.push(format!(
            "in order: {} rules for {} places, version {}",
            book.rules().len(),
            book.jurisdictions().count(),
            book.version().get(..12).unwrap_or_default(),
        ));
        lines.join("\n")
    });
    Ok(true)
}

fn change(change: &RuleChange) -> String {
    match change {
        RuleChange::Added { id, .. } => format!("added {id}"),
        RuleChange::Removed { id, .. } => format!("removed {id}"),
        RuleChange::Changed { id, fields, .. } => {
            let fields = fields.iter().map(|f| {
                let show = |v: &Option<serde_json::Value>| {
                    v.as_ref()
                        .map_or_else(|| "absent".to_owned(), ToString::to_string)
                };
                format!("  {}: {} -> {}", f.field, show(&f.old), show(&f.new))
            });
            let fields: Vec<String> = fields.collect();
            format!("changed {id}\n{}", fields.join("\n"))
        }
    }
}

fn tell(facts: &Path, packs: &Packs) -> anyhow::Result<bool> {
    let book = book(&packs.own, packs.alone)?;
    let text = read(facts)?;
    let facts: CaseFacts =
        serde_json::from_str(&text).with_context(|| facts.display().to_string())?;
    let path = explain(&book, &facts)?;
    println!("{}", serde_json::to_string_pretty(&path)?);
    Ok(true)
}

fn book(paths: &[PathBuf], alone: bool) -> anyhow::Result<LawBook> {
    let mut own: Vec<(String, String, PathBuf)> = Vec::new();
    for path in files(paths)? {
        let name = path.file_stem().and_then(|n| n.to_str());
        let name = name.with_context(|| format!("{}: has no readable name", path.display()))?;
        if let Some((_, _, other)) = own.iter().find(|(known, ..)| known == name) {
            bail!("{} and {} have one name", other.display(), path.display());
        }
        own.push((name.to_owned(), read(&path)?, path));
    }
    let packs: Vec<(&str, &str)> = own
        .iter()
        .map(|(n, t, _)| (n.as_str(), t.as_str()))
        .collect();
    let book = if alone {
        LawBook::parse(&packs)
    } else {
        LawBook::with_packs(&packs)
    };
    book.map_err(|mut e| {
        if let Some((.., path)) = own.iter().find(|(name, ..)| *name == e.pack) {
            e.pack = path.display().to_string();
        }
        e.into()
    })
}

/// The files themselves, and the packs in folders.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let before = out.len();
        for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
            let file = entry?.path();
            if file.extension().is_some_and(|e| e == "toml") {
                out.push(file);
            }
        }
        if out.len() == before {
            bail!("{}: holds no .toml file", path.display());
        }
    }
    out.sort();
    Ok(out)
}

pub fn read(path: &Path) -> anyhow::Result<String> {
    let shown = || path.display().to_string();
    let size = fs::metadata(path).with_context(shown)?.len();
    if size > MAX_BYTES {
        bail!("{}: longer than 256 MiB", path.display());
    }
    fs::read_to_string(path).with_context(shown)
}
