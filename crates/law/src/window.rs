//! Counting a window: its start event, its length for these goods and this way of selling, what
//! pauses or lengthens it, and the act that has to happen in it.

use crate::{
    Informed, LawFacts, RequestKind,
    calendar::Period,
    decide::Question,
    facts::Circumstances,
    rule::{Extension, RightRule, solicitation_bit},
    words::{Circumstance, ExtensionStart, MetBy, SaleChannel, WindowStart},
};
use jiff::civil::Date;

/// A window with its days counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    /// The start event; `None` if it has not happened.
    pub start: Option<Date>,
    /// The period that was counted; `None` where the law fixes none or a day was promised.
    pub period: Option<Period>,
    /// Last day without any extension.
    pub initial: Option<Date>,
    /// Last day; `None` where the law fixes none, or the period does not run, or stays open.
    pub end: Option<Date>,
    /// The right does not end while the circumstance lasts.
    pub open: bool,
}

impl Counted {
    pub fn of(right: &RightRule, question: &Question<'_>) -> Self {
        let facts = question.facts;
        let start = start_of(right.window.start, facts, question.circumstances);
        let nothing = Self {
            start,
            period: None,
            initial: None,
            end: None,
            open: false,
        };
        if let Some(end) = without_copy(right, facts) {
            return Self {
                start: Some(facts.contract_date),
                period: right.window.alternative.map(|(period, _)| period),
                initial: Some(end),
                end: Some(end),
                open: false,
            };
        }
        if right.window.promise_replaces
            && let Some(day) = facts.days.promised_by
        {
            return Self {
                initial: Some(day),
                end: Some(day),
                ..nothing
            };
        }
        let Some(from) = start else {
            return nothing;
        };
        let Some(period) = length(right, question) else {
            return nothing;
        };
        let Some(initial) = period.end(from, facts.holidays) else {
            return nothing;
        };
        let extended = paused(right, initial, facts).and_then(|end| match &right.extension {
            Some(extension) => extend(extension, period, from, end, question),
            None => Some(end),
        });
        // Goods that are not as agreed have a window of their own; the longer one counts.
        let extended = extended.map(|end| mismatch(right, facts).map_or(end, |day| day.max(end)));
        Self {
            start,
            period: Some(period),
            initial: Some(initial),
            end: extended,
            open: extended.is_none(),
        }
    }
}

/// The end of the window for goods that are not as agreed.
fn mismatch(right: &RightRule, facts: &LawFacts<'_>) -> Option<Date> {
    let (from_supply, from_knowledge) = right.window.mismatch?;
    let RequestKind::Defect { noticed_on } = facts.request else {
        return None;
    };
    let supplied = facts.line_delivered_on.or(facts.delivered_on)?;
    let last = from_supply.end(supplied, facts.holidays)?;
    let known = from_knowledge.end(noticed_on.max(supplied), facts.holidays)?;
    Some(last.min(known))
}

/// The period of the window for these goods and this way of selling.
pub(crate) fn length(right: &RightRule, question: &Question<'_>) -> Option<Period> {
    let (window, has) = (&right.window, |c| question.circumstances.has(c));
    if let Some((period, ways)) = window.visit
        && question.facts.channel == SaleChannel::OffPremises
        && ways & solicitation_bit(question.facts.solicitation) != 0
    {
        return Some(period);
    }
    let special = [
        (window.used, Circumstance::UsedGoods),
        (window.perishable, Circumstance::PerishableGoods),
        (window.non_durable, Circumstance::NonDurableGoods),
        (window.durable, Circumstance::DurableGoods),
        (window.seller_credit, Circumstance::SellerCredit),
    ];
    special
        .into_iter()
        .find_map(|(period, when)| period.filter(|_| has(when)))
        .or(window.period)
}

fn without_copy(right: &RightRule, facts: &LawFacts<'_>) -> Option<Date> {
    let (period, alternative) = right.window.alternative?;
    let copy = facts.days.contract_copy_received_on;
    let in_time = match (copy, alternative.copy_within) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(copy), Some(days)) => {
            let span = jiff::Span::new().days(i64::from(days));
            copy <= facts.contract_date.checked_add(span).ok()?
        }
    };
    if in_time {
        None
    } else {
        period.end(facts.contract_date, facts.holidays)
    }
}

