//! Reconciliation: days with their sums, what does not agree by age, and one break with its three
//! sides next to each other.

use crate::{form::Form, frame::Desk, words};
use app::{
    cases::Call,
    recon::{
        Act, Age, BreakPage, BreakRow, Closing, DayRow, EntryRow, FileFault, PayoutView, days_old,
        stake,
    },
};
use axum::{
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{BreakId, CaseId, ClientId, Date, Permission};
use maud::{Markup, html};
use redress_http::{
    Id, Ids, Problem, cursor,
    ui::{
        self, Action, Choice, Column, Crumb, Definition, Event, Field, Icon, Note, Row, Select,
        Tab, Table, Tone, Weight, bdi, breadcrumbs, card, csrf_field, definitions, empty,
        form_actions, pill, progress, tabs, tile, timeline,
    },
};
use serde::Deserialize;
use std::collections::HashMap;
use surface::{Failure, posted::Uploaded};

/// Rows of days shown.
const DAYS: i64 = 60;
/// Breaks on a page.
const BREAKS: usize = 100;
/// Breaks read at once for a file.
const AT_ONCE: usize = 1_000;

/// `?client=1&list=ended&after=…`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    client: Option<String>,
    list: Option<String>,
    after: Option<String>,
    done: Option<String>,
}

/// `GET /money/reconciliation`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    draw(&desk, &which, &[]).await
}

/// `POST /money/reconciliation/{client}/file`: a statement or a report, all of it or nothing.
pub async fn take(
    desk: Desk,
    Id(client): Id<ClientId>,
    Uploaded { files, .. }: Uploaded,
) -> Result<Response, Failure> {
    desk.must(Permission::MoneyOperate)?;
    let which = Which {
        client: Some(client.to_string()),
        ..Which::default()
    };
    if files.is_empty() {
        let none = FileFault {
            line: None,
            code: "none",
            value: String::new(),
        };
        return draw(&desk, &which, &[none]).await;
    }
    let (mut all_known, mut faults) = (true, Vec::new());
    for file in files {
        let taken = desk
            .app
            .take_report_file(desk.scope(), client, file.to_vec());
        match taken.await? {
            Ok(reports) => all_known &= reports.iter().all(|r| r.known),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if !faults.is_empty() {
        return draw(&desk, &which, &faults).await;
    }
    let done = if all_known {
        "recon-known"
    } else {
        "recon-taken"
    };
    let to = format!("/money/reconciliation?client={client}&done={done}");
    Ok(Redirect::to(&to).into_response())
}

/// What is wrong with a file, line by line.
fn fault_table(desk: &Desk, faults: &[FileFault]) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("recon-file-where")),
        Column::text(l.t("recon-file-what")),
        Column::text(l.t("recon-file-value")),
    ];
    let row = |f: &FileFault| {
        Row::new(vec![
            html! { @if let Some(line) = f.line { (l.t_args("recon-file-line", &[("n", line.into())])) } @else { (l.t("recon-file-whole")) } },
            html! { (words::code(l, "recon-file", f.code)) },
            html! { span.mono { (bdi(&f.value)) } },
        ])
    };
    let rows = faults.iter().map(row).collect();
    html! {
        div role="alert" {
            (Note::new(Tone::Bad, l.t("recon-file-wrong")).body(html! { p { (l.t("recon-file-wrong-do")) } }))
        }
        (Table::new(l.t("recon-file-wrong-lines"), columns, rows))
    }
}

/// The field for files of a bank or a card processor.
fn file_form(desk: &Desk, client: ClientId) -> Markup {
    let l = desk.l();
    let body = html! {
        form.stack method="post" action={ "/money/reconciliation/" (client) "/file" } enctype="multipart/form-data" {
            (csrf_field(&desk.view.csrf))
            div.field {
                label for="file" { (l.t("recon-file")) }
                p.hint #file-hint { (l.t("recon-file-hint")) }
                input.input #file type="file" name="file" multiple required aria-describedby="file-hint"
                    accept=".csv,.xml,.txt,text/csv,text/xml,application/xml";
            }
            (form_actions(&[Action::submit(l.t("recon-file-send")).icon(Icon::Upload).weight(Weight::Secondary)]))
        }
    };
    card(&l.t("recon-file-title"), &body)
}

