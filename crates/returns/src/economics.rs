//! What one order line is worth, per unit and as a whole (rules R1-R3, R6 and R7 of the domain
//! notes). Computed once when an order comes in and stored; never recomputed later, because
//! rates and rounding habits change while a sold unit keeps its price.
//!
//! A line of 80 000 units stays one row: totals are stored and any run of units is priced in
//! constant time. Refunds of the runs of a line sum to the line, component by component.

use kernel::{Bps, cumulative_share, prorate};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The most units one line may hold; keeps every product of units and prices inside 64 bits.
pub const MAX_UNITS_PER_LINE: u32 = 10_000_000;
/// The largest amount one line or charge may have, in minor units.
pub const MAX_LINE_MINOR: i64 = 1_000_000_000_000_000;

/// Tax of one rate, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxShare {
    /// The rate.
    pub rate: Bps,
    /// The tax at this rate.
    pub minor: i64,
}

/// One amount per tax rate; one or two rates fit without an allocation.
pub type Taxes = SmallVec<[TaxShare; 2]>;

/// What a line, or a charge such as shipping, was sold for. All figures are minor units of the
/// order's currency and totals over `quantity` units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineEconomics {
    /// Units the totals are for.
    pub quantity: u32,
    /// List price before any discount; with tax if the shop's prices include tax.
    pub list: i64,
    /// Discount given on this line.
    pub line_discount: i64,
    /// This line's prorated part of discounts on the order.
    pub order_discount: i64,
    /// Paid without tax.
    pub net: i64,
    /// Tax, by rate.
    pub taxes: Taxes,
    /// Paid with tax: `net` and all taxes.
    pub gross: i64,
    /// Whether `list` and the discounts are amounts with tax.
    pub includes_tax: bool,
}

/// Why an order cannot be priced; says which figure is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PricingError {
    /// A line has no units or more than [`MAX_UNITS_PER_LINE`].
    #[error("line {line}: quantity {quantity} is not between 1 and {MAX_UNITS_PER_LINE}")]
    Quantity {
        /// Index of the line in the input.
        line: usize,
        /// What was given.
        quantity: u32,
    },
    /// A price is negative or above [`MAX_LINE_MINOR`].
    #[error("line {line}: a price must be between 0 and {MAX_LINE_MINOR} minor units")]
    Price {
        /// Index of the line in the input.
        line: usize,
    },
    /// A discount is negative or larger than what it reduces.
    #[error("line {line}: the discount is negative or larger than the price")]
    LineDiscount {
        /// Index of the line in the input.
        line: usize,
    },
    /// The order discount is negative or larger than the lines together.
    #[error("the order discount is negative or larger than the sum of the lines")]
    OrderDiscount,
    /// A tax rate is outside 0 to 100 %.
    #[error("line {line}: a tax rate must be between 0 and 10000 basis points")]
    TaxRate {
        /// Index of the line in the input.
        line: usize,
    },
}

/// What the shop says about a line or a charge before pricing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineInput {
    /// List price of one unit in minor units; with tax if the order's prices include tax.
    pub unit_price: i64,
    /// Units sold.
    pub quantity: u32,
    /// Discount on the whole line, on the same tax basis as the price (R7).
    pub line_discount: i64,
    /// The tax rates that apply, each on the same net amount.
    pub tax_rates: SmallVec<[Bps; 2]>,
}

