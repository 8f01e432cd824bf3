//! The paid value of some units, end to end, and the tax inside any stretch of it (R4, R6).
//! Every figure of a line takes its tax from here, so parts in any cut carry all the tax.

use crate::account::{Claim, Run};
use crate::economics::{TaxShare, Taxes, each, total};
use crate::order::OrderLine;
use kernel::cumulative_share;
use smallvec::SmallVec;

/// Units of one order line laid end to end: their gross is a stretch of money, and each point of
/// it knows the tax before it. At the edge between two units that is exactly the tax of the
/// units before; inside a unit it grows by cumulative rounding.
#[derive(Debug)]
pub struct Value<'a> {
    sold: &'a OrderLine,
    runs: SmallVec<[Run; 2]>,
    /// Whether charges that follow the goods are in it.
    charges: bool,
    /// All of it, asked for again and again.
    gross: i64,
    taxes: Taxes,
}

impl<'a> Value<'a> {
    /// The units of these runs with the charges that follow them.
    pub fn new(sold: &'a OrderLine, runs: &[Run]) -> Self {
        Self::of(sold, SmallVec::from_slice(runs), true)
    }

    fn of(sold: &'a OrderLine, runs: SmallVec<[Run; 2]>, charges: bool) -> Self {
        let charges = charges && sold.following().next().is_some();
        let (mut gross, mut taxes) = match runs.first() {
            Some(run) => merged(sold, charges, *run),
            None => merged(sold, charges, Run { first: 0, count: 0 }),
        };
        for run in runs.iter().skip(1) {
            let units = merged(sold, charges, *run);
            gross += units.0;
            add(&mut taxes, &units.1);
        }
        Self {
            sold,
            runs,
            charges,
            gross,
            taxes,
        }
    }

    /// The units a case holds.
    pub fn of_claim(sold: &'a OrderLine, claim: &Claim) -> Self {
        Self::new(sold, &claim.runs)
    }

    /// The same units without their charges; none when there are none.
    pub(super) fn without_charges(&self) -> Option<Self> {
        self.charges
            .then(|| Self::of(self.sold, SmallVec::from_slice(&self.runs), false))
    }

    /// The first `units` of them.
    #[must_use]
    pub fn first(self, units: u32) -> Self {
        if self.runs.iter().map(|r| r.count).sum::<u32>() <= units {
            return self;
        }
        let mut left = units;
        let mut runs = SmallVec::new();
        for run in &self.runs {
            let count = run.count.min(left);
            if count > 0 {
                runs.push(Run { count, ..*run });
            }
            left -= count;
        }
        self.with(runs)
    }

    /// The same line and other units of it.
    fn with(self, runs: SmallVec<[Run; 2]>) -> Self {
        if runs == self.runs {
            return self;
        }
        Self::of(self.sold, runs, self.charges)
    }

    /// What follows the first `units` of them.
    #[must_use]
    pub fn after(self, units: u32) -> Self {
        if units == 0 {
            return self;
        }
        let mut skip = units;
        let mut runs = SmallVec::new();
        for run in &self.runs {
            let gone = run.count.min(skip);
            if gone < run.count {
                runs.push(Run {
                    first: run.first + gone,
                    count: run.count - gone,
                });
            }
            skip -= gone;
        }
        self.with(runs)
    }

    /// Which units.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// All of it, tax included.
    pub fn gross(&self) -> i64 {
        self.gross
    }

    /// List price and discounts of the units: what was taken off.
    pub fn discount(&self) -> i64 {
        let of = |r: &Run| self.sold.economics.units_discount(r.first, r.count);
        self.runs.iter().map(of).sum()
    }

    /// The tax between two points, by rate; negative when `to` lies before `from`.
    pub fn taxes(&self, from: i64, to: i64) -> Taxes {
        let mut taxes = self.taxes_before(to);
        // Before the first cent there is no tax.
        if from > 0 || from >= self.gross {
            for (t, before) in taxes.iter_mut().zip(self.taxes_before(from)) {
                t.minor -= before.minor;
            }
        }
        taxes
    }

