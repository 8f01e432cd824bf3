//! What the law gives in one case: the fields of a worked decision. Everything about rules comes
//! from [`LawBook::entitlements`]; here lines are put together and money and days are added.

use super::{
    case::{Case, Line},
    facts::{AskedKind, CaseFacts, FactError},
    money::{self, Used},
    pick::{self, Picked},
};
use crate::{
    Confidence, DueDate, Entitlement, Floor, LawBook, LawFacts, Payer, RefundClock, RefundEvent,
    RefundEvents, RequestKind, ReviewState, Right, Status, WhyNone,
    rule::{Body, ByTender, RefundRule},
    words::{Circumstance, RightType, UnitWord},
};
use jiff::civil::Date;
use kernel::Money;
use serde::Serialize;

/// Whether the packs know the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// A rule gives a right, or takes the lines out of one.
    Right,
    /// A rule states that there is no floor.
    NoFloor,
    /// No rule speaks: a person must look. Never a statement that no law exists.
    Unknown,
}

/// A right that stands beside the one the request uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideRight {
    /// The kind.
    pub right_type: RightType,
    /// Its rules, base first.
    pub rule_ids: Vec<String>,
    /// Citation, national first.
    pub citation: String,
    /// It could be used.
    pub usable: bool,
    /// Its last day.
    pub deadline: Option<Date>,
    /// Who would pay the way back.
    pub return_cost_payer: Payer,
}

/// What the law gives in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Whether the packs know.
    pub coverage: Coverage,
    /// Why there is no right, where there is none.
    pub why_none: Option<WhyNone>,
    /// A right of the kind exists for at least one requested line; `None` where the place is
    /// unknown.
    pub statutory_right: Option<bool>,
    /// The right; `None` where the place is unknown.
    pub right_type: Option<RightType>,
    /// Last day to act; for non-delivery the trader's last day.
    pub deadline: Option<Date>,
    /// The act happened in time; `None` where that does not apply.
    pub in_time: Option<bool>,
    /// Last lawful day to refund.
    pub refund_due: Option<Date>,
    /// The same without rollover.
    pub refund_due_strict: Option<Date>,
    /// Why there is no day, in the word of the statute.
    pub refund_due_basis: Option<&'static str>,
    /// Least amount to give back now.
    pub min_refund: Money,
    /// A higher reading of an unsettled point.
    pub min_refund_cautious: Option<Money>,
    /// Who pays the way back.
    pub return_cost_payer: Option<Payer>,
    /// Last day to send the goods back.
    pub return_by: Option<Date>,
    /// Rules that decide, base first.
    pub rule_ids: Vec<String>,
    /// Citations, national first.
    pub citations: Vec<String>,
    /// How sure the research is.
    pub confidence: Option<Confidence>,
    /// Whether counsel approved.
    pub review: Option<ReviewState>,
    /// Requested lines that the law takes out.
    pub exempt_lines: Vec<String>,
    /// Who proves a defect.
    pub burden_on: Option<Payer>,
    /// The step of the remedies that is open, from 1.
    pub remedy_tier: Option<u8>,
    /// Form of the refund.
    pub refund_form: Option<&'static str>,
    /// Last day to tell the trader of a defect.
    pub notice_by: Option<Date>,
    /// Rights that stand beside the one used.
    pub beside: Vec<SideRight>,
    /// Facts that nothing asked for; a slip of the pen hides here.
    pub unused_facts: Vec<String>,
}

/// Evaluates a case.
///
/// # Errors
/// [`FactError`] when the facts contradict themselves or are out of bounds.
pub fn evaluate(book: &LawBook, facts: &CaseFacts) -> Result<Outcome, FactError> {
    let case = Case::read(facts)?;
    Ok(outcome(book, facts, &case))
}

