//! What an order cost beside goods and delivery: duties, deposits, eco-fees, services, tips; and
//! what stands behind a line: an ordinary article, a gift card, a part of a kit. Facts of the
//! sale, stored at import; the arithmetic on them is in `refund`.

use crate::economics::{LineEconomics, TaxShare, Taxes};
use kernel::prorate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a charge was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// Customs duty or import tax the shop collected.
    Duty,
    /// A deposit on a bottle or container.
    Deposit,
    /// A recycling or environmental fee.
    EcoFee,
    /// A service that was given, such as gift wrapping or assembly.
    Service,
    /// A tip to people; never refundable.
    Tip,
}

impl ChargeKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Duty,
        Self::Deposit,
        Self::EcoFee,
        Self::Service,
        Self::Tip,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Deposit => "deposit",
            Self::EcoFee => "eco_fee",
            Self::Service => "service",
            Self::Tip => "tip",
        }
    }

    /// Whether it comes back with the units it was charged for. What was given (a service, a
    /// tip) is used up; what was collected for the goods follows them.
    pub const fn follows_goods(self) -> bool {
        matches!(self, Self::Duty | Self::Deposit | Self::EcoFee)
    }
}

/// A charge and what was paid for it. On a line, its totals are over the line's units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// What for.
    pub kind: ChargeKind,
    /// What was paid.
    pub economics: LineEconomics,
}

/// What kind of article a line sold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LineKind {
    /// Goods.
    #[default]
    Goods,
    /// A gift card: worth what is left on it.
    GiftCard {
        /// Spent from the cards of this line so far, minor units.
        spent_minor: i64,
    },
    /// A part of a kit that was sold for one price.
    KitPart {
        /// The kit's article number.
        kit: Arc<str>,
    },
}

impl LineKind {
    /// Whether it is ordinary goods; such lines are written without a kind.
    pub fn is_goods(&self) -> bool {
        *self == Self::Goods
    }
}

/// Splits what a kit was sold for over its parts by their stored `weights` (R3), each component
/// on its own, so that the parts sum to the kit in every component and return in any order
/// (E14). `units` are the units of each part in the whole line.
pub fn kit_parts(kit: &LineEconomics, weights: &[i64], units: &[u32]) -> Vec<LineEconomics> {
    let split = |total: i64| prorate(total, weights);
    // Net and each tax are split and gross is their sum, so that nothing falls below zero.
    let net = split(kit.net);
    let taxes: Vec<Vec<i64>> = kit.taxes.iter().map(|t| split(t.minor)).collect();
    let line_discount = split(kit.line_discount);
    let order_discount = split(kit.order_discount);
    let parts = weights.len().min(units.len());
    let part = |i: usize| {
        let own: Taxes = kit
            .taxes
            .iter()
            .zip(&taxes)
            .map(|(t, parts)| TaxShare {
                rate: t.rate,
                minor: parts[i],
            })
            .collect();
        let gross = net[i] + own.iter().map(|t| t.minor).sum::<i64>();
        let basis = if kit.includes_tax { gross } else { net[i] };
        LineEconomics {
            quantity: units[i],
            list: basis + line_discount[i] + order_discount[i],
            line_discount: line_discount[i],
            order_discount: order_discount[i],
            net: net[i],
            taxes: own,
            gross,
            includes_tax: kit.includes_tax,
        }
    };
    (0..parts).map(part).collect()
}
