//! Clients with their policies; one client's versions and drafts.

use super::{client_of, crumbs, draft_href, href, stage};
use crate::{form::Form, frame::Desk, words::moment};
use app::{
    directory::{Client, PolicyVersion},
    policies::{Standing, Typed},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Date, Permission, PolicyHash, UserId};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Choice, Column, Field, FieldError, Icon, Kind, Row, Select, Table, Tone,
        Weight, badge, card, csrf_field, empty, form_actions,
    },
};
use std::collections::HashMap;
use surface::Failure;

/// What a draft starts with when a client has nothing yet.
const SMALLEST: &str = "name = \"\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\ncountries = []\n\
    authorisation_days = 14\n\n[rules]\nwindow = { days = 30, anchor = \"last_parcel\", as_law = true }\n\
    outcomes = [\"refund\"]\n";

/// `GET /studio`
pub async fn clients(desk: Desk) -> Result<Response, Failure> {
    let l = desk.l();
    let clients = desk.clients();
    if let [one] = clients.as_slice() {
        return Ok(Redirect::to(&href(one)).into_response());
    }
    let columns = vec![
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("studio-in-force")),
        Column::text(l.t("studio-next")),
        Column::figure(l.t("studio-drafts")),
    ];
    let directory = desk.app.directory();
    let drafts = desk.app.draft_counts(desk.scope()).await?;
    let mut rows = Vec::with_capacity(clients.len());
    for client in &clients {
        let today = client.day(desk.now);
        let versions = directory.versions(client.id);
        let in_force = in_force(versions, today);
        let next = versions.iter().find(|v| v.effective_from > today);
        rows.push(
            Row::new(vec![
                html! { (client.name) },
                html! { @if let Some(v) = in_force { (label(&desk, v)) } @else { "–" } },
                html! { @if let Some(v) = next { (label(&desk, v)) } @else { "–" } },
                html! { (l.number(drafts.get(&client.id).copied().unwrap_or(0))) },
            ])
            .href(href(client)),
        );
    }
    let body = html! {
        div.page-head { div { h1 { (l.t("studio-title")) } p.lede { (l.t("studio-lede")) } } }
        (Table::new(l.t("studio-title"), columns, rows))
    };
    let page = desk
        .page(l.t("studio-title"), "/studio", false, body)
        .await?;
    Ok(page.render().into_response())
}

/// The version orders placed on `day` get.
pub fn in_force(versions: &[PolicyVersion], day: Date) -> Option<&PolicyVersion> {
    let at = versions.iter().rev().find(|v| v.effective_from <= day);
    at.or(versions.first())
}

fn label(desk: &Desk, version: &PolicyVersion) -> Markup {
    let l = desk.l();
    html! {
        (l.t_args("studio-version", &[("n", version.publication.number.to_string().into())]))
        span.muted.small { " · " (l.t_args("studio-from-day", &[("day", l.date(version.effective_from).into())])) }
    }
}

/// `GET /studio/{client}`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    show(&desk, &client, &Form::default(), &[]).await
}