pub(crate) fn outcome(book: &LawBook, facts: &CaseFacts, case: &Case) -> Outcome {
    let mut out = nothing(case);
    if !book.covers(case.place) {
        return out;
    }
    out.statutory_right = Some(false);
    out.right_type = Some(RightType::None);
    let asked: Vec<_> = case.lines.iter().filter(|l| l.requested).collect();
    let floors: Vec<Floor> = asked
        .iter()
        .map(|line| book.entitlements(&case.question(facts, line)))
        .collect();
    let mut used: Vec<Used<'_>> = Vec::new();
    for (line, floor) in asked.iter().zip(&floors) {
        match pick::pick(floor, facts, case) {
            Picked::Right(right) => used.push(Used { line, right }),
            Picked::Exempt => out.exempt_lines.push(line.name.clone()),
            Picked::Nothing => {}
        }
    }
    let over = !used.iter().any(|u| u.right.is_usable());
    if over && facts.request.kind == AskedKind::Defect {
        let lines = asked.iter().zip(&floors);
        let without = lines.filter_map(|(line, floor)| Some((line, pick::without_reason(floor)?)));
        let mut without = without.map(|(line, right)| Used { line, right }).peekable();
        if without.peek().is_some() {
            used = without.collect();
        }
    }
    let Some(main) = main_of(&used, &floors, facts, case) else {
        say_none(&floors, &mut out);
        return out;
    };
    one_right(&asked, &floors, main, &mut used, &mut out.exempt_lines);
    if facts.request.kind == AskedKind::Defect {
        // Who complains of a defect is exempt from nothing, even if another right helps out.
        out.exempt_lines.clear();
    }
    let main = &main;
    out.coverage = Coverage::Right;
    out.statutory_right = Some(true);
    let right = main.right;
    out.right_type = Some(right.right.word());
    let same = || used.iter().filter(|u| u.right.right == right.right);
    out.deadline = same().filter_map(|u| u.right.deadline).max();
    if same().any(|u| u.right.deadline.is_none()) {
        out.deadline = None;
    }
    let usable = used.iter().any(|u| u.right.is_usable());
    out.in_time = (right.right != Right::NonDelivery).then_some(usable);
    for u in &used {
        let new = |id: &&std::sync::Arc<str>| !out.rule_ids.iter().any(|known| *known == ***id);
        let ids: Vec<String> = u
            .right
            .rules
            .iter()
            .filter(new)
            .map(ToString::to_string)
            .collect();
        out.rule_ids.extend(ids);
        let citation = u.right.citation.to_string();
        if !out.citations.contains(&citation) {
            out.citations.push(citation);
        }
    }
    out.confidence = used.iter().map(|u| u.right.confidence).min();
    out.review = Some(right.review);
    if let RequestKind::Defect { noticed_on } = case.question(facts, main.line).request
        && matches!(right.right, Right::Conformity | Right::ShortTermReject)
    {
        // Where no presumption is stated, who proves what is not stated either.
        let presumed = same().filter_map(|u| u.right.presumed_until).max();
        out.burden_on = presumed.map(|until| {
            if noticed_on <= until {
                Payer::Trader
            } else {
                Payer::Consumer
            }
        });
        out.notice_by = right.notice_by;
        if let (Right::Conformity, Body::Right(rule)) = (right.right, &right.detail.body) {
            out.remedy_tier = u8::try_from(pick::tier(rule, case)).ok();
        }
    }
    beside(&floors, right, &mut out);
    if usable {
        with_money(&mut out, &used, *main, facts, case);
    }
    out
}

/// One request uses one right: lines that have the right of the main line use it too, even if it
/// ended for them; lines exempt from it keep another one only if that can be used.
fn one_right<'f>(
    asked: &[&'f Line],
    floors: &'f [Floor],
    main: Used<'f>,
    used: &mut Vec<Used<'f>>,
    exempt: &mut Vec<String>,
) {
    used.clear();
    exempt.clear();
    for (line, floor) in asked.iter().zip(floors) {
        let same = floor.right(main.right.right);
        let living = same.filter(|e| !matches!(e.status, Status::Exempt(_)));
        let other = || {
            let all = floor.entitlements.iter();
            all.filter(|e| e.right.needs_no_reason() == main.right.right.needs_no_reason())
                .find(|e| e.is_usable())
        };
        match living.or_else(other) {
            Some(right) => used.push(Used { line, right }),
            None if same.is_some() => exempt.push(line.name.clone()),
            None => {}
        }
    }
}

