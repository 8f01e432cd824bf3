//! Orders from Shopify bodies: `{"orders":[…]}`, `{"order":{…}}`, one order, or JSONL of any of
//! these. Amounts are taken in the presentment currency: what the customer paid in (R15).
//! Shopify spreads order discounts over lines itself (`discount_allocations`); only what it has
//! not spread is left as the order's discount.

use crate::{
    decimal::Decimal,
    error::{Fault, RowError, WireError},
    extras::{ChargeDraft, ChargeKind},
    limits::{MAX_DOCUMENT, check_json, describe, read_body},
    order::{
        Buyer, Contact, LineDraft, OrderDraft, ShippingDraft, TaxDraft, TenderDraft, TenderKind,
    },
    shopify_json as json,
};
use kernel::{Bps, Currency, Date, Place, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{collections::HashMap, io::Read};

type Field = &'static str;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    orders: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    order: Option<&'a RawValue>,
}

/// Reads all orders of a body of at most 64 MiB; a bad order is an error with its number in the
/// body, counted from 1.
pub fn orders_from_shopify(
    reader: impl Read,
) -> Result<Vec<Result<OrderDraft, RowError>>, WireError> {
    let body = read_body(reader, MAX_DOCUMENT)?;
    check_json(&body, MAX_DOCUMENT)?;
    let mut drafts = Vec::new();
    for document in serde_json::Deserializer::from_slice(&body).into_iter::<&RawValue>() {
        let document = document.map_err(|e| WireError::Json(describe(&e)))?;
        let parts: Body =
            serde_json::from_str(document.get()).map_err(|e| WireError::Json(describe(&e)))?;
        let orders = match (parts.orders, parts.order) {
            (Some(orders), _) => orders,
            (None, Some(order)) => vec![order],
            (None, None) => vec![document],
        };
        for order in orders {
            drafts.push(one(order.get(), drafts.len() as u64 + 1));
        }
    }
    Ok(drafts)
}

fn one(text: &str, at: u64) -> Result<OrderDraft, RowError> {
    let order: json::Order = serde_json::from_str(text).map_err(|e| {
        RowError::new(
            at,
            Fault::Unreadable,
            "",
            &describe(&e),
            "a Shopify order body",
        )
    })?;
    let draft = order_draft(&order).map_err(|field| {
        RowError::new(
            at,
            Fault::Malformed,
            field,
            "",
            "as Shopify documents the order resource",
        )
    })?;
    draft.check().map_err(|flaw| flaw.at(at))?;
    Ok(draft)
}

/// The draft, or the field that cannot be read.
fn order_draft(order: &json::Order) -> Result<OrderDraft, Field> {
    let currency = order
        .presentment_currency
        .as_deref()
        .unwrap_or(&order.currency);
    let currency: Currency = currency.parse().map_err(|_| "currency")?;
    let placed = order.processed_at.as_deref().unwrap_or(&order.created_at);
    let address = order
        .shipping_address
        .as_ref()
        .or(order.billing_address.as_ref());
    let shipping = shipping(order, currency)?;
    let lines = lines(order, currency)?;
    let told = match &order.total_discounts {
        Some(text) => amount(
            text,
            order.total_discounts_set.as_ref(),
            currency,
            "total_discounts",
        )?,
        None => 0,
    };
    let spread: i64 = lines
        .iter()
        .map(|l| l.line_discount)
        .fold(shipping.discount, i64::saturating_add);
    Ok(OrderDraft {
        told: crate::order::Told::default(),
        no_tax: None,
        number: order.name.clone(),
        external_id: Some(order.id.to_string()),
        placed_at: placed.parse::<Timestamp>().map_err(|_| "created_at")?,
        channel: order
            .source_name
            .clone()
            .unwrap_or_else(|| "shopify".to_owned()),
        buyer: if order.company.is_some() {
            Buyer::Business
        } else {
            Buyer::Consumer
        },
        delivery: place(address)?,
        currency,
        prices_include_tax: order.taxes_included,
        lines,
        order_discount: told.saturating_sub(spread).max(0),
        charges: tip(order, currency)?,
        // Shopify tells what a promotion gave, not what it asked for.
        promotions: Vec::new(),
        shipping,
        tenders: tenders(order, currency)?,
        cancelled: order.cancelled_at.is_some(),
        customer_id: order
            .customer
            .as_ref()
            .and_then(|c| c.id)
            .map(|id| id.to_string()),
        contact: Some(contact(order, address)).filter(|c| !c.is_empty()),
    })
}

