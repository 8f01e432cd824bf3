//! A person's API keys and those of service accounts they answer for.

use super::{Own, when};
use crate::form::Form as Fields;
use app::{AppError, door::KeyShown};
use axum::{
    Form,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, Permission};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        self, Action, ErrorSummary, Field, FieldError, Icon, Note, Tone, Weight, bdi, card_with,
        csrf_field,
    },
};
use surface::{Failure, fresh};

/// How recently one must have shown who one is to make a key, minutes.
const FRESH: i64 = 10;

/// `GET /account/keys`
pub async fn page(own: Own) -> Result<Markup, Failure> {
    show(&own, &Fields(Vec::new()), &[], None).await
}

fn clients(own: &Own) -> Vec<(ClientId, String)> {
    let directory = own.app.directory();
    let list = own.held.person.scope.clients().unwrap_or_default().iter();
    list.filter_map(|id| Some((*id, directory.client(*id)?.name.clone())))
        .collect()
}

async fn show(
    own: &Own,
    typed: &Fields,
    errors: &[FieldError],
    made: Option<&str>,
) -> Result<Markup, Failure> {
    let (l, person) = (own.l(), &own.held.person);
    let keys = own.app.keys_of(person.id).await?;
    let names = own.app.user_names().await?;
    let held: Vec<Permission> = Permission::ALL
        .iter()
        .copied()
        .filter(|p| person.scope.permissions().has(*p))
        .collect();
    let fresh = person.is_fresh(own.app.now(), FRESH);
    let error = |name: &str| FieldError::find(errors, name).map(|m| l.say(m));
    let title = l.t("account-keys");
    let body = html! {
        div.page-head { div { h1 { (title) } p.lede { (l.t("account-keys-what")) } } }
        div.stack {
            (ErrorSummary { l, errors })
            @if let Some(key) = made {
                (Note::new(Tone::Good, l.t("keys-made")).body(html! { p { (l.t("keys-keep")) } (ui::copy(l, key)) }))
            }
            @if keys.is_empty() { p.muted { (l.t("keys-none")) } }
            @for key in &keys {
                (one(own, key, names.get(&key.account).map(String::as_str)))
            }
            @if fresh {
                (card_with(&l.t("keys-new"), None, &html! {
                    form.stack method="post" action="/account/keys" {
                        (csrf_field(&own.view.csrf))
                        (Field::new("name", l.t("keys-name")).hint(l.t("keys-name-hint")).max(60)
                            .value(typed.get("name")).error(error("name")).required())
                        (Field::new("days", l.t("keys-days")).kind(ui::Kind::Number).narrow()
                            .value(if typed.get("days").is_empty() { "90" } else { typed.get("days") }).error(error("days")).required())
                        fieldset.act-block { legend { (l.t("keys-may")) }
                            @for p in &held { (ui::checkbox("permissions", &l.t(&format!("permission-{}", p.as_str())), p.as_str(), false, None)) }
                            @if let Some(e) = error("permissions") { p.field-error { (e) } }
                        }
                        fieldset.act-block { legend { (l.t("keys-for")) }
                            @for (id, name) in clients(own) { (ui::checkbox("clients", &name, &id.to_string(), false, None)) }
                            @if let Some(e) = error("clients") { p.field-error { (e) } }
                        }
                        (ui::checkbox("service", &l.t("keys-service"), "yes", typed.get("service") == "yes", Some(&l.t("keys-service-hint"))))
                        (Action::submit(l.t("keys-make")).icon(Icon::Key))
                    }
                }))
            } @else {
                (Note::new(Tone::Accent, l.t("problem-not-fresh")).body(html! {
                    p { (l.t("keys-stale")) }
                    (Action::link(l.t("door-again"), "/unlock?back=/account/keys").icon(Icon::Lock))
                }))
            }
            p { a href="/account" { (l.t("account-back")) } }
        }
    };
    own.page(title, body).await
}

fn one(own: &Own, key: &KeyShown, account: Option<&str>) -> Markup {
    let (l, scope) = (own.l(), &own.held.person.scope);
    let ended = key.revoked.is_some() || key.ends <= own.app.now();
    let state = |l: L10n| {
        if key.revoked.is_some() {
            ui::pill(Tone::Neutral, &l.t("keys-revoked"))
        } else if ended {
            ui::pill(Tone::Neutral, &l.t("keys-ended"))
        } else {
            ui::pill(Tone::Good, &l.t("keys-live"))
        }
    };
    let may: Vec<String> = Permission::ALL
        .iter()
        .filter(|p| key.permissions.is_some_and(|set| set.has(**p)))
        .map(|p| l.t(&format!("permission-{}", p.as_str())))
        .collect();
    let directory = own.app.directory();
    let of: Vec<String> = key
        .clients
        .iter()
        .flatten()
        .map(|id| {
            directory
                .client(*id)
                .map_or_else(|| id.to_string(), |c| c.name.clone())
        })
        .collect();
    card_with(
        &key.name,
        Some(&state(l)),
        &html! {
            p { code { (key.prefix) "…" } @if key.account != own.held.person.id { " · " (l.t("keys-acts-as")) " " (bdi(account.unwrap_or_default())) } }
            p { (if may.is_empty() { l.t("keys-all") } else { may.join(", ") }) @if !of.is_empty() { " · " (of.join(", ")) } }
            p.small.muted {
                (l.t("keys-made-on")) " " (when(&own.app, scope, l, key.made)) " · "
                (l.t("keys-ends")) " " (when(&own.app, scope, l, key.ends)) " · "
                @if let Some(used) = key.used { (l.t("account-used")) " " (when(&own.app, scope, l, used)) }
                @else { (l.t("keys-never")) }
            }
            @if !ended {
                form method="post" action="/account/keys/revoke" {
                    (csrf_field(&own.view.csrf))
                    input type="hidden" name="id" value=(key.id);
                    (Action::submit(l.t("keys-revoke")).weight(Weight::Danger).icon(Icon::Trash))
                }
            }
        },
    )
}

/// `POST /account/keys`
pub async fn make(
    own: Own,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let person = &own.held.person;
    fresh(&own.app, person, FRESH)?;
    let all = |name: &str| {
        let found = fields.iter().filter(move |(n, _)| n == name);
        found.map(|(_, v)| v.clone()).collect::<Vec<_>>()
    };
    let permissions: Vec<Permission> = all("permissions")
        .iter()
        .filter_map(|p| Permission::parse(p))
        .collect();
    let clients: Vec<ClientId> = all("clients")
        .iter()
        .filter_map(|c| c.parse().ok())
        .collect();
    let typed = Fields(fields);
    let service = typed.get("service") == "yes";
    let days = typed.get("days").parse().unwrap_or(0);
    let what = (typed.get("name"), service);
    let done = own
        .app
        .key_make(person, what, (&permissions, &clients), days, &own.from);
    match done.await {
        Ok(key) => {
            let none = Fields(Vec::new());
            Ok(show(&own, &none, &[], Some(&key)).await?.into_response())
        }
        Err(AppError::Invalid(wrong)) => {
            let errors: Vec<FieldError> = wrong
                .into_iter()
                .map(|f| FieldError::new(f.field, f.help))
                .collect();
            let page = show(&own, &typed, &errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /account/keys/revoke`
pub async fn revoke(
    own: Own,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = Fields(fields).get("id").to_owned();
    own.app
        .key_revoke(own.held.person.id, &id, &own.from)
        .await?;
    Ok(Redirect::to("/account/keys").into_response())
}
