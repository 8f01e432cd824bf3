//! `redress backup`, `redress backup verify` and `redress restore`: a copy of everything a house
//! keeps, the proof that it can be put back, and putting it back.
//!
//! A backup is a folder: a copy of the database as it was at one moment, the files beside it
//! (`bank/`, `mail/`) and `manifest.json`, written last, with the hash of each and the newest
//! signed checkpoint of each client's log. The database is copied first: a file it does not know
//! yet is harmless, a file it knows and that is missing is not.

mod folder;

use crate::{Verdict, adapters, config::Config, out::Out, privacy, serve};
use anyhow::{Context as _, bail, ensure};
use app::App;
use clap::{Args, Subcommand};
use folder::{FORMAT, MANIFEST, Manifest, PREFIX};
use jiff::Timestamp;
use kernel::Scope;
use ports::Entropy as _;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
};
use store::{EngineKind, backup, questions::work};

/// Folders of the data directory that are kept beside the database.
const FOLDERS: [&str; 2] = ["bank", "mail"];

/// Where to, or which to try.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Backup {
    /// Folder that gets the backup, in a folder of its own
    #[arg(value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Afterwards, remove all but the newest of this many backups in the folder
    #[arg(long, value_name = "N", requires = "to", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Put a backup back into a place of its own, check everything, and take that place away
    Verify {
        /// The backup
        backup: PathBuf,
    },
}

/// What to put back.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    backup: PathBuf,
    /// The list of erasures: whom it names is erased again [default: the one beside the backup and
    /// the one the configuration names]
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
}

/// Makes a backup, or tries one.
pub async fn run(config: &Config, what: &Backup, out: Out) -> anyhow::Result<Verdict> {
    match (&what.command, &what.to) {
        (Some(Command::Verify { backup }), _) => verify(config, backup, out).await,
        (None, Some(to)) => make(config, to, what.keep, out).await,
        (None, None) => bail!("say which folder gets the backup: `redress backup FOLDER`"),
    }
}

async fn make(config: &Config, to: &Path, keep: Option<u16>, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let made_at = app.now();
    let name = format!("{PREFIX}{}", made_at.strftime("%Y%m%dT%H%M%SZ"));
    let (folder, partial) = (to.join(&name), to.join(format!("{name}.partial")));
    ensure!(!folder.exists(), "{} is there already", folder.display());
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    let _ = fs::remove_dir_all(&partial);
    folder::private_folder(&partial)?;
    let written = write(config, &app, &partial, made_at).await;
    let manifest = match written {
        Ok(manifest) => manifest,
        Err(e) => {
            let _ = fs::remove_dir_all(&partial);
            return Err(e);
        }
    };
    fs::rename(&partial, &folder)
        .and_then(|()| File::open(to)?.sync_all())
        .with_context(|| format!("{} cannot be finished", folder.display()))?;
    // Beside the backups, not in them: an old backup is put back with the newest list.
    let beside = to.join(privacy::LIST);
    let mut erasures = privacy::read_list(&beside)?;
    erasures.extend(privacy::read_list(&config.erasure_list())?);
    erasures.extend(app.erasure_list().await?);
    privacy::write_list(&beside, &erasures)?;
    let removed = keep.map_or_else(
        || Ok(Vec::new()),
        |keep| folder::prune(to, usize::from(keep)),
    )?;
    let bytes: u64 = manifest.files.iter().map(|f| f.bytes).sum();
    let report = serde_json::json!({
        "backup": folder, "files": manifest.files.len(), "bytes": bytes, "removed": removed,
    });
    out.answer(&report, || {
        let mut text = format!(
            "{} holds {} files, {bytes} bytes. Try it: redress backup verify {}",
            folder.display(),
            manifest.files.len(),
            folder.display()
        );
        for old in &removed {
            let _ = write!(text, "\nremoved {}", old.display());
        }
        text
    });
    Ok(Verdict::InOrder)
}

