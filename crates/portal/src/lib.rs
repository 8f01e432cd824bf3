//! The shopper's portal, one per client brand, under `/p/{client}`: find the order, choose what
//! comes back, see the decision with its reasons before asking, print a label, follow the return,
//! object. Beside it stands the statutory withdrawal, which asks for no reason and works when
//! the ordinary window is closed.
//!
//! One question per page; everything works without script and without an account. What may be
//! returned and what it is worth is decided in `returns`; no rule lives here.

mod account;
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
    Extension,
    extract::{DefaultBodyLimit, Path},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use redress_http::{Problem, brand::Accent};
use std::sync::Arc;
use surface::{
    Failure,
    door::{Door, Doors},
};
use visit::Visit;

/// Every route of the portal, with fresh limits and an own pass key cache.
pub fn router() -> Doors {
    let all = Door::anybody().at_slug();
    let link = Door::link().at_slug();
    let own = Door::shopper();
    let uploads = DefaultBodyLimit::max(redress_http::csrf::UPLOAD_MAX);
    Doors::pages()
        .post("/p/{client}/claim", own, claim::submit)
        .post("/p/{client}/r/{rma}/answer", own, act::answer)
        .layer(uploads)
        .get("/p/{client}/claim", own, claim::page)
        .get("/p/{client}", all, landing::page)
        .get("/p/{client}/brand.css", all, brand)
        .get("/p/{client}/policy", all, policy::page)
        .get("/p/{client}/policy/{version}", all, policy::version)
        .get("/p/{client}/policy/{version}/{form}", all, policy::form)
        .get(
            "/schema/redress-policy-1.json",
            Door::anybody(),
            policy::schema,
        )
        .get("/p/{client}/find", all, find::page)
        .post("/p/{client}/find", all, find::submit)
        .post("/p/{client}/leave", all, find::leave)
        .get("/p/{client}/return/items", own, items::page)
        .post("/p/{client}/return/items", own, items::submit)
        .get("/p/{client}/return/reason", own, reason::page)
        .post("/p/{client}/return/reason", own, reason::submit)
        .get("/p/{client}/return/details", own, why::details_page)
        .post("/p/{client}/return/details", own, why::details_submit)
        .get("/p/{client}/return/outcome", own, wish::outcome_page)
        .post("/p/{client}/return/outcome", own, wish::outcome_submit)
        .get("/p/{client}/return/exchange", own, swap::page)
        .post("/p/{client}/return/exchange", own, swap::submit)
        .get("/p/{client}/pay/{token}", link, pay::page)
        .post("/p/{client}/pay/{token}", link, pay::start)
        .get("/p/{client}/pay/{token}/till", link, pay::till_page)
        .post("/p/{client}/pay/{token}/till", link, pay::till)
        .get("/p/{client}/account/{token}", link, account::page)
        .post("/p/{client}/account/{token}", link, account::send)
        .get("/p/{client}/object/{token}", link, account::object_page)
        .post("/p/{client}/object/{token}", link, account::object)
        .get("/p/{client}/return/send", own, wish::send_page)
        .post("/p/{client}/return/send", own, wish::send_submit)
        .get("/p/{client}/return/check", own, check::page)
        .post("/p/{client}/return/check", own, check::submit)
        .get("/p/{client}/withdraw", all, withdraw::page)
        .post("/p/{client}/withdraw", all, withdraw::identify)
        .get("/p/{client}/withdraw/confirm", own, withdraw::confirm_page)
        .post("/p/{client}/withdraw/confirm", own, withdraw::confirm)
        .post("/p/{client}/withdraw/declare", all, declare::submit)
        .get("/p/{client}/withdraw/done", all, declare::done_page)
        .get("/p/{client}/withdraw/done.pdf", all, declare::done_pdf)
        .get("/p/{client}/revoke", all, declare::revoke_page)
        .post("/p/{client}/revoke", all, declare::revoke)
        .get("/p/{client}/r/{rma}", all, status::page)
        .post("/p/{client}/r/{rma}", all, find::submit_for_return)
        .get("/p/{client}/r/{rma}/done", own, status::done)
        .get("/p/{client}/r/{rma}/quote", own, status::sheet)
        .get("/p/{client}/r/{rma}/label.pdf", own, label::pdf)
        .get("/p/{client}/r/{rma}/receipt", own, withdraw::receipt_page)
        .get(
            "/p/{client}/r/{rma}/receipt.pdf",
            own,
            withdraw::receipt_pdf,
        )
        .get("/p/{client}/r/{rma}/refund/{document}", own, refund::page)
        .get(
            "/p/{client}/r/{rma}/refund/{document}/{file}",
            own,
            refund::file,
        )
        .post("/p/{client}/r/{rma}/cancel", own, act::cancel)
        .get("/p/{client}/r/{rma}/photo/{photo}", own, act::show_photo)
        .post("/p/{client}/r/{rma}/appeal", own, act::appeal)
        .post("/p/{client}/r/{rma}/send-back", own, act::send_back)
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
