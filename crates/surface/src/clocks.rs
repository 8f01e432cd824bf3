//! Statutory clocks in words, the same on every surface: a plain sentence for the consumer, a
//! short one for people of the house, and the colour that says how it stands.

use jiff::civil::Date;
use redress_http::{L10n, ui::Tone};
use returns::{ClockKind, ClockState, StatutoryClock};

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The consumer: "you can cancel until".
    Consumer,
    /// People of the house and its clients.
    House,
}

/// How a clock stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It runs towards a day that has not passed.
    Runs,
    /// Its day has passed and it was not met.
    Late,
    /// Something has to happen before it runs, or the law names no number of days.
    Waits,
    /// Met in time.
    Met,
    /// Met, but late.
    MetLate,
    /// It applies no more.
    Ended,
}

impl Phase {
    /// The phase of a clock on `today`, a local day of the consumer.
    pub fn of(clock: &StatutoryClock, today: Date) -> Self {
        match clock.state {
            ClockState::Met { .. } if clock.is_late(today) => Self::MetLate,
            ClockState::Met { .. } => Self::Met,
            ClockState::Ended { .. } => Self::Ended,
            ClockState::Open if clock.due.is_none() => Self::Waits,
            // Nobody owes anything when a right runs out.
            ClockState::Open if clock.is_late(today) && !clock.kind.is_owed() => Self::Ended,
            ClockState::Open if clock.is_late(today) => Self::Late,
            ClockState::Open => Self::Runs,
        }
    }

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Late => "late",
            Self::Waits => "waits",
            Self::Met => "met",
            Self::MetLate => "met_late",
            Self::Ended => "ended",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Runs => Tone::Accent,
            Self::Late | Self::MetLate => Tone::Bad,
            Self::Met => Tone::Good,
            Self::Waits | Self::Ended => Tone::Neutral,
        }
    }
}

/// What a clock says on `today`. None where there is nothing to say to this reader, such as a
/// withholding that has ended.
pub fn sentence(l: L10n, voice: Voice, clock: &StatutoryClock, today: Date) -> Option<String> {
    let phase = Phase::of(clock, today);
    let what = clock.subject();
    let voice = match voice {
        Voice::Consumer => "you",
        Voice::House => "house",
    };
    let key = format!("clock-{what}-{}-{voice}", phase.as_str()).replace('_', "-");
    if !l.has(&key) {
        return None;
    }
    let day = |d: Option<Date>| d.map_or_else(String::new, |d| l.date_long(d));
    let done = match clock.state {
        ClockState::Met { on } | ClockState::Ended { on } => Some(on),
        ClockState::Open => None,
    };
    Some(l.t_args(
        &key,
        &[
            ("date", day(clock.due.or(clock.strict)).into()),
            ("strict", day(clock.strict).into()),
            ("done", day(done).into()),
        ],
    ))
}

/// A clock as it was counted, for a list of what happened: kind, and its day if it has one.
pub fn words(l: L10n, clock: &StatutoryClock) -> String {
    let kind = name(l, clock.kind);
    match clock.due {
        Some(due) => format!("{kind}: {}", l.date(due)),
        None => format!(
            "{kind}: {}",
            l.t(&format!("clock-is-{}", clock.state.as_str()))
        ),
    }
}

/// The name of a kind.
pub fn name(l: L10n, kind: ClockKind) -> String {
    l.t(&format!("clock-{}", kind.as_str().replace('_', "-")))
}

/// The event that started a clock, in words.
pub fn started(l: L10n, clock: &StatutoryClock) -> Option<String> {
    let started = clock.started?;
    let key = format!("clock-by-{}", started.by.as_str().replace('_', "-"));
    Some(l.t_args(&key, &[("date", l.date(started.on).into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_start_has_words_in_every_language() {
        for l in L10n::all() {
            for kind in ClockKind::ALL {
                assert!(l.has(&format!("clock-{kind}").replace('_', "-")), "{kind}");
            }
            if l != l.for_staff() {
                continue;
            }
            for phase in [
                Phase::Runs,
                Phase::Late,
                Phase::Waits,
                Phase::Met,
                Phase::MetLate,
            ] {
                for kind in ["refund", "remedy", "delivery", "acknowledgement"] {
                    let key = format!("clock-{kind}-{}-house", phase.as_str()).replace('_', "-");
                    assert!(l.has(&key), "{key}");
                }
            }
        }
    }
}
