//! The decision on a request for a return: pure and total. The policy speaks first, the law
//! last and it always wins (invariant 4). Same facts, same decision, byte for byte.

use crate::account::OrderAccount;
use crate::decision::{
    Clocks, Decision, LawBasis, LineDecision, Path, RequestedLine, Terms, Verdict,
};
use crate::floor::{self, Whole};
use crate::order::{OrderLine, SalesOrder};
use crate::quote::TenderStrategy;
use crate::quoting::{self, Priced};
use crate::refund::LineTerms;
use kernel::{Basis, CaseId, Date, Money, Reason, ReasonCode, plus_days};
use law::{Entitlement, Floor, Holidays, LawBook, RefundEvents, Remedy, Right};
use policy::{
    ClauseRef, Outcome, OutcomeSet, Payer, Policy, PolicyAnswer, PolicyFacts, RefundControl,
};
use smallvec::SmallVec;

/// Everything a decision looks at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The order as sold.
    pub order: &'a SalesOrder,
    /// Its account.
    pub account: &'a OrderAccount,
    /// The case, if it holds its units already; none for a dry run or a new request.
    pub case: Option<CaseId>,
    /// What is asked.
    pub lines: &'a [RequestedLine],
    /// Which way.
    pub path: Path,
    /// The day of asking, as the policy counts it.
    pub asked_on: Date,
    /// The day the notice was sent, as the law counts it.
    pub notice_sent_on: Date,
    /// The day it came in, local at the consumer's place.
    pub notice_received_on: Date,
    /// The policy version pinned at purchase.
    pub policy: &'a Policy,
    /// The law.
    pub law: &'a LawBook,
    /// Public holidays at the place of delivery.
    pub holidays: &'a Holidays,
    /// Returnless refunds this customer had from this client in the last 365 days.
    pub returnless_used_365d: u32,
    /// What went wrong, for a claim.
    pub claim: Option<crate::claim::ClaimKind>,
    /// What a label would cost the customer if they pay it, minor units.
    pub label_cost_minor: i64,
    /// How a refund is spread over several tenders.
    pub tenders: TenderStrategy,
}

/// Reasons a line has room for before it needs more.
const REASONS: usize = 6;

/// What is the same for every line of a request, worked out once.
struct Shared {
    whole: Whole,
    authorise_expires: Option<Date>,
}

/// Decides every line and quotes the whole.
pub fn decide(facts: &Facts<'_>) -> Decision {
    let (mut lines, priced, mut terms) = each(facts);
    limit(facts, &mut lines, &priced);
    let quote = quoting::quote(facts, &lines, &mut terms);
    let auto = !lines.is_empty() && lines.iter().all(|l| l.verdict.is_authorised());
    let basis = LawBasis {
        law: facts.law.version_id(),
        holidays: facts.holidays.version().cloned(),
    };
    Decision {
        lines,
        quote,
        auto,
        basis: Some(basis),
    }
}

/// What is decided for each line alone, what the approval limit looks at, and its terms.
type Each = (
    Vec<LineDecision>,
    SmallVec<[Priced; 4]>,
    SmallVec<[LineTerms; 2]>,
);

/// Every line by itself.
pub(crate) fn each(facts: &Facts<'_>) -> Each {
    let days = facts.policy.authorisation_days();
    let shared = Shared {
        whole: Whole::of(facts.order),
        authorise_expires: Some(plus_days(facts.asked_on, days).unwrap_or(Date::MAX)),
    };
    let mut lines = Vec::with_capacity(facts.lines.len());
    let mut priced: SmallVec<[Priced; 4]> = SmallVec::new();
    let mut terms: SmallVec<[LineTerms; 2]> = SmallVec::new();
    let question = |asked: &RequestedLine| {
        let sold = facts.order.line(asked.line)?;
        Some(floor::Question::of(facts, asked, sold))
    };
    for alike in facts.lines.chunk_by(|a, b| question(a) == question(b)) {
        let Some(question) = alike.first().and_then(question) else {
            for asked in alike {
                lines.push(unknown_line(asked));
                priced.push(Priced::NOTHING);
                terms.push(quoting::nothing(asked.line));
            }
            continue;
        };
        let floor = floor::answer(facts, &shared.whole, &question);
        for asked in alike {
            let Some(sold) = facts.order.line(asked.line) else {
                continue;
            };
            let (decision, price, money) = line(facts, &shared, asked, sold, &floor);
            lines.push(decision);
            priced.push(price);
            terms.push(money);
        }
    }
    (lines, priced, terms)
}

