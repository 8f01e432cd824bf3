//! What has happened to a case, in the past tense. Events are the truth: state is their replay,
//! the ledger holds one leaf per event. Written names never change; a new shape gets a new
//! [`SCHEMA`] and old ones stay readable.

use crate::case::{Disposition, ObligationKind};
use crate::clock::{ClockKind, StatutoryClock};
use crate::command::Declared;
use crate::decision::{Decision, Path, RequestedLine};
use crate::freed::Freed;
use kernel::{
    Actor, CaseId, ClientId, Currency, Date, ObligationId, OrderId, ParcelId, PolicyHash,
    ReasonCode, Timestamp,
};
use policy::{EvidenceDemand, EvidenceGiven, Grade, Outcome};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod parts;

pub(crate) use parts::is_zero;
pub use parts::{Count, GrantLine, Stray};

/// The shape of events written today.
pub const SCHEMA: u16 = 1;

/// One event of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The shape it was written in; [`SCHEMA`] at its time.
    pub schema: u16,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it; [`Actor::Rule`] for what a rule decided without a person.
    pub by: Actor,
    /// What happened.
    pub what: What,
}

impl Event {
    /// An event of today's shape.
    pub const fn new(at: Timestamp, by: Actor, what: What) -> Self {
        Self {
            schema: SCHEMA,
            at,
            by,
            what,
        }
    }

    /// The stable name, e.g. `payment_settled`.
    pub const fn name(&self) -> &'static str {
        self.what.name()
    }
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal $({ $($(#[$fdoc:meta])* $field:ident: $ty:ty,)* })?;)*) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "type", rename_all = "snake_case")]
        pub enum What { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $ty,)* })?,)* }

        impl What {
            /// The stable names of all events.
            pub const NAMES: &[&str] = &[$($code),*];

            /// The stable name.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }
        }
    };
}

