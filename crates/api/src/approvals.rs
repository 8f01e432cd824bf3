//! What waits for a second person: grants above a limit, changes of where money goes, payments made
//! outside; the answers to them; and limits of authority. The rules are those of the desk: an answer
//! is given to exactly what was shown, by its hash.

use crate::{
    commands::give,
    door::{self, Operations},
    input::Input,
    output::{Amount, AnswerView, Listed},
    returns_routes::case_of,
    tenant::Tenant,
};
use app::{
    App, AppError,
    limits::{ApprovalRow, LimitRow, Limits, Used},
    payouts::Asked,
};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{CaseId, ClientId, Currency, Date, Money, ObligationId, Scope, Timestamp, UserId};
use returns::{Command, ManualWay, PayloadHash};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use surface::{
    Failure,
    signed::{FRESH_MINUTES, fresh},
};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// The states of what waits or waited.
const STATES: [&str; 5] = ["waiting", "given", "refused", "lapsed", "objected"];

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(list))
        .route(door::OVERRIDE, routes!(approve))
        .route(door::OVERRIDE, routes!(refuse))
        .route(door::OVERRIDE, routes!(approve_destination))
        .route(door::OVERRIDE, routes!(refuse_destination))
        .route(door::OPERATE, routes!(propose))
        .route(door::OPERATE, routes!(confirm))
        .route(door::OPERATE, routes!(deny))
        .route(door::DECIDE, routes!(invite))
        .route(door::READ, routes!(limits))
        .route(door::ADMIN, routes!(set_limits))
        .route(door::READ, routes!(used))
}

/// Something that waits or waited for a second person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    /// `grant`, `destination` or `manual`.
    kind: String,
    /// The return.
    #[schema(value_type = String)]
    case: CaseId,
    /// Of a grant: its index.
    grant: Option<i64>,
    /// Of a payment made outside: the payment.
    #[schema(value_type = Option<String>)]
    obligation: Option<ObligationId>,
    /// `waiting`, `given`, `refused`, `objected` or `lapsed`.
    state: String,
    /// The seal: send it with the answer.
    hash: String,
    /// How much it is about.
    amount: Amount,
    /// Who asks; null for the customer.
    #[schema(value_type = Option<String>)]
    asked_by: Option<UserId>,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// Of a change of destination: the account without its middle.
    account: Option<String>,
    /// Of a change of destination: `match`, `close` or `differs`.
    name: Option<String>,
    /// Of a payment made outside: what it is found by.
    reference: Option<String>,
}

fn amount(minor: i64, currency: &str) -> Amount {
    let currency = currency.parse().unwrap_or(Currency::EUR);
    Money::new(minor, currency).into()
}

fn moment(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or_default()
}

impl ApprovalView {
    fn of_grant(row: &ApprovalRow) -> Self {
        Self {
            kind: "grant".into(),
            case: CaseId(row.case_id),
            grant: Some(row.grant_no),
            obligation: None,
            state: row.state.clone(),
            hash: row.hash.clone(),
            amount: amount(row.amount_minor, &row.currency),
            asked_by: row.asked_by.map(UserId),
            asked_at: moment(row.asked_at),
            account: None,
            name: None,
            reference: None,
        }
    }

