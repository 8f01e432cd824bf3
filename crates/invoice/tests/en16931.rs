//! Our XML against the published rules: the schema of UBL 2.1 and the Schematron of EN 16931, run by
//! Saxon. Needs what `scripts/install-en16931.sh` installs; otherwise says it was skipped.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use invoice::{
    Address, Adjustment, Category, CreditNote, Delivered, Draft, Item, ItemKind, Party, Rule,
    TaxId, TaxKey, Taxed, broken, ubl, untaxed,
};
use kernel::{Bps, CountryCode, Currency, Date, Lang};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn address(country: &str) -> Address {
    Address {
        lines: vec![
            "Webergasse 12".into(),
            "2. Hof & Garten".into(),
            "<links>".into(),
        ],
        city: "Leipzig".into(),
        postcode: "04999".into(),
        country: CountryCode::literal(country),
    }
}

fn seller(tax_id: TaxId) -> Party {
    Party {
        name: "Lantern & Loom GmbH".into(),
        address: address("DE"),
        tax_id: Some(tax_id),
        registration: Some("HRB 99901 Leipzig".into()),
        email: Some("accounts@lantern-loom.example".into()),
    }
}

fn vat() -> TaxId {
    TaxId::Vat("DE999999991".into())
}

/// Kind, units, gross, the tax inside, rate in basis points.
type Sold = (ItemKind, i64, i64, i64, Option<i32>);

fn note(seller: Party, to: &str, currency: &str, sold: &[Sold], off: &[Sold]) -> CreditNote {
    let taxed = sold.iter().any(|s| s.4.is_some_and(|rate| rate > 0));
    let no_tax = untaxed(&seller, CountryCode::literal(to), taxed);
    stated((seller, None, to, currency), (no_tax, false), sold, off)
}

/// The same where the sale says what no tax on it means, to a buyer of this VAT identifier.
fn stated(
    (seller, buyer, to, currency): (Party, Option<&str>, &str, &str),
    (no_tax, said): (Category, bool),
    sold: &[Sold],
    off: &[Sold],
) -> CreditNote {
    let amount = |s: &Sold| Taxed {
        net: s.2 - s.3,
        tax: s.3,
        key: TaxKey::of(s.4.map(Bps), no_tax, said),
    };
    let item = |s: &Sold| Item {
        kind: s.0,
        name: if s.0 == ItemKind::Goods {
            "Paper lantern".into()
        } else {
            String::new()
        },
        sku: (s.0 == ItemKind::Goods).then(|| "LAMP-1".into()),
        units: s.1,
        part: false,
        amount: amount(s),
    };
    CreditNote::new(Draft {
        number: "LL-CN-000042".into(),
        issued_on: Date::constant(2026, 6, 3),
        currency: currency.parse::<Currency>().unwrap(),
        lang: Lang::EN,
        seller,
        buyer: Party {
            name: "Kim Lindqvist".into(),
            address: address(to),
            tax_id: buyer.map(|id| TaxId::Vat(id.into())),
            registration: None,
            email: None,
        },
        delivered: (no_tax == Category::IntraCommunity).then(|| Delivered {
            on: Some(Date::constant(2026, 5, 20)),
            country: CountryCode::literal(to),
        }),
        order: "1001".into(),
        case: "R-7".into(),
        items: sold.iter().map(item).collect(),
        adjustments: off
            .iter()
            .map(|s| Adjustment { amount: amount(s) })
            .collect(),
    })
    .unwrap()
}

