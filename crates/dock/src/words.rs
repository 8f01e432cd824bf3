//! Words and states of the dock: what a return says at the bench.

use kernel::Timestamp;
use logistics::ChecklistQuestion;
use policy::Grade;
use redress_http::{L10n, ui::Tone};
use returns::{Disposition, ReturnCase, Status};

/// Hours and minutes, UTC.
pub fn clock(at: Timestamp) -> String {
    at.strftime("%H:%M").to_string()
}

/// A code as part of a message key.
fn part(code: &str) -> String {
    code.replace('_', "-")
}

/// A grade in words.
pub fn grade(l: L10n, grade: Grade) -> String {
    l.t(&format!("dock-grade-{grade}"))
}

/// Where the policy wants goods of a kind first, in words.
pub fn route(l: L10n, route: policy::Route) -> String {
    l.t(&format!("dock-route-{route}"))
}

/// Where goods go, in words.
pub fn disposition(l: L10n, to: Disposition) -> String {
    l.t(&format!("dock-to-{}", part(to.as_str())))
}

/// The message key of a question.
pub const fn question(q: ChecklistQuestion) -> &'static str {
    match q {
        ChecklistQuestion::SafeToHandle => "dock-ask-safe",
        ChecklistQuestion::Sealed => "dock-ask-sealed",
        ChecklistQuestion::Works => "dock-ask-works",
        ChecklistQuestion::Repairable => "dock-ask-repairable",
        ChecklistQuestion::Complete => "dock-ask-complete",
        ChecklistQuestion::FreeOfWear => "dock-ask-wear",
    }
}

/// The grade of a checklist as the returns room knows it.
pub const fn grade_of(g: logistics::Grade) -> Grade {
    match g {
        logistics::Grade::A => Grade::A,
        logistics::Grade::B => Grade::B,
        logistics::Grade::C => Grade::C,
        logistics::Grade::D => Grade::D,
        logistics::Grade::E => Grade::E,
    }
}

/// The suggestion of a checklist as the returns room knows it.
pub const fn disposition_of(d: logistics::Disposition) -> Disposition {
    use logistics::Disposition as D;
    match d {
        D::Restock => Disposition::Restock,
        D::OpenBox => Disposition::OpenBox,
        D::Refurbish => Disposition::Refurbish,
        D::Repair => Disposition::Repair,
        D::ReturnToVendor => Disposition::ReturnToVendor,
        D::Liquidate => Disposition::Liquidate,
        D::Donate => Disposition::Donate,
        D::Recycle => Disposition::Recycle,
        D::Destroy => Disposition::Destroy,
        D::Hold => Disposition::Hold,
    }
}

/// What the bench must do with this return: tone, big word, and the sentence under it.
pub fn state(case: &ReturnCase) -> (Tone, &'static str, &'static str) {
    let sum = |f: fn(&returns::Quantities) -> u32| -> u32 {
        case.lines.iter().map(|l| f(&l.quantities)).sum()
    };
    let expected = sum(returns::Quantities::expected);
    let ungraded = sum(returns::Quantities::ungraded);
    let came = sum(|q| q.received);
    let more = sum(|q| q.unexpected) > 0 || !case.strays.is_empty();
    let left = case
        .lines
        .iter()
        .flat_map(|l| &l.lots)
        .any(|lot| lot.undisposed() > 0);
    match case.status() {
        _ if case.closed && !case.cancelled => (Tone::Neutral, "dock-word-done", "dock-do-closed"),
        Status::Closed | Status::Cancelled => (Tone::Bad, "dock-word-stop", "dock-stop-cancelled"),
        Status::OnHold => (Tone::Bad, "dock-word-stop", "dock-stop-hold"),
        _ if expected > 0 && came == 0 => (Tone::Accent, "dock-word-expected", "dock-do-count"),
        _ if ungraded > 0 => (Tone::Good, "dock-word-received", "dock-do-grade"),
        _ if left => (Tone::Good, "dock-word-received", "dock-do-dispose"),
        _ if expected > 0 => (Tone::Accent, "dock-word-part", "dock-do-rest"),
        _ if came > 0 => (Tone::Good, "dock-word-done", "dock-do-next"),
        _ if more => (Tone::Warn, "dock-word-unexpected", "dock-do-wait"),
        _ => (Tone::Warn, "dock-word-unexpected", "dock-do-unexpected"),
    }
}
