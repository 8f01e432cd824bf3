//! The dated holiday tables this crate ships (`holidays/tables.txt`): reading and look-up. What a
//! rule pack adds to them is not in here.

use crate::{
    PackError,
    book::{PlaceKey, place_key},
};
use jiff::civil::Date;
use std::{
    collections::BTreeMap,
    ops::{Range, RangeInclusive},
};

const TEXT: &str = include_str!("../holidays/tables.txt");
/// Name of the file in errors.
const NAME: &str = "holidays/tables.txt";

/// Days of one year and whether each is an estimate.
pub(crate) type Days = BTreeMap<Date, bool>;

/// The tables of all places, read once.
#[derive(Debug, Clone)]
pub(crate) struct HolidayRows {
    version: &'static str,
    years: RangeInclusive<i16>,
    /// Sorted by place.
    rows: Vec<Row>,
    marks: Vec<Mark>,
}

#[derive(Debug, Clone)]
struct Row {
    place: PlaceKey,
    years: RangeInclusive<i16>,
    marks: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    month: i8,
    day: i8,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Holiday,
    /// The moon is seen, or the decree comes, later (`~`).
    Estimate,
    /// The country's holiday is none in this part of it (`-`).
    NotKept,
}

impl HolidayRows {
    /// The shipped tables.
    ///
    /// # Errors
    /// [`PackError`] with the line that is not as the head of the file describes.
    pub fn shipped() -> Result<Self, PackError> {
        Self::read(TEXT).map_err(|(line, what)| PackError {
            pack: NAME.to_owned(),
            line,
            message: what.to_owned(),
        })
    }

    fn read(text: &'static str) -> Result<Self, (usize, &'static str)> {
        let mut out = Self {
            version: "",
            years: RangeInclusive::new(1, 0),
            rows: Vec::new(),
            marks: Vec::new(),
        };
        let mut end = 0;
        for (at, line) in text.lines().enumerate() {
            end = at + 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once(" = ") {
                Some(("version", version)) => out.version = version,
                Some(("years", span)) => out.years = years(span).ok_or((end, "no years"))?,
                Some(_) => {}
                None => out.row(line).map_err(|what| (end, what))?,
            }
        }
        if out.version.is_empty() || out.years.is_empty() {
            return Err((end, "the version or the years of the tables are missing"));
        }
        Ok(out)
    }

    fn row(&mut self, line: &str) -> Result<(), &'static str> {
        let mut words = line.split(' ');
        let place = words.next().and_then(|code| place_key(code).ok());
        let place = place.ok_or("no ISO 3166 code")?;
        let years = words.next().and_then(years).ok_or("no year")?;
        if !self.years.contains(years.start()) || !self.years.contains(years.end()) {
            return Err("a year outside the table");
        }
        if self.rows.last().is_some_and(|before| before.place > place) {
            return Err("the place is out of order");
        }
        let start = self.marks.len();
        for word in words {
            let mark = Mark::read(word).ok_or("no day")?;
            if years.clone().any(|year| mark.in_year(year).is_none()) {
                return Err("a day the calendar does not have");
            }
            if mark.kind == Kind::NotKept && place.1.is_none() {
                return Err("a country cannot leave out its own day");
            }
            self.marks.push(mark);
        }
        let marks = start..self.marks.len();
        self.rows.push(Row {
            place,
            years,
            marks,
        });
        Ok(())
    }

    /// Date of the tables and a digest of their rows, as in `2026-11-23.0123abcd`.
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// Whether the country has a table and it speaks for the year.
    pub fn covers(&self, country: PlaceKey, year: i16) -> bool {
        self.years.contains(&year) && !self.rows_of(country).is_empty()
    }

    /// Changes `days` by what the rows of this one place say for the year: a country's rows make
    /// the list, those of a part of it say how that part differs.
    pub fn apply(&self, place: PlaceKey, year: i16, days: &mut Days) {
        for row in self.rows_of(place) {
            if !row.years.contains(&year) {
                continue;
            }
            for mark in self.marks.get(row.marks.clone()).unwrap_or_default() {
                let Some(day) = mark.in_year(year) else {
                    continue;
                };
                match mark.kind {
                    Kind::Holiday => days.insert(day, false),
                    Kind::Estimate => days.insert(day, true),
                    Kind::NotKept => days.remove(&day),
                };
            }
        }
    }

    fn rows_of(&self, place: PlaceKey) -> &[Row] {
        let first = self.rows.partition_point(|row| row.place < place);
        let rest = self.rows.get(first..).unwrap_or_default();
        let count = rest.partition_point(|row| row.place == place);
        rest.get(..count).unwrap_or_default()
    }
}

impl Mark {
    /// `MM-DD`, `~MM-DD` or `-MM-DD`.
    fn read(word: &str) -> Option<Self> {
        let (kind, word) = match word.as_bytes().first()? {
            b'~' => (Kind::Estimate, word.get(1..)?),
            b'-' => (Kind::NotKept, word.get(1..)?),
            _ => (Kind::Holiday, word),
        };
        let (month, day) = word.split_once('-')?;
        Some(Self {
            month: month.parse().ok()?,
            day: day.parse().ok()?,
            kind,
        })
    }

    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// `2026` or `2020-2035`.
fn years(text: &str) -> Option<RangeInclusive<i16>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let years = first.parse().ok()?..=last.parse().ok()?;
    (!years.is_empty()).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_rows_are_in_order_and_say_nothing_twice() {
        let shipped = HolidayRows::shipped().unwrap();
        let words = |row: &Row| shipped.marks[row.marks.clone()].to_vec();
        for row in &shipped.rows {
            let days: Vec<_> = words(row).iter().map(|m| (m.month, m.day)).collect();
            assert!(!days.is_empty(), "{row:?}");
            assert!(days.is_sorted_by(|a, b| a < b), "{row:?} {days:?}");
        }
        for pair in shipped.rows.windows(2).filter(|p| p[0].place == p[1].place) {
            let key = |row: &Row| (*row.years.start(), -*row.years.end());
            assert!(key(&pair[0]) < key(&pair[1]), "{pair:?}");
        }
        for rows in shipped.rows.chunk_by(|a, b| a.place == b.place) {
            for year in shipped.years.clone() {
                let said = rows.iter().filter(|row| row.years.contains(&year));
                let mut days: Vec<_> = said.flat_map(words).map(|m| (m.month, m.day)).collect();
                let all = days.len();
                days.sort_unstable();
                days.dedup();
                assert_eq!(days.len(), all, "{:?} {year}", rows[0].place);
            }
        }
    }

    #[test]
    fn a_row_that_is_not_as_described_is_refused_with_its_line() {
        let head = "version = 1\nyears = 2020-2030\n";
        for (rows, line) in [
            ("DE 2026 01-01\n", 0),
            ("DE 2026 13-01\n", 3),
            ("DE 2027 02-29\n", 3),
            ("DE 2026 1.1\n", 3),
            ("DE 2026 *01-01\n", 3),
            ("DE 2026 -01-01\n", 3),
            ("DEU 2026 01-01\n", 3),
            ("DE 2031 01-01\n", 3),
            ("DE 2028-2026 01-01\n", 3),
            ("DE 01-01\n", 3),
            ("DE-BY 2026 01-06\nDE 2026 01-01\n", 4),
        ] {
            let text: &'static str = format!("{head}{rows}").leak();
            let refused = HolidayRows::read(text).err().map_or(0, |(line, _)| line);
            assert_eq!(refused, line, "{rows}");
        }
        assert!(HolidayRows::read("years = 2020-2030\n").is_err());
        assert!(HolidayRows::read("version = 1\n").is_err());
    }
}
