//! From checked text to rules ([`Rule`]) that answer without looking anything up: words become
//! periods, bits and figures. A rule that cannot be counted is refused here, with its file and line.

use crate::{
    Outbound, Remedy, Right, WhyNone,
    calendar::{Period, Rollover, Unit},
    catalog::RuleEntry,
    error::PackError,
    late::LatePayment,
    load::Library,
    pack::{self, CalendarDef, RuleContent},
    rule::{
        Body, ByTender, DeductionRule, Extension, RefundRule, RightRule, Rule, Window, ask,
        channel_bit, solicitation_bit, subject_bit,
    },
    sentences,
    words::{
        Buyer, Circumstance, Count, DeductionKind, FloorKind, MetBy, Payer, RemedyStep, RightType,
        RolloverWord, SaleChannel, UnitWord, Withhold, WorkingDays,
    },
};
use std::sync::Arc;

/// Longest period a pack may state; keeps date arithmetic far from its limits.
const MAX_LENGTH: u16 = 1000;

/// Compiles a rule; one that also gives an early right to reject becomes two.
pub(crate) fn compile(
    entry: &Arc<RuleEntry>,
    library: &Library,
) -> Result<Vec<Arc<Rule>>, PackError> {
    Maker {
        entry,
        content: &entry.content,
        library,
    }
    .rules()
    .map_err(|message| entry.origin.refuse(format!("{}: {message}", entry.id)))
}

struct Maker<'a> {
    entry: &'a Arc<RuleEntry>,
    content: &'a RuleContent,
    library: &'a Library,
}

fn need<T>(value: Option<T>, key: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("has no {key}; state it, or overlay a rule that does"))
}

