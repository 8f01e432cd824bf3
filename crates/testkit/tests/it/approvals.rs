//! Money needs two people where it is above one's limit, and limits hold whatever is tried: the
//! abuse cases of authority by their numbers (A05 splitting, A06 self-approval, A07 substitution,
//! A12 own orders), on both engines.

use app::{
    App, AppError,
    cases::{Answer, Call, OrderKey, Request},
    intake::PayoutAccount,
    limits::{Limits, RoleLimits},
};
use kernel::{CaseId, Currency, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{
    Command, GrantLine, ObligationState, Path, PayloadHash, RefusalCode, RequestedLine, ReturnCase,
};
use store::Write;
use testkit::{ALFA, BRAVO, Fixture, World, both};

const OTHER_IBAN: &str = "DE02120300000000202051";

fn asks(number: &str) -> Request {
    Request {
        order: OrderKey::Number(number.into()),
        lines: vec![RequestedLine {
            line: 0,
            units: 2,
            reason: ReturnReason::BetterPrice,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            lacks: policy::ConditionSet::EMPTY,
            own: None,
        }],
        path: Path::Ordinary,
    }
}

/// A case of two lamps of 40.00 of which nothing is decided, of a customer of its own or of one
/// with others.
pub async fn open(world: &World, number: &str, customer: Option<&str>) -> CaseId {
    let mut draft = Fixture::draft(number, 2, world.now());
    if let Some(id) = customer {
        draft.customer_id = Some(id.into());
    }
    Fixture::orders(&world.app, ALFA, vec![draft]).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let opened = world.app.request_return(&call, ALFA, &asks(number)).await;
    opened.unwrap().case
}

/// A case of four lamps, which is above what a rule approves alone.
pub async fn submitted(world: &World, number: &str) -> CaseId {
    // So long ago that the legal period has ended and the shop's own has not.
    let before = world.now() - jiff::SignedDuration::from_hours(24 * 8);
    let draft = Fixture::draft(number, 4, before);
    Fixture::orders(&world.app, ALFA, vec![draft]).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let mut four = asks(number);
    four.lines[0].units = 4;
    let opened = world.app.request_return(&call, ALFA, &four).await;
    opened.unwrap().case
}

fn lines(minor: i64) -> Vec<GrantLine> {
    vec![GrantLine {
        line: 0,
        units: 2,
        outcome: Outcome::Refund,
        minor,
    }]
}

pub fn decide(minor: i64) -> Command {
    Command::Decide {
        lines: lines(minor),
        shipping_minor: 0,
        reason: Some("agreed on the telephone".into()),
    }
}

pub fn ask(minor: i64) -> Command {
    Command::AskApproval {
        lines: lines(minor),
        shipping_minor: 0,
        reason: Some("agreed on the telephone".into()),
        why: "a good customer".into(),
    }
}

pub async fn send(
    world: &World,
    scope: &Scope,
    case: CaseId,
    command: &Command,
) -> Result<Answer, AppError> {
    let call = Call::new(scope, world.now());
    world.app.command(&call, ALFA, case, None, command).await
}

pub fn code<T: std::fmt::Debug>(answer: Result<T, AppError>) -> RefusalCode {
    match answer {
        Err(AppError::Refused(r)) => r.code,
        other => panic!("{other:?}"),
    }
}

pub async fn limit(app: &App, agent: i64, lead: RoleLimits, client_day: Option<i64>) {
    let limits = Limits {
        roles: vec![
            RoleLimits {
                role: Role::Agent,
                refund: Some(agent),
                case: None,
                customer: None,
                day: None,
            },
            lead,
        ],
        customer_days: 30,
        client_day,
    };
    let admin = Fixture::scope(Role::Admin);
    let set = app.set_limits(&admin, ALFA, Currency::EUR, &limits, "as agreed");
    set.await.unwrap();
}

pub const fn lead_limits() -> RoleLimits {
    RoleLimits {
        role: Role::TeamLead,
        refund: None,
        case: None,
        customer: None,
        day: None,
    }
}

pub async fn case_of(world: &World, case: CaseId) -> ReturnCase {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    page.unwrap().case
}

pub async fn hash(world: &World, case: CaseId, grant: u16) -> PayloadHash {
    let asked = world
        .app
        .approval(&Scope::system(), ALFA, case, grant)
        .await;
    asked.unwrap().approval.hash
}

pub async fn state(world: &World, case: CaseId) -> ObligationState {
    case_of(world, case).await.obligations.last().unwrap().state
}

pub async fn in_order(world: &World) {
    let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    let again = world.app.rebuild(&Scope::system(), true).await.unwrap();
    assert!(again.changed.is_empty(), "{:?}", again.changed);
}

#[tokio::test]
async fn above_the_limit_nothing_is_sent_before_a_second_person_approves() {
    both(|engine| async move {
        let world = World::new(engine, 61).await;
        limit(&world.app, 5000, lead_limits(), None).await;
        let case = open(&world, "AP-1", None).await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        let refused = send(&world, &agent, case, &decide(8000)).await;
        assert_eq!(code(refused), RefusalCode::AboveAuthority);
        send(&world, &agent, case, &ask(8000)).await.unwrap();
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, ObligationState::Requested);
        let waiting = world.app.approvals(&lead, "waiting", 10).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].amount_minor, 8000);
        in_order(&world).await;
        let approve = Command::Approve {
            grant: 0,
            hash: hash(&world, case, 0).await,
        };
        send(&world, &lead, case, &approve).await.unwrap();
        world.run_jobs().await;
        assert_ne!(state(&world, case).await, ObligationState::Requested);
        assert!(
            world
                .app
                .approvals(&lead, "waiting", 10)
                .await
                .unwrap()
                .is_empty()
        );
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a05_split_over_cases_of_a_customer_and_over_a_day_it_is_one_amount() {
    both(|engine| async move {
        let world = World::new(engine, 62).await;
        let lead = Fixture::scope(Role::TeamLead);
        let customer = RoleLimits {
            customer: Some(12_000),
            ..lead_limits()
        };
        limit(&world.app, 5000, customer, None).await;
        let one = open(&world, "SP-1", Some("c-same")).await;
        let two = open(&world, "SP-2", Some("c-same")).await;
        send(&world, &lead, one, &decide(8000)).await.unwrap();
        let second = send(&world, &lead, two, &decide(8000)).await;
        assert_eq!(code(second), RefusalCode::AboveAuthority);
        let room = world.app.room(&lead, ALFA, two).await.unwrap();
        assert_eq!(room.customer_left, Some(4000));
        // Another day does not help while the period runs; after it, it does.
        world.pass(2 * 86_400);
        let later = send(&world, &lead, two, &decide(8000)).await;
        assert_eq!(code(later), RefusalCode::AboveAuthority);
        let day = RoleLimits {
            day: Some(10_000),
            ..lead_limits()
        };
        limit(&world.app, 5000, day, None).await;
        let three = open(&world, "SP-3", None).await;
        send(&world, &lead, two, &decide(8000)).await.unwrap();
        let third = send(&world, &lead, three, &decide(8000)).await;
        assert_eq!(code(third), RefusalCode::AboveAuthority);
        world.pass(86_400);
        send(&world, &lead, three, &decide(8000)).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a05_eight_decisions_at_once_cannot_together_pass_the_limit_of_a_day() {
    both(|engine| async move {
        let world = World::new(engine, 63).await;
        limit(&world.app, 5000, lead_limits(), Some(20_000)).await;
        let lead = Fixture::scope(Role::TeamLead);
        let mut cases = Vec::new();
        for n in 0..8 {
            cases.push(open(&world, &format!("RC-{n}"), None).await);
        }
        let decision = decide(8000);
        let all = cases
            .iter()
            .map(|case| send(&world, &lead, *case, &decision));
        let answers = futures::future::join_all(all).await;
        let given = answers.iter().filter(|a| a.is_ok()).count();
        assert_eq!(given, 2, "{answers:?}");
        for refused in answers.into_iter().filter(Result::is_err) {
            assert_eq!(code(refused), RefusalCode::AboveAuthority);
        }
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a06_nobody_approves_what_they_asked_for_in_whatever_role() {
    both(|engine| async move {
        let world = World::new(engine, 64).await;
        limit(&world.app, 5000, lead_limits(), None).await;
        let case = open(&world, "SA-1", None).await;
        let agent = Fixture::scope(Role::Agent);
        send(&world, &agent, case, &ask(8000)).await.unwrap();
        let approve = Command::Approve {
            grant: 0,
            hash: hash(&world, case, 0).await,
        };
        let promoted = Scope::user(Fixture::user(Role::Agent), Role::TeamLead, vec![ALFA]);
        let own = send(&world, &promoted, case, &approve).await;
        assert_eq!(code(own), RefusalCode::FourEyes);
        assert!(matches!(
            send(&world, &agent, case, &approve).await,
            Err(AppError::Denied(_))
        ));
        // An approver's own limit covers it, or they do not approve it.
        let small = RoleLimits {
            refund: Some(6000),
            ..lead_limits()
        };
        limit(&world.app, 5000, small, None).await;
        let lead = Fixture::scope(Role::TeamLead);
        let above = send(&world, &lead, case, &approve).await;
        assert_eq!(code(above), RefusalCode::AboveAuthority);
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, ObligationState::Requested);
    })
    .await;
}

#[tokio::test]
async fn a07_an_approval_is_of_exactly_what_was_shown() {
    both(|engine| async move {
        let world = World::new(engine, 65).await;
        limit(&world.app, 5000, lead_limits(), None).await;
        let case = open(&world, "SU-1", None).await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        send(&world, &agent, case, &ask(8000)).await.unwrap();
        let first = hash(&world, case, 0).await;
        // Another amount is another grant: the seal of the first opens nothing.
        let back = Command::TakeBack {
            grant: 0,
            note: "wrong amount".into(),
        };
        send(&world, &agent, case, &back).await.unwrap();
        let less = |minor| Command::AskApproval {
            lines: vec![GrantLine {
                line: 0,
                units: 0,
                outcome: Outcome::Refund,
                minor,
            }],
            shipping_minor: 0,
            reason: Some("agreed on the telephone".into()),
            why: "a good customer".into(),
        };
        // Taken back and decided anew, it is still owed by law: less than that is refused.
        let below = send(&world, &agent, case, &less(7000)).await;
        assert_eq!(code(below), RefusalCode::AgainstLaw);
        send(&world, &agent, case, &less(7600)).await.unwrap();
        let swapped = Command::Approve {
            grant: 1,
            hash: first,
        };
        let void = send(&world, &lead, case, &swapped).await;
        assert_eq!(code(void), RefusalCode::ApprovalVoid);
        let second = Command::Approve {
            grant: 1,
            hash: hash(&world, case, 1).await,
        };
        send(&world, &lead, case, &second).await.unwrap();
        // The destination changes between approval and sending: nothing is sent.
        let customer = {
            let page = world.app.case_page(&Scope::system(), ALFA, case).await;
            page.unwrap().order.customer
        };
        let account = PayoutAccount {
            iban: OTHER_IBAN.into(),
            holder: "Kim Lindqvist".into(),
        };
        let finance = Fixture::scope(Role::Finance);
        let alone = world
            .app
            .set_payout(&finance, ALFA, customer, account.clone());
        assert_eq!(code(alone.await), RefusalCode::ChangedAtCase);
        let system = Scope::system();
        let changed = world.app.set_payout(&system, ALFA, customer, account);
        changed.await.unwrap();
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, ObligationState::Requested);
        assert_eq!(
            code(send(&world, &lead, case, &second).await),
            RefusalCode::ApprovalVoid
        );
        let shown = world.app.approval(&lead, ALFA, case, 1).await.unwrap();
        assert!(shown.is_void());
        assert_ne!(shown.approval.payload.account, shown.now.account);
        // A provider that speaks of what was never handed over makes nothing paid.
        let obligation = case_of(&world, case).await.obligations.last().unwrap().id;
        let news = app::news::News {
            source: "iso20022",
            message: "paid what nobody sent",
            key: app::settle::PaymentKey {
                obligation,
                attempt: app::settle::Attempt::FIRST,
            },
            state: &app::settle::PaymentState::Settled {
                on: None,
                provider_ref: "B-1".into(),
            },
            amount: None,
            overtaken_by: &[],
        };
        world.app.payment_news(ALFA, &news).await.unwrap();
        assert_eq!(state(&world, case).await, ObligationState::Requested);
        in_order(&world).await;
        let again = Command::AskAgain {
            grant: 1,
            why: "the customer gave another account".into(),
        };
        send(&world, &agent, case, &again).await.unwrap();
        let third = Command::Approve {
            grant: 1,
            hash: hash(&world, case, 1).await,
        };
        send(&world, &lead, case, &third).await.unwrap();
        world.run_jobs().await;
        assert_ne!(state(&world, case).await, ObligationState::Requested);
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a12_nobody_decides_about_an_order_of_their_own() {
    both(|engine| async move {
        let world = World::new(engine, 66).await;
        let case = open(&world, "OW-1", None).await;
        let mut write = Write::new();
        let id = Fixture::user(Role::TeamLead);
        let (role, clients) = (Role::TeamLead, [ALFA, BRAVO]);
        App::put_user(
            &mut write,
            id,
            "LINDQVIST, Kim",
            role,
            &clients,
            world.now(),
        )
        .unwrap();
        world.app.store().write(write).await.unwrap();
        let lead = Fixture::scope(Role::TeamLead);
        let goodwill = Command::GiveGoodwill {
            line: 0,
            minor: 500,
            outcome: Outcome::Refund,
            reason: "for the trouble".into(),
        };
        for own in [decide(8000), ask(8000), goodwill] {
            let refused = send(&world, &lead, case, &own).await;
            assert_eq!(code(refused), RefusalCode::OwnMatter);
        }
    })
    .await;
}

/// Of several lines that were taken back one is decided anew: the case waits for the other one, and
/// so does the clock of its refund.
#[tokio::test]
async fn every_line_that_was_taken_back_is_decided_anew() {
    both(|engine| async move {
        let world = World::new(engine, 68).await;
        let settings = app::settings::ClientSettings {
            undo_seconds: 60,
            ..Fixture::settings("Alfa Gifts")
        };
        Fixture::set_alfa(&world.app, &settings).await;
        Fixture::orders(
            &world.app,
            ALFA,
            vec![Fixture::draft("TB-2", 2, world.now())],
        )
        .await;
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let mut request = asks("TB-2");
        let second = RequestedLine {
            line: 1,
            units: 1,
            ..request.lines[0].clone()
        };
        request.lines.push(second);
        let opened = world.app.request_return(&call, ALFA, &request).await;
        let case = opened.unwrap().case;
        let lead = Fixture::scope(Role::TeamLead);
        let grant = |line: u16, units: u32, minor: i64| GrantLine {
            line,
            units,
            outcome: Outcome::Refund,
            minor,
        };
        let decide = |lines: Vec<GrantLine>| Command::Decide {
            lines,
            shipping_minor: 0,
            reason: Some("agreed on the telephone".into()),
        };
        let both = decide(vec![grant(0, 2, 8000), grant(1, 1, 2500)]);
        send(&world, &lead, case, &both).await.unwrap();
        let back = Command::TakeBack {
            grant: 0,
            note: "a slip".into(),
        };
        send(&world, &lead, case, &back).await.unwrap();
        let queue = async || app::commit::queue_of(&case_of(&world, case).await);
        assert_eq!(queue().await, "review");
        assert_eq!(case_of(&world, case).await.to_decide_anew, [0, 1]);
        let first = decide(vec![grant(0, 0, 8000)]);
        send(&world, &lead, case, &first).await.unwrap();
        assert_eq!(case_of(&world, case).await.to_decide_anew, [1]);
        world.pass(61);
        world.run_jobs().await;
        let paid = case_of(&world, case).await;
        assert_eq!(paid.granted_minor(), 8000);
        assert_eq!(queue().await, "review", "the vase is still to be decided");
        assert!(!paid.closed);
        let met = |c: &returns::StatutoryClock| {
            c.kind == returns::ClockKind::Refund
                && matches!(c.state, returns::ClockState::Met { .. })
        };
        assert!(!paid.statutory.iter().any(met), "{:#?}", paid.statutory);
        let rest = decide(vec![grant(1, 0, 2500)]);
        send(&world, &lead, case, &rest).await.unwrap();
        assert_ne!(queue().await, "review");
        world.pass(61);
        world.run_jobs().await;
        let done = case_of(&world, case).await;
        assert_eq!(
            (done.granted_minor(), done.to_decide_anew.len()),
            (10_500, 0)
        );
        in_order(&world).await;
    })
    .await;
}

/// What an approval is bound to stays: another order of the customer changes neither account nor its
/// number.
#[tokio::test]
async fn an_import_keeps_the_account_and_its_number() {
    both(|engine| async move {
        let world = World::new(engine, 69).await;
        let case = open(&world, "IM-1", Some("kim")).await;
        let contact = async || {
            let page = world.app.case_page(&Scope::system(), ALFA, case).await;
            page.unwrap().contact
        };
        let before = contact().await;
        assert!(before.payout.is_some() && before.payout_no.is_some());
        let mut draft = Fixture::draft("IM-2", 2, world.now());
        draft.customer_id = Some("kim".into());
        if let Some(told) = &mut draft.contact {
            told.name = "Kim Lindqvist-Berg".into();
        }
        let mut watch = app::intake::Watch {
            rejected: &mut |_| (),
            progress: &mut |_| (),
        };
        let given = vec![Ok(draft)].into_iter();
        let (system, options) = (Scope::system(), app::intake::ImportOptions::default());
        let imported = world
            .app
            .import_orders(&system, ALFA, given, options, &mut watch);
        imported.await.unwrap();
        let after = contact().await;
        assert_eq!(
            after.name, "Kim Lindqvist-Berg",
            "what is told replaces what was told"
        );
        assert_eq!(
            (after.payout.map(|p| p.iban), after.payout_no),
            (before.payout.map(|p| p.iban), before.payout_no)
        );
    })
    .await;
}

#[tokio::test]
async fn a_refund_is_taken_back_until_it_is_sent_and_not_after() {
    both(|engine| async move {
        let world = World::new(engine, 67).await;
        let settings = app::settings::ClientSettings {
            undo_seconds: 60,
            ..Fixture::settings("Alfa Gifts")
        };
        Fixture::set_alfa(&world.app, &settings).await;
        let case = open(&world, "TB-1", None).await;
        let lead = Fixture::scope(Role::TeamLead);
        send(&world, &lead, case, &decide(8000)).await.unwrap();
        // Within the window the job is not due.
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, ObligationState::Requested);
        let back = |grant| Command::TakeBack {
            grant,
            note: "a slip".into(),
        };
        send(&world, &lead, case, &back(0)).await.unwrap();
        assert_eq!(state(&world, case).await, ObligationState::Canceled);
        let taken = case_of(&world, case).await;
        assert_eq!(app::commit::queue_of(&taken), "review");
        assert_eq!(taken.granted_minor(), 0);
        in_order(&world).await;
        let anew = Command::Decide {
            lines: vec![GrantLine {
                line: 0,
                units: 0,
                outcome: Outcome::Refund,
                minor: 8000,
            }],
            shipping_minor: 0,
            reason: Some("agreed on the telephone".into()),
        };
        send(&world, &lead, case, &anew).await.unwrap();
        world.pass(61);
        world.run_jobs().await;
        let late = send(&world, &lead, case, &back(1)).await;
        assert_eq!(code(late), RefusalCode::AlreadySent);
        in_order(&world).await;
    })
    .await;
}
