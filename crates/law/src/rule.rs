//! A rule ready for questions: periods, bits and figures instead of words.

use crate::{
    Deduction, ExemptionSet, LatePayment, Outbound, Remedy, Right, WhyNone,
    calendar::Period,
    catalog::RuleEntry,
    facts::{Circumstances, SubChannels},
    sentences::{Alternative, Threshold},
    words::{
        Buyer, Circumstance, DeductionKind, ExemptionCondition, ExtensionStart, FloorKind, MetBy,
        Payer, RefundEvent, RefundForm, RemedyStep, ReturnStart, SaleChannel, Solicitation,
        Subject, UnitWord, WindowStart,
    },
};
use jiff::civil::Date;
use kernel::Money;
use std::sync::Arc;

/// A rule ready for questions.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub entry: Arc<RuleEntry>,
    pub ids: Arc<[Arc<str>]>,
    pub citation: Arc<str>,
    pub channels: u8,
    pub subjects: u8,
    pub ways: SubChannels,
    pub ways_excluded: SubChannels,
    pub requests: u8,
    pub buyer: Option<Buyer>,
    pub floor: FloorKind,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub threshold: Option<Threshold>,
    pub body: Body,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.entry == other.entry
    }
}

impl Eq for Rule {}

impl Rule {
    /// Most specific id.
    pub fn id(&self) -> &Arc<str> {
        &self.entry.id
    }

    /// Whether it can speak to a kind of request on a channel at all: what it asks of the order
    /// beside these is not looked at.
    pub fn can_speak(&self, request: u8, channel: SaleChannel) -> bool {
        !matches!(self.body, Body::Duty)
            && self.floor != FloorKind::Future
            && self.requests & request != 0
            && self.channels & channel_bit(channel) != 0
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    Right(Box<RightRule>),
    /// A statement that there is no floor.
    None(WhyNone),
    /// Lengthens the guarantee once the goods were repaired.
    RepairExtension(Period),
    /// A duty to tell; gives no right by itself.
    Duty,
}

#[derive(Debug, Clone)]
pub(crate) struct RightRule {
    pub right: Right,
    pub window: Window,
    pub extension: Option<Extension>,
    pub pauses: bool,
    pub burden: Option<Period>,
    pub burden_used: Option<Period>,
    pub notice_months: Option<Period>,
    pub exemptions: ExemptionSet,
    pub exemption_condition: Option<ExemptionCondition>,
    /// Where one of these gives a right, this one does not.
    pub yields_to: Arc<[Arc<str>]>,
    pub outbound: Outbound,
    pub payer: Payer,
    pub trader_if: Circumstances,
    pub consumer_if: Circumstances,
    pub deduction: DeductionRule,
    pub refund: Option<RefundRule>,
    pub return_goods: Option<(Period, ReturnStart)>,
    pub cure: Option<(Period, ReturnStart)>,
    pub acknowledge: Option<Period>,
    pub ladder: Vec<RemedyStep>,
    pub second_step_if: Circumstances,
    pub termination_barred_if: Circumstances,
    pub remedy: Remedy,
    pub late_payment: Option<LatePayment>,
}

#[derive(Debug, Clone)]
pub(crate) struct Window {
    /// `None`: the law fixes no length.
    pub period: Option<Period>,
    pub start: WindowStart,
    pub met_by: MetBy,
    pub durable: Option<Period>,
    pub non_durable: Option<Period>,
    pub used: Option<Period>,
    pub perishable: Option<Period>,
    pub visit: Option<(Period, u8)>,
    pub alternative: Option<(Period, Alternative)>,
    pub seller_credit: Option<Period>,
    /// A promised day takes the place of the period.
    pub promise_replaces: bool,
    /// For goods that are not as agreed: so long from the supply, and so long from the knowledge
    /// of it, whichever ends first.
    pub mismatch: Option<(Period, Period)>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Extension {
    pub when: Circumstance,
    /// `None`: the right stays open.
    pub period: Option<Period>,
    pub start: Option<ExtensionStart>,
    pub late: Option<(Period, Option<Period>)>,
    pub cap: Option<Period>,
    /// How often it can happen; `None`: once.
    pub times: Option<u16>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct DeductionRule {
    pub kind: DeductionKind,
    pub fee: Option<(u16, Money)>,
    pub barred_if: Option<Circumstance>,
}

#[derive(Debug, Clone)]
pub(crate) struct RefundRule {
    pub unit: UnitWord,
    /// `None`: the law fixes no number.
    pub period: Option<Period>,
    pub start: RefundEvent,
    pub start_if_collection: RefundEvent,
    pub start_if_no_goods: RefundEvent,
    pub withhold: bool,
    pub withhold_if_collection: bool,
    pub by_tender: Option<ByTender>,
    pub seller_credit_exception: bool,
    pub original_method: bool,
    pub form: Option<RefundForm>,
}

/// Refund days that depend on how the buyer paid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByTender {
    pub cash_above: Option<(Money, Period)>,
    pub card: Option<Period>,
    pub check: Option<Period>,
}

/// Bit of a channel in [`Rule::channels`].
pub(crate) const fn channel_bit(channel: SaleChannel) -> u8 {
    1 << channel as u8
}

/// Bit of a subject in [`Rule::subjects`].
pub(crate) const fn subject_bit(subject: Subject) -> u8 {
    1 << subject as u8
}

/// Bit of a way of coming to the buyer.
pub(crate) const fn solicitation_bit(solicitation: Solicitation) -> u8 {
    1 << solicitation as u8
}

/// What a request can be, as bits of [`Rule::requests`].
pub(crate) mod ask {
    pub const CHANGE_OF_MIND: u8 = 1;
    pub const DEFECT: u8 = 2;
    pub const NON_DELIVERY: u8 = 4;
    pub const PAYMENT_REFUND: u8 = 8;
    pub const PAYMENT_DISPUTE: u8 = 16;
    /// How many kinds there are.
    pub const KINDS: usize = 5;
}

impl Window {
    /// No window is stated.
    pub const fn open() -> Self {
        Self {
            period: None,
            start: WindowStart::Contract,
            met_by: MetBy::SendingNotice,
            durable: None,
            non_durable: None,
            used: None,
            perishable: None,
            visit: None,
            alternative: None,
            seller_credit: None,
            promise_replaces: false,
            mismatch: None,
        }
    }
}

impl DeductionRule {
    /// What a decision may take off.
    pub fn answer(self, circumstances: Circumstances) -> Deduction {
        if self.barred_if.is_some_and(|bar| circumstances.has(bar)) {
            return Deduction::None;
        }
        match self.kind {
            DeductionKind::DiminishedValue => Deduction::ExcessHandling,
            DeductionKind::ProRataService
            | DeductionKind::UseAllowance
            | DeductionKind::ReasonableHire
            | DeductionKind::PartialUse => Deduction::Use,
            DeductionKind::CancellationFee => Deduction::Fee,
            DeductionKind::None
            | DeductionKind::NoneBeforeReplacement
            | DeductionKind::RightLostIfNotIntact
            | DeductionKind::OriginalElements
            | DeductionKind::RestockingFeeProhibited => Deduction::None,
        }
    }
}
