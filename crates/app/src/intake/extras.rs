//! What an order has beside goods at a price, as it is stored: charges, kits, promotions. Pure.

use super::{
    ids,
    sold::{IntakeError, rates},
};
use kernel::OrderId;
use policy::PromotionRule;
use returns::{
    Charge, ChargeKind, LineEconomics, LineInput, LineKind, OrderLine, Promotion, Threshold,
    kit_parts, price_lines,
};
use smallvec::SmallVec;
use wire::{
    LineDraft, OrderDraft,
    extras::{ChargeDraft, ChargeKind as Told},
};

const fn kind(told: Told) -> ChargeKind {
    match told {
        Told::Duty => ChargeKind::Duty,
        Told::Deposit => ChargeKind::Deposit,
        Told::EcoFee => ChargeKind::EcoFee,
        Told::Service => ChargeKind::Service,
        Told::Tip => ChargeKind::Tip,
    }
}

fn charge(told: &ChargeDraft, quantity: u32, includes_tax: bool) -> Result<Charge, IntakeError> {
    let input = LineInput {
        unit_price: told.price,
        quantity,
        line_discount: 0,
        tax_rates: rates(&told.taxes),
    };
    let priced = price_lines(&[input], 0, includes_tax)?.pop();
    Ok(Charge {
        kind: kind(told.kind),
        economics: priced.unwrap_or_else(|| LineEconomics::free(quantity)),
    })
}

/// Charges told for the order as a whole: those that follow goods spread over its lines by what
/// was paid for them (R3), and the rest.
pub(super) fn order_charges(
    draft: &OrderDraft,
    lines: &[LineEconomics],
) -> Result<(Vec<Vec<Charge>>, Vec<Charge>), IntakeError> {
    let mut on_lines = vec![Vec::new(); lines.len()];
    let mut on_order = Vec::new();
    let weights: Vec<i64> = lines.iter().map(|l| l.gross).collect();
    let units: Vec<u32> = lines.iter().map(|l| l.quantity).collect();
    for told in &draft.charges {
        let whole = charge(told, 1, draft.prices_include_tax)?;
        if !whole.kind.follows_goods() {
            on_order.push(whole);
            continue;
        }
        let parts = kit_parts(&whole.economics, &weights, &units);
        for (own, economics) in on_lines.iter_mut().zip(parts) {
            let kind = whole.kind;
            if economics.gross > 0 {
                own.push(Charge { kind, economics });
            }
        }
    }
    Ok((on_lines, on_order))
}

/// The charges of a line, with its share of those on the order.
pub(super) fn line_charges(
    draft: &OrderDraft,
    line: &LineDraft,
    spread: Vec<Charge>,
) -> Result<SmallVec<[Charge; 0]>, IntakeError> {
    let own = line.charges.iter();
    let own = own.map(|told| charge(told, line.quantity, draft.prices_include_tax));
    own.chain(spread.into_iter().map(Ok)).collect()
}

/// The parts of a kit as lines of their own, by their stored weights (E14). What is sent and what
/// was paid is that of the kit; only whole kits count as sent.
pub(super) fn parts(order: OrderId, told: &LineDraft, kit: &OrderLine) -> Vec<OrderLine> {
    let weights: Vec<i64> = told.parts.iter().map(|p| p.weight).collect();
    let of = |kits: u32| -> Vec<u32> {
        let units = told.parts.iter();
        units.map(|p| p.units.saturating_mul(kits)).collect()
    };
    let (sold, sent) = (of(kit.quantity), of(kit.fulfilled));
    let split = |whole: &LineEconomics| kit_parts(whole, &weights, &sold);
    let charges: Vec<(ChargeKind, Vec<LineEconomics>)> = kit
        .charges
        .iter()
        .map(|c| (c.kind, split(&c.economics)))
        .collect();
    let economics = split(&kit.economics);
    let part = |(at, economics): (usize, LineEconomics)| {
        let p = &told.parts[at];
        let title = if p.title.is_empty() { &p.sku } else { &p.title };
        let charge = |(kind, parts): &(ChargeKind, Vec<LineEconomics>)| Charge {
            kind: *kind,
            economics: parts[at].clone(),
        };
        OrderLine {
            id: ids::line_id(order, &format!("{}/{at}", told.id)),
            sku: p.sku.as_str().into(),
            title: title.as_str().into(),
            quantity: sold[at],
            fulfilled: sent[at],
            serials: Vec::new(),
            kind: LineKind::KitPart {
                kit: kit.sku.clone(),
            },
            economics,
            charges: charges.iter().map(charge).collect(),
            ..kit.clone()
        }
    };
    economics.into_iter().enumerate().map(part).collect()
}

/// Promotions with their lines by the place they have once kits are taken apart.
pub(super) fn promotions(
    draft: &OrderDraft,
    on_loss: PromotionRule,
) -> Result<Vec<Promotion>, IntakeError> {
    let mut places = Vec::with_capacity(draft.lines.len());
    let mut next = 0_usize;
    for line in &draft.lines {
        places.push((line.id.as_str(), next));
        next += line.parts.len().max(1);
    }
    let place = |name: &str| {
        let found = places.iter().find(|(id, _)| *id == name)?;
        u16::try_from(found.1).ok()
    };
    let mut all = Vec::with_capacity(draft.promotions.len());
    for told in &draft.promotions {
        let needs = match (told.needs_value, told.needs_units) {
            (_, Some(units)) => Threshold::Units(units),
            (value, None) => Threshold::Value(value.unwrap_or(0)),
        };
        let lines = told.lines.iter();
        let lines = lines.filter_map(|l| Some((place(&l.line)?, l.discount)));
        let delivery = match told.free_delivery {
            None => None,
            Some(list) => {
                let input = LineInput {
                    unit_price: list,
                    quantity: 1,
                    line_discount: 0,
                    tax_rates: rates(&draft.shipping.taxes),
                };
                let priced = price_lines(&[input], 0, draft.prices_include_tax)?.pop();
                priced.map(Box::new)
            }
        };
        all.push(Promotion {
            id: told.id.as_str().into(),
            needs,
            lines: lines.collect(),
            delivery,
            on_loss,
        });
    }
    Ok(all)
}
