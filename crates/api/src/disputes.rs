//! Disputes of payments: open ones by deadline, one with its evidence, acts, the pack.

use crate::{
    door::{self, Operations},
    input::Input,
    once::once,
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App, AppError,
    cases::{Call, OrderKey},
    disputes::{ByHand, DisputeAct, DisputePage, FIRST, LISTS, Stage},
};
use axum::{
    Json,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Currency, DisputeId, Lang, Money, OrderId, Permission, Timestamp};
use redress_http::Problem;
use returns::dispute::Dispute;
use serde::{Deserialize, Serialize};
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// Disputes at once.
const ROWS: i64 = 200;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::MONEY, routes!(list))
        .route(door::OPERATE, routes!(open))
        .route(door::MONEY, routes!(one))
        .route(door::OPERATE, routes!(act))
        .route(door::OPERATE, routes!(pack))
}

/// A dispute.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputeView {
    /// Which.
    #[schema(value_type = String)]
    dispute: DisputeId,
    /// For `expected_version`.
    version: u64,
    /// `inquiry`, `needs_response`, `submitted`, `reversed`, `won`, `lost`, `accepted`, `expired`.
    state: &'static str,
    /// The provider that has it.
    provider: String,
    /// The provider's number of it.
    reference: String,
    /// The provider's numbers of the payment.
    payments: Vec<String>,
    /// The order it is about; none while nobody knows.
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// Indexes of the lines it is about; none for the whole payment.
    lines: Vec<u16>,
    /// What the buyer says: `not_received`, `credit_not_processed` …
    category: &'static str,
    /// The reason as the provider gives it.
    reason: String,
    /// `visa`, `mastercard` …
    scheme: &'static str,
    /// What is disputed.
    amount: Option<Amount>,
    /// What counts as money the buyer has, minor units of the order.
    lost_minor: i64,
    /// The last moment for an answer.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// The deadline has passed and nobody has answered.
    overdue: bool,
    /// SHA-256 of the newest evidence pack.
    pack: Option<String>,
}

impl DisputeView {
    fn of(d: &Dispute, now: Timestamp) -> Self {
        let text = |t: &std::sync::Arc<str>| t.to_string();
        let link = d.link.as_ref();
        Self {
            dispute: d.id,
            version: d.version,
            state: d.state().as_str(),
            provider: text(&d.provider),
            reference: text(&d.reference),
            payments: d.payments.iter().map(text).collect(),
            order: link.map(|l| l.order),
            lines: link.map_or_else(Vec::new, |l| l.lines.clone()),
            category: d.category().as_str(),
            reason: d.reason().to_owned(),
            scheme: d.scheme().as_str(),
            amount: d.amount().map(Amount::from),
            lost_minor: d.lost_minor,
            due_at: d.due_at(),
            overdue: d.state().waits() && d.due_at().is_some_and(|at| at < now),
            pack: d.pack.as_ref().map(|p| text(&p.sha256)),
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// What: `refund_proof`, `proof_of_delivery` …
    evidence: &'static str,
    /// The answer is hardly worth sending without it.
    needed: bool,
    /// It is here.
    here: bool,
}

/// A dispute with what speaks in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputeDetail {
    /// The dispute.
    #[serde(flatten)]
    dispute: DisputeView,
    /// What is wanted and what is here; empty while its order is not known.
    evidence: Vec<EvidenceView>,
    /// Refunded to the buyer already, minor units of the order.
    refunded_minor: i64,
    /// The returns it concerns.
    #[schema(value_type = Vec<String>)]
    cases: Vec<CaseId>,
}

impl DisputeDetail {
    fn of(page: &DisputePage, now: Timestamp) -> Self {
        let facts = page.facts.as_ref();
        let checks = facts.map_or(&[][..], |f| &f.checks);
        Self {
            dispute: DisputeView::of(&page.dispute, now),
            evidence: checks
                .iter()
                .map(|c| EvidenceView {
                    evidence: c.evidence.as_str(),
                    needed: c.needed,
                    here: c.here,
                })
                .collect(),
            refunded_minor: facts.map_or(0, app::disputes::PackFacts::refunded_minor),
            cases: facts.map_or_else(Vec::new, |f| f.cases.iter().map(|c| c.case.id).collect()),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    list: Option<String>,
}

/// List disputes
///
/// Open ones by their deadline; with `list=waiting` those that are answered, with `list=ended` those
/// that are over, newest first. At most 200.
#[utoipa::path(get, path = "/disputes", tag = "Disputes",
    params(("list" = Option<String>, Query, description = "`open` (unless told), `waiting` or `ended`")),
    responses((status = 200, description = "The disputes", body = Listed<DisputeView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<Listed<DisputeView>>, Failure> {
    App::check(tenant.scope(), Permission::MoneyRead, tenant.id())?;
    let list = match asked.list.as_deref() {
        None => LISTS[0],
        Some(name) => {
            let known = LISTS.iter().copied().find(|l| *l == name);
            known.ok_or_else(|| AppError::field("list", "dispute-help-text"))?
        }
    };
    let only = Some(tenant.id());
    let rows = app
        .disputes(tenant.scope(), only, list, FIRST, ROWS)
        .await?;
    let now = app.now();
    Ok(Json(Listed {
        items: rows
            .iter()
            .map(|r| DisputeView::of(&r.dispute, now))
            .collect(),
        next: None,
    }))
}

/// An amount.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputedAmount {
    /// Integer minor units.
    minor: i64,
    /// ISO 4217 code.
    #[schema(value_type = String)]
    currency: Currency,
}

/// A dispute to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "provider": "adyen", "reference": "QFQTPCQ8HXSKGK82", "order_number": "1001",
    "amount": { "minor": 5000, "currency": "EUR" }, "reason": "13.1", "due_at": "2026-07-01T00:00:00Z" }))]
