//! Orders of the last ninety days, drawn from the measured figures.

use crate::{
    dice::Dice,
    facts,
    firm::{HALLE, LANTERN},
    goods::{self, Article},
    people,
};
use app::intake::PayoutAccount;
use jiff::SignedDuration;
use kernel::{Bps, ClientId, Currency, Date, Place, Timestamp};
use wire::{Buyer, LineDraft, OrderDraft, ShippingDraft, TaxDraft, TenderDraft, TenderKind};

/// Days of history.
pub const DAYS: i64 = 90;

/// An invented sale: the order, and where its buyer wants money that cannot go back.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The order.
    pub draft: OrderDraft,
    /// The buyer's account, if they have one.
    pub payout: Option<PayoutAccount>,
}

/// Country, standard rate, weight for the two retailers without measured countries.
const MIXED_LANDS: [(&str, u32); 6] = [
    ("NL", 30),
    ("DE", 30),
    ("US", 20),
    ("BE", 10),
    ("FR", 7),
    ("IE", 3),
];
const MARKET_LANDS: [(&str, u32); 4] = [("DE", 70), ("AT", 15), ("NL", 10), ("GB", 5)];

/// The `nth` sale of a retailer before `now`; none if a figure cannot be read.
pub fn sale(client: ClientId, nth: u32, now: Timestamp, dice: &mut Dice) -> Option<Sale> {
    let (prefix, catalogue, lands): (&str, &[Article], &[(&str, u32)]) = match client {
        LANTERN => ("LL", goods::GIFTWARE, &facts::GIFT_COUNTRIES),
        HALLE => ("H7", goods::MARKET, &MARKET_LANDS),
        _ => ("NB", goods::MIXED, &MIXED_LANDS),
    };
    let (country, _) = *lands.get(dice.weighted(lands.iter().map(|l| l.1)))?;
    let currency = currency(client, country);
    let placed_at = moment(now, dice)?;
    let buyer = if client == HALLE && dice.per_10k(2_500) {
        Buyer::Business
    } else {
        Buyer::Consumer
    };
    let (sent, there) = dates(placed_at, now, dice)?;
    let count = match client {
        // Up to the median: the rest of the set is wholesale.
        LANTERN => dice.between(&facts::GIFT_LINES[..4]).min(8),
        _ => u32::try_from(dice.weighted(facts::MIXED_ITEMS.iter().copied()) + 1)
            .ok()?
            .min(3),
    };
    let mut lines: Vec<LineDraft> = Vec::new();
    for _ in 0..count {
        let article = *dice.pick(catalogue)?;
        if lines.iter().any(|l| l.sku == article.sku) {
            continue;
        }
        let quantity = match client {
            LANTERN => dice.between(&facts::GIFT_UNITS[..5]),
            _ if buyer == Buyer::Business => 1 + dice.between(&[1, 2, 6]),
            _ => 1,
        };
        lines.push(line(
            lines.len(),
            article,
            quantity,
            currency,
            country,
            (sent, there),
        ));
    }
    let (contact, account) = people::person(country, dice);
    let goods: i64 = lines.iter().map(LineDraft::net_of_discount).sum();
    let order_discount = if dice.per_10k(800) { goods / 10 } else { 0 };
    let shipping = if goods > 10_000 {
        0
    } else {
        scaled(490, currency)
    };
    let total = goods - order_discount + shipping;
    let tenders = tenders(client, total, dice);
    let payout = account.map(|iban| PayoutAccount {
        iban,
        holder: contact.name.clone(),
    });
    let draft = OrderDraft {
        told: wire::Told::default(),
        no_tax: None,
        number: format!("{prefix}-{}", 100_000 + nth * 7),
        external_id: None,
        placed_at,
        channel: match (client, dice.per_10k(1_500)) {
            (HALLE, _) if buyer == Buyer::Consumer => "halle7 marketplace".to_owned(),
            (HALLE | LANTERN, _) | (_, false) => "web".to_owned(),
            (_, true) => "store".to_owned(),
        },
        buyer,
        delivery: Place::country(country.parse().ok()?),
        currency,
        prices_include_tax: true,
        lines,
        order_discount,
        charges: Vec::new(),
        promotions: Vec::new(),
        shipping: ShippingDraft {
            list: shipping,
            discount: 0,
            taxes: tax(country),
        },
        tenders,
        cancelled: false,
        customer_id: Some(format!("{prefix}C-{}", 5_000 + nth)),
        contact: Some(contact),
    };
    Some(Sale { draft, payout })
}

