//! The client's ledger: what a caller reads with a key, and the files anybody may read and
//! verify with nothing but the public key.

use crate::door::{self, Operations};
use crate::{returns_routes::case_of, tenant::Tenant};
use app::{App, AppError, ledger::LogFile};
use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use surface::{
    Failure,
    door::{Door, Doors},
};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::LEDGER, routes!(state))
        .route(door::LEDGER, routes!(proofs))
}

/// `/log/{client}/…`: C2SP tlog-tiles. Leaves are salted commitments; nothing personal.
pub fn public() -> Doors {
    let all = Door::anybody().at_slug();
    Doors::programs()
        .get("/log/{client}/vkey", all, vkey)
        .get("/log/{client}/{*path}", all, file)
}

/// Where a client's ledger stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerView {
    /// The log's public key in vkey form: all a third party must know beforehand.
    vkey: String,
    /// The newest signed checkpoint (C2SP tlog-checkpoint); null while the log is empty.
    checkpoint: Option<String>,
    /// Where the log's files are read by anybody.
    files: String,
}

/// Read the ledger's key and newest checkpoint
#[utoipa::path(get, path = "/ledger", tag = "Ledger",
    responses((status = 200, description = "Key and checkpoint", body = LedgerView)))]
async fn state(State(app): State<App>, tenant: Tenant) -> Result<Json<LedgerView>, Failure> {
    let checkpoint = app.checkpoint(tenant.scope(), tenant.id()).await?;
    let vkey = app.vkey(tenant.id()).await?;
    Ok(Json(LedgerView {
        vkey,
        checkpoint,
        files: format!("/log/{}/", tenant.client.slug),
    }))
}

/// Proofs that a return's events are in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proofs {
    /// The key to verify with.
    vkey: String,
    /// One receipt (C2SP tlog-proof) per event that has its place, in event order.
    receipts: Vec<String>,
}

/// Read the ledger receipts of a return
///
/// Each can be verified offline: `redress verify-receipt --vkey KEY FILE`.
#[utoipa::path(get, path = "/returns/{case}/proofs", tag = "Ledger",
    responses((status = 200, description = "The receipts", body = Proofs)))]
async fn proofs(State(app): State<App>, tenant: Tenant) -> Result<Json<Proofs>, Failure> {
    let case = case_of(&app, &tenant).await?;
    let receipts = app
        .receipts_of_case(tenant.scope(), tenant.id(), case)
        .await?;
    Ok(Json(Proofs {
        vkey: app.vkey(tenant.id()).await?,
        receipts,
    }))
}

async fn vkey(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Failure> {
    let client = app
        .directory()
        .client_by_slug(&slug)
        .map(|c| c.id)
        .ok_or(AppError::Missing)?;
    Ok(app.vkey(client).await?.into_response())
}

async fn file(
    State(app): State<App>,
    Path((slug, path)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let client = app
        .directory()
        .client_by_slug(&slug)
        .map(|c| c.id)
        .ok_or(AppError::Missing)?;
    Ok(match app.tile(client, &path).await? {
        LogFile::Checkpoint(text) => {
            let kinds = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (kinds, text).into_response()
        }
        LogFile::Tile(bytes) => {
            let kinds = [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (kinds, bytes).into_response()
        }
    })
}
