//! Statutory clocks: what falls due by law, and what was late.

use crate::door::{self, Operations};
use crate::{output::Listed, tenant::Tenant};
use app::{
    App,
    clocks::{ClockRow, LISTS, Wanted},
    standing::Standing,
};
use axum::{
    Json,
    extract::{Query, State},
};
use kernel::{CaseId, Date, Scope};
use redress_http::{
    L10n,
    cursor::{self, PageQuery},
};
use returns::{ClockKind, StatutoryClock};
use serde::{Deserialize, Serialize};
use surface::{
    Failure,
    clocks::{Phase, Voice, sentence},
};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(list))
        .route(door::READ, routes!(breaches))
}

/// A statutory clock of a return. Days are local days of the consumer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// `window_end`, `acknowledgement`, `delivery`, `withholding`, `remedy` or `refund`.
    #[schema(value_type = String)]
    pub kind: ClockKind,
    /// Id of the rule it follows.
    pub rule: String,
    /// The citation to show.
    pub citation: String,
    /// The event that started it: `notice_received`, `goods_back` …; null while it does not run.
    pub started_by: Option<&'static str>,
    /// The day of that event.
    #[schema(value_type = Option<String>, format = Date)]
    pub started_on: Option<Date>,
    /// The day to work towards: the last lawful one without any rollover.
    #[schema(value_type = Option<String>, format = Date)]
    pub strict: Option<Date>,
    /// The last lawful day; null while it does not run or the law names no number of days.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// `open`, `met` or `ended`.
    pub state: &'static str,
    /// How it stands today: `runs`, `late`, `waits`, `met`, `met_late` or `ended`.
    pub phase: &'static str,
    /// The day it was met.
    #[schema(value_type = Option<String>, format = Date)]
    pub met_on: Option<Date>,
    /// The day it was found late; it stays when it is met after all.
    #[schema(value_type = Option<String>, format = Date)]
    pub breached_on: Option<Date>,
    /// Who signed the rule off; null while it is unreviewed.
    pub reviewed_by: Option<String>,
    /// The same as a sentence to the consumer; null where there is nothing to say to them.
    pub text: Option<String>,
}

impl ClockView {
    /// A clock as it stands on `today`.
    pub fn of(l: L10n, clock: &StatutoryClock, today: Date, standing: &Standing) -> Self {
        Self {
            reviewed_by: standing.reviewer(&clock.rule).map(str::to_owned),
            kind: clock.kind,
            rule: clock.rule.to_string(),
            citation: clock.citation.to_string(),
            started_by: clock.started.map(|s| s.by.as_str()),
            started_on: clock.started.map(|s| s.on),
            strict: clock.strict,
            due: clock.due,
            state: clock.state.as_str(),
            phase: Phase::of(clock, today).as_str(),
            met_on: clock.met_on(),
            breached_on: clock.breached_on,
            text: sentence(l, Voice::Consumer, clock, today),
        }
    }
}

/// A clock on a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockListed {
    /// The return.
    #[schema(value_type = String)]
    pub case: CaseId,
    /// Its number.
    pub rma: String,
    /// The order's number.
    pub order_number: String,
    /// Country of delivery.
    pub country: String,
    /// What it counts towards.
    pub kind: String,
    /// Id of its rule.
    pub rule: String,
    /// The citation to show.
    pub citation: String,
    /// The event that started it, empty while it does not run.
    pub started_by: String,
    /// The day of that event, empty while it does not run.
    pub started_on: String,
    /// The day to work towards, empty if there is none.
    pub strict: String,
    /// The last lawful day, empty if there is none.
    pub due: String,
    /// The day it was met, empty if it was not.
    pub met_on: String,
    /// The day it was found late, empty if it was not.
    pub breached_on: String,
    /// `open`, `met` or `ended`.
    pub state: String,
}

impl From<ClockRow> for ClockListed {
    fn from(row: ClockRow) -> Self {
        Self {
            case: CaseId(row.case_id),
            rma: row.rma,
            order_number: row.order_number,
            country: row.country,
            kind: row.kind,
            rule: row.rule,
            citation: row.citation,
            started_by: row.started_by,
            started_on: row.started_on,
            strict: row.strict_on,
            due: row.due_on,
            met_on: row.met_on,
            breached_on: row.breached_on,
            state: row.state,
        }
    }
}

/// Which clocks.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Which {
    /// `work` (unless told), `waiting` or `done`.
    list: Option<String>,
    /// One kind only, e.g. `refund`.
    kind: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// Rows, at most 200.
    limit: Option<u32>,
}

/// What falls due by law, the nearest day first.
#[utoipa::path(get, path = "/clocks", tag = "clocks", params(Which),
    responses((status = 200, description = "A page of clocks", body = Listed<ClockListed>)))]
async fn list(
    tenant: Tenant,
    State(app): State<App>,
    Query(which): Query<Which>,
) -> Result<Json<Listed<ClockListed>>, Failure> {
    let bad = |field: &str| app::AppError::field(field, "help-choice");
    let list = match which.list.as_deref() {
        None => None,
        Some(name) => {
            let known = LISTS.iter().copied().find(|l| *l == name);
            Some(known.ok_or_else(|| bad("list"))?)
        }
    };
    let kind = match which.kind.as_deref() {
        None => None,
        Some(name) => Some(ClockKind::parse(name).ok_or_else(|| bad("kind"))?),
    };
    let query = PageQuery {
        cursor: which.cursor,
        limit: which.limit,
    };
    let limit = i64::from(query.limit());
    let wanted = Wanted {
        list,
        kind,
        after: query.after()?,
    };
    let scope = only(&tenant);
    let mut rows = app.clock_list(&scope, &wanted, limit + 1).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more);
    let next = next.map(|r| cursor::encode(&(r.work_at, r.case_id, &r.kind, &r.rule)));
    Ok(Json(Listed {
        items: rows.into_iter().map(ClockListed::from).collect(),
        next,
    }))
}

/// The caller on the client of the path alone: a list never reaches over to their others.
fn only(tenant: &Tenant) -> Scope {
    Scope::user(tenant.person.id, tenant.person.role, vec![tenant.id()])
}

/// The period of a report.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Period {
    /// First day.
    #[param(value_type = String, format = Date)]
    from: Date,
    /// Last day, at most two years later.
    #[param(value_type = String, format = Date)]
    to: Date,
}

/// What was late in a period, oldest first; at most 5,000 rows.
#[utoipa::path(get, path = "/clocks/breaches", tag = "clocks", params(Period),
    responses((status = 200, description = "Breaches", body = Vec<ClockListed>)))]
async fn breaches(
    tenant: Tenant,
    State(app): State<App>,
    Query(period): Query<Period>,
) -> Result<Json<Vec<ClockListed>>, Failure> {
    let rows = app
        .breaches(tenant.scope(), tenant.id(), period.from, period.to)
        .await?;
    Ok(Json(rows.into_iter().map(ClockListed::from).collect()))
}
