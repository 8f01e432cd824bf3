//! The facts of a worked case as JSON ("redress-law-vectors/1"). Absent facts take the value that hides nothing: no notice
//! means none was sent, no information about information means the trader gave it.

use crate::{Buyer, SaleChannel, Solicitation, SubChannel, Subject};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Facts that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {what}")]
pub struct FactError {
    /// Where in the facts.
    pub field: String,
    /// What is wrong with it.
    pub what: String,
}

pub(super) fn wrong(field: &str, what: impl Into<String>) -> FactError {
    FactError {
        field: field.to_owned(),
        what: what.into(),
    }
}

/// A case: one order, what happened to it, and what the buyer asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// ISO 3166 code of the place of delivery, e.g. `DE` or `US-CA`.
    pub jurisdiction: String,
    /// How the contract was made.
    pub channel: SaleChannel,
    /// A narrower way of selling.
    #[serde(default)]
    pub sub_channel: Option<SubChannel>,
    /// How the seller came to the buyer.
    #[serde(default = "no_solicitation")]
    pub solicitation: Solicitation,
    /// Capacity of the buyer.
    #[serde(default = "consumer")]
    pub buyer: Buyer,
    /// Day of the contract.
    pub contract_date: Date,
    /// ISO 4217.
    pub currency: String,
    /// What the buyer was told.
    #[serde(default)]
    pub informed: InformedFacts,
    /// The trader offered to collect.
    #[serde(default)]
    pub trader_offered_collection: bool,
    /// The trader agreed to pay the way back.
    #[serde(default)]
    pub trader_agreed_to_pay_return: bool,
    /// What was bought.
    pub lines: Vec<LineFacts>,
    /// What delivery cost.
    #[serde(default)]
    pub outbound_shipping: ShippingFacts,
    /// What the buyer asks.
    pub request: RequestFacts,
    /// What happened to the goods.
    #[serde(default, rename = "return")]
    pub back: ReturnFacts,
    /// Complete list of the holidays that matter.
    #[serde(default)]
    pub public_holidays: Vec<Date>,
    /// The seller's own policy.
    #[serde(default)]
    pub policy: Option<PolicyFacts>,
    /// The buyer got the copy of the contract.
    #[serde(default)]
    pub contract_copy_received_on: Option<Date>,
    /// The buyer got the document the statute demands.
    #[serde(default)]
    pub contract_document_received_on: Option<Date>,
    /// The order was complete.
    #[serde(default)]
    pub order_complete_on: Option<Date>,
    /// The trader promised to ship by this day.
    #[serde(default)]
    pub promised_ship_by: Option<Date>,
    /// The trader promised to deliver by this day.
    #[serde(default, alias = "agreed_delivery_by", alias = "agreed_delivery_date")]
    pub promised_delivery_by: Option<Date>,
    /// The buyer agreed to a later day.
    #[serde(default)]
    pub delay_consent: bool,
    /// The later day.
    #[serde(default)]
    pub revised_ship_by: Option<Date>,
    /// How the buyer paid: `cash`, `card`, `third_party_card`, `check`, `seller_credit`, ...
    #[serde(default)]
    pub payment: Option<String>,
    /// The trader did not tell what the statute demands.
    #[serde(default)]
    pub disclosure_failure: bool,
    /// The trader's address became known, or an obstruction ended.
    #[serde(default)]
    pub obstruction_ended_on: Option<Date>,
    /// The bank's statement was sent.
    #[serde(default)]
    pub statement_sent_on: Option<Date>,
    /// Everything else; a word of the law data that is `true` counts as a circumstance.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

fn no_solicitation() -> Solicitation {
    Solicitation::None
}

fn consumer() -> Buyer {
    Buyer::Consumer
}

/// Whether the buyer was told of the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// In time.
    Yes,
    /// After the contract.
    Late,
    /// Never.
    No,
}

/// What the buyer was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformedFacts {
    /// Of the right to withdraw.
    #[serde(default = "told")]
    pub withdrawal_right: Told,
    /// On this day, if late.
    #[serde(default)]
    pub on: Option<Date>,
    /// That the way back is at the buyer's cost.
    #[serde(default = "yes")]
    pub return_cost: bool,
}

fn told() -> Told {
    Told::Yes
}

fn yes() -> bool {
    true
}

impl Default for InformedFacts {
    fn default() -> Self {
        Self {
            withdrawal_right: Told::Yes,
            on: None,
            return_cost: true,
        }
    }
}

/// What a seal protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealType {
    /// Health or hygiene.
    Hygiene,
    /// Audio, video, software.
    Media,
    /// Only the surface.
    ProtectiveFilm,
}

/// Whether the seal is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealState {
    /// Whole.
    Intact,
    /// Broken by the buyer.
    #[serde(alias = "broken", alias = "opened")]
    BrokenAfterDelivery,
}

/// A delivery among several of one contract for regular delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// The first.
    RegularFirst,
    /// A later one, which starts nothing.
    RegularLater,
}

