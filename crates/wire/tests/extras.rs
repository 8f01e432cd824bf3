//! Charges, promotions, kits, gift cards and several payments, from every format; what is wrong
//! names its line and field.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use jiff::tz::TimeZone;
use wire::{
    CsvMap, OrderDraft, RowError, extras::ChargeKind, order::TenderKind, orders_from_csv,
    orders_from_jsonl, orders_from_shopify,
};

const MAP: &str = r#"time_zone = "UTC"
[columns]
number = "Order"
placed_at = "At"
currency = "Cur"
sku = "Sku"
quantity = "Qty"
unit_price = "Price"
country = "Country"
line_discount = "Off"
tax_rate = "Tax"
deposit = "Deposit"
eco_fee = "Eco"
gift_card_spent = "Spent"
parts = "Parts"
promotion = "Promo"
promotion_value = "PromoNeeds"
promotion_discount = "PromoOff"
tip = "Tip"
paid_gift_card = "Gift"
paid_card = "Card"

[formats]
placed_at = "%Y-%m-%d %H:%M"
"#;

const HEAD: &str = "Order,At,Cur,Sku,Qty,Price,Country,Off,Tax,Deposit,Eco,Spent,Parts,Promo,PromoNeeds,PromoOff,Tip,Gift,Card";

fn csv(rows: &str) -> Vec<Result<OrderDraft, RowError>> {
    let map = CsvMap::parse(MAP).unwrap();
    let text = format!("{HEAD}\n{rows}");
    let orders = orders_from_csv(text.as_bytes(), &map, TimeZone::UTC).unwrap();
    orders.collect()
}

