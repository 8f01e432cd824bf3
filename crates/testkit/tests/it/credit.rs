//! Store credit and the books through the whole house, on both engines.

use app::{
    AppError,
    books::{BalanceRow, Month, Period},
    cases::{Call, Idempotency, OrderKey, Request},
    credit::{CreditAnswer, CreditAsk},
};
use kernel::{CaseId, ClientId, CreditId, Currency, Money, ObligationId, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Command, Count, ObligationKind, Path, RefusalCode, RequestedLine, journal::Account};
use store::{Expect, Statement, Write};
use testkit::{ALFA, BRAVO, Fixture, World, both};

const DAY: i64 = 86_400;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Two lamps of 40.00 come back for store credit, less the label of 4.99, 5 % bonus on top:
/// 75.01 and 3.75.
async fn credited(world: &World, number: &str) -> (CaseId, CreditId) {
    let drafts = vec![Fixture::draft(number, 2, world.now())];
    Fixture::orders(&world.app, ALFA, drafts).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let request = Request {
        order: OrderKey::Number(number.into()),
        lines: vec![RequestedLine {
            line: 0,
            units: 2,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::StoreCredit,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Ordinary,
    };
    let case = world.app.request_return(&call, ALFA, &request).await;
    let case = case.unwrap().case;
    let receive = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 2 }],
        strays: vec![],
        complete: true,
    };
    let dock = Fixture::scope(Role::DockOperator);
    let at_dock = Call::new(&dock, world.now());
    world
        .app
        .command(&at_dock, ALFA, case, None, &receive)
        .await
        .unwrap();
    world.run_jobs().await;
    let rows = world
        .app
        .credit_of_customer(&system, ALFA, &format!("c-{number}"))
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    (case, CreditId(rows[0].credit_id))
}

async fn ask(world: &World, credit: CreditId, ask: &CreditAsk) -> Result<CreditAnswer, AppError> {
    let till = Fixture::scope(Role::ClientUser);
    let call = Call::new(&till, world.now());
    world.app.credit_command(&call, ALFA, credit, ask).await
}

fn spend(minor: i64) -> CreditAsk {
    CreditAsk::Spend {
        amount: eur(minor),
        reference: "W-77".into(),
    }
}

async fn balance(world: &World, account: Account) -> i64 {
    let system = Scope::system();
    let period = Period::new(
        "2026-01".parse().unwrap(),
        "2027-12".parse::<Month>().unwrap(),
    );
    let which = (Currency::EUR, account);
    let found = world
        .app
        .account_balance(&system, ALFA, which, period.unwrap());
    found.await.unwrap().closing_minor()
}

async fn holds(world: &World) {
    let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
    assert!(audit.is_ok(), "{:#?}", audit.findings);
}

async fn obligation(world: &World, case: CaseId, kind: ObligationKind) -> ObligationId {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let found = page.unwrap().case.obligations.into_iter();
    let mut found = found.filter(|o| o.kind == kind);
    found.next().unwrap().id
}

