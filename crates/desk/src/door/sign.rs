//! Signing in and out. Opening a one-time link shows a button and spends nothing, so that a mail
//! scanner that follows links locks nobody out. Every refusal reads the same.

use super::{Sent, cookie, inside, passkey_button, passkey_trouble};
use app::{
    App, AppError,
    door::{DoorError, Method, Opened},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use kernel::Lang;
use maud::{Markup, html};
use redress_http::{
    L10n, Page, Surface, View, csrf,
    ui::{self, Action, Field, Icon, Note, Tone, Weight, csrf_field},
};
use serde::Deserialize;
use surface::{Failure, Signed, origin::From, session_token};

/// Tokens are 43 characters; anything much longer is not worth hashing.
const LINK_MAX: usize = 128;
/// The cookie that ties a way to a sign-in service to the browser that began it.
const STATE_COOKIE: &str = "sign_in_state";

/// `?back=/desk`
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// `GET /sign-in`
pub async fn page(State(app): State<App>, view: View, Query(back): Query<Back>) -> Markup {
    let sent = Sent {
        back: back.back,
        ..Sent::default()
    };
    show(&app, &view.for_staff(), &sent, None)
}

fn show(app: &App, view: &View, sent: &Sent, refused: Option<&DoorError>) -> Markup {
    let l = view.l;
    let services = app.services();
    Page::new(view, Surface::Plain, l.t("desk-sign-in"))
        .body(html! {
            div.stack {
                h1 { (l.t("desk-sign-in")) }
                @if let Some(error) = refused { (trouble(l, error)) }
                form.stack method="post" action="/sign-in/code" {
                    (csrf_field(&view.csrf))
                    input type="hidden" name="back" value=(inside(&sent.back));
                    @if app.has_passkeys() {
                        (passkey_button(&l.t("door-with-passkey"), "/sign-in/passkey/ask", "/sign-in/passkey"))
                        (passkey_trouble(l))
                    }
                    @for (name, label) in &services {
                        button.btn.btn-lg type="submit" formnovalidate formaction={ "/sign-in/with/" (name) } {
                            (ui::icon(Icon::ExternalLink)) (l.t_args("door-with-service", &[("name", label.as_str().into())]))
                        }
                    }
                    section.card { div.card-body.stack {
                        (Field::new("email", l.t("door-email")).kind(ui::Kind::Email).autocomplete("username")
                            .max(200).value(sent.email.as_str()).required())
                        (Field::new("code", l.t("door-code")).hint(l.t("door-code-hint"))
                            .autocomplete("one-time-code").max(40).required())
                        (Action::submit(l.t("door-with-code")).weight(Weight::Secondary).icon(Icon::Lock))
                    } }
                    (ui::checkbox("shared", &l.t("door-shared"), "yes", sent.shared(), Some(&l.t("door-shared-hint"))))
                }
                p.small { (l.t("door-no-way")) " " a href="/sign-in/password" { (l.t("door-glass")) } }
            }
        })
        .render()
}

/// Why it did not work: the same words for a wrong code, an unknown account and a disabled one.
pub(super) fn trouble(l: L10n, error: &DoorError) -> Markup {
    let (title, what) = match error {
        DoorError::TooMany(_) => ("problem-too-many", "door-too-many-do"),
        DoorError::Unavailable(_) => ("door-unavailable", "door-unavailable-do"),
        _ => ("door-refused", "door-refused-do"),
    };
    html! { div role="alert" { (Note::new(Tone::Bad, l.t(title)).body(html! { p { (l.t(what)) } })) } }
}

/// A refusal with its status, and seconds to wait where that helps.
pub(super) fn refusal(error: &DoorError, page: Markup) -> Response {
    let (status, wait) = match error {
        DoorError::TooMany(seconds) => (StatusCode::TOO_MANY_REQUESTS, *seconds),
        DoorError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, 30),
        _ => return (StatusCode::FORBIDDEN, page).into_response(),
    };
    (
        status,
        [(header::RETRY_AFTER, HeaderValue::from(wait))],
        page,
    )
        .into_response()
}

/// In, or the page again with what was typed.
fn answer(
    app: &App,
    view: View,
    mut sent: Sent,
    done: Result<Opened, DoorError>,
) -> Result<Response, Failure> {
    match done {
        Ok(opened) => Ok(enter(app, &opened, &sent.back)),
        Err(DoorError::App(e)) => Err(e.into()),
        Err(error) => {
            sent.code.clear();
            let page = show(app, &view.for_staff(), &sent, Some(&error));
            Ok(refusal(&error, page))
        }
    }
}

