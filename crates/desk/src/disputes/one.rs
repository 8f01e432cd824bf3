//! One dispute: what is disputed, the order and the money it is about, what evidence is here and
//! what is missing, the pack, the answer, what happened.

use super::{Which, due, state_pill};
use crate::{form::Form, frame::Desk, words};
use app::disputes::{DisputePage, PackFacts, RefundFact, Stage};
use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Actor, ClientId, DisputeId, Permission};
use maud::{Markup, Render as _, html};
use redress_http::{
    Ids, Problem,
    ui::{
        self, Action, Choice, Column, Crumb, Definition, Event, Field, Icon, Note, Row, Select,
        Table, Tone, Weight, bdi, breadcrumbs, card, checkbox, csrf_field, definitions,
        form_actions, pill, timeline,
    },
};
use returns::{
    ObligationState,
    dispute::{Delivery, Dispute, DisputeWhat, SentEvidence, State},
};
use std::collections::HashMap;
use surface::{Failure, dispute_word};

/// What was typed into a form that was refused.
#[derive(Default)]
pub struct Typed {
    pub form: Form,
    pub problem: Option<Problem>,
}

/// `GET /disputes/{client}/{dispute}`
pub async fn page(
    desk: Desk,
    Ids(client, id): Ids<ClientId, DisputeId>,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    show(&desk, client, id, which.done.as_deref(), &Typed::default()).await
}

/// `GET /disputes/{client}/{dispute}/pack/{sha256}.pdf`
pub async fn pack(
    desk: Desk,
    Path((client, id, file)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let id: DisputeId = id.parse().map_err(|_| missing())?;
    let sha256 = file.strip_suffix(".pdf").ok_or_else(missing)?;
    let pack = desk
        .app
        .dispute_pack(desk.scope(), client, id, sha256)
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{id}.pdf\""),
        ),
    ];
    Ok((headers, pack.bytes).into_response())
}

pub async fn show(
    desk: &Desk,
    client: ClientId,
    id: DisputeId,
    done: Option<&str>,
    typed: &Typed,
) -> Result<Response, Failure> {
    let l = desk.l();
    let found = desk.app.dispute_page(desk.scope(), client, id).await?;
    let names = desk.app.user_names().await?;
    let d = &found.dispute;
    let title = l.t_args("dispute-named", &[("name", (*d.reference).into())]);
    let body = html! {
        (breadcrumbs(l, &[Crumb { label: l.t("dispute-title"), href: "/disputes".into() }]))
        div.page-head {
            div {
                h1 { (title) }
                p.lede { (dispute_word(l, "state-is", d.state().as_str())) }
            }
        }
        div.stack {
            @if let Some(problem) = &typed.problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            p.muted { (desk.client_name(client.0)) " · " (state_pill(desk, d.state())) }
            (card(&l.t("dispute-facts"), &facts(desk, d)))
            @if let Some(facts) = &found.facts {
                (card(&l.t("dispute-about"), &about(desk, client, facts)))
                (card(&l.t("dispute-refunds"), &refunds(desk, client, facts)))
                (card(&l.t("dispute-checklist"), &checklist(desk, facts)))
            } @else {
                (Note::new(Tone::Warn, l.t("dispute-unmatched")).body(html! { p { (l.t("dispute-unmatched-why")) } }))
            }
            @if desk.has(Permission::MoneyOperate) { (acts(desk, client, &found, typed)) }
            (card(&l.t("dispute-history"), &history(desk, &found, &names)))
        }
    };
    let mut page = desk.page(title, "/money", false, body).await?;
    if let Some((tone, words)) = desk.done(done) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(problem) = &typed.problem {
        *answer.status_mut() = problem.status;
    }
    Ok(answer)
}

