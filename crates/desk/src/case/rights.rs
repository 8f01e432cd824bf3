//! What the law gives for the lines of a case, beside the client's promise: every right with its
//! figures, the best of each row marked.

use super::Shown;
use crate::{law::beside, words};
use app::commit::amount_of;
use maud::{Markup, html};
use redress_http::ui::{self, Tone, badge};
use returns::{ClockKind, LineRights};
use surface::rights;

/// One card for each set of lines that have the same rights.
pub fn cards(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let mut groups: Vec<(Vec<u16>, &LineRights)> = Vec::new();
    for line in &shown.page.standing.lines {
        let same =
            |g: &&mut (Vec<u16>, &LineRights)| g.1.rights == line.rights && g.1.none == line.none;
        match groups.iter_mut().find(same) {
            Some((lines, _)) => lines.push(line.line),
            None => groups.push((vec![line.line], line)),
        }
    }
    html! {
        @for (lines, rights) in &groups {
            @let items: Vec<String> = lines.iter().map(|n| words::item(&shown.page.order, *n)).collect();
            @let title = l.t_args("desk-rights", &[("items", items.join(", ").into())]);
            (ui::card(&title, &body(shown, rights)))
        }
    }
}

fn body(shown: &Shown<'_>, line: &LineRights) -> Markup {
    let l = shown.desk.l();
    html! {
        div.stack {
            @if let Some(none) = &line.none {
                p { (rights::none(l, none)) " " span.muted.small { (none.source()) } }
            }
            (beside::table(l, &line.rights))
            @if let Some(words) = late(shown, line) { p.cluster { (badge(Tone::Bad, &l.t("desk-clock-late"))) (words) } }
            @for right in &line.rights {
                p.muted.small {
                    (right.citation) " · "
                    @match shown.page.standing.reviewer(&right.rule) {
                        Some(reviewer) => { (l.t("clock-reviewed")) ": " (reviewer) },
                        None => (l.t("clock-unreviewed")),
                    }
                }
            }
        }
    }
}

/// What can be claimed on top because the refund under one of the rights is late.
fn late(shown: &Shown<'_>, line: &LineRights) -> Option<String> {
    let page = shown.page;
    let today = page.client.local_day(page.order.place, shown.desk.now);
    let owed = shown.amount(amount_of(&page.case));
    line.rights.iter().find_map(|right| {
        let clock = page.case.clock(ClockKind::Refund, &right.rule)?;
        let by = clock.met_on().unwrap_or(today);
        rights::late(shown.desk.l(), right, owed, clock.due?, by)
    })
}
