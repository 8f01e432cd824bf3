//! A second evaluator, written plainly on the source a client wrote: for every question it walks
//! the levels from the deepest up and takes the first that says something. Slow and obvious.

use jiff::{Span, civil::Date};
use kernel::{Bps, CountryCode, Currency, Money, ReasonCode};
use policy::{
    Anchor, Condition, EvidenceDemand, Fault, FeeKind, FeeTax, FinalSale, Grade, Instead, Outcome,
    Payer, PolicyFacts, PolicySource, RefundControl, ReturnReason, Route, ShippingRule, Verdict,
    source::{AmountsSource, FeeSource, RulesSource},
};

/// What the goods are, in the client's words.
#[derive(Debug, Clone)]
pub struct Goods {
    pub category: String,
    pub sku: String,
    pub own_reason: Option<String>,
}

/// An answer as the naive evaluator gives it.
#[derive(Debug, PartialEq)]
pub struct Plain {
    pub verdict: Verdict,
    pub yields: bool,
    pub window_until: Option<Date>,
    pub fault: Fault,
    /// Kind, size for this very order, waived by statute.
    pub fees: Vec<(FeeKind, i64, bool)>,
    pub label: Payer,
    pub shipping: ShippingRule,
    pub outcomes: Vec<Outcome>,
    pub bonuses: [i64; 2],
    pub returnless: bool,
    pub donate: bool,
    pub auto_approve: Option<i64>,
    pub control: (RefundControl, u16, RefundControl),
    pub grades: [Bps; 5],
    pub return_to: Option<CountryCode>,
    pub route: Option<Route>,
}

/// The levels that speak for these goods, the deepest first.
fn levels<'s>(source: &'s PolicySource, f: &PolicyFacts, goods: &Goods) -> Vec<&'s RulesSource> {
    let mut out = Vec::new();
    let product = source.products.get(&goods.sku);
    out.extend(product.map(|p| &p.rules));
    let category = match product {
        Some(product) => product.category.clone().unwrap_or_default(),
        None => goods.category.clone(),
    };
    let mut path = category.as_str();
    while !path.is_empty() {
        out.extend(source.categories.get(path));
        path = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    let market = source
        .markets
        .values()
        .find(|m| m.countries.contains(&f.market));
    out.extend(market.map(|m| &m.rules));
    out.extend(source.channels.get(&f.channel));
    out.push(&source.rules);
    out
}

fn minor(amounts: &AmountsSource, currency: Currency) -> Option<i64> {
    let text = amounts.get(currency.code())?;
    Money::parse(text, currency).ok().map(|m| m.minor)
}

