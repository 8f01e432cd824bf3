//! Changes of where money goes and payments made outside: what exactly is asked, who asks, and the
//! answer of a second person. The account is shown without its middle.

use super::{Refused, STATES};
use crate::{form::Form, frame::Desk, words};
use app::{cases::Call, payouts::Asked};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, Currency, Money, ObligationId, Permission, UserId};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Definition, Field, Icon, Note, Tone, Weight, bdi, csrf_field, definitions,
        form_actions, pill,
    },
};
use returns::{Command, NameMatch, PayloadHash, RedirectState};
use std::collections::HashMap;
use surface::{
    Failure,
    signed::{FRESH_MINUTES, fresh},
};
use uuid::Uuid;

/// The states of these, for one of the page.
pub fn states_of(state: &str) -> &'static [&'static str] {
    match state {
        "refused" => &["refused", "objected", "lapsed"],
        "given" => &["given"],
        _ => &STATES[..1],
    }
}

/// The card of one of them.
pub fn card(
    desk: &Desk,
    asked: &Asked,
    names: &HashMap<UserId, String>,
    refused: Option<&Refused>,
) -> Markup {
    let l = desk.l();
    let row = &asked.row;
    let who = |id: Option<UserId>| {
        let name = id.and_then(|id| names.get(&id).cloned());
        name.unwrap_or_else(|| l.t("desk-actor-user"))
    };
    let asks = match row.asked_by {
        Some(id) => who(Some(UserId(id))),
        None => l.t("approval-customer"),
    };
    let currency = row.currency.parse().unwrap_or(Currency::EUR);
    let amount = l.money(Money::new(row.amount_minor, currency));
    let title = l.t_args(
        &format!("approval-{}-title", row.kind),
        &[("who", asks.into()), ("amount", amount.into())],
    );
    let href = format!("/desk/{}/{}", row.client_id, CaseId(row.case_id));
    let mut facts = vec![Definition::new(
        l.t("desk-col-rma"),
        html! { a href=(href) { (asked.rma) } " · " (desk.client_name(row.client_id)) },
    )];
    if let Some(r) = &asked.redirect {
        let tone = match r.what.name {
            NameMatch::Match => Tone::Good,
            NameMatch::Close => Tone::Warn,
            NameMatch::Differs => Tone::Bad,
        };
        facts.push(Definition::new(
            l.t("approval-account"),
            html! { span.mono { (bdi(&asked.account)) } " · " (bdi(&asked.holder)) },
        ));
        facts.push(Definition::new(
            l.t("approval-name"),
            html! { (pill(tone, &words::code(l, "name-match", r.what.name.as_str()))) },
        ));
        if let Some(reason) = &r.reason {
            facts.push(Definition::new(l.t("approval-why"), bdi(reason)));
        }
    }
    if let Some(m) = &asked.manual {
        facts.push(Definition::new(
            l.t("approval-paid"),
            html! { (words::code(l, "manual-way", m.what.way.as_str())) " · " (l.date_long(m.what.on)) },
        ));
        facts.push(Definition::new(
            l.t("desk-field-manual-reference"),
            html! { span.mono { (bdi(&m.what.reference)) } },
        ));
        facts.push(Definition::new(l.t("approval-why"), bdi(&m.what.reason)));
    }
    facts.push(Definition::new(
        l.t("desk-col-since"),
        html! { (l.ago(words::moment(row.asked_at), desk.now)) },
    ));
    facts.push(Definition::new(
        l.t("approval-hash"),
        html! { span.mono title=(row.hash) { (PayloadHash::shown(&row.hash).short()) } },
    ));
    let stopped = refused.filter(|r| r.subject == Some(row.subject));
    let needed = match row.kind.as_str() {
        "manual" => Permission::MoneyOperate,
        _ => Permission::CaseOverride,
    };
    let may = desk.has(needed) && row.state == "waiting";
    let mine = row.asked_by == Some(desk.person.id.0);
    let body = html! {
        div.stack {
            @if let Some(r) = stopped {
                (Note::new(Tone::Bad, r.problem.title(l)).body(html! { p { (r.problem.what_to_do(l)) } }))
            }
            (definitions(&facts))
            @if row.state != "waiting" {
                p { (pill(if row.state == "given" { Tone::Good } else { Tone::Bad },
                    &words::code(l, "approval-state", &row.state))) " " (said(desk, asked, names)) }
            }
            @if may && mine { p.muted { (l.t("approval-own")) } }
            @if may && !mine { (answers(desk, asked, stopped)) }
        }
    };
    ui::card(&title, &body)
}

