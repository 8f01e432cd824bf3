//! Orders of the tau-bench retail set (`orders.json`, `users.json`): read to try the house on
//! many plausible orders. The set has no dates, so the caller says when they were placed.

use crate::{
    decimal::Decimal,
    error::{Fault, RowError, WireError},
    limits::{MAX_DOCUMENT, parse_json},
    order::{Buyer, Contact, LineDraft, OrderDraft, ShippingDraft, TenderDraft, TenderKind},
};
use kernel::{CountryCode, Currency, Place, Timestamp};
use serde::Deserialize;
use serde_json::Number;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
struct Order {
    #[serde(rename = "order_id")]
    number: String,
    user_id: String,
    address: Address,
    items: Vec<Item>,
    #[serde(default)]
    fulfillments: Vec<Fulfillment>,
    status: String,
    payment_history: Vec<Payment>,
}

#[derive(Deserialize)]
struct Address {
    #[serde(default, rename = "address1")]
    street: String,
    #[serde(default, rename = "address2")]
    suite: String,
    #[serde(default)]
    city: String,
    country: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    zip: String,
}

#[derive(Deserialize)]
struct Item {
    name: String,
    #[serde(rename = "item_id")]
    sku: String,
    price: Number,
}

#[derive(Deserialize)]
struct Fulfillment {
    item_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Payment {
    transaction_type: String,
    amount: Number,
    #[serde(rename = "payment_method_id")]
    method: String,
}

#[derive(Deserialize)]
struct User {
    name: Name,
    email: String,
}

#[derive(Deserialize)]
struct Name {
    #[serde(rename = "first_name")]
    first: String,
    #[serde(rename = "last_name")]
    last: String,
}

/// Reads all orders, in the order of their ids. `users` may be empty (`{}`).
pub fn orders_from_tau(
    orders: &[u8],
    users: &[u8],
    placed_at: Timestamp,
) -> Result<Vec<Result<OrderDraft, RowError>>, WireError> {
    let orders: BTreeMap<String, Order> = parse_json(orders, MAX_DOCUMENT)?;
    let users: HashMap<String, User> = parse_json(users, MAX_DOCUMENT)?;
    let draft = |(at, order): (u64, Order)| {
        let user = users.get(&order.user_id);
        let draft = order_draft(order, user, placed_at).map_err(|field| {
            RowError::new(at, Fault::Malformed, field, "", "as in the published set")
        })?;
        draft.check().map_err(|flaw| flaw.at(at))?;
        Ok(draft)
    };
    Ok((1..).zip(orders.into_values()).map(draft).collect())
}

/// The draft, or the field that cannot be read.
fn order_draft(
    order: Order,
    user: Option<&User>,
    placed_at: Timestamp,
) -> Result<OrderDraft, &'static str> {
    if order.address.country != "USA" {
        return Err("country");
    }
    let sent = |id: &str| {
        order
            .fulfillments
            .iter()
            .any(|f| f.item_ids.iter().any(|i| i == id))
    };
    let day = placed_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut lines = Vec::with_capacity(order.items.len());
    for (at, item) in order.items.into_iter().enumerate() {
        let fulfilled = sent(&item.sku);
        lines.push(LineDraft {
            // An article may stand twice in one order: its position is the id.
            id: (at + 1).to_string(),
            sku: item.sku,
            category: item.name.to_lowercase(),
            title: item.name,
            quantity: 1,
            unit_list: cents(&item.price).ok_or("price")?,
            line_discount: 0,
            taxes: Vec::new(),
            fulfilled: u32::from(fulfilled),
            refunded: 0,
            fulfilled_on: fulfilled.then_some(day),
            delivered_on: (fulfilled && order.status == "delivered").then_some(day),
            final_sale: false,
            serials: Vec::new(),
            vendor: None,
            charges: Vec::new(),
            gift_card_spent: None,
            parts: Vec::new(),
        });
    }
    let address = order.address;
    let region = Some(address.state.as_str()).filter(|s| !s.is_empty());
    let subdivision = region.map(str::parse).transpose().map_err(|_| "state")?;
    let street = [address.street, address.suite, address.city];
    Ok(OrderDraft {
        told: crate::order::Told::default(),
        no_tax: None,
        number: order.number,
        external_id: None,
        placed_at,
        channel: "web".to_owned(),
        buyer: Buyer::Consumer,
        delivery: Place {
            country: CountryCode::literal("US"),
            subdivision,
        },
        currency: Currency::USD,
        prices_include_tax: true,
        lines,
        order_discount: 0,
        charges: Vec::new(),
        promotions: Vec::new(),
        shipping: ShippingDraft::default(),
        tenders: tenders(&order.payment_history)?,
        cancelled: order.status == "cancelled",
        customer_id: Some(order.user_id),
        contact: Some(Contact {
            name: user
                .map(|u| format!("{} {}", u.name.first, u.name.last))
                .unwrap_or_default(),
            email: user.map(|u| u.email.clone()).unwrap_or_default(),
            phone: String::new(),
            address: street.into_iter().filter(|l| !l.is_empty()).collect(),
            postcode: address.zip,
            vat_id: String::new(),
        }),
    })
}

fn tenders(history: &[Payment]) -> Result<Vec<TenderDraft>, &'static str> {
    let mut tenders: Vec<TenderDraft> = Vec::new();
    for payment in history {
        let amount = cents(&payment.amount).ok_or("amount")?;
        let reference = &payment.method;
        match payment.transaction_type.as_str() {
            "payment" => tenders.push(TenderDraft {
                kind: match reference {
                    r if r.starts_with("gift_card") => TenderKind::GiftCard,
                    r if r.starts_with("credit_card") => TenderKind::Card,
                    r if r.starts_with("paypal") => TenderKind::Wallet,
                    _ => TenderKind::Other,
                },
                reference: reference.clone(),
                amount,
                refunded: 0,
            }),
            "refund" => {
                let paid = tenders.iter_mut().find(|t| t.reference == *reference);
                let paid = paid.ok_or("refund")?;
                paid.refunded = paid.refunded.saturating_add(amount);
            }
            _ => return Err("transaction_type"),
        }
    }
    Ok(tenders)
}

/// Cents of a JSON number. The set's amounts are sums of binary fractions ("1093.3400000000001"
/// is 1093.34), so its decimals beyond nine are cut and the rest rounded.
fn cents(number: &Number) -> Option<i64> {
    let text = number.to_string();
    let end = text
        .find('.')
        .map_or(text.len(), |dot| text.len().min(dot + 10));
    Decimal::parse(text.get(..end)?, b'.', None)?.rounded(Currency::USD.exponent())
}
