//! Every SQL text is understood by both engines, and the write path keeps its promises on both.

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};
use store::{Engine as Readers, Expect, Statement, Store, Write, WriteError, questions, tables};
use testkit::{ALFA, Engine, both};

async fn prepare(store: &Store, name: &str, text: String) {
    let sql = AssertSqlSafe(text).into_sql_str();
    let done = match store.engine() {
        Readers::Lite(pool) => pool
            .acquire()
            .await
            .unwrap()
            .prepare(sql)
            .await
            .map(drop)
            .map_err(|e| e.to_string()),
        Readers::Pg(pool) => pool
            .acquire()
            .await
            .unwrap()
            .prepare(sql)
            .await
            .map(drop)
            .map_err(|e| e.to_string()),
    };
    done.unwrap_or_else(|e| panic!("{} on {}: {e}", name, store.engine_name()));
}

#[tokio::test]
async fn every_text_is_prepared() {
    both(|engine| async move {
        let store = engine.open().await;
        for (name, text) in questions::all_texts() {
            prepare(&store, name, text).await;
        }
    })
    .await;
}

fn setting(write: &mut Write, name: &str) {
    write.row(&tables::HOUSE_SETTING, vec![name.into(), "x".into()]);
}

fn inbound(write: &mut Write, message: &str) {
    let row = vec![
        ALFA.into(),
        "t".into(),
        message.into(),
        "ok".into(),
        0.into(),
    ];
    write.row(&tables::INBOUND, row);
}

