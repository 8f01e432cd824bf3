use super::*;
use kernel::{Currency, Place};
use policy::Policy;

const GIFTWARE: &str = include_str!("../../../../packs/policies/giftware.toml");
const MARKETPLACE: &str = include_str!("../../../../packs/policies/marketplace.toml");

#[expect(clippy::needless_pass_by_value, reason = "calls give a literal")]
fn draft(json: serde_json::Value) -> OrderDraft {
    let mut base = serde_json::json!({
        "number": "1001", "placed_at": "2026-03-01T09:00:00Z", "channel": "web",
        "buyer": "consumer", "delivery": {"country": "DE"}, "currency": "EUR",
        "prices_include_tax": true,
        "lines": [{"id": "1", "sku": "A", "quantity": 2, "unit_list": 4000, "fulfilled": 2,
                   "taxes": [{"rate": 1900}]}],
    });
    for (key, value) in json.as_object().unwrap() {
        base[key] = value.clone();
    }
    let draft: OrderDraft = serde_json::from_value(base).unwrap();
    draft.check().unwrap();
    draft
}

fn order(source: &str, json: serde_json::Value) -> SalesOrder {
    let policy = Policy::parse_toml(source).unwrap();
    let day = "2026-03-01".parse().unwrap();
    sales_order(
        ClientId(7),
        &draft(json),
        day,
        policy.source(),
        policy.hash(),
    )
    .unwrap()
}

#[test]
fn an_order_without_payments_counts_as_paid_in_full() {
    let order = order(GIFTWARE, serde_json::json!({"shipping": {"list": 490}}));
    assert_eq!(gross(&order), 8_490);
    assert_eq!(order.captured_minor, 8_490);
    assert_eq!(order.tenders[0].kind, TenderKind::Bank);
    assert_eq!(order.shipping.standard_minor, 490);
    // 80.00 with 19 %: 12.77 tax.
    assert_eq!(
        (order.lines[0].economics.net, order.lines[0].economics.tax()),
        (6_723, 1_277)
    );
    assert_eq!(order.currency, Currency::EUR);
    assert_eq!(order.place, Place::country("DE".parse().unwrap()));
}

#[test]
fn what_buyers_are_told_is_the_policy_s_unless_the_order_says_otherwise() {
    let silent = GIFTWARE.replacen(
        "[rules]",
        "[disclosure]\nbefore_purchase = false\n\n[rules]",
        1,
    );
    assert_ne!(silent, GIFTWARE, "the policy reads as this test expects");
    let nothing = serde_json::json!({});
    assert!(order(GIFTWARE, nothing.clone()).informed.of_policy);
    assert!(!order(&silent, nothing).informed.of_policy);
    let told = serde_json::json!({"told": {"policy": true, "withdrawal_right": false}});
    let informed = order(&silent, told).informed;
    assert!(informed.of_policy && informed.of_return_costs);
    assert_eq!(informed.of_withdrawal, Informed::No);
}

#[test]
fn stated_tax_wins_over_the_rate_and_the_total_is_what_was_charged() {
    // A shop that rounds its tax per unit: 2 x 6.39 = 12.78, not 12.77.
    let lines = serde_json::json!([{"id": "1", "sku": "A", "quantity": 2, "unit_list": 4000,
        "taxes": [{"rate": 1900, "amount": 1278}]}]);
    let with_tax = order(GIFTWARE, serde_json::json!({"lines": lines}));
    assert_eq!(
        (with_tax.lines[0].economics.net, gross(&with_tax)),
        (6_722, 8_000)
    );
    // The same amounts on top of net prices.
    let on_top = serde_json::json!({"lines": lines, "prices_include_tax": false,
        "tenders": [{"kind": "card", "reference": "ch_1", "amount": 9278}]});
    let on_top = order(GIFTWARE, on_top);
    assert_eq!(
        (on_top.lines[0].economics.net, gross(&on_top)),
        (8_000, 9_278)
    );
    assert_eq!(on_top.captured_minor, gross(&on_top));
    let units: i64 = (0..2)
        .map(|u| on_top.lines[0].economics.units_gross(u, 1))
        .sum();
    assert_eq!(units, 9_278);
}

