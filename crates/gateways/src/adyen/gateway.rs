//! The HTTP client: hands a refund over under an idempotency key.

use crate::http::{ConfigError, at, body, client, cut, lost, plain, refused};
use async_trait::async_trait;
use kernel::{Currency, Money};
use ports::{
    Asking, Destination, GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission,
};
use reqwest::{Client, StatusCode, Url, header::HeaderValue};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a key stands for one refund: Adyen keeps keys for 7 days at least
/// (docs.adyen.com/development-resources/api-idempotency); one day is left as a margin.
const KEY_SECONDS: i64 = 6 * 24 * 3600;
/// "Request already processed or in progress": a call under this key is being worked on.
const IN_PROGRESS: &str = "704";

/// Refunds through Adyen. One per client account.
#[derive(Clone)]
pub struct AdyenGateway {
    http: Client,
    payments: Url,
    account: String,
    key: HeaderValue,
}

impl std::fmt::Debug for AdyenGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AdyenGateway({}, {})", self.payments, self.account)
    }
}

impl AdyenGateway {
    /// A gateway to the Checkout API at `base`, which ends in its version
    /// (`https://checkout-test.adyen.com/v71`), for a merchant account. `timeout` bounds each call;
    /// what exceeds it is [`GatewayError::Unknown`].
    pub fn new(
        base: &str,
        account: &str,
        key: &str,
        timeout: Duration,
    ) -> Result<Self, ConfigError> {
        let unusable = ConfigError::Key("the API key holds characters no header can");
        let mut key = HeaderValue::from_str(key).map_err(|_| unusable)?;
        key.set_sensitive(true);
        Ok(Self {
            http: client(timeout)?,
            payments: at(&format!("{}/", base.trim_end_matches('/')), "payments/")?,
            account: account.to_owned(),
            key,
        })
    }

    /// The merchant account it pays from.
    pub fn account(&self) -> &str {
        &self.account
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ask<'a> {
    merchant_account: &'a str,
    amount: Amount,
    reference: &'a str,
}

/// An amount in Adyen's minor units, see [`provider_minor`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub currency: String,
    pub value: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    merchant_account: String,
    psp_reference: String,
    #[serde(default)]
    payment_psp_reference: Option<String>,
    reference: String,
    status: String,
    amount: Amount,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Problem {
    error_code: String,
    message: String,
}

#[async_trait]
impl PaymentGateway for AdyenGateway {
    fn name(&self) -> &'static str {
        "adyen"
    }

    fn asking(&self) -> Asking {
        Asking::SameKey {
            seconds: KEY_SECONDS,
        }
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        let Destination::Original { reference: payment } = &order.destination else {
            return Err(refused(
                "destination",
                "only the original payment can be refunded here",
            ));
        };
        let path = format!("{}/refunds", plain(payment)?);
        let url = self.payments.join(&path);
        let url = url.map_err(|e| GatewayError::NotSent(e.to_string()))?;
        let key = order.key().to_string();
        let value = provider_minor(order.amount).filter(|m| *m > 0);
        let ask = Ask {
            merchant_account: &self.account,
            amount: Amount {
                currency: order.amount.currency.code().to_owned(),
                value: value
                    .ok_or_else(|| refused("amount", "cannot be refunded in this currency"))?,
            },
            reference: &key,
        };
        let request = self
            .http
            .post(url)
            .header("x-api-key", self.key.clone())
            .header("idempotency-key", &key)
            .json(&ask);
        let answer = request.send().await.map_err(|e| lost(&e))?;
        let status = answer.status();
        let bytes = body(answer).await?;
        if !status.is_success() {
            return Err(refusal(status, &bytes));
        }
        let answer: Answer = serde_json::from_slice(&bytes)
            .map_err(|e| GatewayError::Unknown(format!("unreadable answer: {e}")))?;
        let ours = answer.merchant_account == self.account
            && answer.reference == key
            && answer.amount == ask.amount
            && answer
                .payment_psp_reference
                .as_ref()
                .is_none_or(|p| p == payment);
        if !ours || answer.status != "received" {
            // Something was taken over, but not what was asked for: a person has to look.
            return Err(GatewayError::Unknown(format!(
                "{} is {} over {} {}, not {}",
                cut(&answer.psp_reference, 80),
                cut(&answer.status, 40),
                answer.amount.value,
                cut(&answer.amount.currency, 10),
                order.amount
            )));
        }
        Ok(Submission::Pending {
            provider_ref: answer.psp_reference,
        })
    }

    async fn find(&self, _: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        Err(GatewayError::Unknown(
            "this provider tells by message only".into(),
        ))
    }
}

/// What an error status means for the money. When in doubt: unknown.
fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let Problem {
        error_code,
        message,
    } = serde_json::from_slice(body).unwrap_or_default();
    let reason = cut(&message, 300);
    let code = if error_code.is_empty() {
        status.to_string()
    } else {
        cut(&error_code, 60)
    };
    match status.as_u16() {
        _ if code == IN_PROGRESS => GatewayError::Unknown(format!("{code} {reason}")),
        // Turned away at the door, before anything ran: wrong key or too many calls.
        401 | 403 | 429 => GatewayError::NotSent(format!("{code} {reason}")),
        408 | 409 | 425 => GatewayError::Unknown(format!("{code} {reason}")),
        400..=499 => GatewayError::Refused { code, reason },
        _ => GatewayError::Unknown(format!("{status} {code} {reason}")),
    }
}

/// An amount in Adyen's minor units, which differ from ISO 4217 for four currencies
/// (docs.adyen.com/development-resources/currency-codes): CLP and ISK have two decimals, CVE and
/// IDR none. `None` when it cannot be given.
pub fn provider_minor(amount: Money) -> Option<i64> {
    let theirs = decimals(amount.currency);
    let own = amount.currency.exponent();
    if theirs >= own {
        amount
            .minor
            .checked_mul(10_i64.checked_pow(u32::from(theirs - own))?)
    } else {
        let by = 10_i64.checked_pow(u32::from(own - theirs))?;
        (amount.minor % by == 0).then_some(amount.minor / by)
    }
}

/// The inverse of [`provider_minor`]; `None` for unknown currencies and parts of a minor unit.
pub(super) fn from_provider(amount: &Amount) -> Option<Money> {
    let currency: Currency = amount.currency.parse().ok()?;
    let (theirs, own) = (decimals(currency), currency.exponent());
    let minor = if own >= theirs {
        amount
            .value
            .checked_mul(10_i64.checked_pow(u32::from(own - theirs))?)?
    } else {
        let by = 10_i64.checked_pow(u32::from(theirs - own))?;
        (amount.value % by == 0).then_some(amount.value / by)?
    };
    Some(Money::new(minor, currency))
}

fn decimals(currency: Currency) -> u8 {
    match currency.code() {
        "CLP" | "ISK" => 2,
        "CVE" | "IDR" => 0,
        _ => currency.exponent(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_the_providers_units() {
        let rows = [
            ("EUR", 1230, Some(1230)),
            ("JPY", 500, Some(500)),
            ("ISK", 2790, Some(279_000)),
            ("CLP", 7, Some(700)),
            ("IDR", 500, Some(5)),
            ("IDR", 550, None),
            ("KWD", 1234, Some(1234)),
        ];
        for (code, minor, want) in rows {
            let money = Money::new(minor, code.parse().unwrap());
            assert_eq!(provider_minor(money), want, "{code} {minor}");
            if let Some(value) = want {
                let currency = code.to_owned();
                assert_eq!(from_provider(&Amount { currency, value }), Some(money));
            }
        }
    }
}
