//! PayPal's refund object, and its amounts.

use kernel::{Currency, Money};
use ports::{PaymentKey, PaymentState};
use serde::{Deserialize, Serialize};

/// An amount as PayPal writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub currency_code: String,
    pub value: String,
}

impl Amount {
    /// The amount as money; `None` for unknown currencies and amounts that are none.
    pub fn money(&self) -> Option<Money> {
        let currency: Currency = self.currency_code.parse().ok()?;
        Money::parse(&self.value, currency).ok()
    }
}

/// Where a refund stands at PayPal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    /// Withdrawn.
    Cancelled,
    /// Did not reach the customer.
    Failed,
    /// Under way.
    Pending,
    /// Done; may still fail later.
    Completed,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Details {
    #[serde(default)]
    reason: String,
}

/// A refund, as far as we read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PayPalRefund {
    /// PayPal's number.
    pub id: String,
    pub(super) status: Status,
    #[serde(default)]
    status_details: Option<Details>,
    #[serde(default)]
    amount: Option<Amount>,
    /// What we wrote on it: our key.
    #[serde(default)]
    custom_id: Option<String>,
}

impl PayPalRefund {
    /// Our key, when this refund is ours.
    pub fn key(&self) -> Option<PaymentKey> {
        self.custom_id.as_ref()?.parse().ok()
    }

    /// What it is over, where PayPal says so.
    pub fn amount(&self) -> Option<Money> {
        self.amount.as_ref()?.money()
    }

    /// Its state in our words.
    pub fn state(&self) -> PaymentState {
        let provider_ref = self.id.clone();
        match self.status {
            Status::Pending => PaymentState::Pending { provider_ref },
            Status::Completed => PaymentState::Settled {
                on: None,
                provider_ref,
            },
            Status::Failed => PaymentState::Failed {
                code: self.why().into(),
                reason: String::new(),
            },
            Status::Cancelled => PaymentState::Canceled,
        }
    }

    /// PayPal's reason for a failure, or that there is none.
    pub(super) fn why(&self) -> &str {
        let details = self.status_details.as_ref().map(|d| d.reason.as_str());
        details.filter(|r| !r.is_empty()).unwrap_or("failed")
    }
}

/// An amount as PayPal takes it. It takes no decimals for HUF, JPY and TWD
/// (developer.paypal.com/api/rest/reference/currency-codes). `None` when it cannot be given.
pub fn provider_value(amount: Money) -> Option<String> {
    let whole = matches!(amount.currency.code(), "HUF" | "JPY" | "TWD");
    let one = 10_i64.checked_pow(u32::from(amount.currency.exponent()))?;
    if whole {
        return (amount.minor % one == 0).then(|| (amount.minor / one).to_string());
    }
    // Other currencies have at most two decimals there.
    (amount.currency.exponent() <= 2).then(|| amount.decimal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_they_are_written_there() {
        let rows = [
            ("EUR", 1230, Some("12.30")),
            ("EUR", 5, Some("0.05")),
            ("JPY", 500, Some("500")),
            ("HUF", 50_000, Some("500")),
            ("HUF", 50_050, None),
            ("KWD", 1230, None),
        ];
        for (code, minor, want) in rows {
            let money = Money::new(minor, code.parse().unwrap());
            assert_eq!(provider_value(money).as_deref(), want, "{code} {minor}");
            if let Some(value) = want {
                let read = Amount {
                    currency_code: code.into(),
                    value: value.into(),
                };
                assert_eq!(read.money(), Some(money), "{code} {value}");
            }
        }
    }
}
