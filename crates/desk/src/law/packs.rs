//! Packs of the house and its clients: what was published, what it changed, and publishing one.

use super::tabs;
use crate::{form::Form, frame::Desk, words};
use app::laws::{HOUSE, NewPack};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, Date, Permission};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Choice, Column, Field, Icon, Kind, Note, Row, Select, Table, TextArea, Tone,
        badge, card, csrf_field, empty, form_actions,
    },
};
use serde::Deserialize;
use surface::Failure;

/// `?done=published`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// `GET /law/packs`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    show(&desk, asked.done.as_deref(), &Form::default(), None).await
}

async fn show(
    desk: &Desk,
    done: Option<&str>,
    form: &Form,
    refused: Option<(StatusCode, String, String)>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let packs = desk.app.law_packs(desk.scope());
    let columns = vec![
        Column::text(l.t("desk-law-pack")),
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("desk-law-effective")),
        Column::text(l.t("desk-law-note")),
        Column::text(l.t("desk-col-age")),
    ];
    let rows: Vec<Row> = packs
        .iter()
        .rev()
        .map(|p| {
            let whose = if p.client_id == HOUSE {
                l.t("desk-law-everybody")
            } else {
                desk.client_name(p.client_id)
            };
            Row::new(vec![
                html! { (p.name) " v" (p.version) div.muted.small { code { (p.hash.get(..12).unwrap_or_default()) } } },
                html! { (whose) },
                html! { (p.effective_from) @if p.retires() { " " (badge(Tone::Warn, &l.t("desk-law-retired"))) } },
                html! { (p.note) },
                html! { span.nowrap { (l.ago(words::moment(p.published_at), desk.now)) } },
            ])
        })
        .collect();
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-law-packs")) } p.lede { (l.t("desk-law-packs-lede")) } } }
        div.stack {
            (ui::tabs(l, &l.t("lawdesk-title"), &tabs(desk, "/law/packs")))
            @if let Some((_, title, what)) = &refused {
                (Note::new(Tone::Bad, title.clone()).body(html! { p { code { (what) } } }))
            }
            @if rows.is_empty() { (empty(Icon::Book, &l.t("desk-law-packs-none"), &l.t("desk-law-packs-none-why"), None)) }
            @else { (Table::new(l.t("desk-law-packs"), columns, rows)) }
            @if desk.has(Permission::Administer) { (publish_form(desk, form)) }
        }
    };
    let mut page = desk
        .page(l.t("desk-law-packs"), "/law", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(done) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some((status, ..)) = refused {
        *answer.status_mut() = status;
    }
    Ok(answer)
}

fn publish_form(desk: &Desk, form: &Form) -> Markup {
    let l = desk.l();
    let text = |name: &str| form.text(name).map(|t| t.to_string()).unwrap_or_default();
    let clients = desk.clients();
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name))
        .collect();
    card(
        &l.t("desk-law-publish"),
        &html! {
            form.stack method="post" action="/law/packs" {
                (csrf_field(&desk.view.csrf))
                (Field::new("name", l.t("desk-law-pack-name")).hint(l.t("desk-law-pack-name-hint"))
                    .value(text("name")).max(64).required())
                (Select::new("client", l.t("desk-client"), choices)
                    .prompt(l.t("desk-law-everybody")).value(text("client")))
                (Field::new("effective", l.t("desk-law-effective")).kind(Kind::Date)
                    .value(text("effective")).required())
                (TextArea::new("source", l.t("desk-law-source")).hint(l.t("desk-law-source-hint"))
                    .value(text("source")).required())
                (Field::new("note", l.t("desk-law-note")).value(text("note")).max(254).required())
                (form_actions(&[Action::submit(l.t("desk-law-publish")).icon(Icon::Check)]))
            }
        },
    )
}

/// `POST /law/packs`
pub async fn publish(
    desk: Desk,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let form = Form(fields);
    let raw = |name: &str| {
        let found = form.0.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let client: Option<ClientId> = raw("client").parse().ok();
    let (name, source, note) = (raw("name"), raw("source"), raw("note"));
    let Ok(effective_from) = raw("effective").parse::<Date>() else {
        let problem = Problem::invalid(Vec::new());
        let refused = (problem.status, problem.title(l), problem.what_to_do(l));
        return show(&desk, None, &form, Some(refused)).await;
    };
    let pack = NewPack {
        name: name.trim(),
        source: &source,
        effective_from,
        note: &note,
    };
    match desk.app.publish_law(desk.scope(), client, &pack).await {
        Ok(Ok(_)) => Ok(Redirect::to("/law/packs?done=published").into_response()),
        Ok(Err(refused)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let why = (status, l.t("desk-law-refused"), refused.to_string());
            show(&desk, None, &form, Some(why)).await
        }
        Err(error @ app::AppError::Invalid(_)) => {
            let problem = Failure::from(error).0;
            let why = (problem.status, problem.title(l), problem.what_to_do(l));
            show(&desk, None, &form, Some(why)).await
        }
        Err(error) => Err(error.into()),
    }
}
