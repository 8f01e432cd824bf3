//! What stands before every page: a session that locked shows again who holds it, one that came by
//! an invitation adds a way in, and whatever a person does keeps theirs from locking.

use super::{inside, unlock};
use app::{App, signin::Held};
use axum::{
    body::to_bytes,
    extract::{OriginalUri, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use redress_http::{Problem, View};
use surface::{Failure, origin::origin, session_token};

/// The largest form that is carried over the lock, bytes.
const CARRIED_MAX: usize = 256 * 1024;

/// Where one may go with a locked session or an invitation.
fn open_to_all(path: &str) -> bool {
    let rooms = [
        "/sign-in",
        "/sign-out",
        "/unlock",
        "/assets",
        "/p",
        "/language",
    ];
    rooms.iter().any(|room| {
        let rest = path.strip_prefix(room);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether a person did this, and not a page by itself.
fn is_done_by_hand(method: &Method, headers: &HeaderMap) -> bool {
    let mode = headers.get("sec-fetch-mode");
    *method != Method::GET
        || mode.map_or_else(
            || wants_page(headers),
            |mode| mode.as_bytes() == b"navigate",
        )
}

/// Whether the answer is shown as a whole page.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html")) && !headers.contains_key("hx-request")
}

/// Middleware: `axum::middleware::from_fn_with_state(app, desk::guard)`, inside the cross-site
/// check.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let keyed = request.headers().contains_key(header::AUTHORIZATION);
    let token = session_token(&app, request.headers()).map(str::to_owned);
    let Some(token) = token.filter(|_| !keyed && !open_to_all(request.uri().path())) else {
        return next.run(request).await;
    };
    let held = match app.holder(&token).await {
        Ok(Some(held)) => held,
        // Who needs a session says so.
        Ok(None) => return next.run(request).await,
        Err(e) => return Failure::from(e).into_response(),
    };
    if held.locked {
        return locked(&app, &token, &held, request)
            .await
            .unwrap_or_else(IntoResponse::into_response);
    }
    let account = request.uri().path().starts_with("/account");
    if held.bound && !account {
        return if wants_page(request.headers()) && request.method() == Method::GET {
            Redirect::to("/account").into_response()
        } else {
            Problem::forbidden().rule("invitation").into_response()
        };
    }
    if is_done_by_hand(request.method(), request.headers())
        && let Err(e) = app.seen(&token, &held).await
    {
        return Failure::from(e).into_response();
    }
    next.run(request).await
}

/// A page leads to where one shows who one is, and back. A form is carried along, so that nothing
/// that was typed is lost. Everything else is told.
async fn locked(
    app: &App,
    token: &str,
    held: &Held,
    request: Request,
) -> Result<Response, Failure> {
    let from = origin(request.headers(), request.extensions());
    app.lock(token, held, &from).await?;
    let problem = || Problem::new(StatusCode::UNAUTHORIZED, "locked").into_response();
    if !wants_page(request.headers()) {
        return Ok(problem());
    }
    let whole = request.extensions().get::<OriginalUri>();
    let uri = whole.map_or(request.uri(), |whole| &whole.0);
    let here = uri.path_and_query().map(ToString::to_string);
    let here = here.unwrap_or_default();
    if *request.method() == Method::GET {
        let back = form_urlencoded::byte_serialize(inside(&here).as_bytes());
        let back = back.collect::<String>();
        return Ok(Redirect::to(&format!("/unlock?back={back}")).into_response());
    }
    let kind = request.headers().get(header::CONTENT_TYPE);
    let plain = kind.is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    });
    if !plain {
        return Ok(problem());
    }
    let (parts, body) = request.into_parts();
    let view = View::of(&parts.headers, &parts.extensions).for_staff();
    let Ok(bytes) = to_bytes(body, CARRIED_MAX).await else {
        return Ok(Problem::too_large().into_response());
    };
    let fields = form_urlencoded::parse(&bytes).into_owned().collect();
    let carried = unlock::Carried { to: here, fields };
    let page = unlock::show(app, &view, held, (&carried.to, Some(&carried)), None).await?;
    Ok((StatusCode::UNAUTHORIZED, page).into_response())
}
