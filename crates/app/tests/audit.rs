//! The audit on a database that the application itself has written, whole and then damaged in
//! one place at a time; and the rebuild of what was damaged.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use app::{
    App,
    audit::{AuditReport, Invariant},
    cases::{Call, OrderKey, Request},
    directory::{put_client, put_policy},
    intake::{ImportOptions, Watch},
    settings::ClientSettings,
};
use kernel::{CaseId, ClientId, Scope, Timestamp};
use returns::{Command, Count, Disposition, Path};
use serde_json::json;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{EngineKind, Expect, Statement, Store, Val, Write};

const GIFTWARE: &str = include_str!("../../../packs/policies/giftware.toml");

struct Bench {
    app: App,
    client: ClientId,
    at: Timestamp,
    _dir: tempfile::TempDir,
}

async fn bench_on(kind: EngineKind, dir: tempfile::TempDir) -> Bench {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    let nth = i64::from(std::process::id()) * 1000 + 500 + NEXT.fetch_add(1, Ordering::Relaxed);
    let store = Store::open(&kind, 0, 4).await.unwrap();
    let client = ClientId(nth);
    let settings: ClientSettings = serde_json::from_value(json!({
        "brand": {"accent": "336699", "support_email": "help@example.com", "tagline": {}},
        "languages": ["en"], "time_zone": "Europe/Berlin", "gateway": "stripe", "docks": [],
        "gs1_prefix": "4012345", "label_cost": {},
    }))
    .unwrap();
    let at: Timestamp = "2026-03-10T10:00:00Z".parse().unwrap();
    let mut write = Write::new();
    put_client(
        &mut write,
        client,
        &format!("gift-{nth}"),
        "Gifts",
        &settings,
        at,
    )
    .unwrap();
    put_policy(
        &mut write,
        client,
        GIFTWARE,
        "2026-01-01".parse().unwrap(),
        at,
    )
    .unwrap();
    store.write(write).await.unwrap();
    let app = App::open(common::house(store)).await.unwrap();
    Bench {
        app,
        client,
        at,
        _dir: dir,
    }
}

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

impl Bench {
    /// An order of two shirts, one of which comes back, is inspected and put on sale again.
    async fn returned(&self, number: &str) -> CaseId {
        let draft = serde_json::from_value(json!({
            "number": number, "placed_at": "2026-03-01T09:00:00Z", "channel": "web",
            "buyer": "consumer", "delivery": {"country": "DE"}, "currency": "EUR",
            "prices_include_tax": true, "tenders": [{"kind": "bank", "reference": "b", "amount": 8000}],
            "lines": [{"id": "1", "sku": "A", "title": "Shirt", "quantity": 2, "unit_list": 4000,
                "fulfilled": 2, "delivered_on": "2026-03-04", "taxes": [{"rate": 1900}]}],
        }))
        .unwrap();
        let scope = Scope::system();
        let mut watch = Watch {
            rejected: &mut |e| panic!("{e:?}"),
            progress: &mut |_| (),
        };
        let options = ImportOptions::default();
        let drafts = std::iter::once(Ok(draft));
        self.app
            .import_orders(&scope, self.client, drafts, options, &mut watch)
            .await
            .unwrap();
        let lines = serde_json::from_value(json!([{
            "line": 0, "units": 1, "reason": "changed_mind", "wanted": "refund", "evidence": {},
            "opened": false,
        }]))
        .unwrap();
        let request = Request {
            order: OrderKey::Number(number.into()),
            lines,
            path: Path::Ordinary,
        };
        let call = Call::new(&scope, self.at);
        let case = self
            .app
            .request_return(&call, self.client, &request)
            .await
            .unwrap()
            .case;
        for command in [
            Command::Receive {
                parcel: None,
                counts: vec![Count { line: 0, units: 1 }],
                strays: Vec::new(),
                complete: true,
            },
            Command::Grade {
                line: 0,
                units: 1,
                grade: policy::Grade::A,
                accept: true,
                wrong_item: false,
                note: None,
            },
            Command::Dispose {
                line: 0,
                units: 1,
                grade: policy::Grade::A,
                disposition: Disposition::Restock,
            },
        ] {
            let done = self
                .app
                .command(&call, self.client, case, None, &command)
                .await;
            done.unwrap_or_else(|e| panic!("{command:?}: {e:?}"));
        }
        case
    }

    /// The audit of this client alone; on PostgreSQL other tests' clients are there too.
    async fn audit(&self) -> AuditReport {
        let user = kernel::UserId(uuid::Uuid::nil());
        let scope = Scope::user(user, kernel::Role::Admin, vec![self.client]);
        self.app.audit(&scope, |_| ()).await.unwrap()
    }

    async fn rebuild(&self, dry_run: bool) -> app::audit::RebuildReport {
        let user = kernel::UserId(uuid::Uuid::nil());
        let scope = Scope::user(user, kernel::Role::Admin, vec![self.client]);
        self.app.rebuild(&scope, dry_run).await.unwrap()
    }

