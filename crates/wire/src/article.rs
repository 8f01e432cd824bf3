//! A client's catalogue: one [`ArticleDraft`] per variant, from CSV or JSON lines.
//!
//! CSV has a header row. Columns: `sku`, `product`, `title`, `variant`, `category`, `tax_rate` (per
//! cent), `stock`, and one price column per currency, `price_EUR`, as a decimal. Only `sku`,
//! `title` and one price are needed.

use crate::{
    decimal::Decimal,
    error::{Fault, RowError, WireError},
    jsonl::Draft,
    order::{Flaw, MAX_AMOUNT, MAX_ID, MAX_TEXT},
};
use kernel::{Bps, CountryCode, Currency};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, io::Read};

/// The most prices or tax rates of one article.
const MAX_PRICES: usize = 32;
/// The most units a shelf may hold.
const MAX_STOCK: u32 = 100_000_000;

/// One variant that can be sent out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleDraft {
    /// The client's article number.
    pub sku: String,
    /// What it is a variant of: articles with the same product differ in size or colour only. The
    /// number itself unless told.
    #[serde(default)]
    pub product: String,
    /// Title of the product.
    pub title: String,
    /// Which variant: `M, ink`; empty for the only one.
    #[serde(default)]
    pub variant: String,
    /// Category.
    #[serde(default)]
    pub category: String,
    /// Today's price of one unit by currency code, minor units.
    pub prices: BTreeMap<String, i64>,
    /// Whether the prices hold the tax.
    #[serde(default = "yes")]
    pub includes_tax: bool,
    /// The tax rate, basis points, where no other is told for the country.
    #[serde(default)]
    pub tax_rate: Option<Bps>,
    /// Tax rates by country of delivery.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tax_rates: BTreeMap<CountryCode, Bps>,
    /// Units on the shelf.
    #[serde(default)]
    pub stock: u32,
}

const fn yes() -> bool {
    true
}

impl ArticleDraft {
    /// The product it is a variant of.
    pub fn product(&self) -> &str {
        if self.product.is_empty() {
            &self.sku
        } else {
            &self.product
        }
    }

    /// The first bound or contradiction this article violates.
    pub fn check(&self) -> Result<(), Flaw> {
        let flaw = |fault, field: &'static str, what: &str, help: &'static str| {
            Err(Flaw {
                fault,
                field,
                what: what.to_owned(),
                help,
            })
        };
        let number = |text: &str| text.len() <= MAX_ID && !text.chars().any(char::is_control);
        if self.sku.trim().is_empty() || self.title.trim().is_empty() {
            let field = if self.title.trim().is_empty() {
                "title"
            } else {
                "sku"
            };
            return flaw(
                Fault::Missing,
                field,
                "",
                "every article has a number and a title",
            );
        }
        if !number(&self.sku) || !number(&self.product) {
            return flaw(
                Fault::TooLarge,
                "sku",
                &self.sku,
                "a short printable number",
            );
        }
        if [&self.title, &self.variant, &self.category]
            .iter()
            .any(|t| t.len() > MAX_TEXT)
        {
            return flaw(Fault::TooLarge, "title", "", "at most 512 bytes a field");
        }
        if self.prices.is_empty() {
            return flaw(Fault::Missing, "prices", "none", "at least one price");
        }
        if self.prices.len() > MAX_PRICES || self.tax_rates.len() > MAX_PRICES {
            return flaw(
                Fault::TooLarge,
                "prices",
                "",
                "at most 32 prices and tax rates",
            );
        }
        for (code, minor) in &self.prices {
            if code.parse::<Currency>().is_err() {
                return flaw(
                    Fault::Malformed,
                    "prices",
                    code,
                    "a currency code such as EUR",
                );
            }
            if !(0..=MAX_AMOUNT).contains(minor) {
                return flaw(
                    Fault::TooLarge,
                    "prices",
                    code,
                    "a price that is not negative",
                );
            }
        }
        let mut rates = self.tax_rates.values().chain(&self.tax_rate);
        if rates.any(|r| !(0..=10_000).contains(&r.0)) {
            return flaw(Fault::Malformed, "tax_rate", "", "0 to 10000 basis points");
        }
        if self.stock > MAX_STOCK {
            return flaw(Fault::TooLarge, "stock", "", "at most 100000000 units");
        }
        Ok(())
    }
}

impl Draft for ArticleDraft {
    fn accept(&mut self, _: u64) -> Result<(), Flaw> {
        self.check()
    }
}

/// Iterator over the articles of a CSV file.
pub struct ArticlesCsv<R> {
    reader: csv::Reader<R>,
    columns: Vec<String>,
    record: csv::StringRecord,
}

/// Reads the articles of a CSV file with a header row.
pub fn articles_from_csv<R: Read>(reader: R) -> Result<ArticlesCsv<R>, WireError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(false)
        .from_reader(reader);
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|h| h.trim().to_owned()).collect(),
        Err(e) => return Err(WireError::Map(e.to_string())),
    };
    for needed in ["sku", "title"] {
        if !columns.iter().any(|c| c == needed) {
            return Err(WireError::NoColumn(needed.to_owned()));
        }
    }
    Ok(ArticlesCsv {
        reader,
        columns,
        record: csv::StringRecord::new(),
    })
}