/// Documents of every kind we issue.
fn samples() -> Vec<(&'static str, CreditNote)> {
    use ItemKind::{Charge, Delivery, Goods, Promotion};
    let plain = note(
        seller(vat()),
        "DE",
        "EUR",
        &[(Goods, 2, 8_000, 1_277, Some(1900))],
        &[],
    );
    let mixed = note(
        seller(vat()),
        "DE",
        "EUR",
        &[
            (Goods, 3, 1_000, 160, Some(1900)),
            (Goods, 1, 535, 35, Some(700)),
            (Charge, 1, 25, 0, Some(0)),
            (Delivery, 1, 695, 111, Some(1900)),
            (Promotion, 1, 119, 19, Some(1900)),
        ],
        &[
            (Promotion, 1, -500, -80, Some(1900)),
            (Promotion, 1, -107, -7, Some(700)),
        ],
    );
    // A cent whose tax is the whole cent, as cumulative rounding leaves it.
    let cent = note(
        seller(vat()),
        "DE",
        "EUR",
        &[(Goods, 1, 1, 1, Some(1900))],
        &[],
    );
    let export = note(
        seller(vat()),
        "US",
        "USD",
        &[(Goods, 1, 5_000, 0, None)],
        &[],
    );
    let exempt = note(
        seller(vat()),
        "FR",
        "EUR",
        &[
            (Goods, 1, 5_000, 0, None),
            (Delivery, 1, 600, 100, Some(2000)),
        ],
        &[],
    );
    let local = TaxId::Local("201/123/12340".into());
    let outside = note(
        seller(local),
        "DE",
        "EUR",
        &[(Goods, 1, 5_000, 0, None)],
        &[],
    );
    let yen = note(
        seller(vat()),
        "JP",
        "JPY",
        &[(Goods, 2, 5_000, 455, Some(1000))],
        &[],
    );
    let goods = [(Goods, 2, 8_000, 0, Some(0)), (Delivery, 1, 600, 0, None)];
    let off = [(Promotion, 1, -500, 0, None)];
    let to_business = |no_tax, to| {
        let between = (seller(vat()), Some("FR12345678901"), to, "EUR");
        stated(between, (no_tax, true), &goods, &off)
    };
    let reverse = to_business(Category::ReverseCharge, "DE");
    let within = to_business(Category::IntraCommunity, "FR");
    let abroad = to_business(Category::Export, "CH");
    let freed = to_business(Category::Exempt, "DE");
    // Some of it bears tax: the rest does not cease to be a reverse charge.
    let partly = stated(
        (seller(vat()), Some("FR12345678901"), "FR", "EUR"),
        (Category::ReverseCharge, true),
        &[
            (Goods, 1, 5_000, 0, None),
            (Goods, 1, 1_190, 190, Some(1900)),
        ],
        &[],
    );
    let mut all = vec![
        ("reverse", reverse),
        ("within", within),
        ("abroad", abroad),
        ("freed", freed),
        ("partly", partly),
        ("plain", plain),
        ("mixed", mixed),
        ("cent", cent),
        ("export", export),
        ("exempt", exempt),
        ("outside", outside),
        ("yen", yen),
    ];
    let turned =
        |(_, n): &(&str, CreditNote)| n.correction("LL-CN-000043".into(), n.issued_on).unwrap();
    for (of, back) in [
        ("plain", "plain-back"),
        ("mixed", "mixed-back"),
        ("reverse", "reverse-back"),
        ("within", "within-back"),
    ] {
        let taken = all.iter().find(|(name, _)| *name == of).map(turned);
        all.push((back, taken.unwrap()));
    }
    all
}

#[test]
fn who_owes_the_tax_is_known_by_a_number() {
    let goods = [(ItemKind::Goods, 1, 5_000, 0, None)];
    for (no_tax, buyer, expected) in [
        (Category::ReverseCharge, None, vec![Rule::BuyerTaxId]),
        (Category::IntraCommunity, None, vec![Rule::BuyerTaxId]),
        (Category::ReverseCharge, Some("FR12345678901"), vec![]),
        (Category::Export, None, vec![]),
    ] {
        let between = (seller(vat()), buyer, "FR", "EUR");
        let note = stated(between, (no_tax, true), &goods, &[]);
        assert_eq!(broken(&note), expected, "{no_tax:?}");
    }
    let between = (seller(vat()), Some("FR12345678901"), "FR", "EUR");
    let mut note = stated(between, (Category::IntraCommunity, true), &goods, &[]);
    note.delivered = None;
    assert_eq!(broken(&note), vec![Rule::Delivery]);
}

#[test]
fn every_kind_of_document_keeps_the_published_rules() {
    let python = root().join("target/tools/venv/bin/python3");
    let ready = Command::new(&python)
        .args(["-c", "import facturx, saxonche"])
        .output();
    if !ready.is_ok_and(|out| out.status.success()) {
        println!("skipped: the rules of EN 16931 (scripts/install-en16931.sh)");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    for (name, note) in samples() {
        assert_eq!(broken(&note), vec![], "{name}");
        std::fs::write(dir.path().join(format!("{name}.xml")), ubl(&note).unwrap()).unwrap();
    }
    // And one that must be found out, so that silence means something.
    let wrong = note(
        seller(vat()),
        "DE",
        "EUR",
        &[(ItemKind::Goods, 1, 10_000, 5_000, Some(1900))],
        &[],
    );
    std::fs::write(dir.path().join("wrong.xml"), ubl(&wrong).unwrap()).unwrap();
    let script = root().join("crates/invoice/tests/check_ubl.py");
    let out = Command::new(&python)
        .arg(script)
        .arg(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let errors = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{errors}");
    let count = samples().len() + 1;
    assert!(
        said.ends_with(&format!("checked {count}\n")),
        "{said}{errors}"
    );
    let (wrong, own): (Vec<&str>, Vec<&str>) = said
        .lines()
        .filter(|line| !line.starts_with("checked"))
        .partition(|line| line.starts_with("wrong.xml"));
    assert!(wrong.iter().any(|line| line.contains("BR-CO-17")), "{said}");
    assert_eq!(own, Vec::<&str>::new());
}
