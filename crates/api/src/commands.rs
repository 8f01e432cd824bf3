//! Commands to a return, one route each. All take the `version` the caller saw.

use crate::{
    door::{self, Operations},
    input::Input,
    output::AnswerView,
    returns_routes::{Evidence, answered, case_of},
    tenant::Tenant,
};
use app::{
    App,
    cases::{Call, Idempotency},
};
use axum::{extract::State, response::Response};
use kernel::{Date, ObligationId, ParcelId, ReasonCode};
use policy::{EvidenceDemand, Grade, Outcome};
use returns::{Command, Count, Disposition, GrantLine, Stray};
use serde::Deserialize;
use std::sync::Arc;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::DECIDE, routes!(authorise))
        .route(door::DECIDE, routes!(decline))
        .route(door::DECIDE, routes!(ask_info))
        .route(door::ASK, routes!(answer_info))
        .route(door::SCAN, routes!(scan))
        .route(door::DOCK, routes!(receive))
        .route(door::DOCK, routes!(grade))
        .route(door::DOCK, routes!(dispose))
        .route(door::DECIDE, routes!(decide))
        .route(door::ASK, routes!(cancel))
        .route(door::ASK, routes!(appeal))
        .route(door::OPERATE, routes!(retry_payment))
}

/// Gives one command to the case of the path.
pub async fn give(
    app: &App,
    tenant: &Tenant,
    key: Option<Idempotency>,
    version: Option<u64>,
    command: Command,
) -> Result<Response, Failure> {
    let case = case_of(app, tenant).await?;
    let call = Call {
        idempotency: key,
        ..Call::new(tenant.scope(), app.now())
    };
    let answer = app
        .command(&call, tenant.id(), case, version, &command)
        .await?;
    Ok(answered(tenant, &answer))
}

/// Units of one line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Index of the order line, from 0.
    line: u16,
    /// Units.
    units: u32,
}

pub fn counts(lines: Vec<Units>) -> Vec<Count> {
    lines
        .into_iter()
        .map(|u| Count {
            line: u.line,
            units: u.units,
        })
        .collect()
}

/// Units to let come back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "lines": [{ "line": 0, "units": 1 }] }))]
pub struct Authorise {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Units per line.
    lines: Vec<Units>,
    /// The customer keeps them.
    #[serde(default)]
    keep: bool,
    /// Why, when it goes against the rule.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reason: Option<Arc<str>>,
}

/// Let units come back
#[utoipa::path(post, path = "/returns/{case}/authorise", tag = "Decide", request_body = Authorise,
    responses((status = 200, description = "Done", body = AnswerView)))]
async fn authorise(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Authorise>,
) -> Result<Response, Failure> {
    let command = Command::Authorise {
        lines: counts(body.lines),
        keep: body.keep,
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Units to decline.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "lines": [{ "line": 0, "units": 1 }],
    "ground": "window_closed" }))]
pub struct Decline {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Units per line.
    lines: Vec<Units>,
    /// The ground, a reason code.
    #[schema(value_type = String)]
    ground: ReasonCode,
    /// Words to the customer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Option<Arc<str>>,
}

/// Decline units
///
/// Refused where a statutory right stands behind the request.
#[utoipa::path(post, path = "/returns/{case}/decline", tag = "Decide", request_body = Decline,
    responses((status = 200, description = "Done", body = AnswerView)))]
async fn decline(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Decline>,
) -> Result<Response, Failure> {
    let command = Command::Decline {
        lines: counts(body.lines),
        ground: body.ground,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Evidence to ask for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "line": 0, "missing": { "photos": 1 },
    "note": "Please show the label of the plug." }))]
pub struct AskInfo {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// About which line.
    line: u16,
    /// What is missing.
    #[schema(value_type = Evidence)]
    missing: EvidenceDemand,
    /// The question.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Ask the customer for evidence
#[utoipa::path(post, path = "/returns/{case}/ask-info", tag = "Decide", request_body = AskInfo,
    responses((status = 200, description = "Done", body = AnswerView)))]
