//! Clocks in words: how long is left, or how long it is overdue, with the colour that says so too.

use app::views::CaseHead;
use kernel::Timestamp;
use maud::{Markup, html};
use redress_http::{L10n, ui::Tone};

const HOUR: i64 = 3_600_000;

/// How urgent `due_at` (milliseconds) is at `now`, in words; none when no clock runs.
pub fn words(l: L10n, due_at: i64, now: Timestamp) -> Option<(Tone, String)> {
    if due_at == i64::MAX {
        return None;
    }
    let left = due_at.saturating_sub(now.as_millisecond());
    let (key, tone) = match left {
        ..0 => ("desk-overdue", Tone::Bad),
        0..14_400_000 => ("desk-due", Tone::Warn),
        _ => ("desk-due", Tone::Neutral),
    };
    let hours = left.abs() / HOUR;
    let (unit, n) = match hours {
        0 => ("minutes", left.abs() / 60_000),
        1..48 => ("hours", hours),
        _ => ("days", hours / 24),
    };
    Some((tone, l.t_args(&format!("{key}-{unit}"), &[("n", n.into())])))
}

/// The due time of a case as a badge; a dash when nothing is due.
pub fn badge(l: L10n, head: &CaseHead, now: Timestamp) -> Markup {
    html! {
        @if let Some((tone, words)) = words(l, head.due_at, now) { (redress_http::ui::badge(tone, &words)) }
        @else { span.muted { "–" } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_largest_unit_that_is_enough() {
        let now = Timestamp::from_millisecond(1_000 * HOUR).unwrap();
        let at = |hours: i64| words(L10n::EN, (1_000 + hours) * HOUR, now).unwrap();
        assert_eq!(at(3), (Tone::Warn, "in 3 h".to_owned()));
        assert_eq!(at(30), (Tone::Neutral, "in 30 h".to_owned()));
        assert_eq!(at(72), (Tone::Neutral, "in 3 days".to_owned()));
        assert_eq!(at(-5), (Tone::Bad, "overdue 5 h".to_owned()));
        assert_eq!(words(L10n::EN, i64::MAX, now), None);
    }
}
