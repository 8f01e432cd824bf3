//! Disputes on both engines: intake in any order, refunds held and freed, money counted both ways,
//! orders imported later, acts of people, packs, reminders, audit and rebuild.

use app::{
    AppError,
    cases::{Call, OrderKey, Request},
    disputes::{ByHand, DisputeAct, FIRST, News, Stage, Word},
    intake::ImportOptions,
    news::AnswerTaken,
};
use kernel::{CaseId, Currency, DisputeId, Lang, Money, Role, Scope, Timestamp};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{
    Command, GrantLine, ObligationState, Path, RequestedLine,
    dispute::{Delivery, Evidence, State},
};
use store::{Write, tables};
use testkit::{ALFA, BRAVO, Behaviour, Fixture, World, both};

const DAY: i64 = 86_400;

async fn sold(world: &World, number: &str) -> String {
    let draft = Fixture::draft(number, 2, world.now());
    let payment = draft.tenders[0].reference.clone();
    Fixture::orders(&world.app, ALFA, vec![draft]).await;
    payment
}

/// A case about `units` lamps, granted `minor`.
async fn granted(world: &World, number: &str, units: u32, minor: i64) -> CaseId {
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let request = Request {
        order: OrderKey::Number(number.into()),
        lines: vec![RequestedLine {
            line: 0,
            units,
            reason: ReturnReason::BetterPrice,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            lacks: policy::ConditionSet::EMPTY,
            own: None,
        }],
        path: Path::Ordinary,
    };
    let asked = world.app.request_return(&call, ALFA, &request).await;
    let case = asked.unwrap().case;
    let grant = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units,
            outcome: Outcome::Refund,
            minor,
        }],
        shipping_minor: 0,
        reason: Some("agreed on the telephone".into()),
    };
    let lead = Fixture::scope(Role::TeamLead);
    let call = Call::new(&lead, world.now());
    let done = world.app.command(&call, ALFA, case, None, &grant).await;
    done.unwrap();
    case
}

fn word(payment: &str, stage: Stage, second: i64) -> Word {
    let at: Timestamp = "2026-06-01T08:00:00Z".parse().unwrap();
    Word {
        provider: "stripe".into(),
        reference: format!("dp_{payment}").into(),
        payments: vec!["pi_unknown".into(), payment.into()],
        order_number: "".into(),
        news: News {
            source: "stripe".into(),
            message: format!("evt_{}_{second}", stage.as_str()).into(),
            at: at + jiff::SignedDuration::from_secs(second),
            stage,
            round: 1,
            amount: Some(Money::new(8_000, Currency::EUR)),
            reason: Some("product_not_received".into()),
            scheme: Some("visa".into()),
            due_at: Some(at + jiff::SignedDuration::from_hours(24 * 9)),
            taken: None,
            step: "updated".into(),
        },
    }
}

async fn only(world: &World) -> (DisputeId, State, i64) {
    let mut all = Vec::new();
    let system = Scope::system();
    for list in app::disputes::LISTS {
        let page = world.app.disputes(&system, Some(ALFA), list, FIRST, 50);
        all.extend(page.await.unwrap());
    }
    assert_eq!(all.len(), 1);
    let d = &all[0].dispute;
    assert_eq!(all[0].row.lost_minor, d.lost_minor);
    (d.id, d.state(), d.lost_minor)
}

async fn act(world: &World, id: DisputeId, act: &DisputeAct) -> Result<u64, AppError> {
    let finance = Fixture::scope(Role::Finance);
    let call = Call::new(&finance, world.now());
    world.app.act_on_dispute(&call, ALFA, id, None, act).await
}

async fn refund(world: &World, case: CaseId) -> (ObligationState, i64) {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let page = page.unwrap();
    (page.case.obligations[0].state, page.account.refunded_minor)
}

async fn in_order(world: &World) {
    let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
}

