//! `redress limits`: what people may decide alone for a client, and since when.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::Context as _;
use app::limits::Limits;
use clap::Args;
use kernel::{Currency, Scope};
use serde_json::json;
use std::{fmt::Write as _, path::PathBuf};

/// Show or set what people may decide alone for a client
#[derive(Debug, Args)]
pub struct Command {
    /// Which client
    client: String,
    /// In which currency
    currency: String,
    /// New limits as JSON; see docs/approvals.md
    #[arg(long, value_name = "FILE", requires = "reason")]
    set: Option<PathBuf>,
    /// Why they are set
    #[arg(long)]
    reason: Option<String>,
}

/// Carries it out.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let client = clients::find(&app, &command.client)?;
    let currency: Currency = command.currency.parse().context("no such currency")?;
    let scope = Scope::system();
    if let Some(path) = &command.set {
        let text = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        let limits: Limits =
            serde_json::from_str(&text).with_context(|| format!("{}", path.display()))?;
        let reason = command.reason.as_deref().unwrap_or_default();
        app.set_limits(&scope, client, currency, &limits, reason)
            .await?;
    }
    let versions = app.limits(&scope, client, currency).await?;
    let value: Vec<_> = versions
        .iter()
        .map(|v| {
            let limits: serde_json::Value = serde_json::from_str(&v.body).unwrap_or_default();
            json!({
                "version": v.version, "currency": v.currency, "limits": limits,
                "reason": v.reason, "at_ms": v.at,
            })
        })
        .collect();
    out.answer(&value, || {
        let mut text = String::new();
        for v in &versions {
            let _ = writeln!(
                text,
                "{} {}: {} ({})",
                v.version, v.currency, v.body, v.reason
            );
        }
        if versions.is_empty() {
            text.push_str("no limits: the policy's own limit of each role holds");
        }
        text.trim_end().to_owned()
    });
    Ok(Verdict::InOrder)
}
