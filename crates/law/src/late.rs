//! What late payment costs the trader on top of the refund. Never part of a minimum refund: the
//! consumer claims it, and it grows with the days.

use crate::{pack, words::LatePaymentKind};
use jiff::civil::Date;
use kernel::Money;
use serde::{Deserialize, Serialize};

/// Days in a year of simple interest.
const YEAR: i64 = 365;

/// What late payment costs under one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatePayment {
    /// Where it stands in the statute of the rule; empty where the pack does not say.
    pub article: String,
    /// How it grows.
    pub scale: LateScale,
}

/// How the price of late payment grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LateScale {
    /// As much again as is owed.
    Double,
    /// Simple interest, basis points a year.
    Interest {
        /// Of what is owed.
        bps_a_year: u32,
    },
    /// A share that steps up with the days late.
    Steps {
        /// Each step: more days late than `after`, and the share in percent; 0 is the legal rate
        /// of interest, which no pack states.
        steps: Vec<LateStep>,
        /// Percent more for each month begun after the last step; the price is the most.
        percent_a_month: u16,
    },
}

/// One step of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateStep {
    /// It holds when the refund is later than this many days,
    pub after: u16,
    /// and up to this many.
    pub until: u16,
    /// Percent of what is owed.
    pub percent: u16,
}

impl LatePayment {
    /// What can be claimed on top of `owed` on `today` when it was due on `due`; nothing while it
    /// is not late, and zero where only interest at the legal rate is owed.
    pub fn claim(&self, owed: Money, due: Date, today: Date) -> Option<Money> {
        let days = i64::from(due.until(today).ok()?.get_days());
        (days > 0).then_some(())?;
        let minor = match &self.scale {
            LateScale::Double => owed.minor,
            LateScale::Interest { bps_a_year } => share(
                owed.minor,
                i64::from(*bps_a_year).saturating_mul(days),
                10_000 * YEAR,
            ),
            LateScale::Steps {
                steps,
                percent_a_month,
            } => {
                let percent = percent(steps, *percent_a_month, days);
                share(owed.minor, percent.min(100), 100)
            }
        };
        Some(Money::new(minor, owed.currency))
    }

    /// Reads what a pack says.
    ///
    /// # Errors
    /// The key whose words are none of the format.
    pub(crate) fn read(l: &pack::LatePayment) -> Result<Option<Self>, String> {
        let Some(kind) = l.kind else {
            return Ok(None);
        };
        let unread = |key: &str, text: &str| {
            format!(
                "late_payment.{key} {text:?} is not a sentence of the format; docs/law.md lists them"
            )
        };
        let scale = match kind {
            LatePaymentKind::Double => LateScale::Double,
            LatePaymentKind::Interest => {
                let text = l.rate.as_deref().unwrap_or_default();
                let percent = text.split_once(" % a year").map(|(head, _)| head);
                let percent = percent.and_then(|n| n.parse::<u16>().ok());
                let percent = percent.ok_or_else(|| unread("rate", text))?;
                LateScale::Interest {
                    bps_a_year: u32::from(percent) * 100,
                }
            }
            LatePaymentKind::StatutoryIncrease => {
                let list = l.scale.as_deref().unwrap_or_default();
                let (mut steps, mut percent_a_month) = (Vec::new(), 0);
                for text in list {
                    let Some(month) = a_month(text) else {
                        steps.push(step(text).ok_or_else(|| unread("scale", text))?);
                        continue;
                    };
                    percent_a_month = month;
                }
                if steps.is_empty() {
                    return Err("has a late_payment without a scale; list its steps".into());
                }
                LateScale::Steps {
                    steps,
                    percent_a_month,
                }
            }
        };
        Ok(Some(Self {
            article: l.article.clone().unwrap_or_default(),
            scale,
        }))
    }
}

fn percent(steps: &[LateStep], a_month: u16, days: i64) -> i64 {
    let holds = |s: &&LateStep| days > i64::from(s.after) && days <= i64::from(s.until);
    if let Some(step) = steps.iter().find(holds) {
        return i64::from(step.percent);
    }
    let Some(last) = steps.iter().max_by_key(|s| s.until) else {
        return 0;
    };
    let beyond = (days - i64::from(last.until)).max(0);
    let months = beyond / 30 + i64::from(beyond % 30 > 0);
    i64::from(last.percent) + months.saturating_mul(i64::from(a_month))
}

/// `amount * part / whole`, rounded down: a claim is never overstated.
fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(part) / i128::from(whole.max(1));
    i64::try_from(exact).unwrap_or(i64::MAX)
}

/// `10-20: 5 %`, `0-10 days late: legal interest rate`.
fn step(text: &str) -> Option<LateStep> {
    let (days, what) = text.split_once(": ")?;
    let (after, until) = days.trim_end_matches(" days late").split_once('-')?;
    let percent = match what {
        "legal interest rate" => 0,
        share => share.strip_suffix(" %")?.parse().ok()?,
    };
    let step = LateStep {
        after: after.parse().ok()?,
        until: until.parse().ok()?,
        percent,
    };
    (step.after < step.until && step.percent <= 100).then_some(step)
}

/// `then 5 points a month up to the price, then legal rate`.
fn a_month(text: &str) -> Option<u16> {
    let rest = text.strip_prefix("then ")?;
    let (points, tail) = rest.split_once(" points a month ")?;
    (tail == "up to the price, then legal rate").then_some(())?;
    points.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Currency;

    fn late(l: &pack::LatePayment, days: i32) -> i64 {
        let due = date(2026, 3, 2);
        let today = due.checked_add(jiff::Span::new().days(days)).unwrap();
        let owed = Money::new(10_000, Currency::EUR);
        let read = LatePayment::read(l).unwrap().unwrap();
        read.claim(owed, due, today).map_or(-1, |m| m.minor)
    }

    #[test]
    fn the_french_scale_steps_up_to_the_price() {
        let scale = [
            "0-10 days late: legal interest rate",
            "10-20: 5 %",
            "20-30: 10 %",
            "30-60: 20 %",
            "60-90: 50 %",
            "then 5 points a month up to the price, then legal rate",
        ];
        let l = pack::LatePayment {
            kind: Some(LatePaymentKind::StatutoryIncrease),
            scale: Some(scale.map(str::to_owned).to_vec()),
            ..pack::LatePayment::default()
        };
        let seen: Vec<i64> = [0, 10, 11, 20, 21, 31, 61, 90, 91, 120, 121, 3_000]
            .map(|d| late(&l, d))
            .to_vec();
        let expected = [
            -1, 0, 500, 500, 1_000, 2_000, 5_000, 5_000, 5_500, 5_500, 6_000, 10_000,
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn double_and_interest_are_read_and_nonsense_is_refused() {
        let double = pack::LatePayment {
            kind: Some(LatePaymentKind::Double),
            ..pack::LatePayment::default()
        };
        assert_eq!(late(&double, 1), 10_000);
        let interest = pack::LatePayment {
            kind: Some(LatePaymentKind::Interest),
            rate: Some("15 % a year (Enforcement Decree)".into()),
            ..pack::LatePayment::default()
        };
        assert_eq!((late(&interest, 365), late(&interest, 73)), (15_00, 3_00));
        let nonsense = pack::LatePayment {
            rate: Some("plenty".into()),
            ..interest
        };
        assert!(LatePayment::read(&nonsense).is_err());
    }
}
