//! Our files against a third party's bank simulator (PyPI `mock-bank`): accept, reject, return
//! later, silence, duplicate, all through the spool as a deployment would run it.
//!
//! Runs against the address in REDRESS_MOCK_BANK (it is reset!), else against a `mock-bank`
//! found on PATH or installed by `scripts/install-mock-bank.sh`; otherwise says it was skipped.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{debtor, order, root};
use gateways::iso20022::{AnswerStatus, BatchId, FileGateway, Spool};
use kernel::Date;
use ports::{AccountReport, Destination, PaymentGateway, PaymentOrder, PaymentState, Submission};
use reconcile::{Believed, Booking, Covered, Kind, Owed, Source, Statement, Terms, Verdict, Way};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The simulator, ended with the test.
struct Bank {
    base: String,
    http: reqwest::Client,
    child: Option<Child>,
}

impl Drop for Bank {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn executable() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let local = root().join("target/tools/venv/bin");
    std::env::split_paths(&path)
        .chain([local])
        .map(|d| d.join("mock-bank"))
        .find(|p| p.is_file())
}

async fn bank() -> Option<Bank> {
    // The client wants a TLS provider even for loopback.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let (base, child) = if let Some(given) = std::env::var_os("REDRESS_MOCK_BANK") {
        (given.into_string().unwrap(), None)
    } else {
        let program = executable()?;
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port().to_string();
        drop(free);
        let mut child = Command::new(program)
            .args(["--port", &port, "--clock", "2026-11-23T09:00"])
            .env("PYTHONUNBUFFERED", "1")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Its first line says that it listens.
        let log = child.stderr.take().unwrap();
        let mut lines = BufReader::new(log).lines();
        let first = lines.next().unwrap().unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        println!("bank: {first}");
        (format!("http://127.0.0.1:{port}"), Some(child))
    };
    let bank = Bank { base, http, child };
    bank.call("POST", "/_mock/reset", Vec::new()).await;
    Some(bank)
}

