//! Orders booked in another currency than they were paid in (R15): the customer gets the amount
//! in the currency they paid; what the exchange rate moved since is the client's gain or loss.

use kernel::{Currency, Money};

/// Why a rate cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FxError {
    /// Not a positive decimal with at most nine decimals.
    #[error("{0:?} is not an exchange rate (a positive decimal, at most 9 decimals)")]
    Malformed(String),
    /// The result leaves 64 bits.
    #[error("the amount is too large to be converted")]
    Overflow,
}

/// Units of the booking currency for one unit of the paid currency, in billionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FxRate(i64);

impl FxRate {
    const ONE: i64 = 1_000_000_000;

    /// Reads a rate such as `1.0850`.
    pub fn parse(text: &str) -> Result<Self, FxError> {
        let wrong = || FxError::Malformed(text.chars().take(32).collect());
        let (whole, frac) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || frac.len() > 9 || !digits(whole) || !digits(frac)
        {
            return Err(wrong());
        }
        let whole: i64 = whole.parse().map_err(|_| wrong())?;
        let frac: i64 = format!("{frac:0<9}").parse().map_err(|_| wrong())?;
        let rate = whole * Self::ONE + frac;
        if rate == 0 {
            Err(wrong())
        } else {
            Ok(Self(rate))
        }
    }

    /// `paid` in the booking currency `to`, rounded half away from zero.
    pub fn book(self, paid: Money, to: Currency) -> Result<Money, FxError> {
        let power = |c: Currency| 10_i128.pow(u32::from(c.exponent()));
        let above = i128::from(paid.minor) * i128::from(self.0) * power(to);
        let below = i128::from(Self::ONE) * power(paid.currency);
        let half = if above < 0 { -(below / 2) } else { below / 2 };
        let minor = i64::try_from((above + half) / below).map_err(|_| FxError::Overflow)?;
        Ok(Money::new(minor, to))
    }

    /// What giving `paid` back costs the client beyond what it was booked for at the sale:
    /// positive is a loss.
    pub fn loss(self, at_sale: Self, paid: Money, to: Currency) -> Result<Money, FxError> {
        let (now, then) = (self.book(paid, to)?, at_sale.book(paid, to)?);
        now.try_sub(then).map_err(|_| FxError::Overflow)
    }
}