fn later(day: Date, days: u16) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// What the source says about one line.
pub fn evaluate(source: &PolicySource, f: &PolicyFacts, goods: &Goods) -> Plain {
    let levels = levels(source, f, goods);
    let reason = |level: &&RulesSource| level.reasons.get(&f.reason).cloned();
    let first_reason = |field: &dyn Fn(&policy::source::ReasonSource) -> bool| {
        levels.iter().filter_map(reason).find(|r| field(r))
    };
    let own = goods
        .own_reason
        .as_ref()
        .and_then(|path| source.reasons.get(path));
    let fault = own
        .and_then(|o| o.fault)
        .or_else(|| first_reason(&|r| r.fault.is_some()).and_then(|r| r.fault))
        .unwrap_or(f.reason.default_fault());
    let sellers = matches!(fault, Fault::Merchant | Fault::Carrier);

    // The window.
    let window = |field: &dyn Fn(&policy::source::WindowSource) -> bool| {
        let said = levels.iter().filter_map(|l| l.window.as_ref());
        said.copied_find(field)
    };
    let days = first_reason(&|r| r.days.is_some())
        .and_then(|r| r.days)
        .or_else(|| window(&|w| w.days.is_some()).and_then(|w| w.days))
        .unwrap_or(0);
    let anchor = window(&|w| w.anchor.is_some())
        .and_then(|w| w.anchor)
        .unwrap_or(Anchor::Delivered);
    let transit = window(&|w| w.transit_days.is_some()).and_then(|w| w.transit_days);
    let as_law = window(&|w| w.as_law.is_some()).and_then(|w| w.as_law) == Some(true);
    let known = match anchor {
        Anchor::Ordered => Some(f.placed_on),
        Anchor::Fulfilled => f.fulfilled_on,
        Anchor::Delivered => f.delivered_on,
        Anchor::LastParcel => f.last_delivered_on,
    };
    let guess = match (anchor, f.fulfilled_on, transit) {
        (Anchor::Delivered | Anchor::LastParcel, Some(sent), Some(n)) => Some(later(sent, n)),
        _ => None,
    };
    let mut until = known.or(guess).map(|day| later(day, days));
    for h in &source.holidays {
        if h.ordered_from <= f.placed_on && f.placed_on <= h.ordered_to {
            until = until.map(|end| end.max(h.return_until));
        }
    }

    // Without a day to count from: the end a window would have if the goods had not been on their
    // way at all. Whoever asks by then is in time whenever they come.
    let mut never_over_before = later(
        match (anchor, f.fulfilled_on, f.delivered_on) {
            (Anchor::LastParcel, _, Some(first_parcel)) => first_parcel,
            (Anchor::Delivered | Anchor::LastParcel, Some(sent), _) => sent,
            _ => f.placed_on,
        },
        days,
    );
    for h in &source.holidays {
        if (h.ordered_from..=h.ordered_to).contains(&f.placed_on) {
            never_over_before = never_over_before.max(h.return_until);
        }
    }

    // The verdict.
    let accepted = first_reason(&|r| r.accepted.is_some()).is_none_or(|r| r.accepted == Some(true));
    let exclusion = levels.iter().find_map(|l| l.exclusion.as_ref());
    let final_sale = levels
        .iter()
        .find_map(|l| l.final_sale)
        .unwrap_or(FinalSale::Always);
    let condition = levels
        .iter()
        .find_map(|l| l.condition.clone())
        .unwrap_or_default();
    let unmet = condition
        .iter()
        .any(|c| f.lacks.has(*c) || (*c == Condition::Unopened && f.opened));
    let taken = levels
        .iter()
        .find_map(|l| l.eligibility.as_ref())
        .is_none_or(|e| {
            let value = |a: &Option<AmountsSource>| a.as_ref().and_then(|a| minor(a, f.currency));
            value(&e.min_value).is_none_or(|min| f.requested_minor >= min)
                && value(&e.max_value).is_none_or(|max| f.requested_minor <= max)
                && e.max_units.is_none_or(|max| f.units <= max)
        });
    let wanted = first_reason(&|r| r.evidence.is_some())
        .and_then(|r| r.evidence)
        .unwrap_or_default();
    let missing = EvidenceDemand {
        photos: wanted.photos.saturating_sub(f.evidence.photos),
        note: wanted.note && !f.evidence.note,
        serial: wanted.serial && !f.evidence.serial,
    };
    let out = |code| (Verdict::Outside(code), false);
    let excluded = exclusion.filter(|e| f.opened || !e.only_opened);
    let (verdict, yields) = if !accepted {
        out(ReasonCode::ReasonNotAccepted)
    } else if let Some(e) = excluded.filter(|_| !sellers) {
        (
            Verdict::Outside(ReasonCode::CategoryExcluded),
            e.where_lawful,
        )
    } else if !sellers && f.final_sale && final_sale != FinalSale::Never {
        let yields = final_sale == FinalSale::WhereLawful;
        (Verdict::Outside(ReasonCode::FinalSale), yields)
    } else if !sellers && !taken {
        out(ReasonCode::NotEligible)
    } else if !sellers && unmet {
        out(ReasonCode::ConditionNotMet)
    } else {
        match (until, known) {
            (None, _) if f.asked_on > never_over_before => (Verdict::NotStarted, false),
            (Some(end), None) if f.asked_on > end => (Verdict::NotStarted, false),
            (Some(end), _) if f.asked_on > end => {
                (Verdict::Outside(ReasonCode::WindowClosed), as_law)
            }
            _ if missing != EvidenceDemand::default() => (Verdict::NeedsEvidence(missing), false),
            _ => (Verdict::Eligible, false),
        }
    };

    // Money.
    let mut fees = Vec::new();
    for kind in FeeKind::ALL {
        let said: Option<&FeeSource> = levels.iter().find_map(|l| l.fees.get(kind));
        if let Some(fee) = said.filter(|_| !sellers)
            && let Some(size) = fee_size(fee, f, known)
        {
            fees.push((
                *kind,
                size,
                fee.waiver.as_ref().is_some_and(|w| w.statutory),
            ));
        }
    }
    let label_fee = fees.iter().any(|(kind, ..)| *kind == FeeKind::ReturnLabel);
    let label = if sellers {
        Payer::Merchant
    } else if label_fee {
        Payer::Customer
    } else {
        levels
            .iter()
            .find_map(|l| l.label)
            .unwrap_or(Payer::Customer)
    };
    let shipping = levels.iter().find_map(|l| l.shipping.as_ref());
    let shipping = match (shipping, sellers) {
        (Some(s), true) => s.on_fault,
        (Some(s), false) => s.rule,
        (None, true) => ShippingRule::FullOnFullOrder,
        (None, false) => ShippingRule::None,
    };
    let outcomes = first_reason(&|r| r.outcomes.is_some())
        .and_then(|r| r.outcomes)
        .or_else(|| levels.iter().find_map(|l| l.outcomes.clone()))
        .unwrap_or_default();
    let bonus = |outcome| {
        let said = levels.iter().find_map(|l| l.bonuses.get(&outcome));
        said.map_or(0, |b| {
            let cap = b.cap.as_ref().and_then(|c| minor(c, f.currency));
            b.rate
                .of(f.requested_minor.max(0))
                .min(cap.unwrap_or(i64::MAX))
        })
    };
    let returnless = levels.iter().find_map(|l| l.returnless.as_ref());
    let stays = verdict == Verdict::Eligible
        && until.is_some()
        && returnless.is_some_and(|r| {
            let worth_it = r.economics.as_ref().is_some_and(|e| {
                minor(&e.return_cost, f.currency)
                    .is_none_or(|cost| e.resale.of(f.requested_minor) > cost)
            });
            r.reasons.contains(&f.reason)
                && minor(&r.up_to, f.currency).is_some_and(|up_to| f.requested_minor <= up_to)
                && f.returnless_used_365d < u32::from(r.max_per_365_days)
                && !worth_it
        });
    let approve = levels.iter().find_map(|l| l.auto_approve.as_ref());
    let mut grades = [Bps(0); 5];
    let said = levels.iter().find_map(|l| l.grades.as_ref());
    if let Some(said) = said.filter(|_| fault == Fault::Consumer) {
        for (i, grade) in Grade::ALL.iter().enumerate() {
            grades[i] = said.get(grade).copied().unwrap_or(Bps(0));
        }
    }
    Plain {
        verdict,
        yields,
        window_until: until,
        fault,
        fees,
        label,
        shipping,
        outcomes: Outcome::ALL
            .iter()
            .copied()
            .filter(|o| outcomes.contains(o))
            .collect(),
        bonuses: [bonus(Outcome::StoreCredit), bonus(Outcome::Exchange)],
        returnless: stays,
        donate: stays && returnless.is_some_and(|r| r.instead == Instead::Donate),
        auto_approve: approve.and_then(|a| minor(a, f.currency)),
        control: control(&levels, f, fault),
        grades,
        return_to: levels.iter().find_map(|l| l.return_to),
        route: levels.iter().find_map(|l| l.route),
    }
}

