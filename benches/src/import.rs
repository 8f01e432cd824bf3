//! Import of order lines by the real program: the 320,705 invoice lines of UCI Online Retail when
//! they are beside the repository, otherwise as many invented ones.

use crate::{Settings, house, server::memory_of, table};
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use store::EngineKind;

/// Lines of the file.
const LINES: u32 = 320_705;
/// Lines of one invented order.
const BASKET: u32 = 20;
/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Prints the table.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let real = root.join("../shared/data/uci_online_retail/transactions_2010-12_2011-08.csv.gz");
    let map = root.join("crates/wire/maps/uci-online-retail.toml");
    let (name, file, format) = if real.is_file() {
        (
            "UCI Online Retail",
            real,
            vec!["csv".into(), "--map".into(), map.into_os_string()],
        )
    } else {
        ("invented", invented(scratch.path())?, vec!["jsonl".into()])
    };
    drop(house::open(&EngineKind::Sqlite(scratch.path().join("redress.db"))).await?);
    let begin = Instant::now();
    let mut child = Command::new(&settings.redress)
        .arg("--json")
        .arg("--data")
        .arg(scratch.path())
        .args(["import", "orders", "--client", "alfa", "--errors"])
        .arg(scratch.path().join("errors.csv"))
        .arg("--format")
        .args(format)
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        peak = memory_of(child.id(), "VmHWM").unwrap_or(0.0).max(peak);
        tokio::time::sleep(LOOK).await;
    }
    let took = begin.elapsed().as_secs_f64();
    let said = child.wait_with_output()?;
    // 3 says that some records were not taken, which is true of the real file.
    anyhow::ensure!(
        matches!(said.status.code(), Some(0 | 3)),
        "the import failed: {}",
        said.status
    );
    let said: serde_json::Value = serde_json::from_slice(&said.stdout)?;
    table::begin(
        "Import of order lines (SQLite)",
        &[
            "lines in the file",
            "orders stored",
            "time",
            "lines/s",
            "peak memory",
        ],
    );
    table::row(&[
        format!("{LINES} ({name})"),
        said["report"]["stored"].to_string(),
        format!("{took:.1} s"),
        format!("{:.0}", f64::from(LINES) / took),
        format!("{peak:.0} MiB"),
    ]);
    Ok(())
}

/// A file of as many lines.
fn invented(scratch: &Path) -> anyhow::Result<PathBuf> {
    let path = scratch.join("orders.jsonl");
    let mut out = BufWriter::new(File::create(&path)?);
    for n in 0..LINES.div_ceil(BASKET) {
        let lines: Vec<_> = (0..BASKET.min(LINES - n * BASKET))
            .map(|i| {
                serde_json::json!({
                    "id": i.to_string(), "sku": format!("SKU-{}", (n * 31 + i) % 4000),
                    "title": "Paper lantern", "quantity": 1 + i % 6, "unit_list": 250 + i * 10,
                    "fulfilled": 1 + i % 6,
                })
            })
            .collect();
        let order = serde_json::json!({
            "number": format!("G-{n}"), "placed_at": "2026-03-02T10:00:00Z", "channel": "web",
            "delivery": { "country": "GB" }, "currency": "GBP", "prices_include_tax": true,
            "lines": lines, "customer_id": format!("g-{}", n % 5000),
        });
        writeln!(out, "{order}")?;
    }
    out.flush()?;
    Ok(path)
}
