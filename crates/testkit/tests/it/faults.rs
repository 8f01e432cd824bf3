//! What goes wrong around money, each with its clear answer and never a wrong figure, on both
//! engines.

use app::{
    AppError,
    cases::{Answer, Call},
    intake::{ImportOptions, ImportReport, Watch},
};
use kernel::{CaseId, Money, Role, Scope};
use returns::{Command, Count, RefusalCode, journal::Account};
use testkit::{ALFA, Fixture, World, both};

async fn lead(
    world: &World,
    case: CaseId,
    seen: Option<u64>,
    command: &Command,
) -> Result<Answer, AppError> {
    let scope = Fixture::scope(Role::TeamLead);
    let call = Call::new(&scope, world.now());
    world.app.command(&call, ALFA, case, seen, command).await
}

async fn version(world: &World, case: CaseId) -> u64 {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    page.unwrap().case.version
}

/// What the books say is owed to shoppers or was paid to them, minor units.
async fn owed_or_paid(world: &World, case: CaseId) -> i64 {
    let rows = world
        .app
        .journal_of_case(&Scope::system(), ALFA, case)
        .await;
    let rows = rows.unwrap();
    let name = Account::ShopperLiability.as_str();
    let credit = rows.iter().filter(|r| r.credit == name);
    credit.map(|r| r.minor).sum()
}

