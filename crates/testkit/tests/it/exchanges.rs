//! Exchanges through the whole house, on both engines: the catalogue, a wish, the shelf, the pay
//! link with a provider that loses answers and repeats itself, goods in advance.

use app::{
    cases::{Call, OrderKey, Request},
    catalogue::Article,
    checkout::ToPay,
    intake::ImportOptions,
    news::News,
    settle::{PaymentKey, PaymentState},
    swaps::Pick,
};
use kernel::{CaseId, ObligationId, Role, Scope};
use policy::{EvidenceGiven, Grade, Outcome, ReturnReason};
use returns::{
    Command, Count, ObligationKind, ObligationState, Path, RefusalCode, RequestedLine, ReturnCase,
    Status,
};
use store::{Expect, Statement, Write};
use testkit::{BRAVO, Behaviour, Engine, Fixture, World, both};
use wire::ArticleDraft;

fn news<'n>(key: PaymentKey, state: &'n PaymentState, message: &'n str) -> News<'n> {
    News {
        source: "shop",
        message,
        key,
        state,
        amount: None,
        overtaken_by: &[],
    }
}

fn article(sku: &str, variant: &str, price: i64, stock: u32) -> ArticleDraft {
    ArticleDraft {
        sku: sku.into(),
        product: "LAMP".into(),
        title: "Paper lantern".into(),
        variant: variant.into(),
        category: String::new(),
        prices: std::iter::once(("EUR".to_owned(), price)).collect(),
        includes_tax: true,
        tax_rate: Some(kernel::Bps(1900)),
        tax_rates: std::collections::BTreeMap::new(),
        stock,
    }
}

/// A shop of apparel with four lanterns and one order for one of them.
async fn world(engine: Engine, seed: u64) -> World {
    let world = World::new(engine, seed).await;
    let system = Scope::system();
    let all = [
        article("LAMP-1", "white", 4_000, 3),
        article("LAMP-2", "red", 4_000, 2),
        article("LAMP-3", "gold", 5_250, 1),
        article("LAMP-4", "grey", 3_000, 0),
    ];
    let report = world
        .app
        .import_articles(
            &system,
            BRAVO,
            all.into_iter().map(Ok),
            ImportOptions::default(),
            &mut |_| {},
        )
        .await
        .unwrap();
    assert_eq!((report.read, report.stored), (4, 4));
    let draft = Fixture::draft("X-1", 2, world.now());
    Fixture::orders(&world.app, BRAVO, vec![draft]).await;
    world
}

fn key() -> OrderKey {
    OrderKey::Number("X-1".into())
}

async fn shopper(world: &World) -> Scope {
    let system = Scope::system();
    let page = world.app.order_page(&system, BRAVO, &key()).await.unwrap();
    Scope::shopper(BRAVO, page.order.id)
}

/// A request to exchange one lantern for this article.
async fn ask(world: &World, sku: &str, consent: Option<&str>) -> CaseId {
    let scope = shopper(world).await;
    let call = Call::new(&scope, world.now());
    let request = Request {
        order: key(),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason: ReturnReason::Colour,
            wanted: Outcome::Exchange,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            lacks: policy::ConditionSet::EMPTY,
            own: None,
        }],
        path: Path::Ordinary,
    };
    let pick = Pick {
        line: 0,
        units: 1,
        sku: sku.into(),
        fallback: Outcome::Refund,
        consent: consent.map(Into::into),
    };
    let asked = world
        .app
        .request_exchange(&call, BRAVO, &request, &[pick])
        .await;
    asked.unwrap().case
}

async fn case_of(world: &World, case: CaseId) -> ReturnCase {
    let system = Scope::system();
    world
        .app
        .case_page(&system, BRAVO, case)
        .await
        .unwrap()
        .case
}

async fn free(world: &World, sku: &str) -> u32 {
    let found: Option<Article> = world
        .app
        .article(&Scope::system(), BRAVO, sku)
        .await
        .unwrap();
    found.unwrap().free
}

