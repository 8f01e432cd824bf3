//! How the columns of a CSV file are ours: a small TOML file per source, parsed and checked
//! once. Which fields exist is [`Field`]; `maps/uci-online-retail.toml` is a commented example.

use crate::{decimal::Decimal, error::WireError};
use kernel::CountryCode;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Our fields that a column or a constant may supply.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field, in declaration order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in map files and in errors.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

fields! {
    /// Number of the order or return; rows of one order stand together. Required.
    Number = "number";
    /// When placed or returned. Required.
    PlacedAt = "placed_at";
    /// ISO 4217 code. Required.
    Currency = "currency";
    /// Article number. Required.
    Sku = "sku";
    /// Units. Required.
    Quantity = "quantity";
    /// List price of one unit. Required.
    UnitPrice = "unit_price";
    /// Id of the line; else its position in the order.
    LineId = "line_id";
    /// Where sold; else `import`.
    Channel = "channel";
    /// `consumer` (default) or `business`.
    Buyer = "buyer";
    /// Country of delivery, as a code or as a name of `[countries]`. Required for orders.
    Country = "country";
    /// `true` (default) or `false`.
    PricesIncludeTax = "prices_include_tax";
    /// Name of the article.
    Title = "title";
    /// Category.
    Category = "category";
    /// Discount on the line as a whole.
    LineDiscount = "line_discount";
    /// Tax rate in percent.
    TaxRate = "tax_rate";
    /// Units sent: a number or `all`.
    Fulfilled = "fulfilled";
    /// Day sent, or `placed`.
    FulfilledOn = "fulfilled_on";
    /// Day delivered, or `placed`.
    DeliveredOn = "delivered_on";
    /// `true` or `false` (default).
    FinalSale = "final_sale";
    /// Serial numbers, separated by spaces.
    Serials = "serials";
    /// Vendor.
    Vendor = "vendor";
    /// Duty on one unit; comes back with it.
    Duty = "duty";
    /// Deposit on one unit; comes back with it.
    Deposit = "deposit";
    /// Recycling or environmental fee on one unit, taxed like the line; comes back with it.
    EcoFee = "eco_fee";
    /// The line sold gift cards: what was spent from them so far.
    GiftCardSpent = "gift_card_spent";
    /// The parts of a kit as `SKU:units:weight`, separated by `|`.
    Parts = "parts";
    /// Name of the promotion that gave a part of the line's discount.
    Promotion = "promotion";
    /// What that promotion asked for: a value of goods.
    PromotionValue = "promotion_value";
    /// Or units of goods.
    PromotionUnits = "promotion_units";
    /// What it gave on this line: a part of its discount.
    PromotionDiscount = "promotion_discount";
    /// A tip; read from the first row of the order.
    Tip = "tip";
    /// A service on the whole order, such as gift wrapping; read from the first row.
    Service = "service";
    /// Paid by card; read from the first row, like the others.
    PaidCard = "paid_card";
    /// Paid with gift cards.
    PaidGiftCard = "paid_gift_card";
    /// Paid with store credit.
    PaidStoreCredit = "paid_store_credit";
    /// Paid by bank transfer.
    PaidBank = "paid_bank";
    /// Paid in cash.
    PaidCash = "paid_cash";
    /// Discount on the order; read from its first row.
    OrderDiscount = "order_discount";
    /// Outbound delivery; read from the first row.
    Shipping = "shipping";
    /// Discount on it; read from the first row.
    ShippingDiscount = "shipping_discount";
    /// Customer's id in the other system.
    CustomerId = "customer_id";
    /// Customer's name.
    Name = "name";
    /// Customer's e-mail address.
    Email = "email";
    /// Customer's telephone.
    Phone = "phone";
    /// Customer's street lines, separated by line ends or `|`.
    Address = "address";
    /// Customer's postcode.
    Postcode = "postcode";
    /// Returns only: the order it refers to.
    Order = "order";
    /// Returns only: reason in words.
    Reason = "reason";
}