#[test]
fn a_tax_stated_by_amount_alone_gets_the_rate_it_implies() {
    let lines = serde_json::json!([{"id": "1", "sku": "A", "quantity": 1, "unit_list": 10000,
        "taxes": [{"amount": 725}, {"rate": 100}]}]);
    let order = order(
        GIFTWARE,
        serde_json::json!({"lines": lines, "prices_include_tax": false}),
    );
    let taxes = &order.lines[0].economics.taxes;
    assert_eq!((taxes[0].rate, taxes[0].minor), (Bps(725), 725));
    assert_eq!((taxes[1].rate, taxes[1].minor), (Bps(100), 100));
}

#[test]
fn more_tax_than_price_is_no_order() {
    let policy = Policy::parse_toml(GIFTWARE).unwrap();
    let lines = serde_json::json!([{"id": "1", "sku": "A", "quantity": 1, "unit_list": 100,
        "taxes": [{"amount": 101}]}]);
    let told = draft(serde_json::json!({"lines": lines}));
    let day = "2026-03-01".parse().unwrap();
    let wrong = sales_order(ClientId(7), &told, day, policy.source(), policy.hash());
    assert_eq!(wrong.unwrap_err(), IntakeError::TaxAbovePrice { line: 0 });
}

#[test]
fn units_and_money_refunded_elsewhere_cannot_be_given_again() {
    let lines = serde_json::json!([{"id": "1", "sku": "A", "quantity": 3, "unit_list": 1000,
        "fulfilled": 3, "refunded": 1}]);
    let unpaid = order(GIFTWARE, serde_json::json!({"lines": lines}));
    assert_eq!(
        (unpaid.lines[0].fulfilled, unpaid.captured_minor),
        (2, 2_000)
    );
    let tenders = serde_json::json!([
        {"kind": "gift_card", "reference": "g1", "amount": 1000, "refunded": 1000},
        {"kind": "wallet", "reference": "w1", "amount": 2000, "refunded": 0}]);
    let paid = order(
        GIFTWARE,
        serde_json::json!({"lines": lines, "tenders": tenders}),
    );
    assert_eq!((paid.tenders.len(), paid.captured_minor), (1, 2_000));
    assert_eq!(paid.tenders[0].kind, TenderKind::Card);
    // Only two of three were sent, one was cancelled: both that were sent can come back.
    let part = serde_json::json!([{"id": "1", "sku": "A", "quantity": 3, "unit_list": 1000,
        "fulfilled": 2, "refunded": 1}]);
    assert_eq!(
        order(GIFTWARE, serde_json::json!({"lines": part})).lines[0].fulfilled,
        2
    );
}

#[test]
fn businesses_and_marketplaces_have_channels_of_their_own() {
    let of = |channel: &str, buyer: &str| {
        order(
            MARKETPLACE,
            serde_json::json!({"channel": channel, "buyer": buyer}),
        )
        .channel
    };
    assert_eq!(of("web", "consumer"), SalesChannel::Online);
    assert_eq!(of("pos", "consumer"), SalesChannel::Store);
    assert_eq!(of("web", "business"), SalesChannel::Business);
    assert_eq!(of("Big Bazaar", "consumer"), SalesChannel::Marketplace);
    assert_eq!(of("580111", "consumer"), SalesChannel::Online);
}

#[test]
fn only_grounds_the_law_knows_exempt_and_never_by_a_seal() {
    let of = |category: &str| {
        let lines = serde_json::json!([{"id": "1", "sku": "A", "quantity": 1, "unit_list": 100,
            "category": category}]);
        order(GIFTWARE, serde_json::json!({"lines": lines})).lines[0]
            .exemptions
            .to_vec()
    };
    assert_eq!(of("personalised/mugs"), [Exemption::CustomMade]);
    assert_eq!(of("food"), [Exemption::Perishable]);
    assert_eq!(of("candles"), []);
    assert_eq!(of(""), []);
}

