//! The rule data as untyped tables: read, merged by jurisdiction, overlays laid over their base.

use std::{collections::BTreeMap, path::Path};
use toml::{Table, Value};

/// One rule as it applies at a place.
#[derive(Clone)]
pub struct Rule {
    /// Its own id, then its overlays'.
    pub ids: Vec<String>,
    /// 0 for the place's own rule, 1 for its parent's.
    pub depth: usize,
    /// All fields, overlays merged in.
    pub fields: Table,
}

impl Rule {
    /// A word of the rule; empty where absent.
    pub fn word(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or("")
    }

    /// A list of words.
    pub fn words(&self, field: &str) -> Vec<&str> {
        words(self.fields.get(field))
    }

    /// A flag; `None` where absent.
    pub fn flag(&self, field: &str) -> Option<bool> {
        self.fields.get(field).and_then(Value::as_bool)
    }

    /// An inline table of the rule.
    pub fn part(&self, field: &str) -> Option<Part<'_>> {
        self.fields.get(field).and_then(Value::as_table).map(Part)
    }

    /// The calendar of the window, which serves every period of the rule without its own.
    pub fn calendar(&self) -> &str {
        self.part("window").map_or("", |w| w.word("calendar"))
    }
}

/// An inline table.
#[derive(Clone, Copy)]
pub struct Part<'a>(pub &'a Table);

impl<'a> Part<'a> {
    /// A word; empty where absent.
    pub fn word(self, field: &str) -> &'a str {
        self.0.get(field).and_then(Value::as_str).unwrap_or("")
    }

    /// A list of words.
    pub fn words(self, field: &str) -> Vec<&'a str> {
        words(self.0.get(field))
    }

    /// A number.
    pub fn number(self, field: &str) -> Option<i64> {
        self.0.get(field).and_then(Value::as_integer)
    }

    /// A flag.
    pub fn is(self, field: &str) -> bool {
        self.0.get(field).and_then(Value::as_bool) == Some(true)
    }
}

fn words(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .map(|w| w.as_str().unwrap())
        .collect()
}

/// Everything the packs say, in the order they say it.
#[derive(Default)]
pub struct Book {
    rules: Vec<Table>,
    calendars: Vec<Table>,
    jurisdictions: Vec<Table>,
    exemptions: Vec<String>,
    places: BTreeMap<String, Vec<Rule>>,
}

