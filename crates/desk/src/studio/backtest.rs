//! The backtest of a draft: real cases decided again, how many people gain or lose and what money
//! it is, down to the single case.

use super::{client_of, crumbs, draft_href, draft_id, tests};
use crate::{form::Form, frame::Desk, words::moment};
use app::{
    directory::Client,
    policies::{
        Run, Standing,
        backtest::{Bucket, Ending, Replayed},
    },
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, Currency, Money, Permission, RunId};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Action, Column, Crumb, Field, Icon, Kind, Note, Pages, Row, Table, Tone, Weight,
        badge, card, csrf_field, empty, form_actions, pagination, progress,
    },
};
use serde::Deserialize;
use surface::Failure;
use uuid::Uuid;

/// Cases on one page of a bucket.
const CASES: usize = 50;

/// `GET /studio/{client}/{draft}/backtest`
pub async fn page(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    show(&desk, &client, &standing, None).await
}

async fn show(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    wrong: Option<Problem>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let draft = &standing.draft;
    let runs = desk
        .app
        .backtests(desk.scope(), client.id, draft.id)
        .await?;
    let here = format!("{}/backtest", draft_href(client, draft.id));
    let newest = runs.first();
    let live = newest
        .is_some_and(|(run, _)| run.is_open())
        .then_some(&here);
    let writes = desk.has(Permission::PolicyWrite)
        && draft.state == app::policies::DraftState::Open
        && draft.compiled.is_ok();
    let body = html! {
        (crumbs(desk, Some(client)))
        (super::head(desk, client, standing, "backtest"))
        div.stack #replay hx-get=[live] hx-select="#replay" hx-trigger=[live.map(|_| "every 700ms")]
            hx-swap="outerHTML" hx-nonce=(desk.view.nonce) {
            @if let Some(p) = &wrong {
                (Note::new(Tone::Bad, p.title(l)).body(html! { p { (p.what_to_do(l)) } }))
            }
            @if writes && live.is_none() { (start_card(desk, &here)) }
            @match newest {
                None => (empty(Icon::History, &l.t("studio-replay-none"), &l.t("studio-replay-none-why"), None)),
                Some((run, found)) => {
                    @if run.content != draft.content { (Note::new(Tone::Warn, l.t("studio-replay-old"))) }
                    (run_card(desk, &here, run, found.as_ref()))
                }
            }
        }
    };
    let title = format!("{} · {}", draft.title, client.name);
    let page = desk.page(title, "/studio", false, body).await?;
    let mut answer = page.render().into_response();
    if let Some(p) = wrong {
        *answer.status_mut() = p.status;
    }
    Ok(answer)
}

fn start_card(desk: &Desk, here: &str) -> Markup {
    let l = desk.l();
    card(
        &l.t("studio-tab-backtest"),
        &html! {
            form.stack method="post" action=(here) {
                (csrf_field(&desk.view.csrf))
                p { (l.t("studio-replay-why")) }
                (Field::new("days", l.t("studio-replay-days")).kind(Kind::Number).value("90").narrow().required())
                (form_actions(&[Action::submit(l.t("studio-replay")).icon(Icon::History)]))
            }
        },
    )
}

fn run_card(desk: &Desk, here: &str, run: &Run, found: Option<&Replayed>) -> Markup {
    let l = desk.l();
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    if run.is_open() {
        let words = [
            ("done", l.number(run.done).into()),
            ("total", l.number(run.total).into()),
        ];
        let words = l.t_args("studio-replay-cases", &words);
        return card(
            &l.t("studio-replaying"),
            &html! {
                (progress(&l.t("studio-replaying"), count(run.done), count(run.total), &words))
                @if desk.has(Permission::PolicyWrite) {
                    form.stack method="post" action={ (here) "/" (run.id) "/cancel" } {
                        (csrf_field(&desk.view.csrf))
                        (form_actions(&[Action::submit(l.t("studio-cancel")).weight(Weight::Secondary).icon(Icon::X)]))
                    }
                }
            },
        );
    }
    match found {
        Some(found) => result(desk, here, run, found),
        None if run.state == "failed" => {
            html! { (Note::new(Tone::Bad, l.t("studio-replay-failed")).body(html! { p { (l.t("problem-internal-do")) } })) }
        }
        None => html! { (Note::new(Tone::Neutral, l.t("studio-replay-stopped"))) },
    }
}

