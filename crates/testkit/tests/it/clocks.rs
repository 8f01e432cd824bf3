//! The statutory clocks in the whole house: the worklist, reminders, breaches and their report, on
//! both engines.

use app::{
    AppError,
    cases::{Call, OrderKey, Request},
    clocks::Wanted,
};
use kernel::{CaseId, Date, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{ClockKind, Command, Count, Path, RequestedLine, What};
use testkit::{ALFA, BRAVO, Behaviour, Engine, Fixture, World, both};

const DAY: i64 = 86_400;

/// Withdraws one unit of an order delivered to Germany ten days ago.
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
    let asked = world.app.request_return(&call, ALFA, &request).await;
    asked.unwrap().case
}

async fn give(world: &World, case: CaseId, command: &Command) -> Result<(), AppError> {
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let given = world.app.command(&call, ALFA, case, None, command).await;
    given.map(drop)
}

fn receive() -> Command {
    Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 1 }],
        strays: Vec::new(),
        complete: false,
    }
}

fn named(log: &[returns::Event], name: &str) -> usize {
    log.iter().filter(|e| e.name() == name).count()
}

#[tokio::test]
async fn a_refund_nobody_pays_is_reminded_of_breached_and_reported() {
    both(|engine| async move {
        let world = World::new(engine, 31).await;
        let lead = Fixture::scope(Role::TeamLead);
        let case = withdrawn(&world, "CL-1").await;
        world.run_jobs().await;
        let waiting = Wanted {
            list: Some("waiting"),
            kind: Some(ClockKind::Refund),
            after: None,
        };
        let rows = world.app.clock_list(&lead, &waiting, 10).await.unwrap();
        assert_eq!(rows.len(), 1, "no day before the goods are back");

        world.bank.script([Behaviour::Refuse, Behaviour::Refuse]);
        world.pass(DAY);
        give(&world, case, &receive()).await.unwrap();
        world.run_jobs().await;
        let work = Wanted::default();
        let rows = world.app.clock_list(&lead, &work, 10).await.unwrap();
        assert_eq!(rows.len(), 1);
        // Monday 1 June + 14 days: Monday 15 June.
        assert_eq!((&*rows[0].kind, &*rows[0].due_on), ("refund", "2026-06-15"));
        assert_eq!(rows[0].started_on, "2026-06-01");
        let berlin = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let end = "2026-06-16"
            .parse::<Date>()
            .unwrap()
            .to_zoned(berlin)
            .unwrap();
        assert_eq!(rows[0].due_at, end.timestamp().as_millisecond());
        let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
        assert_eq!(named(&page.events, "clock_reminded"), 0);

        world.pass(11 * DAY);
        world.run_jobs().await;
        world.run_jobs().await;
        let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
        assert_eq!(
            named(&page.events, "clock_reminded"),
            1,
            "three days before"
        );
        assert_eq!(named(&page.events, "clock_breached"), 0);

        world.pass(3 * DAY);
        world.run_jobs().await;
        world.run_jobs().await;
        let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
        assert_eq!(named(&page.events, "clock_breached"), 1);
        let counts = world.app.clock_counts(&lead).await.unwrap();
        assert_eq!((counts.late, counts.all), (1, 1));
        let attention = world.app.queue(&lead, "attention", None, 10).await.unwrap();
        assert!(attention.iter().any(|c| c.case_id == case.0), "escalated");

        let (from, to) = ("2026-06-15".parse().unwrap(), "2026-06-15".parse().unwrap());
        let late = world.app.breaches(&lead, ALFA, from, to).await.unwrap();
        assert_eq!(late.len(), 1, "over at the end of the 15th");
        assert_eq!(late[0].breached_on, "2026-06-16");
        let other = world.app.breaches(&lead, BRAVO, from, to).await.unwrap();
        assert!(other.is_empty());
        let next = "2026-06-16".parse().unwrap();
        assert!(
            world
                .app
                .breaches(&lead, ALFA, next, next)
                .await
                .unwrap()
                .is_empty()
        );

        // Paid at last: off the worklist, still in the report.
        world.bank.behave();
        let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
        for owed in page.case.obligations.iter().map(|o| o.id) {
            give(&world, case, &Command::RetryPayment { obligation: owed })
                .await
                .unwrap();
        }
        world.run_jobs().await;
        assert!(
            world
                .app
                .clock_list(&lead, &work, 10)
                .await
                .unwrap()
                .is_empty()
        );
        let late = world.app.breaches(&lead, ALFA, from, to).await.unwrap();
        assert_eq!((&*late[0].state, &*late[0].met_on), ("met", "2026-06-16"));

        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_is_acknowledged_once_with_the_hash_of_its_record() {
    both(|engine| async move {
        let world = World::new(engine, 32).await;
        let case = withdrawn(&world, "CL-2").await;
        world.run_jobs().await;
        world.run_jobs().await;
        let page = world
            .app
            .case_page(&Scope::system(), ALFA, case)
            .await
            .unwrap();
        let hashes: Vec<&str> = page
            .events
            .iter()
            .filter_map(|e| match &e.what {
                What::Acknowledged { sha256, .. } => Some(&**sha256),
                _ => None,
            })
            .collect();
        let record =
            app::acknowledge::case_record(&page.client, &page.case, &page.order, &page.contact);
        assert_eq!(hashes, [app::acknowledge::sha256(&record)]);
        let receipts = world.outbox.mails();
        let receipts = receipts.iter().filter(|m| m.subject.starts_with("Receipt"));
        assert_eq!(receipts.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_worklist_pages_without_losing_a_clock() {
    let world = World::new(Engine::sqlite(), 33).await;
    let lead = Fixture::scope(Role::TeamLead);
    for i in 0..7 {
        let case = withdrawn(&world, &format!("CL-P{i}")).await;
        world.bank.script([Behaviour::Refuse, Behaviour::Refuse]);
        give(&world, case, &receive()).await.unwrap();
        world.run_jobs().await;
    }
    let mut seen = Vec::new();
    let mut wanted = Wanted::default();
    loop {
        let rows = world.app.clock_list(&lead, &wanted, 2).await.unwrap();
        let Some(last) = rows.last() else { break };
        wanted.after = Some((
            last.work_at,
            last.case_id,
            last.kind.clone(),
            last.rule.clone(),
        ));
        seen.extend(rows.iter().map(|r| r.case_id));
    }
    assert_eq!(seen.len(), 7);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 7, "each once");
}
