//! `redress user`: people and service accounts and their sign-in links.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::bail;
use app::{
    App,
    people::{PersonRow, Reach},
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
    /// Say whose account it is and how they are reached: nobody decides about their own order
    Whose(Whose),
}

/// Whose account it is. What is left out is forgotten.
#[derive(Debug, clap::Args)]
pub struct Whose {
    /// Name or id of the user
    user: String,
    /// Another account of the same person: limits and four eyes count both as one
    #[arg(long, value_name = "USER")]
    same_as: Option<String>,
    /// E-mail address
    #[arg(long, default_value = "")]
    email: String,
    /// Telephone number
    #[arg(long, default_value = "")]
    phone: String,
    /// Postcode at home
    #[arg(long, default_value = "")]
    postcode: String,
    /// Street and number at home
    #[arg(long, default_value = "")]
    street: String,
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
        Command::Whose(whose) => {
            let id = find(&app, &whose.user).await?;
            put_whose(&app, &mut write, id, whose).await?;
            app.store().write(write).await?;
            out.answer(&serde_json::json!({ "user": id }), || "kept".to_owned());
            return Ok(Verdict::InOrder);
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

async fn put_whose(app: &App, write: &mut Write, id: UserId, whose: &Whose) -> anyhow::Result<()> {
    let person = match &whose.same_as {
        None => None,
        Some(other) => {
            let other = find(app, other).await?;
            let known = app.persons().await?;
            let known = known.iter().find(|p| p.user_id == other.0);
            Some(UserId(known.map_or(other.0, PersonRow::natural)))
        }
    };
    let reach = Reach {
        email: whose.email.clone(),
        phone: whose.phone.clone(),
        postcode: whose.postcode.clone(),
        street: whose.street.clone(),
    };
    App::put_person(write, id, person, &reach, app.now())?;
    Ok(())
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
