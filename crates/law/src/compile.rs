//! From packs to rules that answer without looking anything up: merge overlays, resolve
//! calendars, check, and lay the rules of every place out in order of selection.

use crate::{Buyer, SaleChannel};
use crate::{
    Confidence, Deduction, ExemptionSet, Outbound, PackError, Payer, Period, Remedy, ReviewState,
    Right, Rollover, Unit, WhyNone,
    pack::{
        MetBy, RawCalendar, RawCount, RawDeductionBar, RawDeductionKind, RawRefund, RawRefundStart,
        RawRequest, RawRight, RawRule, RawStart, RawUnit, RawWindow, TraderIf, WithinFrom,
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Longest period a pack may state; keeps date arithmetic far from its limits.
const MAX_LENGTH: u16 = 1000;
/// Deepest chain of overlays.
const MAX_DEPTH: usize = 8;
/// Keys an overlay does not take over from its base.
const OWN_KEYS: [&str; 9] = [
    "id",
    "overlays",
    "title",
    "notes",
    "jurisdictions",
    "citation",
    "confidence",
    "review_state",
    "sources",
];

/// A rule ready for questions.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub id: Arc<str>,
    pub ids: Arc<[Arc<str>]>,
    pub citation: Arc<str>,
    /// Base-most rule: of two rules with one root only the more specific speaks.
    pub root: Arc<str>,
    pub channels: u8,
    pub requests: u8,
    pub buyer: Option<Buyer>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub body: Body,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    Right(RightRule),
    None(WhyNone),
}

#[derive(Debug, Clone)]
pub(crate) struct RightRule {
    pub right: Right,
    /// `None`: the law fixes no length.
    pub window: Option<Period>,
    pub start: RawStart,
    pub met_by: MetBy,
    pub extension: Option<Extension>,
    pub burden: Option<Period>,
    pub exemptions: ExemptionSet,
    pub outbound: Outbound,
    pub payer: Payer,
    pub trader_if: Vec<TraderIf>,
    pub deduction: Deduction,
    pub deduction_needs_information: bool,
    pub refund: Option<RefundRule>,
    pub remedy: Remedy,
    pub confidence: Confidence,
    pub review: ReviewState,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Extension {
    pub period: Period,
    pub late: Period,
    pub late_within: Period,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RefundRule {
    pub period: Period,
    pub start: RawRefundStart,
    pub start_if_collection: RawRefundStart,
    pub withhold: bool,
    pub withhold_if_collection: bool,
}

/// Bit of a channel in [`Rule::channels`].
pub(crate) fn channel_bit(channel: SaleChannel) -> u8 {
    1 << channel as u8
}

/// Bit of a request in [`Rule::requests`].
pub(crate) fn request_bit(request: RawRequest) -> u8 {
    1 << request as u8
}

type Calendars = BTreeMap<String, RawCalendar>;

/// Compiles every rule; the answer keeps the order of the packs.
pub(crate) fn compile(
    tables: &[toml::Table],
    calendars: &Calendars,
) -> Result<Vec<(Vec<String>, Rule)>, PackError> {
    let mut by_id = BTreeMap::new();
    for table in tables {
        let id = text(table, "id").ok_or_else(|| PackError::rule("?", "has no id"))?;
        if by_id.insert(id, table).is_some() {
            return Err(PackError::rule(id, "is written twice"));
        }
    }
    let mut out = Vec::with_capacity(tables.len());
    for table in tables {
        let id = text(table, "id").unwrap_or("?");
        let merged = merge(id, &by_id, 0)?;
        let raw: RawRule = toml::Value::Table(merged.table)
            .try_into()
            .map_err(|e: toml::de::Error| PackError::rule(id, e.message()))?;
        compile_rule(&raw, &merged.ids, calendars, &mut out)?;
    }
    Ok(out)
}

fn text<'t>(table: &'t toml::Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(toml::Value::as_str)
}

struct Merged {
    table: toml::Table,
    /// Base first.
    ids: Vec<Arc<str>>,
}

/// Base, then overlay: inline tables key by key, everything else replaced; citations are
/// joined with the more national one in front.
fn merge(
    id: &str,
    by_id: &BTreeMap<&str, &toml::Table>,
    depth: usize,
) -> Result<Merged, PackError> {
    let own = by_id
        .get(id)
        .ok_or_else(|| PackError::rule(id, "is overlaid but not written"))?;
    let Some(base_id) = text(own, "overlays") else {
        return Ok(Merged {
            table: (*own).clone(),
            ids: vec![id.into()],
        });
    };
    if depth >= MAX_DEPTH {
        return Err(PackError::rule(
            id,
            "overlays form a circle or are too deep",
        ));
    }
    let Merged { mut table, mut ids } = merge(base_id, by_id, depth + 1)?;
    let base_citation = text(&table, "citation").unwrap_or_default().to_owned();
    for key in OWN_KEYS {
        table.remove(key);
    }
    overlay(&mut table, own);
    let citation = text(own, "citation").unwrap_or_default();
    let joined = format!("{citation}; {base_citation}");
    table.insert("citation".into(), toml::Value::String(joined));
    ids.push(id.into());
    Ok(Merged { table, ids })
}

fn overlay(base: &mut toml::Table, over: &toml::Table) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => overlay(below, above),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

fn compile_rule(
    raw: &RawRule,
    ids: &[Arc<str>],
    calendars: &Calendars,
    out: &mut Vec<(Vec<String>, Rule)>,
) -> Result<(), PackError> {
    if raw.citation.trim().is_empty() {
        return Err(PackError::rule(&raw.id, "cites nothing"));
    }
    if let (Some(from), Some(to)) = (raw.effective_from, raw.effective_to)
        && from > to
    {
        return Err(PackError::rule(&raw.id, "ends before it starts"));
    }
    let requests: &[RawRequest] = match (&raw.requests, raw.right_type) {
        (Some(list), _) => list,
        (None, RawRight::Withdrawal) => &[RawRequest::ChangeOfMind, RawRequest::Defect],
        (None, RawRight::ShortTermReject | RawRight::Conformity) => &[RawRequest::Defect],
        (None, RawRight::NonDelivery) => &[RawRequest::NonDelivery],
        (None, RawRight::None) => &[
            RawRequest::ChangeOfMind,
            RawRequest::Defect,
            RawRequest::NonDelivery,
        ],
    };
    let body = match right_of(raw.right_type) {
        None => Body::None(raw.why.unwrap_or(WhyNone::NoStatute)),
        Some(right) => {
            let window = raw.window.as_ref();
            let window = window.ok_or_else(|| PackError::rule(&raw.id, "has no window"))?;
            Body::Right(right_rule(raw, right, window, calendars)?)
        }
    };
    let rule = Rule {
        id: raw.id.as_str().into(),
        ids: ids.into(),
        citation: raw.citation.as_str().into(),
        root: ids
            .first()
            .cloned()
            .unwrap_or_else(|| raw.id.as_str().into()),
        channels: raw.channels.iter().fold(0, |m, c| m | channel_bit(*c)),
        requests: requests.iter().fold(0, |m, r| m | request_bit(*r)),
        buyer: raw.buyer.or(raw.consumer_only.then_some(Buyer::Consumer)),
        from: raw.effective_from,
        to: raw.effective_to,
        body,
    };
    // Some statutes write the early rejection into the guarantee: it is a right of its own.
    if let Some(window) = &raw.short_term_reject {
        let body = Body::Right(right_rule(raw, Right::ShortTermReject, window, calendars)?);
        let root = format!("{}#reject", rule.root).into();
        out.push((
            raw.jurisdictions.clone(),
            Rule {
                root,
                body,
                ..rule.clone()
            },
        ));
    }
    out.push((raw.jurisdictions.clone(), rule));
    Ok(())
}

fn right_of(raw: RawRight) -> Option<Right> {
    match raw {
        RawRight::Withdrawal => Some(Right::Withdrawal),
        RawRight::ShortTermReject => Some(Right::ShortTermReject),
        RawRight::Conformity => Some(Right::Conformity),
        RawRight::NonDelivery => Some(Right::NonDelivery),
        RawRight::None => None,
    }
}

fn right_rule(
    raw: &RawRule,
    right: Right,
    window: &RawWindow,
    calendars: &Calendars,
) -> Result<RightRule, PackError> {
    let id = raw.id.as_str();
    let calendar = find_calendar(id, window.calendar.as_deref(), calendars)?;
    let rollover = calendar.map_or(Rollover::None, |c| c.rollover);
    let period = |length, unit, count| period(id, length, unit, count, rollover);
    let extension = match &raw.extension {
        None => None,
        Some(e) => Some(Extension {
            period: fixed(id, period(e.length, e.unit, RawCount::ExcludeStart)?)?,
            late: fixed(
                id,
                period(
                    e.informed_late_length,
                    e.informed_late_unit,
                    RawCount::ExcludeStart,
                )?,
            )?,
            late_within: Period {
                length: e.informed_late_within_months,
                unit: Unit::Month,
                include_start: e.informed_late_within_from == WithinFrom::FirstDay,
                rollover: Rollover::None,
            },
        }),
    };
    let burden = match &raw.burden {
        None => None,
        Some(b) => period(b.length, b.unit, b.count)?,
    };
    let kind = raw
        .deduction
        .as_ref()
        .map_or(RawDeductionKind::None, |d| d.kind);
    Ok(RightRule {
        right,
        window: period(window.length, window.unit, window.count)?,
        start: window.start,
        met_by: window.met_by,
        extension,
        burden: burden.map(|b| Period {
            rollover: Rollover::None,
            ..b
        }),
        exemptions: raw.exemptions.iter().copied().collect(),
        outbound: match (
            raw.refund_includes_outbound_standard,
            raw.refund_excludes_express_surplus,
        ) {
            (false, _) => Outbound::No,
            (true, true) => Outbound::Standard,
            (true, false) => Outbound::Whole,
        },
        payer: raw
            .return_cost
            .as_ref()
            .map_or(Payer::Unspecified, |r| r.default),
        trader_if: raw
            .return_cost
            .as_ref()
            .map_or_else(Vec::new, |r| r.trader_if.clone()),
        deduction: match kind {
            RawDeductionKind::DiminishedValue => Deduction::ExcessHandling,
            RawDeductionKind::None => Deduction::None,
        },
        deduction_needs_information: raw.deduction.as_ref().and_then(|d| d.barred_if)
            == Some(RawDeductionBar::WithdrawalRightNotInformed),
        refund: match &raw.refund {
            None => None,
            Some(refund) => refund_rule(id, refund, calendars)?,
        },
        remedy: match right {
            Right::Withdrawal | Right::NonDelivery => Remedy::Refund,
            Right::ShortTermReject => Remedy::Reject,
            Right::Conformity => Remedy::RepairOrReplaceFirst,
        },
        confidence: raw.confidence,
        review: raw.review_state,
    })
}

fn refund_rule(
    id: &str,
    raw: &RawRefund,
    calendars: &Calendars,
) -> Result<Option<RefundRule>, PackError> {
    let calendar = find_calendar(id, raw.calendar.as_deref(), calendars)?;
    // A doubtful rollover is the consumer's to enjoy and not the trader's.
    let rollover = calendar
        .filter(|c| c.applies_to_trader)
        .map_or(Rollover::None, |c| c.rollover);
    let Some(period) = period(id, raw.length, raw.unit, raw.count, rollover)? else {
        return Ok(None);
    };
    Ok(Some(RefundRule {
        period,
        start: raw.start,
        start_if_collection: raw.start_if_collection_offered.unwrap_or(raw.start),
        withhold: raw.withhold.is_some(),
        withhold_if_collection: raw.withhold.is_some() && raw.withhold_barred_if.is_none(),
    }))
}

fn find_calendar<'c>(
    id: &str,
    name: Option<&str>,
    calendars: &'c Calendars,
) -> Result<Option<&'c RawCalendar>, PackError> {
    let Some(name) = name else { return Ok(None) };
    let found = calendars.get(name);
    found
        .map(Some)
        .ok_or_else(|| PackError::rule(id, format!("calendar {name} is not written")))
}

/// A period, or `None` where the unit says that the law fixes no number.
fn period(
    id: &str,
    length: u16,
    unit: RawUnit,
    count: RawCount,
    rollover: Rollover,
) -> Result<Option<Period>, PackError> {
    if length > MAX_LENGTH {
        return Err(PackError::rule(
            id,
            format!("a period of {length} is too long"),
        ));
    }
    let unit = match unit {
        RawUnit::CalendarDay | RawUnit::OnReceiptOfGoodsOrProof => Unit::CalendarDay,
        RawUnit::BusinessDay | RawUnit::UsWorkingDay => Unit::BusinessDay,
        RawUnit::Month => Unit::Month,
        RawUnit::Year => Unit::Year,
        RawUnit::ExpectedLifetime
        | RawUnit::ReasonableTime
        | RawUnit::NotStated
        | RawUnit::NotFixed
        | RawUnit::WithoutUndueDelay => return Ok(None),
    };
    Ok(Some(Period {
        length,
        unit,
        include_start: count == RawCount::IncludeStart,
        rollover,
    }))
}

fn fixed(id: &str, period: Option<Period>) -> Result<Period, PackError> {
    period.ok_or_else(|| PackError::rule(id, "an extension needs a fixed length"))
}
