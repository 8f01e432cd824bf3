//! Packs of the law: what was published, publishing one, taking one back. The same door as on the
//! desk: the whole law with the pack is compiled before anything is stored.

use crate::{
    door::{self, Operations},
    input::{IMPORT_MAX, Input},
    output::Listed,
};
use app::{
    App, AppError,
    laws::{HOUSE, NewPack, PackRow},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use kernel::{ClientId, Date, Permission, Timestamp};
use redress_http::{Problem, ui::FieldError};
use serde::{Deserialize, Serialize};
use surface::{Caller, Failure};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// A published version of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct LawPackView {
    /// Its name; one named like a shipped pack takes its place.
    pub name: String,
    /// The client it is for; null for everybody.
    pub client: Option<String>,
    /// Which version of it, from 1.
    pub version: i64,
    /// SHA-256 of its text, hex.
    pub sha256: String,
    /// First day it decides new cases.
    #[schema(value_type = String, format = Date)]
    pub effective_from: String,
    /// Whether this version takes the pack back.
    pub retired: bool,
    /// Why it was published.
    pub note: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
}

/// A pack to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "uy", "effective_from": "2026-12-01", "note": "Uruguay, Ley 17.250",
    "source": "schema = \"redress-law/1\"\n[[jurisdiction]]\ncode = \"UY\"\nname = \"Uruguay\"\ncurrency = \"UYU\"\n"
}))]
pub struct NewLawPack {
    /// Lower-case letters, digits and hyphens; that of a shipped pack takes its place.
    name: String,
    /// Short name of the client it is for; everybody if absent.
    #[serde(default)]
    client: Option<String>,
    /// TOML text.
    source: String,
    /// First day it decides new cases.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// Why it is published.
    note: String,
}

/// A pack to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "effective_from": "2026-12-01", "note": "the shipped pack has it now" }))]
pub struct RetireLawPack {
    /// Short name of the client it is for; everybody if absent.
    #[serde(default)]
    client: Option<String>,
    /// First day new cases are decided without it.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// Why.
    note: String,
}

/// What was stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct LawPublishedView {
    /// Which version of the pack it is.
    pub version: i64,
    /// SHA-256 of its text, hex.
    pub sha256: String,
    /// Version of the whole law with it.
    pub law_version: String,
}

pub fn routes() -> Operations {
    Operations::new()
        .route(door::LAW, routes!(list))
        .route(door::LAW_ADMIN, routes!(publish))
        .route(door::LAW_ADMIN, routes!(retire))
}

/// List law packs
///
/// Every version that was published for everybody or for a client in reach, oldest first. The
/// shipped packs are not among them.
#[utoipa::path(get, path = "/packs", tag = "Law",
    responses((status = 200, description = "The packs", body = Listed<LawPackView>)))]
async fn list(
    State(app): State<App>,
    Caller(person): Caller,
) -> Result<Json<Listed<LawPackView>>, Failure> {
    if !person.scope.permissions().has(Permission::CaseRead) {
        return Err(AppError::Denied(Permission::CaseRead).into());
    }
    let view = |row: PackRow| LawPackView {
        client: (row.client_id != HOUSE).then(|| slug(&app, ClientId(row.client_id))),
        retired: row.retires(),
        name: row.name,
        version: row.version,
        sha256: row.hash,
        effective_from: row.effective_from,
        note: row.note,
        published_at: Timestamp::from_millisecond(row.published_at).unwrap_or_default(),
    };
    let items = app.law_packs(&person.scope).into_iter().map(view).collect();
    Ok(Json(Listed { items, next: None }))
}

fn slug(app: &App, client: ClientId) -> String {
    let directory = app.directory();
    directory
        .client(client)
        .map_or_else(|| client.to_string(), |c| c.slug.clone())
}

/// Publish a law pack
///
/// Needs the right to administer every client it is for. Everything is compiled first, on every
/// day on which the law changes; a pack that does not hold is refused with file and line (422,
/// `rule` is the place) and nothing is stored. Other nodes follow within seconds; a case that was
/// opened before keeps its law. The same text for the same day again is the same publication.
#[utoipa::path(post, path = "/packs", tag = "Law", request_body = NewLawPack,
    responses((status = 201, description = "Published", body = LawPublishedView)))]
async fn publish(
    State(app): State<App>,
    Caller(person): Caller,
    input: Input<NewLawPack, IMPORT_MAX>,
) -> Result<(StatusCode, Json<LawPublishedView>), Failure> {
    let new = input.body;
    let client = client_of(&app, new.client.as_deref())?;
    let pack = NewPack {
        name: new.name.trim(),
        source: &new.source,
        effective_from: new.effective_from,
        note: &new.note,
    };
    answered(app.publish_law(&person.scope, client, &pack).await)
}

/// Retire a law pack
///
/// From a day on new cases are decided without it: under the pack of the house, or the shipped one.
#[utoipa::path(post, path = "/packs/{pack}/retire", tag = "Law", request_body = RetireLawPack,
    responses((status = 201, description = "Taken back", body = LawPublishedView)))]
async fn retire(
    State(app): State<App>,
    Caller(person): Caller,
    Path(name): Path<String>,
    input: Input<RetireLawPack>,
) -> Result<(StatusCode, Json<LawPublishedView>), Failure> {
    let asked = input.body;
    let client = client_of(&app, asked.client.as_deref())?;
    let pack = NewPack {
        name: &name,
        source: "",
        effective_from: asked.effective_from,
        note: &asked.note,
    };
    answered(app.retire_law(&person.scope, client, &pack).await)
}

fn client_of(app: &App, slug: Option<&str>) -> Result<Option<ClientId>, Problem> {
    let Some(slug) = slug else {
        return Ok(None);
    };
    let directory = app.directory();
    let found = directory.client_by_slug(slug).ok_or(Problem::not_found())?;
    Ok(Some(found.id))
}

fn answered(
    done: Result<Result<app::laws::Published, ::law::PackError>, AppError>,
) -> Result<(StatusCode, Json<LawPublishedView>), Failure> {
    match done? {
        Ok(made) => Ok((
            StatusCode::CREATED,
            Json(LawPublishedView {
                version: made.version,
                sha256: made.hash,
                law_version: made.book,
            }),
        )),
        Err(refused) => {
            let place = format!("{}:{}", refused.pack, refused.line);
            let field = FieldError::new("source", refused.to_string());
            Err(Problem::invalid(vec![field])
                .detail(refused.to_string())
                .rule(place)
                .into())
        }
    }
}
