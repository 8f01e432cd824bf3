//! PayPal's settlement report (STL): sections of one account and currency between a report's header
//! and footer, each row with its kind in the first field. Amounts are in the smallest unit, with
//! `CR` or `DR` beside them. The custom field of a refund holds our key.

use super::{
    Class, Columns, Faults, Framed, Line, LineFault, ROWS_MAX, ReportError, bad, currency, day,
};
use kernel::{Date, Money};

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Framed>, ReportError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut columns: Option<Columns> = None;
    let mut days: Option<(Date, Date)> = None;
    let mut lines = Vec::new();
    let mut faults = Faults::default();
    for (n, record) in reader.records().enumerate() {
        if n == ROWS_MAX {
            return Err(ReportError::Large);
        }
        let record = record?;
        match record
            .get(0)
            .unwrap_or_default()
            .trim_start_matches('\u{feff}')
        {
            // The days of a section: start and end.
            "SH" => {
                let at = |i| day(&record, record.get(i).unwrap_or_default());
                let (from, until) = (at(1)?, at(2)?);
                days = Some(days.map_or((from, until), |(a, b)| (a.min(from), b.max(until))));
            }
            "CH" => {
                let found = Columns::new(&record);
                found.must(&[
                    "Transaction ID",
                    "Transaction Event Code",
                    "Transaction Completion Date",
                    "Transaction Debit or Credit",
                    "Gross Transaction Amount",
                    "Gross Transaction Currency",
                    "Fee Debit or Credit",
                    "Fee Amount",
                    "Custom Field",
                ])?;
                columns = Some(found);
            }
            "SB" => {
                let columns = columns.as_ref().ok_or(ReportError::Column("CH"))?;
                lines.extend(faults.keep(row(columns, &record)));
            }
            _ => {}
        }
    }
    faults.none_or()?;
    let Some(last) = lines.iter().map(|l| l.on).max() else {
        return Ok(Vec::new());
    };
    let until = days.map_or(last, |(_, until)| until);
    Ok(vec![Framed {
        id: format!("STL {until}"),
        number: None,
        days,
        balanced: false,
        lines,
    }])
}

fn row(columns: &Columns, record: &csv::StringRecord) -> Result<Line, LineFault> {
    let get = |name| columns.get(record, name);
    let unit = currency(record, get("Gross Transaction Currency"))?;
    let signed = |amount: &str, side: &str| -> Result<i64, LineFault> {
        if amount.is_empty() {
            return Ok(0);
        }
        let minor: i64 = amount.parse().map_err(|_| bad(record, "amount", amount))?;
        match side {
            "CR" => Ok(minor),
            "DR" => Ok(-minor),
            other => Err(bad(record, "side", other)),
        }
    };
    let gross = signed(
        get("Gross Transaction Amount"),
        get("Transaction Debit or Credit"),
    )?;
    let fee = signed(get("Fee Amount"), get("Fee Debit or Credit"))?;
    let code = get("Transaction Event Code");
    let class = match code {
        // Refunds, and refunds that were taken back.
        "T1107" if gross <= 0 => Class::Refund,
        "T1107" => Class::RefundBack,
        // Chargebacks and reversals, disputes and what came of them.
        "T1106" | "T1110" | "T1111" | "T1114" | "T1115" | "T1201" | "T1202" | "T1207" | "T1208" => {
            Class::Chargeback
        }
        code if code.starts_with("T00") => Class::Sale,
        code if code.starts_with("T01") => Class::Fee,
        code if code.starts_with("T04") => Class::Payout,
        "" => return Err(bad(record, "event", "")),
        _ => Class::Rest,
    };
    Ok(Line {
        class,
        key: get("Custom Field").parse().ok(),
        reference: get("Transaction ID").to_owned(),
        payment: get("PayPal Reference ID").to_owned(),
        gross: Money::new(gross, unit),
        net: Money::new(gross + fee, unit),
        fee_minor: -fee,
        on: day(record, get("Transaction Completion Date"))?,
    })
}
