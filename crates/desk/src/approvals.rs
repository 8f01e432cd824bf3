//! Grants that wait for a second person: who asks, what exactly would be paid, why, what has
//! changed since it was asked for; approved or refused here. What may be approved by whom is
//! decided in `returns`.

pub mod payouts;

use crate::{form::Form, frame::Desk, words};
use app::{
    cases::Call,
    limits::{ApprovalRow, Asked},
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, Money, Permission, UserId};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Action, Definition, Field, Icon, Note, Tab, Tone, Weight, bdi, csrf_field,
        definitions, empty, form_actions, pill, tabs,
    },
};
use returns::{Command, PayloadHash};
use serde::Deserialize;
use std::collections::HashMap;
use surface::Failure;

/// The states in the order of worry.
const STATES: &[&str] = &["waiting", "given", "refused"];
/// Approvals shown.
const ROWS: i64 = 50;

/// `?state=given`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    state: Option<String>,
    done: Option<String>,
}

/// An answer that was not taken: which approval it was for, what was typed, and why.
pub struct Refused {
    about: (CaseId, u16),
    /// The account or obligation, if it was about one.
    subject: Option<uuid::Uuid>,
    note: String,
    problem: Problem,
}

/// `GET /approvals`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    show(&desk, &which, None).await
}

