//! Goods without an order: kept at the bench, shown on a shelf of their own, and given to the
//! order or return they belong to once somebody knows it.

use crate::{bench::Bench, fields::Fields, unexpected};
use app::{
    App, AppError,
    cases::Call,
    strays::{Belongs, Found},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, StrayId, Timestamp};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Choice, Field, FieldError, Icon, Kind, Note, Select, Tone, Weight, actions, bdi,
        card, csrf_field, empty, scan_state,
    },
};
use surface::Failure;

/// The form that keeps what is in a parcel without an order number.
pub fn keep_form(
    bench: &Bench,
    clients: &[Choice],
    client: &str,
    fields: &Fields,
    errors: &[FieldError],
) -> Markup {
    let l = bench.view.l;
    let error = |name| FieldError::find(errors, name).map(|m| l.say(m));
    let form = html! {
        form.stack method="post" action="/dock/strays" {
            (csrf_field(&bench.view.csrf))
            input type="hidden" name="code" value=(fields.text("code"));
            input type="hidden" name="key" value=(fields.text("key"));
            p.hint { (l.t("dock-no-order-do")) }
            (Select::new("stray_client", l.t("dock-col-client"), clients.to_vec())
                .prompt(l.t("dock-choose-client")).value(client).error(error("stray_client")).required())
            (Field::new("label", l.t("dock-stray-label")).hint(l.t("dock-stray-hint")).max(200)
                .value(fields.text("label")).error(error("label")).required())
            (Field::new("units", l.t("dock-units")).kind(Kind::Number).narrow().max(6)
                .value(match fields.text("units") { "" => "1", text => text }).error(error("units")).required())
            (Field::new("sender", l.t("dock-sender")).hint(l.t("dock-sender-hint")).max(200)
                .value(fields.text("sender")).error(error("sender")))
            (Action::submit(l.t("dock-keep")).weight(Weight::Secondary).icon(Icon::Box).large())
        }
    };
    card(&l.t("dock-no-order"), &form)
}

/// `POST /dock/strays`: keeps the goods and shows the shelf.
pub async fn keep(State(app): State<App>, bench: Bench, body: String) -> Result<Response, Failure> {
    let mut fields = Fields::parse(&body);
    let slug = fields.text("stray_client").to_owned();
    let again = |fields: &Fields, errors: &[FieldError]| {
        let page = unexpected::draw(&app, &bench, fields, errors);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Ok(client) = bench.client(&app, &slug) else {
        let errors = [FieldError::new("stray_client", "dock-choose-client")];
        return again(&fields, &errors);
    };
    fields.set("client", slug);
    let Ok(units) = fields.text("units").parse() else {
        return again(&fields, &[FieldError::new("units", "dock-whole-number")]);
    };
    let found = Found {
        label: fields.text("label").to_owned(),
        units,
        sender: fields.text("sender").to_owned(),
        tracking: fields.text("code").to_owned(),
    };
    let key = fields.text("key");
    match app
        .keep_stray(&bench.person.scope, client.id, key, &found)
        .await
    {
        Ok(_) => Ok(Redirect::to("/dock/strays").into_response()),
        Err(AppError::Invalid(errors)) => {
            let errors: Vec<_> = errors
                .iter()
                .map(|e| FieldError::new(e.field.clone(), e.help))
                .collect();
            again(&fields, &errors)
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /dock/strays`: the shelf.
pub async fn page(State(app): State<App>, bench: Bench) -> Result<Response, Failure> {
    Ok(draw(&app, &bench, None).await?.into_response())
}

/// What was typed for one of the goods and could not be taken.
type Typed<'a> = (StrayId, &'a str, String);

async fn draw(app: &App, bench: &Bench, typed: Option<Typed<'_>>) -> Result<Markup, Failure> {
    let l = bench.view.l;
    let goods = app.open_strays(&bench.person.scope).await?;
    let directory = app.directory();
    let title = l.t("dock-strays");
    let one = |stray: &app::strays::StrayRow| {
        let client = directory.client(ClientId(stray.client_id));
        let slug = client.map_or("", |c| &c.slug);
        let name = client.map_or("", |c| &c.name);
        let at = Timestamp::from_millisecond(stray.received_at).unwrap_or_default();
        let own = typed.as_ref().filter(|(id, ..)| id.0 == stray.stray_id);
        html! {
            section.card { div.card-body.stack {
                div {
                    h2 { (l.number(stray.units)) " × " (bdi(&stray.label)) }
                    p.hint {
                        (name) " · " (l.ago(at, app.now()))
                        @if !stray.tracking.is_empty() { " · " (bdi(&stray.tracking)) }
                    }
                    @if !stray.sender.is_empty() { p { (l.t("dock-sender")) ": " (bdi(&stray.sender)) } }
                }
                form.stack method="post" action={ "/dock/strays/" (slug) "/" (StrayId(stray.stray_id)) } {
                    (csrf_field(&bench.view.csrf))
                    (Field::new("belongs", l.t("dock-belongs")).hint(l.t("dock-belongs-hint")).max(128)
                        .value(own.map_or("", |(_, text, _)| *text))
                        .error(own.map(|(_, _, words)| words.clone())).required())
                    (Action::submit(l.t("dock-belongs-go")).weight(Weight::Secondary))
                }
            } }
        }
    };
    Ok(bench.page(&title, &html! {
        (scan_state(Tone::Neutral, &l.t("dock-word-shelf"), &l.t_args("dock-strays-n", &[("n", goods.len().into())])))
        h1 { (title) }
        @if goods.is_empty() {
            (empty(Icon::Box, &l.t("dock-strays-none"), &l.t("dock-strays-none-do"), None))
        } @else {
            (Note::new(Tone::Accent, l.t("dock-strays-do")))
            @for stray in &goods { (one(stray)) }
        }
        (actions(&[Action::link(l.t("dock-back"), "/dock").weight(Weight::Ghost).icon(Icon::ArrowLeft)]))
    }))
}

/// `POST /dock/strays/{client}/{stray}`: gives goods to the order or return typed.
pub async fn matched(
    State(app): State<App>,
    bench: Bench,
    Path((slug, stray)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let client = bench.client(&app, &slug)?;
    let stray: StrayId = stray.parse().map_err(|_| Problem::not_found())?;
    let fields = Fields::parse(&body);
    let text = fields.text("belongs");
    let l = bench.view.l;
    let unknown = async |text: &str| {
        let typed = (stray, text, l.t("dock-belongs-unknown"));
        let page = draw(&app, &bench, Some(typed)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if text.is_empty() {
        return unknown(text).await;
    }
    let scope = &bench.person.scope;
    let heads = app.find_scanned(scope, text).await?;
    let own = heads.iter().find(|h| h.client_id == client.id.0);
    let to = match own {
        Some(head) => Belongs::Case(kernel::CaseId(head.case_id)),
        None => Belongs::Order(text.to_owned()),
    };
    let call = Call::new(scope, app.now());
    match app.match_stray(&call, client.id, stray, &to).await {
        Ok(answer) => Ok(Redirect::to(&format!("/dock/{slug}/{}", answer.case)).into_response()),
        Err(AppError::Missing) => unknown(text).await,
        Err(e) => Err(e.into()),
    }
}

/// Goods on the shelf of this bench, for the page before the first scan.
pub async fn waiting(app: &App, bench: &Bench) -> Result<Markup, Failure> {
    let n = app.open_strays(&bench.person.scope).await?.len();
    let l = bench.view.l;
    Ok(html! {
        @if n > 0 {
            p { a href="/dock/strays" { (l.t_args("dock-strays-n", &[("n", n.into())])) } }
        }
    })
}
