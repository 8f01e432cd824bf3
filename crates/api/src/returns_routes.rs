//! Returns: quote, request, list, look at, print the label, read what happened.

use crate::{
    door::{self, Operations},
    input::Input,
    output::{Amount, AnswerView, DecisionView, Listed, ReturnView},
    tenant::Tenant,
};
use app::{
    App,
    cases::{Answer, Call, OrderKey, Request},
};
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Date, Lang, ParcelId, Timestamp};
use logistics::LabelData;
use policy::{ConditionSet, EvidenceGiven, Outcome, ReturnReason};
use redress_http::{
    Problem,
    cursor::{self, PageQuery},
};
use returns::{Path, RequestedLine};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use surface::{Failure, label_data};
use utoipa::ToSchema;
use utoipa_axum::routes;
use uuid::Uuid;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(list))
        .route(door::ASK, routes!(request))
        .ask(door::ASK, routes!(quote))
        .route(door::READ, routes!(one))
        .route(door::READ, routes!(label_pdf))
        .route(door::READ, routes!(label_zpl))
        .route(door::READ, routes!(events))
}

/// Evidence given.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
    /// Photos.
    pub photos: u8,
    /// A note in the customer's words.
    pub note: bool,
    /// The serial number.
    pub serial: bool,
}

impl From<Evidence> for EvidenceGiven {
    fn from(e: Evidence) -> Self {
        Self {
            photos: e.photos,
            note: e.note,
            serial: e.serial,
        }
    }
}

/// What is asked for one line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineAsked {
    /// Index of the order line, from 0.
    line: u16,
    /// Units to send back.
    units: u32,
    /// Why: `size_small`, `changed_mind`, `defective`, `wrong_item`, `damaged_in_transit` …
    #[schema(value_type = String)]
    reason: ReturnReason,
    /// `refund` (unless told), `store_credit`, `exchange`, `replacement` or `repair`.
    #[serde(default = "refund")]
    #[schema(value_type = String)]
    wanted: Outcome,
    /// The same reason in the client's own words, by its path under `reasons` of the order; it
    /// must stand for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    own_reason: Option<Arc<str>>,
    /// What the goods are not of the states under `conditions` of the order line: `unused`,
    /// `packaging`, `tags`, `complete`.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    lacks: ConditionSet,
    /// Evidence given so far.
    #[serde(default)]
    evidence: Evidence,
    /// Whether the seal or packaging is broken, as declared.
    #[serde(default)]
    opened: bool,
    /// The day the defect showed.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    noticed_on: Option<Date>,
}

const fn refund() -> Outcome {
    Outcome::Refund
}

/// A request for a return.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "order": "1001",
    "lines": [{ "line": 0, "units": 1, "reason": "changed_mind", "wanted": "refund" }] }))]
pub struct ReturnAsked {
    /// The order's number or id.
    order: String,
    /// What is to come back.
    lines: Vec<LineAsked>,
    /// `ordinary` (unless told) or `withdrawal`, the statutory right of withdrawal.
    #[serde(default)]
    #[schema(value_type = String)]
    path: Path,
    /// The language the customer reads, like `de`: mail about the return comes in it, if the client
    /// speaks it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    lang: Option<Lang>,
    /// `seen` of the quote the customer agreed to: if it would come to anything else now, nothing is
    /// stored and the answer is 409 `quote-changed`.
    #[serde(default)]
    seen: Option<String>,
}

impl From<LineAsked> for RequestedLine {
    fn from(l: LineAsked) -> Self {
        Self {
            line: l.line,
            units: l.units,
            reason: l.reason,
            own: l.own_reason,
            wanted: l.wanted,
            evidence: l.evidence.into(),
            opened: l.opened,
            lacks: l.lacks,
            noticed_on: l.noticed_on,
        }
    }
}

impl ReturnAsked {
    fn into_request(self) -> Result<Request, Failure> {
        if self.lines.is_empty() {
            return Err(app::AppError::field("lines", "help-lines-needed").into());
        }
        Ok(Request {
            order: self
                .order
                .parse()
                .map_or(OrderKey::Number(self.order), OrderKey::Id),
            lines: self.lines.into_iter().map(RequestedLine::from).collect(),
            path: self.path,
        })
    }
}

