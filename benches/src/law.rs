//! The law on one core: entitlements per second, and how long it takes to load every pack.

use crate::{
    Settings,
    table::{self, thread_cpu},
};
use anyhow::Context as _;
use jiff::civil::date;
use kernel::{Money, Place};
use law::{Holidays, Informed, LawBook, LawFacts, RequestKind, SaleChannel};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Evaluations between two looks at the clock.
const ROUND: u32 = 1000;
/// Loads of all packs that are timed.
const LOADS: u32 = 20;

/// Prints both tables.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let book = LawBook::builtin()?;
    table::begin(
        "Entitlements on one core",
        &["question", "evaluations/s", "each"],
    );
    for (name, place, kind, informed, channel) in questions() {
        let place = place_of(place)?;
        let holidays = book.holidays(place, 2025..=2028);
        let facts = LawFacts {
            channel,
            contract_value: Some(Money::new(12_000, kernel::Currency::EUR)),
            informed,
            delivered_on: Some(date(2026, 3, 4)),
            line_delivered_on: Some(date(2026, 3, 4)),
            request: kind,
            notice_sent_on: date(2026, 3, 10),
            notice_received_on: date(2026, 3, 10),
            ..LawFacts::new(place, date(2026, 3, 2), &holidays)
        };
        let rate = rate(&book, &facts, settings.time())?;
        row(name, rate);
    }
    let (rate, places) = every_place(&book, settings.time())?;
    row(&format!("every place in turn ({places})"), rate);
    loading()
}

fn row(name: &str, rate: f64) {
    table::row(&[
        name.to_owned(),
        format!("{rate:.0}"),
        format!("{:.0} ns", 1e9 / rate),
    ]);
}

type Question = (
    &'static str,
    &'static str,
    RequestKind,
    Informed,
    SaleChannel,
);

fn questions() -> [Question; 7] {
    let mind = RequestKind::ChangeOfMind;
    let defect = RequestKind::Defect {
        noticed_on: date(2026, 3, 9),
    };
    let told = Informed::Yes;
    let online = SaleChannel::Distance;
    [
        ("Germany, change of mind", "DE", mind, told, online),
        (
            "Germany, change of mind, never told",
            "DE",
            mind,
            Informed::No,
            online,
        ),
        ("Germany, defect", "DE", defect, told, online),
        ("United Kingdom, defect", "GB", defect, told, online),
        ("California, change of mind", "US-CA", mind, told, online),
        (
            "Italy, at the door",
            "IT",
            mind,
            told,
            SaleChannel::OffPremises,
        ),
        (
            "Brazil, goods that never came",
            "BR",
            RequestKind::NonDelivery,
            told,
            online,
        ),
    ]
}

fn place_of(code: &str) -> anyhow::Result<Place> {
    let (country, part) = code.split_once('-').unwrap_or((code, ""));
    let part = (!part.is_empty()).then(|| part.parse()).transpose();
    Ok(Place {
        country: country.parse()?,
        subdivision: part?,
    })
}

/// Evaluations per second of processor time.
fn rate(book: &LawBook, facts: &LawFacts<'_>, time: Duration) -> anyhow::Result<f64> {
    let (begin, used) = (Instant::now(), thread_cpu()?);
    let mut done = 0_u32;
    while begin.elapsed() < time {
        for _ in 0..ROUND {
            black_box(book.entitlements(black_box(facts)));
        }
        done += ROUND;
    }
    Ok(f64::from(done) / thread_cpu()?.saturating_sub(used).as_secs_f64())
}

/// The same over every place the packs know, one after the other, a defect and a change of mind.
fn every_place(book: &LawBook, time: Duration) -> anyhow::Result<(f64, usize)> {
    let none = Holidays::none();
    let codes = book.jurisdictions().filter(|j| j.code != "EU");
    let places: Vec<Place> = codes
        .map(|j| place_of(&j.code))
        .collect::<anyhow::Result<_>>()?;
    let noticed_on = date(2026, 3, 9);
    let facts: Vec<LawFacts<'_>> = places
        .iter()
        .flat_map(|place| {
            [
                RequestKind::ChangeOfMind,
                RequestKind::Defect { noticed_on },
            ]
            .map(|request| LawFacts {
                delivered_on: Some(date(2026, 3, 4)),
                line_delivered_on: Some(date(2026, 3, 4)),
                request,
                notice_sent_on: date(2026, 3, 10),
                notice_received_on: date(2026, 3, 10),
                ..LawFacts::new(*place, date(2026, 3, 2), &none)
            })
        })
        .collect();
    let (begin, used) = (Instant::now(), thread_cpu()?);
    let mut done = 0_usize;
    while begin.elapsed() < time {
        for facts in &facts {
            black_box(book.entitlements(black_box(facts)));
        }
        done += facts.len();
    }
    let cpu = thread_cpu()?.saturating_sub(used).as_secs_f64();
    let done = u32::try_from(done).context("counted too far")?;
    Ok((f64::from(done) / cpu, places.len()))
}

fn loading() -> anyhow::Result<()> {
    let used = thread_cpu()?;
    let mut rules = 0;
    for _ in 0..LOADS {
        rules = black_box(LawBook::builtin()?).rules().len();
    }
    let each = thread_cpu()?.saturating_sub(used) / LOADS;
    table::begin("Loading all packs", &["packs", "rules", "time"]);
    table::row(&[
        LawBook::builtin_packs().len().to_string(),
        rules.to_string(),
        format!("{:.1} ms", each.as_secs_f64() * 1e3),
    ]);
    Ok(())
}
