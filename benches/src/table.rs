//! Tables in Markdown, so that a run can be pasted into `docs/benchmarks.md`.

use std::time::{Duration, Instant};

/// Prints a heading with the load average of the machine, then the header of a table.
pub fn begin(title: &str, columns: &[&str]) {
    println!("\n## {title}\n\nLoad average: {}\n", load_average());
    row(&columns.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
    row(&columns.iter().map(|_| "---".to_owned()).collect::<Vec<_>>());
}

/// Prints one row.
pub fn row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}

/// The load average of the last minute, as the kernel tells it.
fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

/// Milliseconds with two decimals.
pub fn ms(seconds: f64) -> String {
    format!("{:.2} ms", seconds * 1000.0)
}

/// Processor time this thread has used, as the scheduler counts it.
pub fn thread_cpu() -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// How often per second of this thread's processor time something is done that `round` does
/// `many` times: what else runs on the machine counts as little as can be.
pub fn rate_of(
    time: Duration,
    many: usize,
    mut round: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<f64> {
    let (begin, used) = (Instant::now(), thread_cpu()?);
    let mut rounds = 0_u32;
    while begin.elapsed() < time {
        round()?;
        rounds += 1;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of one run are far below 2^52"
    )]
    let done = f64::from(rounds) * many as f64;
    Ok(done / thread_cpu()?.saturating_sub(used).as_secs_f64())
}