#[tokio::test]
async fn refunds_wait_for_the_end_and_what_was_lost_is_not_paid_again() {
    for (seed, end, wants, lost) in [
        (71, Stage::Won, (ObligationState::Settled, 8_000), 0),
        (72, Stage::Lost, (ObligationState::Requested, 0), 8_000),
    ] {
        both(|engine| async move {
            let world = World::new(engine, seed).await;
            let payment = sold(&world, "T-1").await;
            let case = granted(&world, "T-1", 2, 8_000).await;
            let opened = word(&payment, Stage::NeedsResponse, 0);
            for wants in [AnswerTaken::Applied, AnswerTaken::Nothing] {
                let heard = world.app.dispute_news(ALFA, &opened).await.unwrap();
                assert_eq!(heard, wants);
            }
            // Another client's secret says nothing about this client's orders.
            world.app.dispute_news(BRAVO, &opened).await.unwrap();
            world.run_jobs().await;
            assert_eq!(refund(&world, case).await, (ObligationState::Requested, 0));
            assert!(world.bank.effects().is_empty());
            assert_eq!(only(&world).await.1, State::NeedsResponse);
            in_order(&world).await;

            let ended = word(&payment, end, 60);
            world.app.dispute_news(ALFA, &ended).await.unwrap();
            world.run_jobs().await;
            assert_eq!(refund(&world, case).await, wants, "{end:?}");
            assert_eq!(only(&world).await.2, lost);
            in_order(&world).await;
            let page = world
                .app
                .case_page(&Scope::system(), ALFA, case)
                .await
                .unwrap();
            assert!(!page.case.disputed);
            assert_eq!(page.account.chargebacks_lost_minor, lost);
        })
        .await;
    }
}

#[tokio::test]
async fn a_dispute_that_has_ended_marks_no_later_return() {
    both(|engine| async move {
        let world = World::new(engine, 73).await;
        let payment = sold(&world, "T-2").await;
        // The end is heard before the beginning.
        for (stage, second) in [(Stage::Won, 60), (Stage::NeedsResponse, 0)] {
            let heard = world
                .app
                .dispute_news(ALFA, &word(&payment, stage, second))
                .await;
            assert_eq!(heard.unwrap(), AnswerTaken::Applied);
        }
        assert_eq!(only(&world).await.1, State::Won);
        let case = granted(&world, "T-2", 2, 8_000).await;
        world.run_jobs().await;
        assert_eq!(
            refund(&world, case).await,
            (ObligationState::Settled, 8_000)
        );
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_open_one_marks_a_return_that_comes_later() {
    both(|engine| async move {
        let world = World::new(engine, 74).await;
        let payment = sold(&world, "T-3").await;
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::NeedsResponse, 0))
            .await
            .unwrap();
        let case = granted(&world, "T-3", 2, 8_000).await;
        world.run_jobs().await;
        assert_eq!(refund(&world, case).await.0, ObligationState::Requested);
        let page = world
            .app
            .case_page(&Scope::system(), ALFA, case)
            .await
            .unwrap();
        assert!(page.case.disputed);
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::Won, 60))
            .await
            .unwrap();
        world.run_jobs().await;
        assert_eq!(
            refund(&world, case).await,
            (ObligationState::Settled, 8_000)
        );
    })
    .await;
}

