//! Typed ids in paths. A malformed id is a 404, the same answer as an unknown one.

use crate::Problem;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use std::str::FromStr;

/// The only id of a path: `async fn case(Id(id): Id<CaseId>)` on `/cases/{id}`.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

/// The two ids of a path: `Ids(client, case): Ids<ClientId, CaseId>`.
#[derive(Debug, Clone, Copy)]
pub struct Ids<A, B>(pub A, pub B);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let segments = segments(parts, state).await?;
        match segments.as_slice() {
            [(_, id)] => parse(id).map(Self),
            _ => Err(Problem::not_found()),
        }
    }
}

impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let segments = segments(parts, state).await?;
        match segments.as_slice() {
            [(_, a), (_, b)] => Ok(Self(parse(a)?, parse(b)?)),
            _ => Err(Problem::not_found()),
        }
    }
}

async fn segments<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
) -> Result<Vec<(String, String)>, Problem> {
    Path::<Vec<(String, String)>>::from_request_parts(parts, state)
        .await
        .map(|Path(list)| list)
        .map_err(|_| Problem::not_found())
}

fn parse<T: FromStr>(text: &str) -> Result<T, Problem> {
    // Every written id is far shorter; longer text is not worth parsing.
    if text.len() > 64 {
        return Err(Problem::not_found());
    }
    text.parse().map_err(|_| Problem::not_found())
}
