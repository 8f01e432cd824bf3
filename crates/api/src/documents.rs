//! Credit notes and their corrections: list them, read one, take it as PDF, XML or with its proof.

use crate::{
    door::{self, Operations},
    output::{Amount, Listed},
    tenant::Tenant,
};
use app::{
    App, AppError,
    documents::{DocumentHead, DocumentPage},
};
use axum::{
    Json,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Currency, DocumentId, ObligationId, Timestamp};
use redress_http::{
    Problem,
    cursor::{self, PageQuery},
};
use serde::Serialize;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::MONEY, routes!(list))
        .route(door::PAPERS, routes!(one))
        .route(door::PAPERS, routes!(pdf))
        .route(door::PAPERS, routes!(xml))
        .route(door::READ, routes!(proof))
}

/// A document without what it says of the buyer.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// Which.
    #[schema(value_type = String)]
    document: DocumentId,
    /// `credit_note` or `correction`.
    kind: String,
    /// The number as it is printed.
    number: String,
    /// Its place in the series of the legal entity, from 1, without a gap.
    sequence: i64,
    /// The return.
    #[schema(value_type = String)]
    case: CaseId,
    /// The payment.
    #[schema(value_type = String)]
    obligation: ObligationId,
    /// With tax; negative for a correction.
    gross: Amount,
    /// The tax inside.
    tax: Amount,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    issued_at: Timestamp,
    /// SHA-256 of the XML, hex.
    sha256: String,
    /// Where it is.
    href: String,
}

impl DocumentView {
    fn of(tenant: &Tenant, row: DocumentHead) -> Self {
        let currency: Currency = row.currency.parse().unwrap_or(Currency::EUR);
        let amount = |minor| Amount { minor, currency };
        let document = DocumentId(row.document_id);
        Self {
            document,
            kind: row.kind,
            number: row.name,
            sequence: row.number,
            case: CaseId(row.case_id),
            obligation: ObligationId(row.obligation_id),
            gross: amount(row.gross_minor),
            tax: amount(row.tax_minor),
            issued_at: Timestamp::from_millisecond(row.issued_at).unwrap_or_default(),
            sha256: row.sha256,
            href: tenant.href(format_args!("documents/{document}")),
        }
    }
}

/// List credit notes and corrections in the order they were issued
#[utoipa::path(get, path = "/documents", tag = "Documents",
    params(("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "A page of documents", body = Listed<DocumentView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(page): Query<PageQuery>,
) -> Result<Json<Listed<DocumentView>>, Failure> {
    let after: Option<i64> = page.after()?;
    let limit = page.limit() as usize;
    let mut rows = app
        .documents(
            tenant.scope(),
            tenant.id(),
            after.unwrap_or(0),
            i64::from(page.limit()) + 1,
        )
        .await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more).map(|r| r.number);
    let items = rows.into_iter().map(|r| DocumentView::of(&tenant, r));
    Ok(Json(Listed {
        items: items.collect(),
        next: last.map(|key| cursor::encode(&key)),
    }))
}

async fn document_of(app: &App, tenant: &Tenant) -> Result<DocumentPage, Failure> {
    let id: DocumentId = tenant.param("document")?;
    Ok(app.document(tenant.scope(), tenant.id(), id).await?)
}

/// Look at a document
#[utoipa::path(get, path = "/documents/{document}", tag = "Documents",
    responses((status = 200, description = "The document", body = DocumentView)))]
async fn one(State(app): State<App>, tenant: Tenant) -> Result<Json<DocumentView>, Failure> {
    let page = document_of(&app, &tenant).await?;
    Ok(Json(DocumentView::of(&tenant, page.head)))
}

/// A document as PDF, in the language asked for
#[utoipa::path(get, path = "/documents/{document}/document.pdf", tag = "Documents",
    responses((status = 200, description = "The document", content_type = "application/pdf", body = Vec<u8>)))]
async fn pdf(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let page = document_of(&app, &tenant).await?;
    let paper = surface::document_paper(tenant.l, &page, &[]);
    let bytes = paper::document_pdf(&paper).map_err(AppError::fault)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// A document as EN 16931 UBL `CreditNote`, byte for byte as it was issued
#[utoipa::path(get, path = "/documents/{document}/document.xml", tag = "Documents",
    responses((status = 200, description = "The document", content_type = "application/xml", body = String)))]
async fn xml(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let page = document_of(&app, &tenant).await?;
    if page.xml.is_empty() {
        return Err(Problem::not_found().into());
    }
    Ok(([(header::CONTENT_TYPE, "application/xml")], page.xml).into_response())
}

/// The proof that a document was issued, from the ledger
///
/// A C2SP tlog-proof: with the log's public key it holds without us.
#[utoipa::path(get, path = "/documents/{document}/proof.txt", tag = "Documents",
    responses((status = 200, description = "The proof", content_type = "text/plain", body = String)))]
async fn proof(State(app): State<App>, tenant: Tenant) -> Result<Response, Failure> {
    let id: DocumentId = tenant.param("document")?;
    let proof = app.document_proof(tenant.scope(), tenant.id(), id).await?;
    let text = proof.ok_or_else(Problem::not_found)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