async fn draw(desk: &Desk, which: &Which, faults: &[FileFault]) -> Result<Response, Failure> {
    desk.must(Permission::MoneyRead)?;
    let l = desk.l();
    let clients = desk.clients();
    let chosen = which.client.as_deref().and_then(|c| c.parse().ok());
    let client = clients.iter().find(|c| Some(c.id) == chosen);
    let client = client.or(clients.first()).ok_or(Problem::not_found())?;
    let (scope, id) = (desk.scope(), client.id);
    let ended = which.list.as_deref() == Some("ended");
    let days = desk.app.recon_days(scope, id, DAYS).await?;
    let after = which.after.as_deref().map(cursor::decode).transpose()?;
    let (rows, next) = if ended {
        (desk.app.recon_ended(scope, id).await?, None)
    } else {
        let page = desk.app.recon_open(scope, id, after.as_ref(), BREAKS);
        let page = page.await?;
        (page.rows, page.next)
    };
    let by_age = desk.app.recon_ages(scope, id).await?;
    let payouts = desk.app.recon_payouts(scope, id).await?;
    let working = desk.app.recon_progress(scope, id).await?;
    let today = desk.zone(Some(&**client)).to_datetime(desk.now).date();
    let list = |name: &str, label: &str, current| Tab {
        label: l.t(label),
        href: format!("/money/reconciliation?client={id}&list={name}"),
        count: None,
        current,
    };
    let all = [
        list("open", "recon-list-open", !ended),
        list("ended", "recon-list-ended", ended),
    ];
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name));
    let body = html! {
        div.page-head {
            div { h1 { (l.t("recon-title")) } p.lede { (l.t("recon-lede")) } }
            div.actions {
                @if desk.has(Permission::MoneyOperate) {
                    form method="post" action={ "/money/reconciliation/" (id) "/run" } {
                        (csrf_field(&desk.view.csrf))
                        (Action::submit(l.t("recon-run")).icon(Icon::Refresh))
                    }
                }
                (Action::link(l.t("recon-csv"), format!("/money/reconciliation.csv?client={id}")).icon(Icon::Download).weight(Weight::Secondary))
            }
        }
        div.stack {
            @if !faults.is_empty() { (fault_table(desk, faults)) }
            @if clients.len() > 1 {
                form.filters method="get" action="/money/reconciliation" {
                    (Select::new("client", l.t("desk-client"), choices.collect()).value(id.to_string()))
                    (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
                }
            }
            @if let Some(p) = working {
                @let n = |n: i64| u64::try_from(n).unwrap_or(0);
                (progress(&l.t("recon-working"), n(p.done), n(p.total), &l.t_args("recon-of", &[("done", p.done.into()), ("total", p.total.into())])))
            }
            @if !ended { (ages(desk, &by_age)) }
            (tabs(l, &l.t("recon-breaks"), &all))
            @if rows.is_empty() { (empty(Icon::CheckCircle, &l.t("recon-none"), &l.t("recon-none-why"), None)) }
            @else { (breaks(desk, id, &rows, today)) }
            @if let Some(next) = &next {
                p { (Action::link(l.t("recon-more"), format!("/money/reconciliation?client={id}&after={}", cursor::encode(next))).weight(Weight::Secondary).icon(Icon::ArrowRight)) }
            }
            @if !payouts.is_empty() { (payout_table(desk, &payouts)) }
            @if days.is_empty() { (Note::new(Tone::Neutral, l.t("recon-no-days")).body(html! { p { (l.t("recon-no-days-why")) } })) }
            @else { (day_table(desk, &days)) }
            @if desk.has(Permission::MoneyOperate) { (file_form(desk, id)) }
        }
    };
    let mut page = desk.page(l.t("recon-title"), "/money", false, body).await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, page.render()).into_response())
}

/// How old a break is, in days.
fn age(row: &BreakRow, today: Date) -> i64 {
    days_old(&row.since_on, today)
}

