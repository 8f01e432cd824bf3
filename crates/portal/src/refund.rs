//! The receipt of a refund: the credit note of each payment, why it is as much as it is, and a
//! proof that holds without us.

use crate::{Rma, frame, label, pass::Shopper, status, visit::Visit};
use app::{
    App, AppError,
    documents::{DocumentHead, DocumentPage},
    views::CasePage,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{DocumentId, Money};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{Action, Definition, Icon, Weight, actions, bdi, card, copy, definitions, money},
};
use surface::{Failure, Why};

fn href(visit: &Visit, page: &CasePage, document: &DocumentHead, file: &str) -> String {
    let id = DocumentId(document.document_id);
    visit.url(&format!("/r/{}/refund/{id}{file}", page.case.rma))
}

/// The documents of a return; nothing before the first.
pub fn card_of(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    if page.documents.is_empty() {
        return html! {};
    }
    card(
        &l.t("document-card"),
        &html! {
            div.stack {
                p { (l.t("document-card-lede")) }
                @for d in &page.documents {
                    @let title = surface::document_title(l, kind_of(d));
                    div.cluster {
                        span { (title) " " (bdi(&d.name)) }
                        strong { (money(l, amount(d, page))) }
                        div.push { (actions(&[
                            Action::link(l.t("document-open"), href(visit, page, d, "")).icon(Icon::Receipt),
                        ])) }
                    }
                }
            }
        },
    )
}

fn kind_of(d: &DocumentHead) -> invoice::Kind {
    if d.kind == invoice::Kind::Correction.as_str() {
        invoice::Kind::Correction
    } else {
        invoice::Kind::CreditNote
    }
}

const fn amount(d: &DocumentHead, page: &CasePage) -> Money {
    Money::new(d.gross_minor, page.case.currency)
}

/// A document of this very return.
async fn found(
    shopper: &Shopper,
    app: &App,
    rma: &str,
    document: &str,
) -> Result<(CasePage, DocumentPage), Failure> {
    let id: DocumentId = document.parse().map_err(|_| Problem::not_found())?;
    let page = status::case_of(shopper, app, rma).await?;
    if page.documents.iter().all(|d| d.document_id != id.0) {
        return Err(Problem::not_found().into());
    }
    let client = shopper.visit.client.id;
    let document = app.document(&shopper.scope, client, id).await?;
    Ok((page, document))
}

/// What the amount is made of; a correction has nothing to explain.
fn why(visit: &Visit, page: &CasePage, document: &DocumentPage) -> Vec<Why> {
    if document.note.kind == invoice::Kind::Correction {
        return Vec::new();
    }
    let quote = surface::quote_of_document(page, &document.head);
    quote.map_or_else(Vec::new, |q| surface::why(visit.l(), &page.order, q))
}

/// `GET /p/{client}/r/{rma}/refund/{document}`
pub async fn page(
    shopper: Shopper,
    Rma(rma): Rma,
    Path(path): Path<Vec<(String, String)>>,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    let visit = &shopper.visit;
    let l = visit.l();
    let (case, document) = found(&shopper, &app, &rma, named(&path, "document")).await?;
    let (note, head) = (&document.note, &document.head);
    let id = DocumentId(head.document_id);
    let proof = app
        .document_proof(&shopper.scope, visit.client.id, id)
        .await?;
    let vkey = app.vkey(visit.client.id).await?;
    let figure = |minor| money(l, Money::new(minor, note.currency));
    let file = |name: &str| href(visit, &case, head, &format!("/{name}"));
    let name = surface::document_file(&document);
    let facts = [
        Definition::new(l.t("document-number"), bdi(&note.number)),
        Definition::new(
            l.t("document-date"),
            html! { (l.date_long(note.issued_on)) },
        ),
        Definition::new(l.t("document-net"), figure(note.totals.net)),
        Definition::new(l.t("document-tax"), figure(note.totals.tax)),
        Definition::new(
            l.t("document-gross"),
            html! { strong { (figure(note.totals.gross)) } },
        ),
    ];
    let why = why(visit, &case, &document);
    let mut links = vec![
        Action::link(l.t("document-pdf"), file("receipt.pdf"))
            .icon(Icon::Download)
            .weight(Weight::Primary),
    ];
    if !document.xml.is_empty() {
        links.push(Action::link(l.t("document-xml"), file("document.xml")).icon(Icon::Download));
    }
    if proof.is_some() {
        links.push(Action::link(l.t("document-proof-file"), file("proof.txt")).icon(Icon::Shield));
    }
    let command = format!("redress ledger check-receipt {name}.txt --key '{vkey}'");
    let title = l.t("document-receipt");
    let body = html! {
        div.stack {
            div.page-head { div {
                p.hint { (surface::document_title(l, note.kind)) " " (bdi(&note.number)) }
                h1 { (title) }
            } }
            (card(&l.t("document-amount"), &definitions(&facts)))
            @if !why.is_empty() {
                (card(&l.t("document-why"), &html! {
                    dl.facts {
                        @for w in &why {
                            div {
                                dt { (w.name) @if !w.because.is_empty() { br; small.hint { (w.because) } } }
                                dd { (figure(w.minor)) }
                            }
                        }
                    }
                }))
            }
            p { (match note.kind {
                invoice::Kind::CreditNote => l.t("document-paid"),
                invoice::Kind::Correction => l.t("document-came-back"),
            }) }
            (actions(&links))
            (card(&l.t("document-verify"), &html! {
                div.stack {
                    p { (l.t("document-proof-note")) }
                    @if proof.is_none() { p.hint { (l.t("document-proof-waits")) } }
                    p.hint { (l.t("document-hash")) }
                    p { (copy(l, &head.sha256)) }
                    details {
                        summary { (l.t("document-verify-how")) }
                        p { (copy(l, &command)) }
                    }
                }
            }))
            p { a href=(visit.url(&format!("/r/{rma}"))) { (l.t("portal-done-follow")) } }
        }
    };
    Ok(frame::page(visit, &title, body))
}

fn named<'a>(path: &'a [(String, String)], name: &str) -> &'a str {
    let found = path.iter().find(|(n, _)| n == name);
    found.map_or("", |(_, value)| value)
}

/// `GET /p/{client}/r/{rma}/refund/{document}/receipt.pdf`, `document.xml` or `proof.txt`
pub async fn file(
    shopper: Shopper,
    Rma(rma): Rma,
    Path(path): Path<Vec<(String, String)>>,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let missing = || Failure(Problem::not_found());
    let (case, document) = found(&shopper, &app, &rma, named(&path, "document")).await?;
    let name = surface::document_file(&document);
    let (kind, ending, text) = match named(&path, "file") {
        "receipt.pdf" => {
            let why = why(visit, &case, &document);
            let paper = surface::document_paper(visit.l(), &document, &why);
            let bytes = paper::document_pdf(&paper).map_err(AppError::fault)?;
            return Ok(label::pdf_answer(&format!("{name}.pdf"), bytes));
        }
        "document.xml" if !document.xml.is_empty() => ("application/xml", "xml", document.xml),
        "proof.txt" => {
            let id = DocumentId(document.head.document_id);
            let client = visit.client.id;
            let proof = app.document_proof(&shopper.scope, client, id).await?;
            (
                "text/plain; charset=utf-8",
                "txt",
                proof.ok_or_else(missing)?,
            )
        }
        _ => return Err(missing()),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{ending}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}
