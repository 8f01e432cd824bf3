//! Which units of which order a return told by another system speaks of. Pure.
//!
//! The rule is the one under which the public "Online Retail" set was labelled: only purchases of
//! the same customer and article made before the return; those at the credited unit price first,
//! the latest first; units are consumed. On top of it, nobody is credited more than they paid: a
//! dearer credit than the purchase is left to a person.

use kernel::{Currency, OrderId, Timestamp, cumulative_share};
use smallvec::SmallVec;

/// A bought line a return may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its order.
    pub order: OrderId,
    /// Index of the line in it.
    pub line: u16,
    /// Article.
    pub sku: Box<str>,
    /// When it was bought.
    pub placed_at: Timestamp,
    /// Currency of its order.
    pub currency: Currency,
    /// List price of a unit, minor units.
    pub unit_list: i64,
    /// Paid for a unit with tax, minor units, rounded up.
    pub unit_paid: i64,
    /// Units that were sent and that no case holds.
    pub free: u32,
}

/// What a return says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Article.
    pub sku: &'a str,
    /// Units.
    pub units: u32,
    /// Currency of the credit.
    pub currency: Currency,
    /// Credited per unit, minor units.
    pub unit_price: i64,
    /// Credited for all of them, minor units.
    pub total: i64,
    /// When.
    pub at: Timestamp,
}

/// Units of one bought line, with their share of what was credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Position in the list of candidates.
    pub candidate: usize,
    /// Units.
    pub units: u32,
    /// Credited for them, minor units.
    pub minor: i64,
}

/// Why units find no purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnmatched {
    /// The order named, or the customer, is not known here.
    UnknownBuyer,
    /// They never bought this article before the return.
    NeverBought,
    /// They bought it, and all of it has come back already.
    AllReturned,
    /// They bought it, for less than is credited.
    CreditAbovePrice,
    /// The case could not be made: our rules of money or law refuse it.
    Refused,
}

impl WhyUnmatched {
    /// In words, for the list of what was not taken.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownBuyer => "neither the order nor the customer is known here",
            Self::NeverBought => "the customer did not buy this article before the return",
            Self::AllReturned => "every unit the customer bought has come back already",
            Self::CreditAbovePrice => "credited above the price paid: a person must decide",
            Self::Refused => "our rules refuse the case",
        }
    }
}

/// Units that found their purchases, and those that did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Found.
    pub parts: SmallVec<[Part; 2]>,
    /// Not found: how many, their share of the credit, and why.
    pub rest: Option<(u32, i64, WhyUnmatched)>,
}

