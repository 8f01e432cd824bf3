//! The ledger: how large each client's log is, its signed checkpoint and key, a verification on
//! demand, and the receipts of a case to take away and check elsewhere.

use crate::frame::Desk;
use app::{ledger::VerifyReport, views::LogState};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, ClientId, Permission};
use maud::{Markup, html};
use redress_http::{
    Id, Ids, Problem,
    ui::{
        self, Action, Column, Crumb, Definition, Icon, Note, Row, Table, Tone, Weight, actions,
        breadcrumbs, copy, csrf_field, date_time, definitions, empty,
    },
};
use surface::Failure;

/// Findings listed on a page; the command line lists all.
const FINDINGS: usize = 20;

/// `GET /ledger`
pub async fn page(desk: Desk) -> Result<Response, Failure> {
    overview(&desk, None).await
}

/// `POST /ledger/{client}/verify`: reads the whole log and says what it found.
pub async fn verify(desk: Desk, Id(client): Id<ClientId>) -> Result<Response, Failure> {
    let report = desk
        .app
        .verify_ledger(desk.scope(), client, |_, _| ())
        .await?;
    overview(&desk, Some(&report)).await
}

async fn overview(desk: &Desk, report: Option<&VerifyReport>) -> Result<Response, Failure> {
    desk.must(Permission::LedgerRead)?;
    let l = desk.l();
    let logs = desk.app.logs(desk.scope()).await?;
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-nav-ledger")) } p.lede { (l.t("desk-ledger-lede")) } } }
        div.stack {
            @for log in &logs {
                (one(desk, log, report.filter(|r| r.client == log.client.id)))
            }
            @if logs.is_empty() { (empty(Icon::Shield, &l.t("desk-ledger-none"), &l.t("desk-ledger-none-why"), None)) }
        }
    };
    Ok(desk
        .page(l.t("desk-nav-ledger"), "/ledger", false, body)
        .await?
        .render()
        .into_response())
}

fn one(desk: &Desk, log: &LogState, report: Option<&VerifyReport>) -> Markup {
    let l = desk.l();
    let zone = desk.zone(Some(&log.client));
    let mut facts = vec![
        Definition::new(l.t("desk-ledger-size"), ui::quantity(l, log.size)),
        Definition::new(l.t("desk-ledger-waiting"), ui::quantity(l, log.pending)),
    ];
    if let Some((_, at)) = &log.checkpoint {
        let when =
            html! { (date_time(l, *at, &zone)) " " span.muted { "(" (l.ago(*at, desk.now)) ")" } };
        facts.push(Definition::new(l.t("desk-ledger-signed"), when));
    }
    let action = html! {
        form method="post" action={ "/ledger/" (log.client.id) "/verify" } {
            (csrf_field(&desk.view.csrf))
            (Action::submit(l.t("desk-ledger-verify")).weight(Weight::Secondary).icon(Icon::Shield))
        }
    };
    ui::card_with(
        &log.client.name,
        Some(&action),
        &html! {
            div.stack {
                @if let Some(report) = report { (found(desk, report)) }
                (definitions(&facts))
                div { p.muted.small { (l.t("desk-ledger-key")) } p { (copy(l, &log.vkey)) } }
                @if let Some((text, _)) = &log.checkpoint {
                    div { p.muted.small { (l.t("desk-ledger-checkpoint")) } pre.note-text.mono { (text) } }
                } @else { p.muted { (l.t("desk-no-checkpoint")) } }
            }
        },
    )
}

