//! Real cases decided again under a draft: 100,000 in less than ten seconds.

use crate::{Settings, house, rows, seed, table};
use anyhow::Context as _;
use app::policies::Typed;
use kernel::Role;
use std::time::Instant;
use store::EngineKind;
use testkit::{ALFA, Fixture};

/// Prints a row for a draft that changes nothing and one that changes every case.
pub async fn run(settings: &Settings, cases: usize) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let kind = EngineKind::Sqlite(scratch.path().join("redress.db"));
    let (_, whole) = rows::capture(scratch.path()).await?;
    let app = house::open(&kind).await?;
    seed::cases(&kind, &whole, 0..cases).await?;
    let directory = app.directory();
    let first = directory.versions(ALFA).first().context("no policy")?;
    let text = &first.publication.source;
    let free = text.replace("label = \"customer\"", "label = \"merchant\"");
    anyhow::ensure!(free != *text, "the policy has another label");
    let author = Fixture::scope(Role::TeamLead);
    table::begin(
        "Backtest (SQLite, in process; target: 100,000 cases in 10 s)",
        &["cases", "draft", "changed", "seconds", "cases/s"],
    );
    for (what, text) in [("as in force", text), ("free labels", &free)] {
        let typed = Typed {
            title: what,
            text,
            from: first.effective_from,
        };
        let draft = app.begin_draft(&author, ALFA, &typed, None).await?;
        let run = app.backtest(&author, ALFA, draft, 365).await?;
        let begin = Instant::now();
        app.run_policy_run().await?;
        let took = begin.elapsed().as_secs_f64();
        let all = app.backtests(&author, ALFA, draft).await?;
        let found = all.into_iter().find(|(r, _)| r.id == run);
        let found = found.and_then(|(_, f)| f).context("the backtest failed")?;
        anyhow::ensure!(found.cases == cases as u64, "{} cases", found.cases);
        let changed = found.buckets.iter().filter(|b| b.fare != "same");
        let changed: u64 = changed.map(|b| b.cases).sum();
        #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        let rate = cases as f64 / took;
        table::row(&[
            cases.to_string(),
            what.to_owned(),
            changed.to_string(),
            format!("{took:.1}"),
            format!("{rate:.0}"),
        ]);
    }
    Ok(())
}
