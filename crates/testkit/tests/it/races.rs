//! Identical requests at once store exactly one return. Another open-source shop stored four to
//! seven of eight; see docs/benchmarks.md.

use app::{
    AppError,
    cases::{
        Call, Idempotency, OrderKey, Request,
        answers::{TAKEN_MAX, Taken, Turn},
    },
};
use kernel::Scope;
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Path, RefusalCode, RequestedLine};
use testkit::{ALFA, Engine, Fixture, World, both};

const ROUNDS: usize = 1000;
const BATCH: usize = 50;

fn request(number: &str) -> Request {
    Request {
        order: OrderKey::Number(number.to_owned()),
        lines: vec![RequestedLine {
            line: 1,
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
        }],
        path: Path::Ordinary,
    }
}

async fn rounds(engine: Engine, rounds: usize) {
    let world = World::new(engine, 7).await;
    let system = Scope::system();
    let numbers: Vec<String> = (0..rounds).map(|i| format!("RACE-{i}")).collect();
    for batch in numbers.chunks(BATCH) {
        let drafts = batch
            .iter()
            .map(|n| Fixture::draft(n, 1, world.now()))
            .collect();
        Fixture::orders(&world.app, ALFA, drafts).await;
        for number in batch {
            let call = Call::new(&system, world.now());
            let asked = request(number);
            let eight = (0..8).map(|_| world.app.request_return(&call, ALFA, &asked));
            let answers = futures::future::join_all(eight).await;
            let won = answers.iter().filter(|a| a.is_ok()).count();
            assert_eq!(won, 1, "{number}: {answers:?}");
            for answer in answers.into_iter().filter_map(Result::err) {
                let taken = matches!(&answer, AppError::Refused(r) if r.code == RefusalCode::UnitInOtherCase);
                assert!(taken, "{number}: {answer}");
            }
            let key = OrderKey::Number(number.clone());
            let page = world.app.order_page(&system, ALFA, &key).await.unwrap();
            assert_eq!(page.cases.len(), 1, "{number}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_identical_requests_store_one_return_on_sqlite() {
    rounds(Engine::sqlite(), ROUNDS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_identical_requests_store_one_return_on_postgres() {
    if let Some(engine) = Engine::postgres().await {
        rounds(engine, ROUNDS).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_gets_one_answer_however_often_it_is_sent() {
    both(|engine| async move {
        let world = World::new(engine, 8).await;
        Fixture::orders(
            &world.app,
            ALFA,
            vec![Fixture::draft("K-1", 1, world.now())],
        )
        .await;
        let system = Scope::system();
        let mut call = Call::new(&system, world.now());
        call.idempotency = Some(Idempotency::new("key-1", b"body").unwrap());
        let asked = request("K-1");
        let eight = (0..8).map(|_| world.app.request_return(&call, ALFA, &asked));
        let mut answers: Vec<_> = futures::future::join_all(eight)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(answers.iter().filter(|a| !a.replayed).count(), 1);
        for answer in &mut answers {
            answer.replayed = false;
        }
        for other in &answers[1..] {
            assert_eq!(&answers[0], other);
        }
        call.idempotency = Some(Idempotency::new("key-1", b"another body").unwrap());
        let reused = world
            .app
            .request_return(&call, ALFA, &asked)
            .await
            .unwrap_err();
        assert!(matches!(reused, AppError::KeyReused), "{reused}");
    })
    .await;
}

/// The one who got the key; everybody else was told to wait.
fn only_one(turns: Vec<Result<Turn, AppError>>) -> Taken {
    let mut ours = Vec::new();
    for turn in turns {
        match turn.unwrap() {
            Turn::Ours(taken) => ours.push(taken),
            Turn::UnderWay => {}
            Turn::Answered(answer) => panic!("nobody has answered yet, and here is {answer}"),
        }
    }
    assert_eq!(ours.len(), 1);
    ours.pop().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_about_no_case_is_taken_by_one_of_many_and_again_when_that_one_died() {
    both(|engine| async move {
        let world = World::new(engine, 9).await;
        // Another node on the same database, with its own writer.
        let beside = world.beside().await;
        for round in 0..100 {
            let key = Idempotency::new(&format!("key-{round}"), b"body").unwrap();
            let all = async || {
                let nodes = [&world.app, &beside];
                let takers = (0..16).map(|i| nodes[i % 2].take_key(ALFA, &key));
                futures::future::join_all(takers).await
            };
            // The first dies without a word; within its lease nobody takes its place.
            let dead = only_one(all().await);
            world.pass(i64::try_from(TAKEN_MAX.as_secs()).unwrap());
            let early = all().await;
            assert!(early.iter().all(|t| matches!(t, Ok(Turn::UnderWay))));
            world.pass(1);
            let second = only_one(all().await);
            // It was not dead, only late: what it says does not count any more.
            world.app.keep_answer(dead, &"late".into()).await.unwrap();
            // The second is refused and lets go, so the third need not wait.
            beside.let_go(second).await.unwrap();
            let third = only_one(all().await);
            world.app.keep_answer(third, &"done".into()).await.unwrap();
            for turn in all().await {
                assert!(matches!(turn, Ok(Turn::Answered(a)) if a == "done"));
            }
            let other = Idempotency::new(&format!("key-{round}"), b"another").unwrap();
            let reused = beside.take_key(ALFA, &other).await.unwrap_err();
            assert!(matches!(reused, AppError::KeyReused), "{reused}");
        }
    })
    .await;
}
