//! The quote of a large order: goods, fees, a label, delivery and promotions that are lost, from
//! terms that are stated, with a reason for each figure.

use crate::{
    Settings,
    table::{self, rate_of},
};
use kernel::{Basis, Bps, ClientId, CustomerId, OrderId, OrderLineId, Place, PolicyHash};
use law::Buyer;
use policy::{Payer, PromotionRule, SalesChannel, ShippingRule};
use returns::{
    BuyerInformation, LineEconomics, LineInput, LineKind, OrderAccount, OrderLine, Promotion,
    SalesOrder, ShippingCharge, Tender, TenderKind, TenderStrategy, Threshold, price_lines,
    refund::{Fee, FeeSize, FeeTax, LineTerms, Request, quote},
};
use std::hint::black_box;
use uuid::Uuid;

const LINES: u16 = 50;

/// Prints the table.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let order = order()?;
    let account = OrderAccount::open(&order);
    let fee = Fee {
        name: "restocking",
        is_label: false,
        size: FeeSize::Rate(Bps(1000)),
        tax: FeeTax::Included,
        cap: Some(500),
        basis: Basis::Order,
        waived: None,
    };
    let terms: Vec<LineTerms> = (0..LINES)
        .map(|line| LineTerms {
            fees: [fee.clone()].into_iter().collect(),
            label_paid_by: Payer::Customer,
            shipping: ShippingRule::ProRata,
            ..LineTerms::plain(line, 1)
        })
        .collect();
    let request = Request {
        order: &order,
        account: &account,
        case: None,
        lines: &terms,
        label_cost_minor: 499,
        tenders: TenderStrategy::OwnFirst,
    };
    let once = quote(&request);
    let rate = rate_of(settings.time(), 1, || {
        black_box(quote(black_box(&request)));
        Ok(())
    })?;
    table::begin(
        "A quote of 50 lines with three promotions",
        &["figures", "reasons", "total", "each", "target"],
    );
    table::row(&[
        once.lines.len().to_string(),
        once.reasons.len().to_string(),
        once.total.to_string(),
        format!("{:.1} µs", 1e6 / rate),
        "50 µs".to_owned(),
    ]);
    Ok(())
}

/// An order of 50 lines, two units each, discounted, with three promotions over them.
fn order() -> anyhow::Result<SalesOrder> {
    let input = |unit_price, line_discount, quantity| LineInput {
        unit_price,
        quantity,
        line_discount,
        tax_rates: [Bps(1900)].into_iter().collect(),
    };
    let inputs: Vec<LineInput> = (0..i64::from(LINES))
        .map(|i| input(2_000 + i * 37, 300, 2))
        .collect();
    let priced = price_lines(&inputs, 5_050, true)?;
    let charge = LineEconomics::merged(&price_lines(&[input(695, 0, 1)], 0, true)?);
    let captured = priced.iter().map(|l| l.gross).sum::<i64>() + charge.gross;
    let line = |economics: LineEconomics| OrderLine {
        id: OrderLineId(Uuid::nil()),
        sku: "SKU".into(),
        title: "Shirt".into(),
        category: "".into(),
        quantity: economics.quantity,
        fulfilled: economics.quantity,
        fulfilled_on: None,
        delivered_on: None,
        final_sale: false,
        exemptions: smallvec::SmallVec::new(),
        serials: Vec::new(),
        vendor: None,
        kind: LineKind::Goods,
        economics,
        charges: smallvec::SmallVec::new(),
    };
    let promotion = |needs, lines: std::ops::Range<u16>| Promotion {
        id: "P".into(),
        needs,
        lines: lines.map(|i| (i, 100)).collect(),
        delivery: None,
        on_loss: PromotionRule::ClawBack,
    };
    Ok(SalesOrder {
        id: OrderId(Uuid::nil()),
        client: ClientId(1),
        number: "1001".into(),
        channel: SalesChannel::Online,
        place: Place::country("US".parse()?),
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
        promotions: vec![
            promotion(Threshold::Value(300_000), 0..LINES),
            promotion(Threshold::Units(30), 0..20),
            promotion(Threshold::Value(50_000), 20..LINES),
        ],
        tenders: smallvec::smallvec![Tender {
            kind: TenderKind::Card,
            reference: "pi".into(),
            minor: captured,
        }],
        captured_minor: captured,
        customer: CustomerId(Uuid::nil()),
        informed: BuyerInformation::default(),
        no_tax: None,
    })
}