#[tokio::test]
async fn a_refused_write_stores_nothing_and_spares_its_neighbours() {
    both(|engine| async move {
        let store = engine.open().await;
        let mut first = Write::new();
        inbound(&mut first, "m1");
        store.write(first).await.unwrap();
        // All at once, so that SQLite groups them into one commit.
        let writes = (0..20).map(|i| {
            let store = store.clone();
            async move {
                let mut write = Write::new();
                setting(&mut write, &format!("s{i}"));
                inbound(&mut write, if i == 7 { "m1" } else { "fresh" });
                // Only the first "fresh" wins; every loser leaves no setting behind.
                (i, store.write(write).await)
            }
        });
        let done = futures::future::join_all(writes).await;
        let won: Vec<i32> = done
            .iter()
            .filter(|(_, r)| r.is_ok())
            .map(|(i, _)| *i)
            .collect();
        assert_eq!(won.len(), 1, "{won:?}");
        for (i, result) in done {
            let stored = questions::people::setting(&store, &format!("s{i}"))
                .await
                .unwrap();
            match result {
                Ok(_) => assert!(stored.is_some()),
                Err(WriteError::Conflict { table }) => {
                    assert_eq!((table.as_str(), stored), ("inbound", None));
                }
                Err(other) => panic!("{other}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_finds_nothing_undoes_the_rest() {
    both(|engine| async move {
        let store = engine.open().await;
        let mut write = Write::new();
        setting(&mut write, "kept?");
        write.statement(Statement {
            name: "nothing",
            sql: "DELETE FROM house_setting WHERE name = $1",
            params: vec!["no such".into()],
            returns: &[],
            expect: Expect::Some,
        });
        let lost = store.write(write).await.unwrap_err();
        assert!(
            matches!(lost, WriteError::Lost { name: "nothing" }),
            "{lost}"
        );
        assert_eq!(
            questions::people::setting(&store, "kept?").await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn the_ceiling_of_an_order_is_a_check_of_the_database() {
    both(|engine| async move {
        let store = engine.open().await;
        let id = uuid::Uuid::from_u128(1);
        let account = |reserved: i64| {
            vec![
                ALFA.into(),
                id.into(),
                1.into(),
                100.into(),
                reserved.into(),
                "{}".into(),
            ]
        };
        let mut fine = Write::new();
        fine.row(&tables::ORDER_ACCOUNT, account(100));
        store.write(fine).await.unwrap();
        let mut above = Write::new();
        above.row(&tables::ORDER_ACCOUNT, account(101));
        let refused = store.write(above).await.unwrap_err();
        let named =
            matches!(&refused, WriteError::Check { check } if check == "order_account_ceiling");
        assert!(named, "{refused}");
    })
    .await;
}

#[tokio::test]
async fn opening_again_migrates_nothing_and_keeps_everything() {
    both(|engine: Engine| async move {
        let store = engine.open().await;
        let mut write = Write::new();
        setting(&mut write, "here");
        store.write(write).await.unwrap();
        drop(store);
        let again = engine.open().await;
        assert!(
            questions::people::setting(&again, "here")
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn parameters_mean_their_number_not_their_place() {
    both(|engine| async move {
        let store = engine.open().await;
        let mut write = Write::new();
        setting(&mut write, "a");
        store.write(write).await.unwrap();
        let mut change = Write::new();
        change.statement(Statement {
            name: "change",
            sql: "UPDATE house_setting SET value = $2 WHERE name = $1",
            params: vec!["a".into(), "new".into()],
            returns: &[],
            expect: Expect::Some,
        });
        store.write(change).await.unwrap();
        let stored = questions::people::setting(&store, "a").await.unwrap();
        assert_eq!(stored.as_deref(), Some("new"));
    })
    .await;
}

#[tokio::test]
async fn rows_go_and_change_in_the_write_that_adds_others() {
    both(|engine| async move {
        let store = engine.open().await;
        let mut write = Write::new();
        for name in ["gone", "changed", "left"] {
            setting(&mut write, name);
        }
        store.write(write).await.unwrap();
        let change = || Statement {
            name: "change",
            sql: "UPDATE house_setting SET value = $2 WHERE name = $1",
            params: vec!["changed".into(), "new".into()],
            returns: &[],
            expect: Expect::Any,
        };
        let mut both = Write::new();
        both.statement(change());
        both.remove(&tables::HOUSE_SETTING, vec!["gone".into()]);
        both.remove(&tables::HOUSE_SETTING, vec!["never there".into()]);
        inbound(&mut both, "m1");
        store.write(both).await.unwrap();
        let value = async |name| questions::people::setting(&store, name).await.unwrap();
        assert_eq!(value("gone").await, None);
        assert_eq!(value("changed").await.as_deref(), Some("new"));
        assert_eq!(value("left").await.as_deref(), Some("x"));

        // What is refused is refused whole.
        let mut refused = Write::new();
        refused.remove(&tables::HOUSE_SETTING, vec!["left".into()]);
        refused.statement(Statement {
            params: vec!["changed".into(), "newer".into()],
            ..change()
        });
        inbound(&mut refused, "m1");
        let conflict = store.write(refused).await.unwrap_err();
        assert!(
            matches!(conflict, WriteError::Conflict { ref table } if table == "inbound"),
            "{conflict}"
        );
        assert_eq!(value("left").await.as_deref(), Some("x"));
        assert_eq!(value("changed").await.as_deref(), Some("new"));
    })
    .await;
}

#[tokio::test]
async fn sums_add_up_whatever_comes_together() {
    both(|engine| async move {
        let store = engine.open().await;
        let level = |bucket: &str, units: i64| {
            let dock = "LEJ1";
            vec![
                ALFA.into(),
                "A".into(),
                dock.into(),
                bucket.into(),
                units.into(),
            ]
        };
        let writes = (0..20).map(|i| {
            let store = store.clone();
            async move {
                let mut write = Write::new();
                // One key twice in a write, and two keys in either order.
                let (first, second) = if i % 2 == 0 { ("a", "b") } else { ("b", "a") };
                for bucket in [first, second, first] {
                    write.row(&tables::STOCK_LEVEL, level(bucket, 1));
                }
                store.write(write).await.unwrap();
            }
        });
        futures::future::join_all(writes).await;
        let levels = questions::cases::stock_levels(&store, ALFA, 10)
            .await
            .unwrap();
        let units: Vec<i64> = levels.iter().map(|l| l.3).collect();
        assert_eq!(units, [30, 30], "{levels:?}");
    })
    .await;
}

#[tokio::test]
async fn writes_that_come_at_once_are_each_carried_out_in_full() {
    const MANY: i64 = 100;
    let job = |i: i64| kernel::JobId(uuid::Uuid::from_u128(u128::try_from(i).unwrap() + 1));
    both(|engine| async move {
        let store = engine.open().await;
        let mut open = Write::new();
        for i in 0..MANY {
            let row = vec![
                ALFA.into(),
                job(i).0.into(),
                uuid::Uuid::nil().into(),
                "notify".into(),
                "open".into(),
                "{}".into(),
                0.into(),
                0.into(),
                "".into(),
                0.into(),
            ];
            open.row(&tables::OUTBOX, row);
        }
        store.write(open).await.unwrap();
        // Each adds one to the same stock and finishes a job of its own; every tenth is refused.
        let writes = (0..MANY).map(|i| {
            let store = store.clone();
            async move {
                let mut write = Write::new();
                write.statement(questions::work::finish(ALFA, job(i)));
                let level = ["sku", "dock", "sellable"].map(store::Val::from);
                let mut row = vec![ALFA.into()];
                row.extend(level);
                row.push(1.into());
                write.row(&tables::STOCK_LEVEL, row);
                inbound(&mut write, &format!("m{}", if i % 10 == 0 { 0 } else { i }));
                store.write(write).await.is_ok()
            }
        });
        let done = futures::future::join_all(writes).await;
        let won = i64::try_from(done.iter().filter(|ok| **ok).count()).unwrap();
        assert_eq!(won, MANY - MANY / 10 + 1);
        let open = questions::work::open_count(&store).await.unwrap();
        assert_eq!(open, MANY - won);
        let sql = "SELECT quantity FROM stock_level WHERE client_id = 1 AND sku = 'sku'";
        let level: i64 = match store.engine() {
            Readers::Lite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Readers::Pg(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        };
        assert_eq!(level, won);
    })
    .await;
}
