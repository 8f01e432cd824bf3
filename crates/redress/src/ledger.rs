//! `redress ledger`: check a client's log, write receipts, check receipts.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::Context as _;
use app::ledger::{LedgerFinding, VerifyReport};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{CaseId, Scope};
use std::{fmt::Write as _, path::PathBuf};

/// What can be done with the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check every leaf, tile and signed head of a client's log
    Verify {
        /// Which client [default: every one]
        #[arg(long)]
        client: Option<String>,
        /// Signed checkpoints kept elsewhere, to find a log put back as a whole
        #[arg(long = "kept", value_name = "FILE")]
        kept: Vec<PathBuf>,
    },
    /// Print the receipts of a case, or of one event of it
    Receipt {
        /// Which client
        #[arg(long)]
        client: String,
        /// Which case
        case: CaseId,
        /// Only the event that made this version
        #[arg(long)]
        version: Option<u64>,
    },
    /// Check a receipt against a log's public key; needs no database
    CheckReceipt {
        /// The receipt
        file: PathBuf,
        /// The log's key, as `ledger key` prints it
        #[arg(long)]
        key: String,
    },
    /// Print a log's public key
    Key {
        /// Which client
        #[arg(long)]
        client: String,
    },
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    match command {
        Command::Verify { client, kept } => verify(config, client.as_deref(), kept, out).await,
        Command::Receipt {
            client,
            case,
            version,
        } => {
            let app = adapters::open_app(config).await?;
            let (client, scope) = (clients::find(&app, client)?, Scope::system());
            let receipts = match version {
                Some(version) => {
                    let one = app
                        .receipt_of_event(&scope, client, *case, *version)
                        .await?;
                    one.into_iter().collect()
                }
                None => app.receipts_of_case(&scope, client, *case).await?,
            };
            anyhow::ensure!(!receipts.is_empty(), "no event asked for has an index yet");
            out.answer(&receipts, || receipts.join("\n"));
            Ok(Verdict::InOrder)
        }
        Command::CheckReceipt { file, key } => check(file, key, out),
        Command::Key { client } => {
            let app = adapters::open_app(config).await?;
            let key = app.vkey(clients::find(&app, client)?).await?;
            out.answer(&key, || key.clone());
            Ok(Verdict::InOrder)
        }
    }
}

fn check(file: &PathBuf, key: &str, out: Out) -> anyhow::Result<Verdict> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    match app::ledger::verify_receipt(&text, key) {
        Ok(held) => {
            let report = serde_json::json!({
                "holds": true, "client": held.client, "case": held.case, "version": held.version,
                "kind": held.kind, "index": held.index, "size": held.size, "event": held.event,
            });
            out.answer(&report, || {
                format!(
                    "holds: {} made version {} of {}, entry {} of {}",
                    held.kind, held.version, held.case, held.index, held.size
                )
            });
            Ok(Verdict::InOrder)
        }
        Err(fault) => {
            let why = fault.to_string();
            let report = serde_json::json!({ "holds": false, "why": why });
            out.answer(&report, || format!("does not hold: {why}"));
            Ok(Verdict::Findings)
        }
    }
}

async fn verify(
    config: &Config,
    client: Option<&str>,
    kept: &[PathBuf],
    out: Out,
) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let directory = app.directory();
    let clients = match client {
        Some(name) => vec![clients::find(&app, name)?],
        None => directory.clients().iter().map(|c| c.id).collect(),
    };
    let kept: Vec<String> = kept
        .iter()
        .map(|p| {
            std::fs::read_to_string(p).with_context(|| format!("{} cannot be read", p.display()))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut reports = Vec::new();
    for client in clients {
        let bar = if out.is_json() {
            ProgressBar::hidden()
        } else {
            ProgressBar::new(0)
        };
        bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} leaves")?);
        let report = app
            .verify_ledger_against(&Scope::system(), client, &kept, |done, all| {
                bar.set_length(all);
                bar.set_position(done);
            })
            .await?;
        bar.finish_and_clear();
        reports.push(report);
    }
    let values: Vec<serde_json::Value> = reports.iter().map(value_of).collect();
    out.answer(&values, || {
        let name = |id| directory.client(id).map_or("", |c| c.name.as_str());
        let texts = reports
            .iter()
            .map(|r| format!("{}: {}", name(r.client), text_of(r)));
        texts.collect::<Vec<_>>().join("\n")
    });
    let fine = reports.iter().all(VerifyReport::is_ok);
    Ok(if fine {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

fn value_of(report: &VerifyReport) -> serde_json::Value {
    let finding = |f: &LedgerFinding| {
        let (index, case, version) = (f.index, f.case, f.version);
        serde_json::json!({
            "index": index, "case": case, "version": version, "words": f.words,
        })
    };
    serde_json::json!({
        "client": report.client, "key": report.vkey, "size": report.size,
        "root": report.root.map(|r| r.to_string()), "signed": report.signed,
        "pending": report.pending,
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn text_of(report: &VerifyReport) -> String {
    let root = report
        .root
        .map_or_else(|| "none".to_owned(), |r| r.to_string());
    let mut text = format!(
        "{} leaves hold, {} of them signed, {} events wait; root {root}",
        report.size, report.signed, report.pending,
    );
    if !report.findings.is_empty() {
        text = format!("NOT IN ORDER among {} leaves", report.size);
    }
    for f in &report.findings {
        let place = f.index.map(|i| format!("at index {i}")).unwrap_or_default();
        let _ = write!(text, "\n  {place}: {}", f.words);
    }
    text
}
