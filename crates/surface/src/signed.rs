//! Who is asking: a browser with a session cookie, or a program with an API key.

use crate::Failure;
use app::{
    App,
    signin::{Person, TokenKind},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use redress_http::{Problem, csrf::cookie};
use std::ops::Deref;

/// The cookie a session lives in where pages are reached over http: on one machine.
pub const SESSION_COOKIE: &str = "session";
/// The cookie a session lives in over https: no other host, and no page over http, can set it.
pub const SECURE_SESSION_COOKIE: &str = "__Host-session";

/// The name of the cookie at this installation.
pub fn session_cookie(app: &App) -> &'static str {
    if app.base_url().starts_with("https://") {
        SECURE_SESSION_COOKIE
    } else {
        SESSION_COOKIE
    }
}

/// The token of the session in a request.
pub fn session_token<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, session_cookie(app)).filter(|token| !token.is_empty())
}

/// For how long after signing in the most delicate things can be done without signing in again,
/// minutes: where money goes, who may decide how much.
pub const FRESH_MINUTES: i64 = 10;

/// Passes if a person showed who they are within the last `minutes`; otherwise they are asked to,
/// before money, rights or ways in change.
pub fn fresh(app: &App, person: &Person, minutes: i64) -> Result<(), Failure> {
    if app.is_fresh(person, minutes) {
        return Ok(());
    }
    let problem = Problem::new(StatusCode::FORBIDDEN, "not-fresh");
    Err(Failure(problem.rule("fresh-sign-in")))
}

/// The same for what programs may do with a key, too: a key is made for it and asks nobody.
///
/// # Errors
/// As [`fresh`], for a person.
pub fn fresh_or_key(app: &App, person: &Person) -> Result<(), Failure> {
    match person.session {
        Some(_) => fresh(app, person, FRESH_MINUTES),
        None => Ok(()),
    }
}

/// A signed-in person; without one the answer is "sign in".
#[derive(Debug, Clone)]
pub struct Signed(pub Person);

impl Deref for Signed {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.0
    }
}

/// Who a door let in: looked up once for each request.
#[derive(Debug, Clone)]
pub(crate) struct Known(pub(crate) Person);

impl FromRequestParts<App> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        // An API key is let in where programs are, and is no person who signed in.
        let known = parts.extensions.get::<Known>();
        if let Some(Known(person)) = known.filter(|Known(person)| person.session.is_some()) {
            return Ok(Self(person.clone()));
        }
        let token = session_token(app, &parts.headers)
            .ok_or(Problem::sign_in())?
            .to_owned();
        let person = app.person(&token, TokenKind::Session).await?;
        person.map(Self).ok_or(Failure(Problem::sign_in()))
    }
}

/// A program with an API key in `Authorization: Bearer …`; a browser session will do as well, so
/// that the API can be tried from the documentation page.
#[derive(Debug, Clone)]
pub struct Caller(pub Person);

impl Deref for Caller {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.0
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        if let Some(Known(person)) = parts.extensions.get() {
            return Ok(Self(person.clone()));
        }
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok());
        let Some(bearer) = bearer else {
            return Signed::from_request_parts(parts, app)
                .await
                .map(|Signed(p)| Self(p));
        };
        let token = bearer.strip_prefix("Bearer ").ok_or(Problem::sign_in())?;
        let person = app.person(token.trim(), TokenKind::ApiKey).await?;
        person.map(Self).ok_or(Failure(Problem::sign_in()))
    }
}

impl axum::extract::OptionalFromRequestParts<App> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Failure> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(signed) => Ok(Some(signed)),
            Err(Failure(problem)) if problem.status == axum::http::StatusCode::UNAUTHORIZED => {
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }
}
