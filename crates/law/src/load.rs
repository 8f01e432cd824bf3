//! From texts to a checked library: parse every pack, refuse what is unknown or contradictory
//! (with file and line), and lay overlays over their bases. No rule is interpreted in here.

use crate::{
    Exemption,
    catalog::RuleEntry,
    error::{Origin, PackError},
    pack::{
        CalendarDef, Evidence, ExemptionDef, Jurisdiction, Obligation, RawMerge, RawPack, RawRule,
        RuleContent, SCHEMA, Source,
    },
    words::ReviewState,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};
use toml::Spanned;

/// Longest pack; far above need, below harm.
const MAX_PACK_BYTES: usize = 1 << 20;
/// Deepest chain of overlays.
const MAX_DEPTH: usize = 8;
/// Most versions of one rule.
const MAX_VERSIONS: usize = 64;

/// Something with the place where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub what: T,
    pub origin: Origin,
}

type Named<T> = BTreeMap<String, Placed<T>>;

/// Everything the packs say, checked and merged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Library {
    pub sources: Named<Source>,
    pub calendars: Named<CalendarDef>,
    pub jurisdictions: Named<Jurisdiction>,
    pub exemptions: BTreeMap<Exemption, Placed<ExemptionDef>>,
    pub obligations: Named<Obligation>,
    pub rules: Vec<Arc<RuleEntry>>,
    pub holidays: Vec<crate::holiday_table::HolidayTable>,
    pub as_of: Option<Date>,
}

struct Written {
    raw: RawRule,
    origin: Origin,
    review: ReviewState,
}

/// Reads packs given as (name, TOML text).
pub(crate) fn load(packs: &[(&str, &str)]) -> Result<Library, PackError> {
    let mut library = Library::default();
    let mut written = Vec::new();
    for (name, text) in packs {
        read(name, text, &mut library, &mut written)?;
    }
    check_names(&library, &written)?;
    library.rules = merge_all(&written)?;
    Ok(library)
}

fn read(
    name: &str,
    text: &str,
    library: &mut Library,
    written: &mut Vec<Written>,
) -> Result<(), PackError> {
    let lines = Lines::of(text);
    let at = |offset: usize| Origin {
        pack: name.to_owned(),
        line: lines.line(offset),
    };
    if text.len() > MAX_PACK_BYTES {
        return Err(at(0).refuse("is longer than 1 MiB; split the pack"));
    }
    let pack: RawPack = toml::from_str(text).map_err(|e| {
        let origin = at(e.span().map_or(0, |s| s.start));
        origin.refuse(e.message().trim().replace('\n', ", "))
    })?;
    if pack.schema.get_ref() != SCHEMA {
        let message = format!(
            "schema is {:?}; this program reads {SCHEMA:?}",
            pack.schema.get_ref()
        );
        return Err(at(pack.schema.span().start).refuse(message));
    }
    if let (Some(read_on), Some(as_of)) = (pack.sources_read_on, pack.as_of)
        && read_on > as_of
    {
        return Err(at(0).refuse("sources were read after as_of; correct one of the two days"));
    }
    if let Some(merge) = &pack.merge {
        check_merge(merge.get_ref()).map_err(|m| at(merge.span().start).refuse(m))?;
    }
    library.as_of = library.as_of.max(pack.as_of);
    for source in pack.sources {
        place(&mut library.sources, source, |s| &s.id, &at)?;
    }
    for calendar in pack.calendars {
        place(&mut library.calendars, calendar, |c| &c.id, &at)?;
    }
    for jurisdiction in pack.jurisdictions {
        place(&mut library.jurisdictions, jurisdiction, |j| &j.code, &at)?;
    }
    for obligation in pack.obligations {
        place(&mut library.obligations, obligation, |o| &o.id, &at)?;
    }
    for exemption in pack.exemptions {
        let origin = at(exemption.span().start);
        let what = exemption.into_inner();
        if let Some(known) = library.exemptions.get(&what.id)
            && known.what != what
        {
            let message = format!(
                "exemption {} is explained differently at {}; keep one",
                what.id, known.origin
            );
            return Err(origin.refuse(message));
        }
        library.exemptions.insert(what.id, Placed { what, origin });
    }
    for raw in pack.rules {
        written.push(Written {
            origin: at(raw.id.span().start),
            raw,
            review: pack.review_status.unwrap_or(ReviewState::Unreviewed),
        });
    }
    for table in &pack.holidays {
        crate::book::place_key(&table.jurisdiction).map_err(|e| e.at(&at(0)))?;
    }
    library.holidays.extend(pack.holidays);
    Ok(())
}

/// There is one way to merge; a pack that states another was written for another program.
fn check_merge(merge: &RawMerge) -> Result<(), String> {
    const ORDER: [&str; 3] = ["base", "national overlay", "subdivision"];
    if merge.order == ORDER {
        Ok(())
    } else {
        Err(format!(
            "merge order is {:?}; it must be {ORDER:?}",
            merge.order
        ))
    }
}