/// Who answered, when and why.
fn said(desk: &Desk, asked: &Asked, names: &HashMap<UserId, String>) -> Markup {
    let l = desk.l();
    let name = |actor: kernel::Actor| match actor {
        kernel::Actor::User { id } => names.get(&id).cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let (by, at, note) = match (&asked.redirect, &asked.manual) {
        (Some(r), _) => match &r.state {
            RedirectState::Given { by, at, .. } => (name(*by), Some(*at), None),
            RedirectState::Refused { by, at, note } => (name(*by), Some(*at), Some(note)),
            RedirectState::Objected { at } => (l.t("desk-the-customer"), Some(*at), None),
            RedirectState::Lapsed { at, .. } => (String::new(), Some(*at), None),
            RedirectState::Waiting => (String::new(), None, None),
        },
        (_, Some(m)) => match &m.answer {
            Some(a) => (name(a.by), Some(a.at), a.note.as_ref()),
            None => (String::new(), None, None),
        },
        _ => (String::new(), None, None),
    };
    html! {
        (by)
        @if let Some(at) = at { " · " (l.ago(at, desk.now)) }
        @if let Some(note) = note { " · " (bdi(note)) }
    }
}

/// The field for the reason; several stand on a page.
fn note_of(subject: Uuid) -> String {
    format!("note-{subject}")
}

fn answers(desk: &Desk, asked: &Asked, stopped: Option<&Refused>) -> Markup {
    let l = desk.l();
    let row = &asked.row;
    let base = format!(
        "/approvals/{}/{}/{}/{}",
        row.client_id,
        CaseId(row.case_id),
        row.kind,
        row.subject
    );
    let form = |act: &str, inner: Markup| {
        html! {
            form.stack method="post" action={ (base) "/" (act) } {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="version" value=(asked.version);
                input type="hidden" name="hash" value=(row.hash);
                (inner)
            }
        }
    };
    let button = |act: &str, label: &str, weight, which| {
        let label = words::code(l, label, act);
        form_actions(&[Action::submit(label).weight(weight).icon(which)])
    };
    let kind = format!("approval-{}-do", row.kind);
    html! {
        (form("approve", button("approve", &kind, Weight::Primary, Icon::Check)))
        (form("refuse", html! {
            (Field::new(note_of(row.subject), l.t("approval-refuse-why")).max(500)
                .value(stopped.map_or("", |r| r.note.as_str())).required())
            (button("refuse", "approval-do", Weight::Secondary, Icon::X))
        }))
    }
}

/// `POST /approvals/{client}/{case}/{kind}/{subject}/{act}`
pub async fn answer(
    desk: Desk,
    Path((client, case, kind, subject, act)): Path<(String, String, String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let subject: Uuid = subject.parse().map_err(|_| missing())?;
    let form = Form(fields);
    let note = form.get(&note_of(subject)).to_owned();
    let hash = PayloadHash::shown(form.get("hash"));
    let obligation = ObligationId(subject);
    let words = note.as_str().into();
    let command = match (kind.as_str(), act.as_str()) {
        ("destination", "approve") => Command::GiveDestination { hash },
        ("destination", "refuse") => Command::RefuseDestination { hash, note: words },
        ("manual", "approve") => Command::ConfirmManual { obligation, hash },
        ("manual", "refuse") => Command::RefuseManual {
            obligation,
            hash,
            note: words,
        },
        _ => return Err(missing()),
    };
    let version = form.get("version").parse().unwrap_or(0);
    let given = async {
        if matches!(command, Command::GiveDestination { .. }) {
            fresh(&desk.app, &desk.person, FRESH_MINUTES)?;
        }
        let call = Call::new(desk.scope(), desk.now);
        let done = desk
            .app
            .command(&call, client, case, Some(version), &command);
        done.await.map_err(Failure::from)
    };
    match given.await {
        Ok(_) => {
            let to = format!("/approvals?done=approval-{kind}-{act}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Failure(problem)) => {
            let refused = Refused {
                about: (case, u16::MAX),
                subject: Some(subject),
                note,
                problem,
            };
            super::show(&desk, &super::Which::default(), Some(&refused)).await
        }
    }
}
