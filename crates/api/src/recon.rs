//! Reconciliation: days, and what does not agree.

use crate::{
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App,
    recon::{BreakRow, DayRow},
};
use axum::{
    Json,
    extract::{Query, State},
};
use kernel::{BreakId, CaseId, Currency, Timestamp};
use serde::{Deserialize, Serialize};
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Rows of days at once.
const DAYS: i64 = 200;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(days))
        .routes(routes!(breaks))
}

fn amount(minor: i64, currency: &str) -> Amount {
    Amount {
        minor,
        currency: currency.parse().unwrap_or(Currency::EUR),
    }
}

/// What the reconciliation of a day came to in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReconDay {
    /// The day, in the client's time zone.
    pub day: String,
    /// Payments that were looked at and agree.
    pub even: i64,
    /// Their sum.
    pub even_amount: Amount,
    /// Payments on their way.
    pub waiting: i64,
    /// Their sum.
    pub waiting_amount: Amount,
    /// Breaks found on the day and open at its end.
    pub fresh: i64,
    /// All breaks open at its end.
    pub broken: i64,
    /// What is at stake in them.
    pub at_stake: Amount,
}

impl From<DayRow> for ReconDay {
    fn from(d: DayRow) -> Self {
        let money = |minor| amount(minor, &d.currency);
        Self {
            even: d.even_count,
            even_amount: money(d.even_minor),
            waiting: d.waiting_count,
            waiting_amount: money(d.waiting_minor),
            fresh: d.fresh_count,
            broken: d.broken_count,
            at_stake: money(d.broken_minor),
            day: d.day,
        }
    }
}

/// Something that does not agree between books, provider and bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakView {
    /// Which.
    #[schema(value_type = String)]
    pub id: BreakId,
    /// `open`, `taken`, `closed` or `gone`.
    pub state: String,
    /// What: `missing`, `doubled`, `wrong_amount` …
    pub kind: String,
    /// The most likely cause: `never_arrived`, `carried_out_twice` …
    pub cause: String,
    /// The obligation, or account and statement.
    pub subject: String,
    /// Its return, if there is one.
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseId>,
    /// What our books make of it.
    pub expected: Amount,
    /// What was found instead.
    pub found: Amount,
    /// The day it began.
    pub since: String,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    /// Why it was closed; empty while it is not.
    pub reason: String,
}

impl From<BreakRow> for BreakView {
    fn from(b: BreakRow) -> Self {
        Self {
            id: BreakId(b.break_id),
            expected: amount(b.expected_minor, &b.currency),
            found: amount(b.found_minor, &b.found_currency),
            state: b.state,
            kind: b.kind,
            cause: b.cause,
            subject: b.subject,
            case: b.case_id.map(CaseId),
            since: b.since_on,
            opened_at: Timestamp::from_millisecond(b.opened_at).unwrap_or_default(),
            reason: b.reason,
        }
    }
}

/// Reconciled days
///
/// The newest first, a row for each currency.
#[utoipa::path(get, path = "/reconciliation/days", tag = "Books",
    responses((status = 200, description = "The days", body = Listed<ReconDay>)))]
async fn days(State(app): State<App>, tenant: Tenant) -> Result<Json<Listed<ReconDay>>, Failure> {
    let rows = app.recon_days(tenant.scope(), tenant.id(), DAYS).await?;
    Ok(Json(Listed {
        items: rows.into_iter().map(ReconDay::from).collect(),
        next: None,
    }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ended: bool,
}

/// What does not agree
///
/// Open breaks, the oldest first; with `ended=true` those that were closed or went by themselves.
#[utoipa::path(get, path = "/reconciliation/breaks", tag = "Books",
    params(("ended" = Option<bool>, Query, description = "Closed ones instead; false unless told")),
    responses((status = 200, description = "The breaks", body = Listed<BreakView>)))]
async fn breaks(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<Listed<BreakView>>, Failure> {
    let rows = app.recon_breaks(tenant.scope(), tenant.id(), asked.ended);
    Ok(Json(Listed {
        items: rows.await?.into_iter().map(BreakView::from).collect(),
        next: None,
    }))
}
