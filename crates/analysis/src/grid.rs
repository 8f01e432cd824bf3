//! The edges of a policy: which channels, goods, amounts and days are worth trying because a rule
//! changes there. Between two edges every rule says the same.

use crate::order::Order;
use jiff::{Span, civil::Date};
use kernel::{CountryCode, Currency, Money};
use policy::{
    Policy, PolicySource, ReturnReason, SalesChannel,
    source::{AmountsSource, RulesSource},
};
use std::{collections::BTreeSet, sync::Arc};

/// Every level of a policy.
pub(crate) fn levels(source: &PolicySource) -> impl Iterator<Item = &RulesSource> {
    std::iter::once(&source.rules)
        .chain(source.channels.values())
        .chain(source.markets.values().map(|m| &m.rules))
        .chain(source.categories.values())
        .chain(source.products.values().map(|p| &p.rules))
}

/// Channels to try: those with rules of their own, and one for all others.
pub(crate) fn channels(source: &PolicySource) -> Vec<SalesChannel> {
    let mut out: Vec<SalesChannel> = source.channels.keys().copied().collect();
    let plain = SalesChannel::ALL.iter().find(|c| !out.contains(c)).copied();
    out.extend(plain);
    // The web shop first: it is what most people think of.
    out.sort_unstable();
    out
}

/// Goods as category and article.
pub(crate) type Goods = (Option<Arc<str>>, Option<Arc<str>>);

/// Goods to try: none of their own, every category, every article.
pub(crate) fn goods(source: &PolicySource) -> Vec<Goods> {
    let mut out = vec![(None, None)];
    out.extend(
        source
            .categories
            .keys()
            .map(|path| (Some(path.as_str().into()), None)),
    );
    out.extend(
        source
            .products
            .keys()
            .map(|sku| (None, Some(sku.as_str().into()))),
    );
    out
}

/// One country of every market, and one outside of all.
pub(crate) fn countries(source: &PolicySource) -> Vec<CountryCode> {
    let mut out: Vec<CountryCode> = Vec::new();
    let in_market = |c: &CountryCode| source.markets.values().any(|m| m.countries.contains(c));
    let sold = source.countries.iter().copied();
    let usual = ["DE", "FR", "GB", "US", "JP", "BR", "ZA", "AU", "CH", "IN"];
    let others = sold.chain(usual.map(CountryCode::literal));
    out.extend(others.into_iter().find(|c| !in_market(c)));
    out.extend(source.markets.values().filter_map(|m| m.countries.first()));
    out
}

fn amounts_of(rules: &RulesSource) -> impl Iterator<Item = &AmountsSource> {
    let eligibility = rules.eligibility.iter();
    let bounds = eligibility.flat_map(|e| e.min_value.iter().chain(&e.max_value));
    let returnless = rules.returnless.iter();
    let stay = returnless.flat_map(|r| {
        let cost = r.economics.iter().map(|e| &e.return_cost);
        std::iter::once(&r.up_to).chain(cost)
    });
    let tiers = rules.refund.iter().flat_map(|r| r.tiers.iter());
    let fees = rules.fees.values();
    let waived = fees.filter_map(|f| f.waiver.as_ref()?.order_from.as_ref());
    bounds
        .chain(stay)
        .chain(tiers.filter_map(|t| t.up_to.as_ref()))
        .chain(waived)
        .chain(&rules.auto_approve)
}

/// Values at which some rule changes, with their neighbours, minor units.
pub(crate) fn values(source: &PolicySource, currency: Currency) -> BTreeSet<i64> {
    let mut out = BTreeSet::new();
    let mut edge = |at: i64| {
        out.extend(
            [at.saturating_sub(1), at, at.saturating_add(1)]
                .into_iter()
                .filter(|v| *v >= 0),
        );
    };
    for level in levels(source) {
        for amounts in amounts_of(level) {
            let text = amounts.get(currency.code());
            if let Some(money) = text.and_then(|t| Money::parse(t, currency).ok()) {
                edge(money.minor);
            }
        }
        let economics = level.returnless.iter().filter_map(|r| r.economics.as_ref());
        for e in economics.filter(|e| e.resale.0 > 0) {
            let text = e.return_cost.get(currency.code());
            if let Some(cost) = text.and_then(|t| Money::parse(t, currency).ok()) {
                // Where resale stops to cover the cost, give or take rounding.
                edge(cost.minor.saturating_mul(10_000) / i64::from(e.resale.0));
            }
        }
    }
    out
}

