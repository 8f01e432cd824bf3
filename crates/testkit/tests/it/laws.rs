//! Packs and sign-offs in the whole house, on both engines: a bad pack is refused with its line, a
//! newer one never changes a case that is open, and a signature holds for one wording only.

use app::{
    AppError,
    cases::{Call, OrderKey, Request},
    laws::{NewPack, content_of},
};
use kernel::{CaseId, Role, Scope};
use law::LawBook;
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{ClockKind, Command, Count, Path, RequestedLine};
use testkit::{ALFA, BRAVO, Fixture, World, both};

/// The shipped German pack with another title of its withdrawal rule, and the EU pack with
/// twenty days to refund where it had fourteen.
fn eu_with_refund_of(days: &str) -> String {
    let packs = LawBook::builtin_packs();
    let (_, eu) = packs.iter().find(|(name, _)| *name == "eu").unwrap();
    let old = "refund = { length = 14, unit = \"calendar_day\", start = \"trader_informed\"";
    assert!(eu.contains(old), "the pack reads as this test expects");
    eu.replace(old, &old.replace("14", days))
}

fn pack<'a>(source: &'a str, from: &str) -> NewPack<'a> {
    NewPack {
        name: "eu",
        source,
        effective_from: from.parse().unwrap(),
        note: "tested",
    }
}

async fn withdrawn(world: &World, number: &str) -> CaseId {
    Fixture::orders(
        &world.app,
        ALFA,
        vec![Fixture::draft(number, 1, world.now())],
    )
    .await;
    let system = Scope::system();
    let request = Request {
        order: OrderKey::Number(number.to_owned()),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Withdrawal,
    };
    let call = Call::new(&system, world.now());
    world
        .app
        .request_return(&call, ALFA, &request)
        .await
        .unwrap()
        .case
}

/// The refund day counted once the goods are back.
async fn refund_day(world: &World, case: CaseId) -> String {
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let receive = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: Vec::new(),
        complete: false,
    };
    world
        .app
        .command(&call, ALFA, case, None, &receive)
        .await
        .unwrap();
    let page = world.app.case_page(&system, ALFA, case).await.unwrap();
    let clock = page
        .case
        .statutory
        .iter()
        .find(|c| c.kind == ClockKind::Refund);
    clock.unwrap().strict.unwrap().to_string()
}

