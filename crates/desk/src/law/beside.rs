//! Rights beside each other: a column for each, a row for each thing they can be compared by, the
//! best of each row marked. The same on a case and on "try it".

use super::words;
use crate::words::name_of as code;
use law::{Dimension, LateScale, RefundEvent, StandingRight, Status};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Column, Row, Table, Tone, badge},
};

/// Shows one thing about a right; nothing where there is nothing to say.
type Show = fn(L10n, &StandingRight) -> Option<Markup>;

/// The rows: their name, what they compare, what they show.
const ROWS: &[(&str, Option<Dimension>, Show)] = &[
    ("status", None, |l, r| Some(status(l, r))),
    ("last-day", Some(Dimension::LastDay), last_day),
    ("gives", Some(Dimension::Gives), |l, r| {
        Some(said(l, "gives", &code(&r.remedy)))
    }),
    ("remedies", None, steps),
    ("refund-due", Some(Dimension::RefundDue), refund),
    ("cure-by", None, |l, r| Some(day(l, r.cure_by?))),
    ("outbound", Some(Dimension::Outbound), |l, r| {
        Some(said(l, "charge", &code(&r.outbound)))
    }),
    ("return-cost", Some(Dimension::ReturnCost), |l, r| {
        Some(said(l, "payer", r.return_cost.as_str()))
    }),
    ("return-by", None, |l, r| Some(day(l, r.return_by?))),
    ("deductions", Some(Dimension::Deductions), |l, r| {
        Some(said(l, "taken-off", &code(&r.deduction)))
    }),
    ("presumed-until", Some(Dimension::PresumedUntil), |l, r| {
        Some(day(l, r.presumed_until?))
    }),
    ("late-payment", None, late),
    ("rule", None, |_, r| Some(rule(r))),
];

/// The table; nothing where there is no right.
pub fn table(l: L10n, rights: &[StandingRight]) -> Markup {
    if rights.is_empty() {
        return html! {};
    }
    let names = rights
        .iter()
        .map(|r| Column::text(words::right(l, Some(r.right.word()))));
    let columns = std::iter::once(Column::text(l.t("lawdesk-dimension"))).chain(names);
    let rows = ROWS.iter().filter_map(|(key, dimension, show)| {
        let cells: Vec<Option<Markup>> = rights.iter().map(|r| show(l, r)).collect();
        cells.iter().any(Option::is_some).then_some(())?;
        let best = dimension.map_or_else(Vec::new, |d| d.best(rights));
        let first = html! { span.strong { (l.t(&format!("lawdesk-{key}"))) } };
        let shown = cells.into_iter().enumerate().map(|(i, cell)| {
            let marked = best.get(i) == Some(&true);
            html! { div {
                @match cell { Some(cell) => (cell), None => "–" }
                @if marked { " " (badge(Tone::Good, &l.t("lawdesk-best"))) }
            } }
        });
        Some(Row::new(std::iter::once(first).chain(shown).collect()))
    });
    let rows = rows.collect();
    html! { (Table::new(l.t("lawdesk-beside-caption"), columns.collect(), rows)) }
}

fn said(l: L10n, set: &str, word: &str) -> Markup {
    html! { (words::word(l, set, word)) }
}

fn day(l: L10n, day: kernel::Date) -> Markup {
    html! { (l.date_long(day)) }
}

fn status(l: L10n, r: &StandingRight) -> Markup {
    let (tone, key) = match r.status {
        Status::Open { .. } => (Tone::Good, "lawdesk-status-open"),
        Status::NotStarted if r.is_usable() => (Tone::Good, "lawdesk-status-early"),
        Status::NotStarted => (Tone::Neutral, "lawdesk-status-not-started"),
        Status::Ended { .. } => (Tone::Bad, "lawdesk-status-ended"),
        Status::Exempt(e) => {
            let what = words::word(l, "exempt", e.as_str());
            let words = l.t_args("lawdesk-status-exempt", &[("x", what.into())]);
            return html! { (words) };
        }
    };
    badge(tone, &l.t(key))
}

fn last_day(l: L10n, r: &StandingRight) -> Option<Markup> {
    match r.deadline {
        Some(last) => Some(day(l, last)),
        None if matches!(r.status, Status::Open { .. }) => {
            Some(html! { (l.t("lawdesk-no-last-day")) })
        }
        None => None,
    }
}

fn steps(l: L10n, r: &StandingRight) -> Option<Markup> {
    (!r.steps.is_empty()).then(|| {
        html! { ol.law-steps { @for step in &r.steps { li { (words::word(l, "step", step.as_str())) } } } }
    })
}

fn refund(l: L10n, r: &StandingRight) -> Option<Markup> {
    let basis = |word: &str| html! { (words::word(l, "basis", word)) };
    match (r.due, r.not_before, r.awaits, r.refund_basis) {
        (Some(due), ..) => Some(html! {
            (day(l, due.due))
            @if due.strict != due.due {
                div.small.muted { (l.t_args("lawdesk-work-towards", &[("x", l.date_long(due.strict).into())])) }
            }
        }),
        (None, Some(first), ..) => Some(html! {
            (day(l, first.due)) div.small.muted { (l.t("lawdesk-or-goods-back")) }
        }),
        (None, None, Some(RefundEvent::Unsettled), _) => Some(basis("unsettled")),
        (None, None, Some(event), _) => Some(html! {
            (basis("open")) div.small.muted { (words::word(l, "event", event.as_str())) }
        }),
        (None, None, None, Some(word)) => Some(basis(word.as_str())),
        (None, None, None, None) => None,
    }
}

fn late(l: L10n, r: &StandingRight) -> Option<Markup> {
    let late = r.late_payment.as_ref()?;
    let kind = match &late.scale {
        LateScale::Double => "double",
        LateScale::Interest { .. } => "interest",
        LateScale::Steps { .. } => "statutory-increase",
    };
    Some(html! {
        (words::word(l, "late", kind))
        @if !late.article.is_empty() { div.small.muted { (late.article) } }
    })
}

fn rule(r: &StandingRight) -> Markup {
    html! {
        a href=(words::rule_href(&r.rule)) { (r.rule) }
        div.small.muted { (words::theirs(&r.citation)) }
    }
}