/// Above the approval limit a person looks, unless a statutory right carries the line.
fn limit(facts: &Facts<'_>, lines: &mut [LineDecision], priced: &[Priced]) {
    let voluntary = |l: &LineDecision| l.verdict.is_authorised() && !l.terms.statutory;
    let mut asked: i64 = 0;
    for (l, p) in lines.iter().zip(priced) {
        if voluntary(l) {
            asked = asked.saturating_add(p.goods);
        }
    }
    for (l, p) in lines.iter_mut().zip(priced).filter(|(l, _)| voluntary(l)) {
        let Some((limit, clause)) = p.approval else {
            continue;
        };
        if limit.is_none_or(|limit| asked > limit) {
            let basis = Basis::Policy {
                clause: facts.policy.clause_id(clause),
            };
            let amount = Money::new(limit.unwrap_or(0), facts.order.currency);
            let reason = Reason::new(ReasonCode::AboveApprovalLimit, basis);
            l.reasons
                .insert(0, reason.on_line(l.line).with_amount(amount));
            l.verdict = Verdict::Review;
        }
    }
}

/// One line: policy, then law, then what follows for its money.
fn line(
    facts: &Facts<'_>,
    shared: &Shared,
    asked: &RequestedLine,
    sold: &OrderLine,
    floor: &Floor,
) -> (LineDecision, Priced, LineTerms) {
    let whole = &shared.whole;
    let worth = quoting::worth(facts, asked);
    let answer = facts
        .policy
        .evaluate(&policy_facts(facts, whole, asked, sold, worth));
    let right = floor.best();
    let mut reasons = Vec::with_capacity(REASONS);
    let by_policy = policy_verdict(facts, asked, &answer, &mut reasons);
    floor::reasons(floor, asked.line, &mut reasons);

    let free = match facts.case {
        Some(_) => asked.units,
        None => facts.account.free_units(facts.order, asked.line),
    };
    let (verdict, carried) = if asked.units == 0 || asked.units > free {
        let code = if sold.fulfilled == 0 {
            ReasonCode::NotFulfilled
        } else {
            ReasonCode::NoUnitsLeft
        };
        let reason = Reason::new(code, Basis::Order).on_line(asked.line);
        reasons.insert(0, reason.with_number(i64::from(free)));
        (Verdict::Decline, false)
    } else {
        with_floor(facts, asked, by_policy, right, floor, &mut reasons)
    };
    if worth == 0 {
        reasons.push(Reason::new(ReasonCode::NothingPaid, Basis::Order).on_line(asked.line));
    }
    let terms = terms(&answer, right.filter(|_| carried));
    let offered = offered(asked.wanted, by_policy, &answer, right.filter(|_| carried));
    if verdict != Verdict::Decline && !offered.contains(&asked.wanted) {
        let basis = Basis::Policy {
            clause: facts.policy.clause_id(answer.clauses.outcomes),
        };
        let names: SmallVec<[&str; 5]> = offered.iter().map(|o| o.as_str()).collect();
        let reason = Reason::new(ReasonCode::OutcomesLimited, basis).on_line(asked.line);
        reasons.push(reason.with_text(names.join(",")));
    }
    let withdrawal = floor.without_reason();
    let clocks = Clocks {
        window_until: answer.window_until,
        withdrawal_until: withdrawal
            .filter(|e| e.is_usable())
            .and_then(|e| e.deadline),
        refund_due: right.filter(|_| carried).and_then(|e| refund_due(facts, e)),
        refund_promised: None,
        authorise_expires: shared.authorise_expires,
    };
    let price = Priced {
        goods: worth,
        approval: Some((answer.auto_approve_up_to, answer.clauses.approval)),
    };
    let money = quoting::terms(facts, asked, &answer, right.filter(|_| carried));
    let decision = LineDecision {
        line: asked.line,
        units: asked.units,
        verdict,
        offered,
        reasons,
        clocks,
        terms,
    };
    (decision, price, money)
}