#[tokio::test]
async fn credit_is_given_spent_undone_and_ends() {
    both(|engine| async move {
        let world = World::new(engine, 21).await;
        let (_, credit) = credited(&world, "C-1").await;
        assert_eq!(balance(&world, Account::StoreCredit).await, -7501);
        assert_eq!(balance(&world, Account::PromotionalCredit).await, -375);
        assert_eq!(balance(&world, Account::ShopperLiability).await, 0);

        // The bonus is spent first.
        let paid = ask(&world, credit, &spend(1000)).await.unwrap();
        assert_eq!((paid.available, paid.promotional), (eur(6876), eur(0)));
        assert_eq!(balance(&world, Account::PromotionalCredit).await, 0);
        assert_eq!(balance(&world, Account::ClientFunds).await, -1000);
        let more = ask(&world, credit, &spend(6877)).await.unwrap_err();
        let AppError::Refused(refusal) = more else {
            panic!("{more}")
        };
        assert_eq!(
            (refusal.code, refusal.limit),
            (RefusalCode::CreditShort, Some(eur(6876)))
        );
        let yen = CreditAsk::Spend {
            amount: Money::new(1, "JPY".parse().unwrap()),
            reference: "W".into(),
        };
        let wrong = ask(&world, credit, &yen).await.unwrap_err();
        assert!(matches!(&wrong, AppError::Refused(r) if r.code == RefusalCode::WrongCurrency));
        for nothing in [0, -5, i64::MIN] {
            let refused = ask(&world, credit, &spend(nothing)).await.unwrap_err();
            assert!(matches!(&refused, AppError::Refused(r) if r.code == RefusalCode::WrongAmount));
        }

        // Undone, held, spent in part from what is held.
        ask(&world, credit, &CreditAsk::Void { id: paid.id })
            .await
            .unwrap();
        let hold = CreditAsk::Hold {
            amount: eur(5000),
            reference: "W-78".into(),
        };
        let held = ask(&world, credit, &hold).await.unwrap();
        assert_eq!((held.available, held.held), (eur(2876), eur(5000)));
        let part = CreditAsk::SpendHeld {
            id: held.id,
            amount: Some(eur(4000)),
        };
        let paid = ask(&world, credit, &part).await.unwrap();
        assert_eq!((paid.available, paid.held), (eur(3876), eur(0)));
        let again = ask(&world, credit, &part).await.unwrap_err();
        assert!(matches!(again, AppError::Missing), "{again}");

        // Nobody comes: the hold ends after a week, the bonus after a year, the watch says so.
        let rest = CreditAsk::Hold {
            amount: eur(100),
            reference: "W-79".into(),
        };
        ask(&world, credit, &rest).await.unwrap();
        world.pass(8 * DAY);
        world.run_jobs().await;
        let system = Scope::system();
        let statement = world.app.credit_statement(&system, ALFA, credit).await;
        let statement = statement.unwrap();
        assert_eq!(statement.account.held(), 0);
        assert_eq!(statement.lines.last().unwrap().balance, 3876);
        ask(&world, credit, &CreditAsk::Void { id: paid.id })
            .await
            .unwrap();
        assert_eq!(balance(&world, Account::PromotionalCredit).await, -375);
        world.pass(366 * DAY);
        world.run_jobs().await;
        assert_eq!(balance(&world, Account::PromotionalCredit).await, 0);
        assert_eq!(balance(&world, Account::PromotionCost).await, 0);
        assert_eq!(balance(&world, Account::StoreCredit).await, -7501);
        holds(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_purchases_at_once_never_overspend() {
    both(|engine| async move {
        let world = World::new(engine, 22).await;
        let (_, credit) = credited(&world, "C-2").await;
        // 78.76 for fifty purchases of 3.00: 26 are paid.
        let spent = spend(300);
        let fifty = (0..50).map(|_| ask(&world, credit, &spent));
        let answers = futures::future::join_all(fifty).await;
        let paid = answers.iter().filter(|a| a.is_ok()).count();
        assert_eq!(paid, 26);
        for refused in answers.into_iter().filter_map(Result::err) {
            let short =
                matches!(&refused, AppError::Refused(r) if r.code == RefusalCode::CreditShort);
            assert!(short, "{refused}");
        }
        assert_eq!(balance(&world, Account::StoreCredit).await, -76);
        assert_eq!(balance(&world, Account::ClientFunds).await, -7800);
        holds(&world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_pays_once_and_another_client_reaches_nothing() {
    both(|engine| async move {
        let world = World::new(engine, 23).await;
        let (_, credit) = credited(&world, "C-3").await;
        let till = Fixture::scope(Role::ClientUser);
        let mut call = Call::new(&till, world.now());
        call.idempotency = Some(Idempotency::new("till-1", b"3.00").unwrap());
        let spent = spend(300);
        let eight = (0..8).map(|_| world.app.credit_command(&call, ALFA, credit, &spent));
        let answers: Vec<CreditAnswer> = futures::future::join_all(eight)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(answers.iter().filter(|a| !a.replayed).count(), 1);
        assert!(answers.iter().all(|a| a.available == eur(7576)));
        call.idempotency = Some(Idempotency::new("till-1", b"4.00").unwrap());
        let reused = world
            .app
            .credit_command(&call, ALFA, credit, &spend(400))
            .await;
        assert!(matches!(reused, Err(AppError::KeyReused)));
        // Under another client the account is not there; an agent may not spend.
        call.idempotency = None;
        let elsewhere = world.app.credit_command(&call, BRAVO, credit, &spent).await;
        assert!(matches!(elsewhere, Err(AppError::Missing)));
        let other = Scope::user(
            Fixture::user(Role::ClientUser),
            Role::ClientUser,
            vec![ClientId(2)],
        );
        let call = Call::new(&other, world.now());
        let walled = world.app.credit_command(&call, ALFA, credit, &spent).await;
        assert!(matches!(walled, Err(AppError::Missing)));
        let agent = Fixture::scope(Role::Agent);
        let call = Call::new(&agent, world.now());
        let denied = world.app.credit_command(&call, ALFA, credit, &spent).await;
        assert!(matches!(denied, Err(AppError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn credit_that_was_spent_is_not_taken_back() {
    both(|engine| async move {
        let world = World::new(engine, 24).await;
        let (case, credit) = credited(&world, "C-4").await;
        let finance = Fixture::scope(Role::Finance);
        let call = Call::new(&finance, world.now());
        let owed = obligation(&world, case, ObligationKind::StoreCredit).await;
        let back = Command::PaymentReturned {
            obligation: owed,
            code: "given by mistake".into(),
        };
        let paid = ask(&world, credit, &spend(401)).await.unwrap();
        let used = world.app.command(&call, ALFA, case, None, &back).await;
        let Err(AppError::Refused(refusal)) = used else {
            panic!("{used:?}")
        };
        assert_eq!(
            (refusal.code, refusal.limit),
            (RefusalCode::CreditUsed, Some(eur(7475)))
        );
        assert_eq!(balance(&world, Account::StoreCredit).await, -7475);
        ask(&world, credit, &CreditAsk::Void { id: paid.id })
            .await
            .unwrap();
        world
            .app
            .command(&call, ALFA, case, None, &back)
            .await
            .unwrap();
        assert_eq!(balance(&world, Account::StoreCredit).await, 0);
        assert_eq!(balance(&world, Account::ShopperLiability).await, -7501);
        // Paid once more, into the same account.
        let retry = Command::RetryPayment { obligation: owed };
        world
            .app
            .command(&call, ALFA, case, None, &retry)
            .await
            .unwrap();
        world.run_jobs().await;
        assert_eq!(balance(&world, Account::StoreCredit).await, -7501);
        holds(&world).await;
    })
    .await;
}

#[tokio::test]
async fn damaged_books_are_named_and_made_again() {
    both(|engine| async move {
        let world = World::new(engine, 25).await;
        let (_, credit) = credited(&world, "C-5").await;
        ask(&world, credit, &spend(1000)).await.unwrap();
        holds(&world).await;
        let break_it = |sql: &'static str| Statement {
            name: "break",
            sql,
            params: vec![ALFA.into()],
            returns: &[],
            expect: Expect::Some,
        };
        for (sql, named) in [
            (
                "UPDATE account_balance SET debit_minor = debit_minor + 1 WHERE client_id = $1",
                "lacks",
            ),
            (
                "UPDATE journal SET minor = minor + 1 WHERE client_id = $1",
                "journal says otherwise in: minor",
            ),
            (
                "DELETE FROM journal WHERE client_id = $1",
                "a row of journal is missing",
            ),
            (
                "UPDATE credit_account SET paid_minor = paid_minor + 1 WHERE client_id = $1",
                "more than their accounts",
            ),
        ] {
            let mut write = Write::new();
            write.statement(break_it(sql));
            world.app.store().write(write).await.unwrap();
            let system = Scope::system();
            let audit = world.app.audit(&system, |_| ()).await.unwrap();
            let words: Vec<String> = audit.findings.iter().map(ToString::to_string).collect();
            assert!(words.iter().any(|w| w.contains(named)), "{sql}: {words:#?}");
            world.app.rebuild(&system, false).await.unwrap();
            holds(&world).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_trial_balance_of_a_client_balances_and_leads_to_its_cases() {
    both(|engine| async move {
        let world = World::new(engine, 26).await;
        let (case, credit) = credited(&world, "C-6").await;
        ask(&world, credit, &spend(1000)).await.unwrap();
        let finance = Fixture::scope(Role::Finance);
        let june: Month = "2026-06".parse().unwrap();
        let period = Period::new(june, june).unwrap();
        let rows = world
            .app
            .trial_balance(&finance, ALFA, period)
            .await
            .unwrap();
        let debits: i64 = rows.iter().map(|r| r.debit_minor).sum();
        let credits: i64 = rows.iter().map(|r| r.credit_minor).sum();
        assert_eq!(debits, credits);
        // Granted, the label without its tax kept, the bonus given, paid as credit, 10.00 spent.
        assert_eq!(debits, 7501 + 419 + 375 + 7501 + 1000);
        // A later period opens with what this one closed with.
        let july = Period::new(june.next(), june.next()).unwrap();
        let later = world.app.trial_balance(&finance, ALFA, july).await.unwrap();
        let closing: Vec<i64> = rows.iter().map(BalanceRow::closing_minor).collect();
        let opening: Vec<i64> = later.iter().map(|r| r.opening_minor).collect();
        assert_eq!(closing, opening);
        // Every line of an account leads to its case; pages follow each other.
        let which = (Currency::EUR, Account::StoreCredit);
        let mut before = None;
        let mut seen = Vec::new();
        loop {
            let page = world
                .app
                .account_page(&finance, ALFA, which, period, before, 1)
                .await
                .unwrap();
            let Some(last) = page.lines.last() else { break };
            before = Some((last.row.at, last.row.case_id, last.row.version, last.row.n));
            seen.extend(page.lines);
        }
        assert_eq!(seen.len(), 2);
        let issued = seen.iter().find(|l| l.row.why == "paid").unwrap();
        assert_eq!((issued.row.case_id, issued.row.minor), (case.0, 7501));
        assert!(issued.rma.is_some());
        let spent = seen.iter().find(|l| l.row.why == "credit_spent").unwrap();
        assert_eq!((spent.row.case_id, spent.row.minor), (credit.0, 625));
        // The other client has no books, and its people do not see these.
        assert!(
            world
                .app
                .trial_balance(&finance, BRAVO, period)
                .await
                .unwrap()
                .is_empty()
        );
        let agent = Fixture::scope(Role::Agent);
        let denied = world.app.trial_balance(&agent, ALFA, period).await;
        assert!(matches!(denied, Err(AppError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn what_carriers_and_vendors_are_asked_and_pay_is_posted_audited_and_made_again() {
    both(|engine| async move {
        let world = World::new(engine, 27).await;
        let mut draft = Fixture::draft("V-1", 2, world.now());
        draft.lines[0].vendor = Some("Nordlicht".into());
        Fixture::orders(&world.app, ALFA, vec![draft]).await;
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let request = Request {
            order: OrderKey::Number("V-1".into()),
            lines: vec![RequestedLine {
                line: 0,
                units: 2,
                reason: ReturnReason::Defective,
                wanted: Outcome::Refund,
                evidence: EvidenceGiven::default(),
                opened: false,
                noticed_on: None,
                own: None,
                lacks: policy::ConditionSet::EMPTY,
            }],
            path: Path::Ordinary,
        };
        let opened = world.app.request_return(&call, ALFA, &request).await;
        let case = opened.unwrap().case;
        let lead = Fixture::scope(Role::TeamLead);
        let give = async |command: Command| {
            let call = Call::new(&lead, world.now());
            world.app.command(&call, ALFA, case, None, &command).await
        };
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        let open = page.case.lines[0].quantities.undecided();
        if open > 0 {
            let lines = vec![Count {
                line: 0,
                units: open,
            }];
            let reason = Some("seen on a photo".into());
            let keep = true;
            give(Command::Authorise {
                lines,
                keep,
                reason,
            })
            .await
            .unwrap();
        }
        give(Command::Decide {
            lines: vec![returns::GrantLine {
                line: 0,
                units: 2,
                outcome: Outcome::Refund,
                minor: 8000,
            }],
            shipping_minor: 0,
            reason: Some("broken".into()),
        })
        .await
        .unwrap();
        give(Command::FileCarrierClaim {
            carrier: "DHL".into(),
            tracking: "0034".into(),
            minor: 3000,
        })
        .await
        .unwrap();
        assert_eq!(balance(&world, Account::VendorRecoveries).await, 8000);
        assert_eq!(balance(&world, Account::CarrierClaims).await, 3000);
        assert_eq!(balance(&world, Account::ExpectedRecoveries).await, -11_000);
        assert_eq!(balance(&world, Account::Recovered).await, 0);
        holds(&world).await;
        give(Command::EndVendorClaim {
            line: 0,
            recovered: Money::new(5000, Currency::EUR),
        })
        .await
        .unwrap();
        give(Command::EndCarrierClaim {
            number: 0,
            recovered: Money::new(0, Currency::EUR),
        })
        .await
        .unwrap();
        for open in [
            Account::VendorRecoveries,
            Account::CarrierClaims,
            Account::ExpectedRecoveries,
        ] {
            assert_eq!(balance(&world, open).await, 0, "{open:?}");
        }
        assert_eq!(balance(&world, Account::Recovered).await, -5000);
        assert_eq!(balance(&world, Account::ClientFunds).await, 5000);
        holds(&world).await;
        let mut write = Write::new();
        write.statement(Statement {
            name: "break",
            sql: "DELETE FROM journal WHERE client_id = $1 AND why LIKE 'vendor_%'",
            params: vec![ALFA.into()],
            returns: &[],
            expect: Expect::Some,
        });
        world.app.store().write(write).await.unwrap();
        let audit = world.app.audit(&system, |_| ()).await.unwrap();
        assert!(!audit.is_ok());
        world.app.rebuild(&system, false).await.unwrap();
        holds(&world).await;
        assert_eq!(balance(&world, Account::Recovered).await, -5000);
    })
    .await;
}
