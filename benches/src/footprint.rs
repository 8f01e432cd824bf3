//! Size of the program, its memory when idle, and how long it takes to start.

use crate::{Settings, server::Server, table};
use anyhow::Context as _;
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use store::EngineKind;

/// Starts that are timed; the middle one counts.
const STARTS: usize = 5;

/// Prints the table.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let data = scratch.path();
    let kind = EngineKind::Sqlite(data.join("redress.db"));
    let begin = Instant::now();
    let made = Command::new(&settings.redress)
        .arg("--data")
        .arg(data)
        .args(["demo", "--only-install"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| format!("{} cannot be started", settings.redress.display()))?;
    anyhow::ensure!(made.success(), "the demo firm was not made: {made}");
    let demo = begin.elapsed();
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(Server::start(settings, data, &kind).await?.start);
    }
    starts.sort();
    let server = Server::start(settings, data, &kind).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = server.memory("VmRSS")?;
    let cpu = server.cpu()?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let size = std::fs::metadata(&settings.redress)?.len();
    table::begin("Size, memory, start", &["what", "figure"]);
    for (what, figure) in [
        ("program", format!("{} MiB", size >> 20)),
        (
            "making the demo firm",
            format!("{:.1} s", demo.as_secs_f64()),
        ),
        (
            "start to first answer",
            format!("{} ms", starts[STARTS / 2].as_millis()),
        ),
        ("memory idle with the demo firm", format!("{idle:.0} MiB")),
        (
            "CPU while idle",
            format!("{:.1} %", (server.cpu()? - cpu) / 5.0 * 100.0),
        ),
    ] {
        table::row(&[what.to_owned(), figure]);
    }
    Ok(())
}