fn facts(desk: &Desk, d: &Dispute) -> Markup {
    let l = desk.l();
    let zone = desk.zone(None);
    let mut rows = vec![
        Definition::new(
            l.t("dispute-provider"),
            dispute_word(l, "provider", &d.provider),
        ),
        Definition::new(
            l.t("dispute-reason"),
            html! {
                (dispute_word(l, "category", d.category().as_str()))
                @if !d.reason().is_empty() { " " span.mono.muted { (bdi(d.reason())) } }
            },
        ),
        Definition::new(
            l.t("dispute-scheme"),
            dispute_word(l, "scheme", d.scheme().as_str()),
        ),
        Definition::new(
            l.t("dispute-stage"),
            dispute_word(l, "stage", d.stage().as_str()),
        ),
    ];
    if let Some(amount) = d.amount() {
        let money = words::stored_money(l, amount.minor, amount.currency.code());
        rows.push(Definition::new(l.t("dispute-amount"), money).strong());
    }
    rows.push(Definition::new(
        l.t("dispute-due"),
        html! {
            (due(desk, d.state(), d.due_at()))
            @if let Some(at) = d.due_at() { " " span.muted.nowrap { (ui::date_time(l, at, &zone)) } }
        },
    ));
    if !d.payments.is_empty() {
        let payments = d.payments.join(", ");
        rows.push(Definition::new(
            l.t("dispute-payments"),
            html! { span.mono { (bdi(&payments)) } },
        ));
    }
    if let Some(taken) = d.is_taken() {
        let key = if taken {
            "dispute-taken"
        } else {
            "dispute-given-back"
        };
        rows.push(Definition::new(l.t("dispute-money"), l.t(key)));
    }
    definitions(&rows)
}

fn about(desk: &Desk, client: ClientId, facts: &PackFacts) -> Markup {
    let l = desk.l();
    let (order, d) = (&facts.order, &facts.dispute);
    let money = |minor| words::stored_money(l, minor, order.currency.code());
    let lines = d.link.as_ref().map_or(&[][..], |l| &l.lines);
    let named = |line: &u16| order.line(*line).map_or("", |l| &l.title);
    let lines: Vec<&str> = lines.iter().map(named).collect();
    let rows = [
        Definition::new(
            l.t("dispute-order"),
            html! { a href={ "/orders/" (client) "/" (order.id) } { (bdi(&order.number)) } },
        ),
        Definition::new(l.t("dispute-paid"), money(order.captured_minor)),
        Definition::new(
            l.t("dispute-lines"),
            if lines.is_empty() {
                l.t("dispute-whole-payment")
            } else {
                lines.join(", ")
            },
        ),
        Definition::new(l.t("dispute-lost-money"), money(d.lost_minor)),
        Definition::new(
            l.t("dispute-returns"),
            html! {
                @if facts.cases.is_empty() { (l.t("dispute-no-returns")) }
                @for (i, file) in facts.cases.iter().enumerate() {
                    @if i > 0 { ", " }
                    a.mono href={ "/desk/" (client) "/" (file.case.id) } { (file.case.rma) }
                }
            },
        ),
    ];
    definitions(&rows)
}

fn refunds(desk: &Desk, client: ClientId, facts: &PackFacts) -> Markup {
    let l = desk.l();
    let currency = facts.order.currency.code();
    let all: Vec<_> = facts
        .cases
        .iter()
        .flat_map(|c| c.refunds.iter().map(move |r| (c, r)))
        .collect();
    if all.is_empty() {
        return html! { p.muted { (l.t("dispute-no-refunds")) } };
    }
    let paid = |r: &RefundFact| r.state == ObligationState::Settled && r.is_money;
    let columns = vec![
        Column::text(l.t("dispute-return")),
        Column::text(l.t("dispute-state")),
        Column::text(l.t("dispute-credit-note")).wide_only(),
        Column::text(l.t("dispute-refund-reference")).wide_only(),
        Column::figure(l.t("dispute-amount")),
    ];
    let rows = all.iter().map(|(c, r)| {
        Row::new(vec![
            html! { span.mono { (c.case.rma) } },
            html! { (words::code(l, "state", &words::name_of(&r.state))) },
            html! { (r.document.as_ref().map_or("", |d| &d.0)) },
            html! { span.mono.small { (bdi(&r.reference)) } },
            words::stored_money(l, r.minor, currency),
        ])
        .href(format!("/desk/{client}/{}", c.case.id))
    });
    let amount = l.money(kernel::Money::new(
        facts.refunded_minor(),
        facts.order.currency,
    ));
    html! {
        @if all.iter().any(|(_, r)| paid(r)) {
            (Note::new(Tone::Accent, l.t_args("dispute-already-refunded", &[("amount", amount.into())])))
        }
        (Table::new(l.t("dispute-refunds"), columns, rows.collect()))
    }
}