impl Maker<'_> {
    fn rules(&self) -> Result<Vec<Arc<Rule>>, String> {
        let c = self.content;
        let kind = need(c.right_type, "right_type")?;
        let floor = need(c.floor, "floor")?;
        let channels = need(c.channels.as_ref(), "channels")?;
        let subjects = need(c.subjects.as_ref(), "subjects")?;
        let consumer_only = need(c.consumer_only, "consumer_only")?;
        if channels.is_empty() || subjects.is_empty() {
            return Err("channels and subjects must name at least one word".into());
        }
        if (kind == RightType::None) != (floor == FloorKind::None) {
            return Err("right_type none and floor none go together; state both or neither".into());
        }
        let threshold = c
            .scope_threshold
            .as_deref()
            .map(|text| sentences::threshold(text).ok_or_else(|| unread("scope_threshold", text)))
            .transpose()?;
        let whole = |body: Body, requests: u8| {
            Arc::new(Rule {
                entry: self.entry.clone(),
                ids: self.entry.ids.clone().into(),
                citation: self.entry.citation.as_str().into(),
                channels: channels.iter().fold(0, |m, x| m | channel_bit(*x)),
                subjects: subjects.iter().fold(0, |m, x| m | subject_bit(*x)),
                ways: c.sub_channels.iter().flatten().copied().collect(),
                ways_excluded: c.sub_channels_excluded.iter().flatten().copied().collect(),
                requests,
                buyer: c.buyer.or(consumer_only.then_some(Buyer::Consumer)),
                floor,
                from: c.effective_from,
                to: c.effective_to,
                threshold,
                body,
            })
        };
        let Some(right) = Right::of(kind) else {
            return Ok(vec![self.without_right(kind, channels, whole)]);
        };
        if let (Right::Conformity, None, Some(extension)) = (right, &c.window, &c.extension)
            && extension.when == Some(Circumstance::RepairWasTheRemedy)
        {
            let period = period_of(extension.length, extension.unit, None, None)?;
            let period = need(period, "length of its extension")?;
            return Ok(vec![whole(Body::RepairExtension(period), ask::DEFECT)]);
        }
        let requests = match right {
            r if r.needs_no_reason() => ask::CHANGE_OF_MIND | ask::DEFECT,
            Right::NonDelivery => ask::NON_DELIVERY,
            Right::PaymentRefund => ask::PAYMENT_REFUND,
            Right::PaymentDispute => ask::PAYMENT_DISPUTE,
            _ => ask::DEFECT,
        };
        let mut out = Vec::with_capacity(2);
        if let Some(early) = &c.short_term_reject {
            // Some statutes write the early rejection into the guarantee: it is its own right.
            let window = pack::Window {
                length: early.length,
                unit: early.unit,
                start: early.start,
                // What it does not say is as in the guarantee: the defect has to show itself.
                met_by: c.window.as_ref().and_then(|w| w.met_by),
                calendar: c.window.as_ref().and_then(|w| w.calendar.clone()),
                ..pack::Window::default()
            };
            let body = self.right(Right::ShortTermReject, Some(&window))?;
            out.push(whole(Body::Right(Box::new(body)), requests));
        }
        let body = self.right(right, c.window.as_ref())?;
        out.push(whole(Body::Right(Box::new(body)), requests));
        Ok(out)
    }

    fn without_right(
        &self,
        kind: RightType,
        channels: &[SaleChannel],
        whole: impl Fn(Body, u8) -> Arc<Rule>,
    ) -> Arc<Rule> {
        if kind != RightType::None {
            return whole(Body::Duty, 0);
        }
        // What is said about a kind of buyer is said about every request; any other statement
        // of no floor is about a change of mind.
        match self.content.buyer {
            Some(buyer) => {
                let why = match buyer {
                    Buyer::Business => WhyNone::BusinessBuyer,
                    Buyer::Consumer => WhyNone::NoStatute,
                };
                whole(Body::None(why), u8::MAX)
            }
            None if channels == [SaleChannel::InStore] => {
                whole(Body::None(WhyNone::InStore), ask::CHANGE_OF_MIND)
            }
            None => whole(Body::None(WhyNone::NoStatute), ask::CHANGE_OF_MIND),
        }
    }

    fn right(&self, right: Right, window: Option<&pack::Window>) -> Result<RightRule, String> {
        let c = self.content;
        let reject = right == Right::ShortTermReject;
        let calendar = self.calendar(window.and_then(|w| w.calendar.as_deref()));
        let compiled = self.window(right, window, calendar)?;
        let extension = match &c.extension {
            Some(e) if !reject => {
                let liability = is_liability(right, window);
                Some(Self::extension(e, calendar.filter(|_| !liability))?)
            }
            _ => None,
        };
        let (burden, burden_used) = match &c.burden {
            Some(b) => {
                need(b.start, "start of its burden")?;
                let with = |length| period_of(length, b.unit, b.count, None);
                let used = b.used_goods_length.map(|n| with(Some(n))).transpose()?;
                (with(b.length)?, used.flatten())
            }
            None => (None, None),
        };
        let counted = |name: &str, length, unit, start, calendar| {
            let start = need(start, &format!("start of {name}"))?;
            let period = period_of(length, unit, None, calendar)?;
            Ok::<_, String>((need(period, &format!("number in {name}"))?, start))
        };
        let back = c.return_goods.as_ref();
        let return_goods =
            back.map(|r| counted("return_goods", r.length, r.unit, r.start, calendar));
        // Putting right is the trader's: its day moves only where the calendar moves those.
        let trader = calendar.filter(|c| c.applies_to_trader);
        let cure = c.cure.as_ref();
        let cure = cure.map(|r| counted("cure", r.length, r.unit, r.start, trader));
        let acknowledge = c.acknowledge.as_ref();
        let acknowledge = acknowledge.map(|a| match a.unit {
            Some(UnitWord::Immediately) => Ok(Some(AT_ONCE)),
            unit => period_of(a.length, unit, None, None),
        });
        let cost = c.return_cost.as_ref();
        let set = |list: Option<&Vec<Circumstance>>| list.into_iter().flatten().copied().collect();
        let remedy = c.remedy.as_ref();
        let ladder = remedy.and_then(|r| r.ladder.clone()).unwrap_or_default();
        if remedy.is_some() && ladder.is_empty() {
            return Err("has a remedy without a ladder; list its steps".into());
        }
        Ok(RightRule {
            right,
            window: compiled,
            extension,
            pauses: c.pause.is_some() && reject,
            burden,
            burden_used,
            notice_months: c.consumer_notice_months.map(|length| Period {
                length,
                unit: Unit::Month,
                include_start: false,
                rollover: Rollover::None,
            }),
            exemptions: c.exemptions.iter().flatten().copied().collect(),
            exemption_condition: c.exemption_condition,
            yields_to: c
                .yields_to
                .iter()
                .flatten()
                .map(|id| id.as_str().into())
                .collect(),
            outbound: outbound(c, right, &ladder),
            payer: cost.and_then(|r| r.default).unwrap_or(Payer::Unspecified),
            trader_if: set(cost.and_then(|r| r.trader_if.as_ref())),
            consumer_if: set(cost.and_then(|r| r.consumer_if.as_ref())),
            deduction: self.deduction()?,
            refund: c.refund.as_ref().map(|r| self.refund(r)).transpose()?,
            return_goods: return_goods.transpose()?,
            cure: cure.transpose()?,
            acknowledge: acknowledge.transpose()?.flatten(),
            second_step_if: set(remedy.and_then(|r| r.immediate_second_tier_if.as_ref())),
            termination_barred_if: remedy
                .and_then(|r| r.termination_barred_if)
                .into_iter()
                .collect(),
            remedy: remedy_of(right, &ladder),
            ladder,
            late_payment: match &c.late_payment {
                Some(late) => LatePayment::read(late)?,
                None => None,
            },
        })
    }

    fn window(
        &self,
        right: Right,
        window: Option<&pack::Window>,
        calendar: Option<&CalendarDef>,
    ) -> Result<Window, String> {
        let Some(w) = window else {
            return Ok(Window::open());
        };
        let unit = need(w.unit, "unit of its window")?;
        let met_by = w.met_by.unwrap_or(MetBy::SendingNotice);
        let calendar = calendar.filter(|_| !is_liability(right, window));
        let with = |length: Option<u16>| match length {
            None => Ok(None),
            Some(_) => period_of(length, Some(unit), w.count, calendar),
        };
        let days =
            |length: u16| period_of(Some(length), Some(UnitWord::CalendarDay), w.count, calendar);
        let visit = match &self.content.unsolicited_visit_window {
            Some(v) if right != Right::ShortTermReject => {
                let period = period_of(v.length, v.unit, w.count, calendar)?;
                let list = need(v.applies_to.as_ref(), "applies_to of its visit window")?;
                let bits = list.iter().fold(0, |m, s| m | solicitation_bit(*s));
                Some((need(period, "number in its visit window")?, bits))
            }
            _ => None,
        };
        let alternative = match w.alternative.as_deref() {
            Some(text) => {
                let read = sentences::alternative(text);
                let read = read.ok_or_else(|| unread("window.alternative", text))?;
                let period = need(days(read.days)?, "days of its alternative window")?;
                Some((period, read))
            }
            None => None,
        };
        let seller_credit = match w.if_promised.as_deref() {
            Some(text) => {
                let read = sentences::if_promised(text);
                days(read.ok_or_else(|| unread("window.if_promised", text))?)?
            }
            None => None,
        };
        let mismatch = match w.mismatch_window.as_deref() {
            Some(text) => {
                let read = sentences::mismatch(text);
                let (months, n) = read.ok_or_else(|| unread("window.mismatch_window", text))?;
                let months = period_of(Some(months), Some(UnitWord::Month), w.count, calendar)?;
                let months = need(months, "months of its mismatch window")?;
                Some((months, need(days(n)?, "days of its mismatch window")?))
            }
            None => None,
        };
        Ok(Window {
            period: period_of(w.length, w.unit, w.count, calendar)?,
            start: need(w.start, "start of its window")?,
            met_by,
            durable: with(w.durable_goods_length)?,
            non_durable: with(w.non_durable_length)?,
            used: with(w.used_goods_length)?,
            perishable: w.perishable_days.map(days).transpose()?.flatten(),
            visit,
            alternative,
            seller_credit,
            promise_replaces: right == Right::NonDelivery,
            mismatch,
        })
    }

    fn extension(e: &pack::Extension, calendar: Option<&CalendarDef>) -> Result<Extension, String> {
        let late = match (e.informed_late_length, e.informed_late_unit) {
            (Some(_), _) => {
                let period =
                    period_of(e.informed_late_length, e.informed_late_unit, None, calendar)?;
                let within = e.informed_late_only_if_within.as_deref().map(|text| {
                    let key = "extension.informed_late_only_if_within";
                    sentences::late_within(text).ok_or_else(|| unread(key, text))
                });
                let period = need(period, "number for late information")?;
                Some((period, within.transpose()?))
            }
            (None, _) => None,
        };
        let cap = e.cap.as_deref().map(|text| {
            let months = sentences::cap(text).ok_or_else(|| unread("extension.cap", text))?;
            let months = period_of(Some(months), Some(UnitWord::Month), None, calendar)?;
            need(months, "months of its cap")
        });
        Ok(Extension {
            when: need(e.when, "when of its extension")?,
            period: period_of(e.length, e.unit, None, calendar)?,
            start: e.start,
            late,
            cap: cap.transpose()?,
            times: e.times,
        })
    }

    fn deduction(&self) -> Result<DeductionRule, String> {
        let Some(d) = &self.content.deduction else {
            return Ok(DeductionRule {
                kind: DeductionKind::None,
                fee: None,
                barred_if: None,
            });
        };
        let kind = need(d.kind, "kind of its deduction")?;
        let fee = match (kind, d.limit.as_deref()) {
            (DeductionKind::CancellationFee, Some(text)) => {
                let read = sentences::fee_limit(text);
                Some(read.ok_or_else(|| unread("deduction.limit", text))?)
            }
            (DeductionKind::CancellationFee, None) => {
                return Err("has a cancellation fee without a limit; state deduction.limit".into());
            }
            _ => None,
        };
        Ok(DeductionRule {
            kind,
            fee,
            barred_if: d.barred_if,
        })
    }

    fn refund(&self, r: &pack::Refund) -> Result<RefundRule, String> {
        let unit = need(r.unit, "unit of its refund")?;
        let start = need(r.start, "start of its refund")?;
        // Only some calendars move the trader's day; a doubtful rollover is the consumer's alone.
        let calendar = self.calendar(r.calendar.as_deref());
        let mut period = match unit {
            UnitWord::AtReturn | UnitWord::OnReceiptOfGoodsOrProof => Some(AT_ONCE),
            _ => period_of(r.length, r.unit, r.count, calendar)?,
        };
        if !calendar.is_some_and(|c| c.applies_to_trader) {
            period = period.map(|p| Period {
                rollover: Rollover::None,
                ..p
            });
        }
        let days = |n: u16, unit: UnitWord| period_of(Some(n), Some(unit), None, None);
        let by_tender = if unit == UnitWord::ByTender {
            let cash = r.cash.as_deref().map(|text| {
                let (above, n) =
                    sentences::cash(text).ok_or_else(|| unread("refund.cash", text))?;
                Ok::<_, String>((above, need(days(n, UnitWord::CalendarDay)?, "cash days")?))
            });
            let card = r.card_banking_business_days;
            Some(ByTender {
                cash_above: cash.transpose()?,
                card: card
                    .map(|n| days(n, UnitWord::BusinessDay))
                    .transpose()?
                    .flatten(),
                check: r
                    .check_days
                    .map(|n| days(n, UnitWord::CalendarDay))
                    .transpose()?
                    .flatten(),
            })
        } else {
            None
        };
        let withhold = r.withhold == Some(Withhold::UntilGoodsOrProofOfSending);
        let bar = r.withhold_barred_if == Some(Circumstance::TraderOfferedCollection);
        if let Some(text) = &r.exception
            && !sentences::seller_credit_exception(text)
        {
            return Err(unread("refund.exception", text));
        }
        Ok(RefundRule {
            unit,
            period,
            start,
            start_if_collection: r.start_if_collection_offered.unwrap_or(start),
            start_if_no_goods: r.start_if_no_goods.unwrap_or(start),
            withhold,
            withhold_if_collection: withhold && !bar,
            by_tender,
            seller_credit_exception: r.exception.is_some(),
            original_method: r.original_method.unwrap_or(false),
            form: r.form,
        })
    }

    fn calendar(&self, id: Option<&str>) -> Option<&CalendarDef> {
        Some(&self.library.calendars.get(id?)?.what)
    }
}

