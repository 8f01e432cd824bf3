//! A client's policy: versions, drafts, their check, review, approval and publication.

use crate::door::{self, Operations};
use crate::{input::Input, once::once, tenant::Tenant};
use app::{
    App,
    directory::PolicyVersion,
    policies::{Published, Run, Standing, Typed},
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use kernel::{Date, DraftId, Permission, PolicyHash, RunId};
use policy::draft::Seal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use surface::{Failure, Signed, signed::fresh_or_key};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(overview))
        .route(door::POLICY, routes!(begin))
        .route(door::READ, routes!(draft))
        .route(door::POLICY, routes!(save))
        .route(door::POLICY, routes!(discard))
        .route(door::POLICY, routes!(check))
        .route(door::POLICY, routes!(backtest))
        .route(door::POLICY, routes!(review))
        .by_people(door::APPROVE, routes!(approve))
        .route(door::POLICY, routes!(publish))
        .route(door::POLICY, routes!(roll_back))
        .route(door::READ, routes!(run))
        .route(door::POLICY, routes!(cancel))
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// Which, from 1.
    number: i64,
    /// Its name.
    name: String,
    /// Content hash.
    hash: String,
    /// First day of orders it holds for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// The older version it goes back to.
    goes_back_to: Option<i64>,
    /// What was approved; empty where nobody had to.
    seal: String,
    /// Why it was published with warnings, or without a second person.
    note: String,
    /// The text, as TOML.
    text: String,
}

impl VersionView {
    fn of(version: &PolicyVersion) -> Self {
        let p = &version.publication;
        Self {
            number: p.number,
            name: version.name.clone(),
            hash: p.hash.clone(),
            effective_from: version.effective_from,
            goes_back_to: p.goes_back_to,
            seal: p.seal.clone(),
            note: p.note.clone(),
            text: p.source.clone(),
        }
    }
}

/// What is wrong with a text that is no policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextError {
    /// Line, from 1.
    line: Option<usize>,
    /// Path of the value.
    path: String,
    /// What is wrong.
    problem: String,
    /// What to write instead.
    help: String,
}

/// A draft and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Which.
    #[schema(value_type = String)]
    id: DraftId,
    /// What it is called.
    title: String,
    /// Send it with the next change.
    rev: i64,
    /// `broken`, `unchecked`, `checking`, `undercut`, `ready`, `in_review`, `approved`,
    /// `published` or `dropped`.
    stage: &'static str,
    /// First day of orders it is to hold for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// The text as typed.
    text: String,
    /// Hash of text and day.
    content: String,
    /// What a second person approves, once review was asked for.
    seal: Option<String>,
    /// Why it does not go further: a kind of problem.
    refusal: Option<&'static str>,
    /// What is wrong with the text, with lines.
    errors: Vec<TextError>,
    /// The newest check of what the draft is now: findings with lines, witness and citation, and
    /// who is better or worse off.
    check: Option<Value>,
}

impl DraftView {
    fn of(standing: &Standing) -> Self {
        let draft = &standing.draft;
        let errors = draft.compiled.as_ref().err().map_or(&[][..], |e| &e.0);
        let check = standing.check.as_ref().filter(|_| standing.check_holds);
        Self {
            id: draft.id,
            title: draft.title.clone(),
            rev: draft.rev,
            stage: standing.stage.as_str(),
            effective_from: draft.from,
            text: draft.text.clone(),
            content: draft.content.as_str().to_owned(),
            seal: standing.seal.as_ref().map(|s| s.as_str().to_owned()),
            refusal: standing.refusal.map(|r| r.code()),
            errors: errors
                .iter()
                .map(|e| TextError {
                    line: e.line,
                    path: e.path.clone(),
                    problem: e.wrong.to_string(),
                    help: e.wrong.help(),
                })
                .collect(),
            check: check
                .and_then(|c| c.found.as_ref())
                .and_then(|f| serde_json::to_value(f).ok()),
        }
    }
}

/// Versions and open drafts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// In the order they come into force.
    versions: Vec<VersionView>,
    /// The last changed first.
    drafts: Vec<DraftView>,
}

/// A draft as typed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Spring", "text": "name = \"…\"", "effective_from": "2027-03-01" }))]
pub struct NewDraft {
    /// What it is called.
    title: String,
    /// The policy as TOML; kept as it is, even if it is none yet.
    text: String,
    /// First day of orders it is to hold for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// Hash of the version it starts from.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    base: Option<PolicyHash>,
}

/// A changed draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "rev": 1, "title": "Spring", "text": "name = \"…\"", "effective_from": "2027-03-01" }))]
pub struct ChangedDraft {
    /// The `rev` it was made on.
    rev: i64,
    /// What it is called.
    title: String,
    /// The policy as TOML.
    text: String,
    /// First day of orders it is to hold for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
}