/// The day of the start event; `None` if it has not happened.
fn start_of(start: WindowStart, facts: &LawFacts<'_>, c: Circumstances) -> Option<Date> {
    use WindowStart as S;
    let contract = Some(facts.contract_date);
    let delivery = facts.line_delivered_on.or(facts.delivered_on);
    let days = &facts.days;
    let document = days
        .contract_document_received_on
        .or(days.contract_copy_received_on);
    match start {
        S::PossessionLastGood => facts.delivered_on,
        S::Delivery | S::Supply => delivery,
        S::Contract | S::Purchase | S::ContractAndEachRelevantRenewal => contract,
        S::ContractAndInformationLater => match facts.informed {
            Informed::Yes => contract,
            Informed::Late(on) => Some(on.max(facts.contract_date)),
            Informed::No => None,
        },
        S::ProperlyCompletedOrder => days.order_complete_on.or(contract),
        S::FirstStatementWithErrorSent | S::StatementSent => days.statement_sent_on,
        S::ContractCopyReceived => days.contract_copy_received_on,
        S::StatutoryDocumentReceived => document,
        S::AgreementOrDocumentReceived | S::ContractOrNoticeReceived => later(contract, document),
        S::ContractDocumentOrDeliveryLater | S::DeliveryOrDocumentLater => {
            delivery.and_then(|day| later(Some(day), document))
        }
        S::ContractOrDeliveryLater => delivery.and_then(|day| later(contract, Some(day))),
        S::DeliveryOrDiscoveryIfHidden => match facts.request {
            // What shows itself after delivery was hidden, unless something else is known.
            RequestKind::Defect { noticed_on } if !c.has(Circumstance::ApparentDefect) => {
                delivery.map(|day| day.max(noticed_on))
            }
            _ => delivery,
        },
    }
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// The end of a rejection period that waits for a repair: the later of seven days after the
/// wait and the original end plus the wait, both its first and last day counted. `None` while
/// the consumer still waits.
fn paused(right: &RightRule, end: Date, facts: &LawFacts<'_>) -> Option<Date> {
    let from = facts.days.repair_requested_on.filter(|_| right.pauses);
    // A repair asked for after the end stops nothing.
    let Some(from) = from.filter(|from| *from <= end) else {
        return Some(end);
    };
    let to = facts.days.repaired_goods_received_on?;
    if to < from {
        return Some(end);
    }
    let waited = from.until(to).ok()?.get_days() + 1;
    let rest = end.checked_add(jiff::Span::new().days(waited)).ok()?;
    let seven = to.checked_add(jiff::Span::new().days(7)).ok()?;
    Some(rest.max(seven))
}

/// Last day with the extension; `None` while the right stays open.
fn extend(
    extension: &Extension,
    window: Period,
    start: Date,
    initial: Date,
    question: &Question<'_>,
) -> Option<Date> {
    let facts = question.facts;
    if !question.circumstances.has(extension.when) {
        return Some(initial);
    }
    if extension.when == Circumstance::WithdrawalRightNotInformed {
        return not_informed(extension, window, start, initial, facts);
    }
    let times = extension.times.unwrap_or(1).min(facts.repairs().max(1));
    let period = extension.period.map(|p| p.times(times))?;
    let from = match extension.start {
        Some(ExtensionStart::EndOfInitialWindow | ExtensionStart::EndOfGuarantee) => initial,
        Some(ExtensionStart::Contract) => facts.contract_date,
        Some(ExtensionStart::AddressKnownOrObstructionEnds) => facts.days.obstruction_ended_on?,
        Some(ExtensionStart::InformationReceived) => match facts.informed {
            Informed::Late(on) => on,
            _ => return None,
        },
        Some(ExtensionStart::Delivery | ExtensionStart::DeliveryOrDocumentLater) | None => start,
    };
    let end = period.end(from, facts.holidays)?;
    // No extension makes the consumer's time shorter.
    Some(end.max(initial))
}

fn not_informed(
    extension: &Extension,
    window: Period,
    start: Date,
    initial: Date,
    facts: &LawFacts<'_>,
) -> Option<Date> {
    let told = match facts.informed {
        Informed::Late(on) => Some(on),
        _ => None,
    };
    if let (Some((late, within)), Some(on)) = (extension.late, told) {
        let from = match within {
            // "Beginning with the first day" counts the day after the start event.
            Some(p) if p.include_start => start.tomorrow().ok()?,
            _ => start,
        };
        let limit = within.and_then(|p| p.end_strict(from, facts.holidays));
        if limit.is_none_or(|limit| on <= limit) {
            return Some(initial.max(late.end(on, facts.holidays)?));
        }
    }
    let cap = extension
        .cap
        .and_then(|cap| cap.end(initial, facts.holidays));
    let Some(period) = extension.period else {
        // Open while nobody informed; afterwards the ordinary window runs from that day.
        return told.and_then(|on| Some(initial.max(window.end(on, facts.holidays)?)));
    };
    let end = match extension.start {
        Some(ExtensionStart::InformationReceived) => match told {
            Some(on) => period.end(on, facts.holidays)?,
            None => cap?,
        },
        _ => period.end(initial, facts.holidays)?,
    };
    let end = cap.map_or(end, |cap| end.min(cap));
    Some(end.max(initial))
}

/// The day of the act that keeps a right; `None` for acts of the trader.
pub(crate) fn act_of(met_by: MetBy, facts: &LawFacts<'_>) -> Option<Date> {
    let sent = facts.notice_sent_on;
    let back = match (
        facts.days.goods_sent_back_on,
        facts.days.goods_received_back_on,
    ) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Some(match met_by {
        MetBy::SendingNotice
        | MetBy::ConsumerIndicatesRejection
        | MetBy::RejectionNotice
        | MetBy::CourtClaim
        | MetBy::Claim
        | MetBy::Complaint
        | MetBy::Request => sent,
        MetBy::SendingNoticeOrGoods => back.map_or(sent, |day| day.min(sent)),
        MetBy::ReceiptOfNotice => facts.notice_received_on,
        // Who asks to return the goods has tried to.
        MetBy::ReturnOrAttempt => back.map_or(sent, |day| day.min(sent)),
        MetBy::Return | MetBy::Dispatch => back.unwrap_or(sent),
        MetBy::DefectApparent => match facts.request {
            RequestKind::Defect { noticed_on } => noticed_on,
            _ => sent,
        },
        MetBy::TraderDelivery | MetBy::TraderShipment => return None,
    })
}
