//! `redress privacy`: access to and erasure of one person's data, sealing what older versions stored
//! in clear, and the change of keys.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::{Context as _, anyhow, bail, ensure};
use app::{
    App,
    cases::Call,
    privacy::{Erasure, Listed},
};
use clap::{Args, Subcommand};
use kernel::{ClientId, CustomerId, Scope};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::sync::watch;

/// The list of erasures in the data directory, and beside backups.
pub const LIST: &str = "erasures.jsonl";

/// How often the service writes the list.
const LIST_EVERY: Duration = Duration::from_secs(30);

/// What can be done about personal data.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write everything about one person into a new folder: JSON and files
    Export {
        #[command(flatten)]
        who: Who,
        /// Why; it is logged
        #[arg(long)]
        reason: String,
        /// A folder that is not there yet
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Erase one person as far as no law holds it; the rest goes when its time is over
    Erase {
        #[command(flatten)]
        who: Who,
        /// Why; it is kept with the erasure
        #[arg(long)]
        reason: String,
        /// Do it; without it, it is only said what would be held
        #[arg(long)]
        yes: bool,
    },
    /// List erasures of a client
    Erasures {
        /// The client, by short name or id
        client: String,
    },
    /// Seal what older versions stored in clear; may be cut short and run again
    Seal,
    /// Print a fresh root key as a line for the secrets file
    NewRootKey,
    /// Wrap every client's keys by the newest root key; data is not rewritten
    RotateRoot,
    /// Give a client a new key and wrap the keys of its people by it; data is not rewritten
    RotateClient {
        /// The client, by short name or id
        client: String,
    },
}

/// A person of a client.
#[derive(Debug, Args)]
pub struct Who {
    /// The client, by short name or id
    client: String,
    /// Their e-mail address
    #[arg(long, required_unless_present = "customer")]
    email: Option<String>,
    /// Their number at the client
    #[arg(long, conflicts_with = "email")]
    customer: Option<String>,
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let scope = Scope::system();
    match command {
        Command::Export { who, reason, to } => export(&app, who, reason, to, out).await,
        Command::Erase { who, reason, yes } => erase(config, &app, who, reason, *yes, out).await,
        Command::Erasures { client } => {
            let client = clients::find(&app, client)?;
            let all = app.erasures(&scope, client, 10_000).await?;
            let value: Vec<_> = all.iter().map(value_of).collect();
            out.answer(&value, || {
                let lines: Vec<String> = all.iter().map(said).collect();
                lines.join("\n")
            });
            Ok(Verdict::InOrder)
        }
        Command::Seal => {
            let (mut sealed, mut left) = (0, 0);
            for client in app.directory().clients() {
                let done = app.seal_old(&scope, client.id).await?;
                (sealed, left) = (sealed + done.sealed, left + done.left);
            }
            let value = serde_json::json!({ "sealed": sealed, "left": left });
            out.answer(&value, || match left {
                0 => format!("{sealed} rows were in clear and are sealed now"),
                _ => format!("{sealed} rows sealed; {left} were changed meanwhile, run it again"),
            });
            Ok(if left == 0 {
                Verdict::InOrder
            } else {
                Verdict::Findings
            })
        }
        Command::NewRootKey => {
            let (name, key) = app.next_root(&scope).await?;
            let value = serde_json::json!({ "name": name, "key": key });
            out.answer(&value, || format!("\"{name}\" = \"{key}\""));
            Ok(Verdict::InOrder)
        }
        Command::RotateRoot => {
            if app.root_state().await?.1 && config.secrets_file.is_none() {
                // The house keeps its secrets in the database: the new one is made there, too.
                app.new_root_inside(&scope).await?;
            }
            let done = app.rotate_root(&scope).await?;
            out.answer(&done, || {
                format!(
                    "{} keys are wrapped by root key {} now. Keep older root keys as long as \
                     backups made under them, then remove their lines",
                    done.rewrapped, done.number
                )
            });
            Ok(Verdict::InOrder)
        }
        Command::RotateClient { client } => {
            let client = clients::find(&app, client)?;
            let done = app.rotate_client(&scope, client).await?;
            out.answer(&done, || {
                format!(
                    "{} keys of people are wrapped by version {} of the client's key now; restart \
                     nodes that run",
                    done.rewrapped, done.number
                )
            });
            Ok(Verdict::InOrder)
        }
    }
}

async fn found(app: &App, who: &Who) -> anyhow::Result<(ClientId, Vec<CustomerId>)> {
    let client = clients::find(app, &who.client)?;
    let text = who.email.as_ref().or(who.customer.as_ref());
    let text = text.ok_or_else(|| anyhow!("say who: --email or --customer"))?;
    let found = app.people_named(&Scope::system(), client, text).await?;
    ensure!(!found.is_empty(), "nobody of this client is known by that");
    Ok((client, found))
}

