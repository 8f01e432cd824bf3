//! Money, dates, times, counts and lists as a language writes them, by the rules of CLDR (ICU4X).
//! Money stays integer minor units up to the digits; no float anywhere.

use super::L10n;
use fluent_bundle::FluentValue;
use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{YMD, YMDE, YMDT},
    input::{DateTime, Time},
};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale_core::{Locale, locale};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Bps, Money};

type Dates<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// What a language needs to write figures.
#[derive(Debug)]
pub(super) struct Figures {
    decimal: DecimalFormatter,
    all: ListFormatter,
    any: ListFormatter,
    day: Dates<YMD>,
    long: Dates<YMDE>,
    moment: Dates<YMDT>,
    /// Before the amounts of a text that runs from the right, so that it does so standing alone.
    mark: &'static str,
    /// Before a sign of such an amount: it stays on the left of its digits.
    hold: &'static str,
    currency_first: bool,
    percent: &'static str,
}

impl Figures {
    /// The rules of a language; English as it is written in Europe.
    #[expect(
        clippy::expect_used,
        reason = "the data is compiled in for every language; a test loads them all"
    )]
    pub(super) fn load(lang: &str) -> Self {
        let locale: Locale = match lang {
            "en" => locale!("en-GB"),
            other => other.parse().unwrap_or(locale!("en-GB")),
        };
        let decimal =
            DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default());
        let list = ListFormatterOptions::default();
        Self {
            decimal: decimal.expect("figures"),
            all: ListFormatter::try_new_and((&locale).into(), list).expect("lists"),
            any: ListFormatter::try_new_or((&locale).into(), list).expect("lists"),
            day: Dates::try_new((&locale).into(), YMD::medium()).expect("days"),
            long: Dates::try_new((&locale).into(), YMDE::long()).expect("days"),
            moment: Dates::try_new((&locale).into(), YMD::medium().with_time_hm()).expect("times"),
            mark: if lang == "ar" { "\u{200f}" } else { "" },
            hold: if lang == "ar" { "\u{200e}" } else { "" },
            currency_first: lang == "en",
            percent: match lang {
                "en" | "pl" | "ar" => "%",
                "fr" => "\u{202f}%",
                _ => "\u{a0}%",
            },
        }
    }

    /// Plain decimal digits as the language writes them, with a true minus sign.
    fn digits(&self, plain: &str) -> String {
        let (sign, plain) = plain
            .strip_prefix('-')
            .map_or(("", plain), |rest| ("−", rest));
        // INVARIANT: callers write digits and one point.
        let Ok(decimal) = Decimal::try_from_str(plain) else {
            return plain.to_owned();
        };
        format!("{sign}{}", self.decimal.format(&decimal))
    }
}

/// Counts inside messages; texts are left alone.
pub(super) fn count(figures: &Figures, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    Some(figures.digits(&number.as_string()))
}

impl L10n {
    /// A whole number with grouped thousands and a true minus sign.
    pub fn number(self, n: i64) -> String {
        self.figures().digits(&n.to_string())
    }

    /// An amount with its currency: `€1,234.50`, `1.234,50 €`, `¥700`, `CHF 12.00`.
    pub fn money(self, money: Money) -> String {
        self.amount(money, "")
    }

    /// A change of money: the same, with a plus sign before what comes in.
    pub fn money_signed(self, money: Money) -> String {
        self.amount(money, if money.minor > 0 { "+" } else { "" })
    }

    fn amount(self, money: Money, plus: &str) -> String {
        let figures = self.figures();
        let figure = figures.digits(&money.decimal());
        let unit = symbol(money.currency.code());
        let alphabetic = unit.ends_with(|c: char| c.is_ascii_alphabetic());
        let (sign, plain) = figure
            .strip_prefix('−')
            .map_or((plus, figure.as_str()), |rest| ("−", rest));
        match (figures.currency_first, alphabetic) {
            (true, false) => format!("{sign}{unit}{plain}"),
            (true, true) => format!("{sign}{unit}\u{a0}{plain}"),
            (false, _) => {
                let hold = if sign.is_empty() { "" } else { figures.hold };
                format!("{}{hold}{sign}{plain}\u{a0}{unit}", figures.mark)
            }
        }
    }

    /// A rate: `10%`, `12,5 %`.
    pub fn percent(self, rate: Bps) -> String {
        let figures = self.figures();
        let (whole, rest) = (rate.0 / 100, rate.0.unsigned_abs() % 100);
        let sign = if rate.0 < 0 && whole == 0 { "-" } else { "" };
        let plain = format!("{sign}{whole}.{rest:02}");
        let short = plain.trim_end_matches('0').trim_end_matches('.');
        let figure = figures.digits(short);
        format!("{figure}{}", figures.percent)
    }

    /// A short date: `15 Nov 2026`, `15.11.2026`.
    pub fn date(self, date: Date) -> String {
        self.dated(date, |figures, day| figures.day.format(day).to_string())
    }

    /// A long date with its weekday: `Sunday, 15 November 2026`.
    pub fn date_long(self, date: Date) -> String {
        self.dated(date, |figures, day| figures.long.format(day).to_string())
    }

    /// Date and time to the minute in the zone people work in: `15 Nov 2026, 14:02`.
    pub fn date_time(self, at: Timestamp, zone: &TimeZone) -> String {
        let local = zone.to_datetime(at);
        let hour = local.hour().unsigned_abs();
        let Ok(time) = Time::try_new(hour, local.minute().unsigned_abs(), 0, 0) else {
            return self.date(local.date());
        };
        self.dated(local.date(), |figures, day| {
            let moment = DateTime { date: *day, time };
            figures.moment.format(&moment).to_string()
        })
    }

    /// Things that all hold: `a, b and c`.
    pub fn all_of<S: AsRef<str>>(self, items: &[S]) -> String {
        let items = items.iter().map(AsRef::as_ref);
        self.figures().all.format(items).to_string()
    }

    /// Things of which one holds: `a, b or c`.
    pub fn any_of<S: AsRef<str>>(self, items: &[S]) -> String {
        let items = items.iter().map(AsRef::as_ref);
        self.figures().any.format(items).to_string()
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

    fn dated(self, date: Date, say: impl Fn(&Figures, &IcuDate<Gregorian>) -> String) -> String {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        match IcuDate::try_new_gregorian(date.year().into(), month, day) {
            Ok(day) => say(self.figures(), &day),
            // Every civil date is one; the plain form says the same.
            Err(_) => date.to_string(),
        }
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
