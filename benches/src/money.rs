//! Balances and statements on a large journal: a balance must cost the same however much was posted.

use crate::{
    Settings,
    table::{self, ms},
};
use kernel::ClientId;
use std::time::{Duration, Instant};
use store::{
    EngineKind, Store, Val, Write,
    questions::books::{self, NEWEST, PARTS},
    tables,
};
use uuid::Uuid;

const CLIENT: ClientId = ClientId(1);
/// Postings of one client.
const POSTINGS: i64 = 1_000_000;
/// Postings in one write.
const CHUNK: i64 = 5_000;
/// Months they are spread over: ten years.
const MONTHS: i64 = 120;
/// Accounts they go between, in pairs.
const PAIRS: &[(&str, &str)] = &[
    ("returns", "shopper_liability"),
    ("tax", "shopper_liability"),
    ("returns", "fee_income"),
    ("shopper_liability", "clearing"),
    ("shopper_liability", "store_credit"),
];

fn month(n: i64) -> i64 {
    let at = n * MONTHS / POSTINGS;
    (2017 + at / 12) * 100 + at % 12 + 1
}

async fn fill(store: &Store) -> anyhow::Result<()> {
    for from in (0..POSTINGS).step_by(usize::try_from(CHUNK)?) {
        let mut write = Write::new();
        for n in from..(from + CHUNK).min(POSTINGS) {
            let (debit, credit) = PAIRS[usize::try_from(n)? % PAIRS.len()];
            let minor = 1 + n % 9_999;
            let case = Uuid::from_u128(u128::try_from(n / 4)? << 64 | 7);
            let sum = |account: &str, debit: i64, credit: i64| -> Vec<Val> {
                let part = n % PARTS;
                vec![
                    CLIENT.into(),
                    "EUR".into(),
                    account.into(),
                    month(n).into(),
                    part.into(),
                    debit.into(),
                    credit.into(),
                ]
            };
            write.row(&tables::ACCOUNT_BALANCE, sum(debit, minor, 0));
            write.row(&tables::ACCOUNT_BALANCE, sum(credit, 0, minor));
            write.row(
                &tables::JOURNAL,
                vec![
                    CLIENT.into(),
                    case.into(),
                    (n % 4 + 1).into(),
                    0.into(),
                    (n * 300_000).into(),
                    month(n).into(),
                    "EUR".into(),
                    debit.into(),
                    credit.into(),
                    minor.into(),
                    "granted".into(),
                ],
            );
        }
        store.write(write).await?;
    }
    Ok(())
}

/// Median and the slowest of a hundred.
async fn time<F: Future<Output = anyhow::Result<()>>>(
    ask: impl Fn() -> F,
) -> anyhow::Result<(Duration, Duration)> {
    let mut took = Vec::with_capacity(100);
    for _ in 0..100 {
        let begin = Instant::now();
        ask().await?;
        took.push(begin.elapsed());
    }
    took.sort_unstable();
    Ok((took[took.len() / 2], took[took.len() - 1]))
}

async fn measure(engine: &str, store: &Store) -> anyhow::Result<()> {
    let which = ("EUR", "shopper_liability");
    let one = time(|| async {
        books::balance(store, CLIENT, which, 202_601, 202_612).await?;
        Ok(())
    });
    let all = time(|| async {
        books::trial_balance(store, CLIENT, 202_601, 202_612).await?;
        Ok(())
    });
    let page = time(|| async {
        books::account_lines(store, CLIENT, which, 0, &NEWEST, 51).await?;
        Ok(())
    });
    let row = |what: &str, (half, worst): (Duration, Duration)| {
        table::row(&[
            engine.to_owned(),
            what.to_owned(),
            ms(half.as_secs_f64()),
            ms(worst.as_secs_f64()),
        ]);
    };
    row("balance of an account", one.await?);
    row("trial balance", all.await?);
    row("a page of an account", page.await?);
    Ok(())
}

/// Prints the table.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    table::begin(
        "The books: a million postings of one client over ten years",
        &["engine", "what", "median", "slowest of 100"],
    );
    let path = scratch.path().join("books.db");
    let store = Store::open(&EngineKind::Sqlite(path), 0, 4).await?;
    fill(&store).await?;
    measure("SQLite", &store).await
}
