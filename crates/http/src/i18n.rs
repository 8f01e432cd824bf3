//! Words: Fluent messages embedded from `locales/`, and figures written the way a language
//! writes them. No sentence lives in Rust; a view asks an [`L10n`] for a key.
//!
//! A key missing in a language falls back to English; missing there too it shows as `⟦key⟧`, is
//! logged, and fails the tests of this crate.

mod figures;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::{Lang, Reason, ReasonCode};
use std::{collections::BTreeMap, sync::LazyLock};
use unic_langid::LanguageIdentifier;

pub use figures::Numerals;

type Bundle = FluentBundle<FluentResource>;

/// `(language, file, text)` of every message file.
static SOURCES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/messages.rs"));

static BUNDLES: LazyLock<BTreeMap<Lang, Bundle>> = LazyLock::new(|| {
    let mut bundles = BTreeMap::new();
    for (tag, file, text) in SOURCES {
        let (Ok(lang), Ok(id)) = (tag.parse::<Lang>(), tag.parse::<LanguageIdentifier>()) else {
            continue;
        };
        let bundle = bundles.entry(lang).or_insert_with(|| {
            let mut bundle = Bundle::new_concurrent(vec![id]);
            // Values are put in <bdi> by the views; invisible marks would break copy and paste.
            bundle.set_use_isolating(false);
            bundle
        });
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, errors)| {
                tracing::error!(file, ?errors, "message file has errors");
                rest
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file, ?errors, "message defined twice");
        }
    }
    bundles
});

/// A language to speak: cheap to copy, holds no state of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct L10n {
    lang: Lang,
}

impl L10n {
    /// English.
    pub const EN: Self = Self { lang: Lang::EN };
    /// German.
    pub const DE: Self = Self { lang: Lang::DE };

    /// The handle for `lang`, or English when there are no messages for it.
    pub fn new(lang: Lang) -> Self {
        if BUNDLES.contains_key(&lang) {
            Self { lang }
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
            .find(|(_, lang)| BUNDLES.contains_key(lang))
            .map_or(Self::EN, |(_, lang)| Self { lang })
    }

    /// Languages that have messages.
    pub fn available() -> Vec<Lang> {
        BUNDLES.keys().copied().collect()
    }

    /// The language spoken; goes to `<html lang>`.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// Writing direction; goes to `<html dir>`.
    pub fn dir(self) -> &'static str {
        if matches!(self.lang.as_str(), "ar" | "he" | "fa" | "ur") {
            "rtl"
        } else {
            "ltr"
        }
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
        BUNDLES.get(&self.lang).is_some_and(|b| b.has_message(key))
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
        args.set("text", words.join(", "));
        self.format(&reason_key(reason.code), Some(&args))
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
        for lang in [self.lang, Lang::EN] {
            let Some(bundle) = BUNDLES.get(&lang) else {
                continue;
            };
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
        tracing::error!(key, lang = self.lang.as_str(), "message is missing");
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
mod tests;
