//! What falls due by law: the worklist over every client of the reader, oldest day first, and the
//! report of what was late. The clocks themselves are counted in `returns`.

use crate::{frame::Desk, words};
use app::clocks::{ClockRow, LISTS, REPORT_ROWS_MAX, Wanted};
use axum::{
    extract::Query,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::ToSpan as _;
use kernel::{CaseId, ClientId, Date};
use maud::{Markup, html};
use redress_http::{
    cursor::{self, PageQuery},
    ui::{
        self, Action, Choice, Column, Field, Icon, Note, Pages, Row, Select, Tab, Table, Tone,
        Weight, actions, bdi, empty, pagination, tabs, tile,
    },
};
use returns::ClockKind;
use serde::Deserialize;
use surface::{Failure, clocks};

/// `?list=work&kind=refund&client=1&cursor=…`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    list: Option<String>,
    kind: Option<String>,
    client: Option<String>,
    cursor: Option<String>,
}

/// `GET /desk/clocks`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    let l = desk.l();
    let asked = which.list.as_deref();
    let list = LISTS.iter().copied().find(|n| Some(*n) == asked);
    let list = list.unwrap_or(LISTS[0]);
    let kind = which.kind.as_deref().and_then(ClockKind::parse);
    let client: Option<ClientId> = which.client.as_deref().and_then(|c| c.parse().ok());
    let scope = desk.scope_on(client);
    let query = PageQuery {
        cursor: which.cursor,
        limit: None,
    };
    let limit = i64::from(query.limit());
    let wanted = Wanted {
        list: Some(list),
        kind,
        after: query.after()?,
    };
    let mut rows = desk.app.clock_list(&scope, &wanted, limit + 1).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let counts = desk.app.clock_counts(&scope).await?;
    let of_kind = kind.map(|k| format!("&kind={k}")).unwrap_or_default();
    let of_client = client.map(|c| format!("&client={c}")).unwrap_or_default();
    let here = format!("/desk/clocks?list={list}{of_kind}{of_client}");
    let next = rows.last().filter(|_| more).map(|last| {
        let at = (last.work_at, last.case_id, &last.kind, &last.rule);
        format!("{here}&cursor={}", cursor::encode(&at))
    });
    let all: Vec<Tab> = LISTS
        .iter()
        .map(|name| Tab {
            label: words::code(l, "clocklist", name),
            href: format!("/desk/clocks?list={name}{of_kind}{of_client}"),
            count: (*name == "work").then_some(counts.all),
            current: *name == list,
        })
        .collect();
    let tiles = [
        ("late", counts.late, Tone::Bad),
        ("today", counts.today - counts.late, Tone::Warn),
        ("soon", counts.soon - counts.today, Tone::Neutral),
    ];
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-clocks-title")) } p.lede { (l.t("desk-clocks-lede")) } }
            (actions(&[
                Action::link(l.t("desk-breaches-title"), format!("/desk/clocks/breaches?{}", of_client.trim_start_matches('&')))
                    .icon(Icon::Gavel).weight(Weight::Secondary),
                Action::link(l.t("desk-declarations-title"), "/desk/declarations")
                    .icon(Icon::Inbox).weight(Weight::Secondary),
            ]))
        }
        div.stack {
            div.tiles.tiles-even {
                @for (name, n, tone) in tiles {
                    @let tone = if n == 0 { Tone::Good } else { tone };
                    (tile(&words::code(l, "clocks", name), &html! { (l.number(n)) }, "/desk/clocks",
                        Some(&ui::delta(&words::code(l, "clocks-is", name), tone)), None))
                }
            }
            (filter(&desk, list, kind, client))
            (tabs(l, &l.t("desk-clocks-title"), &all))
            (table(&desk, list, &rows))
            (pagination(l, &Pages {
                previous: wanted.after.is_some().then_some(here),
                next,
                words: Some(l.t_args("desk-rows", &[("n", rows.len().into())])),
            }))
        }
    };
    Ok(desk
        .page(l.t("desk-clocks-title"), "/desk/clocks", false, body)
        .await?
        .render()
        .into_response())
}

fn client_choice(desk: &Desk, chosen: Option<ClientId>) -> Select {
    let l = desk.l();
    let choices = desk.clients();
    let choices = choices
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name))
        .collect();
    Select::new("client", l.t("desk-client"), choices)
        .prompt(l.t("desk-all-clients"))
        .value(chosen.map(|c| c.to_string()).unwrap_or_default())
}

