//! Ways around: tabs, breadcrumbs, pages, steps of a journey.

use super::{Icon, icon};
use crate::i18n::L10n;
use maud::{Markup, html};
use std::cmp::Ordering;

/// One tab: a link, with an optional count.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Words on it.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// How many are behind it.
    pub count: Option<i64>,
    /// Whether it is the open one.
    pub current: bool,
}

/// Links that look like tabs; each is a page with its own address.
pub fn tabs(l: L10n, label: &str, list: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in list {
                a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { " " span.count { (l.number(count)) } }
                }
            }
        }
    }
}

/// One step up: words and address.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
}

/// The way back up to where this page hangs. The page itself is its heading, so nothing follows
/// the last step.
pub fn breadcrumbs(l: L10n, list: &[Crumb]) -> Markup {
    html! {
        nav.crumbs aria-label=(l.t("ui-breadcrumbs")) {
            ol { @for (at, crumb) in list.iter().enumerate() { li {
                @if at > 0 { (icon(Icon::ChevronRight)) }
                a href=(crumb.href) { (crumb.label) }
            } } }
        }
    }
}

/// Where a list can go from here. Cursor pages have no numbers.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// What is shown, in words: `1 to 50 of 1,204`.
    pub words: Option<String>,
}

/// Previous and next under a list.
pub fn pagination(l: L10n, pages: &Pages) -> Markup {
    let step = |href: &Option<String>, key: &str, body: Markup| {
        html! {
            @if let Some(href) = href { a.btn rel=(key) href=(href) { (body) } }
            @else { span.btn.btn-off aria-disabled="true" { (body) } }
        }
    };
    html! {
        nav.pages aria-label=(l.t("ui-pages")) {
            span.pages-words { @if let Some(words) = &pages.words { (words) } }
            (step(&pages.previous, "prev", html! { (icon(Icon::ChevronLeft)) span { (l.t("ui-previous")) } }))
            (step(&pages.next, "next", html! { span { (l.t("ui-next")) } (icon(Icon::ChevronRight)) }))
        }
    }
}

/// One step of a journey.
#[derive(Debug, Clone)]
pub struct Step {
    /// Words.
    pub label: String,
    /// Address, for steps already done.
    pub href: Option<String>,
}

/// Where someone is on a journey; `current` counts from 0. Steps before it are done; beyond the last
/// one, all are.
pub fn stepper(l: L10n, steps: &[Step], current: usize) -> Markup {
    let words = l.t_args(
        "ui-step-of",
        &[
            ("n", (current + 1).min(steps.len()).to_string().into()),
            ("total", steps.len().to_string().into()),
        ],
    );
    let class = |i: usize| match i.cmp(&current) {
        Ordering::Less => "done",
        Ordering::Equal => "current",
        Ordering::Greater => "ahead",
    };
    html! {
        nav.stepper aria-label=(words) {
            p.stepper-words { (words) @if let Some(step) = steps.get(current) { ": " strong { (step.label) } } }
            ol {
                @for (i, step) in steps.iter().enumerate() {
                    li class=(class(i))
                        aria-current=[(i == current).then_some("step")] {
                        span.stepper-dot { @if i < current { (icon(Icon::Check)) } @else { (i + 1) } }
                        span.stepper-label {
                            @match (&step.href, i < current) {
                                (Some(href), true) => a href=(href) { (step.label) },
                                _ => (step.label),
                            }
                        }
                    }
                }
            }
        }
    }
}
