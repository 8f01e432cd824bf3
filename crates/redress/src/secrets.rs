//! `redress secrets`: takes the installation's secrets out of its database into a file.

use crate::{Verdict, adapters, config::Config, out::Out};
use anyhow::Context as _;
use clap::Subcommand;
use std::{
    fs::OpenOptions,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// What can be done about secrets.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write every secret of the database into a new file and remove it there
    Move {
        /// A file that is not there yet; give it to every node as `--secrets-file` afterwards
        file: PathBuf,
    },
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let Command::Move { file } = command;
    let app = adapters::open_app(config).await?;
    let secrets = app.stored_secrets().await?;
    write(file, &toml::to_string(&secrets)?)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    // Only what is safe in the file is forgotten.
    app.forget_secrets(secrets.keys().map(String::as_str))
        .await?;
    let value = serde_json::json!({ "file": file, "secrets": secrets.len() });
    out.answer(&value, || {
        format!(
            "{} secrets moved to {}; start every node with --secrets-file",
            secrets.len(),
            file.display()
        )
    });
    Ok(Verdict::InOrder)
}

/// A new file for the owner alone, on disk when this returns.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
