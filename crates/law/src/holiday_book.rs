//! Which days are public holidays at a place: the tables this crate ships, corrected by the
//! tables of rule packs.

use crate::{
    Holidays, PackError,
    book::{PlaceKey, place_key},
    holiday_rows::{Days, HolidayRows},
    holiday_table::HolidayTable,
};
use jiff::civil::Date;
use kernel::Place;
use serde::Serialize;
use std::ops::RangeInclusive;

/// Most years computed for one question; far above need.
const MAX_YEARS: usize = 400;

/// What the holidays of a place rest on: what a decision states beside the days it counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolidayBasis {
    /// Version of the shipped tables, and of every pack table that speaks for the place, as in
    /// `2026-11-23.0123abcd, DE 2027-01`.
    pub version: String,
    /// Whether there is a table for the country in every year asked. If not, holidays may be
    /// missing from the answer and a deadline may be later than computed.
    pub covered: bool,
    /// Days of the answer that are estimates: the moon is seen, or the decree comes, later.
    pub estimated: Vec<Date>,
}

/// All holiday tables.
#[derive(Debug, Clone)]
pub(crate) struct HolidayBook {
    shipped: HolidayRows,
    packs: Vec<(PlaceKey, HolidayTable)>,
}

impl HolidayBook {
    /// # Errors
    /// [`PackError`] when a table of a pack has impossible dates or no place, or when two tables
    /// of one place both say they are the whole list for a year.
    pub fn new(tables: Vec<HolidayTable>) -> Result<Self, PackError> {
        let mut packs: Vec<(PlaceKey, HolidayTable)> = Vec::with_capacity(tables.len());
        for table in tables {
            table.check()?;
            let place = place_key(&table.jurisdiction)?;
            let rival = |(at, other): &&(PlaceKey, HolidayTable)| {
                *at == place && table.complete && other.complete && table.overlaps(other)
            };
            if packs.iter().find(rival).is_some() {
                let what = "has two complete holiday tables for the same years";
                return Err(PackError::rule(&table.jurisdiction, what));
            }
            packs.push((place, table));
        }
        Ok(Self {
            shipped: HolidayRows::shipped()?,
            packs,
        })
    }

    /// Version of the shipped tables.
    pub fn version(&self) -> &'static str {
        self.shipped.version()
    }

    pub fn days(&self, place: Place, years: RangeInclusive<i16>) -> Holidays {
        let version = self.version_at(place, &years);
        let days: Vec<Date> = years
            .take(MAX_YEARS)
            .flat_map(|year| self.year(place, year).into_keys())
            .collect();
        Holidays::of(&days).read_from(&version)
    }

    /// Version of the shipped tables and of every pack table that speaks for the place.
    fn version_at(&self, place: Place, years: &RangeInclusive<i16>) -> String {
        let (country, local) = keys(place);
        let mut version = self.shipped.version().to_owned();
        for (_, table) in self
            .packs
            .iter()
            .filter(|(at, table)| (*at == country || *at == local) && table.speaks_in(years))
        {
            version = format!("{version}, {} {}", table.jurisdiction, table.version);
        }
        version
    }

    pub fn basis(&self, place: Place, years: RangeInclusive<i16>) -> HolidayBasis {
        let (country, local) = keys(place);
        HolidayBasis {
            version: self.version_at(place, &years),
            covered: years.clone().all(|year| {
                self.shipped.covers(country, year)
                    || self.complete(country, year).is_some()
                    || self.complete(local, year).is_some()
            }),
            estimated: years
                .take(MAX_YEARS)
                .flat_map(|year| self.year(place, year))
                .filter_map(|(day, estimate)| estimate.then_some(day))
                .collect(),
        }
    }

    fn year(&self, place: Place, year: i16) -> Days {
        let (country, local) = keys(place);
        let mut days = Days::new();
        if local != country
            && let Some(table) = self.complete(local, year)
        {
            table.apply(year, &mut days);
        } else {
            match self.complete(country, year) {
                Some(table) => table.apply(year, &mut days),
                None => self.shipped.apply(country, year, &mut days),
            }
            if local != country {
                self.shipped.apply(local, year, &mut days);
            }
            self.correct(country, year, &mut days);
        }
        if local != country {
            self.correct(local, year, &mut days);
        }
        days
    }

    fn complete(&self, place: PlaceKey, year: i16) -> Option<&HolidayTable> {
        let mut tables = self.packs.iter();
        tables
            .find(|(at, table)| *at == place && table.complete && table.speaks_for(year))
            .map(|(_, table)| table)
    }

    fn correct(&self, place: PlaceKey, year: i16, days: &mut Days) {
        for (_, table) in self
            .packs
            .iter()
            .filter(|(at, table)| *at == place && !table.complete)
        {
            table.apply(year, days);
        }
    }
}

/// The country as a whole, and the place itself.
fn keys(place: Place) -> (PlaceKey, PlaceKey) {
    ((place.country, None), (place.country, place.subdivision))
}
