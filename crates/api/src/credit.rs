//! Store credit: what a shopper has, what happened to it, and paying with it.

use crate::{
    door::{self, Operations},
    input::Input,
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App, AppError,
    cases::Call,
    credit::{CreditAnswer, CreditAsk, CreditRow, StatementLine},
};
use axum::{
    Json,
    extract::{Query, State},
    http::HeaderValue,
    response::{IntoResponse, Response},
};
use kernel::{CreditId, CreditUseId, Currency, Date, Money, Timestamp};
use redress_http::cursor::{self, PageQuery};
use returns::credit::{CreditAccount, CreditWhat};
use serde::{Deserialize, Serialize};
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::MONEY, routes!(list))
        .route(door::MONEY, routes!(one))
        .route(door::CREDIT, routes!(spend))
        .route(door::CREDIT, routes!(reserve))
        .route(door::CREDIT, routes!(void))
}

/// The store credit of a customer in a currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditView {
    /// The account.
    #[schema(value_type = String)]
    pub credit: CreditId,
    /// The client's own id of the customer, where this list says it.
    pub customer: Option<String>,
    /// Its version.
    pub version: i64,
    /// What can be spent now.
    pub available: Amount,
    /// What of that is promotional: it ends, and is never paid out.
    pub promotional: Amount,
    /// What is held for purchases.
    pub held: Amount,
    /// The day on which something of it ends next; null if nothing does.
    #[schema(value_type = Option<String>, format = Date)]
    pub ends_on: Option<Date>,
}

impl CreditView {
    fn of(row: &CreditRow, today: Date) -> Result<Self, AppError> {
        let account: CreditAccount = serde_json::from_str(&row.state)?;
        let money = |minor| Amount {
            minor,
            currency: account.currency,
        };
        Ok(Self {
            credit: account.id,
            customer: row.external_id.clone(),
            version: row.version,
            available: money(account.balance(today)),
            promotional: money(account.promotional(today)),
            held: money(account.held()),
            ends_on: account.ends_on(),
        })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    customer: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// List store credit
///
/// With `customer`, the accounts of that customer, one per currency; otherwise all of the client,
/// last changed first.
#[utoipa::path(get, path = "/credit", tag = "Store credit",
    params(("customer" = Option<String>, Query, description = "The client's own id of the customer"),
        ("cursor" = Option<String>, Query, description = "Where the page before ended"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "The accounts", body = Listed<CreditView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(asked): Query<Asked>,
) -> Result<Json<Listed<CreditView>>, Failure> {
    let (scope, client) = (tenant.scope(), tenant.id());
    let today = tenant.client.day(app.now());
    let (rows, next) = if let Some(customer) = &asked.customer {
        (app.credit_of_customer(scope, client, customer).await?, None)
    } else {
        let query = PageQuery {
            cursor: asked.cursor,
            limit: asked.limit,
        };
        let limit = i64::from(query.limit());
        let before = query.after()?;
        let mut rows = app
            .credit_accounts(scope, client, before, limit + 1)
            .await?;
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let last = rows.last().filter(|_| more);
        let next = last.map(|r| cursor::encode(&(r.updated_at, r.credit_id)));
        (rows, next)
    };
    let items: Result<Vec<CreditView>, AppError> =
        rows.iter().map(|r| CreditView::of(r, today)).collect();
    Ok(Json(Listed {
        items: items?,
        next,
    }))
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementView {
    /// The number of the event.
    pub version: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// `credit_issued`, `credit_held`, `credit_spent`, `credit_released`, `credit_restored`,
    /// `credit_expired` or `credit_withdrawn`.
    pub kind: &'static str,
    /// What it added to what can be spent.
    pub amount: Amount,
    /// What could be spent after it.
    pub balance: Amount,
    /// The hold or purchase it is about.
    #[schema(value_type = Option<String>)]
    pub id: Option<CreditUseId>,
    /// The client's own reference of that.
    pub reference: Option<String>,
    /// The return it comes from.
    #[schema(value_type = Option<String>)]
    pub case: Option<kernel::CaseId>,
}

impl StatementView {
    fn of(line: &StatementLine, currency: Currency) -> Self {
        let used = match &line.what {
            CreditWhat::CreditHeld { held: used }
            | CreditWhat::CreditSpent { spent: used }
            | CreditWhat::CreditRestored { spent: used } => Some(used),
            _ => None,
        };
        let id = match &line.what {
            CreditWhat::CreditReleased { id } => Some(*id),
            _ => used.map(|u| u.id),
        };
        let money = |minor| Amount { minor, currency };
        Self {
            version: line.version,
            at: line.at,
            kind: line.what.name(),
            amount: money(line.minor),
            balance: money(line.balance),
            id,
            reference: used.map(|u| u.reference.to_string()),
            case: match &line.what {
                CreditWhat::CreditIssued { case, .. } => Some(*case),
                _ => None,
            },
        }
    }
}

/// An account with everything that happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditStatement {
    /// The account.
    #[serde(flatten)]
    pub account: CreditView,
    /// What happened, oldest first.
    pub lines: Vec<StatementView>,
}

/// Balance and statement of store credit
#[utoipa::path(get, path = "/credit/{credit}", tag = "Store credit",
    responses((status = 200, description = "The account", body = CreditStatement)))]
async fn one(State(app): State<App>, tenant: Tenant) -> Result<Json<CreditStatement>, Failure> {
    let credit: CreditId = tenant.param("credit")?;
    let found = app
        .credit_statement(tenant.scope(), tenant.id(), credit)
        .await?;
    let currency = found.account.currency;
    let lines = found.lines.iter();
    Ok(Json(CreditStatement {
        account: CreditView::of(&found.row, found.today)?,
        lines: lines.map(|l| StatementView::of(l, currency)).collect(),
    }))
}

/// Credit to spend or to hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "amount": { "minor": 1000, "currency": "EUR" }, "reference": "W-1001" }))]
pub struct SpendAsked {
    /// How much; with `reservation`, all of it unless told.
    #[serde(default)]
    amount: Option<MoneyAsked>,
    /// The client's own reference, such as the number of the new order; not with `reservation`.
    #[serde(default)]
    reference: String,
    /// The hold to spend from.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reservation: Option<CreditUseId>,
}

/// An amount.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyAsked {
    /// Integer minor units.
    minor: i64,
    /// ISO 4217 code; the currency of the account.
    #[schema(value_type = String)]
    currency: Currency,
}

