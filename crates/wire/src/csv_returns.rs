//! Returns from CSV, one [`ReturnDraft`] per row. With a map whose `[documents]` names a
//! `return_prefix`, only rows with such a number are returns and their quantities are negative
//! (cancellation invoices); without one, every row is a return with a positive quantity.

use crate::{
    csv_map::{CsvMap, Field},
    csv_orders::{Tally, left_out},
    csv_rows::Rows,
    error::{Fault, RowError, WireError},
    order::ReturnDraft,
};
use jiff::tz::TimeZone;
use std::io::Read;

/// Iterator over the returns of a CSV file.
pub struct ReturnsCsv<'m, R> {
    rows: Rows<'m, R>,
    tally: Tally,
}

/// Reads the returns of a CSV file with a header row. `zone` is [`CsvMap::time_zone`], looked up.
pub fn returns_from_csv<R: Read>(
    reader: R,
    map: &CsvMap,
    zone: TimeZone,
) -> Result<ReturnsCsv<'_, R>, WireError> {
    let required = [
        Field::Number,
        Field::PlacedAt,
        Field::Currency,
        Field::Sku,
        Field::Quantity,
        Field::UnitPrice,
    ];
    Ok(ReturnsCsv {
        rows: Rows::open(reader, map, zone, &required)?,
        tally: Tally::default(),
    })
}

impl<R: Read> ReturnsCsv<'_, R> {
    /// What has been read so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    fn row(&self) -> Result<ReturnDraft, RowError> {
        let rows = &self.rows;
        let sku = rows.text(Field::Sku);
        let currency = rows.currency()?;
        let (negative, quantity) = rows.quantity()?;
        let price = rows.price(quantity, currency)?;
        let cancels = rows.map().return_prefix.is_some();
        if negative != cancels || quantity == 0 || price.unit < 0 {
            let help = "a return of at least one unit at a price >= 0";
            return Err(left_out(rows, Fault::WrongSign, Field::Quantity, help));
        }
        if rows.map().not_goods.contains(sku) {
            return Err(left_out(
                rows,
                Fault::NotGoods,
                Field::Sku,
                "no goods by the map file",
            ));
        }
        if rows.map().shipping_skus.contains(sku) {
            let help = "shipping credited by itself: no goods came back";
            return Err(left_out(rows, Fault::LoneShipping, Field::Sku, help));
        }
        if price.total == 0 {
            let help = "credited nothing";
            return Err(left_out(rows, Fault::ZeroPrice, Field::UnitPrice, help));
        }
        let draft = ReturnDraft {
            number: rows.text(Field::Number).to_owned(),
            line: rows.line(),
            order: rows.optional(Field::Order),
            customer_id: rows.optional(Field::CustomerId),
            sku: sku.to_owned(),
            quantity,
            unit_price: price.unit,
            total: price.total,
            currency,
            at: rows.placed_at()?,
            reason: rows.text(Field::Reason).to_owned(),
        };
        draft.check().map_err(|flaw| flaw.at(rows.line()))?;
        Ok(draft)
    }
}

impl<R: Read> Iterator for ReturnsCsv<'_, R> {
    type Item = Result<ReturnDraft, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.rows.advance() {
                Ok(false) => return None,
                Ok(true) => self.tally.rows += 1,
                Err(error) => {
                    self.tally.rows += 1;
                    return Some(Err(error));
                }
            }
            let number = self.rows.text(Field::Number);
            let prefix = self.rows.map().return_prefix.as_deref();
            if !number.is_empty() && prefix.is_some_and(|p| !number.starts_with(p)) {
                self.tally.elsewhere += 1;
                continue;
            }
            let result = self.row();
            if result.is_ok() {
                self.tally.drafts += 1;
                self.tally.lines += 1;
            }
            return Some(result);
        }
    }
}
