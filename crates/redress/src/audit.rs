//! `redress audit` and `redress rebuild`: the invariants on a live database, and read models made
//! again from the event log.

use crate::{Verdict, adapters, config::Config, out::Out};
use kernel::Scope;
use std::fmt::Write as _;

/// Checks every invariant of every client.
pub async fn audit(config: &Config, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let report = app.audit(&Scope::system(), |_| ()).await?;
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let value = serde_json::json!({
        "clients": report.clients, "orders": report.orders, "cases": report.cases,
        "events": report.events, "double_recoveries": report.double_recoveries,
        "findings": findings, "more": report.more,
    });
    out.answer(&value, || {
        let mut text = format!(
            "{} clients, {} orders, {} cases, {} events: {}",
            report.clients,
            report.orders,
            report.cases,
            report.events,
            if findings.is_empty() {
                "every invariant holds"
            } else {
                "NOT IN ORDER"
            },
        );
        for finding in &findings {
            let _ = write!(text, "\n  {finding}");
        }
        text
    });
    Ok(if report.is_ok() {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

/// Makes read models again. Stop servers first.
pub async fn rebuild(config: &Config, dry_run: bool, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let report = app.rebuild(&Scope::system(), dry_run).await?;
    let value = serde_json::json!({
        "orders": report.orders, "cases": report.cases, "changed": report.changed,
        "skipped": report.skipped, "dry_run": dry_run,
    });
    out.answer(&value, || {
        let verb = if dry_run { "differ" } else { "were put right" };
        let mut text = format!("{} orders and {} cases read", report.orders, report.cases);
        for (table, rows) in &report.changed {
            let _ = write!(text, "\n  {table}: {rows} rows {verb}");
        }
        for why in &report.skipped {
            let _ = write!(text, "\n  left as it is: {why}");
        }
        text
    });
    let fine = report.skipped.is_empty() && (!dry_run || report.changed.is_empty());
    Ok(if fine {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}
