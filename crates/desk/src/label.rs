//! Return labels for the desk: PDF to print, ZPL for label printers.

use crate::frame::Desk;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, ClientId, ParcelId};
use redress_http::Problem;
use surface::{Failure, label_data};

/// `GET /desk/{client}/{case}/label/{parcel}.pdf` or `.zpl`
pub async fn file(
    desk: Desk,
    Path((client, case, file)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let (parcel, form) = file.rsplit_once('.').ok_or_else(missing)?;
    let parcel: ParcelId = parcel.parse().map_err(|_| missing())?;
    let facts = desk
        .app
        .label_facts(desk.scope(), client, case, parcel)
        .await?;
    let label = label_data(desk.l(), &facts);
    let fault = |e: paper::PaperError| Failure::from(app::AppError::fault(e));
    let (kind, bytes) = match form {
        "pdf" => ("application/pdf", paper::label_pdf(&label).map_err(fault)?),
        "zpl" => (
            "text/plain; charset=utf-8",
            paper::label_zpl(&label).map_err(fault)?.into_bytes(),
        ),
        _ => return Err(missing()),
    };
    let name = format!("inline; filename=\"{}.{form}\"", facts.rma);
    Ok((
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}
