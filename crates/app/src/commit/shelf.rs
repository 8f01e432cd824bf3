//! Goods of the catalogue that exchanges set aside: what is kept for each, and what moves.

use kernel::ClientId;
use returns::{ReturnCase, Shelf};
use std::collections::BTreeMap;
use store::{Statement, Val, questions::articles};
use uuid::Uuid;

/// What the exchanges of a case have set aside, by exchange and article.
pub(crate) fn hold_rows(case: &ReturnCase) -> BTreeMap<(Uuid, String), Vec<Val>> {
    let mut units: BTreeMap<(Uuid, String), i64> = BTreeMap::new();
    for e in &case.exchanges {
        let kept = i64::from(case.keeps_shelf(e));
        for item in &e.items {
            let sum = units.entry((e.goods.0, item.sku.to_string())).or_default();
            *sum += kept * i64::from(item.economics.quantity);
        }
    }
    let row = |((goods, sku), units): ((Uuid, String), i64)| {
        let text = sku.clone();
        let row = vec![
            case.client.into(),
            goods.into(),
            text.into(),
            case.id.0.into(),
            units.into(),
        ];
        ((goods, sku), row)
    };
    units.into_iter().map(row).collect()
}

/// What becomes of goods of the catalogue.
pub(super) fn statement(client: ClientId, sku: &str, units: u32, to: Shelf) -> Statement {
    let units = i64::from(units);
    match to {
        Shelf::Reserved => articles::reserve(client, sku, units),
        Shelf::Freed => articles::free(client, sku, units),
        Shelf::Sent => articles::send(client, sku, units),
    }
}
