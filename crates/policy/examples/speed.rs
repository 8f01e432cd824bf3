//! Prints the time of one evaluation: `cargo run --release -p redress-policy --example speed`.

use kernel::{CountryCode, Currency};
use policy::{ConditionSet, EvidenceGiven, Policy, PolicyFacts, ReturnReason, SalesChannel};
use std::{hint::black_box, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = include_str!("../../../packs/policies/apparel.toml");
    let policy = Policy::parse_toml(text)?;
    let facts = |i: usize| -> Result<PolicyFacts, jiff::Error> {
        let placed_on = jiff::civil::Date::new(2026, 11, 1)?;
        let day = i8::try_from(1 + i % 28).unwrap_or(1);
        Ok(PolicyFacts {
            placed_on,
            delivered_on: Some(jiff::civil::Date::new(2026, 11, day)?),
            last_delivered_on: Some(jiff::civil::Date::new(2026, 11, day)?),
            fulfilled_on: Some(placed_on),
            asked_on: jiff::civil::Date::new(2026, 12, day)?,
            channel: SalesChannel::ALL[i % SalesChannel::ALL.len()],
            market: CountryCode::literal(if i.is_multiple_of(3) { "US" } else { "DE" }),
            category: policy.category(["apparel/shirts", "electronics/audio", "toys"][i % 3]),
            final_sale: false,
            opened: i.is_multiple_of(2),
            lacks: ConditionSet::EMPTY,
            reason: ReturnReason::ALL[i % ReturnReason::ALL.len()],
            own_reason: None,
            wanted: None,
            units: 1,
            requested_minor: 4_999,
            order_minor: 9_998,
            currency: Currency::EUR,
            evidence: EvidenceGiven::default(),
            returnless_used_365d: 0,
        })
    };
    let cases: Vec<PolicyFacts> = (0..1024).map(facts).collect::<Result<_, _>>()?;
    let rounds = 2_000;
    let start = Instant::now();
    for _ in 0..rounds {
        for case in &cases {
            black_box(policy.evaluate(black_box(case)));
        }
    }
    let total = rounds * u128::try_from(cases.len())?;
    println!("{} ns per evaluation", start.elapsed().as_nanos() / total);
    Ok(())
}