/// Cases, people and money of all buckets that fare so.
fn fare_tile(l: L10n, found: &Replayed, fare: &str, tone: Tone) -> Markup {
    let mine: Vec<&Bucket> = found.buckets.iter().filter(|b| b.fare == fare).collect();
    let cases: u64 = mine.iter().map(|b| b.cases).sum();
    let people: u64 = mine.iter().map(|b| b.customers).sum();
    let number = |n: u64| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let mut money: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    for (code, sums) in mine.iter().flat_map(|b| &b.money) {
        *money.entry(code).or_default() += sums.after - sums.before;
    }
    html! {
        div class={ "studio-fare " (tone.class()) } {
            h2 { (l.t(&format!("studio-fare-{fare}"))) }
            p.studio-figure { (number(cases)) }
            p.small { (l.t_args("studio-people", &[("n", people.into())])) }
            @if fare != "same" {
                @for (code, minor) in money.iter().filter(|(_, m)| **m != 0) {
                    @if let Ok(currency) = code.parse::<Currency>() { p.small { (ui::money_signed(l, Money::new(*minor, currency))) } }
                }
            }
        }
    }
}

fn result(desk: &Desk, here: &str, run: &Run, found: &Replayed) -> Markup {
    let l = desk.l();
    let number = |n: u64| l.number(i64::try_from(n).unwrap_or(i64::MAX));
    let seconds = run
        .finished_at
        .map_or(0, |end| (end - run.created_at) / 1000);
    let words = [
        ("cases", number(found.cases).into()),
        ("people", number(found.customers).into()),
        ("days", found.days.to_string().into()),
    ];
    let columns = vec![
        Column::text(l.t("studio-who")),
        Column::text(l.t("studio-before")),
        Column::text(l.t("studio-after")),
        Column::figure(l.t("studio-cases")),
        Column::figure(l.t("studio-people-column")),
        Column::figure(l.t("studio-money-before")),
        Column::figure(l.t("studio-money-after")),
    ];
    let rows = found.buckets.iter().map(|b| {
        let (tone, key) = match b.fare.as_str() {
            "worse" => (Tone::Bad, "studio-worse"),
            "better" => (Tone::Good, "studio-better"),
            "same" => (Tone::Neutral, "studio-fare-same"),
            _ => (Tone::Neutral, "studio-different"),
        };
        let row = Row::new(vec![
            badge(tone, &l.t(key)),
            ending(l, &b.before),
            ending(l, &b.after),
            html! { (number(b.cases)) },
            html! { (number(b.customers)) },
            sums(l, b, |s| s.before),
            sums(l, b, |s| s.after),
        ]);
        if b.fare == "same" {
            row
        } else {
            row.href(format!("{here}/{}/{}", run.id, b.key()))
        }
    });
    html! {
        p role="status" { (l.t_args("studio-replayed", &words)) " " span.muted { (l.ago(moment(run.created_at), desk.now)) @if seconds > 0 { " · " (seconds) " s" } } }
        div.studio-fares {
            (fare_tile(l, found, "worse", Tone::Bad))
            (fare_tile(l, found, "better", Tone::Good))
            (fare_tile(l, found, "other", Tone::Accent))
            (fare_tile(l, found, "same", Tone::Neutral))
        }
        (card(&l.t("studio-endings"), &html! { (Table::new(l.t("studio-endings"), columns, rows.collect())) }))
        @if found.unasked > 0 { p.muted { (l.t_args("studio-unasked", &[("n", number(found.unasked).into())])) } }
        @if !found.complete { p.muted { (l.t("studio-incomplete")) } }
        p.muted.small { (l.t("studio-replay-how")) }
    }
}

fn ending(l: L10n, code: &str) -> Markup {
    let known = Ending::ALL.iter().find(|e| e.as_str() == code);
    known.map_or_else(
        || html! { (code) },
        |e| ui::pill(tests::ending_tone(*e), &tests::ending_words(l, *e)),
    )
}

fn sums(l: L10n, bucket: &Bucket, side: fn(&app::policies::backtest::Sums) -> i64) -> Markup {
    html! {
        @for (code, sums) in &bucket.money {
            @if let Ok(currency) = code.parse::<Currency>() { div { (ui::money(l, Money::new(side(sums), currency))) } }
        }
    }
}

