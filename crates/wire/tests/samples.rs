//! Real samples kept outside the repository, read where they are present.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use flate2::read::GzDecoder;
use jiff::tz::TimeZone;
use std::{collections::BTreeMap, fs::File, path::PathBuf};
use wire::{CsvMap, Fault, orders_from_csv, returns_from_csv};

/// The path of a shared sample, or `None` after saying what is skipped.
fn shared(path: &str) -> Option<PathBuf> {
    let given = std::env::var_os("REDRESS_SHARED").map(PathBuf::from);
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = given.or_else(|| {
        here.ancestors()
            .map(|a| a.join("shared"))
            .find(|p| p.is_dir())
    });
    let file = found.map(|p| p.join(path)).filter(|p| p.exists());
    if file.is_none() {
        eprintln!("skipped: {path}");
    }
    file
}

fn gz(path: &PathBuf) -> GzDecoder<File> {
    GzDecoder::new(File::open(path).unwrap())
}

#[test]
fn online_retail_rows_all_end_somewhere_and_reconcile() {
    let Some(path) = shared("data/uci_online_retail/transactions_2010-12_2011-08.csv.gz") else {
        return;
    };
    let map = CsvMap::parse(include_str!("../maps/uci-online-retail.toml")).unwrap();
    let zone = TimeZone::UTC; // the day and the counts do not depend on it
    let mut faults: BTreeMap<Fault, (u64, i64)> = BTreeMap::new();
    let mut orders = orders_from_csv(gz(&path), &map, zone.clone()).unwrap();
    let (mut goods, mut shipping) = (0_i64, 0_i64);
    for item in orders.by_ref() {
        match item {
            Ok(o) => {
                goods += o
                    .lines
                    .iter()
                    .map(wire::LineDraft::net_of_discount)
                    .sum::<i64>();
                shipping += o.shipping.list;
            }
            Err(e) => {
                let entry = faults.entry(e.fault).or_default();
                entry.0 += 1;
                entry.1 += e.amount.map_or(0, |m| m.minor);
            }
        }
    }
    let sold = orders.tally();
    let mut return_faults: BTreeMap<Fault, (u64, i64)> = BTreeMap::new();
    let mut returns = returns_from_csv(gz(&path), &map, zone).unwrap();
    let mut credited = 0_i64;
    for item in returns.by_ref() {
        match item {
            Ok(r) => credited += r.total,
            Err(e) => {
                let entry = return_faults.entry(e.fault).or_default();
                entry.0 += 1;
                entry.1 += e.amount.map_or(0, |m| m.minor);
            }
        }
    }
    let back = returns.tally();
    eprintln!("orders {sold:?} goods {goods} shipping {shipping}\n  {faults:?}");
    eprintln!("returns {back:?} credited {credited}\n  {return_faults:?}");
    assert_eq!(
        (sold.rows, sold.drafts, sold.lines, sold.shipping_rows),
        (320_705, 12_380, 311_482, 1_266)
    );
    assert_eq!(
        (back.drafts, goods, shipping, credited),
        (5_454, 606_052_564, 15_916_022, 21_855_004)
    );
    let left = |m: &BTreeMap<Fault, (u64, i64)>| m.values().map(|v| v.0).sum::<u64>();
    assert_eq!(
        sold.lines + sold.shipping_rows + sold.elsewhere + left(&faults),
        sold.rows
    );
    assert_eq!(
        back.drafts + back.elsewhere + left(&return_faults),
        back.rows
    );
    // To the penny, against a sum that uses none of our code.
    let worth = |m: &BTreeMap<Fault, (u64, i64)>| m.values().map(|v| v.1).sum::<i64>();
    let total = goods + shipping + worth(&faults) - credited + worth(&return_faults);
    assert_eq!(total, plain_total(&path));
}

/// Quantity times price over all rows, in pence; prices below a penny are rounded per row.
fn plain_total(path: &PathBuf) -> i64 {
    let mut reader = csv::Reader::from_reader(gz(path));
    let mut sum = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (whole, part) = row[6].split_once('.').unwrap();
        let mills: i64 = format!("{whole}{part:0<3}").parse().unwrap();
        let exact = mills * row[4].parse::<i64>().unwrap();
        sum += (exact + exact.signum() * 5) / 10;
    }
    sum
}

