//! An order and a return as another system tells them, before economics: parsed to kernel types
//! and bounded, not yet prorated, priced or judged. The serde form of these structs *is* the
//! JSONL schema of `redress import` (see [`crate::jsonl`]).

use crate::{
    error::Fault,
    extras::{ChargeDraft, PartDraft, PromotionDraft},
};
use kernel::{Bps, Currency, Date, Place, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most lines of one order.
pub const MAX_LINES: usize = 5_000;
/// Most units of one line.
pub const MAX_QUANTITY: u32 = 10_000_000;
/// Largest amount of one field, minor units: ten billion of a two-decimal currency.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;
/// Longest number, id, SKU or reference, bytes.
pub const MAX_ID: usize = 128;
/// Longest title or address line, bytes.
pub const MAX_TEXT: usize = 512;
/// Most taxes of a line, tenders or address lines of an order.
pub const MAX_PARTS: usize = 32;
/// Most serial numbers of one line.
pub const MAX_SERIALS: usize = 1_000;

/// Who bought: consumer law protects only one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Buyer {
    /// A natural person outside trade or profession.
    Consumer,
    /// A business.
    Business,
}

/// One order as another system tells it. All amounts are minor units of `currency`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderDraft {
    /// The order number the customer knows.
    pub number: String,
    /// The other system's own id of the order, if it has another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Where it was sold: `web`, `store`, a marketplace's name.
    pub channel: String,
    /// Consumer or business.
    pub buyer: Buyer,
    /// Where the goods were to be delivered.
    pub delivery: Place,
    /// Currency of every amount in this order.
    pub currency: Currency,
    /// Whether prices, discounts and shipping below contain their tax.
    pub prices_include_tax: bool,
    /// What was bought; at least one, at most [`MAX_LINES`].
    pub lines: Vec<LineDraft>,
    /// Discount on the order as a whole, not yet spread over lines; >= 0.
    #[serde(default)]
    pub order_discount: i64,
    /// Outbound delivery.
    #[serde(default)]
    pub shipping: ShippingDraft,
    /// Charges on the order as a whole: a tip, gift wrapping; duties, deposits and eco-fees told
    /// for all goods together are spread over the lines by what was paid for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<ChargeDraft>,
    /// Promotions that hung on how much was bought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<PromotionDraft>,
    /// How it was paid, in the order of payment; empty when the other system does not say.
    #[serde(default)]
    pub tenders: Vec<TenderDraft>,
    /// Whether the order was cancelled before it was sent.
    #[serde(default)]
    pub cancelled: bool,
    /// The other system's id of the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Who the customer is: personal data, stored apart from everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What the buyer was told before buying, where the shop records it for each order; what the
    /// client's policy says otherwise.
    #[serde(default, skip_serializing_if = "Told::is_empty")]
    pub told: Told,
    /// Why what bears no tax bears none, where the other system says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_tax: Option<NoTax>,
}

/// Why a sale bears no tax, as its invoice says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTax {
    /// The buyer owes the tax; their VAT identifier is needed.
    ReverseCharge,
    /// Goods went to a business in another member state; its VAT identifier is needed.
    IntraCommunity,
    /// Goods left the customs union.
    Export,
    /// The law exempts them.
    Exempt,
}

impl NoTax {
    /// Whether the buyer has to be known by a VAT identifier.
    pub const fn needs_vat_id(self) -> bool {
        matches!(self, Self::ReverseCharge | Self::IntraCommunity)
    }
}

/// What the buyer was told before buying. Where nothing was told, some statutes give more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Of the right to withdraw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal_right: Option<bool>,
    /// That the way back is at the buyer's cost, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_costs: Option<bool>,
    /// Of the return policy, shown as the statute of the place demands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<bool>,
}