events! {
    /// A return was asked for; opens the case.
    Requested = "requested" {
        /// The case.
        case: CaseId,
        /// Whose.
        client: ClientId,
        /// Of which order.
        order: OrderId,
        /// The number given to the consumer.
        rma: Arc<str>,
        /// Which way it was asked.
        path: Path,
        /// The policy version pinned at purchase.
        policy: PolicyHash,
        /// Currency of all amounts of the case.
        currency: Currency,
        /// What was asked; empty for a return that came unannounced.
        lines: Vec<RequestedLine>,
        /// The day of asking, as the policy counts it.
        asked_on: Date,
        /// The day the notice was sent, as the law counts it.
        notice_sent_on: Date,
        /// The day it came in, local at the consumer's place.
        notice_received_on: Date,
        /// The version of the law the case is decided under.
        law: Arc<str>,
        /// The declaration it was opened from, if it was.
        declared: Option<Declared>,
        /// What the label would cost the customer, minor units.
        label_cost_minor: i64,
        /// The language the customer asked in, where one was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<kernel::Lang>,
    };
    /// What came unannounced was told apart: these lines are asked for like those of a request.
    LinesAnnounced = "lines_announced" {
        /// What was asked.
        lines: Vec<RequestedLine>,
    };
    /// The rule answered the request; said again when facts changed.
    Assessed = "assessed" {
        /// The whole answer.
        decision: Box<Decision>,
    };
    /// Evidence was asked of the customer.
    InfoAsked = "info_asked" {
        /// About which line.
        line: u16,
        /// What is missing.
        missing: EvidenceDemand,
        /// The question; words free of personal data.
        note: Arc<str>,
    };
    /// The customer gave evidence.
    InfoAnswered = "info_answered" {
        /// About which line.
        line: u16,
        /// All the evidence there is now.
        #[serde(with = "crate::decision::evidence_form")]
        evidence: EvidenceGiven,
    };
    /// Units may come back, or stay with the customer.
    LineAuthorised = "line_authorised" {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// The customer keeps them.
        keep: bool,
        /// The words of the person who went against the rule.
        overridden: Option<Arc<str>>,
    };
    /// Units were declined.
    LineDeclined = "line_declined" {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// The ground.
        ground: ReasonCode,
        /// Words to the customer.
        note: Option<Arc<str>>,
    };
    /// A return label exists.
    LabelCreated = "label_created" {
        /// The parcel.
        parcel: ParcelId,
        /// Who carries it.
        carrier: Arc<str>,
        /// The carrier's number.
        tracking: Arc<str>,
    };
    /// The carrier took the parcel.
    ShipScanned = "ship_scanned" {
        /// Which parcel.
        parcel: ParcelId,
        /// The day of the scan.
        on: Date,
    };
    /// The carrier delivered the parcel.
    DeliveryScanned = "delivery_scanned" {
        /// Which parcel.
        parcel: ParcelId,
        /// The day of the scan.
        on: Date,
    };
    /// Goods were counted at the dock.
    Received = "received" {
        /// In which parcel; none when no label of ours was on it.
        parcel: Option<ParcelId>,
        /// The day.
        on: Date,
        /// Units that were expected.
        counts: Vec<Count>,
        /// Units of the order beyond what was authorised.
        unexpected: Vec<Count>,
        /// Goods that are not on the order.
        strays: Vec<Stray>,
        /// Units declared missing because nothing more will come.
        missing: Vec<Count>,
    };
    /// Units that lay here unexpected are those that may come back.
    Recognised = "recognised" {
        /// Units per line.
        counts: Vec<Count>,
    };
    /// A second count found fewer units than were booked.
    Recounted = "recounted" {
        /// Which line.
        line: u16,
        /// Units taken off those that were expected.
        received: u32,
        /// Units taken off those that were not.
        unexpected: u32,
        /// Why.
        note: Arc<str>,
    };
    /// What starts a statutory refund period happened (goods back or proof of sending).
    RefundDueSet = "refund_due_set" {
        /// The last day to pay.
        on: Date,
    };
    /// The event the policy counts its own refund period from happened.
    RefundPromised = "refund_promised" {
        /// The last day of that period.
        on: Date,
    };
    /// Received units were inspected.
    Graded = "graded" {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// Their condition.
        grade: Grade,
        /// Taken back, or to be sent back to the customer.
        accepted: bool,
        /// It is another article than the one sold.
        wrong_item: bool,
        /// What was seen.
        note: Option<Arc<str>>,
    };
    /// Inspected units went somewhere.
    Disposed = "disposed" {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
        /// Their grade.
        grade: Grade,
        /// Where to.
        disposition: Disposition,
    };
    /// A decision about money or goods; obligations follow as their own events.
    Granted = "granted" {
        /// Per line.
        lines: Vec<GrantLine>,
        /// Outbound delivery given back, minor units.
        shipping_minor: i64,
        /// Promotional credit on top, minor units.
        bonus_minor: i64,
        /// Promotions: negative when taken back from the lines, positive when given back.
        #[serde(default, skip_serializing_if = "is_zero")]
        promotion_minor: i64,
        /// The words of the person who went against the quote.
        overridden: Option<Arc<str>>,
    };
    /// Something went wrong: a claim.
    Claimed = "claimed" {
        /// What.
        claim: crate::claim::ClaimKind,
    };
    /// Units of a claim stay with the customer and are not in question.
    UnitsKept = "units_kept" {
        /// Which line.
        line: u16,
        /// Units.
        units: u32,
    };
    /// A proof was filed.
    ProofFiled = "proof_filed" {
        /// The proof.
        proof: Box<crate::claim::Proof>,
    };
    /// The carrier was asked to pay.
    CarrierClaimFiled = "carrier_claim_filed" {
        /// What was asked.
        claim: Box<crate::claim::CarrierClaim>,
    };
    /// The carrier has answered.
    CarrierClaimEnded = "carrier_claim_ended" {
        /// Which claim of the case, from 0.
        number: u16,
        /// What it pays, minor units.
        recovered_minor: i64,
    };
    /// The vendor of a line bears what is granted for it in this case from now on.
    VendorBears = "vendor_bears" {
        /// Who and for what.
        charge: Box<crate::claim::VendorCharge>,
    };
    /// The vendor has answered.
    VendorAnswered = "vendor_answered" {
        /// For which line.
        line: u16,
        /// What was asked and is answered by this, minor units; below zero when it is the vendor
        /// who gets something back.
        asked_minor: i64,
        /// What the vendor pays of it, minor units.
        recovered_minor: i64,
    };
    /// A repair went on.
    RepairMoved = "repair_moved" {
        /// Its obligation.
        obligation: ObligationId,
        /// To where.
        step: crate::claim::RepairStep,
        /// The workshop's number, or why it is not worth it.
        note: Arc<str>,
    };
    /// The customer may give units away instead of sending them back.
    DonationAgreed = "donation_agreed" {
        /// What.
        donation: crate::claim::Donation,
    };
    /// They were given away.
    DonationProved = "donation_proved" {
        /// Of which line.
        line: u16,
        /// Where the proof is kept.
        reference: Arc<str>,
    };
    /// The customer chose what they would like instead.
    ExchangeWished = "exchange_wished" {
        /// What.
        wish: Box<crate::exchange::Wish>,
    };
    /// The goods wished for are sold out: the customer gets what they chose for that case.
    WishSoldOut = "wish_sold_out" {
        /// For which line.
        line: u16,
        /// What they get.
        wanted: Outcome,
    };
    /// An exchange was agreed; its obligations came just before.
    Exchanged = "exchanged" {
        /// What was agreed.
        exchange: Box<crate::exchange::Exchange>,
    };
    /// The units of an exchange are open again.
    ExchangeUndone = "exchange_undone" {
        /// Which exchange, by the obligation of its goods.
        goods: ObligationId,
        /// The goods ran out: what the customer gets once theirs are back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<Outcome>,
    };
    /// What comes back for an exchange is here: the new goods may go.
    ExchangeCleared = "exchange_cleared" {
        /// Which exchange.
        goods: ObligationId,
    };
    /// Goods sent in advance are out, and the others did not come in time.
    ExchangeLate = "exchange_late" {
        /// Which exchange.
        goods: ObligationId,
    };
    /// The new goods of an exchange are to come back.
    ExchangeReturned = "exchange_returned" {
        /// Which exchange.
        goods: ObligationId,
        /// What the customer wants for them.
        wanted: Outcome,
    };
    /// The security of an advance exchange ended.
    SecurityEnded = "security_ended" {
        /// Which exchange.
        goods: ObligationId,
        /// What was charged, minor units; 0 when it was let go.
        charged_minor: i64,
        /// The charge, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collect: Option<ObligationId>,
        /// Why.
        note: Arc<str>,
    };
    /// Goods came after the security for them was charged: that much of the charge is given back,
    /// or not asked for any more.
    ChargeReturned = "charge_returned" {
        /// Of which exchange.
        goods: ObligationId,
        /// How much of the charge, minor units.
        minor: i64,
    };
    /// Something is owed to the customer, or by them.
    ObligationCreated = "obligation_created" {
        /// Which; also the idempotency key of its payment.
        obligation: ObligationId,
        /// What.
        kind: ObligationKind,
        /// Index of the tender it goes back to, if it goes to one.
        tender: Option<u16>,
        /// The payment of a difference it goes back to, by its obligation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        back_to: Option<ObligationId>,
        /// How much, minor units.
        minor: i64,
    };
    /// A grant is above its maker's authority: it waits for a second person.
    ApprovalAsked = "approval_asked" {
        /// Exactly what would be paid.
        payload: Box<crate::approval::Payload>,
        /// Its hash.
        hash: crate::approval::PayloadHash,
        /// Why it should be approved.
        reason: Arc<str>,
    };
    /// A second person approved exactly that.
    ApprovalGiven = "approval_given" {
        /// Index of the grant.
        grant: u16,
        /// The hash of what was approved.
        hash: crate::approval::PayloadHash,
    };
    /// What was approved is not what would be paid now: it is to be asked for again.
    ApprovalVoided = "approval_voided" {
        /// Index of the grant.
        grant: u16,
        /// The hash of what was approved.
        hash: crate::approval::PayloadHash,
    };
    /// A second person did not; what was owed is given up.
    ApprovalRefused = "approval_refused" {
        /// Index of the grant.
        grant: u16,
        /// The hash of what was asked for.
        hash: crate::approval::PayloadHash,
        /// Why not.
        note: Arc<str>,
    };
    /// Nobody answered in time, or who asked has left; what was owed is given up.
    ApprovalLapsed = "approval_lapsed" {
        /// Index of the grant.
        grant: u16,
        /// The hash of what was asked for.
        hash: crate::approval::PayloadHash,
        /// Why it was given up.
        why: crate::redirect::Lapse,
    };
    /// The customer was asked for a bank account.
    AccountInvited = "account_invited";
    /// Money is to go to another account: it waits for a second person.
    DestinationAsked = "destination_asked" {
        /// Exactly which payments to which account, which stands elsewhere.
        what: Box<crate::redirect::Redirection>,
        /// Its hash.
        hash: crate::approval::PayloadHash,
        /// Why, where somebody said it.
        reason: Option<Arc<str>>,
    };
    /// A second person approved exactly that.
    DestinationGiven = "destination_given" {
        /// Which account.
        no: Arc<str>,
        /// The hash of what was approved.
        hash: crate::approval::PayloadHash,
        /// Nothing goes there before this moment.
        from: Timestamp,
    };
    /// A second person did not; money goes back to what paid.
    DestinationRefused = "destination_refused" {
        /// Which account.
        no: Arc<str>,
        /// The hash of what was asked for.
        hash: crate::approval::PayloadHash,
        /// Why not.
        note: Arc<str>,
    };
    /// The customer said that the change was not theirs; money goes back to what paid.
    DestinationObjected = "destination_objected" {
        /// Which account.
        no: Arc<str>,
    };
    /// Nobody answered in time, or who asked or approved has left; money goes back to what paid.
    DestinationLapsed = "destination_lapsed" {
        /// Which account.
        no: Arc<str>,
        /// Why it was given up.
        why: crate::redirect::Lapse,
    };
    /// Somebody says that they paid an obligation outside: it waits for a second person.
    ManualProposed = "manual_proposed" {
        /// Exactly what was said.
        what: Box<crate::manual::ManualPayment>,
        /// Its hash.
        hash: crate::approval::PayloadHash,
    };
    /// A second person confirmed it.
    ManualConfirmed = "manual_confirmed" {
        /// Which obligation.
        obligation: ObligationId,
        /// How it was paid.
        way: crate::manual::ManualWay,
        /// The hash of what was confirmed.
        hash: crate::approval::PayloadHash,
    };
    /// A second person did not.
    ManualRefused = "manual_refused" {
        /// Which obligation.
        obligation: ObligationId,
        /// The hash of what was said.
        hash: crate::approval::PayloadHash,
        /// Why not.
        note: Arc<str>,
    };
    /// Nobody answered in time, or who said it has left.
    ManualLapsed = "manual_lapsed" {
        /// Which obligation.
        obligation: ObligationId,
        /// The hash of what was said.
        hash: crate::approval::PayloadHash,
        /// Why it was given up.
        why: crate::redirect::Lapse,
    };
    /// A decision about money was taken back before anything was sent.
    GrantTakenBack = "grant_taken_back" {
        /// Index of the grant.
        grant: u16,
        /// Why.
        note: Arc<str>,
    };
    /// The payment was handed to the provider.
    PaymentSent = "payment_sent" {
        /// Of which obligation.
        obligation: ObligationId,
    };
    /// The provider opened a page for the customer to pay on, or to place a security.
    CheckoutOpened = "checkout_opened" {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's number of the page.
        reference: Arc<str>,
    };
    /// The provider took the payment and has not finished.
    PaymentPending = "payment_pending" {
        /// Of which obligation.
        obligation: ObligationId,
    };
    /// The money, credit or goods arrived.
    PaymentSettled = "payment_settled" {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's reference.
        reference: Arc<str>,
    };
    /// The provider refused.
    PaymentFailed = "payment_failed" {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's code.
        code: Arc<str>,
    };
    /// A settled payment came back.
    PaymentReturned = "payment_returned" {
        /// Of which obligation.
        obligation: ObligationId,
        /// The provider's code.
        code: Arc<str>,
    };
    /// Nobody knows whether the payment was made: ask, never send again blindly.
    PaymentUnknown = "payment_unknown" {
        /// Of which obligation.
        obligation: ObligationId,
    };
    /// A dispute was lost, and paying this refund would pay the buyer twice: a person decides.
    RefundHeld = "refund_held" {
        /// Which.
        obligation: ObligationId,
    };
    /// A failed or returned payment is to be made again, under the same key.
    PaymentRetried = "payment_retried" {
        /// Of which obligation.
        obligation: ObligationId,
    };
    /// An obligation will not be paid; what it reserved is free again.
    ObligationCanceled = "obligation_canceled" {
        /// Which.
        obligation: ObligationId,
        /// Why.
        note: Arc<str>,
        /// What may be granted again. None for what is no money of the order, and in events of
        /// before this was kept: they freed the last figures of the grant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        freed: Option<Box<Freed>>,
    };
    /// The customer or a person of the house ended the case before goods came.
    Cancelled = "cancelled" {
        /// Why.
        note: Option<Arc<str>>,
    };
    /// The customer disagrees.
    Appealed = "appealed" {
        /// A reference to their words.
        note: Arc<str>,
        /// The day by which the policy promises an answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Date>,
    };
    /// Another person confirmed the decision.
    AppealUpheld = "appeal_upheld" {
        /// Why.
        note: Arc<str>,
    };
    /// Another person changed the decision.
    AppealOverturned = "appeal_overturned" {
        /// Why.
        note: Arc<str>,
    };
    /// The case waits for a risk or legal question.
    Held = "held" {
        /// Why.
        note: Arc<str>,
    };
    /// It waits no longer.
    HoldReleased = "hold_released" {
        /// Why.
        note: Arc<str>,
    };
    /// The buyer's bank opened a chargeback.
    DisputeOpened = "dispute_opened" {
        /// The scheme's reason code, e.g. `13.3`.
        code: Arc<str>,
    };
    /// The chargeback ended.
    DisputeClosed = "dispute_closed" {
        /// What was lost to it, minor units; 0 if it was won.
        lost_minor: i64,
    };
    /// A remark.
    Noted = "noted" {
        /// A reference to the words.
        note: Arc<str>,
    };
    /// Authorised goods were not sent in time.
    Expired = "expired";
    /// An expired or closed case lives again.
    Reopened = "reopened" {
        /// Why.
        note: Arc<str>,
    };
    /// Everything is done.
    Closed = "closed";
    /// The statutory clocks, as they stand from now on.
    ClocksCounted = "clocks_counted" {
        /// All of them.
        clocks: Vec<StatutoryClock>,
    };
    /// Somebody was reminded of a clock.
    ClockReminded = "clock_reminded" {
        /// What it counts towards.
        kind: ClockKind,
        /// Its rule.
        rule: Arc<str>,
        /// The day to work towards.
        strict: Date,
        /// The local day of the reminder.
        on: Date,
    };
    /// The last lawful day of a clock has passed.
    ClockBreached = "clock_breached" {
        /// What it counts towards.
        kind: ClockKind,
        /// Its rule.
        rule: Arc<str>,
        /// The day that passed.
        due: Date,
        /// The local day on which that was found.
        on: Date,
    };
    /// The withdrawal was acknowledged on a durable medium.
    Acknowledged = "acknowledged" {
        /// SHA-256 of the acknowledged record, hex.
        sha256: Arc<str>,
        /// The local day.
        on: Date,
    };
    /// The consumer proved that the goods were sent.
    SendingProved = "sending_proved" {
        /// The day they were sent.
        on: Date,
        /// A reference to the proof.
        note: Arc<str>,
    };
}
