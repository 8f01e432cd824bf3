//! The parts of Shopify's Admin REST order body that we read (webhooks still carry it). Ids
//! are 64-bit numbers; amounts are decimal texts in shop and presentment currency.

use serde::Deserialize;
use serde_json::Number;

#[derive(Deserialize)]
pub(crate) struct Order {
    pub id: u64,
    pub name: String,
    pub created_at: String,
    pub processed_at: Option<String>,
    pub cancelled_at: Option<String>,
    pub source_name: Option<String>,
    pub currency: String,
    pub presentment_currency: Option<String>,
    #[serde(default)]
    pub taxes_included: bool,
    pub total_discounts: Option<String>,
    pub total_discounts_set: Option<MoneyBag>,
    pub total_tip_received: Option<String>,
    #[serde(default)]
    pub line_items: Vec<LineItem>,
    #[serde(default)]
    pub shipping_lines: Vec<ShippingLine>,
    #[serde(default)]
    pub fulfillments: Vec<Fulfillment>,
    #[serde(default)]
    pub refunds: Vec<Refund>,
    #[serde(default)]
    pub transactions: Vec<Transaction>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub customer: Option<Customer>,
    pub company: Option<serde::de::IgnoredAny>,
    pub shipping_address: Option<Address>,
    pub billing_address: Option<Address>,
}

#[derive(Deserialize)]
pub(crate) struct MoneyBag {
    pub presentment_money: Option<BagMoney>,
}

#[derive(Deserialize)]
pub(crate) struct BagMoney {
    pub amount: String,
}

#[derive(Deserialize)]
pub(crate) struct LineItem {
    pub id: u64,
    pub sku: Option<String>,
    pub variant_id: Option<u64>,
    pub title: String,
    pub quantity: u32,
    pub price: String,
    pub price_set: Option<MoneyBag>,
    pub vendor: Option<String>,
    #[serde(default)]
    pub tax_lines: Vec<TaxLine>,
    #[serde(default)]
    pub discount_allocations: Vec<Allocation>,
    #[serde(default)]
    pub gift_card: bool,
    #[serde(default)]
    pub duties: Vec<Duty>,
}

#[derive(Deserialize)]
pub(crate) struct Duty {
    pub price_set: Option<MoneyBag>,
}

#[derive(Deserialize)]
pub(crate) struct Allocation {
    pub amount: String,
    pub amount_set: Option<MoneyBag>,
}

#[derive(Deserialize)]
pub(crate) struct TaxLine {
    pub rate: Option<Number>,
    pub price: String,
    pub price_set: Option<MoneyBag>,
}

#[derive(Deserialize)]
pub(crate) struct ShippingLine {
    pub price: String,
    pub price_set: Option<MoneyBag>,
    #[serde(default)]
    pub tax_lines: Vec<TaxLine>,
    #[serde(default)]
    pub discount_allocations: Vec<Allocation>,
}

#[derive(Deserialize)]
pub(crate) struct Fulfillment {
    pub status: Option<String>,
    pub created_at: String,
    #[serde(default)]
    pub line_items: Vec<FulfilledItem>,
}

#[derive(Deserialize)]
pub(crate) struct FulfilledItem {
    pub id: u64,
    pub quantity: u32,
}

#[derive(Deserialize)]
pub(crate) struct Refund {
    #[serde(default)]
    pub refund_line_items: Vec<RefundedItem>,
    #[serde(default)]
    pub transactions: Vec<Transaction>,
}

#[derive(Deserialize)]
pub(crate) struct RefundedItem {
    pub line_item_id: u64,
    pub quantity: u32,
}

#[derive(Deserialize)]
pub(crate) struct Transaction {
    pub id: u64,
    pub parent_id: Option<u64>,
    pub kind: String,
    pub status: Option<String>,
    pub gateway: Option<String>,
    pub amount: String,
}

#[derive(Deserialize)]
pub(crate) struct Customer {
    pub id: Option<u64>,
}

#[derive(Deserialize)]
pub(crate) struct Address {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address1: Option<String>,
    pub address2: Option<String>,
    pub city: Option<String>,
    pub zip: Option<String>,
    pub country_code: Option<String>,
    pub province_code: Option<String>,
}
