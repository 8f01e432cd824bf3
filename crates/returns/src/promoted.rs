//! The promotions of a grant on a document: which part of them bears which rates of tax.
//!
//! A quote knows what promotions come to and the tax inside by rate. The amount under each rate
//! follows from its tax; what bears none is what the others leave.

use crate::credited::{Credited, CreditedKind, CreditedPart, quote_of, rate_of};
use crate::economics::{TaxShare, Taxes, total};
use crate::event::Event;
use crate::order::SalesOrder;
use crate::quote::QuoteKind;
use crate::refund::add_by_rate;
use kernel::{Bps, cumulative_share, prorate};
use policy::PromotionRule;
use smallvec::SmallVec;

/// What the promotions of a grant came to and the tax inside, as they were quoted when it was made.
pub(crate) fn promotion_taxes(
    events: &[Event],
    grant: u16,
    promotion_minor: i64,
) -> Option<(i64, Taxes)> {
    let quote = quote_of(events, grant).filter(|q| q.promotion_minor() == promotion_minor)?;
    let mut taxes = Taxes::new();
    for l in quote
        .lines
        .iter()
        .filter(|l| l.kind == QuoteKind::Promotion)
    {
        add_by_rate(&mut taxes, &l.taxes);
    }
    Some((promotion_minor, taxes))
}

/// Adds the promotion: by its own tax where it was quoted, else in proportion to the parts.
pub(crate) fn promoted(order: &SalesOrder, out: &mut Credited, minor: i64, taxes: Option<&Taxes>) {
    let parts: Vec<(Option<Bps>, i64, i64)> = if let Some(taxes) = taxes {
        by_rates(&sets_of(order, taxes), minor, taxes)
    } else {
        let weights: Vec<i64> = out.parts.iter().map(|p| p.gross).collect();
        let tax = |p: &CreditedPart, gross| cumulative_share(p.tax, 0, gross, p.gross);
        let each = out.parts.iter().zip(prorate(minor, &weights));
        each.map(|(p, gross)| (p.rate, gross, tax(p, gross)))
            .collect()
    };
    for (rate, gross, tax) in parts.into_iter().filter(|r| r.1 != 0 || r.2 != 0) {
        out.parts.push(CreditedPart {
            kind: CreditedKind::Promotion,
            line: None,
            units: 1,
            part: false,
            gross,
            tax,
            rate,
        });
    }
}

/// Rates that lie on the same amount, and how much the promotions took off such goods at purchase.
struct RateSet {
    rates: SmallVec<[Bps; 2]>,
    discount: i64,
}

impl RateSet {
    fn is_taxed(&self) -> bool {
        self.rates.iter().any(|r| r.0 != 0)
    }
}

/// The rates of what promotions that can be taken back were on: one set for each kind of goods.
/// Falls back to one set for each rate of `taxes` where they cannot be told apart.
fn sets_of(order: &SalesOrder, taxes: &Taxes) -> Vec<RateSet> {
    let mut sets: Vec<RateSet> = Vec::new();
    let mut add = |taxes: &Taxes, discount: i64| {
        let mut rates: SmallVec<[Bps; 2]> = taxes.iter().map(|t| t.rate).collect();
        rates.sort_unstable();
        match sets.iter_mut().find(|s| s.rates == rates) {
            Some(set) => set.discount += discount,
            None => sets.push(RateSet { rates, discount }),
        }
    };
    let taken = |p: &&crate::promotion::Promotion| p.on_loss == PromotionRule::ClawBack;
    for promotion in order.promotions.iter().filter(taken) {
        for (line, discount) in &promotion.lines {
            if let Some(sold) = order.line(*line) {
                add(&sold.economics.taxes, *discount);
            }
        }
        if let Some(delivery) = &promotion.delivery {
            add(&delivery.taxes, delivery.gross);
        }
    }
    let of = |rate: Bps| sets.iter().filter(|s| s.rates.contains(&rate)).count();
    if !sets.is_empty() && taxes.iter().all(|t| of(t.rate) == 1) {
        return sets;
    }
    // A rate on two kinds of goods, beside another on one of them: the tax alone does not say how
    // much lies under both. One amount under all of them is what the sale knew.
    let joint = sets
        .iter()
        .any(|s| taxes.iter().all(|t| s.rates.contains(&t.rate)));
    let rates = taxes.iter().map(|t| t.rate);
    if joint || taxes.is_empty() {
        let rates = rates.collect();
        return vec![RateSet { rates, discount: 1 }];
    }
    rates
        .map(|rate| RateSet {
            rates: SmallVec::from_slice(&[rate]),
            discount: 1,
        })
        .collect()
}

/// A promotion over its sets of rates: rate, gross and tax of each.
fn by_rates(sets: &[RateSet], minor: i64, taxes: &Taxes) -> Vec<(Option<Bps>, i64, i64)> {
    let own = |set: &RateSet| -> Taxes {
        let on = |t: &&TaxShare| set.rates.contains(&t.rate);
        taxes.iter().filter(on).copied().collect()
    };
    // The gross that bears so much tax at these rates; in `i128`, as a small rate makes it large.
    let bears = |set: &RateSet| -> i64 {
        let tax = i128::from(total(&own(set)).unsigned_abs());
        let rate: i128 = set.rates.iter().map(|r| i128::from(r.0)).sum();
        let gross = (tax * (10_000 + rate)).checked_div(rate).unwrap_or(0);
        i64::try_from(gross).unwrap_or(i64::MAX)
    };
    let mut weights: Vec<i64> = sets
        .iter()
        .map(|s| if s.is_taxed() { bears(s) } else { 0 })
        .collect();
    let known = weights.iter().fold(0_i64, |sum, w| sum.saturating_add(*w));
    let rest = minor.abs().saturating_sub(known).max(0);
    let free: Vec<i64> = sets
        .iter()
        .map(|s| if s.is_taxed() { 0 } else { s.discount.max(1) })
        .collect();
    if free.iter().any(|f| *f > 0) {
        for (weight, part) in weights.iter_mut().zip(prorate(rest, &free)) {
            *weight += part;
        }
    }
    let each = sets.iter().zip(prorate(minor, &weights));
    each.map(|(set, gross)| {
        let own = own(set);
        let all: Taxes = set
            .rates
            .iter()
            .map(|rate| TaxShare {
                rate: *rate,
                minor: 0,
            })
            .collect();
        (rate_of(&all), gross, total(&own))
    })
    .collect()
}
