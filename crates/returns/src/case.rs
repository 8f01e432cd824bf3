//! The state of a return case: what its events add up to. Only `apply` changes it; its header
//! status is derived (see `status`) and never stored as a truth of its own.

use crate::clock::StatutoryClock;
use crate::decision::{Clocks, Decision, Path, RequestedLine, Terms};
use kernel::{
    Actor, CaseId, ClientId, Currency, Date, ObligationId, OrderId, ParcelId, PolicyHash, Timestamp,
};
use policy::{ConditionSet, EvidenceDemand, EvidenceGiven, Grade, Outcome, ReturnReason};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

pub use crate::status::Status;

/// Where inspected goods go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Back on sale as new.
    Restock,
    /// On sale as open box.
    OpenBox,
    /// To be refurbished.
    Refurbish,
    /// To be repaired.
    Repair,
    /// Back to the vendor.
    ReturnToVendor,
    /// Sold off.
    Liquidate,
    /// Given away.
    Donate,
    /// Recycled.
    Recycle,
    /// Destroyed.
    Destroy,
    /// Held until someone decides.
    Hold,
    /// Back to the customer: not accepted.
    ShipBack,
}

impl Disposition {
    /// Every disposition.
    pub const ALL: &[Self] = &[
        Self::Restock,
        Self::OpenBox,
        Self::Refurbish,
        Self::Repair,
        Self::ReturnToVendor,
        Self::Liquidate,
        Self::Donate,
        Self::Recycle,
        Self::Destroy,
        Self::Hold,
        Self::ShipBack,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restock => "restock",
            Self::OpenBox => "open_box",
            Self::Refurbish => "refurbish",
            Self::Repair => "repair",
            Self::ReturnToVendor => "return_to_vendor",
            Self::Liquidate => "liquidate",
            Self::Donate => "donate",
            Self::Recycle => "recycle",
            Self::Destroy => "destroy",
            Self::Hold => "hold",
            Self::ShipBack => "ship_back",
        }
    }
}

/// The quantity ledger of a line. Always: authorised + declined <= announced;
/// received + missing + kept <= authorised; accepted + rejected <= received;
/// settled <= accepted + kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quantities {
    /// Asked to come back.
    pub announced: u32,
    /// Let come back, or kept.
    pub authorised: u32,
    /// Declined.
    pub declined: u32,
    /// On their way or arrived, by carrier scan.
    pub shipped: u32,
    /// Counted at the dock, of the authorised ones.
    pub received: u32,
    /// Declared missing.
    pub missing: u32,
    /// Counted at the dock beyond the authorised ones.
    pub unexpected: u32,
    /// Inspected and taken back.
    pub accepted: u32,
    /// Inspected and not taken back.
    pub rejected: u32,
    /// Authorised to stay with the customer.
    pub kept: u32,
    /// Covered by a grant.
    pub granted: u32,
    /// Done: granted, paid, and taken back or kept.
    pub settled: u32,
}

impl Quantities {
    /// Announced and not yet decided.
    pub const fn undecided(&self) -> u32 {
        self.announced
            .saturating_sub(self.authorised)
            .saturating_sub(self.declined)
    }

    /// Units a person can let back or decline: undecided, or here unexpected. What lies here
    /// before it was decided about is both, and counts once.
    pub const fn decidable(&self) -> u32 {
        let undecided = self.undecided();
        if undecided > self.unexpected {
            undecided
        } else {
            self.unexpected
        }
    }

    /// Authorised to come back and not yet there.
    pub const fn expected(&self) -> u32 {
        self.authorised
            .saturating_sub(self.kept)
            .saturating_sub(self.received)
            .saturating_sub(self.missing)
    }

    /// Received and not yet inspected.
    pub const fn ungraded(&self) -> u32 {
        self.received
            .saturating_sub(self.accepted)
            .saturating_sub(self.rejected)
    }

    /// Units a grant may still cover: authorised, not missing, not rejected, not yet granted.
    pub const fn grantable(&self) -> u32 {
        self.authorised
            .saturating_sub(self.missing)
            .saturating_sub(self.rejected)
            .saturating_sub(self.granted)
    }
}

/// Units of one line in one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Condition.
    pub grade: Grade,
    /// Whether they were taken back.
    pub accepted: bool,
    /// Another article than the one sold.
    pub wrong_item: bool,
    /// Units.
    pub units: u32,
    /// Where they went, with how many.
    #[serde(default, skip_serializing_if = "SmallVec::is_empty")]
    pub disposed: SmallVec<[(Disposition, u32); 1]>,
}

impl Lot {
    /// Units that have not gone anywhere yet.
    pub fn undisposed(&self) -> u32 {
        self.units
            .saturating_sub(self.disposed.iter().map(|d| d.1).sum())
    }
}

