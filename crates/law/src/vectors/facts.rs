//! The facts of a worked case as JSON ("redress-law-vectors/1"): read and bounded here, and
//! turned into questions to the book. Absent facts take the value that hides nothing: no notice
//! means none was sent, no information about information means the trader gave it.

use crate::{
    Buyer, Circumstance, Circumstances, Exemption, Holidays, Informed, KnownDays, LawFacts,
    RequestKind, SaleChannel, Solicitation, SubChannel, SubChannels, Subject,
};
use jiff::civil::Date;
use kernel::{Currency, Money, Place};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most lines and holidays a case may have.
const MAX_LIST: usize = 1000;
/// Years in which dates make sense; keeps arithmetic far from its limits.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Facts that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {what}")]
pub struct FactError {
    /// Where in the facts.
    pub field: String,
    /// What is wrong with it.
    pub what: String,
}

fn wrong(field: &str, what: impl Into<String>) -> FactError {
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
    Repair,
    /// Another one.
    #[serde(alias = "replace")]
    Replacement,
    /// Rejected at once, money back.
    #[serde(alias = "short_term_reject")]
    Reject,
    /// Rejected after a failed repair, money back.
    FinalReject,
    /// Money back.
    Refund,
    /// The contract ended, money back.
    #[serde(alias = "rescission", alias = "terminate")]
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

/// A line, read.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub name: String,
    pub price: i64,
    pub subject: Subject,
    pub delivered_on: Option<Date>,
    pub traits: Vec<Exemption>,
    pub circumstances: Circumstances,
    pub requested: bool,
}

/// A case, read: figures instead of text.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub place: Place,
    pub currency: Currency,
    pub lines: Vec<Line>,
    pub holidays: Holidays,
    pub paid: i64,
    pub standard: i64,
    pub kept: i64,
    pub value_loss: i64,
    pub price_reduction: i64,
    pub circumstances: Circumstances,
    pub last_good: Option<Date>,
    /// Facts that nothing asked for.
    pub unused: Vec<String>,
}

impl Case {
    pub fn read(facts: &CaseFacts) -> Result<Self, FactError> {
        let (country, sub) = crate::book::place_key(&facts.jurisdiction)
            .map_err(|e| wrong("jurisdiction", e.message))?;
        let currency: Currency = facts
            .currency
            .parse()
            .map_err(|_| wrong("currency", format!("{:?} is not ISO 4217", facts.currency)))?;
        if facts.lines.is_empty() || facts.lines.len() > MAX_LIST {
            return Err(wrong("lines", format!("1 to {MAX_LIST} lines are needed")));
        }
        if facts.public_holidays.len() > MAX_LIST {
            return Err(wrong(
                "public_holidays",
                format!("more than {MAX_LIST} days"),
            ));
        }
        for name in &facts.request.lines {
            if !facts.lines.iter().any(|l| l.line == *name) {
                return Err(wrong(
                    "request.lines",
                    format!("{name:?} is not a line of the order"),
                ));
            }
        }
        if facts.informed.withdrawal_right == Told::Late && facts.informed.on.is_none() {
            return Err(wrong(
                "informed.on",
                "the day is needed when the buyer was told late",
            ));
        }
        check_years(facts)?;
        let amount = |field: &str, text: Option<&str>| {
            let money = Money::parse(text.unwrap_or("0"), currency)
                .map_err(|e| wrong(field, e.to_string()))?;
            if money.minor < 0 {
                return Err(wrong(field, "is negative"));
            }
            Ok(money.minor)
        };
        let mut unused = Vec::new();
        let mut circumstances = words(&facts.other, "", &mut unused);
        for one in words(&facts.request.other, "request.", &mut unused).iter() {
            circumstances = circumstances.with(one);
        }
        let lines = facts
            .lines
            .iter()
            .map(|l| line(l, facts, currency, &mut unused))
            .collect::<Result<Vec<_>, _>>()?;
        let shipping = &facts.outbound_shipping;
        let paid = amount("outbound_shipping.paid", shipping.paid.as_deref())?;
        let standard = shipping.least_expensive_standard.as_deref();
        let payment = facts.payment.as_deref();
        Ok(Self {
            place: Place {
                country,
                subdivision: sub,
            },
            currency,
            last_good: last_good(facts),
            lines,
            holidays: Holidays::of(&facts.public_holidays),
            paid,
            standard: match standard {
                Some(_) => amount("outbound_shipping.least_expensive_standard", standard)?,
                None => paid,
            },
            kept: amount(
                "outbound_shipping.standard_for_kept_lines",
                shipping.standard_for_kept_lines.as_deref(),
            )?,
            value_loss: amount("return.value_loss", facts.back.value_loss.as_deref())?,
            price_reduction: amount(
                "request.price_reduction",
                facts.request.price_reduction.as_deref(),
            )?,
            circumstances: circumstances
                .with_if(Circumstance::DisclosureFailure, facts.disclosure_failure)
                .with_if(Circumstance::DelayConsent, facts.delay_consent)
                .with_if(Circumstance::MajorFailure, facts.request.major_failure)
                .with_if(Circumstance::SellerFailed, facts.request.failed_repairs > 0)
                .with_if(
                    Circumstance::RepairWasTheRemedy,
                    facts.request.failed_repairs > 0,
                )
                .with_if(Circumstance::SellerCredit, payment == Some("seller_credit"))
                .with_if(Circumstance::PaidAtOnce, payment == Some("cash")),
            unused,
        })
    }