/// Prices the lines of an order: spreads `order_discount` over what is left of each line by
/// largest remainder (R3), takes tax out of or puts it on top of the result.
pub fn price_lines(
    lines: &[LineInput],
    order_discount: i64,
    prices_include_tax: bool,
) -> Result<Vec<LineEconomics>, PricingError> {
    let mut weights = Vec::with_capacity(lines.len());
    for (line, input) in lines.iter().enumerate() {
        weights.push(list_of(line, input)? - input.line_discount);
    }
    let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if order_discount < 0 || i128::from(order_discount) > sum {
        return Err(PricingError::OrderDiscount);
    }
    let shares = prorate(order_discount, &weights);
    let priced = lines.iter().zip(weights).zip(shares);
    Ok(priced
        .map(|((input, left), share)| {
            let paid = left - share;
            let (net, taxes) = tax_of(paid, &input.tax_rates, prices_include_tax);
            let gross = net + taxes.iter().map(|t| t.minor).sum::<i64>();
            LineEconomics {
                quantity: input.quantity,
                list: left + input.line_discount,
                line_discount: input.line_discount,
                order_discount: share,
                net,
                taxes,
                gross,
                includes_tax: prices_include_tax,
            }
        })
        .collect())
}

/// Checks one input line and gives its list total.
fn list_of(line: usize, input: &LineInput) -> Result<i64, PricingError> {
    if input.quantity == 0 || input.quantity > MAX_UNITS_PER_LINE {
        return Err(PricingError::Quantity {
            line,
            quantity: input.quantity,
        });
    }
    let list = input
        .unit_price
        .checked_mul(i64::from(input.quantity))
        .filter(|total| (0..=MAX_LINE_MINOR).contains(total))
        .ok_or(PricingError::Price { line })?;
    if !(0..=list).contains(&input.line_discount) {
        return Err(PricingError::LineDiscount { line });
    }
    if input.tax_rates.iter().any(|r| !(0..=10_000).contains(&r.0)) {
        return Err(PricingError::TaxRate { line });
    }
    Ok(list)
}

/// Net and taxes of `paid`, which holds the tax already if `included`. With several rates the
/// tax inside is that of their sum, spread over them by size, so nothing is taxed twice.
fn tax_of(paid: i64, rates: &[Bps], included: bool) -> (i64, Taxes) {
    if !included {
        let taxes = rates
            .iter()
            .map(|r| TaxShare {
                rate: *r,
                minor: r.of(paid),
            })
            .collect();
        return (paid, taxes);
    }
    let sum = Bps(rates.iter().map(|r| r.0).sum());
    let inside = sum.inside(paid);
    if let [rate] = rates {
        return (
            paid - inside,
            SmallVec::from_slice(&[TaxShare {
                rate: *rate,
                minor: inside,
            }]),
        );
    }
    let weights: SmallVec<[i64; 4]> = rates.iter().map(|r| i64::from(r.0)).collect();
    let parts = prorate(inside, &weights);
    let taxes: Taxes = rates
        .iter()
        .zip(parts)
        .map(|(rate, minor)| TaxShare { rate: *rate, minor })
        .collect();
    (paid - taxes.iter().map(|t| t.minor).sum::<i64>(), taxes)
}

impl LineEconomics {
    /// A line nothing was paid for.
    pub fn free(quantity: u32) -> Self {
        Self {
            quantity,
            list: 0,
            line_discount: 0,
            order_discount: 0,
            net: 0,
            taxes: Taxes::new(),
            gross: 0,
            includes_tax: false,
        }
    }

    /// All tax of the line.
    pub fn tax(&self) -> i64 {
        total(&self.taxes)
    }

    /// Several charges as one (two shipments of one order): totals add up, taxes by rate.
    pub fn merged(charges: &[Self]) -> Self {
        let mut sum = Self::free(1);
        for c in charges {
            sum.list += c.list;
            sum.line_discount += c.line_discount;
            sum.order_discount += c.order_discount;
            sum.net += c.net;
            sum.gross += c.gross;
            sum.includes_tax = c.includes_tax;
            for t in &c.taxes {
                match sum.taxes.iter_mut().find(|have| have.rate == t.rate) {
                    Some(have) => have.minor += t.minor,
                    None => sum.taxes.push(*t),
                }
            }
        }
        sum
    }

    /// What discounts took off the first `count` units. Every component of a run of units is the
    /// difference of two such prefixes, so runs always sum to the line.
    ///
    /// Discounts are spread as one total: spreading line and order discount apart could take
    /// two leftover cents from the same unit and push it below zero.
    #[inline]
    fn discount_prefix(&self, count: u32) -> i64 {
        let all = self.line_discount + self.order_discount;
        split_prefix(all, self.quantity, count)
    }

