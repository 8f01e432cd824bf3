//! What is owed and how far it is paid.

use crate::{
    door::{self, Operations},
    output::{Listed, RefundView},
    tenant::Tenant,
};
use app::{App, AppError};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use surface::Failure;
use utoipa_axum::routes;

/// Every state an obligation can be in.
const STATES: &[&str] = &[
    "requested",
    "sent",
    "pending",
    "unknown",
    "settled",
    "failed",
    "returned",
    "canceled",
];

pub fn routes() -> Operations {
    Operations::new().route(door::MONEY, routes!(list))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RefundQuery {
    state: Option<String>,
    limit: Option<u32>,
}

/// List refunds in one state, longest untouched first
#[utoipa::path(get, path = "/refunds", tag = "Refunds",
    params(("state" = Option<String>, Query, description = "`requested`, `sent`, `pending`, \
            `unknown`, `settled`, `failed` (unless told), `returned` or `canceled`"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "The refunds", body = Listed<RefundView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(query): Query<RefundQuery>,
) -> Result<Json<Listed<RefundView>>, Failure> {
    let wanted = query.state.as_deref().unwrap_or("failed");
    let state = STATES.iter().find(|s| **s == wanted);
    let state = state.ok_or_else(|| AppError::field("state", "help-refund-state"))?;
    let limit = i64::from(query.limit.unwrap_or(50).clamp(1, 200));
    let rows = app
        .obligations_of(tenant.scope(), tenant.id(), state, limit)
        .await?;
    Ok(Json(Listed {
        items: rows.iter().map(RefundView::of).collect(),
        next: None,
    }))
}
