//! From the form of an order to an order as it is stored, priced by the same functions an
//! import uses.

use crate::compare::Sink;
use crate::form::{ChargeForm, Line, Order, PromotionForm};
use crate::read::{Fault, Reader, Text};
use kernel::{
    ClientId, CustomerId, Date, OrderId, OrderLineId, Place, PolicyHash, Timestamp, prorate,
};
use law::Buyer;
use policy::SalesChannel;
use returns::{
    BuyerInformation, Charge, LineEconomics, LineInput, LineKind, OrderLine, PricingError,
    Promotion, SalesOrder, ShippingCharge, Tender, TenderKind, Threshold, kit_parts, price_lines,
};
use smallvec::SmallVec;
use uuid::Uuid;

/// The order, or the code of why it cannot be priced.
pub(crate) fn build(reader: &Reader<'_>, form: &Order) -> Result<Result<SalesOrder, Code>, Fault> {
    let mut inputs = Vec::new();
    for line in &form.lines {
        inputs.push(input(reader, line)?);
    }
    let mut promotions = Vec::new();
    for p in &form.promotions {
        match promotion(reader, form, p, &mut inputs)? {
            Ok(promotion) => promotions.push(promotion),
            Err(code) => return Ok(Err(code)),
        }
    }
    let discount = reader.minor_or(form.discount.as_ref(), 0)?;
    let inclusive = form.prices_include_tax;
    let priced = match price_lines(&inputs, discount, inclusive) {
        Ok(priced) => priced,
        Err(e) => return Ok(Err(code(&e))),
    };
    let mut lines = Vec::new();
    for (line, economics) in form.lines.iter().zip(priced) {
        for (kind, economics) in parts(reader, line, economics)? {
            let mut charges = SmallVec::new();
            for c in &line.charges {
                let quantity = economics.quantity;
                match charge(reader, c, quantity, inclusive)? {
                    Ok(charge) => charges.push(charge),
                    Err(code) => return Ok(Err(code)),
                }
            }
            lines.push(order_line(line, kind, economics, charges));
        }
    }
    let mut shipments = Vec::new();
    for shipment in &form.shipping {
        match price_lines(&[input(reader, shipment)?], 0, inclusive) {
            Ok(priced) => shipments.extend(priced),
            Err(e) => return Ok(Err(code(&e))),
        }
    }
    let delivery = LineEconomics::merged(&shipments);
    let mut charges = Vec::new();
    for c in &form.charges {
        match charge(reader, c, 1, inclusive)? {
            Ok(charge) => charges.push(charge),
            Err(code) => return Ok(Err(code)),
        }
    }
    let paid = lines
        .iter()
        .map(|l| l.economics.gross + l.charges.iter().map(|c| c.economics.gross).sum::<i64>())
        .sum::<i64>()
        + delivery.gross
        + charges.iter().map(|c| c.economics.gross).sum::<i64>();
    let mut tenders = SmallVec::new();
    match &form.tenders {
        Some(stated) => {
            for t in stated {
                tenders.push(tender(t.kind, reader.minor(&t.amount)?));
            }
        }
        None => tenders.push(tender(TenderKind::Card, paid)),
    }
    let standard = reader.minor_or(form.standard_shipping.as_ref(), delivery.gross)?;
    let captured = reader.minor_or(form.captured.as_ref(), paid)?;
    Ok(Ok(SalesOrder {
        id: OrderId(Uuid::from_u128(1)),
        client: ClientId(1),
        number: "1".into(),
        channel: SalesChannel::Online,
        place: Place::country(country(reader)?),
        buyer: Buyer::Consumer,
        currency: form.currency,
        placed_on: Date::default(),
        placed_at: Timestamp::default(),
        policy: PolicyHash([0; 32]),
        prices_include_tax: inclusive,
        lines,
        shipping: ShippingCharge {
            economics: delivery,
            standard_minor: standard,
        },
        charges,
        promotions,
        tenders,
        captured_minor: captured,
        customer: CustomerId(Uuid::from_u128(2)),
        informed: BuyerInformation::default(),
        no_tax: None,
    }))
}

