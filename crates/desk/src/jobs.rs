//! Work in the outbox: what waits, what was given up, and a button that gives it new tries.

use crate::{frame::Desk, words};
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, JobId, Permission};
use maud::{Markup, html};
use redress_http::{
    Ids,
    ui::{Action, Column, Icon, Row, Tab, Table, Weight, csrf_field, empty, tabs},
};
use serde::Deserialize;
use surface::Failure;

/// Rows shown.
const ROWS: i64 = 100;
const STATES: &[&str] = &["dead", "open", "done"];

/// `?state=dead&done=retry`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    state: Option<String>,
    done: Option<String>,
}

/// `GET /jobs`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    desk.must(Permission::JobsOperate)?;
    let l = desk.l();
    let wanted = which.state.as_deref();
    let state = STATES
        .iter()
        .copied()
        .find(|s| Some(*s) == wanted)
        .unwrap_or(STATES[0]);
    let jobs = desk.app.jobs(desk.scope(), state, ROWS).await?;
    let list: Vec<Tab> = STATES
        .iter()
        .map(|s| Tab {
            label: words::code(l, "jobstate", s),
            href: format!("/jobs?state={s}"),
            count: (*s == state).then(|| i64::try_from(jobs.len()).unwrap_or(i64::MAX)),
            current: *s == state,
        })
        .collect();
    let mut columns = vec![
        Column::text(l.t("desk-col-job")),
        Column::text(l.t("desk-col-client")),
        Column::figure(l.t("desk-col-attempts")),
        Column::text(l.t("desk-col-said")),
        Column::text(l.t("desk-col-age")),
    ];
    if state == "dead" {
        columns.push(Column::figure(l.t("desk-col-do")));
    }
    let rows = jobs.iter().map(|job| {
        let mut cells = vec![
            html! { (words::code(l, "job", &job.kind)) },
            html! { (desk.client_name(job.client_id)) },
            html! { (l.number(job.attempts)) },
            html! { span.muted { (job.last_error) } },
            html! { span.nowrap { (l.ago(words::moment(job.created_at), desk.now)) } },
        ];
        if state == "dead" {
            cells.push(retry_button(&desk, job.client_id, JobId(job.job_id)));
        }
        // A declaration is not a case; its page lists it.
        let href = match job.kind.as_str() {
            "acknowledge" => "/desk/declarations".to_owned(),
            _ => format!("/desk/{}/{}", job.client_id, CaseId(job.case_id)),
        };
        Row::new(cells).href(href)
    });
    let rows: Vec<Row> = rows.collect();
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-nav-jobs")) } p.lede { (l.t("desk-jobs-lede")) } } }
        div.stack {
            (tabs(l, &l.t("desk-nav-jobs"), &list))
            @if rows.is_empty() { (empty(Icon::CheckCircle, &l.t("desk-jobs-none"), &l.t("desk-jobs-none-why"), None)) }
            @else { (Table::new(words::code(l, "jobstate", state), columns, rows)) }
        }
    };
    let mut page = desk
        .page(l.t("desk-nav-jobs"), "/jobs", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    Ok(page.render().into_response())
}

fn retry_button(desk: &Desk, client: i64, job: JobId) -> Markup {
    let action = Action::submit(desk.l().t("desk-job-retry"));
    html! {
        form method="post" action={ "/jobs/" (client) "/" (job) "/retry" } {
            (csrf_field(&desk.view.csrf))
            (action.weight(Weight::Secondary).icon(Icon::Refresh))
        }
    }
}

/// `POST /jobs/{client}/{job}/retry`
pub async fn retry(
    desk: Desk,
    Ids(client, job): Ids<ClientId, JobId>,
) -> Result<Redirect, Failure> {
    desk.app.revive_job(desk.scope(), client, job).await?;
    Ok(Redirect::to("/jobs?state=open&done=job"))
}