/// List versions and drafts
#[utoipa::path(get, path = "/policies", tag = "Policies",
    responses((status = 200, description = "Versions and open drafts", body = Overview)))]
async fn overview(State(app): State<App>, tenant: Tenant) -> Result<Json<Overview>, Failure> {
    let drafts = app.drafts(tenant.scope(), tenant.id()).await?;
    let directory = app.directory();
    let versions = directory.versions(tenant.id()).iter();
    Ok(Json(Overview {
        versions: versions.map(VersionView::of).collect(),
        drafts: drafts.iter().map(DraftView::of).collect(),
    }))
}

/// Begin a draft
///
/// The text is stored as it is; what is wrong with it comes back with line, path and help.
#[utoipa::path(post, path = "/policies", tag = "Policies", request_body = NewDraft,
    responses((status = 201, description = "The draft", body = DraftView)))]
async fn begin(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<NewDraft, { 1 << 20 }>,
) -> Result<Response, Failure> {
    let Input { body: new, key } = input;
    let work = |app: App, tenant: Tenant| async move {
        let typed = Typed {
            title: &new.title,
            text: &new.text,
            from: new.effective_from,
        };
        let id = app
            .begin_draft(tenant.scope(), tenant.id(), &typed, new.base)
            .await?;
        let Json(draft) = show(&app, &tenant, id).await?;
        Ok(draft)
    };
    let key = (Permission::PolicyWrite, key);
    once((app, tenant), key, StatusCode::CREATED, work).await
}

/// Get a draft
#[utoipa::path(get, path = "/policies/{draft}", tag = "Policies",
    responses((status = 200, description = "The draft", body = DraftView)))]
async fn draft(State(app): State<App>, tenant: Tenant) -> Result<Json<DraftView>, Failure> {
    let id = tenant.param("draft")?;
    show(&app, &tenant, id).await
}

async fn show(app: &App, tenant: &Tenant, id: DraftId) -> Result<Json<DraftView>, Failure> {
    let standing = app.draft(tenant.scope(), tenant.id(), id).await?;
    Ok(Json(DraftView::of(&standing)))
}

/// Change a draft
///
/// A changed text or day voids check, review and approval.
#[utoipa::path(put, path = "/policies/{draft}", tag = "Policies", request_body = ChangedDraft,
    responses((status = 200, description = "The draft", body = DraftView)))]
async fn save(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<ChangedDraft, { 1 << 20 }>,
) -> Result<Json<DraftView>, Failure> {
    let id = tenant.param("draft")?;
    let new = &input.body;
    let typed = Typed {
        title: &new.title,
        text: &new.text,
        from: new.effective_from,
    };
    app.save_draft(tenant.scope(), tenant.id(), id, new.rev, &typed)
        .await?;
    show(&app, &tenant, id).await
}

/// Give a draft up
#[utoipa::path(delete, path = "/policies/{draft}", tag = "Policies",
    responses((status = 204, description = "Given up")))]
async fn discard(State(app): State<App>, tenant: Tenant) -> Result<StatusCode, Failure> {
    let id = tenant.param("draft")?;
    app.drop_draft(tenant.scope(), tenant.id(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Check a draft
///
/// Holds it against the law of every place it sells to and against the version in force. The
/// answer is a run; the draft shows the result when it is done.
#[utoipa::path(post, path = "/policies/{draft}/check", tag = "Policies",
    responses((status = 202, description = "The run", body = RunView)))]
async fn check(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<(StatusCode, Json<RunView>), Failure> {
    let id = tenant.param("draft")?;
    let run = app.check_draft(tenant.scope(), tenant.id(), id).await?;
    Ok((StatusCode::ACCEPTED, shown(&app, &tenant, run).await?))
}

/// How far a backtest looks back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "days": 90 }))]
pub struct Span {
    /// Days, 1 to 1,100.
    days: i64,
}

/// Backtest a draft
///
/// Decides the cases of the last days again, on the facts as they were, under the version of
/// their purchase and under the draft. Changes no case. The answer is a run.
#[utoipa::path(post, path = "/policies/{draft}/backtest", tag = "Policies", request_body = Span,
    responses((status = 202, description = "The run", body = RunView)))]
async fn backtest(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Span>,
) -> Result<(StatusCode, Json<RunView>), Failure> {
    let id = tenant.param("draft")?;
    let run = app
        .backtest(tenant.scope(), tenant.id(), id, input.body.days)
        .await?;
    Ok((StatusCode::ACCEPTED, shown(&app, &tenant, run).await?))
}

/// Why a draft may be published with the warnings of its check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "" }))]
pub struct Asked {
    /// Needed where the check gave warnings; published with the version.
    #[serde(default)]
    reason: String,
}

/// Ask for a review
#[utoipa::path(post, path = "/policies/{draft}/review", tag = "Policies", request_body = Asked,
    responses((status = 200, description = "The draft with its seal", body = DraftView)))]
