//! The sales order a return is about, as it was sold. Stored as one opaque value; holds no
//! personal data: the customer is an id, and who that is lives elsewhere.

use crate::charge::{Charge, LineKind};
use crate::economics::LineEconomics;
use crate::promotion::Promotion;
use kernel::{
    ClientId, Currency, CustomerId, Date, Money, OrderId, OrderLineId, Place, PolicyHash, Timestamp,
};
use law::{Buyer, Exemption, Informed};
use policy::SalesChannel;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// How the buyer paid a part of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenderKind {
    /// A payment card or wallet.
    Card,
    /// A gift card; its part goes back to it first (R14).
    GiftCard,
    /// Store credit of the client; its part goes back to it first (R14).
    StoreCredit,
    /// A bank transfer or direct debit.
    Bank,
}

impl TenderKind {
    /// Whether the client itself issued what was paid with, so that it goes back there first.
    pub const fn is_own_instrument(self) -> bool {
        matches!(self, Self::GiftCard | Self::StoreCredit)
    }
}

/// One payment of the order. `reference` is the provider's token, never a card or account number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tender {
    /// What was paid with.
    pub kind: TenderKind,
    /// The payment provider's reference.
    pub reference: Arc<str>,
    /// Captured, minor units of the order's currency.
    pub minor: i64,
}

/// What the buyer was told before buying; missing information lengthens statutory periods and
/// moves costs to the seller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyerInformation {
    /// Of the right of withdrawal, with the model form.
    pub of_withdrawal: Informed,
    /// That the buyer bears the direct cost of sending goods back.
    pub of_return_costs: bool,
    /// Of the return policy, before the order and as the statute of the place demands: where it
    /// was not shown, some statutes give a default.
    #[serde(default = "shown")]
    pub of_policy: bool,
}

/// Orders taken in before it was recorded.
const fn shown() -> bool {
    true
}

impl Default for BuyerInformation {
    /// What a lawful shop does; an import says otherwise when it knows otherwise.
    fn default() -> Self {
        Self {
            of_withdrawal: Informed::Yes,
            of_return_costs: true,
            of_policy: true,
        }
    }
}

/// Outbound delivery of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingCharge {
    /// What was paid for it.
    pub economics: LineEconomics,
    /// Gross of the cheapest standard delivery that was offered, minor units: what a statutory
    /// withdrawal gives back when a dearer way was chosen (R10).
    pub standard_minor: i64,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which.
    pub id: OrderLineId,
    /// The client's article number.
    pub sku: Arc<str>,
    /// Title as sold.
    pub title: Arc<str>,
    /// Category in the client's words, e.g. `swimwear`; the policy maps it. Empty if unknown.
    #[serde(default)]
    pub category: Arc<str>,
    /// Units sold.
    pub quantity: u32,
    /// Units sent so far; only these can come back.
    pub fulfilled: u32,
    /// Day the last of them left.
    #[serde(default)]
    pub fulfilled_on: Option<Date>,
    /// Day the last of them arrived.
    #[serde(default)]
    pub delivered_on: Option<Date>,
    /// Sold as final.
    #[serde(default)]
    pub final_sale: bool,
    /// Statutory exemptions that hold for the goods as facts, e.g. made to measure.
    #[serde(default, skip_serializing_if = "SmallVec::is_empty")]
    pub exemptions: SmallVec<[Exemption; 1]>,
    /// Serial numbers of the units, where the client records them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<Arc<str>>,
    /// Marketplace vendor who sold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<Arc<str>>,
    /// What kind of article it is.
    #[serde(default, skip_serializing_if = "LineKind::is_goods")]
    pub kind: LineKind,
    /// What it was sold for.
    pub economics: LineEconomics,
    /// What was charged on top for these units: duty, deposit, eco-fee. A charge on the whole
    /// order that follows the goods is spread over the lines at import.
    #[serde(default, skip_serializing_if = "SmallVec::is_empty")]
    pub charges: SmallVec<[Charge; 0]>,
}

impl OrderLine {
    /// What `count` units from `first` can come back for: their gross and the charges that
    /// follow them. The ceiling of a unit (R5).
    pub fn worth(&self, first: u32, count: u32) -> i64 {
        let charges = self
            .following()
            .map(|c| c.economics.units_gross(first, count));
        self.economics.units_gross(first, count) + charges.sum::<i64>()
    }

    /// The charges that come back with the units.
    pub fn following(&self) -> impl Iterator<Item = &Charge> {
        self.charges.iter().filter(|c| c.kind.follows_goods())
    }
}

/// An order of a client as it was sold. The policy version in force at purchase is pinned here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesOrder {
    /// Which.
    pub id: OrderId,
    /// Whose.
    pub client: ClientId,
    /// The number the buyer knows.
    pub number: Arc<str>,
    /// Where it was placed.
    pub channel: SalesChannel,
    /// Where it was delivered: this place's law applies.
    pub place: Place,
    /// Consumer or business.
    pub buyer: Buyer,
    /// Currency of every amount in the order.
    pub currency: Currency,
    /// Day of the order in the client's time zone.
    pub placed_on: Date,
    /// Moment of the order.
    pub placed_at: Timestamp,
    /// The policy version in force when it was placed.
    pub policy: PolicyHash,
    /// Whether list prices hold tax.
    pub prices_include_tax: bool,
    /// The lines, in the order's own sequence; reasons and requests name them by index.
    pub lines: Vec<OrderLine>,
    /// Outbound delivery.
    pub shipping: ShippingCharge,
    /// Charges on the order as a whole that no return gives back, such as a tip.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Charge>,
    /// Promotions that hung on how much was bought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<Promotion>,
    /// How it was paid, in the order of payment.
    pub tenders: SmallVec<[Tender; 1]>,
    /// Money received for it, minor units.
    pub captured_minor: i64,
    /// Who bought; an id only.
    pub customer: CustomerId,
    /// What the buyer was told.
    #[serde(default)]
    pub informed: BuyerInformation,
    /// Why what bears no tax bears none, where the shop said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_tax: Option<NoTax>,
}

/// Why a sale bears no tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoTax {
    /// The buyer owes the tax.
    ReverseCharge,
    /// Goods went to a business in another member state.
    IntraCommunity,
    /// Goods left the customs union.
    Export,
    /// The law exempts them.
    Exempt,
}

impl SalesOrder {
    /// The most lines an order may have: line indexes are 16 bits.
    pub const MAX_LINES: usize = u16::MAX as usize;

    /// The line at `index`, if there is one.
    pub fn line(&self, index: u16) -> Option<&OrderLine> {
        self.lines.get(usize::from(index))
    }

    /// What was paid for the goods of all lines, charges and delivery left out, minor units.
    pub fn goods_minor(&self) -> i64 {
        self.lines.iter().map(|l| l.economics.gross).sum()
    }

    /// All that was charged, tax and delivery included: some statutes start at a value.
    pub fn value(&self) -> Money {
        let lines = self.lines.iter().map(|l| l.economics.gross);
        let start = self.shipping.economics.gross;
        Money::new(lines.fold(start, i64::saturating_add), self.currency)
    }
}
