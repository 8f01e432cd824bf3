//! `redress demo`: fills an empty house with an invented firm and serves it.

use crate::{Verdict, adapters, config::Config, out::Out, serve};
use app::{
    App,
    signin::{LINK_HOURS, TokenKind},
};
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
    /// Make the firm and print the links, without serving
    #[arg(long)]
    only_install: bool,
}

/// Installs the firm if the house is empty, prints a sign-in link per person, and serves.
pub async fn run(config: &Config, demo: &Demo, out: Out) -> anyhow::Result<Verdict> {
    install(config, demo, out).await?;
    // Opened after the firm is there, so that its bank folders are.
    let opened = serve::open(config).await?;
    let links = links(&opened.app, config).await?;
    let directory = opened.app.directory();
    let portal =
        |c: &std::sync::Arc<app::directory::Client>| format!("{}/p/{}", config.base_url, c.slug);
    let portals: Vec<String> = directory.clients().iter().map(portal).collect();
    if demo.only_install {
        tell(config, out, &portals, &links);
        return Ok(Verdict::InOrder);
    }
    serve::serve(config, opened, |_| tell(config, out, &portals, &links)).await
}

async fn install(config: &Config, demo: &Demo, out: Out) -> anyhow::Result<()> {
    let app = adapters::open_app(config).await?;
    if !app.directory().clients().is_empty() {
        return Ok(());
    }
    let bar = if out.is_json() {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    bar.set_style(ProgressStyle::with_template(
        "making the demo firm {bar:40} {pos}/{len} orders",
    )?);
    let now = demo.now.unwrap_or_else(|| app.now());
    ::demo::install(&app, demo.seed, now, &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}

/// A fresh one-time link for every person of the demo firm.
async fn links(app: &App, config: &Config) -> anyhow::Result<Vec<Link>> {
    let mut write = store::Write::new();
    let links = app
        .people()
        .await?
        .into_iter()
        .map(|person| {
            let kind = TokenKind::Link;
            let token = app.put_token(&mut write, kind, person.id, "demo", LINK_HOURS);
            let url = format!("{}/sign-in/{token}", config.base_url);
            Link {
                name: person.name,
                role: person.role.as_str(),
                url,
            }
        })
        .collect();
    app.store().write(write).await?;
    Ok(links)
}

/// A person and the way in.
#[derive(Debug, serde::Serialize)]
struct Link {
    name: String,
    role: &'static str,
    url: String,
}

fn tell(config: &Config, out: Out, portals: &[String], links: &[Link]) {
    let value = serde_json::json!({
        "url": config.base_url, "portals": portals, "people": links,
    });
    out.answer(&value, || {
        let mut text = format!("Redress is at {}\n\nShoppers:", config.base_url);
        for portal in portals {
            let _ = write!(text, "\n  {portal}");
        }
        text.push_str("\n\nPeople (each link signs in once, within 24 hours):");
        for Link { name, role, url } in links {
            let _ = write!(text, "\n  {role:<14} {name}: {url}");
        }
        text
    });
}