/// A defect has to appear within a period of liability: its last day is not a day for an act, so
/// days of rest do not move it.
fn is_liability(right: Right, window: Option<&pack::Window>) -> bool {
    let years = |w: &pack::Window| w.unit == Some(UnitWord::Year);
    let appears = |w: &pack::Window| w.met_by == Some(MetBy::DefectApparent);
    right == Right::Conformity && window.is_some_and(|w| years(w) || appears(w))
}

/// A period, or `None` where the unit says that the law fixes no number.
fn period_of(
    length: Option<u16>,
    unit: Option<UnitWord>,
    count: Option<Count>,
    calendar: Option<&CalendarDef>,
) -> Result<Option<Period>, String> {
    let word = need(unit, "unit beside a length")?;
    let Some(unit) = unit_of(word, calendar) else {
        return match length {
            None | Some(0) => Ok(None),
            Some(n) => Err(format!(
                "has {n} of {word}, which is not counted; leave length 0"
            )),
        };
    };
    let length = need(length, "length beside a unit that is counted")?;
    if length == 0 || length > MAX_LENGTH {
        return Err(format!(
            "a period of {length} {word} is impossible; state 1 to {MAX_LENGTH}"
        ));
    }
    Ok(Some(Period {
        length,
        unit,
        include_start: count == Some(Count::IncludeStart),
        // Working days end on working days.
        rollover: match unit {
            Unit::BusinessDay | Unit::SaturdayBusinessDay => Rollover::None,
            _ => calendar.map_or(Rollover::None, |c| rollover_of(c.rollover)),
        },
    }))
}