#[tokio::test]
async fn a_return_of_what_was_lost_refunds_only_the_rest() {
    both(|engine| async move {
        let world = World::new(engine, 75).await;
        let payment = sold(&world, "T-4").await;
        let mut lost = word(&payment, Stage::Lost, 0);
        lost.news.amount = Some(Money::new(5_000, Currency::EUR));
        world.app.dispute_news(ALFA, &lost).await.unwrap();
        let (id, state, taken) = only(&world).await;
        assert_eq!((state, taken), (State::Expired, 5_000));
        // It was about the lamps.
        let link = DisputeAct::Link {
            order: OrderKey::Number("T-4".into()),
            lines: vec![0],
            case: None,
        };
        act(&world, id, &link).await.unwrap();
        let lead = Fixture::scope(Role::TeamLead);
        let call = Call::new(&lead, world.now());
        let order = world
            .app
            .order_page(&lead, ALFA, &OrderKey::Number("T-4".into()))
            .await
            .unwrap();
        assert_eq!(order.account.lost_on(0), 5_000);
        let case = granted(&world, "T-4", 2, 3_000).await;
        let more = Command::Decide {
            lines: vec![GrantLine {
                line: 0,
                units: 0,
                outcome: Outcome::Refund,
                minor: 1,
            }],
            shipping_minor: 0,
            reason: Some("one cent more".into()),
        };
        let refused = world.app.command(&call, ALFA, case, None, &more).await;
        assert!(matches!(refused, Err(AppError::Refused(_))), "{refused:?}");
        world.run_jobs().await;
        assert_eq!(
            refund(&world, case).await,
            (ObligationState::Settled, 3_000)
        );
        in_order(&world).await;
        // Won after all: the rest is free again.
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::Reversed, 90))
            .await
            .unwrap();
        assert_eq!(only(&world).await.2, 0);
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_refund_granted_before_a_loss_is_not_paid_on_top() {
    both(|engine| async move {
        let world = World::new(engine, 76).await;
        let payment = sold(&world, "T-5").await;
        let case = granted(&world, "T-5", 2, 8_000).await;
        // Lost at once: nothing ever held the refund.
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::Lost, 0))
            .await
            .unwrap();
        world.run_jobs().await;
        assert_eq!(refund(&world, case).await, (ObligationState::Requested, 0));
        assert!(world.bank.effects().is_empty());
        // Somebody has to decide: it stands where people look, and is said once.
        let page = world.app.case_page(&Scope::system(), ALFA, case).await;
        let page = page.unwrap();
        assert_eq!(app::commit::queue_of(&page.case), "attention");
        world.pass(3_700);
        world.run_jobs().await;
        let again = world.app.case_page(&Scope::system(), ALFA, case).await;
        assert_eq!(again.unwrap().case.version, page.case.version);
        in_order(&world).await;
        let drop = Command::CancelObligation {
            obligation: page.case.obligations[0].id,
            note: "the bank took it".into(),
        };
        let lead = Fixture::scope(Role::Finance);
        let call = Call::new(&lead, world.now());
        let given = world.app.command(&call, ALFA, case, None, &drop).await;
        given.unwrap();
        let page = world.app.case_page(&Scope::system(), ALFA, case).await;
        let page = page.unwrap();
        assert!(page.case.held_back.is_empty());
        assert_ne!(app::commit::queue_of(&page.case), "attention");
        in_order(&world).await;
    })
    .await;
}

/// Orders imported by an older version: their payments become known once, beside the running house.
#[tokio::test]
async fn payments_of_older_orders_are_made_known_once() {
    both(|engine| async move {
        let world = World::new(engine, 84).await;
        let payment = sold(&world, "OLD-1").await;
        let order = world
            .app
            .order_page(&Scope::system(), ALFA, &OrderKey::Number("OLD-1".into()))
            .await
            .unwrap()
            .order
            .id;
        let mut write = Write::new();
        let key = vec![ALFA.into(), payment.as_str().into(), order.0.into()];
        write.remove(&tables::ORDER_PAYMENT, key);
        world.app.store().write(write).await.unwrap();
        let news = word(&payment, Stage::NeedsResponse, 0);
        world.app.dispute_news(ALFA, &news).await.unwrap();
        let (id, ..) = only(&world).await;
        let linked = async || {
            let page = world.app.dispute_page(&Scope::system(), ALFA, id).await;
            page.unwrap().dispute.link.map(|l| l.order)
        };
        assert_eq!(linked().await, None);
        let (_stop, go) = tokio::sync::watch::channel(false);
        let seen = world.app.backfill_payments(ALFA, &go).await.unwrap();
        assert!(seen > 0);
        assert_eq!(linked().await, Some(order));
        let again = world.app.backfill_payments(ALFA, &go).await.unwrap();
        assert_eq!(again, 0, "once is enough");
        in_order(&world).await;
    })
    .await;
}