impl<R: Read> ArticlesCsv<R> {
    fn row(&self, line: u64) -> Result<ArticleDraft, RowError> {
        let at = |name: &str| {
            let column = self.columns.iter().position(|c| c == name);
            column
                .and_then(|i| self.record.get(i))
                .unwrap_or_default()
                .trim()
        };
        let wrong = |field: &str, what: &str, help: &str| {
            Err(RowError::new(line, Fault::Malformed, field, what, help))
        };
        let mut prices = BTreeMap::new();
        for (column, text) in self.columns.iter().zip(self.record.iter()) {
            let Some(code) = column.strip_prefix("price_") else {
                continue;
            };
            if text.trim().is_empty() {
                continue;
            }
            let currency = code.parse::<Currency>().ok();
            let minor =
                currency.and_then(|c| Decimal::parse(text, b'.', None)?.minor(c.exponent()));
            let Some(minor) = minor else {
                return wrong(column, text, "a price such as 12.30 in a known currency");
            };
            prices.insert(code.to_owned(), minor);
        }
        let tax_rate = match at("tax_rate") {
            "" => None,
            text => match Decimal::parse(text, b'.', None).and_then(|d| d.minor(2)) {
                Some(bps) => i32::try_from(bps).ok().map(Bps),
                None => return wrong("tax_rate", text, "per cent, such as 19 or 5.5"),
            },
        };
        let stock = match at("stock") {
            "" => 0,
            text => match text.parse() {
                Ok(units) => units,
                Err(_) => return wrong("stock", text, "a whole number of units"),
            },
        };
        let draft = ArticleDraft {
            sku: at("sku").to_owned(),
            product: at("product").to_owned(),
            title: at("title").to_owned(),
            variant: at("variant").to_owned(),
            category: at("category").to_owned(),
            prices,
            includes_tax: true,
            tax_rate,
            tax_rates: BTreeMap::new(),
            stock,
        };
        draft.check().map_err(|flaw| flaw.at(line))?;
        Ok(draft)
    }
}

impl<R: Read> Iterator for ArticlesCsv<R> {
    type Item = Result<ArticleDraft, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.reader.position().line();
        match self.reader.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                let line = self.record.position().map_or(line, csv::Position::line);
                Some(self.row(line))
            }
            Err(e) if matches!(e.kind(), csv::ErrorKind::Io(_)) => None,
            Err(e) => {
                let what = e.to_string();
                let help = "as many columns as the header row, in UTF-8";
                Some(Err(RowError::new(line, Fault::Unreadable, "", &what, help)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_with_its_mistakes_named() {
        let text = "sku,product,title,variant,tax_rate,stock,price_EUR,price_JPY\n\
            A-S,A,Shirt,S,19,3,12.30,1500\n\
            A-M,A,Shirt,M,19,,12.30,\n\
            B,,Lamp,,5.5,1,x,\n\
            ,,Lamp,,,1,1.00,\n\
            C,,Lamp,,,1,,\n";
        let read: Vec<_> = articles_from_csv(text.as_bytes()).unwrap().collect();
        let first = read[0].as_ref().unwrap();
        assert_eq!(
            first.prices,
            [("EUR".into(), 1230), ("JPY".into(), 1500)].into()
        );
        assert_eq!((first.product(), first.stock), ("A", 3));
        assert_eq!(first.tax_rate, Some(Bps(1900)));
        assert_eq!(read[1].as_ref().unwrap().stock, 0);
        let faults: Vec<_> = read[2..]
            .iter()
            .map(|r| r.as_ref().unwrap_err().field.clone())
            .collect();
        assert_eq!(faults, ["price_EUR", "sku", "prices"]);
        assert_eq!(read[2].as_ref().unwrap_err().line, 4);
    }

    #[test]
    fn a_file_without_its_columns_is_refused_as_a_whole() {
        assert!(articles_from_csv("number,name\n".as_bytes()).is_err());
    }

    #[test]
    fn a_line_of_json_reads_and_unknown_keys_do_not() {
        let good = r#"{"sku":"A","title":"Shirt","prices":{"EUR":1230},"tax_rate":1900,"stock":2}"#;
        let bad = r#"{"sku":"A","title":"Shirt","prices":{"EUR":1230},"colour":"red"}"#;
        let text = format!("{good}\n{bad}\n");
        let read: Vec<_> = crate::articles_from_jsonl(text.as_bytes()).collect();
        assert_eq!(read[0].as_ref().unwrap().product(), "A");
        assert!(read[0].as_ref().unwrap().includes_tax);
        assert!(read[1].is_err());
    }

    proptest::proptest! {
        #[test]
        fn nonsense_never_panics(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let mut text = b"sku,title,price_EUR,stock\n".to_vec();
            text.extend(bytes);
            if let Ok(rows) = articles_from_csv(text.as_slice()) {
                let _ = rows.count();
            }
        }
    }
}
