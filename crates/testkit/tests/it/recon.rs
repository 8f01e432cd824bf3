//! A day's reconciliation on both engines: planted faults are found once and none is invented,
//! again and again; people work on what was found.

use app::{
    AppError,
    cases::Call,
    recon::{Act, BreakRow, Closing},
};
use kernel::{BreakId, ClientId, Currency, Date, Money, ObligationId, Permission, Role, Scope};
use ports::{
    AccountEntry, AccountReport, Attempt, Balances, LooseEntry, LooseKind, PaymentKey, PaymentState,
};
use store::{Val, Write, tables};
use testkit::{ALFA, BRAVO, Fixture, World, both};
use uuid::Uuid;

const ACCOUNT: &str = "DE89370400440532013000";

/// The world's morning is Monday, 1 June 2026: payments of the Monday before, statements up to
/// the Friday.
fn day(day: i8) -> Date {
    Date::constant(2026, 5, day)
}

fn id(n: u128) -> ObligationId {
    ObligationId(Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 + n,
    ))
}

fn amount(n: u128) -> i64 {
    i64::try_from(1_000 + n * 7).unwrap()
}

/// A row of our books.
fn owed(write: &mut Write, n: u128, state: &str, attempts: i64) {
    owed_by(write, n, state, attempts, "iso20022");
}

/// The same, paid by this way.
fn owed_by(write: &mut Write, n: u128, state: &str, attempts: i64, way: &str) {
    let at = "2026-05-25T10:00:00Z".parse::<kernel::Timestamp>().unwrap();
    let row = vec![
        ALFA.into(),
        id(n).0.into(),
        Uuid::from_u128(9_000 + n).into(),
        Uuid::from_u128(8_000 + n).into(),
        "refund".into(),
        state.into(),
        way.into(),
        amount(n).into(),
        "EUR".into(),
        attempts.into(),
        "".into(),
        "".into(),
        at.as_millisecond().into(),
        at.as_millisecond().into(),
    ];
    write.row(&tables::OBLIGATION, row);
}

fn entry(n: u128, minor: i64, is_back: bool, on: Date) -> AccountEntry {
    AccountEntry {
        reference: format!("B{n}/{is_back}/{on}"),
        n: 0,
        key: PaymentKey {
            obligation: id(n),
            attempt: Attempt::FIRST,
        },
        is_back,
        amount: Money::new(minor, Currency::EUR),
        on,
    }
}

/// Statements of the last week of May whose balances follow from each other.
fn statements(entries: &[AccountEntry]) -> Vec<AccountReport> {
    statements_with(entries, &[])
}

/// The same with bookings that carry no key of ours.
fn statements_with(entries: &[AccountEntry], loose: &[LooseEntry]) -> Vec<AccountReport> {
    let mut balance = 10_000_000;
    let one = |day_of: i8| {
        let on = day(day_of);
        let own: Vec<AccountEntry> = entries.iter().filter(|e| e.on == on).cloned().collect();
        let signed = |e: &AccountEntry| {
            if e.is_back {
                e.amount.minor
            } else {
                -e.amount.minor
            }
        };
        let others: Vec<LooseEntry> = loose.iter().filter(|l| l.on == on).cloned().collect();
        let booked = own.iter().map(signed).sum::<i64>();
        let booked = booked + others.iter().map(|l| l.minor).sum::<i64>();
        let opening = balance;
        balance += booked;
        AccountReport {
            id: format!("S{day_of}"),
            account: ACCOUNT.to_owned(),
            currency: Currency::EUR,
            statement: Some(Balances {
                from: on,
                until: on,
                number: Some(i64::from(day_of)),
                opening_minor: opening,
                closing_minor: balance,
                booked_minor: booked,
            }),
            entries: own,
            numbered: Vec::new(),
            others: 1,
            loose: others,
        }
    };
    (25..=29).map(one).collect()
}

async fn books(world: &World, put: impl FnOnce(&mut Write)) {
    let store = world.engine.open().await;
    let mut write = Write::new();
    put(&mut write);
    store.write(write).await.unwrap();
}