/// One line of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// Index of the order line.
    pub line: u16,
    /// Why it comes back; none for goods that came unannounced.
    pub reason: Option<ReturnReason>,
    /// The same in the client's own words, by path in the pinned policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Arc<str>>,
    /// What the customer wants.
    pub wanted: Outcome,
    /// Evidence given.
    #[serde(with = "crate::decision::evidence_form")]
    pub evidence: EvidenceGiven,
    /// Evidence asked for and not given.
    pub missing: Option<EvidenceDemand>,
    /// The seal or packaging is broken, as declared.
    pub opened: bool,
    /// What the goods are not, as declared, of the states the policy asks for.
    #[serde(default, skip_serializing_if = "crate::decision::lacks_nothing")]
    pub lacks: ConditionSet,
    /// The day the defect showed.
    pub noticed_on: Option<Date>,
    /// The quantity ledger.
    pub quantities: Quantities,
    /// What holds for its money; none before the first assessment.
    pub terms: Option<Terms>,
    /// Inspected units by condition.
    pub lots: SmallVec<[Lot; 1]>,
    /// Money granted so far, minor units.
    pub granted_minor: i64,
    /// A person decided that the customer keeps units of it.
    #[serde(default, skip_serializing_if = "is_not")]
    pub kept_by_person: bool,
}

impl CaseLine {
    /// The line as it was asked, with the evidence there is now; none for goods nobody announced.
    pub fn requested(&self) -> Option<RequestedLine> {
        let asked = RequestedLine {
            line: self.line,
            units: self.quantities.announced,
            reason: self.reason?,
            own: self.own.clone(),
            wanted: self.wanted,
            evidence: self.evidence,
            opened: self.opened,
            lacks: self.lacks,
            noticed_on: self.noticed_on,
        };
        Some(asked).filter(|l| l.units > 0)
    }

    /// Units its money is about now: asked for, and neither declined, missing nor not taken back.
    pub const fn counting(&self) -> u32 {
        let q = &self.quantities;
        q.announced
            .saturating_sub(q.declined)
            .saturating_sub(q.missing)
            .saturating_sub(q.rejected)
    }

    /// Units that came unannounced and nobody has decided about.
    pub fn unclaimed(&self) -> u32 {
        if self.reason.is_none() {
            self.quantities.undecided()
        } else {
            0
        }
    }
}

/// A parcel of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Which.
    pub id: ParcelId,
    /// Who carries it.
    pub carrier: Arc<str>,
    /// The carrier's number.
    pub tracking: Arc<str>,
    /// Day of the first scan.
    pub shipped_on: Option<Date>,
    /// Day of delivery to us.
    pub delivered_on: Option<Date>,
    /// Day it was counted.
    pub received_on: Option<Date>,
}

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationKind {
    /// Money to the tender it was paid with.
    Refund,
    /// Credit with the client.
    StoreCredit,
    /// Promotional credit on top (R13); not part of what was paid.
    Bonus,
    /// Another article.
    Exchange,
    /// The same article again.
    Replacement,
    /// The article, repaired.
    Repair,
    /// What the customer owes: a difference, a security that is charged; by pay link.
    Collect,
    /// A security held on the customer's card.
    Hold,
}

impl ObligationKind {
    /// Whether people see to it and record it: goods, and what the customer owes.
    pub const fn is_by_hand(self) -> bool {
        matches!(
            self,
            Self::Exchange | Self::Replacement | Self::Repair | Self::Collect | Self::Hold
        )
    }

    /// Whether it uses up money of the order (R5).
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Refund | Self::StoreCredit)
    }
}

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationState {
    /// Owed; not sent.
    Requested,
    /// Handed to the provider.
    Sent,
    /// The provider works on it.
    Pending,
    /// Nobody knows; being reconciled.
    Unknown,
    /// Done.
    Settled,
    /// Refused; still owed.
    Failed,
    /// Came back; owed again.
    Returned,
    /// Given up.
    Canceled,
}

impl ObligationState {
    /// Neither settled nor given up.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Settled | Self::Canceled)
    }

    /// May be with the provider, so it must not be sent again or given up.
    pub const fn is_in_flight(self) -> bool {
        matches!(self, Self::Sent | Self::Pending | Self::Unknown)
    }
}

/// Money, credit or goods owed by a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Which; the idempotency key of its payment.
    pub id: ObligationId,
    /// What.
    pub kind: ObligationKind,
    /// Index of the tender it goes back to.
    pub tender: Option<u16>,
    /// The payment of a difference it goes back to, by its obligation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_to: Option<ObligationId>,
    /// How much, minor units of the case's currency.
    pub minor: i64,
    /// Index of the grant it comes from.
    pub grant: u16,
    /// Where it stands.
    pub state: ObligationState,
    /// How often it was sent.
    pub attempts: u16,
    /// The provider's last reference or code.
    pub reference: Option<Arc<str>>,
    /// Given up, and its event says which figures that freed. What was given up before events said
    /// so freed the last figures of its grant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub freed_in_place: bool,
    /// The bank account it goes to instead of what paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<crate::redirect::Toward>,
    /// It was paid outside, and two people said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<crate::manual::ManualWay>,
}