/// The policy's verdict with its reasons. No review limit yet: it looks at the whole request.
fn policy_verdict(
    facts: &Facts<'_>,
    asked: &RequestedLine,
    answer: &PolicyAnswer,
    reasons: &mut Vec<Reason>,
) -> Verdict {
    let because = |code: ReasonCode, clause: ClauseRef| {
        let basis = Basis::Policy {
            clause: facts.policy.clause_id(clause),
        };
        Reason::new(code, basis).on_line(asked.line)
    };
    let clauses = &answer.clauses;
    match answer.verdict {
        policy::Verdict::Eligible => {
            // In time whatever day the goods arrive: nothing to name as the last day yet.
            let code = match answer.window_until {
                Some(_) => ReasonCode::WindowOpen,
                None => ReasonCode::WindowNotStarted,
            };
            let mut reason = because(code, clauses.window);
            reason.date = answer.window_until;
            reasons.push(reason);
            let money = matches!(asked.wanted, Outcome::Refund | Outcome::StoreCredit);
            if answer.returnless && money {
                let code = if answer.donate {
                    ReasonCode::ReturnlessDonate
                } else {
                    ReasonCode::ReturnlessBelowThreshold
                };
                reasons.push(because(code, clauses.returnless));
                return Verdict::AuthoriseReturnless;
            }
            Verdict::Authorise
        }
        policy::Verdict::Outside(code) => {
            let mut reason = because(code, clauses.verdict);
            reason.date = answer
                .window_until
                .filter(|_| code == ReasonCode::WindowClosed);
            reasons.push(reason);
            Verdict::Decline
        }
        policy::Verdict::NeedsEvidence(missing) => {
            let mut names: SmallVec<[&str; 3]> = SmallVec::new();
            names.extend((missing.photos > 0).then_some("photos"));
            names.extend(missing.note.then_some("note"));
            names.extend(missing.serial.then_some("serial"));
            let reason = because(ReasonCode::EvidenceMissing, clauses.verdict);
            reasons.push(reason.with_text(names.join(",")));
            Verdict::NeedsInfo { missing }
        }
        policy::Verdict::NotStarted => {
            reasons.push(because(ReasonCode::WindowNotStarted, clauses.window));
            Verdict::Review
        }
    }
}

/// The law on top of the policy: the verdict, and whether a statutory right carries it.
fn with_floor(
    facts: &Facts<'_>,
    asked: &RequestedLine,
    by_policy: Verdict,
    right: Option<&Entitlement>,
    floor: &Floor,
    reasons: &mut Vec<Reason>,
) -> (Verdict, bool) {
    let review = |reasons: &mut Vec<Reason>, basis: Basis| {
        reasons.insert(
            0,
            Reason::new(ReasonCode::NeedsReview, basis).on_line(asked.line),
        );
    };
    if let Some(right) = right {
        let verdict = match right.right {
            r if r.needs_no_reason() && by_policy == Verdict::AuthoriseReturnless => by_policy,
            r if r.needs_no_reason() => Verdict::Authorise,
            // A defect is a fact someone must believe: the policy's evidence rules stand, but
            // its window and exclusions do not. Later than presumed, a person judges the cause.
            Right::ShortTermReject | Right::Conformity => match by_policy {
                Verdict::Decline | Verdict::Review => {
                    if right
                        .presumed_until
                        .is_none_or(|day| facts.notice_sent_on <= day)
                    {
                        Verdict::Authorise
                    } else {
                        review(reasons, floor::basis(right));
                        Verdict::Review
                    }
                }
                other => other,
            },
            _ => {
                review(reasons, floor::basis(right));
                Verdict::Review
            }
        };
        if verdict.is_authorised() && !by_policy.is_authorised() {
            let reason = Reason::new(ReasonCode::LawOverridesPolicy, floor::basis(right));
            reasons.insert(0, reason.on_line(asked.line));
        }
        return (verdict, true);
    }
    // The statutory door is never shut by a machine: no usable right means a person looks,
    // unless the policy grants it anyway.
    if facts.path == Path::Withdrawal && !by_policy.is_authorised() {
        let basis = floor
            .entitlements
            .first()
            .map_or(Basis::Order, floor::basis);
        review(reasons, basis);
        return (Verdict::Review, false);
    }
    // Where nobody wrote the law down, a machine must not say no.
    let unknown = floor
        .none
        .as_ref()
        .is_some_and(|n| n.why == law::WhyNone::NotCovered);
    if unknown && by_policy == Verdict::Decline {
        review(reasons, Basis::Order);
        return (Verdict::Review, false);
    }
    (by_policy, false)
}

