//! Words: Fluent messages embedded from `locales/`, and figures written the way a language
//! writes them. No sentence lives in Rust; a view asks an [`L10n`] for a key.
//!
//! A key missing in a language falls back to English; missing there too it shows as `⟦key⟧`, is
//! logged, and fails the tests of this crate.

mod figures;

use figures::Figures;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::{CountryCode, Lang, Reason, ReasonCode};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// `(language, file, text)` of every message file.
static SOURCES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Every language customers can choose, in the order they are offered.
pub const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "pl", "ar"];

/// Files only people of the house read; a client's own staff reads the studio, which speaks every
/// language. They exist in [`STAFF_LANGUAGES`]; in the other languages
/// nothing asks for them, and if something did, English would answer.
pub const STAFF_FILES: [&str; 11] = [
    "api.ftl",
    "books.ftl",
    "clocks-house.ftl",
    "desk.ftl",
    "disputes.ftl",
    "door.ftl",
    "dock.ftl",
    "lawdesk.ftl",
    "privacy.ftl",
    "recon.ftl",
    "swaps-house.ftl",
];

/// The languages the desk and the dock speak.
pub const STAFF_LANGUAGES: [&str; 2] = ["en", "de"];

/// Everything known about one language.
struct Speech {
    lang: Lang,
    messages: Bundle,
    figures: Figures,
}

static SPEECHES: LazyLock<[Speech; LANGUAGES.len()]> = LazyLock::new(|| {
    [
        speech::<0>(),
        speech::<1>(),
        speech::<2>(),
        speech::<3>(),
        speech::<4>(),
        speech::<5>(),
    ]
});

/// Reads language number `N`. Its formatter of counts is a function of its own because the message
/// library takes no closure there.
fn speech<const N: usize>() -> Speech {
    let tag = LANGUAGES[N];
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut messages = Bundle::new_concurrent(vec![id]);
    // Where text runs from the right, values from elsewhere (amounts, numbers of orders) must not
    // pull its words about; everywhere else invisible marks would only get into copies.
    messages.set_use_isolating(is_rtl(tag));
    messages.set_formatter(Some(|value, _| figures::count(&SPEECHES[N].figures, value)));
    for (_, file, text) in SOURCES.iter().filter(|(lang, ..)| *lang == tag) {
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, errors)| {
                tracing::error!(file, ?errors, "message file has errors");
                rest
            });
        if let Err(errors) = messages.add_resource(resource) {
            tracing::error!(file, ?errors, "message defined twice");
        }
    }
    Speech {
        lang: tag.parse().unwrap_or(Lang::EN),
        messages,
        figures: Figures::load(tag),
    }
}

fn is_rtl(tag: &str) -> bool {
    tag == "ar"
}

/// A language to speak: cheap to copy, holds no state of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct L10n {
    /// Position in [`LANGUAGES`].
    index: usize,
}

impl L10n {
    /// English.
    pub const EN: Self = Self { index: 0 };
    /// German.
    pub const DE: Self = Self { index: 1 };

    /// The handle for `lang`, or English when there are no messages for it.
    pub fn new(lang: Lang) -> Self {
        Self::find(lang).unwrap_or(Self::EN)
    }

    fn find(lang: Lang) -> Option<Self> {
        let index = LANGUAGES.iter().position(|tag| *tag == lang.as_str())?;
        Some(Self { index })
    }

