//! Stripe's refund object, and its amounts.

use kernel::{Currency, Money};
use ports::PaymentState;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The state of a refund at the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Under way.
    Pending,
    /// Waits for the customer (bank details by mail).
    RequiresAction,
    /// Done; may still fail later.
    Succeeded,
    /// Did not reach the customer; the money is back on the balance.
    Failed,
    /// Withdrawn.
    Canceled,
}

/// A refund, as far as we read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Refund {
    /// `re_…`.
    pub id: String,
    /// In the provider's minor units, see [`provider_minor`].
    pub amount: i64,
    /// Three lower-case letters.
    pub currency: String,
    /// The refunded charge.
    #[serde(default)]
    pub charge: Option<String>,
    /// The refunded payment intent.
    #[serde(default)]
    pub payment_intent: Option<String>,
    /// Missing on very old refunds, which are done.
    #[serde(default)]
    pub status: Option<RefundStatus>,
    /// Why it failed: `lost_or_stolen_card`, `expired_or_canceled_card`, …
    #[serde(default)]
    pub failure_reason: Option<String>,
    /// What we wrote on it.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl Refund {
    /// The metadata entry that holds our [`ports::PaymentKey`].
    pub const KEY: &'static str = "redress_key";

    /// Our key, when this refund is ours.
    pub fn key(&self) -> Option<&str> {
        self.metadata.as_ref()?.get(Self::KEY).map(String::as_str)
    }

    /// True when amount and currency are those of `ordered`.
    pub fn is_for(&self, ordered: Money) -> bool {
        provider_minor(ordered) == Some(self.amount)
            && self.currency.eq_ignore_ascii_case(ordered.currency.code())
    }

    /// What it is over; `None` for unknown currencies.
    pub fn money(&self) -> Option<Money> {
        from_provider(self.amount, &self.currency)
    }

    /// Its state in our words.
    pub fn state(&self) -> PaymentState {
        let provider_ref = self.id.clone();
        match self.status {
            Some(RefundStatus::Pending | RefundStatus::RequiresAction) => {
                PaymentState::Pending { provider_ref }
            }
            Some(RefundStatus::Succeeded) | None => PaymentState::Settled {
                on: None,
                provider_ref,
            },
            Some(RefundStatus::Failed) => PaymentState::Failed {
                code: self
                    .failure_reason
                    .clone()
                    .unwrap_or_else(|| "unknown".into()),
                reason: String::new(),
            },
            Some(RefundStatus::Canceled) => PaymentState::Canceled,
        }
    }
}

/// An amount in the provider's minor units, which differ from ISO 4217 for a few currencies
/// (docs.stripe.com/currencies): ISK and UGX are given with two decimals that must be zero, MGA
/// without decimals, and three-decimal amounts must end in zero. `None` when it cannot be given.
pub fn provider_minor(amount: Money) -> Option<i64> {
    let divisible = |by| (amount.minor % by == 0).then_some(amount.minor);
    match amount.currency.code() {
        "ISK" | "UGX" if amount.currency.exponent() == 0 => amount.minor.checked_mul(100),
        "MGA" if amount.currency.exponent() == 2 => divisible(100).map(|m| m / 100),
        _ if amount.currency.exponent() == 3 => divisible(10),
        _ => Some(amount.minor),
    }
}

/// The inverse of [`provider_minor`]; `None` for unknown currencies.
pub(super) fn from_provider(minor: i64, currency: &str) -> Option<Money> {
    let currency: Currency = currency.parse().ok()?;
    let minor = match (currency.code(), currency.exponent()) {
        ("ISK" | "UGX", 0) => (minor % 100 == 0).then_some(minor / 100)?,
        ("MGA", 2) => minor.checked_mul(100)?,
        _ => minor,
    };
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_the_providers_units() {
        let rows = [
            ("EUR", 1230, Some(1230)),
            ("JPY", 500, Some(500)),
            ("ISK", 7, Some(700)),
            ("KWD", 1230, Some(1230)),
            ("KWD", 1234, None),
            ("MGA", 500, Some(5)),
            ("MGA", 550, None),
        ];
        for (code, minor, want) in rows {
            let money = Money::new(minor, code.parse().unwrap());
            assert_eq!(provider_minor(money), want, "{code} {minor}");
            if let Some(theirs) = want {
                assert_eq!(from_provider(theirs, &code.to_lowercase()), Some(money));
            }
        }
    }
}
