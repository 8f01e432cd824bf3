//! The policy as a client writes it: the shape of the TOML file, without meaning. What the parts
//! mean is decided in `compile`; bounds and cross-references are checked there too.
//!
//! Amounts are plain decimals per currency (`{ EUR = "12.50" }`), dates are `2026-11-01`.

use crate::words::{
    Anchor, EvidenceDemand, ExclusionGround, Fault, FeeKind, Grade, Outcome, Payer, PromotionRule,
    RefundControl, ReturnReason, SalesChannel, ShippingRule,
};
use kernel::{Bps, CountryCode, Currency, Date, Lang};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Plain decimal amounts by ISO 4217 code.
pub type AmountsSource = BTreeMap<String, String>;
/// A wording by language.
pub type Wording = BTreeMap<Lang, String>;

/// A whole policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySource {
    /// The client's name as customers know it.
    pub name: String,
    /// Currencies orders may be in; the first is the default. Every amount names each of them.
    pub currencies: Vec<Currency>,
    /// Languages every wording exists in.
    pub languages: Vec<Lang>,
    /// Days an authorisation stays valid without a first scan.
    pub authorisation_days: u16,
    /// Threshold promotions; kept unless the policy said otherwise at purchase (R11).
    #[serde(default = "keep")]
    pub promotion: PromotionRule,
    /// Wording for goods marked as final sale.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub final_sale: Wording,
    /// The client-wide rules.
    pub rules: RulesSource,
    /// Longer windows for orders of a season.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidaySource>,
    /// What differs by sales channel.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<SalesChannel, RulesSource>,
    /// What differs by market, under a name of the client's choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub markets: BTreeMap<String, MarketSource>,
    /// What differs by category path (`apparel/swimwear`); children inherit from parents.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, RulesSource>,
    /// Up to what amount each role may decide alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub authority: BTreeMap<String, AmountsSource>,
}

const fn keep() -> PromotionRule {
    PromotionRule::Keep
}

/// Rules of one level. Everything is optional: what is absent is inherited, what is present
/// replaces the inherited value as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RulesSource {
    /// The return window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowSource>,
    /// Nothing of this level can be returned without a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<ExclusionSource>,
    /// Rules per reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<ReturnReason, ReasonSource>,
    /// Fees by kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fees: BTreeMap<FeeKind, FeeSource>,
    /// Outcomes offered unless the reason says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<Outcome>>,
    /// Bonus on store credit, basis points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_credit_bonus: Option<Bps>,
    /// Amount up to which a rule approves without a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_approve: Option<AmountsSource>,
    /// When goods need not come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returnless: Option<ReturnlessSource>,
    /// When money may go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundSource>,
    /// Outbound delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingSource>,
    /// Who pays the way back when nobody but the consumer is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Payer>,
    /// Deductions by grade, basis points of the paid value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<BTreeMap<Grade, Bps>>,
    /// Country the goods go back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_to: Option<CountryCode>,
}

/// A market: some countries and what differs there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketSource {
    /// Its countries; a country is in one market at most.
    pub countries: Vec<CountryCode>,
    /// What differs.
    #[serde(default)]
    pub rules: RulesSource,
}

/// A return window. Missing parts are inherited one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WindowSource {
    /// Days after the anchor; the last day counts in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// What the days count from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// Without a delivery scan: count from dispatch plus these days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transit_days: Option<u16>,
}

/// Goods that cannot be returned unless the seller is at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusionSource {
    /// Why.
    pub ground: ExclusionGround,
    /// Only once the seal or packaging is broken.
    #[serde(default)]
    pub only_opened: bool,
    /// The clause customers read.
    pub text: Wording,
}

/// A rule for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReasonSource {
    /// Whether the reason is taken at all; yes unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// Whose fault it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Days of the window for this reason; wins over every general window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// Evidence demanded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceDemand>,
    /// Outcomes offered for this reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<Outcome>>,
}

/// A fee. Exactly one of `rate`, `amount` and `none = true`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeeSource {
    /// Share of the paid value, basis points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Bps>,
    /// Fixed amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountsSource>,
    /// Takes an inherited fee away.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// Never more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<AmountsSource>,
    /// Only for these reasons; all that are not the seller's fault if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<ReturnReason>>,
    /// Only once the seal or packaging is broken.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_opened: bool,
    /// Only when asked more than this many days after the anchor (demanded for a late fee).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_days: Option<u16>,
}

/// Goods that may stay with the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnlessSource {
    /// Up to this paid value of the units asked for.
    pub up_to: AmountsSource,
    /// For these reasons.
    pub reasons: Vec<ReturnReason>,
    /// At most this often per customer in 365 days.
    pub max_per_365_days: u16,
}

/// When money may go: the first tier that fits, else `control`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSource {
    /// The general rule.
    pub control: RefundControl,
    /// Exceptions, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<RefundTierSource>,
}

/// An exception to the general refund control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundTierSource {
    /// Only for this fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Only up to this amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<AmountsSource>,
    /// The control then.
    pub control: RefundControl,
}

/// Outbound delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingSource {
    /// When the customer changed their mind.
    pub rule: ShippingRule,
    /// When the seller is at fault; never `none` (R9).
    #[serde(default = "full_on_full_order")]
    pub on_fault: ShippingRule,
}

const fn full_on_full_order() -> ShippingRule {
    ShippingRule::FullOnFullOrder
}

/// A longer window for orders of a season. It never shortens one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidaySource {
    /// Part of the clause id: `holiday.<id>`.
    pub id: String,
    /// First day of orders.
    pub ordered_from: Date,
    /// Last day of orders.
    pub ordered_to: Date,
    /// They may be returned until this day, included.
    pub return_until: Date,
}
