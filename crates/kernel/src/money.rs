//! Money as integer minor units with its currency, percentages as basis points, and the two
//! ways to split an amount that the whole house uses: [`prorate`] (rule R3, largest remainder)
//! and [`cumulative_share`] (rule R4, cumulative rounding). No floats anywhere.

use crate::error::ParseError;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// An ISO 4217 currency; knows its own number of decimals (JPY 0, EUR 2, KWD 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of the minor unit; currencies without one (gold, test codes) count as 0.
    pub fn exponent(self) -> u8 {
        u8::try_from(self.0.exponent().unwrap_or(0)).unwrap_or(0)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = ParseError;
    fn from_str(s: &str) -> Result<Self, ParseError> {
        iso_currency::Currency::from_code(&s.to_ascii_uppercase())
            .map(Self)
            .ok_or_else(|| ParseError::new(s, "an ISO 4217 currency code"))
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// An amount that cannot be computed or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies met in one sum.
    #[error("{0} and {1} cannot be added: amounts of one order share its currency")]
    Mixed(Currency, Currency),
    /// The result leaves the range of 64-bit minor units.
    #[error("the amount is too large to be represented")]
    Overflow,
    /// More decimals than the currency has, or not a decimal number at all.
    #[error("{0:?} is not an amount of {1} (at most {2} decimals, no exponent, no grouping)")]
    Malformed(String, Currency, u8),
}

/// An amount: minor units (cents for EUR, yen for JPY) with their currency. May be negative in
/// intermediate figures; what is paid out is checked to be positive where it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Integer minor units.
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` minor units of `currency`.
    #[inline]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Sum of two amounts of one currency.
    pub fn try_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Difference of two amounts of one currency.
    pub fn try_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self
            .minor
            .checked_sub(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed(self.currency, other.currency))
        }
    }

    /// Reads a plain decimal such as `12.30`, `-0.05` or `7` in `currency`. Refuses exponents,
    /// grouping, `NaN`, and more decimals than the currency has unless they are zeros.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let exponent = usize::from(currency.exponent());
        let wrong = || {
            let cut = text.chars().take(32).collect();
            MoneyError::Malformed(cut, currency, currency.exponent())
        };
        let body = text.trim();
        let (negative, digits) = match body.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let (whole, frac) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(frac) || digits.ends_with('.') {
            return Err(wrong());
        }
        let (kept, spare) = frac.split_at(frac.len().min(exponent));
        if spare.bytes().any(|b| b != b'0') {
            return Err(wrong());
        }
        let mut minor: i64 = 0;
        let padded = kept
            .bytes()
            .chain(std::iter::repeat_n(b'0', exponent - kept.len()));
        for b in whole.bytes().chain(padded) {
            minor = minor
                .checked_mul(10)
                .and_then(|m| m.checked_add(i64::from(b - b'0')))
                .ok_or(MoneyError::Overflow)?;
        }
        Ok(Self {
            minor: if negative { -minor } else { minor },
            currency,
        })
    }

    /// The plain decimal, without the currency: `12.30`, `-0.05`, `7` for JPY.
    pub fn decimal(self) -> String {
        let exponent = usize::from(self.currency.exponent());
        let digits = format!(
            "{:0>width$}",
            self.minor.unsigned_abs(),
            width = exponent + 1
        );
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, frac) = digits.split_at(digits.len() - exponent);
        if exponent == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{frac}")
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// A rate in basis points: 10 000 = 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bps(pub i32);

impl Bps {
    /// This rate of `minor`, rounded half away from zero.
    #[inline]
    pub fn of(self, minor: i64) -> i64 {
        div_round(i128::from(minor) * i128::from(self.0), 10_000)
    }

    /// The tax contained in a tax-inclusive `gross`, rounded half away from zero.
    #[inline]
    pub fn inside(self, gross: i64) -> i64 {
        div_round(
            i128::from(gross) * i128::from(self.0),
            10_000 + i128::from(self.0),
        )
    }

    /// As a percentage for people: `19 %`, `8.25 %`.
    pub fn percent(self) -> String {
        let (sign, whole) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (units, rest) = (whole / 100, whole % 100);
        match (rest, rest % 10) {
            (0, _) => format!("{sign}{units} %"),
            (r, 0) => format!("{sign}{units}.{} %", r / 10),
            (r, _) => format!("{sign}{units}.{r:02} %"),
        }
    }
}

/// `a / b` rounded half away from zero; `b` must be positive, the result saturates at `i64`.
#[inline]
fn div_round(a: i128, b: i128) -> i64 {
    // Amounts of a shop fit in 64 bits, where a division costs a tenth.
    if let (Ok(a), Ok(b)) = (i64::try_from(a), i64::try_from(b)) {
        let half = if a >= 0 { b / 2 } else { -(b / 2) };
        if let Some(sum) = a.checked_add(half) {
            return sum / b;
        }
    }
    div_round_wide(a, b)
}

#[cold]
fn div_round_wide(a: i128, b: i128) -> i64 {
    let half = b / 2;
    let q = if a >= 0 {
        (a + half) / b
    } else {
        (a - half) / b
    };
    i64::try_from(q).unwrap_or(if q > 0 { i64::MAX } else { i64::MIN })
}

/// Splits `total` over `weights` so that the parts sum to `total` exactly (rule R3 of the domain
/// notes): each part gets the floor of its share, the leftover minor units go to the largest
/// remainders, ties in line order. Sign-safe in `total`; negative weights count as zero; if all
/// weights are zero the split is equal.
///
/// ```
/// assert_eq!(kernel::prorate(299, &[4300, 1400, 2300]), [161, 52, 86]);
/// ```
pub fn prorate(total: i64, weights: &[i64]) -> Vec<i64> {
    if let [] | [_] = weights {
        return weights.iter().map(|_| total).collect();
    }
    let equal = weights.iter().all(|w| *w <= 0);
    let weight = |w: i64| if equal { 1 } else { w.max(0).unsigned_abs() };
    let sum: u128 = weights.iter().map(|w| u128::from(weight(*w))).sum();
    let amount = total.unsigned_abs();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = amount;
    for (i, w) in weights.iter().enumerate() {
        let (part, remainder) = floor_of(amount, weight(*w), sum);
        left -= part;
        parts.push(part);
        remainders.push((remainder, i));
    }
    // Fewer units are left than there are parts, as each floor loses less than one.
    let left = usize::try_from(left).unwrap_or(0).min(weights.len());
    if (1..weights.len()).contains(&left) {
        remainders.select_nth_unstable_by(left, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    for (_, i) in remainders.iter().take(left) {
        parts[*i] += 1;
    }
    parts
        .into_iter()
        .map(|p| total.signum() * i64::try_from(p).unwrap_or(i64::MAX))
        .collect()
}

/// The floor of `amount × weight / sum` and what remains; `weight` is at most `sum`.
fn floor_of(amount: u64, weight: u64, sum: u128) -> (u64, u128) {
    // Amounts of a shop fit in 64 bits, where a division costs a tenth.
    if let (Some(product), Ok(sum)) = (amount.checked_mul(weight), u64::try_from(sum)) {
        return (product / sum, u128::from(product % sum));
    }
    let product = u128::from(amount) * u128::from(weight);
    (
        u64::try_from(product / sum).unwrap_or(u64::MAX),
        product % sum,
    )
}

/// The share of unit `index` (from 0) when `total` is split over `count` equal units by rule R3:
/// the first `total mod count` units carry one more minor unit. Constant time, so a line of
/// 80 000 units needs no 80 000 rows.
pub fn split_unit(total: i64, count: u32, index: u32) -> i64 {
    if count == 0 {
        return 0;
    }
    let count = u64::from(count);
    let amount = total.unsigned_abs();
    let base = amount / count + u64::from(u64::from(index) < amount % count);
    total.signum() * i64::try_from(base).unwrap_or(i64::MAX)
}

/// What is due for going from `done` to `done + step` of `whole`, out of `total`, by cumulative
/// rounding (rule R4): `round(total × (done+step)/whole) − round(total × done/whole)`. The last
/// step takes exactly what is left, whatever the order of the steps.
pub fn cumulative_share(total: i64, done: i64, step: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    // All in one step is the common case and needs no division.
    if done == 0 && step == whole {
        return total;
    }
    let at = |x: i64| match x {
        0 => 0,
        x => div_round(i128::from(total) * i128::from(x), i128::from(whole)),
    };
    at(done.saturating_add(step)) - at(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Example E6 of the domain notes (from Vendure's own test table).
    #[test]
    fn e6_largest_remainder() {
        assert_eq!(prorate(299, &[4300, 1400, 2300]), [161, 52, 86]);
        assert_eq!(prorate(299, &[1000, 1000, 1000]), [100, 100, 99]);
        assert_eq!(
            prorate(93, &[10, 20, 10, 30, 50, 20, 10, 40]),
            [5, 10, 5, 15, 24, 10, 5, 19]
        );
        assert_eq!(prorate(10, &[0, 0]), [5, 5]);
        assert_eq!(prorate(-20, &[100, 100]), [-10, -10]);
        assert!(prorate(5, &[]).is_empty());
    }

    /// Examples E4, E7, E14 and E15: partial refunds by cumulative rounding.
    #[test]
    fn e7_cumulative_rounding() {
        let thirds: Vec<i64> = (0..3).map(|k| cumulative_share(29_000, k, 1, 3)).collect();
        assert_eq!(thirds, [9667, 9666, 9667]);
        assert_eq!(cumulative_share(230, 0, 500, 1230), 93);
        assert_eq!(cumulative_share(230, 500, 730, 1230), 137);
        assert_eq!(cumulative_share(16_959, 0, 8679, 15_999), 9200);
        assert_eq!(cumulative_share(16_959, 8679, 7320, 15_999), 7759);
        assert_eq!(
            (0..3)
                .map(|k| cumulative_share(5700, k, 1, 3))
                .collect::<Vec<_>>(),
            [1900; 3]
        );
    }

    #[test]
    fn amounts_are_read_and_written_in_the_currencys_own_decimals() {
        let jpy: Currency = "jpy".parse().unwrap();
        let kwd: Currency = "KWD".parse().unwrap();
        assert_eq!(Money::parse("12.30", Currency::EUR).unwrap().minor, 1230);
        assert_eq!(
            Money::parse("-0.05", Currency::EUR).unwrap().decimal(),
            "-0.05"
        );
        assert_eq!(Money::parse("7", jpy).unwrap().decimal(), "7");
        assert_eq!(Money::parse("7.00", jpy).unwrap().minor, 7);
        assert_eq!(Money::parse("1.234", kwd).unwrap().minor, 1234);
        for bad in [
            "", ".", "1.", ".5", "1e3", "NaN", "1,00", "0.001", "+1", "1 0", "--1", "∞",
        ] {
            assert!(Money::parse(bad, Currency::EUR).is_err(), "{bad}");
        }
        assert_eq!(
            Money::parse("99999999999999999999", Currency::EUR),
            Err(MoneyError::Overflow)
        );
        assert!("EURO".parse::<Currency>().is_err());
        assert!(
            Money::zero(Currency::EUR)
                .try_add(Money::zero(Currency::USD))
                .is_err()
        );
    }

    #[test]
    fn rates() {
        assert_eq!(Bps(1900).inside(3600), 575);
        assert_eq!(Bps(1000).of(-995), -100);
        assert_eq!(
            (Bps(1900).percent(), Bps(825).percent()),
            ("19 %".into(), "8.25 %".into())
        );
        assert_eq!(Bps(-1050).percent(), "-10.5 %");
    }

    /// Rule R3 word for word, in the widest numbers there are.
    fn prorate_long(total: i64, weights: &[i64]) -> Vec<i64> {
        let equal = weights.iter().all(|w| *w <= 0);
        let weight = |w: &i64| if equal { 1 } else { i128::from(*w).max(0) };
        let sum: i128 = weights.iter().map(weight).sum();
        let amount = i128::from(total.unsigned_abs());
        let products: Vec<i128> = weights.iter().map(|w| amount * weight(w)).collect();
        let mut parts: Vec<i128> = products.iter().map(|p| p / sum).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|i| (std::cmp::Reverse(products[*i] % sum), *i));
        let left = usize::try_from(amount - parts.iter().sum::<i128>()).unwrap_or(0);
        for i in order.into_iter().take(left) {
            parts[i] += 1;
        }
        let signed = |p: i128| total.signum() * i64::try_from(p).unwrap();
        parts.into_iter().map(signed).collect()
    }

    proptest! {
        #[test]
        fn a_short_division_is_the_long_one(a: i64, b in 1..=i64::MAX, small in 1..10_000_i64) {
            for b in [b, small, 1, 2, i64::MAX] {
                for a in [a, a % 100_000, i64::MAX, i64::MIN, 0] {
                    let (a, b) = (i128::from(a), i128::from(b));
                    prop_assert_eq!(div_round(a, b), div_round_wide(a, b));
                }
            }
        }

        #[test]
        fn a_split_is_the_one_long_division_gives(
            total in any::<i64>().prop_filter("min", |m| *m != i64::MIN),
            short in -10_000_i64..10_000,
            weights in proptest::collection::vec(any::<i64>(), 0..12),
            small in proptest::collection::vec(-2_i64..50, 0..60),
        ) {
            for total in [total, short, 0] {
                for weights in [&weights, &small] {
                    prop_assert_eq!(prorate(total, weights), prorate_long(total, weights));
                }
            }
        }

        #[test]
        fn splits_conserve_the_total(
            total in -1_000_000_000_i64..1_000_000_000,
            weights in proptest::collection::vec(0_i64..1_000_000, 1..40),
        ) {
            let parts = prorate(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            prop_assert!(parts.iter().all(|p| p.signum() * total.signum() >= 0));
            let n = u32::try_from(weights.len()).unwrap();
            let units: Vec<i64> = (0..n).map(|i| split_unit(total, n, i)).collect();
            prop_assert_eq!(units, prorate(total, &vec![1; weights.len()]));
        }

        #[test]
        fn partial_steps_in_any_cut_sum_to_the_whole(
            total in -1_000_000_000_i64..1_000_000_000,
            steps in proptest::collection::vec(0_i64..50, 1..20),
        ) {
            let whole: i64 = steps.iter().sum();
            prop_assume!(whole > 0);
            let (mut done, mut paid) = (0, 0);
            for step in steps {
                paid += cumulative_share(total, done, step, whole);
                done += step;
            }
            prop_assert_eq!(paid, total);
        }

        #[test]
        fn decimals_round_trip(minor in any::<i64>().prop_filter("min", |m| *m != i64::MIN)) {
            for code in ["EUR", "JPY", "KWD"] {
                let money = Money::new(minor, code.parse().unwrap());
                prop_assert_eq!(Money::parse(&money.decimal(), money.currency).unwrap(), money);
            }
        }
    }
}
