//! The compiled rule book: which rules speak for which place.

use crate::{
    Floor, HolidayBasis, Holidays, LawFacts, PackError, WhyNone,
    compile::{self, Body, Rule, request_bit},
    decide,
    holiday_book::HolidayBook,
    holiday_table::HolidayTable,
    pack::{RawJurisdiction, RawPack, SCHEMA},
};
use data_encoding::HEXLOWER;
use kernel::{CountryCode, Place, place::Subdivision};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc};

/// The packs shipped with this crate, base first. A further jurisdiction is one more line.
const BUILTIN: [(&str, &str); 7] = [
    ("eu", include_str!("../packs/eu.toml")),
    ("de", include_str!("../packs/de.toml")),
    ("fr", include_str!("../packs/fr.toml")),
    ("es", include_str!("../packs/es.toml")),
    ("ie", include_str!("../packs/ie.toml")),
    ("gb", include_str!("../packs/gb.toml")),
    ("us", include_str!("../packs/us.toml")),
];
/// Largest number of packs and longest pack; far above need, below harm.
const MAX_PACKS: usize = 512;
const MAX_PACK_BYTES: usize = 1 << 20;
/// Rule id of the answer "nobody wrote this down yet".
const NOT_COVERED: &str = "law.not_covered";
/// Deepest chain subdivision, state, union.
const MAX_CHAIN: usize = 4;

pub(crate) type PlaceKey = (CountryCode, Option<Subdivision>);

/// All packs, compiled for questions. Immutable; share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct LawBook {
    version: String,
    /// Sorted by place; the rules of a place in order of selection, inherited ones included.
    places: Vec<(PlaceKey, Box<[Rule]>)>,
    holidays: HolidayBook,
    not_covered: Rule,
}

impl LawBook {
    /// The packs shipped with this crate.
    pub fn builtin() -> Result<Self, PackError> {
        Self::parse(&BUILTIN)
    }

    /// Compiles packs given as (name, TOML text).
    ///
    /// # Errors
    /// [`PackError`] when a pack is not of the schema, a rule names something that is not
    /// written, or rules contradict each other.
    pub fn parse(packs: &[(&str, &str)]) -> Result<Self, PackError> {
        if packs.len() > MAX_PACKS {
            return Err(PackError::rule("packs", "are too many"));
        }
        let mut hash = Sha256::new();
        let mut all = Packs::default();
        for (name, text) in packs {
            // Length first, so that two different sets never hash the same bytes.
            for part in [*name, *text] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
            all.add(name, text)?;
        }
        let mut rules = all.uncovered;
        rules.extend(compile::compile(&all.tables, &all.calendars)?);
        let parents = parents(&all.jurisdictions)?;
        for (codes, rule) in &rules {
            if let Some(code) = codes.iter().find(|c| !parents.contains_key(c.as_str())) {
                let what = format!("speaks for {code}, which no pack declares");
                return Err(PackError::rule(&rule.id, what));
            }
        }
        let mut places = Vec::with_capacity(parents.len());
        for code in parents.keys() {
            places.push((place_key(code)?, rules_of(code, &parents, &rules)?));
        }
        places.sort_unstable_by_key(|(key, _)| *key);
        let holidays = HolidayBook::new(all.holidays)?;
        hash.update(holidays.version());
        Ok(Self {
            version: HEXLOWER.encode(&hash.finalize()),
            places,
            holidays,
            not_covered: not_covered(u8::MAX),
        })
    }

    /// SHA-256 (hex) of the packs, names included, and of the version of the shipped holidays:
    /// what a decision records as its law.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The rights that fit the request, each with its status, or the statement that there is
    /// no floor. Pure and fast: no allocation in the common case.
    pub fn entitlements(&self, facts: &LawFacts<'_>) -> Floor {
        decide::floor(self.rules(facts.place), &self.not_covered, facts)
    }

    /// Public holidays of a place in these years: those of the country as its part keeps them.
    /// Half days and the days on which only a period cannot end are not in here; at most 400
    /// years are computed. Whether the years are covered at all says [`Self::holiday_basis`].
    pub fn holidays(&self, place: Place, years: RangeInclusive<i16>) -> Holidays {
        self.holidays.days(place, years)
    }

