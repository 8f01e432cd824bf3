//! The return label: as a PDF to print, as a QR code to show.

use crate::{Rma, pass::Shopper, status, visit::Visit};
use app::{App, AppError, views::CasePage};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use redress_http::Problem;
use std::fmt::Write as _;
use surface::Failure;

/// White modules around a QR code, as its standard asks for.
const QUIET: usize = 4;

/// `GET /p/{client}/r/{rma}/label.pdf`.
pub async fn pdf(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let page = status::case_of(&shopper, &app, &rma).await?;
    let case = &page.case;
    let usable = !case.cancelled && !case.closed && !case.expired;
    let parcel = case
        .parcels
        .last()
        .filter(|_| usable)
        .ok_or(Problem::not_found())?;
    let client = shopper.visit.client.id;
    let facts = app
        .label_facts(&shopper.scope, client, case.id, parcel.id)
        .await?;
    let label = surface::label_data(shopper.visit.l(), &facts);
    let bytes = paper::label_pdf(&label).map_err(AppError::fault)?;
    Ok(pdf_answer(&format!("{rma}.pdf"), bytes))
}

/// A PDF shown in the browser under this file name.
pub fn pdf_answer(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// The code a parcel shop or our dock scans, with the number to read out.
pub fn qr_figure(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let text = format!("{}/r/{}", visit.base_url, page.case.rma);
    html! {
        figure.stack {
            (qr_svg(&text, &l.t("portal-qr-alt")))
            figcaption { p { (l.t("portal-qr-show")) } p { strong { (page.case.rma) } } }
        }
    }
}

/// A QR code as a drawing; nothing if the text does not fit one.
fn qr_svg(text: &str, alt: &str) -> Markup {
    let Ok(rows) = paper::qr(text) else {
        return html! {};
    };
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let size = rows.len() + 2 * QUIET;
    html! {
        svg role="img" aria-label=(alt) width="220" height="220" viewBox={ "0 0 " (size) " " (size) }
            shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
