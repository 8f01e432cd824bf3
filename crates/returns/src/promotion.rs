//! Promotions as they stood at purchase: what they asked for, what they gave on which line, and
//! what the policy of that day said happens when the rest of the order no longer earns them
//! (R11). Facts only; the arithmetic is in `refund`.

use crate::economics::LineEconomics;
use policy::PromotionRule;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// What must be bought for a promotion to hold, counted over its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// Goods of this value before the promotion, in the shop's own prices, minor units.
    Value(i64),
    /// This many units.
    Units(u32),
}

/// A discount that hangs on how much was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// The shop's name for it.
    pub id: Arc<str>,
    /// What it asked for.
    pub needs: Threshold,
    /// The lines it counts and discounts, each with the discount it gave there: minor units on
    /// the line's own price basis, a part of the line's discounts. 0 for a line that only counts.
    pub lines: SmallVec<[(u16, i64); 2]>,
    /// Outbound delivery it gave free: what delivery would have cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Box<LineEconomics>>,
    /// What happens when the rest of the order no longer earns it.
    pub on_loss: PromotionRule,
}
