//! `redress client`: retailers and their policies, set up from files.

use crate::{Verdict, adapters, config::Config, out::Out, studio};
use anyhow::{Context as _, bail};
use app::{App, directory, settings::ClientSettings};
use clap::Subcommand;
use kernel::{ClientId, Date};
use std::path::PathBuf;
use store::Write;

/// What can be done about clients.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List them
    List,
    /// Add one, or change its name and settings
    Put {
        /// Name in addresses: lower-case letters, digits, hyphens
        slug: String,
        /// Display name
        #[arg(long)]
        name: String,
        /// Settings as JSON
        #[arg(long, value_name = "FILE")]
        settings: PathBuf,
    },
    /// Publish a policy version from a file, without a second person
    ///
    /// For setting a client up. A client with a policy in force gets a new version by
    /// `redress policy draft`, review and approval; in an emergency say why with --break-glass.
    Policy {
        /// Which client
        slug: String,
        /// The policy as TOML
        file: PathBuf,
        /// First day of orders it holds for
        #[arg(long, value_name = "DAY")]
        from: Date,
        /// Why nobody else approves it; recorded
        #[arg(long, value_name = "REASON", default_value = "")]
        break_glass: String,
    },
}

/// The client named by slug or id.
pub fn find(app: &App, name: &str) -> anyhow::Result<ClientId> {
    let directory = app.directory();
    let by_id = name.parse().ok().and_then(|id| directory.client(id));
    match directory.client_by_slug(name).or(by_id) {
        Some(client) => Ok(client.id),
        None => bail!("there is no client {name:?}; `redress client list` names them"),
    }
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let mut write = Write::new();
    match command {
        Command::List => {}
        Command::Put {
            slug,
            name,
            settings,
        } => {
            let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            if slug.is_empty() || slug.len() > 64 || !slug.bytes().all(fits) {
                bail!("{slug:?} is not 1 to 64 lower-case letters, digits and hyphens");
            }
            let settings: ClientSettings =
                serde_json::from_str(&read(settings)?).context("the settings cannot be read")?;
            let directory = app.directory();
            let known = directory.client_by_slug(slug).map(|c| c.id);
            let last = directory
                .clients()
                .iter()
                .map(|c| c.id.0)
                .max()
                .unwrap_or(0);
            let id = known.unwrap_or(ClientId(last + 1));
            directory::put_client(&mut write, id, slug, name, &settings, app.now())?;
        }
        Command::Policy {
            slug,
            file,
            from,
            break_glass,
        } => {
            let client = find(&app, slug)?;
            studio::publish_file(&app, client, (file, *from), break_glass).await?;
        }
    }
    if !write.batches.is_empty() {
        app.store().write(write).await?;
        app.reload_directory().await?;
    }
    let directory = app.directory();
    let rows: Vec<serde_json::Value> = directory
        .clients()
        .iter()
        .map(|c| {
            let policies: Vec<serde_json::Value> = directory
                .versions(c.id)
                .iter()
                .map(|v| {
                    serde_json::json!({
                        "name": v.name, "from": v.effective_from, "hash": v.policy.hash(),
                    })
                })
                .collect();
            serde_json::json!({ "id": c.id, "slug": c.slug, "name": c.name, "policies": policies })
        })
        .collect();
    out.answer(&rows, || {
        let lines = directory.clients().iter().map(|c| {
            let policies = directory.versions(c.id).len();
            format!(
                "{}  {}  {}  {policies} policy versions",
                c.id, c.slug, c.name
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(Verdict::InOrder)
}