    /// The gross of a step from `from` whose part without tax is exactly `net`, the one nearest
    /// to the proportion (R6, "excluding tax"). A negative `net` steps back. None when there is
    /// not as much.
    pub fn gross_of_net(&self, from: i64, net: i64) -> Option<i64> {
        let gross = self.gross();
        let net_before = |x: i64| x - total(&self.taxes_before(x));
        let (all, start) = (net_before(gross), net_before(from));
        let target = start.checked_add(net)?;
        if !(0..=all).contains(&target) {
            return None;
        }
        if target == all {
            // The last step takes what is left, a lone cent of tax included.
            return Some(gross - from);
        }
        let near = from + cumulative_share(gross, start, net, all);
        // Each rate rounds by less than a cent, so the exact point lies close by.
        let reach = 2 + i64::try_from(self.no_taxes().len()).unwrap_or(i64::MAX);
        let exact = |x: &i64| (0..=gross).contains(x) && net_before(*x) == target;
        let by_distance = (0..=reach).flat_map(|d| [near - d, near + d]);
        let at = by_distance.into_iter().find(exact);
        Some(at.unwrap_or(near.clamp(0, gross)) - from)
    }

    /// The tax before a point, by rate.
    fn taxes_before(&self, point: i64) -> Taxes {
        if point >= self.gross {
            return Taxes::from_slice(&self.taxes);
        }
        if point <= 0 {
            return self.no_taxes();
        }
        if let [Run { count: 1, .. }] = self.runs.as_slice() {
            return each(&self.taxes, |t| {
                cumulative_share(t.minor, 0, point, self.gross)
            });
        }
        let mut sum = self.no_taxes();
        let mut left = point;
        for run in &self.runs {
            let whole = self.worth(run.first, run.count);
            if left >= whole {
                add(&mut sum, &self.merged(run.first, run.count).1);
                left -= whole;
                continue;
            }
            // The last unit that ends at or before the point.
            let (mut low, mut high) = (0, run.count);
            while low < high {
                let middle = high - (high - low) / 2;
                if self.worth(run.first, middle) <= left {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            add(&mut sum, &self.merged(run.first, low).1);
            let inside = left - self.worth(run.first, low);
            let (gross, taxes) = self.merged(run.first + low, 1);
            for (have, t) in sum.iter_mut().zip(&taxes) {
                have.minor += cumulative_share(t.minor, 0, inside, gross);
            }
            return sum;
        }
        sum
    }

    fn worth(&self, first: u32, count: u32) -> i64 {
        if self.charges {
            self.sold.worth(first, count)
        } else {
            self.sold.economics.units_gross(first, count)
        }
    }

    /// One zero per rate, in the order [`Self::merged`] gives them.
    fn no_taxes(&self) -> Taxes {
        each(&self.taxes, |_| 0)
    }

    fn merged(&self, first: u32, count: u32) -> (i64, Taxes) {
        merged(self.sold, self.charges, Run { first, count })
    }
}

/// Gross and tax of units and their charges as one.
fn merged(sold: &OrderLine, charges: bool, run: Run) -> (i64, Taxes) {
    let (mut gross, mut taxes) = sold.economics.paid(run.first, run.count);
    if charges {
        for charge in sold.following() {
            let (more, own) = charge.economics.paid(run.first, run.count);
            gross += more;
            add_by_rate(&mut taxes, &own);
        }
    }
    (gross, taxes)
}

fn add(sum: &mut Taxes, more: &[TaxShare]) {
    for (have, t) in sum.iter_mut().zip(more) {
        have.minor += t.minor;
    }
}

/// Adds taxes to others of the same rates.
pub(crate) fn add_by_rate(sum: &mut Taxes, more: &[TaxShare]) {
    for t in more {
        match sum.iter_mut().find(|have| have.rate == t.rate) {
            Some(have) => have.minor += t.minor,
            None => sum.push(*t),
        }
    }
}
