//! The return case: what may be asked of it, what happens then, and what it is worth.
//!
//! Here live: the sales order as it was sold and its unit economics, the account of an order
//! (units and money across cases), the decision on a request, quotes, and the case itself:
//! commands become events or a [`Refusal`]. Nothing here does I/O, reads a clock or draws
//! randomness; effects on the world are returned as data.

pub mod account;
mod apply;
pub mod approval;
pub mod case;
pub mod charge;
pub mod claim;
pub mod clock;
pub mod command;
pub mod credit;
pub mod credited;
pub mod decide;
pub mod decision;
pub mod difference;
pub mod dispute;
pub mod economics;
mod effect;
pub mod event;
pub mod exchange;
mod floor;
mod freed;
pub mod handle;
pub mod journal;
pub mod lost;
pub mod manual;
pub mod order;
pub mod payee;
mod present;
mod promoted;
pub mod promotion;
pub mod quote;
mod quoting;
pub mod redirect;
pub mod refund;
pub mod refusal;
pub mod revision;
mod rights;
mod spare;
pub mod status;
pub mod tender;
mod words;

pub use account::{AccountChange, AccountEntry, OrderAccount, Run};
pub use apply::{ReplayError, replay};
pub use approval::{Approval, ApprovalAnswer, Payload, PayloadHash, PayloadPayment};
pub use case::{
    Appeal, CaseLine, Disposition, Grant, Lot, Obligation, ObligationKind, ObligationState, Parcel,
    Quantities, ReturnCase,
};
pub use charge::{Charge, ChargeKind, LineKind, kit_parts};
pub use claim::{
    CarrierClaim, ClaimKind, Donation, Proof, ProofKind, Repair, RepairStep, Speaks, VendorBears,
    VendorCharge,
};
pub use clock::{ClockKind, ClockState, Started, StartedBy, StatutoryClock};
pub use command::{About, Command, Declared};
pub use credited::{
    Credited, CreditedKind, CreditedPart, Stretch, Turn, credited, quote_of, turns,
};
pub use decide::{Facts, decide};
pub use decision::{Clocks, Decision, LawBasis, LineDecision, Path, RequestedLine, Terms, Verdict};
pub use economics::{LineEconomics, LineInput, PricingError, TaxShare, Taxes, price_lines};
pub use effect::{Effect, Notice};
pub use event::{Count, Event, GrantLine, SCHEMA, Stray, What};
pub use exchange::{Advance, Exchange, ExchangeAsk, ExchangeItem, PAY_DAYS, Shelf, Wish};
pub use freed::{Freed, FreedFigure};
pub use handle::{Authority, Ctx, Ids, Outcome, REMIND_DAYS, appeal_days, handle};
pub use lost::LostPart;
pub use manual::{Manual, ManualPayment, ManualWay};
pub use order::{
    BuyerInformation, NoTax, OrderLine, SalesOrder, ShippingCharge, Tender, TenderKind,
};
pub use payee::{Known, NameMatch};
pub use present::present;
pub use promotion::{Promotion, Threshold};
pub use quote::{Quote, QuoteKind, QuoteLine, TenderShare, TenderStrategy};
pub use redirect::{Lapse, Redirect, RedirectState, Redirection, Toward};
pub use refusal::{Refusal, RefusalCode};
pub use revision::{
    CaseQuote, Changed, FigureChange, OutcomeQuote, Revision, Seen, case_quote, revise,
};
pub use rights::{LineRights, rights};
pub use status::Status;
pub use tender::split_tenders;