    /// Parameters are numbered in the order in which they stand in the text, the client last.
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
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_application_writes_holds() {
    for bench in benches().await {
        for number in ["1001", "1002", "1003"] {
            bench.returned(number).await;
        }
        let report = bench.audit().await;
        assert!(report.is_ok(), "{report:#?}");
        assert_eq!((report.clients, report.orders, report.cases), (1, 3, 3));
        assert!(report.events >= 12, "{report:?}");
        let rebuilt = bench.rebuild(false).await;
        assert!(
            rebuilt.changed.is_empty() && rebuilt.skipped.is_empty(),
            "{rebuilt:?}"
        );
        bench.app.sequence_client(bench.client, 1000).await.unwrap();
        assert!(bench.audit().await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_damage_is_named_and_read_models_come_back() {
    let damages: [(&'static str, Invariant, &str, bool); 6] = [
        (
            "UPDATE return_case SET status = 'closed', amount_minor = 1 \
             WHERE case_id = $1 AND client_id = $2",
            Invariant::Replay,
            "return_case says otherwise in: status, amount_minor",
            true,
        ),
        (
            "UPDATE return_case SET state = 'nonsense' WHERE case_id = $1 AND client_id = $2",
            Invariant::Replay,
            "the stored state cannot be read",
            true,
        ),
        (
            "UPDATE order_account SET body = '{}' WHERE order_id IN \
             (SELECT order_id FROM return_case WHERE case_id = $1) AND client_id = $2",
            Invariant::Money,
            "its account cannot be read",
            true,
        ),
        (
            "DELETE FROM obligation WHERE case_id = $1 AND client_id = $2",
            Invariant::Replay,
            "a row of obligation is missing",
            true,
        ),
        (
            "DELETE FROM outbox WHERE kind = 'pay' AND case_id = $1 AND client_id = $2",
            Invariant::Work,
            "nothing carries it on",
            false,
        ),
        (
            "DELETE FROM stock_movement WHERE case_id = $1 AND client_id = $2",
            Invariant::Stock,
            "is missing",
            false,
        ),
    ];
    for bench in benches().await {
        bench.returned("1001").await;
        let case = bench.returned("1002").await;
        bench.returned("1003").await;
        assert!(bench.audit().await.is_ok());
        for (sql, invariant, words, comes_back) in &damages {
            bench.tamper(sql, vec![case.0.into()]).await;
            let report = bench.audit().await;
            let hit = report.findings.iter().find(|f| f.invariant == *invariant);
            assert!(
                hit.is_some_and(|f| f.words.contains(words)),
                "{sql}: {report:#?}"
            );
            if *comes_back {
                assert_eq!(
                    bench.rebuild(true).await.changed.values().sum::<u64>(),
                    1,
                    "{sql}"
                );
                assert!(!bench.audit().await.is_ok(), "a dry run changes nothing");
                bench.rebuild(false).await;
                let report = bench.audit().await;
                assert!(report.is_ok(), "{sql}: {report:#?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stock_level_that_is_not_the_sum_of_its_movements_is_found_and_rebuilt() {
    for bench in benches().await {
        bench.returned("1001").await;
        bench.returned("1002").await;
        let sellable = async || {
            let levels = bench.app.stock(&Scope::system(), bench.client, 10).await;
            let levels = levels.unwrap();
            levels.iter().find(|l| l.2 == "sellable").map(|l| l.3)
        };
        assert_eq!(sellable().await, Some(2), "both shirts are for sale again");
        let sql = "UPDATE stock_level SET quantity = quantity + 5 \
            WHERE bucket = $1 AND client_id = $2";
        bench.tamper(sql, vec!["sellable".into()]).await;
        let report = bench.audit().await;
        assert_eq!(report.findings.len(), 1, "{report:#?}");
        assert!(report.findings[0].words.contains("lacks -5"), "{report:#?}");
        bench.rebuild(false).await;
        assert!(bench.audit().await.is_ok());
        assert_eq!(sellable().await, Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_or_foreign_log_entry_is_found() {
    for bench in benches().await {
        let case = bench.returned("1001").await;
        bench
            .tamper(
                "DELETE FROM account_entry WHERE seq = 1 AND case_id = $1 AND client_id = $2",
                vec![case.0.into()],
            )
            .await;
        bench
            .tamper(
                "DELETE FROM event WHERE version = 3 AND case_id = $1 AND client_id = $2",
                vec![case.0.into()],
            )
            .await;
        let report = bench.audit().await;
        let found = |i, words: &str| {
            report
                .findings
                .iter()
                .any(|f| f.invariant == i && f.words.contains(words))
        };
        assert!(
            found(Invariant::Money, "do not follow each other"),
            "{report:#?}"
        );
        assert!(
            found(Invariant::Replay, "event 3 is missing"),
            "{report:#?}"
        );
        assert!(
            found(Invariant::Ledger, "the event is missing"),
            "{report:#?}"
        );
        let rebuilt = bench.rebuild(false).await;
        assert_eq!(
            rebuilt.skipped.len(),
            2,
            "what cannot be replayed is left: {rebuilt:?}"
        );
    }
}