fn line(
    at: usize,
    article: Article,
    quantity: u32,
    currency: Currency,
    country: &str,
    (sent, there): (Option<Date>, Option<Date>),
) -> LineDraft {
    LineDraft {
        id: (at + 1).to_string(),
        sku: article.sku.to_owned(),
        title: article.title.to_owned(),
        category: article.category.to_owned(),
        quantity,
        unit_list: scaled(article.price, currency),
        line_discount: 0,
        taxes: tax(country),
        fulfilled: if sent.is_some() { quantity } else { 0 },
        refunded: 0,
        fulfilled_on: sent,
        delivered_on: there,
        final_sale: false,
        serials: Vec::new(),
        vendor: Some(article.vendor.to_owned()).filter(|v| !v.is_empty()),
        charges: Vec::new(),
        gift_card_spent: None,
        parts: Vec::new(),
    }
}

/// A moment of the last [`DAYS`] days at an hour shops are busy.
fn moment(now: Timestamp, dice: &mut Dice) -> Option<Timestamp> {
    let hour = i64::try_from(7 + dice.weighted(facts::HOURS_OF_DAY.iter().copied())).ok()?;
    // Recent weeks are busier than those long past: trade grows, and queues show the present.
    let span = u64::try_from(DAYS).ok()?;
    let days = i64::try_from(dice.below(span).min(dice.below(span))).ok()?;
    let day = now.as_second().div_euclid(86_400) - 1 - days;
    let second = i64::try_from(dice.below(3_600)).ok()?;
    Timestamp::from_second(day * 86_400 + hour * 3_600 + second).ok()
}

/// Sent the next day, there two to five days later, as far as that is past.
fn dates(
    placed: Timestamp,
    now: Timestamp,
    dice: &mut Dice,
) -> Option<(Option<Date>, Option<Date>)> {
    let after = |days: i64| {
        placed
            .checked_add(SignedDuration::from_hours(24 * days))
            .ok()
    };
    let past = |at: Timestamp| (at <= now).then(|| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    let there = after(3 + i64::try_from(dice.below(4)).ok()?)?;
    Some((past(after(1)?), past(there)))
}

fn currency(client: ClientId, country: &str) -> Currency {
    match country {
        "GB" => Currency::GBP,
        "US" => Currency::USD,
        "SE" if client == LANTERN => "SEK".parse().unwrap_or(Currency::EUR),
        _ => Currency::EUR,
    }
}

/// A price in euro cents as the shop states it elsewhere.
pub fn scaled(cents: i64, currency: Currency) -> i64 {
    let per_mille = match currency.code() {
        "GBP" => 880,
        "USD" => 1_090,
        "SEK" => 11_000,
        _ => 1_000,
    };
    cents * per_mille / 1_000
}

/// Standard rates of value added tax in 2026; the United States put theirs on top elsewhere.
fn tax(country: &str) -> Vec<TaxDraft> {
    let bps = match country {
        "DE" => 1_900,
        "AT" | "FR" | "GB" => 2_000,
        "NL" | "BE" | "ES" => 2_100,
        "IT" => 2_200,
        "IE" => 2_300,
        "SE" => 2_500,
        _ => return Vec::new(),
    };
    vec![TaxDraft {
        rate: Some(Bps(bps)),
        amount: None,
    }]
}

/// Cards, with a gift card for a part now and then; transfers where the shop has no cards.
fn tenders(client: ClientId, total: i64, dice: &mut Dice) -> Vec<TenderDraft> {
    let pay = |kind, reference: String, amount| TenderDraft {
        kind,
        reference,
        amount,
        refunded: 0,
    };
    let token = format!("{:016x}", dice.below(u64::MAX));
    let main = if client == crate::firm::NORTHBEAM {
        TenderKind::Card
    } else {
        TenderKind::Bank
    };
    let reference = match main {
        TenderKind::Card => format!("ch_demo_{token}"),
        _ => format!("tr-{token}"),
    };
    let gift = if total > 4_000 && dice.per_10k(1_000) {
        2_000
    } else {
        0
    };
    let mut tenders = vec![pay(main, reference, total - gift)];
    if gift > 0 {
        tenders.push(pay(TenderKind::GiftCard, format!("gc-{token}"), gift));
    }
    tenders
}