    fn of(asked: &Asked) -> Self {
        let row = &asked.row;
        let is_manual = row.kind == "manual";
        Self {
            kind: row.kind.clone(),
            case: CaseId(row.case_id),
            grant: None,
            obligation: is_manual.then_some(ObligationId(row.subject)),
            state: row.state.clone(),
            hash: row.hash.clone(),
            amount: amount(row.amount_minor, &row.currency),
            asked_by: row.asked_by.map(UserId),
            asked_at: moment(row.asked_at),
            account: (!is_manual).then(|| asked.account.clone()),
            name: asked.redirect.as_ref().map(|r| r.what.name.as_str().into()),
            reference: asked.manual.as_ref().map(|m| m.what.reference.to_string()),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    state: Option<String>,
    limit: Option<u32>,
}

/// The caller on this client alone.
fn here(tenant: &Tenant) -> Scope {
    let client: ClientId = tenant.id();
    Scope::user(tenant.person.id, tenant.person.role, vec![client])
}

/// List what waits for a second person, longest waiting first
#[utoipa::path(get, path = "/approvals", tag = "Approvals",
    params(("state" = Option<String>, Query, description = "`waiting` (unless told), `given`, \
            `refused`, `lapsed` or `objected`"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "What waits", body = Listed<ApprovalView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(which): Query<Which>,
) -> Result<Json<Listed<ApprovalView>>, Failure> {
    let wanted = which.state.as_deref().unwrap_or("waiting");
    let state = STATES.iter().find(|s| **s == wanted);
    let state = state.ok_or_else(|| AppError::field("state", "help-approval-state"))?;
    let limit = i64::from(which.limit.unwrap_or(50).clamp(1, 200));
    let scope = here(&tenant);
    let grants = app.approvals(&scope, state, limit).await?;
    let asks = app.payout_asks(&scope, state, limit).await?;
    let mut items: Vec<ApprovalView> = grants.iter().map(ApprovalView::of_grant).collect();
    items.extend(asks.iter().map(ApprovalView::of));
    items.sort_by_key(|a| a.asked_at);
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Json(Listed { items, next: None }))
}

/// An answer: yes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4, "hash": "9f86d081884c7d65…" }))]
pub struct Yes {
    /// The version of the return you saw.
    #[serde(default)]
    version: Option<u64>,
    /// The seal of what you saw.
    hash: String,
}

/// An answer: no.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4, "hash": "9f86d081884c7d65…", "note": "Agreed was half." }))]
pub struct No {
    /// The version of the return you saw.
    #[serde(default)]
    version: Option<u64>,
    /// The seal of what you saw; not needed to refuse a grant.
    #[serde(default)]
    hash: String,
    /// Why not.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Approve a grant above its maker's limit
///
/// Exactly what the seal stands for. Not by who asked, nor by who is paid, under whatever account.
#[utoipa::path(post, path = "/returns/{case}/approvals/{number}/approve", tag = "Approvals",
    request_body = Yes, responses((status = 200, description = "Approved", body = AnswerView)))]
async fn approve(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Yes>,
) -> Result<Response, Failure> {
    let command = Command::Approve {
        grant: tenant.param("number")?,
        hash: PayloadHash::shown(&body.hash),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Refuse a grant above its maker's limit
///
/// The case is to be decided anew.
#[utoipa::path(post, path = "/returns/{case}/approvals/{number}/refuse", tag = "Approvals",
    request_body = No, responses((status = 200, description = "Refused", body = AnswerView)))]
async fn refuse(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<No>,
) -> Result<Response, Failure> {
    let command = Command::RefuseApproval {
        grant: tenant.param("number")?,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Approve a change of where money goes
///
/// Needs a session in which you signed in within the last ten minutes: an API key is refused.
/// Nothing goes there before the client's cooling time is over.
#[utoipa::path(post, path = "/returns/{case}/destination/approve", tag = "Approvals",
    request_body = Yes, responses((status = 200, description = "Approved", body = AnswerView)))]
async fn approve_destination(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Yes>,
) -> Result<Response, Failure> {
    if let Err(stale) = fresh(&app, &tenant.person, FRESH_MINUTES) {
        // What is not theirs is not there, whoever asks.
        let case = case_of(&app, &tenant).await?;
        app.case_page(tenant.scope(), tenant.id(), case).await?;
        return Err(stale);
    }
    let hash = PayloadHash::shown(&body.hash);
    let command = Command::GiveDestination { hash };
    give(&app, &tenant, key, body.version, command).await
}

/// Refuse a change of where money goes
///
/// What is owed goes back to what paid.
#[utoipa::path(post, path = "/returns/{case}/destination/refuse", tag = "Approvals",
    request_body = No, responses((status = 200, description = "Refused", body = AnswerView)))]
async fn refuse_destination(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<No>,
) -> Result<Response, Failure> {
    let command = Command::RefuseDestination {
        hash: PayloadHash::shown(&body.hash),
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Ask the customer for a bank account
///
/// By a one-time link to the address on the order. Nobody but the customer sees it.
#[utoipa::path(post, path = "/returns/{case}/destination/invite", tag = "Approvals",
    request_body = Version, responses((status = 200, description = "Asked", body = AnswerView)))]
async fn invite(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Version>,
) -> Result<Response, Failure> {
    give(&app, &tenant, key, body.version, Command::InviteAccount).await
}

/// A version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4 }))]
pub struct Version {
    /// The version of the return you saw.
    #[serde(default)]
    version: Option<u64>,
}

/// A payment made outside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4, "way": "bank", "reference": "RF-2026-17",
    "on": "2026-06-02", "reason": "The bank's files were down." }))]
pub struct PaidOutside {
    /// The version of the return you saw.
    #[serde(default)]
    version: Option<u64>,
    /// `bank` or `cash`.
    #[schema(value_type = String)]
    way: ManualWay,
    /// What it is found by on the statement, or the number of the receipt: 4 to 140 characters.
    #[schema(value_type = String)]
    reference: Arc<str>,
    /// The day it was paid.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why it was paid outside.
    #[schema(value_type = String)]
    reason: Arc<str>,
}

