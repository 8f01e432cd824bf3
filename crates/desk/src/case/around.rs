//! What hangs on a case: parcels with their labels, stock movements, the work that followed, and
//! other cases of the order.

use super::Shown;
use crate::{due, frame::Desk, words};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, ClientId};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Action, Column, Icon, Row, Table, Tone, Weight, actions, bdi, copy, pill, quantity,
    },
};
use surface::Failure;

/// The cards that have something to show.
pub fn cards(shown: &Shown<'_>) -> Markup {
    html! { (photos(shown)) (parcels(shown)) (siblings(shown)) (stock(shown)) (jobs(shown)) }
}

/// What the customer showed, with the item it is about.
fn photos(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let photos = &shown.page.photos;
    if photos.is_empty() {
        return html! {};
    }
    let item = |line: i64| words::item(&shown.page.order, u16::try_from(line).unwrap_or(u16::MAX));
    ui::card(
        &l.t("desk-photos"),
        &html! {
            ul.photo-list {
                @for (n, photo) in (1_u32..).zip(photos) {
                    @let src = format!("{}/photo/{}", shown.href(), photo.photo_id);
                    li { figure {
                        a href=(src) {
                            img src=(src) width=(photo.width) height=(photo.height) loading="lazy"
                                alt=(l.t_args("desk-photo-n", &[("n", n.into()), ("item", item(photo.line).into())]));
                        }
                        figcaption.muted.small { (bdi(&item(photo.line))) }
                    } }
                }
            }
        },
    )
}

/// `GET /desk/{client}/{case}/photo/{id}`
pub async fn photo(
    desk: Desk,
    Path((client, case, photo)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let photo = photo.parse().map_err(|_| missing())?;
    let jpeg = desk.app.photo(desk.scope(), client, case, photo).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

fn parcels(shown: &Shown<'_>) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    if case.parcels.is_empty() {
        return html! {};
    }
    ui::card(
        &l.t("desk-parcels"),
        &html! {
            div.stack {
                @for p in &case.parcels {
                    @let (tone, words) = if p.received_on.is_some() { (Tone::Good, "received") }
                        else if p.delivered_on.is_some() { (Tone::Accent, "delivered") }
                        else if p.shipped_on.is_some() { (Tone::Accent, "shipped") }
                        else { (Tone::Neutral, "waiting") };
                    @let day = p.received_on.or(p.delivered_on).or(p.shipped_on);
                    @let label = format!("{}/label/{}", shown.href(), p.id);
                    div.cluster {
                        (copy(l, &p.tracking))
                        (pill(tone, &words::code(l, "parcel", words)))
                        @if let Some(day) = day { span.muted { (ui::date(l, day)) } }
                        span.muted { (words::code(l, "carrier", &p.carrier)) }
                        div.push { (actions(&[
                            Action::link("PDF", format!("{label}.pdf")).icon(Icon::Printer).weight(Weight::Ghost),
                            Action::link("ZPL", format!("{label}.zpl")).icon(Icon::Barcode).weight(Weight::Ghost),
                        ])) }
                    }
                }
            }
        },
    )
}

fn siblings(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let list = &shown.page.siblings;
    if list.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-item")),
        Column::text(l.t("desk-col-status")),
        Column::text(l.t("desk-col-due")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let rows = list.iter().map(|c| {
        Row::new(vec![
            html! { (c.rma) },
            bdi(&c.title),
            words::stored_status(l, &c.status),
            due::badge(l, c, shown.desk.now),
            words::stored_money(l, c.amount_minor, &c.currency),
        ])
        .href(words::case_href(c))
    });
    ui::card(
        &l.t("desk-siblings"),
        &html! { (Table::new(l.t("desk-siblings"), columns, rows.collect())) },
    )
}

fn stock(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    if shown.page.stock.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::text(l.t("desk-col-sku")),
        Column::text(l.t("desk-col-place")),
        Column::text(l.t("desk-col-bucket")),
        Column::text(l.t("desk-col-why")).wide_only(),
        Column::figure(l.t("desk-field-units")),
    ];
    let rows = shown.page.stock.iter().map(|m| {
        Row::new(vec![
            html! { (bdi(&m.sku)) },
            html! { (m.location) },
            html! { (words::code(l, "bucket", &m.bucket)) },
            html! { (words::code(l, "disposition", &m.reason)) },
            quantity(l, m.quantity),
        ])
    });
    ui::card(
        &l.t("desk-stock-moves"),
        &html! { (Table::new(l.t("desk-stock-moves"), columns, rows.collect())) },
    )
}

fn jobs(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let list = &shown.page.jobs;
    let open = list.iter().filter(|j| j.state != "done").count();
    html! {
        @if !list.is_empty() {
            details.card.fold open[open > 0] {
                summary.card-head { span.strong { (l.t("desk-follow-up")) } span.count { (list.len()) } }
                div.card-body {
                    ul.plain-list {
                        @for job in list { li.cluster {
                            (job_state(l, &job.state))
                            span { (words::code(l, "job", &job.kind)) }
                            @if !job.last_error.is_empty() { span.muted.small { (job.last_error) } }
                            span.push.muted.small { (l.ago(words::moment(job.created_at), shown.desk.now)) }
                        } }
                    }
                }
            }
        }
    }
}

/// The state of a job as a pill.
pub fn job_state(l: L10n, state: &str) -> Markup {
    let tone = match state {
        "done" => Tone::Good,
        "dead" => Tone::Bad,
        _ => Tone::Accent,
    };
    pill(tone, &words::code(l, "jobstate", state))
}
