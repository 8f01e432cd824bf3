//! One return from request to settled refund and verified proof, on both engines.

use app::cases::{Call, OrderKey, Request};
use kernel::{Role, Scope};
use policy::{EvidenceGiven, Grade, Outcome, ReturnReason};
use ports::PaymentState;
use returns::{Command, Count, Disposition, Path, RequestedLine, Status};
use testkit::{ALFA, BRAVO, Behaviour, Fixture, World, both};

#[tokio::test]
async fn a_return_walks_through_the_house() {
    both(|engine| async move {
        let mut world = World::new(engine, 3).await;
        Fixture::orders(
            &world.app,
            ALFA,
            vec![Fixture::draft("A-1", 2, world.now())],
        )
        .await;
        let system = Scope::system();
        let key = OrderKey::Number("A-1".into());
        let order = world
            .app
            .order_page(&system, ALFA, &key)
            .await
            .unwrap()
            .order;

        // The shopper asks; ten days after delivery the statutory withdrawal is open.
        let shopper = Scope::shopper(ALFA, order.id);
        let call = Call::new(&shopper, world.now());
        let request = Request {
            order: key.clone(),
            lines: vec![RequestedLine {
                line: 0,
                units: 2,
                reason: ReturnReason::ChangedMind,
                wanted: Outcome::Refund,
                evidence: EvidenceGiven {
                    photos: 0,
                    note: false,
                    serial: false,
                },
                opened: false,
                noticed_on: None,
                own: None,
                lacks: policy::ConditionSet::EMPTY,
            }],
            path: Path::Ordinary,
        };
        let quoted = world.app.quote_return(&call, ALFA, &request).await.unwrap();
        let quote = quoted.decision;
        let answer = world
            .app
            .request_return(&call, ALFA, &request)
            .await
            .unwrap();
        assert_eq!(
            answer.decision.as_ref(),
            Some(&quote),
            "the quote is what is decided"
        );
        assert_eq!(answer.standing, quoted.standing);
        assert!(quote.auto, "{quote:?}");

        // The label.
        world.run_jobs().await;
        let case = answer.case;
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(page.case.status(), Status::AwaitingGoods);
        let parcel = page.case.parcels[0].id;
        let label = world
            .app
            .label_facts(&shopper, ALFA, case, parcel)
            .await
            .unwrap();
        assert_eq!(label.sscc.digits(), &*page.case.parcels[0].tracking);
        let found = world
            .app
            .find_scanned(&system, &label.sscc.element_string())
            .await
            .unwrap();
        assert_eq!(found.len(), 1);

        // The dock counts, grades, puts away.
        let dock = Fixture::scope(Role::DockOperator);
        let call = Call::new(&dock, world.now());
        let receive = Command::Receive {
            parcel: Some(parcel),
            counts: vec![Count { line: 0, units: 2 }],
            strays: vec![],
            complete: true,
        };
        world
            .app
            .command(&call, ALFA, case, None, &receive)
            .await
            .unwrap();
        world.bank.script([Behaviour::Pend]);
        let grade = Command::Grade {
            line: 0,
            units: 2,
            grade: Grade::A,
            accept: true,
            wrong_item: false,
            note: None,
        };
        world
            .app
            .command(&call, ALFA, case, None, &grade)
            .await
            .unwrap();
        let dispose = Command::Dispose {
            line: 0,
            units: 2,
            grade: Grade::A,
            disposition: Disposition::Restock,
        };
        world
            .app
            .command(&call, ALFA, case, None, &dispose)
            .await
            .unwrap();
        let stock = world.app.stock(&system, ALFA, 10).await.unwrap();
        let sellable = stock.iter().find(|s| s.2 == "sellable").unwrap();
        assert_eq!((sellable.0.as_str(), sellable.3), ("LAMP-1", 2));

        // The bank takes the refund, and says days later that it is booked; then says it again.
        world.run_jobs().await;
        let key = world.bank.pending()[0];
        let provider_ref = "bank-1".to_owned();
        let booked = world.bank.finish(
            key,
            PaymentState::Settled {
                on: None,
                provider_ref,
            },
        );
        world.restart().await;
        for _ in 0..2 {
            world
                .app
                .payment_answer(key, &booked, "camt.054", "m1")
                .await
                .unwrap();
        }
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert!(
            matches!(page.case.status(), Status::Settled | Status::Closed),
            "{:?}",
            page.case.status()
        );
        assert_eq!(page.account.refunded_minor, quote.quote.total.minor);
        assert_eq!(
            world.bank.effects()[&key].amount.minor,
            quote.quote.total.minor
        );

        // The record: sequenced, verified, and each event provable on its own.
        while world.app.sequence_client(ALFA, 1000).await.unwrap() > 0 {}
        let report = world
            .app
            .verify_ledger(&system, ALFA, |_, _| ())
            .await
            .unwrap();
        assert!(report.is_ok(), "{report:?}");
        assert_eq!(report.size, page.events.len() as u64);
        let receipts = world
            .app
            .receipts_of_case(&system, ALFA, case)
            .await
            .unwrap();
        assert_eq!(receipts.len(), page.events.len());

        // A neighbour sees nothing of it.
        let neighbour = Scope::user(Fixture::user(Role::Agent), Role::Agent, vec![BRAVO]);
        let missing = world
            .app
            .case_page(&neighbour, ALFA, case)
            .await
            .unwrap_err();
        assert!(matches!(missing, app::AppError::Missing));
        let other = world
            .app
            .case_page(&neighbour, BRAVO, case)
            .await
            .unwrap_err();
        assert!(matches!(other, app::AppError::Missing));
    })
    .await;
}
