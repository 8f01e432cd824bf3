//! Signing in by a one-time link and signing out. Opening the link shows a button and spends
//! nothing, so that a mail scanner that follows links locks nobody out.

use app::App;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use redress_http::{
    Page, Surface, View, csrf,
    ui::{Action, Icon, csrf_field},
};
use surface::{Failure, SESSION_COOKIE};

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
