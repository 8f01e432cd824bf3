//! Declarations in the whole house, on both engines: kept before anything else, acknowledged
//! exactly once, matched at most once, and proven by the log.

use app::{
    AppError,
    cases::{Call, OrderKey},
    declarations::{DeclarationKind, NewDeclaration},
};
use kernel::{DeclarationId, Role, Scope};
use returns::ClockKind;
use testkit::{ALFA, BRAVO, Fixture, World, both};

const DAY: i64 = 86_400;

fn new(key: &str) -> NewDeclaration {
    NewDeclaration {
        kind: DeclarationKind::Withdrawal,
        name: "Kim Lindqvist".into(),
        order_ref: "order of may".into(),
        email: "kim@shopper.example".into(),
        goods: String::new(),
        lang: kernel::Lang::EN,
        form_key: key.into(),
    }
}

#[tokio::test]
async fn eight_posts_of_one_form_declare_once_and_are_acknowledged_once() {
    both(|engine| async move {
        let world = World::new(engine, 41).await;
        let form = new("form-1");
        let eight = (0..8).map(|_| world.app.declare(ALFA, &form, world.now()));
        let rows = futures::future::join_all(eight).await;
        let ids: Vec<_> = rows
            .into_iter()
            .map(|r| r.unwrap().declaration_id)
            .collect();
        assert!(ids.iter().all(|id| *id == ids[0]));
        world.run_jobs().await;
        world.run_jobs().await;
        assert_eq!(world.outbox.mails().len(), 1);
        let row = world
            .app
            .declaration(ALFA, DeclarationId(ids[0]))
            .await
            .unwrap();
        assert!(row.acknowledged_at > 0 && row.version == 2);
        assert_eq!(app::acknowledge::sha256(&row.record), row.sha256);
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn a_person_matches_it_days_later_and_the_law_counts_from_the_first_day() {
    both(|engine| async move {
        let world = World::new(engine, 42).await;
        Fixture::orders(
            &world.app,
            ALFA,
            vec![Fixture::draft("M-1", 1, world.now())],
        )
        .await;
        let agent = Fixture::scope(Role::Agent);
        let row = world
            .app
            .declare(ALFA, &new("form-2"), world.now())
            .await
            .unwrap();
        world.run_jobs().await;
        // Delivered on 22 May, so the fourteen days end on 5 June; matched on the 8th.
        world.pass(7 * DAY);
        let id = DeclarationId(row.declaration_id);
        let call = Call::new(&agent, world.now());
        let order = OrderKey::Number("M-1".into());
        let two = (0..2).map(|_| world.app.match_declaration(&call, ALFA, id, &order, &[]));
        let answers: Vec<_> = futures::future::join_all(two)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(answers[0].case, answers[1].case, "one case");
        let page = world
            .app
            .case_page(&agent, ALFA, answers[0].case)
            .await
            .unwrap();
        assert_eq!(page.case.declaration, Some(id));
        assert_eq!(page.case.notice_received_on.to_string(), "2026-06-01");
        let clock = |kind| page.case.statutory.iter().find(|c| c.kind == kind).unwrap();
        let window = clock(ClockKind::WindowEnd);
        assert_eq!(window.due.unwrap().to_string(), "2026-06-05");
        assert!(window.met_on().is_some(), "declared in time: {window:?}");
        assert!(clock(ClockKind::Acknowledgement).met_on().is_some());
        world.run_jobs().await;
        let receipts = world.outbox.mails();
        let receipts = receipts
            .iter()
            .filter(|m| m.subject.starts_with("Declared") || m.subject.starts_with("Receipt"));
        assert_eq!(receipts.count(), 1, "no second acknowledgement");
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn a_declaration_matched_before_its_mail_is_acknowledged_on_the_case_too() {
    both(|engine| async move {
        let world = World::new(engine, 43).await;
        Fixture::orders(
            &world.app,
            ALFA,
            vec![Fixture::draft("M-2", 1, world.now())],
        )
        .await;
        let agent = Fixture::scope(Role::Agent);
        let row = world
            .app
            .declare(ALFA, &new("form-3"), world.now())
            .await
            .unwrap();
        let call = Call::new(&agent, world.now());
        let id = DeclarationId(row.declaration_id);
        let order = OrderKey::Number("M-2".into());
        let answer = world
            .app
            .match_declaration(&call, ALFA, id, &order, &[])
            .await
            .unwrap();
        world.run_jobs().await;
        let page = world
            .app
            .case_page(&agent, ALFA, answer.case)
            .await
            .unwrap();
        assert!(page.case.acknowledged_on.is_some());
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn it_is_closed_with_words_only_and_never_by_the_wrong_people() {
    let world = World::new(testkit::Engine::sqlite(), 44).await;
    let row = world
        .app
        .declare(ALFA, &new("form-4"), world.now())
        .await
        .unwrap();
    let id = DeclarationId(row.declaration_id);
    let agent = Fixture::scope(Role::Agent);
    let call = Call::new(&agent, world.now());
    let silent = world.app.close_declaration(&call, ALFA, id, "  ").await;
    assert!(matches!(silent, Err(AppError::Invalid(_))));
    let other = world
        .app
        .close_declaration(&call, BRAVO, id, "not ours")
        .await;
    assert!(matches!(other, Err(AppError::Missing)));
    let client = Fixture::scope(Role::ClientUser);
    let read_only = Call::new(&client, world.now());
    let denied = world.app.close_declaration(&read_only, ALFA, id, "x").await;
    assert!(matches!(denied, Err(AppError::Denied(_))));
    assert!(
        world
            .app
            .declarations(&client, "open", None, 9)
            .await
            .unwrap()
            .is_empty()
    );
    world
        .app
        .close_declaration(&call, ALFA, id, "order of another shop")
        .await
        .unwrap();
    let order = OrderKey::Number("M-2".into());
    let late = world
        .app
        .match_declaration(&call, ALFA, id, &order, &[])
        .await;
    assert!(late.is_err());
}
