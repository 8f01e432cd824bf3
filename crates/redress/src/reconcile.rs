//! `redress reconcile`: takes in files of a bank and reconciles the present day of a client.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::Context as _;
use app::recon::stake;
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
    for path in &command.statement {
        let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
        let message = gateways::iso20022::read_message(&bytes)
            .with_context(|| format!("{}", path.display()))?;
        let reports = message
            .reports
            .with_context(|| format!("{}", path.display()))?;
        anyhow::ensure!(
            !reports.is_empty(),
            "{} is no statement of account",
            path.display()
        );
        app.take_reports(client, &reports).await?;
    }
    for path in &command.settlement {
        let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
        let reports = gateways::settlement::read_settlement(&bytes)
            .with_context(|| format!("{}", path.display()))?;
        app.take_reports(client, &reports).await?;
    }
    let scope = Scope::system();
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
