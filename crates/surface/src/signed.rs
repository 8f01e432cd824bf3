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

/// The cookie a session lives in.
pub const SESSION_COOKIE: &str = "session";

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
        if let Some(Known(person)) = parts.extensions.get() {
            return Ok(Self(person.clone()));
        }
        let token = cookie(&parts.headers, SESSION_COOKIE)
            .ok_or(Problem::sign_in())?
            .to_owned();
        let person = app.person(&token, TokenKind::Session).await?;
        person.map(Self).ok_or(Failure(Problem::sign_in()))
    }
}

/// For how long after signing in the most delicate things can be done without signing in again,
/// minutes: where money goes, who may decide how much.
pub const FRESH_MINUTES: i64 = 10;

/// Passes if whoever asks signed in a moment ago, in this session; else the answer is to sign in
/// again. An API key never signs in, so it never passes.
///
/// # Errors
/// The problem `sign-in-again`; faults of the database.
pub async fn fresh(app: &App, headers: &HeaderMap) -> Result<(), Failure> {
    let again = Failure(Problem::new(StatusCode::FORBIDDEN, "sign-in-again"));
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(again);
    }
    let Some(token) = cookie(headers, SESSION_COOKIE) else {
        return Err(again);
    };
    let since = app.session_since(token).await?;
    let age = since.map(|since| app.now().duration_since(since).as_mins());
    match age {
        Some(age) if age < FRESH_MINUTES => Ok(()),
        _ => Err(again),
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
