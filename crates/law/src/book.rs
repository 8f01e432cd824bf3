//! The compiled rule book: which rules speak for which place.

use crate::{
    Floor, HolidayBasis, Holidays, LawFacts, PackError, compile,
    decide::{self, Question},
    error::Origin,
    holiday_book::HolidayBook,
    load::{self, Library},
    rule::{Rule, ask},
    words::SaleChannel,
};
use data_encoding::HEXLOWER;
use kernel::{CountryCode, Place, place::Subdivision};
use sha2::{Digest, Sha256};
use std::{ops::RangeInclusive, sync::Arc};

/// Largest number of packs; far above need, below harm.
const MAX_PACKS: usize = 512;
/// Rule id of the answer "nobody wrote this down yet".
const NOT_COVERED: &str = "law.not_covered";
/// Deepest chain subdivision, state, union.
const MAX_CHAIN: usize = 4;

pub(crate) type PlaceKey = (CountryCode, Option<Subdivision>);

/// All packs, compiled for questions. Immutable; share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct LawBook {
    version: Arc<str>,
    library: Arc<Library>,
    /// Sorted by place.
    places: Vec<PlaceRules>,
    /// By [`CountryCode::index`], where the places of a country begin; one more for the end.
    starts: Box<[usize]>,
    holidays: HolidayBook,
    not_covered: Arc<str>,
}

/// What speaks at one place.
#[derive(Debug, Clone)]
struct PlaceRules {
    key: PlaceKey,
    /// Every rule in order of selection, inherited ones included.
    all: Box<[Arc<Rule>]>,
    /// Of those, the ones that can speak to a kind of request on a channel.
    asked: [Box<[Arc<Rule>]>; ask::KINDS * CHANNELS],
}

/// How many ways of selling there are.
const CHANNELS: usize = SaleChannel::ALL.len();

impl PlaceRules {
    fn new(key: PlaceKey, all: Box<[Arc<Rule>]>) -> Self {
        let asked = std::array::from_fn(|at| {
            let (request, channel) = (at / CHANNELS, SaleChannel::ALL[at % CHANNELS]);
            let fits = |rule: &&Arc<Rule>| rule.can_speak(1 << request, channel);
            all.iter().filter(fits).cloned().collect()
        });
        Self { key, all, asked }
    }

    fn asked(&self, request: u8, channel: SaleChannel) -> &[Arc<Rule>] {
        let kind = usize::try_from(request.trailing_zeros()).unwrap_or_default();
        let at = kind * CHANNELS + channel as usize;
        self.asked.get(at).map_or(&[], |rules| rules)
    }
}

impl LawBook {
    /// The packs shipped with this crate, as (name, text).
    pub fn builtin_packs() -> Vec<(&'static str, &'static str)> {
        crate::shipped::packs()
    }

    /// The packs shipped with this crate.
    pub fn builtin() -> Result<Self, PackError> {
        Self::parse(&Self::builtin_packs())
    }

    /// The shipped packs with `own` ones: a pack of a shipped name takes its place, any other is
    /// added.
    ///
    /// # Errors
    /// As [`LawBook::parse`].
    pub fn with_packs(own: &[(&str, &str)]) -> Result<Self, PackError> {
        let mut all: Vec<(&str, &str)> = Self::builtin_packs();
        all.retain(|(name, _)| own.iter().all(|(other, _)| other != name));
        all.extend(own);
        Self::parse(&all)
    }

