//! Money another way than back to what paid, and who may say so: the abuse cases of destinations and
//! people by their numbers (A06 one person with two accounts, A11 destination change, A12 household,
//! A14 links, A23 leavers), payments made outside, and what nobody answers; on both engines.

use crate::approvals::{
    ask, case_of, code, decide, hash, in_order, lead_limits, limit, open, send, state, submitted,
};
use app::{
    App, AppError,
    cases::Call,
    payouts::{AccountGiven, LinkOver, LinkPurpose},
    people::Reach,
};
use kernel::{CaseId, ObligationId, Role, Scope, UserId};
use ports::Destination;
use returns::{
    Command, ManualWay, NameMatch, ObligationState as S, PayloadHash, RedirectState, RefusalCode,
};
use store::{Val, Write, questions::people, tables};
use testkit::{ALFA, BRAVO, Fixture, World, both};
use uuid::Uuid;

const OTHER: &str = "DE02120300000000202051";
const HOUR: i64 = 3_600;

fn account(holder: &str, reason: &str) -> AccountGiven {
    AccountGiven {
        holder: holder.into(),
        iban: OTHER.into(),
        reason: reason.into(),
    }
}

async fn redirect(
    world: &World,
    scope: &Scope,
    case: CaseId,
    given: &AccountGiven,
) -> Result<(), AppError> {
    let call = Call::new(scope, world.now());
    let asked = world.app.ask_destination(&call, ALFA, case, None, given);
    asked.await.map(drop)
}

async fn seal(world: &World, case: CaseId) -> PayloadHash {
    case_of(world, case).await.redirect.unwrap().hash
}

/// A refund of 80.00 that the bank has refused.
async fn refused(world: &World, number: &str) -> (CaseId, ObligationId) {
    let case = open(world, number, None).await;
    world.bank.script([testkit::Behaviour::Refuse]);
    let lead = Fixture::scope(Role::TeamLead);
    send(world, &lead, case, &decide(8000)).await.unwrap();
    world.run_jobs().await;
    assert_eq!(state(world, case).await, S::Failed);
    let owed = case_of(world, case).await.obligations.last().unwrap().id;
    (case, owed)
}

/// The newest link that was mailed about a subject.
fn link(world: &World, subject: &str) -> String {
    let mails = world.outbox.mails();
    let mail = mails.iter().rfind(|m| m.subject.starts_with(subject));
    let text = &mail.unwrap_or_else(|| panic!("no mail {subject}")).text;
    text.rsplit('/').next().unwrap().to_owned()
}

fn mailed(world: &World, subject: &str) -> usize {
    let mails = world.outbox.mails();
    mails
        .iter()
        .filter(|m| m.subject.starts_with(subject))
        .count()
}

/// Another account of the house.
async fn user(world: &World, n: u128, name: &str, role: Role) -> Scope {
    let id = UserId(Uuid::from_u128(0x9000 + n));
    let mut write = Write::new();
    App::put_user(&mut write, id, name, role, &[ALFA, BRAVO], world.now()).unwrap();
    world.app.store().write(write).await.unwrap();
    Scope::user(id, role, vec![ALFA, BRAVO])
}

fn id_of(scope: &Scope) -> UserId {
    match scope.actor() {
        kernel::Actor::User { id } => id,
        _ => panic!("not a person"),
    }
}

async fn whose(world: &World, scope: &Scope, person: Option<UserId>, reach: &Reach) {
    let mut write = Write::new();
    App::put_person(&mut write, id_of(scope), person, reach, world.now()).unwrap();
    world.app.store().write(write).await.unwrap();
}

async fn disable(world: &World, scope: &Scope) {
    let users = people::users(world.app.store()).await.unwrap();
    let own = users.iter().find(|u| u.user_id == id_of(scope).0).unwrap();
    let now: Val = world.now().as_millisecond().into();
    let mut write = Write::new();
    let row = vec![
        own.user_id.into(),
        own.name.as_str().into(),
        own.role.as_str().into(),
        own.clients.as_str().into(),
        now.clone(),
        now,
    ];
    write.row(&tables::APP_USER, row);
    world.app.store().write(write).await.unwrap();
}

