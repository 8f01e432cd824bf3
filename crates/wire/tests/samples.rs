//! Real samples kept outside the repository, read where they are present.

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
    assert_eq!((sold.rows, sold.drafts, sold.lines, sold.shipping_rows), (320_705, 12_380, 311_482, 1_266));
    assert_eq!((back.drafts, goods, shipping, credited), (5_454, 606_052_564, 15_916_022, 21_855_004));
    let left = |m: &BTreeMap<Fault, (u64, i64)>| m.values().map(|v| v.0).sum::<u64>();
    assert_eq!(sold.lines + sold.shipping_rows + sold.elsewhere + left(&faults), sold.rows);
    assert_eq!(back.drafts + back.elsewhere + left(&return_faults), back.rows);
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