/// A decision about money or goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// Per line.
    pub lines: Vec<crate::event::GrantLine>,
    /// Outbound delivery, minor units.
    pub shipping_minor: i64,
    /// Promotional credit, minor units.
    pub bonus_minor: i64,
    /// Promotions: negative when taken back from the lines, positive when given back (R11).
    pub promotion_minor: i64,
}

/// An appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// When it was made.
    pub at: Timestamp,
    /// The day by which the policy promises an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Date>,
    /// Decided, and if so whether the decision stood.
    pub upheld: Option<bool>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
const fn is_not(set: &bool) -> bool {
    !*set
}

/// A return case. Personal data is not in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnCase {
    /// Which.
    pub id: CaseId,
    /// Whose.
    pub client: ClientId,
    /// Of which order.
    pub order: OrderId,
    /// The number given to the consumer.
    pub rma: Arc<str>,
    /// Which way it was asked.
    pub path: Path,
    /// The policy version pinned at purchase.
    pub policy: PolicyHash,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Events applied; the number for optimistic concurrency.
    pub version: u64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When its last event was recorded.
    pub changed_at: Timestamp,
    /// The day of asking.
    pub asked_on: Date,
    /// The day the notice was sent.
    pub notice_sent_on: Date,
    /// The day the notice came in, local at the consumer's place.
    pub notice_received_on: Date,
    /// The version of the law it is decided under for its whole life; empty in cases opened before
    /// versions were kept.
    #[serde(default)]
    pub law: Arc<str>,
    /// The declaration it was opened from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<kernel::DeclarationId>,
    /// What the label would cost the customer, minor units.
    pub label_cost_minor: i64,
    /// The language the customer asked in; mail about the case comes in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<kernel::Lang>,
    /// The lines.
    pub lines: SmallVec<[CaseLine; 2]>,
    /// The last assessment, with quote and reasons.
    pub decision: Option<Decision>,
    /// The periods that run: the earliest of the lines.
    pub clocks: Clocks,
    /// What the law counts: see [`StatutoryClock`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statutory: Vec<StatutoryClock>,
    /// The first day goods came back, local at the consumer's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods_on: Option<Date>,
    /// The first day it was proven that they were sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_on: Option<Date>,
    /// The day the withdrawal was acknowledged on a durable medium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_on: Option<Date>,
    /// Parcels.
    pub parcels: SmallVec<[Parcel; 1]>,
    /// Goods that came and are not on the order.
    pub strays: Vec<crate::event::Stray>,
    /// Decisions about money.
    pub grants: Vec<Grant>,
    /// What went wrong, for a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<crate::claim::ClaimKind>,
    /// Proofs on file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<crate::claim::Proof>,
    /// Claims against carriers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carrier_claims: Vec<crate::claim::CarrierClaim>,
    /// What vendors are asked to bear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vendor_charges: Vec<crate::claim::VendorCharge>,
    /// Repairs that went on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<crate::claim::Repair>,
    /// Units the customer gives away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub donations: Vec<crate::claim::Donation>,
    /// What the customer would like instead and was not agreed yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<crate::exchange::Wish>,
    /// Exchanges that were agreed.
    pub exchanges: Vec<crate::exchange::Exchange>,
    /// What is owed.
    pub obligations: SmallVec<[Obligation; 1]>,
    /// Grants above their makers' authority, with what a second person said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<crate::approval::Approval>,
    /// The last change of where money goes, with what was said to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<crate::redirect::Redirect>,
    /// Who asked the customer for a bank account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_invited_by: Option<Actor>,
    /// Refunds somebody says they paid outside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manuals: Vec<crate::manual::Manual>,
    /// A decision about money was taken back or not approved, and none was made since.
    #[serde(default, skip_serializing_if = "is_not")]
    pub taken_back: bool,
    /// The lines of such decisions that were not decided anew since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_decide_anew: Vec<u16>,
    /// Refunds a lost dispute holds until a person decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_back: Vec<ObligationId>,
    /// Outbound delivery given back so far, minor units.
    pub shipping_granted_minor: i64,
    /// Promotions taken back (negative) or given back so far, minor units.
    pub promotion_granted_minor: i64,
    /// Who decided last; may not decide an appeal against it.
    pub decided_by: Option<Actor>,
    /// When the last decision against the customer was made.
    pub decided_at: Option<Timestamp>,
    /// The last appeal.
    pub appeal: Option<Appeal>,
    /// Times a person went against the rule.
    pub overrides: u16,
    /// Waits for a risk or legal question.
    pub on_hold: bool,
    /// A chargeback is open.
    pub disputed: bool,
    /// Cancelled.
    pub cancelled: bool,
    /// Expired.
    pub expired: bool,
    /// Closed.
    pub closed: bool,
    /// Brought back, and nothing has happened since.
    pub reopened: bool,
}