    /// Compiles packs given as (name, TOML text). Their order does not matter.
    ///
    /// # Errors
    /// [`PackError`] with file and line when a pack is not of the schema, a rule names something
    /// that is not written, or rules contradict each other.
    pub fn parse(packs: &[(&str, &str)]) -> Result<Self, PackError> {
        if packs.len() > MAX_PACKS {
            return Err(PackError::rule("packs", "are too many; join some of them"));
        }
        let mut packs = packs.to_vec();
        packs.sort_unstable();
        let mut hash = Sha256::new();
        for (name, text) in &packs {
            // Length first, so that two different sets never hash the same bytes.
            for part in [*name, *text] {
                hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
                hash.update(part);
            }
        }
        let mut library = load::load(&packs)?;
        let mut rules = Vec::with_capacity(library.rules.len());
        for entry in &library.rules {
            rules.extend(compile::compile(entry, &library)?);
        }
        let mut places = Vec::with_capacity(library.jurisdictions.len());
        for (code, placed) in &library.jurisdictions {
            let key = place_key(code).map_err(|e| e.at(&placed.origin))?;
            places.push(PlaceRules::new(key, rules_of(code, &library, &rules)?));
        }
        places.sort_unstable_by_key(|place| place.key);
        let before = |country: usize| places.partition_point(|p| p.key.0.index() < country);
        let starts = (0..=CountryCode::COUNT).map(before).collect();
        let holidays = HolidayBook::new(std::mem::take(&mut library.holidays))?;
        hash.update(holidays.version());
        Ok(Self {
            version: HEXLOWER.encode(&hash.finalize()).into(),
            library: Arc::new(library),
            places,
            starts,
            holidays,
            not_covered: NOT_COVERED.into(),
        })
    }

    /// SHA-256 (hex) of the packs, names included, and of the version of the shipped holidays:
    /// what a decision records as its law.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The same, to keep.
    pub fn version_id(&self) -> Arc<str> {
        self.version.clone()
    }

    /// The rights that fit the request, each with its status, or the statement that there is
    /// no floor. Pure and fast: no allocation in the common case.
    pub fn entitlements(&self, facts: &LawFacts<'_>) -> Floor {
        let question = Question::new(facts);
        let rules = self.find(facts.place).map_or(&[][..], |place| {
            place.asked(question.request(), facts.channel)
        });
        decide::floor(rules, &self.not_covered, &question)
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

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// Whether the packs know the place, or at least its country.
    pub fn covers(&self, place: Place) -> bool {
        self.find(place).is_some()
    }

    /// The rules of a place in order of selection.
    pub(crate) fn compiled(&self, place: Place) -> &[Arc<Rule>] {
        self.find(place).map_or(&[], |place| &place.all)
    }

    fn find(&self, place: Place) -> Option<&PlaceRules> {
        let at = place.country.index();
        let (begin, end) = (self.starts.get(at)?, self.starts.get(at + 1)?);
        let places = self.places.get(*begin..*end)?;
        let own = places.iter().find(|p| p.key.1 == place.subdivision);
        // A part nobody wrote down follows its country, unless the packs know that the parts of
        // this country have laws of their own.
        own.or(match places {
            [whole] if whole.key.1.is_none() => Some(whole),
            _ => None,
        })
    }
}

/// Rules of a place: its own (an overlay before what it overlays), then its parent's, and so on.
fn rules_of(
    code: &str,
    library: &Library,
    rules: &[Arc<Rule>],
) -> Result<Box<[Arc<Rule>]>, PackError> {
    let mut out: Vec<Arc<Rule>> = Vec::new();
    let mut at = library.jurisdictions.get(code);
    for _ in 0..MAX_CHAIN {
        let Some(here) = at else {
            return Ok(out.into());
        };
        let mut own: Vec<&Arc<Rule>> = rules
            .iter()
            .filter(|r| r.entry.jurisdictions.contains(&here.what.code))
            .filter(|r| !out.iter().any(|known| Arc::ptr_eq(known, r)))
            .collect();
        own.sort_by_key(|r| std::cmp::Reverse(r.ids.len()));
        out.extend(own.into_iter().cloned());
        let parent = here.what.parent.as_ref();
        at = parent.and_then(|p| library.jurisdictions.get(p));
    }
    let origin = at.map_or_else(Origin::default, |j| j.origin.clone());
    Err(origin.refuse(format!(
        "{code} has a circle of parents or too many of them"
    )))
}

pub(crate) fn place_key(code: &str) -> Result<PlaceKey, PackError> {
    let (country, subdivision) = match code.split_once('-') {
        Some((country, sub)) => (country, Some(sub)),
        None => (code, None),
    };
    let bad = |_| PackError::rule(code, "is not an ISO 3166 code such as DE or US-CA");
    Ok((
        country.parse().map_err(bad)?,
        subdivision.map(str::parse).transpose().map_err(bad)?,
    ))
}