    /// What the answer of [`Self::holidays`] rests on: its version, whether the tables reach all
    /// the years, and which of the days are estimates.
    pub fn holiday_basis(&self, place: Place, years: RangeInclusive<i16>) -> HolidayBasis {
        self.holidays.basis(place, years)
    }

    fn rules(&self, place: Place) -> &[Rule] {
        let find = |key: PlaceKey| self.places.binary_search_by_key(&key, |(k, _)| *k);
        let found =
            find((place.country, place.subdivision)).or_else(|_| find((place.country, None)));
        found
            .ok()
            .and_then(|at| self.places.get(at))
            .map_or(&[], |(_, rules)| rules)
    }
}

/// What all packs say together, before compilation.
#[derive(Default)]
struct Packs {
    tables: Vec<toml::Table>,
    calendars: BTreeMap<String, crate::pack::RawCalendar>,
    jurisdictions: Vec<RawJurisdiction>,
    uncovered: Vec<(Vec<String>, Rule)>,
    holidays: Vec<HolidayTable>,
}

impl Packs {
    fn add(&mut self, name: &str, text: &str) -> Result<(), PackError> {
        let syntax = |message: String| PackError::Syntax {
            pack: name.to_owned(),
            message,
        };
        if text.len() > MAX_PACK_BYTES {
            return Err(syntax("longer than 1 MiB".to_owned()));
        }
        let pack: RawPack = toml::from_str(text).map_err(|e| syntax(e.to_string()))?;
        if pack.schema != SCHEMA {
            return Err(syntax(format!("schema is {}, not {SCHEMA}", pack.schema)));
        }
        for calendar in pack.calendars {
            // Packs may repeat a calendar to stand on their own, but only word for word.
            if let Some(known) = self.calendars.get(&calendar.id)
                && *known != calendar
            {
                return Err(syntax(format!(
                    "calendar {} differs between packs",
                    calendar.id
                )));
            }
            self.calendars.insert(calendar.id.clone(), calendar);
        }
        for gap in pack.uncovered {
            let requests = gap.requests.iter().fold(0, |m, r| m | request_bit(*r));
            self.uncovered
                .push((gap.jurisdictions, not_covered(requests)));
        }
        self.tables.extend(pack.rules);
        self.jurisdictions.extend(pack.jurisdictions);
        self.holidays.extend(pack.holidays);
        Ok(())
    }
}

fn not_covered(requests: u8) -> Rule {
    let id: Arc<str> = NOT_COVERED.into();
    Rule {
        ids: [id.clone()].into(),
        citation: "no rule written yet".into(),
        root: id.clone(),
        id,
        channels: u8::MAX,
        requests,
        buyer: None,
        from: None,
        to: None,
        body: Body::None(WhyNone::NotCovered),
    }
}

type Parents<'j> = BTreeMap<&'j str, Option<&'j str>>;

fn parents(jurisdictions: &[RawJurisdiction]) -> Result<Parents<'_>, PackError> {
    let mut parents = BTreeMap::new();
    for j in jurisdictions {
        if parents
            .insert(j.code.as_str(), j.parent.as_deref())
            .is_some()
        {
            return Err(PackError::rule(&j.code, "is declared twice"));
        }
    }
    Ok(parents)
}

/// Rules of a place: its own, then its parent's, and so on up.
fn rules_of(
    code: &str,
    parents: &Parents<'_>,
    rules: &[(Vec<String>, Rule)],
) -> Result<Box<[Rule]>, PackError> {
    let mut out = Vec::new();
    let mut at = Some(code);
    for _ in 0..MAX_CHAIN {
        let Some(here) = at else {
            return Ok(out.into());
        };
        out.extend(
            rules
                .iter()
                .filter(|(codes, _)| codes.iter().any(|c| c == here))
                .map(|(_, r)| r.clone()),
        );
        at = *parents
            .get(here)
            .ok_or_else(|| PackError::rule(here, "is not declared"))?;
    }
    Err(PackError::rule(code, "has a circle of parents or too many"))
}

pub(crate) fn place_key(code: &str) -> Result<PlaceKey, PackError> {
    let (country, subdivision) = match code.split_once('-') {
        Some((country, sub)) => (country, Some(sub)),
        None => (code, None),
    };
    let bad = |_| PackError::rule(code, "is not an ISO 3166 code");
    Ok((
        country.parse().map_err(bad)?,
        subdivision.map(str::parse).transpose().map_err(bad)?,
    ))
}