fn found(desk: &Desk, report: &VerifyReport) -> Markup {
    let l = desk.l();
    let size = i64::try_from(report.size).unwrap_or(i64::MAX);
    if report.is_ok() {
        let words = l.t_args("desk-ledger-ok", &[("n", l.number(size).into())]);
        let root = report.root.map(|r| r.to_string()).unwrap_or_default();
        return html! {
            (Note::new(Tone::Good, words).body(html! { p.mono { (root) } p { (l.t("desk-ledger-ok-why")) } }))
        };
    }
    let words = l.t_args("desk-ledger-bad", &[("n", report.findings.len().into())]);
    html! {
        (Note::new(Tone::Bad, words).body(html! {
            ul {
                @for f in report.findings.iter().take(FINDINGS) {
                    li {
                        @if let Some(index) = f.index { "#" (index) " " }
                        (f.words)
                        @if let Some(case) = f.case { " " a href={ "/desk/" (report.client) "/" (case) } { (case) } }
                    }
                }
            }
            p { (l.t("desk-ledger-bad-do")) }
        }))
    }
}

/// `GET /ledger/{client}/{case}`: the events of a case as the log holds them.
pub async fn proofs(
    desk: Desk,
    Ids(client, case): Ids<ClientId, CaseId>,
) -> Result<Response, Failure> {
    desk.must(Permission::LedgerRead)?;
    let l = desk.l();
    let page = desk.app.case_page(desk.scope(), client, case).await?;
    let receipts = desk
        .app
        .receipts_of_case(desk.scope(), client, case)
        .await?;
    let vkey = desk.app.vkey(client).await?;
    let zone = desk.zone(Some(&page.client));
    let columns = vec![
        Column::figure(l.t("desk-col-version")),
        Column::text(l.t("desk-col-event")),
        Column::text(l.t("desk-col-when")),
        Column::text(l.t("desk-col-proof")),
    ];
    let rows = page.events.iter().enumerate().map(|(i, event)| {
        let proof = if i < receipts.len() {
            let href = format!("/ledger/{client}/{case}/{}.txt", i + 1);
            html! { a href=(href) { (l.t("desk-receipt")) } }
        } else {
            html! { span.muted { (l.t("desk-receipt-waits")) } }
        };
        Row::new(vec![
            html! { (i + 1) },
            html! { code { (event.name()) } },
            date_time(l, event.at, &zone),
            proof,
        ])
    });
    let rma = &page.case.rma;
    let command = format!("redress ledger check-receipt {rma}-1.txt --key '{vkey}'");
    let body = html! {
        (breadcrumbs(l, &[
            Crumb { label: l.t("desk-nav-ledger"), href: "/ledger".into() },
            Crumb { label: rma.to_string(), href: format!("/desk/{client}/{case}") },
        ]))
        div.page-head { div { h1 { (l.t_args("desk-proofs-of", &[("rma", (&**rma).into())])) } p.lede { (l.t("desk-proofs-lede")) } } }
        div.stack {
            (Table::new(l.t("desk-proofs"), columns, rows.collect()))
            (ui::card(&l.t("desk-check-yourself"), &html! {
                div.stack {
                    p { (l.t("desk-check-how")) }
                    p { (copy(l, &command)) }
                    p.muted.small { (l.t("desk-ledger-key")) }
                    p { (copy(l, &vkey)) }
                }
            }))
            (actions(&[Action::link(l.t("desk-back-to-case"), format!("/desk/{client}/{case}")).icon(Icon::ArrowLeft)]))
        }
    };
    Ok(desk
        .page(l.t("desk-proofs"), "/ledger", false, body)
        .await?
        .render()
        .into_response())
}

/// `GET /ledger/{client}/{case}/{version}.txt`: one receipt.
pub async fn receipt(
    desk: Desk,
    Path((client, case, file)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let version = file
        .strip_suffix(".txt")
        .and_then(|v| v.parse().ok())
        .ok_or_else(missing)?;
    let text = desk
        .app
        .receipt_of_event(desk.scope(), client, case, version)
        .await?;
    let page = desk.app.case_page(desk.scope(), client, case).await?;
    let name = format!("attachment; filename=\"{}-{version}.txt\"", page.case.rma);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text.ok_or_else(missing)?).into_response())
}