async fn show(desk: &Desk, which: &Which, refused: Option<&Refused>) -> Result<Response, Failure> {
    let l = desk.l();
    let wanted = which.state.as_deref();
    let state = STATES.iter().copied().find(|s| Some(*s) == wanted);
    let state = state.unwrap_or(STATES[0]);
    let mut rows = desk.app.approvals(desk.scope(), state, ROWS).await?;
    if state == "refused" {
        rows.extend(desk.app.approvals(desk.scope(), "lapsed", ROWS).await?);
    }
    let names = desk.app.user_names().await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in &rows {
        let (client, case) = (ClientId(row.client_id), CaseId(row.case_id));
        let grant = u16::try_from(row.grant_no).unwrap_or(u16::MAX);
        let asked = desk.app.approval(desk.scope(), client, case, grant).await?;
        cards.push(card(desk, row, &asked, &names, refused));
    }
    for state in payouts::states_of(state) {
        for asked in desk.app.payout_asks(desk.scope(), state, ROWS).await? {
            cards.push(payouts::card(desk, &asked, &names, refused));
        }
    }
    let list: Vec<Tab> = STATES
        .iter()
        .map(|s| Tab {
            label: words::code(l, "approval-state", s),
            href: format!("/approvals?state={s}"),
            count: None,
            current: *s == state,
        })
        .collect();
    let live = format!("/approvals?state={state}");
    let body = html! {
        div.page-head { div { h1 { (l.t("approval-title")) } p.lede { (l.t("approval-lede")) } } }
        div.stack {
            (tabs(l, &l.t("approval-title"), &list))
            div.stack #approvals data-live=[refused.is_none().then_some("queue")] hx-get=(live)
                hx-select="#approvals" hx-trigger="live" hx-swap="outerMorph"
                hx-nonce=(desk.view.nonce) {
                @if cards.is_empty() { (empty(Icon::CheckCircle, &l.t("approval-none"), &l.t("approval-none-why"), None)) }
                @for card in &cards { (card) }
            }
        }
    };
    let mut page = desk
        .page(l.t("approval-title"), "/approvals", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(refused) = refused {
        *answer.status_mut() = refused.problem.status;
    }
    Ok(answer)
}

fn card(
    desk: &Desk,
    row: &ApprovalRow,
    asked: &Asked,
    names: &HashMap<UserId, String>,
    refused: Option<&Refused>,
) -> Markup {
    let l = desk.l();
    let who = |id: Option<UserId>| {
        let name = id.and_then(|id| names.get(&id).cloned());
        name.unwrap_or_else(|| l.t("desk-actor-user"))
    };
    let href = format!("/desk/{}/{}", row.client_id, CaseId(row.case_id));
    let mine = row.asked_by == Some(desk.person.id.0);
    let title = l.t_args(
        "approval-asks",
        &[
            ("who", who(row.asked_by.map(UserId)).into()),
            (
                "amount",
                said(l, asked, asked.approval.payload.total()).into(),
            ),
        ],
    );
    let facts = [
        Definition::new(
            l.t("desk-col-rma"),
            html! { a href=(href) { (asked.rma) } " · " (desk.client_name(row.client_id)) },
        ),
        Definition::new(l.t("approval-why"), bdi(&asked.approval.reason)),
        Definition::new(l.t("approval-pays"), payments(l, asked)),
        Definition::new(
            l.t("desk-col-since"),
            html! { (l.ago(words::moment(row.asked_at), desk.now)) },
        ),
        Definition::new(
            l.t("approval-hash"),
            html! { span.mono title=(asked.approval.hash) { (asked.approval.hash.short()) } },
        ),
    ];
    let here = (CaseId(row.case_id), asked.approval.grant);
    let stopped = refused.filter(|r| r.about == here);
    let may = desk.has(Permission::CaseOverride) && row.state == "waiting";
    let body = html! {
        div.stack {
            @if let Some(r) = stopped {
                (Note::new(Tone::Bad, r.problem.title(l)).body(html! { p { (r.problem.what_to_do(l)) } }))
            }
            @if row.state == "waiting" && asked.is_void() { (void(l, asked)) }
            (definitions(&facts))
            @if let Some(answer) = &asked.approval.answer {
                p {
                    (pill(if answer.given { Tone::Good } else { Tone::Bad }, &words::code(l, "approval-state", &row.state)))
                    " " (who(match answer.by { kernel::Actor::User { id } => Some(id), _ => None }))
                    " · " (l.ago(answer.at, desk.now))
                    @if let Some(note) = &answer.note { " · " (bdi(note)) }
                    @if let Some(why) = answer.lapsed { " · " (words::code(l, "lapse", &words::name_of(&why))) }
                }
            }
            @if may && mine { p.muted { (l.t("approval-own")) } }
            @if may && !mine { (answers(desk, row, asked, stopped)) }
        }
    };
    ui::card(&title, &body)
}

fn said(l: L10n, asked: &Asked, minor: i64) -> String {
    l.money(Money::new(minor, asked.now.currency))
}

/// Each payment with where it goes.
fn payments(l: L10n, asked: &Asked) -> Markup {
    html! {
        ul.plain-list {
            @for p in &asked.approval.payload.payments {
                li {
                    (words::code(l, "kind", &words::name_of(&p.kind))) " " strong { (said(l, asked, p.minor)) }
                    @if p.to.is_some() {
                        br; span.muted.small { (l.t("approval-to-account")) }
                    } @else if let Some((_, kind, reference)) = &p.tender {
                        br; span.muted.small { (words::code(l, "approval-tender", &words::name_of(kind))) " " span.mono { (bdi(reference)) } }
                    }
                }
            }
        }
    }
}

/// What is not as it was when it was asked for.
fn void(l: L10n, asked: &Asked) -> Markup {
    let (then, now) = (&asked.approval.payload, &asked.now);
    let amounts = (then.total(), now.total());
    html! {
        (Note::new(Tone::Warn, l.t("approval-void")).body(html! {
            ul {
                @if amounts.0 != amounts.1 {
                    li { (l.t_args("approval-void-amount", &[
                        ("from", said(l, asked, amounts.0).into()), ("to", said(l, asked, amounts.1).into())])) }
                } @else if then.payments != now.payments { li { (l.t("approval-void-payments")) } }
                @if then.account != now.account { li { (l.t("approval-void-account")) } }
                @if then.decision != now.decision || then.policy != now.policy || then.law != now.law {
                    li { (l.t("approval-void-decision")) }
                }
            }
            p.small { span.mono { (asked.approval.hash.short()) } " → " span.mono { (now.hash().short()) } }
            p { (l.t("approval-void-do")) }
        }))
    }
}

/// The field for the reason of one approval; several stand on a page.
fn note_of(case: CaseId, grant: u16) -> String {
    format!("note-{case}-{grant}")
}

fn answers(desk: &Desk, row: &ApprovalRow, asked: &Asked, stopped: Option<&Refused>) -> Markup {
    let l = desk.l();
    let (case, grant) = (CaseId(row.case_id), asked.approval.grant);
    let base = format!("/approvals/{}/{case}/{grant}", row.client_id);
    let form = |act: &str, inner: Markup| {
        html! {
            form.stack method="post" action={ (base) "/" (act) } {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="version" value=(asked.version);
                input type="hidden" name="hash" value=(asked.approval.hash);
                (inner)
            }
        }
    };
    let button = |act: &str, weight, which| {
        let label = words::code(l, "approval-do", act);
        form_actions(&[Action::submit(label).weight(weight).icon(which)])
    };
    html! {
        @if !asked.is_void() { (form("approve", button("approve", Weight::Primary, Icon::Check))) }
        (form("refuse", html! {
            (Field::new(note_of(case, grant), l.t("approval-refuse-why")).max(500)
                .value(stopped.map_or("", |r| r.note.as_str())).required())
            (button("refuse", Weight::Secondary, Icon::X))
        }))
    }
}

/// `POST /approvals/{client}/{case}/{grant}/{act}`
pub async fn answer(
    desk: Desk,
    Path((client, case, grant, act)): Path<(String, String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let grant: u16 = grant.parse().map_err(|_| missing())?;
    let form = Form(fields);
    let note = form.get(&note_of(case, grant)).to_owned();
    let command = match act.as_str() {
        "approve" => Command::Approve {
            grant,
            hash: PayloadHash::shown(form.get("hash")),
        },
        "refuse" => Command::RefuseApproval {
            grant,
            note: note.as_str().into(),
        },
        _ => return Err(missing()),
    };
    // A form without its version was not made by our page.
    let version = form.get("version").parse().unwrap_or(0);
    let call = Call::new(desk.scope(), desk.now);
    let done = desk
        .app
        .command(&call, client, case, Some(version), &command);
    match done.await {
        Ok(_) => Ok(Redirect::to(&format!("/approvals?done=approval-{act}")).into_response()),
        Err(error) => {
            let refused = Refused {
                about: (case, grant),
                subject: None,
                note,
                problem: Failure::from(error).0,
            };
            show(&desk, &Which::default(), Some(&refused)).await
        }
    }
}