/// A dispute that moves to another order frees what it held of the first, also when the process
/// dies before anything followed.
#[tokio::test]
async fn an_order_a_dispute_was_taken_from_is_freed_by_the_job() {
    both(|engine| async move {
        let mut world = World::new(engine, 85).await;
        let payment = sold(&world, "FROM-1").await;
        sold(&world, "TO-1").await;
        let case = granted(&world, "FROM-1", 2, 8_000).await;
        let news = word(&payment, Stage::NeedsResponse, 0);
        world.app.dispute_news(ALFA, &news).await.unwrap();
        world.run_jobs().await;
        assert_eq!(refund(&world, case).await, (ObligationState::Requested, 0));
        let (id, ..) = only(&world).await;
        let link = DisputeAct::Link {
            order: OrderKey::Number("TO-1".into()),
            lines: Vec::new(),
            case: None,
        };
        // The write is the last thing the process does: what follows is left to the job.
        world.plan.count();
        world.plan.arm_at_point(1);
        let died = std::panic::AssertUnwindSafe(act(&world, id, &link));
        let died = futures::FutureExt::catch_unwind(died).await;
        assert!(died.is_err_and(|panic| panic.is::<testkit::Crash>()));
        world.restart().await;
        world.pass(120);
        world.run_jobs().await;
        let page = world.app.dispute_page(&Scope::system(), ALFA, id).await;
        assert_eq!(&*page.unwrap().facts.unwrap().order.number, "TO-1");
        assert_eq!(
            refund(&world, case).await,
            (ObligationState::Settled, 8_000),
            "nothing holds it any more"
        );
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_order_that_comes_later_is_found_and_people_link_the_rest() {
    both(|engine| async move {
        let world = World::new(engine, 77).await;
        let payment = Fixture::draft("T-6", 2, world.now()).tenders[0]
            .reference
            .clone();
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::NeedsResponse, 0))
            .await
            .unwrap();
        let (id, ..) = only(&world).await;
        let page = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        assert!(page.facts.is_none() && page.dispute.link.is_none());
        let pack = DisputeAct::Pack { lang: Lang::EN };
        let none = act(&world, id, &pack).await;
        assert!(matches!(none, Err(AppError::Invalid(_))), "{none:?}");
        sold(&world, "T-6").await;
        let page = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        let facts = page.facts.unwrap();
        assert_eq!(&*facts.order.number, "T-6");
        // A person knows better.
        sold(&world, "T-7").await;
        let link = DisputeAct::Link {
            order: OrderKey::Number("T-7".into()),
            lines: Vec::new(),
            case: None,
        };
        act(&world, id, &link).await.unwrap();
        let page = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        assert_eq!(&*page.facts.unwrap().order.number, "T-7");
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn people_answer_with_a_pack_and_are_reminded() {
    both(|engine| async move {
        let world = World::new(engine, 78).await;
        let mut settings = Fixture::settings("Alfa Gifts");
        settings.clock_alerts = Some("law@alfa.example".into());
        Fixture::set_alfa(&world.app, &settings).await;
        let payment = sold(&world, "T-8").await;
        let case = granted(&world, "T-8", 1, 4_000).await;
        world.run_jobs().await;
        assert_eq!(refund(&world, case).await.0, ObligationState::Settled);
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::NeedsResponse, 0))
            .await
            .unwrap();
        let (id, ..) = only(&world).await;
        let facts = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        let facts = facts.facts.unwrap();
        assert_eq!(facts.refunded_minor(), 4_000);
        let here = |e| facts.checks.iter().any(|c| c.evidence == e && c.here);
        assert!(here(Evidence::RefundProof) && here(Evidence::ProofOfDelivery));

        act(&world, id, &DisputeAct::Pack { lang: Lang::DE })
            .await
            .unwrap();
        world.run_jobs().await;
        let page = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        let made = page.dispute.pack.unwrap();
        let finance = Fixture::scope(Role::Finance);
        let pack = world
            .app
            .dispute_pack(&finance, ALFA, id, &made.sha256)
            .await;
        assert!(
            pack.unwrap()
                .bytes
                .starts_with(b"de T-8: 1 returns, 4000 paid")
        );
        // Two made of the same facts are one.
        act(&world, id, &DisputeAct::Pack { lang: Lang::DE })
            .await
            .unwrap();
        world.run_jobs().await;
        let again = world
            .app
            .dispute_page(&Scope::system(), ALFA, id)
            .await
            .unwrap();
        assert_eq!(again.dispute.version, page.dispute.version);

        world.pass(3 * DAY);
        world.run_jobs().await;
        let mails = world.outbox.mails();
        assert_eq!(
            mails
                .iter()
                .filter(|m| m.subject.starts_with("Due "))
                .count(),
            1
        );

        let note = |text: &str| text.to_owned();
        let contest = DisputeAct::Contest {
            note: note("delivered"),
        };
        act(&world, id, &contest).await.unwrap();
        let silent = act(&world, id, &DisputeAct::Submit { note: note(" ") }).await;
        assert!(matches!(silent, Err(AppError::Invalid(_))));
        let call = Call::new(&finance, world.now());
        let submit = DisputeAct::Submit {
            note: note("by the dashboard"),
        };
        let old = world
            .app
            .act_on_dispute(&call, ALFA, id, Some(1), &submit)
            .await;
        assert!(matches!(old, Err(AppError::Stale { .. })), "{old:?}");
        act(&world, id, &submit).await.unwrap();
        assert_eq!(only(&world).await.1, State::Submitted);
        let late = act(&world, id, &DisputeAct::Accept { note: note("no") }).await;
        assert!(matches!(late, Err(AppError::Invalid(_))));
        let won = DisputeAct::Outcome {
            stage: Stage::Won,
            note: note("letter of the bank"),
        };
        act(&world, id, &won).await.unwrap();
        assert_eq!(only(&world).await.1, State::Won);
        let rates = world.app.dispute_rates(&finance, None).await.unwrap();
        assert_eq!(
            (rates[0].won, rates[0].lost, rates[0].percent()),
            (1, 0, Some(100))
        );
        // Agents answer for no money.
        let agent = Fixture::scope(Role::Agent);
        let call = Call::new(&agent, world.now());
        let denied = world
            .app
            .act_on_dispute(&call, ALFA, id, None, &contest)
            .await;
        assert!(matches!(denied, Err(AppError::Denied(_))), "{denied:?}");
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_is_taken_once_and_by_hand_is_the_same_dispute() {
    both(|engine| async move {
        let world = World::new(engine, 79).await;
        let payment = sold(&world, "T-10").await;
        let file = format!(
            "provider,dispute,payment,order,state,reason,amount,currency,due,as_of\n\
             adyen,D1,{payment},,needs_response,4853,80.00,EUR,2026-06-20,2026-06-01\n\
             adyen,D2,,T-10,lost,13.1,10.00,EUR,,2026-06-01\n\
             adyen,D3,nobody,,won,,,,,2026-06-01\n\
             adyen,,x,,won,,,,,\n"
        );
        let system = Scope::system();
        let import = async |dry_run| {
            let drafts = wire::disputes_from_csv(file.as_bytes()).unwrap();
            let mut wrong = Vec::new();
            let mut rejected = |e: &wire::RowError| wrong.push(e.line);
            let options = ImportOptions { dry_run };
            let done = world
                .app
                .import_disputes(&system, ALFA, drafts, options, &mut rejected);
            let report = done.await.unwrap();
            assert_eq!(wrong, [5]);
            (
                report.taken,
                report.known,
                report.unmatched,
                report.rejected,
            )
        };
        assert_eq!(import(true).await, (3, 0, 1, 1));
        assert_eq!(import(false).await, (3, 0, 1, 1));
        assert_eq!(import(false).await, (0, 3, 0, 1));
        let finance = Fixture::scope(Role::Finance);
        let call = Call::new(&finance, world.now());
        let new = ByHand {
            provider: "Adyen".into(),
            reference: "D1".into(),
            payment: payment.clone(),
            order_number: String::new(),
            stage: Stage::NeedsResponse,
            reason: "4853".into(),
            amount: Money::new(8_000, Currency::EUR),
            due_at: None,
        };
        let id = world.app.open_dispute(&call, ALFA, &new).await.unwrap();
        let page = world.app.dispute_page(&finance, ALFA, id).await.unwrap();
        assert_eq!(&*page.dispute.reference, "D1");
        assert_eq!(page.dispute.heard.len(), 2);
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn damaged_rows_are_named_and_made_again() {
    both(|engine| async move {
        let world = World::new(engine, 80).await;
        let payment = sold(&world, "T-11").await;
        world
            .app
            .dispute_news(ALFA, &word(&payment, Stage::Lost, 0))
            .await
            .unwrap();
        let (id, ..) = only(&world).await;
        let row = store::questions::disputes::by_id(world.app.store(), ALFA, id).await;
        let row = row.unwrap().unwrap();
        let mut write = Write::new();
        write.row(
            &tables::DISPUTE,
            vec![
                ALFA.into(),
                id.0.into(),
                row.version.into(),
                "ended".into(),
                "won".into(),
                row.provider.clone().into(),
                row.reference.clone().into(),
                row.payment.clone().into(),
                row.order_id.unwrap().into(),
                row.order_number.clone().into(),
                row.category.clone().into(),
                row.scheme.clone().into(),
                row.reason.clone().into(),
                row.amount_minor.into(),
                row.currency.clone().into(),
                0.into(),
                row.place.into(),
                row.heard_at.into(),
                row.updated_at.into(),
                row.pack.clone().into(),
                row.body.clone().into(),
            ],
        );
        world.app.store().write(write).await.unwrap();
        let system = Scope::system();
        let report = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(report.findings.iter().any(|f| f.words.contains("dispute")));
        world.app.rebuild(&system, false).await.unwrap();
        in_order(&world).await;
        assert_eq!(only(&world).await.2, 8_000);
    })
    .await;
}

/// A dispute at the scripted provider with its pack, and the act that sends it.
async fn answerable(world: &World, number: &str) -> (DisputeId, DisputeAct) {
    let payment = sold(world, number).await;
    let news = Word {
        provider: "iso20022".into(),
        ..word(&payment, Stage::NeedsResponse, 0)
    };
    world.app.dispute_news(ALFA, &news).await.unwrap();
    let id = only(world).await.0;
    let pack = DisputeAct::Pack { lang: Lang::EN };
    act(world, id, &pack).await.unwrap();
    world.run_jobs().await;
    let page = world.app.dispute_page(&Scope::system(), ALFA, id).await;
    let pack = page.unwrap().dispute.pack.unwrap();
    let send = DisputeAct::Send {
        note: "delivered and signed for".into(),
        sha256: pack.sha256.to_string(),
    };
    (id, send)
}

async fn evidence(world: &World, id: DisputeId) -> (State, Option<Delivery>) {
    let page = world.app.dispute_page(&Scope::system(), ALFA, id).await;
    let dispute = page.unwrap().dispute;
    (dispute.state(), dispute.evidence.map(|e| e.delivery))
}

#[tokio::test]
async fn an_answer_is_handed_over_once_whatever_the_provider_says() {
    for (moods, state, delivery, answers) in [
        (vec![], State::Submitted, Delivery::Taken, 1),
        (
            vec![Behaviour::SettleSilently],
            State::Submitted,
            Delivery::Taken,
            1,
        ),
        (
            vec![Behaviour::DropSilently],
            State::Submitted,
            Delivery::Taken,
            1,
        ),
        (
            vec![Behaviour::Unreachable],
            State::Submitted,
            Delivery::Taken,
            1,
        ),
        (
            vec![Behaviour::Refuse],
            State::NeedsResponse,
            Delivery::Refused,
            0,
        ),
    ] {
        both(|engine| {
            let moods = moods.clone();
            async move {
                let world = World::new(engine, 86).await;
                let (id, send) = answerable(&world, "EV-1").await;
                world.bank.script(moods.iter().copied());
                let other = DisputeAct::Send {
                    note: "x".into(),
                    sha256: "0".repeat(64),
                };
                let wrong = act(&world, id, &other).await;
                assert!(matches!(wrong, Err(AppError::Invalid(_))), "{wrong:?}");
                act(&world, id, &send).await.unwrap();
                let twice = act(&world, id, &send).await;
                assert!(matches!(twice, Err(AppError::Invalid(_))), "{twice:?}");
                for _ in 0..3 {
                    world.run_jobs().await;
                    world.pass(60);
                }
                assert_eq!(
                    evidence(&world, id).await,
                    (state, Some(delivery)),
                    "{moods:?}"
                );
                let given = world.bank.answers();
                assert_eq!(given.len(), answers, "{moods:?}: {given:?}");
                assert!(given.values().all(|n| *n == 1), "{moods:?}: {given:?}");
                in_order(&world).await;
            }
        })
        .await;
    }
}

#[tokio::test]
async fn an_answer_is_handed_over_once_wherever_the_process_dies() {
    both(|engine| async move {
        let mut world = World::new(engine, 87).await;
        let (id, send) = answerable(&world, "EV-2").await;
        act(&world, id, &send).await.unwrap();
        let mut died = 0;
        loop {
            world.plan.count();
            world.plan.arm_at_point(died);
            let run = std::panic::AssertUnwindSafe(world.run_jobs());
            let ended = futures::FutureExt::catch_unwind(run).await;
            if ended.is_ok() {
                break;
            }
            died += 1;
            assert!(died < 100, "it never comes through");
            world.restart().await;
            world.pass(120);
        }
        world.plan.disarm();
        world.run_jobs().await;
        let expected = (State::Submitted, Some(Delivery::Taken));
        assert_eq!(evidence(&world, id).await, expected);
        let given = world.bank.answers();
        assert_eq!(
            given.values().copied().collect::<Vec<_>>(),
            [1],
            "{given:?}"
        );
        assert!(died > 3, "{died}");
        in_order(&world).await;
    })
    .await;
}
