//! A backup made while the server works, tried, and put back in another place; and backups that
//! are not what they say.

use crate::{
    client::Api,
    house::House,
    load::Load,
    server::{Server, free_port},
};
use kernel::Scope;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};
use store::{EngineKind, backup::Scratch};
use testkit::ALFA;

#[tokio::test]
async fn a_backup_under_load_can_be_put_back_on_sqlite() {
    Box::pin(drill(House::sqlite().await)).await;
}

#[tokio::test]
async fn a_backup_under_load_can_be_put_back_on_postgres() {
    if let Some(house) = House::postgres().await {
        Box::pin(drill(house)).await;
    }
}

async fn drill(house: House) {
    let numbers: Vec<String> = (0..24).map(|i| format!("B-{i}")).collect();
    house.orders(ALFA, &numbers).await;
    let server = Server::ready(&house, free_port()).await;
    let api = Api::new(server.address, &house.alfa);
    let load = Load::new();
    let mut progress = load.progress.subscribe();
    let folder = house.data.join("backups");
    let copy = async {
        progress.wait_for(|done| *done >= 8).await.unwrap();
        let made = said(&redress(&house, &["backup", text(&folder)]), 0);
        PathBuf::from(made["backup"].as_str().unwrap())
    };
    let ((), copy) = tokio::join!(load.run(&api, &numbers), copy);

    // The house goes on while its backup is tried: the backup is behind, and sound.
    let tried = said(&redress(&house, &["backup", "verify", text(&copy)]), 0);
    assert_eq!(tried["findings"], Value::Array(Vec::new()), "{tried}");
    assert!(tried["entries_since"].as_u64().unwrap() > 0, "{tried}");
    server.stop().await;

    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let tag = format!("test{}", std::process::id());
    let scratch = Scratch::beside(house.kind(), elsewhere.path(), &tag)
        .await
        .unwrap();
    let restored = said(&put_back(&house, &scratch.kind, elsewhere.path(), &copy), 0);
    assert_eq!(restored["findings"], Value::Array(Vec::new()), "{restored}");
    // What waited to be paid is for a person: it may have been paid since the backup.
    let app = crate::house::open(&scratch.kind).await;
    let waiting = app.vitals().await.unwrap();
    assert_eq!(
        restored["held_payments"].as_u64().unwrap(),
        waiting.jobs_dead,
        "{restored}"
    );
    let rebuilt = app.rebuild(&Scope::system(), true).await.unwrap();
    assert!(
        rebuilt.changed.is_empty() && rebuilt.skipped.is_empty(),
        "{rebuilt:?}"
    );
    drop(app);

    // Nothing is put on top of something.
    let again = put_back(&house, &scratch.kind, elsewhere.path(), &copy);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("not empty"),
        "{again:?}"
    );
    scratch.remove().await.unwrap();
}

#[tokio::test]
async fn a_backup_that_was_changed_or_broken_off_is_refused() {
    let house = House::sqlite().await;
    let folder = house.data.join("backups");
    let made = said(&redress(&house, &["backup", text(&folder)]), 0);
    let copy = PathBuf::from(made["backup"].as_str().unwrap());
    let refused = |words: &str| {
        for args in [["backup", "verify"].as_slice(), &["restore"]] {
            let args: Vec<&str> = args.iter().copied().chain([text(&copy)]).collect();
            let answer = redress(&house, &args);
            assert_eq!(answer.status.code(), Some(1), "{args:?}: {answer:?}");
            let said = String::from_utf8_lossy(&answer.stderr).into_owned();
            assert!(said.contains(words), "{args:?}: {said}");
        }
    };
    let database = copy.join("redress.db");
    let whole = fs::read(&database).unwrap();
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, &bytes).unwrap();
    refused("is not the file that was backed up");

    fs::write(&database, &whole).unwrap();
    let manifest = fs::read_to_string(copy.join("manifest.json")).unwrap();
    let outside = manifest.replace(
        "\"redress.db\",\n      \"bytes\"",
        "\"../redress.db\",\n      \"bytes\"",
    );
    assert_ne!(outside, manifest);
    fs::write(copy.join("manifest.json"), outside).unwrap();
    refused("leads out of the backup");

    fs::remove_file(copy.join("manifest.json")).unwrap();
    refused("is this a backup that was finished?");
}

#[tokio::test]
async fn only_the_newest_backups_are_kept_and_nothing_else_is_removed() {
    let house = House::sqlite().await;
    let folder = house.data.join("backups");
    for name in [
        "redress-20200101T000000Z",
        "redress-20200102T000000Z",
        "redress-notes",
    ] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    for old in ["redress-20200101T000000Z", "redress-20200102T000000Z"] {
        fs::write(folder.join(old).join("manifest.json"), "{}").unwrap();
    }
    let made = said(
        &redress(&house, &["backup", text(&folder), "--keep", "2"]),
        0,
    );
    assert_eq!(made["removed"].as_array().unwrap().len(), 1, "{made}");
    assert!(!folder.join("redress-20200101T000000Z").exists());
    assert!(folder.join("redress-20200102T000000Z").exists());
    assert!(folder.join("redress-notes").exists());
}

/// A house put back to an older state as a whole is found by a backup that is newer.
#[tokio::test]
async fn a_house_older_than_its_backup_is_found() {
    let house = House::sqlite().await;
    let numbers: Vec<String> = (0..3).map(|i| format!("O-{i}")).collect();
    house.orders(ALFA, &numbers).await;
    let folder = house.data.join("backups");
    let old = said(&redress(&house, &["backup", text(&folder.join("old"))]), 0);
    let server = Server::ready(&house, free_port()).await;
    Load::new()
        .run(&Api::new(server.address, &house.alfa), &numbers)
        .await;
    server.stop().await;
    house.app().await.sequence_all().await.unwrap();
    let new = said(&redress(&house, &["backup", text(&folder.join("new"))]), 0);

    for name in ["redress.db", "redress.db-wal", "redress.db-shm"] {
        let _ = fs::remove_file(house.data.join(name));
    }
    let _ = fs::remove_dir_all(house.data.join("bank"));
    let _ = fs::remove_dir_all(house.data.join("mail"));
    said(
        &redress(&house, &["restore", old["backup"].as_str().unwrap()]),
        0,
    );
    let tried = said(
        &redress(
            &house,
            &["backup", "verify", new["backup"].as_str().unwrap()],
        ),
        3,
    );
    let findings = tried["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|f| f.as_str().unwrap().starts_with("the house, alfa:")),
        "{tried}"
    );
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn redress(house: &House, args: &[&str]) -> Output {
    house.command().args(args).output().unwrap()
}

pub fn put_back(house: &House, kind: &EngineKind, data: &Path, copy: &Path) -> Output {
    let mut command = house.command_in(data);
    if let EngineKind::Postgres(url) = kind {
        // The later of two flags would be refused: the environment names this one.
        command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
        command
            .args(["--json", "--data"])
            .arg(data)
            .args(["--database-url", url]);
    }
    command.arg("restore").arg(copy).output().unwrap()
}

/// What a command answered, with the status it must have.
pub fn said(output: &Output, status: i32) -> Value {
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}