/// Quote a return
///
/// The decision a request would get now: verdict, reasons, money. Nothing is stored.
#[utoipa::path(post, path = "/returns/quote", tag = "Returns", request_body = ReturnAsked,
    responses((status = 200, description = "The decision", body = DecisionView)))]
async fn quote(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<ReturnAsked>,
) -> Result<Json<DecisionView>, Failure> {
    let call = Call::new(tenant.scope(), app.now());
    let request = input.body.into_request()?;
    let quoted = app.quote_return(&call, tenant.id(), &request).await?;
    Ok(Json(DecisionView {
        seen: Some(surface::quote::token(&quoted.seen)),
        ..DecisionView::of(
            tenant.l,
            Some(&quoted.order),
            &quoted.decision,
            &quoted.standing,
        )
    }))
}

/// Ask for a return
///
/// The rule answers at once; what it may approve alone is approved. With the same
/// `Idempotency-Key` the same answer comes again (200 instead of 201).
#[utoipa::path(post, path = "/returns", tag = "Returns", request_body = ReturnAsked, responses(
    (status = 201, description = "Opened; `Location` names it", body = AnswerView),
    (status = 200, description = "Opened before under this key", body = AnswerView)))]
async fn request(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<ReturnAsked>,
) -> Result<Response, Failure> {
    let agreed = match input.body.seen.as_deref() {
        Some(text) => {
            let unknown = || app::AppError::field("seen", "help-seen");
            Some(surface::quote::read_token(text).ok_or_else(unknown)?)
        }
        None => None,
    };
    let call = Call {
        idempotency: input.key,
        lang: input.body.lang,
        agreed,
        ..Call::new(tenant.scope(), app.now())
    };
    let answer = app
        .request_return(&call, tenant.id(), &input.body.into_request()?)
        .await?;
    let location = tenant.href(format_args!("returns/{}", answer.case));
    let status = if answer.replayed {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let mut response = (status, answered(&tenant, &answer)).into_response();
    let location = HeaderValue::try_from(location).map_err(|_| Problem::internal())?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// The answer to a command; a repeated one says so in a header.
pub fn answered(tenant: &Tenant, answer: &Answer) -> Response {
    let mut response = Json(AnswerView::of(tenant.l, answer)).into_response();
    if answer.replayed {
        let yes = HeaderValue::from_static("true");
        response.headers_mut().insert("idempotency-replayed", yes);
    }
    response
}

/// The case a path names, by id or by RMA number.
pub async fn case_of(app: &App, tenant: &Tenant) -> Result<CaseId, Failure> {
    let text: String = tenant.param("case")?;
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    text.parse::<logistics::Rma>()
        .map_err(|_| Problem::not_found())?;
    let found = app.find_cases(tenant.scope(), &text).await?;
    let own = found.iter().find(|head| head.client_id == tenant.id().0);
    Ok(CaseId(own.ok_or(Problem::not_found())?.case_id))
}

/// A line of the list of returns.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnHeadView {
    /// Which.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number for the consumer.
    rma: String,
    /// The order's number.
    order_number: String,
    /// Where it stands.
    status: String,
    /// Its version.
    version: i64,
    /// First item and how many more.
    title: String,
    /// What it is worth to the customer.
    amount: Amount,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Timestamp,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
}

/// List returns, newest first
#[utoipa::path(get, path = "/returns", tag = "Returns",
    params(("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "A page of returns", body = Listed<ReturnHeadView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(page): Query<PageQuery>,
) -> Result<Json<Listed<ReturnHeadView>>, Failure> {
    let before: Option<(i64, Uuid)> = page.after()?;
    let limit = page.limit();
    let rows = app
        .cases(tenant.scope(), tenant.id(), before, i64::from(limit) + 1)
        .await?;
    let more = rows.len() > limit as usize;
    let rows = &rows[..rows.len().min(limit as usize)];
    let last = rows
        .last()
        .filter(|_| more)
        .map(|r| (r.opened_at, r.case_id));
    let at = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
    let items = rows.iter().map(|r| ReturnHeadView {
        case: CaseId(r.case_id),
        rma: r.rma.clone(),
        order_number: r.order_number.clone(),
        status: r.status.clone(),
        version: r.version,
        title: r.title.clone(),
        amount: Amount {
            minor: r.amount_minor,
            currency: r.currency.parse().unwrap_or(kernel::Currency::EUR),
        },
        opened_at: at(r.opened_at),
        changed_at: at(r.updated_at),
    });
    Ok(Json(Listed {
        items: items.collect(),
        next: last.map(|key| cursor::encode(&key)),
    }))
}

/// Look at a return, by id or RMA number
#[utoipa::path(get, path = "/returns/{case}", tag = "Returns",
    responses((status = 200, description = "The return", body = ReturnView)))]
