//! Paying once, whatever dies when: every story of a refund is told again with a crash before and
//! after each write and each call of the provider, on both engines. The points are not listed: they
//! are counted while the story runs, and the k-th run dies at the k-th of them, until one run comes
//! through. A step added to the way of a payment is covered the day it is added.

use crate::providers::{key, lead, refund};
use app::{
    cases::{Call, OrderKey, Request},
    news::News,
    settle::{PaymentKey, PaymentState},
};
use futures::FutureExt as _;
use kernel::{CaseId, Currency, Money, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Command, GrantLine, ObligationState, Path, RequestedLine};
use std::{collections::BTreeSet, panic::AssertUnwindSafe};
use store::questions::work;
use testkit::{ALFA, Behaviour, Crash, Engine, Fixture, World, both};

const DAY: i64 = 86_400;
/// What is owed, minor units.
const OWED: i64 = 8_000;
/// More points than any story has: beyond it something goes round in circles.
const POINTS_MAX: usize = 300;

/// One thing that happens between a decision and the confirmed payment.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A person decides: the refund is owed.
    Decide,
    /// Workers run until nothing is due.
    Work,
    /// Time passes, seconds.
    Wait(i64),
    /// What waits at the provider ends; nothing of ours runs.
    Ends(End),
    /// Its message comes, so many times; told again until it is acknowledged.
    Told(End, u8),
    /// A person pays again what failed or came back.
    PayAgain,
}

/// How a payment ends at the provider.
#[derive(Debug, Clone, Copy)]
enum End {
    Paid,
    Refused,
    CameBack,
}

impl End {
    fn state(self) -> PaymentState {
        match self {
            Self::Paid => PaymentState::Settled {
                on: None,
                provider_ref: "told".into(),
            },
            Self::Refused => PaymentState::Failed {
                code: "AC01".into(),
                reason: String::new(),
            },
            Self::CameBack => PaymentState::Returned {
                code: "AC04".into(),
                reason: String::new(),
            },
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Refused => "refused",
            Self::CameBack => "came back",
        }
    }
}

/// A refund from its decision to its end.
struct Story {
    name: &'static str,
    moods: &'static [Behaviour],
    /// Whether the provider cannot be asked.
    tells_only: bool,
    /// What is owed: money through the provider, or store credit, which the house itself keeps.
    outcome: Outcome,
    steps: &'static [Step],
    ends: ObligationState,
    /// Points it must have died at.
    among: &'static [&'static str],
}

use Step::{Decide, Ends, PayAgain, Told, Wait, Work};

const STORIES: &[Story] = &[
    Story {
        name: "paid at once",
        moods: &[],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work],
        ends: ObligationState::Settled,
        among: &[
            "before submitting",
            "after submitting",
            "outbox_claim",
            "event",
            "document",
        ],
    },
    Story {
        name: "paid later, and told twice",
        moods: &[Behaviour::Pend],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Ends(End::Paid), Told(End::Paid, 2), Work],
        ends: ObligationState::Settled,
        among: &["after submitting", "inbound"],
    },
    Story {
        name: "paid later, and the message is lost",
        moods: &[Behaviour::Pend],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Ends(End::Paid), Wait(1_000), Work],
        ends: ObligationState::Settled,
        among: &["before asking", "after asking"],
    },
    Story {
        name: "paid, and the answer is lost",
        moods: &[Behaviour::SettleSilently],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Wait(60), Work],
        ends: ObligationState::Settled,
        among: &["after submitting", "before asking", "after asking"],
    },
    Story {
        name: "paid, the answer is lost, and the provider cannot be asked",
        moods: &[Behaviour::SettleSilently],
        tells_only: true,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Wait(60), Work],
        ends: ObligationState::Settled,
        among: &["before submitting", "after submitting"],
    },
    Story {
        name: "lost on the way, and sent again under its key",
        moods: &[Behaviour::DropSilently],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Wait(60), Work],
        ends: ObligationState::Settled,
        among: &["before asking", "after submitting"],
    },
    Story {
        name: "nobody answers the telephone twice",
        moods: &[Behaviour::Unreachable, Behaviour::Unreachable],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, Wait(60), Work, Wait(60), Work],
        ends: ObligationState::Settled,
        among: &["before submitting", "outbox_retry"],
    },
    Story {
        name: "refused",
        moods: &[Behaviour::Refuse],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work],
        ends: ObligationState::Failed,
        among: &["after submitting"],
    },
    Story {
        name: "refused, and paid again by a person",
        moods: &[Behaviour::Refuse],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[Decide, Work, PayAgain, Work],
        ends: ObligationState::Settled,
        among: &["after submitting"],
    },
    Story {
        name: "comes back days later, told twice, and is paid again",
        moods: &[],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[
            Decide,
            Work,
            Wait(4 * DAY),
            Ends(End::CameBack),
            Told(End::CameBack, 2),
            PayAgain,
            Work,
        ],
        ends: ObligationState::Settled,
        among: &["inbound", "after submitting"],
    },
    Story {
        name: "comes back, and the messages come in the wrong order",
        moods: &[Behaviour::Pend],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[
            Decide,
            Work,
            Ends(End::Paid),
            Ends(End::CameBack),
            Told(End::CameBack, 1),
            Told(End::Paid, 1),
            Work,
        ],
        ends: ObligationState::Returned,
        among: &["inbound"],
    },
    Story {
        name: "refused later, told out of order with old news that it was paid",
        moods: &[Behaviour::Pend],
        tells_only: false,
        outcome: Outcome::Refund,
        steps: &[
            Decide,
            Work,
            Ends(End::Refused),
            Told(End::Refused, 2),
            Told(End::Paid, 1),
            Work,
        ],
        ends: ObligationState::Failed,
        among: &["inbound"],
    },
    Story {
        name: "store credit",
        moods: &[],
        tells_only: false,
        outcome: Outcome::StoreCredit,
        steps: &[Decide, Work],
        ends: ObligationState::Settled,
        among: &["outbox_claim", "event", "document"],
    },
    Story {
        name: "store credit, looked after days later",
        moods: &[],
        tells_only: false,
        outcome: Outcome::StoreCredit,
        steps: &[Decide, Wait(DAY), Work, Wait(DAY), Work],
        ends: ObligationState::Settled,
        among: &["outbox_claim", "event"],
    },
];

