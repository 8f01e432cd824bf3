//! What the book holds, for people: places, rules with their sources, duties, calendars, and
//! what changed between two books. Structured, so that a page can word it.

use crate::{
    LawBook,
    error::Origin,
    pack::{CalendarDef, Evidence, ExemptionDef, Jurisdiction, Obligation, RuleContent, Source},
    words::{Confidence, ReviewState},
};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// A rule as the book holds it, its base merged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleEntry {
    /// Id, e.g. `de.withdrawal.goods`.
    pub id: Arc<str>,
    /// The rule and what it overlays, base first.
    pub ids: Vec<Arc<str>>,
    /// Title.
    pub title: String,
    /// Codes of the places it is written for.
    pub jurisdictions: Vec<String>,
    /// The statute; `none` for a statement of no floor.
    pub instrument: String,
    /// Where in it.
    pub articles: Vec<String>,
    /// Instrument and articles, national ones first, then those of the base.
    pub citation: String,
    /// How sure the research is.
    pub confidence: Confidence,
    /// What the pack says about review; a later sign-off is recorded elsewhere.
    pub review: ReviewState,
    /// What it rests on; its own evidence, without its base's.
    pub evidence: Vec<Evidence>,
    /// Remarks of the researcher.
    pub notes: Option<String>,
    /// Decided cases.
    pub cases: Vec<String>,
    /// File and line.
    pub origin: Origin,
    /// What it says.
    pub content: RuleContent,
}

impl RuleEntry {
    /// Whether two rules are in force on a common day.
    pub fn in_force_with(&self, other: &Self) -> bool {
        let starts_in_time =
            |a: &Self, b: &Self| match (a.content.effective_from, b.content.effective_to) {
                (Some(from), Some(to)) => from <= to,
                _ => true,
            };
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// Whether it is in force for contracts of `day`.
    pub fn in_force_on(&self, day: Date) -> bool {
        self.content.effective_from.is_none_or(|from| from <= day)
            && self.content.effective_to.is_none_or(|to| day <= to)
    }

    /// What it says otherwise than `base`; parts of inline tables one by one.
    pub fn differs_from(&self, base: &Self) -> Vec<FieldChange> {
        changed_fields(base, self)
    }

    /// Every field with its words, for display and comparison.
    pub fn fields(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut all = match serde_json::to_value(&self.content) {
            Ok(serde_json::Value::Object(map)) => map,
            _ => serde_json::Map::new(),
        };
        let mut put = |key: &str, value: serde_json::Value| all.insert(key.to_owned(), value);
        put("title", self.title.as_str().into());
        put("jurisdictions", self.jurisdictions.clone().into());
        put("instrument", self.instrument.as_str().into());
        put("articles", self.articles.clone().into());
        put("confidence", self.confidence.as_str().into());
        put("review_status", self.review.as_str().into());
        if let Some(notes) = &self.notes {
            put("notes", notes.as_str().into());
        }
        if !self.cases.is_empty() {
            put("cases", self.cases.clone().into());
        }
        if let Ok(evidence) = serde_json::to_value(&self.evidence) {
            put("evidence", evidence);
        }
        all
    }
}

impl LawBook {
    /// Every place, by code.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &Jurisdiction> {
        self.library().jurisdictions.values().map(|p| &p.what)
    }

    /// A place by its code, e.g. `US-CA`.
    pub fn jurisdiction(&self, code: &str) -> Option<&Jurisdiction> {
        self.library().jurisdictions.get(code).map(|p| &p.what)
    }

    /// The place and what it inherits from, most specific first.
    pub fn chain(&self, code: &str) -> Vec<&Jurisdiction> {
        let mut out: Vec<&Jurisdiction> = Vec::new();
        let mut at = self.jurisdiction(code);
        while let Some(here) = at
            && out.len() < 8
        {
            out.push(here);
            at = here.parent.as_deref().and_then(|p| self.jurisdiction(p));
        }
        out
    }

    /// Every version of every rule, in the order of the packs.
    pub fn rules(&self) -> &[Arc<RuleEntry>] {
        &self.library().rules
    }

    /// Every version of one rule.
    pub fn rule<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Arc<RuleEntry>> {
        self.rules().iter().filter(move |r| &*r.id == id)
    }

