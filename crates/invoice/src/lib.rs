//! Credit notes as EN 16931 means them: lines at one rate of tax each, a breakdown of the tax,
//! totals that equal the money to the cent, and the document as UBL 2.1.
//!
//! What was given back and why is decided elsewhere; here it becomes a document. Tax is taken over
//! as the sale knew it and never computed again: a document says what was paid. No I/O, no clock;
//! integers of minor units throughout.

mod note;
mod party;
mod rules;
mod tax;
mod ubl;

pub use note::{Adjustment, CreditNote, Delivered, Draft, Item, ItemKind, Kind, Reference, Totals};
pub use party::{Address, Party, TaxId};
pub use rules::{Rule, broken};
pub use tax::{Category, TaxKey, TaxRow, Taxed, untaxed};
pub use ubl::{CUSTOMIZATION, ubl};

/// Why there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// A document needs a line.
    #[error("a document without lines")]
    Empty,
    /// A sum leaves the range of amounts.
    #[error("a sum of the document is out of range")]
    Overflow,
}