async fn show(
    desk: &Desk,
    client: &Client,
    form: &Form,
    errors: &[FieldError],
) -> Result<Response, Failure> {
    let l = desk.l();
    let drafts = desk.app.drafts(desk.scope(), client.id).await?;
    let names = desk.app.user_names().await?;
    let directory = desk.app.directory();
    let versions = directory.versions(client.id);
    let writes = desk.has(Permission::PolicyWrite);
    let body = html! {
        (crumbs(desk, None))
        div.page-head { div { h1 { (client.name) } p.lede { (l.t("studio-lede")) } } }
        div.stack {
            (drafts_card(desk, client, &drafts, &names))
            @if writes { (begin_card(desk, client, versions, form, errors)) }
            (history(desk, client, versions, &names, writes))
        }
    };
    let title = format!("{} · {}", l.t("studio-title"), client.name);
    let page = desk.page(title, "/studio", false, body).await?;
    let mut answer = page.render().into_response();
    if !errors.is_empty() {
        *answer.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn drafts_card(
    desk: &Desk,
    client: &Client,
    drafts: &[Standing],
    names: &HashMap<UserId, String>,
) -> Markup {
    let l = desk.l();
    if drafts.is_empty() {
        return card(
            &l.t("studio-drafts"),
            &empty(
                Icon::File,
                &l.t("studio-no-drafts"),
                &l.t("studio-no-drafts-why"),
                None,
            ),
        );
    }
    let columns = vec![
        Column::text(l.t("studio-draft")),
        Column::text(l.t("studio-stage")),
        Column::text(l.t("studio-from")),
        Column::text(l.t("studio-changed")),
    ];
    let rows = drafts.iter().map(|s| {
        let d = &s.draft;
        let who = names.get(&d.updated_by).map_or("", String::as_str);
        Row::new(vec![
            html! { (ui::bdi(&d.title)) },
            stage(desk, s.stage),
            html! { span.nowrap { (ui::date(l, d.from)) } },
            html! { span { (l.ago(moment(d.updated_at), desk.now)) span.muted.small { " · " (ui::bdi(who)) } } },
        ])
        .href(draft_href(client, d.id))
    });
    card(
        &l.t("studio-drafts"),
        &html! { (Table::new(l.t("studio-drafts"), columns, rows.collect())) },
    )
}

fn begin_card(
    desk: &Desk,
    client: &Client,
    versions: &[PolicyVersion],
    form: &Form,
    errors: &[FieldError],
) -> Markup {
    let l = desk.l();
    let today = client.day(desk.now);
    let tomorrow = today.saturating_add(jiff::Span::new().days(1));
    let error = |field: &str| FieldError::find(errors, field).map(|m| l.say(m));
    let mut choices: Vec<Choice> = versions
        .iter()
        .rev()
        .map(|v| {
            let n = v.publication.number.to_string();
            let day = l.date(v.effective_from);
            let words = [("n", n.into()), ("day", day.into())];
            Choice::new(
                &*v.publication.hash,
                l.t_args("studio-start-version", &words),
            )
        })
        .collect();
    choices.push(Choice::new("", l.t("studio-start-empty")));
    let start = in_force(versions, today).map_or("", |v| v.publication.hash.as_str());
    let kept = |name: &str, default: &str| match form.get(name) {
        "" => default.to_owned(),
        typed => typed.to_owned(),
    };
    card(
        &l.t("studio-begin"),
        &html! {
            form.stack.studio-begin method="post" action=(href(client)) {
                (csrf_field(&desk.view.csrf))
                div.form-grid {
                    (Field::new("title", l.t("studio-draft-title")).value(kept("title", "")).max(120)
                        .error(error("title")).required())
                    (Field::new("from", l.t("studio-from")).kind(Kind::Date)
                        .value(kept("from", &tomorrow.to_string())).error(error("from")).required())
                    (Select::new("base", l.t("studio-start"), choices).value(kept("base", start)))
                }
                (form_actions(&[Action::submit(l.t("studio-begin")).icon(Icon::Plus)]))
            }
        },
    )
}

fn history(
    desk: &Desk,
    client: &Client,
    versions: &[PolicyVersion],
    names: &HashMap<UserId, String>,
    writes: bool,
) -> Markup {
    let l = desk.l();
    let today = client.day(desk.now);
    let current = in_force(versions, today).map(|v| v.publication.number);
    let name = |id: Option<uuid::Uuid>| {
        id.and_then(|id| names.get(&UserId(id)))
            .map_or_else(|| l.t("studio-house"), Clone::clone)
    };
    let columns = vec![
        Column::text(l.t("studio-version-column")),
        Column::text(l.t("studio-from")),
        Column::text(l.t("studio-published")),
        Column::text(l.t("studio-approved")),
        Column::text(l.t("studio-note")),
    ];
    let rows = versions.iter().rev().map(|v| {
        let p = &v.publication;
        let state = if Some(p.number) == current {
            Some((Tone::Good, "studio-in-force"))
        } else if v.effective_from > today {
            Some((Tone::Accent, "studio-coming"))
        } else {
            None
        };
        Row::new(vec![
            html! {
                (l.t_args("studio-version", &[("n", p.number.to_string().into())])) " "
                @if let Some((tone, key)) = state { (badge(tone, &l.t(key))) }
                div.muted.small { (ui::bdi(&v.name)) " · " code { (p.hash.get(..12).unwrap_or_default()) } }
            },
            html! { span.nowrap { (ui::date(l, v.effective_from)) } },
            html! { (ui::bdi(&name(p.by_user))) div.muted.small { (l.ago(moment(p.published_at), desk.now)) } },
            html! { @match p.approved_by {
                Some(id) => (ui::bdi(&name(Some(id)))),
                None => span.muted { (l.t("studio-nobody")) },
            } },
            html! {
                @if let Some(n) = p.goes_back_to { div { (l.t_args("studio-goes-back", &[("n", n.to_string().into())])) } }
                (ui::bdi(&p.note))
            },
        ])
        .href(format!("{}/version/{}", href(client), p.number))
    });
    let rows: Vec<Row> = rows.collect();
    let older: Vec<&PolicyVersion> = versions
        .iter()
        .rev()
        .filter(|v| Some(v.publication.number) != current && v.effective_from <= today)
        .collect();
    let body = html! {
        @if rows.is_empty() { (empty(Icon::Book, &l.t("studio-no-versions"), &l.t("studio-no-versions-why"), None)) }
        @else { (Table::new(l.t("studio-history"), columns, rows)) }
        @if writes && !older.is_empty() {
            details.studio-more {
                summary { (l.t("studio-roll-back")) }
                div.stack {
                    p.muted { (l.t("studio-roll-back-why")) }
                    @for v in older.iter().take(10) { (roll_back_form(desk, client, v)) }
                }
            }
        }
    };
    card(&l.t("studio-history"), &body)
}

fn roll_back_form(desk: &Desk, client: &Client, version: &PolicyVersion) -> Markup {
    let l = desk.l();
    let number = version.publication.number;
    let words = l.t_args("studio-back-to", &[("n", number.to_string().into())]);
    html! {
        form method="post" action={ (href(client)) "/version/" (number) "/rollback" } {
            (csrf_field(&desk.view.csrf))
            (Action::submit(words).weight(Weight::Secondary).icon(Icon::Undo))
        }
    }
}

/// `POST /studio/{client}`: a new draft.
pub async fn begin(
    desk: Desk,
    Path(slug): Path<String>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let form = Form(fields);
    let Ok(from) = form.get("from").parse::<Date>() else {
        let errors = [FieldError::new("from", "help-date")];
        return show(&desk, &client, &form, &errors).await;
    };
    let base: Option<PolicyHash> = form.get("base").parse().ok();
    let directory = desk.app.directory();
    let source = base.and_then(|b| {
        let versions = directory.versions(client.id).iter();
        versions
            .map(|v| (v.policy.hash(), v.publication.source.as_str()))
            .find(|(hash, _)| *hash == b)
    });
    let typed = Typed {
        title: form.get("title"),
        text: source.map_or(SMALLEST, |(_, text)| text),
        from,
    };
    let begun = desk
        .app
        .begin_draft(
            desk.scope(),
            client.id,
            &typed,
            source.map(|(hash, _)| hash),
        )
        .await;
    match begun {
        Ok(draft) => Ok(Redirect::to(&draft_href(&client, draft)).into_response()),
        Err(app::AppError::Invalid(fields)) => {
            let errors: Vec<FieldError> = fields
                .into_iter()
                .map(|f| FieldError::new(f.field, f.help))
                .collect();
            show(&desk, &client, &form, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /studio/{client}/version/{number}/rollback`: a draft that goes back.
pub async fn roll_back(
    desk: Desk,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let client = client_of(&desk, &slug)?;
    let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
    let title = l.t_args("studio-back-to", &[("n", number.to_string().into())]);
    let from = client
        .day(desk.now)
        .saturating_add(jiff::Span::new().days(1));
    let draft = desk
        .app
        .begin_rollback(desk.scope(), client.id, number, (&title, from))
        .await?;
    let to = format!("{}/check", draft_href(&client, draft));
    Ok(Redirect::to(&to).into_response())
}
