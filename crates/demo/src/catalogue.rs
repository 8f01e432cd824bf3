//! What the retailers sell today: every article of their sales with its sizes or colours, so that
//! exchanges have something to send. Some variants are sold out, as everywhere.

use crate::{
    firm::{HALLE, LANTERN, NORTHBEAM},
    goods::{Article, GIFTWARE, MARKET, MIXED},
    sales::scaled,
};
use kernel::{Bps, ClientId, CountryCode, Currency};
use std::collections::BTreeMap;
use wire::ArticleDraft;

/// Currencies the firm sells in.
const CURRENCIES: [&str; 4] = ["EUR", "GBP", "USD", "SEK"];
/// Standard rates of value added tax in 2026, basis points.
const TAX: [(&str, i32); 11] = [
    ("DE", 1_900),
    ("AT", 2_000),
    ("FR", 2_000),
    ("GB", 2_000),
    ("NL", 2_100),
    ("BE", 2_100),
    ("ES", 2_100),
    ("IT", 2_200),
    ("IE", 2_300),
    ("SE", 2_500),
    ("US", 0),
];

/// The articles of each retailer.
pub fn catalogues() -> [(ClientId, Vec<ArticleDraft>); 3] {
    [(LANTERN, GIFTWARE), (NORTHBEAM, MIXED), (HALLE, MARKET)].map(|(client, goods)| {
        let all = goods.iter().zip(0_u32..).flat_map(|(a, n)| variants(a, n));
        (client, all.collect())
    })
}

/// Names of the variants, the one that is sold under the bare number first.
fn names(article: &Article) -> &'static [&'static str] {
    match article.category {
        "apparel/shoes" => &["42", "40", "41", "43", "44"],
        "apparel/jackets" | "apparel/tops" | "apparel/swimwear" => &["M", "S", "L", "XL"],
        "personalised" | "food" | "vouchers" | "chemicals" => &[""],
        category if category.ends_with("software") => &[""],
        category if category.starts_with("electronics") => &["black", "silver"],
        _ => &["natural", "slate", "rust"],
    }
}

fn variants(article: &Article, nth: u32) -> Vec<ArticleDraft> {
    let one = |(name, k): (&&str, u32)| ArticleDraft {
        sku: match k {
            0 => article.sku.to_owned(),
            _ => format!("{}-{}", article.sku, name.to_uppercase()),
        },
        product: article.sku.to_owned(),
        title: article.title.to_owned(),
        variant: (*name).to_owned(),
        category: article.category.to_owned(),
        prices: prices(article.price),
        includes_tax: true,
        tax_rate: Some(Bps(1_900)),
        tax_rates: rates(),
        // Every seventh shelf is empty.
        stock: match (nth * 5 + k * 3) % 7 {
            6 => 0,
            n => 4 + n * 3,
        },
    };
    names(article).iter().zip(0..).map(one).collect()
}

fn prices(cents: i64) -> BTreeMap<String, i64> {
    let known = CURRENCIES.iter().filter_map(|code| {
        let currency: Currency = code.parse().ok()?;
        Some(((*code).to_owned(), scaled(cents, currency)))
    });
    known.collect()
}

fn rates() -> BTreeMap<CountryCode, Bps> {
    let known = TAX.iter();
    known
        .filter_map(|(country, bps)| Some((country.parse().ok()?, Bps(*bps))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_unique_and_every_article_holds_together() {
        for (_, all) in catalogues() {
            let numbers: BTreeSet<&str> = all.iter().map(|a| a.sku.as_str()).collect();
            assert_eq!(numbers.len(), all.len());
            assert!(all.iter().any(|a| a.stock == 0) && all.iter().any(|a| a.stock > 0));
            for article in &all {
                assert!(article.check().is_ok(), "{}", article.sku);
            }
        }
    }
}
