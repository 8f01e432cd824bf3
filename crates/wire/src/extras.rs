//! What an order has beside goods at a price: charges, promotions that hung on how much was
//! bought, kits with stored weights, gift cards. Read and bounded here; what they come back for is
//! decided in `returns`.

use crate::{
    check::{Checked, amount, at_most, count, flaw, id, quantity, taxes, text},
    error::Fault,
    order::{LineDraft, MAX_PARTS, OrderDraft, TaxDraft},
};
use serde::{Deserialize, Serialize};

/// What a charge was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// Customs duty or import tax; comes back with the goods.
    Duty,
    /// A deposit on a container; comes back with the goods.
    Deposit,
    /// A recycling or environmental fee; comes back with the goods.
    EcoFee,
    /// A service that was given, such as gift wrapping.
    Service,
    /// A tip; never comes back.
    Tip,
}

/// A charge of a line or of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeDraft {
    /// What for.
    pub kind: ChargeKind,
    /// On a line, the price for one unit; on the order, the whole price. Minor units, >= 0, with
    /// or without tax like the prices of the order.
    pub price: i64,
    /// Its taxes; rates only.
    #[serde(default)]
    pub taxes: Vec<TaxDraft>,
}

/// A part of a kit that was sold for one price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartDraft {
    /// Article number.
    pub sku: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// How many are in one kit.
    #[serde(default = "one")]
    pub units: u32,
    /// Its share of the kit's price, in any unit that is the same for all parts: usually what
    /// the part costs alone. >= 0.
    pub weight: i64,
}

const fn one() -> u32 {
    1
}

/// A discount that hung on how much was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromotionDraft {
    /// The shop's name for it.
    pub id: String,
    /// Goods of this value it asked for, minor units, in the order's own prices. One of this and
    /// `needs_units`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_value: Option<i64>,
    /// Units it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_units: Option<u32>,
    /// The lines it counts, each with the part of its line discount that it gave.
    pub lines: Vec<PromotedLine>,
    /// Outbound delivery it gave free: what that would have cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_delivery: Option<i64>,
}

/// A line a promotion counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromotedLine {
    /// The id of the line.
    pub line: String,
    /// Of its `line_discount`, what this promotion gave; 0 for a line that only counts.
    #[serde(default)]
    pub discount: i64,
}

/// Bounds of what a line has beside its price.
pub(crate) fn check_line(line: &LineDraft) -> Checked {
    charges("line.charges", &line.charges)?;
    count("line.parts", line.parts.len(), MAX_PARTS)?;
    if let Some(spent) = line.gift_card_spent {
        amount("line.gift_card_spent", spent)?;
        let list = line.unit_list.saturating_mul(i64::from(line.quantity));
        at_most("line.gift_card_spent", spent, list)?;
        if !line.parts.is_empty() {
            let help = "a gift card has no parts";
            return flaw(Fault::Inconsistent, "line.parts", &line.id, help);
        }
    }
    for part in &line.parts {
        id("line.parts.sku", &part.sku)?;
        text("line.parts.title", &part.title)?;
        quantity("line.parts.units", part.units)?;
        amount("line.parts.weight", part.weight)?;
        let units = part.units.saturating_mul(line.quantity);
        quantity("line.parts.units", units)?;
    }
    Ok(())
}

/// Bounds and contradictions of what an order has beside its lines.
pub(crate) fn check_order(order: &OrderDraft) -> Checked {
    charges("charges", &order.charges)?;
    count("promotions", order.promotions.len(), MAX_PARTS)?;
    for promotion in &order.promotions {
        id("promotions.id", &promotion.id)?;
        match (promotion.needs_value, promotion.needs_units) {
            (Some(value), None) => amount("promotions.needs_value", value)?,
            (None, Some(units)) => quantity("promotions.needs_units", units)?,
            _ => {
                let help = "one of needs_value and needs_units";
                return flaw(Fault::Inconsistent, "promotions", &promotion.id, help);
            }
        }
        amount(
            "promotions.free_delivery",
            promotion.free_delivery.unwrap_or(0),
        )?;
        if promotion.lines.is_empty() {
            let help = "the lines it counts";
            return flaw(Fault::Missing, "promotions.lines", &promotion.id, help);
        }
        for (at, counted) in promotion.lines.iter().enumerate() {
            let name = counted.line.as_str();
            let known = order.lines.iter().find(|l| l.id == name);
            let Some(line) = known.filter(|l| l.parts.is_empty()) else {
                let help = "the id of a line of the order that is no kit";
                return flaw(Fault::Inconsistent, "promotions.lines.line", name, help);
            };
            if promotion.lines[..at].iter().any(|l| l.line == counted.line) {
                let help = "each line once in a promotion";
                return flaw(Fault::Inconsistent, "promotions.lines.line", name, help);
            }
            let field = "promotions.lines.discount";
            amount(field, counted.discount)?;
            // Of all promotions together: a discount was given once.
            let given = order.promotions.iter().flat_map(|p| &p.lines);
            let given = given.filter(|l| l.line == counted.line);
            let given = given.fold(0_i64, |sum, l| sum.saturating_add(l.discount));
            at_most(field, given, line.line_discount)?;
        }
    }
    Ok(())
}

fn charges(field: &'static str, list: &[ChargeDraft]) -> Checked {
    count(field, list.len(), MAX_PARTS)?;
    for charge in list {
        amount(field, charge.price)?;
        taxes(&charge.taxes)?;
        if charge.taxes.iter().any(|t| t.rate.is_none()) {
            return flaw(
                Fault::Missing,
                field,
                "",
                "a tax rate: charges take no tax amounts",
            );
        }
    }
    Ok(())
}