/// A checked column map.
#[derive(Debug, Clone)]
pub struct CsvMap {
    pub(crate) delimiter: u8,
    pub(crate) point: u8,
    pub(crate) group: Option<u8>,
    pub(crate) columns: Vec<Option<String>>,
    pub(crate) constants: Vec<Option<String>>,
    pub(crate) placed_at: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) return_prefix: Option<String>,
    pub(crate) other_prefixes: Vec<String>,
    pub(crate) shipping_skus: HashSet<String>,
    pub(crate) not_goods: HashSet<String>,
    pub(crate) countries: HashMap<String, CountryCode>,
    time_zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    #[serde(default = "comma")]
    delimiter: char,
    #[serde(default = "point")]
    decimal: char,
    #[serde(default)]
    grouping: Option<char>,
    #[serde(default = "utc")]
    time_zone: String,
    columns: BTreeMap<String, String>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
    #[serde(default)]
    formats: Formats,
    #[serde(default)]
    documents: Documents,
    #[serde(default)]
    skus: Skus,
    #[serde(default)]
    countries: HashMap<String, CountryCode>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Formats {
    placed_at: Option<String>,
    date: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Documents {
    return_prefix: Option<String>,
    #[serde(default)]
    other_prefixes: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Skus {
    #[serde(default)]
    shipping: HashSet<String>,
    #[serde(default)]
    not_goods: HashSet<String>,
}

fn comma() -> char {
    ','
}

fn point() -> char {
    '.'
}

fn utc() -> String {
    "UTC".to_owned()
}

impl CsvMap {
    /// The map that needs no file: columns named as our [`Field`]s, RFC 3339 times.
    pub fn plain() -> Self {
        let names = Field::ALL
            .iter()
            .map(|f| Some(f.as_str().to_owned()))
            .collect();
        Self {
            delimiter: b',',
            point: b'.',
            group: None,
            columns: names,
            constants: vec![None; Field::ALL.len()],
            placed_at: None,
            date: None,
            return_prefix: None,
            other_prefixes: Vec::new(),
            shipping_skus: HashSet::new(),
            not_goods: HashSet::new(),
            countries: HashMap::new(),
            time_zone: utc(),
        }
    }

    /// Reads a map file.
    pub fn parse(toml: &str) -> Result<Self, WireError> {
        let file: MapFile = toml::from_str(toml).map_err(|e| WireError::Map(e.to_string()))?;
        let ascii = |c: char| {
            u8::try_from(c)
                .map_err(|_| WireError::Map(format!("{c:?} must be one ASCII character")))
        };
        Ok(Self {
            delimiter: ascii(file.delimiter)?,
            point: ascii(file.decimal)?,
            group: file.grouping.map(ascii).transpose()?,
            columns: by_field("columns", &file.columns)?,
            constants: by_field("constants", &file.constants)?,
            placed_at: file.formats.placed_at,
            date: file.formats.date,
            return_prefix: file.documents.return_prefix,
            other_prefixes: file.documents.other_prefixes,
            shipping_skus: file.skus.shipping,
            not_goods: file.skus.not_goods,
            countries: file.countries,
            time_zone: file.time_zone,
        })
    }

    /// IANA name of the zone that times without offset are in; the caller looks it up (the zone
    /// database is a file) and passes it to the readers.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    pub(crate) fn decimal(&self, text: &str) -> Option<Decimal> {
        Decimal::parse(text, self.point, self.group)
    }
}

fn by_field(
    table: &str,
    given: &BTreeMap<String, String>,
) -> Result<Vec<Option<String>>, WireError> {
    if let Some(unknown) = given
        .keys()
        .find(|k| Field::ALL.iter().all(|f| f.as_str() != **k))
    {
        return Err(WireError::Map(format!(
            "[{table}] has no field {unknown:?}"
        )));
    }
    Ok(Field::ALL
        .iter()
        .map(|f| given.get(f.as_str()).cloned())
        .collect())
}
