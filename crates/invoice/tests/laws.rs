//! What must hold for every document: totals are sums to the cent, the tax is what the lines bear,
//! a correction takes everything back, and the XML says the same figures.

use invoice::{
    Address, Adjustment, Category, CreditNote, Draft, InvoiceError, Item, ItemKind, Kind, Party,
    Rule, TaxId, TaxKey, Taxed, broken, ubl,
};
use kernel::{Bps, CountryCode, Currency, Date, Lang};
use proptest::prelude::*;

fn party(name: &str, tax_id: Option<TaxId>) -> Party {
    Party {
        name: name.into(),
        address: Address {
            lines: vec!["Weg 7".into(), "Hof <2> & \"B\"".into(), "bei Kim".into()],
            city: "Leipzig".into(),
            postcode: "04109".into(),
            country: CountryCode::literal("DE"),
        },
        tax_id,
        registration: None,
        email: None,
    }
}

fn key(rate: Option<i32>) -> TaxKey {
    TaxKey::of(rate.map(Bps), Category::Exempt, false)
}

fn item(units: i64, net: i64, tax: i64, key: TaxKey) -> Item {
    Item {
        kind: ItemKind::Goods,
        name: "Paper lantern".into(),
        sku: Some("LAMP-1".into()),
        units,
        part: false,
        amount: Taxed { net, tax, key },
    }
}

fn draft(items: Vec<Item>, adjustments: Vec<Adjustment>) -> Draft {
    Draft {
        number: "LL-000042".into(),
        issued_on: Date::constant(2026, 6, 3),
        currency: Currency::EUR,
        lang: Lang::EN,
        seller: party(
            "Lantern & Loom GmbH",
            Some(TaxId::Vat("DE999999999".into())),
        ),
        buyer: party("Kim Lindqvist", None),
        delivered: None,
        order: "1001".into(),
        case: "R-7".into(),
        items,
        adjustments,
    }
}

fn rates() -> impl Strategy<Value = TaxKey> {
    prop_oneof![Just(1900), Just(700), Just(2550), Just(0)].prop_map(|r| key(Some(r)))
}

fn amounts() -> impl Strategy<Value = Taxed> {
    // The tax as a sale has it: rounded once per line, a cent off where a part was taken.
    (0_i64..10_000_000, rates(), -1_i64..=1).prop_map(|(net, key, off)| {
        let off = if key.rate.0 > 0 { off } else { 0 };
        Taxed {
            net,
            tax: key.rate.of(net) + off,
            key,
        }
    })
}

proptest! {
    #[test]
    fn totals_are_sums_and_a_correction_takes_everything_back(
        lines in prop::collection::vec((amounts(), 1_i64..50), 1..40),
        off in prop::collection::vec(amounts(), 0..4),
    ) {
        let items: Vec<Item> = lines.iter()
            .map(|(a, units)| item(*units, a.net, a.tax, a.key)).collect();
        let adjustments: Vec<Adjustment> = off.iter()
            .map(|a| Adjustment { amount: a.negated() }).collect();
        let note = CreditNote::new(draft(items, adjustments)).unwrap();
        let gross = |a: &Taxed| a.net + a.tax;
        let paid: i64 = lines.iter().map(|(a, _)| gross(a)).sum::<i64>()
            - off.iter().map(gross).sum::<i64>();
        prop_assert_eq!(note.totals.gross, paid);
        prop_assert_eq!(note.totals.net + note.totals.tax, paid);
        for row in &note.taxes {
            let tax: i64 = lines.iter().map(|(a, _)| *a).chain(off.iter().map(|a| a.negated()))
                .filter(|a| a.key == row.key).map(|a| a.tax).sum();
            prop_assert_eq!(row.tax, tax);
        }
        // Forty cents of rounding stay below the unit the standard leaves.
        prop_assert_eq!(broken(&note), vec![]);
        let back = note.correction("LL-000043".into(), note.issued_on).unwrap();
        prop_assert_eq!(back.kind, Kind::Correction);
        prop_assert_eq!(back.totals.gross, -paid);
        prop_assert_eq!(broken(&back), vec![]);
        let again = back.correction("LL-000044".into(), note.issued_on).unwrap();
        prop_assert_eq!(again.totals, note.totals);
        prop_assert_eq!(again.taxes, note.taxes);
        prop_assert_eq!(back.corrects.unwrap().number, note.number);
    }
}

#[test]
fn a_document_says_what_was_paid() {
    let items = vec![
        item(2, 6_723, 1_277, key(Some(1900))),
        item(1, 500, 0, key(None)),
    ];
    let off = vec![Adjustment {
        amount: Taxed {
            net: -420,
            tax: -80,
            key: key(Some(1900)),
        },
    }];
    let note = CreditNote::new(draft(items, off)).unwrap();
    assert_eq!(note.totals.gross, 8_000);
    let xml = ubl(&note).unwrap();
    for part in [
        "<cbc:ID>LL-000042</cbc:ID>",
        "<cbc:TaxInclusiveAmount currencyID=\"EUR\">80.00</cbc:TaxInclusiveAmount>",
        "<cbc:PayableAmount currencyID=\"EUR\">0.00</cbc:PayableAmount>",
        "<cbc:AllowanceTotalAmount currencyID=\"EUR\">4.20</cbc:AllowanceTotalAmount>",
        "<cbc:AdditionalStreetName>Hof &lt;2&gt; &amp; &quot;B&quot;</cbc:AdditionalStreetName>",
        "<cbc:Percent>19</cbc:Percent>",
        "<cbc:TaxExemptionReason>No tax was charged on the sale</cbc:TaxExemptionReason>",
    ] {
        assert!(xml.contains(part), "{part} is not in\n{xml}");
    }
    assert_eq!(
        ubl(&note).unwrap(),
        xml,
        "the same document, the same bytes"
    );
}

#[test]
fn what_breaks_a_rule_is_named() {
    let plain = || vec![item(1, 1_000, 190, key(Some(1900)))];
    let with = |change: &dyn Fn(&mut Draft)| {
        let mut draft = draft(plain(), vec![]);
        change(&mut draft);
        broken(&CreditNote::new(draft).unwrap())
    };
    assert_eq!(with(&|_| ()), vec![]);
    assert_eq!(with(&|d| d.buyer.name = " ".into()), vec![Rule::Name]);
    let nameless = with(&|d| d.seller.tax_id = None);
    assert_eq!(nameless, vec![Rule::Seller, Rule::SellerTaxId]);
    let wrong = with(&|d| d.items = vec![item(1, 1_000, 300, key(Some(1900)))]);
    assert_eq!(wrong, vec![Rule::Rate]);
    let three = with(&|d| d.currency = "KWD".parse().unwrap());
    assert_eq!(three, vec![Rule::Decimals]);
    let outside = TaxKey::of(None, Category::OutsideScope, false);
    let mixed = with(&|d| d.items.push(item(1, 5, 0, outside)));
    assert_eq!(mixed, vec![Rule::OutsideScope]);
    let empty = CreditNote::new(draft(vec![], vec![]));
    assert_eq!(empty, Err(InvoiceError::Empty));
    let large = vec![item(1, i64::MAX, 1, key(Some(1900)))];
    assert_eq!(
        CreditNote::new(draft(large, vec![])),
        Err(InvoiceError::Overflow)
    );
}
