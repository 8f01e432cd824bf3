//! Reconciliation: days, and what does not agree.

use crate::{
    door::{self, Operations},
    input::read,
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App,
    recon::{Age, BreakRow, DayRow, FILE_MAX, FileFault, PayoutView, ReportTaken},
};
use axum::{
    Json,
    extract::{Query, Request, State},
};
use kernel::{BreakId, CaseId, Currency, Timestamp};
use redress_http::{
    Problem,
    cursor::{self, PageQuery},
    ui::FieldError,
};
use serde::{Deserialize, Serialize};
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// Rows of days at once.
const DAYS: i64 = 200;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::MONEY, routes!(days))
        .route(door::MONEY, routes!(breaks))
        .route(door::MONEY, routes!(ages))
        .route(door::MONEY, routes!(settlements))
        .route(door::OPERATE, routes!(take_file))
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
    cursor: Option<String>,
    limit: Option<u32>,
}

/// What does not agree
///
/// Open breaks, the oldest first, page by page; with `ended=true` the newest of those that were closed
/// or went by themselves, on one page.
#[utoipa::path(get, path = "/reconciliation/breaks", tag = "Books",
    params(("ended" = Option<bool>, Query, description = "Closed ones instead; false unless told"),
        ("cursor" = Option<String>, Query, description = "Where the page before ended"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "The breaks", body = Listed<BreakView>)))]
async fn breaks(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<Listed<BreakView>>, Failure> {
    let (scope, client) = (tenant.scope(), tenant.id());
    if asked.ended {
        let rows = app.recon_ended(scope, client).await?;
        return Ok(Json(Listed {
            items: rows.into_iter().map(BreakView::from).collect(),
            next: None,
        }));
    }
    let page = PageQuery {
        cursor: asked.cursor,
        limit: asked.limit,
    };
    let after = page.after()?;
    let limit = usize::try_from(page.limit()).unwrap_or(usize::MAX);
    let found = app.recon_open(scope, client, after.as_ref(), limit).await?;
    Ok(Json(Listed {
        next: found.next.map(|next| cursor::encode(&next)),
        items: found.rows.into_iter().map(BreakView::from).collect(),
    }))
}

/// Open breaks of one age in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgeView {
    /// `new` (0 or 1 day), `days` (2 to 7), `weeks` (8 to 30) or `old`.
    pub age: &'static str,
    /// How many.
    pub breaks: i64,
    /// What is at stake in them.
    pub at_stake: Amount,
}

/// How old open breaks are
#[utoipa::path(get, path = "/reconciliation/ages", tag = "Books",
    responses((status = 200, description = "The ages", body = Listed<AgeView>)))]
async fn ages(State(app): State<App>, tenant: Tenant) -> Result<Json<Listed<AgeView>>, Failure> {
    let rows = app.recon_ages(tenant.scope(), tenant.id()).await?;
    let view = |a: Age| AgeView {
        age: a.name,
        breaks: a.breaks,
        at_stake: amount(a.stake_minor, &a.currency),
    };
    Ok(Json(Listed {
        items: rows.into_iter().map(view).collect(),
        next: None,
    }))
}

/// A settlement report of a card processor.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementView {
    /// The processor.
    pub provider: String,
    /// Its name of the report.
    pub report: String,
    /// The newest day in it.
    pub on: String,
    /// Sales.
    pub sales: Amount,
    /// Refunds; negative.
    pub refunds: Amount,
    /// Fees; negative.
    pub fees: Amount,
    /// Chargebacks, less what was won back.
    pub chargebacks: Amount,
    /// Everything else.
    pub rest: Amount,
    /// What was paid out in one sum; null when nothing was.
    pub payout: Option<Amount>,
    /// The day the bank booked it; null while it is not.
    pub booked_on: Option<String>,
}

/// Settlement reports
///
/// Of the last weeks, the newest first, each with the booking of its payout.
#[utoipa::path(get, path = "/reconciliation/settlements", tag = "Books",
    responses((status = 200, description = "The reports", body = Listed<SettlementView>)))]
async fn settlements(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<Json<Listed<SettlementView>>, Failure> {
    let rows = app.recon_payouts(tenant.scope(), tenant.id()).await?;
    let view = |p: PayoutView| {
        let money = |minor| amount(minor, &p.currency);
        SettlementView {
            sales: money(p.sales_minor),
            refunds: money(p.refunds_minor),
            fees: money(p.fees_minor),
            chargebacks: money(p.chargebacks_minor),
            rest: money(p.rest_minor),
            payout: p.payout_minor.map(money),
            provider: p.provider,
            report: p.report,
            on: p.on,
            booked_on: p.booked_on,
        }
    };
    Ok(Json(Listed {
        items: rows.into_iter().map(view).collect(),
        next: None,
    }))
}

/// A report that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenView {
    /// The number of the account, or the card processor.
    pub account: String,
    /// The sender's name of the report.
    pub report: String,
    /// Currency code.
    pub currency: String,
    /// First day of a statement; null for a notification.
    pub from: Option<String>,
    /// Its last day.
    pub until: Option<String>,
    /// Payments of ours in it.
    pub ours: usize,
    /// Everything else in it.
    pub others: usize,
    /// Whether it had been taken in before; then nothing has changed.
    pub known: bool,
}

impl From<ReportTaken> for TakenView {
    fn from(t: ReportTaken) -> Self {
        Self {
            account: t.account,
            report: t.report,
            currency: t.currency,
            from: t.days.map(|(from, _)| from.to_string()),
            until: t.days.map(|(_, until)| until.to_string()),
            ours: t.ours,
            others: t.others,
            known: t.known,
        }
    }
}

/// Take in a statement of account or a settlement report
///
/// The file itself is the body, at most 16 MiB: camt.053 or camt.054 of a bank, or as CSV Stripe's
/// itemised payout reconciliation, Adyen's settlement details, PayPal's settlement report (STL). All of
/// it is taken in or nothing; then every line that cannot be read is named. The same file again changes
/// nothing.
#[utoipa::path(post, path = "/reconciliation/files", tag = "Books",
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, description = "The reports in it", body = Listed<TakenView>),
        (status = 422, description = "What cannot be read; nothing was taken in")))]
async fn take_file(
    State(app): State<App>,
    tenant: Tenant,
    request: Request,
) -> Result<Json<Listed<TakenView>>, Failure> {
    let bytes = read(request, FILE_MAX).await?;
    let taken = app
        .take_report_file(tenant.scope(), tenant.id(), bytes.to_vec())
        .await?;
    match taken {
        Ok(reports) => Ok(Json(Listed {
            items: reports.into_iter().map(TakenView::from).collect(),
            next: None,
        })),
        Err(faults) => Err(Problem::invalid(faults.iter().map(fault).collect()).into()),
    }
}

fn fault(f: &FileFault) -> FieldError {
    let field = f
        .line
        .map_or_else(|| "body".to_owned(), |line| format!("line {line}"));
    FieldError::new(field, format!("{}: {}", f.code, f.value))
}
