//! Access and erasure at the prompt, and a backup from before an erasure put back.

use crate::{
    backups::{put_back, redress, said, text},
    house::House,
};
use serde_json::Value;
use std::{fs, path::PathBuf};
use store::backup::Scratch;
use testkit::ALFA;

const EMAIL: &str = "kim.p-1@shopper.example";

#[tokio::test]
async fn a_backup_from_before_an_erasure_is_erased_again_on_sqlite() {
    Box::pin(erased(House::sqlite().await)).await;
}

#[tokio::test]
async fn a_backup_from_before_an_erasure_is_erased_again_on_postgres() {
    if let Some(house) = House::postgres().await {
        Box::pin(erased(house)).await;
    }
}

async fn erased(house: House) {
    house.orders(ALFA, &["P-1".to_owned()]).await;
    let folder = house.data.join("backups");
    let made = said(&redress(&house, &["backup", text(&folder)]), 0);
    let copy = PathBuf::from(made["backup"].as_str().unwrap());

    let to = house.data.join("person");
    let who = ["alfa", "--email", EMAIL, "--reason", "by letter"];
    let export = [&["privacy", "export"], &who[..], &["--to", text(&to)]].concat();
    said(&redress(&house, &export), 0);
    let json = fs::read_to_string(to.join("person-1.json")).unwrap();
    assert!(json.contains(EMAIL) && json.contains("Lindenweg 7"));
    assert!(
        fs::read_to_string(to.join("person-1.html"))
            .unwrap()
            .contains(EMAIL)
    );

    let erase = [&["privacy", "erase"], &who[..]].concat();
    let tried = said(&redress(&house, &erase), 0);
    assert_eq!(tried["held"], Value::Array(Vec::new()), "{tried}");
    assert_eq!(
        redress(&house, &export).status.code(),
        Some(1),
        "never on top"
    );
    let done = said(&redress(&house, &[&erase[..], &["--yes"]].concat()), 0);
    assert_eq!(done[0]["state"], "done", "{done}");
    assert_eq!(
        redress(&house, &erase).status.code(),
        Some(1),
        "nobody is found"
    );
    let listed = fs::read_to_string(house.data.join("erasures.jsonl")).unwrap();
    assert_eq!(listed.lines().count(), 1);
    assert!(!listed.contains("kim"));
    said(&redress(&house, &["audit"]), 0);

    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let tag = format!("privacy{}", std::process::id());
    let scratch = Scratch::beside(house.kind(), elsewhere.path(), &tag)
        .await
        .unwrap();
    // The list is the one beside the backups, which the next backup brings up to date.
    let next = said(&redress(&house, &["backup", text(&folder.join("next"))]), 0);
    let next = PathBuf::from(next["backup"].as_str().unwrap());
    let list = next.parent().unwrap().join("erasures.jsonl");
    fs::copy(&list, folder.join("erasures.jsonl")).unwrap();
    let restored = said(&put_back(&house, &scratch.kind, elsewhere.path(), &copy), 0);
    assert_eq!(restored["erased_again"], 1, "{restored}");
    assert_eq!(restored["findings"], Value::Array(Vec::new()), "{restored}");
    let app = crate::house::open(&scratch.kind).await;
    let system = kernel::Scope::system();
    let key = app::cases::OrderKey::Number("P-1".into());
    let page = app.order_page(&system, ALFA, &key).await.unwrap();
    assert_eq!(page.contact, app::intake::StoredContact::default());
    drop(app);
    scratch.remove().await.unwrap();
}

#[tokio::test]
async fn a_configuration_for_trying_is_not_one_for_people() {
    let house = House::sqlite().await;
    let tried = said(&redress(&house, &["config", "check"]), 0);
    assert_eq!(tried["findings"], Value::Array(Vec::new()), "{tried}");
    let found = said(&redress(&house, &["config", "check", "--production"]), 3);
    let found = found["findings"].to_string();
    for word in [
        "base_url",
        "smtp_url",
        "secrets_file",
        "erasure_list",
        "backups",
    ] {
        assert!(found.contains(word), "{word}: {found}");
    }
    let looked = redress(&house, &["doctor"]);
    let looked: Value = serde_json::from_slice(&looked.stdout).unwrap();
    let checks = looked["checks"].as_array().unwrap();
    assert!(checks.len() >= 7, "{looked}");
    let keys = checks.iter().find(|c| c["name"] == "keys").unwrap();
    assert_eq!(keys["ok"], true, "{keys}");
    // Somebody else's root key opens nothing, and it is said which one is missing.
    let secrets = house.data.join("secrets.toml");
    let other = format!("\"privacy_root:1\" = \"{}\"\n", "ab".repeat(32));
    fs::write(&secrets, other).unwrap();
    let mut mode = fs::metadata(&secrets).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o600);
    fs::set_permissions(&secrets, mode).unwrap();
    let wrong = redress(&house, &["doctor", "--secrets-file", text(&secrets)]);
    assert_eq!(wrong.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&wrong.stdout).contains("root key 1"),
        "{wrong:?}"
    );
}