/// How many breaks there are of each age, and what is at stake in them.
fn ages(desk: &Desk, all: &[Age]) -> Markup {
    let l = desk.l();
    html! {
        div.tiles.tiles-even {
            @for (name, _) in Age::FROM {
                @let of: Vec<&Age> = all.iter().filter(|a| a.name == name).collect();
                @let count = of.iter().map(|a| a.breaks).sum::<i64>();
                @let note = html! { @for a in &of { span.nowrap { (words::stored_money(l, a.stake_minor, &a.currency)) } " " } };
                (tile(&words::code(l, "recon-age", name), &html! { (l.number(count)) }, "#breaks", Some(&note), None))
            }
        }
    }
}

/// What providers reported and paid out in one sum.
fn payout_table(desk: &Desk, payouts: &[PayoutView]) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("recon-col-report")),
        Column::text(l.t("recon-col-day")),
        Column::figure(l.t("recon-col-sales")).wide_only(),
        Column::figure(l.t("recon-col-refunds")),
        Column::figure(l.t("recon-col-fees")).wide_only(),
        Column::figure(l.t("recon-col-chargebacks")).wide_only(),
        Column::figure(l.t("recon-col-payout")),
        Column::text(l.t("recon-col-bank")),
    ];
    let row = |p: &PayoutView| {
        let money = |minor| words::stored_money(l, minor, &p.currency);
        let bank = match (&p.booked_on, p.payout_minor) {
            (Some(on), _) => day(desk, on),
            (None, Some(minor)) if minor != 0 => html! { span.muted { (l.t("recon-not-booked")) } },
            _ => html! { span.muted { (l.t("recon-no-payout")) } },
        };
        Row::new(vec![
            html! { (words::code(l, "recon-provider", &p.provider)) br; span.muted.mono.small { (bdi(&p.report)) } },
            day(desk, &p.on),
            money(p.sales_minor),
            money(p.refunds_minor),
            money(p.fees_minor),
            money(p.chargebacks_minor),
            html! { @if let Some(minor) = p.payout_minor { (money(minor)) } },
            bank,
        ])
    };
    let rows = payouts.iter().take(BREAKS).map(row).collect();
    html! { (Table::new(l.t("recon-payouts"), columns, rows)) }
}

fn state_pill(desk: &Desk, row: &BreakRow) -> Markup {
    let tone = match row.state.as_str() {
        "open" => Tone::Bad,
        "taken" => Tone::Accent,
        "closed" => Tone::Neutral,
        _ => Tone::Good,
    };
    pill(tone, &words::code(desk.l(), "recon-state", &row.state))
}

fn breaks(desk: &Desk, client: ClientId, rows: &[BreakRow], today: Date) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("recon-col-kind")),
        Column::text(l.t("recon-col-cause")).wide_only(),
        Column::text(l.t("recon-col-state")),
        Column::figure(l.t("recon-col-age")),
        Column::figure(l.t("recon-col-stake")),
    ];
    let row = |b: &BreakRow| {
        Row::new(vec![
            html! { (words::code(l, "recon-kind", &b.kind)) },
            html! { span.muted { (words::code(l, "recon-cause", &b.cause)) } },
            state_pill(desk, b),
            html! { (l.number(age(b, today))) },
            words::stored_money(l, stake(b), &b.currency),
        ])
        .href(format!(
            "/money/reconciliation/{client}/{}",
            BreakId(b.break_id)
        ))
    };
    let table = Table::new(l.t("recon-breaks"), columns, rows.iter().map(row).collect());
    html! { div #breaks { (table) } }
}

fn day_table(desk: &Desk, days: &[DayRow]) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("recon-col-day")),
        Column::figure(l.t("recon-col-even")),
        Column::figure(l.t("recon-col-even-sum")).wide_only(),
        Column::figure(l.t("recon-col-waiting")),
        Column::figure(l.t("recon-col-waiting-sum")).wide_only(),
        Column::figure(l.t("recon-col-fresh")).wide_only(),
        Column::figure(l.t("recon-col-broken")),
        Column::figure(l.t("recon-col-stake")),
    ];
    let row = |d: &DayRow| {
        let money = |minor| words::stored_money(l, minor, &d.currency);
        Row::new(vec![
            day(desk, &d.day),
            html! { (l.number(d.even_count)) },
            money(d.even_minor),
            html! { (l.number(d.waiting_count)) },
            money(d.waiting_minor),
            html! { (l.number(d.fresh_count)) },
            html! { (l.number(d.broken_count)) },
            money(d.broken_minor),
        ])
    };
    let table = Table::new(l.t("recon-days"), columns, days.iter().map(row).collect());
    html! { (table) }
}

