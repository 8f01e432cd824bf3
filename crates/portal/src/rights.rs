//! The legal rights behind a decision, with their citations, and dates in full.

use crate::visit::Visit;
use app::views::CasePage;
use kernel::{Basis, Date, Reason};
use maud::{Markup, html};
use redress_http::{L10n, ui::card};
use returns::Decision;
use surface::clocks::{Phase, Voice, sentence};

/// A card with every right the law gives here; nothing if the law says nothing.
pub fn card_of(l: L10n, decision: &Decision) -> Markup {
    let mut rights: Vec<(String, &str)> = Vec::new();
    for reason in decision.lines.iter().flat_map(|line| &line.reasons) {
        if let Some(citation) = citation(reason) {
            let pair = (l.reason(reason), citation);
            if !rights.contains(&pair) {
                rights.push(pair);
            }
        }
    }
    html! {
        @if !rights.is_empty() {
            (card(&l.t("portal-rights-title"), &html! {
                div.stack { ul.plain-list {
                    @for (sentence, citation) in rights {
                        li { (sentence) br; span.hint { (citation) } }
                    }
                }
                p.hint { (l.t("portal-rights-note")) } }
            }))
        }
    }
}

/// What the law counts on this return, in plain words with its citation; nothing if it counts
/// nothing.
pub fn clocks(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let today = page.client.local_day(page.order.place, visit.now);
    let review = |rule: &str| match page.signed.iter().find(|(r, _)| **r == *rule) {
        Some(_) => l.t("clock-reviewed"),
        None => l.t("clock-unreviewed"),
    };
    let said: Vec<(String, Phase, String)> = page
        .case
        .statutory
        .iter()
        .filter_map(|clock| {
            let words = sentence(l, Voice::Consumer, clock, today)?;
            let basis = format!("{} · {}", clock.citation, review(&clock.rule));
            Some((words, Phase::of(clock, today), basis))
        })
        .collect();
    html! {
        @if !said.is_empty() {
            (card(&l.t("clocks-title"), &html! {
                div.stack {
                    ul.plain-list {
                        @for (words, phase, basis) in said {
                            li {
                                @if phase == Phase::Late || phase == Phase::MetLate { strong { (words) } }
                                @else { (words) }
                                br; span.hint { (basis) }
                            }
                        }
                    }
                    p.hint { (l.t("clocks-portal-note")) }
                }
            }))
        }
    }
}

fn citation(reason: &Reason) -> Option<&str> {
    match &reason.basis {
        Basis::Law { citation, .. } => Some(citation),
        _ => None,
    }
}

/// A day with its weekday.
pub fn long_date(l: L10n, day: Date) -> Markup {
    html! { time datetime=(day) { (l.date_long(day)) } }
}