async fn ask_info(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<AskInfo>,
) -> Result<Response, Failure> {
    let command = Command::AskInfo {
        line: body.line,
        missing: body.missing,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Evidence that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 3, "line": 0, "evidence": { "photos": 2 } }))]
pub struct AnswerInfo {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// About which line.
    line: u16,
    /// All the evidence there is now.
    evidence: Evidence,
}

/// Give evidence
///
/// The request is assessed again at once.
#[utoipa::path(post, path = "/returns/{case}/answer-info", tag = "Returns",
    request_body = AnswerInfo,
    responses((status = 200, description = "Done", body = AnswerView)))]
async fn answer_info(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<AnswerInfo>,
) -> Result<Response, Failure> {
    let command = Command::AnswerInfo {
        line: body.line,
        evidence: body.evidence.into(),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// What a carrier saw.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The carrier took the parcel.
    Shipped,
    /// The carrier delivered it to us.
    Delivered,
}

/// A carrier scan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "parcel": "pcl_…", "seen": "shipped", "on": "2026-03-02" }))]
pub struct ParcelSeen {
    /// Which parcel.
    #[schema(value_type = String)]
    parcel: ParcelId,
    /// What was seen.
    seen: Seen,
    /// The day of the scan; today unless told.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// Record a carrier scan
///
/// Late and repeated scans change nothing and are no error.
#[utoipa::path(post, path = "/returns/{case}/scans", tag = "Goods", request_body = ParcelSeen,
    responses((status = 200, description = "Taken", body = AnswerView)))]
async fn scan(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ParcelSeen>,
) -> Result<Response, Failure> {
    let today = tenant.client.day(app.now());
    let on = body.on.unwrap_or(today);
    if on > today {
        return Err(app::AppError::field("on", "help-day-not-future").into());
    }
    let parcel = body.parcel;
    let command = match body.seen {
        Seen::Shipped => Command::ShipScan { parcel, on },
        Seen::Delivered => Command::DeliverScan { parcel, on },
    };
    give(&app, &tenant, key, None, command).await
}

/// Something in a parcel that is not on the order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StrayGoods {
    /// What is read on it, at most 200 characters.
    #[schema(value_type = String)]
    label: Arc<str>,
    /// Units.
    units: u32,
}

/// Goods counted at the dock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4, "counts": [{ "line": 0, "units": 1 }], "complete": true }))]
pub struct Receipt {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// In which parcel; absent when no label of ours was on it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    parcel: Option<ParcelId>,
    /// Units counted per line; more than authorised is booked as unexpected.
    #[serde(default)]
    counts: Vec<Units>,
    /// Goods that are not on the order.
    #[serde(default)]
    strays: Vec<StrayGoods>,
    /// Nothing more will come: what is not there is missing.
    #[serde(default)]
    complete: bool,
}

/// Count goods at the dock
#[utoipa::path(post, path = "/returns/{case}/receipts", tag = "Goods", request_body = Receipt,
    responses((status = 200, description = "Counted", body = AnswerView)))]
async fn receive(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Receipt>,
) -> Result<Response, Failure> {
    let strays = body.strays.into_iter().map(|s| Stray {
        label: s.label,
        units: s.units,
    });
    let command = Command::Receive {
        parcel: body.parcel,
        counts: counts(body.counts),
        strays: strays.collect(),
        complete: body.complete,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// The condition of received units.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 5, "line": 0, "units": 1, "grade": "b" }))]
pub struct Graded {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Which line.
    line: u16,
    /// Units.
    units: u32,
    /// `a` sealed, `b` open box, `c` wear, `d` repairable, `e` scrap.
    #[schema(value_type = String)]
    grade: Grade,
    /// Taken back (unless told otherwise), or to be sent back to the customer.
    #[serde(default)]
    accept: Option<bool>,
    /// It is another article than the one sold; then it is not accepted.
    #[serde(default)]
    wrong_item: bool,
    /// What was seen.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Option<Arc<str>>,
}

/// Grade received units
#[utoipa::path(post, path = "/returns/{case}/grades", tag = "Goods", request_body = Graded,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn grade(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Graded>,
) -> Result<Response, Failure> {
    let command = Command::Grade {
        line: body.line,
        units: body.units,
        grade: body.grade,
        accept: body.accept.unwrap_or(!body.wrong_item),
        wrong_item: body.wrong_item,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Where graded units go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 6, "line": 0, "units": 1, "grade": "b",
    "disposition": "open_box" }))]