#[test]
fn tau_orders_are_all_taken_and_paid_for() {
    let (Some(orders), Some(users)) = (
        shared("data/tau_retail/orders.json.gz"),
        shared("data/tau_retail/users.json.gz"),
    ) else {
        return;
    };
    let body = |path| wire::limits::read_body(gz(path), wire::limits::MAX_DOCUMENT).unwrap();
    let at = "2024-05-15T15:00:00Z".parse().unwrap();
    let drafts = wire::orders_from_tau(&body(&orders), &body(&users), at).unwrap();
    let orders: Vec<_> = drafts.into_iter().map(Result::unwrap).collect();
    assert_eq!(orders.len(), 1000);
    assert_eq!(orders.iter().map(|o| o.lines.len()).sum::<usize>(), 2978);
    assert_eq!(orders.iter().filter(|o| o.cancelled).count(), 102);
    for order in &orders {
        let paid: i64 = order.tenders.iter().map(|t| t.amount).sum();
        assert_eq!(
            paid,
            order.lines.iter().map(|l| l.unit_list).sum::<i64>(),
            "{}",
            order.number
        );
        assert!(
            order
                .contact
                .as_ref()
                .is_some_and(|c| c.email.contains('@'))
        );
        let refunded = order.tenders.iter().map(|t| t.refunded).sum::<i64>();
        assert_eq!(refunded, if order.cancelled { paid } else { 0 });
    }
}

#[test]
fn standard_webhooks_vectors() {
    let Some(path) = shared("fixtures/webhooks/standard-webhooks-vectors.json") else {
        return;
    };
    let vectors: Vec<serde_json::Value> =
        serde_json::from_reader(File::open(path).unwrap()).unwrap();
    assert!(!vectors.is_empty());
    for v in &vectors {
        let text = |key: &str| v[key].as_str().unwrap();
        let secret = wire::webhook::Secret::parse(text("secret")).unwrap();
        let second = v["timestamp"].as_i64().unwrap();
        let now = jiff::Timestamp::from_second(second).unwrap();
        let verdict = wire::webhook::verify(
            &[secret],
            text("id"),
            &second.to_string(),
            text("signature"),
            text("body").as_bytes(),
            now,
        );
        assert_eq!(verdict.is_ok(), v["ok"].as_bool().unwrap(), "{v}");
    }
}

#[test]
fn easypost_tracker_bodies() {
    let mut scans = 0;
    for name in ["test_tracker_create", "test_tracker_retrieve"] {
        let Some(path) = shared(&format!("fixtures/shipping/easypost/{name}.yaml")) else {
            return;
        };
        let yaml = std::fs::read_to_string(path).unwrap();
        // A folded single-quoted YAML scalar: joined lines, doubled quotes.
        for part in yaml.split("string: '").skip(1) {
            let scalar = part.split("\n    headers:").next().unwrap().trim_end();
            let lines: Vec<_> = scalar.lines().map(str::trim).collect();
            let json = lines.join(" ").trim_end_matches('\'').replace("''", "'");
            for scan in wire::scan::from_easypost(json.as_bytes()).unwrap() {
                assert!(scan.tracking.starts_with("EZ"), "{scan:?}");
                assert!(!scan.code.is_empty());
                scans += 1;
            }
        }
    }
    assert!(scans >= 4, "{scans}");
}

#[test]
fn shopify_order_body_without_lines_is_reported() {
    let Some(path) = shared("fixtures/ecommerce/shopify/orders.json") else {
        return;
    };
    // The published sample was stripped of its line items: an order of nothing is no order.
    let all = wire::orders_from_shopify(File::open(path).unwrap()).unwrap();
    assert_eq!(all.len(), 1);
    let error = all[0].as_ref().unwrap_err();
    assert_eq!(
        (error.fault, error.field.as_str()),
        (Fault::Missing, "lines")
    );
}