fn day(desk: &Desk, text: &str) -> Markup {
    if let Ok(day) = text.parse::<Date>() {
        html! { span.nowrap { (ui::date(desk.l(), day)) } }
    } else {
        html! { (text) }
    }
}

/// `GET /money/reconciliation.csv`: open breaks of one client.
pub async fn csv(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let client = which.client.as_deref().and_then(|c| c.parse().ok());
    let client: ClientId = client.ok_or(Problem::not_found())?;
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = desk
            .app
            .recon_open(desk.scope(), client, after.as_ref(), AT_ONCE);
        let page = page.await?;
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let directory = desk.app.directory();
    let zone = desk.zone(directory.client(client).map(|c| &**c));
    let today = zone.to_datetime(desk.now).date();
    let mut file = csv::Writer::from_writer(Vec::new());
    let fault = |e: csv::Error| app::AppError::fault(e);
    file.write_record([
        "break",
        "state",
        "kind",
        "cause",
        "subject",
        "since",
        "days",
        "age",
        "currency",
        "expected_minor",
        "found_minor",
        "found_currency",
        "stake_minor",
    ])
    .map_err(fault)?;
    for b in &rows {
        file.write_record([
            BreakId(b.break_id).to_string().as_str(),
            &b.state,
            &b.kind,
            &b.cause,
            // A bank chose the name of a statement: no spreadsheet may read it as a formula.
            &wire::cells::text(&b.subject),
            &b.since_on,
            &age(b, today).to_string(),
            Age::named(age(b, today)),
            &b.currency,
            &b.expected_minor.to_string(),
            &b.found_minor.to_string(),
            &b.found_currency,
            &stake(b).to_string(),
        ])
        .map_err(fault)?;
    }
    let bytes = file.into_inner().map_err(app::AppError::fault)?;
    let mut answer = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response();
    let name = format!("attachment; filename=\"breaks-{client}-{today}.csv\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        answer
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

/// `POST /money/reconciliation/{client}/run`
pub async fn run(desk: Desk, Id(client): Id<ClientId>) -> Result<Response, Failure> {
    let done = desk.app.reconcile_now(desk.scope(), client).await?;
    let act = if done.is_some() {
        "recon-ran"
    } else {
        "recon-runs"
    };
    let to = format!("/money/reconciliation?client={client}&done={act}");
    Ok(Redirect::to(&to).into_response())
}

/// What was typed into a form that was refused.
#[derive(Default)]
struct Typed {
    note: String,
    reason: String,
    problem: Option<Problem>,
}

/// `GET /money/reconciliation/{client}/{break}`
pub async fn one(
    desk: Desk,
    Ids(client, id): Ids<ClientId, BreakId>,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    show(&desk, client, id, which.done.as_deref(), &Typed::default()).await
}

async fn show(
    desk: &Desk,
    client: ClientId,
    id: BreakId,
    done: Option<&str>,
    typed: &Typed,
) -> Result<Response, Failure> {
    let l = desk.l();
    let found = desk.app.recon_break(desk.scope(), client, id).await?;
    let names = desk.app.user_names().await?;
    let b = &found.row;
    let directory = desk.app.directory();
    let zone = desk.zone(directory.client(client).map(|c| &**c));
    let today = zone.to_datetime(desk.now).date();
    let kind = words::code(l, "recon-kind", &b.kind);
    let money = |minor, currency: &str| words::stored_money(l, minor, currency);
    let mut facts = vec![
        Definition::new(
            l.t("recon-col-cause"),
            words::code(l, "recon-cause", &b.cause),
        ),
        Definition::new(l.t("recon-expected"), money(b.expected_minor, &b.currency)),
        Definition::new(l.t("recon-found"), money(b.found_minor, &b.found_currency)),
        Definition::new(l.t("recon-col-stake"), money(stake(b), &b.currency)),
        Definition::new(l.t("recon-since"), day(desk, &b.since_on)),
        Definition::new(l.t("recon-col-age"), html! { (l.number(age(b, today))) }),
        Definition::new(
            l.t("recon-subject"),
            html! { span.mono { (bdi(&b.subject)) } },
        ),
    ];
    if !found.said.is_empty() {
        facts.push(Definition::new(
            l.t("recon-bank-says"),
            html! { (bdi(&found.said)) },
        ));
    }
    let body = html! {
        (breadcrumbs(l, &[Crumb { label: l.t("recon-title"), href: format!("/money/reconciliation?client={client}") }]))
        div.page-head {
            div { h1 { (kind) } p.lede { (words::code(l, "recon-kind-is", &b.kind)) } }
            div.actions {
                @if let Some(case) = b.case_id {
                    (Action::link(l.t("books-case"), format!("/desk/{client}/{}", CaseId(case))).weight(Weight::Secondary).icon(Icon::ArrowRight))
                }
            }
        }
        div.stack {
            @if let Some(problem) = &typed.problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            p.muted { (desk.client_name(client.0)) " · " (state_pill(desk, b)) }
            (Note::new(Tone::Accent, l.t("recon-todo")).body(html! { p { (words::code(l, "recon-todo", &b.kind)) } }))
            (card(&l.t("recon-facts"), &definitions(&facts)))
            @if b.obligation_id.is_some() { (three_sides(desk, &found)) }
            @if desk.has(Permission::MoneyOperate) { (acts(desk, client, b, typed)) }
            (card(&l.t("recon-history"), &history(desk, &found, &zone, &names)))
        }
    };
    let mut page = desk.page(kind, "/money", false, body).await?;
    if let Some((tone, words)) = desk.done(done) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(problem) = &typed.problem {
        *answer.status_mut() = problem.status;
    }
    Ok(answer)
}

/// Books, provider and bank side by side.
fn three_sides(desk: &Desk, found: &BreakPage) -> Markup {
    let l = desk.l();
    let ours = match &found.ours {
        None => html! { p.muted { (l.t("recon-ours-none")) } },
        Some(o) => definitions(&[
            Definition::new(
                l.t("desk-col-amount"),
                words::stored_money(l, o.amount_minor, &o.currency),
            ),
            Definition::new(l.t("recon-col-state"), words::code(l, "state", &o.state)),
            Definition::new(
                l.t("desk-col-gateway"),
                words::code(l, "gateway", &o.gateway),
            ),
            Definition::new(l.t("desk-col-attempts"), html! { (l.number(o.attempts)) }),
            Definition::new(
                l.t("desk-col-since"),
                html! { (l.ago(words::moment(o.updated_at), desk.now)) },
            ),
        ]),
    };
    let said = html! {
        @if found.words.is_empty() { p.muted { (l.t("recon-said-none")) } }
        @else {
            ul.plain-list {
                @for w in &found.words {
                    li {
                        strong { (words::code(l, "recon-said", &w.said)) }
                        @if !w.code.is_empty() { " " span.mono { (w.code) } }
                        br; span.muted { (l.t_args("recon-try", &[("n", w.attempt.into())])) " · " (l.ago(words::moment(w.at), desk.now)) }
                    }
                }
            }
        }
    };
    let booked = html! {
        @if found.booked.is_empty() { p.muted { (l.t("recon-booked-none")) } }
        @else { ul.plain-list { @for e in &found.booked { (booking(desk, e)) } } }
    };
    html! {
        div.recon-sides {
            (card(&l.t("recon-ours"), &ours))
            (card(&l.t("recon-said"), &said))
            (card(&l.t("recon-booked"), &booked))
        }
    }
}

fn booking(desk: &Desk, e: &EntryRow) -> Markup {
    let l = desk.l();
    html! {
        li {
            strong { (words::code(l, "recon-way", &e.way)) " " (words::stored_money(l, e.amount_minor, &e.currency)) }
            br; span.muted { (day(desk, &e.booked_on)) " · " (l.t_args("recon-try", &[("n", e.attempt.into())])) " · " (words::code(l, "recon-source", &e.source)) }
            br; span.muted.mono.small { (bdi(&e.statement)) }
        }
    }
}

fn acts(desk: &Desk, client: ClientId, b: &BreakRow, typed: &Typed) -> Markup {
    let l = desk.l();
    let base = format!("/money/reconciliation/{client}/{}", BreakId(b.break_id));
    let form = |act: &str, inner: Markup| {
        html! {
            form.stack method="post" action={ (base) "/" (act) } {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="rev" value=(b.rev);
                (inner)
            }
        }
    };
    let button = |act: &str, weight, which| {
        let label = words::code(l, "recon-do", act);
        form_actions(&[Action::submit(label).weight(weight).icon(which)])
    };
    let note = |id: &str| {
        Field::new(id, l.t("recon-note"))
            .hint(l.t("recon-note-hint"))
            .max(1_000)
            .value(&typed.note)
            .required()
    };
    let reasons = Closing::ALL
        .iter()
        .map(|c| Choice::new(c.as_str(), words::code(l, "recon-closing", c.as_str())));
    let body = html! {
        div.stack {
            @match b.state.as_str() {
                "open" => (form("take", button("take", Weight::Primary, Icon::User))),
                "taken" => (form("release", button("release", Weight::Secondary, Icon::History))),
                _ => (form("reopen", button("reopen", Weight::Secondary, Icon::History))),
            }
            // Words typed while somebody else closed it stay where they were typed.
            @if matches!(b.state.as_str(), "open" | "taken") || !typed.note.is_empty() {
                (form("close", html! {
                    (Select::new("reason", l.t("recon-reason"), reasons.collect()).value(&typed.reason))
                    (note("note"))
                    (button("close", Weight::Primary, Icon::Check))
                }))
            }
        }
    };
    card(&l.t("recon-acts"), &body)
}

fn history(
    desk: &Desk,
    found: &BreakPage,
    zone: &jiff::tz::TimeZone,
    names: &HashMap<kernel::UserId, String>,
) -> Markup {
    let l = desk.l();
    let events: Vec<Event> = found
        .notes
        .iter()
        .map(|n| {
            let (which, tone) = match n.act.as_str() {
                "found" | "reopened" => (Icon::AlertCircle, Tone::Bad),
                "closed" | "gone" => (Icon::CheckCircle, Tone::Good),
                _ => (Icon::User, Tone::Neutral),
            };
            let title = words::code(l, "recon-act", &n.act);
            let event = Event::new(which, tone, title, ui::date_time(l, words::moment(n.at), zone));
            let who = n.by_user.and_then(|by| names.get(&kernel::UserId(by)));
            let event = match who {
                Some(name) => event.by(name),
                None => event,
            };
            if n.reason.is_empty() && n.note.is_empty() {
                return event;
            }
            event.body(html! {
                @if !n.reason.is_empty() { strong { (words::code(l, "recon-closing", &n.reason)) } " " }
                (bdi(&n.note))
            })
        })
        .collect();
    timeline(&events)
}

/// `POST /money/reconciliation/{client}/{break}/{act}`
pub async fn act(
    desk: Desk,
    Path((client, id, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let id: BreakId = id.parse().map_err(|_| missing())?;
    let form = Form(fields);
    let what = match act.as_str() {
        "take" => Act::Take,
        "release" => Act::Release,
        "reopen" => Act::Reopen,
        "close" => Act::Close(Closing::parse(form.get("reason")).ok_or_else(missing)?),
        _ => return Err(missing()),
    };
    let rev = form.get("rev").parse().unwrap_or(0);
    let call = Call::new(desk.scope(), desk.now);
    let done = desk
        .app
        .act_on_break(&call, client, id, rev, what, form.get("note"));
    match done.await {
        Ok(()) => {
            let to = format!("/money/reconciliation/{client}/{id}?done=recon-{act}");
            Ok(Redirect::to(&to).into_response())
        }
        // Nothing typed is lost: the break again, with what stood against it.
        Err(error) => {
            let typed = Typed {
                note: form.get("note").to_owned(),
                reason: form.get("reason").to_owned(),
                problem: Some(Failure::from(error).0),
            };
            show(&desk, client, id, None, &typed).await
        }
    }
}