    /// The question for one line.
    pub fn question<'a>(&'a self, facts: &CaseFacts, line: &'a Line) -> LawFacts<'a> {
        let request = &facts.request;
        // Without a notice the buyer asks at the end of time: every trader's day has passed.
        let sent = request.notice_sent_on.or(request.notice_received_on);
        let unsaid = match request.kind {
            AskedKind::NonDelivery => Date::MAX,
            _ => facts.contract_date,
        };
        let sent_on = sent.unwrap_or(unsaid);
        let received_on = request.notice_received_on.unwrap_or(sent_on);
        let value = self
            .lines
            .iter()
            .map(|l| l.price)
            .fold(0, i64::saturating_add);
        LawFacts {
            buyer: facts.buyer,
            channel: facts.channel,
            sub_channels: facts.sub_channel.into_iter().collect::<SubChannels>(),
            solicitation: facts.solicitation,
            subject: line.subject,
            contract_value: Some(Money::new(value, self.currency)),
            informed: match facts.informed.withdrawal_right {
                Told::Yes => Informed::Yes,
                Told::No => Informed::No,
                Told::Late => facts.informed.on.map_or(Informed::No, Informed::Late),
            },
            informed_of_return_cost: facts.informed.return_cost,
            offered_collection: facts.trader_offered_collection,
            agreed_to_pay_return: facts.trader_agreed_to_pay_return,
            policy_disclosed: facts.policy.as_ref().is_some_and(|p| p.disclosed),
            traits: &line.traits,
            circumstances: self
                .circumstances
                .iter()
                .chain(line.circumstances.iter())
                .collect(),
            delivered_on: self.last_good,
            line_delivered_on: line.delivered_on,
            request: match request.kind {
                AskedKind::ChangeOfMind => RequestKind::ChangeOfMind,
                AskedKind::Defect => RequestKind::Defect {
                    noticed_on: request.defect_noticed_on.unwrap_or(sent_on),
                },
                AskedKind::NonDelivery => RequestKind::NonDelivery,
                AskedKind::PaymentRefund => RequestKind::PaymentRefund,
                AskedKind::PaymentDispute => RequestKind::PaymentDispute,
            },
            notice_sent_on: sent_on,
            notice_received_on: received_on,
            days: KnownDays {
                contract_copy_received_on: facts.contract_copy_received_on,
                contract_document_received_on: facts.contract_document_received_on,
                order_complete_on: facts.order_complete_on,
                promised_by: facts
                    .revised_ship_by
                    .filter(|_| facts.delay_consent)
                    .or(facts.promised_ship_by)
                    .or(facts.promised_delivery_by),
                obstruction_ended_on: facts.obstruction_ended_on,
                goods_sent_back_on: facts.back.dispatched_on,
                goods_received_back_on: facts.back.received_on,
                repair_requested_on: request.repair_requested_on,
                repaired_goods_received_on: request.repaired_goods_received_on,
                statement_sent_on: facts.statement_sent_on,
            },
            ..LawFacts::new(self.place, facts.contract_date, &self.holidays)
        }
    }
}

/// Possession of the last good; a later one of a regular delivery starts nothing.
fn last_good(facts: &CaseFacts) -> Option<Date> {
    let counts = |l: &&LineFacts| l.delivery_kind != Some(DeliveryKind::RegularLater);
    let some = facts.lines.iter().any(|l| counts(&l));
    let mut last = None;
    for line in facts.lines.iter().filter(|l| !some || counts(l)) {
        last = last.max(Some(line.delivered_on?));
    }
    last
}