/// The line whose right speaks for the case: of the rights that lines picked, the one that gives
/// money back for most lines, then the one that can be used for most, then the better one.
fn main_of<'f>(
    used: &[Used<'f>],
    floors: &'f [Floor],
    facts: &CaseFacts,
    case: &Case,
) -> Option<Used<'f>> {
    let reach = |u: &Used<'_>| {
        let rights = || floors.iter().filter_map(|f| f.right(u.right.right));
        let paying = rights().filter(|e| money::gives_money(e, facts, case));
        let usable = rights().filter(|e| e.is_usable());
        let own = (
            money::gives_money(u.right, facts, case),
            u.right.is_usable(),
        );
        (paying.count(), usable.count(), own, u.right.worth())
    };
    if used.iter().any(|u| u.right.is_usable()) {
        return used.iter().rev().max_by_key(|u| reach(u)).copied();
    }
    // Nothing can be used any more: the right that lasted longest tells when it ended.
    let ended = |u: &Used<'_>| {
        let rights = floors.iter().filter_map(|f| f.right(u.right.right));
        let living = rights.filter(|e| !matches!(e.status, Status::Exempt(_)));
        living.filter_map(|e| e.deadline).max()
    };
    used.iter().rev().max_by_key(|u| ended(u)).copied()
}

fn nothing(case: &Case) -> Outcome {
    Outcome {
        coverage: Coverage::Unknown,
        why_none: Some(WhyNone::NotCovered),
        statutory_right: None,
        right_type: None,
        deadline: None,
        in_time: None,
        refund_due: None,
        refund_due_strict: None,
        refund_due_basis: None,
        min_refund: Money::zero(case.currency),
        min_refund_cautious: None,
        return_cost_payer: None,
        return_by: None,
        rule_ids: Vec::new(),
        citations: Vec::new(),
        confidence: None,
        review: None,
        exempt_lines: Vec::new(),
        burden_on: None,
        remedy_tier: None,
        refund_form: None,
        notice_by: None,
        beside: Vec::new(),
        unused_facts: case.unused.clone(),
    }
}

fn say_none(floors: &[Floor], out: &mut Outcome) {
    let exempt = !out.exempt_lines.is_empty();
    for floor in floors {
        let mut add = |ids: &[std::sync::Arc<str>], citation: &str| {
            for id in ids {
                if !out.rule_ids.iter().any(|known| *known == **id) {
                    out.rule_ids.push(id.to_string());
                }
            }
            if !out.citations.iter().any(|known| known == citation) {
                out.citations.push(citation.to_owned());
            }
        };
        for e in floor
            .entitlements
            .iter()
            .filter(|e| matches!(e.status, Status::Exempt(_)))
        {
            add(&e.rules, &e.citation);
        }
        if let Some(none) = &floor.none {
            if !none.rules.is_empty() {
                add(&none.rules, &none.citation);
            }
            out.why_none = Some(none.why);
        }
    }
    out.coverage = match (exempt, out.why_none) {
        (true, _) => Coverage::Right,
        (false, Some(WhyNone::NotCovered) | None) => Coverage::Unknown,
        _ => Coverage::NoFloor,
    };
    if exempt {
        out.why_none = None;
    }
}

fn beside(floors: &[Floor], main: &Entitlement, out: &mut Outcome) {
    for e in floors.iter().flat_map(|f| &f.entitlements) {
        let known = e.rule == main.rule && e.right == main.right
            || out.beside.iter().any(|s| {
                s.right_type == e.right.word() && s.rule_ids.last() == Some(&e.rule.to_string())
            });
        if !known && !matches!(e.status, Status::Exempt(_)) {
            out.beside.push(SideRight {
                right_type: e.right.word(),
                rule_ids: e.rules.iter().map(ToString::to_string).collect(),
                citation: e.citation.to_string(),
                usable: e.is_usable(),
                deadline: e.deadline,
                return_cost_payer: e.return_cost,
            });
        }
    }
    out.why_none = None;
}

