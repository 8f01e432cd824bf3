//! Prints how many lines a second policy and law decide together on one core:
//! `cargo run --release -p redress-analysis --example rate`.

use kernel::{CountryCode, Currency, Place};
use law::{LawBook, LawFacts};
use policy::{ConditionSet, EvidenceGiven, Policy, PolicyFacts, ReturnReason, SalesChannel};
use std::{hint::black_box, time::Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = Policy::parse_toml(include_str!("../../../packs/policies/giftware.toml"))?;
    let law = LawBook::builtin()?;
    let places = ["DE", "US", "GB", "FR"].map(|c| Place::country(CountryCode::literal(c)));
    let holidays = places.map(|place| law.holidays(place, 2026..=2028));
    let day = |n: usize| -> Result<jiff::civil::Date, Box<dyn std::error::Error>> {
        let days = jiff::Span::new().days(i64::try_from(n)?);
        Ok(jiff::civil::date(2026, 3, 1).checked_add(days)?)
    };
    let mut cases = Vec::new();
    for i in 0..1024_usize {
        let (placed, delivered, asked) =
            (day(i % 90)?, day(i % 90 + 3)?, day(i % 90 + 3 + i % 40)?);
        cases.push(PolicyFacts {
            placed_on: placed,
            delivered_on: Some(delivered),
            last_delivered_on: Some(delivered),
            fulfilled_on: Some(placed),
            asked_on: asked,
            channel: SalesChannel::Online,
            market: places[i % 4].country,
            category: policy.category(["candles", "food", "toys"][i % 3]),
            final_sale: false,
            opened: i % 2 == 0,
            lacks: ConditionSet::EMPTY,
            reason: ReturnReason::ChangedMind,
            own_reason: None,
            wanted: None,
            units: 1,
            requested_minor: 4_999,
            order_minor: 9_998,
            currency: Currency::EUR,
            evidence: EvidenceGiven::default(),
            returnless_used_365d: 0,
        });
    }
    let rounds = 1_000_u32;
    let start = Instant::now();
    for _ in 0..rounds {
        for (i, case) in cases.iter().enumerate() {
            let at = i % 4;
            black_box(policy.evaluate(black_box(case)));
            black_box(law.entitlements(&LawFacts {
                delivered_on: case.last_delivered_on,
                line_delivered_on: case.delivered_on,
                notice_sent_on: case.asked_on,
                notice_received_on: case.asked_on,
                ..LawFacts::new(places[at], case.placed_on, &holidays[at])
            }));
        }
    }
    let lines = u128::from(rounds) * 1024;
    let took = start.elapsed().as_nanos();
    println!(
        "{} ns per line, {} lines per second",
        took / lines,
        lines * 1_000_000_000 / took
    );
    Ok(())
}
