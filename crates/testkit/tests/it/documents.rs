//! Credit notes through the whole house, on both engines: one for every payment that settled, none
//! twice, numbers without a gap whatever happens at once or dies in between.

use app::{
    cases::Call,
    documents::DocumentHead,
    ledger::verify_receipt,
    settle::{PaymentKey, PaymentState},
};
use kernel::{CaseId, DocumentId, ObligationId, Role, Scope};
use ports::Attempt;
use returns::{Command, ObligationState};
use std::collections::BTreeSet;
use testkit::{ALFA, BRAVO, Engine, Fixture, World, both};

const ALL: i64 = 1_000;

/// A world whose first client has a legal entity.
async fn issuing(engine: Engine, seed: u64) -> World {
    let world = World::new(engine, seed).await;
    Fixture::let_issue(&world.app).await;
    world
}

/// A case of two lamps of 40.00 with 19 % tax inside, for which 75.01 are granted.
async fn granted(world: &World, number: &str) -> CaseId {
    Fixture::owed(&world.app, number, 7_501).await
}

async fn documents(world: &World) -> Vec<DocumentHead> {
    let all = world.app.documents(&Scope::system(), ALFA, 0, ALL).await;
    all.unwrap()
}

/// Numbers from 1 without a gap, one document for each turn of each payment, and an audit that
/// finds nothing.
async fn in_order(world: &World) -> Vec<DocumentHead> {
    let all = documents(world).await;
    for (n, d) in (1_i64..).zip(&all) {
        assert_eq!(
            (d.number, d.name.as_str()),
            (n, format!("CN-{n:04}").as_str())
        );
    }
    let turns: BTreeSet<_> = all.iter().map(|d| (d.obligation_id, d.turn)).collect();
    assert_eq!(turns.len(), all.len());
    let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
    assert!(audit.is_ok(), "{:#?}", audit.findings);
    all
}

async fn obligation(world: &World, case: CaseId) -> (ObligationId, u16, ObligationState) {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let owed = page.unwrap().case.obligations[0].clone();
    (owed.id, owed.attempts, owed.state)
}

#[tokio::test]
async fn a_refund_has_a_credit_note_its_return_a_correction_and_the_next_payment_another() {
    both(|engine| async move {
        let world = issuing(engine, 71).await;
        let case = granted(&world, "D-1").await;
        assert!(documents(&world).await.is_empty(), "nothing is paid yet");
        world.run_jobs().await;
        let all = in_order(&world).await;
        assert_eq!(all.len(), 1);
        // 19 % inside 75.01, as the units were sold: 6.39 and the part of 6.38.
        assert_eq!((all[0].gross_minor, all[0].tax_minor), (7_501, 1_197));
        assert_eq!(all[0].kind, "credit_note");

        let (id, attempts, state) = obligation(&world, case).await;
        assert_eq!(state, ObligationState::Settled);
        let key = PaymentKey {
            obligation: id,
            attempt: Attempt::new(u8::try_from(attempts).unwrap()).unwrap(),
        };
        let returned = PaymentState::Returned {
            code: "AC04".into(),
            reason: String::new(),
        };
        for _ in 0..2 {
            let heard = world.app.payment_answer(key, &returned, "camt.054", "m1");
            heard.await.unwrap();
            world.run_jobs().await;
        }
        let all = in_order(&world).await;
        assert_eq!(all.len(), 2);
        assert_eq!(
            (all[1].kind.as_str(), all[1].gross_minor),
            ("correction", -7_501)
        );

        let finance = Fixture::scope(Role::Finance);
        let call = Call::new(&finance, world.now());
        let again = Command::RetryPayment { obligation: id };
        world
            .app
            .command(&call, ALFA, case, None, &again)
            .await
            .unwrap();
        world.run_jobs().await;
        let all = in_order(&world).await;
        let said: Vec<_> = all.iter().map(|d| (d.gross_minor, d.tax_minor)).collect();
        assert_eq!(said, [(7_501, 1_197), (-7_501, -1_197), (7_501, 1_197)]);

        // What it says is what was paid, and the proof holds without us.
        let system = Scope::system();
        let id = DocumentId(all[1].document_id);
        let page = world.app.document(&system, ALFA, id).await.unwrap();
        assert_eq!(page.note.totals.gross, -7_501);
        assert_eq!(page.note.corrects.as_ref().unwrap().number, "CN-0001");
        assert_eq!(page.note.buyer.name, "Kim Lindqvist");
        let hash = app::acknowledge::sha256(&page.xml);
        assert_eq!(hash, page.head.sha256);
        world.app.sequence_all().await.unwrap();
        let proof = world.app.document_proof(&system, ALFA, id).await.unwrap();
        let vkey = world.app.vkey(ALFA).await.unwrap();
        let check = verify_receipt(&proof.unwrap(), &vkey).unwrap();
        assert_eq!(check.event["what"]["sha256"], hash);
        assert_eq!(check.event["what"]["number"], "CN-0002");

        // Nobody of another client, and no shopper of another order, sees it.
        let bravo = world.app.document(&system, BRAVO, id).await;
        assert!(bravo.is_err());
        let stranger = Scope::shopper(ALFA, kernel::OrderId(uuid::Uuid::from_u128(7)));
        assert!(world.app.document(&stranger, ALFA, id).await.is_err());
        assert!(world.app.document_proof(&stranger, ALFA, id).await.is_err());
        let dock = Fixture::scope(Role::DockOperator);
        assert!(world.app.document(&dock, ALFA, id).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_refunds_at_once_in_two_processes_have_fifty_numbers() {
    both(|engine| async move {
        let world = issuing(engine, 72).await;
        for n in 0..50 {
            granted(&world, &format!("D-{n}")).await;
        }
        let other = world.beside().await;
        let drain = |app: &app::App| {
            let app = app.clone();
            async move { while app.run_due_jobs().await.unwrap() > 0 {} }
        };
        let all = [&world.app, &other, &world.app, &other, &world.app, &other];
        futures::future::join_all(all.map(drain)).await;
        world.run_jobs().await;
        let all = in_order(&world).await;
        assert_eq!(all.len(), 50);
        assert!(all.iter().all(|d| d.gross_minor == 7_501));
    })
    .await;
}

#[tokio::test]
async fn whatever_dies_while_it_is_issued_leaves_no_gap_and_no_second_document() {
    both(|engine| async move {
        let mut world = issuing(engine, 73).await;
        for n in 0..24 {
            granted(&world, &format!("D-{n}")).await;
            world.plan.arm(n);
            let _ = world.survive(world.run_jobs()).await;
            world.restart().await;
            // The lease of what was claimed ends.
            world.pass(120);
            world.run_jobs().await;
            let all = in_order(&world).await;
            assert_eq!(
                i64::try_from(all.len()).unwrap(),
                n + 1,
                "a crash at seam {n}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_without_a_legal_entity_issues_nothing() {
    both(|engine| async move {
        let world = World::new(engine, 74).await;
        granted(&world, "D-1").await;
        world.run_jobs().await;
        assert!(documents(&world).await.is_empty());
    })
    .await;
}
