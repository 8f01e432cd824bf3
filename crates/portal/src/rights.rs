//! The legal rights behind a decision, with their citations, and dates in full.

use crate::visit::Visit;
use app::{standing::Standing, views::CasePage};
use kernel::Date;
use law::{Dimension, StandingRight};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Tone, badge, bdi, card},
};
use returns::{LineRights, SalesOrder};
use surface::{
    clocks::{Phase, Voice, sentence},
    rights,
};

/// The rights of each item beside each other, in plain words; the best of several is marked.
/// Nothing where the law was not asked.
pub fn side_by_side(l: L10n, order: &SalesOrder, standing: &Standing) -> Markup {
    let mut groups: Vec<(Vec<&str>, &LineRights)> = Vec::new();
    for line in &standing.lines {
        let title = order.line(line.line).map_or("", |sold| &sold.title);
        let same =
            |g: &&mut (Vec<&str>, &LineRights)| g.1.rights == line.rights && g.1.none == line.none;
        match groups.iter_mut().find(same) {
            Some((titles, _)) => titles.push(title),
            None => groups.push((vec![title], line)),
        }
    }
    let several = groups.len() > 1;
    html! {
        @if !groups.is_empty() {
            (card(&l.t("portal-rights-title"), &html! {
                div.stack {
                    @for (titles, line) in &groups {
                        @if several { p { strong { (bdi(&titles.join(", "))) } } }
                        @if let Some(none) = &line.none { p { (rights::none(l, none)) } }
                        @for (n, right) in line.rights.iter().enumerate() {
                            (one(l, &line.rights, n, right, standing))
                        }
                    }
                    p.hint { (l.t("portal-rights-note")) }
                }
            }))
        }
    }
}

fn one(
    l: L10n,
    all: &[StandingRight],
    n: usize,
    right: &StandingRight,
    known: &Standing,
) -> Markup {
    let best = |about: Option<Dimension>| {
        about.is_some_and(|dimension| dimension.best(all).get(n) == Some(&true))
    };
    let review = match known.reviewer(&right.rule) {
        Some(_) => l.t("clock-reviewed"),
        None => l.t("clock-unreviewed"),
    };
    html! {
        section.law-right {
            h3 { (rights::name(l, right.right)) }
            ul.plain-list {
                @for said in rights::sentences(l, right) {
                    li {
                        (said.words)
                        @if best(said.about) { " " (badge(Tone::Good, &l.t("rights-best"))) }
                    }
                }
            }
            p.hint { (right.citation) " · " (review) }
        }
    }
}

/// What the law counts on this return, in plain words with its citation; nothing if it counts
/// nothing.
pub fn clocks(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let today = page.client.local_day(page.order.place, visit.now);
    let review = |rule: &str| match page.standing.reviewer(rule) {
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

/// A day with its weekday.
pub fn long_date(l: L10n, day: Date) -> Markup {
    html! { time datetime=(day) { (l.date_long(day)) } }
}