async fn review(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Asked>,
) -> Result<Json<DraftView>, Failure> {
    let id = tenant.param("draft")?;
    app.request_review(tenant.scope(), tenant.id(), id, &input.body.reason)
        .await?;
    show(&app, &tenant, id).await
}

/// What is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "seal": "9f2c…" }))]
pub struct Approve {
    /// The draft's seal, as it was shown.
    seal: String,
}

/// Approve a draft
///
/// Only by a signed-in person who neither wrote the draft nor asked for its review; an API key
/// is no person.
#[utoipa::path(post, path = "/policies/{draft}/approve", tag = "Policies", request_body = Approve,
    responses((status = 200, description = "The draft", body = DraftView)))]
async fn approve(
    State(app): State<App>,
    Signed(person): Signed,
    tenant: Tenant,
    input: Input<Approve>,
) -> Result<Json<DraftView>, Failure> {
    let id = tenant.param("draft")?;
    let seal = Seal::shown(&input.body.seal);
    app.approve_draft(&person.scope, tenant.id(), id, &seal)
        .await?;
    show(&app, &tenant, id).await
}

/// Publish a draft that was approved
#[utoipa::path(post, path = "/policies/{draft}/publish", tag = "Policies",
    responses((status = 200, description = "The version", body = PublishedView)))]
async fn publish(State(app): State<App>, tenant: Tenant) -> Result<Json<PublishedView>, Failure> {
    let id = tenant.param("draft")?;
    fresh_or_key(&app, &tenant.person)?;
    let done = app.publish_draft(tenant.scope(), tenant.id(), id).await?;
    Ok(Json(done.into()))
}

/// A version that was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedView {
    /// Which, from 1.
    number: i64,
    /// Content hash.
    hash: String,
    /// First day of orders it holds for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
}

impl From<Published> for PublishedView {
    fn from(done: Published) -> Self {
        Self {
            number: done.number,
            hash: done.policy.to_string(),
            effective_from: done.effective_from,
        }
    }
}

/// Which day a version goes back on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "effective_from": "2027-03-01", "title": "Back to version 1" }))]
pub struct Back {
    /// First day of orders it is to hold for.
    #[schema(value_type = String, format = Date)]
    effective_from: Date,
    /// What the draft is called.
    title: String,
}

/// Begin a draft that goes back to an older version
#[utoipa::path(post, path = "/policies/versions/{number}/rollback", tag = "Policies",
    request_body = Back, responses((status = 201, description = "The draft", body = DraftView)))]
async fn roll_back(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Back>,
) -> Result<Response, Failure> {
    let number: i64 = tenant.param("number")?;
    let Input { body: back, key } = input;
    let work = move |app: App, tenant: Tenant| async move {
        let back = (back.title.as_str(), back.effective_from);
        let id = app
            .begin_rollback(tenant.scope(), tenant.id(), number, back)
            .await?;
        let Json(draft) = show(&app, &tenant, id).await?;
        Ok(draft)
    };
    let key = (Permission::PolicyWrite, key);
    once((app, tenant), key, StatusCode::CREATED, work).await
}

/// A check or a backtest.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunView {
    /// Which.
    #[schema(value_type = String)]
    id: RunId,
    /// `check` or `backtest`.
    kind: String,
    /// `open`, `done`, `failed` or `cancelled`.
    state: String,
    /// How far it is …
    done: i64,
    /// … of how much; 0 until it has begun.
    total: i64,
    /// What it found, once it is done.
    result: Option<Value>,
}

impl From<Run> for RunView {
    fn from(run: Run) -> Self {
        let done = run.state == "done";
        Self {
            id: run.id,
            kind: run.kind,
            state: run.state,
            done: run.done,
            total: run.total,
            result: done
                .then(|| serde_json::from_str(&run.result).ok())
                .flatten(),
        }
    }
}

async fn shown(app: &App, tenant: &Tenant, run: RunId) -> Result<Json<RunView>, Failure> {
    let run = app.policy_run(tenant.scope(), tenant.id(), run).await?;
    Ok(Json(run.into()))
}

/// Get a check or a backtest
#[utoipa::path(get, path = "/policies/runs/{run}", tag = "Policies",
    responses((status = 200, description = "The run", body = RunView)))]
async fn run(State(app): State<App>, tenant: Tenant) -> Result<Json<RunView>, Failure> {
    let id = tenant.param("run")?;
    shown(&app, &tenant, id).await
}

/// Cancel a check or a backtest
#[utoipa::path(delete, path = "/policies/runs/{run}", tag = "Policies",
    responses((status = 200, description = "The run", body = RunView)))]
async fn cancel(State(app): State<App>, tenant: Tenant) -> Result<Json<RunView>, Failure> {
    let id = tenant.param("run")?;
    app.cancel_run(tenant.scope(), tenant.id(), id).await?;
    shown(&app, &tenant, id).await
}
