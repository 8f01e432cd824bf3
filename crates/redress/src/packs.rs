//! `redress law pack`: packs of this house and its clients, through the same door as the desk: the
//! whole law with a pack is compiled before anything is stored.

use crate::{
    Verdict, adapters, clients,
    config::Config,
    law::{Command, PackCommand, Terms, read},
    out::Out,
};
use anyhow::{Context as _, bail};
use app::{
    App,
    laws::{HOUSE, NewPack, Published},
};
use kernel::{ClientId, Date, Scope};
use serde_json::{Value, json};

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let Command::Pack(command) = command else {
        // Everything else was done before a configuration was read.
        return Ok(Verdict::InOrder);
    };
    let app = adapters::open_app(config).await?;
    let scope = Scope::system();
    match command {
        PackCommand::List => list(&app, &scope, out),
        PackCommand::Add { file, terms } => {
            let name = file.file_stem().and_then(|n| n.to_str());
            let name = name.with_context(|| format!("{}: has no readable name", file.display()))?;
            let source = read(file)?;
            let (client, from) = resolve(&app, terms)?;
            let pack = NewPack {
                name,
                source: &source,
                effective_from: from,
                note: &terms.note,
            };
            match app.publish_law(&scope, client, &pack).await? {
                Ok(made) => say(name, from, &made, "published", out),
                Err(mut refused) => {
                    if refused.pack == name {
                        refused.pack = file.display().to_string();
                    }
                    return Err(refused.into());
                }
            }
        }
        PackCommand::Retire { name, terms } => {
            let (client, from) = resolve(&app, terms)?;
            let pack = NewPack {
                name,
                source: "",
                effective_from: from,
                note: &terms.note,
            };
            match app.retire_law(&scope, client, &pack).await {
                Ok(made) => say(name, from, &made?, "retired", out),
                Err(app::AppError::Missing) => {
                    bail!("there is no pack {name:?} to retire; `redress law pack list` names them")
                }
                Err(e) => return Err(e.into()),
            }
        }
    }
    Ok(Verdict::InOrder)
}

fn resolve(app: &App, terms: &Terms) -> anyhow::Result<(Option<ClientId>, Date)> {
    let client = terms.client.as_deref().map(|name| clients::find(app, name));
    let today = || app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    Ok((client.transpose()?, terms.from.unwrap_or_else(today)))
}

fn say(name: &str, from: Date, made: &Published, what: &str, out: Out) {
    let value = json!({
        "name": name, "version": made.version, "sha256": made.hash, "law_version": made.book,
        "effective_from": from, "what": what,
    });
    out.answer(&value, || {
        let law = made.book.get(..12).unwrap_or_default();
        format!(
            "{what} {name} version {} from {from}, law {law}",
            made.version
        )
    });
}

fn list(app: &App, scope: &Scope, out: Out) {
    let directory = app.directory();
    let whose = |id: i64| match directory.client(ClientId(id)) {
        Some(client) => client.slug.clone(),
        None if id == HOUSE => "everybody".to_owned(),
        None => id.to_string(),
    };
    let packs = app.law_packs(scope);
    let rows: Vec<Value> = packs
        .iter()
        .map(|p| {
            json!({
                "name": p.name, "client": whose(p.client_id), "version": p.version,
                "sha256": p.hash, "effective_from": p.effective_from, "retired": p.retires(),
                "note": p.note,
            })
        })
        .collect();
    out.answer(&rows, || {
        let line = |p: &app::laws::PackRow| {
            let state = if p.retires() { "retired" } else { "in force" };
            let whose = whose(p.client_id);
            format!(
                "{} v{}  {whose}  {state} from {}  {}",
                p.name, p.version, p.effective_from, p.note
            )
        };
        let lines: Vec<String> = packs.iter().map(line).collect();
        if lines.is_empty() {
            "nothing was published: the shipped packs hold".to_owned()
        } else {
            lines.join("\n")
        }
    });
}