pub struct DisputeAsked {
    /// The provider that has it.
    provider: String,
    /// The provider's number of it.
    reference: String,
    /// The provider's number of the payment; this or `order_number` is needed.
    #[serde(default)]
    payment: String,
    /// The shop's number of the order.
    #[serde(default)]
    order_number: String,
    /// An inquiry and no chargeback yet.
    #[serde(default)]
    inquiry: bool,
    /// The scheme's or provider's reason.
    #[serde(default)]
    reason: String,
    /// What is disputed.
    amount: DisputedAmount,
    /// The last moment for an answer.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
}

/// Open a dispute
///
/// One that is known by its provider and number is that one. Refunds of its order wait until it ends.
#[utoipa::path(post, path = "/disputes", tag = "Disputes", request_body = DisputeAsked,
    responses((status = 201, description = "The dispute", body = DisputeView)))]
async fn open(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<DisputeAsked>,
) -> Result<Response, Failure> {
    let asked = input.body;
    let new = ByHand {
        provider: asked.provider,
        reference: asked.reference,
        payment: asked.payment,
        order_number: asked.order_number,
        stage: if asked.inquiry {
            Stage::Inquiry
        } else {
            Stage::NeedsResponse
        },
        reason: asked.reason,
        amount: Money::new(asked.amount.minor, asked.amount.currency),
        due_at: asked.due_at,
    };
    let work = |app: App, tenant: Tenant| async move {
        let call = Call::new(tenant.scope(), app.now());
        let id = app.open_dispute(&call, tenant.id(), &new).await?;
        let page = app.dispute_page(tenant.scope(), tenant.id(), id).await?;
        Ok(DisputeView::of(&page.dispute, app.now()))
    };
    let door = (Permission::MoneyOperate, input.key);
    once((app, tenant), door, StatusCode::CREATED, work).await
}

/// Look at a dispute
#[utoipa::path(get, path = "/disputes/{dispute}", tag = "Disputes",
    responses((status = 200, description = "The dispute", body = DisputeDetail)))]