    /// What tax was computed on or in, for `count` units from `first`: where it starts, how much
    /// it is, and the whole of it.
    #[inline]
    fn basis(&self, first: u32, count: u32) -> (i64, i64, i64) {
        let of = |units: u32| {
            split_prefix(self.list, self.quantity, units) - self.discount_prefix(units)
        };
        let start = of(first);
        let whole = self.list - self.line_discount - self.order_discount;
        (start, of(first.saturating_add(count)) - start, whole)
    }

    /// What `count` units from `first` (counted from 0) were sold for.
    pub fn units(&self, first: u32, count: u32) -> Self {
        let end = first.saturating_add(count);
        let part = |total: i64| {
            split_prefix(total, self.quantity, end) - split_prefix(total, self.quantity, first)
        };
        let (gross, taxes) = self.paid(first, count);
        let line_discount = part(self.line_discount);
        Self {
            quantity: end.min(self.quantity) - first.min(self.quantity),
            list: part(self.list),
            line_discount,
            order_discount: self.units_discount(first, count) - line_discount,
            net: gross - total(&taxes),
            taxes,
            gross,
            includes_tax: self.includes_tax,
        }
    }

    /// Gross and tax of `count` units from `first`, without building the rest.
    pub fn paid(&self, first: u32, count: u32) -> (i64, Taxes) {
        let (start, basis, whole) = self.basis(first, count);
        let taxes = each(&self.taxes, |t| {
            cumulative_share(t.minor, start, basis, whole)
        });
        let gross = if self.includes_tax {
            basis
        } else {
            basis + total(&taxes)
        };
        (gross, taxes)
    }

    /// Gross of `count` units from `first`, without building the rest.
    pub fn units_gross(&self, first: u32, count: u32) -> i64 {
        let (start, basis, whole) = self.basis(first, count);
        if self.includes_tax {
            return basis;
        }
        let tax = |t: &TaxShare| cumulative_share(t.minor, start, basis, whole);
        basis + self.taxes.iter().map(tax).sum::<i64>()
    }

    /// What discounts took off `count` units from `first`.
    pub fn units_discount(&self, first: u32, count: u32) -> i64 {
        self.discount_prefix(first.saturating_add(count)) - self.discount_prefix(first)
    }

    /// The tax inside an amount out of this line's gross when `done` was given back before:
    /// cumulative rounding (R4, R6), so partial refunds carry all the tax and no cent more.
    pub fn tax_share(&self, done: i64, amount: i64) -> i64 {
        self.taxes
            .iter()
            .map(|t| cumulative_share(t.minor, done, amount, self.gross))
            .sum()
    }

    /// The same tax, by rate.
    pub fn tax_shares(&self, done: i64, amount: i64) -> Taxes {
        each(&self.taxes, |t| {
            cumulative_share(t.minor, done, amount, self.gross)
        })
    }
}

/// Another amount at each rate.
#[inline]
pub(crate) fn each(taxes: &[TaxShare], mut minor: impl FnMut(&TaxShare) -> i64) -> Taxes {
    let mut out = Taxes::new();
    for t in taxes {
        out.push(TaxShare {
            rate: t.rate,
            minor: minor(t),
        });
    }
    out
}

/// All taxes together.
pub(crate) fn total(taxes: &[TaxShare]) -> i64 {
    taxes.iter().map(|t| t.minor).sum()
}

/// Sum of the first `first` shares of [`kernel::split_unit`], in constant time; all of them from
/// `count` on.
#[inline]
fn split_prefix(total: i64, count: u32, first: u32) -> i64 {
    if first == 0 || total == 0 || count == 0 {
        return 0;
    }
    if first >= count {
        return total;
    }
    let (count, first) = (i64::from(count), i64::from(first));
    (total / count) * first + first.min(total % count)
}
