//! The statutory floor: which rights a buyer has, until when, and what they cost whom.
//!
//! Rules are data (`packs/*.toml`), merged and compiled once by [`LawBook`]; questions are
//! [`LawFacts`], answers a [`Floor`]. No client policy, no clock and no I/O in here. Every
//! built-in rule is unreviewed by counsel, and says so ([`ReviewState`]).

mod answer;
mod beside;
mod book;
mod calendar;
mod catalog;
mod clock;
mod compile;
mod decide;
mod error;
mod exemption;
mod facts;
mod holiday_book;
mod holiday_rows;
mod holiday_table;
mod late;
mod load;
pub mod pack;
mod rule;
mod sentences;
mod shipped;
pub mod vectors;
mod window;
pub mod words;

pub use answer::{
    Deduction, Entitlement, Floor, NoFloor, Outbound, Remedy, Right, Status, WhyNone,
};
pub use beside::{Dimension, StandingRight};
pub use book::LawBook;
pub use calendar::{Holidays, Period, Rollover, Unit};
pub use catalog::{FieldChange, RuleChange, RuleEntry, diff};
pub use clock::{DueDate, RefundClock, RefundEvents};
pub use decide::WhyNot;
pub use error::{Origin, PackError};
pub use exemption::{Exemption, ExemptionSet};
pub use facts::{Circumstances, Informed, KnownDays, LawFacts, RequestKind, SubChannels};
pub use holiday_book::HolidayBasis;
pub use late::{LatePayment, LateScale, LateStep};
pub use words::{
    Buyer, Circumstance, Confidence, Payer, RefundEvent, ReviewState, SaleChannel, Solicitation,
    SubChannel, Subject,
};