async fn one(State(app): State<App>, tenant: Tenant) -> Result<Json<DisputeDetail>, Failure> {
    let id: DisputeId = tenant.param("dispute")?;
    let page = app.dispute_page(tenant.scope(), tenant.id(), id).await?;
    Ok(Json(DisputeDetail::of(&page, app.now())))
}

/// What to do about a dispute.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "act": "contest", "note": "Delivered on 3 June, signed for.", "expected_version": 2 }))]
pub struct ActAsked {
    /// `contest`, `accept`, `submit`, `send`, `outcome`, `link` or `pack`.
    act: String,
    /// The version it is made for; whatever it is now unless told.
    #[serde(default)]
    expected_version: Option<u64>,
    /// Words; needed for all but `link` and `pack`.
    #[serde(default)]
    note: String,
    /// For `outcome`: where it stands, `won`, `lost`, `under_review` …
    #[serde(default)]
    stage: String,
    /// For `link`: the shop's number of the order.
    #[serde(default)]
    order_number: String,
    /// For `link`: indexes of the lines it is about.
    #[serde(default)]
    lines: Vec<u16>,
    /// For `link`: the return it is about.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// For `pack`: `en` or `de`.
    #[serde(default)]
    lang: String,
    /// For `send`: the SHA-256 of the pack that is the answer.
    #[serde(default)]
    sha256: String,
}

impl ActAsked {
    fn read(self) -> Result<DisputeAct, AppError> {
        let note = self.note;
        Ok(match self.act.as_str() {
            "contest" => DisputeAct::Contest { note },
            "accept" => DisputeAct::Accept { note },
            "submit" => DisputeAct::Submit { note },
            "send" => DisputeAct::Send {
                note,
                sha256: self.sha256,
            },
            "outcome" => DisputeAct::Outcome {
                stage: Stage::parse(&self.stage)
                    .ok_or_else(|| AppError::field("stage", "dispute-help-text"))?,
                note,
            },
            "link" => DisputeAct::Link {
                order: OrderKey::Number(self.order_number),
                lines: self.lines,
                case: self.case,
            },
            "pack" => DisputeAct::Pack {
                lang: match self.lang.as_str() {
                    "" => Lang::EN,
                    tag => tag
                        .parse()
                        .map_err(|_| AppError::field("lang", "dispute-help-text"))?,
                },
            },
            _ => return Err(AppError::field("act", "dispute-help-state")),
        })
    }
}

/// Do something about a dispute
///
/// Contest or accept it, note that the answer was sent, record how it ended, say which order it is
/// about, or have its evidence pack made: the pack stands at the dispute a moment later.
#[utoipa::path(post, path = "/disputes/{dispute}/act", tag = "Disputes", request_body = ActAsked,
    responses((status = 200, description = "The dispute", body = DisputeView)))]
async fn act(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<ActAsked>,
) -> Result<Response, Failure> {
    let id: DisputeId = tenant.param("dispute")?;
    let expected = input.body.expected_version;
    let what = input.body.read()?;
    let work = |app: App, tenant: Tenant| async move {
        let call = Call::new(tenant.scope(), app.now());
        app.act_on_dispute(&call, tenant.id(), id, expected, &what)
            .await?;
        let page = app.dispute_page(tenant.scope(), tenant.id(), id).await?;
        Ok(DisputeView::of(&page.dispute, app.now()))
    };
    let door = (Permission::MoneyOperate, input.key);
    once((app, tenant), door, StatusCode::OK, work).await
}

/// The newest evidence pack of a dispute
#[utoipa::path(get, path = "/disputes/{dispute}/pack.pdf", tag = "Disputes",
    responses((status = 200, description = "The pack", content_type = "application/pdf", body = Vec<u8>)))]
async fn pack(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let id: DisputeId = tenant.param("dispute")?;
    let page = app.dispute_page(tenant.scope(), tenant.id(), id).await?;
    let made = page.dispute.pack.ok_or_else(Problem::not_found)?;
    let pack = app.dispute_pack(tenant.scope(), tenant.id(), id, &made.sha256);
    let bytes = pack.await?.bytes;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
