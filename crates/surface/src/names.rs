//! Codes of the domain said in words: reasons, outcomes, clauses of a policy.

use kernel::Lang;
use policy::{ClauseArg, ClauseScope, ClauseText, Listed, Outcome, ReturnReason, source::Wording};
use redress_http::{FluentValue, L10n};

/// A reason as a shopper would say it.
pub fn reason_name(l: L10n, reason: ReturnReason) -> String {
    term(l, reason.as_str())
}

/// What the customer wants or gets.
pub fn outcome_name(l: L10n, outcome: Outcome) -> String {
    term(l, outcome.as_str())
}

/// `term-<code>`.
fn term(l: L10n, code: &str) -> String {
    l.t(&format!("term-{}", code.replace('_', "-")))
}

/// What some clauses are about, as a heading; empty for all orders of a client.
pub fn scope_words(l: L10n, scope: &ClauseScope) -> String {
    let (key, name, value) = match scope {
        ClauseScope::Client => return String::new(),
        ClauseScope::Channel(channel) => ("clause-scope-channel", "channel", (*channel).to_owned()),
        ClauseScope::Market { countries, .. } => {
            let names: Vec<String> = countries.iter().map(|c| l.country(*c)).collect();
            ("clause-scope-market", "name", l.all_of(&names))
        }
        ClauseScope::Category(path) => ("clause-scope-category", "name", category_name(path)),
        ClauseScope::Product(sku) => ("clause-scope-product", "name", sku.clone()),
    };
    l.t_args(key, &[(name, value.into())])
}

/// Only the name of what some clauses are about, for lists that say themselves what they list.
pub(crate) fn scope_name(l: L10n, scope: &ClauseScope) -> String {
    match scope {
        ClauseScope::Category(path) => category_name(path),
        ClauseScope::Product(sku) => sku.clone(),
        _ => scope_words(l, scope),
    }
}

/// `apparel/knit_wear` as people write it: `Knit wear (apparel)`. Neither policies nor articles
/// bring a name for people, so it is made of the path: its last step, and behind it, for two that
/// end alike, the steps it hangs below.
fn category_name(path: &str) -> String {
    let plain = path.replace(['_', '-'], " ");
    let (above, last) = plain.rsplit_once('/').unwrap_or(("", &plain));
    let mut letters = last.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let name: String = first.chain(letters).collect();
    if above.is_empty() {
        return name;
    }
    format!("{name} ({})", above.replace('/', ", "))
}

/// A clause of a client's policy as a sentence.
pub fn clause_words(l: L10n, clause: &ClauseText) -> String {
    let args: Vec<(&str, FluentValue<'_>)> = clause
        .args
        .iter()
        .map(|(name, arg)| (*name, figure(l, arg)))
        .collect();
    l.t_args(clause.message_key, &args)
}

/// A figure of a clause as sentences take it.
fn figure(l: L10n, arg: &ClauseArg) -> FluentValue<'static> {
    match arg {
        ClauseArg::Number(n) => FluentValue::from(*n),
        ClauseArg::Amount(money) => l.money(*money).into(),
        ClauseArg::Rate(rate) => l.percent(*rate).into(),
        ClauseArg::Day(day) => l.date(*day).into(),
        ClauseArg::Word(word) => (*word).into(),
        ClauseArg::AllOf(list) => l.all_of(&things(l, list)).into(),
        ClauseArg::AnyOf(list) => l.any_of(&things(l, list)).into(),
        ClauseArg::Reasons(list) => {
            let words = list.iter().map(|r| quoted_reason(l, *r));
            l.any_of(&words.collect::<Vec<_>>()).into()
        }
        ClauseArg::Name(name) => name.clone().into(),
        ClauseArg::Wording(wording) => client_words(l, wording).to_owned().into(),
    }
}

/// Things in a list, each in words.
pub(crate) fn things(l: L10n, list: &[Listed]) -> Vec<String> {
    let word = |item: &Listed| {
        let key = format!("list-{}", item.word.replace('_', "-"));
        let count = item.count.unwrap_or_default();
        l.t_args(&key, &[("n", i64::from(count).into())])
    };
    list.iter().map(word).collect()
}

/// A reason between the quotes of the language.
pub(crate) fn quoted_reason(l: L10n, reason: ReturnReason) -> String {
    l.t_args("quoted", &[("text", reason_name(l, reason).into())])
}

/// What a client wrote, in this language; else in English, else in the first it has.
pub fn client_words(l: L10n, wording: &Wording) -> &str {
    let found = wording.get(&l.lang()).or_else(|| wording.get(&Lang::EN));
    found
        .or_else(|| wording.values().next())
        .map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_called_by_its_last_step() {
        for (path, name) in [
            ("swimwear", "Swimwear"),
            ("apparel/knit_wear", "Knit wear (apparel)"),
            ("home/bed-linen/sheets", "Sheets (home, bed linen)"),
        ] {
            assert_eq!(category_name(path), name);
        }
    }

    #[test]
    fn every_code_has_words_in_every_language() {
        let reasons = ReturnReason::ALL.iter().map(|r| r.as_str());
        let codes = reasons.chain(Outcome::ALL.iter().map(|o| o.as_str()));
        let controls = policy::RefundControl::ALL.iter().map(|c| c.as_str());
        for code in codes.chain(controls).chain(["photos", "note", "serial"]) {
            let key = format!("term-{}", code.replace('_', "-"));
            for l in L10n::all() {
                assert!(l.has(&key), "{key}");
            }
        }
    }
}