fn place(address: Option<&json::Address>) -> Result<Place, Field> {
    let country = address
        .and_then(|a| a.country_code.as_deref())
        .ok_or("country_code")?;
    // Some of Shopify's provinces are no ISO 3166-2 codes: the country alone is then told.
    let province = address
        .and_then(|a| a.province_code.as_deref())
        .unwrap_or("");
    Ok(Place {
        country: country.parse().map_err(|_| "country_code")?,
        subdivision: province.parse().ok(),
    })
}

fn contact(order: &json::Order, address: Option<&json::Address>) -> Contact {
    let text = |pick: fn(&json::Address) -> &Option<String>| {
        address.and_then(|a| pick(a).clone()).unwrap_or_default()
    };
    let street = [
        text(|a| &a.address1),
        text(|a| &a.address2),
        text(|a| &a.city),
    ];
    Contact {
        name: text(|a| &a.name),
        email: order.email.clone().unwrap_or_default(),
        phone: order.phone.clone().unwrap_or_else(|| text(|a| &a.phone)),
        address: street.into_iter().filter(|l| !l.is_empty()).collect(),
        postcode: text(|a| &a.zip),
        vat_id: String::new(),
    }
}

fn lines(order: &json::Order, currency: Currency) -> Result<Vec<LineDraft>, Field> {
    let mut sent: HashMap<u64, (u32, Option<Date>)> = HashMap::new();
    for parcel in order
        .fulfillments
        .iter()
        .filter(|f| f.status.as_deref() == Some("success"))
    {
        // The day as the shop wrote it, in the shop's own offset.
        let day = parcel.created_at.get(..10).and_then(|d| d.parse().ok());
        let day: Date = day.ok_or("fulfillments.created_at")?;
        for item in &parcel.line_items {
            let entry = sent.entry(item.id).or_default();
            entry.0 = entry.0.saturating_add(item.quantity);
            entry.1 = entry.1.max(Some(day));
        }
    }
    let mut refunded: HashMap<u64, u32> = HashMap::new();
    for item in order.refunds.iter().flat_map(|r| &r.refund_line_items) {
        let units = refunded.entry(item.line_item_id).or_default();
        *units = units.saturating_add(item.quantity);
    }
    let line = |item: &json::LineItem| {
        let (fulfilled, fulfilled_on) = sent.get(&item.id).copied().unwrap_or_default();
        let sku = item.sku.clone().filter(|s| !s.is_empty());
        let variant = || item.variant_id.map(|v| v.to_string());
        Ok(LineDraft {
            id: item.id.to_string(),
            sku: sku.or_else(variant).unwrap_or_else(|| item.id.to_string()),
            title: item.title.clone(),
            category: String::new(),
            quantity: item.quantity,
            unit_list: amount(&item.price, item.price_set.as_ref(), currency, "line.price")?,
            line_discount: allocated(&item.discount_allocations, currency)?,
            taxes: taxes(&item.tax_lines, currency)?,
            fulfilled,
            refunded: refunded.get(&item.id).copied().unwrap_or_default(),
            fulfilled_on,
            delivered_on: None,
            final_sale: false,
            serials: Vec::new(),
            vendor: item.vendor.clone().filter(|v| !v.is_empty()),
            charges: duties(item, currency)?,
            // What was spent from a card is not in the order: the shop's gift cards tell it.
            gift_card_spent: item.gift_card.then_some(0),
            parts: Vec::new(),
        })
    };
    order.line_items.iter().map(line).collect()
}

