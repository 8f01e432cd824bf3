//! Counting days and months from a civil day. Same answers as `jiff` gives for its spans; a
//! decision counts a dozen of them, and most end inside a month or on a day every month has.

use jiff::{SignedDuration, Span, civil::Date};

/// The last day number every month has.
const EVERY_MONTH: i32 = 28;
/// Up to here going from month to month is quicker than by the number of the day.
const FEW_DAYS: u16 = 62;

/// `day` and `days` more; none only beyond the calendar (year 9999).
pub fn plus_days(day: Date, days: u16) -> Option<Date> {
    if days <= FEW_DAYS {
        let (mut year, mut month) = (day.year(), day.month());
        let mut number = i32::from(day.day()) + i32::from(days);
        while number > days_of(year, month) {
            number -= days_of(year, month);
            (year, month) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
        }
        return with_number(year, month, number);
    }
    day.checked_add(SignedDuration::from_hours(24 * i64::from(days)))
        .ok()
}

/// The same day number `months` later, or the last day of that month; none only beyond the
/// calendar.
pub fn plus_months(day: Date, months: u16) -> Option<Date> {
    let number = i32::from(day.day());
    if number <= EVERY_MONTH {
        let month = i32::from(day.month()) - 1 + i32::from(months);
        let year = i16::try_from(i32::from(day.year()) + month / 12).ok()?;
        return with_number(year, i8::try_from(month % 12 + 1).ok()?, number);
    }
    day.checked_add(Span::new().months(months)).ok()
}

fn days_of(year: i16, month: i8) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn with_number(year: i16, month: i8, number: i32) -> Option<Date> {
    Date::new(year, month, i8::try_from(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_and_months_are_counted_as_spans_are(
            since in 0_i32..3_652_059, many: u16, few in 0_u16..100,
        ) {
            let day = Date::constant(1, 1, 1).checked_add(Span::new().days(since)).unwrap();
            for n in [many, few] {
                prop_assert_eq!(plus_days(day, n), day.checked_add(Span::new().days(n)).ok());
                prop_assert_eq!(plus_months(day, n), day.checked_add(Span::new().months(n)).ok());
            }
        }
    }
}
