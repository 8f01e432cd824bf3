//! Showing again who one is: after a lock, and before something that needs a fresh proof. A form
//! that was sent meanwhile waits here and is sent again by its writer.

use super::{Sent, inside, passkey_button, passkey_trouble, sign};
use app::{
    App,
    door::{DoorError, WayKind},
    signin::Held,
};
use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use redress_http::{
    Page, Problem, Surface, View, csrf,
    ui::{self, Action, Field, Icon, Note, Tone, Weight, csrf_field},
};
use serde::{Deserialize, Serialize};
use surface::{Failure, origin::From, session_token};

/// A form that waits.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carried {
    /// Where it goes.
    pub to: String,
    /// What it says.
    pub fields: Vec<(String, String)>,
}

/// `?back=/desk`
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

async fn holder(app: &App, headers: &HeaderMap) -> Result<(String, Held), Failure> {
    let token = session_token(app, headers).ok_or(Problem::sign_in())?;
    let held = app.holder(token).await?.ok_or(Problem::sign_in())?;
    Ok((token.to_owned(), held))
}

/// `GET /unlock`
pub async fn page(
    State(app): State<App>,
    view: View,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    let Ok((_, held)) = holder(&app, &headers).await else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let view = view.for_staff();
    let page = show(&app, &view, &held, (&back.back, None), None).await?;
    Ok(page.into_response())
}

/// The page: the ways in this person has, and where it leads.
pub(super) async fn show(
    app: &App,
    view: &View,
    held: &Held,
    (back, carried): (&str, Option<&Carried>),
    refused: Option<&DoorError>,
) -> Result<Markup, Failure> {
    let l = view.l;
    let ways = app.ways(held.person.id).await?;
    let has = |kind: WayKind| ways.iter().any(|way| way.kind == kind.as_str());
    let (key, code) = (
        has(WayKind::Passkey) && app.has_passkeys(),
        has(WayKind::App) || has(WayKind::Recovery),
    );
    let carry = carried.map(serde_json::to_string).transpose();
    let carry = carry.map_err(app::AppError::from)?.unwrap_or_default();
    let title = l.t(if held.locked {
        "door-locked"
    } else {
        "door-again"
    });
    Ok(Page::new(view, Surface::Plain, title.clone())
        .body(html! {
            div.stack {
                h1 { (title) }
                @if let Some(error) = refused { (sign::trouble(l, error)) }
                p.lede { (l.t_args("door-again-who", &[("name", held.person.name.as_str().into())])) }
                @if !carry.is_empty() {
                    (Note::new(Tone::Accent, l.t("door-carried")).body(html! { p { (l.t("door-carried-do")) } }))
                }
                form.stack method="post" action="/unlock/code" {
                    (csrf_field(&view.csrf))
                    input type="hidden" name="back" value=(inside(back));
                    input type="hidden" name="carry" value=(carry);
                    @if key {
                        (passkey_button(&l.t("door-again-passkey"), "/sign-in/passkey/ask", "/unlock/passkey"))
                        (passkey_trouble(l))
                    }
                    @if code {
                        (Field::new("code", l.t("door-code")).hint(l.t("door-code-hint"))
                            .autocomplete("one-time-code").max(40).required())
                        (Action::submit(l.t("door-again-code")).weight(Weight::Secondary).icon(Icon::Lock))
                    }
                }
                @if !key && !code { p { (l.t("door-again-none")) } }
                form method="post" action="/sign-out" {
                    (csrf_field(&view.csrf))
                    button.btn.btn-ghost type="submit" { (ui::icon(Icon::LogOut)) (l.t("door-not-me")) }
                }
            }
        })
        .render())
}

/// `POST /unlock/passkey`
pub async fn passkey(
    State(app): State<App>,
    view: View,
    from: From,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (token, held) = holder(&app, &headers).await?;
    let proof = (sent.ceremony.as_str(), sent.answer.as_str());
    let done = app.passkey_unlock((&token, &held), proof, &from).await;
    go_on(&app, view, &held, &sent, done).await
}

/// `POST /unlock/code`
pub async fn code(
    State(app): State<App>,
    view: View,
    from: From,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (token, held) = holder(&app, &headers).await?;
    let done = app.code_unlock((&token, &held), &sent.code, &from).await;
    go_on(&app, view, &held, &sent, done).await
}

async fn go_on(
    app: &App,
    view: View,
    held: &Held,
    sent: &Sent,
    done: Result<(), DoorError>,
) -> Result<Response, Failure> {
    let view = view.for_staff();
    let carried: Option<Carried> = serde_json::from_str(&sent.carry).ok();
    match done {
        Ok(()) => Ok(match &carried {
            Some(carried) => again(&view, carried).into_response(),
            None => Redirect::to(inside(&sent.back)).into_response(),
        }),
        Err(DoorError::App(e)) => Err(e.into()),
        Err(error) => {
            let way = (sent.back.as_str(), carried.as_ref());
            let page = show(app, &view, held, way, Some(&error)).await?;
            Ok(sign::refusal(&error, page))
        }
    }
}

/// The form as it was sent, behind a button: nothing is sent without its writer.
fn again(view: &View, carried: &Carried) -> Markup {
    let l = view.l;
    let fields = carried
        .fields
        .iter()
        .filter(|(name, _)| name != csrf::FIELD);
    Page::new(view, Surface::Plain, l.t("door-carry-on"))
        .body(html! {
            div.stack {
                h1 { (l.t("door-carry-on")) }
                p.lede { (l.t("door-carry-on-do")) }
                form method="post" action=(inside(&carried.to)) {
                    (csrf_field(&view.csrf))
                    @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                    (Action::submit(l.t("door-carry-on-send")).icon(Icon::Send).large())
                }
            }
        })
        .render()
}

/// `POST /lock`: locks the session before its time.
pub async fn lock(
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (token, held) = holder(&app, &headers).await?;
    app.lock(&token, &held, &from).await?;
    Ok(Redirect::to("/unlock").into_response())
}
