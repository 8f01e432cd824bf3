//! Public holidays as a rule pack states them: fixed days, n-th weekdays, days around Easter,
//! single days. A pack corrects the shipped tables with them, or speaks for a place they lack.

use crate::{PackError, holiday_rows::Days};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::ops::RangeInclusive;

const MAX_VERSION: usize = 64;

/// The holidays of one place over the years for which the table is right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolidayTable {
    pub jurisdiction: String,
    /// What a decision records, such as the day the table was made.
    pub version: String,
    valid_from: i16,
    valid_to: Option<i16>,
    /// The whole list of the place in its years; otherwise a correction of what is known.
    #[serde(default)]
    pub complete: bool,
    substitute: Option<Substitute>,
    #[serde(default)]
    fixed: Vec<Fixed>,
    #[serde(default)]
    nth: Vec<Nth>,
    /// Days after Easter Sunday; negative is before.
    #[serde(default)]
    easter: Vec<i8>,
    #[serde(default)]
    once: Vec<Date>,
    /// Days another table has that are no holidays here.
    #[serde(default)]
    not: Vec<Date>,
}

/// What happens when a fixed holiday falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Substitute {
    /// The next weekday that is not a holiday already (United Kingdom).
    NextFreeWeekday,
    /// Saturday to Friday, Sunday to Monday (5 USC 6103).
    UsFederal,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    month: i8,
    day: i8,
    from: Option<i16>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nth {
    month: i8,
    /// Monday is 1.
    weekday: i8,
    /// From the start of the month; -1 is the last.
    #[serde(rename = "nth")]
    which: i8,
    from: Option<i16>,
    #[serde(default)]
    not_in: Vec<i16>,
    /// When the first of the month is this weekday, the holiday is that first day instead.
    unless_first_is: Option<i8>,
}

impl HolidayTable {
    /// Whether the table is made for the year.
    pub fn speaks_for(&self, year: i16) -> bool {
        year >= self.valid_from && self.valid_to.is_none_or(|to| year <= to)
    }

    /// Whether the table is made for any of the years.
    pub fn speaks_in(&self, years: &RangeInclusive<i16>) -> bool {
        *years.end() >= self.valid_from && self.valid_to.is_none_or(|to| *years.start() <= to)
    }

    /// Whether two tables are made for a common year.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.speaks_in(&(other.valid_from..=other.valid_to.unwrap_or(i16::MAX)))
    }

    /// Adds the holidays of `year` and takes out those it says are none; nothing for a year the
    /// table is not made for.
    pub fn apply(&self, year: i16, days: &mut Days) {
        if !self.speaks_for(year) {
            return;
        }
        let mut added = Vec::new();
        self.add_year(year, &mut added);
        days.extend(added.into_iter().map(|day| (day, false)));
        for day in &self.not {
            days.remove(day);
        }
    }

    /// Refuses what could never be a day, so that a slip of the pen is not a silent gap.
    pub fn check(&self) -> Result<(), PackError> {
        // A leap year has every day there is.
        let fixed = |f: &Fixed| Date::new(2024, f.month, f.day).is_ok();
        let dated = |days: &[Date]| days.iter().all(|day| self.speaks_for(day.year()));
        let what = if self.version.trim().is_empty() || self.version.len() > MAX_VERSION {
            "a version of 1 to 64 characters"
        } else if self.valid_to.is_some_and(|to| to < self.valid_from) {
            "its years in order"
        } else if !self.fixed.iter().all(fixed) {
            "fixed days that the calendar has"
        } else if !self.nth.iter().all(Nth::is_possible) {
            "months of 1 to 12, weekdays of 1 to 7 and an nth of 1 to 5 or -1 to -5"
        } else if !dated(&self.once) || !dated(&self.not) {
            "single days within its years"
        } else {
            return Ok(());
        };
        let what = format!("has a holiday table that needs {what}");
        Err(PackError::rule(&self.jurisdiction, what))
    }

    fn add_year(&self, year: i16, out: &mut Vec<Date>) {
        let first = out.len();
        out.extend(self.once.iter().filter(|d| d.year() == year));
        out.extend(self.nth.iter().filter_map(|rule| rule.in_year(year)));
        if let Some(sunday) = easter_sunday(year) {
            out.extend(
                self.easter
                    .iter()
                    .filter_map(|offset| sunday.checked_add(jiff::Span::new().days(*offset)).ok()),
            );
        }
        let mut fixed: Vec<Date> = self
            .fixed
            .iter()
            .filter(|f| f.from.is_none_or(|from| year >= from))
            .filter_map(|f| Date::new(year, f.month, f.day).ok())
            .collect();
        // A new year's day on a Saturday is kept on the Friday that ends this year.
        if self.substitute == Some(Substitute::UsFederal)
            && let Ok(next) = Date::new(year.saturating_add(1), 1, 1)
            && next.weekday() == Weekday::Saturday
            && self.fixed.iter().any(|f| (f.month, f.day) == (1, 1))
        {
            fixed.push(next);
        }
        out.extend(&fixed);
        for day in fixed {
            let kept = self
                .substitute
                .and_then(|how| how.day_for(day, &out[first..]));
            out.extend(kept);
        }
        // The substitute of a first of January can fall into the year before.
        let this_year = out.split_off(first);
        out.extend(this_year.into_iter().filter(|d| d.year() == year));
    }
}

impl Substitute {
    fn day_for(self, day: Date, taken: &[Date]) -> Option<Date> {
        let weekend = |d: Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend(day) {
            return None;
        }
        match self {
            Self::NextFreeWeekday => {
                let mut kept = day.tomorrow().ok()?;
                while weekend(kept) || taken.contains(&kept) {
                    kept = kept.tomorrow().ok()?;
                }
                Some(kept)
            }
            Self::UsFederal if day.weekday() == Weekday::Saturday => day.yesterday().ok(),
            Self::UsFederal => day.tomorrow().ok(),
        }
    }
}

impl Nth {
    fn is_possible(&self) -> bool {
        let weekday = |day: i8| (1..=7).contains(&day);
        (1..=12).contains(&self.month)
            && weekday(self.weekday)
            && self.unless_first_is.is_none_or(weekday)
            && self.which != 0
            && (-5..=5).contains(&self.which)
    }

    fn in_year(&self, year: i16) -> Option<Date> {
        if self.from.is_some_and(|from| year < from) || self.not_in.contains(&year) {
            return None;
        }
        let first = Date::new(year, self.month, 1).ok()?;
        if self.unless_first_is == Some(first.weekday().to_monday_one_offset()) {
            return Some(first);
        }
        let weekday = Weekday::from_monday_one_offset(self.weekday).ok()?;
        first.nth_weekday_of_month(self.which, weekday).ok()
    }
}

/// Easter Sunday of the Gregorian calendar (anonymous Gregorian algorithm, Meeus/Jones/Butcher).
pub(crate) fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let n = epact + weekday - 7 * late + 114;
    Date::new(
        year,
        i8::try_from(n / 31).ok()?,
        i8::try_from(n % 31 + 1).ok()?,
    )
    .ok()
}
