//! Answering one question from compiled rules: which rules fit, and what each gives. No
//! allocation beyond the answer, no parsing.

use crate::{
    Entitlement, Floor, Informed, LawFacts, NoFloor, RefundClock, RequestKind, Right, Status,
    WhyNone,
    calendar::Period,
    facts::{Circumstances, SubChannels},
    rule::{Body, RightRule, Rule, ask, channel_bit, subject_bit},
    window::{Counted, act_of},
    words::{
        Buyer, Circumstance, ExemptionCondition, FloorKind, MetBy, Payer, RefundEvent, ReturnStart,
        SaleChannel, Solicitation, SubChannel, UnitWord,
    },
};
use jiff::civil::Date;
use smallvec::SmallVec;
use std::sync::Arc;

/// How a rule stands to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It speaks.
    Speaks,
    /// It would, but for one thing the statute asks: it decides that there is nothing.
    SetAside(WhyNone),
    /// It is about something else.
    No(WhyNot),
}

/// Why a rule is not about the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// About another kind of request.
    Request,
    /// About another kind of buyer.
    Buyer,
    /// About another channel.
    Channel,
    /// About a narrower way of selling.
    SubChannel,
    /// About something else than what was sold.
    Subject,
    /// In force only for later contracts.
    NotYetInForce,
    /// In force only for earlier contracts.
    NoLongerInForce,
    /// Announced, not in force.
    Future,
    /// A more specific rule speaks in its place.
    Overlaid,
    /// A duty of the trader without a right of the buyer.
    Duty,
}

/// The question with what follows from it, worked out once.
pub(crate) struct Question<'q> {
    pub facts: &'q LawFacts<'q>,
    pub circumstances: Circumstances,
    ways: SubChannels,
    request: u8,
}

impl<'q> Question<'q> {
    pub fn new(facts: &'q LawFacts<'q>) -> Self {
        Self {
            facts,
            circumstances: facts.all_circumstances(),
            ways: facts.ways(),
            request: match facts.request {
                RequestKind::ChangeOfMind => ask::CHANGE_OF_MIND,
                RequestKind::Defect { .. } => ask::DEFECT,
                RequestKind::NonDelivery => ask::NON_DELIVERY,
                RequestKind::PaymentRefund => ask::PAYMENT_REFUND,
                RequestKind::PaymentDispute => ask::PAYMENT_DISPUTE,
            },
        }
    }

    /// The kind of request, as a bit of [`Rule::requests`].
    pub const fn request(&self) -> u8 {
        self.request
    }

    /// Whether a rule speaks to the question, leaving aside that another may speak in its place.
    pub fn fit(&self, rule: &Rule) -> Fit {
        let facts = self.facts;
        if matches!(rule.body, Body::Duty) {
            return Fit::No(WhyNot::Duty);
        }
        if rule.requests & self.request == 0 {
            return Fit::No(WhyNot::Request);
        }
        if rule.channels & channel_bit(facts.channel) == 0 {
            return Fit::No(WhyNot::Channel);
        }
        if !rule.ways.is_empty() && !rule.ways.meets(self.ways)
            || rule.ways_excluded.meets(self.ways)
        {
            return Fit::No(WhyNot::SubChannel);
        }
        if rule.subjects & subject_bit(facts.subject) == 0 {
            return Fit::No(WhyNot::Subject);
        }
        if rule.floor == FloorKind::Future {
            return Fit::No(WhyNot::Future);
        }
        if rule.from.is_some_and(|from| facts.contract_date < from) {
            return Fit::No(WhyNot::NotYetInForce);
        }
        if rule.to.is_some_and(|to| facts.contract_date > to) {
            return Fit::No(WhyNot::NoLongerInForce);
        }
        if rule.buyer.is_some_and(|buyer| buyer != facts.buyer) {
            return Fit::No(WhyNot::Buyer);
        }
        match self.hindrance(rule) {
            Some(why) => Fit::SetAside(why),
            None => Fit::Speaks,
        }
    }

    fn hindrance(&self, rule: &Rule) -> Option<WhyNone> {
        if self.below_threshold(rule) {
            return Some(WhyNone::BelowThreshold);
        }
        let Body::Right(right) = &rule.body else {
            return None;
        };
        let broken = self.circumstances.has(Circumstance::DisclosureFailure);
        match right.right {
            Right::UndisclosedPolicyRefund | Right::DefaultReturn
                if self.facts.policy_disclosed =>
            {
                Some(WhyNone::PolicyDisclosed)
            }
            Right::CancelForDisclosureFailure if !broken => Some(WhyNone::NoDisclosureFailure),
            _ => None,
        }
    }