/// A fresh session in the browser, and on to where it was going.
fn enter(app: &App, opened: &Opened, back: &str) -> Response {
    let to = match opened.method {
        Method::Invitation => "/account",
        _ => inside(back),
    };
    ([cookie(app, &opened.token, None)], Redirect::to(to)).into_response()
}

/// `POST /sign-in/passkey/ask`
pub async fn ask(State(app): State<App>) -> Result<Response, Failure> {
    let asked = app.passkey_ask().await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], asked).into_response())
}

/// `POST /sign-in/passkey`
pub async fn passkey(
    State(app): State<App>,
    view: View,
    from: From,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let proof = (sent.ceremony.as_str(), sent.answer.as_str());
    let done = app.passkey_sign_in(proof, sent.shared(), &from).await;
    answer(&app, view, sent, done)
}

/// `POST /sign-in/code`
pub async fn code(
    State(app): State<App>,
    view: View,
    from: From,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let proof = (sent.email.as_str(), sent.code.as_str());
    let done = app.code_sign_in(proof, sent.shared(), &from).await;
    answer(&app, view, sent, done)
}

/// `GET /sign-in/password`: for emergencies.
pub async fn glass(view: View) -> Markup {
    broken(&view.for_staff(), &Sent::default(), None)
}

fn broken(view: &View, sent: &Sent, refused: Option<&DoorError>) -> Markup {
    let l = view.l;
    Page::new(view, Surface::Plain, l.t("door-glass"))
        .body(html! {
            div.stack {
                h1 { (l.t("door-glass")) }
                @if let Some(error) = refused { (trouble(l, error)) }
                p.lede { (l.t("door-glass-how")) }
                form.stack method="post" action="/sign-in/password" {
                    (csrf_field(&view.csrf))
                    (Field::new("email", l.t("door-email")).kind(ui::Kind::Email).autocomplete("username")
                        .max(200).value(sent.email.as_str()).required())
                    (Field::new("password", l.t("door-password")).kind(ui::Kind::Password).max(100).required())
                    (Action::submit(l.t("desk-sign-in")).icon(Icon::Lock))
                }
                p.small { a href="/sign-in" { (l.t("door-other-ways")) } }
            }
        })
        .render()
}

/// `POST /sign-in/password`
pub async fn password(
    State(app): State<App>,
    view: View,
    from: From,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let proof = (sent.email.as_str(), sent.password.as_str());
    match app.password_sign_in(proof, &from).await {
        Ok(opened) => Ok(enter(&app, &opened, "/")),
        Err(DoorError::App(e)) => Err(e.into()),
        Err(error) => {
            let page = broken(&view.for_staff(), &sent, Some(&error));
            Ok(refusal(&error, page))
        }
    }
}

/// `POST /sign-in/with/{service}`: off to a sign-in service. By a page that goes on by itself: our
/// content policy lets no form lead elsewhere, not even by a redirect.
pub async fn away(
    State(app): State<App>,
    view: View,
    Path(service): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let (to, state) = match app.service_begin(&service, sent.shared()).await {
        Ok(begun) => begun,
        Err(error) => return answer(&app, view, sent, Err(error)),
    };
    let view = view.for_staff();
    let l = view.l;
    let label = app
        .services()
        .into_iter()
        .find(|(name, _)| *name == service);
    let label = label.map(|(_, label)| label).unwrap_or_default();
    let title = l.t_args("door-with-service", &[("name", label.into())]);
    let page = Page::new(&view, Surface::Plain, title.clone())
        .body(html! {
            div.stack {
                h1 { (title) }
                p.lede { (l.t("door-away")) }
                (Action::link(l.t("door-away-go"), to.as_str()).icon(Icon::ExternalLink).weight(Weight::Primary))
            }
        })
        .render();
    let refresh = (header::REFRESH, format!("0;url={to}"));
    let headers = AppendHeaders([state_cookie(&app, &state, 600), refresh]);
    Ok((headers, page).into_response())
}