#[tokio::test]
async fn a11_a_change_of_destination_needs_a_second_person_a_cooling_time_and_tells_the_customer() {
    both(|engine| async move {
        let world = World::new(engine, 71).await;
        let (case, owed) = refused(&world, "A11-1").await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        // Finance alone cannot put another account on file instead.
        let customer = {
            let page = world.app.case_page(&Scope::system(), ALFA, case).await;
            page.unwrap().order.customer
        };
        let finance = Fixture::scope(Role::Finance);
        let quick = app::intake::PayoutAccount {
            iban: OTHER.into(),
            holder: "Kim Lindqvist".into(),
        };
        let alone = world.app.set_payout(&finance, ALFA, customer, quick).await;
        assert_eq!(code(alone), RefusalCode::ChangedAtCase);

        let silent = redirect(&world, &agent, case, &account("Per Olsson", "")).await;
        assert!(matches!(silent, Err(AppError::Invalid(_))), "{silent:?}");
        let wrong = AccountGiven {
            iban: "DE02120300000000202052".into(),
            ..account("Kim Lindqvist", "")
        };
        let wrong = redirect(&world, &agent, case, &wrong).await;
        assert!(matches!(wrong, Err(AppError::Invalid(_))), "{wrong:?}");
        let given = account("K. Lindqvist", "");
        redirect(&world, &agent, case, &given).await.unwrap();
        in_order(&world).await;
        let asked = case_of(&world, case).await.redirect.unwrap();
        assert_eq!(asked.what.name, NameMatch::Close);
        // Neither the log nor the case says the number, nor anything it could be guessed from.
        let page = world.app.case_page(&Scope::system(), ALFA, case).await;
        let page = page.unwrap();
        let told = serde_json::to_string(&(&page.case, &page.events)).unwrap();
        assert!(!told.contains("0000202051"), "{told}");
        assert!(!told.contains("Lindqvist"), "{told}");
        // While it waits, a retry does not go back to what paid either.
        let retry = Command::RetryPayment { obligation: owed };
        send(&world, &finance, case, &retry).await.unwrap();
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Requested);
        // The one who asked does not approve it; a lead does, and only what was shown.
        let give = |hash| Command::GiveDestination { hash };
        let promoted = Scope::user(Fixture::user(Role::Agent), Role::TeamLead, vec![ALFA]);
        let own = send(&world, &promoted, case, &give(seal(&world, case).await)).await;
        assert_eq!(code(own), RefusalCode::FourEyes);
        let first = seal(&world, case).await;
        redirect(&world, &agent, case, &account("Kim Lindqvist", ""))
            .await
            .unwrap();
        let stale = send(&world, &lead, case, &give(first)).await;
        assert_eq!(code(stale), RefusalCode::ApprovalVoid);
        send(&world, &lead, case, &give(seal(&world, case).await))
            .await
            .unwrap();
        in_order(&world).await;
        world.run_jobs().await;
        assert_eq!(mailed(&world, "DestinationChanged"), 1);
        assert_eq!(state(&world, case).await, S::Requested, "it cools");
        world.pass(24 * HOUR - 1);
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Requested, "it still cools");
        // Not even a provider's word can make it leave earlier.
        let early = Command::PaymentSent { obligation: owed };
        let early = world
            .app
            .command(
                &Call::new(&Scope::system(), world.now()),
                ALFA,
                case,
                None,
                &early,
            )
            .await;
        assert_eq!(code(early), RefusalCode::Cooling);
        world.pass(1);
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Settled);
        let sent = world.bank.sent_to();
        let (key, last) = sent.last().unwrap();
        assert_eq!(key.obligation, owed);
        assert_eq!(key.attempt.number(), 2, "another key than what was refused");
        match last {
            Destination::Account { iban, name } => {
                assert_eq!((iban.electronic(), name.as_str()), (OTHER, "Kim Lindqvist"));
            }
            other @ Destination::Original { .. } => panic!("{other:?}"),
        }
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a11_the_customer_stops_a_change_that_was_not_theirs() {
    both(|engine| async move {
        let world = World::new(engine, 72).await;
        let (case, owed) = refused(&world, "A11-2").await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        let given = account("Kim Lindqvist", "");
        redirect(&world, &agent, case, &given).await.unwrap();
        let give = Command::GiveDestination {
            hash: seal(&world, case).await,
        };
        send(&world, &lead, case, &give).await.unwrap();
        world.run_jobs().await;
        let token = link(&world, "DestinationChanged");
        let app = &world.app;
        let looked = app.link_page(ALFA, &token, LinkPurpose::Object).await;
        assert_eq!(looked.unwrap().over, None);
        assert!(matches!(
            app.link_page(BRAVO, &token, LinkPurpose::Object).await,
            Err(AppError::Missing)
        ));
        assert!(matches!(
            app.link_page(ALFA, &token, LinkPurpose::Account).await,
            Err(AppError::Missing)
        ));
        app.object_to_account(ALFA, &token).await.unwrap();
        let again = app.object_to_account(ALFA, &token).await;
        assert!(matches!(again, Err(AppError::Missing)), "{again:?}");
        in_order(&world).await;
        // Back to what paid, and never to the account that was named.
        world.pass(48 * HOUR);
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Settled);
        let sent = world.bank.sent_to();
        let to = &sent.last().unwrap().1;
        assert!(
            matches!(to, Destination::Account { iban, .. } if iban.electronic() != OTHER),
            "{to:?}"
        );
        let known = case_of(&world, case).await;
        assert!(known.obligation(owed).unwrap().to.is_none());
        let said = known.redirect.unwrap().state;
        assert!(matches!(said, RedirectState::Objected { .. }), "{said:?}");
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a14_a_link_names_one_account_once_and_looking_changes_nothing() {
    both(|engine| async move {
        let world = World::new(engine, 73).await;
        let (case, _) = refused(&world, "A14-1").await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        let (app, invite) = (&world.app, Command::InviteAccount);
        send(&world, &agent, case, &invite).await.unwrap();
        world.run_jobs().await;
        let first = link(&world, "AccountAsked");
        let version = case_of(&world, case).await.version;
        for _ in 0..3 {
            let page = app.link_page(ALFA, &first, LinkPurpose::Account).await;
            assert_eq!(page.unwrap().over, None);
        }
        assert_eq!(case_of(&world, case).await.version, version);
        // A newer link ends the one before.
        send(&world, &agent, case, &invite).await.unwrap();
        world.run_jobs().await;
        let token = link(&world, "AccountAsked");
        assert_ne!(first, token);
        let gone = app.link_page(ALFA, &first, LinkPurpose::Account).await;
        assert!(matches!(gone, Err(AppError::Missing)), "{gone:?}");
        let given = account("Kim Lindqvist", "");
        let stranger = app.give_account(ALFA, &token, "10115", &given).await;
        assert!(
            matches!(stranger, Err(AppError::Invalid(_))),
            "{stranger:?}"
        );
        app.give_account(ALFA, &token, "04109", &given)
            .await
            .unwrap();
        let page = app.link_page(ALFA, &token, LinkPurpose::Account).await;
        assert_eq!(page.unwrap().over, Some(LinkOver::Used));
        let again = app.give_account(ALFA, &token, "04109", &given).await;
        assert!(matches!(again, Err(AppError::Missing)), "{again:?}");
        in_order(&world).await;
        // Who sent the link does not approve what came of it.
        let promoted = Scope::user(Fixture::user(Role::Agent), Role::TeamLead, vec![ALFA]);
        let give = Command::GiveDestination {
            hash: seal(&world, case).await,
        };
        let own = send(&world, &promoted, case, &give).await;
        assert_eq!(code(own), RefusalCode::FourEyes);
        send(&world, &lead, case, &give).await.unwrap();
        // A link nobody used ends by itself.
        let (other, _) = refused(&world, "A14-2").await;
        send(&world, &agent, other, &invite).await.unwrap();
        world.run_jobs().await;
        let late = link(&world, "AccountAsked");
        world.pass(7 * 24 * HOUR);
        let page = app.link_page(ALFA, &late, LinkPurpose::Account).await;
        assert_eq!(page.unwrap().over, Some(LinkOver::Late));
        let over = app.give_account(ALFA, &late, "04109", &given).await;
        assert!(matches!(over, Err(AppError::Missing)), "{over:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a14_a_link_opened_twice_at_once_is_used_once() {
    both(|engine| async move {
        let world = World::new(engine, 74).await;
        let (case, _) = refused(&world, "A14-3").await;
        let agent = Fixture::scope(Role::Agent);
        send(&world, &agent, case, &Command::InviteAccount)
            .await
            .unwrap();
        world.run_jobs().await;
        let token = link(&world, "AccountAsked");
        let given = account("Kim Lindqvist", "");
        let both = (0..4).map(|_| world.app.give_account(ALFA, &token, "04109", &given));
        let answers = futures::future::join_all(both).await;
        let taken = answers.iter().filter(|a| a.is_ok()).count();
        assert_eq!(taken, 1, "{answers:?}");
        in_order(&world).await;
    })
    .await;
}

fn outside(obligation: ObligationId, reference: &str, on: kernel::Date) -> Command {
    Command::ProposeManual {
        obligation,
        way: ManualWay::Bank,
        reference: reference.into(),
        on,
        reason: "the bank's files were down".into(),
    }
}

async fn said(world: &World, case: CaseId, owed: ObligationId) -> PayloadHash {
    case_of(world, case)
        .await
        .manual(owed)
        .unwrap()
        .hash
        .clone()
}

#[tokio::test]
async fn a_refund_paid_outside_is_said_by_one_and_confirmed_by_another() {
    both(|engine| async move {
        let world = World::new(engine, 75).await;
        let (case, owed) = refused(&world, "MP-1").await;
        let one = Fixture::scope(Role::Finance);
        let two = user(&world, 1, "Second Finance", Role::Finance).await;
        let today = world.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let short = send(&world, &one, case, &outside(owed, "x", today)).await;
        assert_eq!(code(short), RefusalCode::BadReference);
        let future = today.tomorrow().unwrap();
        let early = send(&world, &one, case, &outside(owed, "RF-2026-17", future)).await;
        assert_eq!(code(early), RefusalCode::BadReference);
        send(&world, &one, case, &outside(owed, "RF-2026-17", today))
            .await
            .unwrap();
        // While it waits, nothing is sent: it would be paid twice.
        let retry = Command::RetryPayment { obligation: owed };
        send(&world, &one, case, &retry).await.unwrap();
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Requested);
        in_order(&world).await;
        let confirm = Command::ConfirmManual {
            obligation: owed,
            hash: said(&world, case, owed).await,
        };
        let own = send(&world, &one, case, &confirm).await;
        assert_eq!(code(own), RefusalCode::FourEyes);
        let other = Command::ConfirmManual {
            obligation: owed,
            hash: PayloadHash::shown("something else"),
        };
        let void = send(&world, &two, case, &other).await;
        assert_eq!(code(void), RefusalCode::ApprovalVoid);
        send(&world, &two, case, &confirm).await.unwrap();
        assert_eq!(state(&world, case).await, S::Settled);
        let before = world.bank.sent_to().len();
        world.run_jobs().await;
        world.pass(48 * HOUR);
        world.run_jobs().await;
        assert_eq!(world.bank.sent_to().len(), before, "nothing was sent");
        let page = world.app.case_page(&Scope::system(), ALFA, case).await;
        let row = page.unwrap().obligations.remove(0);
        assert_eq!(row.gateway, "manual");
        assert_eq!(row.provider_ref, "RF-2026-17");
        assert_eq!(row.amount_minor, 8000);
        let again = send(&world, &one, case, &outside(owed, "RF-2026-18", today)).await;
        assert_eq!(code(again), RefusalCode::AlreadySent);
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_with_the_bank_is_not_paid_outside_and_what_is_refused_goes_on() {
    both(|engine| async move {
        let world = World::new(engine, 76).await;
        let one = Fixture::scope(Role::Finance);
        let two = user(&world, 1, "Second Finance", Role::Finance).await;
        let lead = Fixture::scope(Role::TeamLead);
        let today = world.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let case = open(&world, "MP-2", None).await;
        world.bank.script([testkit::Behaviour::Pend]);
        send(&world, &lead, case, &decide(8000)).await.unwrap();
        world.run_jobs().await;
        let owed = case_of(&world, case).await.obligations.last().unwrap().id;
        let late = send(&world, &one, case, &outside(owed, "RF-2026-19", today)).await;
        assert_eq!(code(late), RefusalCode::AlreadySent);
        let (case, owed) = refused(&world, "MP-3").await;
        send(&world, &one, case, &outside(owed, "RF-2026-20", today))
            .await
            .unwrap();
        let retry = Command::RetryPayment { obligation: owed };
        send(&world, &one, case, &retry).await.unwrap();
        let no = Command::RefuseManual {
            obligation: owed,
            hash: said(&world, case, owed).await,
            note: "not on the statement".into(),
        };
        send(&world, &two, case, &no).await.unwrap();
        world.run_jobs().await;
        assert_eq!(state(&world, case).await, S::Settled, "the bank paid it");
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_nobody_answers_in_a_day_is_decided_anew() {
    both(|engine| async move {
        let world = World::new(engine, 77).await;
        limit(&world.app, 5000, lead_limits(), None).await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        let case = open(&world, "EX-1", None).await;
        send(&world, &agent, case, &ask(8000)).await.unwrap();
        let (other, owed) = refused(&world, "EX-2").await;
        redirect(&world, &agent, other, &account("Kim Lindqvist", ""))
            .await
            .unwrap();
        world.pass(24 * HOUR - 1);
        world.run_jobs().await;
        assert!(case_of(&world, case).await.approval(0).unwrap().waits());
        world.pass(1);
        let late = Command::Approve {
            grant: 0,
            hash: hash(&world, case, 0).await,
        };
        let refused = send(&world, &lead, case, &late).await;
        assert_eq!(code(refused), RefusalCode::ApprovalVoid, "too late");
        world.run_jobs().await;
        let known = case_of(&world, case).await;
        assert_eq!(known.approval(0).unwrap().state_name(), "lapsed");
        assert_eq!(state(&world, case).await, S::Canceled);
        assert_eq!(app::commit::queue_of(&known), "review");
        assert_eq!(known.granted_minor(), 0);
        let known = case_of(&world, other).await;
        assert_eq!(known.redirect.as_ref().unwrap().state_name(), "lapsed");
        assert_eq!(known.obligation(owed).unwrap().state, S::Failed);
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a06_two_accounts_of_one_person_count_as_one() {
    both(|engine| async move {
        let world = World::new(engine, 78).await;
        let mut lead = lead_limits();
        lead.day = Some(10_000);
        limit(&world.app, 5000, lead, None).await;
        let agent = Fixture::scope(Role::Agent);
        let second = user(&world, 1, "Ana Costa 2", Role::TeamLead).await;
        let case = open(&world, "A06-1", None).await;
        send(&world, &agent, case, &ask(8000)).await.unwrap();
        let approve = Command::Approve {
            grant: 0,
            hash: hash(&world, case, 0).await,
        };
        whose(&world, &second, Some(id_of(&agent)), &Reach::default()).await;
        let own = send(&world, &second, case, &approve).await;
        assert_eq!(code(own), RefusalCode::FourEyes);
        // And their day is one day.
        let first = user(&world, 2, "Per Olsson 1", Role::TeamLead).await;
        let other = user(&world, 3, "Per Olsson 2", Role::TeamLead).await;
        let (one, two) = (
            open(&world, "A06-2", None).await,
            open(&world, "A06-3", None).await,
        );
        send(&world, &other, one, &decide(8000)).await.unwrap();
        whose(&world, &other, Some(id_of(&first)), &Reach::default()).await;
        let above = send(&world, &first, two, &decide(8000)).await;
        assert_eq!(code(above), RefusalCode::AboveAuthority);
        let above = send(&world, &other, two, &decide(8000)).await;
        assert_eq!(code(above), RefusalCode::AboveAuthority);
    })
    .await;
}

#[tokio::test]
async fn a12_an_order_of_the_household_is_nobodys_to_decide() {
    both(|engine| async move {
        let world = World::new(engine, 79).await;
        let case = open(&world, "A12-1", None).await;
        let lead = Fixture::scope(Role::TeamLead);
        for reach in [
            Reach {
                email: "Kim.A12-1+work@shopper.example".into(),
                ..Reach::default()
            },
            Reach {
                postcode: "04109".into(),
                street: "LINDENWEG 7".into(),
                ..Reach::default()
            },
        ] {
            whose(&world, &lead, None, &reach).await;
            let refused = send(&world, &lead, case, &decide(8000)).await;
            assert_eq!(code(refused), RefusalCode::OwnMatter, "{}", reach.street);
        }
        let neighbour = Reach {
            postcode: "04109".into(),
            street: "Lindenweg 9".into(),
            ..Reach::default()
        };
        whose(&world, &lead, None, &neighbour).await;
        send(&world, &lead, case, &decide(8000)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a23_what_a_leaver_asked_for_or_approved_is_void() {
    both(|engine| async move {
        let world = World::new(engine, 80).await;
        limit(&world.app, 5000, lead_limits(), None).await;
        let settings = app::settings::ClientSettings {
            undo_seconds: 60,
            ..Fixture::settings("Alfa Gifts")
        };
        Fixture::set_alfa(&world.app, &settings).await;
        let (agent, lead) = (Fixture::scope(Role::Agent), Fixture::scope(Role::TeamLead));
        let leaver = user(&world, 1, "Ana Costa", Role::TeamLead).await;
        let asked = open(&world, "A23-1", None).await;
        let small = user(&world, 2, "Small Agent", Role::Agent).await;
        send(&world, &small, asked, &ask(8000)).await.unwrap();
        let given = open(&world, "A23-2", None).await;
        send(&world, &agent, given, &ask(8000)).await.unwrap();
        let approve = |hash| Command::Approve { grant: 0, hash };
        let yes = approve(hash(&world, given, 0).await);
        send(&world, &leaver, given, &yes).await.unwrap();
        let kept = open(&world, "A23-3", None).await;
        send(&world, &agent, kept, &ask(8000)).await.unwrap();
        let yes = approve(hash(&world, kept, 0).await);
        send(&world, &lead, kept, &yes).await.unwrap();
        disable(&world, &leaver).await;
        disable(&world, &small).await;
        // Within the moment a session is remembered nothing is decided any more.
        let fresh = open(&world, "A23-4", None).await;
        let late = send(&world, &leaver, fresh, &decide(4000)).await;
        assert!(matches!(late, Err(AppError::Denied(_))), "{late:?}");
        let cut = world.app.leaver_cut(id_of(&leaver)).await.unwrap();
        assert_eq!(cut, 1);
        let cut = world.app.leaver_cut(id_of(&small)).await.unwrap();
        assert_eq!(cut, 1);
        assert_eq!(world.app.leaver_cut(id_of(&small)).await.unwrap(), 0);
        world.pass(61);
        world.run_jobs().await;
        assert_eq!(
            state(&world, given).await,
            S::Requested,
            "to be approved anew"
        );
        assert_eq!(
            state(&world, asked).await,
            S::Canceled,
            "to be decided anew"
        );
        assert_eq!(state(&world, kept).await, S::Settled, "not theirs");
        in_order(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_rule_pays_on_a_persons_word_counts_in_their_day() {
    both(|engine| async move {
        let world = World::new(engine, 81).await;
        let mut lead = lead_limits();
        lead.day = Some(20_000);
        limit(&world.app, 5000, lead, None).await;
        let lead = Fixture::scope(Role::TeamLead);
        let keep = Command::Authorise {
            lines: vec![returns::Count { line: 0, units: 4 }],
            keep: true,
            reason: Some("not worth the way back".into()),
        };
        let one = submitted(&world, "KP-1").await;
        send(&world, &lead, one, &keep).await.unwrap();
        let granted = case_of(&world, one).await.granted_minor();
        assert!(granted > 0, "the rule pays kept goods at once");
        let room = world.app.room(&lead, ALFA, one).await.unwrap();
        assert_eq!(room.day_left, Some(20_000 - granted));
        let two = submitted(&world, "KP-2").await;
        let above = send(&world, &lead, two, &keep).await;
        assert_eq!(code(above), RefusalCode::AboveAuthority);
    })
    .await;
}
