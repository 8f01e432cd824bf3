//! What other systems tell us about sales and returns, taken in: a draft becomes an order with
//! its economics, or the replay of a return.
//!
//! Here live: the translation of one draft ([`sold`], pure), the matching of returns to what was
//! sold, and the two imports that read a stream, ask the store and write in
//! batches. File formats are `wire`'s, arithmetic is `returns`'.

mod backfill;
pub mod contact;
mod extras;
pub mod ids;
pub mod matching;
mod orders;
mod replay;
mod returned;
pub mod sold;

pub use contact::{CaseAccount, PayoutAccount, StoredContact};
pub(crate) use orders::payment_rows;
pub use orders::{ImportOptions, ImportReport, Watch};
pub use returned::{ReturnsReport, ReturnsWatch, Totals, Unmatched};
