//! Adyen's settlement details report, one batch a file, with the column `Modification Merchant
//! Reference`, which Adyen adds when asked: it holds our key.

use super::{
    Class, Columns, Faults, Framed, Line, LineFault, ReportError, bad, currency, day, decimal, rows,
};
use kernel::Money;
use std::collections::BTreeMap;

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Framed>, ReportError> {
    let (columns, records) = rows(bytes)?;
    columns.must(&[
        "Psp Reference",
        "Merchant Reference",
        "Creation Date",
        "Type",
        "Modification Reference",
        "Gross Currency",
        "Gross Debit (GC)",
        "Gross Credit (GC)",
        "Net Currency",
        "Net Debit (NC)",
        "Net Credit (NC)",
        "Batch Number",
        "Modification Merchant Reference",
    ])?;
    let mut batches: BTreeMap<i64, Vec<Line>> = BTreeMap::new();
    let mut faults = Faults::default();
    for record in &records {
        if let Some((batch, line)) = faults.keep(line(&columns, record)) {
            batches.entry(batch).or_default().push(line);
        }
    }
    faults.none_or()?;
    Ok(batches
        .into_iter()
        .map(|(batch, lines)| Framed {
            id: format!("batch {batch}"),
            number: Some(batch),
            days: None,
            // A batch ends with its payout or is carried over to the next one.
            balanced: true,
            lines,
        })
        .collect())
}

/// A line and its batch.
fn line(columns: &Columns, record: &csv::StringRecord) -> Result<(i64, Line), LineFault> {
    let get = |name| columns.get(record, name);
    let batch = get("Batch Number");
    let batch: i64 = batch.parse().map_err(|_| bad(record, "batch", batch))?;
    let class = match get("Type") {
        "Settled" | "SettledInInstallments" | "SettledExternally" => Class::Sale,
        "Refunded" => Class::Refund,
        "RefundedReversed" => Class::RefundBack,
        "Chargeback" | "SecondChargeback" | "ChargebackReversed" => Class::Chargeback,
        "Fee" | "PaymentCost" | "MiscCosts" | "InvoiceDeduction" => Class::Fee,
        "MerchantPayout" => Class::Payout,
        _ => Class::Rest,
    };
    let unit = currency(record, get("Net Currency"))?;
    let part = |name| decimal(record, get(name), unit);
    let net = part("Net Credit (NC)")? - part("Net Debit (NC)")?;
    let fee_minor = [
        "Commission (NC)",
        "Markup (NC)",
        "Scheme Fees (NC)",
        "Interchange (NC)",
    ]
    .into_iter()
    .map(part)
    .sum::<Result<i64, _>>()?;
    let gross = match get("Gross Currency") {
        "" => Money::new(net, unit),
        code => {
            let own = currency(record, code)?;
            let part = |name| decimal(record, get(name), own);
            let minor = part("Gross Credit (GC)")? - part("Gross Debit (GC)")?;
            Money::new(minor, own)
        }
    };
    let modification = get("Modification Reference");
    let reference = match (class, modification) {
        // What Adyen writes on the transfer: the batch.
        (Class::Payout, _) => format!("batch {batch}"),
        (_, "") => get("Psp Reference").to_owned(),
        (_, modification) => modification.to_owned(),
    };
    let line = Line {
        class,
        key: get("Modification Merchant Reference").parse().ok(),
        reference,
        payment: get("Psp Reference").to_owned(),
        gross,
        net: Money::new(net, unit),
        fee_minor,
        on: day(record, get("Creation Date"))?,
    };
    Ok((batch, line))
}