/// Due on the day of the event itself.
const AT_ONCE: Period = Period {
    length: 0,
    unit: Unit::CalendarDay,
    include_start: false,
    rollover: Rollover::None,
};

fn unread(key: &str, text: &str) -> String {
    format!("{key} {text:?} is not a sentence of the format; docs/law.md lists them")
}

fn unit_of(word: UnitWord, calendar: Option<&CalendarDef>) -> Option<Unit> {
    Some(match word {
        UnitWord::CalendarDay => Unit::CalendarDay,
        UnitWord::UsCoolingBusinessDay => Unit::SaturdayBusinessDay,
        UnitWord::BusinessDay | UnitWord::UsWorkingDay => {
            match calendar.and_then(|c| c.working_days) {
                Some(WorkingDays::UsCooling) => Unit::SaturdayBusinessDay,
                _ => Unit::BusinessDay,
            }
        }
        UnitWord::Month => Unit::Month,
        UnitWord::Year => Unit::Year,
        _ => return None,
    })
}

/// What a calendar's words do to a last day.
pub(crate) const fn rollover_of(word: RolloverWord) -> Rollover {
    match word {
        RolloverWord::None | RolloverWord::NoneAssumed | RolloverWord::NotApplicable => {
            Rollover::None
        }
        // Sunday is a public holiday in Korea, and Saturday a rest day in Taiwan. An unconfirmed
        // rollover is granted like the European one, and refunds do not use it.
        RolloverWord::Weekend
        | RolloverWord::Switzerland
        | RolloverWord::WeekendToBusinessDay
        | RolloverWord::NonBusinessDay
        | RolloverWord::Unconfirmed
        | RolloverWord::Korea
        | RolloverWord::Taiwan => Rollover::WeekendOrHoliday,
        RolloverWord::Denmark => Rollover::Denmark,
        RolloverWord::Sweden => Rollover::Sweden,
        RolloverWord::HolidayInclSunday | RolloverWord::SundayToNextDay => {
            Rollover::SundayOrHoliday
        }
        RolloverWord::SundayToBusinessDay => Rollover::SundayOrHolidayToBusinessDay,
        RolloverWord::China => Rollover::Holiday,
    }
}

/// The delivery charge that comes back. Who gets nothing, or rejects at last, gets all money back
/// even where the statute does not name the charge.
fn outbound(c: &RuleContent, right: Right, ladder: &[RemedyStep]) -> Outbound {
    let rejects =
        right == Right::Conformity && ladder.contains(&RemedyStep::PriceReductionOrFinalReject);
    match (
        c.refund_includes_outbound_standard,
        c.refund_excludes_express_surplus.unwrap_or(false),
    ) {
        (Some(true), true) => Outbound::Standard,
        (Some(true), false) => Outbound::Whole,
        (None, _) if right == Right::NonDelivery || rejects => Outbound::Whole,
        (Some(false) | None, _) => Outbound::No,
    }
}

fn remedy_of(right: Right, ladder: &[RemedyStep]) -> Remedy {
    match right {
        Right::ShortTermReject => Remedy::Reject,
        Right::Conformity => match ladder.first() {
            Some(step) if !step.gives_money() => Remedy::RepairOrReplaceFirst,
            _ => Remedy::ConsumerChooses,
        },
        _ => Remedy::Refund,
    }
}