fn state_cookie(app: &App, value: &str, seconds: u32) -> (header::HeaderName, String) {
    let secure = if app.base_url().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let path = "/sign-in/from";
    let cookie = format!(
        "{STATE_COOKIE}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    );
    (header::SET_COOKIE, cookie)
}

/// What a sign-in service sends back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Returned {
    state: String,
    code: String,
    iss: Option<String>,
}

/// `GET /sign-in/from/{service}`: back from a sign-in service. The browser must be the one that was
/// sent there.
pub async fn back(
    State(app): State<App>,
    view: View,
    from: From,
    headers: HeaderMap,
    Path(service): Path<String>,
    Query(returned): Query<Returned>,
) -> Result<Response, Failure> {
    let ours = csrf::cookie(&headers, STATE_COOKIE).unwrap_or_default();
    let state = if ours == returned.state {
        returned.state.as_str()
    } else {
        ""
    };
    let said = (state, returned.code.as_str(), returned.iss.as_deref());
    let done = app.service_sign_in(&service, said, &from).await;
    let answer = answer(&app, view, Sent::default(), done)?;
    Ok((AppendHeaders([state_cookie(&app, "", 0)]), answer).into_response())
}

/// `GET /sign-in/{link}`: one button.
pub async fn link(view: View, Path(link): Path<String>) -> Markup {
    let view = view.for_staff();
    let l = view.l;
    let link = link.chars().take(LINK_MAX).collect::<String>();
    let action = format!("/sign-in/{link}");
    Page::new(&view, Surface::Plain, l.t("desk-sign-in"))
        .body(html! {
            div.stack {
                h1 { (l.t("desk-sign-in")) }
                p.lede { (l.t("desk-sign-in-once")) }
                form method="post" action=(action) {
                    (csrf_field(&view.csrf))
                    (Action::submit(l.t("desk-sign-in-now")).icon(Icon::Key).large())
                }
            }
        })
        .render()
}

/// `POST /sign-in/{link}`: spends the link and opens a session.
pub async fn spend(
    State(app): State<App>,
    view: View,
    from: From,
    Path(link): Path<String>,
) -> Result<Response, Failure> {
    let opened = match link.len() {
        0..=LINK_MAX => app.sign_in(&link, &from).await,
        _ => Err(DoorError::App(AppError::Missing)),
    };
    match opened {
        Ok(opened) => Ok(enter(&app, &opened, "/")),
        Err(DoorError::Refused(_) | DoorError::App(AppError::Missing)) => {
            Ok(used_up(&view.for_staff()).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

fn used_up(view: &View) -> (StatusCode, Markup) {
    let l = view.l;
    let page = Page::new(view, Surface::Plain, l.t("desk-sign-in-gone"))
        .body(html! {
            div.stack {
                h1 { (l.t("desk-sign-in-gone")) }
                p.lede { (l.t("desk-sign-in-gone-do")) }
                p { (l.t("desk-sign-in-who")) }
            }
        })
        .render();
    (StatusCode::NOT_FOUND, page)
}

/// `POST /sign-out`: ends the session here and in the browser.
pub async fn out(
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(session) = session_token(&app, &headers) {
        app.sign_out(session, &from).await?;
    }
    Ok(gone(&app))
}

/// The browser without a session and without what it kept of the pages.
pub(super) fn gone(app: &App) -> Response {
    let mut answer = ([cookie(app, "", Some(0))], Redirect::to("/sign-in")).into_response();
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    answer.headers_mut().insert("clear-site-data", clear);
    answer
}

/// What the menu of languages sends.
#[derive(Debug, Deserialize)]
pub struct Spoken {
    lang: Lang,
    #[serde(default)]
    back: String,
}

/// How long a browser remembers the language for pages that know nobody: errors, signing in.
const LANGUAGE_SECONDS: u32 = 365 * 24 * 3_600;

/// `POST /language`: keeps the language for the person, and goes back to the page they were on.
pub async fn speak(
    State(app): State<App>,
    Signed(person): Signed,
    Form(wish): Form<Spoken>,
) -> Result<Response, Failure> {
    // Only what pages can be shown in is kept.
    let lang = L10n::new(wish.lang).lang();
    app.choose_language(person.id, lang).await?;
    let cookie = format!("lang={lang}; Path=/; Max-Age={LANGUAGE_SECONDS}; SameSite=Lax");
    let cookie = [(header::SET_COOKIE, cookie)];
    Ok((cookie, Redirect::to(inside(&wish.back))).into_response())
}