impl ReturnCase {
    /// The case line about this order line.
    pub fn line(&self, line: u16) -> Option<&CaseLine> {
        self.lines.iter().find(|l| l.line == line)
    }

    /// The clock of this kind under this rule.
    pub fn clock(&self, kind: crate::clock::ClockKind, rule: &str) -> Option<&StatutoryClock> {
        let mut found = self.statutory.iter();
        found.find(|c| c.kind == kind && *c.rule == *rule)
    }

    /// The day by which the policy promised money that is still owed.
    pub fn money_promised(&self) -> Option<Date> {
        let owed = self.obligations.iter().any(|o| o.state.is_open())
            || self.lines.iter().any(|l| l.quantities.grantable() > 0);
        let ended = self.closed || self.cancelled || self.expired;
        self.clocks.refund_promised.filter(|_| owed && !ended)
    }

    /// The day by which the policy promised an answer to an objection that is still open.
    pub fn answer_promised(&self) -> Option<Date> {
        self.appeal.filter(|a| a.upheld.is_none())?.answer_by
    }

    /// Whether units of a line that stay with the customer are to go to a charity.
    pub fn donates(&self, line: u16) -> bool {
        self.line(line)
            .is_some_and(|l| l.terms.is_some_and(|t| t.donate))
    }

    /// Where the policy wants the goods back: the first line that says so.
    pub fn return_to(&self) -> Option<kernel::CountryCode> {
        self.lines.iter().find_map(|l| l.terms?.return_to)
    }

    /// The obligation with this id.
    pub fn obligation(&self, id: ObligationId) -> Option<&Obligation> {
        self.obligations.iter().find(|o| o.id == id)
    }

    /// How far a repair is; none while it waits for the goods.
    pub fn repair(&self, obligation: ObligationId) -> Option<crate::claim::RepairStep> {
        let mut steps = self.repairs.iter().rev();
        steps.find(|r| r.obligation == obligation).map(|r| r.step)
    }

    /// The units a repair is of: repairs of a grant are owed in the order of its lines.
    pub fn repaired_lines(&self, obligation: ObligationId) -> Vec<crate::event::Count> {
        let is_repair = |o: &&Obligation| o.kind == ObligationKind::Repair;
        let Some(owed) = self.obligation(obligation).filter(is_repair) else {
            return Vec::new();
        };
        let mut own = self.obligations.iter().filter(is_repair);
        let mut own = own.by_ref().filter(|o| o.grant == owed.grant);
        let nth = own.position(|o| o.id == obligation);
        let lines = self.grants.get(usize::from(owed.grant));
        let lines = lines.iter().flat_map(|g| &g.lines);
        let mended = lines.filter(|g| g.outcome == Outcome::Repair);
        let found = nth.and_then(|n| mended.clone().nth(n));
        let count = |g: &crate::event::GrantLine| crate::event::Count {
            line: g.line,
            units: g.units,
        };
        found.map(count).into_iter().collect()
    }

    /// Whether the customer pays this through a link, or places it.
    pub fn is_for_customer(&self, id: ObligationId) -> bool {
        let kind = self.obligation(id).map(|o| o.kind);
        matches!(kind, Some(ObligationKind::Collect | ObligationKind::Hold))
            && !self.exchanges.iter().any(|e| e.takes_security(id))
    }

    /// Exchanges that are neither undone nor returned.
    pub fn live_exchanges(&self) -> impl Iterator<Item = &crate::exchange::Exchange> {
        self.exchanges.iter().filter(|e| !e.undone)
    }

    /// The exchange this obligation is of: its goods, its difference, its security or the charge
    /// on it.
    pub fn exchange_with(&self, id: ObligationId) -> Option<&crate::exchange::Exchange> {
        self.exchanges.iter().find(|e| {
            e.goods == id
                || e.collect.is_some_and(|c| c.0 == id)
                || e.advance.as_ref().is_some_and(|a| a.0 == id)
                || e.takes_security(id)
        })
    }

    /// The parcel with this id.
    pub fn parcel(&self, id: ParcelId) -> Option<&Parcel> {
        self.parcels.iter().find(|p| p.id == id)
    }

    /// Money granted so far, delivery included, without bonus.
    pub fn granted_minor(&self) -> i64 {
        let lines: i64 = self.lines.iter().map(|l| l.granted_minor).sum();
        lines + self.shipping_granted_minor + self.promotion_granted_minor
    }
}
