//! The lines of a case with their quantity ledger: what was asked, let back, counted, settled.

use super::Shown;
use crate::words;
use maud::{Markup, html};
use redress_http::ui::{self, Column, Row, Table, bdi, quantity};
use returns::Quantities;

fn table(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let steps: [(&str, fn(&Quantities) -> u32); 7] = [
        ("announced", |q| q.announced),
        ("authorised", |q| q.authorised),
        ("declined", |q| q.declined),
        ("received", |q| q.received),
        ("accepted", |q| q.accepted),
        ("granted", |q| q.granted),
        ("settled", |q| q.settled),
    ];
    let rare: [(&str, fn(&Quantities) -> u32); 4] = [
        ("missing", |q| q.missing),
        ("unexpected", |q| q.unexpected),
        ("rejected", |q| q.rejected),
        ("kept", |q| q.kept),
    ];
    let mut columns = vec![Column::text(l.t("desk-col-item"))];
    columns.extend(steps.iter().map(|(name, _)| Column::figure(words::code(l, "units", name))));
    let rows = shown.page.case.lines.iter().map(|line| {
        let q = &line.quantities;
        let mut cells = vec![html! {
            div { (bdi(&words::item(&shown.page.order, line.line))) }
            div.muted.small {
                @if let Some(reason) = line.reason { (words::code(l, "reason", reason.as_str())) " · " }
                (words::code(l, "outcome", line.wanted.as_str()))
                @for (name, of) in rare {
                    @if of(q) > 0 { " · " (l.number(of(q).into())) " " (words::code(l, "units", name)) }
                }
                @for lot in &line.lots { " · " (words::code(l, "grade", lot.grade.as_str())) }
            }
        }];
        cells.extend(steps.iter().map(|(_, of)| match of(q) {
            0 => html! { span.muted { "0" } },
            n => quantity(l, n.into()),
        }));
        Row::new(cells)
    });
    html! { (Table::new(l.t("desk-lines"), columns, rows.collect())) }
}

/// The lines and, under them, goods that came and are not on the order.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let strays = &shown.page.case.strays;
    html! {
        (ui::card(&l.t("desk-lines"), &table(shown)))
        @if !strays.is_empty() {
            (ui::card(&l.t("desk-strays"), &html! {
                ul { @for s in strays { li { (l.number(s.units.into())) " × " (bdi(&s.label)) } } }
            }))
        }
    }
}
