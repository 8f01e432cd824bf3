//! Money, dates, times and counts as a language writes them. Integer arithmetic only.

use super::L10n;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::Money;

/// How a language writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numerals {
    /// Between thousands.
    pub group: char,
    /// Before the decimals.
    pub decimal: char,
    /// Whether the currency stands before the amount (`€5.00`) or after it (`5,00 €`).
    pub currency_first: bool,
}

impl L10n {
    /// The number style of this language.
    pub fn numerals(self) -> Numerals {
        match self.lang().as_str() {
            "de" => Numerals {
                group: '.',
                decimal: ',',
                currency_first: false,
            },
            _ => Numerals {
                group: ',',
                decimal: '.',
                currency_first: true,
            },
        }
    }

    /// A whole number with grouped thousands and a true minus sign.
    pub fn number(self, n: i64) -> String {
        let sign = if n < 0 { "−" } else { "" };
        format!(
            "{sign}{}",
            group(&n.unsigned_abs().to_string(), self.numerals().group)
        )
    }

    /// An amount with its currency: `€1,234.50`, `1.234,50 €`, `¥700`, `CHF 12.00`.
    pub fn money(self, money: Money) -> String {
        let style = self.numerals();
        let plain = money.decimal();
        let (negative, plain) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.as_str()),
        };
        let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
        let mut figure = group(whole, style.group);
        if !decimals.is_empty() {
            figure.push(style.decimal);
            figure.push_str(decimals);
        }
        let sign = if negative { "−" } else { "" };
        let unit = symbol(money.currency.code());
        let alphabetic = unit.ends_with(|c: char| c.is_ascii_alphabetic());
        match (style.currency_first, alphabetic) {
            (true, false) => format!("{sign}{unit}{figure}"),
            (true, true) => format!("{sign}{unit}\u{a0}{figure}"),
            (false, _) => format!("{sign}{figure}\u{a0}{unit}"),
        }
    }

    /// A short date: `15 Nov 2026`, `15. Nov. 2026`.
    pub fn date(self, date: Date) -> String {
        self.dated("date-short", "month-short", date)
    }

    /// A long date with its weekday: `Sunday, 15 November 2026`.
    pub fn date_long(self, date: Date) -> String {
        self.dated("date-long", "month-long", date)
    }

    /// Date and time to the minute in the zone people work in: `15 Nov 2026, 14:02`.
    pub fn date_time(self, at: Timestamp, zone: &TimeZone) -> String {
        let local = zone.to_datetime(at);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.t_args(
            "date-time",
            &[
                ("date", self.date(local.date()).into()),
                ("time", time.into()),
            ],
        )
    }

    /// How long ago, in the largest unit that says enough: `just now`, `5 min ago`, `3 days ago`.
    pub fn ago(self, at: Timestamp, now: Timestamp) -> String {
        let seconds = now.as_second().saturating_sub(at.as_second()).max(0);
        let (key, n) = match seconds {
            0..60 => return self.t("ago-now"),
            60..3_600 => ("ago-minutes", seconds / 60),
            3_600..86_400 => ("ago-hours", seconds / 3_600),
            _ => ("ago-days", seconds / 86_400),
        };
        self.t_args(key, &[("n", n.into())])
    }

    fn dated(self, key: &str, months: &str, date: Date) -> String {
        let month = self.t(&format!("{months}-{}", date.month()));
        let weekday = self.t(&format!(
            "weekday-{}",
            date.weekday().to_monday_one_offset()
        ));
        self.t_args(
            key,
            &[
                ("day", date.day().to_string().into()),
                ("month", month.into()),
                ("year", date.year().to_string().into()),
                ("weekday", weekday.into()),
            ],
        )
    }
}

/// The sign of a currency where it is unmistakable, its code otherwise.
fn symbol(code: &'static str) -> &'static str {
    match code {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        other => other,
    }
}

/// Groups a run of digits by three from the end.
fn group(digits: &str, separator: char) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}
