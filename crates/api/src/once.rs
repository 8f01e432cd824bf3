//! POSTs that are about no case, done once under a key: the second gets the answer of the first,
//! however close they come.

use crate::tenant::Tenant;
use app::{
    App, AppError,
    cases::{
        Idempotency,
        answers::{Taken, Turn, WORK_MAX},
    },
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::Permission;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;
use surface::Failure;

/// How long, each time a little longer, one waits for the answer of the first before it is told
/// to come again: five seconds in all.
const WAITS_MS: [u64; 9] = [10, 20, 40, 80, 160, 320, 640, 1_280, 2_450];

/// Runs `work` unless it was answered under this key before; who comes while it runs waits for
/// its answer. With a key it goes on when the caller goes away, so that a caller who asks again
/// finds the answer. Only where the process dies between work and answer is it done again, once
/// the lease of the key has run out: `work` must bear that.
pub async fn once<T, F>(
    (app, tenant): (App, Tenant),
    (permission, key): (Permission, Option<Idempotency>),
    status: StatusCode,
    work: impl FnOnce(App, Tenant) -> F,
) -> Result<Response, Failure>
where
    T: Serialize,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    // A stored answer is for who may do what it answers.
    App::check(tenant.scope(), permission, tenant.id())?;
    let Some(key) = key else {
        let answer = work(app, tenant).await?;
        return Ok((status, Json(answer)).into_response());
    };
    let taken = match turn(&app, &tenant, &key).await? {
        Turn::Ours(taken) => taken,
        Turn::Answered(answer) => return Ok(replayed(answer)),
        Turn::UnderWay => return Err(AppError::UnderWay.into()),
    };
    let work = work(app.clone(), tenant);
    // What the answer says is JSON before it leaves the task, so `T` need not be sendable.
    let work = async { serde_json::to_value(work.await?).map_err(|e| AppError::from(e).into()) };
    let done = tokio::spawn(app::walls::carried(under_key(app, taken, work)));
    let answer = done.await.map_err(AppError::fault)??;
    Ok((status, Json(answer)).into_response())
}

/// Whose turn it is under the key, once the one before has ended or waited for long enough.
async fn turn(app: &App, tenant: &Tenant, key: &Idempotency) -> Result<Turn, AppError> {
    for wait in WAITS_MS {
        match app.take_key(tenant.id(), key).await? {
            Turn::UnderWay => tokio::time::sleep(Duration::from_millis(wait)).await,
            turn => return Ok(turn),
        }
    }
    app.take_key(tenant.id(), key).await
}

/// Works under a key that was taken, and leaves the answer there.
async fn under_key(
    app: App,
    taken: Taken,
    work: impl Future<Output = Result<Value, Failure>>,
) -> Result<Value, Failure> {
    // Cut off in the middle, it may have done a part: the key stays taken until its lease ends.
    let Ok(done) = tokio::time::timeout(WORK_MAX, work).await else {
        return Err(AppError::Busy.into());
    };
    match done {
        Ok(answer) => {
            app.keep_answer(taken, &answer).await?;
            Ok(answer)
        }
        Err(refused) => {
            app.let_go(taken).await?;
            Err(refused)
        }
    }
}

fn replayed(answer: Value) -> Response {
    let mut response = (StatusCode::OK, Json(answer)).into_response();
    let yes = HeaderValue::from_static("true");
    response.headers_mut().insert("idempotency-replayed", yes);
    response
}
