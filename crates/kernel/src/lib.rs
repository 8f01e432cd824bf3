//! The words every room of the house shares.
//!
//! Here live: typed ids, [`Money`] and proration, places, percentages, actors and their
//! [`Scope`], and the [`Reason`]s a decision is made of. Nothing here does I/O, reads a clock
//! or draws randomness; nothing here knows what a return is.

pub mod day;
pub mod error;
pub mod id;
pub mod money;
pub mod place;
pub mod reason;
pub mod scope;

pub use day::{plus_days, plus_months};
pub use id::{
    BreakId, CaseId, ClientId, CreditId, CreditUseId, CustomerId, DeclarationId, DisputeId,
    DocumentId, DraftId, IdSource, JobId, ObligationId, OrderId, OrderLineId, ParcelId, PolicyHash,
    RunId, StepId, StrayId, UserId,
};
pub use jiff::{Timestamp, civil::Date};
pub use money::{Bps, Currency, Money, MoneyError, cumulative_share, prorate, split_unit};
pub use place::{CountryCode, Lang, Place};
pub use reason::{Basis, Reason, ReasonCode};
pub use scope::{Actor, Permission, Permissions, Role, Scope};

/// How a text begins that is sealed under a person's key: it may be longer than the text, and says
/// nothing about it. Whatever people type is sealed itself, so nothing typed can pass for one.
pub const SEALED_PREFIX: &str = "sealed:1:";
