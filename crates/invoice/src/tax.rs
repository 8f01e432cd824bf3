//! Tax categories (UNCL 5305, as far as goods sent back need them), and tax gathered by rate.

use crate::{Party, TaxId};
use kernel::{Bps, CountryCode};
use serde::{Deserialize, Serialize};

/// Why an amount bears the tax it bears (BT-118, BT-151).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A rate above zero.
    Standard,
    /// The sale named a rate of zero.
    ZeroRated,
    /// The sale named no tax, and the seller is registered.
    Exempt,
    /// The sale named no tax and went out of the customs union of the seller.
    Export,
    /// The seller is not registered for the tax at all.
    OutsideScope,
    /// The buyer owes the tax.
    ReverseCharge,
    /// Goods went to a business in another member state.
    IntraCommunity,
}

impl Category {
    /// The code of UNCL 5305.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::Export => "G",
            Self::OutsideScope => "O",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
        }
    }

    /// The reason EN 16931 wants beside the code (BT-120), with its code of the VATEX list (BT-121)
    /// where there is one that fits.
    pub const fn reason(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Self::Standard | Self::ZeroRated => None,
            Self::Exempt => Some(("No tax was charged on the sale", None)),
            Self::Export => Some(("Export outside the EU", Some("VATEX-EU-G"))),
            Self::OutsideScope => Some(("Not subject to VAT", Some("VATEX-EU-O"))),
            Self::ReverseCharge => Some(("Reverse charge", Some("VATEX-EU-AE"))),
            Self::IntraCommunity => Some(("Intra-community supply", Some("VATEX-EU-IC"))),
        }
    }
}

/// What no tax on a sale means: `taxed` says whether other amounts of the document bear some.
pub fn untaxed(seller: &Party, delivered_to: CountryCode, taxed: bool) -> Category {
    let in_eu = |country: CountryCode| EU.contains(&country.as_str());
    match &seller.tax_id {
        Some(TaxId::Vat(_)) if in_eu(seller.address.country) && !in_eu(delivered_to) => {
            Category::Export
        }
        Some(TaxId::Local(_)) | None if !taxed => Category::OutsideScope,
        _ => Category::Exempt,
    }
}

/// Member states, whose territory is that of the common VAT system (Directive 2006/112/EC,
/// Art. 5).
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Category and rate: amounts of one key stand in one row of the breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaxKey {
    /// Why.
    pub category: Category,
    /// How much; 0 for every category but [`Category::Standard`].
    pub rate: Bps,
}

impl TaxKey {
    /// The key of what a sale says: its whole rate, or that it names no tax. `untaxed` says what
    /// no tax means for this sale; where the sale itself says so (`stated`), a rate of zero means
    /// the same.
    pub fn of(rate: Option<Bps>, untaxed: Category, stated: bool) -> Self {
        match rate {
            Some(rate) if rate.0 > 0 => Self {
                category: Category::Standard,
                rate,
            },
            Some(_) if !stated => Self {
                category: Category::ZeroRated,
                rate: Bps(0),
            },
            Some(_) | None => Self {
                category: untaxed,
                rate: Bps(0),
            },
        }
    }
}

/// An amount with the tax on top of it, minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxed {
    /// Without tax.
    pub net: i64,
    /// The tax as the sale knew it.
    pub tax: i64,
    /// Its category and rate.
    pub key: TaxKey,
}

impl Taxed {
    /// The same amount the other way round.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self {
            net: -self.net,
            tax: -self.tax,
            key: self.key,
        }
    }
}

/// A row of the breakdown (BG-23): everything at one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// Category and rate.
    pub key: TaxKey,
    /// Taxable amount (BT-116), minor units.
    pub net: i64,
    /// Tax (BT-117), minor units.
    pub tax: i64,
}