async fn export(
    app: &App,
    who: &Who,
    reason: &str,
    to: &Path,
    out: Out,
) -> anyhow::Result<Verdict> {
    let (client, people) = found(app, who).await?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(to)
        .with_context(|| format!("{} must be a folder that is not there yet", to.display()))?;
    let (scope, mut written) = (Scope::system(), Vec::new());
    for (n, customer) in people.iter().enumerate() {
        let export = app.export_person(&scope, client, *customer, reason).await?;
        let json = serde_json::to_vec_pretty(&export.json)?;
        let page = surface::person_page(&export).into_bytes();
        let own = [
            (format!("person-{}.json", n + 1), json),
            (format!("person-{}.html", n + 1), page),
        ];
        for (name, bytes) in own.into_iter().chain(export.files) {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            let name: String = name
                .chars()
                .map(|c| if plain(c) { c } else { '_' })
                .collect();
            write_new(&to.join(&name), &bytes)?;
            written.push(name);
        }
    }
    let value = serde_json::json!({ "folder": to, "people": people.len(), "files": written });
    out.answer(&value, || {
        format!(
            "{} files about {} customer records are in {}",
            written.len(),
            people.len(),
            to.display()
        )
    });
    Ok(Verdict::InOrder)
}

async fn erase(
    config: &Config,
    app: &App,
    who: &Who,
    reason: &str,
    yes: bool,
    out: Out,
) -> anyhow::Result<Verdict> {
    let (client, people) = found(app, who).await?;
    let scope = Scope::system();
    if !yes {
        let mut held = Vec::new();
        for customer in &people {
            held.extend(app.erasure_preview(&scope, client, *customer).await?);
        }
        let value = serde_json::json!({ "people": people.len(), "held": held });
        out.answer(&value, || {
            let mut text = format!("{} customer records would be erased", people.len());
            for h in &held {
                let _ = write!(text, "\n  held: {} {}", h.hold.as_str(), h.what);
                if let Some(until) = h.until {
                    let _ = write!(text, " until {until}");
                }
            }
            text.push_str("\nNothing was done. To do it, add --yes");
            text
        });
        return Ok(Verdict::InOrder);
    }
    let call = Call::new(&scope, app.now());
    let mut done = Vec::new();
    for customer in people {
        done.push(app.erase_person(&call, client, customer, reason).await?);
    }
    keep_list(config, app).await?;
    let value: Vec<_> = done.iter().map(value_of).collect();
    out.answer(&value, || {
        let lines: Vec<String> = done.iter().map(said).collect();
        lines.join("\n")
    });
    Ok(Verdict::InOrder)
}

fn value_of(erasure: &Erasure) -> serde_json::Value {
    serde_json::json!({
        "erasure": erasure.id, "state": erasure.state, "subject": erasure.subject,
        "asked_at": erasure.asked_at, "reason": erasure.reason, "went": erasure.went,
        "held": erasure.held, "person_at": erasure.person_at, "papers_at": erasure.papers_at,
    })
}

fn said(erasure: &Erasure) -> String {
    let mut text = format!(
        "{} {} asked {}",
        erasure.id,
        erasure.state.as_str(),
        erasure.asked_at
    );
    for held in &erasure.held {
        let _ = write!(text, "\n  held: {} {}", held.hold.as_str(), held.what);
        if let Some(until) = held.until {
            let _ = write!(text, " until {until}");
        }
    }
    text
}

/// Beside the service: seals what older versions stored in clear, then keeps the list of erasures,
/// until it is told to stop.
pub async fn keep(config: &Config, app: &App, mut stopped: watch::Receiver<bool>) {
    let scope = Scope::system();
    let stop = async {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let work = async {
        for client in app.directory().clients() {
            // What is left is gone on with at the next start, or by `redress privacy seal`.
            if let Err(error) = app.seal_old(&scope, client.id).await {
                tracing::warn!(client = client.slug, %error, "old rows could not be sealed");
            }
        }
        loop {
            if let Err(error) = keep_list(config, app).await {
                tracing::warn!(%error, "the list of erasures could not be kept");
            }
            tokio::time::sleep(LIST_EVERY).await;
        }
    };
    tokio::select! {
        () = stop => {}
        () = work => {}
    }
}

/// Writes the list of erasures: into the file the configuration names, else the data directory. A
/// list that is there already only grows.
pub async fn keep_list(config: &Config, app: &App) -> anyhow::Result<PathBuf> {
    let path = config.erasure_list();
    let mut list = read_list(&path)?;
    list.extend(app.erasure_list().await?);
    write_list(&path, &list)?;
    Ok(path)
}

/// Writes a list of erasures whole or not at all.
pub fn write_list(path: &Path, list: &BTreeSet<Listed>) -> anyhow::Result<()> {
    let mut text = String::new();
    for line in list {
        text.push_str(&serde_json::to_string(line)?);
        text.push('\n');
    }
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let what = || format!("the list of erasures {} cannot be written", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(what)?;
    }
    let half = path.with_extension("part");
    let _ = fs::remove_file(&half);
    write_new(&half, text.as_bytes())?;
    fs::rename(&half, path).with_context(what)
}

/// The list of erasures in a file; empty if there is none.
pub fn read_list(path: &Path) -> anyhow::Result<BTreeSet<Listed>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
    };
    let line = |line: &str| -> anyhow::Result<Listed> {
        match serde_json::from_str(line) {
            Ok(listed) => Ok(listed),
            Err(e) => bail!("{} is no list of erasures: {e}", path.display()),
        }
    };
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(line)
        .collect()
}

/// A new file for the owner alone, on disk when this returns.
fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    let what = || format!("{} cannot be written", path.display());
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(what)?;
    file.write_all(bytes).with_context(what)?;
    file.sync_all().with_context(what)
}
