//! Orders and cases in numbers.

use crate::rows::{Template, id};
use app::{
    App,
    intake::{ImportOptions, Watch},
};
use kernel::{CaseId, OrderId, Scope};
use logistics::Rma;
use std::ops::Range;
use store::{Store, Val, Write, WriteError};
use testkit::{ALFA, Fixture};
use tokio::task::JoinSet;

/// Cases in one write.
const CHUNK: usize = 250;
/// Writes on their way at once.
const AHEAD: usize = 4;

/// The number of the `n`-th order.
pub fn number(n: usize) -> String {
    format!("S-{n:07}")
}

/// Imports these orders for the first client.
pub async fn orders(app: &App, range: Range<usize>) -> anyhow::Result<()> {
    let now = app.now();
    let drafts = range.map(|n| Ok(Fixture::draft(&number(n), 2, now)));
    let mut wrong = None;
    let mut watch = Watch {
        rejected: &mut |error| wrong = Some(format!("{error:?}")),
        progress: &mut |_| {},
    };
    let options = ImportOptions::default();
    app.import_orders(&Scope::system(), ALFA, drafts, options, &mut watch)
        .await?;
    anyhow::ensure!(wrong.is_none(), "an order was not taken: {wrong:?}");
    Ok(())
}

/// Writes copies of one case with orders of their own, spread over the queues as in a house that
/// has worked for a while: nine of ten are done.
pub async fn cases(store: &Store, template: &Template, range: Range<usize>) -> anyhow::Result<()> {
    let mut writes: JoinSet<Result<(), WriteError>> = JoinSet::new();
    for begin in range.clone().step_by(CHUNK) {
        while writes.len() >= AHEAD {
            if let Some(written) = writes.join_next().await {
                written??;
            }
        }
        let mut write = Write::new();
        for n in begin..(begin + CHUNK).min(range.end) {
            case(&mut write, template, n);
        }
        let store = store.clone();
        writes.spawn(async move { store.write(write).await.map(drop) });
    }
    while let Some(written) = writes.join_next().await {
        written??;
    }
    Ok(())
}

/// The id of the `n`-th written case.
pub fn case_id(n: usize) -> CaseId {
    CaseId(id(1, n as u64))
}

fn case(write: &mut Write, template: &Template, n: usize) {
    let (case, order) = (case_id(n), OrderId(id(9, n as u64)));
    // Spread over the whole range, as random numbers would be.
    let rma = Rma::from_random_bits((n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).to_string();
    let queue = match n % 100 {
        0..2 => "review",
        2..6 => "goods",
        6..10 => "money",
        _ => "done",
    };
    let old = (
        CaseId(template.case).to_string(),
        OrderId(template.order).to_string(),
    );
    for part in template.again(n as u64, order.0) {
        let columns = part.table.columns;
        for mut row in part.rows {
            for ((name, _), value) in columns.iter().zip(&mut row) {
                match *name {
                    "rma" => *value = rma.as_str().into(),
                    "queue" => *value = queue.into(),
                    "due_at" if queue == "done" => *value = i64::MAX.into(),
                    "customer_id" => *value = id(8, n as u64).into(),
                    "external_id" => *value = format!("s-{n}").into(),
                    "number" | "order_number" => *value = format!("C-{n:08}").into(),
                    "opened_at" | "due_at" | "placed_at" => shift(value, n),
                    "body" | "state" => rename(value, &old, &case, &order),
                    _ => {}
                }
            }
            write.row(part.table, row);
        }
    }
}

/// Moves a time by some seconds per case, so that no two are alike.
fn shift(value: &mut Val, n: usize) {
    if let Val::Int(at) = value {
        *at = at.saturating_add_unsigned(n as u64);
    }
}

fn rename(value: &mut Val, old: &(String, String), case: &CaseId, order: &OrderId) {
    if let Val::Text(text) = value {
        *text = text
            .replace(&old.0, &case.to_string())
            .replace(&old.1, &order.to_string());
    }
}