/// Most units of a line that some rule allows, and one more.
pub(crate) fn units(source: &PolicySource) -> BTreeSet<u32> {
    let bounds = levels(source).filter_map(|l| l.eligibility.as_ref()?.max_units);
    bounds.flat_map(|n| [n, n.saturating_add(1)]).collect()
}

/// Days to ask on for the days of `order`: when the line came, at the end of the window and the
/// day after, and around every day from which a fee is late. The earliest first.
pub(crate) fn asks(policy: &Policy, order: &Order, lates: &BTreeSet<u16>) -> BTreeSet<Date> {
    let mut out = BTreeSet::new();
    let after = |day: Date, n: u16| day.saturating_add(Span::new().days(n));
    let events = [
        Some(order.placed_on),
        order.sent_on,
        order.delivered_on,
        order.last_parcel_on,
    ];
    out.extend(
        order
            .delivered_on
            .or(order.sent_on)
            .or(Some(order.placed_on)),
    );
    for day in events.into_iter().flatten() {
        for n in lates {
            out.extend([after(day, *n), after(after(day, *n), 1)]);
        }
    }
    if let Some(end) = policy.evaluate(&order.facts(policy)).window_until {
        out.extend([end, after(end, 1)]);
    }
    out
}

/// Days after an anchor from which some fee is late.
pub(crate) fn lates(source: &PolicySource) -> BTreeSet<u16> {
    let fees = levels(source).flat_map(|l| l.fees.values());
    fees.filter_map(|f| f.after_days).collect()
}

/// The first day from `on` that is in no season with longer windows, so that nobody is better off
/// by the calendar.
pub(crate) fn ordinary_day(source: &PolicySource, on: Date) -> Date {
    let mut day = on;
    while let Some(season) = source
        .holidays
        .iter()
        .find(|h| h.ordered_from <= day && day <= h.ordered_to)
    {
        day = season.ordered_to.saturating_add(Span::new().days(1));
        if day == Date::MAX {
            break;
        }
    }
    day
}

/// Smallest order value that some fee waiver asks for, less one: below it every fee is taken.
pub(crate) fn unwaived(source: &PolicySource, currency: Currency) -> Option<i64> {
    let fees = levels(source).flat_map(|l| l.fees.values());
    let froms = fees.filter_map(|f| {
        let text = f
            .waiver
            .as_ref()?
            .order_from
            .as_ref()?
            .get(currency.code())?;
        Money::parse(text, currency).ok().map(|m| m.minor)
    });
    froms.min().map(|from| from.saturating_sub(1))
}

/// One reason of every kind that law and policy tell apart: all that some rule names, and of the
/// others one per fault and kind of right.
pub(crate) fn reasons(
    source: &PolicySource,
    kind: impl Fn(ReturnReason) -> u8,
) -> Vec<ReturnReason> {
    let named: BTreeSet<ReturnReason> = levels(source)
        .flat_map(|l| {
            let fees = l.fees.values().flat_map(|f| f.reasons.iter().flatten());
            let stay = l.returnless.iter().flat_map(|r| r.reasons.iter());
            l.reasons.keys().chain(fees).chain(stay)
        })
        .copied()
        .collect();
    let mut seen = BTreeSet::new();
    // The plainest reason first, so that witnesses read well.
    let plain = std::iter::once(ReturnReason::ChangedMind);
    let all = plain.chain(ReturnReason::ALL.iter().copied());
    let mut out: Vec<ReturnReason> = Vec::new();
    for reason in all {
        let new = named.contains(&reason) || seen.insert((reason.default_fault(), kind(reason)));
        if new && !out.contains(&reason) {
            out.push(reason);
        }
    }
    out
}
