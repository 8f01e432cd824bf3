//! Tables in Markdown, so that a run can be pasted into `docs/benchmarks.md`.

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
