//! Home: what needs attention, for this person. Every number opens the list it counts.

use crate::{due, frame::Desk, words};
use app::views::LogState;
use axum::response::{IntoResponse, Response};
use kernel::Permission;
use maud::{Markup, html};
use redress_http::ui::{
    self, Column, Definition, Icon, Row, Table, Tone, bdi, definitions, empty, quantity, tile,
};
use surface::Failure;

/// Rows of "due next".
const DUE: i64 = 8;
/// Counted at most; beyond it the tile says "more than".
const COUNTED: i64 = 200;

/// `GET /`
pub async fn page(desk: Desk) -> Result<Response, Failure> {
    let l = desk.l();
    let counts = desk.counts().await?;
    let mut next = Vec::new();
    for queue in ["attention", "review"] {
        next.extend(desk.app.queue(desk.scope(), queue, None, DUE).await?);
    }
    next.sort_by_key(|c| c.due_at);
    next.truncate(usize::try_from(DUE).unwrap_or(usize::MAX));
    let logs = if desk.has(Permission::LedgerRead) {
        desk.app.logs(desk.scope()).await?
    } else {
        Vec::new()
    };
    let body = html! {
        div.page-head {
            div {
                h1 { (l.t_args("desk-hello", &[("name", desk.person.name.as_str().into())])) }
                p.lede { (l.date_long(desk.zone(None).to_datetime(desk.now).date())) }
            }
        }
        div.stack.stack-lg {
            section {
                h2.visually-hidden { (l.t("desk-queue-title")) }
                div.tiles.tiles-even {
                    @for (queue, n) in counts.iter().filter(|(q, _)| *q != "done") {
                        (tile(&words::code(l, "queue", queue), &quantity(l, *n),
                            &format!("/desk?queue={queue}"),
                            Some(&html! { (words::code(l, "queue-is", queue)) }),
                            Some(&format!("queue-{queue}"))))
                    }
                }
            }
            (trouble(&desk).await?)
            div.split {
                (ui::card(&l.t("desk-due-next"), &due_next(&desk, &next)))
                @if !logs.is_empty() { (ledger(&desk, &logs)) }
            }
        }
    };
    Ok(desk
        .page(l.t("desk-nav-home"), "/", false, body)
        .await?
        .render()
        .into_response())
}

fn due_next(desk: &Desk, cases: &[app::views::CaseHead]) -> Markup {
    let l = desk.l();
    if cases.is_empty() {
        return empty(
            Icon::CheckCircle,
            &l.t("desk-all-done"),
            &l.t("desk-all-done-why"),
            None,
        );
    }
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-item")),
        Column::text(l.t("desk-col-status")),
        Column::text(l.t("desk-col-due")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let rows = cases.iter().map(|c| {
        Row::new(vec![
            html! { span.nowrap { (c.rma) } div.muted.small { (desk.client_name(c.client_id)) } },
            bdi(&c.title),
            words::stored_status(l, &c.status),
            due::badge(l, c, desk.now),
            words::stored_money(l, c.amount_minor, &c.currency),
        ])
        .href(words::case_href(c))
    });
    html! { (Table::new(l.t("desk-due-next"), columns, rows.collect())) }
}

/// Tiles for what should be empty: stuck payments and dead jobs.
async fn trouble(desk: &Desk) -> Result<Markup, Failure> {
    let l = desk.l();
    let mut tiles: Vec<(String, usize, String)> = Vec::new();
    if desk.has(Permission::CaseOverride) {
        let asked = desk.app.approvals(desk.scope(), "waiting", COUNTED).await?;
        tiles.push((l.t("approval-title"), asked.len(), "/approvals".into()));
    }
    if desk.has(Permission::MoneyRead) {
        for state in ["unknown", "failed", "returned"] {
            let stuck = desk.app.obligations(desk.scope(), state, COUNTED).await?;
            tiles.push((
                words::code(l, "tile", state),
                stuck.len(),
                format!("/money?state={state}"),
            ));
        }
    }
    if desk.has(Permission::JobsOperate) {
        let dead = desk.app.jobs(desk.scope(), "dead", COUNTED).await?;
        tiles.push((
            words::code(l, "tile", "dead"),
            dead.len(),
            "/jobs?state=dead".into(),
        ));
    }
    let figure = |n: usize| {
        let shown = l.number(i64::try_from(n).unwrap_or(i64::MAX));
        html! { (shown) @if i64::try_from(n).is_ok_and(|n| n >= COUNTED) { "+" } }
    };
    Ok(html! {
        @if !tiles.is_empty() {
            section {
                h2 { (l.t("desk-trouble")) }
                div.tiles.gap-top {
                    @for (label, n, href) in &tiles {
                        @let note = if *n == 0 { (Tone::Good, "desk-nothing-stuck") } else { (Tone::Bad, "desk-look-now") };
                        (tile(label, &figure(*n), href, Some(&ui::delta(&l.t(note.1), note.0)), None))
                    }
                }
            }
        }
    })
}

fn ledger(desk: &Desk, logs: &[LogState]) -> Markup {
    let l = desk.l();
    let facts: Vec<Definition> = logs
        .iter()
        .map(|log| {
            let age = log.checkpoint.as_ref().map(|(_, at)| l.ago(*at, desk.now));
            Definition::new(
                &log.client.name,
                html! {
                    (l.t_args("desk-leaves", &[("n", log.size.into())]))
                    div.muted.small { (age.unwrap_or_else(|| l.t("desk-no-checkpoint"))) }
                },
            )
        })
        .collect();
    ui::card_with(
        &l.t("desk-nav-ledger"),
        Some(&html! { a href="/ledger" { (l.t("desk-open")) } }),
        &definitions(&facts),
    )
}