pub struct Disposed {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Which line.
    line: u16,
    /// Units.
    units: u32,
    /// Their grade.
    #[schema(value_type = String)]
    grade: Grade,
    /// `restock`, `open_box`, `refurbish`, `repair`, `recycle`, `ship_back` …
    #[schema(value_type = String)]
    disposition: Disposition,
}

/// Say where graded units go
#[utoipa::path(post, path = "/returns/{case}/dispositions", tag = "Goods", request_body = Disposed,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn dispose(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Disposed>,
) -> Result<Response, Failure> {
    let Disposed {
        version,
        line,
        units,
        grade,
        disposition,
    } = body;
    let command = Command::Dispose {
        line,
        units,
        grade,
        disposition,
    };
    give(&app, &tenant, key, version, command).await
}

/// What one line gets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// Index of the order line, from 0.
    line: u16,
    /// Units this settles; 0 adds money to units settled before.
    units: u32,
    /// `refund`, `store_credit`, `exchange`, `replacement` or `repair`.
    #[schema(value_type = String)]
    outcome: Outcome,
    /// How much, tax included, minor units.
    minor: i64,
}

/// A decision about money or goods.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 7,
    "lines": [{ "line": 0, "units": 1, "outcome": "refund", "minor": 4000 }] }))]
pub struct Decide {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Per line.
    lines: Vec<Granted>,
    /// Outbound delivery to give back, minor units.
    #[serde(default)]
    shipping_minor: i64,
    /// Why, when it goes against the quote.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reason: Option<Arc<str>>,
}

/// Decide money or goods
///
/// Never above what was captured for the order, and never above the caller's own limit. Payment
/// follows by itself.
#[utoipa::path(post, path = "/returns/{case}/decisions", tag = "Decide", request_body = Decide,
    responses((status = 200, description = "Decided", body = AnswerView)))]
async fn decide(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Decide>,
) -> Result<Response, Failure> {
    let grant = |g: Granted| GrantLine {
        line: g.line,
        units: g.units,
        outcome: g.outcome,
        minor: g.minor,
    };
    let command = Command::Decide {
        lines: body.lines.into_iter().map(grant).collect(),
        shipping_minor: body.shipping_minor,
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// An end before goods came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "note": "keeps it" }))]
pub struct Cancelled {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Why.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Option<Arc<str>>,
}

/// Cancel a return before goods come
#[utoipa::path(post, path = "/returns/{case}/cancel", tag = "Returns", request_body = Cancelled,
    responses((status = 200, description = "Cancelled", body = AnswerView)))]
async fn cancel(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Cancelled>,
) -> Result<Response, Failure> {
    give(
        &app,
        &tenant,
        key,
        body.version,
        Command::Cancel { note: body.note },
    )
    .await
}

/// A disagreement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 3, "note": "It was sealed." }))]
pub struct Appealed {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// The words, free of personal data.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Disagree with the decision
#[utoipa::path(post, path = "/returns/{case}/appeal", tag = "Returns", request_body = Appealed,
    responses((status = 200, description = "Taken", body = AnswerView)))]
async fn appeal(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Appealed>,
) -> Result<Response, Failure> {
    give(
        &app,
        &tenant,
        key,
        body.version,
        Command::Appeal { note: body.note },
    )
    .await
}

/// A new try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 9 }))]
pub struct Retried {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
}

/// Pay a failed or returned refund again
///
/// Under the same obligation, so it is paid at most once. Needs the right to operate money.
#[utoipa::path(post, path = "/returns/{case}/payments/{obligation}/retry", tag = "Refunds",
    request_body = Retried,
    responses((status = 200, description = "On its way again", body = AnswerView)))]
async fn retry_payment(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Retried>,
) -> Result<Response, Failure> {
    let obligation: ObligationId = tenant.param("obligation")?;
    give(
        &app,
        &tenant,
        key,
        body.version,
        Command::RetryPayment { obligation },
    )
    .await
}
