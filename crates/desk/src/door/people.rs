//! The people of the house: who there is, who may do what for which client, and who comes and goes.

use super::when;
use crate::{form::Form as Fields, frame::Desk};
use app::{App, AppError, door::Account};
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, Permission, Role, UserId};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Choice, Column, ErrorSummary, Field, FieldError, Icon, Note, Row, Select,
        Table, Tone, Weight, bdi, card_with, csrf_field,
    },
};
use surface::{Failure, fresh, origin::From};

/// How recently one must have shown who one is to change what people may do, minutes.
const FRESH: i64 = 15;

/// `GET /people`
pub async fn page(desk: Desk) -> Result<Markup, Failure> {
    let l = desk.l();
    let accounts = desk.app.accounts(desk.scope()).await?;
    let rows = accounts
        .iter()
        .map(|a| {
            let state = if a.disabled.is_some() {
                ui::pill(Tone::Neutral, &l.t("people-disabled"))
            } else {
                ui::pill(Tone::Good, &l.t("people-active"))
            };
            Row::new(vec![
                bdi(&a.name),
                bdi(a.email.as_deref().unwrap_or("–")),
                html! { (l.t(&format!("role-{}", a.role.as_str()))) },
                html! { (of_clients(&desk, &a.clients)) },
                state,
            ])
            .href(format!("/people/{}", a.id))
        })
        .collect();
    let columns = vec![
        Column::text(l.t("people-name")),
        Column::text(l.t("people-email")).wide_only(),
        Column::text(l.t("people-role")),
        Column::text(l.t("people-clients")).wide_only(),
        Column::text(l.t("people-state")),
    ];
    let title = l.t("people-title");
    let body = html! {
        div.page-head {
            div { h1 { (title) } p.lede { (l.t("people-lede")) } }
            div.actions {
                (Action::link(l.t("people-log"), "/people/log").icon(Icon::History))
                (Action::link(l.t("people-invite"), "/people/new").icon(Icon::Plus).weight(Weight::Primary))
            }
        }
        (Table::new(title.clone(), columns, rows))
    };
    Ok(desk.page(title, "/people", false, body).await?.render())
}

fn of_clients(desk: &Desk, clients: &[ClientId]) -> String {
    let names: Vec<String> = clients.iter().map(|c| desk.client_name(c.0)).collect();
    names.join(", ")
}