fn with_money(
    out: &mut Outcome,
    used: &[Used<'_>],
    main: Used<'_>,
    facts: &CaseFacts,
    case: &Case,
) {
    let right = main.right;
    let money = |minor| Money::new(minor, case.currency);
    let amounts = money::amounts(used, facts, case);
    out.min_refund = money(amounts.total);
    out.min_refund_cautious = amounts.cautious.map(money);
    let trader = used
        .iter()
        .any(|u| u.right.is_usable() && u.right.return_cost == Payer::Trader);
    out.return_cost_payer = Some(if trader {
        Payer::Trader
    } else {
        right.return_cost
    });
    out.return_by = used
        .iter()
        .filter(|u| u.right.is_usable())
        .filter_map(|u| u.right.return_by)
        .max();
    if !used
        .iter()
        .any(|u| money::gives_money(u.right, facts, case))
    {
        return;
    }
    let Body::Right(rule) = &right.detail.body else {
        return;
    };
    let Some(refund) = &rule.refund else {
        return;
    };
    out.refund_form = form(refund);
    let question = case.question(facts, main.line);
    let (due, basis) = due(right, refund, &question, facts, case, amounts.total);
    out.refund_due = due.map(|d| d.due);
    out.refund_due_strict = due.map(|d| d.strict);
    out.refund_due_basis = basis;
}

fn form(refund: &RefundRule) -> Option<&'static str> {
    match refund.form {
        Some(form) => Some(form.code()),
        None => refund.original_method.then_some("original_method"),
    }
}

/// What happened after the notice.
pub(crate) fn events(facts: &CaseFacts) -> RefundEvents {
    let request = &facts.request;
    let sent = request.notice_sent_on.or(request.notice_received_on);
    RefundEvents {
        notice_sent: sent,
        notice_received: request.notice_received_on.or(sent),
        goods_received: facts.back.received_on,
        proof_of_sending: facts.back.proof_supplied_on,
        agreed: request.refund_agreed_on,
        accepted: request.return_accepted_on,
        terminated: request.terminated_on,
    }
}

fn due(
    right: &Entitlement,
    refund: &RefundRule,
    question: &LawFacts<'_>,
    facts: &CaseFacts,
    case: &Case,
    amount: i64,
) -> (Option<DueDate>, Option<&'static str>) {
    if refund.seller_credit_exception && case.circumstances.has(Circumstance::SellerCredit) {
        return (None, Some("one_billing_cycle"));
    }
    let events = events(facts);
    if let Some(tender) = &refund.by_tender {
        let start = events.day_of(refund.start).or(events.notice_sent);
        let day = start.and_then(|start| by_tender(tender, facts, case, amount, start, question));
        return (day, day.is_none().then_some(refund.unit.as_str()));
    }
    let Some(clock) = right.refund_clock else {
        return (None, right.refund_basis.map(UnitWord::as_str));
    };
    let day = clock.due(&events, question.holidays);
    let basis = match (day, clock.start) {
        (Some(_), _) => None,
        (None, RefundEvent::Unsettled) => Some("unsettled"),
        (None, _) => Some(match refund.unit {
            UnitWord::AtReturn | UnitWord::OnReceiptOfGoodsOrProof => refund.unit.as_str(),
            _ => "open",
        }),
    };
    (day, basis)
}

fn by_tender(
    tender: &ByTender,
    facts: &CaseFacts,
    case: &Case,
    amount: i64,
    start: Date,
    question: &LawFacts<'_>,
) -> Option<DueDate> {
    let period = match facts.payment.as_deref()? {
        "cash" => match tender.cash_above {
            Some((limit, period)) if limit.currency == case.currency && amount > limit.minor => {
                Some(period)
            }
            _ => {
                return Some(DueDate {
                    due: start,
                    strict: start,
                });
            }
        },
        "check" | "cheque" => tender.check,
        card if card.contains("card") => tender.card,
        _ => None,
    }?;
    RefundClock {
        period,
        start: RefundEvent::Return,
        starts_on: Some(start),
        may_withhold: false,
    }
    .due(&RefundEvents::default(), question.holidays)
}
