//! Parcels and goods on their way back: what they are called, where they are, where they go.
//!
//! Here live: the parcel key ([`Sscc`]) and the number given to the customer ([`Rma`]), the one
//! tracking vocabulary every carrier is read into ([`Milestone`], [`ParcelTrack`]), carrier scan
//! files, labels as data ([`LabelData`]), grading ([`Grade`]), [`Disposition`]s and the
//! [`StockMovement`]s they cause, and the [`RoutingRule`]s that pick the return address.
//! Nothing here prints, sends, reads a clock or draws randomness; `paper` prints labels.

mod disposition;
mod grade;
mod label;
mod milestone;
mod rma;
mod routing;
mod scan_file;
mod sscc;
mod track;

pub use disposition::{
    Bucket, Disposition, MovementError, MovementReason, StockMovement, StockPlace,
};
pub use grade::{Answer, Answers, Assessment, ChecklistQuestion, Grade, assess, next_question};
pub use label::{Address, LabelCaptions, LabelData, LabelError};
pub use milestone::{CodeBook, Milestone};
pub use rma::{Rma, RmaError};
pub use routing::{Location, NoRoute, ParcelFacts, RoutingRule, route};
pub use scan_file::{ParcelKey, RowError, RowProblem, ScanFile, ScanFileError, ScanRow};
pub use sscc::{CompanyPrefix, Sscc, SsccError, check_digit};
pub use track::{ParcelTrack, Scan};
