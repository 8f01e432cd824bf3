//! What every message file must have, said by name where it has not: each language has each
//! message, each translation uses the values of the English one, and no message is left that
//! nothing asks for.

use super::{LANGUAGES, SOURCES, STAFF_FILES, STAFF_LANGUAGES};
use fluent_syntax::{ast, parser};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

pub(super) type Messages = BTreeMap<&'static str, ast::Pattern<&'static str>>;

/// Every message of a language's files for which `wanted` holds.
pub(super) fn messages(lang: &str, wanted: impl Fn(&str) -> bool) -> Messages {
    let mut all = Messages::new();
    for (_, file, text) in SOURCES.iter().filter(|(l, ..)| *l == lang) {
        if !wanted(file) {
            continue;
        }
        let resource = match parser::parse(*text) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{lang}/{file}: {errors:?}"),
        };
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let key = message.id.name;
            let value = message
                .value
                .unwrap_or_else(|| panic!("{lang}/{file}: {key} says nothing"));
            assert!(
                all.insert(key, value).is_none(),
                "{lang}/{file} defines {key} twice"
            );
        }
    }
    all
}

fn for_customers(file: &str) -> bool {
    !STAFF_FILES.contains(&file)
}

/// The values a pattern asks for, also through messages it is made of, and the plural and other
/// forms it knows, by value.
fn values(all: &Messages, pattern: &ast::Pattern<&'static str>, out: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            match expression {
                ast::Expression::Inline(inline) => inline_values(all, inline, out),
                ast::Expression::Select { selector, variants } => {
                    inline_values(all, selector, out);
                    for variant in variants {
                        values(all, &variant.value, out);
                    }
                }
            }
        }
    }
}

fn inline_values(
    all: &Messages,
    inline: &ast::InlineExpression<&'static str>,
    out: &mut BTreeSet<String>,
) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            out.insert(format!("${}", id.name));
        }
        ast::InlineExpression::MessageReference { id, .. } => match all.get(id.name) {
            Some(part) => values(all, part, out),
            None => panic!("no message {}", id.name),
        },
        ast::InlineExpression::Placeable { expression } => {
            if let ast::Expression::Inline(inner) = expression.as_ref() {
                inline_values(all, inner, out);
            }
        }
        _ => {}
    }
}

/// Every choice by a number in `pattern`: the categories it has.
fn plurals<'p>(pattern: &'p ast::Pattern<&'static str>, out: &mut Vec<BTreeSet<&'p str>>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable {
            expression: ast::Expression::Select { variants, .. },
        } = element
        {
            let names: BTreeSet<&str> = variants
                .iter()
                .filter_map(|v| match &v.key {
                    ast::VariantKey::Identifier { name } => Some(*name),
                    ast::VariantKey::NumberLiteral { .. } => None,
                })
                .collect();
            if names.contains("other") && names.len() > 1 {
                out.push(names);
            }
            for variant in variants {
                plurals(&variant.value, out);
            }
        }
    }
}

#[test]
fn every_message_exists_in_every_language_it_is_read_in() {
    let mut findings = Vec::new();
    for lang in LANGUAGES {
        let wanted: fn(&str) -> bool = if STAFF_LANGUAGES.contains(&lang) {
            |_| true
        } else {
            for_customers
        };
        let (english, theirs) = (messages("en", wanted), messages(lang, |_| true));
        for key in english.keys().filter(|key| !theirs.contains_key(*key)) {
            findings.push(format!("{lang} lacks {key}"));
        }
        for key in theirs.keys().filter(|key| !english.contains_key(*key)) {
            findings.push(format!("{lang} has {key}, which English has not"));
        }
    }
    let text = findings.join("\n");
    assert!(findings.is_empty(), "{} findings:\n{text}", findings.len());
    let languages: BTreeSet<&str> = SOURCES.iter().map(|(lang, ..)| *lang).collect();
    assert_eq!(languages, BTreeSet::from(LANGUAGES), "folders of locales/");
    for file in STAFF_FILES {
        assert!(SOURCES.iter().any(|(l, f, _)| (*l, *f) == ("en", file)));
    }
}

#[test]
fn every_translation_uses_the_values_of_the_english_message() {
    let english = messages("en", |_| true);
    let mut findings = Vec::new();
    for lang in LANGUAGES {
        let theirs = messages(lang, |_| true);
        for (key, pattern) in &theirs {
            let Some(original) = english.get(key) else {
                continue;
            };
            let (mut ours, mut given) = (BTreeSet::new(), BTreeSet::new());
            values(&theirs, pattern, &mut ours);
            values(&english, original, &mut given);
            for value in given.symmetric_difference(&ours) {
                let what = if given.contains(value) {
                    "does not use"
                } else {
                    "asks for an unknown"
                };
                findings.push(format!("{lang}: {key} {what} {value}"));
            }
        }
    }
    let text = findings.join("\n");
    assert!(findings.is_empty(), "{} findings:\n{text}", findings.len());
}

/// Messages with a count beside which no word changes its form.
const SAME_FORM: [&str; 3] = [
    "portal-quote-goods",
    "reason-no-units-left",
    "reason-units-missing",
];