/// Matches a return. The shares of the parts and of the rest sum to the credited total.
pub fn match_return(candidates: &[Candidate], wanted: &Wanted<'_>) -> Matched {
    let bought = |c: &Candidate| {
        *c.sku == *wanted.sku && c.placed_at <= wanted.at && c.currency == wanted.currency
    };
    let mut fits: Vec<(usize, &Candidate)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| bought(c))
        .collect();
    let any_bought = !fits.is_empty();
    fits.retain(|(_, c)| c.free > 0);
    let any_free = !fits.is_empty();
    fits.retain(|(_, c)| c.unit_paid >= wanted.unit_price);
    // Among equals the order of ids and lines decides, so that the same file matches alike.
    fits.sort_by_key(|(_, c)| {
        (
            c.unit_list != wanted.unit_price,
            std::cmp::Reverse(c.placed_at),
            c.order,
            c.line,
        )
    });
    let (mut parts, mut done) = (SmallVec::new(), 0);
    let share = |done: u32, units: u32| {
        let (done, units) = (i64::from(done), i64::from(units));
        cumulative_share(wanted.total, done, units, i64::from(wanted.units))
    };
    for (candidate, c) in fits {
        let units = c.free.min(wanted.units - done);
        if units == 0 {
            break;
        }
        parts.push(Part {
            candidate,
            units,
            minor: share(done, units),
        });
        done += units;
    }
    let left = wanted.units - done;
    let rest = (left > 0).then(|| {
        let why = if !any_bought {
            WhyUnmatched::NeverBought
        } else if any_free && parts.is_empty() {
            WhyUnmatched::CreditAbovePrice
        } else {
            WhyUnmatched::AllReturned
        };
        (left, share(done, left), why)
    });
    Matched { parts, rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bought(order: u128, day: i64, price: i64, free: u32) -> Candidate {
        Candidate {
            order: OrderId(uuid::Uuid::from_u128(order)),
            line: 0,
            sku: "A".into(),
            placed_at: Timestamp::from_second(day * 86_400).unwrap(),
            currency: Currency::GBP,
            unit_list: price,
            unit_paid: price,
            free,
        }
    }

    fn wanted(units: u32, unit_price: i64, day: i64) -> Wanted<'static> {
        let total = unit_price * i64::from(units);
        let at = Timestamp::from_second(day * 86_400).unwrap();
        Wanted {
            sku: "A",
            units,
            currency: Currency::GBP,
            unit_price,
            total,
            at,
        }
    }

    fn picks(matched: &Matched) -> Vec<(usize, u32, i64)> {
        matched
            .parts
            .iter()
            .map(|p| (p.candidate, p.units, p.minor))
            .collect()
    }

    #[test]
    fn the_same_price_goes_before_the_latest() {
        let list = [
            bought(1, 1, 250, 5),
            bought(2, 2, 300, 5),
            bought(3, 3, 250, 5),
        ];
        let matched = match_return(&list, &wanted(7, 250, 10));
        assert_eq!(picks(&matched), [(2, 5, 1_250), (0, 2, 500)]);
        let matched = match_return(&list, &wanted(12, 250, 10));
        assert_eq!(picks(&matched), [(2, 5, 1_250), (0, 5, 1_250), (1, 2, 500)]);
        assert_eq!(matched.rest, None);
    }

    #[test]
    fn what_finds_no_purchase_says_why() {
        let list = [bought(1, 5, 250, 2)];
        let why = |w: &Wanted<'_>| match_return(&list, w).rest;
        assert_eq!(
            why(&wanted(1, 250, 4)),
            Some((1, 250, WhyUnmatched::NeverBought))
        );
        assert_eq!(
            why(&wanted(3, 250, 6)),
            Some((1, 250, WhyUnmatched::AllReturned))
        );
        assert_eq!(
            why(&wanted(1, 251, 6)),
            Some((1, 251, WhyUnmatched::CreditAbovePrice))
        );
        let other = Wanted {
            sku: "B",
            ..wanted(1, 250, 6)
        };
        assert_eq!(why(&other), Some((1, 250, WhyUnmatched::NeverBought)));
    }

    proptest! {
        #[test]
        fn units_and_money_are_neither_lost_nor_made(
            list in prop::collection::vec((0_u128..50, 0_i64..20, 1_i64..5, 0_u32..9), 0..12),
            units in 1_u32..40, price in 1_i64..5, extra in 0_i64..3, day in 0_i64..25,
        ) {
            let list: Vec<Candidate> =
                list.into_iter().map(|(o, d, p, f)| bought(o, d, p, f)).collect();
            let wanted = wanted(units, price, day);
            let wanted = Wanted { total: wanted.total + extra, ..wanted };
            let matched = match_return(&list, &wanted);
            let rest = matched.rest.map_or((0, 0), |(u, m, _)| (u, m));
            prop_assert_eq!(matched.parts.iter().map(|p| p.units).sum::<u32>() + rest.0, units);
            let money: i64 = matched.parts.iter().map(|p| p.minor).sum();
            prop_assert_eq!(money + rest.1, wanted.total);
            for part in &matched.parts {
                prop_assert!(part.units <= list[part.candidate].free);
                prop_assert!(list[part.candidate].placed_at <= wanted.at);
            }
            let mut seen: Vec<usize> = matched.parts.iter().map(|p| p.candidate).collect();
            seen.dedup();
            prop_assert_eq!(seen.len(), matched.parts.len());
        }
    }
}