fn checklist(desk: &Desk, facts: &PackFacts) -> Markup {
    let l = desk.l();
    html! {
        p.muted { (l.t("dispute-checklist-lede")) }
        ul.plain-list {
            @for check in &facts.checks {
                li {
                    @if check.here { (pill(Tone::Good, &l.t("dispute-here"))) }
                    @else if check.needed { (pill(Tone::Bad, &l.t("dispute-missing"))) }
                    @else { (pill(Tone::Neutral, &l.t("dispute-would-help"))) }
                    " " (surface::evidence_word(l, check.evidence))
                }
            }
        }
    }
}

fn acts(desk: &Desk, client: ClientId, found: &DisputePage, typed: &Typed) -> Markup {
    let l = desk.l();
    let d = &found.dispute;
    let base = format!("/disputes/{client}/{}", d.id);
    let form = |act: &str, inner: Markup| {
        html! {
            form.stack method="post" action={ (base) "/" (act) } {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="version" value=(d.version);
                (inner)
            }
        }
    };
    let note = |act: &str| {
        Field::new("note", l.t(&format!("dispute-note-{act}")))
            .max(1_000)
            .value(typed.form.get("note"))
            .required()
    };
    let button = |act: &str, weight, which| {
        let label = dispute_word(l, "do", act);
        form_actions(&[Action::submit(label).weight(weight).icon(which)])
    };
    let noted =
        |act: &str, weight, which| form(act, html! { (note(act)) (button(act, weight, which)) });
    let langs = ["en", "de"].map(|tag| Choice::new(tag, dispute_word(l, "lang", tag)));
    let stages = [
        Stage::NeedsResponse,
        Stage::UnderReview,
        Stage::Won,
        Stage::Lost,
        Stage::Reversed,
        Stage::InquiryClosed,
    ]
    .map(|s| Choice::new(s.as_str(), dispute_word(l, "stage", s.as_str())));
    html! {
        @if d.link.is_some() {
            (card(&l.t("dispute-pack"), &html! {
                div.stack {
                    @if let Some(pack) = &d.pack {
                        p {
                            a href={ (base) "/pack/" (pack.sha256) ".pdf" } { (l.t("dispute-pack-open")) }
                            " " span.muted { (l.ago(pack.at, desk.now)) }
                        }
                        p.muted.small.mono { "SHA-256 " (pack.sha256) }
                    } @else { p.muted { (l.t("dispute-pack-none")) } }
                    (form("pack", html! {
                        (Select::new("lang", l.t("dispute-pack-lang"), langs.to_vec()).value(l.lang().as_str()))
                        (button("pack", Weight::Secondary, Icon::File))
                    }))
                }
            }))
        }
        @if let Some(own) = &d.evidence { (delivery(desk, d, own)) }
        @if let Some(pack) = d.pack.as_ref().filter(|_| can_send(desk, client, d)) {
            (card(&l.t("dispute-send"), &form("send", html! {
                p { (l.t_args("dispute-send-lede", &[("provider", (&*d.provider).into()), ("number", (&*d.reference).into())])) }
                p {
                    a href={ (base) "/pack/" (pack.sha256) ".pdf" } { (l.t("dispute-pack-open")) }
                    " " span.muted { (l.ago(pack.at, desk.now)) }
                }
                input type="hidden" name="sha256" value=(pack.sha256);
                (note("send"))
                (checkbox("seen", &l.t("dispute-send-seen"), "yes", false, Some(&l.t("dispute-send-seen-hint"))))
                (button("send", Weight::Primary, Icon::Send))
            })))
        }
        @if d.state().waits() {
            (card(&l.t("dispute-answer"), &html! {
                div.stack {
                    @if d.contested.is_none() { (noted("contest", Weight::Primary, Icon::Shield)) }
                    (noted("submit", if d.contested.is_some() { Weight::Primary } else { Weight::Secondary }, Icon::Check))
                    @if d.state() == State::NeedsResponse { (noted("accept", Weight::Secondary, Icon::Banknote)) }
                }
            }))
        }
        (card(&l.t("dispute-link"), &link(desk, found, &form, typed)))
        (card(&l.t("dispute-outcome"), &form("outcome", html! {
            (Select::new("stage", l.t("dispute-stage"), stages.to_vec()).value(typed.form.get("stage")))
            (note("outcome"))
            (button("outcome", Weight::Secondary, Icon::Gavel))
        })))
    }
}

/// Whether the answer can go through the provider's interface now.
fn can_send(desk: &Desk, client: ClientId, d: &Dispute) -> bool {
    let under_way = d.evidence.as_ref().is_some_and(SentEvidence::is_open);
    d.state().waits() && !under_way && desk.app.takes_evidence(client, d)
}

