//! The words of the packs in the reader's language: units, events, payers, circumstances, places.
//! Sentences of the researchers stay in the language of the packs and are marked as such.

use kernel::Date;
use law::{
    Confidence, Exemption, LawBook, ReviewState,
    pack::Jurisdiction,
    words::{RightType, UnitWord},
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Tone, badge},
};

/// Letters and digits of a code, everything else one dash: the tail of a message key.
pub fn slug(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for c in code.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// The words of a code: message `lawdesk-<set>-<code>`, or the code itself when there is none.
pub fn word(l: L10n, set: &str, code: &str) -> String {
    let key = format!("lawdesk-{set}-{}", slug(code));
    if l.has(&key) {
        l.t(&key)
    } else {
        code.to_owned()
    }
}

/// Several codes, one after the other.
pub fn list<'c>(l: L10n, set: &str, codes: impl IntoIterator<Item = &'c str>) -> String {
    let words: Vec<String> = codes.into_iter().map(|c| word(l, set, c)).collect();
    words.join(", ")
}

/// "14 days", or the word of the statute where it fixes no number.
pub fn period(l: L10n, length: Option<u16>, unit: Option<UnitWord>) -> String {
    let unit = unit.unwrap_or(UnitWord::NotStated);
    let key = format!("lawdesk-unit-{}", slug(unit.as_str()));
    l.t_args(&key, &[("n", length.unwrap_or_default().into())])
}

/// The name of a place in the reader's language, or as the pack has it.
pub fn place(l: L10n, j: &Jurisdiction) -> String {
    word_or(l, &format!("lawdesk-place-{}", slug(&j.code)), &j.name)
}

/// The name of a place by its code; the code itself when the packs do not know it.
pub fn place_of(l: L10n, book: &LawBook, code: &str) -> String {
    book.jurisdiction(code)
        .map_or_else(|| code.to_owned(), |j| place(l, j))
}

fn word_or(l: L10n, key: &str, or: &str) -> String {
    if l.has(key) { l.t(key) } else { or.to_owned() }
}

/// What a rule gives.
pub fn right(l: L10n, right: Option<RightType>) -> String {
    word(l, "right", right.unwrap_or(RightType::None).as_str())
}

/// An exemption in plain words; what the pack says about it where this build has none.
pub fn exemption(l: L10n, book: &LawBook, exemption: Exemption) -> String {
    let key = format!("lawdesk-exempt-{}", slug(exemption.as_str()));
    let def = book.exemptions().find(|d| d.id == exemption);
    word_or(l, &key, def.map_or(exemption.as_str(), |d| &d.meaning))
}

/// How sure the research is, as a badge.
pub fn confidence(l: L10n, confidence: Confidence) -> Markup {
    let tone = match confidence {
        Confidence::High => Tone::Good,
        Confidence::Medium => Tone::Neutral,
        Confidence::Low => Tone::Warn,
    };
    badge(tone, &word(l, "confidence", confidence.as_str()))
}

/// Whether counsel approved, as a badge.
pub fn review(l: L10n, review: ReviewState) -> Markup {
    let tone = match review {
        ReviewState::Approved => Tone::Good,
        ReviewState::Unreviewed => Tone::Warn,
    };
    badge(tone, &word(l, "review", review.as_str()))
}

/// The days in which a rule is in force.
pub fn in_force(l: L10n, from: Option<Date>, to: Option<Date>) -> String {
    let day = |d: Date| l.date(d).into();
    match (from, to) {
        (Some(from), Some(to)) => {
            l.t_args("lawdesk-from-to", &[("from", day(from)), ("to", day(to))])
        }
        (Some(from), None) => l.t_args("lawdesk-from", &[("from", day(from))]),
        (None, Some(to)) => l.t_args("lawdesk-until", &[("to", day(to))]),
        (None, None) => l.t("lawdesk-in-force"),
    }
}

/// A sentence of the packs, in the packs' language.
pub fn theirs(text: &str) -> Markup {
    html! { span lang="en" { (text) } }
}

/// The address of a rule.
pub fn rule_href(id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/law/rule/{id}")
}

/// The address of a place.
pub fn place_href(code: &str) -> String {
    format!("/law/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::words::{
        Circumstance, DeductionKind, ExemptionCondition, ExtensionStart, FloorKind,
        LatePaymentKind, MetBy, ObligationArea, PauseThen, PauseWhile, Payer, Proof, RefundEvent,
        RefundForm, RemedyStep, ReturnStart, RolloverWord, SaleChannel, Solicitation, SubChannel,
        Subject, WindowStart, Withhold,
    };

    #[test]
    fn slugs_are_message_keys() {
        assert_eq!(slug("repair_or_replace"), "repair-or-replace");
        assert_eq!(
            slug("minor: supplier chooses (a)"),
            "minor-supplier-chooses-a"
        );
    }

    #[test]
    fn every_word_of_the_packs_has_words_in_every_language() {
        macro_rules! each {
            ($($set:literal $name:ident),* $(,)?) => {
                vec![$(($set, $name::ALL.iter().map(|w| w.as_str()).collect::<Vec<_>>())),*]
            };
        }
        let sets = each![
            "unit" UnitWord, "right" RightType, "confidence" Confidence, "review" ReviewState,
            "floor" FloorKind, "channel" SaleChannel, "way" SubChannel, "came" Solicitation,
            "subject" Subject, "start" WindowStart, "met" MetBy, "event" RefundEvent,
            "withhold" Withhold, "return-start" ReturnStart, "extension-start" ExtensionStart,
            "fact" Circumstance, "step" RemedyStep, "deduction" DeductionKind, "payer" Payer,
            "late" LatePaymentKind, "area" ObligationArea, "rollover" RolloverWord,
            "exempt-if" ExemptionCondition, "pause" PauseWhile, "pause-then" PauseThen,
            "proof" Proof, "form" RefundForm, "exempt" Exemption,
        ];
        for l in [L10n::EN, L10n::DE] {
            for (set, codes) in &sets {
                for code in codes {
                    let key = format!("lawdesk-{set}-{}", slug(code));
                    assert!(l.has(&key), "{} lacks {key}", l.lang());
                }
            }
        }
    }
}
