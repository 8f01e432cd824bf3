//! The second wall between clients on PostgreSQL: whatever a question or a write names, it sees and
//! touches the rows of the clients it was made for; without a client none (A03). On SQLite the
//! one write path alone refuses; there is no wall for questions there.

use app::walls::seeing;
use kernel::ClientId;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{panic::AssertUnwindSafe, process};
use store::{
    Engine as Readers, EngineKind, Expect, Statement, Store, Write, WriteError,
    questions::{Also, orders},
    tables,
};
use testkit::{ALFA, BRAVO, Engine, Fixture, World, both};

/// An order of each client, and a store opened as a role that passes no walls, on one connection.
struct Scene {
    world: World,
    store: Store,
    role: String,
}

async fn scene(name: &str) -> Option<Scene> {
    let engine = Engine::postgres().await?;
    let kind = engine.kind.clone();
    let world = World::new(engine, 11).await;
    let now = world.now();
    for (client, number) in [(ALFA, "A-1"), (BRAVO, "B-1")] {
        Fixture::orders(&world.app, client, vec![Fixture::draft(number, 1, now)]).await;
    }
    let role = format!("walls_{}_{name}", process::id());
    let EngineKind::Postgres(url) = &kind else {
        unreachable!()
    };
    let mut owner = PgConnection::connect(url).await.unwrap();
    for statement in [
        format!("DROP ROLE IF EXISTS {role}"),
        format!("CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS"),
    ] {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        owner.execute(statement).await.unwrap();
    }
    world.app.store().grant_to(&role).await.unwrap();
    let (_, host) = url.split_once('@').unwrap();
    let kind = EngineKind::Postgres(format!("postgres://{role}@{host}"));
    let store = Store::open(&kind, 0, 1).await.unwrap();
    Some(Scene { world, store, role })
}

/// Whether the order of this number is there for who may see `sees`, asked for as `asked`.
async fn finds(store: &Store, sees: &[ClientId], asked: ClientId, number: &str) -> bool {
    let question = orders::order_by_number(store, asked, number, Also::NOTHING);
    seeing(Some(sees), question).await.unwrap().is_some()
}

/// Rows of every table of clients, without a word about whose they may be.
async fn rows_without_context(store: &Store) -> i64 {
    let Readers::Pg(pool) = store.engine() else {
        unreachable!()
    };
    let mut all = 0;
    for table in ["sales_order", "customer", "order_account", "policy_version"] {
        let count = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let count: i64 = sqlx::query_scalar(count).fetch_one(pool).await.unwrap();
        all += count;
    }
    all
}

#[tokio::test]
async fn a03_one_connection_never_carries_one_client_into_the_question_of_another() {
    let Some(Scene { world, store, .. }) = scene("pool").await else {
        return;
    };
    let owner = world.app.store();
    assert!(
        finds(owner, &[ALFA], BRAVO, "B-1").await,
        "a superuser passes every wall"
    );
    for round in 0..20 {
        assert!(finds(&store, &[ALFA], ALFA, "A-1").await, "{round}");
        assert!(!finds(&store, &[ALFA], BRAVO, "B-1").await, "{round}");
        assert!(finds(&store, &[BRAVO], BRAVO, "B-1").await, "{round}");
        assert!(!finds(&store, &[BRAVO], ALFA, "A-1").await, "{round}");
        assert!(!finds(&store, &[], ALFA, "A-1").await, "{round}");
        assert_eq!(rows_without_context(&store).await, 0, "{round}");
        match round % 3 {
            // Asked, and gone before the answer came.
            0 => {
                let mut asked = Box::pin(finds(&store, &[ALFA, BRAVO], ALFA, "A-1"));
                let polled = futures::poll!(&mut asked);
                assert!(polled.is_pending(), "the answer takes a round trip");
                drop(asked);
            }
            // Fell over with the connection in hand.
            1 => {
                use futures::FutureExt as _;
                let falls = seeing(Some(&[ALFA, BRAVO]), async {
                    let Readers::Pg(pool) = store.engine() else {
                        unreachable!()
                    };
                    let mut tx = pool.begin().await.unwrap();
                    tx.execute("SELECT set_config('redress.clients', '*', true)")
                        .await
                        .unwrap();
                    panic!("a handler fell over");
                });
                assert!(AssertUnwindSafe(falls).catch_unwind().await.is_err());
            }
            _ => {}
        }
    }
    let both_of_them = [ALFA, BRAVO];
    assert!(finds(&store, &both_of_them, BRAVO, "B-1").await);
    let house = orders::order_by_number(&store, BRAVO, "B-1", Also::NOTHING).await;
    assert!(
        house.unwrap().is_some(),
        "the house's own work sees every client"
    );
}

