//! `redress key`: service accounts and their API keys.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::anyhow;
use clap::Subcommand;
use kernel::{ClientId, Role};

/// What can be done about keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a service account and print its key, this once
    New {
        /// What the account is for, e.g. `web shop`
        name: String,
        /// What it may do: agent, team_lead, dock_operator, finance, client_user, partner, admin
        #[arg(long, value_parser = role)]
        role: Role,
        /// For which clients, by short name or id
        #[arg(long = "client", required = true, value_name = "CLIENT")]
        clients: Vec<String>,
        /// Days until it ends
        #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=3650))]
        days: i64,
    },
}

fn role(text: &str) -> Result<Role, String> {
    let known = || {
        Role::ALL
            .iter()
            .map(|r| r.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    Role::parse(text).ok_or_else(|| format!("a role is one of {}", known()))
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let Command::New {
        name,
        role,
        clients,
        days,
    } = command;
    let app = adapters::open_app(config).await?;
    let clients: Vec<ClientId> = clients
        .iter()
        .map(|c| clients::find(&app, c))
        .collect::<anyhow::Result<_>>()?;
    let made = app.service_account(name, (*role, &clients), *days).await;
    let (id, key) = made.map_err(|e| anyhow!(e))?;
    let value = serde_json::json!({ "account": id, "role": role, "key": key, "days": days });
    out.answer(&value, || key.clone());
    Ok(Verdict::InOrder)
}
