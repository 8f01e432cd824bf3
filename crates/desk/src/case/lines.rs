//! The lines of a case with their quantity ledger: what was asked, let back, counted, settled.

use super::Shown;
use crate::words;
use maud::{Markup, html};
use redress_http::ui::{self, bdi};
use returns::Quantities;

/// A column of the quantity ledger: its name and the figure it shows.
type Step = (&'static str, fn(&Quantities) -> u32);

fn ledger(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let steps: [Step; 7] = [
        ("announced", |q| q.announced),
        ("authorised", |q| q.authorised),
        ("declined", |q| q.declined),
        ("received", |q| q.received),
        ("accepted", |q| q.accepted),
        ("granted", |q| q.granted),
        ("settled", |q| q.settled),
    ];
    let rare: [Step; 4] = [
        ("missing", |q| q.missing),
        ("unexpected", |q| q.unexpected),
        ("rejected", |q| q.rejected),
        ("kept", |q| q.kept),
    ];
    html! {
        @for line in &shown.page.case.lines {
            @let q = &line.quantities;
            div.line-units {
                div {
                    p.strong { (bdi(&words::item(&shown.page.order, line.line))) }
                    p.muted.small {
                        @if let Some(reason) = line.reason {
                            (words::why(l, &shown.page.policy, line.own.as_deref(), reason)) " · "
                        }
                        @for lack in line.lacks.iter() { (words::code(l, "lacks", lack.as_str())) " · " }
                        (words::code(l, "outcome", line.wanted.as_str()))
                        @for (name, of) in rare {
                            @if of(q) > 0 { " · " (l.number(of(q).into())) " " (words::code(l, "units", name)) }
                        }
                        @for lot in &line.lots { " · " (words::code(l, "grade", lot.grade.as_str())) }
                    }
                }
                ol.unit-steps {
                    @for (name, of) in steps {
                        li class=[(of(q) == 0).then_some("none")] {
                            b { (l.number(of(q).into())) } span { (words::code(l, "units", name)) }
                        }
                    }
                }
            }
        }
    }
}

/// The lines and, under them, goods that came and are not on the order.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let strays = &shown.page.case.strays;
    html! {
        (ui::card(&l.t("desk-lines"), &ledger(shown)))
        @if !strays.is_empty() {
            (ui::card(&l.t("desk-strays"), &html! {
                ul { @for s in strays { li { (l.number(s.units.into())) " × " (bdi(&s.label)) } } }
            }))
        }
    }
}