/// What holds for the money: the policy's terms, bettered by the right that carries the line.
fn terms(answer: &PolicyAnswer, right: Option<&Entitlement>) -> Terms {
    let mut terms = Terms {
        fault: answer.fault,
        label_paid_by: answer.label_paid_by,
        refund_control: answer.refund_control,
        statutory: false,
        may_deduct: !answer.fault.is_sellers_side(),
        refund_within_days: answer.refund_within_days,
        donate: answer.donate,
        return_to: answer.return_to,
        route: answer.route,
    };
    let Some(right) = right else { return terms };
    terms.statutory = true;
    terms.refund_control = answer.statutory_refund_control;
    if matches!(
        right.return_cost,
        law::Payer::Trader | law::Payer::NotApplicable
    ) {
        terms.label_paid_by = Payer::Merchant;
    }
    terms.may_deduct &= right.deduction == law::Deduction::ExcessHandling;
    // Inspection may not delay a statutory refund; without a right to withhold nothing may.
    let withhold = right.refund_clock.is_none_or(|c| c.waits_for_goods());
    let latest = if withhold {
        RefundControl::Received
    } else {
        RefundControl::Approved
    };
    terms.refund_control = terms.refund_control.min(latest);
    terms
}

fn refund_due(facts: &Facts<'_>, right: &Entitlement) -> Option<Date> {
    right.refund_clock.as_ref()?.due_strict(
        &RefundEvents::notice(facts.notice_sent_on, facts.notice_received_on),
        facts.holidays,
    )
}

/// What the customer may choose, the wanted outcome first.
fn offered(
    wanted: Outcome,
    by_policy: Verdict,
    answer: &PolicyAnswer,
    right: Option<&Entitlement>,
) -> SmallVec<[Outcome; 5]> {
    let by_policy = match by_policy {
        Verdict::Decline => OutcomeSet::EMPTY,
        _ => answer.outcomes,
    };
    let lawful: &[Outcome] = match right.map(|r| r.remedy) {
        Some(Remedy::Refund | Remedy::Reject) => &[Outcome::Refund],
        Some(Remedy::ConsumerChooses) => &[Outcome::Refund, Outcome::Replacement, Outcome::Repair],
        Some(Remedy::RepairOrReplaceFirst) => &[Outcome::Replacement, Outcome::Repair],
        None => &[],
    };
    let mut out: SmallVec<[Outcome; 5]> = SmallVec::new();
    for outcome in Outcome::ALL {
        if by_policy.has(*outcome) || lawful.contains(outcome) {
            out.push(*outcome);
        }
    }
    if let Some(at) = out.iter().position(|o| *o == wanted) {
        let chosen = out.remove(at);
        out.insert(0, chosen);
    }
    out
}

/// The client's own reason; one that does not stand for the reason given counts as none.
fn own_reason(policy: &Policy, asked: &RequestedLine) -> Option<policy::OwnReasonId> {
    let (id, code) = policy.own_reason(asked.own.as_deref()?)?;
    (code == asked.reason).then_some(id)
}

pub(crate) fn policy_facts(
    facts: &Facts<'_>,
    whole: &Whole,
    asked: &RequestedLine,
    sold: &OrderLine,
    requested_minor: i64,
) -> PolicyFacts {
    PolicyFacts {
        placed_on: facts.order.placed_on,
        delivered_on: sold.delivered_on,
        last_delivered_on: whole.last_delivered_on,
        fulfilled_on: sold.fulfilled_on,
        asked_on: facts.asked_on,
        channel: facts.order.channel,
        market: facts.order.place.country,
        category: facts.policy.goods(&sold.category, &sold.sku),
        final_sale: sold.final_sale,
        opened: asked.opened,
        lacks: asked.lacks,
        reason: asked.reason,
        own_reason: own_reason(facts.policy, asked),
        wanted: Some(asked.wanted),
        units: asked.units,
        requested_minor,
        order_minor: whole.goods_minor,
        currency: facts.order.currency,
        evidence: asked.evidence,
        returnless_used_365d: facts.returnless_used_365d,
    }
}

/// A line the order does not have.
fn unknown_line(asked: &RequestedLine) -> LineDecision {
    let reason = Reason::new(ReasonCode::NoUnitsLeft, Basis::Order);
    LineDecision {
        line: asked.line,
        units: asked.units,
        verdict: Verdict::Decline,
        offered: SmallVec::new(),
        reasons: vec![reason.on_line(asked.line).with_number(0)],
        clocks: Clocks::default(),
        terms: Terms {
            fault: policy::Fault::None,
            label_paid_by: Payer::Customer,
            refund_control: RefundControl::Inspected,
            statutory: false,
            may_deduct: false,
            refund_within_days: 0,
            donate: false,
            return_to: None,
            route: None,
        },
    }
}