#[test]
fn a_kit_becomes_its_parts_by_their_weights() {
    // E14: a kit of 159.99 and 6 % on top; parts of 86.79 and 73.20 come back apart.
    let kit = order(
        GIFTWARE,
        serde_json::json!({"prices_include_tax": false, "lines": [
            {"id": "1", "sku": "KIT", "quantity": 1, "unit_list": 15_999, "fulfilled": 1,
             "taxes": [{"rate": 600}],
             "parts": [{"sku": "P1", "weight": 8_679}, {"sku": "P2", "weight": 7_320}]},
            {"id": "2", "sku": "B", "quantity": 1, "unit_list": 100, "fulfilled": 1}]}),
    );
    let parts: Vec<_> = kit
        .lines
        .iter()
        .map(|l| (&*l.sku, l.quantity, l.fulfilled, l.economics.gross))
        .collect();
    assert_eq!(
        parts,
        [("P1", 1, 1, 9_200), ("P2", 1, 1, 7_759), ("B", 1, 1, 100)]
    );
    assert_eq!(kit.lines[0].kind, LineKind::KitPart { kit: "KIT".into() });
    assert_eq!((gross(&kit), kit.captured_minor), (17_059, 17_059));
}

#[test]
fn charges_follow_their_units_or_stay_with_the_order() {
    let told = serde_json::json!({"lines": [
        {"id": "1", "sku": "A", "quantity": 2, "unit_list": 1000, "fulfilled": 2,
         "charges": [{"kind": "deposit", "price": 25}]},
        {"id": "2", "sku": "B", "quantity": 1, "unit_list": 1000, "fulfilled": 1}],
        "charges": [{"kind": "tip", "price": 200}, {"kind": "duty", "price": 100}]});
    let order = order(GIFTWARE, told);
    // The duty of 1.00 lies on 20.00 and 10.00: 0.67 and 0.33.
    assert_eq!(order.lines[0].worth(0, 2), 2000 + 50 + 67);
    assert_eq!(order.lines[1].worth(0, 1), 1000 + 33);
    assert_eq!(order.charges.len(), 1);
    assert_eq!(order.charges[0].kind, returns::ChargeKind::Tip);
    assert_eq!((gross(&order), order.captured_minor), (3_350, 3_350));
}

#[test]
fn promotions_keep_what_they_asked_for_and_what_the_policy_said() {
    let told = serde_json::json!({"lines": [
        {"id": "k", "sku": "KIT", "quantity": 1, "unit_list": 500, "fulfilled": 1,
         "parts": [{"sku": "P1", "weight": 1}, {"sku": "P2", "weight": 1}]},
        {"id": "a", "sku": "A", "quantity": 6, "unit_list": 5000, "fulfilled": 6,
         "line_discount": 3000}],
        "promotions": [{"id": "TEN", "needs_value": 30_000, "free_delivery": 695,
                        "lines": [{"line": "a", "discount": 3000}]}]});
    let order = order(GIFTWARE, told);
    let promotion = &order.promotions[0];
    // The second line of the file is the third of the order: the kit came apart.
    assert_eq!(promotion.lines.as_slice(), [(2, 3000)]);
    assert_eq!(promotion.needs, returns::Threshold::Value(30_000));
    assert_eq!(promotion.delivery.as_ref().unwrap().gross, 695);
}

#[test]
fn several_tenders_and_gift_cards_come_as_they_were() {
    let told = serde_json::json!({"lines": [
        {"id": "1", "sku": "CARD", "quantity": 1, "unit_list": 10_000, "fulfilled": 1,
         "gift_card_spent": 2_500}],
        "tenders": [
            {"kind": "gift_card", "reference": "g1", "amount": 4000},
            {"kind": "card", "reference": "c1", "amount": 6000}]});
    let order = order(GIFTWARE, told);
    let kind = LineKind::GiftCard { spent_minor: 2_500 };
    assert_eq!(order.lines[0].kind, kind);
    let tenders: Vec<_> = order.tenders.iter().map(|t| (t.kind, t.minor)).collect();
    assert_eq!(
        tenders,
        [(TenderKind::GiftCard, 4000), (TenderKind::Card, 6000)]
    );
}
