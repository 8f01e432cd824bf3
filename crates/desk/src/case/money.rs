//! What is owed and how far each payment is: requested, sent, pending, settled, or what went
//! wrong and what can be done about it.

use super::{Shown, act::offered_for, timeline};
use crate::words;
use kernel::{Permission, Timestamp};
use maud::{Markup, html};
use redress_http::ui::{self, Action, Note, Tone, Weight, actions, pill};
use returns::{Obligation, ObligationState};
use surface::way;

/// The obligations of the case; nothing while nothing is owed.
pub fn card(shown: &Shown<'_>, queue: &str) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    if case.obligations.is_empty() {
        return html! {};
    }
    let open: i64 = case
        .obligations
        .iter()
        .filter(|o| o.state.is_open())
        .map(|o| o.minor)
        .sum();
    let aside = html! {
        @if open > 0 { (pill(Tone::Accent, &l.t_args("desk-owed", &[("amount", shown.said(open).into())]))) }
        @else { (pill(Tone::Good, &l.t("desk-all-paid"))) }
    };
    ui::card_with(
        &l.t("desk-money"),
        Some(&aside),
        &html! {
            div.stack {
                @for o in &case.obligations { (one(shown, o, queue)) }
                @if shown.desk.has(Permission::MoneyRead) {
                    p.small { a href={ "/money/books/" (case.client) "/of/" (case.id) } { (l.t("books-of-this")) } }
                }
            }
        },
    )
}

fn one(shown: &Shown<'_>, o: &Obligation, queue: &str) -> Markup {
    let l = shown.desk.l();
    let row = shown
        .page
        .obligations
        .iter()
        .find(|r| r.obligation_id == o.id.0);
    let state = words::name_of(&o.state);
    let acts: Vec<Action> = offered_for(shown, o)
        .into_iter()
        .map(|act| {
            let to = format!(
                "{}?queue={queue}&do={}&about={}",
                shown.href(),
                act.as_str(),
                o.id
            );
            let label = l.t(&format!("desk-act-{}", act.as_str()));
            Action::link(label, to)
                .icon(act.icon())
                .weight(Weight::Secondary)
        })
        .collect();
    let stuck = matches!(
        o.state,
        ObligationState::Failed | ObligationState::Returned | ObligationState::Unknown
    );
    html! {
        div.owed {
            div.cluster {
                span.strong { (words::code(l, "kind", &words::name_of(&o.kind))) }
                (pill(words::obligation_tone(o.state), &words::code(l, "state", &state)))
                span.push.strong { (shown.money(o.minor)) }
            }
            @if let Some(asked) = shown.page.case.approval(o.grant).filter(|_| o.state == ObligationState::Requested) {
                p {
                    @let state = match &asked.answer { None => "waiting", Some(a) if a.given => "given", Some(_) => "refused" };
                    (pill(Tone::Warn, &words::code(l, "approval-state", state)))
                    " " a href="/approvals" { (l.t("approval-title")) } " " span.mono.small { (asked.hash.short()) }
                }
            }
            (super::payout::beside(shown, o))
            (way(shown, o))
            @if let Some(at) = leaves_at(shown, o) {
                p.small { (l.t_args("desk-leaves-at", &[("time", l.date_time(at, &shown.desk.zone(Some(&shown.page.client))).into())])) }
            }
            p.muted.small {
                @if let Some(row) = row {
                    (words::code(l, "gateway", &row.gateway))
                    @if row.attempts > 0 { " · " (l.t_args("desk-attempts", &[("n", row.attempts.into())])) }
                    " · " (l.ago(words::moment(row.updated_at), shown.desk.now))
                    @if !row.provider_ref.is_empty() && !stuck { " · " span.mono { (row.provider_ref) } }
                }
            }
            @if stuck {
                @let code = row.map(|r| r.detail.as_str()).filter(|d| !d.is_empty()).map(|d| words::code(l, "fault", d));
                (Note::new(words::obligation_tone(o.state), l.t(&format!("desk-stuck-{state}")))
                    .body(html! {
                        @if let Some(code) = code { p { (code) } }
                        p { (l.t(&format!("desk-stuck-{state}-do"))) }
                        @if !shown.desk.has(Permission::MoneyOperate) { p { (l.t("problem-who")) ": " (l.t("role-finance")) } }
                    }))
            }
            @if let Some((_, link)) = shown.page.pay_links.iter().find(|(id, _)| *id == o.id) {
                p.small { (l.t("desk-pay-link")) " " (ui::copy(l, link)) }
            }
            @if !acts.is_empty() { (actions(&acts)) }
        }
    }
}

/// The way of each payment with when and who, as it is printed; nothing while nothing is owed.
pub fn ways(shown: &Shown<'_>) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let live = |o: &&Obligation| o.state != ObligationState::Canceled;
    if !case.obligations.iter().any(|o| live(&o)) {
        return html! {};
    }
    let body = html! {
        div.stack {
            @for o in case.obligations.iter().filter(live) {
                div.owed {
                    div.cluster {
                        span.strong { (words::code(l, "kind", &words::name_of(&o.kind))) }
                        span.push.strong { (shown.money(o.minor)) }
                    }
                    (way(shown, o))
                }
            }
        }
    };
    ui::card(&l.t("way-title"), &body)
}

fn way(shown: &Shown<'_>, o: &Obligation) -> Markup {
    let page = shown.page;
    let zone = shown.desk.zone(Some(&page.client));
    let who = |by| timeline::actor(shown, by);
    let stages = way::stages(&page.case, &page.events, o);
    way::row(shown.desk.l(), &stages, &zone, Some(&who))
}

/// Until when a payment that was decided on can be taken back: then its job hands it over.
fn leaves_at(shown: &Shown<'_>, o: &Obligation) -> Option<Timestamp> {
    if o.state != ObligationState::Requested {
        return None;
    }
    let id = o.id.to_string();
    let job = shown.page.jobs.iter().find(|j| {
        j.kind == "pay" && j.state == "open" && j.attempts == 0 && j.body.contains(&id)
    })?;
    Some(words::moment(job.run_at)).filter(|at| *at > shown.desk.now)
}
