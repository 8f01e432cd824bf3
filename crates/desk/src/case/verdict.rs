//! The verdict card: per line what the rule says, why with clause and citation, what may be
//! offered, and which clocks run.

use super::Shown;
use crate::words;
use maud::{Markup, html};
use policy::{EvidenceDemand, Payer};
use redress_http::{
    L10n,
    ui::{self, Definition, Icon, Note, Tone, badge, bdi, definitions, icon},
};
use returns::{Clocks, LawBasis, LineDecision, Verdict};

/// One card per decided line; a note while nothing was decided.
pub fn cards(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let Some(decision) = &shown.page.case.decision else {
        return html! {
            (Note::new(Tone::Accent, l.t("desk-no-verdict"))
                .body(html! { p { (l.t("desk-no-verdict-why")) } }))
        };
    };
    html! {
        @for d in &decision.lines { (line(shown, d)) }
        @if let Some(basis) = &decision.basis { (law_basis(l, basis)) }
    }
}

/// The versions of the law and of the holiday tables the decision was made with.
fn law_basis(l: L10n, basis: &LawBasis) -> Markup {
    let short = |v: &str| v.get(..12).unwrap_or(v).to_owned();
    html! {
        p.muted.small {
            (l.t("desk-law-version")) " " code title=(basis.law) { (short(&basis.law)) }
            @if let Some(tables) = &basis.holidays {
                " · " (l.t("desk-holidays-version")) " " code { (tables) }
            }
        }
    }
}

fn line(shown: &Shown<'_>, d: &LineDecision) -> Markup {
    let l = shown.desk.l();
    let (word, tone, which) = decided(shown, d).unwrap_or_else(|| words::verdict(l, d.verdict));
    let policy = l.t_args(
        "desk-policy-version",
        &[
            ("name", shown.page.policy.source().name.as_str().into()),
            ("hash", shown.page.case.policy.short().into()),
        ],
    );
    html! {
        div class={ "verdict " (tone.class()) } {
            (icon(which))
            div {
                p.verdict-word { (word) }
                p.verdict-why {
                    (l.number(d.units.into())) " × " (bdi(&words::item(&shown.page.order, d.line)))
                }
            }
        }
        (ui::card(&l.t("desk-why"), &html! {
            div.stack {
                (words::reasons(l, &shown.page.policy, &d.reasons))
                @if let Verdict::NeedsInfo { missing } = d.verdict {
                    (Note::new(Tone::Warn, missing_words(l, missing)))
                }
                @if !d.offered.is_empty() {
                    p.cluster {
                        span.muted { (l.t("desk-offer")) }
                        @for o in &d.offered { (badge(Tone::Accent, &words::code(l, "outcome", o.as_str()))) }
                    }
                }
                (terms(l, d))
                p.muted.small { (policy) }
            }
        }))
    }
}

/// What a person made of a line the rule left to them, once nothing of it is open.
fn decided(shown: &Shown<'_>, d: &LineDecision) -> Option<(String, Tone, Icon)> {
    let q = shown.page.case.line(d.line)?.quantities;
    let left_open = matches!(d.verdict, Verdict::Review | Verdict::Decline);
    if !left_open || q.undecided() > 0 {
        return None;
    }
    let l = shown.desk.l();
    match (d.verdict, q.authorised, q.declined) {
        (_, 1.., _) => Some((
            words::code(l, "verdict", "was-let"),
            Tone::Good,
            Icon::CheckCircle,
        )),
        (Verdict::Review, 0, 1..) => Some((
            words::code(l, "verdict", "was-declined"),
            Tone::Bad,
            Icon::XCircle,
        )),
        _ => None,
    }
}

fn terms(l: L10n, d: &LineDecision) -> Markup {
    let mut facts = clocks(l, &d.clocks);
    let payer = match d.terms.label_paid_by {
        Payer::Merchant => "merchant",
        Payer::Customer => "customer",
    };
    facts.push(Definition::new(
        l.t("desk-way-back"),
        words::code(l, "payer", payer),
    ));
    let control = words::code(l, "control", d.terms.refund_control.as_str());
    facts.push(Definition::new(l.t("desk-money-goes"), control));
    if d.terms.statutory {
        facts.push(Definition::new(l.t("desk-statutory"), l.t("desk-yes")));
    }
    definitions(&facts)
}

/// The periods that run, each with its last day.
fn clocks(l: L10n, clocks: &Clocks) -> Vec<Definition> {
    [
        ("desk-clock-window", clocks.window_until),
        ("desk-clock-withdrawal", clocks.withdrawal_until),
        ("desk-clock-send", clocks.authorise_expires),
        ("desk-clock-refund", clocks.refund_due),
    ]
    .into_iter()
    .filter_map(|(key, day)| Some(Definition::new(l.t(key), ui::date(l, day?))))
    .collect()
}

/// What is missing, in words.
fn missing_words(l: L10n, missing: EvidenceDemand) -> String {
    let mut parts = Vec::new();
    if missing.photos > 0 {
        parts.push(l.t_args("desk-missing-photos", &[("n", missing.photos.into())]));
    }
    if missing.note {
        parts.push(l.t("desk-missing-words"));
    }
    if missing.serial {
        parts.push(l.t("desk-missing-serial"));
    }
    l.t_args("desk-missing", &[("what", parts.join(", ").into())])
}
