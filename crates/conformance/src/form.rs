//! The form of a case file. Every field is explained in `corpus/README.md`; what is not written
//! here is refused with its line.

use crate::read::Text;
use kernel::Currency;
use policy::{Fault, Outcome, Payer, PromotionRule, ShippingRule};
use returns::{ChargeKind, TenderKind, TenderStrategy};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub case: Vec<Case>,
}

/// One case: an order and what happens to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub(crate) id: Spanned<String>,
    #[expect(
        dead_code,
        reason = "read by people; demanded so that every case says what it is"
    )]
    pub(crate) title: String,
    #[expect(
        dead_code,
        reason = "read by people; demanded so that every figure has a source"
    )]
    pub(crate) source: String,
    pub(crate) order: Order,
    #[serde(default)]
    pub(crate) steps: Vec<Spanned<Step>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    pub currency: Currency,
    #[serde(default = "yes")]
    pub prices_include_tax: bool,
    pub discount: Option<Text>,
    pub lines: Vec<Line>,
    #[serde(default)]
    pub shipping: Vec<Line>,
    pub standard_shipping: Option<Text>,
    #[serde(default)]
    pub charges: Vec<ChargeForm>,
    #[serde(default)]
    pub promotions: Vec<PromotionForm>,
    pub tenders: Option<Vec<TenderForm>>,
    pub captured: Option<Text>,
    #[serde(default)]
    pub tender_strategy: TenderStrategy,
    #[serde(default)]
    pub expect: OrderExpect,
}

const fn yes() -> bool {
    true
}

const fn one() -> u32 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub price: Text,
    #[serde(default = "one")]
    pub quantity: u32,
    pub discount: Option<Text>,
    #[serde(default)]
    pub taxes: Vec<Text>,
    pub sent: Option<u32>,
    pub gift_card_spent: Option<Text>,
    #[serde(default)]
    pub charges: Vec<ChargeForm>,
    #[serde(default)]
    pub kit: Vec<KitForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KitForm {
    pub weight: Text,
    #[serde(default = "one")]
    pub units: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChargeForm {
    pub kind: ChargeKind,
    pub price: Text,
    #[serde(default)]
    pub taxes: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromotionForm {
    pub id: String,
    pub needs_value: Option<Text>,
    pub needs_units: Option<Spanned<u32>>,
    pub lines: Vec<Spanned<u16>>,
    pub discount: Option<Text>,
    pub delivery: Option<Line>,
    pub on_loss: PromotionRule,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenderForm {
    pub kind: TenderKind,
    pub amount: Text,
}

/// What the order itself should come to.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderExpect {
    pub refused: Option<Text>,
    pub gross: Option<Text>,
    pub tax: Option<Text>,
    pub shipping: Option<Text>,
    pub shipping_tax: Option<Text>,
    pub lines: Option<Vec<Text>>,
    pub discounts: Option<Vec<Text>>,
    pub units: Option<Vec<Vec<Text>>>,
    pub unit_taxes: Option<Vec<Vec<Text>>>,
    pub unit_discounts: Option<Vec<Vec<Text>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    Quote,
    Refund,
    Announce,
    Grant,
    GiveUp,
    Release,
    Settle,
    Reverse,
    ChargebackLost,
    Capture,
    OrderChanged,
    Exchange,
    Book,
    Prorate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    #[serde(rename = "do")]
    pub action: Action,
    pub case: Option<String>,
    #[serde(default)]
    pub lines: Vec<Spanned<StepLine>>,
    pub label_cost: Option<Text>,
    pub shipping: Option<Text>,
    pub promotion: Option<Text>,
    pub amount: Option<Text>,
    #[serde(default)]
    pub weights: Vec<Text>,
    #[serde(default)]
    pub new: Vec<Line>,
    pub promotional: Option<Text>,
    pub booked_in: Option<Currency>,
    pub rate_at_sale: Option<Text>,
    pub rate_now: Option<Text>,
    #[serde(default)]
    pub expect: Expect,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AmountTax {
    #[default]
    Included,
    Excluded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum RightForm {
    #[serde(rename = "no_delivery")]
    No,
    #[serde(rename = "standard_delivery")]
    Standard,
    #[serde(rename = "whole_delivery")]
    Whole,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepLine {
    pub line: u16,
    #[serde(default)]
    pub units: u32,
    pub amount: Option<Text>,
    #[serde(default)]
    pub amount_tax: AmountTax,
    #[serde(default)]
    pub rest: bool,
    pub outcome: Option<Outcome>,
    pub fault: Option<Fault>,
    pub right: Option<RightForm>,
    #[serde(default)]
    pub fees: Vec<FeeForm>,
    pub deduction: Option<DeductionForm>,
    pub label_paid_by: Option<Payer>,
    pub shipping_rule: Option<ShippingRule>,
    #[serde(default)]
    pub keep: bool,
    pub bonus: Option<Text>,
    pub bonus_cap: Option<Text>,
    pub sent: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeeForm {
    pub rate: Option<Text>,
    pub amount: Option<Text>,
    #[serde(default)]
    pub tax: AmountTax,
    pub cap: Option<Text>,
    #[serde(default)]
    pub waived: bool,
    #[serde(default)]
    pub label: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeductionForm {
    pub rate: Text,
    #[serde(default = "yes")]
    pub allowed: bool,
    #[serde(default = "yes")]
    pub evidenced: bool,
    pub limit: Option<Text>,
}

/// What a step should come to; only what is written is compared.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub refused: Option<Text>,
    pub limit: Option<Text>,
    pub allowed: Option<u32>,
    pub total: Option<Text>,
    pub tax: Option<Text>,
    pub taxes: Option<BTreeMap<String, Text>>,
    pub goods: Option<Text>,
    pub charges: Option<Text>,
    pub fees: Option<Text>,
    pub label: Option<Text>,
    pub deduction: Option<Text>,
    pub shipping: Option<Text>,
    pub shipping_tax: Option<Text>,
    pub promotion: Option<Text>,
    pub ceiling: Option<Text>,
    pub bonus: Option<Text>,
    pub lines: Option<Vec<Text>>,
    pub line_taxes: Option<Vec<Text>>,
    pub tenders: Option<Vec<Text>>,
    pub reasons: Option<Vec<Text>>,
    pub parts: Option<Vec<Text>>,
    pub collect: Option<Text>,
    pub refund: Option<Text>,
    pub promotional_used: Option<Text>,
    pub new_total: Option<Text>,
    pub new_tax: Option<Text>,
    pub loss: Option<Text>,
    pub refundable: Option<Text>,
    pub pending: Option<Text>,
    pub refunded: Option<Text>,
    pub free_units: Option<Vec<u32>>,
}
