//! The form of an order that is taken in, as JSON schemas. `wire` owns the form and links no web
//! crate, so it is written down here; a test holds the two together.

use serde_json::{Map, Value, json};

/// The schemas by name.
pub fn schemas() -> Map<String, Value> {
    let minor = |words: &str| json!({ "type": "integer", "minimum": 0, "description": words });
    let text = |max: usize, words: &str| json!({ "type": "string", "maxLength": max, "description": words });
    let yes_no = |words: &str| json!({ "type": "boolean", "description": words });
    let day = |words: &str| json!({ "type": "string", "format": "date", "description": words });
    let list = |of: &str, words: &str| {
        json!({
            "type": "array", "description": words,
            "items": { "$ref": format!("#/components/schemas/{of}") },
        })
    };
    let units = |words: &str| {
        let max = wire::order::MAX_QUANTITY;
        json!({ "type": "integer", "minimum": 0, "maximum": max, "description": words })
    };
    let (id, words) = (wire::order::MAX_ID, wire::order::MAX_TEXT);
    let object = |required: &[&str], properties: Value| {
        json!({
            "type": "object", "additionalProperties": false,
            "required": required, "properties": properties,
        })
    };
    let order = object(
        &[
            "number",
            "placed_at",
            "channel",
            "buyer",
            "delivery",
            "currency",
            "prices_include_tax",
            "lines",
        ],
        json!({
            "number": text(id, "The order number the customer knows."),
            "external_id": text(id, "The other system's own id, if it has another one."),
            "placed_at": { "type": "string", "format": "date-time", "description": "When it was placed." },
            "channel": text(id, "Where it was sold: `web`, `store`, a marketplace's name."),
            "buyer": { "type": "string", "enum": ["consumer", "business"] },
            "delivery": {
                "type": "object", "required": ["country"], "additionalProperties": false,
                "description": "Where the goods were to be delivered: its law applies.",
                "properties": {
                    "country": { "type": "string", "pattern": "^[A-Z]{2}$" },
                    "subdivision": { "type": "string", "description": "Of ISO 3166-2, after the hyphen." },
                },
            },
            "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "description": "Of every amount." },
            "prices_include_tax": yes_no("Whether prices, discounts and shipping contain their tax."),
            "lines": list("OrderDraftLine", "What was bought; at least one."),
            "order_discount": minor("Discount on the order as a whole, not yet spread over lines."),
            "shipping": { "$ref": "#/components/schemas/OrderDraftShipping" },
            "tenders": list("OrderDraftTender", "How it was paid."),
            "cancelled": yes_no("Cancelled before it was sent."),
            "customer_id": text(id, "The other system's id of the customer."),
            "contact": { "$ref": "#/components/schemas/OrderDraftContact" },
            "charges": list("OrderDraftCharge", "Charges on the order as a whole."),
            "promotions": list("OrderDraftPromotion", "Discounts that hung on how much was bought."),
            "told": { "$ref": "#/components/schemas/OrderDraftTold" },
            "no_tax": {
                "type": "string", "enum": ["reverse_charge", "intra_community", "export", "exempt"],
                "description": "Why what bears no tax bears none. The first two need the buyer's VAT identifier.",
            },
        }),
    );
    let line = object(
        &["id", "sku", "quantity", "unit_list"],
        json!({
            "id": text(id, "The other system's id of the line, unique in the order."),
            "sku": text(id, "Article number."),
            "title": text(words, "What it is called."),
            "category": text(words, "The client's category, e.g. `apparel/swimwear`; its policy has rules for these."),
            "quantity": units("Units bought."),
            "unit_list": minor("List price of one unit."),
            "line_discount": minor("Discount on the whole line."),
            "taxes": list("OrderDraftTax", "Taxes of the line."),
            "fulfilled": units("Units sent so far; only these can come back."),
            "refunded": units("Units refunded or cancelled elsewhere."),
            "fulfilled_on": day("Day of the last dispatch."),
            "delivered_on": day("Day of the last delivery."),
            "final_sale": yes_no("Sold as final."),
            "serials": { "type": "array", "items": { "type": "string" }, "description": "Serial numbers of the units." },
            "charges": list("OrderDraftCharge", "Charged on top of each unit."),
            "gift_card_spent": minor("A gift card, and what was spent from the cards of this line."),
            "parts": list("OrderDraftPart", "The parts of a kit: each becomes a line of its own."),
            "vendor": text(id, "The vendor who supplies it."),
        }),
    );
    let tax = object(
        &[],
        json!({
            "rate": { "type": "integer", "minimum": 0, "maximum": 10_000, "description": "Basis points." },
            "amount": minor("For the whole line, as it was charged."),
        }),
    );
    let shipping = object(
        &["list"],
        json!({
            "list": minor("List price of outbound delivery."),
            "discount": minor("Discount on it."),
            "taxes": list("OrderDraftTax", "Its taxes."),
        }),
    );
    let tender = object(
        &["kind", "reference", "amount"],
        json!({
            "kind": { "type": "string", "enum": [
                "card", "wallet", "bank", "gift_card", "store_credit", "cash", "invoice", "other",
            ] },
            "reference": text(id, "The payment provider's reference; never a card number."),
            "amount": minor("Captured."),
            "refunded": minor("Of that already refunded."),
        }),
    );
    let charge = object(
        &["kind", "price"],
        json!({
            "kind": { "type": "string", "enum": ["duty", "deposit", "eco_fee", "service", "tip"] },
            "price": minor("On a line for one unit, on the order the whole price."),
            "taxes": list("OrderDraftTax", "Its taxes; rates only."),
        }),
    );
    let part = object(
        &["sku", "weight"],
        json!({
            "sku": text(id, "Article number."),
            "title": text(words, "What it is called."),
            "units": units("How many are in one kit; 1 unless told."),
            "weight": minor("Its share of the kit's price, in a unit that is the same for all parts."),
        }),
    );
    let promotion = object(
        &["id", "lines"],
        json!({
            "id": text(id, "The shop's name for it."),
            "needs_value": minor("Goods of this value it asked for."),
            "needs_units": units("Units it asked for; one of this and `needs_value`."),
            "lines": {
                "type": "array", "description": "The lines it counts.",
                "items": object(&["line"], json!({
                    "line": text(id, "The id of the line."),
                    "discount": minor("What it gave of the line's discount."),
                })),
            },
            "free_delivery": minor("What the delivery it gave free would have cost."),
        }),
    );
    let told = object(
        &[],
        json!({
            "withdrawal_right": yes_no("Told of the right to withdraw."),
            "return_costs": yes_no("Told that the way back is at the buyer's cost."),
            "policy": yes_no("Shown the return policy as the statute demands."),
        }),
    );
    let contact = object(
        &[],
        json!({
            "name": text(words, "Full name."),
            "email": text(words, "E-mail address."),
            "phone": text(words, "Telephone number."),
            "address": { "type": "array", "items": { "type": "string" }, "description": "Street lines and town." },
            "postcode": text(words, "Postcode."),
            "vat_id": text(15, "VAT identifier of a business, with the prefix of its country."),
        }),
    );
    let named = [
        ("OrderDraft", order),
        ("OrderDraftLine", line),
        ("OrderDraftTax", tax),
        ("OrderDraftShipping", shipping),
        ("OrderDraftTender", tender),
        ("OrderDraftContact", contact),
        ("OrderDraftCharge", charge),
        ("OrderDraftPart", part),
        ("OrderDraftPromotion", promotion),
        ("OrderDraftTold", told),
    ];
    named
        .map(|(name, schema)| (name.to_owned(), schema))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An order with everything in it.
    fn full() -> Value {
        json!({
            "number": "1", "external_id": "x", "placed_at": "2026-01-10T09:00:00Z", "channel": "web",
            "buyer": "consumer", "delivery": { "country": "US", "subdivision": "CA" },
            "currency": "EUR", "prices_include_tax": true, "order_discount": 1,
            "lines": [{
                "id": "1", "sku": "L", "title": "Lamp", "category": "home", "quantity": 2,
                "unit_list": 4000, "line_discount": 1, "taxes": [{ "rate": 1900, "amount": 1 }],
                "fulfilled": 2, "refunded": 0, "fulfilled_on": "2026-01-11",
                "delivered_on": "2026-01-12", "final_sale": true, "serials": ["s"], "vendor": "v", "gift_card_spent": 0,
                "charges": [{ "kind": "duty", "price": 100, "taxes": [] }],
                "parts": [{ "sku": "P", "title": "Part", "units": 1, "weight": 1 }],
            }],
            "shipping": { "list": 495, "discount": 0, "taxes": [] },
            "tenders": [{ "kind": "bank", "reference": "t", "amount": 8000, "refunded": 0 }],
            "cancelled": false, "customer_id": "c",
            "charges": [{ "kind": "tip", "price": 100, "taxes": [] }],
            "promotions": [{ "id": "p", "needs_value": 1, "lines": [{ "line": "1", "discount": 1 }], "free_delivery": 1 }],
            "told": { "withdrawal_right": true, "return_costs": true, "policy": true },
            "contact": { "name": "Kim", "email": "k@x.example", "phone": "1", "address": ["a"], "postcode": "1", "vat_id": "FR12345678901" },
            "no_tax": "reverse_charge",
        })
    }

    fn keys(value: &Value) -> Vec<&String> {
        let mut keys: Vec<_> = value.as_object().unwrap().keys().collect();
        keys.sort();
        keys
    }

    #[test]
    fn the_schemas_are_the_form_that_is_read() {
        let schemas = schemas();
        // Unknown keys are refused, so the example names nothing else; what is read is written
        // again with every key there is.
        let draft: wire::OrderDraft = serde_json::from_value(full()).unwrap();
        let written = serde_json::to_value(&draft).unwrap();
        let parts = [
            ("OrderDraft", &written),
            ("OrderDraftLine", &written["lines"][0]),
            ("OrderDraftTax", &written["lines"][0]["taxes"][0]),
            ("OrderDraftShipping", &written["shipping"]),
            ("OrderDraftTender", &written["tenders"][0]),
            ("OrderDraftContact", &written["contact"]),
            ("OrderDraftCharge", &written["charges"][0]),
            ("OrderDraftPart", &written["lines"][0]["parts"][0]),
            ("OrderDraftTold", &written["told"]),
        ];
        for (name, part) in parts {
            assert_eq!(keys(&schemas[name]["properties"]), keys(part), "{name}");
        }
        // What is required is, and nothing else.
        for (name, at) in [("OrderDraft", None), ("OrderDraftLine", Some("lines"))] {
            let required = schemas[name]["required"].as_array().unwrap();
            for key in keys(&schemas[name]["properties"]) {
                let mut order = full();
                let part = match at {
                    Some(at) => &mut order[at][0],
                    None => &mut order,
                };
                part.as_object_mut().unwrap().remove(key);
                let reads = serde_json::from_value::<wire::OrderDraft>(order).is_ok();
                assert_eq!(!reads, required.contains(&json!(key)), "{name}.{key}");
            }
        }
    }
}
