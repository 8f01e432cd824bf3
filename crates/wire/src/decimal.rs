//! Decimal text to exact integers, and the rule for prices finer than the currency.

/// A decimal number, exact: `units / 10^scale`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits, signed.
    pub units: i64,
    /// How many of them are decimals, at most 9.
    pub scale: u32,
}

/// A price per unit and a quantity, as whole minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// List price of one unit, rounded up where the price is finer than the currency.
    pub unit: i64,
    /// `unit * quantity - total`: 0 unless the price is finer than the currency.
    pub excess: i64,
    /// What the line costs: price times quantity, rounded once, half away from zero.
    pub total: i64,
}

impl Decimal {
    /// Reads `text` with `point` before the decimals and, if given, `group` between digits.
    /// No exponent, at most nine decimals.
    pub fn parse(text: &str, point: u8, group: Option<u8>) -> Option<Self> {
        let text = text.trim();
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mut units, mut scale, mut digits, mut decimals) = (0_i64, 0_u32, 0_u32, false);
        for byte in body.bytes() {
            match byte {
                b'0'..=b'9' => {
                    units = units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                    digits += 1;
                    scale += u32::from(decimals);
                }
                b if b == point && !decimals => decimals = true,
                b if Some(b) == group && !decimals && digits > 0 => {}
                _ => return None,
            }
        }
        if digits == 0 {
            return None;
        }
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        (scale <= 9).then_some(Self {
            units: if negative { -units } else { units },
            scale,
        })
    }

    /// The number in units of `10^-exponent`, if it has no more decimals than that.
    pub fn minor(self, exponent: u8) -> Option<i64> {
        let missing = u32::from(exponent).checked_sub(self.scale)?;
        self.units.checked_mul(10_i64.checked_pow(missing)?)
    }

    /// As [`Decimal::minor`], rounded half away from zero where it is finer.
    pub fn rounded(self, exponent: u8) -> Option<i64> {
        self.times(1, exponent).map(|p| p.total)
    }

    /// This price for `quantity` units. A price finer than the currency (0.125 each) keeps its
    /// exact line total: the unit is rounded up and the difference is a discount of the line.
    pub fn times(self, quantity: u32, exponent: u8) -> Option<Priced> {
        let quantity = i64::from(quantity);
        if let Some(unit) = self.minor(exponent) {
            return Some(Priced {
                unit,
                excess: 0,
                total: unit.checked_mul(quantity)?,
            });
        }
        let finer = 10_i64.checked_pow(self.scale.checked_sub(u32::from(exponent))?)?;
        let exact = self.units.checked_mul(quantity)?;
        let half = if exact < 0 { -finer / 2 } else { finer / 2 };
        let total = exact.checked_add(half)? / finer;
        let unit = self.units.div_euclid(finer) + i64::from(self.units.rem_euclid(finer) != 0);
        Some(Priced {
            unit,
            excess: unit.checked_mul(quantity)?.checked_sub(total)?,
            total,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text, b'.', None).unwrap()
    }

    #[test]
    fn prices_finer_than_the_currency_keep_their_line_total() {
        assert_eq!(
            d("2.55").times(6, 2),
            Some(Priced {
                unit: 255,
                excess: 0,
                total: 1530
            })
        );
        assert_eq!(
            d("0.125").times(100, 2),
            Some(Priced {
                unit: 13,
                excess: 50,
                total: 1250
            })
        );
        assert_eq!(
            d("0.001").times(1, 2),
            Some(Priced {
                unit: 1,
                excess: 1,
                total: 0
            })
        );
        assert_eq!(
            d("10").times(2, 0),
            Some(Priced {
                unit: 10,
                excess: 0,
                total: 20
            })
        );
        assert_eq!(d("1.5").times(1, 3).unwrap().total, 1500);
    }

    #[test]
    fn reads_other_notations_and_refuses_nonsense() {
        assert_eq!(
            Decimal::parse("1.234,50", b',', Some(b'.'))
                .unwrap()
                .minor(2),
            Some(123_450)
        );
        for bad in [
            "",
            "-",
            ".",
            "1e5",
            "1.2.3",
            "1,5",
            "+1",
            "99999999999999999999",
        ] {
            assert_eq!(Decimal::parse(bad, b'.', None), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn total_plus_excess_is_unit_times_quantity(u in 0_i64..1_000_000, s in 0_u32..6, q in 1_u32..1000) {
            let p = Decimal { units: u, scale: s }.times(q, 2).unwrap();
            prop_assert_eq!(p.total + p.excess, p.unit * i64::from(q));
            prop_assert!((0..=p.unit * i64::from(q)).contains(&p.total));
        }
    }
}
