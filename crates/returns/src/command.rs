//! What can be asked of a case, in the imperative. Parsed at the edge; judged by `handle`.

use crate::case::Disposition;
use crate::clock::ClockKind;
use crate::decision::{Path, RequestedLine};
use crate::event::{Count, GrantLine, Stray};
use kernel::{Date, Money, ObligationId, ParcelId, ReasonCode};
use policy::{EvidenceDemand, EvidenceGiven, Grade};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most lines one command may name.
pub const MAX_LINES_PER_COMMAND: usize = 1_000;
/// The longest text a command may carry, in characters.
pub const MAX_NOTE_CHARS: usize = 2_000;
/// Longest sealed form of a text of that length, bytes: four a character, written in base64.
pub const MAX_SEALED: usize = 11_000;

/// What waits for a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// A grant above its maker's limit.
    Grant {
        /// Its index.
        grant: u16,
    },
    /// The change of where money goes.
    Destination,
    /// A payment made outside.
    Manual {
        /// Of which obligation.
        obligation: ObligationId,
    },
}

/// A command to a case. What people wrote in it ([`Command::words`]) is sealed before it comes here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// Ask for a return. With no lines it opens a case for goods that came unannounced.
    Request {
        /// What is to come back.
        lines: Vec<RequestedLine>,
        /// Which way it is asked.
        path: Path,
        /// The day the notice was sent; none means today.
        notice_sent_on: Option<Date>,
        /// The declaration it comes from, if it was declared before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        declared: Option<Declared>,
        /// What is wished for instead of money, per line.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wishes: Vec<crate::exchange::Wish>,
        /// What went wrong, for a claim.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claim: Option<crate::claim::ClaimKind>,
    },
    /// Settle a claim: the units stay where they are.
    ResolveClaim {
        /// What each line gets.
        lines: Vec<GrantLine>,
        /// Outbound delivery to give back, minor units.
        shipping_minor: i64,
        /// Why.
        reason: Arc<str>,
    },
    /// Make up for something, within one's own limit.
    GiveGoodwill {
        /// For which line.
        line: u16,
        /// How much, minor units.
        minor: i64,
        /// Money or store credit.
        outcome: policy::Outcome,
        /// Why.
        reason: Arc<str>,
    },
    /// Decide money above one's own limit: nothing is paid before a second person approves it.
    AskApproval {
        /// Per line.
        lines: Vec<GrantLine>,
        /// Outbound delivery to give back, minor units.
        shipping_minor: i64,
        /// The reason for going against the quote, where one is needed.
        reason: Option<Arc<str>>,
        /// Why it should be approved.
        why: Arc<str>,
    },
    /// Ask again for what has changed since it was asked for.
    AskAgain {
        /// Index of the grant.
        grant: u16,
        /// Why it should be approved.
        why: Arc<str>,
    },
    /// Approve exactly what was shown.
    Approve {
        /// Index of the grant.
        grant: u16,
        /// The hash of what was shown.
        hash: crate::approval::PayloadHash,
    },
    /// Do not approve it: the case is to be decided anew.
    RefuseApproval {
        /// Index of the grant.
        grant: u16,
        /// Why not.
        note: Arc<str>,
    },
    /// Take a decided refund back while nothing of it was sent.
    TakeBack {
        /// Index of the grant.
        grant: u16,
        /// Why.
        note: Arc<str>,
    },
    /// Ask the customer for a bank account, by a link to the address on the order.
    InviteAccount,
    /// Pay to another bank account than what paid.
    AskDestination {
        /// Names the account where personal data is kept.
        no: Arc<str>,
        /// The commitment to it.
        account: Arc<str>,
        /// How its holder compares with the buyer.
        name: crate::payee::NameMatch,
        /// Why, needed where the names differ.
        reason: Option<Arc<str>>,
    },
    /// Approve exactly the change of destination that was shown.
    GiveDestination {
        /// The hash of what was shown.
        hash: crate::approval::PayloadHash,
    },
    /// Do not approve it: money goes back to what paid.
    RefuseDestination {
        /// The hash of what was shown.
        hash: crate::approval::PayloadHash,
        /// Why not.
        note: Arc<str>,
    },
    /// The customer says that a change of destination was not theirs.
    ObjectDestination {
        /// Which.
        no: Arc<str>,
    },
    /// Say that a refund was paid outside; a second person confirms it.
    ProposeManual {
        /// Which.
        obligation: ObligationId,
        /// How.
        way: crate::manual::ManualWay,
        /// What it is found by.
        reference: Arc<str>,
        /// The day it was paid.
        on: Date,
        /// Why it was paid outside.
        reason: Arc<str>,
    },
    /// Confirm exactly what was shown.
    ConfirmManual {
        /// Which.
        obligation: ObligationId,
        /// The hash of what was shown.
        hash: crate::approval::PayloadHash,
    },
    /// Do not confirm it.
    RefuseManual {
        /// Which.
        obligation: ObligationId,
        /// The hash of what was shown.
        hash: crate::approval::PayloadHash,
        /// Why not.
        note: Arc<str>,
    },
    /// Give up what nobody answered in time, or what somebody asked for or approved who has left.
    Lapse {
        /// What waits.
        about: About,
        /// Who has left; none where time has passed.
        leaver: Option<kernel::UserId>,
    },
    /// File a proof: of delivery, of the loss, of what is broken.
    FileProof {
        /// The proof.
        proof: crate::claim::Proof,
    },
    /// Ask the carrier to pay for it.
    FileCarrierClaim {
        /// Which carrier.
        carrier: Arc<str>,
        /// Its number of the parcel.
        tracking: Arc<str>,
        /// How much, minor units.
        minor: i64,
    },
    /// The carrier has answered.
    EndCarrierClaim {
        /// Which claim of the case, from 0.
        number: u16,
        /// What it pays; nothing if it refuses. Another currency than the claim's is refused.
        recovered: Money,
    },
    /// A vendor has answered what it was asked to bear for a line.
    EndVendorClaim {
        /// Index of the order line.
        line: u16,
        /// What it pays of what is asked; nothing if it refuses. Another currency than the case's
        /// is refused.
        recovered: Money,
    },
    /// A repair goes on.
    MoveRepair {
        /// Its obligation.
        obligation: ObligationId,
        /// To where.
        step: crate::claim::RepairStep,
        /// The workshop's number, or why it is not worth it.
        note: Arc<str>,
    },
    /// Let the customer give units away instead of sending them back.
    LetDonate {
        /// Units per line.
        lines: Vec<Count>,
        /// The reason for going against the rule, where one is needed.
        reason: Option<Arc<str>>,
    },
    /// They were given away.
    ProveDonation {
        /// Of which line.
        line: u16,
        /// Where the proof is kept.
        reference: Arc<str>,
    },
    /// Say what came unannounced and why: the lines are judged like those of a request.
    Announce {
        /// What came, or is to come.
        lines: Vec<RequestedLine>,
    },
    /// Ask the customer for evidence.
    AskInfo {
        /// About which line.
        line: u16,
        /// What is missing.
        missing: EvidenceDemand,
        /// The question.
        note: Arc<str>,
    },
    /// Give evidence; the request is assessed again.
    AnswerInfo {
        /// About which line.
        line: u16,
        /// All the evidence there is now.
        #[serde(with = "crate::decision::evidence_form")]
        evidence: EvidenceGiven,
    },
    /// Let units come back.
    Authorise {
        /// Units per line.
        lines: Vec<Count>,
        /// The customer keeps them.
        keep: bool,
        /// The reason for going against the rule, where one is needed.
        reason: Option<Arc<str>>,
    },
    /// Decline units.
    Decline {
        /// Units per line.
        lines: Vec<Count>,
        /// The ground.
        ground: ReasonCode,
        /// Words to the customer.
        note: Option<Arc<str>>,
    },
    /// Record the label the carrier gave.
    AddLabel {
        /// The parcel.
        parcel: ParcelId,
        /// Who carries it.
        carrier: Arc<str>,
        /// The carrier's number.
        tracking: Arc<str>,
    },
    /// The carrier took the parcel. Late and repeated scans change nothing.
    ShipScan {
        /// Which parcel.
        parcel: ParcelId,
        /// The day of the scan.
        on: Date,
    },
    /// The carrier delivered the parcel. Late and repeated scans change nothing.
    DeliverScan {
        /// Which parcel.
        parcel: ParcelId,
        /// The day of the scan.
        on: Date,
    },
    /// Count goods at the dock; may be repeated. Units beyond the authorised ones and lines not
    /// announced are booked as unexpected.
    Receive {
        /// In which parcel; none when no label of ours was on it.
        parcel: Option<ParcelId>,
        /// Units counted per order line.
        counts: Vec<Count>,
        /// Goods that are not on the order.
        strays: Vec<Stray>,
        /// Nothing more will come: what is not there is missing.
        complete: bool,
    },
    /// Correct a count that was too high. Inspected units stay counted.
    Recount {
        /// Which line.
        line: u16,
        /// All units of it that are really here.
        units: u32,
        /// Why.
        note: Arc<str>,
    },
    /// Record the condition of received units.
    Grade {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// Their condition.
        grade: Grade,
        /// Taken back, or to be sent back to the customer.
        accept: bool,
        /// It is another article than the one sold; then it cannot be accepted.
        wrong_item: bool,
        /// What was seen.
        note: Option<Arc<str>>,
    },
    /// Say where graded units go.
    Dispose {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// Their grade.
        grade: Grade,
        /// Where to.
        disposition: Disposition,
    },
    /// Decide money or goods for lines.
    Decide {
        /// Per line.
        lines: Vec<GrantLine>,
        /// Outbound delivery to give back, minor units.
        shipping_minor: i64,
        /// The reason for going against the quote, where one is needed.
        reason: Option<Arc<str>>,
    },
    /// Exchange units for other goods.
    Exchange {
        /// What is asked.
        ask: Box<crate::exchange::ExchangeAsk>,
    },
    /// The goods of an exchange ran out: give what the customer chose for that case.
    FallBack {
        /// Which exchange, by the obligation of its goods.
        goods: ObligationId,
        /// Why.
        note: Arc<str>,
    },
    /// Call an exchange off before its goods have left: the units are open again, and what was
    /// paid on top goes back.
    CallOffExchange {
        /// Which exchange.
        goods: ObligationId,
        /// Why.
        note: Arc<str>,
    },
    /// The day of an exchange may have passed: unpaid ones fall back, goods that are not back are
    /// for a person.
    CheckExchange {
        /// Which exchange.
        goods: ObligationId,
    },
    /// The goods of an exchange are to come back.
    ReturnExchanged {
        /// Which exchange.
        goods: ObligationId,
        /// What the customer wants for them.
        wanted: policy::Outcome,
    },
    /// Charge the security of an advance exchange, or let it go.
    EndSecurity {
        /// Which exchange.
        goods: ObligationId,
        /// Charge it: the goods did not come in time.
        charge: bool,
        /// Why.
        note: Arc<str>,
    },
    /// The payment was handed to the provider.
    PaymentSent {
        /// Of which obligation.
        obligation: ObligationId,
    },
    /// The provider took it and has not finished.
    PaymentPending {
        /// Of which obligation.
        obligation: ObligationId,
    },
    /// The provider opened a page for the customer to pay on, or to place a security.
    CheckoutOpened {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's number of the page.
        reference: Arc<str>,
    },
    /// The money, credit or goods arrived.
    PaymentSettled {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's reference.
        reference: Arc<str>,
    },
    /// The provider refused; the obligation stays owed.
    PaymentFailed {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's code.
        code: Arc<str>,
    },
    /// A settled payment came back; the obligation is owed again.
    PaymentReturned {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's code.
        code: Arc<str>,
    },
    /// Nobody knows whether it was made; a reconciliation is asked for.
    PaymentUnknown {
        /// Of which obligation.
        obligation: ObligationId,
    },
    /// A lost dispute gave the buyer this refund already: it waits for a person.
    HoldRefund {
        /// Which.
        obligation: ObligationId,
    },
    /// Pay a failed or returned obligation again, under the same key.
    RetryPayment {
        /// Which.
        obligation: ObligationId,
    },
    /// Give up an obligation that was not sent, or failed or came back.
    CancelObligation {
        /// Which.
        obligation: ObligationId,
        /// Why.
        note: Arc<str>,
    },
    /// End the case before goods have come.
    Cancel {
        /// Why.
        note: Option<Arc<str>>,
    },
    /// Disagree with the decision.
    Appeal {
        /// A reference to the words.
        note: Arc<str>,
    },
    /// Confirm the decision; not by the one who made it.
    Uphold {
        /// Why.
        note: Arc<str>,
    },
    /// Change the decision; not by the one who made it. Declined units are open again.
    Overturn {
        /// Why.
        note: Arc<str>,
    },
    /// Stop for a risk or legal question.
    Hold {
        /// Why.
        note: Arc<str>,
    },
    /// Go on.
    ReleaseHold {
        /// Why.
        note: Arc<str>,
    },
    /// The buyer's bank opened a chargeback.
    OpenDispute {
        /// The scheme's reason code.
        code: Arc<str>,
    },
    /// No dispute of the order is open any more; what was lost is counted at the order itself.
    EndDispute {
        /// What its disputes took, minor units; refunds that waited are paid as far as the account
        /// leaves room for all of them.
        lost_minor: i64,
    },
    /// The chargeback ended.
    CloseDispute {
        /// What was lost to it, minor units; 0 if it was won.
        lost_minor: i64,
    },
    /// Remark something.
    Note {
        /// A reference to the words.
        note: Arc<str>,
    },
    /// The time to send the goods has passed.
    Expire,
    /// Bring an expired or closed case back.
    Reopen {
        /// Why.
        note: Arc<str>,
    },
    /// Close a case in which everything is done.
    Close,
    /// The withdrawal was acknowledged on a durable medium. Saying it again changes nothing.
    Acknowledge {
        /// SHA-256 of the acknowledged record, hex.
        sha256: Arc<str>,
    },
    /// The consumer proved that the goods were sent, otherwise than by a scan of the carrier.
    ProveSending {
        /// The day they were sent.
        on: Date,
        /// A reference to the proof.
        note: Arc<str>,
    },
    /// A statutory clock is near its day, or over.
    RingClock {
        /// What it counts towards.
        kind: ClockKind,
        /// Its rule.
        rule: Arc<str>,
        /// Its last lawful day has passed.
        breached: bool,
    },
}

/// A declaration made before there was a case: its own words stand elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Which.
    pub id: kernel::DeclarationId,
    /// The local day it came in: the law counts from there.
    pub received_on: Date,
    /// The local day it was acknowledged, if it was already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_on: Option<Date>,
}
