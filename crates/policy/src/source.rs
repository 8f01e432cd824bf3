//! The policy as a client writes it: the shape of the TOML file, without meaning. What the parts
//! mean is decided in `compile`; bounds and cross-references are checked there too.
//!
//! Amounts are plain decimals per currency (`{ EUR = "12.50" }`), dates are `2026-11-01`.

use crate::words::{
    Anchor, Condition, EvidenceDemand, ExclusionGround, Fault, FeeKind, FeeTax, FinalSale, Grade,
    Instead, Outcome, Payer, Prefer, PromotionRule, RefundControl, ReturnReason, Route,
    SalesChannel, ShippingRule,
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
    /// What is offered before money, where no law gives a right to money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefer: Option<Prefer>,
    /// Countries the client delivers to; empty: everywhere. The check looks at these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryCode>,
    /// What buyers are told before they buy.
    #[serde(default, skip_serializing_if = "is_full")]
    pub disclosure: DisclosureSource,
    /// How a decision can be objected to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<AppealSource>,
    /// The client's own reasons, by path (`fit/too_small`), each leaf mapped to a core code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, OwnReasonSource>,
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
    /// What differs for single articles, by article number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub products: BTreeMap<String, ProductSource>,
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
    /// Whether the mark "final sale" counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_sale: Option<FinalSale>,
    /// The state goods must be in when nobody but the customer is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Vec<Condition>>,
    /// Which requests are taken at all when nobody but the customer is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<EligibilitySource>,
    /// Rules per reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<ReturnReason, ReasonSource>,
    /// Fees by kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fees: BTreeMap<FeeKind, FeeSource>,
    /// Outcomes offered unless the reason says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<Outcome>>,
    /// Bonus on top for customers who take store credit or an exchange instead of money.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bonuses: BTreeMap<Outcome, BonusSource>,
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
    /// Where goods should go first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
}

/// What buyers are told before they buy; the law asks for all of it in many countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DisclosureSource {
    /// That they may withdraw, and how.
    pub withdrawal_right: bool,
    /// That the way back is at their cost, where it is.
    pub return_costs: bool,
    /// That this policy is shown before the order is placed.
    pub before_purchase: bool,
}

impl Default for DisclosureSource {
    fn default() -> Self {
        Self {
            withdrawal_right: true,
            return_costs: true,
            before_purchase: true,
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
fn is_full(disclosure: &DisclosureSource) -> bool {
    *disclosure == DisclosureSource::default()
}

/// How a customer can object to a decision; another person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealSource {
    /// Days after the decision.
    pub days: u16,
    /// Days within which it is answered.
    pub answer_days: u16,
}

/// A reason in the client's own words. Groups have no code, leaves have one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnReasonSource {
    /// The core code it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ReturnReason>,
    /// Whose fault it speaks of, where that differs from the code's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// What customers read.
    pub text: Wording,
}

/// A single article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductSource {
    /// The category whose rules it inherits; none: those of the client, channel and market.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What differs.
    #[serde(default)]
    pub rules: RulesSource,
}

/// Which requests are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EligibilitySource {
    /// From this paid value of the units asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<AmountsSource>,
    /// Up to this paid value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<AmountsSource>,
    /// Up to this many units of one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_units: Option<u32>,
}

/// A bonus; promotional credit, never money (R13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BonusSource {
    /// Share of the refund, basis points.
    pub rate: Bps,
    /// Never more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<AmountsSource>,
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
    /// Without a delivery scan: count from dispatch plus these days. Such a day is a guess: the
    /// window opens by it and never closes by it; a person looks instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transit_days: Option<u16>,
    /// In any case as long as the law of the customer's home gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_law: Option<bool>,
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
    /// Only where the law gives no right to return the goods.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub where_lawful: bool,
    /// The statutory exemptions it rests on, by their names in the law packs
    /// (`sealed_hygiene_unsealed`); absent: those its ground stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal: Vec<String>,
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
    /// How a fixed amount stands to tax; it holds the tax unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<FeeTax>,
    /// Never more than this, tax included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<AmountsSource>,
    /// When it is not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverSource>,
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

/// When a fee is not taken; any one of these is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WaiverSource {
    /// When the customer uses a right the law gives.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub statutory: bool,
    /// When the customer takes one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// When the goods of the order were paid this much or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_from: Option<AmountsSource>,
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
    /// What becomes of them.
    #[serde(default = "keep_goods", skip_serializing_if = "is_keep")]
    pub instead: Instead,
    /// Only when bringing them back does not pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economics: Option<EconomicsSource>,
}

const fn keep_goods() -> Instead {
    Instead::Keep
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
fn is_keep(instead: &Instead) -> bool {
    *instead == Instead::Keep
}

/// What a return is worth to the client: goods stay when what they would still fetch is not more
/// than what bringing them back costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EconomicsSource {
    /// Label, receipt and handling of one return.
    pub return_cost: AmountsSource,
    /// What the goods still fetch, basis points of the paid value.
    pub resale: Bps,
}

/// When money may go: the first tier that fits, else `control`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundSource {
    /// The general rule.
    pub control: RefundControl,
    /// Days after that event within which money goes; 0 is the same day.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub within_days: u16,
    /// The rule for returns that rest on a statutory right, where that is earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<RefundControl>,
    /// Exceptions, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<RefundTierSource>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
fn is_zero(days: &u16) -> bool {
    *days == 0
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
    /// Days after it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub within_days: u16,
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