/// One line of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    /// Its name.
    pub line: String,
    /// Category in the shop's words.
    #[serde(default)]
    pub category: String,
    /// What was sold; goods unless the category says services or digital.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// Decimal amount.
    pub unit_price: String,
    /// Units.
    #[serde(default = "one")]
    pub qty: u32,
    /// Possession.
    #[serde(default)]
    pub delivered_on: Option<Date>,
    /// What its seal protects.
    #[serde(default)]
    pub seal_type: Option<SealType>,
    /// Whether the seal is whole.
    #[serde(default)]
    pub seal_state: Option<SealState>,
    /// Exemptions and circumstances that hold, by their names in the law data.
    #[serde(default)]
    pub traits: Vec<String>,
    /// Its place in a regular delivery.
    #[serde(default)]
    pub delivery_kind: Option<DeliveryKind>,
}

fn one() -> u32 {
    1
}

/// What delivery cost, as decimal amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingFacts {
    /// Paid.
    #[serde(default)]
    pub paid: Option<String>,
    /// Cheapest standard delivery offered.
    #[serde(default)]
    pub least_expensive_standard: Option<String>,
    /// What standard delivery of the kept lines would have cost.
    #[serde(default)]
    pub standard_for_kept_lines: Option<String>,
}

/// What kind of request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedKind {
    /// The buyer does not want the goods.
    ChangeOfMind,
    /// The goods are not as agreed.
    Defect,
    /// The goods never came.
    NonDelivery,
    /// The seller accepted a return.
    PaymentRefund,
    /// The buyer disputes the payment.
    PaymentDispute,
}

/// What the buyer asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFacts {
    /// The kind.
    #[serde(default = "change_of_mind")]
    pub kind: AskedKind,
    /// The notice left the buyer.
    #[serde(default)]
    pub notice_sent_on: Option<Date>,
    /// It reached the trader.
    #[serde(default)]
    pub notice_received_on: Option<Date>,
    /// Names of the lines; all of them if empty.
    #[serde(default)]
    pub lines: Vec<String>,
    /// What is wanted for a defect.
    #[serde(default)]
    pub remedy: Option<Wanted>,
    /// The defect showed itself.
    #[serde(default)]
    pub defect_noticed_on: Option<Date>,
    /// The trader agreed to refund.
    #[serde(default)]
    pub refund_agreed_on: Option<Date>,
    /// The trader accepted the return.
    #[serde(default)]
    pub return_accepted_on: Option<Date>,
    /// The buyer ended the contract.
    #[serde(default, alias = "termination_on")]
    pub terminated_on: Option<Date>,
    /// The extra period that the buyer set for delivery ends.
    #[serde(default, alias = "extra_period_until")]
    pub extra_period_ends_on: Option<Date>,
    /// Repair or replacement was asked for.
    #[serde(default)]
    pub repair_requested_on: Option<Date>,
    /// Repaired or new goods came.
    #[serde(default)]
    pub repaired_goods_received_on: Option<Date>,
    /// Repairs or replacements that failed.
    #[serde(default)]
    pub failed_repairs: u32,
    /// The failure is a major one.
    #[serde(default)]
    pub major_failure: bool,
    /// Amount of a price reduction, if it is known.
    #[serde(default)]
    pub price_reduction: Option<String>,
    /// Everything else; a word of the law data that is `true` counts as a circumstance.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

fn change_of_mind() -> AskedKind {
    AskedKind::ChangeOfMind
}

/// What is wanted for a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Put right.
    #[serde(
        alias = "repair_or_replace",
        alias = "repair_or_replacement",
        alias = "cure"
    )]
    Repair,
    /// Another one.
    #[serde(alias = "replace")]
    Replacement,
    /// Rejected at once, money back.
    #[serde(alias = "short_term_reject", alias = "rejection")]
    Reject,
    /// Rejected after a failed repair, money back.
    #[serde(alias = "final_rejection", alias = "final_right_to_reject")]
    FinalReject,
    /// Money back.
    Refund,
    /// The contract ended, money back.
    #[serde(alias = "rescission", alias = "terminate", alias = "cancel")]
    Termination,
    /// Kept for less.
    PriceReduction,
}

impl Wanted {
    /// The whole price comes back.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Reject | Self::FinalReject | Self::Refund | Self::Termination
        )
    }
}

/// What happened to the goods after the notice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnFacts {
    /// Sent back.
    #[serde(default)]
    pub dispatched_on: Option<Date>,
    /// Proved to be sent.
    #[serde(default)]
    pub proof_supplied_on: Option<Date>,
    /// Back with the trader.
    #[serde(default)]
    pub received_on: Option<Date>,
    /// Decimal amount.
    #[serde(default)]
    pub value_loss: Option<String>,
    /// `none`, `excess_handling`, `use`, ...
    #[serde(default)]
    pub value_loss_cause: Option<String>,
}

/// The seller's own policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFacts {
    /// Shown as the statute of the place demands.
    #[serde(default)]
    pub disclosed: bool,
    /// Its words.
    #[serde(default)]
    pub text: String,
}