fn filter(desk: &Desk, list: &str, kind: Option<ClockKind>, client: Option<ClientId>) -> Markup {
    let l = desk.l();
    let kinds = ClockKind::ALL
        .iter()
        .map(|k| Choice::new(k.as_str(), clocks::name(l, *k)))
        .collect();
    html! {
        form.filters method="get" action="/desk/clocks" {
            input type="hidden" name="list" value=(list);
            (Select::new("kind", l.t("desk-clock-kind"), kinds)
                .prompt(l.t("desk-clock-all-kinds"))
                .value(kind.map(ClockKind::as_str).unwrap_or_default()))
            @if desk.clients().len() > 1 { (client_choice(desk, client)) }
            (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
        }
    }
}

fn table(desk: &Desk, list: &str, rows: &[ClockRow]) -> Markup {
    let l = desk.l();
    if rows.is_empty() {
        return empty(
            Icon::CheckCircle,
            &l.t("desk-clocks-none"),
            &l.t("desk-clocks-none-why"),
            None,
        );
    }
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-client")).wide_only(),
        Column::text(l.t("desk-clock-kind")),
        Column::text(l.t("desk-clock-started")),
        Column::text(l.t("desk-clock-strict")),
        Column::text(l.t("desk-clock-due")),
        Column::text(l.t("desk-clock-rule")).wide_only(),
    ];
    let cells = rows.iter().map(|row| {
        let href = format!("/desk/{}/{}", row.client_id, CaseId(row.case_id));
        Row::new(cells_of(desk, row)).href(href)
    });
    html! { (Table::new(words::code(l, "clocklist", list), columns, cells.collect())) }
}

fn cells_of(desk: &Desk, row: &ClockRow) -> Vec<Markup> {
    let l = desk.l();
    let day = |text: &str| {
        let day: Option<Date> = text.parse().ok();
        html! { @if let Some(day) = day { span.nowrap { (ui::date(l, day)) } } @else { span.muted { "–" } } }
    };
    let now = desk.now.as_millisecond();
    let late = row.list == "work" && row.due_at <= now;
    let kind = ClockKind::parse(&row.kind).map_or_else(|| row.kind.clone(), |k| clocks::name(l, k));
    let by = words::code(l, "clock-by", &row.started_by);
    vec![
        html! { span.nowrap { (row.rma) } div.muted.small { (bdi(&row.order_number)) " · " (row.country) } },
        html! { (desk.client_name(row.client_id)) },
        html! {
            (kind)
            @if late { " " (ui::badge(Tone::Bad, &l.t("desk-clock-late"))) }
            @if !row.met_on.is_empty() { " " (ui::badge(Tone::Good, &l.t("clock-is-met"))) }
        },
        html! { (day(&row.started_on)) div.muted.small { (by) } },
        html! {
            (day(&row.strict_on))
            @if row.list == "work" {
                @if let Some((tone, words)) = crate::due::words(l, row.work_at, desk.now) { " " (ui::badge(tone, &words)) }
            }
        },
        day(&row.due_on),
        html! { span.small { (row.citation) } div.muted.small { (row.rule) } },
    ]
}

