//! Codes of the domain in words, and the colour each stands in. Keys are `desk-<set>-<code>`.

use app::views::CaseHead;
use kernel::{Basis, Currency, Money, Reason, Timestamp};
use maud::{Markup, html};
use policy::{ClauseText, Policy, ReturnReason};
use redress_http::{
    L10n,
    ui::{self, Icon, Tone, icon, pill},
};
use returns::{ObligationState, SalesOrder, Status, Verdict};
use serde::Serialize;

/// The words of a code: message `desk-<set>-<code>`, or the code when this build has no words.
pub fn code(l: L10n, set: &str, code: &str) -> String {
    let key = format!("desk-{set}-{}", code.replace(['_', '.'], "-"));
    if l.has(&key) {
        l.t(&key)
    } else {
        code.to_owned()
    }
}

/// Why something comes back: in the client's own words where those were asked, with the code all
/// clients share behind them.
pub fn why(l: L10n, policy: &Policy, own: Option<&str>, reason: ReturnReason) -> String {
    let shared = code(l, "reason", reason.as_str());
    match own.and_then(|path| policy.own_reason_text(path, l.lang())) {
        Some(own) => format!("{own} ({shared})"),
        None => shared,
    }
}

/// The written form of a plain enum value.
pub fn name_of<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The colour of a status.
pub const fn status_tone(status: Status) -> Tone {
    match status {
        Status::Submitted
        | Status::InReview
        | Status::Reopened
        | Status::Decided
        | Status::Settling
        | Status::Arrived
        | Status::Inspecting => Tone::Accent,
        Status::NeedsInfo | Status::OnHold | Status::Appealed => Tone::Warn,
        Status::Disputed => Tone::Bad,
        Status::Settled => Tone::Good,
        _ => Tone::Neutral,
    }
}

/// A status as a pill.
pub fn status(l: L10n, status: Status) -> Markup {
    pill(status_tone(status), &code(l, "status", status.as_str()))
}

/// A stored status as a pill.
pub fn stored_status(l: L10n, text: &str) -> Markup {
    match Status::parse(text) {
        Some(s) => status(l, s),
        None => pill(Tone::Neutral, text),
    }
}

/// The colour of a payment state.
pub const fn obligation_tone(state: ObligationState) -> Tone {
    match state {
        ObligationState::Settled => Tone::Good,
        ObligationState::Failed | ObligationState::Returned => Tone::Bad,
        ObligationState::Unknown => Tone::Warn,
        ObligationState::Canceled => Tone::Neutral,
        ObligationState::Requested | ObligationState::Sent | ObligationState::Pending => {
            Tone::Accent
        }
    }
}

/// A verdict: its word, colour and sign.
pub fn verdict(l: L10n, verdict: Verdict) -> (String, Tone, Icon) {
    let (name, tone, which) = match verdict {
        Verdict::Authorise => ("authorise", Tone::Good, Icon::CheckCircle),
        Verdict::AuthoriseReturnless => ("keep", Tone::Good, Icon::CheckCircle),
        Verdict::Review => ("review", Tone::Accent, Icon::Eye),
        Verdict::NeedsInfo { .. } => ("info", Tone::Warn, Icon::Help),
        Verdict::Decline => ("decline", Tone::Bad, Icon::XCircle),
    };
    (code(l, "verdict", name), tone, which)
}

/// What a reason rests on, as a line under it: the citation or the clause.
pub fn basis(l: L10n, reason: &Reason) -> String {
    match &reason.basis {
        Basis::Law { citation, .. } => {
            l.t_args("desk-basis-law", &[("citation", (&**citation).into())])
        }
        Basis::Policy { clause } => {
            l.t_args("desk-basis-policy", &[("clause", (&**clause).into())])
        }
        Basis::Order => l.t("desk-basis-order"),
        Basis::Arithmetic { rule } => {
            l.t_args("desk-basis-arithmetic", &[("rule", (&**rule).into())])
        }
        Basis::Person => l.t("desk-basis-person"),
    }
}

/// A clause of a policy as a sentence, if it has one.
fn clause(l: L10n, clauses: &[ClauseText], basis: &Basis) -> Option<String> {
    let Basis::Policy { clause } = basis else {
        return None;
    };
    let text = clauses.iter().find(|c| c.id == **clause)?;
    Some(surface::clause_words(l, text))
}

/// Reasons as a list, each with what it rests on: the citation, or the clause in plain words.
pub fn reasons<'a>(l: L10n, policy: &Policy, list: impl IntoIterator<Item = &'a Reason>) -> Markup {
    let clauses = policy::describe(policy);
    html! {
        ul.reasons {
            @for reason in list {
                li {
                    (icon(match reason.basis {
                        Basis::Law { .. } => Icon::Scale,
                        Basis::Policy { .. } => Icon::Book,
                        Basis::Person => Icon::User,
                        Basis::Order | Basis::Arithmetic { .. } => Icon::Info,
                    }))
                    span { (l.reason(reason)) }
                    @if let Some(words) = clause(l, &clauses, &reason.basis) { span.clause { "“" (words) "”" } }
                    span.reason-basis { (basis(l, reason)) }
                }
            }
        }
    }
}

/// Stored minor units as an amount; a currency this build does not know shows as a plain figure.
pub fn stored_money(l: L10n, minor: i64, currency: &str) -> Markup {
    html! {
        @if let Ok(known) = currency.parse::<Currency>() { (ui::money(l, Money::new(minor, known))) }
        @else { (l.number(minor)) " " (currency) }
    }
}

/// The title of an order line.
pub fn item(order: &SalesOrder, line: u16) -> String {
    order
        .line(line)
        .map_or_else(|| format!("#{line}"), |l| l.title.to_string())
}

/// Stored milliseconds as a moment.
pub fn moment(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The address of a case.
pub fn case_href(head: &CaseHead) -> String {
    format!("/desk/{}/{}", head.client_id, kernel::CaseId(head.case_id))
}