    fn below_threshold(&self, rule: &Rule) -> bool {
        let (Some(limit), Some(value)) = (&rule.threshold, self.facts.contract_value) else {
            return false;
        };
        if limit.channel.is_some_and(|c| c != self.facts.channel) {
            return false;
        }
        if limit.not_if_requested && self.circumstances.has(Circumstance::NegotiationRequested) {
            return true;
        }
        if limit.paid_at_once && !self.paid_at_once() {
            return false;
        }
        let least = limit
            .elsewhere
            .filter(|_| self.away_from_home())
            .unwrap_or(limit.value);
        // Amounts of two currencies are not compared: the right stands.
        if least.currency != value.currency {
            return false;
        }
        if limit.at_least {
            value.minor < least.minor
        } else {
            value.minor <= least.minor
        }
    }

    /// Paid and performed when the contract was made: what came later was not performed then,
    /// and of a payment nobody told, none is presumed.
    fn paid_at_once(&self) -> bool {
        self.facts.delivered_on == Some(self.facts.contract_date)
            && self.circumstances.has(Circumstance::PaidAtOnce)
            && !self.circumstances.has(Circumstance::SellerCredit)
    }

    fn away_from_home(&self) -> bool {
        let elsewhere = [
            SubChannel::Workplace,
            SubChannel::PublicPlace,
            SubChannel::Excursion,
        ];
        let known = self.facts.sub_channels;
        !known.has(SubChannel::Doorstep)
            && (elsewhere.iter().any(|way| known.has(*way))
                || self.facts.solicitation == Solicitation::Excursion)
    }
}

/// Applies the rules that can speak, most specific place first; `fallback` speaks when none fits.
pub(crate) fn floor(rules: &[Arc<Rule>], fallback: &Arc<str>, question: &Question<'_>) -> Floor {
    let facts = question.facts;
    let mut entitlements: SmallVec<[Entitlement; 2]> = SmallVec::new();
    let mut spoken: SmallVec<[&Rule; 6]> = SmallVec::new();
    let mut silent: SmallVec<[(&Rule, WhyNone); 4]> = SmallVec::new();
    let mut repair: Option<(&Rule, Period)> = None;
    let mut business = false;
    for rule in rules {
        match question.fit(rule) {
            Fit::No(WhyNot::Buyer) => business |= facts.buyer == Buyer::Business,
            Fit::No(_) => {}
            _ if overlaid(rule, &spoken) => {}
            Fit::SetAside(why) => {
                spoken.push(rule);
                silent.push((rule, why));
            }
            Fit::Speaks => {
                spoken.push(rule);
                match &rule.body {
                    Body::Right(right) => {
                        entitlements.push(entitlement(rule, right, question));
                    }
                    Body::None(why) => silent.push((rule, *why)),
                    Body::RepairExtension(period) => repair = repair.or(Some((rule, *period))),
                    Body::Duty => {}
                }
            }
        }
    }
    if let Some((rule, period)) = repair {
        lengthen(&mut entitlements, rule, period, question);
    }
    yield_to_others(&mut entitlements);
    let none = none(&entitlements, &silent, business, fallback, facts);
    Floor { entitlements, none }
}

/// Takes out what a statute gives only where another one does not apply.
fn yield_to_others(entitlements: &mut SmallVec<[Entitlement; 2]>) {
    while let Some(at) = entitlements.iter().position(|e| yields(e, entitlements)) {
        entitlements.remove(at);
    }
}

fn yields(e: &Entitlement, all: &[Entitlement]) -> bool {
    let Body::Right(right) = &e.detail.body else {
        return false;
    };
    let stands = |o: &&Entitlement| !matches!(o.status, Status::Exempt(_));
    !right.yields_to.is_empty()
        && all
            .iter()
            .filter(stands)
            .any(|o| o.rules.iter().any(|id| right.yields_to.contains(id)))
}

/// A more specific rule about the same right has spoken already.
pub(crate) fn overlaid(rule: &Rule, spoken: &[&Rule]) -> bool {
    spoken.iter().any(|other| {
        other.ids.len() > rule.ids.len()
            && other.ids.contains(rule.id())
            && kind(other) == kind(rule)
    })
}

fn kind(rule: &Rule) -> Option<Right> {
    match &rule.body {
        Body::Right(right) => Some(right.right),
        _ => None,
    }
}

