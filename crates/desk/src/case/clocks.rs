//! The statutory clocks of a case: each with its day, what started it and the rule it follows.

use super::Shown;
use maud::{Markup, html};
use redress_http::ui::{self, Tone, badge, pill};
use returns::{ClockKind, StatutoryClock};
use surface::clocks::{self, Phase, Voice};

/// The card; nothing where the law counts nothing.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let case = &shown.page.case;
    let today = shown
        .page
        .client
        .local_day(shown.page.order.place, shown.desk.now);
    let mut list: Vec<&StatutoryClock> = case.statutory.iter().collect();
    // What somebody must do comes first, the nearest day on top.
    list.sort_by_key(|c| (!c.runs() || !c.kind.is_owed(), c.strict, c.kind));
    let own = promises(shown);
    html! {
        @if !list.is_empty() || !own.is_empty() {
            (ui::card(&l.t("clocks-title"), &html! {
                ul.plain-list.stack {
                    @for (tone, name, words) in own {
                        li { div.cluster { (pill(tone, &name)) } p { (words) } p.muted.small { (l.t("desk-promise-basis")) } }
                    }
                    @for clock in list {
                        @if let Some(words) = clocks::sentence(l, Voice::House, clock, today) {
                            @let phase = Phase::of(clock, today);
                            li {
                                div.cluster {
                                    (pill(phase.tone(), &clocks::name(l, clock.kind)))
                                    @if clock.breached_on.is_some() && clock.kind != ClockKind::WindowEnd {
                                        (badge(Tone::Bad, &l.t("desk-clock-late")))
                                    }
                                }
                                p { (words) }
                                p.muted.small {
                                    @if let Some(started) = clocks::started(l, clock) { (started) " · " }
                                    @if clock.runs() && clock.strict != clock.due {
                                        @if let Some(day) = clock.strict {
                                            (l.t_args("clock-work-by", &[("date", l.date(day).into())])) " · "
                                        }
                                    }
                                    (clock.citation) " · "
                                    @match shown.page.standing.reviewer(&clock.rule) {
                                        Some(reviewer) => { (l.t("clock-reviewed")) ": " (reviewer) },
                                        None => (l.t("clock-unreviewed")),
                                    }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// What the client's own policy promises on this case and is still owed: the money, an answer.
fn promises(shown: &Shown<'_>) -> Vec<(Tone, String, String)> {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let today = shown.page.client.day(shown.desk.now);
    [
        ("money", case.money_promised()),
        ("answer", case.answer_promised()),
    ]
    .into_iter()
    .filter_map(|(what, day)| {
        let day = day?;
        let (tone, state) = if day < today {
            (Tone::Bad, "late")
        } else {
            (Tone::Accent, "runs")
        };
        let name = l.t(&format!("desk-promise-{what}"));
        let words = l.t_args(
            &format!("desk-promise-{what}-{state}"),
            &[("date", l.date_long(day).into())],
        );
        Some((tone, name, words))
    })
    .collect()
}