    /// Every language, in the order they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(|index| Self { index })
    }

    /// This language for pages of the house, which speak fewer.
    pub fn for_staff(self) -> Self {
        if STAFF_LANGUAGES.contains(&LANGUAGES[self.index]) {
            self
        } else {
            Self::EN
        }
    }

    /// The best match for an `Accept-Language` header, by quality then order.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut wanted: Vec<(u32, Lang)> = accept_language
            .split(',')
            .take(16)
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let lang = pieces.next()?.trim().parse::<Lang>().ok()?;
                let quality = pieces
                    .find_map(|p| p.trim().strip_prefix("q="))
                    .map_or(1000, thousandths);
                (quality > 0).then_some((quality, lang))
            })
            .collect();
        wanted.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
        wanted
            .into_iter()
            .find_map(|(_, lang)| Self::find(lang))
            .unwrap_or(Self::EN)
    }

    fn speech(self) -> &'static Speech {
        &SPEECHES[self.index]
    }

    fn figures(self) -> &'static Figures {
        &self.speech().figures
    }

    /// The language spoken; goes to `<html lang>`.
    pub fn lang(self) -> Lang {
        self.speech().lang
    }

    /// Writing direction; goes to `<html dir>`.
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// Whether text runs from the right.
    pub fn is_rtl(self) -> bool {
        is_rtl(LANGUAGES[self.index])
    }

    /// The sentence for `key`.
    pub fn t(self, key: &str) -> String {
        self.format(key, None)
    }

    /// The sentence for `key` with its values. Pass figures already written for people
    /// ([`L10n::money`], [`L10n::date`]) as text, counts that choose a plural as numbers.
    ///
    /// ```
    /// # use redress_http::i18n::L10n;
    /// assert_eq!(L10n::EN.t_args("count-items", &[("n", 1.into())]), "1 item");
    /// ```
    pub fn t_args(self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let mut map = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            map.set(*name, value.clone());
        }
        self.format(key, Some(&map))
    }

    /// True when this very language (not the English fallback) has `key`.
    pub fn has(self, key: &str) -> bool {
        self.speech().messages.has_message(key)
    }

    /// The message `text` is the key of, or `text` itself: errors that were made where no language
    /// was known carry keys.
    pub fn say(self, text: &str) -> String {
        if self.has(text) {
            self.t(text)
        } else {
            text.to_owned()
        }
    }

    /// The plain sentence of a [`Reason`], figures filled in. Texts that are codes (an exemption,
    /// a control, outcomes) are said in words when a message `term-<code>` exists.
    pub fn reason(self, reason: &Reason) -> String {
        let mut args = FluentArgs::new();
        args.set(
            "amount",
            reason.amount.map_or_else(String::new, |m| self.money(m)),
        );
        args.set(
            "date",
            reason.date.map_or_else(String::new, |d| self.date(d)),
        );
        args.set("number", reason.number.unwrap_or_default());
        let text = reason.text.as_deref().unwrap_or_default();
        let words: Vec<_> = text.split(',').map(|part| self.term(part.trim())).collect();
        args.set("text", self.all_of(&words));
        // A right without a last day has a sentence of its own.
        let key = reason_key(reason.code);
        let open = format!("{key}-open");
        let key = if reason.date.is_none() && self.has(&open) {
            open
        } else {
            key
        };
        self.format(&key, Some(&args))
    }

    /// A country's name; its code where CLDR has none.
    pub fn country(self, code: CountryCode) -> String {
        let key = format!("country-{}", code.as_str().to_ascii_lowercase());
        if self.has(&key) {
            self.t(&key)
        } else {
            code.as_str().to_owned()
        }
    }

    /// The words for a code used inside sentences, or the code itself.
    fn term(self, code: &str) -> String {
        let key = format!("term-{}", code.replace(['_', '.', ' '], "-"));
        if self.has(&key) {
            self.t(&key)
        } else {
            code.to_owned()
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        for bundle in [self, Self::EN].map(|l| &l.speech().messages) {
            let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = bundle
                .format_pattern(pattern, args, &mut errors)
                .into_owned();
            if !errors.is_empty() {
                tracing::warn!(key, ?errors, "message has unfilled values");
            }
            return text;
        }
        tracing::error!(key, lang = LANGUAGES[self.index], "message is missing");
        format!("⟦{key}⟧")
    }
}

/// The message key of a reason code: `reason-window-open`.
pub fn reason_key(code: ReasonCode) -> String {
    format!("reason-{}", code.as_str().replace('_', "-"))
}

/// `0.8` as 800; anything unreadable as 0.
fn thousandths(q: &str) -> u32 {
    let (whole, part) = q.split_once('.').unwrap_or((q, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(w), Ok(p)) if w <= 1 => (w * 1000 + p).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod complete;
#[cfg(test)]
mod easy;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod tests;