/// Duties and import taxes the shop collected for a line, per unit. Their sum over the line is told;
/// a remainder that no unit can bear alone is left out, so a refund never gives more than was paid.
fn duties(item: &json::LineItem, currency: Currency) -> Result<Vec<ChargeDraft>, Field> {
    let mut sum = 0_i64;
    for duty in &item.duties {
        let Some(bag) = &duty.price_set else { continue };
        sum = sum.saturating_add(amount("", Some(bag), currency, "duties")?);
    }
    let price = sum / i64::from(item.quantity.max(1));
    let kind = ChargeKind::Duty;
    let taxes = Vec::new();
    Ok((price > 0)
        .then_some(ChargeDraft { kind, price, taxes })
        .into_iter()
        .collect())
}

fn tip(order: &json::Order, currency: Currency) -> Result<Vec<ChargeDraft>, Field> {
    let told = order.total_tip_received.as_deref().unwrap_or("0");
    let price = amount(told, None, currency, "total_tip_received")?;
    let kind = ChargeKind::Tip;
    let taxes = Vec::new();
    Ok((price > 0)
        .then_some(ChargeDraft { kind, price, taxes })
        .into_iter()
        .collect())
}

fn shipping(order: &json::Order, currency: Currency) -> Result<ShippingDraft, Field> {
    let mut all = ShippingDraft::default();
    for line in &order.shipping_lines {
        let list = amount(
            &line.price,
            line.price_set.as_ref(),
            currency,
            "shipping.price",
        )?;
        all.list = all.list.saturating_add(list);
        all.discount = all
            .discount
            .saturating_add(allocated(&line.discount_allocations, currency)?);
        all.taxes.extend(taxes(&line.tax_lines, currency)?);
    }
    Ok(all)
}

/// Captured money by capture, with what its refunds took back.
fn tenders(order: &json::Order, currency: Currency) -> Result<Vec<TenderDraft>, Field> {
    // A webhook body lists refund transactions inside `refunds` only; an export may list both.
    let inside = order.refunds.iter().flat_map(|r| &r.transactions);
    let all: HashMap<u64, &json::Transaction> = order
        .transactions
        .iter()
        .chain(inside)
        .map(|t| (t.id, t))
        .collect();
    let mut done: Vec<_> = all
        .into_values()
        .filter(|t| t.status.as_deref() == Some("success"))
        .collect();
    done.sort_unstable_by_key(|t| t.id);
    let money = |t: &json::Transaction| amount(&t.amount, None, currency, "transactions.amount");
    let mut tenders = Vec::new();
    for payment in done
        .iter()
        .filter(|t| t.kind == "sale" || t.kind == "capture")
    {
        let mut refunded = 0_i64;
        for back in done
            .iter()
            .filter(|t| t.kind == "refund" && t.parent_id == Some(payment.id))
        {
            refunded = refunded.saturating_add(money(back)?);
        }
        let kind = match payment.gateway.as_deref() {
            Some("gift_card") => TenderKind::GiftCard,
            Some("shopify_store_credit") => TenderKind::StoreCredit,
            Some("paypal") => TenderKind::Wallet,
            Some("shopify_payments") => TenderKind::Card,
            Some("cash") => TenderKind::Cash,
            _ => TenderKind::Other,
        };
        let reference = payment.id.to_string();
        tenders.push(TenderDraft {
            kind,
            reference,
            amount: money(payment)?,
            refunded,
        });
    }
    Ok(tenders)
}

fn taxes(lines: &[json::TaxLine], currency: Currency) -> Result<Vec<TaxDraft>, Field> {
    let tax = |line: &json::TaxLine| {
        let rate = match &line.rate {
            Some(rate) => {
                // 0.06625 is 662.5 basis points: rounded; the amount beside it is exact.
                let bps = Decimal::parse(&rate.to_string(), b'.', None).and_then(|d| d.rounded(4));
                Some(Bps(bps
                    .and_then(|b| i32::try_from(b).ok())
                    .ok_or("tax_lines.rate")?))
            }
            None => None,
        };
        let price = amount(
            &line.price,
            line.price_set.as_ref(),
            currency,
            "tax_lines.price",
        )?;
        Ok(TaxDraft {
            rate,
            amount: Some(price),
        })
    };
    lines.iter().map(tax).collect()
}

