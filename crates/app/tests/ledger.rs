//! The stored log of a client under sequencing, tampering and truncation. Events are written
//! straight through the store, so that nothing but the ledger is on trial. On SQLite files, and
//! on PostgreSQL when `REDRESS_TEST_PG` names a database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use app::{
    App, AppError,
    ledger::{LogFile, VerifyReport, verify_receipt},
};
use kernel::{CaseId, ClientId, Permission, Role, Scope, Timestamp, UserId};
use ledger::{Checkpoint, Hash, Leaf, Receipt, canonical_json, commit};
use serde_json::json;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{EngineKind, Expect, Statement, Store, Val, Write, questions::ledger as log, tables};
use uuid::Uuid;

/// One client in a fresh database; `client` differs per test, for PostgreSQL is shared.
struct Bench {
    app: App,
    client: ClientId,
    _dir: tempfile::TempDir,
}

async fn bench_on(kind: EngineKind, dir: tempfile::TempDir) -> Bench {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    let nth = i64::from(std::process::id()) * 1000 + NEXT.fetch_add(1, Ordering::Relaxed);
    let store = Store::open(&kind, 0, 4).await.unwrap();
    let client = ClientId(nth);
    let settings = json!({
        "brand": {"accent": "336699", "support_email": "help@example.com", "tagline": {}},
        "languages": ["en"], "time_zone": "Europe/Berlin", "gateway": "stripe", "docks": [],
        "gs1_prefix": "4012345", "label_cost": {},
    });
    let mut write = Write::new();
    let row = vec![
        client.into(),
        format!("shop-{nth}").into(),
        "Shop".into(),
        settings.to_string().into(),
        0.into(),
    ];
    write.row(&tables::CLIENT, row);
    store.write(write).await.unwrap();
    Bench {
        app: App::open(common::house(store)).await.unwrap(),
        client,
        _dir: dir,
    }
}

/// Every engine there is to test on.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told where PostgreSQL is"
)]
async fn benches() -> Vec<Bench> {
    let dir = tempfile::tempdir().unwrap();
    let mut all = vec![bench_on(EngineKind::Sqlite(dir.path().join("t.db")), dir).await];
    match std::env::var("REDRESS_TEST_PG") {
        Ok(url) => {
            all.push(bench_on(EngineKind::Postgres(url), tempfile::tempdir().unwrap()).await);
        }
        Err(_) => eprintln!("skipped: PostgreSQL (REDRESS_TEST_PG is not set)"),
    }
    all
}

const AT: &str = "2026-03-01T10:00:00Z";

fn case(n: u64) -> CaseId {
    CaseId(Uuid::from_u128(u128::from(n) << 32 | 7))
}

impl Bench {
    /// Writes `versions` events of each of `cases`, with their waiting leaves.
    async fn events(&self, cases: std::ops::Range<u64>, versions: u64) {
        for chunk in cases.collect::<Vec<_>>().chunks(200) {
            let mut write = Write::new();
            for n in chunk {
                for version in 1..=versions {
                    self.event(&mut write, case(*n), version);
                }
            }
            self.app.store().write(write).await.unwrap();
        }
    }

    fn event(&self, write: &mut Write, case: CaseId, version: u64) {
        let at: Timestamp = AT.parse().unwrap();
        let what = json!({"type": "noted", "note": format!("remark {version} of {case}")});
        let event = json!({"schema": 1, "at": AT, "by": {"kind": "system"}, "what": what});
        let body = canonical_json(&event).unwrap();
        let salt = self.app.random32();
        let leaf = Leaf::new(self.client, case, version, "noted", commit(&salt, &body)).unwrap();
        let stored = i64::try_from(version).unwrap();
        write.row(
            &tables::EVENT,
            vec![
                self.client.into(),
                case.0.into(),
                stored.into(),
                "noted".into(),
                at.as_millisecond().into(),
                String::from_utf8(body).unwrap().into(),
                salt.to_vec().into(),
            ],
        );
        write.row(
            &tables::LEDGER_PENDING,
            vec![
                self.client.into(),
                case.0.into(),
                stored.into(),
                leaf.hash().0.to_vec().into(),
            ],
        );
    }

