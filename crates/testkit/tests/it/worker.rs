//! The worker as it runs in the field: several jobs at the same time, all of them done, and what
//! they leave behind holds.

use app::cases::{Call, OrderKey, Request};
use kernel::Scope;
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Path, RequestedLine};
use store::questions;
use testkit::{ALFA, Fixture, World, both};
use tokio::sync::watch;

const CASES: usize = 40;

#[tokio::test]
async fn many_jobs_at_once_are_all_done_and_what_they_leave_holds() {
    both(|engine| async move {
        let world = World::new(engine, 5).await;
        let numbers: Vec<String> = (0..CASES).map(|i| format!("W-{i}")).collect();
        let drafts = numbers.iter().map(|n| Fixture::draft(n, 2, world.now()));
        Fixture::orders(&world.app, ALFA, drafts.collect()).await;
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let line = |line| RequestedLine {
            line,
            units: 1,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven {
                photos: 0,
                note: true,
                serial: false,
            },
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        };
        for number in &numbers {
            // Two cases of one order: their jobs meet at its account.
            for at in 0..2 {
                let request = Request {
                    order: OrderKey::Number(number.clone()),
                    lines: vec![line(at)],
                    path: Path::Ordinary,
                };
                let asked = world.app.request_return(&call, ALFA, &request).await;
                asked.unwrap();
            }
        }
        let (stop, stopped) = watch::channel(false);
        let worker = tokio::spawn({
            let app = world.app.clone();
            async move { app.run_worker(stopped).await }
        });
        while world.app.vitals().await.unwrap().jobs_open > 0 {
            assert!(!worker.is_finished());
            tokio::task::yield_now().await;
        }
        stop.send(true).unwrap();
        worker.await.unwrap();
        let store = world.app.store();
        for head in questions::cases::cases_recent(store, ALFA, (i64::MAX, uuid::Uuid::max()), 100)
            .await
            .unwrap()
        {
            let case = kernel::CaseId(head.case_id);
            let page = world.app.case_page(&system, ALFA, case).await.unwrap();
            assert_eq!(page.case.parcels.len(), 1, "{case}: one label, made once");
            assert!(page.jobs.iter().all(|j| j.state == "done"), "{case}");
            // What was tried once was not tried again.
            assert!(page.jobs.iter().all(|j| j.attempts == 1), "{case}");
        }
        while world.app.sequence_all().await.unwrap() > 0 {}
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");
        assert_eq!(audit.cases, 2 * CASES as u64);
    })
    .await;
}
