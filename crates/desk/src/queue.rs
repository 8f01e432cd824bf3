//! The queue: who has to do something next, next due first. One table over every client of the
//! reader, filtered by client, paged by cursor, walked with J, K and Enter.

use crate::{due, frame::Desk, words};
use app::{commit::QUEUES, views::CaseHead};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{ClientId, Permission};
use maud::{Markup, html};
use redress_http::{
    cursor::{self, PageQuery},
    ui::{
        Action, Choice, Column, Icon, Pages, Row, Select, Tab, Table, Weight, actions, bdi, empty,
        pagination, tabs,
    },
};
use serde::Deserialize;
use surface::Failure;
use uuid::Uuid;

/// `?queue=review&client=1&cursor=…`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    queue: Option<String>,
    client: Option<String>,
    cursor: Option<String>,
}

/// The queue of this name, or the first one.
pub fn known(name: Option<&str>) -> &'static str {
    let found = name.and_then(|n| QUEUES.iter().copied().find(|q| *q == n));
    found.unwrap_or(QUEUES[0])
}

/// `GET /desk`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let l = desk.l();
    let queue = known(which.queue.as_deref());
    let client: Option<ClientId> = which.client.as_deref().and_then(|c| c.parse().ok());
    let scope = desk.scope_on(client);
    let query = PageQuery {
        cursor: which.cursor,
        limit: None,
    };
    let limit = i64::from(query.limit());
    let after: Option<(i64, Uuid)> = query.after()?;
    let mut cases = desk.app.queue(&scope, queue, after, limit + 1).await?;
    let more = cases.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        cases.pop();
    }
    let counts = desk.app.queue_counts(&scope, QUEUES).await?;
    let filter = client.map(|c| format!("&client={c}")).unwrap_or_default();
    let list: Vec<Tab> = counts
        .iter()
        .map(|(name, n)| Tab {
            label: words::code(l, "queue", name),
            href: format!("/desk?queue={name}{filter}"),
            count: Some(*n),
            current: *name == queue,
        })
        .collect();
    let here = format!("/desk?queue={queue}{filter}");
    let live_url = query.cursor.as_deref().filter(|c| !c.is_empty());
    let live_url = live_url.map_or(here.clone(), |c| format!("{here}&cursor={c}"));
    let next = cases.last().filter(|_| more).map(|last| {
        format!(
            "{here}&cursor={}",
            cursor::encode(&(last.due_at, last.case_id))
        )
    });
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-queue-title")) } p.lede { (words::code(l, "queue-is", queue)) } }
            @if desk.has(Permission::CaseRequest) {
                (actions(&[Action::link(l.t("desk-nav-new"), "/desk/new").icon(Icon::Plus).key("C")]))
            }
        }
        (client_filter(&desk, queue, client))
        div #queue data-live="queue" hx-get=(live_url) hx-select="#queue" hx-trigger="live"
            hx-swap="outerMorph" hx-nonce=(desk.view.nonce) {
            (tabs(l, &l.t("desk-queue-title"), &list))
            div.gap-top { (table(&desk, queue, &cases)) }
            (pagination(l, &Pages {
                previous: after.is_some().then_some(here),
                next,
                words: Some(l.t_args("desk-rows", &[("n", cases.len().into())])),
            }))
        }
    };
    let title = words::code(l, "queue", queue);
    Ok(desk
        .page(title, "/desk", false, body)
        .await?
        .render()
        .into_response())
}

fn client_filter(desk: &Desk, queue: &str, chosen: Option<ClientId>) -> Markup {
    let (l, clients) = (desk.l(), desk.clients());
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name))
        .collect();
    html! {
        @if clients.len() > 1 {
            form.filters method="get" action="/desk" {
                input type="hidden" name="queue" value=(queue);
                (Select::new("client", l.t("desk-client"), choices)
                    .prompt(l.t("desk-all-clients"))
                    .value(chosen.map(|c| c.to_string()).unwrap_or_default()))
                (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
            }
        }
    }
}

fn table(desk: &Desk, queue: &str, cases: &[CaseHead]) -> Markup {
    let l = desk.l();
    if cases.is_empty() {
        return empty(
            Icon::Inbox,
            &l.t("desk-queue-empty"),
            &l.t("desk-queue-empty-why"),
            None,
        );
    }
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-client")).wide_only(),
        Column::text(l.t("desk-col-order")),
        Column::text(l.t("desk-col-item")),
        Column::text(l.t("desk-col-status")),
        Column::text(l.t("desk-col-due")),
        Column::text(l.t("desk-col-age")).wide_only(),
        Column::figure(l.t("desk-col-amount")),
    ];
    let rows = cases
        .iter()
        .map(|case| {
            Row::new(vec![
                html! { span.nowrap { (case.rma) } },
                html! { (desk.client_name(case.client_id)) },
                html! { span.nowrap { (bdi(&case.order_number)) } " " span.muted { (case.country) } },
                bdi(&case.title),
                words::stored_status(l, &case.status),
                due::badge(l, case, desk.now),
                html! { span.muted.nowrap { (l.ago(words::moment(case.opened_at), desk.now)) } },
                words::stored_money(l, case.amount_minor, &case.currency),
            ])
            .href(format!("{}?queue={queue}", words::case_href(case)))
            .id(format!("row-{}", case.case_id))
        })
        .collect();
    html! { (Table::new(words::code(l, "queue", queue), columns, rows)) }
}

/// The queue as the narrow list beside a case.
pub fn side_list(desk: &Desk, queue: &str, cases: &[CaseHead], current: Uuid) -> Markup {
    let l = desk.l();
    html! {
        ul.queue aria-label=(words::code(l, "queue", queue)) {
            @for case in cases {
                li {
                    a href={ (words::case_href(case)) "?queue=" (queue) }
                        aria-current=[(case.case_id == current).then_some("page")] {
                        span.queue-row {
                            span.queue-title { (bdi(&case.title)) }
                            span.queue-end { (words::stored_money(l, case.amount_minor, &case.currency)) }
                        }
                        span.queue-row {
                            span.queue-sub { (case.rma) " · " (desk.client_name(case.client_id)) }
                            span.queue-end { (due::badge(l, case, desk.now)) }
                        }
                    }
                }
            }
        }
    }
}