impl From<MoneyAsked> for Money {
    fn from(m: MoneyAsked) -> Self {
        Self::new(m.minor, m.currency)
    }
}

impl SpendAsked {
    fn amount(&self) -> Result<Money, AppError> {
        let amount = self.amount.map(Money::from);
        amount.ok_or_else(|| AppError::field("amount", "help-credit-amount"))
    }

    fn spend(self) -> Result<CreditAsk, AppError> {
        match self.reservation {
            Some(id) => Ok(CreditAsk::SpendHeld {
                id,
                amount: self.amount.map(Money::from),
            }),
            None => Ok(CreditAsk::Spend {
                amount: self.amount()?,
                reference: self.reference,
            }),
        }
    }

    fn hold(self) -> Result<CreditAsk, AppError> {
        if self.reservation.is_some() {
            return Err(AppError::field("reservation", "help-credit-reservation"));
        }
        Ok(CreditAsk::Hold {
            amount: self.amount()?,
            reference: self.reference,
        })
    }
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditAnswerView {
    /// The account.
    #[schema(value_type = String)]
    credit: CreditId,
    /// Its version now.
    version: u64,
    /// The hold or purchase: what `void` and `reservation` name.
    #[schema(value_type = String)]
    id: CreditUseId,
    /// What can be spent now.
    available: Amount,
    /// What of that is promotional.
    promotional: Amount,
    /// What is held for purchases.
    held: Amount,
}

async fn carry_out(
    app: &App,
    tenant: &Tenant,
    ask: CreditAsk,
    key: Option<app::cases::Idempotency>,
) -> Result<Response, Failure> {
    let credit: CreditId = tenant.param("credit")?;
    // Money without a key could be spent twice by a till that tries again.
    if key.is_none() {
        return Err(AppError::field("Idempotency-Key", "help-idempotency-key").into());
    }
    let call = Call {
        idempotency: key,
        ..Call::new(tenant.scope(), app.now())
    };
    let answer: CreditAnswer = app.credit_command(&call, tenant.id(), credit, &ask).await?;
    let mut response = Json(CreditAnswerView {
        credit: answer.credit,
        version: answer.version,
        id: answer.id,
        available: answer.available.into(),
        promotional: answer.promotional.into(),
        held: answer.held.into(),
    })
    .into_response();
    if answer.replayed {
        let yes = HeaderValue::from_static("true");
        response.headers_mut().insert("idempotency-replayed", yes);
    }
    Ok(response)
}

/// Spend store credit
///
/// Promotional credit first, then what ends first. With `reservation`, what is held is spent and
/// the rest of it is free again. Needs an `Idempotency-Key`.
#[utoipa::path(post, path = "/credit/{credit}/spend", tag = "Store credit",
    request_body = SpendAsked,
    responses((status = 200, description = "Spent", body = CreditAnswerView)))]
async fn spend(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<SpendAsked>,
) -> Result<Response, Failure> {
    carry_out(&app, &tenant, input.body.spend()?, input.key).await
}

/// Hold store credit for a purchase
///
/// Nobody else can spend it; after seven days it is free again. Needs an `Idempotency-Key`.
#[utoipa::path(post, path = "/credit/{credit}/reserve", tag = "Store credit",
    request_body = SpendAsked,
    responses((status = 200, description = "Held", body = CreditAnswerView)))]
async fn reserve(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<SpendAsked>,
) -> Result<Response, Failure> {
    carry_out(&app, &tenant, input.body.hold()?, input.key).await
}

/// A hold or purchase to undo.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "id": "use_01k8pbz9zse4wr2n0wyb8q6h9c" }))]
pub struct VoidAsked {
    /// Which, as `spend` or `reserve` answered.
    #[schema(value_type = String)]
    id: CreditUseId,
}

/// Free a hold or undo a purchase
///
/// The credit is back where it came from, with its old last day. Needs an `Idempotency-Key`.
#[utoipa::path(post, path = "/credit/{credit}/void", tag = "Store credit",
    request_body = VoidAsked,
    responses((status = 200, description = "Undone", body = CreditAnswerView)))]
async fn void(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<VoidAsked>,
) -> Result<Response, Failure> {
    let ask = CreditAsk::Void { id: input.body.id };
    carry_out(&app, &tenant, ask, input.key).await
}