/// `?client=1&from=2026-01-01&to=2026-03-31`
#[derive(Debug, Default, Deserialize)]
pub struct Period {
    client: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// What the report is about: its period and what was late in it, by client.
struct Report {
    client: Option<ClientId>,
    from: Date,
    to: Date,
    rows: Vec<ClockRow>,
    cut: bool,
}

async fn report(desk: &Desk, asked: &Period) -> Result<Report, Failure> {
    let today = desk.zone(None).to_datetime(desk.now).date();
    let quarter = today.checked_sub(90.days()).unwrap_or(today);
    let day = |text: &Option<String>, or: Date| -> Date {
        text.as_deref().and_then(|t| t.parse().ok()).unwrap_or(or)
    };
    let client: Option<ClientId> = asked.client.as_deref().and_then(|c| c.parse().ok());
    let (from, to) = (day(&asked.from, quarter), day(&asked.to, today));
    let mut rows = Vec::new();
    let mut cut = false;
    for one in desk.clients() {
        if client.is_some_and(|c| c != one.id) {
            continue;
        }
        let found = desk.app.breaches(desk.scope(), one.id, from, to).await?;
        cut |= i64::try_from(found.len()).is_ok_and(|n| n >= REPORT_ROWS_MAX);
        rows.extend(found);
    }
    rows.sort_by_key(|r| r.over_at);
    Ok(Report {
        client,
        from,
        to,
        rows,
        cut,
    })
}

/// Whole days between the last lawful day and the day it was met, or `today`.
fn days_late(row: &ClockRow, today: Date) -> i64 {
    let due: Option<Date> = row.due_on.parse().ok();
    let end = row.met_on.parse().unwrap_or(today);
    let span = due.and_then(|due| due.until(end).ok());
    span.map_or(0, |s| i64::from(s.get_days()))
}

/// The most breaches a page shows; the file has all of them.
const SHOWN: usize = 200;

/// `GET /desk/clocks/breaches`
pub async fn breaches(desk: Desk, Query(asked): Query<Period>) -> Result<Response, Failure> {
    let l = desk.l();
    let report = report(&desk, &asked).await?;
    let today = desk.zone(None).to_datetime(desk.now).date();
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("desk-clock-kind")),
        Column::text(l.t("desk-clock-due")),
        Column::text(l.t("desk-clock-met")),
        Column::figure(l.t("desk-clock-days-late")),
        Column::text(l.t("desk-clock-rule")).wide_only(),
    ];
    let day = |text: &str| {
        let day: Option<Date> = text.parse().ok();
        html! { @if let Some(day) = day { span.nowrap { (ui::date(l, day)) } } @else { (ui::badge(Tone::Bad, &l.t("clock-is-open"))) } }
    };
    let rows = report.rows.iter().take(SHOWN).map(|row| {
        let kind = ClockKind::parse(&row.kind);
        Row::new(vec![
            html! { span.nowrap { (row.rma) } div.muted.small { (bdi(&row.order_number)) " · " (row.country) } },
            html! { (desk.client_name(row.client_id)) },
            html! { (kind.map_or_else(|| row.kind.clone(), |k| clocks::name(l, k))) },
            day(&row.due_on),
            day(&row.met_on),
            html! { (l.number(days_late(row, today))) },
            html! { span.small { (row.citation) } },
        ])
        .href(format!("/desk/{}/{}", row.client_id, CaseId(row.case_id)))
    });
    let rows: Vec<Row> = rows.collect();
    let open = report.rows.iter().filter(|r| r.list == "work").count();
    let file = format!(
        "/desk/clocks/breaches.csv?from={}&to={}{}",
        report.from,
        report.to,
        report
            .client
            .map(|c| format!("&client={c}"))
            .unwrap_or_default(),
    );
    let body = html! {
        div.page-head {
            div { h1 { (l.t("desk-breaches-title")) } p.lede { (l.t("desk-breaches-lede")) } }
            (actions(&[
                Action::link(l.t("desk-breaches-csv"), file).icon(Icon::Download).weight(Weight::Secondary),
                Action::link(l.t("desk-clocks-title"), "/desk/clocks").icon(Icon::Clock).weight(Weight::Ghost),
            ]))
        }
        div.stack {
            form.filters method="get" action="/desk/clocks/breaches" {
                (Field::new("from", l.t("desk-from")).kind(ui::Kind::Date).value(report.from.to_string()))
                (Field::new("to", l.t("desk-to")).kind(ui::Kind::Date).value(report.to.to_string()))
                @if desk.clients().len() > 1 { (client_choice(&desk, report.client)) }
                (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
            }
            p { (l.t_args("desk-breaches-sum", &[
                ("n", report.rows.len().into()), ("open", open.into()),
            ])) }
            @if rows.is_empty() { (empty(Icon::CheckCircle, &l.t("desk-breaches-none"), &l.t("desk-breaches-none-why"), None)) }
            @else { (Table::new(l.t("desk-breaches-title"), columns, rows)) }
            @if report.rows.len() > SHOWN || report.cut {
                (Note::new(Tone::Neutral, l.t_args("desk-first-rows", &[("n", SHOWN.into())])))
            }
        }
    };
    Ok(desk
        .page(l.t("desk-breaches-title"), "/desk/clocks", false, body)
        .await?
        .render()
        .into_response())
}

/// `GET /desk/clocks/breaches.csv`
pub async fn breaches_csv(desk: Desk, Query(asked): Query<Period>) -> Result<Response, Failure> {
    let report = report(&desk, &asked).await?;
    let today = desk.zone(None).to_datetime(desk.now).date();
    let mut file = csv::Writer::from_writer(Vec::new());
    let fault = |e: csv::Error| app::AppError::fault(e);
    file.write_record([
        "client",
        "rma",
        "order",
        "country",
        "clock",
        "rule",
        "citation",
        "started_by",
        "started_on",
        "strict_on",
        "due_on",
        "met_on",
        "days_late",
        "state",
    ])
    .map_err(fault)?;
    for row in &report.rows {
        let name = desk.client_name(row.client_id);
        let late = days_late(row, today).to_string();
        // A cell must not be read as a formula by a spreadsheet.
        let order = wire::cells::text(&row.order_number);
        file.write_record([
            &wire::cells::text(&name),
            &*row.rma,
            &order,
            &row.country,
            &row.kind,
            &row.rule,
            &row.citation,
            &row.started_by,
            &row.started_on,
            &row.strict_on,
            &row.due_on,
            &row.met_on,
            &late,
            &row.state,
        ])
        .map_err(fault)?;
    }
    let bytes = file.into_inner().map_err(app::AppError::fault)?;
    let name = format!(
        "attachment; filename=\"breaches-{}-{}.csv\"",
        report.from, report.to
    );
    let mut answer = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], bytes).into_response();
    if let Ok(name) = HeaderValue::try_from(name) {
        answer
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}
