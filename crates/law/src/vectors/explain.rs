//! The path the engine took in a case: which rules were looked at and why each spoke or not, how
//! every day was counted, and what came out.

use super::{
    case::Case,
    evaluate::{Outcome, events, outcome},
    facts::{CaseFacts, FactError},
};
use crate::{
    Entitlement, LawBook, Status, WhyNone, WhyNot,
    calendar::{Period, Unit},
    decide::{self, Fit, Question},
    rule::{Body, Rule},
    window::Counted,
    words::{Circumstance, MetBy, RefundEvent, RightType, WindowStart},
};
use jiff::civil::Date;
use serde::Serialize;

/// What a rule had to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", content = "why", rename_all = "snake_case")]
pub enum Verdict {
    /// It gives a right that can be used.
    Gives,
    /// It gives a right that ended.
    Ended,
    /// It gives a right whose period does not run yet.
    NotStarted,
    /// It takes the line out.
    Exempts(crate::Exemption),
    /// It states that there is no floor, or would speak but for one thing.
    Silent(WhyNone),
    /// It lengthens a guarantee after a repair.
    Lengthens,
    /// It is about something else.
    Passed(WhyNot),
}

/// A rule that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Considered {
    /// Its id.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Citation, national first.
    pub citation: String,
    /// What it gives.
    pub right_type: RightType,
    /// File and line.
    pub origin: String,
    /// What it had to say.
    pub verdict: Verdict,
    /// Its sentence decides the case.
    pub decides: bool,
}

/// One day, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateStep {
    /// What the day is.
    pub what: &'static str,
    /// The rule that counts it.
    pub rule: String,
    /// The event it starts with, in the word of the pack.
    pub event: &'static str,
    /// The day of that event; `None` if it has not happened.
    pub start: Option<Date>,
    /// How many units; `None` where the law fixes no number.
    pub length: Option<u16>,
    /// Of what.
    pub unit: Option<Unit>,
    /// The first day counts.
    pub include_start: bool,
    /// The last day before days of rest.
    pub counted: Option<Date>,
    /// The day that stands.
    pub day: Option<Date>,
    /// What made the time longer.
    pub because: Option<Circumstance>,
    /// The act that has to happen by then.
    pub met_by: Option<MetBy>,
}

/// The path of one requested line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinePath {
    /// Its name.
    pub line: String,
    /// Every rule of the place, in the order of selection.
    pub considered: Vec<Considered>,
    /// Every day that was counted.
    pub dates: Vec<DateStep>,
}

/// The path of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The places whose rules were looked at, most specific first.
    pub places: Vec<String>,
    /// Circumstances that hold, given or following from other facts.
    pub circumstances: Vec<Circumstance>,
    /// Version of the packs.
    pub law_version: String,
    /// Each requested line.
    pub lines: Vec<LinePath>,
    /// What came out.
    pub outcome: Outcome,
}

/// Evaluates a case and tells how.
///
/// # Errors
/// [`FactError`] when the facts contradict themselves or are out of bounds.
pub fn explain(book: &LawBook, facts: &CaseFacts) -> Result<Explanation, FactError> {
    let case = Case::read(facts)?;
    let outcome = outcome(book, facts, &case);
    let mut circumstances = Vec::new();
    let mut lines = Vec::new();
    for line in case.lines.iter().filter(|l| l.requested) {
        let asked = case.question(facts, line);
        let question = Question::new(&asked);
        for one in question.circumstances.iter() {
            if !circumstances.contains(&one) {
                circumstances.push(one);
            }
        }
        let floor = book.entitlements(&asked);
        let mut path = LinePath {
            line: line.name.clone(),
            considered: Vec::new(),
            dates: Vec::new(),
        };
        let mut spoken: Vec<&Rule> = Vec::new();
        for rule in book.compiled(case.place) {
            let fit = question.fit(rule);
            let overlaid = !matches!(fit, Fit::No(_)) && decide::overlaid(rule, &spoken);
            let given = floor
                .entitlements
                .iter()
                .find(|e| std::sync::Arc::ptr_eq(&e.detail, rule));
            let verdict = match (fit, given) {
                (Fit::No(why), _) => Verdict::Passed(why),
                _ if overlaid => Verdict::Passed(WhyNot::Overlaid),
                (Fit::SetAside(why), _) => Verdict::Silent(why),
                (Fit::Speaks, Some(given)) => verdict_of(given),
                (Fit::Speaks, None) => match rule.body {
                    Body::None(why) => Verdict::Silent(why),
                    _ => Verdict::Lengthens,
                },
            };
            if !matches!(verdict, Verdict::Passed(_)) {
                spoken.push(rule);
            }
            if let (Some(given), Body::Right(right)) = (given, &rule.body) {
                window_steps(
                    given,
                    &Counted::of(right, &question),
                    right,
                    &question,
                    &mut path.dates,
                );
                refund_step(given, facts, &asked, &mut path.dates);
            }
            path.considered.push(Considered {
                rule: rule.id().to_string(),
                title: rule.entry.title.clone(),
                citation: rule.citation.to_string(),
                right_type: given.map_or_else(
                    || rule.entry.content.right_type.unwrap_or(RightType::None),
                    |g| g.right.word(),
                ),
                origin: rule.entry.origin.to_string(),
                decides: outcome.rule_ids.iter().any(|id| *id == **rule.id())
                    && given.is_none_or(|g| Some(g.right.word()) == outcome.right_type),
                verdict,
            });
        }
        lines.push(path);
    }
    Ok(Explanation {
        places: book
            .chain(&facts.jurisdiction)
            .iter()
            .map(|j| j.code.clone())
            .collect(),
        circumstances,
        law_version: book.version().to_owned(),
        lines,
        outcome,
    })
}

