use super::*;
use jiff::civil::date;
use kernel::{Basis, Currency, Money};
use std::collections::BTreeSet;

/// Message ids of a language, read from the sources: a line that starts an entry.
fn keys(lang: &str) -> BTreeSet<&'static str> {
    SOURCES
        .iter()
        .filter(|(l, ..)| *l == lang)
        .flat_map(|(_, _, text)| text.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
        .collect()
}

#[test]
fn message_files_parse_and_define_nothing_twice() {
    for (lang, file, text) in SOURCES {
        let parsed = FluentResource::try_new((*text).to_owned());
        assert!(
            parsed.is_ok(),
            "{lang}/{file}: {:?}",
            parsed.err().map(|(_, e)| e)
        );
    }
    for lang in L10n::available() {
        let files = SOURCES.iter().filter(|(l, ..)| *l == lang.as_str());
        let all: Vec<_> = files
            .flat_map(|(_, _, t)| t.lines())
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|l| l.split_once('=').map(|(k, _)| k.trim()))
            .collect();
        assert_eq!(
            all.len(),
            keys(lang.as_str()).len(),
            "a key is defined twice in {lang:?}"
        );
    }
}

#[test]
fn every_language_has_every_key() {
    let english = keys("en");
    assert!(english.len() > 100);
    for lang in L10n::available() {
        let theirs = keys(lang.as_str());
        let missing: Vec<_> = english.symmetric_difference(&theirs).collect();
        assert!(
            missing.is_empty(),
            "{lang:?} and English differ in {missing:?}"
        );
    }
}

#[test]
fn every_reason_has_a_sentence_that_uses_its_figures() {
    for l in [L10n::EN, L10n::DE] {
        for code in ReasonCode::ALL {
            assert!(
                l.has(&reason_key(*code)),
                "{:?} lacks {}",
                l.lang,
                reason_key(*code)
            );
            let reason = Reason::new(*code, Basis::Order)
                .with_amount(Money::new(1250, Currency::EUR))
                .with_date(date(2026, 11, 30))
                .with_number(2)
                .with_text("photo");
            let text = l.reason(&reason);
            assert!(
                text.ends_with('.') && !text.contains(['{', '}', '⟦']),
                "{code}: {text}"
            );
            // Plain language: no sentence longer than 25 words.
            for sentence in text.split(". ") {
                assert!(
                    sentence.split_whitespace().count() <= 25,
                    "{code}: {sentence}"
                );
            }
        }
    }
    let open = Reason::new(ReasonCode::WindowOpen, Basis::Order).with_date(date(2026, 11, 30));
    let said = L10n::EN.reason(&open);
    assert_eq!(
        said,
        "You asked in time: returns are accepted until 30 Nov 2026."
    );
    let missing = Reason::new(ReasonCode::UnitsMissing, Basis::Order).with_number(1);
    assert!(L10n::DE.reason(&missing).ends_with("Eines fehlt."));
}

#[test]
fn money_and_numbers_read_as_the_language_writes_them() {
    let eur = |minor| Money::new(minor, Currency::EUR);
    assert_eq!(L10n::EN.money(eur(123_450)), "€1,234.50");
    assert_eq!(L10n::DE.money(eur(123_450)), "1.234,50\u{a0}€");
    assert_eq!(L10n::EN.money(eur(-5)), "−€0.05");
    assert_eq!(L10n::DE.money(eur(-100_000_000)), "−1.000.000,00\u{a0}€");
    let yen = Money::new(700, "JPY".parse().unwrap());
    assert_eq!(L10n::EN.money(yen), "¥700");
    let franc = Money::new(1200, "CHF".parse().unwrap());
    assert_eq!(L10n::EN.money(franc), "CHF\u{a0}12.00");
    assert_eq!(L10n::EN.money(eur(i64::MIN)), "−€92,233,720,368,547,758.08");
    assert_eq!(L10n::DE.number(-1_234), "−1.234");
    assert_eq!(L10n::EN.number(999), "999");
}

#[test]
fn dates_and_ages_read_as_the_language_writes_them() {
    let day = date(2026, 11, 15);
    assert_eq!(L10n::EN.date(day), "15 Nov 2026");
    assert_eq!(L10n::DE.date(day), "15. Nov. 2026");
    assert_eq!(L10n::EN.date_long(day), "Sunday, 15 November 2026");
    let now: jiff::Timestamp = "2026-11-15T12:00:00Z".parse().unwrap();
    let ago = |s| L10n::EN.ago(now - jiff::SignedDuration::from_secs(s), now);
    assert_eq!(
        [ago(59), ago(60), ago(7_200), ago(86_400)],
        [
            "just now".to_owned(),
            "1 min ago".to_owned(),
            "2 hours ago".to_owned(),
            "1 day ago".to_owned(),
        ]
    );
    assert_eq!(ago(-5), "just now");
    let berlin = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
    assert_eq!(L10n::EN.date_time(now, &berlin), "15 Nov 2026, 13:00");
}

#[test]
fn languages_are_negotiated_by_quality() {
    assert_eq!(L10n::negotiate("fr, de;q=0.8, en;q=0.5"), L10n::DE);
    assert_eq!(L10n::negotiate("en;q=0.4,de-AT"), L10n::DE);
    assert_eq!(L10n::negotiate("de;q=0, xx"), L10n::EN);
    assert_eq!(L10n::negotiate(",;q=,=;"), L10n::EN);
    assert_eq!(L10n::new("zz".parse().unwrap()), L10n::EN);
}

#[test]
fn a_missing_key_shows_itself() {
    assert_eq!(L10n::EN.t("no-such-key"), "⟦no-such-key⟧");
}
