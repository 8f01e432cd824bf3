//! Refunds through a scripted gateway: decided, sent, confirmed, each step durable.

use crate::{Settings, house, seed, table};
use app::{
    App,
    cases::{Call, OrderKey, Request},
};
use async_trait::async_trait;
use kernel::{CaseId, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use ports::{GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission};
use returns::{Command, GrantLine, Path, RequestedLine};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::EngineKind;
use testkit::{ALFA, Fixture};
use tokio::{sync::watch, task::JoinSet};

/// Cases made at the same time.
const AT_ONCE: usize = 64;
/// What is owed on each, minor units.
const OWED: i64 = 8_000;

/// Pays whatever it is handed after a while, and counts.
#[derive(Debug, Default)]
struct Pays {
    after: Duration,
    paid: AtomicUsize,
}

#[async_trait]
impl PaymentGateway for Pays {
    fn name(&self) -> &'static str {
        "iso20022"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        if !self.after.is_zero() {
            tokio::time::sleep(self.after).await;
        }
        self.paid.fetch_add(1, Ordering::Relaxed);
        Ok(Submission::Settled {
            provider_ref: format!("bench-{}", order.key()),
        })
    }

    async fn find(&self, _: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        Ok(None)
    }
}

/// Prints a row for as many refunds as asked for; the gateway answers after `after`.
pub async fn run(settings: &Settings, refunds: usize, after: Duration) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let kind = EngineKind::Sqlite(scratch.path().join("redress.db"));
    let gateway = Arc::new(Pays {
        after,
        ..Pays::default()
    });
    let app = house::open_with(&kind, vec![gateway.clone()]).await?;
    seed::orders(&app, 0..refunds).await?;
    for n in 0..refunds {
        let key = OrderKey::Number(seed::number(n));
        let page = app.order_page(&Scope::system(), ALFA, &key).await?;
        let account = app::intake::PayoutAccount {
            iban: testkit::fixture::IBAN.to_owned(),
            holder: "Kim Lindqvist".to_owned(),
        };
        app.set_payout(&Scope::system(), ALFA, page.order.customer, account)
            .await?;
    }
    // What a request brings along, labels and first notices, is no part of a settlement.
    let cases = each(&app, (0..refunds).collect(), |app, n| asked(app, n, 2)).await?;
    while app.run_due_jobs().await? > 0 {}
    each(&app, cases, decided).await?;
    table::begin(
        "Settlements through a scripted gateway (SQLite, in process; target: 1,000 a second)",
        &["refunds", "gateway answers after", "seconds", "a second"],
    );
    let begin = Instant::now();
    let (stop, stopped) = watch::channel(false);
    let worker = {
        let app = app.clone();
        tokio::spawn(async move { app.run_worker(stopped).await })
    };
    let EngineKind::Sqlite(path) = &kind else {
        anyhow::bail!("it is measured on SQLite");
    };
    let looks = rusqlite::Connection::open(path)?;
    let mut settled = looks.prepare("SELECT count(*) FROM obligation WHERE state = 'settled'")?;
    loop {
        let done: i64 = settled.query_row([], |row| row.get(0))?;
        if usize::try_from(done)? >= refunds {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = begin.elapsed().as_secs_f64();
    stop.send_replace(true);
    worker.await?;
    let paid = gateway.paid.load(Ordering::Relaxed);
    anyhow::ensure!(paid == refunds, "{paid} payments of {refunds}");
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = refunds as f64 / took;
    table::row(&[
        refunds.to_string(),
        format!("{} ms", after.as_millis()),
        format!("{took:.2}"),
        format!("{rate:.0}"),
    ]);
    Ok(())
}

/// Does something for each of these, some at the same time; what it gave, in any order.
async fn each<T: Send + 'static, R: Send + 'static, F>(
    app: &App,
    all: Vec<T>,
    does: impl Fn(App, T) -> F,
) -> anyhow::Result<Vec<R>>
where
    F: Future<Output = anyhow::Result<R>> + Send + 'static,
{
    let (mut running, mut given) = (JoinSet::new(), Vec::with_capacity(all.len()));
    for one in all {
        if running.len() >= AT_ONCE
            && let Some(done) = running.join_next().await
        {
            given.push(done??);
        }
        running.spawn(does(app.clone(), one));
    }
    while let Some(done) = running.join_next().await {
        given.push(done??);
    }
    Ok(given)
}

/// A return of so many units of the `n`-th order that was asked for.
pub async fn asked(app: App, n: usize, units: u32) -> anyhow::Result<CaseId> {
    let system = Scope::system();
    let call = Call::new(&system, app.now());
    let request = Request {
        order: OrderKey::Number(seed::number(n)),
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
    Ok(app.request_return(&call, ALFA, &request).await?.case)
}

/// Its refund is owed.
async fn decided(app: App, case: CaseId) -> anyhow::Result<()> {
    let decide = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 2,
            outcome: Outcome::Refund,
            minor: OWED,
        }],
        shipping_minor: 0,
        reason: Some("measured".into()),
    };
    let lead = Fixture::scope(kernel::Role::TeamLead);
    let call = Call::new(&lead, app.now());
    app.command(&call, ALFA, case, None, &decide).await?;
    Ok(())
}
