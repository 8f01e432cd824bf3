//! A decision in plain words: the verdict per item with its reasons, the quote figure by figure
//! with a "why" for each, and the days that count.

use crate::rights;
use kernel::{Basis, Reason, ReasonCode};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Definition, Tone, badge, card, card_with, definitions},
};
use returns::{Clocks, Decision, LineDecision, Quote, Revision, SalesOrder, Verdict};
use surface::quote::{Panel, Reader};

/// Who pays the way back, as a sentence.
pub fn way_back(l: L10n, decision: &Decision) -> String {
    let codes = [
        ReasonCode::ReturnCostCustomer,
        ReasonCode::ReturnCostMerchant,
    ];
    let reason = decision
        .quote
        .reasons
        .iter()
        .find(|r| codes.contains(&r.code));
    reason.map(|r| l.reason(r)).unwrap_or_default()
}

/// The items with what is decided for each, and why. What is said of every item is said once,
/// after them.
pub fn items(l: L10n, order: &SalesOrder, decision: &Decision) -> Markup {
    let lines: Vec<Vec<Said>> = decision
        .lines
        .iter()
        .map(|line| said(l, &shown(line)))
        .collect();
    let everywhere =
        |sentence: &&Said| lines.len() > 1 && lines.iter().all(|own| own.contains(sentence));
    let shared: Vec<Said> = lines
        .first()
        .into_iter()
        .flatten()
        .filter(everywhere)
        .cloned()
        .collect();
    html! {
        @for (line, own) in decision.lines.iter().zip(&lines) {
            (item(l, order, line, own.iter().filter(|sentence| !shared.contains(sentence))))
        }
        @if !shared.is_empty() {
            (card(&l.t("portal-all-items"), &listed(shared.iter())))
        }
    }
}

fn item<'a>(
    l: L10n,
    order: &SalesOrder,
    line: &LineDecision,
    why: impl Iterator<Item = &'a Said>,
) -> Markup {
    let title = order.line(line.line).map_or("", |sold| &sold.title);
    let (tone, key) = match verdict(line.verdict) {
        (tone, "portal-verdict-keep") if line.terms.donate => (tone, "portal-verdict-donate"),
        other => other,
    };
    let heading = if line.units > 1 {
        format!("{} × {title}", line.units)
    } else {
        title.to_owned()
    };
    card_with(&heading, Some(&badge(tone, &l.t(key))), &listed(why))
}

/// The reasons worth saying: what the policy would still ask for is no news once the law has
/// decided without it.
fn shown(line: &LineDecision) -> Vec<Reason> {
    let settled = line.verdict.is_authorised();
    let moot = |r: &&Reason| settled && r.code == ReasonCode::EvidenceMissing;
    line.reasons.iter().filter(|r| !moot(r)).cloned().collect()
}

/// A reason in words, and the citation it rests on.
type Said = (String, Option<String>);

fn said(l: L10n, reasons: &[Reason]) -> Vec<Said> {
    let citation = |reason: &Reason| match &reason.basis {
        // A rule of the packs that states no floor is no statute: it is not cited to shoppers.
        Basis::Law { citation, rule } if citation != rule => Some(citation.to_string()),
        _ => None,
    };
    let mut said: Vec<Said> = Vec::new();
    for pair in reasons.iter().map(|r| (l.reason(r), citation(r))) {
        if !said.contains(&pair) {
            said.push(pair);
        }
    }
    said
}

/// Reasons as a list, each with what it rests on.
fn listed<'a>(said: impl Iterator<Item = &'a Said>) -> Markup {
    html! {
        ul.plain-list {
            @for (sentence, citation) in said {
                li {
                    (sentence)
                    @if let Some(citation) = citation { " " span.hint { (citation) } }
                }
            }
        }
    }
}

/// How a verdict looks and reads.
pub const fn verdict(verdict: Verdict) -> (Tone, &'static str) {
    match verdict {
        Verdict::Authorise => (Tone::Good, "portal-verdict-authorise"),
        Verdict::AuthoriseReturnless => (Tone::Good, "portal-verdict-keep"),
        Verdict::Review => (Tone::Accent, "portal-verdict-review"),
        Verdict::NeedsInfo { .. } => (Tone::Warn, "portal-verdict-info"),
        Verdict::Decline => (Tone::Bad, "portal-verdict-decline"),
    }
}

/// What the customer gets now, with what changed since they saw it.
pub fn figures(l: L10n, order: &SalesOrder, quote: &Quote, revisions: &[Revision]) -> Markup {
    let panel = Panel::revised(l, order, quote, revisions);
    card(&l.t("portal-quote-title"), &panel.body(l, Reader::Customer))
}

/// The days that count.
pub fn clocks(l: L10n, clocks: &Clocks) -> Markup {
    let all = [
        ("portal-clock-send", clocks.authorise_expires),
        ("portal-clock-refund", clocks.refund_due),
        ("portal-clock-promised", clocks.refund_promised),
        ("portal-clock-window", clocks.window_until),
        ("portal-clock-withdrawal", clocks.withdrawal_until),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .filter_map(|(key, day)| Some(Definition::new(l.t(key), rights::long_date(l, day?))))
        .collect();
    html! {
        @if !rows.is_empty() { (card(&l.t("portal-clocks-title"), &definitions(&rows))) }
    }
}

/// The earliest of each clock over the lines of a decision.
pub fn earliest(decision: &Decision) -> Clocks {
    let min = |pick: fn(&Clocks) -> Option<kernel::Date>| {
        let lines = decision
            .lines
            .iter()
            .filter(|l| l.verdict != Verdict::Decline);
        lines.filter_map(|l| pick(&l.clocks)).min()
    };
    Clocks {
        window_until: min(|c| c.window_until),
        withdrawal_until: min(|c| c.withdrawal_until),
        refund_due: min(|c| c.refund_due),
        refund_promised: min(|c| c.refund_promised),
        authorise_expires: min(|c| c.authorise_expires),
    }
}
