//! The file format of a rule pack, as written by people. Nothing here interprets a rule.

use crate::{
    Buyer, Confidence, Exemption, ReviewState, Rollover, SaleChannel, WhyNone,
    holiday_table::HolidayTable,
};
use jiff::civil::Date;
use serde::Deserialize;

/// The schema name every pack states first.
pub(crate) const SCHEMA: &str = "redress-law/1";

/// Why a set of packs cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not TOML, or not of the schema.
    #[error("pack {pack}: {message}")]
    Syntax {
        /// Name of the pack.
        pack: String,
        /// What the parser said.
        message: String,
    },
    /// A rule contradicts itself or the other packs.
    #[error("rule {rule}: {what}")]
    Rule {
        /// Id of the rule (or place, or calendar).
        rule: String,
        /// What is wrong.
        what: String,
    },
}

impl PackError {
    pub(crate) fn rule(rule: &str, what: impl Into<String>) -> Self {
        Self::Rule {
            rule: rule.to_owned(),
            what: what.into(),
        }
    }
}

/// One file. Rules stay tables until overlays are merged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPack {
    pub schema: String,
    #[serde(default, rename = "calendar")]
    pub calendars: Vec<RawCalendar>,
    #[serde(default, rename = "jurisdiction")]
    pub jurisdictions: Vec<RawJurisdiction>,
    #[serde(default, rename = "rule")]
    pub rules: Vec<toml::Table>,
    #[serde(default)]
    pub uncovered: Vec<RawUncovered>,
    #[serde(default)]
    pub holidays: Vec<HolidayTable>,
}

/// A way to treat days of rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCalendar {
    pub id: String,
    pub rollover: Rollover,
    /// Whether the trader's refund day moves too.
    #[serde(default = "yes")]
    pub applies_to_trader: bool,
    #[serde(rename = "basis")]
    pub _basis: String,
}

fn yes() -> bool {
    true
}

/// A place and where it inherits from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawJurisdiction {
    pub code: String,
    #[serde(rename = "name")]
    pub _name: Option<String>,
    pub parent: Option<String>,
}

/// Places where law exists that no rule states yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawUncovered {
    pub jurisdictions: Vec<String>,
    pub requests: Vec<RawRequest>,
    #[serde(rename = "because")]
    pub _because: String,
}

/// A rule after its overlays are merged in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    pub id: String,
    #[serde(rename = "overlays")]
    pub _overlays: Option<String>,
    #[serde(rename = "title")]
    pub _title: String,
    #[serde(rename = "notes")]
    pub _notes: Option<String>,
    pub jurisdictions: Vec<String>,
    pub citation: String,
    pub channels: Vec<SaleChannel>,
    pub requests: Option<Vec<RawRequest>>,
    pub consumer_only: bool,
    pub buyer: Option<Buyer>,
    pub right_type: RawRight,
    pub why: Option<WhyNone>,
    pub effective_from: Option<Date>,
    pub effective_to: Option<Date>,
    #[serde(default)]
    pub exemptions: Vec<Exemption>,
    #[serde(default)]
    pub refund_includes_outbound_standard: bool,
    #[serde(default)]
    pub refund_excludes_express_surplus: bool,
    pub window: Option<RawWindow>,
    pub short_term_reject: Option<RawWindow>,
    pub extension: Option<RawExtension>,
    pub burden: Option<RawBurden>,
    pub refund: Option<RawRefund>,
    pub return_cost: Option<RawReturnCost>,
    pub deduction: Option<RawDeduction>,
    pub confidence: Confidence,
    pub review_state: ReviewState,
    /// Ids of the texts read for the rule; empty means it was written from knowledge.
    #[serde(rename = "sources")]
    pub _sources: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawRight {
    Withdrawal,
    ShortTermReject,
    Conformity,
    NonDelivery,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawRequest {
    ChangeOfMind,
    Defect,
    NonDelivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawUnit {
    CalendarDay,
    BusinessDay,
    UsWorkingDay,
    Month,
    Year,
    ExpectedLifetime,
    ReasonableTime,
    NotStated,
    NotFixed,
    WithoutUndueDelay,
    OnReceiptOfGoodsOrProof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawCount {
    #[default]
    ExcludeStart,
    IncludeStart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawStart {
    PossessionLastGood,
    Delivery,
    Contract,
    ProperlyCompletedOrder,
}

/// The act that has to happen within the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MetBy {
    SendingNotice,
    /// The trader must have the notice.
    NoticeReceived,
    #[default]
    ConsumerIndicatesRejection,
    DefectApparent,
    CourtClaim,
    TraderDelivery,
    TraderShipment,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawWindow {
    pub length: u16,
    pub unit: RawUnit,
    pub start: RawStart,
    #[serde(default)]
    pub count: RawCount,
    pub calendar: Option<String>,
    #[serde(default)]
    pub met_by: MetBy,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawExtension {
    pub length: u16,
    pub unit: RawUnit,
    pub informed_late_length: u16,
    pub informed_late_unit: RawUnit,
    pub informed_late_within_months: u16,
    pub informed_late_within_from: WithinFrom,
}

/// From where the months are counted in which late information still shortens the extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithinFrom {
    /// From the start event, which is not counted (EU).
    StartEvent,
    /// Beginning with the first day of the window (UK).
    FirstDay,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBurden {
    pub length: u16,
    pub unit: RawUnit,
    #[serde(default)]
    pub count: RawCount,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRefund {
    #[serde(default)]
    pub length: u16,
    pub unit: RawUnit,
    pub start: RawRefundStart,
    pub start_if_collection_offered: Option<RawRefundStart>,
    #[serde(default)]
    pub count: RawCount,
    pub calendar: Option<String>,
    pub withhold: Option<RawWithhold>,
    pub withhold_barred_if: Option<RawWithholdBar>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawRefundStart {
    TraderInformed,
    Termination,
    GoodsReceivedOrProofOfSending,
    TraderAgreedRefund,
    RightToRefundVests,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawWithhold {
    UntilGoodsOrProofOfSending,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawWithholdBar {
    TraderOfferedCollection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReturnCost {
    pub default: crate::Payer,
    #[serde(default)]
    pub trader_if: Vec<TraderIf>,
}

/// What makes the trader pay return postage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TraderIf {
    ReturnCostNotInformed,
    TraderAgreedToPay,
    TraderOfferedCollection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDeduction {
    pub kind: RawDeductionKind,
    pub barred_if: Option<RawDeductionBar>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawDeductionKind {
    DiminishedValue,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawDeductionBar {
    WithdrawalRightNotInformed,
}