async fn bring_back(world: &World, case: CaseId) {
    let dock = Fixture::scope(Role::DockOperator);
    let call = Call::new(&dock, world.now());
    let receive = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: vec![],
        complete: true,
    };
    let grade = Command::Grade {
        line: 0,
        units: 1,
        grade: Grade::A,
        accept: true,
        wrong_item: false,
        note: None,
    };
    for command in [receive, grade] {
        let done = world.app.command(&call, BRAVO, case, None, &command).await;
        done.unwrap();
    }
}

fn owed(case: &ReturnCase, kind: ObligationKind) -> (ObligationId, ObligationState, i64) {
    let found = case.obligations.iter().rfind(|o| o.kind == kind).unwrap();
    (found.id, found.state, found.minor)
}

/// The token of the link to pay what is open.
async fn token(world: &World, case: CaseId) -> String {
    let system = Scope::system();
    let page = world.app.case_page(&system, BRAVO, case).await.unwrap();
    let (_, link) = &page.pay_links[0];
    link.rsplit('/').next().unwrap().to_owned()
}

async fn send(world: &World, case: CaseId, goods: ObligationId) -> Result<(), app::AppError> {
    let finance = Fixture::scope(Role::Finance);
    let call = Call::new(&finance, world.now());
    let sent = Command::PaymentSettled {
        obligation: goods,
        reference: "parcel 1".into(),
    };
    world
        .app
        .command(&call, BRAVO, case, None, &sent)
        .await
        .map(drop)
}