/// `POST /studio/{client}/{draft}/backtest`
pub async fn start(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let days = Form(fields).get("days").parse().unwrap_or(0);
    let begun = desk
        .app
        .backtest(desk.scope(), client.id, draft, days)
        .await;
    match begun {
        Ok(_) => {
            let to = format!("{}/backtest", draft_href(&client, draft));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ (app::AppError::Invalid(_) | app::AppError::Policy(_))) => {
            let problem = Failure::from(error).0;
            let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
            show(&desk, &client, &standing, Some(problem)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn run_id(text: &str) -> Result<RunId, Failure> {
    text.parse().map_err(|_| Problem::not_found().into())
}

/// `POST /studio/{client}/{draft}/backtest/{run}/cancel`
pub async fn cancel(
    desk: Desk,
    Path((slug, draft, run)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let (draft, run) = (draft_id(&draft)?, run_id(&run)?);
    desk.app.cancel_run(desk.scope(), client.id, run).await?;
    let to = format!("{}/backtest", draft_href(&client, draft));
    Ok(Redirect::to(&to).into_response())
}

/// `?after=…`
#[derive(Debug, Default, Deserialize)]
pub struct After {
    after: Option<Uuid>,
}

/// `GET /studio/{client}/{draft}/backtest/{run}/{bucket}`: the cases behind a figure.
pub async fn bucket(
    desk: Desk,
    Path((slug, draft, run, bucket)): Path<(String, String, String, String)>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let client = client_of(&desk, &slug)?;
    let (draft, run) = (draft_id(&draft)?, run_id(&run)?);
    let from = (bucket.as_str(), after.after.unwrap_or_default());
    let limit = i64::try_from(CASES + 1).unwrap_or(i64::MAX);
    let mut rows = desk
        .app
        .backtest_cases(desk.scope(), client.id, run, from, limit)
        .await?;
    let more = rows.len() > CASES;
    rows.truncate(CASES);
    let here = format!("{}/backtest", draft_href(&client, draft));
    let next = rows.last().filter(|_| more);
    let pages = Pages {
        next: next.map(|r| format!("{here}/{run}/{bucket}?after={}", r.case_id)),
        ..Pages::default()
    };
    let columns = vec![
        Column::text(l.t("studio-case")),
        Column::text(l.t("studio-opened")),
        Column::text(l.t("studio-country")),
        Column::figure(l.t("studio-money-before")),
        Column::figure(l.t("studio-money-after")),
        Column::text(l.t("studio-clause")),
    ];
    let zone = desk.zone(Some(&client));
    let list = rows.iter().map(|r| {
        let money = |minor: i64| {
            let currency = r.currency.parse::<Currency>();
            currency.map_or_else(
                |_| html! { (minor) },
                |c| ui::money(l, Money::new(minor, c)),
            )
        };
        Row::new(vec![
            html! { (r.rma) },
            html! { span.nowrap { (ui::date(l, zone.to_datetime(moment(r.opened_at)).date())) } },
            html! { (r.country) },
            money(r.before_minor),
            money(r.after_minor),
            html! { code { (r.clause) } },
        ])
        .href(format!("/desk/{}/{}", client.id, CaseId(r.case_id)))
    });
    let mut parts = bucket.split('.');
    let mut part = || parts.next().unwrap_or_default();
    let (fare, before, then) = (part(), part(), part());
    let body = html! {
        (ui::breadcrumbs(l, &[
            Crumb { label: l.t("studio-title"), href: "/studio".into() },
            Crumb { label: client.name.clone(), href: super::href(&client) },
            Crumb { label: l.t("studio-tab-backtest"), href: here.clone() },
        ]))
        div.page-head { div {
            h1 { (l.t("studio-cases")) }
            p.lede { (l.t(match fare { "worse" => "studio-worse", "better" => "studio-better", _ => "studio-different" })) ": " (ending(l, before)) " " (ui::icon(Icon::ArrowRight)) " " (ending(l, then)) }
        } }
        div.stack {
            @if rows.is_empty() { (empty(Icon::List, &l.t("studio-no-cases"), &l.t("studio-no-cases-why"), None)) }
            @else {
                (Table::new(l.t("studio-cases"), columns, list.collect()))
                (pagination(l, &pages))
            }
        }
    };
    let page = desk
        .page(l.t("studio-cases"), "/studio", false, body)
        .await?;
    Ok(page.render().into_response())
}
