//! The catalogue: what a client sells today and an exchange may send out.

use crate::{
    door::{self, Operations},
    input::{IMPORT_MAX, Input},
    once::once,
    output::Listed,
    tenant::Tenant,
};
use app::{
    App,
    catalogue::{Article, CatalogueReport},
    intake::ImportOptions,
};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::Permission;
use redress_http::cursor::{self, PageQuery};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;
use wire::ArticleDraft;

/// Wrong records an import names; the count is always whole.
const REJECTED_MAX: usize = 100;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::READ, routes!(list))
        .route(door::IMPORT, routes!(import))
        .route(door::READ, routes!(search))
}

/// Articles to take in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "articles": [{ "sku": "SHIRT-M", "product": "SHIRT",
    "title": "Linen shirt", "variant": "M", "prices": { "EUR": 5900 }, "tax_rate": 1900,
    "stock": 12 }] }))]
pub struct Articles {
    /// Articles in the form of `redress import articles`; amounts in minor units, tax rates in
    /// basis points.
    #[schema(value_type = Vec<Object>)]
    articles: Vec<ArticleDraft>,
    /// Check everything, store nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What became of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlesImported {
    /// The counts: read, stored, rejected.
    #[schema(value_type = Object)]
    report: CatalogueReport,
    /// The first hundred records that were not taken.
    #[schema(value_type = Vec<Object>)]
    rejected: Vec<wire::RowError>,
}

/// Take in a catalogue, or a part of it
///
/// An article told again is replaced; what exchanges have set aside stays set aside.
#[utoipa::path(post, path = "/articles", tag = "Exchanges", request_body = Articles,
    responses((status = 200, description = "What was stored and what was not", body = ArticlesImported)))]
async fn import(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<Articles, IMPORT_MAX>,
) -> Result<Response, Failure> {
    let Input { body, key } = input;
    let work = |app, tenant| async move { taken_in(&app, &tenant, body).await };
    let key = (Permission::OrderImport, key);
    once((app, tenant), key, StatusCode::OK, work).await
}

async fn taken_in(app: &App, tenant: &Tenant, body: Articles) -> Result<ArticlesImported, Failure> {
    let Articles { articles, dry_run } = body;
    let checked = articles
        .into_iter()
        .zip(1..)
        .map(|(draft, n)| match draft.check() {
            Ok(()) => Ok(draft),
            Err(flaw) => Err(flaw.at(n)),
        });
    let mut rejected = Vec::new();
    let mut note = |e: &wire::RowError| {
        if rejected.len() < REJECTED_MAX {
            rejected.push(e.clone());
        }
    };
    let options = ImportOptions { dry_run };
    let report = app
        .import_articles(tenant.scope(), tenant.id(), checked, options, &mut note)
        .await?;
    Ok(ArticlesImported { report, rejected })
}

/// An article today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleView {
    /// The client's article number.
    sku: String,
    /// What it is a variant of.
    product: String,
    /// Title.
    title: String,
    /// Which variant; empty for the only one.
    variant: String,
    /// Price of one unit by currency code, minor units.
    prices: BTreeMap<String, i64>,
    /// Units that can still be promised.
    free: u32,
}

impl ArticleView {
    fn of(article: Article) -> Self {
        let product = article.told.product().to_owned();
        let told = article.told;
        Self {
            product,
            sku: told.sku,
            title: told.title,
            variant: told.variant,
            prices: told.prices,
            free: article.free,
        }
    }
}

/// List the catalogue, in the order of article numbers
#[utoipa::path(get, path = "/articles", tag = "Exchanges",
    params(("cursor" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<u32>, Query, description = "Rows, 1 to 200; 50 unless told")),
    responses((status = 200, description = "A page of articles", body = Listed<ArticleView>)))]
async fn list(
    State(app): State<App>,
    tenant: Tenant,
    Query(page): Query<PageQuery>,
) -> Result<Json<Listed<ArticleView>>, Failure> {
    let after: Option<String> = page.after()?;
    let limit = page.limit();
    let mut rows = app
        .articles_after(
            tenant.scope(),
            tenant.id(),
            after.as_deref().unwrap_or_default(),
            i64::from(limit) + 1,
        )
        .await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| more).map(|a| a.told.sku.clone());
    Ok(Json(Listed {
        items: rows.into_iter().map(ArticleView::of).collect(),
        next: last.map(|key| cursor::encode(&key)),
    }))
}

/// What is searched for.
#[derive(Debug, Deserialize)]
struct Sought {
    q: String,
}

/// Search the catalogue
///
/// Every word must begin a word of the title, the variant or a number. At most 40 are shown.
#[utoipa::path(get, path = "/articles/search", tag = "Exchanges",
    params(("q" = String, Query, description = "Words")),
    responses((status = 200, description = "What was found", body = Listed<ArticleView>)))]
async fn search(
    State(app): State<App>,
    tenant: Tenant,
    Query(sought): Query<Sought>,
) -> Result<Json<Listed<ArticleView>>, Failure> {
    let found = app
        .find_articles(tenant.scope(), tenant.id(), &sought.q)
        .await?;
    Ok(Json(Listed {
        items: found.into_iter().map(ArticleView::of).collect(),
        next: None,
    }))
}
