//! What was refused at the edge, for programs that watch over it.

use crate::{
    door::{self, Operations},
    output::Listed,
    tenant::Tenant,
};
use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use kernel::Timestamp;
use redress_http::cursor::{self, PageQuery};
use serde::Serialize;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

pub fn routes() -> Operations {
    Operations::new().route(door::ADMIN, routes!(list))
}

/// A refusal, or several alike within a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecurityEvent {
    /// Which.
    id: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `denied`: a right was missing; `foreign`: another client's; `missing`: nothing by that id,
    /// or not theirs; `signed_out`; `too_many`; `card_number`: one was taken out of a text;
    /// `more`: those of a moment or day that were only counted.
    kind: String,
    /// Who: a user, `shopper`, `sender` or `nobody`.
    actor: String,
    /// The route, as declared.
    route: String,
    /// What it was about.
    object: String,
    /// The network it came from.
    address: String,
    /// How often.
    times: i64,
}

/// List what was refused, newest first
#[utoipa::path(get, path = "/security-events", tag = "Security",
    params(("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "A page of refusals", body = Listed<SecurityEvent>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(page): Query<PageQuery>,
) -> Result<Json<Listed<SecurityEvent>>, Failure> {
    let before: Option<(i64, Uuid)> = page.after()?;
    let before = before.unwrap_or((i64::MAX, Uuid::max()));
    let limit = page.limit();
    let mut rows = app
        .security_events(tenant.scope(), tenant.id(), before, i64::from(limit) + 1)
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| more).map(|r| (r.at, r.event_id));
    let view = |r: app::refusals::SecurityRow| SecurityEvent {
        id: r.event_id,
        at: Timestamp::from_millisecond(r.at).unwrap_or_default(),
        kind: r.kind,
        actor: r.actor,
        route: r.route,
        object: r.object,
        address: r.address,
        times: r.times,
    };
    Ok(Json(Listed {
        items: rows.into_iter().map(view).collect(),
        next: last.map(|key| cursor::encode(&key)),
    }))
}
