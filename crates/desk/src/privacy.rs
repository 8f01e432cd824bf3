//! Personal data, for who administers: who looked at whose data, erasures with their certificates,
//! and one person: everything about them to take out, or their erasure after a second look at what
//! the law holds.

use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    cases::Call,
    privacy::{Act, Entry, Erasure, Held},
};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, CustomerId, OrderId, Permission, UserId};
use maud::{Markup, html};
use redress_http::{
    Id, Ids, Problem,
    ui::{
        self, Action, Column, Crumb, Field, Icon, Row, Table, Weight, bdi, breadcrumbs, checkbox,
        csrf_field, form_actions,
    },
};
use surface::Failure;
use uuid::Uuid;

/// Entries and erasures shown.
const ROWS: i64 = 100;

/// What was typed and why it was not taken.
#[derive(Default)]
struct Typed {
    reason: String,
    wrong: Option<String>,
    unsure: bool,
}

/// `GET /privacy/{client}`
pub async fn page(desk: Desk, Id(client): Id<ClientId>) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let l = desk.l();
    let erasures = desk.app.erasures(desk.scope(), client, ROWS).await?;
    let log = desk.app.accesses(desk.scope(), client, ROWS).await?;
    let names = desk.app.user_names().await?;
    let name = |id: Option<Uuid>| {
        let known = id.and_then(|id| names.get(&UserId(id)));
        known.cloned().unwrap_or_else(|| l.t("privacy-house"))
    };
    let title = format!("{} · {}", l.t("privacy-title"), desk.client_name(client.0));
    let body = html! {
        div.page-head { div { h1 { (title) } p.lede { (l.t("privacy-lede")) } } }
        div.stack {
            (ui::card(&l.t("privacy-erasures"), &erasure_table(&desk, client, &erasures)))
            (ui::card(&l.t("privacy-accesses"), &access_table(&desk, client, &log, name)))
        }
    };
    Ok(desk
        .page(title, "/privacy", false, body)
        .await?
        .render()
        .into_response())
}

fn erasure_table(desk: &Desk, client: ClientId, all: &[Erasure]) -> Markup {
    let l = desk.l();
    if all.is_empty() {
        return html! { p.muted { (l.t("privacy-held-nothing")) } };
    }
    let columns = vec![
        Column::text(l.t("privacy-asked")),
        Column::text(l.t("privacy-state")),
        Column::text(l.t("privacy-held")),
        Column::text(l.t("privacy-why")),
        Column::text(l.t("privacy-certificate")),
    ];
    let rows = all.iter().map(|e| {
        let file = format!("/privacy/{client}/erasure/{}.pdf", e.id);
        Row::new(vec![
            html! { span.nowrap { (l.ago(e.asked_at, desk.now)) } },
            html! { (l.t(&format!("privacy-state-{}", e.state.as_str()))) },
            held_list(desk, &e.held),
            bdi(&e.reason),
            html! { (Action::link("PDF", file).icon(Icon::Printer).weight(Weight::Ghost)) },
        ])
    });
    html! { (Table::new(l.t("privacy-erasures"), columns, rows.collect())) }
}

fn held_list(desk: &Desk, held: &[Held]) -> Markup {
    let l = desk.l();
    html! {
        @if held.is_empty() { (l.t("privacy-held-nothing")) }
        @else { ul.plain-list {
            @for h in held { li {
                (bdi(&h.what)) " – " (l.t(&format!("privacy-hold-{}", h.hold.as_str())))
                @if let Some(until) = h.until { " · " (l.date(until)) }
            } }
        } }
    }
}

fn access_table(
    desk: &Desk,
    client: ClientId,
    log: &[Entry],
    name: impl Fn(Option<Uuid>) -> String,
) -> Markup {
    let l = desk.l();
    if log.is_empty() {
        return html! { p.muted { (l.t("privacy-held-nothing")) } };
    }
    let columns = vec![
        Column::text(l.t("privacy-when")),
        Column::text(l.t("privacy-who")),
        Column::text(l.t("privacy-what")),
        Column::text(l.t("privacy-why")),
    ];
    let rows = log.iter().map(|e| {
        let row = Row::new(vec![
            html! { span.nowrap { (l.ago(e.at, desk.now)) } },
            html! { (name(e.by)) },
            html! { (l.t(&format!("privacy-act-{}", e.act))) },
            bdi(&e.reason),
        ]);
        match (e.order, e.customer) {
            (Some(order), _) => row.href(format!("/orders/{client}/{order}")),
            (None, Some(customer)) => row.href(format!("/privacy/{client}/{customer}")),
            (None, None) => row,
        }
    });
    html! { (Table::new(l.t("privacy-accesses"), columns, rows.collect())) }
}

/// `GET /privacy/{client}/{customer}`
pub async fn person(
    desk: Desk,
    Ids(client, customer): Ids<ClientId, CustomerId>,
) -> Result<Response, Failure> {
    show(&desk, client, customer, &Typed::default()).await
}