/// Say that a refund was paid outside
///
/// The amount is what is owed. Nothing is booked before another person confirms it.
#[utoipa::path(post, path = "/returns/{case}/payments/{obligation}/outside", tag = "Approvals",
    request_body = PaidOutside,
    responses((status = 200, description = "Waits for a second person", body = AnswerView)))]
async fn propose(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<PaidOutside>,
) -> Result<Response, Failure> {
    let command = Command::ProposeManual {
        obligation: tenant.param("obligation")?,
        way: body.way,
        reference: body.reference,
        on: body.on,
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Confirm that a refund was paid outside
#[utoipa::path(post, path = "/returns/{case}/payments/{obligation}/outside/confirm",
    tag = "Approvals", request_body = Yes,
    responses((status = 200, description = "Booked", body = AnswerView)))]
async fn confirm(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Yes>,
) -> Result<Response, Failure> {
    let command = Command::ConfirmManual {
        obligation: tenant.param("obligation")?,
        hash: PayloadHash::shown(&body.hash),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Do not confirm that a refund was paid outside
#[utoipa::path(post, path = "/returns/{case}/payments/{obligation}/outside/refuse",
    tag = "Approvals", request_body = No,
    responses((status = 200, description = "Refused", body = AnswerView)))]
async fn deny(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<No>,
) -> Result<Response, Failure> {
    let command = Command::RefuseManual {
        obligation: tenant.param("obligation")?,
        hash: PayloadHash::shown(&body.hash),
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// A version of the limits.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitsView {
    /// Counted from 1.
    version: i64,
    /// The limits.
    #[schema(value_type = Object)]
    limits: Limits,
    /// Who set them; null for the command line of the house.
    #[schema(value_type = Option<String>)]
    by: Option<UserId>,
    /// Why.
    reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

fn limits_view(row: &LimitRow) -> Result<LimitsView, AppError> {
    Ok(LimitsView {
        version: row.version,
        limits: serde_json::from_str(&row.body)?,
        by: row.by_user.map(UserId),
        reason: row.reason.clone(),
        at: moment(row.at),
    })
}

/// The limits of authority in a currency, with what held before, newest first
#[utoipa::path(get, path = "/limits/{currency}", tag = "Approvals",
    responses((status = 200, description = "The versions", body = Listed<LimitsView>)))]
async fn limits(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<Json<Listed<LimitsView>>, Failure> {
    let currency: Currency = tenant.param("currency")?;
    let rows = app.limits(tenant.scope(), tenant.id(), currency).await?;
    let items: Result<Vec<_>, _> = rows.iter().map(limits_view).collect();
    Ok(Json(Listed {
        items: items?,
        next: None,
    }))
}

/// New limits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "As agreed for the sales.", "limits": { "roles": [
    { "role": "agent", "refund": 5000, "day": 50000 } ], "customer_days": 30 } }))]
pub struct NewLimits {
    /// The limits; see docs/approvals.md.
    #[schema(value_type = Object)]
    limits: Limits,
    /// Why.
    reason: String,
}

/// Set the limits of authority in a currency
///
/// Needs the right to administer and a session in which you signed in within the last ten minutes:
/// an API key is refused.
#[utoipa::path(put, path = "/limits/{currency}", tag = "Approvals", request_body = NewLimits,
    responses((status = 204, description = "They hold from now on")))]
async fn set_limits(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<NewLimits>,
) -> Result<StatusCode, Failure> {
    let currency: Currency = tenant.param("currency")?;
    fresh(&app, &tenant.person, FRESH_MINUTES)?;
    let NewLimits { limits, reason } = input.body;
    let set = app.set_limits(tenant.scope(), tenant.id(), currency, &limits, &reason);
    set.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody decided today.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsedView {
    /// Who; null for the client as a whole.
    #[schema(value_type = Option<String>)]
    person: Option<UserId>,
    /// How much.
    used: Amount,
    /// The most a day; null where there is no limit.
    limit: Option<Amount>,
}

/// Who decided how much today
#[utoipa::path(get, path = "/limits/{currency}/used", tag = "Approvals",
    responses((status = 200, description = "The client first, then people by how much",
        body = Listed<UsedView>)))]
async fn used(State(app): State<App>, tenant: Tenant) -> Result<Json<Listed<UsedView>>, Failure> {
    let currency: Currency = tenant.param("currency")?;
    let rows = app
        .limits_used(tenant.scope(), tenant.id(), currency)
        .await?;
    let view = |u: &Used| UsedView {
        person: u.person,
        used: Money::new(u.used_minor, currency).into(),
        limit: u.limit_minor.map(|m| Money::new(m, currency).into()),
    };
    Ok(Json(Listed {
        items: rows.iter().map(view).collect(),
        next: None,
    }))
}