#[tokio::test]
async fn what_the_house_keeps_in_memory_is_of_every_client_whoever_made_it_be_read() {
    let Some(Scene { world, store, .. }) = scene("memory").await else {
        return;
    };
    let system = kernel::Scope::system();
    let url = "https://hooks.bravo.example/x";
    world.app.add_endpoint(&system, BRAVO, url).await.unwrap();
    let load = app::directory::Directory::load(&store);
    let directory = seeing(Some(&[ALFA]), load).await.unwrap();
    assert_eq!(directory.endpoints(BRAVO).len(), 1);
    for client in [ALFA, BRAVO] {
        assert!(!directory.versions(client).is_empty(), "{client}");
    }
}

fn of_bravo() -> Write {
    let mut write = Write::new();
    let row = vec![BRAVO.into(), "t".into(), "m".into(), "ok".into(), 0.into()];
    write.row(&tables::INBOUND, row);
    write
}

/// A statement that forgot its client.
fn forgetful() -> Write {
    let mut write = Write::new();
    write.statement(Statement {
        name: "forgetful",
        sql: "UPDATE sales_order SET country = $1 WHERE number = 'B-1'",
        params: vec!["XX".into()],
        returns: &[],
        expect: Expect::Some,
    });
    write
}

#[tokio::test]
async fn a03_a_write_touches_no_row_of_a_client_out_of_reach() {
    let Some(Scene { world, store, .. }) = scene("write").await else {
        return;
    };
    let refused = seeing(Some(&[ALFA]), store.write(of_bravo())).await;
    assert!(matches!(refused, Err(WriteError::Fault(_))), "{refused:?}");
    let lost = seeing(Some(&[ALFA]), store.write(forgetful())).await;
    assert!(matches!(lost, Err(WriteError::Lost { .. })), "{lost:?}");
    let order = orders::order_by_number(world.app.store(), BRAVO, "B-1", Also::NOTHING).await;
    assert!(order.unwrap().is_some());
    seeing(Some(&[BRAVO]), store.write(of_bravo()))
        .await
        .unwrap();
    seeing(Some(&[BRAVO]), store.write(forgetful()))
        .await
        .unwrap();
    // Past the write path, with a text of one's own, the database itself says no.
    let Readers::Pg(pool) = store.engine() else {
        unreachable!()
    };
    let mut tx = pool.begin().await.unwrap();
    tx.execute("SELECT set_config('redress.clients', '1', true)")
        .await
        .unwrap();
    let foreign = "INSERT INTO inbound (client_id, source, message_id, outcome, at) \
        VALUES (2, 't', 'n', 'ok', 0)";
    let error = tx.execute(foreign).await.unwrap_err().to_string();
    assert!(error.contains("row-level security"), "{error}");
}

#[tokio::test]
async fn a03_the_write_path_refuses_rows_out_of_reach_on_both_engines() {
    both(|engine| async move {
        let store = engine.open().await;
        let refused = seeing(Some(&[ALFA]), store.write(of_bravo())).await;
        assert!(matches!(refused, Err(WriteError::Fault(_))), "{refused:?}");
        seeing(Some(&[ALFA, BRAVO]), store.write(of_bravo()))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_role_of_the_server_neither_passes_walls_nor_takes_them_down() {
    let Some(Scene { world, store, role }) = scene("role").await else {
        return;
    };
    assert_eq!(store.role_passes_walls().await.unwrap(), Vec::<&str>::new());
    let owner = world.app.store().role_passes_walls().await.unwrap();
    assert!(
        !owner.is_empty(),
        "the test server's own role is a superuser"
    );
    let Readers::Pg(pool) = store.engine() else {
        unreachable!()
    };
    for statement in [
        "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE event NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY wall ON event",
        "TRUNCATE event",
        "CREATE TABLE beside (a INT)",
    ] {
        let done = pool.execute(statement).await;
        assert!(done.is_err(), "{role}: {statement}");
    }
    let open: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::TEXT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
         WHERE c.relkind = 'r' AND a.attname = 'client_id' AND c.relnamespace = \
         'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(open, ["client"], "the directory alone has no wall");
}
