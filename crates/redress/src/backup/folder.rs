//! The folder of a backup: its manifest, the hash of each file, copying and removing. Nothing here
//! knows what a house is.

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
};
use store::backup;

/// The file that makes a folder a backup.
pub(super) const MANIFEST: &str = "manifest.json";
/// The form of the manifest.
pub(super) const FORMAT: u32 = 1;
/// What the name of every backup starts with.
pub(super) const PREFIX: &str = "redress-";

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: u32,
    pub made_at: Timestamp,
    pub made_by: String,
    pub engine: String,
    pub schema: i64,
    pub database: String,
    /// Newest signed checkpoint per client, by slug.
    pub checkpoints: BTreeMap<String, String>,
    pub files: Vec<Kept>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// Reads a backup's manifest and holds every file against it.
pub(super) fn read(folder: &Path) -> anyhow::Result<Manifest> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "{} cannot be read: is this a backup that was finished?",
            path.display()
        )
    })?;
    let manifest: Manifest = serde_json::from_str(&text)
        .with_context(|| format!("{} is not the manifest of a backup", path.display()))?;
    ensure!(
        manifest.format == FORMAT,
        "this backup has format {}, this binary knows {FORMAT}",
        manifest.format
    );
    ensure!(
        manifest.schema <= backup::SCHEMA,
        "this backup has schema version {}, this binary knows {}: use the newer binary",
        manifest.schema,
        backup::SCHEMA
    );
    for file in &manifest.files {
        let inside = Path::new(&file.path);
        let plain = inside
            .components()
            .all(|c| matches!(c, Component::Normal(_)));
        ensure!(plain, "{} leads out of the backup", file.path);
        let path = folder.join(inside);
        let (bytes, sha256) = hash(&path)?;
        ensure!(
            (bytes, &sha256) == (file.bytes, &file.sha256),
            "{} is not the file that was backed up",
            path.display()
        );
    }
    let known = manifest.files.iter().any(|f| f.path == manifest.database);
    ensure!(known, "the manifest does not name its database");
    Ok(manifest)
}

pub(super) fn list(root: &Path, folder: &Path, files: &mut Vec<Kept>) -> anyhow::Result<()> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(root, &path, files)?;
            continue;
        }
        let (bytes, sha256) = hash(&path)?;
        let inside = path.strip_prefix(root)?.to_string_lossy().into_owned();
        files.push(Kept {
            path: inside,
            bytes,
            sha256,
        });
    }
    Ok(())
}

fn hash(path: &Path) -> anyhow::Result<(u64, String)> {
    let what = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(what)?;
    let (mut hasher, mut bytes, mut piece) = (Sha256::new(), 0_u64, vec![0_u8; 1 << 16]);
    loop {
        let read = file.read(&mut piece).with_context(what)?;
        if read == 0 {
            return Ok((bytes, hex(&hasher.finalize())));
        }
        bytes += read as u64;
        hasher.update(&piece[..read]);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Copies a folder that may change meanwhile: a file that went away since it was listed is left.
pub(super) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    private_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_folder(&path, &target)?;
        } else if kind.is_file() {
            match fs::copy(&path, &target) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                other => {
                    other.with_context(|| format!("{} cannot be copied", path.display()))?;
                }
            }
        }
    }
    Ok(())
}

/// A folder only its owner can look into: it holds what customers wrote.
pub(super) fn private_folder(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("{} cannot be made", path.display()))
}

/// Removes all but the newest `keep` finished backups of a folder.
pub(super) fn prune(folder: &Path, keep: usize) -> anyhow::Result<Vec<PathBuf>> {
    let mut ours: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            name.is_some_and(|n| n.starts_with(PREFIX) && !n.ends_with(".partial"))
                && path.join(MANIFEST).is_file()
        })
        .collect();
    // The names are times, so the newest are last.
    ours.sort();
    ours.truncate(ours.len().saturating_sub(keep));
    for old in &ours {
        fs::remove_dir_all(old).with_context(|| format!("{} cannot be removed", old.display()))?;
    }
    Ok(ours)
}
