//! Rows of a CSV file by our field names: header, column map, record size bound. What a row
//! means is for `csv_orders` and `csv_returns`.

use crate::{
    csv_map::{CsvMap, Field},
    decimal::Priced,
    error::{Fault, RowError, WireError},
    limits::MAX_LINE,
};
use jiff::{civil::DateTime, tz::TimeZone};
use kernel::{Currency, Date, Money, Timestamp};
use std::io::{self, Read};

/// A reader that gives at most [`MAX_LINE`] bytes between two refills, so that an unclosed
/// quote cannot swallow a whole file into memory.
struct Budget<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(
                "one record is longer than 8 MiB: is a quote unclosed?",
            ));
        }
        let most = buf.len().min(self.left);
        let read = self.inner.read(&mut buf[..most])?;
        self.left -= read;
        Ok(read)
    }
}

/// The rows of one file.
pub(crate) struct Rows<'m, R> {
    reader: csv::Reader<Budget<R>>,
    record: csv::StringRecord,
    index: Vec<Option<usize>>,
    map: &'m CsvMap,
    zone: TimeZone,
    line: u64,
}

impl<'m, R: Read> Rows<'m, R> {
    pub(crate) fn open(
        reader: R,
        map: &'m CsvMap,
        zone: TimeZone,
        required: &[Field],
    ) -> Result<Self, WireError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(map.delimiter)
            .from_reader(Budget {
                inner: reader,
                left: MAX_LINE,
            });
        let header = reader
            .headers()
            .map_err(|e| WireError::Read(io::Error::other(e)))?;
        let position = |name: &String| {
            header
                .iter()
                .position(|h| h.trim_start_matches('\u{feff}').trim() == name)
        };
        let index: Vec<_> = map
            .columns
            .iter()
            .map(|c| c.as_ref().and_then(position))
            .collect();
        for field in required {
            let at = *field as usize;
            if index[at].is_none() && map.constants[at].is_none() {
                let name = map.columns[at].as_deref().unwrap_or(field.as_str());
                return Err(WireError::NoColumn(name.to_owned()));
            }
        }
        Ok(Self {
            reader,
            record: csv::StringRecord::new(),
            index,
            map,
            zone,
            line: 0,
        })
    }

    /// Advances to the next row; `Ok(false)` at the end. An `Err` is about one record, except
    /// that a failing reader ends the file.
    pub(crate) fn advance(&mut self) -> Result<bool, RowError> {
        self.reader.get_mut().left = MAX_LINE;
        let before = self.reader.position().line();
        let result = self.reader.read_record(&mut self.record);
        self.line = self.record.position().map_or(before, csv::Position::line);
        result.map_err(|e| {
            let line = e.position().map_or(before, csv::Position::line);
            RowError::new(
                line,
                Fault::Unreadable,
                "",
                &e.to_string(),
                "one CSV record, UTF-8",
            )
        })
    }

    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    pub(crate) const fn map(&self) -> &'m CsvMap {
        self.map
    }

    /// The text of `field` in this row: its column, else its constant, else nothing.
    pub(crate) fn text(&self, field: Field) -> &str {
        let column = self.index[field as usize].and_then(|i| self.record.get(i));
        match column.map(str::trim) {
            Some(text) if !text.is_empty() => text,
            _ => self.map.constants[field as usize].as_deref().unwrap_or(""),
        }
    }

    pub(crate) fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field))
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
    }

    pub(crate) fn wrong(&self, field: Field, help: &str) -> RowError {
        let text = self.text(field);
        let fault = if text.is_empty() {
            Fault::Missing
        } else {
            Fault::Malformed
        };
        RowError::new(self.line, fault, field.as_str(), text, help)
    }

    pub(crate) fn currency(&self) -> Result<Currency, RowError> {
        let text = self.text(Field::Currency);
        text.parse()
            .map_err(|_| self.wrong(Field::Currency, "an ISO 4217 currency code"))
    }

    /// Sign and size of the quantity.
    pub(crate) fn quantity(&self) -> Result<(bool, u32), RowError> {
        let wrong = || self.wrong(Field::Quantity, "a whole number of units");
        let units: i64 = self.text(Field::Quantity).parse().map_err(|_| wrong())?;
        u32::try_from(units.unsigned_abs())
            .map(|n| (units < 0, n))
            .map_err(|_| wrong())
    }

    /// Price of this row for `quantity` units.
    pub(crate) fn price(&self, quantity: u32, currency: Currency) -> Result<Priced, RowError> {
        self.map
            .decimal(self.text(Field::UnitPrice))
            .and_then(|d| d.times(quantity, currency.exponent()))
            .ok_or_else(|| self.wrong(Field::UnitPrice, "a decimal number, no exponent"))
    }

    /// What the row is worth, signed, for reports; `None` where it cannot be read.
    pub(crate) fn worth(&self) -> Option<Money> {
        let currency = self.currency().ok()?;
        let (negative, units) = self.quantity().ok()?;
        let total = self.price(units, currency).ok()?.total;
        Some(Money::new(
            if negative {
                total.checked_neg()?
            } else {
                total
            },
            currency,
        ))
    }

    /// An amount in minor units; 0 when empty.
    pub(crate) fn amount(&self, field: Field, currency: Currency) -> Result<i64, RowError> {
        let text = self.text(field);
        if text.is_empty() {
            return Ok(0);
        }
        self.map
            .decimal(text)
            .and_then(|d| d.minor(currency.exponent()))
            .ok_or_else(|| self.wrong(field, "an amount with at most the currency's decimals"))
    }

    pub(crate) fn flag(&self, field: Field, default: bool) -> Result<bool, RowError> {
        match self.text(field) {
            "" => Ok(default),
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" => Ok(false),
            _ => Err(self.wrong(field, "true or false")),
        }
    }

    pub(crate) fn placed_at(&self) -> Result<Timestamp, RowError> {
        let text = self.text(Field::PlacedAt);
        let wrong = || self.wrong(Field::PlacedAt, "a time in the format of the map file");
        match &self.map.placed_at {
            None => text.parse().map_err(|_| wrong()),
            Some(format) => {
                let local = DateTime::strptime(format, text).map_err(|_| wrong())?;
                let zoned = local.to_zoned(self.zone.clone()).map_err(|_| wrong())?;
                Ok(zoned.timestamp())
            }
        }
    }

    /// A day, or nothing; the constant `placed` means the day of `placed_at`.
    pub(crate) fn date(&self, field: Field, placed: Timestamp) -> Result<Option<Date>, RowError> {
        let text = self.text(field);
        let parsed = match (text, &self.map.date) {
            ("", _) => return Ok(None),
            ("placed", _) => return Ok(Some(placed.to_zoned(self.zone.clone()).date())),
            (_, None) => text.parse().ok(),
            (_, Some(format)) => Date::strptime(format, text).ok(),
        };
        parsed
            .map(Some)
            .ok_or_else(|| self.wrong(field, "a day in the format of the map file"))
    }
}