async fn show(
    desk: &Desk,
    client: ClientId,
    customer: CustomerId,
    typed: &Typed,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let l = desk.l();
    let held = desk
        .app
        .erasure_preview(desk.scope(), client, customer)
        .await?;
    // Two forms on one page: each field has a name of its own.
    let reason = |act: &str| {
        let field = Field::new(format!("{act}_reason"), l.t("privacy-reason"))
            .value(typed.reason.as_str())
            .max(300);
        html! { (field.error(typed.wrong.clone())) }
    };
    let at = format!("/privacy/{client}/{customer}");
    let title = l.t("privacy-person");
    let body = html! {
        (breadcrumbs(l, &[Crumb { label: l.t("privacy-title"), href: format!("/privacy/{client}") }]))
        div.page-head { div { h1 { (title) } p.lede { code { (customer) } } } }
        div.stack {
            (ui::card(&l.t("privacy-export"), &html! {
                p { (l.t("privacy-export-says")) }
                form.stack method="post" action={ (at) "/export" } {
                    (csrf_field(&desk.view.csrf))
                    (reason("export"))
                    (form_actions(&[Action::submit(l.t("privacy-export")).icon(Icon::Download).weight(Weight::Secondary)]))
                }
            }))
            (ui::card(&l.t("privacy-erase"), &html! {
                p { (l.t("privacy-erase-says")) }
                h3 { (l.t("privacy-held")) }
                (held_list(desk, &held))
                form.stack method="post" action={ (at) "/erase" } {
                    (csrf_field(&desk.view.csrf))
                    (reason("erase"))
                    (checkbox("sure", &l.t("privacy-sure"), "yes", false,
                        typed.unsure.then(|| l.t("privacy-sure-needed")).as_deref()))
                    (form_actions(&[Action::submit(l.t("privacy-erase")).icon(Icon::Trash).weight(Weight::Danger)]))
                }
            }))
        }
    };
    Ok(desk
        .page(title, "/privacy", false, body)
        .await?
        .render()
        .into_response())
}

/// `POST /privacy/{client}/{customer}/export` or `/erase`
pub async fn send(
    desk: Desk,
    Path((client, customer, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let customer: CustomerId = customer.parse().map_err(|_| missing())?;
    let form = Form(fields);
    let mut typed = Typed {
        reason: form.get(&format!("{act}_reason")).to_owned(),
        ..Typed::default()
    };
    let refused = match act.as_str() {
        "export" => {
            let done = desk
                .app
                .export_person(desk.scope(), client, customer, &typed.reason)
                .await;
            match done {
                Ok(export) => {
                    let headers = [
                        (header::CONTENT_TYPE, "application/json"),
                        (
                            header::CONTENT_DISPOSITION,
                            "attachment; filename=\"person.json\"",
                        ),
                    ];
                    return Ok((headers, export.json.to_string()).into_response());
                }
                Err(e) => e,
            }
        }
        "erase" if !form.ticked("sure") => {
            typed.unsure = true;
            return show(&desk, client, customer, &typed).await;
        }
        "erase" => {
            let call = Call::new(desk.scope(), desk.now);
            let done = desk
                .app
                .erase_person(&call, client, customer, &typed.reason)
                .await;
            match done {
                Ok(_) => return Ok(Redirect::to(&format!("/privacy/{client}")).into_response()),
                Err(e) => e,
            }
        }
        _ => return Err(missing()),
    };
    match refused {
        AppError::Invalid(_) => {
            typed.wrong = Some(desk.l().t("privacy-reason-needed"));
            show(&desk, client, customer, &typed).await
        }
        other => Err(other.into()),
    }
}

/// `GET /privacy/{client}/erasure/{erasure}.pdf`
pub async fn certificate(
    desk: Desk,
    Path((client, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let id = file.strip_suffix(".pdf").ok_or_else(missing)?;
    let id: Uuid = id.parse().map_err(|_| missing())?;
    let certificate = desk
        .app
        .erasure_certificate(desk.scope(), client, id)
        .await?;
    let paper = surface::erasure_certificate(desk.l(), &certificate);
    let bytes = paper::document_pdf(&paper).map_err(AppError::fault)?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"erasure-{id}.pdf\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST /orders/{client}/{order}/reveal`: says why somebody looks at an order without an open
/// return; the page then shows the person for some hours.
pub async fn reveal(
    desk: Desk,
    Ids(client, order): Ids<ClientId, OrderId>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form = Form(fields);
    let found = desk
        .app
        .order_page(desk.scope(), client, &app::cases::OrderKey::Id(order))
        .await?;
    let about = (Some(found.order.customer), Some(order));
    let noted = desk
        .app
        .note_access(desk.scope(), client, Act::Reveal, about, form.get("reason"))
        .await;
    let query = match noted {
        Ok(()) => "",
        Err(AppError::Invalid(_)) => "?why=needed",
        Err(e) => return Err(e.into()),
    };
    Ok(Redirect::to(&format!("/orders/{client}/{order}{query}")).into_response())
}
