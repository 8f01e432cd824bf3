//! Goods nobody asked for: told apart by a person, and counts that were too high.

use crate::{
    commands::give,
    door::{self, Operations},
    input::Input,
    output::AnswerView,
    returns_routes::LineAsked,
    tenant::Tenant,
};
use app::App;
use axum::{extract::State, response::Response};
use returns::{Command, RequestedLine};
use serde::Deserialize;
use std::sync::Arc;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::DECIDE, routes!(announce))
        .route(door::DOCK, routes!(recount))
}

/// What came unannounced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 3,
    "lines": [{ "line": 0, "units": 1, "reason": "changed_mind" }] }))]
pub struct Announced {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// What came, or is to come, and why.
    lines: Vec<LineAsked>,
}

/// Say what came unannounced
///
/// Gives lines to a return that was opened without them (an import, a parcel nobody announced).
/// They are judged like those of a request; what lies at the dock already counts as received.
#[utoipa::path(post, path = "/returns/{case}/lines", tag = "Returns", request_body = Announced,
    responses((status = 200, description = "Judged", body = AnswerView)))]
async fn announce(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Announced>,
) -> Result<Response, Failure> {
    let command = Command::Announce {
        lines: body.lines.into_iter().map(RequestedLine::from).collect(),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// A corrected count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 5, "line": 0, "units": 1, "note": "Counted twice." }))]
pub struct Recounted {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Which line.
    line: u16,
    /// All units of it that are really at the dock; fewer than were counted.
    units: u32,
    /// Why.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Lower a count
///
/// Takes back units that were counted by mistake: unexpected ones first. Inspected units stay.
#[utoipa::path(post, path = "/returns/{case}/recounts", tag = "Goods", request_body = Recounted,
    responses((status = 200, description = "Corrected", body = AnswerView)))]
async fn recount(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Recounted>,
) -> Result<Response, Failure> {
    let command = Command::Recount {
        line: body.line,
        units: body.units,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}