fn line(
    l: &LineFacts,
    facts: &CaseFacts,
    currency: Currency,
    unused: &mut Vec<String>,
) -> Result<Line, FactError> {
    let field = || format!("lines.{}", l.line);
    let price = Money::parse(&l.unit_price, currency)
        .map_err(|e| wrong(&format!("{}.unit_price", field()), e.to_string()))?;
    let total = price.minor.checked_mul(i64::from(l.qty));
    let total = total
        .filter(|t| (0..i64::MAX / 10_000).contains(t))
        .ok_or_else(|| wrong(&field(), "price times quantity is negative or too large"))?;
    let mut traits = Vec::new();
    let mut circumstances = Circumstances::NONE;
    for word in &l.traits {
        match (Exemption::of(word), circumstance(word)) {
            (Some(exemption), _) => traits.push(exemption),
            (None, Some(one)) => circumstances = circumstances.with(one),
            (None, None) => unused.push(format!("{}.traits {word:?}", field())),
        }
    }
    if l.seal_state == Some(SealState::BrokenAfterDelivery) {
        match l.seal_type {
            Some(SealType::Hygiene) => traits.push(Exemption::SealedHygieneUnsealed),
            Some(SealType::Media) => traits.extend([
                Exemption::SealedMediaUnsealed,
                Exemption::SealedCopyablePackageOpened,
                Exemption::CnDigitalDownloadedOrUnsealedMedia,
            ]),
            // A film over the surface can be removed and the goods sold again (C-681/17).
            Some(SealType::ProtectiveFilm) | None => {}
        }
    }
    if facts.policy.as_ref().is_some_and(|p| p.disclosed) {
        traits.push(Exemption::DisplayedReturnTerms);
    }
    let perishable = traits.contains(&Exemption::Perishable);
    // Bulky goods matter only where they were brought home with the contract at the door.
    let brought =
        facts.channel == SaleChannel::OffPremises && l.delivered_on == Some(facts.contract_date);
    if !brought {
        circumstances = circumstances.without(Circumstance::BulkyDeliveredHome);
    }
    Ok(Line {
        name: l.line.clone(),
        price: total,
        subject: l.subject.unwrap_or_else(|| subject_of(&l.category)),
        delivered_on: l.delivered_on,
        traits,
        circumstances: circumstances.with_if(Circumstance::PerishableGoods, perishable),
        requested: facts.request.lines.is_empty() || facts.request.lines.contains(&l.line),
    })
}

fn subject_of(category: &str) -> Subject {
    match category {
        "service" | "services" => Subject::Services,
        "digital" | "digital_content" | "digital_service" | "download" | "ebook" => {
            Subject::Digital
        }
        _ => Subject::Goods,
    }
}

/// A word of the law data, or one that cases use for it.
fn circumstance(word: &str) -> Option<Circumstance> {
    Circumstance::of(word).or(match word {
        "significant_return_cost" => Some(Circumstance::SignificantReturnCost),
        "bulky" | "cannot_be_posted" => Some(Circumstance::BulkyDeliveredHome),
        "used" | "second_hand" => Some(Circumstance::UsedGoods),
        "durable_goods" => Some(Circumstance::DurableGoods),
        "non_durable_goods" => Some(Circumstance::NonDurableGoods),
        "hidden" => Some(Circumstance::HiddenDefect),
        _ => None,
    })
}

/// The circumstances among further facts; what is not one is told back.
fn words(other: &BTreeMap<String, Value>, at: &str, unused: &mut Vec<String>) -> Circumstances {
    let mut out = Circumstances::NONE;
    for (key, value) in other {
        match (circumstance(key), value) {
            (Some(one), Value::Bool(holds)) => out = out.with_if(one, *holds),
            _ if key == "written_confirmation_sent" => {
                out = out.with_if(
                    Circumstance::WrittenConfirmationNotSent,
                    *value == Value::Bool(false),
                );
            }
            (_, Value::Null) => {}
            _ => unused.push(format!("{at}{key}")),
        }
    }
    out
}

fn check_years(facts: &CaseFacts) -> Result<(), FactError> {
    let request = &facts.request;
    let back = &facts.back;
    let dated = [
        ("contract_date", Some(facts.contract_date)),
        ("informed.on", facts.informed.on),
        ("contract_copy_received_on", facts.contract_copy_received_on),
        (
            "contract_document_received_on",
            facts.contract_document_received_on,
        ),
        ("order_complete_on", facts.order_complete_on),
        ("promised_ship_by", facts.promised_ship_by),
        ("promised_delivery_by", facts.promised_delivery_by),
        ("revised_ship_by", facts.revised_ship_by),
        ("obstruction_ended_on", facts.obstruction_ended_on),
        ("statement_sent_on", facts.statement_sent_on),
        ("request.notice_sent_on", request.notice_sent_on),
        ("request.notice_received_on", request.notice_received_on),
        ("request.defect_noticed_on", request.defect_noticed_on),
        ("request.refund_agreed_on", request.refund_agreed_on),
        ("request.return_accepted_on", request.return_accepted_on),
        ("request.terminated_on", request.terminated_on),
        ("request.extra_period_ends_on", request.extra_period_ends_on),
        ("request.repair_requested_on", request.repair_requested_on),
        (
            "request.repaired_goods_received_on",
            request.repaired_goods_received_on,
        ),
        ("return.dispatched_on", back.dispatched_on),
        ("return.proof_supplied_on", back.proof_supplied_on),
        ("return.received_on", back.received_on),
    ];
    let lines = facts.lines.iter().map(|l| ("delivered_on", l.delivered_on));
    for (field, day) in dated.into_iter().chain(lines) {
        if day.is_some_and(|d| !YEARS.contains(&d.year())) {
            return Err(wrong(field, "is not between the years 1900 and 2200"));
        }
    }
    Ok(())
}
