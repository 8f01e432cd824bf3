//! Records changed behind the server's back: `redress ledger verify` says so, with the index.

use crate::{
    client::Api,
    house::House,
    load::Load,
    server::{BOUND, Server, free_port, until},
};
use kernel::CaseId;
use serde_json::Value;
use sqlx::Connection as _;
use store::EngineKind;
use testkit::ALFA;

#[tokio::test]
async fn one_changed_byte_is_found_on_sqlite() {
    one_changed_byte(House::sqlite().await).await;
}

#[tokio::test]
async fn one_changed_byte_is_found_on_postgres() {
    if let Some(house) = House::postgres().await {
        one_changed_byte(house).await;
    }
}

async fn one_changed_byte(house: House) {
    let numbers: Vec<String> = (0..6).map(|i| format!("T-{i}")).collect();
    house.orders(ALFA, &numbers).await;
    let server = Server::ready(&house, free_port()).await;
    let api = Api::new(server.address, &house.alfa);
    Load::new().run(&api, &numbers).await;
    until(
        "every event has its place in the ledger",
        BOUND,
        async || {
            let figures = api.get("/metrics").await.body;
            figures
                .as_str()?
                .contains("redress_ledger_pending 0\n")
                .then_some(())
        },
    )
    .await;
    let feed = api.feed("alfa").await;
    server.stop().await;
    house.assert_in_order().await;

    assert!(feed.len() > 20, "{}", feed.len());
    for at in [0, feed.len() / 2, feed.len() - 1] {
        let (index, case, version) = &feed[at];
        let case: CaseId = case.parse().unwrap();
        let body = read(house.kind(), case, *version).await;
        for changed in one_byte_changes(&body) {
            write(house.kind(), case, *version, &changed).await;
            let checked = house.verify("alfa");
            assert_eq!(
                checked.status.code(),
                Some(3),
                "{index} {changed}: {checked:?}"
            );
            let said: Value = serde_json::from_slice(&checked.stdout).unwrap();
            let said = &said[0];
            let first = &said["findings"][0];
            assert_eq!(first["index"], *index, "{changed}: {said}");
            assert_eq!(first["case"], case.to_string(), "{said}");
            assert_eq!(first["version"], *version, "{said}");
            assert_eq!(
                said["size"], *index,
                "only what stands before it holds: {said}"
            );
            let other = house.verify("bravo");
            assert_eq!(
                other.status.code(),
                Some(0),
                "another client's log: {other:?}"
            );
        }
        write(house.kind(), case, *version, &body).await;
    }
    house.assert_in_order().await;
}

/// The text with its first, its middle and its last byte another one.
fn one_byte_changes(text: &str) -> Vec<String> {
    let at = |i: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[i] = if bytes[i] == b'7' { b'8' } else { b'7' };
        String::from_utf8(bytes).unwrap()
    };
    vec![at(0), at(text.len() / 2), at(text.len() - 1)]
}

const READ: &str = "SELECT body FROM event WHERE client_id = 1 AND case_id = $1 AND version = $2";
const WRITE: &str =
    "UPDATE event SET body = $3 WHERE client_id = 1 AND case_id = $1 AND version = $2";

async fn read(kind: &EngineKind, case: CaseId, version: u64) -> String {
    let version = i64::try_from(version).unwrap();
    match kind {
        EngineKind::Sqlite(path) => {
            let mut db = sqlx::SqliteConnection::connect(&path.to_string_lossy())
                .await
                .unwrap();
            let body = sqlx::query_scalar(READ).bind(case.0).bind(version);
            let body = body.fetch_one(&mut db).await.unwrap();
            db.close().await.unwrap();
            body
        }
        EngineKind::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await.unwrap();
            let body = sqlx::query_scalar(READ).bind(case.0).bind(version);
            body.fetch_one(&mut db).await.unwrap()
        }
    }
}

async fn write(kind: &EngineKind, case: CaseId, version: u64, body: &str) {
    let version = i64::try_from(version).unwrap();
    let touched = match kind {
        EngineKind::Sqlite(path) => {
            let mut db = sqlx::SqliteConnection::connect(&path.to_string_lossy())
                .await
                .unwrap();
            let query = sqlx::query(WRITE).bind(case.0).bind(version).bind(body);
            let touched = query.execute(&mut db).await.unwrap().rows_affected();
            db.close().await.unwrap();
            touched
        }
        EngineKind::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await.unwrap();
            let query = sqlx::query(WRITE).bind(case.0).bind(version).bind(body);
            query.execute(&mut db).await.unwrap().rows_affected()
        }
    };
    assert_eq!(touched, 1);
}
