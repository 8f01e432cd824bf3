//! `redress policy`: look at policy files without a house: what is wrong with them, what changes
//! between two, and what they say.

use crate::{Verdict, adapters::SystemClock, out::Out, studio};
use analysis::{Against, Report};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use kernel::{Date, Lang, Place};
use law::LawBook;
use policy::{ClauseScope, Policy, describe, publish};
use ports::Clock as _;
use redress_http::L10n;
use serde::Serialize;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

/// What can be done with policy files.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what is wrong with them: below the law, contradictions, dead rules, gaps
    Check {
        /// Policies as TOML
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only these places (DE,US-NY); else the countries the policy names, or all
        #[arg(long, value_delimiter = ',', value_parser = place)]
        market: Vec<Place>,
        /// First day of orders to look at; today if not given
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
    },
    /// Say who is better or worse off under a new version
    Diff {
        /// The version in force
        old: PathBuf,
        /// The version to come
        new: PathBuf,
        /// First day of orders to look at; today if not given
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
    },
    /// Policies of the clients of a house
    #[command(flatten)]
    House(studio::Command),
    /// Write what is made from one version: page, PDF, parcel insert, agent script, data, changes
    Render(crate::render::Command),
    /// Say in plain sentences what a policy grants
    Explain {
        /// The policy as TOML
        file: PathBuf,
        /// Language of the sentences
        #[arg(long, default_value = "en")]
        lang: Lang,
        /// As structured data for search engines (schema.org)
        #[arg(long, conflicts_with = "open")]
        structured: bool,
        /// As open JSON for programs
        #[arg(long)]
        open: bool,
    },
}

/// A file's report, with lines.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    file: String,
    #[serde(flatten)]
    report: &'a Report,
    lines: Vec<Option<usize>>,
}

/// Carries out a command.
pub fn run(command: &Command, out: Out) -> anyhow::Result<Verdict> {
    match command {
        // Needs a house: carried out where one is open.
        Command::House(_) | Command::Render(_) => Ok(Verdict::InOrder),
        Command::Check { files, market, on } => check(files, market, today(*on), out),
        Command::Diff { old, new, on } => {
            let (old, new) = (open(old)?.1, open(new)?.1);
            let changes = analysis::diff(&old, &new, today(*on));
            let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
            out.answer(&changes, || {
                if lines.is_empty() {
                    "no order is treated differently".to_owned()
                } else {
                    lines.join("\n")
                }
            });
            Ok(Verdict::InOrder)
        }
        Command::Explain {
            file,
            lang,
            structured,
            open: as_open,
        } => {
            let policy = open(file)?.1;
            if *structured || *as_open {
                let text = if *structured {
                    publish::schema_org(&policy)
                } else {
                    publish::open_json(&policy)
                };
                println!("{}", text?);
            } else {
                println!("{}", sentences(&policy, L10n::new(*lang)));
            }
            Ok(Verdict::InOrder)
        }
    }
}

fn check(files: &[PathBuf], market: &[Place], on: Date, out: Out) -> anyhow::Result<Verdict> {
    let law = LawBook::builtin()?;
    let against = Against {
        places: market.to_vec(),
    };
    let mut refused = 0;
    for file in files {
        let (text, policy) = match open(file) {
            Ok(found) => found,
            Err(e) => {
                refused += 1;
                out.failure(&e);
                continue;
            }
        };
        let report = analysis::check(&policy, &law, &against, on);
        refused += u32::from(report.has_errors());
        let line = |path: &str| policy::line_of(&text, path);
        let checked = Checked {
            file: file.display().to_string(),
            lines: report.findings.iter().map(|f| line(&f.path)).collect(),
            report: &report,
        };
        out.answer(&checked, || words(&checked));
    }
    if refused > 0 {
        bail!("{refused} of {} cannot be published", files.len());
    }
    Ok(Verdict::InOrder)
}

/// A report for people: `file:line: finding`.
fn words(checked: &Checked<'_>) -> String {
    let mut text = String::new();
    for (finding, line) in checked.report.findings.iter().zip(&checked.lines) {
        let line = line.unwrap_or(1);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}:{line}: {finding}", checked.file);
    }
    let errors = checked
        .report
        .findings
        .iter()
        .filter(|f| f.kind.is_error())
        .count();
    let _ = write!(
        text,
        "{}: {errors} errors, {} warnings against the law of {} places (policy {:.12}, law {:.12})",
        checked.file,
        checked.report.findings.len() - errors,
        checked.report.places,
        checked.report.policy,
        checked.report.law,
    );
    text
}

/// Every clause as a sentence under the heading of what it is about.
fn sentences(policy: &Policy, l: L10n) -> String {
    let mut text = format!("{}\n", policy.source().name);
    let mut scope = ClauseScope::Client;
    for clause in describe(policy) {
        if clause.scope != scope {
            let _ = writeln!(text, "\n{}", surface::scope_words(l, &clause.scope));
            scope = clause.scope.clone();
        }
        let _ = writeln!(text, "- {}", surface::clause_words(l, &clause));
    }
    text.trim_end().to_owned()
}

/// A policy file and its text; every finding of a bad one with file and line.
pub fn open(file: &Path) -> anyhow::Result<(String, Policy)> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    let policy = read(&name.to_string(), &text)?;
    Ok((text, policy))
}

/// The policy a text is; every finding of a bad one with file and line.
pub fn read(name: &str, text: &str) -> anyhow::Result<Policy> {
    match Policy::parse_toml(text) {
        Ok(policy) => Ok(policy),
        Err(errors) => {
            let lines = errors.0.iter().map(|e| {
                let line = e.line.unwrap_or(1);
                let at = if e.path.is_empty() {
                    String::new()
                } else {
                    format!("{}: ", e.path)
                };
                format!("{name}:{line}: {at}{} ({})", e.wrong, e.wrong.help())
            });
            bail!("not a policy:\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

fn today(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| SystemClock.now().to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// `DE` or `US-NY`.
fn place(text: &str) -> Result<Place, String> {
    let (country, subdivision) = match text.split_once('-') {
        Some((country, sub)) => (country, Some(sub)),
        None => (text, None),
    };
    let bad = |_| format!("{text:?} is neither a country (DE) nor one with a subdivision (US-NY)");
    Ok(Place {
        country: country.parse().map_err(bad)?,
        subdivision: subdivision.map(str::parse).transpose().map_err(bad)?,
    })
}
