//! POSTs that are about no case, done once under a key: the second gets the answer of the first.

use crate::tenant::Tenant;
use app::{App, cases::Idempotency};
use axum::{
    Json,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::Permission;
use serde::Serialize;
use surface::Failure;

/// Runs `work` unless it was answered under this key before. The answer is kept right after the
/// work: who is cut off between the two and asks again does it again, so `work` must bear that.
pub async fn once<T: Serialize>(
    app: &App,
    tenant: &Tenant,
    (permission, key): (Permission, Option<Idempotency>),
    status: StatusCode,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<Response, Failure> {
    // A stored answer is for who may do what it answers.
    App::check(tenant.scope(), permission, tenant.id())?;
    if let Some(key) = &key
        && let Some(answer) = app.answered_before(tenant.id(), key).await?
    {
        let mut response = (StatusCode::OK, Json(answer)).into_response();
        let yes = HeaderValue::from_static("true");
        response.headers_mut().insert("idempotency-replayed", yes);
        return Ok(response);
    }
    let answer = serde_json::to_value(work.await?).map_err(app::AppError::from)?;
    if let Some(key) = &key {
        app.remember_answer(tenant.id(), key, &answer).await?;
    }
    Ok((status, Json(answer)).into_response())
}
