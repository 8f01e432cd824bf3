//! Credit notes of the case and their corrections: as PDF, as XML, and with their proof.

use super::Shown;
use crate::{frame::Desk, words};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use invoice::Kind;
use kernel::{CaseId, ClientId, DocumentId};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{self, Action, Icon, Weight, actions, bdi},
};
use surface::Failure;

/// The documents; nothing before the first.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let list = &shown.page.documents;
    if list.is_empty() {
        return html! {};
    }
    ui::card(
        &l.t("document-card"),
        &html! {
            div.stack {
                @for d in list {
                    @let correction = d.kind == Kind::Correction.as_str();
                    @let kind = if correction { Kind::Correction } else { Kind::CreditNote };
                    @let file = format!("{}/document/{}", shown.href(), DocumentId(d.document_id));
                    div.cluster {
                        span { (surface::document_title(l, kind)) " " span.strong { (bdi(&d.name)) } }
                        span.muted.small { (l.ago(words::moment(d.issued_at), shown.desk.now)) }
                        span.push.strong { (shown.money(d.gross_minor)) }
                        (actions(&links(&file, d.xml_chars > 0, &l.t("document-proof"))))
                    }
                }
            }
        },
    )
}

/// Disputes of the order; nothing where there is none.
pub fn disputes(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let list = &shown.page.disputes;
    if list.is_empty() {
        return html! {};
    }
    let client = shown.page.client.id;
    ui::card(
        &l.t("dispute-title"),
        &html! {
            div.stack {
                @for d in list {
                    div.cluster {
                        a.mono href={ "/disputes/" (client) "/" (d.id) } { (bdi(&d.reference)) }
                        (crate::disputes::state_pill(shown.desk, d.state()))
                        (crate::disputes::due(shown.desk, d.state(), d.due_at()))
                        span.muted { (surface::dispute_word(l, "category", d.category().as_str())) }
                    }
                }
            }
        },
    )
}

fn links(file: &str, has_xml: bool, proof: &str) -> Vec<Action> {
    let link = |words: &str, ending: &str, icon| {
        Action::link(words, format!("{file}.{ending}"))
            .icon(icon)
            .weight(Weight::Ghost)
    };
    let mut links = vec![link("PDF", "pdf", Icon::Printer)];
    if has_xml {
        links.push(link("XML", "xml", Icon::Download));
    }
    links.push(link(proof, "txt", Icon::Shield));
    links
}

/// `GET /desk/{client}/{case}/document/{document}.pdf`, `.xml` or `.txt`
pub async fn file(
    desk: Desk,
    Path((client, case, file)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let (document, form) = file.rsplit_once('.').ok_or_else(missing)?;
    let id: DocumentId = document.parse().map_err(|_| missing())?;
    let page = desk.app.document(desk.scope(), client, id).await?;
    if page.head.case_id != case.0 {
        return Err(missing());
    }
    let (kind, bytes) = match form {
        "pdf" => {
            let paper = surface::document_paper(desk.l(), &page, &[]);
            let bytes = paper::document_pdf(&paper).map_err(app::AppError::fault)?;
            ("application/pdf", bytes)
        }
        "xml" if !page.xml.is_empty() => ("application/xml", page.xml.clone().into_bytes()),
        "txt" => {
            let proof = desk.app.document_proof(desk.scope(), client, id).await?;
            let proof = proof.ok_or_else(missing)?;
            ("text/plain; charset=utf-8", proof.into_bytes())
        }
        _ => return Err(missing()),
    };
    let way = if form == "pdf" {
        "inline"
    } else {
        "attachment"
    };
    let name = surface::document_file(&page);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("{way}; filename=\"{name}.{form}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