fn none(
    entitlements: &[Entitlement],
    silent: &[(&Rule, WhyNone)],
    business: bool,
    fallback: &Arc<str>,
    facts: &LawFacts<'_>,
) -> Option<NoFloor> {
    if entitlements
        .iter()
        .any(|e| !matches!(e.status, Status::Exempt(_)))
    {
        return None;
    }
    // What was set aside says nothing about defects: only a statement of no floor does.
    let counts = |rule: &Rule| {
        matches!(rule.body, Body::None(_)) || facts.request == RequestKind::ChangeOfMind
    };
    let mut said = silent.iter().filter(|(rule, _)| counts(rule)).peekable();
    let Some((first, why)) = said.peek().copied() else {
        if !entitlements.is_empty() {
            return None;
        }
        let why = if business && facts.buyer == Buyer::Business {
            WhyNone::BusinessBuyer
        } else {
            WhyNone::NotCovered
        };
        return Some(NoFloor {
            rule: fallback.clone(),
            rules: SmallVec::new(),
            citation: fallback.clone(),
            why,
        });
    };
    let mut rules: SmallVec<[Arc<str>; 4]> = SmallVec::new();
    let exempt = entitlements.iter().map(|e| &e.rules);
    for ids in exempt.chain(said.map(|(rule, _)| &rule.ids)) {
        for id in ids.iter() {
            if !rules.contains(id) {
                rules.push(id.clone());
            }
        }
    }
    Some(NoFloor {
        rule: first.id().clone(),
        rules,
        citation: first.citation.clone(),
        why: *why,
    })
}

fn entitlement(rule: &Arc<Rule>, right: &RightRule, question: &Question<'_>) -> Entitlement {
    let facts = question.facts;
    let line = facts.line_delivered_on.or(facts.delivered_on);
    let window = Counted::of(right, question);
    let status = match exemption(right, question) {
        Some(exemption) => Status::Exempt(exemption),
        None => status(right, &window, facts),
    };
    let (refund_clock, refund_basis) = refund(right, window.end, facts);
    Entitlement {
        right: right.right,
        rule: rule.id().clone(),
        rules: rule.ids.clone(),
        citation: rule.citation.clone(),
        status,
        deadline: window
            .end
            .filter(|_| right.window.met_by != MetBy::CourtClaim),
        presumed_until: presumption(right, question)
            .and_then(|b| b.end_strict(line?, facts.holidays)),
        notice_by: match (right.notice_months, facts.request) {
            (Some(period), RequestKind::Defect { noticed_on }) => {
                period.end_strict(noticed_on, facts.holidays)
            }
            _ => None,
        },
        return_by: return_by(right, facts),
        cure_by: right
            .cure
            .and_then(|(period, start)| period.end(day_of(start, facts)?, facts.holidays)),
        acknowledge_by: right
            .acknowledge
            .and_then(|period| period.end(facts.notice_received_on, facts.holidays)),
        refunds_outbound: right.outbound,
        return_cost: payer(right, question.circumstances),
        deduction: right.deduction.answer(question.circumstances),
        remedy: right.remedy,
        refund_clock,
        refund_basis,
        confidence: rule.entry.confidence,
        review: rule.entry.review,
        detail: rule.clone(),
    }
}

/// The exemption that takes the line out, if the conditions of the statute for exemptions hold.
pub(crate) fn exemption(right: &RightRule, question: &Question<'_>) -> Option<crate::Exemption> {
    let facts = question.facts;
    match right.exemption_condition {
        Some(ExemptionCondition::ToldAndDistance)
            if facts.channel != SaleChannel::Distance
                || facts.informed != Informed::Yes
                || question.circumstances.has(Circumstance::ExclusionNotTold) =>
        {
            None
        }
        _ => right.exemptions.first_of(facts.traits),
    }
}