impl Told {
    /// Nothing is recorded for the order.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineDraft {
    /// The other system's id of the line, unique inside the order.
    pub id: String,
    /// Article number.
    pub sku: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// The client's category, for policy rules; empty when unknown.
    #[serde(default)]
    pub category: String,
    /// Units bought, 1..=[`MAX_QUANTITY`].
    pub quantity: u32,
    /// List price of one unit; >= 0.
    pub unit_list: i64,
    /// Discount on the whole line (not per unit), 0..= `quantity * unit_list`.
    #[serde(default)]
    pub line_discount: i64,
    /// Taxes of the line: rates, or amounts where the other system states them.
    #[serde(default)]
    pub taxes: Vec<TaxDraft>,
    /// Units sent so far, at most `quantity`.
    #[serde(default)]
    pub fulfilled: u32,
    /// Units the other system has already refunded or cancelled, at most `quantity`.
    #[serde(default)]
    pub refunded: u32,
    /// Day of (last) dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilled_on: Option<Date>,
    /// Day of (last) delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_on: Option<Date>,
    /// Sold as final: the client's policy may exclude it from returns.
    #[serde(default)]
    pub final_sale: bool,
    /// Serial numbers of the units sold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<String>,
    /// The vendor who supplies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Charged on top of each unit: duty, deposit, eco-fee.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<ChargeDraft>,
    /// A gift card, and what was spent from the cards of this line so far, minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift_card_spent: Option<i64>,
    /// The parts of a kit: each becomes a line of its own, so that parts come back alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartDraft>,
}

/// One tax of a line or of shipping; a rate, an amount for the whole line, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxDraft {
    /// Rate in basis points, 0..=10,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Bps>,
    /// Amount for the whole line as the other system charged it, minor units, >= 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

/// Outbound delivery of an order, minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingDraft {
    /// List price; >= 0.
    pub list: i64,
    /// Discount on it, at most `list`.
    #[serde(default)]
    pub discount: i64,
    /// Its taxes.
    #[serde(default)]
    pub taxes: Vec<TaxDraft>,
}

/// What a payment was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenderKind {
    /// Credit or debit card.
    Card,
    /// A wallet that pays from a card or account (PayPal and the like).
    Wallet,
    /// Bank transfer or direct debit.
    Bank,
    /// Gift card: the money goes back to it (R14).
    GiftCard,
    /// Store credit.
    StoreCredit,
    /// Cash on delivery or in store.
    Cash,
    /// Buy now pay later, invoice.
    Invoice,
    /// Not known.
    Other,
}

/// One captured payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenderDraft {
    /// What with.
    pub kind: TenderKind,
    /// The payment provider's reference; never a card number.
    pub reference: String,
    /// Captured, minor units, > 0.
    pub amount: i64,
    /// Of that already refunded, 0..=`amount`.
    #[serde(default)]
    pub refunded: i64,
}

/// Who a customer is. Kept in one struct so that it can be stored, encrypted and erased apart;
/// its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Full name.
    #[serde(default)]
    pub name: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// Telephone number.
    #[serde(default)]
    pub phone: String,
    /// Street lines and town, in the order they are written.
    #[serde(default)]
    pub address: Vec<String>,
    /// Postcode.
    #[serde(default)]
    pub postcode: String,
    /// VAT identifier of a business, with the prefix of its country.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vat_id: String,
}

impl Contact {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(..)")
    }
}

/// A return as another system tells it: so many units of an article came back. Which order and
/// line it belongs to is found by the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnDraft {
    /// The other system's number of the return (credit note, cancellation invoice).
    pub number: String,
    /// 1-based line of the file it came from; set by the reader.
    #[serde(default)]
    pub line: u64,
    /// The order it refers to, where the other system says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The other system's id of the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Article number.
    pub sku: String,
    /// Units, >= 1.
    pub quantity: u32,
    /// Credited per unit, minor units of `currency`, >= 0.
    pub unit_price: i64,
    /// Credited for the line, minor units; `quantity * unit_price` unless the price per unit has
    /// more decimals than the currency.
    pub total: i64,
    /// Its currency.
    pub currency: Currency,
    /// When.
    pub at: Timestamp,
    /// Reason in the other system's words; empty when unknown.
    #[serde(default)]
    pub reason: String,
}

/// The first thing wrong with a draft: which field, what, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Why.
    pub fault: Fault,
    /// Field by our name.
    pub field: &'static str,
    /// What was found.
    pub what: String,
    /// What would be right.
    pub help: &'static str,
}