fn verdict_of(given: &Entitlement) -> Verdict {
    match given.status {
        Status::Exempt(exemption) => Verdict::Exempts(exemption),
        Status::Open { .. } => Verdict::Gives,
        Status::Ended { .. } => Verdict::Ended,
        Status::NotStarted => Verdict::NotStarted,
    }
}

fn step(
    what: &'static str,
    given: &Entitlement,
    event: &'static str,
    start: Option<Date>,
) -> DateStep {
    DateStep {
        what,
        rule: given.rule.to_string(),
        event,
        start,
        length: None,
        unit: None,
        include_start: false,
        counted: None,
        day: None,
        because: None,
        met_by: None,
    }
}

fn with_period(mut step: DateStep, period: Option<Period>) -> DateStep {
    if let Some(period) = period {
        step.length = Some(period.length);
        step.unit = Some(period.unit);
        step.include_start = period.include_start;
    }
    step
}

fn window_steps(
    given: &Entitlement,
    counted: &Counted,
    right: &crate::rule::RightRule,
    question: &Question<'_>,
    out: &mut Vec<DateStep>,
) {
    let none = crate::Holidays::none();
    let event = WindowStart::as_str(right.window.start);
    let mut window = with_period(step("window", given, event, counted.start), counted.period);
    window.counted = counted
        .start
        .zip(counted.period)
        .and_then(|(start, period)| {
            Period {
                rollover: crate::Rollover::None,
                ..period
            }
            .end(start, &none)
        })
        .filter(|_| {
            counted
                .period
                .is_some_and(|p| p.unit != Unit::BusinessDay && p.unit != Unit::SaturdayBusinessDay)
        })
        .or(counted.initial);
    window.day = counted.initial;
    window.met_by = Some(right.window.met_by);
    out.push(window);
    if counted.end != counted.initial || counted.open {
        let mut longer = step("extension", given, event, counted.initial);
        longer.day = given.deadline.or(counted.end);
        longer.because = right.extension.map(|e| e.when);
        out.push(longer);
    }
    if let Some(day) = given.presumed_until {
        let mut burden = with_period(
            step("presumption", given, "delivery", counted.start),
            crate::decide::presumption(right, question),
        );
        burden.counted = Some(day);
        burden.day = Some(day);
        out.push(burden);
    }
    if let Some(day) = given.return_by {
        let (period, start) = right.return_goods.unzip();
        let event = start.map_or("notice", crate::words::ReturnStart::as_str);
        let mut back = with_period(step("return_by", given, event, None), period);
        back.day = Some(day);
        out.push(back);
    }
}

fn refund_step(
    given: &Entitlement,
    facts: &CaseFacts,
    asked: &crate::LawFacts<'_>,
    out: &mut Vec<DateStep>,
) {
    let Some(clock) = given.refund_clock else {
        if let Some(word) = given.refund_basis {
            out.push(step("refund", given, word.as_str(), None));
        }
        return;
    };
    let events = events(facts);
    let start = clock.starts_on.or_else(|| events.day_of(clock.start));
    let event = RefundEvent::as_str(clock.start);
    let mut refund = with_period(step("refund", given, event, start), Some(clock.period));
    let due = clock.due(&events, asked.holidays);
    refund.counted = due.map(|d| d.strict);
    refund.day = due.map(|d| d.due);
    out.push(refund);
    if clock.may_withhold {
        let mut wait = step(
            "withholding",
            given,
            "goods_received_or_proof_of_sending",
            events.goods_or_proof(),
        );
        wait.day = events.goods_or_proof();
        out.push(wait);
    }
}