async fn open(world: &World) -> Vec<BreakRow> {
    let system = Scope::system();
    // Page by page, as a list shows them.
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = world.app.recon_open(&system, ALFA, after.as_ref(), 2).await;
        let page = page.unwrap();
        assert!(page.rows.len() <= 2);
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

fn kinds(rows: &[BreakRow]) -> Vec<(String, String)> {
    let mut all: Vec<_> = rows
        .iter()
        .map(|b| (b.kind.clone(), b.subject.clone()))
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn planted_faults_are_found_once_and_none_is_invented() {
    both(|engine| async move {
        let world = World::new(engine, 7).await;
        books(&world, |write| {
            for n in 0..300 {
                owed(write, n, "settled", 1);
            }
            owed(write, 300, "sent", 1); // never booked
            owed(write, 301, "settled", 1); // booked twice
            owed(write, 302, "settled", 1); // another amount
            owed(write, 303, "settled", 1); // came back and nobody noticed
            owed(write, 304, "failed", 1); // booked all the same
            owed(write, 305, "returned", 1); // came back, and we know
            owed(write, 306, "requested", 0); // not sent
        })
        .await;
        let mut all: Vec<AccountEntry> = (0..300)
            .map(|n| entry(n, amount(n), false, day(26)))
            .collect();
        for n in [301, 303, 304, 305] {
            all.push(entry(n, amount(n), false, day(26)));
        }
        all.push(entry(301, amount(301), false, day(27)));
        all.push(entry(302, amount(302) + 50, false, day(26)));
        all.push(entry(303, amount(303), true, day(29)));
        all.push(entry(305, amount(305), true, day(28)));
        all.push(entry(999, 4_200, false, day(28))); // nobody owes it
        let reports = statements(&all);
        let words = [(
            entry(300, 0, false, day(26)).key,
            PaymentState::Pending {
                provider_ref: String::new(),
            },
        )];
        world
            .app
            .take_words(ALFA, "iso20022", "m1", &words)
            .await
            .unwrap();
        // A statement in between comes later than the others; the gap is the only finding it makes.
        let late: Vec<AccountReport> = reports.iter().filter(|r| r.id == "S27").cloned().collect();
        let early: Vec<AccountReport> = reports.iter().filter(|r| r.id != "S27").cloned().collect();
        world.app.take_reports(ALFA, &early).await.unwrap();
        world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        let found = open(&world).await;
        let gaps: Vec<_> = found.iter().filter(|b| b.kind == "gap").collect();
        assert_eq!(gaps.len(), 1, "{found:#?}");
        assert_eq!(gaps[0].cause, "statement_missing");
        assert!(
            found.iter().all(|b| b.kind != "missing"),
            "the gap explains it"
        );

        let expected = || {
            let subject = |n: u128| id(n).to_string();
            let mut all: Vec<(String, String)> = [
                ("missing", 300),
                ("doubled", 301),
                ("wrong_amount", 302),
                ("returned_late", 303),
                ("paid_unexpectedly", 304),
                ("unknown", 999),
            ]
            .map(|(kind, n)| (kind.to_owned(), subject(n)))
            .to_vec();
            all.sort();
            all
        };
        // Twice each: neither a statement nor a run counts a second time.
        for _ in 0..2 {
            world.app.take_reports(ALFA, &late).await.unwrap();
            world.app.take_reports(ALFA, &reports).await.unwrap();
            let days = world.app.reconcile_day(ALFA).await.unwrap().unwrap();
            assert_eq!(kinds(&open(&world).await), expected());
            assert_eq!(days.len(), 1);
            assert_eq!((days[0].even_count, days[0].waiting_count), (302, 0));
            assert_eq!((days[0].broken_count, days[0].fresh_count), (6, 6));
        }
        // On the day after none of them is new.
        world.pass(86_400);
        let days = world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        assert_eq!((days[0].broken_count, days[0].fresh_count), (6, 0));
        // And on the day after that, when only open breaks are looked at again.
        world.pass(3_600);
        world.app.reconcile_day(ALFA).await.unwrap();
        world.pass(86_400);
        let days = world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        assert_eq!(kinds(&open(&world).await), expected());
        assert_eq!(
            (days[0].even_count, days[0].fresh_count),
            (0, 0),
            "{days:?}"
        );
        let missing = open(&world).await;
        let missing = missing.iter().find(|b| b.kind == "missing").unwrap();
        assert_eq!(missing.cause, "bank_is_late");
        let page = world
            .app
            .recon_break(&Scope::system(), ALFA, BreakId(missing.break_id))
            .await
            .unwrap();
        assert_eq!((page.words.len(), page.booked.len()), (1, 0));
        assert!(page.ours.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_break_is_taken_explained_and_closed_and_comes_back_only_with_other_figures() {
    both(|engine| async move {
        let world = World::new(engine, 8).await;
        books(&world, |write| owed(write, 1, "settled", 1)).await;
        let wrong = vec![entry(1, 900, false, day(26))];
        world
            .app
            .take_reports(ALFA, &statements(&wrong))
            .await
            .unwrap();
        world.app.reconcile_day(ALFA).await.unwrap();
        let found = open(&world).await;
        assert_eq!(found.len(), 1);
        let brk = BreakId(found[0].break_id);
        let person = Fixture::user(Role::Finance);
        let scope = Scope::user(person, Role::Finance, vec![ALFA]);
        let call = Call::new(&scope, world.app.now());
        let act = async |rev, act, note: &str| {
            world
                .app
                .act_on_break(&call, ALFA, brk, rev, act, note)
                .await
        };
        act(1, Act::Take, "").await.unwrap();
        let stale = act(1, Act::Take, "").await.unwrap_err();
        assert!(matches!(stale, AppError::Stale { current: 2 }), "{stale:?}");
        let silent = act(2, Act::Close(Closing::Explained), " ")
            .await
            .unwrap_err();
        assert!(matches!(silent, AppError::Invalid(_)));
        act(2, Act::Close(Closing::PutRight), "the bank repays the rest")
            .await
            .unwrap();
        assert!(open(&world).await.is_empty());
        // Nobody without the right, and nobody of another client.
        let reader = Scope::user(person, Role::TeamLead, vec![ALFA]);
        let denied = Call::new(&reader, world.app.now());
        let denied = world
            .app
            .act_on_break(&denied, ALFA, brk, 3, Act::Reopen, "")
            .await;
        assert!(matches!(
            denied,
            Err(AppError::Denied(Permission::MoneyOperate))
        ));
        let neighbour = Scope::user(person, Role::Finance, vec![BRAVO]);
        let hidden = world.app.recon_break(&neighbour, ALFA, brk).await;
        assert!(matches!(hidden, Err(AppError::Missing)));

        // Another run leaves it closed; other figures open it again.
        world.app.reconcile_day(ALFA).await.unwrap();
        assert!(open(&world).await.is_empty());
        let more = AccountReport {
            id: "N1".to_owned(),
            account: ACCOUNT.to_owned(),
            currency: Currency::EUR,
            statement: None,
            entries: vec![entry(1, 900, true, day(29))],
            numbered: Vec::new(),
            others: 0,
            loose: Vec::new(),
        };
        world.app.take_reports(ALFA, &[more]).await.unwrap();
        world.app.reconcile_day(ALFA).await.unwrap();
        let after = open(&world).await;
        assert_eq!(after.len(), 1);
        assert_eq!(after[0].kind, "returned_late");
        // Once our books know of the return, everything agrees, by itself.
        books(&world, |write| owed(write, 1, "returned", 1)).await;
        world.app.reconcile_day(ALFA).await.unwrap();
        assert!(open(&world).await.is_empty());
        let page = world
            .app
            .recon_break(&scope, ALFA, BreakId(after[0].break_id))
            .await
            .unwrap();
        assert_eq!(page.row.state, "gone");
        let acts: Vec<&str> = page.notes.iter().map(|n| n.act.as_str()).collect();
        assert_eq!(acts, ["found", "gone"]);
    })
    .await;
}

/// A booking at the bank without a key of ours.
fn loose(kind: LooseKind, minor: i64, on: Date, text: &str) -> LooseEntry {
    LooseEntry {
        reference: format!("L{on}/{minor}"),
        n: 0,
        kind,
        minor,
        on,
        text: text.to_owned(),
    }
}

/// A batch of Adyen with its refunds; `of` says how much is paid out.
fn batch(number: i64, on: Date, entries: Vec<AccountEntry>, of: i64) -> AccountReport {
    let part = |kind: LooseKind, reference: &str, minor| LooseEntry {
        reference: reference.to_owned(),
        n: 0,
        kind,
        minor,
        on,
        text: String::new(),
    };
    let id = format!("batch {number}");
    let out = |e: &AccountEntry| {
        if e.is_back {
            e.amount.minor
        } else {
            -e.amount.minor
        }
    };
    let refunds: i64 = entries.iter().map(out).sum();
    let fees = -120;
    AccountReport {
        account: "adyen".to_owned(),
        currency: Currency::EUR,
        statement: Some(Balances {
            from: on,
            until: on,
            number: Some(number),
            opening_minor: 0,
            closing_minor: 0,
            booked_minor: 0,
        }),
        others: 3,
        loose: vec![
            part(
                LooseKind::Sales,
                &format!("{id}/sales"),
                of - refunds - fees,
            ),
            part(LooseKind::Refunds, &format!("{id}/refunds"), refunds),
            part(LooseKind::Fees, &format!("{id}/fees"), fees),
            part(LooseKind::Payout, &id, -of),
        ],
        entries,
        numbered: Vec::new(),
        id,
    }
}

#[tokio::test]
async fn card_refunds_and_their_lump_payouts_are_held_against_reports_and_bank() {
    both(|engine| async move {
        let world = World::new(engine, 10).await;
        books(&world, |write| {
            for n in 0..50 {
                owed_by(write, n, "settled", 1, "adyen");
            }
            owed_by(write, 400, "settled", 1, "adyen"); // in no batch
            owed_by(write, 401, "settled", 1, "adyen"); // twice
            owed_by(write, 402, "settled", 1, "adyen"); // another amount
            owed_by(write, 403, "settled", 1, "adyen"); // failed later, and nobody noticed
            owed_by(write, 404, "pending", 1, "adyen"); // paid, and the webhook was lost
            owed_by(write, 405, "settled", 1, "stripe"); // nobody reads reports of Stripe
        })
        .await;
        let mut first: Vec<_> = (0..50)
            .map(|n| entry(n, amount(n), false, day(25)))
            .collect();
        for n in [401, 403, 404] {
            first.push(entry(n, amount(n), false, day(25)));
        }
        first.push(entry(402, amount(402) - 30, false, day(25)));
        let second = vec![entry(401, amount(401), false, day(26))];
        let fourth = vec![entry(403, amount(403), true, day(28))];
        let batches = [
            batch(1, day(25), first, 100_000),
            batch(2, day(26), second, 50_000),
            batch(3, day(27), Vec::new(), 25_000),
            batch(4, day(28), fourth, 12_500),
            batch(5, day(29), Vec::new(), 6_000),
        ];
        let bank = statements_with(
            &[],
            &[
                loose(LooseKind::Credit, 99_000, day(26), "ADYEN N.V. batch 1"),
                loose(LooseKind::Credit, 25_000, day(28), "Adyen N.V."),
                loose(LooseKind::Credit, 12_500, day(29), "ADYEN N.V. batch 4"),
                loose(LooseKind::Credit, 777, day(29), "Kim Lindqvist, thank you"),
                loose(LooseKind::Debit, -4_321, day(28), "Invoice 77"),
                loose(LooseKind::Charge, -500, day(29), "Account fee"),
            ],
        );
        world.app.take_reports(ALFA, &bank).await.unwrap();
        // The fourth report is fetched late: its hole is what is found, and what it may explain waits.
        let (late, early): (Vec<_>, Vec<_>) =
            batches.iter().cloned().partition(|b| b.id == "batch 4");
        world.app.take_reports(ALFA, &early).await.unwrap();
        world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        let found = kinds(&open(&world).await);
        let has = |kind: &str| found.iter().filter(|(k, _)| k == kind).count();
        assert_eq!(has("report_missing"), 1, "{found:#?}");
        assert_eq!((has("missing"), has("unheard")), (0, 0), "{found:#?}");

        let subject = |n: u128| id(n).to_string();
        let mut expected: Vec<(String, String)> = [
            ("missing", subject(400)),
            ("doubled", subject(401)),
            ("wrong_amount", subject(402)),
            ("returned_late", subject(403)),
            ("unheard", subject(404)),
            ("payout_differs", "adyen batch 1".to_owned()),
            ("payout_missing", "adyen batch 2".to_owned()),
            ("foreign_debit", format!("{ACCOUNT} L2026-05-28/-4321")),
            ("foreign_debit", format!("{ACCOUNT} L2026-05-29/-500")),
        ]
        .map(|(kind, subject)| (kind.to_owned(), subject))
        .to_vec();
        expected.sort();
        for _ in 0..2 {
            world.app.take_reports(ALFA, &late).await.unwrap();
            world.app.take_reports(ALFA, &batches).await.unwrap();
            world.app.reconcile_day(ALFA).await.unwrap().unwrap();
            assert_eq!(kinds(&open(&world).await), expected);
        }
        let ages = world.app.recon_ages(&Scope::system(), ALFA).await.unwrap();
        let named: Vec<_> = ages.iter().map(|a| (a.name, a.breaks)).collect();
        assert_eq!(named.iter().map(|(_, n)| n).sum::<i64>(), 9, "{ages:?}");
        assert!(named.iter().all(|(name, _)| *name == "days"), "{ages:?}");
        // What a lump is made of, and where the bank booked it.
        let payouts = world.app.recon_payouts(&Scope::system(), ALFA).await;
        let payouts = payouts.unwrap();
        let reports: Vec<_> = payouts
            .iter()
            .map(|p| (p.report.as_str(), p.payout_minor, p.booked_on.as_deref()))
            .collect();
        assert_eq!(
            reports,
            [
                ("batch 5", Some(6_000), None),
                ("batch 4", Some(12_500), Some("2026-05-29")),
                ("batch 3", Some(25_000), Some("2026-05-28")),
                ("batch 2", Some(50_000), None),
                ("batch 1", Some(100_000), None),
            ]
        );
        let four = &payouts[1];
        assert_eq!((four.refunds_minor, four.fees_minor), (amount(403), -120));
        // Another money's lump comes, a report does not: both are told, with their age.
        world.pass(10 * 86_400);
        world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        let found = kinds(&open(&world).await);
        assert!(
            found.contains(&("report_missing".to_owned(), "adyen batch 5".to_owned())),
            "{found:#?}"
        );
        let ages = world.app.recon_ages(&Scope::system(), ALFA).await.unwrap();
        assert!(ages.iter().any(|a| a.name == "weeks"), "{ages:?}");
    })
    .await;
}

#[tokio::test]
async fn what_happens_to_a_break_is_an_event_with_a_leaf_and_its_row_can_be_made_again() {
    both(|engine| async move {
        let world = World::new(engine, 11).await;
        let lone = [loose(LooseKind::Debit, -990, day(27), "Invoice 78")];
        let bank = statements_with(&[], &lone);
        world.app.take_reports(ALFA, &bank).await.unwrap();
        world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        let found = open(&world).await;
        assert_eq!(found.len(), 1, "{found:#?}");
        let brk = BreakId(found[0].break_id);
        let person = Fixture::user(Role::Finance);
        let scope = Scope::user(person, Role::Finance, vec![ALFA]);
        let call = Call::new(&scope, world.app.now());
        for (rev, act, note) in [
            (1, Act::Take, ""),
            (2, Act::Close(Closing::Explained), "the rent of the house"),
        ] {
            let done = world.app.act_on_break(&call, ALFA, brk, rev, act, note);
            done.await.unwrap();
        }
        let system = Scope::system();
        while world.app.sequence_all().await.unwrap() > 0 {}
        let stream = kernel::CaseId(brk.0);
        let store = world.engine.open().await;
        let events = store::questions::cases::events_of_case(&store, ALFA, stream);
        let events = events.await.unwrap();
        let told: Vec<&str> = events.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(told, ["break_found", "break_taken", "break_closed"]);
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");

        // Somebody opens it again behind our back: the audit names it, and it is made again.
        let before = world.app.recon_break(&system, ALFA, brk).await.unwrap();
        let mut write = Write::new();
        let row: Vec<Val> = vec![
            ALFA.into(),
            brk.0.into(),
            Val::Int(3),
            "open".into(),
            "EUR".into(),
            "foreign_debit".into(),
            "not_ordered".into(),
            before.row.subject.as_str().into(),
            Val::Null(store::Kind::Uuid),
            Val::Null(store::Kind::Uuid),
            Val::Int(0),
            Val::Int(-1),
            "EUR".into(),
            before.row.since_on.as_str().into(),
            Val::Null(store::Kind::Uuid),
            "".into(),
            before.row.opened_at.into(),
            before.row.updated_at.into(),
        ];
        write.row(&tables::RECON_BREAK, row);
        store.write(write).await.unwrap();
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert_eq!(audit.findings.len(), 1, "{audit:#?}");
        let rebuilt = world.app.rebuild(&system, false).await.unwrap();
        assert_eq!(rebuilt.changed.get("recon_break"), Some(&1), "{rebuilt:?}");
        let after = world.app.recon_break(&system, ALFA, brk).await.unwrap();
        assert_eq!(after.row, before.row);
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");
    })
    .await;
}

#[tokio::test]
async fn one_of_two_processes_reconciles_a_day() {
    both(|engine| async move {
        let world = World::new(engine, 9).await;
        let now = world.app.now().as_millisecond();
        let row: Vec<Val> = vec![
            ALFA.into(),
            "2026-06-01".into(),
            "working".into(),
            Val::Int(1),
            now.into(),
            Val::Int(0),
            Val::Int(10),
            Val::Int(0),
            Val::Int(0),
        ];
        books(&world, |write| write.row(&tables::RECON_RUN, row)).await;
        assert_eq!(world.app.reconcile_day(ALFA).await.unwrap(), None);
        let seen: ClientId = ALFA;
        let progress = world
            .app
            .recon_progress(&Scope::system(), seen)
            .await
            .unwrap();
        assert_eq!(progress.map(|p| (p.done, p.total)), Some((0, 10)));
        // Whoever was at it is not seen any more.
        world.pass(61);
        assert!(world.app.reconcile_day(ALFA).await.unwrap().is_some());
    })
    .await;
}

/// Stripe's report without our column, as CSV; lines of one payout.
fn stripe(lines: &[&str]) -> Vec<u8> {
    let head = "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,\
        currency,gross,fee,net,reporting_category,source_id,charge_id,payment_intent_id\n";
    let mut text = head.to_owned();
    for line in lines {
        text.push_str("po_1,2026-05-29 00:00:00,");
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

async fn give(world: &World, bytes: Vec<u8>) -> Result<Vec<bool>, Vec<(Option<u64>, String)>> {
    let finance = Fixture::scope(Role::Finance);
    let taken = world.app.take_report_file(&finance, ALFA, bytes).await;
    let taken = taken.unwrap();
    taken
        .map(|reports| reports.iter().map(|r| r.known).collect())
        .map_err(|faults| {
            let named = faults.into_iter();
            named
                .map(|f| (f.line, format!("{} {}", f.code, f.value)))
                .collect()
        })
}

#[tokio::test]
async fn a_file_is_taken_in_whole_or_not_at_all_and_once() {
    both(|engine| async move {
        let world = World::new(engine, 14).await;
        let good = "txn_1,2026-05-26 10:00:00,eur,100.00,3.00,97.00,charge,ch_1,ch_1,pi_1";
        let wrong = [
            good,
            "txn_2,2026-05-26 10:00:00,eur,ten,0,10.00,charge,ch_2,ch_2,pi_2",
            "txn_3,soon,eur,10.00,0,10.00,charge,ch_3,ch_3,pi_3",
            "txn_4,2026-05-26 10:00:00,moon,10.00,0,10.00,charge,ch_4,ch_4,pi_4",
        ];
        let faults = give(&world, stripe(&wrong)).await.unwrap_err();
        let named: Vec<(Option<u64>, &str)> =
            faults.iter().map(|(l, w)| (*l, w.as_str())).collect();
        assert_eq!(
            named,
            [
                (Some(3), "amount ten"),
                (Some(4), "day soon"),
                (Some(5), "currency moon"),
            ]
        );
        let system = Scope::system();
        let reports = world.app.recon_payouts(&system, ALFA).await.unwrap();
        assert!(reports.is_empty(), "nothing of it was taken in");
        for bytes in [&b"hello"[..], b"", b"<Document/>", b"\xff\xfe"] {
            let faults = give(&world, bytes.to_vec()).await.unwrap_err();
            assert_eq!(faults.len(), 1, "{faults:?}");
        }
        assert_eq!(give(&world, stripe(&[good])).await, Ok(vec![false]));
        assert_eq!(give(&world, stripe(&[good])).await, Ok(vec![true]));
        let reports = world.app.recon_payouts(&system, ALFA).await.unwrap();
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].sales_minor, 10_000);
        let stranger = Fixture::scope(Role::Agent);
        let refused = world.app.take_report_file(&stranger, ALFA, stripe(&[good]));
        assert!(matches!(refused.await, Err(AppError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn refunds_without_our_key_are_found_by_the_number_the_provider_told() {
    both(|engine| async move {
        let world = World::new(engine, 15).await;
        books(&world, |write| {
            owed_by(write, 1, "settled", 1, "stripe");
            owed_by(write, 2, "settled", 1, "stripe");
        })
        .await;
        let store = world.engine.open().await;
        // What the provider told when it paid.
        for (n, number) in [(1, "re_1"), (2, "re_2")] {
            let mut row = Write::new();
            let at = "2026-05-25T10:00:00Z".parse::<kernel::Timestamp>().unwrap();
            row.row(
                &tables::OBLIGATION,
                vec![
                    ALFA.into(),
                    id(n).0.into(),
                    Uuid::from_u128(9_000 + n).into(),
                    Uuid::from_u128(8_000 + n).into(),
                    "refund".into(),
                    "settled".into(),
                    "stripe".into(),
                    amount(n).into(),
                    "EUR".into(),
                    Val::Int(1),
                    number.into(),
                    "".into(),
                    at.as_millisecond().into(),
                    at.as_millisecond().into(),
                ],
            );
            store.write(row).await.unwrap();
        }
        let line = |txn: &str, of: &str, day: i8, minor: i64, kind: &str| {
            let sum = Money::new(minor, Currency::EUR).decimal();
            format!("{txn},2026-05-{day} 10:00:00,eur,{sum},0.00,{sum},{kind},{of},ch_1,pi_1")
        };
        let all = [
            line("txn_1", "re_1", 25, -amount(1), "refund"),
            line("txn_2", "re_2", 25, -amount(2), "refund"),
            line("txn_3", "re_9", 25, -333, "refund"),
            // It failed days later, and nobody noticed.
            line("txn_4", "re_2", 27, amount(2), "refund_failure"),
        ];
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        give(&world, stripe(&all)).await.unwrap();
        world.app.reconcile_day(ALFA).await.unwrap().unwrap();
        let found = kinds(&open(&world).await);
        let about = |n: u128| {
            let subject = id(n).to_string();
            let of = found.iter().filter(|(_, s)| *s == subject);
            of.map(|(kind, _)| kind.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(about(1), Vec::<&str>::new(), "{found:#?}");
        assert_eq!(about(2), ["returned_late"], "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn chargebacks_are_held_against_disputes_one_by_one() {
    use app::disputes::{News, Stage, Word};
    both(|engine| async move {
        let world = World::new(engine, 16).await;
        let word = |number: &str, payment: &str, stage: Stage| Word {
            provider: "stripe".into(),
            reference: number.into(),
            payments: vec![payment.into()],
            order_number: "".into(),
            news: News {
                source: "stripe".into(),
                message: format!("{number}/{}", stage.as_str()).into(),
                at: "2026-05-25T08:00:00Z".parse().unwrap(),
                stage,
                round: 1,
                amount: Some(Money::new(2_500, Currency::EUR)),
                reason: None,
                scheme: None,
                due_at: None,
                taken: None,
                step: "".into(),
            },
        };
        for (number, payment, stage) in [
            ("dp_fits", "pi_1", Stage::NeedsResponse),
            ("dp_twice", "pi_2", Stage::NeedsResponse),
            ("PP-D-1", "pi_3", Stage::Won),
        ] {
            let news = word(number, payment, stage);
            world.app.dispute_news(ALFA, &news).await.unwrap();
        }
        let taken = |txn: &str, of: &str, payment: &str| {
            format!("{txn},2026-05-25 10:00:00,eur,-25.00,15.00,-40.00,dispute,{of},ch_1,{payment}")
        };
        let all = [
            taken("txn_1", "dp_fits", "pi_1"),
            taken("txn_2", "dp_twice", "pi_2"),
            taken("txn_3", "dp_twice", "pi_2"),
            taken("txn_4", "dp_stranger", "pi_4"),
            // Known by its payment alone.
            taken("txn_5", "dp_other", "pi_3"),
            "txn_6,2026-05-28 10:00:00,eur,25.00,0.00,25.00,dispute_reversal,dp_other,ch_1,pi_3"
                .to_owned(),
        ];
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        give(&world, stripe(&all)).await.unwrap();
        let chargebacks = async || {
            world.app.reconcile_day(ALFA).await.unwrap().unwrap();
            let mut found = kinds(&open(&world).await);
            found.retain(|(kind, _)| kind.starts_with("chargeback"));
            found.sort();
            found
        };
        let expected = [
            (
                "chargeback_differs".to_owned(),
                "stripe dispute dp_twice".to_owned(),
            ),
            (
                "chargeback_unknown".to_owned(),
                "stripe dispute dp_stranger".to_owned(),
            ),
        ];
        assert_eq!(chargebacks().await, expected);
        assert_eq!(chargebacks().await, expected, "again on the same day");
        // Somebody tells of the stranger: its break goes by itself.
        let news = word("dp_stranger", "pi_4", Stage::NeedsResponse);
        world.app.dispute_news(ALFA, &news).await.unwrap();
        assert_eq!(chargebacks().await, expected[..1]);
        let system = Scope::system();
        let reports = world.app.recon_payouts(&system, ALFA).await.unwrap();
        assert_eq!(reports[0].chargebacks_minor, -2_500 * 4);
        assert_eq!(reports[0].fees_minor, -1_500 * 5);
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_payment_made_outside_is_found_on_the_statement_by_its_reference() {
    both(|engine| async move {
        let world = World::new(engine, 12).await;
        let at = "2026-05-25T10:00:00Z".parse::<kernel::Timestamp>().unwrap();
        books(&world, |write| {
            for (n, way, reference) in [
                (1, "manual", "RF-2026-17"),
                (2, "manual", "RF-2026-18"),
                (3, "cash", "BON-1"),
            ] {
                let key: Vec<Val> = vec![
                    ALFA.into(),
                    Uuid::from_u128(9_000 + n).into(),
                    id(n).0.into(),
                ];
                let asked = vec![
                    "manual".into(),
                    "given".into(),
                    "seal".into(),
                    amount(n).into(),
                    "EUR".into(),
                    Val::Null(store::Kind::Uuid),
                    at.as_millisecond().into(),
                    at.as_millisecond().into(),
                ];
                write.row(&tables::PAYOUT_ASK, [key, asked].concat());
                let row = vec![
                    ALFA.into(),
                    id(n).0.into(),
                    Uuid::from_u128(9_000 + n).into(),
                    Uuid::from_u128(8_000 + n).into(),
                    "refund".into(),
                    "settled".into(),
                    way.into(),
                    amount(n).into(),
                    "EUR".into(),
                    1.into(),
                    reference.into(),
                    "".into(),
                    at.as_millisecond().into(),
                    at.as_millisecond().into(),
                ];
                write.row(&tables::OBLIGATION, row);
            }
        })
        .await;
        let debits = [
            loose(LooseKind::Debit, -amount(1), day(26), "RF 2026 17 REFUND"),
            loose(LooseKind::Debit, -77_000, day(26), "somebody else"),
        ];
        let reports = statements_with(&[], &debits);
        world.app.take_reports(ALFA, &reports).await.unwrap();
        for _ in 0..2 {
            world.app.reconcile_day(ALFA).await.unwrap();
            let found = open(&world).await;
            let subjects: Vec<&str> = found.iter().map(|b| b.subject.as_str()).collect();
            assert_eq!(found.len(), 2, "{found:#?}");
            assert!(
                subjects.contains(&id(2).to_string().as_str()),
                "what is not on the statement is missed: {subjects:?}"
            );
            assert!(
                subjects.iter().any(|s| s.contains("-77000")),
                "a stranger's debit is still unexplained: {subjects:?}"
            );
            world.pass(86_400);
        }
    })
    .await;
}
