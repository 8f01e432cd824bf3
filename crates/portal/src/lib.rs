//! The shopper's portal, one per client brand, under `/p/{client}`: find the order, choose what
//! comes back, see the decision with its reasons before asking, print a label, follow the return,
//! object. Beside it stands the statutory withdrawal, which asks for no reason and works when
//! the ordinary window is closed.
//!
//! One question per page; everything works without script and without an account. What may be
//! returned and what it is worth is decided in `returns`; no rule lives here.

mod act;
mod check;
mod claim;
mod declare;
mod draft;
mod find;
mod frame;
mod items;
mod label;
mod landing;
mod limit;
mod pass;
mod pay;
mod policy;
mod quote;
mod reason;
mod refund;
mod rights;
mod stages;
mod status;
mod swap;
mod swapped;
mod visit;
mod why;
mod wish;
mod withdraw;
mod words;

pub use limit::{Address, Limits};

use app::App;
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path},
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use redress_http::{Problem, brand::Accent};
use std::sync::Arc;
use surface::Failure;
use visit::Visit;

/// Every route of the portal, with fresh limits and an own pass key cache.
pub fn router() -> Router<App> {
    Router::new()
        .route("/p/{client}", get(landing::page))
        .route("/p/{client}/brand.css", get(brand))
        .route("/p/{client}/policy", get(policy::page))
        .route("/p/{client}/policy/{version}", get(policy::version))
        .route("/p/{client}/policy/{version}/{form}", get(policy::form))
        .route("/schema/redress-policy-1.json", get(policy::schema))
        .route("/p/{client}/find", get(find::page).post(find::submit))
        .route("/p/{client}/claim", {
            let taken = DefaultBodyLimit::max(redress_http::csrf::UPLOAD_MAX);
            get(claim::page).post(claim::submit).layer(taken)
        })
        .route("/p/{client}/leave", post(find::leave))
        .route(
            "/p/{client}/return/items",
            get(items::page).post(items::submit),
        )
        .route(
            "/p/{client}/return/reason",
            get(reason::page).post(reason::submit),
        )
        .route(
            "/p/{client}/return/details",
            get(why::details_page).post(why::details_submit),
        )
        .route(
            "/p/{client}/return/outcome",
            get(wish::outcome_page).post(wish::outcome_submit),
        )
        .route(
            "/p/{client}/return/exchange",
            get(swap::page).post(swap::submit),
        )
        .route("/p/{client}/pay/{token}", get(pay::page).post(pay::start))
        .route(
            "/p/{client}/pay/{token}/till",
            get(pay::till_page).post(pay::till),
        )
        .route(
            "/p/{client}/return/send",
            get(wish::send_page).post(wish::send_submit),
        )
        .route(
            "/p/{client}/return/check",
            get(check::page).post(check::submit),
        )
        .route(
            "/p/{client}/withdraw",
            get(withdraw::page).post(withdraw::identify),
        )
        .route(
            "/p/{client}/withdraw/confirm",
            get(withdraw::confirm_page).post(withdraw::confirm),
        )
        .route("/p/{client}/withdraw/declare", post(declare::submit))
        .route("/p/{client}/withdraw/done", get(declare::done_page))
        .route("/p/{client}/withdraw/done.pdf", get(declare::done_pdf))
        .route(
            "/p/{client}/revoke",
            get(declare::revoke_page).post(declare::revoke),
        )
        .route(
            "/p/{client}/r/{rma}",
            get(status::page).post(find::submit_for_return),
        )
        .route("/p/{client}/r/{rma}/done", get(status::done))
        .route("/p/{client}/r/{rma}/quote", get(status::sheet))
        .route("/p/{client}/r/{rma}/label.pdf", get(label::pdf))
        .route("/p/{client}/r/{rma}/receipt", get(withdraw::receipt_page))
        .route(
            "/p/{client}/r/{rma}/receipt.pdf",
            get(withdraw::receipt_pdf),
        )
        .route("/p/{client}/r/{rma}/refund/{document}", get(refund::page))
        .route(
            "/p/{client}/r/{rma}/refund/{document}/{file}",
            get(refund::file),
        )
        .route("/p/{client}/r/{rma}/cancel", post(act::cancel))
        .route("/p/{client}/r/{rma}/photo/{photo}", get(act::show_photo))
        .route("/p/{client}/r/{rma}/appeal", post(act::appeal))
        .route(
            "/p/{client}/r/{rma}/answer",
            post(act::answer).layer(DefaultBodyLimit::max(redress_http::csrf::UPLOAD_MAX)),
        )
        .route("/p/{client}/r/{rma}/send-back", post(act::send_back))
        .layer(Extension(Arc::new(Limits::default())))
        .layer(Extension(Arc::new(pass::Keys::default())))
}

/// Where the QR code of a label leads a shopper: their return's page in the portal. Staff with a
/// session are sent to the dock instead, which is for the caller to know.
pub async fn open_by_rma(app: &App, rma: &str) -> Response {
    match app.client_of_rma(rma).await {
        Ok(Some((slug, rma))) => Redirect::to(&format!("/p/{slug}/r/{rma}")).into_response(),
        Ok(None) => Problem::not_found().into_response(),
        Err(error) => Failure::from(error).into_response(),
    }
}

/// The client's accent colour.
async fn brand(visit: Visit) -> Response {
    let hex = visit.client.settings.brand.accent.trim_start_matches('#');
    let css = Accent::parse(&format!("#{hex}"))
        .map(Accent::css)
        .unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, css).into_response()
}

/// The number of a return in a path.
#[derive(Debug)]
struct Rma(String);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Rma {
    type Rejection = Failure;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, Failure> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let segments = path.map(|Path(list)| list).unwrap_or_default();
        let text = segments
            .iter()
            .find(|(name, _)| name == "rma")
            .map(|(_, v)| v.as_str());
        let rma = text
            .filter(|t| t.len() <= 32)
            .and_then(|t| t.parse::<logistics::Rma>().ok());
        Ok(Self(rma.ok_or(Problem::not_found())?.to_string()))
    }
}
