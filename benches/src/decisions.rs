//! `returns::decide` in a loop on one core: facts in, decision out, nothing stored.

use crate::{Settings, rows, table};
use kernel::{Bps, ClientId, CustomerId, Date, OrderId, OrderLineId, Place, PolicyHash};
use law::{Buyer, Holidays, LawBook};
use policy::{Policy, ReturnReason, SalesChannel};
use returns::{
    BuyerInformation, Facts, LineEconomics, LineInput, OrderAccount, OrderLine, Path,
    RequestedLine, SalesOrder, ShippingCharge, Tender, TenderKind, TenderStrategy, decide,
    price_lines,
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Decisions between two looks at the clock.
const ROUND: u32 = 1000;

/// Prints the table.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let policy = Policy::parse_toml(include_str!("../../packs/policies/giftware.toml"))?;
    let law = LawBook::builtin()?;
    let goodwill = ReturnReason::ChangedMind;
    let shapes = [
        (
            "one line, United States, goodwill",
            "US",
            1,
            goodwill,
            Path::Ordinary,
        ),
        (
            "one line, Germany, goodwill",
            "DE",
            1,
            goodwill,
            Path::Ordinary,
        ),
        (
            "one line, Germany, withdrawal",
            "DE",
            1,
            goodwill,
            Path::Withdrawal,
        ),
        (
            "one line, Germany, defect",
            "DE",
            1,
            ReturnReason::Defective,
            Path::Ordinary,
        ),
        (
            "one line, United Kingdom, defect",
            "GB",
            1,
            ReturnReason::Defective,
            Path::Ordinary,
        ),
        (
            "two lines, Germany, goodwill",
            "DE",
            2,
            goodwill,
            Path::Ordinary,
        ),
        (
            "five lines, Germany, withdrawal",
            "DE",
            5,
            goodwill,
            Path::Withdrawal,
        ),
    ];
    table::begin(
        "Decisions on one core",
        &["request", "requests/s", "lines/s", "each"],
    );
    for (name, country, lines, reason, path) in shapes {
        let order = order(country, lines)?;
        let account = OrderAccount::open(&order);
        let asked: Vec<RequestedLine> = (0..lines)
            .flat_map(|line| rows::lines().into_iter().map(move |l| (line, l)))
            .map(|(line, l)| RequestedLine { line, reason, ..l })
            .collect();
        let today = Date::constant(2026, 11, 10);
        let facts = Facts {
            order: &order,
            account: &account,
            case: None,
            lines: &asked,
            path,
            asked_on: today,
            notice_sent_on: today,
            notice_received_on: today,
            policy: &policy,
            law: &law,
            holidays: &Holidays::none(),
            returnless_used_365d: 0,
            label_cost_minor: 499,
            tenders: TenderStrategy::default(),
        };
        let rate = rate(&facts, settings.time())?;
        table::row(&[
            name.to_owned(),
            format!("{rate:.0}"),
            format!("{:.0}", rate * f64::from(lines)),
            format!("{:.0} ns", 1e9 / rate),
        ]);
    }
    Ok(())
}

/// Decisions per second of processor time: what else runs on the machine does not count.
fn rate(facts: &Facts<'_>, time: Duration) -> anyhow::Result<f64> {
    let (begin, used) = (Instant::now(), thread_cpu()?);
    let mut done = 0_u32;
    while begin.elapsed() < time {
        for _ in 0..ROUND {
            black_box(decide(black_box(facts)));
        }
        done += ROUND;
    }
    Ok(f64::from(done) / thread_cpu()?.saturating_sub(used).as_secs_f64())
}

/// Processor time this thread has used, as the scheduler counts it.
pub fn thread_cpu() -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// An order of so many lines, two units each, delivered five days before the question.
fn order(country: &str, lines: u16) -> anyhow::Result<SalesOrder> {
    let tax_rates: smallvec::SmallVec<_> = smallvec::smallvec![Bps(1900)];
    let input = |unit_price| LineInput {
        unit_price,
        quantity: 2,
        line_discount: 0,
        tax_rates: tax_rates.clone(),
    };
    let inputs: Vec<LineInput> = (0..lines)
        .map(|i| input(2000 + i64::from(i) * 500))
        .collect();
    let priced = price_lines(&inputs, 0, true)?;
    let charge = LineEconomics::merged(&price_lines(&[input(347)], 0, true)?);
    let captured = priced.iter().map(|l| l.gross).sum::<i64>() + charge.gross;
    let line = |(i, economics): (usize, LineEconomics)| OrderLine {
        id: OrderLineId(Uuid::from_u128(100 + i as u128)),
        sku: format!("SKU-{i}").into(),
        title: format!("Article {i}").into(),
        category: "".into(),
        quantity: economics.quantity,
        fulfilled: economics.quantity,
        fulfilled_on: Some(Date::constant(2026, 11, 3)),
        delivered_on: Some(Date::constant(2026, 11, 5)),
        final_sale: false,
        exemptions: smallvec::SmallVec::new(),
        serials: Vec::new(),
        vendor: None,
        kind: returns::LineKind::Goods,
        economics,
        charges: smallvec::SmallVec::new(),
    };
    Ok(SalesOrder {
        id: OrderId(Uuid::from_u128(1)),
        client: ClientId(7),
        number: "1001".into(),
        channel: SalesChannel::Online,
        place: Place::country(country.parse()?),
        buyer: Buyer::Consumer,
        currency: "EUR".parse()?,
        placed_on: Date::constant(2026, 11, 1),
        placed_at: "2026-11-01T10:00:00Z".parse()?,
        policy: PolicyHash([1; 32]),
        prices_include_tax: true,
        lines: priced.into_iter().enumerate().map(line).collect(),
        shipping: ShippingCharge {
            standard_minor: charge.gross,
            economics: charge,
        },
        charges: Vec::new(),
        promotions: Vec::new(),
        tenders: smallvec::smallvec![Tender {
            kind: TenderKind::Card,
            reference: "pi_1".into(),
            minor: captured,
        }],
        captured_minor: captured,
        customer: CustomerId(Uuid::from_u128(2)),
        informed: BuyerInformation::default(),
    })
}
