//! Whatever bytes come in, no reader panics.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use wire::{CsvMap, orders_from_csv, returns_from_csv};

const HEADER: &str = "number,placed_at,currency,sku,quantity,unit_price,country\n";

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let map = CsvMap::plain();
        let csv = [HEADER.as_bytes(), &bytes].concat();
        let _ = orders_from_csv(&csv[..], &map, TimeZone::UTC).map(Iterator::count);
        let _ = returns_from_csv(&csv[..], &map, TimeZone::UTC).map(Iterator::count);
        let _ = wire::orders_from_jsonl(&bytes[..]).count();
        let _ = wire::orders_from_shopify(&bytes[..]);
        let _ = wire::scan::from_easypost(&bytes);
        let _ = wire::scan::from_ups(&bytes);
        let _ = wire::cloudevent::CloudEvent::parse(&bytes);
    }

    #[test]
    fn plausible_csv_fields_never_panic(fields in proptest::collection::vec("[-0-9.eA-Z:|\"]{0,24}", 7)) {
        let map = CsvMap::plain();
        let csv = format!("{HEADER}{}\n1,2026-01-01T00:00:00Z,EUR,A,1,1.00,DE\n", fields.join(","));
        let count = orders_from_csv(csv.as_bytes(), &map, TimeZone::UTC).unwrap().count();
        prop_assert!(count >= 1);
    }
}
