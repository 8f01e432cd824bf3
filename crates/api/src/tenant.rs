//! Which client a call is about and who calls: the one door every operation goes through.

use app::{App, directory::Client, signin::Person};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use kernel::{ClientId, Scope};
use redress_http::{L10n, Problem, View};
use std::{str::FromStr, sync::Arc};
use surface::{Caller, Failure};

/// A caller at the client named in the path. A client that does not exist and one that is not
/// the caller's are the same 404.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Who calls.
    pub person: Person,
    /// The client.
    pub client: Arc<Client>,
    /// The language of words in the answer.
    pub l: L10n,
    params: Vec<(String, String)>,
}

impl Tenant {
    /// The client's id.
    pub fn id(&self) -> ClientId {
        self.client.id
    }

    /// What the caller may do.
    pub fn scope(&self) -> &Scope {
        &self.person.scope
    }

    /// A typed value of the path; anything that cannot be one is a 404 like an unknown one.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        // Order numbers are the longest.
        let text = self.text(name)?;
        if text.len() > wire::order::MAX_ID {
            return Err(Problem::not_found());
        }
        text.parse().map_err(|_| Problem::not_found())
    }

    fn text(&self, name: &str) -> Result<&str, Problem> {
        let found = self.params.iter().find(|(n, _)| n == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or(Problem::not_found())
    }

    /// The address of something of this client.
    pub fn href(&self, rest: impl std::fmt::Display) -> String {
        format!("/api/v1/clients/{}/{rest}", self.client.slug)
    }
}

impl FromRequestParts<App> for Tenant {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Caller(person) = Caller::from_request_parts(parts, app).await?;
        let params = RawPathParams::from_request_parts(parts, app)
            .await
            .map_err(|_| Problem::not_found())?;
        let params: Vec<_> = params
            .iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect();
        let slug = params
            .iter()
            .find(|(n, _)| n == "client")
            .map_or("", |(_, v)| v);
        let client = app.directory().client_by_slug(slug).cloned();
        let client = client
            .filter(|c| person.scope.reaches(c.id))
            .ok_or(Problem::not_found())?;
        let l = View::of(&parts.headers, &parts.extensions).l;
        Ok(Self {
            person,
            client,
            l,
            params,
        })
    }
}