/// The fee for this very order, if it is taken.
fn fee_size(fee: &FeeSource, f: &PolicyFacts, known: Option<Date>) -> Option<i64> {
    let all: &[ReturnReason] = ReturnReason::ALL;
    let reasons = fee.reasons.as_deref().unwrap_or(all);
    let late = match (fee.after_days, known) {
        (None, _) => true,
        (Some(days), Some(day)) => f.asked_on > later(day, days),
        (Some(_), None) => false,
    };
    if fee.none || !reasons.contains(&f.reason) || (fee.only_opened && !f.opened) || !late {
        return None;
    }
    if let Some(waiver) = &fee.waiver {
        let from = waiver
            .order_from
            .as_ref()
            .and_then(|a| minor(a, f.currency));
        let large = from.is_some_and(|from| f.order_minor >= from);
        if large || f.wanted.is_some_and(|o| waiver.outcomes.contains(&o)) {
            return None;
        }
    }
    let paid = f.requested_minor.max(0);
    let tax = paid / 7;
    let size = match (fee.rate, &fee.amount) {
        (Some(rate), _) => rate.of(paid),
        (None, Some(amount)) => {
            let net = minor(amount, f.currency)?;
            let on_top = fee.tax == Some(FeeTax::Added) && tax > 0;
            // Half a unit rounds up.
            let tax_on_it = (2 * net * tax + (paid - tax)).checked_div(2 * (paid - tax));
            net + tax_on_it.filter(|_| on_top).unwrap_or(0)
        }
        (None, None) => return None,
    };
    let cap = fee.cap.as_ref().and_then(|c| minor(c, f.currency));
    Some(size.min(cap.unwrap_or(i64::MAX)).min(paid))
}

fn control(
    levels: &[&RulesSource],
    f: &PolicyFacts,
    fault: Fault,
) -> (RefundControl, u16, RefundControl) {
    let Some(refund) = levels.iter().find_map(|l| l.refund.as_ref()) else {
        return (RefundControl::Inspected, 0, RefundControl::Inspected);
    };
    let (mut control, mut days) = (refund.control, refund.within_days);
    for tier in refund.tiers.iter().rev() {
        let small = match &tier.up_to {
            None => true,
            Some(a) => minor(a, f.currency).is_some_and(|up_to| f.requested_minor <= up_to),
        };
        if small && tier.fault.is_none_or(|t| t == fault) {
            (control, days) = (tier.control, tier.within_days);
        }
    }
    let statutory = refund.statutory.unwrap_or(control);
    (control, days, statutory.min(control))
}

/// First item that has a property.
trait CopiedFind<'a, T: 'a>: Iterator<Item = &'a T> + Sized {
    fn copied_find(mut self, field: &dyn Fn(&T) -> bool) -> Option<&'a T> {
        self.find(|item| field(item))
    }
}

impl<'a, T: 'a, I: Iterator<Item = &'a T>> CopiedFind<'a, T> for I {}
