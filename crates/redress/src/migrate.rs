//! `redress migrate`: makes and changes the tables as the role that owns them, and lets the role
//! the server runs as read and write rows. That role can neither change a table nor pass the walls
//! between clients.

use crate::{Verdict, adapters, config::Config, out::Out};
use clap::Args;
use serde_json::json;

/// What to bring up to date.
#[derive(Debug, Args)]
pub struct Migrate {
    /// The role of the database the server runs as: it may read and write rows from now on
    #[arg(long, value_name = "NAME")]
    server_role: Option<String>,
}

/// Opens the database, which brings it up to date, and grants.
pub async fn run(config: &Config, what: &Migrate, out: Out) -> anyhow::Result<Verdict> {
    let store = adapters::open_store(config).await?;
    if let Some(role) = &what.server_role {
        store.grant_to(role).await?;
    }
    let engine = store.engine_name();
    let role = &what.server_role;
    out.answer(&json!({ "database": engine, "server_role": role }), || {
        format!("the tables in {engine} are up to date")
    });
    Ok(Verdict::InOrder)
}
