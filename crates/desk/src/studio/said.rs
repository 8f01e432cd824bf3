//! What the analysis says of a policy, in the reader's language. It speaks in messages with values;
//! a check stored before it did is shown in its English, marked as such.

use app::policies::{Phrase, PhraseValue};
use kernel::Bps;
use maud::{Markup, html};
use policy::Wrong;
use redress_http::{FluentValue, L10n};
use surface::broken_words;

/// A sentence, or its English where there is no message.
pub fn sentence(l: L10n, said: Option<&Phrase>, english: &str) -> Markup {
    match said {
        Some(phrase) => html! { (words(l, phrase)) },
        None => theirs(english),
    }
}

/// The same where only text can stand.
pub fn text(l: L10n, said: Option<&Phrase>, english: &str) -> String {
    said.map_or_else(|| english.to_owned(), |phrase| words(l, phrase))
}

/// What to do about something that is wrong.
pub fn help(l: L10n, said: Option<&Phrase>, english: &str) -> Markup {
    match said {
        Some(phrase) => html! { (l.t(&format!("{}-help", phrase.key))) },
        None => theirs(english),
    }
}

/// An order, told thing by thing.
pub fn order(l: L10n, said: &[Phrase], english: &str) -> Markup {
    if said.is_empty() {
        return theirs(english);
    }
    let parts: Vec<String> = said.iter().map(|phrase| words(l, phrase)).collect();
    html! { (parts.join(&l.t("finding-order-comma"))) }
}

/// What keeps a text from being a policy and what to write instead; what the TOML library says
/// stands below in its own English.
pub fn broken(l: L10n, wrong: &Wrong) -> Markup {
    let (problem, help) = broken_words(l, wrong);
    html! {
        div { (problem) }
        div.muted { (help) }
        @if let Some(detail) = wrong.detail() { div.muted.small { code lang="en" dir="ltr" { (detail) } } }
    }
}

/// Text of a check that was stored before findings were messages: English in every language.
fn theirs(text: &str) -> Markup {
    html! { bdi lang="en" { (text) } }
}

fn words(l: L10n, phrase: &Phrase) -> String {
    let values: Vec<(&str, FluentValue<'_>)> = phrase
        .values
        .iter()
        .map(|(name, value)| (&**name, figure(l, value)))
        .collect();
    l.t_args(&phrase.key, &values)
}

fn figure(l: L10n, value: &PhraseValue) -> FluentValue<'static> {
    match value {
        PhraseValue::Day(day) => l.date(*day).into(),
        PhraseValue::Amount(money) => l.money(*money).into(),
        PhraseValue::Number(n) => (*n).into(),
        PhraseValue::Rates(rates) => {
            let rates: Vec<String> = rates.iter().map(|r| l.percent(Bps(*r))).collect();
            rates.join(" / ").into()
        }
        PhraseValue::Code(code) => code.to_string().into(),
        PhraseValue::Terms(codes) => {
            let term = |code: &str| l.t(&format!("term-{}", code.replace('_', "-")));
            let quoted = |code: &str| l.t_args("quoted", &[("text", term(code).into())]);
            let list: Vec<String> = codes.iter().map(|code| quoted(code)).collect();
            l.all_of(&list).into()
        }
        PhraseValue::Name(name) => name.clone().into(),
    }
}
