//! A day's reconciliation: 100,000 payments in less than ten seconds.

use crate::{Settings, house, table};
use jiff::ToSpan as _;
use kernel::{Currency, Money, ObligationId, Scope};
use ports::{AccountEntry, AccountReport, Attempt, Balances, PaymentKey, PaymentState};
use std::time::Instant;
use store::{EngineKind, Write, tables};
use testkit::ALFA;
use uuid::Uuid;

/// Every so many payments the bank booked another amount.
const WRONG_EVERY: usize = 10_000;

/// Prints a row for taking a day's messages in, for reconciling it, and for doing so again.
pub async fn run(settings: &Settings, payments: usize) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let kind = EngineKind::Sqlite(scratch.path().join("redress.db"));
    let app = house::open(&kind).await?;
    let now = app.now();
    let directory = app.directory();
    let client = directory.client(ALFA).ok_or(app::AppError::Missing)?;
    let day = client.day(now).checked_sub(1.day())?;
    let ids: Vec<ObligationId> = (0..payments).map(|_| ObligationId(app.mint(now))).collect();
    for ids in ids.chunks(1_000) {
        let mut write = Write::new();
        for id in ids {
            write.row(&tables::OBLIGATION, row(*id, now.as_millisecond()));
        }
        app.store().write(write).await?;
    }
    let key = |id: &ObligationId| PaymentKey {
        obligation: *id,
        attempt: Attempt::FIRST,
    };
    let entry = |(n, id): (usize, &ObligationId)| AccountEntry {
        reference: format!("B{n}"),
        n: 0,
        key: key(id),
        is_back: false,
        amount: Money::new(
            if n % WRONG_EVERY == 0 { 2_499 } else { 2_500 },
            Currency::EUR,
        ),
        on: day,
    };
    let entries: Vec<AccountEntry> = ids.iter().enumerate().map(entry).collect();
    let booked: i64 = entries.iter().map(|e| -e.amount.minor).sum();
    let report = AccountReport {
        id: "S1".to_owned(),
        account: "DE89370400440532013000".to_owned(),
        currency: Currency::EUR,
        statement: Some(Balances {
            from: day,
            until: day,
            number: Some(1),
            opening_minor: 0,
            closing_minor: booked,
            booked_minor: booked,
        }),
        entries,
        numbered: Vec::new(),
        others: 0,
        loose: Vec::new(),
    };
    let provider_ref = String::new();
    let word = PaymentState::Pending { provider_ref };
    let words: Vec<_> = ids.iter().map(|id| (key(id), word.clone())).collect();
    let planted = payments.div_ceil(WRONG_EVERY);
    table::begin(
        "Reconciliation of a day (SQLite, in process; target: 100,000 payments in 10 s)",
        &["payments", "step", "open breaks", "seconds"],
    );
    let begin = Instant::now();
    app.take_words(ALFA, "iso20022", "m1", &words).await?;
    app.take_reports(ALFA, &[report]).await?;
    told(payments, "messages of the bank taken in", 0, begin);
    for step in ["reconciled", "again on the same day"] {
        let begin = Instant::now();
        app.reconcile_day(ALFA).await?;
        let open = app
            .recon_open(&Scope::system(), ALFA, None, 1_000)
            .await?
            .rows;
        anyhow::ensure!(open.len() == planted, "{} breaks", open.len());
        told(payments, step, open.len(), begin);
    }
    Ok(())
}

fn told(payments: usize, step: &str, breaks: usize, begin: Instant) {
    let took = begin.elapsed().as_secs_f64();
    table::row(&[
        payments.to_string(),
        step.to_owned(),
        breaks.to_string(),
        format!("{took:.2}"),
    ]);
}

/// A paid obligation of our books.
fn row(id: ObligationId, at: i64) -> Vec<store::Val> {
    vec![
        ALFA.into(),
        id.0.into(),
        Uuid::nil().into(),
        Uuid::nil().into(),
        "refund".into(),
        "settled".into(),
        "iso20022".into(),
        store::Val::Int(2_500),
        "EUR".into(),
        store::Val::Int(1),
        "".into(),
        "".into(),
        at.into(),
        at.into(),
    ]
}
