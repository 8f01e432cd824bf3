//! Prints what one question to the law costs. Run with `--release`.

use jiff::civil::date;
use law::{Holidays, LawBook, LawFacts, RequestKind};
use std::{hint::black_box, time::Instant};

const ROUNDS: u32 = 2_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let book = LawBook::builtin()?;
    println!("loading all packs: {:?}", start.elapsed());
    let delivered = date(2026, 3, 4);
    for code in ["DE", "ES", "GB", "US"] {
        let place = kernel::Place::country(code.parse()?);
        let holidays: Holidays = book.holidays(place, 2025..=2028);
        let kinds = [
            RequestKind::ChangeOfMind,
            RequestKind::Defect {
                noticed_on: delivered,
            },
        ];
        for request in kinds {
            let facts = LawFacts {
                delivered_on: Some(delivered),
                line_delivered_on: Some(delivered),
                request,
                notice_sent_on: date(2026, 3, 10),
                notice_received_on: date(2026, 3, 10),
                ..LawFacts::new(place, date(2026, 3, 1), &holidays)
            };
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(book.entitlements(black_box(&facts)));
            }
            let ns = start.elapsed().as_nanos() / u128::from(ROUNDS);
            println!("{code} {request:?}: {ns} ns");
        }
    }
    Ok(())
}
