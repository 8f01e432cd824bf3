//! `redress reconcile`: takes in files of a bank and reconciles the present day of a client.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::Context as _;
use app::recon::{FileFault, stake};
use clap::Args;
use kernel::{Currency, Money, Scope};
use serde_json::json;
use std::{fmt::Write as _, path::PathBuf};

/// Breaks read at once.
const PAGE: usize = 1_000;

/// Hold books, provider and bank of a client against each other, today
#[derive(Debug, Args)]
pub struct Command {
    /// Which client
    client: String,
    /// A statement of account to take in first (camt.053, camt.054); the folder of the bank does
    /// this by itself
    #[arg(long, value_name = "FILE")]
    statement: Vec<PathBuf>,
    /// A settlement report of a card processor to take in first, as CSV: Stripe's itemised payout
    /// reconciliation, Adyen's settlement details, PayPal's settlement report (STL)
    #[arg(long, value_name = "FILE")]
    settlement: Vec<PathBuf>,
}

/// Carries it out; open breaks are findings.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let client = clients::find(&app, &command.client)?;
    let scope = Scope::system();
    for path in command.statement.iter().chain(&command.settlement) {
        let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
        if let Err(faults) = app.take_report_file(&scope, client, bytes).await? {
            let told = faults.iter().map(told).collect::<Vec<_>>().join("\n");
            anyhow::bail!("{}: nothing was taken in\n{told}", path.display());
        }
    }
    let days = app.reconcile_now(&scope, client).await?;
    let days = days.context("another process is reconciling this day")?;
    let mut open = Vec::new();
    let mut after = None;
    loop {
        let page = app.recon_open(&scope, client, after.as_ref(), PAGE).await?;
        open.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let amount = |minor, currency: &str| {
        let known = currency.parse::<Currency>();
        known.map_or_else(
            |_| format!("{minor} {currency}"),
            |c| Money::new(minor, c).to_string(),
        )
    };
    let value = json!({
        "days": days.iter().map(|d| json!({
            "day": d.day, "currency": d.currency, "even": d.even_count,
            "even_minor": d.even_minor, "waiting": d.waiting_count,
            "waiting_minor": d.waiting_minor, "broken": d.broken_count,
            "at_stake_minor": d.broken_minor,
        })).collect::<Vec<_>>(),
        "breaks": open.iter().map(|b| json!({
            "kind": b.kind, "cause": b.cause, "subject": b.subject, "since": b.since_on,
            "state": b.state, "currency": b.currency, "at_stake_minor": stake(b),
        })).collect::<Vec<_>>(),
    });
    out.answer(&value, || {
        let mut text = String::new();
        for d in &days {
            let _ = writeln!(
                text,
                "{} {}: {} agree ({}), {} on their way, {} do not agree",
                d.day,
                d.currency,
                d.even_count,
                amount(d.even_minor, &d.currency),
                d.waiting_count,
                d.broken_count
            );
        }
        for b in &open {
            let at_stake = amount(stake(b), &b.currency);
            let _ = writeln!(
                text,
                "  {} {} since {}: {at_stake} ({})",
                b.kind, b.subject, b.since_on, b.cause
            );
        }
        text.trim_end().to_owned()
    });
    Ok(if open.is_empty() {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

/// What is wrong with a file, in words.
fn told(fault: &FileFault) -> String {
    let FileFault { line, code, value } = fault;
    match (line, *code) {
        (Some(line), what) => format!("  line {line}: the {what} {value:?} cannot be read"),
        (None, "unknown") => "  this is no statement of account and no settlement report: give \
            camt.053, camt.054, Stripe's itemised payout reconciliation, Adyen's settlement details or \
            PayPal's settlement report (STL)"
            .to_owned(),
        (None, "column") => {
            format!("  there is no column {value:?}: ask the provider to add it")
        }
        (None, "large") => format!("  it has more than {value} lines"),
        (None, code) => format!("  it cannot be read as {code}: {value}"),
    }
}