impl Book {
    /// Reads one file or every `.toml` of a folder, in the order of their names.
    pub fn read(path: &Path) -> Self {
        let mut files: Vec<_> = if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap();
            entries.map(|e| e.unwrap().path()).collect()
        } else {
            vec![path.to_owned()]
        };
        files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
        files.sort();
        let mut book = Self::default();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let mut table: Table = text.parse().unwrap();
            let mut take = |key: &str, into: &mut Vec<Table>| {
                if let Some(Value::Array(list)) = table.remove(key) {
                    into.extend(list.into_iter().map(|t| t.as_table().unwrap().clone()));
                }
            };
            take("rule", &mut book.rules);
            take("calendar", &mut book.calendars);
            take("jurisdiction", &mut book.jurisdictions);
            let mut exemptions = Vec::new();
            take("exemption", &mut exemptions);
            let ids = exemptions
                .iter()
                .map(|e| e["id"].as_str().unwrap().to_owned());
            book.exemptions.extend(ids);
        }
        for code in book.codes() {
            let rules = book.merged_at(&code);
            book.places.insert(code, rules);
        }
        book
    }

    /// Every code with its own entry.
    pub fn codes(&self) -> Vec<String> {
        self.jurisdictions
            .iter()
            .map(|j| j["code"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The ids of all exemptions.
    pub fn exemptions(&self) -> &[String] {
        &self.exemptions
    }

    /// How many rules there are, overlays included.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    fn jurisdiction(&self, code: &str) -> Option<&Table> {
        self.jurisdictions
            .iter()
            .find(|j| j["code"].as_str() == Some(code))
    }

    /// The place, then its parents.
    fn chain(&self, code: &str) -> Vec<String> {
        let mut chain = vec![code.to_owned()];
        let mut entry = self.jurisdiction(code);
        while let Some(parent) = entry.and_then(|e| e.get("parent")).and_then(Value::as_str) {
            chain.push(parent.to_owned());
            entry = self.jurisdiction(parent);
        }
        chain
    }

    /// The currency of a place.
    pub fn currency(&self, code: &str) -> &str {
        self.jurisdiction(code)
            .and_then(|j| j.get("currency"))
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    /// Whether the calendar's rollover is the trader's as well.
    pub fn calendar_for_trader(&self, id: &str) -> bool {
        self.calendars
            .iter()
            .find(|c| c["id"].as_str() == Some(id))
            .and_then(|c| c.get("applies_to_trader"))
            .and_then(Value::as_bool)
            == Some(true)
    }

    /// All rules of a place, its own first, overlays merged; `None` for an unknown place.
    /// Merged once when read: a million cases ask.
    pub fn rules_at(&self, code: &str) -> Option<&[Rule]> {
        let known = |code| self.places.get(code).map(Vec::as_slice);
        let country = || code.split_once('-').map_or("", |(country, _)| country);
        // a part of a country falls back to it, unless other parts of it have laws of their own
        let parts_differ = |country: &str| {
            let prefix = format!("{country}-");
            self.places.keys().any(|place| place.starts_with(&prefix))
        };
        known(code).or_else(|| known(country()).filter(|_| !parts_differ(country())))
    }

    fn merged_at(&self, code: &str) -> Vec<Rule> {
        let chain = self.chain(code);
        let depth_of = |rule: &Table| {
            let listed = words(rule.get("jurisdictions"));
            chain.iter().position(|c| listed.contains(&c.as_str()))
        };
        let mut found = Vec::new();
        for base in &self.rules {
            let (None, Some(depth)) = (base.get("overlays"), depth_of(base)) else {
                continue;
            };
            let id = base["id"].as_str().unwrap();
            let rule = Rule {
                ids: vec![id.to_owned()],
                depth,
                fields: base.clone(),
            };
            // national overlay before subdivision: the farther one first
            let mut overlays: Vec<(usize, &Table)> = self
                .rules
                .iter()
                .filter(|r| r.get("overlays").and_then(Value::as_str) == Some(id))
                .filter_map(|r| Some((depth_of(r)?, r)))
                .collect();
            overlays.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
            // a rule written again under its id is another version of it: each is laid over alone
            let mut versions = vec![rule];
            while let Some((_, first)) = overlays.first().copied() {
                let same = |r: &Table| r["id"] == first["id"];
                let texts = overlays.iter().filter(|(_, r)| same(r));
                let laid = texts.flat_map(|(_, overlay)| {
                    versions.iter().cloned().map(|mut rule: Rule| {
                        rule.ids.push(overlay["id"].as_str().unwrap().to_owned());
                        lay_over(&mut rule.fields, overlay);
                        rule
                    })
                });
                versions = laid.collect();
                overlays.retain(|(_, r)| !same(r));
            }
            for rule in versions {
                found.extend(early_rejection(&rule));
                found.push(rule);
            }
        }
        found.sort_by_key(|r| r.depth);
        found
    }
}

/// A short-term right to reject inside a guarantee rule stands as a right of its own.
fn early_rejection(rule: &Rule) -> Option<Rule> {
    let mut window = rule.fields.get("short_term_reject")?.as_table()?.clone();
    let calendar = rule.calendar().to_owned();
    window.insert("calendar".into(), calendar.into());
    window.insert("met_by".into(), "defect_apparent".into());
    let mut own = rule.clone();
    own.fields.insert("window".into(), window.into());
    own.fields
        .insert("right_type".into(), "short_term_reject".into());
    for field in ["remedy", "short_term_reject", "extension"] {
        own.fields.remove(field);
    }
    Some(own)
}

/// Scalars and arrays of the overlay replace, its inline tables are merged key by key.
fn lay_over(base: &mut Table, overlay: &Table) {
    for (key, value) in overlay {
        match (base.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => below.extend(above.clone()),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}