#[tokio::test]
async fn an_even_exchange_keeps_its_goods_on_the_shelf_until_they_go() {
    both(|engine| async move {
        let world = world(engine, 11).await;
        let case = ask(&world, "LAMP-2", None).await;
        world.run_jobs().await;
        assert_eq!(free(&world, "LAMP-2").await, 1);
        let state = case_of(&world, case).await;
        assert_eq!(state.status(), Status::AwaitingGoods);
        let (goods, ..) = owed(&state, ObligationKind::Exchange);
        assert!(
            send(&world, case, goods).await.is_err(),
            "not before theirs are back"
        );
        bring_back(&world, case).await;
        send(&world, case, goods).await.unwrap();
        let state = case_of(&world, case).await;
        assert!(state.obligations.iter().all(|o| !o.kind.is_money()));
        // One is gone from the shelf for good; a feed that tells the same again changes nothing.
        assert_eq!(free(&world, "LAMP-2").await, 1);
        let subjects: Vec<String> = world
            .outbox
            .mails()
            .iter()
            .map(|m| m.subject.clone())
            .collect();
        assert!(
            subjects.iter().any(|s| s.starts_with("ExchangeAgreed")),
            "{subjects:?}"
        );
        world.run_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_last_one_goes_to_one_and_the_other_gets_what_was_chosen() {
    both(|engine| async move {
        let world = world(engine, 12).await;
        let first = ask(&world, "LAMP-3", None).await;
        assert_eq!(free(&world, "LAMP-3").await, 0);
        let second = ask(&world, "LAMP-3", None).await;
        assert_eq!(case_of(&world, first).await.exchanges.len(), 1);
        let state = case_of(&world, second).await;
        assert!(state.exchanges.is_empty() && state.wishes.is_empty());
        assert_eq!(state.lines[0].wanted, Outcome::Refund);
        // Called off, the goods are free again.
        let scope = shopper(&world).await;
        let call = Call::new(&scope, world.now());
        let cancel = Command::Cancel { note: None };
        world
            .app
            .command(&call, BRAVO, first, None, &cancel)
            .await
            .unwrap();
        assert_eq!(free(&world, "LAMP-3").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_difference_is_paid_by_the_customer_on_a_page_and_never_otherwise() {
    both(|engine| async move {
        let world = world(engine, 13).await;
        let case = ask(&world, "LAMP-3", None).await;
        let (collect, state, minor) = owed(&case_of(&world, case).await, ObligationKind::Collect);
        assert_eq!((state, minor), (ObligationState::Requested, 1_250));
        world.run_jobs().await;
        assert!(world.bank.effects().is_empty(), "nothing is taken by a job");
        let token = token(&world, case).await;
        // Somebody else's token, or a changed one, is nothing.
        for wrong in [format!("{token}x"), token.replace('.', ".A"), "x.y".into()] {
            assert!(world.app.pay_page(BRAVO, &wrong).await.is_err(), "{wrong}");
        }
        assert!(world.app.pay_page(testkit::ALFA, &token).await.is_err());

        // The first answer is lost: the same key is used again, and gives the same page.
        world.bank.script([Behaviour::DropSilently]);
        assert!(world.app.start_payment(BRAVO, &token).await.is_err());
        let ToPay::Provider(page) = world.app.start_payment(BRAVO, &token).await.unwrap() else {
            panic!("nothing to pay")
        };
        let again = world.app.start_payment(BRAVO, &token).await.unwrap();
        assert_eq!(again, ToPay::Provider(page));
        assert_eq!(world.bank.pages().len(), 1);

        // The customer lets it lie; the message that it ended comes twice; they try again and pay;
        // that message is lost, and a look finds it.
        let ended = world.bank.end_page(collect, false);
        for _ in 0..2 {
            let (key, state) = ended.clone();
            world
                .app
                .payment_news(BRAVO, &news(key, &state, "m1"))
                .await
                .unwrap();
        }
        let (_, state, _) = owed(&case_of(&world, case).await, ObligationKind::Collect);
        assert_eq!(state, ObligationState::Failed);
        world.app.start_payment(BRAVO, &token).await.unwrap();
        world.bank.end_page(collect, true);
        world.pass(1_000);
        world.run_jobs().await;
        let state = case_of(&world, case).await;
        assert_eq!(
            owed(&state, ObligationKind::Collect).1,
            ObligationState::Settled
        );
        let system = Scope::system();
        let page = world.app.case_page(&system, BRAVO, case).await.unwrap();
        assert_eq!(
            page.account.captured_minor,
            page.order.captured_minor + 1_250
        );
        assert_eq!(
            world.app.start_payment(BRAVO, &token).await.unwrap(),
            ToPay::Nothing
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_paid_in_time_so_the_customer_gets_what_they_chose() {
    both(|engine| async move {
        let world = world(engine, 14).await;
        let case = ask(&world, "LAMP-3", None).await;
        let token = token(&world, case).await;
        world.pass(9 * 86_400);
        world.run_jobs().await;
        let state = case_of(&world, case).await;
        assert!(state.exchanges[0].fell_back);
        assert_eq!(free(&world, "LAMP-3").await, 1);
        assert!(world.app.pay_page(BRAVO, &token).await.unwrap().over);
    })
    .await;
}

#[tokio::test]
async fn goods_in_advance_are_secured_and_let_go_or_charged_once() {
    both(|engine| async move {
        let world = world(engine, 15).await;
        let (kept, lost) = (
            ask(&world, "LAMP-2", Some("yes, I agree")).await,
            ask(&world, "LAMP-2", Some("yes, I agree")).await,
        );
        for case in [kept, lost] {
            let state = case_of(&world, case).await;
            let advance = state.exchanges[0].advance.clone().unwrap().1;
            assert_eq!(
                (&*advance.consent, advance.sha256.len()),
                ("yes, I agree", 64)
            );
            let (goods, ..) = owed(&state, ObligationKind::Exchange);
            assert!(
                send(&world, case, goods).await.is_err(),
                "not without a security"
            );
            let token = token(&world, case).await;
            world.app.start_payment(BRAVO, &token).await.unwrap();
            let (hold, ..) = owed(&case_of(&world, case).await, ObligationKind::Hold);
            let (key, paid) = world.bank.end_page(hold, true);
            world
                .app
                .payment_news(BRAVO, &news(key, &paid, "m"))
                .await
                .unwrap();
            send(&world, case, goods).await.unwrap();
        }
        bring_back(&world, kept).await;
        world.run_jobs().await;
        assert_eq!(world.bank.released().len(), 1);

        // The other one does not come: somebody is told, and a person charges it.
        world.pass(9 * 86_400);
        world.run_jobs().await;
        let state = case_of(&world, lost).await;
        assert!(state.exchanges[0].late);
        assert_eq!(app::commit::queue_of(&state), "attention");
        let (goods, ..) = owed(&state, ObligationKind::Exchange);
        let lead = Fixture::scope(Role::TeamLead);
        let call = Call::new(&lead, world.now());
        let charge = Command::EndSecurity {
            goods,
            charge: true,
            note: "never came".into(),
        };
        world.bank.script([Behaviour::SettleSilently]);
        world
            .app
            .command(&call, BRAVO, lost, None, &charge)
            .await
            .unwrap();
        for _ in 0..5 {
            world.run_jobs().await;
            world.pass(60);
        }
        let state = case_of(&world, lost).await;
        let (_, settled, minor) = owed(&state, ObligationKind::Collect);
        assert_eq!((settled, minor), (ObligationState::Settled, 4_000));
        assert_eq!(world.bank.captured(), [4_000]);
    })
    .await;
}

async fn faults(world: &World) -> Vec<String> {
    let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
    audit.findings.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn what_is_set_aside_is_audited_and_made_again() {
    both(|engine| async move {
        let world = world(engine, 17).await;
        let case = ask(&world, "LAMP-2", None).await;
        world.run_jobs().await;
        assert_eq!(faults(&world).await, Vec::<String>::new());
        let broken = [
            // One more is set aside than exchanges keep.
            (
                "UPDATE article SET reserved = reserved + 1 WHERE client_id = $1 AND sku = 'LAMP-2'",
                "what is set aside of LAMP-2 lacks -1",
            ),
            // One that was promised could be sold again.
            (
                "UPDATE article SET reserved = 0 WHERE client_id = $1",
                "what is set aside of LAMP-2 lacks 1",
            ),
            (
                "UPDATE shelf_hold SET units = units + 2 WHERE client_id = $1",
                "shelf_hold says otherwise in: units",
            ),
            (
                "DELETE FROM shelf_hold WHERE client_id = $1",
                "a row of shelf_hold is missing",
            ),
        ];
        for (sql, named) in broken {
            let mut write = Write::new();
            write.statement(Statement {
                name: "break",
                sql,
                params: vec![BRAVO.into()],
                returns: &[],
                expect: Expect::Some,
            });
            world.app.store().write(write).await.unwrap();
            let found = faults(&world).await;
            assert!(found.iter().any(|w| w.contains(named)), "{sql}: {found:#?}");
            let system = Scope::system();
            let trial = world.app.rebuild(&system, true).await.unwrap();
            assert!(!trial.changed.is_empty(), "{sql}");
            assert!(!faults(&world).await.is_empty(), "a dry run writes nothing");
            world.app.rebuild(&system, false).await.unwrap();
            assert_eq!(faults(&world).await, Vec::<String>::new(), "{sql}");
            assert_eq!(free(&world, "LAMP-2").await, 1);
        }
        // Sent: nothing is set aside any more, and one is gone.
        bring_back(&world, case).await;
        let (goods, ..) = owed(&case_of(&world, case).await, ObligationKind::Exchange);
        send(&world, case, goods).await.unwrap();
        assert_eq!(faults(&world).await, Vec::<String>::new());
        assert_eq!(free(&world, "LAMP-2").await, 1);
    })
    .await;
}

/// The feed says that one red lantern is on the shelf.
async fn feed_one(world: &World) {
    let one = std::iter::once(Ok(article("LAMP-2", "red", 4_000, 1)));
    let (system, options) = (Scope::system(), ImportOptions::default());
    world
        .app
        .import_articles(&system, BRAVO, one, options, &mut |_| {})
        .await
        .unwrap();
}

#[tokio::test]
async fn goods_that_came_back_undelivered_are_taken_from_the_shelf_once_more() {
    both(|engine| async move {
        let world = world(engine, 18).await;
        feed_one(&world).await;
        let case = ask(&world, "LAMP-2", None).await;
        bring_back(&world, case).await;
        let (goods, ..) = owed(&case_of(&world, case).await, ObligationKind::Exchange);
        send(&world, case, goods).await.unwrap();
        let finance = Fixture::scope(Role::Finance);
        let call = Call::new(&finance, world.now());
        let back = Command::PaymentReturned {
            obligation: goods,
            code: "undelivered".into(),
        };
        let app = &world.app;
        app.command(&call, BRAVO, case, None, &back).await.unwrap();
        // Given up alone the customer would have neither goods nor money.
        let give_up = Command::CancelObligation {
            obligation: goods,
            note: "no more".into(),
        };
        let refused = app.command(&call, BRAVO, case, None, &give_up).await;
        let refused = refused.unwrap_err();
        assert!(
            matches!(&refused, app::AppError::Refused(r) if r.code == RefusalCode::IllegalInState),
            "{refused}"
        );
        // The only one has gone: sending again is refused until the feed knows of another.
        let again = Command::RetryPayment { obligation: goods };
        let refused = app.command(&call, BRAVO, case, None, &again).await;
        let refused = refused.unwrap_err();
        assert!(
            matches!(&refused, app::AppError::Refused(r) if r.code == RefusalCode::SoldOut),
            "{refused}"
        );
        feed_one(&world).await;
        app.command(&call, BRAVO, case, None, &again).await.unwrap();
        assert_eq!(free(&world, "LAMP-2").await, 0);
        assert_eq!(faults(&world).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_difference_paid_in_another_currency_or_amount_settles_nothing() {
    both(|engine| async move {
        let world = world(engine, 19).await;
        let case = ask(&world, "LAMP-3", None).await;
        let token = token(&world, case).await;
        world.app.start_payment(BRAVO, &token).await.unwrap();
        let (collect, _, minor) = owed(&case_of(&world, case).await, ObligationKind::Collect);
        let (key, paid) = world.bank.end_page(collect, true);
        let wrong = [
            kernel::Money::new(minor, "USD".parse().unwrap()),
            kernel::Money::new(minor - 1, kernel::Currency::EUR),
            kernel::Money::new(0, kernel::Currency::EUR),
        ];
        for (n, taken) in wrong.into_iter().enumerate() {
            let message = format!("m{n}");
            let told = News {
                amount: Some(taken),
                ..news(key, &paid, &message)
            };
            world.app.payment_news(BRAVO, &told).await.unwrap();
            let state = case_of(&world, case).await;
            let (_, known, _) = owed(&state, ObligationKind::Collect);
            assert_eq!(known, ObligationState::Unknown, "{taken:?}");
            assert_eq!(app::commit::queue_of(&state), "attention");
        }
        let system = Scope::system();
        let page = world.app.case_page(&system, BRAVO, case).await.unwrap();
        assert_eq!(page.account.captured_minor, page.order.captured_minor);
        // The right amount is paid.
        let right = kernel::Money::new(minor, kernel::Currency::EUR);
        let told = News {
            amount: Some(right),
            ..news(key, &paid, "m9")
        };
        world.app.payment_news(BRAVO, &told).await.unwrap();
        let (_, known, _) = owed(&case_of(&world, case).await, ObligationKind::Collect);
        assert_eq!(known, ObligationState::Settled);
        assert_eq!(faults(&world).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn goods_without_a_price_in_the_orders_currency_are_refused_by_name() {
    both(|engine| async move {
        let world = world(engine, 20).await;
        let case = ask(&world, "LAMP-2", None).await;
        let mut foreign = article("LAMP-US", "blue", 4_000, 5);
        foreign.prices = std::iter::once(("USD".to_owned(), 4_000)).collect();
        let system = Scope::system();
        let told = std::iter::once(Ok(foreign));
        let options = ImportOptions::default();
        world
            .app
            .import_articles(&system, BRAVO, told, options, &mut |_| {})
            .await
            .unwrap();
        let lead = Fixture::scope(Role::TeamLead);
        let call = Call::new(&lead, world.now());
        let swap = app::swaps::Swap {
            lines: vec![Count { line: 0, units: 1 }],
            items: vec![("LAMP-US".into(), 1)],
            fallback: Outcome::Refund,
            consent: None,
            reason: Some("she likes blue".into()),
        };
        let refused = world.app.exchange(&call, BRAVO, case, None, &swap).await;
        let refused = refused.unwrap_err();
        assert!(
            matches!(&refused, app::AppError::Refused(r) if r.code == RefusalCode::WrongCurrency),
            "{refused}"
        );
        assert_eq!(free(&world, "LAMP-US").await, 5);
        assert_eq!(faults(&world).await, Vec::<String>::new());
    })
    .await;
}
