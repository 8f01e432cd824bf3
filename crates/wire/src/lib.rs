//! Codecs: what other systems send, as our drafts and scans, and the signatures around it.
//!
//! Here live readers over byte slices and [`std::io::Read`], and nothing that opens a file,
//! a socket or a clock. A bad record never fails its file: readers yield a [`RowError`] for it
//! and go on.

pub mod article;
pub mod cards;
pub mod cells;
mod check;
pub mod cloudevent;
mod csv_extras;
pub mod csv_map;
pub mod csv_orders;
pub mod csv_returns;
mod csv_rows;
pub mod decimal;
pub mod dispute;
pub mod error;
pub mod extras;
pub mod jsonl;
pub mod limits;
pub mod order;
pub mod scan;
pub mod shopify;
mod shopify_json;
pub mod tau_retail;
pub mod trials;
pub mod webhook;

pub use article::{ArticleDraft, articles_from_csv};
pub use csv_map::CsvMap;
pub use csv_orders::{Tally, orders_from_csv};
pub use csv_returns::returns_from_csv;
pub use dispute::{DisputeDraft, disputes_from_csv};
pub use error::{Fault, RowError, WireError};
pub use jsonl::{articles_from_jsonl, orders_from_jsonl, returns_from_jsonl};
pub use order::{
    Buyer, Contact, LineDraft, NoTax, OrderDraft, ReturnDraft, ShippingDraft, TaxDraft,
    TenderDraft, TenderKind, Told,
};
pub use scan::CarrierScan;
pub use shopify::orders_from_shopify;
pub use tau_retail::orders_from_tau;
pub use trials::{TrialRow, trials_from_csv, trials_to_csv};