/// What the rule of a union adds to a guarantee after a repair. It counts from the end of the
/// guarantee itself: where the guarantee has a longer addition of its own, that one stands.
fn lengthen(
    entitlements: &mut [Entitlement],
    rule: &Rule,
    period: Period,
    question: &Question<'_>,
) {
    let facts = question.facts;
    if !question.circumstances.has(Circumstance::RepairWasTheRemedy) {
        return;
    }
    for e in entitlements
        .iter_mut()
        .filter(|e| e.right == Right::Conformity && e.deadline.is_some())
    {
        let detail = e.detail.clone();
        let Body::Right(right) = &detail.body else {
            continue;
        };
        let initial = Counted::of(right, question).initial;
        let end = initial.and_then(|day| period.end(day, facts.holidays));
        let Some(end) = end.filter(|end| e.deadline < Some(*end)) else {
            continue;
        };
        e.deadline = Some(end);
        if let Status::Open { until: Some(_) } | Status::Ended { .. } = e.status {
            e.status = if act_of(right.window.met_by, facts).is_some_and(|act| act > end) {
                Status::Ended { on: end }
            } else {
                Status::Open { until: Some(end) }
            };
        }
        e.rules = e.rules.iter().chain([rule.id()]).cloned().collect();
    }
}

fn status(right: &RightRule, window: &Counted, facts: &LawFacts<'_>) -> Status {
    let Some(act) = act_of(right.window.met_by, facts) else {
        return match (facts.line_delivered_on, window.end) {
            (Some(came), _) if came <= facts.notice_sent_on => Status::Ended { on: came },
            (_, Some(day)) if facts.notice_sent_on <= day => Status::NotStarted,
            _ => Status::Open { until: None },
        };
    };
    if window.start.is_none() && window.end.is_none() {
        // A period that has not begun cannot have ended; where no length is stated at all the
        // right is simply open.
        return if right.window.period.is_some() {
            Status::NotStarted
        } else {
            Status::Open { until: None }
        };
    }
    match window.end {
        Some(day) if act > day => Status::Ended { on: day },
        // A limitation period ends with a claim in court, not with the consumer's notice.
        Some(_) if right.window.met_by == MetBy::CourtClaim => Status::Open { until: None },
        until => Status::Open { until },
    }
}

pub(crate) fn payer(right: &RightRule, circumstances: Circumstances) -> Payer {
    let fetched = circumstances.has(Circumstance::TraderOfferedCollection);
    if right.trader_if.meets(circumstances) {
        Payer::Trader
    } else if right.consumer_if.meets(circumstances) {
        Payer::Consumer
    } else if fetched && right.payer == Payer::Consumer {
        // Who comes for the goods asks nothing for the way.
        Payer::Trader
    } else {
        right.payer
    }
}

/// Until when a defect is presumed: shorter for used goods in some places.
pub(crate) fn presumption(right: &RightRule, question: &Question<'_>) -> Option<Period> {
    let used = question.circumstances.has(Circumstance::UsedGoods);
    right.burden_used.filter(|_| used).or(right.burden)
}

fn return_by(right: &RightRule, facts: &LawFacts<'_>) -> Option<Date> {
    let (period, start) = right.return_goods?;
    facts.line_delivered_on?;
    if facts.offered_collection {
        return None;
    }
    period.end(day_of(start, facts)?, facts.holidays)
}

/// The day that starts sending back or putting right; `None` before delivery where it counts.
fn day_of(start: ReturnStart, facts: &LawFacts<'_>) -> Option<Date> {
    let came = facts.line_delivered_on;
    Some(match start {
        ReturnStart::NoticeSent | ReturnStart::Notice => facts.notice_sent_on,
        ReturnStart::TraderInformed | ReturnStart::NoticeReceived => facts.notice_received_on,
        ReturnStart::Delivery => came?,
        ReturnStart::NoticeOrDeliveryLater => came?.max(facts.notice_sent_on),
    })
}

fn refund(
    right: &RightRule,
    deadline: Option<Date>,
    facts: &LawFacts<'_>,
) -> (Option<RefundClock>, Option<UnitWord>) {
    let Some(refund) = &right.refund else {
        return (None, None);
    };
    let Some(period) = refund.period else {
        return (None, Some(refund.unit));
    };
    let no_goods = facts.line_delivered_on.is_none();
    // A start of its own for goods the trader fetches does not ask whether they ever came.
    let fetched = facts.offered_collection && refund.start_if_collection != refund.start;
    let start = if no_goods && !fetched {
        refund.start_if_no_goods
    } else if facts.offered_collection {
        refund.start_if_collection
    } else {
        refund.start
    };
    let may_withhold = !no_goods
        && if facts.offered_collection {
            refund.withhold_if_collection
        } else {
            refund.withhold
        };
    let starts_on = match start {
        RefundEvent::RightToRefundVests => match deadline {
            Some(day) => Some(day),
            None => return (None, None),
        },
        _ => None,
    };
    let clock = RefundClock {
        period,
        start,
        starts_on,
        may_withhold,
    };
    (Some(clock), None)
}
