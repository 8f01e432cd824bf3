//! Codes of the domain said in words: reasons, outcomes, clauses of a policy.

use policy::{ClauseArg, ClauseScope, ClauseText, Outcome, ReturnReason};
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
        ClauseScope::Channel(channel) => ("clause-scope-channel", "channel", *channel),
        ClauseScope::Market(market) => ("clause-scope-market", "name", market.as_str()),
        ClauseScope::Category(path) => ("clause-scope-category", "name", path.as_str()),
        ClauseScope::Product(sku) => ("clause-scope-product", "name", sku.as_str()),
    };
    l.t_args(key, &[(name, value.into())])
}

/// A clause of a client's policy as a sentence.
pub fn clause_words(l: L10n, clause: &ClauseText) -> String {
    let args: Vec<(&str, FluentValue<'_>)> = clause
        .args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                ClauseArg::Number(n) => FluentValue::from(*n),
                ClauseArg::Amount(money) => l.money(*money).into(),
                ClauseArg::Rate(rate) => rate.percent().into(),
                ClauseArg::Day(day) => l.date(*day).into(),
                // A reason is said inside the sentence; other words choose the sentence.
                ClauseArg::Word(word) if *name == "reason" => term(l, word).into(),
                ClauseArg::Word(word) => (*word).into(),
                ClauseArg::Name(name) => name.as_str().into(),
                ClauseArg::Wording(wording) => wording
                    .get(&l.lang())
                    .or_else(|| wording.get(&kernel::Lang::EN))
                    .or_else(|| wording.values().next())
                    .map_or("", String::as_str)
                    .into(),
            };
            (*name, value)
        })
        .collect();
    let words = l.t_args(clause.message_key, &args);
    // A list of outcomes ends as a sentence does.
    words
        .strip_suffix(';')
        .map_or(words.clone(), |list| format!("{list}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_every_language() {
        let reasons = ReturnReason::ALL.iter().map(|r| r.as_str());
        let codes = reasons.chain(Outcome::ALL.iter().map(|o| o.as_str()));
        let controls = policy::RefundControl::ALL.iter().map(|c| c.as_str());
        for code in codes.chain(controls).chain(["photos", "note", "serial"]) {
            let key = format!("term-{}", code.replace('_', "-"));
            for l in [L10n::EN, L10n::DE] {
                assert!(l.has(&key), "{key}");
            }
        }
    }
}
