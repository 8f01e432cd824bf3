//! Date arithmetic: calendars, working days, months, rollover.

use super::book::Book;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// For whom a period runs. The trader gets a rollover only where the calendar says so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Consumer,
    Trader,
}

/// The holidays of the place, with the calendars of the data.
pub struct Days<'a> {
    pub book: &'a Book,
    pub holidays: Vec<Date>,
}

impl Days<'_> {
    fn saturday(day: Date) -> bool {
        day.weekday() == Weekday::Saturday
    }

    fn sunday(day: Date) -> bool {
        day.weekday() == Weekday::Sunday
    }

    fn holiday(&self, day: Date) -> bool {
        self.holidays.contains(&day)
    }

    /// Whether a last day on this date moves on.
    fn moves(&self, calendar: &str, day: Date) -> bool {
        let (saturday, sunday, holiday) =
            (Self::saturday(day), Self::sunday(day), self.holiday(day));
        let all = saturday || sunday || holiday;
        let (month, number) = (day.month(), day.day());
        match calendar {
            // "Saturday, Sunday or public holiday", "non-business day", "other rest day"; in
            // Korea a Sunday is a public holiday
            "eu_1182" | "ch_or78" | "ny_gcl" | "ar_civil" | "tw_civil" | "kr_civil"
            | "unconfirmed" => all,
            "dk_weekday" => all || [(6, 5), (12, 24), (12, 31)].contains(&(month, number)),
            "se_weekday" => {
                let midsummer_eve =
                    month == 6 && day.weekday() == Weekday::Friday && (19..=25).contains(&number);
                all || midsummer_eve || [(12, 24), (12, 31)].contains(&(month, number))
            }
            // "Saturday counts"
            "ca_civil" | "za_interpretation" | "br_civil" => sunday || holiday,
            "cn_civil" => holiday,
            _ => false,
        }
    }

    /// The day to which a last day moves, chains followed.
    pub fn roll(&self, calendar: &str, whose: Whose, day: Date) -> Date {
        if whose == Whose::Trader && !self.book.calendar_for_trader(calendar) {
            return day;
        }
        if !self.moves(calendar, day) {
            return day;
        }
        let mut day = day;
        // "to the next business day", which a Saturday is not
        while self.moves(calendar, day) || (calendar == "br_civil" && Self::saturday(day)) {
            day = day.tomorrow().unwrap();
        }
        day
    }

    /// Whether the day counts as a business day.
    fn works(&self, calendar: &str, day: Date) -> bool {
        let saturday_works = calendar == "us_cooling";
        !Self::sunday(day) && !self.holiday(day) && (saturday_works || !Self::saturday(day))
    }

    /// Start plus a length, before any rollover; the start is counted where `include_start`.
    pub fn add(
        &self,
        calendar: &str,
        start: Date,
        length: i64,
        unit: &str,
        include_start: bool,
    ) -> Date {
        let end = match unit {
            "calendar_day" => start.checked_add(length.days()).unwrap(),
            // jiff keeps the date number or takes the month's last day
            "month" => start.checked_add(length.months()).unwrap(),
            "year" => start.checked_add(length.years()).unwrap(),
            _ => {
                assert!(unit.contains("day"), "{unit}");
                assert!(!include_start, "no rule counts a business day of the start");
                let mut day = start;
                let mut left = length;
                while left > 0 {
                    day = day.tomorrow().unwrap();
                    if self.works(calendar, day) {
                        left -= 1;
                    }
                }
                day
            }
        };
        if include_start {
            end.yesterday().unwrap()
        } else {
            end
        }
    }
}
