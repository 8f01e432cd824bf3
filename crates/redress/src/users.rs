//! `redress user`: people and service accounts and their sign-in links.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::bail;
use app::{
    App,
    signin::{LINK_HOURS, Person, TokenKind},
};
use clap::Subcommand;
use kernel::{Role, UserId};
use store::Write;

/// What can be done about users.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List them
    List,
    /// Add a person or service account and print a one-time sign-in link
    Add {
        /// Display name
        name: String,
        /// One of agent, team_lead, dock_operator, finance, client_user, partner, admin
        #[arg(long)]
        role: String,
        /// Clients it works for
        #[arg(long = "client", required = true)]
        clients: Vec<String>,
    },
    /// Print a new one-time sign-in link
    Link {
        /// Name or id of the user
        user: String,
    },
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let mut write = Write::new();
    let (secret, shown) = match command {
        Command::List => {
            let people = app.people().await?;
            let line = |p: &Person| format!("{}  {:<14} {}", p.id, p.role.as_str(), p.name);
            let text = people.iter().map(line).collect::<Vec<_>>().join("\n");
            let values: Vec<_> = people
                .iter()
                .map(|p| serde_json::json!({ "id": p.id, "name": p.name, "role": p.role }))
                .collect();
            out.answer(&values, || text);
            return Ok(Verdict::InOrder);
        }
        Command::Add {
            name,
            role,
            clients: names,
        } => {
            let Some(role) = Role::parse(role) else {
                let known: Vec<_> = Role::ALL.iter().map(|r| r.as_str()).collect();
                bail!("{role:?} is no role; there are {}", known.join(", "));
            };
            let clients: anyhow::Result<Vec<_>> =
                names.iter().map(|n| clients::find(&app, n)).collect();
            let (now, id) = (app.now(), UserId(app.mint(app.now())));
            App::put_user(&mut write, id, name, role, &clients?, now)?;
            link(&app, &mut write, config, id)
        }
        Command::Link { user } => {
            let id = find(&app, user).await?;
            link(&app, &mut write, config, id)
        }
    };
    app.store().write(write).await?;
    out.answer(&serde_json::json!({ "secret": secret }), || shown);
    Ok(Verdict::InOrder)
}

fn link(app: &App, write: &mut Write, config: &Config, id: UserId) -> (String, String) {
    let token = app.put_token(write, TokenKind::Link, id, "command line", LINK_HOURS);
    let url = format!("{}/sign-in/{token}", config.base_url);
    (
        url.clone(),
        format!("{url}\nIt signs in once, within {LINK_HOURS} hours."),
    )
}

/// The user named so.
pub async fn find(app: &App, wanted: &str) -> anyhow::Result<UserId> {
    let people = app.people().await?;
    let mut found = people
        .iter()
        .filter(|p| p.name == wanted || p.id.to_string() == wanted)
        .map(|p| p.id);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (Some(_), Some(_)) => bail!("several users are called {wanted:?}; give the id"),
        _ => bail!("there is no user {wanted:?}; `redress user list` names them"),
    }
}