/// Packs may repeat a definition to stand on their own, but only word for word.
fn place<T: PartialEq>(
    all: &mut Named<T>,
    item: Spanned<T>,
    id: impl Fn(&T) -> &String,
    at: &impl Fn(usize) -> Origin,
) -> Result<(), PackError> {
    let origin = at(item.span().start);
    let what = item.into_inner();
    let name = id(&what).clone();
    if name.trim().is_empty() {
        return Err(origin.refuse("an id is empty; give it a name"));
    }
    if let Some(known) = all.get(&name) {
        if known.what != what {
            let message = format!(
                "{name} is written differently at {}; keep one, or make both the same",
                known.origin
            );
            return Err(origin.refuse(message));
        }
        return Ok(());
    }
    all.insert(name, Placed { what, origin });
    Ok(())
}

/// Everything a name points to is written somewhere.
fn check_names(library: &Library, written: &[Written]) -> Result<(), PackError> {
    for placed in library.jurisdictions.values() {
        let j = &placed.what;
        crate::book::place_key(&j.code).map_err(|e| e.at(&placed.origin))?;
        if j.currency.parse::<kernel::Currency>().is_err() {
            let message = format!("{} is not an ISO 4217 currency", j.currency);
            return Err(placed.origin.refuse(message));
        }
        if let Some(parent) = &j.parent
            && !library.jurisdictions.contains_key(parent)
            && !is_group(parent)
        {
            let message = format!(
                "parent {parent} of {} is not declared; add a [[jurisdiction]] for it",
                j.code
            );
            return Err(placed.origin.refuse(message));
        }
    }
    for placed in library.calendars.values() {
        evidence(library, &placed.what.evidence, &placed.origin)?;
    }
    for placed in library.obligations.values() {
        let o = &placed.what;
        evidence(library, &o.evidence, &placed.origin)?;
        places(library, &o.jurisdictions, &placed.origin, true)?;
    }
    for rule in written {
        let raw = &rule.raw;
        evidence(library, &raw.evidence, &rule.origin)?;
        places(library, &raw.jurisdictions, &rule.origin, false)?;
        for calendar in [
            raw.window.as_ref().and_then(|w| w.calendar.as_ref()),
            raw.refund.as_ref().and_then(|r| r.calendar.as_ref()),
        ]
        .into_iter()
        .flatten()
        {
            if !library.calendars.contains_key(calendar) {
                let message = format!(
                    "calendar {calendar} is not declared; add a [[calendar]] for it or name one \
                     of: {}",
                    names(&library.calendars)
                );
                return Err(rule.origin.refuse(message));
            }
        }
        for exemption in raw.exemptions.iter().flatten() {
            if !library.exemptions.contains_key(exemption) {
                let message =
                    format!("exemption {exemption} is not declared; add an [[exemption]] for it");
                return Err(rule.origin.refuse(message));
            }
        }
    }
    Ok(())
}

