//! Disputes of payments. What is heard from providers, files and people becomes events of a
//! dispute's own stream (`take`); its order is found or named by a person (`link`); people answer
//! (`act`); refunds of the order are held and freed (`follow`); evidence is gathered (`pack`). The
//! rules are in `returns::dispute`.

mod act;
pub(crate) mod commit;
mod evidence;
mod file;
mod follow;
mod look;
mod pack;
mod take;

pub use act::{ByHand, DisputeAct};
pub use file::{DisputeReport, FileDispute};
pub use look::{DisputeLine, DisputePage, FIRST, Rate};
pub use pack::{CaseFile, PackFacts, RefundFact, for_customer};
pub use returns::dispute::{News, Stage};
pub use store::questions::disputes::PackRow;
pub use take::Word;

pub(crate) use commit::row;

use crate::directory::Client;
use kernel::{CaseId, DisputeId, Timestamp};
use returns::dispute::Dispute;

/// The lists a dispute can stand on.
pub const LISTS: &[&str] = &["open", "waiting", "ended"];

/// The stream of a dispute in the event log.
pub(crate) const fn stream(id: DisputeId) -> CaseId {
    CaseId(id.0)
}

/// What those who look after disputes are told.
#[derive(Debug)]
pub struct DueFacts<'a> {
    /// Whose.
    pub client: &'a Client,
    /// The dispute.
    pub dispute: &'a Dispute,
    /// The last moment for an answer.
    pub due_at: Timestamp,
    /// Where they are written to.
    pub to: &'a str,
    /// Where the pages are reached from outside.
    pub base_url: &'a str,
}