/// The part of a form that says who may do what for whom.
fn rights(desk: &Desk, role: &str, chosen: &[ClientId], errors: &[FieldError]) -> Markup {
    let l = desk.l();
    let roles = App::roles_within(desk.scope());
    let choices = roles
        .iter()
        .map(|r| Choice::new(r.as_str(), l.t(&format!("role-{}", r.as_str()))))
        .collect();
    html! {
        (Select::new("role", l.t("people-role"), choices).value(role).required())
        fieldset.act-block { legend { (l.t("people-clients")) }
            @for client in desk.clients() {
                (ui::checkbox("clients", &client.name, &client.id.to_string(), chosen.contains(&client.id), None))
            }
            @if let Some(e) = FieldError::find(errors, "clients") { p.field-error #f-clients { (l.say(e)) } }
        }
    }
}

/// `GET /people/new`
pub async fn new(desk: Desk) -> Result<Markup, Failure> {
    desk.must(Permission::Administer)?;
    form(&desk, &Fields(Vec::new()), &[], &[]).await
}

async fn form(
    desk: &Desk,
    typed: &Fields,
    clients: &[ClientId],
    errors: &[FieldError],
) -> Result<Markup, Failure> {
    let l = desk.l();
    let error = |name: &str| FieldError::find(errors, name).map(|m| l.say(m));
    let title = l.t("people-invite");
    let role = match typed.get("role") {
        "" => Role::Agent.as_str(),
        role => role,
    };
    let body = html! {
        div.page-head { div { h1 { (title) } p.lede { (l.t("people-invite-how")) } } }
        div.stack {
            (ErrorSummary { l, errors })
            form.stack method="post" action="/people/new" {
                (csrf_field(&desk.view.csrf))
                (Field::new("name", l.t("people-name")).max(80).value(typed.get("name")).error(error("name")).required())
                (Field::new("email", l.t("people-email")).kind(ui::Kind::Email).max(200)
                    .hint(l.t("people-email-hint")).value(typed.get("email")).error(error("email")).required())
                (rights(desk, role, clients, errors))
                (Action::submit(l.t("people-invite-do")).icon(Icon::Send))
            }
        }
    };
    Ok(desk.page(title, "/people", false, body).await?.render())
}

fn wanted(fields: &[(String, String)]) -> (Option<Role>, Vec<ClientId>) {
    let role = fields.iter().find(|(n, _)| n == "role");
    let role = role.and_then(|(_, v)| Role::parse(v));
    let clients = fields.iter().filter(|(n, _)| n == "clients");
    (role, clients.filter_map(|(_, v)| v.parse().ok()).collect())
}

fn field_errors(error: AppError) -> Result<Vec<FieldError>, Failure> {
    match error {
        AppError::Invalid(wrong) => Ok(wrong
            .into_iter()
            .map(|f| FieldError::new(f.field, f.help))
            .collect()),
        other => Err(other.into()),
    }
}

/// `POST /people/new`
pub async fn invite(
    desk: Desk,
    from: From,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    fresh(&desk.app, &desk.person, FRESH)?;
    let (role, clients) = wanted(&fields);
    let role = role.ok_or(Problem::not_found())?;
    let typed = Fields(fields);
    let who = (typed.get("name"), Some(typed.get("email")));
    let done = desk
        .app
        .invite(desk.scope(), who, (role, &clients), &from)
        .await;
    match done {
        Ok(invited) => {
            let page = show(&desk, invited.id, Some(&invited.link), &[]).await?;
            Ok(page.into_response())
        }
        Err(e) => {
            let errors = field_errors(e)?;
            let page = form(&desk, &typed, &clients, &errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `GET /people/{user}`
pub async fn one(desk: Desk, Path(user): Path<String>) -> Result<Markup, Failure> {
    let user: UserId = user.parse().map_err(|_| Problem::not_found())?;
    show(&desk, user, None, &[]).await
}

async fn show(
    desk: &Desk,
    user: UserId,
    link: Option<&str>,
    errors: &[FieldError],
) -> Result<Markup, Failure> {
    let l = desk.l();
    let accounts = desk.app.accounts(desk.scope()).await?;
    let account = accounts.into_iter().find(|a| a.id == user);
    let account: Account = account.ok_or(Problem::not_found())?;
    let ways = desk.app.ways(user).await?;
    let sessions = desk.app.sessions_of(user).await?;
    let count = |kind: &str| ways.iter().filter(|w| w.kind == kind).count();
    let own = user == desk.person.id;
    let title = account.name.clone();
    let post = |act: &str, label: String, weight: Weight, which: Icon| {
        html! {
            form method="post" action={ "/people/" (user) "/" (act) } {
                (csrf_field(&desk.view.csrf))
                (Action::submit(label).weight(weight).icon(which))
            }
        }
    };
    let body = html! {
        div.page-head { div { h1 { (bdi(&title)) } p.lede {
            @if let Some(email) = &account.email { (bdi(email)) " · " }
            (l.t(&format!("role-{}", account.role.as_str())))
        } } }
        div.stack {
            @if let Some(link) = link {
                (Note::new(Tone::Good, l.t("people-link")).body(html! { p { (l.t("people-link-do")) } (ui::copy(l, link)) }))
            }
            @if let Some(at) = account.disabled {
                (Note::new(Tone::Warn, l.t("people-disabled-since")).body(html! { p { (when(&desk.app, desk.scope(), l, at)) } }))
            }
            (card_with(&l.t("people-ways"), None, &html! {
                p { (l.t_args("people-ways-count", &[("keys", count("passkey").into()), ("apps", count("totp").into()), ("sessions", sessions.len().into())])) }
                p { a href={ "/people/log?user=" (user) } { (l.t("people-log-of")) } }
            }))
            @if own { p.muted { (l.t("people-yourself")) } }
            @else if account.disabled.is_some() {
                (post("enable", l.t("people-enable"), Weight::Secondary, Icon::Undo))
            } @else {
                (card_with(&l.t("people-rights"), None, &html! {
                    (ErrorSummary { l, errors })
                    form.stack method="post" action={ "/people/" (user) "/rights" } {
                        (csrf_field(&desk.view.csrf))
                        (rights(desk, account.role.as_str(), &account.clients, errors))
                        (Action::submit(l.t("people-rights-keep")).weight(Weight::Secondary))
                    }
                }))
                (card_with(&l.t("people-leave"), None, &html! {
                    p { (l.t("people-leave-what")) }
                    div.actions {
                        (post("disable", l.t("people-disable"), Weight::Danger, Icon::XCircle))
                        (post("invite", l.t("people-again"), Weight::Secondary, Icon::Mail))
                        (post("sessions", l.t("people-end"), Weight::Secondary, Icon::LogOut))
                    }
                    p.small.muted { (l.t("people-again-what")) }
                }))
            }
        }
    };
    Ok(desk.page(title, "/people", false, body).await?.render())
}

/// `POST /people/{user}/{act}`
pub async fn act(
    desk: Desk,
    from: From,
    Path((user, act)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    fresh(&desk.app, &desk.person, FRESH)?;
    let user: UserId = user.parse().map_err(|_| Problem::not_found())?;
    let (app, scope) = (&desk.app, desk.scope());
    match act.as_str() {
        "disable" => app.disable(scope, user, &from).await?,
        "enable" => app.enable(scope, user, &from).await?,
        "sessions" => app.end_sessions_of(scope, user, &from).await?,
        "invite" => {
            let invited = app.invite_again(scope, user, &from).await?;
            let page = show(&desk, user, Some(&invited.link), &[]).await?;
            return Ok(page.into_response());
        }
        "rights" => {
            let (role, clients) = wanted(&fields);
            let role = role.ok_or(Problem::not_found())?;
            if let Err(e) = app.set_rights(scope, user, (role, &clients), &from).await {
                let errors = field_errors(e)?;
                let page = show(&desk, user, None, &errors).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        }
        _ => return Err(Problem::not_found().into()),
    }
    Ok(Redirect::to(&format!("/people/{user}")).into_response())
}
