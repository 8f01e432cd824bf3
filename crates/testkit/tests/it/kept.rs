//! The cap on refunds that let the goods stay counts what the customer really had.

use app::cases::{Answer, Call, OrderKey, Request};
use kernel::Scope;
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Path, RequestedLine, Verdict};
use testkit::{ALFA, BRAVO, Fixture, World, both};

/// What the policy of the first client grants in 365 days.
const CAP: usize = 3;

/// An order of one cheap article by this customer.
fn draft(number: &str, customer: &str, world: &World) -> wire::OrderDraft {
    let mut draft = Fixture::draft(number, 1, world.now());
    draft.lines.truncate(1);
    draft.lines[0].unit_list = 1000;
    draft.tenders[0].amount = 1000 + draft.shipping.list;
    draft.customer_id = Some(customer.to_owned());
    draft
}

fn broken(number: &str) -> Request {
    Request {
        order: OrderKey::Number(number.to_owned()),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason: ReturnReason::DamagedInTransit,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven {
                photos: 2,
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

async fn asked(world: &World, number: &str) -> Answer {
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let asked = broken(number);
    let quoted = world.app.quote_return(&call, ALFA, &asked).await.unwrap();
    let answer = world.app.request_return(&call, ALFA, &asked).await.unwrap();
    let decision = quoted.decision;
    assert_eq!(answer.decision.as_ref(), Some(&decision), "{number}");
    answer
}

fn stays(answer: &Answer) -> bool {
    answer.decision.as_ref().unwrap().lines[0].verdict == Verdict::AuthoriseReturnless
}

#[tokio::test]
async fn a_customer_keeps_the_goods_as_often_as_the_policy_says() {
    both(|engine| async move {
        let world = World::new(engine, 11).await;
        let own = (0..CAP + 3).map(|i| draft(&format!("K-{i}"), "kim", &world));
        let drafts = own.chain([draft("L-0", "lou", &world)]).collect();
        Fixture::orders(&world.app, ALFA, drafts).await;
        // The same name at another client is another customer.
        Fixture::orders(&world.app, BRAVO, vec![draft("K-9", "kim", &world)]).await;
        for i in 0..CAP {
            assert!(stays(&asked(&world, &format!("K-{i}")).await), "{i}");
            world.pass(60);
        }
        let above = asked(&world, &format!("K-{CAP}")).await;
        assert!(!stays(&above), "{above:?}");
        assert!(
            stays(&asked(&world, "L-0").await),
            "somebody else's cap is their own"
        );

        // A year on, the first three no longer count.
        world.pass(366 * 86_400);
        let next_year = draft("K-Y", "kim", &world);
        Fixture::orders(&world.app, ALFA, vec![next_year]).await;
        assert!(stays(&asked(&world, "K-Y").await));
    })
    .await;
}