async fn write(
    config: &Config,
    app: &App,
    folder: &Path,
    made_at: Timestamp,
) -> anyhow::Result<Manifest> {
    let store = app.store();
    // Before the copy: what the copy holds is then never older than what is promised here.
    let checkpoints = checkpoints(app).await?;
    let database = match store.engine_name() {
        "sqlite" => "redress.db",
        _ => "redress.dump",
    };
    backup::dump(store, &config.engine()?, &folder.join(database)).await?;
    for name in FOLDERS {
        let from = config.data.join(name);
        if from.is_dir() {
            folder::copy_folder(&from, &folder.join(name))?;
        }
    }
    let mut files = Vec::new();
    folder::list(folder, folder, &mut files)?;
    let manifest = Manifest {
        format: FORMAT,
        made_at,
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        engine: store.engine_name().to_owned(),
        schema: backup::SCHEMA,
        database: database.to_owned(),
        checkpoints,
        files,
    };
    let path = folder.join(MANIFEST);
    fs::write(&path, serde_json::to_string_pretty(&manifest)?)
        .and_then(|()| File::open(&path)?.sync_all())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(manifest)
}

async fn checkpoints(app: &App) -> anyhow::Result<BTreeMap<String, String>> {
    let (directory, scope) = (app.directory(), Scope::system());
    let mut all = BTreeMap::new();
    for client in directory.clients() {
        if let Some(checkpoint) = app.checkpoint(&scope, client.id).await? {
            all.insert(client.slug.clone(), checkpoint);
        }
    }
    Ok(all)
}

/// Puts a backup back.
pub async fn restore(config: &Config, what: &Restore, out: Out) -> anyhow::Result<Verdict> {
    let manifest = folder::read(&what.backup)?;
    fits(&manifest, &config.engine()?)?;
    let _lock = serve::lock(config)?;
    for name in FOLDERS {
        let place = config.data.join(name);
        let empty = fs::read_dir(&place).map_or(true, |mut list| list.next().is_none());
        ensure!(
            empty,
            "{} is not empty: restore into an empty data directory, so move it away first",
            place.display()
        );
    }
    backup::load(&config.engine()?, &what.backup.join(&manifest.database)).await?;
    for name in FOLDERS {
        let from = what.backup.join(name);
        if from.is_dir() {
            folder::copy_folder(&from, &config.data.join(name))?;
        }
    }
    let app = adapters::open_app(config).await?;
    // Before all else: a check that breaks off must not leave them ready to go.
    let held = work::hold_payments(app.store(), &manifest.made_at.to_string()).await?;
    let erased = erase_again(config, what, &app).await?;
    let findings = check(&app, &manifest).await?;
    let report = serde_json::json!({
        "restored": what.backup, "made_at": manifest.made_at, "held_payments": held,
        "erased_again": erased, "findings": findings,
    });
    out.answer(&report, || {
        let mut text = format!(
            "restored the backup of {}; {}",
            manifest.made_at,
            said(&findings)
        );
        match erased {
            Some(0) => {}
            Some(erased) => {
                let _ = write!(text, "\n{erased} people were erased since and are so again");
            }
            None => text.push_str(
                "\nTHERE WAS NO LIST OF ERASURES: who was erased since the backup can be read \
                 again. Give it with --erasures into an empty place",
            ),
        }
        if held > 0 {
            let _ = write!(
                text,
                "\n{held} payments wait among the jobs given up: each may have been paid since \
                 the backup. Read the statements in, then try them again"
            );
        }
        text
    });
    Ok(verdict(&findings))
}

/// Erases again whom the lists name; none where there is no list.
async fn erase_again(config: &Config, what: &Restore, app: &App) -> anyhow::Result<Option<u64>> {
    let beside = what.backup.parent().map(|p| p.join(privacy::LIST));
    let mut paths: Vec<PathBuf> = what.erasures.iter().cloned().collect();
    if paths.is_empty() {
        paths.extend(beside);
        paths.push(config.erasure_list());
    }
    if !paths.iter().any(|p| p.is_file()) {
        return Ok(None);
    }
    let mut list = app.erasure_list().await?;
    for path in &paths {
        list.extend(privacy::read_list(path)?);
    }
    let erased = app.replay_erasures(&list).await?;
    privacy::write_list(&config.erasure_list(), &list)?;
    Ok(Some(erased))
}