async fn one(State(app): State<App>, tenant: Tenant) -> Result<Json<ReturnView>, Failure> {
    let case = case_of(&app, &tenant).await?;
    let page = app.case_page(tenant.scope(), tenant.id(), case).await?;
    Ok(Json(ReturnView::of(tenant.l, &page, app.now(), &|rest| {
        tenant.href(rest)
    })))
}

async fn label(app: &App, tenant: &Tenant) -> Result<LabelData, Failure> {
    let case = case_of(app, tenant).await?;
    let parcel: ParcelId = tenant.param("parcel")?;
    let facts = app
        .label_facts(tenant.scope(), tenant.id(), case, parcel)
        .await?;
    Ok(label_data(tenant.l, &facts))
}

fn unprintable(error: &paper::PaperError) -> Problem {
    tracing::error!(%error, "label");
    Problem::internal()
}

/// The label of a parcel as PDF, 4 x 6 inch
#[utoipa::path(get, path = "/returns/{case}/parcels/{parcel}/label.pdf", tag = "Returns",
    responses((status = 200, description = "The label", content_type = "application/pdf", body = Vec<u8>)))]
async fn label_pdf(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let bytes = paper::label_pdf(&label(&app, &tenant).await?).map_err(|e| unprintable(&e))?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// The label of a parcel for a label printer, as ZPL at 203 dpi
#[utoipa::path(get, path = "/returns/{case}/parcels/{parcel}/label.zpl", tag = "Returns",
    responses((status = 200, description = "The label", content_type = "text/plain", body = String)))]
async fn label_zpl(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let text = paper::label_zpl(&label(&app, &tenant).await?).map_err(|e| unprintable(&e))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// Where to go on reading.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FeedQuery {
    after: Option<u64>,
    limit: Option<u32>,
}

/// An event of any return of the client.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedEventView {
    /// Its place in the client's ledger, from 0; the cursor.
    index: u64,
    /// The return.
    #[schema(value_type = String)]
    case: CaseId,
    /// Version of the return after it.
    version: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What, e.g. `payment_settled`.
    kind: &'static str,
    /// The whole event as the ledger commits to it.
    #[schema(value_type = Object)]
    event: returns::Event,
}

/// Events in ledger order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// The events, oldest first.
    items: Vec<FeedEventView>,
    /// Pass it as `after` next time, now or later.
    next: Option<u64>,
}

/// Read what happened, in ledger order
///
/// Poll with `after` = the last `next`. No event is skipped or told twice.
#[utoipa::path(get, path = "/events", tag = "Events",
    params(("after" = Option<u64>, Query, description = "The last index read; nothing to start"),
        ("limit" = Option<u32>, Query, description = "Events, 1 to 500; 100 unless told")),
    responses((status = 200, description = "Events after the cursor", body = Feed)))]
async fn events(
    State(app): State<App>,
    tenant: Tenant,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Feed>, Failure> {
    let from = query.after.map_or(0, |index| index.saturating_add(1));
    let limit = query.limit.unwrap_or(100).clamp(1, 500);
    let found = app.feed(tenant.scope(), tenant.id(), from, limit).await?;
    let next = found.last().map(|e| e.index).or(query.after);
    let items = found.into_iter().map(|e| FeedEventView {
        index: e.index,
        case: e.case,
        version: e.version,
        at: e.event.at,
        kind: e.event.name(),
        event: e.event,
    });
    Ok(Json(Feed {
        items: items.collect(),
        next,
    }))
}