/// Why an order is refused.
pub(crate) type Code = &'static str;

fn code(error: &PricingError) -> Code {
    match error {
        PricingError::Quantity { .. } => "quantity",
        PricingError::Price { .. } => "price",
        PricingError::LineDiscount { .. } => "line_discount",
        PricingError::OrderDiscount => "order_discount",
        PricingError::TaxRate { .. } => "tax_rate",
    }
}

/// The country plays no part in the arithmetic; any will do.
fn country(reader: &Reader<'_>) -> Result<kernel::CountryCode, Fault> {
    "DE".parse()
        .map_err(|_| Fault::at(reader.text, 0, "no such country"))
}

fn tender(kind: TenderKind, minor: i64) -> Tender {
    Tender {
        kind,
        reference: "r".into(),
        minor,
    }
}

fn rates(reader: &Reader<'_>, taxes: &[Text]) -> Result<SmallVec<[kernel::Bps; 2]>, Fault> {
    taxes.iter().map(|t| reader.rate(t)).collect()
}

/// What the pricing functions take; also used for new goods of an exchange.
pub(crate) fn input(reader: &Reader<'_>, line: &Line) -> Result<LineInput, Fault> {
    Ok(LineInput {
        unit_price: reader.minor(&line.price)?,
        quantity: line.quantity,
        line_discount: reader.minor_or(line.discount.as_ref(), 0)?,
        tax_rates: rates(reader, &line.taxes)?,
    })
}

fn charge(
    reader: &Reader<'_>,
    form: &ChargeForm,
    quantity: u32,
    inclusive: bool,
) -> Result<Result<Charge, Code>, Fault> {
    let input = LineInput {
        unit_price: reader.minor(&form.price)?,
        quantity,
        line_discount: 0,
        tax_rates: rates(reader, &form.taxes)?,
    };
    Ok(match price_lines(&[input], 0, inclusive) {
        Ok(mut priced) => Ok(Charge {
            kind: form.kind,
            economics: priced.pop().unwrap_or_else(|| LineEconomics::free(1)),
        }),
        Err(e) => Err(code(&e)),
    })
}

/// A line as it is stored: itself, or the parts of a kit.
fn parts(
    reader: &Reader<'_>,
    line: &Line,
    economics: LineEconomics,
) -> Result<Vec<(LineKind, LineEconomics)>, Fault> {
    if let Some(spent) = &line.gift_card_spent {
        let spent_minor = reader.minor(spent)?;
        return Ok(vec![(LineKind::GiftCard { spent_minor }, economics)]);
    }
    if line.kit.is_empty() {
        return Ok(vec![(LineKind::Goods, economics)]);
    }
    let mut weights = Vec::new();
    for part in &line.kit {
        weights.push(reader.minor(&part.weight)?);
    }
    let units: Vec<u32> = line
        .kit
        .iter()
        .map(|p| p.units.saturating_mul(line.quantity))
        .collect();
    let kind = LineKind::KitPart { kit: "kit".into() };
    let parts = kit_parts(&economics, &weights, &units);
    Ok(parts.into_iter().map(|p| (kind.clone(), p)).collect())
}

fn order_line(
    form: &Line,
    kind: LineKind,
    economics: LineEconomics,
    charges: SmallVec<[Charge; 0]>,
) -> OrderLine {
    OrderLine {
        id: OrderLineId(Uuid::from_u128(3)),
        sku: "SKU".into(),
        title: "Article".into(),
        category: "".into(),
        quantity: economics.quantity,
        fulfilled: form.sent.unwrap_or(economics.quantity),
        fulfilled_on: None,
        delivered_on: None,
        final_sale: false,
        exemptions: SmallVec::new(),
        serials: Vec::new(),
        vendor: None,
        kind,
        economics,
        charges,
    }
}