/// A return whose money nobody has decided about yet.
async fn asked(world: &World, number: &str, wanted: Outcome) -> CaseId {
    let drafts = vec![Fixture::draft(number, 2, world.now())];
    Fixture::orders(&world.app, ALFA, drafts).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let request = Request {
        order: OrderKey::Number(number.into()),
        lines: vec![RequestedLine {
            line: 0,
            units: 2,
            reason: ReturnReason::BetterPrice,
            wanted,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            lacks: policy::ConditionSet::EMPTY,
            own: None,
        }],
        path: Path::Ordinary,
    };
    let asked = world.app.request_return(&call, ALFA, &request).await;
    world.run_jobs().await;
    asked.unwrap().case
}

fn decision(outcome: Outcome) -> Command {
    Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 2,
            outcome,
            minor: OWED,
        }],
        shipping_minor: 0,
        reason: Some("agreed on the telephone".into()),
    }
}

async fn has_decision(world: &World, case: CaseId) -> bool {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    !page.unwrap().case.obligations.is_empty()
}

/// The newest try of the refund that reached the provider.
async fn newest(world: &World, case: CaseId) -> Option<PaymentKey> {
    let (owed, _) = refund(world, case).await;
    let of = |k: &&PaymentKey| k.obligation == owed.id;
    world.bank.effects().keys().filter(of).max().copied()
}

/// Does one step; done again after a crash it does what is left of it.
async fn step(world: &World, case: CaseId, outcome: Outcome, what: Step) {
    match what {
        Decide if has_decision(world, case).await => {}
        Decide => lead(world, case, &decision(outcome)).await,
        Work => world.run_jobs().await,
        Wait(seconds) => world.pass(seconds),
        Ends(end) => {
            if let Some(key) = newest(world, case).await {
                world.bank.finish(key, end.state());
            }
        }
        Told(end, times) => {
            let Some(key) = newest(world, case).await else {
                return;
            };
            let state = end.state();
            for _ in 0..times {
                let news = News {
                    source: "iso20022",
                    message: end.message(),
                    key,
                    state: &state,
                    amount: Some(Money::new(OWED, Currency::EUR)),
                    overtaken_by: &[],
                };
                world.app.payment_news(ALFA, &news).await.unwrap();
            }
        }
        PayAgain => {
            let (owed, _) = refund(world, case).await;
            let over = [ObligationState::Failed, ObligationState::Returned];
            if over.contains(&owed.state) {
                let obligation = owed.id;
                lead(world, case, &Command::RetryPayment { obligation }).await;
            }
        }
    }
}

