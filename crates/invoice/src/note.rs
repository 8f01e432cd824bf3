//! A credit note and its arithmetic. Made once from what was given back; a reversal is another
//! document with the opposite signs, never a change.

use crate::{InvoiceError, Party, TaxRow, Taxed};
use kernel::{CountryCode, Currency, Date, Lang};
use serde::{Deserialize, Serialize};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Money was given back.
    CreditNote,
    /// It came back: the credit note it names is taken back whole.
    Correction,
}

impl Kind {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreditNote => "credit_note",
            Self::Correction => "correction",
        }
    }
}

/// An earlier document (BG-3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued_on: Date,
}

/// Where and when goods were delivered (BG-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// The day (BT-72); none where nobody told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The country (BT-80).
    pub country: CountryCode,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Goods.
    Goods,
    /// A charge that follows goods: duty, deposit, eco-fee.
    Charge,
    /// Delivery to the buyer.
    Delivery,
    /// A promotion that was taken back before.
    Promotion,
}

/// A line (BG-25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it is about.
    pub kind: ItemKind,
    /// Title as sold (BT-153); empty for delivery and promotions, whose words depend on language.
    pub name: String,
    /// The seller's article number (BT-155).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Units (BT-129); negative in a correction, never 0.
    pub units: i64,
    /// Only a part of the value of the units is given back with this document.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub part: bool,
    /// What it comes to.
    pub amount: Taxed,
}

/// An amount on the document as a whole (BG-20, BG-21): a promotion taken back from the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Negative where it makes the document smaller.
    pub amount: Taxed,
}

/// What a document is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Number (BT-1).
    pub number: String,
    /// Day of issue (BT-2).
    pub issued_on: Date,
    /// Currency of all amounts (BT-5).
    pub currency: Currency,
    /// The language its fixed words are in when it is printed.
    pub lang: Lang,
    /// Who sold (BG-4).
    pub seller: Party,
    /// Who bought (BG-7).
    pub buyer: Party,
    /// Where the goods had gone; said where the tax depends on it.
    pub delivered: Option<Delivered>,
    /// The order's number (BT-13).
    pub order: String,
    /// The number of the return (BT-10).
    pub case: String,
    /// Lines.
    pub items: Vec<Item>,
    /// Amounts on the whole.
    pub adjustments: Vec<Adjustment>,
}

/// Document totals (BG-22), minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the lines without tax (BT-106).
    pub lines: i64,
    /// What makes it smaller, as a positive figure (BT-107).
    pub allowances: i64,
    /// What makes it larger (BT-108).
    pub charges: i64,
    /// Without tax (BT-109).
    pub net: i64,
    /// Tax (BT-110).
    pub tax: i64,
    /// With tax (BT-112): the money that was given back. It has been paid (BT-113), so nothing is
    /// due (BT-115).
    pub gross: i64,
}

/// A document. Its figures cannot be changed: what is read is what was summed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// What it is.
    pub kind: Kind,
    /// Number (BT-1).
    pub number: String,
    /// Day of issue (BT-2).
    pub issued_on: Date,
    /// The document it takes back (BT-25, BT-26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Reference>,
    /// Currency of all amounts (BT-5).
    pub currency: Currency,
    /// The language it is printed in unless somebody asks for another.
    pub lang: Lang,
    /// Who sold.
    pub seller: Party,
    /// Who bought; personal data.
    pub buyer: Party,
    /// Where the goods had gone, where the tax depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Delivered>,
    /// The order's number (BT-13).
    pub order: String,
    /// The number of the return (BT-10).
    pub case: String,
    /// Lines.
    pub items: Vec<Item>,
    /// Amounts on the whole.
    pub adjustments: Vec<Adjustment>,
    /// Tax by category and rate (BG-23), smallest category first.
    pub taxes: Vec<TaxRow>,
    /// Totals.
    pub totals: Totals,
}

impl CreditNote {
    /// The document of a draft: sums, nothing else.
    ///
    /// # Errors
    /// [`InvoiceError`] for a draft without lines or with figures nobody was ever paid.
    pub fn new(draft: Draft) -> Result<Self, InvoiceError> {
        if draft.items.is_empty() {
            return Err(InvoiceError::Empty);
        }
        let (taxes, totals) = summed(&draft.items, &draft.adjustments)?;
        Ok(Self {
            kind: Kind::CreditNote,
            number: draft.number,
            issued_on: draft.issued_on,
            corrects: None,
            currency: draft.currency,
            lang: draft.lang,
            seller: draft.seller,
            buyer: draft.buyer,
            delivered: draft.delivered,
            order: draft.order,
            case: draft.case,
            items: draft.items,
            adjustments: draft.adjustments,
            taxes,
            totals,
        })
    }

    /// The document that takes this one back: the same parties and lines, every sign turned.
    ///
    /// # Errors
    /// [`InvoiceError::Overflow`] for figures nobody was ever paid.
    pub fn correction(&self, number: String, issued_on: Date) -> Result<Self, InvoiceError> {
        let items: Vec<Item> = self
            .items
            .iter()
            .map(|item| Item {
                units: -item.units,
                amount: item.amount.negated(),
                ..item.clone()
            })
            .collect();
        let adjustments: Vec<Adjustment> = self
            .adjustments
            .iter()
            .map(|a| Adjustment {
                amount: a.amount.negated(),
            })
            .collect();
        let (taxes, totals) = summed(&items, &adjustments)?;
        Ok(Self {
            kind: Kind::Correction,
            number,
            issued_on,
            corrects: Some(Reference {
                number: self.number.clone(),
                issued_on: self.issued_on,
            }),
            items,
            adjustments,
            taxes,
            totals,
            ..self.clone()
        })
    }
}

/// Breakdown and totals (BR-CO-10 to BR-CO-15).
fn summed(
    items: &[Item],
    adjustments: &[Adjustment],
) -> Result<(Vec<TaxRow>, Totals), InvoiceError> {
    let own = items.iter().map(|i| i.amount);
    let amounts: Vec<Taxed> = own.chain(adjustments.iter().map(|a| a.amount)).collect();
    let mut taxes: Vec<TaxRow> = Vec::new();
    for amount in &amounts {
        let at = match taxes.binary_search_by(|row| row.key.cmp(&amount.key)) {
            Ok(at) => at,
            Err(at) => {
                let key = amount.key;
                taxes.insert(
                    at,
                    TaxRow {
                        key,
                        net: 0,
                        tax: 0,
                    },
                );
                at
            }
        };
        if let Some(row) = taxes.get_mut(at) {
            row.net = row
                .net
                .checked_add(amount.net)
                .ok_or(InvoiceError::Overflow)?;
            row.tax = row
                .tax
                .checked_add(amount.tax)
                .ok_or(InvoiceError::Overflow)?;
        }
    }
    let nets = || adjustments.iter().map(|a| a.amount.net);
    let lines = sum(items.iter().map(|i| i.amount.net))?;
    let allowances = sum(nets().filter(|n| *n < 0).map(i64::saturating_neg))?;
    let charges = sum(nets().filter(|n| *n > 0))?;
    let net = sum(amounts.iter().map(|a| a.net))?;
    let tax = sum(amounts.iter().map(|a| a.tax))?;
    let gross = net.checked_add(tax).ok_or(InvoiceError::Overflow)?;
    let totals = Totals {
        lines,
        allowances,
        charges,
        net,
        tax,
        gross,
    };
    Ok((taxes, totals))
}

fn sum(mut all: impl Iterator<Item = i64>) -> Result<i64, InvoiceError> {
    all.try_fold(0_i64, i64::checked_add)
        .ok_or(InvoiceError::Overflow)
}