    /// The rules that speak for a place, its own first, then inherited ones.
    pub fn rules_of(&self, code: &str) -> Vec<&Arc<RuleEntry>> {
        let mut out: Vec<&Arc<RuleEntry>> = Vec::new();
        for place in self.chain(code) {
            for rule in self.rules() {
                if rule.jurisdictions.contains(&place.code)
                    && !out.iter().any(|known| Arc::ptr_eq(known, rule))
                {
                    out.push(rule);
                }
            }
        }
        out
    }

    /// Every duty beside the return decision.
    pub fn obligations(&self) -> impl Iterator<Item = &Obligation> {
        self.library().obligations.values().map(|p| &p.what)
    }

    /// The duties that hold at a place, those of its parents and of everywhere included.
    pub fn obligations_of(&self, code: &str) -> Vec<&Obligation> {
        let chain = self.chain(code);
        self.obligations()
            .filter(|o| {
                let holds = |c: &String| c == "*" || chain.iter().any(|j| j.code == *c);
                o.jurisdictions.iter().any(holds)
            })
            .collect()
    }

    /// Every calendar, by id.
    pub fn calendars(&self) -> impl Iterator<Item = &CalendarDef> {
        self.library().calendars.values().map(|p| &p.what)
    }

    /// Every exemption the packs explain.
    pub fn exemptions(&self) -> impl Iterator<Item = &ExemptionDef> {
        self.library().exemptions.values().map(|p| &p.what)
    }

    /// Every text that was read, by id.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.library().sources.values().map(|p| &p.what)
    }

    /// A text by its id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.library().sources.get(id).map(|p| &p.what)
    }

    /// The day up to which the packs were researched; the latest one they state.
    pub fn as_of(&self) -> Option<Date> {
        self.library().as_of
    }
}

/// One field that differs between two versions of a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// Name; parts of an inline table are written `window.length`.
    pub field: String,
    /// Before; `None` if it was absent.
    pub old: Option<serde_json::Value>,
    /// After; `None` if it is absent.
    pub new: Option<serde_json::Value>,
}

/// What happened to one rule between two books.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleChange {
    /// It is new.
    Added {
        /// Its id.
        id: String,
        /// First contract day.
        effective_from: Option<Date>,
    },
    /// It is gone.
    Removed {
        /// Its id.
        id: String,
        /// First contract day.
        effective_from: Option<Date>,
    },
    /// It says something else.
    Changed {
        /// Its id.
        id: String,
        /// First contract day.
        effective_from: Option<Date>,
        /// What differs.
        fields: Vec<FieldChange>,
    },
}

/// What changed from `old` to `new`, in order of rule ids. Versions of a rule are told apart by
/// the first day they are in force.
pub fn diff(old: &LawBook, new: &LawBook) -> Vec<RuleChange> {
    let keyed = |book: &LawBook| {
        book.rules()
            .iter()
            .map(|r| ((r.id.to_string(), r.content.effective_from), r.clone()))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let (before, after) = (keyed(old), keyed(new));
    let mut out = Vec::new();
    let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (id, effective_from) = (key.0.clone(), key.1);
        match (before.get(key), after.get(key)) {
            (None, Some(_)) => out.push(RuleChange::Added { id, effective_from }),
            (Some(_), None) => out.push(RuleChange::Removed { id, effective_from }),
            (Some(a), Some(b)) => {
                let fields = changed_fields(a, b);
                if !fields.is_empty() {
                    out.push(RuleChange::Changed {
                        id,
                        effective_from,
                        fields,
                    });
                }
            }
            (None, None) => {}
        }
    }
    out
}

fn changed_fields(old: &RuleEntry, new: &RuleEntry) -> Vec<FieldChange> {
    let (old, new) = (flat(old.fields()), flat(new.fields()));
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| FieldChange {
            field: name.clone(),
            old: old.get(name).cloned(),
            new: new.get(name).cloned(),
        })
        .collect()
}

/// Inline tables taken apart: `window` becomes `window.length` and so on.
fn flat(
    fields: serde_json::Map<String, serde_json::Value>,
) -> std::collections::BTreeMap<String, serde_json::Value> {
    let mut out = std::collections::BTreeMap::new();
    for (key, value) in fields {
        match value {
            serde_json::Value::Object(table) => {
                for (inner, value) in table {
                    out.insert(format!("{key}.{inner}"), value);
                }
            }
            value => {
                out.insert(key, value);
            }
        }
    }
    out
}