/// How far an answer is that goes through the provider's interface.
fn delivery(desk: &Desk, d: &Dispute, own: &SentEvidence) -> Markup {
    let l = desk.l();
    let (tone, name) = match own.delivery {
        Delivery::Asked => (Tone::Accent, "asked"),
        Delivery::Sent => (Tone::Warn, "sent"),
        Delivery::Refused => (Tone::Bad, "refused"),
        Delivery::Taken => (Tone::Good, "taken"),
    };
    let provider = [("provider", (&*d.provider).into())];
    Note::new(
        tone,
        l.t_args(&format!("dispute-delivery-{name}"), &provider),
    )
    .body(html! {
        p { (bdi(&own.note)) " " span.muted { (l.ago(own.at, desk.now)) } }
        @if let Some(code) = &own.code { p.mono.small { (code) } }
    })
    .render()
}

fn link(
    desk: &Desk,
    found: &DisputePage,
    form: &dyn Fn(&str, Markup) -> Markup,
    typed: &Typed,
) -> Markup {
    let l = desk.l();
    let d = &found.dispute;
    let linked = d.link.as_ref();
    let number = match (typed.form.get("order"), &found.facts) {
        ("", Some(facts)) => facts.order.number.to_string(),
        ("", None) => d.order_number.to_string(),
        (typed, _) => typed.to_owned(),
    };
    form(
        "link",
        html! {
            (Field::new("order", l.t("dispute-order")).value(number).hint(l.t("dispute-link-hint")).required())
            @if let Some(facts) = &found.facts {
                fieldset {
                    legend { (l.t("dispute-lines")) }
                    @for (i, line) in facts.order.lines.iter().enumerate() {
                        @let on = linked.is_some_and(|l| l.lines.iter().any(|n| usize::from(*n) == i));
                        (checkbox("line", &line.title, &i.to_string(), on, None))
                    }
                }
                @if facts.cases.len() > 1 || linked.is_some_and(|l| l.case.is_some()) {
                    @let any = std::iter::once(Choice::new("", l.t("dispute-any-return")));
                    @let cases = facts.cases.iter().map(|c| Choice::new(c.case.id.to_string(), c.case.rma.to_string()));
                    @let chosen = linked.and_then(|l| l.case).map_or_else(String::new, |c| c.to_string());
                    (Select::new("case", l.t("dispute-return"), any.chain(cases).collect()).value(chosen))
                }
            }
            (form_actions(&[Action::submit(dispute_word(l, "do", "link")).weight(Weight::Secondary).icon(Icon::Check)]))
        },
    )
}

fn history(desk: &Desk, found: &DisputePage, names: &HashMap<kernel::UserId, String>) -> Markup {
    let l = desk.l();
    let zone = desk.zone(Some(&found.client));
    let events: Vec<Event> = found
        .events
        .iter()
        .rev()
        .map(|e| {
            let (which, tone) = match &e.what {
                DisputeWhat::DisputeHeard { .. } => (Icon::AlertCircle, Tone::Accent),
                DisputeWhat::DisputeReminded { .. } => (Icon::Clock, Tone::Warn),
                DisputeWhat::DisputeCounted { .. } => (Icon::Banknote, Tone::Bad),
                _ => (Icon::User, Tone::Neutral),
            };
            let title = match &e.what {
                DisputeWhat::DisputeHeard { news, .. } => {
                    let stage = dispute_word(l, "stage", news.stage.as_str());
                    l.t_args("dispute-event-heard", &[("stage", stage.into())])
                }
                DisputeWhat::DisputeAnswered { contest: false, .. } => l.t("dispute-told-accepted"),
                what => dispute_word(l, "told", what.name()),
            };
            let event = Event::new(which, tone, title, ui::date_time(l, e.at, &zone));
            let who = match e.by {
                Actor::User { id } => names.get(&id),
                _ => None,
            };
            let event = match who {
                Some(name) => event.by(name),
                None => event,
            };
            let words = match &e.what {
                DisputeWhat::DisputeHeard { news, .. } => &news.step,
                DisputeWhat::DisputeAnswered { note, .. }
                | DisputeWhat::DisputeEvidenceAsked { note, .. }
                | DisputeWhat::DisputeSubmitted { note, .. } => note,
                _ => return event,
            };
            event.body(html! { (bdi(words)) })
        })
        .collect();
    timeline(&events)
}
