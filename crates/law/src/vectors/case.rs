//! A case, read: figures and sets instead of text, everything bounded; and the question to the
//! book for each of its lines.

use super::facts::{
    AskedKind, CaseFacts, DeliveryKind, FactError, LineFacts, SealState, SealType, Told, wrong,
};
use crate::{
    Circumstance, Circumstances, Exemption, Holidays, Informed, KnownDays, LawFacts, RequestKind,
    SaleChannel, SubChannels, Subject,
};
use jiff::civil::Date;
use kernel::{Currency, Money, Place};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most lines and holidays a case may have.
const MAX_LIST: usize = 1000;
/// Years in which dates make sense; keeps arithmetic far from its limits.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

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
    /// Repairs told of, or made with success.
    pub repairs: u16,
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
                .with_if(Circumstance::SellerCredit, payment == Some("seller_credit"))
                .with_if(Circumstance::PaidAtOnce, payment == Some("cash")),
            repairs: u16::try_from(facts.request.failed_repairs).unwrap_or(u16::MAX),
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
            .fold(self.paid, i64::saturating_add);
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
            repairs: self.repairs,
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
        "apparent" => Some(Circumstance::ApparentDefect),
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