fn names<T>(all: &Named<T>) -> String {
    all.keys()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A union that has no rules of its own, such as the EEA.
fn is_group(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

fn places(
    library: &Library,
    codes: &[String],
    origin: &Origin,
    everywhere: bool,
) -> Result<(), PackError> {
    if codes.is_empty() {
        return Err(origin.refuse("jurisdictions is empty; name at least one"));
    }
    for (at, code) in codes.iter().enumerate() {
        let known = (everywhere && code == "*") || library.jurisdictions.contains_key(code);
        if !known {
            let message =
                format!("jurisdiction {code} is not declared; add a [[jurisdiction]] for it");
            return Err(origin.refuse(message));
        }
        if codes.iter().take(at).any(|other| other == code) {
            return Err(origin.refuse(format!("jurisdiction {code} is named twice")));
        }
    }
    Ok(())
}

fn evidence(library: &Library, all: &[Evidence], origin: &Origin) -> Result<(), PackError> {
    for item in all {
        if let Evidence::Source { id } = item
            && !library.sources.contains_key(id)
        {
            let message = format!("source {id} is not declared; add a [[source]] for it");
            return Err(origin.refuse(message));
        }
    }
    Ok(())
}

fn merge_all(written: &[Written]) -> Result<Vec<Arc<RuleEntry>>, PackError> {
    let mut by_id: BTreeMap<&str, Vec<&Written>> = BTreeMap::new();
    for rule in written {
        let id = rule.raw.id.get_ref().as_str();
        if id.is_empty() || id.len() > 80 || !id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(rule
                .origin
                .refuse("a rule id is 1 to 80 characters without spaces"));
        }
        let versions = by_id.entry(id).or_default();
        versions.push(rule);
        if versions.len() > MAX_VERSIONS {
            return Err(rule.origin.refuse(format!("{id} has too many versions")));
        }
    }
    let mut out = Vec::with_capacity(written.len());
    for rule in written {
        for entry in merged(rule, &by_id, 0)? {
            out.push(Arc::new(entry));
        }
    }
    check_overlaps(&out)?;
    Ok(out)
}

/// The rule over each version of its base, base first.
fn merged(
    rule: &Written,
    by_id: &BTreeMap<&str, Vec<&Written>>,
    depth: usize,
) -> Result<Vec<RuleEntry>, PackError> {
    let raw = &rule.raw;
    let id: Arc<str> = raw.id.get_ref().as_str().into();
    let own = RuleContent::of(raw);
    let cited = cite(raw);
    let entry = |content: RuleContent, ids: Vec<Arc<str>>, citation: String| RuleEntry {
        id: id.clone(),
        ids,
        title: raw.title.clone(),
        jurisdictions: raw.jurisdictions.clone(),
        instrument: raw.instrument.clone(),
        articles: raw.articles.clone(),
        citation,
        confidence: raw.confidence,
        review: rule.review,
        evidence: raw.evidence.clone(),
        notes: raw.notes.clone(),
        cases: raw.cases.clone(),
        origin: rule.origin.clone(),
        content,
    };
    let unknown = |other: &&String| !by_id.contains_key(other.as_str());
    if let Some(other) = own.yields_to.iter().flatten().find(unknown) {
        let message = format!("yields to {other}, which no pack writes; add it or correct the id");
        return Err(rule.origin.refuse(message));
    }
    let Some(base_id) = raw.overlays.as_deref() else {
        return Ok(vec![check_dates(entry(own, vec![id.clone()], cited))?]);
    };
    if depth >= MAX_DEPTH {
        let message = format!("overlays of {id} form a circle or are too deep");
        return Err(rule.origin.refuse(message));
    }
    let Some(bases) = by_id.get(base_id) else {
        let message = format!("overlays {base_id}, which no pack writes; add it or correct the id");
        return Err(rule.origin.refuse(message));
    };
    let mut out = Vec::new();
    let mut versions = Vec::new();
    for base in bases {
        versions.extend(merged(base, by_id, depth + 1)?);
    }
    let several = versions.len() > 1;
    for base in versions {
        let mut content = own.over(&base.content);
        if several {
            // Each version of the base speaks in its own time only.
            content.effective_from = own.effective_from.max(base.content.effective_from);
            content.effective_to = match (own.effective_to, base.content.effective_to) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            if ends_before_start(&content) {
                continue;
            }
        }
        let mut ids = base.ids;
        ids.push(id.clone());
        let citation = format!("{cited}; {}", base.citation);
        out.push(check_dates(entry(content, ids, citation))?);
    }
    Ok(out)
}

fn cite(raw: &RawRule) -> String {
    if raw.articles.is_empty() {
        raw.instrument.clone()
    } else {
        format!("{} {}", raw.instrument, raw.articles.join(", "))
    }
}

fn ends_before_start(content: &RuleContent) -> bool {
    matches!((content.effective_from, content.effective_to), (Some(a), Some(b)) if b < a)
}

fn check_dates(entry: RuleEntry) -> Result<RuleEntry, PackError> {
    let refuse = |message: &str| Err(entry.origin.refuse(format!("{}: {message}", entry.id)));
    if ends_before_start(&entry.content) {
        return refuse("effective_to is before effective_from; correct one of the two days");
    }
    if entry.instrument.trim().is_empty() {
        return refuse("cites nothing; name the instrument, or `none` for a statement of no floor");
    }
    if entry.title.trim().is_empty() {
        return refuse("has no title");
    }
    Ok(entry)
}

/// No two rules speak for one place, way of selling and day about the same thing.
fn check_overlaps(rules: &[Arc<RuleEntry>]) -> Result<(), PackError> {
    for (at, rule) in rules.iter().enumerate() {
        for other in rules.iter().take(at) {
            if !rule.in_force_with(other) {
                continue;
            }
            if rule.id == other.id {
                let same_base = rule.ids == other.ids && rule.origin == other.origin;
                let message = format!(
                    "{} is also written at {} for the same days; give the older one an \
                     effective_to before this one's effective_from",
                    rule.id, other.origin
                );
                if !same_base {
                    return Err(rule.origin.refuse(message));
                }
            }
            let siblings = rule.ids.len() > 1
                && rule.ids.len() == other.ids.len()
                && rule.id != other.id
                && rule
                    .ids
                    .iter()
                    .rev()
                    .skip(1)
                    .eq(other.ids.iter().rev().skip(1))
                && meet(
                    rule.content.channels.as_deref(),
                    other.content.channels.as_deref(),
                )
                && meet(
                    rule.content.sub_channels.as_deref(),
                    other.content.sub_channels.as_deref(),
                );
            let place = rule
                .jurisdictions
                .iter()
                .find(|code| other.jurisdictions.contains(code));
            if let (true, Some(place)) = (siblings, place) {
                let message = format!(
                    "{} and {} ({}) both overlay the same rule for {place} on the same days; \
                     merge them or separate their days",
                    rule.id, other.id, other.origin
                );
                return Err(rule.origin.refuse(message));
            }
        }
    }
    Ok(())
}

fn meet<T: PartialEq>(a: Option<&[T]>, b: Option<&[T]>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.iter().any(|x| b.contains(x)),
        _ => true,
    }
}

/// Where the lines of a text start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let starts = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}
