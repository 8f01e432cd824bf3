//! Prints decisions per second on one core:
//! `cargo run --release -p redress-returns --example decide_rate`.

use kernel::{Bps, ClientId, CustomerId, OrderId, OrderLineId, Place, PolicyHash};
use law::{Buyer, Holidays, LawBook};
use policy::{EvidenceGiven, Outcome, Policy, ReturnReason, SalesChannel};
use returns::quote::TenderStrategy;
use returns::{
    BuyerInformation, Facts, LineEconomics, LineInput, OrderAccount, OrderLine, Path,
    RequestedLine, SalesOrder, ShippingCharge, Tender, TenderKind, decide, price_lines,
};
use std::{hint::black_box, time::Instant};
use uuid::Uuid;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = Policy::parse_toml(include_str!("../../../packs/policies/apparel.toml"))?;
    let law = LawBook::builtin()?;
    let holidays = Holidays::none();
    for (country, path, lines) in [
        ("DE", Path::Ordinary, 1),
        ("DE", Path::Withdrawal, 2),
        ("US", Path::Ordinary, 2),
    ] {
        let order = order(country)?;
        let account = OrderAccount::open(&order);
        let asked = [asked(0), asked(1)];
        let facts = Facts {
            order: &order,
            account: &account,
            case: None,
            lines: &asked[..lines],
            path,
            asked_on: "2026-11-10".parse()?,
            notice_sent_on: "2026-11-10".parse()?,
            notice_received_on: "2026-11-10".parse()?,
            policy: &policy,
            law: &law,
            holidays: &holidays,
            returnless_used_365d: 0,
            label_cost_minor: 499,
            tenders: TenderStrategy::OwnFirst,
        };
        let rounds = 1_000_000;
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(decide(black_box(&facts)));
        }
        let nanos = start.elapsed().as_nanos() / rounds;
        let rate = 1_000_000_000 / nanos.max(1);
        println!("{country} {path:?}, {lines} line(s): {nanos} ns, {rate} decisions/s/core");
    }
    Ok(())
}

fn asked(line: u16) -> RequestedLine {
    RequestedLine {
        line,
        units: 1,
        reason: ReturnReason::SizeSmall,
        wanted: Outcome::Refund,
        evidence: EvidenceGiven::default(),
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    }
}

fn order(country: &str) -> Result<SalesOrder, Box<dyn std::error::Error>> {
    let input = |unit_price, quantity| LineInput {
        unit_price,
        quantity,
        line_discount: 0,
        tax_rates: [Bps(1900)].into_iter().collect(),
    };
    let priced = price_lines(&[input(4000, 2), input(2500, 1)], 1050, true)?;
    let charge = LineEconomics::merged(&price_lines(&[input(695, 1)], 0, true)?);
    let captured = priced.iter().map(|l| l.gross).sum::<i64>() + charge.gross;
    let (sent, came) = ("2026-11-03".parse()?, "2026-11-05".parse()?);
    let line = |economics: LineEconomics| OrderLine {
        id: OrderLineId(Uuid::nil()),
        sku: "SKU".into(),
        title: "Shirt".into(),
        category: "apparel/shirts".into(),
        quantity: economics.quantity,
        fulfilled: economics.quantity,
        fulfilled_on: Some(sent),
        delivered_on: Some(came),
        final_sale: false,
        exemptions: smallvec::SmallVec::new(),
        serials: Vec::new(),
        vendor: None,
        kind: returns::LineKind::Goods,
        economics,
        charges: smallvec::SmallVec::new(),
    };
    Ok(SalesOrder {
        id: OrderId(Uuid::nil()),
        client: ClientId(1),
        number: "1001".into(),
        channel: SalesChannel::Online,
        place: Place::country(country.parse()?),
        buyer: Buyer::Consumer,
        currency: "EUR".parse()?,
        placed_on: "2026-11-01".parse()?,
        placed_at: "2026-11-01T10:00:00Z".parse()?,
        policy: PolicyHash([0; 32]),
        prices_include_tax: true,
        lines: priced.into_iter().map(line).collect(),
        shipping: ShippingCharge {
            standard_minor: charge.gross,
            economics: charge,
        },
        charges: Vec::new(),
        promotions: Vec::new(),
        tenders: smallvec::smallvec![Tender {
            kind: TenderKind::Card,
            reference: "pi".into(),
            minor: captured,
        }],
        captured_minor: captured,
        customer: CustomerId(Uuid::nil()),
        informed: BuyerInformation::default(),
    })
}