async fn verify(config: &Config, from: &Path, out: Out) -> anyhow::Result<Verdict> {
    let manifest = folder::read(from)?;
    let live = config.engine()?;
    fits(&manifest, &live)?;
    let mut random = [0; 8];
    adapters::SystemEntropy.fill(&mut random);
    let tag = format!("{:016x}", u64::from_le_bytes(random));
    let folder = std::env::temp_dir().join(format!("redress-verify-{tag}"));
    folder::private_folder(&folder)?;
    let scratch = backup::Scratch::beside(&live, &folder, &tag).await?;
    let place = config.elsewhere(&folder, &scratch.kind);
    let tried = try_in(&place, from, &manifest).await;
    // Also when it failed: nothing of a customer stays behind in a temporary place.
    let removed = scratch.remove().await;
    fs::remove_dir_all(&folder).with_context(|| format!("remove {}", folder.display()))?;
    let mut findings = tried?;
    removed?;
    let lag = against_the_house(config, &manifest, &mut findings).await?;
    let report = serde_json::json!({
        "backup": from, "made_at": manifest.made_at, "entries_since": lag, "findings": findings,
    });
    out.answer(&report, || {
        format!(
            "the backup of {} was put back and checked; {}; {lag} ledger entries were made since",
            manifest.made_at,
            said(&findings)
        )
    });
    Ok(verdict(&findings))
}

async fn try_in(place: &Config, from: &Path, manifest: &Manifest) -> anyhow::Result<Vec<String>> {
    backup::load(&place.engine()?, &from.join(&manifest.database)).await?;
    check(&adapters::open_app(place).await?, manifest).await
}

/// Every finding on a house that was put back: the engine's own, the invariants, and each log
/// against the checkpoint the backup promises.
async fn check(app: &App, manifest: &Manifest) -> anyhow::Result<Vec<String>> {
    let mut findings = backup::faults(app.store()).await?;
    let scope = Scope::system();
    let audit = app.audit(&scope, |_| ()).await?;
    findings.extend(audit.findings.iter().map(ToString::to_string));
    for client in app.directory().clients() {
        let kept: Vec<String> = manifest
            .checkpoints
            .get(&client.slug)
            .cloned()
            .into_iter()
            .collect();
        let report = app
            .verify_ledger_against(&scope, client.id, &kept, |_, _| ())
            .await?;
        let of_client =
            |finding: &app::ledger::LedgerFinding| format!("{}: {finding}", client.slug);
        findings.extend(report.findings.iter().map(of_client));
    }
    Ok(findings)
}

/// Holds the running house's logs against the backup's checkpoints: a house that was put back to
/// an older state, or a backup of another house, is found here. Answers how far the backup is
/// behind, in ledger entries.
async fn against_the_house(
    config: &Config,
    manifest: &Manifest,
    findings: &mut Vec<String>,
) -> anyhow::Result<u64> {
    let app = adapters::open_app(config).await?;
    let scope = Scope::system();
    let mut lag = 0;
    for client in app.directory().clients() {
        let Some(kept) = manifest.checkpoints.get(&client.slug) else {
            continue;
        };
        let kept = std::slice::from_ref(kept);
        let report = app
            .verify_ledger_against(&scope, client.id, kept, |_, _| ())
            .await?;
        let size = kept
            .iter()
            .filter_map(|text| text.lines().nth(1)?.parse().ok());
        lag += report.size.saturating_sub(size.max().unwrap_or(0));
        let of_house = |f: &app::ledger::LedgerFinding| format!("the house, {}: {f}", client.slug);
        findings.extend(report.findings.iter().map(of_house));
    }
    Ok(lag)
}

fn fits(manifest: &Manifest, kind: &EngineKind) -> anyhow::Result<()> {
    let here = match kind {
        EngineKind::Sqlite(_) => "sqlite",
        EngineKind::Postgres(_) => "postgres",
    };
    ensure!(
        manifest.engine == here,
        "this backup is of a {} database, the house is set to {here}",
        manifest.engine
    );
    Ok(())
}

fn said(findings: &[String]) -> String {
    if findings.is_empty() {
        return "everything in it holds".to_owned();
    }
    let mut text = "NOT IN ORDER".to_owned();
    for finding in findings {
        let _ = write!(text, "\n  {finding}");
    }
    text
}

const fn verdict(findings: &[String]) -> Verdict {
    if findings.is_empty() {
        Verdict::InOrder
    } else {
        Verdict::Findings
    }
}