impl Bank {
    async fn call(&self, method: &str, path: &str, body: Vec<u8>) -> (u16, String) {
        let url = format!("{}{path}", self.base);
        let request = self.http.request(method.parse().unwrap(), url).body(body);
        // The listening line comes before the first accept.
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Carries the outbox to the bank and its mailbox to the inbox. Gives the HTTP statuses.
    async fn carry(&self, spool: &Path) -> Vec<u16> {
        let mut statuses = Vec::new();
        for entry in std::fs::read_dir(spool.join("outbox")).unwrap() {
            let path = entry.unwrap().path();
            let (status, text) = self
                .call("POST", "/payments", std::fs::read(&path).unwrap())
                .await;
            println!("bank said {status}: {text}");
            std::fs::remove_file(path).unwrap();
            statuses.push(status);
        }
        let (_, raw) = self.call("GET", "/_mock/mailbox?raw", Vec::new()).await;
        for (i, message) in raw
            .split("<?xml")
            .filter(|m| !m.trim().is_empty())
            .enumerate()
        {
            let path = spool.join("inbox").join(format!("{i:03}.xml"));
            std::fs::write(path, format!("<?xml{message}")).unwrap();
        }
        statuses
    }

    async fn behave(&self, behaviour: &str) {
        let body = format!(r#"{{"behaviour":"{behaviour}"}}"#);
        let url = format!("{}/_mock/accounts/ACME", self.base);
        let request = self
            .http
            .patch(url)
            .header("content-type", "application/json")
            .body(body);
        let answer = request.send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap()
        );
    }
}

/// A refund to the simulator's closed account.
fn to_closed(n: u128) -> PaymentOrder {
    let iban = "NL84MOCK0000000003".parse().unwrap();
    PaymentOrder {
        destination: Destination::Account {
            iban,
            name: "Initech".into(),
        },
        ..order(n, 2000)
    }
}

fn batch(n: u128) -> BatchId {
    BatchId(uuid::Uuid::from_u128(n))
}

async fn flush(gateway: &FileGateway, n: u128, execute_on: jiff::civil::Date) {
    let created = "2026-11-23T09:00:00Z".parse().unwrap();
    let sent = gateway.flush(batch(n), created, execute_on).await.unwrap();
    assert_eq!(sent, [batch(n).message_id()]);
}

/// Reads and acknowledges the inbox; every message of the bank must be readable.
async fn collect(gateway: &FileGateway) -> Vec<AnswerStatus> {
    let mut out = Vec::new();
    for file in gateway.read_inbox().await.unwrap() {
        out.extend(file.answers.unwrap().into_iter().map(|a| a.status));
        gateway.acknowledge(file.name).await.unwrap();
    }
    out
}

/// A simulator given from outside serves one test at a time.
static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The reports of the inbox.
async fn reports(gateway: &FileGateway) -> Vec<AccountReport> {
    let mut out = Vec::new();
    for file in gateway.read_inbox().await.unwrap() {
        out.extend(file.reports.unwrap());
        gateway.acknowledge(file.name).await.unwrap();
    }
    out
}

/// The breaks of the statements of our account among reports, with the day they show at: the bank
/// sends those of its other customers into the same folder.
fn chain(reports: &[AccountReport]) -> Vec<(Kind, Date)> {
    let ours = debtor();
    let statements: Vec<Statement> = reports
        .iter()
        .filter(|r| r.account == ours.iban.electronic())
        .filter_map(|r| {
            let s = r.statement.as_ref()?;
            let money = |minor| kernel::Money::new(minor, r.currency);
            Some(Statement {
                id: r.id.clone(),
                from: s.from,
                until: s.until,
                number: s.number.and_then(|n| u64::try_from(n).ok()),
                opening: money(s.opening_minor),
                closing: money(s.closing_minor),
                booked_minor: s.booked_minor,
            })
        })
        .collect();
    let terms = Terms {
        patience: Terms::PATIENCE,
        covered: None,
    };
    let found = reconcile::judge_chain(&statements, None, Date::constant(2026, 12, 31), &terms);
    found.into_iter().map(|(_, b)| (b.kind, b.since)).collect()
}

/// A payment of ours held against the reports of the days up to `until`.
fn held(
    order: &PaymentOrder,
    believed: Believed,
    since: Date,
    reports: &[AccountReport],
    until: Date,
) -> Verdict {
    let owed = Owed {
        attempt: 1,
        amount: order.amount,
        believed,
        since,
    };
    let entries = reports
        .iter()
        .flat_map(|r| r.entries.iter().map(move |e| (r, e)))
        .filter(|(_, e)| e.key == order.key());
    let bookings: Vec<Booking> = entries
        .map(|(r, e)| Booking {
            attempt: e.key.attempt.number(),
            way: if e.is_back { Way::Back } else { Way::Out },
            amount: e.amount,
            on: e.on,
            source: match r.statement {
                Some(_) => Source::Statement,
                None => Source::Notice,
            },
        })
        .collect();
    let covered = Covered {
        from: Date::constant(2026, 11, 23),
        until,
    };
    let terms = Terms {
        patience: Terms::PATIENCE,
        covered: Some(covered),
    };
    reconcile::judge(&owed, &bookings, &[], &terms)
}

#[tokio::test]
async fn what_the_bank_books_agrees_and_what_it_leaves_out_or_sends_back_does_not() {
    let _one = ONE.lock().await;
    let Some(bank) = bank().await else {
        return println!("skipped: no mock-bank (scripts/install-mock-bank.sh installs it)");
    };
    let dir = tempfile::tempdir().unwrap();
    let gateway = FileGateway::new(Spool::open(dir.path(), debtor()).unwrap());
    let day = |day| Date::constant(2026, 11, day);
    let pay = async |n: u128, orders: &[&PaymentOrder], on: Date| {
        for order in orders {
            gateway.submit(order).await.unwrap();
        }
        flush(&gateway, n, on).await;
        bank.carry(dir.path()).await;
    };
    let until = async |to: &str| {
        bank.call("POST", &format!("/_mock/advance?to={to}"), Vec::new())
            .await;
        bank.carry(dir.path()).await;
        reports(&gateway).await
    };
    let kind = |verdict: Verdict| match verdict {
        Verdict::Broken(b) => Some(b.kind),
        _ => None,
    };

    // A silent bank books all the same; one payment of the day after is left off the statement.
    bank.behave("silent").await;
    let quiet = order(1, 8_490);
    pay(1, &[&quiet], day(24)).await;
    let mut seen = until("2026-11-25").await;
    assert!(chain(&seen).is_empty(), "{seen:#?}");
    let verdict = held(&quiet, Believed::Settled, day(24), &seen, day(24));
    assert_eq!(verdict, Verdict::Even);
    bank.behave("statement-gap").await;
    let (shown, hidden) = (order(2, 1_000), order(3, 1_500));
    pay(2, &[&shown, &hidden], day(25)).await;
    seen.extend(until("2026-11-26").await);
    assert_eq!(chain(&seen), [(Kind::DoesNotAddUp, day(25))]);
    let verdicts = [&shown, &hidden].map(|o| {
        let soon = held(o, Believed::Settled, day(25), &seen, day(25));
        let later = held(o, Believed::Settled, day(25), &seen, day(30));
        (soon, kind(later))
    });
    let left_out = verdicts.iter().filter(|v| v.1 == Some(Kind::Missing));
    assert_eq!(left_out.count(), 1, "{verdicts:?}");
    assert!(
        verdicts
            .iter()
            .any(|v| v.0 == Verdict::Even && v.1.is_none())
    );

    // One that comes back three business days later.
    bank.behave("return-later").await;
    let back = order(4, 2_000);
    pay(3, &[&back], day(27)).await;
    seen.extend(until("2026-12-05").await);
    assert_eq!(
        chain(&seen),
        [(Kind::DoesNotAddUp, day(25))],
        "nothing else"
    );
    let december = Date::constant(2026, 12, 4);
    let late = held(&back, Believed::Settled, day(27), &seen, december);
    assert_eq!(kind(late), Some(Kind::ReturnedLate));
    let known = held(&back, Believed::Returned, day(30), &seen, december);
    assert_eq!(known, Verdict::Even);
    // The statement of a day gone: its neighbours show it.
    seen.retain(|r| r.statement.as_ref().is_none_or(|s| s.until != day(27)));
    let gap = chain(&seen);
    assert!(gap.iter().any(|(kind, _)| *kind == Kind::Gap), "{gap:?}");
}

#[tokio::test]
async fn refunds_at_a_bank_that_accepts_rejects_returns_and_goes_silent() {
    let _one = ONE.lock().await;
    let Some(bank) = bank().await else {
        return println!("skipped: no mock-bank (scripts/install-mock-bank.sh installs it)");
    };
    let dir = tempfile::tempdir().unwrap();
    let gateway = FileGateway::new(Spool::open(dir.path(), debtor()).unwrap());
    let state = async |order: &PaymentOrder| gateway.find(order).await.unwrap();

    // One good payment, one to a closed account.
    bank.behave("return-later").await;
    let (good, closed) = (order(1, 8490), to_closed(2));
    assert_eq!(state(&good).await, None);
    for order in [&good, &closed] {
        let taken = gateway.submit(order).await.unwrap();
        assert!(matches!(taken, Submission::Accepted { .. }));
    }
    flush(&gateway, 1, jiff::civil::date(2026, 11, 24)).await;
    let file = std::fs::read(
        dir.path()
            .join(format!("outbox/{}.xml", batch(1).message_id())),
    )
    .unwrap();
    let (_, findings) = bank.call("POST", "/_mock/validate", file.clone()).await;
    assert!(findings.contains("0 findings"), "{findings}");
    assert_eq!(bank.carry(dir.path()).await, [202]);
    collect(&gateway).await;
    assert!(matches!(
        state(&good).await,
        Some(PaymentState::Pending { .. })
    ));
    assert!(
        matches!(state(&closed).await, Some(PaymentState::Failed { code, .. }) if code == "AC04")
    );

    // Booked on the requested day ...
    bank.call("POST", "/_mock/advance?to=2026-11-25", Vec::new())
        .await;
    bank.carry(dir.path()).await;
    collect(&gateway).await;
    let Some(PaymentState::Settled { on, .. }) = state(&good).await else {
        panic!()
    };
    assert_eq!(on, Some(jiff::civil::date(2026, 11, 24)));

    // ... and sent back three business days later.
    bank.call("POST", "/_mock/advance?to=2026-12-01", Vec::new())
        .await;
    bank.carry(dir.path()).await;
    collect(&gateway).await;
    let back = state(&good).await.unwrap();
    assert!(
        matches!(&back, PaymentState::Returned { code, .. } if code == "AC04"),
        "{back:?}"
    );
    assert!(back.allows_new_attempt());

    // The same file again is a duplicate, which changes nothing.
    std::fs::write(dir.path().join("outbox/again.xml"), &file).unwrap();
    bank.carry(dir.path()).await;
    let said = collect(&gateway).await;
    assert!(
        said.iter()
            .all(|s| matches!(s, AnswerStatus::Duplicate { .. })),
        "{said:?}"
    );
    assert!(!said.is_empty());
    assert_eq!(state(&good).await.unwrap(), back);

    // The second attempt meets a silent bank: pending until the booking tells.
    bank.behave("silent").await;
    let second = PaymentOrder {
        attempt: good.attempt.next().unwrap(),
        ..good
    };
    gateway.submit(&second).await.unwrap();
    flush(&gateway, 2, jiff::civil::date(2026, 12, 3)).await;
    bank.carry(dir.path()).await;
    assert!(collect(&gateway).await.is_empty());
    assert!(matches!(
        state(&second).await,
        Some(PaymentState::Pending { .. })
    ));
    bank.call("POST", "/_mock/advance?to=2026-12-04", Vec::new())
        .await;
    bank.carry(dir.path()).await;
    collect(&gateway).await;
    assert!(matches!(
        state(&second).await,
        Some(PaymentState::Settled { .. })
    ));

    // A file refused as a whole fails every payment in it.
    bank.behave("reject-file").await;
    let third = order(3, 100);
    gateway.submit(&third).await.unwrap();
    flush(&gateway, 3, jiff::civil::date(2026, 12, 10)).await;
    bank.carry(dir.path()).await;
    collect(&gateway).await;
    assert!(
        matches!(state(&third).await, Some(PaymentState::Failed { code, .. }) if code == "FF01")
    );
}
