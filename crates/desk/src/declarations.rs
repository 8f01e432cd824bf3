//! Declarations that wait for a person: withdrawals whose order nobody found. Each is acknowledged
//! already; here it is matched to its order, or closed with words.

use crate::{form::Form, frame::Desk, words};
use app::{
    cases::{Call, OrderKey},
    declarations::{DeclarationRow, STATES},
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, DeclarationId, Permission};
use maud::{Markup, html};
use redress_http::{
    Problem,
    cursor::{self, PageQuery},
    ui::{
        Action, Definition, Field, Icon, Note, Pages, Tab, Tone, Weight, badge, bdi, card_with,
        csrf_field, definitions, empty, form_actions, pagination, pill, tabs,
    },
};
use serde::Deserialize;
use surface::Failure;

/// `?state=open&cursor=…`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    state: Option<String>,
    cursor: Option<String>,
    done: Option<String>,
}

/// What was typed into a form that was refused.
#[derive(Default)]
struct Typed {
    id: Option<DeclarationId>,
    order: String,
    note: String,
    problem: Option<Problem>,
}

/// `GET /desk/declarations`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    show(&desk, which, Typed::default()).await
}

async fn show(desk: &Desk, which: Which, typed: Typed) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let l = desk.l();
    let asked = which.state.as_deref();
    let state = STATES.iter().copied().find(|s| Some(*s) == asked);
    let state = state.unwrap_or(STATES[0]);
    let query = PageQuery {
        cursor: which.cursor,
        limit: Some(25),
    };
    let limit = i64::from(query.limit());
    let after = query.after()?;
    let mut rows = desk
        .app
        .declarations(desk.scope(), state, after, limit + 1)
        .await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let here = format!("/desk/declarations?state={state}");
    let next = rows.last().filter(|_| more).map(|last| {
        let at = (last.received_at, last.declaration_id);
        format!("{here}&cursor={}", cursor::encode(&at))
    });
    let list: Vec<Tab> = STATES
        .iter()
        .map(|s| Tab {
            label: words::code(l, "declared", s),
            href: format!("/desk/declarations?state={s}"),
            count: None,
            current: *s == state,
        })
        .collect();
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-declarations-title")) } p.lede { (l.t("desk-declarations-lede")) } }
        }
        div.stack {
            (tabs(l, &l.t("desk-declarations-title"), &list))
            @if let Some(problem) = &typed.problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            @if rows.is_empty() { (empty(Icon::CheckCircle, &l.t("desk-declarations-none"), &l.t("desk-declarations-none-why"), None)) }
            @for row in &rows { (one(desk, row, &typed)) }
            (pagination(l, &Pages {
                previous: after.is_some().then_some(here),
                next,
                words: Some(l.t_args("desk-rows", &[("n", rows.len().into())])),
            }))
        }
    };
    let status = typed.problem.as_ref().map(|p| p.status);
    let mut page = desk
        .page(l.t("desk-declarations-title"), "/desk/clocks", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(status) = status {
        *answer.status_mut() = status;
    }
    Ok(answer)
}

fn one(desk: &Desk, row: &DeclarationRow, typed: &Typed) -> Markup {
    let l = desk.l();
    let id = DeclarationId(row.declaration_id);
    let base = format!("/desk/declarations/{}/{id}", row.client_id);
    let mine = typed.id == Some(id);
    let acknowledged = if row.acknowledged_at > 0 {
        pill(Tone::Good, &l.t("desk-declared-acknowledged"))
    } else {
        pill(Tone::Bad, &l.t("desk-declared-not-acknowledged"))
    };
    let aside = html! {
        div.cluster { (badge(Tone::Neutral, &desk.client_name(row.client_id))) (acknowledged) }
    };
    card_with(
        &row.code,
        Some(&aside),
        &html! {
            div.stack {
                (definitions(&[
                    Definition::new(l.t("desk-declared-kind"), words::code(l, "declared-kind", &row.kind)),
                    Definition::new(l.t("receipt-order"), bdi(&row.order_ref)),
                    Definition::new(l.t("receipt-consumer"), bdi(&row.name)),
                    Definition::new(l.t("receipt-email"), bdi(&row.email)),
                    Definition::new(l.t("receipt-moment"), html! {
                        (l.ago(words::moment(row.received_at), desk.now)) " · " (row.received_on)
                    }),
                    Definition::new(l.t("receipt-hash"), html! { code.small { (row.sha256) } }),
                ]))
                @if let Some(case) = row.case_id {
                    p { a href={ "/desk/" (row.client_id) "/" (CaseId(case)) } { (l.t("desk-open")) } }
                }
                @if !row.note.is_empty() { p { (bdi(&row.note)) } }
                @if row.state == STATES[0] {
                    form.stack method="post" action={ (base) "/match" } {
                        (csrf_field(&desk.view.csrf))
                        (Field::new(format!("order-{id}"), l.t("desk-declared-order")).hint(l.t("desk-declared-order-hint"))
                            .value(if mine { &typed.order } else { &row.order_ref }).required())
                        (form_actions(&[Action::submit(l.t("desk-declared-match")).icon(Icon::Check)]))
                    }
                    details open[mine && !typed.note.is_empty()] {
                        summary { (l.t("desk-declared-close")) }
                        form.stack method="post" action={ (base) "/close" } {
                            (csrf_field(&desk.view.csrf))
                            (Field::new(format!("note-{id}"), l.t("desk-declared-note")).hint(l.t("desk-declared-note-hint"))
                                .value(if mine { typed.note.as_str() } else { "" }).required())
                            (form_actions(&[Action::submit(l.t("desk-declared-close")).weight(Weight::Secondary)]))
                        }
                    }
                }
            }
        },
    )
}

/// `POST /desk/declarations/{client}/{declaration}/{act}`
pub async fn send(
    desk: Desk,
    Path((client, id, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let id: DeclarationId = id.parse().map_err(|_| missing())?;
    let form = Form(fields);
    // Many forms stand on the page: each names its fields after its declaration.
    let text = |name: &str| {
        form.text(&format!("{name}-{id}"))
            .map(|t| t.to_string())
            .unwrap_or_default()
    };
    let call = Call::new(desk.scope(), desk.now);
    let done = match act.as_str() {
        "match" => {
            let order = OrderKey::Number(text("order").trim().to_owned());
            let matched = desk.app.match_declaration(&call, client, id, &order, &[]);
            matched
                .await
                .map(|answer| format!("/desk/{client}/{}?done=matched", answer.case))
        }
        "close" => {
            let note = text("note");
            let closed = desk.app.close_declaration(&call, client, id, &note);
            closed
                .await
                .map(|()| "/desk/declarations?done=declared-closed".to_owned())
        }
        _ => return Err(missing()),
    };
    match done {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        // Nothing typed is lost: the list again, with what stood against it.
        Err(error) => {
            let typed = Typed {
                id: Some(id),
                order: text("order"),
                note: text("note"),
                problem: Some(Failure::from(error).0),
            };
            show(&desk, Which::default(), typed).await
        }
    }
}
