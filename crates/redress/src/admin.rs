//! `redress admin`: the first administrator, and what administrators do on their pages, from the
//! machine itself. Nobody is given a password to start with: an invitation lets them add a way in.

use crate::{Verdict, adapters, clients, config::Config, out::Out, users::find};
use anyhow::bail;
use app::{App, door::Origin};
use clap::Subcommand;
use kernel::{ClientId, Role, Scope, UserId};

/// What can be done about people.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an administrator of every client and print the link of their invitation, this once
    Create {
        /// Display name
        name: String,
        /// E-mail address to be known by
        #[arg(long)]
        email: String,
    },
    /// Invite somebody and print the link, this once
    Invite {
        /// Display name
        name: String,
        /// E-mail address to be known by
        #[arg(long)]
        email: String,
        /// One of agent, team_lead, dock_operator, finance, client_user, partner, reviewer, admin
        #[arg(long)]
        role: String,
        /// Clients to work for
        #[arg(long = "client", required = true)]
        clients: Vec<String>,
    },
    /// Invite somebody again who lost their ways in: those they had are taken away
    Again {
        /// Name or id
        user: String,
    },
    /// Disable an account: sessions, streams, links and keys end within seconds
    Disable {
        /// Name or id
        user: String,
    },
    /// List live sessions of an account
    Sessions {
        /// Name or id
        user: String,
        /// End all of them
        #[arg(long)]
        end: bool,
    },
    /// List API keys of an account
    Keys {
        /// Name or id
        user: String,
        /// Take back the key whose id begins so
        #[arg(long, value_name = "ID")]
        revoke: Option<String>,
    },
    /// Make a password that opens the door to an administrator once, within a day; its use is alarmed
    BreakGlass {
        /// Name or id
        user: String,
    },
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let (house, from) = (Scope::system(), Origin::default());
    match command {
        Command::Create { name, email } => {
            let all: Vec<ClientId> = app.directory().clients().iter().map(|c| c.id).collect();
            if all.is_empty() {
                bail!("there is no client yet; `redress client` makes one");
            }
            let who = (name.as_str(), Some(email.as_str()));
            let invited = app.invite(&house, who, (Role::Admin, &all), &from).await?;
            tell(out, invited.id, &invited.link);
        }
        Command::Invite {
            name,
            email,
            role,
            clients: names,
        } => {
            let Some(role) = Role::parse(role) else {
                let known: Vec<_> = Role::ALL.iter().map(|r| r.as_str()).collect();
                bail!("{role:?} is no role; there are {}", known.join(", "));
            };
            let clients: anyhow::Result<Vec<_>> =
                names.iter().map(|n| clients::find(&app, n)).collect();
            let who = (name.as_str(), Some(email.as_str()));
            let invited = app.invite(&house, who, (role, &clients?), &from).await?;
            tell(out, invited.id, &invited.link);
        }
        Command::Again { user } => {
            let user = find(&app, user).await?;
            let invited = app.invite_again(&house, user, &from).await?;
            tell(out, user, &invited.link);
        }
        Command::Disable { user } => {
            let user = find(&app, user).await?;
            app.disable(&house, user, &from).await?;
            out.answer(&serde_json::json!({ "disabled": user }), || {
                format!("{user} is disabled")
            });
        }
        Command::Sessions { user, end } => {
            sessions(&app, find(&app, user).await?, *end, out).await?;
        }
        Command::Keys { user, revoke } => {
            keys(&app, find(&app, user).await?, revoke.as_deref(), out).await?;
        }
        Command::BreakGlass { user } => {
            let user = find(&app, user).await?;
            let password = app.break_glass(user, &from).await?;
            let value = serde_json::json!({ "user": user, "password": password });
            out.answer(&value, || {
                format!("{password}\nIt signs in once, within 24 hours, at /sign-in/password.")
            });
        }
    }
    Ok(Verdict::InOrder)
}

fn tell(out: Out, id: UserId, link: &str) {
    out.answer(&serde_json::json!({ "user": id, "link": link }), || {
        format!("{link}\nIt lets its holder add a passkey or an authenticator app, once, within 24 hours.")
    });
}

async fn sessions(app: &App, user: UserId, end: bool, out: Out) -> anyhow::Result<()> {
    let rows = app.sessions_of(user).await?;
    if end {
        app.end_sessions(user, None, &Origin::default()).await?;
    }
    let values: Vec<_> = rows
        .iter()
        .map(|s| {
            serde_json::json!({
                "id": s.session_id, "method": s.method, "device": s.device,
                "address": s.address, "created_ms": s.created_at, "seen_ms": s.seen_at,
            })
        })
        .collect();
    out.answer(
        &serde_json::json!({ "sessions": values, "ended": end }),
        || {
            let line = |s: &app::door::SessionRow| {
                format!(
                    "{}  {:<10} {} {}",
                    s.session_id, s.method, s.device, s.address
                )
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        },
    );
    Ok(())
}

async fn keys(app: &App, user: UserId, revoke: Option<&str>, out: Out) -> anyhow::Result<()> {
    let list = app.keys_of(user).await?;
    if let Some(start) = revoke {
        let mut found = list.iter().filter(|k| k.id.starts_with(start));
        let (Some(key), None) = (found.next(), found.next()) else {
            bail!("no key, or several, have an id that begins with {start:?}");
        };
        app.key_revoke(user, &key.id, &Origin::default()).await?;
    }
    let list = app.keys_of(user).await?;
    let values: Vec<_> = list
        .iter()
        .map(|k| {
            serde_json::json!({
                "id": k.id, "name": k.name, "prefix": k.prefix, "account": k.account,
                "ends": k.ends, "revoked": k.revoked, "used": k.used,
            })
        })
        .collect();
    out.answer(&serde_json::json!({ "keys": values }), || {
        let line = |k: &app::door::KeyShown| {
            let state = if k.revoked.is_some() { "revoked" } else { "" };
            format!(
                "{}  {}…  {}  until {} {state}",
                &k.id[..12],
                k.prefix,
                k.name,
                k.ends
            )
        };
        list.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}