#[test]
fn a_csv_row_tells_all_of_it() {
    let all = csv("\
1,2026-03-01 10:00,EUR,CRATE,2,10.00,DE,2.00,19,1.50,0.10,,,TEN,15.00,2.00,3.00,5.00,18.20
1,2026-03-01 10:00,EUR,KIT,1,9.00,DE,,19,,,,P1:1:600|P2:2:300,,,,,,
1,2026-03-01 10:00,EUR,GIFT,1,20.00,DE,,,,,5.00,,,,,,,
");
    let order = all[0].as_ref().unwrap();
    assert_eq!(all.len(), 1);
    let charges = |at: usize| -> Vec<(ChargeKind, i64)> {
        let all = order.lines[at].charges.iter();
        all.map(|c| (c.kind, c.price)).collect()
    };
    assert_eq!(
        charges(0),
        [(ChargeKind::Deposit, 150), (ChargeKind::EcoFee, 10)]
    );
    assert_eq!(order.lines[0].charges[1].taxes, order.lines[0].taxes);
    let parts: Vec<_> = order.lines[1]
        .parts
        .iter()
        .map(|p| (p.sku.as_str(), p.units, p.weight))
        .collect();
    assert_eq!(parts, [("P1", 1, 600), ("P2", 2, 300)]);
    assert_eq!(order.lines[2].gift_card_spent, Some(500));
    let promotion = &order.promotions[0];
    assert_eq!(
        (promotion.id.as_str(), promotion.needs_value),
        ("TEN", Some(1500))
    );
    assert_eq!(promotion.lines[0].discount, 200);
    assert_eq!(
        (order.charges[0].kind, order.charges[0].price),
        (ChargeKind::Tip, 300)
    );
    let paid: Vec<_> = order.tenders.iter().map(|t| (t.kind, t.amount)).collect();
    assert_eq!(
        paid,
        [(TenderKind::GiftCard, 500), (TenderKind::Card, 1820)]
    );
}

#[test]
fn a_wrong_cell_names_its_line_and_field() {
    let row = |cells: &str| format!("1,2026-03-01 10:00,EUR,A,1,10.00,DE,{cells}\n");
    for (cells, field) in [
        (",19,x,,,,,,,,,", "deposit"),
        (",19,-1,,,,,,,,,", "line.charges"),
        (",19,,,11.00,,,,,,,", "line.gift_card_spent"),
        (",19,,,,P1:600,,,,,,", "parts"),
        (",19,,,,P1:0:600,,,,,,", "line.parts.units"),
        (",19,,,,,TEN,,1.00,,,", "promotions"),
        (",19,,,,,TEN,5.00,1.00,,,", "promotions.lines.discount"),
        (",19,,,,,,,,-3,,", "charges"),
        (",19,,,,,,,,,-1,", "tender.amount"),
        (",19,,,,,,,,,1.001,", "paid_gift_card"),
    ] {
        let all = csv(&row(cells));
        let error = all[0].as_ref().unwrap_err();
        assert_eq!(
            (error.line, error.field.as_str()),
            (2, field),
            "{cells}: {error:?}"
        );
    }
}

#[test]
fn jsonl_refuses_what_contradicts_itself() {
    let order = |extra: &str| {
        format!(
            r#"{{"number":"1","placed_at":"2026-01-10T09:00:00Z","channel":"web","buyer":"consumer","delivery":{{"country":"DE"}},"currency":"EUR","prices_include_tax":true,"lines":[{{"id":"1","sku":"A","quantity":2,"unit_list":4000,"line_discount":500}}],{extra}}}"#
        )
    };
    let fine =
        order(r#""promotions":[{"id":"P","needs_units":2,"lines":[{"line":"1","discount":500}]}]"#);
    let draft = orders_from_jsonl(fine.as_bytes()).next().unwrap().unwrap();
    let again = serde_json::to_string(&draft).unwrap();
    let back: OrderDraft = serde_json::from_str(&again).unwrap();
    assert_eq!(back, draft);
    for (extra, field) in [
        (
            r#""promotions":[{"id":"P","lines":[{"line":"1"}]}]"#,
            "promotions",
        ),
        (
            r#""promotions":[{"id":"P","needs_units":1,"needs_value":1,"lines":[{"line":"1"}]}]"#,
            "promotions",
        ),
        (
            r#""promotions":[{"id":"P","needs_units":1,"lines":[{"line":"9"}]}]"#,
            "promotions.lines.line",
        ),
        (
            r#""promotions":[{"id":"P","needs_units":1,"lines":[{"line":"1"},{"line":"1"}]}]"#,
            "promotions.lines.line",
        ),
        (
            r#""promotions":[{"id":"P","needs_units":1,"lines":[{"line":"1","discount":300}]},{"id":"Q","needs_units":1,"lines":[{"line":"1","discount":300}]}]"#,
            "promotions.lines.discount",
        ),
        (r#""charges":[{"kind":"tip","price":-1}]"#, "charges"),
        (
            r#""charges":[{"kind":"tip","price":1,"taxes":[{"amount":1}]}]"#,
            "charges",
        ),
    ] {
        let text = format!("\n{}\n", order(extra));
        let error = orders_from_jsonl(text.as_bytes()).next().unwrap();
        let error = error.unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (2, field), "{extra}");
    }
}

#[test]
fn shopify_tells_tips_duties_and_gift_cards() {
    let body = r#"{"id":7,"name":"7","created_at":"2026-01-10T11:00:00Z","currency":"USD",
        "total_tip_received":"4.50","line_items":[
        {"id":1,"sku":"A","title":"T","quantity":2,"price":"10.00",
         "duties":[{"price_set":{"presentment_money":{"amount":"3.00"}}}]},
        {"id":2,"title":"Gift card","quantity":1,"price":"50.00","gift_card":true}],
        "shipping_address":{"country_code":"US"}}"#;
    let all = orders_from_shopify(body.as_bytes()).unwrap();
    let order = all[0].as_ref().unwrap();
    let duty = &order.lines[0].charges[0];
    assert_eq!((duty.kind, duty.price), (ChargeKind::Duty, 150));
    assert_eq!(order.lines[1].gift_card_spent, Some(0));
    assert_eq!(
        (order.charges[0].kind, order.charges[0].price),
        (ChargeKind::Tip, 450)
    );
}