fn allocated(list: &[json::Allocation], currency: Currency) -> Result<i64, Field> {
    list.iter().try_fold(0_i64, |sum, a| {
        let part = amount(
            &a.amount,
            a.amount_set.as_ref(),
            currency,
            "discount_allocations",
        )?;
        Ok(sum.saturating_add(part))
    })
}

/// The presentment amount where told, else the plain one, in minor units.
fn amount(
    text: &str,
    bag: Option<&json::MoneyBag>,
    currency: Currency,
    field: Field,
) -> Result<i64, Field> {
    let text = bag
        .and_then(|b| b.presentment_money.as_ref())
        .map_or(text, |m| &m.amount);
    Decimal::parse(text, b'.', None)
        .and_then(|d| d.minor(currency.exponent()))
        .ok_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = r##"{"id":7,"name":"#7","created_at":"2026-01-10T11:00:00-05:00",
     "currency":"USD","presentment_currency":"EUR","taxes_included":true,"total_discounts":"3.00",
     "line_items":[{"id":1,"sku":"A","title":"T","quantity":2,"price":"99.00",
      "price_set":{"presentment_money":{"amount":"40.00"}},
      "tax_lines":[{"rate":0.19,"price":"12.40"}],"discount_allocations":[{"amount":"2.36"}]}],
     "shipping_lines":[{"price":"6.95"}],
     "fulfillments":[{"status":"success","created_at":"2026-01-11T23:30:00-05:00",
      "line_items":[{"id":1,"quantity":1}]}],
     "refunds":[{"refund_line_items":[{"line_item_id":1,"quantity":1}],
      "transactions":[{"id":10,"parent_id":9,"kind":"refund","status":"success","amount":"5.00"}]}],
     "transactions":[{"id":9,"kind":"sale","status":"success","gateway":"gift_card","amount":"83.95"}],
     "shipping_address":{"country_code":"DE","zip":"10115"}}"##;

    #[test]
    fn presentment_money_allocations_and_refunds() {
        for body in [ORDER.to_owned(), format!("{{\"order\":{ORDER}}}")] {
            let draft = orders_from_shopify(body.as_bytes())
                .unwrap()
                .remove(0)
                .unwrap();
            let line = &draft.lines[0];
            assert_eq!(
                (draft.currency, line.unit_list, line.line_discount),
                (Currency::EUR, 4000, 236)
            );
            assert_eq!((draft.order_discount, draft.shipping.list), (64, 695));
            assert_eq!((line.fulfilled, line.refunded), (1, 1));
            assert_eq!(line.fulfilled_on.unwrap().to_string(), "2026-01-11");
            assert_eq!(
                line.taxes[0],
                TaxDraft {
                    rate: Some(Bps(1900)),
                    amount: Some(1240)
                }
            );
            assert_eq!(
                (draft.tenders[0].amount, draft.tenders[0].refunded),
                (8395, 500)
            );
            assert_eq!(draft.tenders[0].kind, TenderKind::GiftCard);
        }
    }

    #[test]
    fn one_bad_order_does_not_stop_the_others() {
        let bad = ORDER.replace("\"DE\"", "\"Germany\"");
        let body = format!("{{\"orders\":[{ORDER},{bad},{{}},{ORDER}]}}\n{ORDER}");
        let all = orders_from_shopify(body.as_bytes()).unwrap();
        let good: Vec<_> = all.iter().map(Result::is_ok).collect();
        assert_eq!(good, [true, false, false, true, true]);
        assert_eq!(all[1].as_ref().unwrap_err().field, "country_code");
    }
}
