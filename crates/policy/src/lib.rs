//! Client policies: what a retailer grants, as typed data.
//!
//! Here live: the source a client writes ([`PolicySource`]), its compilation into a table
//! ([`Policy`]), the evaluation of one line against it ([`Policy::evaluate`]) and the message keys
//! its wording is made of ([`describe`]). Not here: the law (a policy may be stricter than the
//! statute, the floor is applied by the decision), refund arithmetic, and anything that does I/O.
//!
//! A policy is a closed language: fixed sets and ordered values, no expressions. Inheritance
//! (client, then channel, then market, then category, then article) is resolved when the policy is compiled,
//! so evaluating is one table look-up and a few comparisons.

mod amounts;
pub mod answer;
mod compile;
mod describe;
pub mod draft;
pub mod edit;
pub mod error;
mod eval;
mod layer;
mod locate;
mod money;
pub mod publish;
pub mod source;
mod table;
mod tree;
pub mod words;
mod wrong;

pub use answer::{
    Bonus, CategoryId, ClauseRef, Clauses, EvidenceGiven, FeeAmount, FeeRule, OwnReasonId,
    PolicyAnswer, PolicyFacts, Verdict,
};
pub use compile::Policy;
pub use describe::{ClauseArg, ClauseScope, ClauseText, Listed, describe};
pub use error::{PolicyError, PolicyErrors};
pub use locate::line_of;
pub use source::PolicySource;
pub use tree::OwnReason;
pub use words::{
    Anchor, Condition, ConditionSet, EvidenceDemand, ExclusionGround, Fault, FeeKind, FeeTax,
    FinalSale, Grade, Instead, Outcome, OutcomeSet, Payer, Prefer, PromotionRule, RefundControl,
    ReturnReason, Route, SalesChannel, ShippingRule,
};
pub use wrong::Wrong;
