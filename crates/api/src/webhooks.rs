//! Where a client's events are posted to, and the secrets others sign their messages to us with.

use crate::door::{self, Operations};
use crate::{input::Input, once::once, output::Listed, tenant::Tenant};
use app::{App, AppError};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use kernel::{Permission, Timestamp};
use serde::{Deserialize, Serialize};
use surface::{Failure, signed::fresh_or_key};
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

/// Whose signed messages are taken in.
const SOURCES: &[&str] = &["easypost", "ups", "stripe"];

pub fn routes() -> Operations {
    Operations::new()
        .route(door::ADMIN, routes!(list))
        .route(door::ADMIN, routes!(create))
        .route(door::ADMIN, routes!(disable))
        .route(door::ADMIN, routes!(inbound_secret))
}

/// A new endpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "url": "https://shop.example.com/hooks/redress" }))]
pub struct NewEndpoint {
    /// An `https` address.
    url: String,
}

/// The endpoint with its secret.
#[derive(Serialize, ToSchema)]
pub struct CreatedEndpoint {
    /// Which.
    id: Uuid,
    /// Where to.
    url: String,
    /// The signing secret (Standard Webhooks), shown this once.
    secret: String,
}

/// Add a webhook endpoint
///
/// Every event of the client is posted to it as a CloudEvent, signed as Standard Webhooks says.
#[utoipa::path(post, path = "/webhooks", tag = "Webhooks", request_body = NewEndpoint,
    responses((status = 201, description = "Added", body = CreatedEndpoint)))]
async fn create(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<NewEndpoint>,
) -> Result<Response, Failure> {
    fresh_or_key(&app, &tenant.person)?;
    let Input { body, key } = input;
    let work = |app: App, tenant: Tenant| async move {
        let new = app
            .add_endpoint(tenant.scope(), tenant.id(), &body.url)
            .await?;
        Ok(CreatedEndpoint {
            id: new.id,
            url: new.url,
            secret: new.secret,
        })
    };
    let key = (Permission::Administer, key);
    once((app, tenant), key, StatusCode::CREATED, work).await
}

/// An endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointView {
    /// Which.
    id: Uuid,
    /// Where to.
    url: String,
    /// When it was switched off.
    #[schema(value_type = Option<String>, format = DateTime)]
    disabled_at: Option<Timestamp>,
}

/// List webhook endpoints
#[utoipa::path(get, path = "/webhooks", tag = "Webhooks",
    responses((status = 200, description = "The endpoints", body = Listed<EndpointView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<Json<Listed<EndpointView>>, Failure> {
    let found = app.list_endpoints(tenant.scope(), tenant.id()).await?;
    let items = found.into_iter().map(|e| EndpointView {
        id: e.id,
        url: e.url,
        disabled_at: e.disabled_at,
    });
    Ok(Json(Listed {
        items: items.collect(),
        next: None,
    }))
}

/// Switch a webhook endpoint off
#[utoipa::path(delete, path = "/webhooks/{endpoint}", tag = "Webhooks",
    responses((status = 204, description = "Off")))]
async fn disable(State(app): State<App>, tenant: Tenant) -> Result<StatusCode, Failure> {
    let endpoint: Uuid = tenant.param("endpoint")?;
    app.disable_endpoint(tenant.scope(), tenant.id(), endpoint)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A shared secret.
#[derive(Serialize, ToSchema)]
pub struct SharedSecret {
    /// Give it to the sender.
    secret: String,
    /// Where the sender posts to.
    url: String,
}

/// Get the secret a carrier or payment provider signs its messages with
///
/// Made on first asking; asking again gives the same.
#[utoipa::path(post, path = "/inbound/{source}/secret", tag = "Webhooks",
    responses((status = 200, description = "The secret", body = SharedSecret)))]
async fn inbound_secret(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<Json<SharedSecret>, Failure> {
    let source: String = tenant.param("source")?;
    if !SOURCES.contains(&source.as_str()) {
        return Err(AppError::Missing.into());
    }
    fresh_or_key(&app, &tenant.person)?;
    let secret = app
        .inbound_secret(tenant.scope(), tenant.id(), &source)
        .await?;
    let (base, slug) = (app.base_url(), &tenant.client.slug);
    let url = match source.as_str() {
        "stripe" => format!("{base}/inbound/stripe/{slug}"),
        carrier => format!("{base}/inbound/carrier/{slug}/{carrier}"),
    };
    Ok(Json(SharedSecret { secret, url }))
}