/// Tells a story that dies at its `k`-th point; the point, or `None` when it came through alive.
async fn told(world: &mut World, story: &Story, case: CaseId, k: usize) -> Option<String> {
    world.bank.behave();
    world.bank.script(story.moods.iter().copied());
    world.plan.count();
    let mut died = None;
    for what in story.steps {
        let before = world.plan.passed().len();
        if died.is_none() {
            world
                .plan
                .arm_at_point(i64::try_from(k - before.min(k)).unwrap());
        }
        let done = AssertUnwindSafe(step(world, case, story.outcome, *what))
            .catch_unwind()
            .await;
        let Err(panic) = done else {
            continue;
        };
        if !panic.is::<Crash>() {
            std::panic::resume_unwind(panic);
        }
        died = world.plan.passed().last().cloned();
        holds(world, case).await;
        world.restart().await;
        // What the dead process had claimed becomes free, and the work goes on where it was.
        world.pass(120);
        step(world, case, story.outcome, *what).await;
        world.run_jobs().await;
    }
    world.plan.disarm();
    died
}

/// What holds at every moment: no key moved money twice, no two tries are paid at once, and the
/// case is the replay of its events.
async fn holds(world: &World, case: CaseId) {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let page = page.unwrap();
    assert_eq!(returns::replay(&page.events).unwrap(), page.case);
    let mut live = 0;
    for o in &page.case.obligations {
        for (key, effect) in world.bank.effects() {
            if key.obligation == o.id {
                assert!(effect.paid <= 1, "{key}: {effect:?}");
                assert_eq!(effect.amount, Money::new(OWED, Currency::EUR));
                live += usize::from(is_live(&effect));
            }
        }
    }
    assert!(live <= 1, "{live} payments of one refund");
    let credited = credit(&page);
    assert!(
        credited == 0 || credited == OWED,
        "{credited} of credit for one refund"
    );
    let account = &page.account;
    assert!(account.refunded_minor + account.pending_minor <= OWED);
}

/// What the customer of a case has as store credit.
fn credit(page: &app::views::CasePage) -> i64 {
    page.credit
        .iter()
        .map(|account| account.booked(false))
        .sum()
}

fn is_live(effect: &testkit::outside::Effect) -> bool {
    effect.paid > 0 && matches!(effect.state, PaymentState::Settled { .. })
}

/// Everything comes to rest, and both sides say the same.
async fn rests(world: &World, case: CaseId, outcome: Outcome, ends: ObligationState) {
    for _ in 0..20 {
        world.run_jobs().await;
        let jobs = work::jobs_of_case(world.app.store(), ALFA, case);
        let open = |j: &app::views::JobRow| j.state == "open" && j.kind != "watch";
        if !jobs.await.unwrap().iter().any(open) {
            break;
        }
        world.pass(3_700);
    }
    holds(world, case).await;
    let (owed, refunded) = refund(world, case).await;
    assert_eq!(owed.state, ends);
    let paid = owed.state == ObligationState::Settled;
    assert_eq!(refunded, if paid { OWED } else { 0 });
    let effects = world.bank.effects();
    let of_case = effects.iter().filter(|(k, _)| k.obligation == owed.id);
    let in_credit = outcome == Outcome::StoreCredit;
    assert_eq!(
        of_case.filter(|(_, e)| is_live(e)).count(),
        usize::from(paid && !in_credit)
    );
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let expected = if paid && in_credit { OWED } else { 0 };
    assert_eq!(credit(&page.unwrap()), expected);
    let jobs = work::jobs_of_case(world.app.store(), ALFA, case);
    for job in jobs.await.unwrap() {
        assert!(job.state != "dead", "{} died: {}", job.kind, job.last_error);
        assert!(
            job.state != "open" || job.kind == "watch",
            "{} never ends: {}",
            job.kind,
            job.last_error
        );
    }
}

