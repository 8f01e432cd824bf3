//! Checks a policy file against all places of the law and says how long it took:
//! `cargo run --release -p redress-analysis --example check -- packs/policies/giftware.toml`.

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let law = law::LawBook::builtin()?;
    let on = jiff::civil::date(2026, 11, 23);
    for path in std::env::args().skip(1) {
        let policy = policy::Policy::parse_toml(&std::fs::read_to_string(&path)?)?;
        let start = Instant::now();
        let report = analysis::check(&policy, &law, &analysis::Against::default(), on);
        let took = start.elapsed();
        for finding in &report.findings {
            println!("{finding}");
        }
        println!("{path}: {} places in {took:?}\n", report.places);
    }
    Ok(())
}
