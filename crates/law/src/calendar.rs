//! Date arithmetic of Regulation 1182/71 and its national cousins: periods, rollover, holidays.
//! Days are local civil days; there is no clock time in here.

use jiff::{civil::Date, civil::Weekday};
use kernel::{plus_days, plus_months};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Public holidays at one place, sorted. An empty set means weekends only.
#[derive(Debug, Clone, Default)]
pub struct Holidays {
    days: Vec<Date>,
    version: Option<Arc<str>>,
}

/// The days alone make two sets the same.
impl PartialEq for Holidays {
    fn eq(&self, other: &Self) -> bool {
        self.days == other.days
    }
}

impl Eq for Holidays {}

impl Holidays {
    /// No holidays.
    pub const fn none() -> Self {
        Self {
            days: Vec::new(),
            version: None,
        }
    }

    /// These days, in any order.
    pub fn of(days: &[Date]) -> Self {
        let mut days = days.to_vec();
        days.sort_unstable();
        days.dedup();
        Self {
            days,
            version: None,
        }
    }

    /// The same days with the version of the tables they were read from.
    #[must_use]
    pub(crate) fn read_from(self, version: &str) -> Self {
        Self {
            version: Some(version.into()),
            ..self
        }
    }

    /// The version of the tables the days were read from, as [`crate::HolidayBasis`] words it;
    /// `None` for days given as facts.
    pub const fn version(&self) -> Option<&Arc<str>> {
        self.version.as_ref()
    }

    /// Whether `day` is a public holiday.
    pub fn contains(&self, day: Date) -> bool {
        self.days.binary_search(&day).is_ok()
    }

    /// The days in order.
    pub fn days(&self) -> &[Date] {
        &self.days
    }
}

/// What happens when a period ends on a day of rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rollover {
    /// Nothing: the day stands.
    None,
    /// Saturday, Sunday and public holiday move on (Regulation 1182/71 Art 3(4)).
    WeekendOrHoliday,
    /// The same, and 5 June, 24 and 31 December (Denmark).
    Denmark,
    /// The same, and Midsummer Eve, Christmas Eve and New Year's Eve (Sweden).
    Sweden,
    /// Sunday and public holiday move on; Saturday counts.
    SundayOrHoliday,
    /// Sunday and public holiday move on to a working day, so never to a Saturday (Brazil).
    SundayOrHolidayToBusinessDay,
    /// Only public holidays move on.
    Holiday,
}

impl Rollover {
    fn moves(self, day: Date, holidays: &Holidays) -> bool {
        let sunday = || day.weekday() == Weekday::Sunday;
        match self {
            Self::None => false,
            Self::Holiday => holidays.contains(day),
            Self::SundayOrHoliday | Self::SundayOrHolidayToBusinessDay => {
                sunday() || holidays.contains(day)
            }
            Self::WeekendOrHoliday => rests(day, holidays),
            Self::Denmark => {
                rests(day, holidays) || matches!((day.month(), day.day()), (6, 5) | (12, 24 | 31))
            }
            Self::Sweden => {
                // Midsummer Eve is the Friday between 19 and 25 June.
                let midsummer = day.weekday() == Weekday::Friday
                    && day.month() == 6
                    && (19..=25).contains(&day.day());
                rests(day, holidays)
                    || midsummer
                    || matches!((day.month(), day.day()), (12, 24 | 31))
            }
        }
    }

    /// `day`, or the next day on which the period may end; chains are followed.
    pub fn apply(self, mut day: Date, holidays: &Holidays) -> Option<Date> {
        if !self.moves(day, holidays) {
            return Some(day);
        }
        let lands = match self {
            Self::SundayOrHolidayToBusinessDay => Self::WeekendOrHoliday,
            other => other,
        };
        while lands.moves(day, holidays) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }
}

fn rests(day: Date, holidays: &Holidays) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || holidays.contains(day)
}

/// Unit of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Every day counts.
    CalendarDay,
    /// Monday to Friday without public holidays.
    BusinessDay,
    /// Monday to Saturday without public holidays (16 CFR 429.0(f)).
    SaturdayBusinessDay,
    /// Same date number, or the last day of the month (Art 3(2)(c)).
    Month,
    /// Twelve months.
    Year,
}

/// A length of time as a statute counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How many units; at most 1000.
    pub length: u16,
    /// Of what.
    pub unit: Unit,
    /// The start day is day one ("beginning with"); otherwise counting starts the day after.
    pub include_start: bool,
    /// Rollover of the last day.
    pub rollover: Rollover,
}

impl Period {
    /// The period `n` times in a row.
    #[must_use]
    pub const fn times(self, n: u16) -> Self {
        Self {
            length: self.length.saturating_mul(n),
            ..self
        }
    }

    /// Last day of a period that starts with an event on `start`, with rollover.
    /// `None` only beyond the calendar (year 9999).
    pub fn end(&self, start: Date, holidays: &Holidays) -> Option<Date> {
        self.rollover
            .apply(self.end_strict(start, holidays)?, holidays)
    }

    /// The same without rollover.
    pub fn end_strict(&self, start: Date, holidays: &Holidays) -> Option<Date> {
        let end = match self.unit {
            Unit::CalendarDay => plus_days(start, self.length),
            Unit::Month => plus_months(start, self.length),
            // At most 1000 years: far inside the type.
            Unit::Year => plus_months(start, self.length.saturating_mul(12)),
            Unit::BusinessDay | Unit::SaturdayBusinessDay => {
                return self.business_end(start, holidays);
            }
        }?;
        // A length of nothing has no first day to leave out.
        if self.include_start && self.length > 0 {
            end.yesterday().ok()
        } else {
            Some(end)
        }
    }

    fn business_end(self, start: Date, holidays: &Holidays) -> Option<Date> {
        let rest = match self.unit {
            Unit::SaturdayBusinessDay => Rollover::SundayOrHoliday,
            _ => Rollover::WeekendOrHoliday,
        };
        let works = |day| !rest.moves(day, holidays);
        let mut left = self.length;
        let mut day = start;
        if self.include_start && left > 0 && works(day) {
            left -= 1;
        }
        while left > 0 {
            day = day.tomorrow().ok()?;
            if works(day) {
                left -= 1;
            }
        }
        Some(day)
    }
}
