//! Stripe's itemised payout reconciliation (`payout_reconciliation.itemized`), with the column
//! `refund_metadata[redress_key]`; also the itemised balance change, which names no payout.

use super::{Class, Framed, Line, ReportError, bad, currency, day, decimal, rows};
use kernel::Money;
use std::collections::BTreeMap;

const KEY: &str = "refund_metadata[redress_key]";

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Framed>, ReportError> {
    let (columns, records) = rows(bytes)?;
    columns.must(&[
        "balance_transaction_id",
        "created",
        "currency",
        "gross",
        "fee",
        "net",
        "reporting_category",
    ])?;
    let mut by_payout: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    let mut paid_on = BTreeMap::new();
    for record in &records {
        let get = |name| columns.get(record, name);
        let unit = currency(record, get("currency"))?;
        let amount = |name| decimal(record, get(name), unit);
        let class = match get("reporting_category") {
            "charge" => Class::Sale,
            "refund" | "partial_capture_reversal" => Class::Refund,
            "refund_failure" => Class::RefundBack,
            "dispute" | "dispute_reversal" => Class::Chargeback,
            "fee" | "network_cost" | "tax" => Class::Fee,
            // Of a balance change: the payout itself.
            "payout" | "payout_reversal" => Class::Payout,
            "" => return Err(bad(record, "reporting_category")),
            _ => Class::Rest,
        };
        let payout = get("automatic_payout_id");
        let on = day(record, get("created"))?;
        if !payout.is_empty() && !get("automatic_payout_effective_at").is_empty() {
            let effective = day(record, get("automatic_payout_effective_at"))?;
            paid_on.insert(payout.to_owned(), effective);
        }
        let source = get("source_id");
        let line = Line {
            class,
            key: get(KEY).parse().ok(),
            reference: match source {
                "" => get("balance_transaction_id").to_owned(),
                source => source.to_owned(),
            },
            gross: Money::new(amount("gross")?, unit),
            net: Money::new(amount("net")?, unit),
            fee_minor: amount("fee")?,
            on,
        };
        by_payout.entry(payout.to_owned()).or_default().push(line);
    }
    Ok(by_payout
        .into_iter()
        .filter_map(|(payout, mut lines)| {
            let first = lines.iter().map(|l| l.on).min()?;
            let last = lines.iter().map(|l| l.on).max()?;
            // A report of activity is cut by days and may hold a part of a payout only: no sum.
            if payout.is_empty() || !paid_on.contains_key(&payout) {
                let of = if payout.is_empty() { "" } else { " of " };
                return Some(Framed {
                    id: format!("activity {first} {last}{of}{payout}"),
                    number: None,
                    days: None,
                    balanced: false,
                    lines,
                });
            }
            // The report lists what a payout is made of and not the payout: it is their sum.
            let unit = lines.first()?.net.currency;
            let of_unit = lines.iter().filter(|l| l.net.currency == unit);
            let sum: i64 = of_unit.map(|l| l.net.minor).sum();
            lines.push(Line {
                class: Class::Payout,
                key: None,
                reference: payout.clone(),
                gross: Money::new(-sum, unit),
                net: Money::new(-sum, unit),
                fee_minor: 0,
                on: paid_on.get(&payout).copied().unwrap_or(last),
            });
            Some(Framed {
                id: payout,
                number: None,
                days: Some((first, last)),
                balanced: true,
                lines,
            })
        })
        .collect())
}
