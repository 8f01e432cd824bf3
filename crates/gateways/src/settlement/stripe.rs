//! Stripe's itemised payout reconciliation (`payout_reconciliation.itemized`), with the column
//! `refund_metadata[redress_key]`; also the itemised balance change, which names no payout.

use super::{
    Class, Columns, Faults, Framed, Line, LineFault, ReportError, bad, currency, day, decimal, rows,
};
use kernel::{Date, Money};
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
    let mut faults = Faults::default();
    for record in &records {
        let Some((payout, line, effective)) = faults.keep(line(&columns, record)) else {
            continue;
        };
        if let Some(effective) = effective {
            paid_on.insert(payout.clone(), effective);
        }
        by_payout.entry(payout).or_default().push(line);
    }
    faults.none_or()?;
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
                payment: String::new(),
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

/// A line, the payout it belongs to, and the day of that payout where it is said.
fn line(
    columns: &Columns,
    record: &csv::StringRecord,
) -> Result<(String, Line, Option<Date>), LineFault> {
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
        "" => return Err(bad(record, "category", "")),
        _ => Class::Rest,
    };
    let payout = get("automatic_payout_id");
    let effective = match get("automatic_payout_effective_at") {
        text if payout.is_empty() || text.is_empty() => None,
        text => Some(day(record, text)?),
    };
    let source = get("source_id");
    let line = Line {
        class,
        key: get(KEY).parse().ok(),
        reference: match source {
            "" => get("balance_transaction_id").to_owned(),
            source => source.to_owned(),
        },
        // Orders name the payment intent where there is one.
        payment: match get("payment_intent_id") {
            "" => get("charge_id").to_owned(),
            intent => intent.to_owned(),
        },
        gross: Money::new(amount("gross")?, unit),
        net: Money::new(amount("net")?, unit),
        fee_minor: amount("fee")?,
        on: day(record, get("created"))?,
    };
    Ok((payout.to_owned(), line, effective))
}
