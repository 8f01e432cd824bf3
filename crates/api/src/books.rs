//! The books: every account of a client, and the postings behind one.

use crate::{
    door::{self, Operations},
    output::{Amount, Listed},
    returns_routes::case_of,
    tenant::Tenant,
};
use app::{
    App,
    books::{AccountLine, BalanceRow, JournalRow, Month, Period},
};
use axum::{
    Json,
    extract::{Query, State},
};
use kernel::{CaseId, Currency, Timestamp};
use redress_http::{
    Problem,
    cursor::{self, PageQuery},
};
use returns::journal::Account;
use serde::{Deserialize, Serialize};
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::MONEY, routes!(trial))
        .route(door::MONEY, routes!(account))
        .route(door::MONEY, routes!(of_case))
}

/// An account over a period. Balances are debits less credits: what is owed is negative.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceView {
    /// `shopper_liability`, `store_credit`, `clearing` …
    pub account: String,
    /// ISO 4217 code of all four figures.
    pub currency: String,
    /// Before the period, minor units.
    pub opening_minor: i64,
    /// Debited in the period, minor units.
    pub debit_minor: i64,
    /// Credited in the period, minor units.
    pub credit_minor: i64,
    /// At the end of the period, minor units.
    pub closing_minor: i64,
}

impl From<BalanceRow> for BalanceView {
    fn from(row: BalanceRow) -> Self {
        Self {
            closing_minor: row.closing_minor(),
            account: row.account,
            currency: row.currency,
            opening_minor: row.opening_minor,
            debit_minor: row.debit_minor,
            credit_minor: row.credit_minor,
        }
    }
}

/// A posting: one amount from one account to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostingView {
    /// The return, or the account of store credit, it follows from.
    pub stream: String,
    /// The version of it: the number of the event.
    pub version: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// `granted`, `fee_kept`, `paid`, `credit_spent` …
    pub why: String,
    /// The account that is debited.
    pub debit: String,
    /// The account that is credited.
    pub credit: String,
    /// How much.
    pub amount: Amount,
    /// The number of the return; null for store credit.
    pub rma: Option<String>,
}

impl PostingView {
    fn of(row: JournalRow, rma: Option<String>, is_credit: bool) -> Self {
        let stream = if is_credit {
            kernel::CreditId(row.case_id).to_string()
        } else {
            CaseId(row.case_id).to_string()
        };
        Self {
            stream,
            version: row.version,
            at: Timestamp::from_millisecond(row.at).unwrap_or_default(),
            why: row.why,
            debit: row.debit,
            credit: row.credit,
            amount: Amount {
                minor: row.minor,
                currency: row.currency.parse().unwrap_or(Currency::EUR),
            },
            rma,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Asked {
    /// The months asked for; the present one unless told.
    fn period(&self, tenant: &Tenant, app: &App) -> Result<Period, Failure> {
        let now = Month::of(tenant.client.day(app.now()));
        let read = |text: &Option<String>| text.as_deref().map(str::parse::<Month>).transpose();
        let to = read(&self.to)?.unwrap_or(now);
        Ok(Period::new(read(&self.from)?.unwrap_or(to), to)?)
    }
}

/// Trial balance
///
/// Every account that ever moved, over a period. The debits of a currency are its credits.
#[utoipa::path(get, path = "/books", tag = "Books",
    params(("from" = Option<String>, Query, description = "First month, such as 2026-01; `to` unless told"),
        ("to" = Option<String>, Query, description = "Last month; the present one unless told")),
    responses((status = 200, description = "The accounts", body = Listed<BalanceView>)))]
async fn trial(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<Listed<BalanceView>>, Failure> {
    let period = asked.period(&tenant, &app)?;
    let rows = app
        .trial_balance(tenant.scope(), tenant.id(), period)
        .await?;
    Ok(Json(Listed {
        items: rows.into_iter().map(BalanceView::from).collect(),
        next: None,
    }))
}

/// One account with a page of its postings.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Its balance over the period.
    pub balance: BalanceView,
    /// Postings, newest first.
    pub items: Vec<PostingView>,
    /// Pass it as `cursor` to go on; null at the end.
    pub next: Option<String>,
}

/// One account
#[utoipa::path(get, path = "/books/{currency}/{account}", tag = "Books",
    params(("from" = Option<String>, Query, description = "First month; `to` unless told"),
        ("to" = Option<String>, Query, description = "Last month; the present one unless told"),
        ("cursor" = Option<String>, Query, description = "Where the page before ended"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "The account", body = AccountView)))]
async fn account(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<AccountView>, Failure> {
    let period = asked.period(&tenant, &app)?;
    let currency: Currency = tenant.param("currency")?;
    let name: String = tenant.param("account")?;
    let account = Account::parse(&name).ok_or(Problem::not_found())?;
    let query = PageQuery {
        cursor: asked.cursor,
        limit: asked.limit,
    };
    let limit = i64::from(query.limit());
    let (which, before) = ((currency, account), query.after()?);
    let (scope, client) = (tenant.scope(), tenant.id());
    let found = app.account_page(scope, client, which, period, before, limit + 1);
    let mut found = found.await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.lines.len() > shown;
    found.lines.truncate(shown);
    let last = found.lines.last().filter(|_| more).map(|l| &l.row);
    let next = last.map(|r| cursor::encode(&(r.at, r.case_id, r.version, r.n)));
    let line = |line: AccountLine| {
        let is_credit = line.rma.is_none();
        PostingView::of(line.row, line.rma, is_credit)
    };
    Ok(Json(AccountView {
        balance: found.balance.into(),
        items: found.lines.into_iter().map(line).collect(),
        next,
    }))
}

/// What a return moved
#[utoipa::path(get, path = "/returns/{case}/books", tag = "Books",
    responses((status = 200, description = "Its postings, in order", body = Listed<PostingView>)))]
async fn of_case(
    State(app): State<App>,
    tenant: Tenant,
) -> Result<Json<Listed<PostingView>>, Failure> {
    let case = case_of(&app, &tenant).await?;
    let rows = app
        .journal_of_case(tenant.scope(), tenant.id(), case)
        .await?;
    if rows.is_empty() {
        // Nothing booked, or no such case.
        app.case_page(tenant.scope(), tenant.id(), case).await?;
    }
    let items = rows.into_iter().map(|r| PostingView::of(r, None, false));
    Ok(Json(Listed {
        items: items.collect(),
        next: None,
    }))
}