#[test]
fn counts_have_the_plural_forms_of_their_language() {
    let mut findings = Vec::new();
    let mut seen = 0;
    for lang in LANGUAGES {
        let wanted: &[&str] = match lang {
            "pl" => &["one", "few", "many"],
            "ar" => &["one", "two", "few", "many"],
            _ => &["one"],
        };
        for (key, pattern) in &messages(lang, |_| true) {
            let mut found = Vec::new();
            plurals(pattern, &mut found);
            for forms in found {
                if SAME_FORM.contains(key) {
                    continue;
                }
                seen += 1;
                for form in wanted.iter().filter(|form| !forms.contains(**form)) {
                    findings.push(format!("{lang}: {key} lacks the form [{form}]"));
                }
            }
        }
    }
    assert!(seen > 80, "{seen}");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Every text between quotes in the sources, of one file or all below a folder; enough to find the
/// keys, which hold no quotes.
fn literals(path: &Path, out: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
            let skip = ["target", "node_modules", "dist", "locales"];
            if !skip.contains(&entry.file_name().to_str().unwrap()) {
                literals(&entry.path(), out);
            }
        }
    }
    if path.is_file() && path.extension().is_some_and(|e| e == "rs" || e == "ts") {
        let text = fs::read_to_string(path).unwrap();
        out.extend(text.split('"').map(str::to_owned).filter(|t| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_{}:?.".contains(c);
            (3..80).contains(&t.len()) && t.chars().all(plain)
        }));
    }
}

/// Whether `key` is `text`, or `text` with something for each `{}`, or begins with it before a `-`.
fn asks_for(text: &str, key: &str) -> bool {
    let mut fixed = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        fixed.push(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    if fixed.is_empty() {
        let more = key.strip_prefix(text);
        return more
            .is_some_and(|more| more.is_empty() || (more.starts_with('-') && text.contains('-')));
    }
    let Some(mut tail) = key.strip_prefix(fixed[0]) else {
        return false;
    };
    for part in &fixed[1..] {
        match tail.find(part) {
            Some(at) => tail = &tail[at + part.len()..],
            None => return false,
        }
    }
    tail.ends_with(rest) && text.len() > 6
}

#[test]
fn nothing_is_said_that_nobody_asks_for() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = BTreeSet::new();
    literals(&root.join("crates"), &mut texts);
    literals(&root.join("web/src"), &mut texts);
    let english = messages("en", |_| true);
    let parts: String = SOURCES
        .iter()
        .filter(|(lang, ..)| *lang == "en")
        .map(|(_, _, text)| *text)
        .collect();
    let unused: Vec<&str> = english
        .keys()
        .filter(|key| !texts.iter().any(|text| asks_for(text, key)))
        .filter(|key| !parts.contains(&format!("{{ {key} }}")))
        .copied()
        .collect();
    assert!(unused.is_empty(), "nothing asks for {unused:#?}");
    assert!(asks_for("clock-{what}-{}-{voice}", "clock-refund-late-you"));
    assert!(!asks_for("clock-{what}-x", "clock-refund-late-you"));
    assert!(asks_for("clock-by", "clock-by-delivery") && !asks_for("clock", "clock-by-delivery"));
}

#[test]
fn the_studio_asks_for_nothing_that_only_the_house_can_read() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts = BTreeSet::new();
    for part in ["studio", "studio.rs", "script.rs", "frame.rs"] {
        literals(&root.join("desk/src").join(part), &mut texts);
    }
    literals(&root.join("app/src/policies"), &mut texts);
    let for_all = messages("en", for_customers);
    let of_the_house = messages("en", |file| !for_customers(file));
    let wrong: Vec<&&str> = of_the_house
        .keys()
        .filter(|key| texts.contains(**key))
        .collect();
    assert!(wrong.is_empty(), "not in every language: {wrong:#?}");
    let asked = for_all.keys().filter(|key| texts.contains(**key)).count();
    assert!(asked > 150, "{asked}");
}

#[test]
fn whatever_the_analysis_finds_has_words_and_advice() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts = BTreeSet::new();
    literals(&root.join("analysis/src"), &mut texts);
    let all = messages("en", for_customers);
    let keys: Vec<&String> = texts.iter().filter(|t| t.starts_with("finding-")).collect();
    let mut lacks: Vec<String> = Vec::new();
    for key in &keys {
        let part = ["policy", "law", "order", "is"].iter();
        let is_part = part
            .clone()
            .any(|p| key.starts_with(&format!("finding-{p}-")));
        let help = (!is_part).then(|| format!("{key}-help"));
        let wanted = std::iter::once((*key).clone()).chain(help);
        lacks.extend(wanted.filter(|k| !all.contains_key(k.as_str())));
    }
    assert!(lacks.is_empty(), "{lacks:#?}");
    assert!(keys.len() > 70, "{}", keys.len());
}

#[test]
fn whatever_keeps_a_text_from_being_a_policy_has_words_and_advice() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts = BTreeSet::new();
    literals(&root.join("policy/src/wrong.rs"), &mut texts);
    let all = messages("en", for_customers);
    let keys = texts.iter().filter(|t| t.starts_with("broken-"));
    let wanted: Vec<String> = keys
        .flat_map(|k| [k.clone(), format!("{k}-help")])
        .collect();
    let lacks: Vec<&String> = wanted
        .iter()
        .filter(|k| !all.contains_key(k.as_str()))
        .collect();
    assert!(lacks.is_empty(), "{lacks:#?}");
    assert!(wanted.len() >= 64, "{}", wanted.len());
}
