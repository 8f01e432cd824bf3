//! Signing in by a one-time link and signing out. Opening the link shows a button and spends
//! nothing, so that a mail scanner that follows links locks nobody out.

use app::App;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Lang;
use maud::{Markup, html};
use redress_http::{
    L10n, Page, Surface, View, csrf,
    ui::{Action, Icon, csrf_field},
};
use surface::{Failure, SESSION_COOKIE, Signed};

/// Tokens are 43 characters; anything much longer is not worth hashing.
const LINK_MAX: usize = 128;

/// `GET /sign-in`: how one gets in.
pub async fn explain(view: View) -> Markup {
    let l = view.l;
    Page::new(&view, Surface::Plain, l.t("desk-sign-in"))
        .body(html! {
            div.stack {
                h1 { (l.t("desk-sign-in")) }
                p.lede { (l.t("desk-sign-in-how")) }
                p { (l.t("desk-sign-in-who")) }
            }
        })
        .render()
}

/// `GET /sign-in/{link}`: one button.
pub async fn ask(view: View, Path(link): Path<String>) -> Markup {
    let l = view.l;
    let action = format!(
        "/sign-in/{}",
        link.chars().take(LINK_MAX).collect::<String>()
    );
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
    Path(link): Path<String>,
) -> Result<Response, Failure> {
    let opened = match link.len() {
        0..=LINK_MAX => app.sign_in(&link).await,
        _ => Err(app::AppError::Missing),
    };
    let session = match opened {
        Ok(session) => session,
        Err(app::AppError::Missing) => return Ok(used_up(&view).into_response()),
        Err(e) => return Err(e.into()),
    };
    Ok((set_cookie(&app, &session, None), Redirect::to("/")).into_response())
}

fn used_up(view: &View) -> (axum::http::StatusCode, Markup) {
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
    (axum::http::StatusCode::NOT_FOUND, page)
}

/// `POST /sign-out`: ends the session here and in the browser.
pub async fn out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(session) = csrf::cookie(&headers, SESSION_COOKIE) {
        app.sign_out(session).await?;
    }
    let mut answer = (set_cookie(&app, "", Some(0)), Redirect::to("/sign-in")).into_response();
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    answer.headers_mut().insert("clear-site-data", clear);
    Ok(answer)
}

/// What the menu of languages sends.
#[derive(Debug, serde::Deserialize)]
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
    axum::Form(wish): axum::Form<Spoken>,
) -> Result<Response, Failure> {
    // Only what pages can be shown in is kept.
    let lang = L10n::new(wish.lang).lang();
    app.choose_language(person.id, lang).await?;
    let cookie = format!("lang={lang}; Path=/; Max-Age={LANGUAGE_SECONDS}; SameSite=Lax");
    let cookie = [(header::SET_COOKIE, cookie)];
    Ok((cookie, Redirect::to(inside(&wish.back))).into_response())
}

/// An address of this site, or the start page: nobody is sent elsewhere.
fn inside(back: &str) -> &str {
    let plain = back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if plain && back.starts_with('/') && !back.starts_with("//") {
        back
    } else {
        "/"
    }
}

fn set_cookie(app: &App, value: &str, max_age: Option<u32>) -> [(header::HeaderName, String); 1] {
    let secure = if app.base_url().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let age = max_age
        .map(|s| format!("; Max-Age={s}"))
        .unwrap_or_default();
    let cookie = format!("{SESSION_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    [(header::SET_COOKIE, cookie)]
}