#[tokio::test]
async fn a_newer_pack_decides_new_cases_and_never_an_open_one() {
    both(|engine| async move {
        let mut world = World::new(engine, 51).await;
        let admin = Fixture::scope(Role::Admin);
        let old = withdrawn(&world, "LAW-1").await;
        let before = world.app.law_today(Some(ALFA)).version().to_owned();
        let source = eu_with_refund_of("20");
        let published = world
            .app
            .publish_law(&admin, Some(ALFA), &pack(&source, "2026-06-01"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(published.version, 1);
        assert_ne!(published.book, before);
        assert_eq!(
            world.app.law_today(Some(BRAVO)).version(),
            before,
            "one client's own"
        );
        // What is not in memory any more is read from the database.
        world.restart().await;
        let new = withdrawn(&world, "LAW-2").await;
        let system = Scope::system();
        for (case, law) in [(old, &before), (new, &published.book)] {
            let page = world.app.case_page(&system, ALFA, case).await.unwrap();
            assert_eq!(&*page.case.law, law.as_str());
        }
        assert_eq!(
            refund_day(&world, old).await,
            "2026-06-15",
            "14 days, as it began"
        );
        assert_eq!(refund_day(&world, new).await, "2026-06-21", "20 days");
        world.app.sequence_all().await.unwrap();
        let report = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn a_pack_that_waits_for_its_day_and_one_that_does_not_hold() {
    let world = World::new(testkit::Engine::sqlite(), 52).await;
    let admin = Fixture::scope(Role::Admin);
    let source = eu_with_refund_of("20");
    let later = pack(&source, "2026-07-01");
    world
        .app
        .publish_law(&admin, None, &later)
        .await
        .unwrap()
        .unwrap();
    let before = world.app.law_today(Some(ALFA)).version().to_owned();
    assert_eq!(before, LawBook::builtin().unwrap().version());
    let broken = eu_with_refund_of("nine");
    let refused = world
        .app
        .publish_law(&admin, None, &pack(&broken, "2026-06-01"))
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(refused.pack, "eu");
    assert!(refused.line > 1, "{refused}");
    assert_eq!(
        world.app.law_packs(&admin).len(),
        1,
        "nothing of it is stored"
    );
    let lead = Fixture::scope(Role::TeamLead);
    let denied = world.app.publish_law(&lead, None, &later).await;
    assert!(matches!(denied, Err(AppError::Denied(_))));
    world.pass(40 * 86_400);
    assert_ne!(
        world.app.law_today(Some(ALFA)).version(),
        before,
        "its day has come"
    );
}

#[tokio::test]
async fn a_signature_is_a_reviewer_s_and_holds_for_one_wording() {
    both(|engine| async move {
        let world = World::new(engine, 53).await;
        let reviewer = Fixture::scope(Role::Reviewer);
        let id = "eu.crd.withdrawal.goods";
        let rule = |world: &World| world.app.law_today(None).rule(id).next().unwrap().clone();
        let content = content_of(&rule(&world));
        let by = ("Dr. Ada Quist", "read against the Official Journal");
        let lead = Fixture::scope(Role::TeamLead);
        let denied = world.app.sign_off(&lead, None, (id, &content), by).await;
        assert!(matches!(denied, Err(AppError::Denied(_))));
        let other = world.app.sign_off(&reviewer, None, (id, "00"), by).await;
        assert!(matches!(other, Err(AppError::Missing)), "reworded since");
        for _ in 0..2 {
            world
                .app
                .sign_off(&reviewer, None, (id, &content), by)
                .await
                .unwrap();
        }
        let signed = world.app.signed_off(Some(ALFA), &rule(&world)).unwrap();
        assert_eq!(signed.reviewer, "Dr. Ada Quist");
        let admin = Fixture::scope(Role::Admin);
        let source = eu_with_refund_of("20");
        let newer = pack(&source, "2026-06-01");
        world
            .app
            .publish_law(&admin, None, &newer)
            .await
            .unwrap()
            .unwrap();
        assert!(
            world.app.signed_off(None, &rule(&world)).is_none(),
            "another wording"
        );
        world.app.sequence_all().await.unwrap();
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn a_retired_pack_gives_way_to_the_house_s_and_then_to_the_shipped_one() {
    both(|engine| async move {
        let world = World::new(engine, 54).await;
        let admin = Fixture::scope(Role::Admin);
        let shipped = world.app.law_today(Some(ALFA)).version().to_owned();
        let (twenty, ten) = (eu_with_refund_of("20"), eu_with_refund_of("10"));
        let from = "2026-06-01";
        let (for_all, for_one, nothing) = (pack(&twenty, from), pack(&ten, from), pack("", from));
        let house = world.app.publish_law(&admin, None, &for_all).await;
        let house = house.unwrap().unwrap().book;
        let own = world.app.publish_law(&admin, Some(ALFA), &for_one).await;
        let own = own.unwrap().unwrap().book;
        let today = |client| world.app.law_today(Some(client)).version().to_owned();
        assert_eq!((today(ALFA), today(BRAVO)), (own, house.clone()));
        let retired = world.app.retire_law(&admin, Some(ALFA), &nothing).await;
        assert_eq!(retired.unwrap().unwrap().version, 2);
        assert_eq!(today(ALFA), house, "the house's holds again");
        let again = world.app.retire_law(&admin, Some(ALFA), &nothing).await;
        assert!(matches!(again, Err(AppError::Missing)));
        let retired = world.app.retire_law(&admin, None, &nothing).await;
        retired.unwrap().unwrap();
        assert_eq!((today(ALFA), today(BRAVO)), (shipped.clone(), shipped));
        world.app.sequence_all().await.unwrap();
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn another_node_follows_a_pack_without_being_started_again() {
    both(|engine| async move {
        let mut world = World::new(engine, 55).await;
        let other = world.app.clone();
        // A second app on the same database, as on another machine.
        world.restart().await;
        let before = other.law_today(None).version().to_owned();
        let source = eu_with_refund_of("20");
        let admin = Fixture::scope(Role::Admin);
        let newer = pack(&source, "2026-06-01");
        let published = world.app.publish_law(&admin, None, &newer).await;
        let book = published.unwrap().unwrap().book;
        assert_eq!(other.law_today(None).version(), before, "it has not looked");
        other.follow_law().await.unwrap();
        assert_eq!(other.law_today(None).version(), book);
    })
    .await;
}

#[tokio::test]
async fn a_decision_states_the_law_and_the_holidays_it_was_made_with() {
    let world = World::new(testkit::Engine::sqlite(), 56).await;
    let case = withdrawn(&world, "LAW-9").await;
    let page = world
        .app
        .case_page(&Scope::system(), ALFA, case)
        .await
        .unwrap();
    let basis = page.case.decision.unwrap().basis.unwrap();
    assert_eq!(&*basis.law, world.app.law_today(Some(ALFA)).version());
    let book = LawBook::builtin().unwrap();
    let tables = book.holiday_basis(page.order.place, 2026..=2026).version;
    assert_eq!(basis.holidays.as_deref(), Some(tables.as_str()));
    let line = page.standing.line(0).unwrap();
    assert_eq!(&*line.rights[0].rule, "de.withdrawal.goods");
}
