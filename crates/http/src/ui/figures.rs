//! Figures for people: money, dates, counts, tiles. Machines read the same value from `datetime`
//! or `data-` attributes.

use super::Tone;
use crate::i18n::L10n;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::Money;
use maud::{Markup, html};

/// An amount in tabular figures.
pub fn money(l: L10n, amount: Money) -> Markup {
    html! { data.money value=(amount.decimal()) { (l.money(amount)) } }
}

/// An amount that is taken away or given, with its sign and colour: deductions in a quote.
pub fn money_signed(l: L10n, amount: Money) -> Markup {
    let class = match amount.minor {
        ..0 => "money money-minus",
        0 => "money",
        _ => "money money-plus",
    };
    html! { data class=(class) value=(amount.decimal()) { (l.money_signed(amount)) } }
}

/// A whole number.
pub fn quantity(l: L10n, n: i64) -> Markup {
    html! { data.num value=(n) { (l.number(n)) } }
}

/// A calendar date.
pub fn date(l: L10n, day: Date) -> Markup {
    html! { time datetime=(day) title=(l.date_long(day)) { (l.date(day)) } }
}

/// A moment, shown in `zone`.
pub fn date_time(l: L10n, at: Timestamp, zone: &TimeZone) -> Markup {
    html! { time datetime=(at) { (l.date_time(at, zone)) } }
}

/// Text a person outside wrote, kept from turning the line around.
pub fn bdi(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// A change against before, e.g. `+12 %`; `tone` says whether that is good.
pub fn delta(text: &str, tone: Tone) -> Markup {
    html! { span class={ "delta " (tone.class()) } { (text) } }
}

/// A figure on a dashboard that opens the list behind it. `live` names the event that refreshes
/// its text.
pub fn tile(
    label: &str,
    figure: &Markup,
    href: &str,
    note: Option<&Markup>,
    live: Option<&str>,
) -> Markup {
    html! {
        a.tile href=(href) {
            span.tile-label { (label) }
            span.tile-figure data-live-text=[live] { (figure) }
            @if let Some(note) = note { span.tile-note { (note) } }
        }
    }
}
