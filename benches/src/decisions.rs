//! `returns::decide` in a loop on one core: facts in, decision out, nothing stored.

use crate::{
    Settings, quotes, rows,
    table::{self, rate_of},
};
use kernel::{Bps, ClientId, CustomerId, Date, OrderId, OrderLineId, Place, PolicyHash};
use law::{Buyer, Holidays, LawBook};
use policy::{Policy, ReturnReason, SalesChannel};
use returns::{
    BuyerInformation, Decision, Facts, LineEconomics, LineInput, OrderAccount, OrderLine, Path,
    RequestedLine, SalesOrder, ShippingCharge, Tender, TenderKind, TenderStrategy, decide,
    price_lines,
};
use std::hint::black_box;
use uuid::Uuid;

/// Decisions between two looks at the clock.
const ROUND: usize = 1000;

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
        &["request", "requests/s", "lines/s", "each", "target"],
    );
    for (name, country, lines, reason, path) in shapes {
        let asked: Vec<RequestedLine> = (0..lines)
            .flat_map(|line| rows::lines().into_iter().map(move |l| (line, l)))
            .map(|(line, l)| RequestedLine { line, reason, ..l })
            .collect();
        let order = order(country, lines)?;
        let rate = on(&order, &asked, path, &policy, &law, |facts| {
            rate_of(settings.time(), ROUND, || {
                for _ in 0..ROUND {
                    black_box(decide(black_box(facts)));
                }
                Ok(())
            })
        })?;
        table::row(&[
            name.to_owned(),
            format!("{rate:.0}"),
            format!("{:.0}", rate * f64::from(lines)),
            format!("{:.0} ns", 1e9 / rate),
            "1,000,000/s".to_owned(),
        ]);
    }
    quotes::run(settings)
}

/// Asks `answer` about a request that comes five days after delivery.
fn on<T>(
    order: &SalesOrder,
    lines: &[RequestedLine],
    path: Path,
    policy: &Policy,
    law: &LawBook,
    answer: impl FnOnce(&Facts<'_>) -> T,
) -> T {
    let today = Date::constant(2026, 11, 10);
    answer(&Facts {
        order,
        account: &OrderAccount::open(order),
        case: None,
        lines,
        path,
        asked_on: today,
        notice_sent_on: today,
        notice_received_on: today,
        policy,
        law,
        holidays: &Holidays::none(),
        returnless_used_365d: 0,
        claim: None,
        label_cost_minor: 499,
        tenders: TenderStrategy::default(),
    })
}

/// One decision as it comes: on these lines of an order delivered to Germany.
pub fn example(lines: &[RequestedLine]) -> anyhow::Result<Decision> {
    let policy = Policy::parse_toml(include_str!("../../packs/policies/giftware.toml"))?;
    let (law, order) = (LawBook::builtin()?, order("DE", 2)?);
    Ok(on(&order, lines, Path::Ordinary, &policy, &law, decide))
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
        no_tax: None,
    })
}
