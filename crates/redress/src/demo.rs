//! `redress demo`: fills an empty house with an invented firm to look at.

use crate::{Verdict, adapters, config::Config, out::Out};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::Timestamp;
use std::fmt::Write as _;

/// How to invent.
#[derive(Debug, Args)]
pub struct Demo {
    /// Another number, another firm
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The present of the firm [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

/// Installs the firm and prints sign-in links.
pub async fn run(config: &Config, demo: &Demo, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let bar = if out.is_json() {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} orders")?);
    let now = demo.now.unwrap_or_else(|| app.now());
    let installed = ::demo::install(&app, demo.seed, now, &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    let links: Vec<(&str, &str, String)> = installed
        .members
        .iter()
        .map(|m| {
            (
                m.name,
                m.role.as_str(),
                format!("{}/sign-in?link={}", config.base_url, m.link),
            )
        })
        .collect();
    let value = serde_json::json!({
        "orders": installed.orders, "cases": installed.cases,
        "people": links.iter().map(|(name, role, link)| {
            serde_json::json!({ "name": name, "role": role, "link": link })
        }).collect::<Vec<_>>(),
    });
    out.answer(&value, || {
        let mut text = format!(
            "Meridian Care: {} orders, {} returns. Sign-in links, each works once within 24 hours:",
            installed.orders, installed.cases
        );
        for (name, role, link) in &links {
            let _ = write!(text, "\n  {name}, {role}: {link}");
        }
        text
    });
    Ok(Verdict::InOrder)
}