fn code(refused: Result<Answer, AppError>) -> (RefusalCode, Option<Money>) {
    match refused {
        Err(AppError::Refused(r)) => (r.code, r.limit),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_agents_at_once_one_decides_and_the_other_is_told() {
    both(|engine| async move {
        let world = World::new(engine, 31).await;
        let case = Fixture::lamps(&world.app, "F-1").await;
        let seen = version(&world, case).await;
        let decide = Fixture::grant(8000);
        let both = (0..2).map(|_| lead(&world, case, Some(seen), &decide));
        let answers = futures::future::join_all(both).await;
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1, "{answers:?}");
        let told = |a: &Result<Answer, AppError>| matches!(a, Err(AppError::Stale { current }) if *current > seen);
        assert!(answers.iter().any(told), "{answers:?}");
        assert_eq!(owed_or_paid(&world, case).await, 8000);
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_a_quote_that_has_passed_is_stale() {
    both(|engine| async move {
        let world = World::new(engine, 32).await;
        let case = Fixture::lamps(&world.app, "F-2").await;
        let seen = version(&world, case).await;
        let note = Command::Note {
            note: "the customer called".into(),
        };
        lead(&world, case, None, &note).await.unwrap();
        let current = version(&world, case).await;
        let stale = lead(&world, case, Some(seen), &Fixture::grant(8000)).await;
        assert!(matches!(stale, Err(AppError::Stale { current: c }) if c == current));
        assert_eq!(owed_or_paid(&world, case).await, 0);
        lead(&world, case, Some(current), &Fixture::grant(8000))
            .await
            .unwrap();
    })
    .await;
}

async fn import(world: &World, draft: wire::OrderDraft) -> (ImportReport, Vec<String>) {
    let mut wrong = Vec::new();
    let mut watch = Watch {
        rejected: &mut |e: &wire::RowError| wrong.push(e.field.clone()),
        progress: &mut |_| (),
    };
    let system = Scope::system();
    let checked = draft.check().map_err(|flaw| flaw.at(1)).map(|()| draft);
    let drafts = std::iter::once(checked);
    let options = ImportOptions::default();
    let report = world
        .app
        .import_orders(&system, ALFA, drafts, options, &mut watch);
    let report = report.await.unwrap();
    (report, wrong)
}

#[tokio::test]
async fn an_order_told_differently_later_changes_no_quote() {
    both(|engine| async move {
        let world = World::new(engine, 33).await;
        let case = Fixture::lamps(&world.app, "F-3").await;
        let system = Scope::system();
        let before = world.app.case_page(&system, ALFA, case).await.unwrap();
        let mut told = Fixture::draft("F-3", 2, world.now());
        told.lines[0].unit_list = 1000;
        told.tenders[0].amount = 5195;
        let (report, _) = import(&world, told).await;
        assert_eq!((report.stored, report.changed_elsewhere), (0, 1));
        let after = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(after.order, before.order);
        assert_eq!(after.case, before.case);
        lead(
            &world,
            case,
            Some(before.case.version),
            &Fixture::grant(8000),
        )
        .await
        .unwrap();
        assert_eq!(owed_or_paid(&world, case).await, 8000);
    })
    .await;
}

#[tokio::test]
async fn an_order_told_again_in_another_currency_stays_what_it_was() {
    both(|engine| async move {
        let world = World::new(engine, 36).await;
        let case = Fixture::lamps(&world.app, "F-7").await;
        let system = Scope::system();
        let before = world.app.case_page(&system, ALFA, case).await.unwrap();
        for code in ["USD", "JPY", "KWD"] {
            let mut told = Fixture::draft("F-7", 2, world.now());
            told.currency = code.parse().unwrap();
            let (report, _) = import(&world, told).await;
            assert_eq!((report.stored, report.changed_elsewhere), (0, 1), "{code}");
        }
        let after = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(after.order, before.order);
        // A quote made before is kept to the cent.
        lead(
            &world,
            case,
            Some(before.case.version),
            &Fixture::grant(8000),
        )
        .await
        .unwrap();
        let rows = world.app.journal_of_case(&system, ALFA, case).await;
        assert!(rows.unwrap().iter().all(|r| r.currency == "EUR"));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_refunded_beyond_what_a_chargeback_left() {
    both(|engine| async move {
        let world = World::new(engine, 34).await;
        let case = Fixture::lamps(&world.app, "F-4").await;
        let finance = Fixture::scope(Role::Finance);
        let call = Call::new(&finance, world.now());
        let dispute = Command::OpenDispute {
            code: "13.3".into(),
        };
        world
            .app
            .command(&call, ALFA, case, None, &dispute)
            .await
            .unwrap();
        // Captured are 80.00, 25.00 and 6.95; the buyer's bank takes 100.00 back.
        let lost = Command::CloseDispute { lost_minor: 10_000 };
        world
            .app
            .command(&call, ALFA, case, None, &lost)
            .await
            .unwrap();
        let left = Money::new(1195, kernel::Currency::EUR);
        let refused = code(lead(&world, case, None, &Fixture::grant(8000)).await);
        assert_eq!(refused, (RefusalCode::OverCeiling, Some(left)));
        lead(&world, case, None, &Fixture::grant(1195))
            .await
            .unwrap();
        assert_eq!(owed_or_paid(&world, case).await, 1195);
        let more = code(
            lead(
                &world,
                case,
                None,
                &Command::Decide {
                    lines: vec![],
                    shipping_minor: 1,
                    reason: Some("more".into()),
                },
            )
            .await,
        );
        assert!(
            matches!(
                more.0,
                RefusalCode::OverCeiling | RefusalCode::WrongQuantity
            ),
            "{more:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn negative_and_absurd_amounts_are_refused_by_name() {
    both(|engine| async move {
        let world = World::new(engine, 35).await;
        let case = Fixture::lamps(&world.app, "F-5").await;
        for minor in [-1, i64::MIN, 8001, i64::MAX] {
            let refused = lead(&world, case, None, &Fixture::grant(minor)).await;
            let (code, _) = code(refused);
            let known = matches!(
                code,
                RefusalCode::WrongAmount | RefusalCode::OverCeiling | RefusalCode::AboveAuthority
            );
            assert!(known, "{minor}: {code}");
        }
        for units in [0, 3, u32::MAX] {
            let receive = Command::Authorise {
                lines: vec![Count { line: 0, units }],
                keep: false,
                reason: Some("x".into()),
            };
            let (code, _) = code(lead(&world, case, None, &receive).await);
            assert_eq!(code, RefusalCode::WrongQuantity, "{units}");
        }
        assert_eq!(owed_or_paid(&world, case).await, 0);
        // Lines of an order: what is below nothing names its field; a gift at no price is fine.
        let draft = |price: i64| {
            let mut draft = Fixture::draft("F-6", 1, world.now());
            draft.lines[0].unit_list = price;
            draft.tenders[0].amount = 3195;
            draft
        };
        for wrong in [-1, i64::MIN, i64::MAX] {
            let (report, fields) = import(&world, draft(wrong)).await;
            assert_eq!((report.stored, report.rejected), (0, 1));
            assert_eq!(fields, ["line.unit_list"]);
        }
        let (report, _) = import(&world, draft(0)).await;
        assert_eq!(report.stored, 1);
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let quote = world
            .app
            .quote_return(&call, ALFA, &Fixture::asks("F-6", 1))
            .await;
        assert_eq!(quote.unwrap().decision.quote.total.minor, 0);
    })
    .await;
}
