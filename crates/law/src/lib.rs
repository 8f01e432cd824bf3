//! The statutory floor: which rights a buyer has, until when, and what they cost whom.
//!
//! Rules are data (`packs/*.toml`), merged and compiled once by [`LawBook`]; questions are
//! [`LawFacts`], answers a [`Floor`]. No client policy, no money, no clock and no I/O in here.
//! Every built-in rule is unreviewed by counsel, and says so ([`ReviewState`]).

mod answer;
mod book;
mod calendar;
mod compile;
mod decide;
mod exemption;
mod facts;
mod holiday_book;
mod holiday_rows;
mod holiday_table;
mod pack;

pub use answer::{
    Confidence, Deduction, DueDate, Entitlement, Floor, NoFloor, Outbound, Payer, RefundClock,
    RefundStart, Remedy, ReviewState, Right, Status, WhyNone,
};
pub use book::LawBook;
pub use calendar::{Holidays, Period, Rollover, Unit};
pub use exemption::{Exemption, ExemptionSet};
pub use facts::{Buyer, Informed, LawFacts, RequestKind, SaleChannel};
pub use holiday_book::HolidayBasis;
pub use pack::PackError;
