//! `redress doctor`: what is configured, and whether it answers.

use crate::{Verdict, adapters, config::Config, out::Out};
use std::fmt::Write as _;

/// Looks at the house.
pub async fn run(config: &Config, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    app.store().ping().await?;
    let directory = app.directory();
    let clients: Vec<serde_json::Value> = directory
        .clients()
        .iter()
        .map(|c| {
            serde_json::json!({
                "id": c.id, "slug": c.slug, "name": c.name,
                "policies": directory.versions(c.id).len(),
            })
        })
        .collect();
    let without: Vec<&str> = directory
        .clients()
        .iter()
        .filter(|c| directory.versions(c.id).is_empty())
        .map(|c| c.slug.as_str())
        .collect();
    let report = serde_json::json!({
        "database": app.store().engine_name(), "config": config, "clients": clients,
        "without_policy": without,
    });
    out.answer(&report, || {
        let mut text = format!(
            "database {} answers; data in {}; pages at {}; {} clients",
            app.store().engine_name(),
            config.data.display(),
            config.base_url,
            clients.len()
        );
        for slug in &without {
            let _ = write!(
                text,
                "\n{slug} has no policy: its orders cannot be imported"
            );
        }
        text
    });
    Ok(if without.is_empty() {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}