async fn tell_all(engine: impl AsyncFn() -> Option<Engine>) {
    let mut points = 0;
    for (n, story) in STORIES.iter().enumerate() {
        let Some(engine) = engine().await else {
            return;
        };
        let mut world = World::new(engine, 90 + n as u64).await;
        Fixture::let_issue(&world.app).await;
        if story.tells_only {
            world.bank.tell_only(6 * DAY);
        }
        let mut died = BTreeSet::new();
        let mut k = 0;
        loop {
            assert!(k < POINTS_MAX, "{}: it never comes through", story.name);
            let case = asked(&world, &format!("C-{n}-{k}"), story.outcome).await;
            let point = told(&mut world, story, case, k).await;
            let at = point.clone().unwrap_or_else(|| "no point".to_owned());
            let end =
                AssertUnwindSafe(rests(&world, case, story.outcome, story.ends)).catch_unwind();
            if let Err(panic) = end.await {
                eprintln!("\"{}\" died at point {k}, {at}", story.name);
                std::panic::resume_unwind(panic);
            }
            let Some(point) = point else { break };
            died.insert(point);
            k += 1;
        }
        for needed in story.among {
            let found = died.iter().any(|point| point.contains(needed));
            assert!(found, "{}: never died at {needed}: {died:#?}", story.name);
        }
        points += k;
        while world.app.sequence_all().await.unwrap() > 0 {}
        let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{}: {audit:#?}", story.name);
    }
    println!("{} stories, {points} deaths", STORIES.len());
}

#[tokio::test]
async fn a_refund_is_paid_once_wherever_the_process_dies_on_sqlite() {
    tell_all(async || Some(Engine::sqlite())).await;
}

#[tokio::test]
async fn a_refund_is_paid_once_wherever_the_process_dies_on_postgres() {
    tell_all(Engine::postgres).await;
}

/// Workers whose lease ran out while the provider took its time: each believes the job its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_workers_send_one_refund_at_once_and_it_is_paid_once() {
    both(|engine| async move {
        let world = World::new(engine, 81).await;
        let case = asked(&world, "FIFTY-1", Outcome::Refund).await;
        lead(&world, case, &decision(Outcome::Refund)).await;
        world.bank.shut();
        let mut workers = Vec::new();
        for n in 1..=50 {
            let app = world.app.clone();
            workers.push(tokio::spawn(async move { app.run_due_jobs().await }));
            while world.bank.waiting() < n {
                tokio::task::yield_now().await;
            }
            // Its lease is over, and what it waits for has been quiet for long enough to be asked.
            world.pass(120);
        }
        world.bank.open();
        for worker in workers {
            worker.await.unwrap().unwrap();
        }
        let (owed, refunded) = refund(&world, case).await;
        assert_eq!((owed.state, owed.attempts), (ObligationState::Settled, 1));
        assert_eq!(refunded, OWED);
        let effect = &world.bank.effects()[&key(&owed)];
        assert_eq!((effect.paid, effect.calls), (1, 50));
        rests(&world, case, Outcome::Refund, ObligationState::Settled).await;
        while world.app.sequence_all().await.unwrap() > 0 {}
        let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");
    })
    .await;
}

/// Fifty people press "pay again" of a refund that failed, with fifty workers behind them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_people_pay_again_at_once_and_it_is_one_try() {
    both(|engine| async move {
        let world = World::new(engine, 82).await;
        let case = asked(&world, "FIFTY-2", Outcome::Refund).await;
        world.bank.script([Behaviour::Refuse]);
        lead(&world, case, &decision(Outcome::Refund)).await;
        world.run_jobs().await;
        let (failed, _) = refund(&world, case).await;
        assert_eq!(failed.state, ObligationState::Failed);
        let again = Command::RetryPayment {
            obligation: failed.id,
        };
        let scope = Fixture::scope(Role::Finance);
        let press = async || {
            let call = Call::new(&scope, world.now());
            let pressed = world.app.command(&call, ALFA, case, None, &again).await;
            world.app.run_due_jobs().await.unwrap();
            usize::from(pressed.is_ok())
        };
        let pressed = futures::future::join_all((0..50).map(|_| press())).await;
        assert_eq!(pressed.iter().sum::<usize>(), 1, "one was first");
        world.run_jobs().await;
        let (owed, refunded) = refund(&world, case).await;
        assert_eq!((owed.state, owed.attempts), (ObligationState::Settled, 2));
        assert_eq!(refunded, OWED);
        assert_eq!(world.bank.effects()[&key(&owed)].paid, 1);
        rests(&world, case, Outcome::Refund, ObligationState::Settled).await;
    })
    .await;
}

/// What a settlement costs: marked as sent, and its end with the job in one write; each worker's
/// claims are shared by all of them.
#[tokio::test]
async fn a_settlement_is_two_writes() {
    both(|engine| async move {
        let world = World::new(engine, 83).await;
        let mut cases = Vec::new();
        for n in 0..10 {
            cases.push(asked(&world, &format!("COST-{n}"), Outcome::Refund).await);
        }
        for case in &cases {
            lead(&world, *case, &decision(Outcome::Refund)).await;
        }
        world.plan.count();
        world.plan.arm_at_point(1_000_000);
        world.run_jobs().await;
        let passed = world.plan.passed();
        world.plan.disarm();
        let begins = |start: &str| passed.iter().filter(|p| p.starts_with(start)).count();
        let writes = |of: &str| {
            let own = passed.iter().filter(|p| p.starts_with("before writing"));
            own.filter(|p| p.contains(of)).count()
        };
        assert_eq!(begins("before submitting"), cases.len(), "{passed:#?}");
        assert_eq!(begins("before asking"), 0, "{passed:#?}");
        assert_eq!(writes("obligation"), 2 * cases.len(), "{passed:#?}");
        assert!(writes("outbox_claim") <= 4, "{passed:#?}");
        for case in cases {
            let (owed, refunded) = refund(&world, case).await;
            assert_eq!((owed.state, refunded), (ObligationState::Settled, OWED));
        }
    })
    .await;
}