/// A promotion, whose discount is spread over its lines (R3) and added to theirs.
fn promotion(
    reader: &Reader<'_>,
    order: &Order,
    form: &PromotionForm,
    inputs: &mut [LineInput],
) -> Result<Result<Promotion, Code>, Fault> {
    let needs = match (&form.needs_value, &form.needs_units) {
        (Some(value), None) => Threshold::Value(reader.minor(value)?),
        (None, Some(units)) => Threshold::Units(*units.get_ref()),
        _ => {
            let at = form.lines.first().map_or(0, |l| l.span().start);
            let what = "a promotion needs one of needs_value and needs_units";
            return Err(Fault::at(reader.text, at, what));
        }
    };
    let mut weights = Vec::new();
    for at in &form.lines {
        let line = usize::from(*at.get_ref());
        let Some(input) = inputs
            .get(line)
            .filter(|_| order.lines[line].kit.is_empty())
        else {
            let what = "a promotion names lines of the order that are no kits";
            return Err(Fault::at(reader.text, at.span().start, what));
        };
        let list = input.unit_price.checked_mul(i64::from(input.quantity));
        let Some(left) = list.and_then(|l| l.checked_sub(input.line_discount)) else {
            return Ok(Err("price"));
        };
        weights.push(left);
    }
    let discount = reader.minor_or(form.discount.as_ref(), 0)?;
    let mut lines = SmallVec::new();
    for (at, share) in form.lines.iter().zip(prorate(discount, &weights)) {
        inputs[usize::from(*at.get_ref())].line_discount += share;
        lines.push((*at.get_ref(), share));
    }
    let delivery = match &form.delivery {
        None => None,
        Some(line) => match price_lines(&[input(reader, line)?], 0, order.prices_include_tax) {
            Ok(mut priced) => priced.pop().map(Box::new),
            Err(e) => return Ok(Err(code(&e))),
        },
    };
    Ok(Ok(Promotion {
        id: form.id.as_str().into(),
        needs,
        lines,
        delivery,
        on_loss: form.on_loss,
    }))
}

/// A figure of every unit: its name, what is expected per line, and how it is read.
type PerUnit<'a> = (
    &'a str,
    &'a Option<Vec<Vec<Text>>>,
    fn(&LineEconomics) -> i64,
);

/// Compares what the order came to with what the case says.
pub(crate) fn check(form: &Order, order: &SalesOrder, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let e = &form.expect;
    let lines = || order.lines.iter().map(|l| &l.economics);
    let charges = order.lines.iter().flat_map(|l| &l.charges);
    let extra: Vec<&LineEconomics> = charges
        .chain(&order.charges)
        .map(|c| &c.economics)
        .chain([&order.shipping.economics])
        .collect();
    let all = || lines().chain(extra.iter().copied());
    sink.amount("gross", e.gross.as_ref(), all().map(|l| l.gross).sum())?;
    sink.amount("tax", e.tax.as_ref(), all().map(LineEconomics::tax).sum())?;
    let delivery = &order.shipping.economics;
    sink.amount("shipping", e.shipping.as_ref(), delivery.gross)?;
    sink.amount("shipping_tax", e.shipping_tax.as_ref(), delivery.tax())?;
    let of = |f: fn(&LineEconomics) -> i64| lines().map(f).collect::<Vec<_>>();
    sink.amounts("lines", e.lines.as_deref(), &of(|l| l.gross))?;
    let discounts = of(|l| l.line_discount + l.order_discount);
    sink.amounts("discounts", e.discounts.as_deref(), &discounts)?;
    let wanted: [PerUnit<'_>; 3] = [
        ("units", &e.units, |u| u.gross),
        ("unit_taxes", &e.unit_taxes, LineEconomics::tax),
        ("unit_discounts", &e.unit_discounts, |u| {
            u.line_discount + u.order_discount
        }),
    ];
    for (name, expected, figure) in wanted {
        let Some(expected) = expected else { continue };
        let units = |l: &LineEconomics| -> Vec<i64> {
            let count = l.quantity.min(1_000);
            (0..count).map(|i| figure(&l.units(i, 1))).collect()
        };
        let got: Vec<Vec<i64>> = lines().map(units).collect();
        for (i, expected) in expected.iter().enumerate() {
            let own = got.get(i).map_or(&[][..], Vec::as_slice);
            sink.amounts(&format!("{name} of line {i}"), Some(expected), own)?;
        }
    }
    Ok(())
}
