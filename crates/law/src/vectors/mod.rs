//! Worked cases: facts as JSON in, what the law gives out; files of expected answers and policy
//! checks compared with the book; the path the engine took.

mod case;
mod compare;
mod evaluate;
mod explain;
mod facts;
mod money;
mod pick;
mod policy;
mod rights;
mod terms;

pub use compare::{Mismatch, Report, VectorFileError, check_file};
pub use evaluate::{Coverage, Outcome, SideRight, evaluate};
pub use explain::{Considered, DateStep, Explanation, LinePath, Verdict, explain};
pub use facts::{
    AskedKind, CaseFacts, DeliveryKind, FactError, InformedFacts, LineFacts, PolicyFacts,
    RequestFacts, ReturnFacts, SealState, SealType, ShippingFacts, Told, Wanted,
};
pub use policy::{Breach, CheckResult, PolicyVerdict, Witness, check_policy};
pub use rights::{LineRights, rights};
pub use terms::{DayKind, PolicyAct, PolicyForm, PolicyRefundStart, PolicyStart, PolicyTerms};