    async fn verify(&self) -> VerifyReport {
        self.app
            .verify_ledger(&Scope::system(), self.client, |_, _| ())
            .await
            .unwrap()
    }

    /// Does to the database what only someone with its password can. Parameters are numbered in
    /// the order in which they stand in the text; the last one is the client.
    async fn tamper(&self, sql: &'static str, mut params: Vec<Val>) {
        params.push(self.client.into());
        let mut write = Write::new();
        let expect = Expect::Some;
        write.statement(Statement {
            name: "tamper",
            sql,
            params,
            returns: &[],
            expect,
        });
        self.app.store().write(write).await.unwrap();
    }

    async fn sequence(&self) -> usize {
        let mut all = 0;
        loop {
            match self.app.sequence_client(self.client, 1000).await.unwrap() {
                0 => return all,
                n => all += n,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_log_holds() {
    for bench in benches().await {
        let report = bench.verify().await;
        assert!(report.is_ok(), "{report:?}");
        assert_eq!((report.size, report.root), (0, Some(Hash::empty_root())));
        assert_eq!(
            bench
                .app
                .checkpoint(&Scope::system(), bench.client)
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            bench.app.sequence_client(bench.client, 1000).await.unwrap(),
            0
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sequencers_make_one_log() {
    for bench in benches().await {
        // 3,900 leaves: several batches, full tiles and a second tile level.
        let Bench { app, client, .. } = &bench;
        let (a, b) = (app.clone(), app.clone());
        let (client, total) = (*client, 3_900_usize);
        let run = |app: App| async move {
            let mut mine = 0;
            while log::pending_count(app.store(), client).await.unwrap() > 0 || mine == 0 {
                mine += app.sequence_client(client, 170).await.unwrap();
            }
            mine
        };
        bench.events(0..100, 3).await;
        let (x, y, ()) = tokio::join!(
            tokio::spawn(run(a)),
            tokio::spawn(run(b)),
            bench.events(100..1300, 3)
        );
        let done = x.unwrap() + y.unwrap() + bench.sequence().await;
        assert_eq!(
            done, total,
            "each leaf is counted by the sequencer whose write was stored"
        );
        let leaves = log::leaves_with_events(app.store(), client, 0, 5_000)
            .await
            .unwrap();
        assert!(
            leaves.iter().map(|l| l.idx).eq(0..3_900),
            "indexes are contiguous"
        );
        let mut versions = std::collections::HashMap::new();
        for leaf in &leaves {
            let last = versions.insert(leaf.case_id, leaf.version).unwrap_or(0);
            assert_eq!(
                leaf.version,
                last + 1,
                "versions of a case rise with the index"
            );
        }
        let report = bench.verify().await;
        assert!(report.is_ok(), "{report:?}");
        assert_eq!(
            (report.size, report.signed, report.pending),
            (3_900, 3_900, 0)
        );
        let hashes: Vec<Hash> = leaves
            .iter()
            .map(|l| Hash::from_slice(&l.leaf_hash).unwrap())
            .collect();
        assert_eq!(report.root, Some(ledger::root_of(&hashes)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sequencer_finds_leaves_nobody_rang_for_and_stops_when_told() {
    for bench in benches().await {
        bench.events(0..20, 1).await;
        let (stop, told) = tokio::sync::watch::channel(false);
        let app = bench.app.clone();
        let running = tokio::spawn(async move { app.run_sequencer(told).await });
        while log::pending_count(bench.app.store(), bench.client)
            .await
            .unwrap()
            > 0
        {
            tokio::task::yield_now().await;
        }
        stop.send(true).unwrap();
        running.await.unwrap();
        let report = bench.verify().await;
        assert!(report.is_ok() && report.size == 20, "{report:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_is_found_at_its_index() {
    for bench in benches().await {
        bench.events(0..700, 2).await;
        bench.sequence().await;
        for (sql, words) in [
            (
                "UPDATE event SET body = replace(body, 'remark 2', 'remark 3') \
                 WHERE case_id = $1 AND client_id = $2 AND version = 2",
                "changed after",
            ),
            (
                "UPDATE event SET body = '\u{1f}{[ no json' \
                 WHERE case_id = $1 AND client_id = $2 AND version = 2",
                "not JSON",
            ),
            (
                "UPDATE event SET kind = 'closed\nkind x' \
                 WHERE case_id = $1 AND client_id = $2 AND version = 2",
                "changed after",
            ),
            (
                "UPDATE event SET at = at + 1 \
                 WHERE case_id = $1 AND client_id = $2 AND version = 2",
                "its time is not",
            ),
            (
                "DELETE FROM event WHERE case_id = $1 AND client_id = $2 AND version = 2",
                "the event is missing",
            ),
        ]
        // Later rows first: each is the first bad one in its turn.
        .into_iter()
        .zip([600_u64, 555, 500, 10, 0])
        .map(|((sql, words), n)| ((sql, n), words))
        {
            let (sql, n) = sql;
            bench.tamper(sql, vec![case(n).0.into()]).await;
            let report = bench.verify().await;
            assert_eq!(report.first_bad(), Some(2 * n + 1), "{report:?}");
            let finding = &report.findings[0];
            assert_eq!((finding.case, finding.version), (Some(case(n)), Some(2)));
            assert!(finding.words.contains(words), "{finding:?}");
            assert_eq!((report.size, report.root), (2 * n + 1, None));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_leaves_are_found() {
    for bench in benches().await {
        bench.events(0..300, 1).await;
        bench.sequence().await;
        // 40 and 41 trade places completely: each still agrees with its event.
        for (from, to) in [(40, -1), (41, 40), (-1, 41)] {
            let sql = "UPDATE ledger_leaf SET idx = $1 WHERE idx = $2 AND client_id = $3";
            let (from, to): (i64, i64) = (from, to);
            bench.tamper(sql, vec![to.into(), from.into()]).await;
        }
        let report = bench.verify().await;
        assert_eq!(report.first_bad(), Some(40), "{report:?}");
        // With the tile made to fit, the signed root still tells.
        let mut tile = log::tile(bench.app.store(), bench.client, 0, 0)
            .await
            .unwrap()
            .unwrap();
        let (a, b) = (
            tile[40 * 32..41 * 32].to_vec(),
            tile[41 * 32..42 * 32].to_vec(),
        );
        tile.splice(40 * 32..42 * 32, [b, a].concat());
        let sql =
            "UPDATE ledger_tile SET hashes = $1 WHERE client_id = $2 AND level = 0 AND tile = 0";
        bench.tamper(sql, vec![tile.into()]).await;
        let report = bench.verify().await;
        assert!(
            report.findings[0].words.contains("the checkpoint says"),
            "{report:?}"
        );
        assert_eq!(report.root, None);
        assert!(bench.app.store().ping().await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_log_is_found() {
    for bench in benches().await {
        bench.events(0..20, 1).await;
        bench.sequence().await;
        bench.events(20..50, 1).await;
        bench.sequence().await;
        let kept = bench
            .app
            .checkpoint(&Scope::system(), bench.client)
            .await
            .unwrap()
            .unwrap();
        let old = log::checkpoint_at(bench.app.store(), bench.client, 20)
            .await
            .unwrap()
            .unwrap();
        bench
            .tamper(
                "DELETE FROM ledger_leaf WHERE client_id = $1 AND idx >= 20",
                vec![],
            )
            .await;
        bench
            .tamper(
                "DELETE FROM event WHERE case_id >= $1 AND client_id = $2",
                vec![case(20).0.into()],
            )
            .await;
        let report = bench.verify().await;
        assert_eq!(report.first_bad(), Some(20), "{report:?}");
        // The thief also puts back head, checkpoints and tiles: the database is as it was at 20.
        bench
            .tamper(
                "DELETE FROM ledger_checkpoint WHERE client_id = $1 AND size > 20",
                vec![],
            )
            .await;
        let opened = Checkpoint::open(
            &old,
            &bench.app.vkey(bench.client).await.unwrap().parse().unwrap(),
        );
        assert_eq!(opened.unwrap().size, 20);
        let mut frontier = ledger::Frontier::default();
        for leaf in log::leaves_with_events(bench.app.store(), bench.client, 0, 20)
            .await
            .unwrap()
        {
            frontier.push(Hash::from_slice(&leaf.leaf_hash).unwrap());
        }
        let sql =
            "UPDATE ledger_head SET size = 20, frontier = $1, checkpoint = $2 WHERE client_id = $3";
        bench
            .tamper(sql, vec![frontier.to_bytes().into(), old.into()])
            .await;
        assert!(bench.verify().await.is_ok(), "nothing inside tells");
        let (app, scope) = (&bench.app, Scope::system());
        let report = app
            .verify_ledger_against(&scope, bench.client, &[kept], |_, _| ())
            .await
            .unwrap();
        assert_eq!(report.first_bad(), Some(20), "{report:?}");
        assert!(
            report.findings[0].words.contains("only 20 are stored"),
            "{report:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_or_waits_is_told_apart() {
    for bench in benches().await {
        bench.events(0..5, 2).await;
        let report = bench.verify().await;
        assert!(report.is_ok(), "waiting is no fault: {report:?}");
        assert_eq!((report.size, report.pending), (0, 10));
        let sql = "UPDATE event SET body = body || ' ' WHERE case_id = $1 AND client_id = $2 AND version = 1";
        bench.tamper(sql, vec![case(3).0.into()]).await;
        let report = bench.verify().await;
        assert_eq!(report.findings.len(), 1, "{report:?}");
        assert_eq!(report.findings[0].case, Some(case(3)));
        let sql = "DELETE FROM ledger_pending WHERE case_id = $1 AND client_id = $2";
        bench.tamper(sql, vec![case(3).0.into()]).await;
        let report = bench.verify().await;
        assert!(
            report.findings[0]
                .words
                .starts_with("2 events have no leaf"),
            "{report:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_edge_is_not_signed_over() {
    for bench in benches().await {
        bench.events(0..10, 1).await;
        bench.sequence().await;
        bench.events(10..12, 1).await;
        let tile = log::tile(bench.app.store(), bench.client, 0, 0)
            .await
            .unwrap()
            .unwrap();
        let mut wrong = tile.clone();
        wrong[5 * 32] ^= 1;
        let sql =
            "UPDATE ledger_tile SET hashes = $1 WHERE client_id = $2 AND level = 0 AND tile = 0";
        bench.tamper(sql, vec![wrong.into()]).await;
        let refused = bench.app.sequence_client(bench.client, 1000).await;
        assert!(
            matches!(refused, Err(AppError::Fault { .. })),
            "{refused:?}"
        );
        assert_eq!(bench.verify().await.first_bad(), Some(5));
        bench.tamper(sql, vec![tile.into()]).await;
        assert_eq!(bench.sequence().await, 2);
        assert!(bench.verify().await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tiles_and_checkpoint_are_served_by_their_paths() {
    for bench in benches().await {
        bench.events(0..300, 1).await;
        bench.sequence().await;
        let file = async |path: &str| bench.app.tile(bench.client, path).await;
        let LogFile::Tile(full) = file("tile/0/000").await.unwrap() else {
            panic!("a tile")
        };
        assert_eq!(full.len(), 8192);
        let LogFile::Tile(part) = file("tile/0/001.p/44").await.unwrap() else {
            panic!("a tile")
        };
        assert_eq!(part.len(), 44 * 32);
        let LogFile::Tile(older) = file("tile/0/001.p/7").await.unwrap() else {
            panic!("a tile")
        };
        assert_eq!(older, part[..7 * 32]);
        let LogFile::Checkpoint(note) = file("checkpoint").await.unwrap() else {
            panic!("a note")
        };
        let key = bench.app.vkey(bench.client).await.unwrap().parse().unwrap();
        assert_eq!(Checkpoint::open(&note, &key).unwrap().size, 300);
        for path in [
            "tile/0/001.p/45",
            "tile/0/001",
            "tile/0/0",
            "tile/7/000",
            "../etc",
            "",
        ] {
            assert!(matches!(file(path).await, Err(AppError::Missing)), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_hold_offline_and_scopes_do_too() {
    for bench in benches().await {
        bench.events(0..150, 2).await;
        bench.sequence().await;
        let (app, client) = (&bench.app, bench.client);
        let vkey = app.vkey(client).await.unwrap();
        let texts = bench.receipts(77).await;
        assert_eq!(texts.len(), 2);
        for (text, version) in texts.iter().zip(1..) {
            let check = verify_receipt(text, &vkey).unwrap();
            assert_eq!(
                (check.case, check.version, check.client),
                (case(77), version, client)
            );
            assert_eq!(check.event["what"]["type"], "noted");
            let mut receipt = Receipt::parse(text).unwrap();
            receipt.disclosure.event["what"]["note"] = "another".into();
            assert!(verify_receipt(&receipt.to_text().unwrap(), &vkey).is_err());
        }
        assert!(verify_receipt(&texts[0], "returns.example.com/ledger/x+00000000+AAAA").is_err());
        assert!(verify_receipt("garbage", &vkey).is_err());
        let user = UserId(Uuid::nil());
        let other = Scope::user(user, Role::Admin, vec![ClientId(-1)]);
        let weak = Scope::user(user, Role::DockOperator, vec![client]);
        let missing = app.receipts_of_case(&other, client, case(77)).await;
        assert!(matches!(missing, Err(AppError::Missing)));
        let denied = app.verify_ledger(&weak, client, |_, _| ()).await;
        assert!(matches!(
            denied,
            Err(AppError::Denied(Permission::LedgerRead))
        ));
        let unknown = app.vkey(ClientId(-5)).await;
        assert!(matches!(unknown, Err(AppError::Missing)));
    }
}

impl Bench {
    /// Receipts of a case, which needs an order and a case row to be in the scope of a reader.
    async fn receipts(&self, n: u64) -> Vec<String> {
        let (client, order) = (self.client, Uuid::from_u128(9));
        let mut write = Write::new();
        let order_row: Vec<Val> = vec![
            client.into(),
            order.into(),
            "1001".into(),
            Uuid::nil().into(),
            0.into(),
            "DE".into(),
            "EUR".into(),
            100.into(),
            "{}".into(),
        ];
        write.row(&tables::SALES_ORDER, order_row);
        self.app.store().write(write).await.unwrap();
        let mut write = Write::new();
        let case_row: Vec<Val> = vec![
            client.into(),
            case(n).0.into(),
            "RMA1".into(),
            order.into(),
            "1001".into(),
            Uuid::nil().into(),
            2.into(),
            "requested".into(),
            "triage".into(),
            "ordinary".into(),
            "A shirt".into(),
            "DE".into(),
            "EUR".into(),
            0.into(),
            0.into(),
            0.into(),
            0.into(),
            0.into(),
            "{}".into(),
        ];
        write.row(&tables::RETURN_CASE, case_row);
        self.app.store().write(write).await.unwrap();
        self.app
            .receipts_of_case(&Scope::system(), client, case(n))
            .await
            .unwrap()
    }
}

/// Not a test of right or wrong: prints how fast leaves get their index.
/// `cargo test -p redress-app --test ledger -- --ignored --nocapture rate`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn rate() {
    for bench in benches().await {
        bench.events(0..10_000, 2).await;
        let start = std::time::Instant::now();
        let done = bench.sequence().await;
        let spent = start.elapsed();
        let engine = bench.app.store().engine_name();
        let rate = done as u128 * 1_000 / spent.as_millis().max(1);
        println!("{engine}: {done} leaves in {spent:?}, {rate}/s");
        let start = std::time::Instant::now();
        assert!(bench.verify().await.is_ok());
        println!("{engine}: verified in {:?}", start.elapsed());
    }
}
