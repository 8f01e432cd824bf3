//! Disputes: the worklist by deadline with how disputes ended, and opening one by hand. One dispute
//! with everything that speaks in it is in `one`, what people do about it in `act`.

mod act;
mod one;

pub use act::send;
pub use one::{pack, page as one};

use crate::{form::Form, frame::Desk, words};
use app::{
    cases::Call,
    disputes::{ByHand, DisputeLine, FIRST, LISTS, Rate, Stage},
};
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, Currency, Date, DisputeId, Money, Permission, Timestamp};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Choice, Column, Field, Icon, Kind, Note, Row, Select, Tab, Table, Tone,
        Weight, bdi, breadcrumbs, csrf_field, empty, form_actions, pill, tabs,
    },
};
use returns::dispute::{Category, State};
use serde::Deserialize;
use surface::{
    Failure, dispute_word,
    door::{Door, Doors},
};

/// Disputes shown.
const ROWS: i64 = 200;
/// A deadline so near is told in red, milliseconds.
const NEAR_MS: i64 = 2 * 86_400_000;

/// The routes of this room.
pub fn router() -> Doors {
    let read = Door::right(Permission::MoneyRead);
    let operate = Door::right(Permission::MoneyOperate);
    Doors::pages()
        .get("/disputes", read, list)
        .get("/disputes/new", operate, new)
        .post("/disputes/new", operate, open)
        .get("/disputes/{client}/{dispute}", read.at_number(), one)
        .post(
            "/disputes/{client}/{dispute}/{act}",
            operate.at_number(),
            send,
        )
        .get(
            "/disputes/{client}/{dispute}/pack/{file}",
            operate.at_number(),
            pack,
        )
}

/// `?list=waiting&client=1&category=fraud`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    list: Option<String>,
    client: Option<String>,
    category: Option<String>,
    done: Option<String>,
}

/// The pill of a state.
pub fn state_pill(desk: &Desk, state: State) -> Markup {
    let tone = match state {
        State::NeedsResponse => Tone::Bad,
        State::Inquiry => Tone::Warn,
        State::Submitted => Tone::Accent,
        State::Won => Tone::Good,
        State::Reversed | State::Lost | State::Accepted | State::Expired => Tone::Neutral,
    };
    pill(tone, &dispute_word(desk.l(), "state", state.as_str()))
}

/// A deadline: when, and in red when it is near or over.
pub fn due(desk: &Desk, state: State, due_at: Option<Timestamp>) -> Markup {
    let l = desk.l();
    let Some(at) = due_at else {
        return html! { span.muted { (l.t("dispute-due-unknown")) } };
    };
    if !state.waits() {
        return html! { span.muted { (l.t("dispute-due-answered")) } };
    }
    let left = at.as_millisecond() - desk.now.as_millisecond();
    match crate::due::words(l, at.as_millisecond(), desk.now) {
        None => html! {},
        Some((_, words)) if left < 0 => pill(Tone::Bad, &words),
        Some((_, words)) if left < NEAR_MS => pill(Tone::Warn, &words),
        Some((_, words)) => html! { span.nowrap { (words) } },
    }
}

/// `GET /disputes`
pub async fn list(desk: Desk, Query(which): Query<Which>) -> Result<Response, Failure> {
    desk.must(Permission::MoneyRead)?;
    let l = desk.l();
    let wanted = which.list.as_deref();
    let known = LISTS.iter().copied().find(|s| Some(*s) == wanted);
    let shown = known.unwrap_or(LISTS[0]);
    let client: Option<ClientId> = which.client.as_deref().and_then(|c| c.parse().ok());
    let category = which.category.as_deref().and_then(Category::parse);
    let scope = desk.scope();
    let mut rows = desk
        .app
        .disputes(scope, client, shown, FIRST, ROWS + 1)
        .await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > ROWS;
    rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    rows.retain(|r| category.is_none_or(|c| r.dispute.category() == c));
    let rates = desk.app.dispute_rates(scope, client).await?;
    let query = format!(
        "{}{}",
        client.map_or_else(String::new, |c| format!("&client={c}")),
        category.map_or_else(String::new, |c| format!("&category={}", c.as_str())),
    );
    let all: Vec<Tab> = LISTS
        .iter()
        .map(|s| Tab {
            label: dispute_word(l, "list", s),
            href: format!("/disputes?list={s}{query}"),
            count: None,
            current: *s == shown,
        })
        .collect();
    let body = html! {
        div.page-head {
            div { h1 { (l.t("dispute-title")) } p.lede { (l.t("dispute-lede")) } }
            div.actions {
                @if desk.has(Permission::MoneyOperate) {
                    (Action::link(l.t("dispute-new"), "/disputes/new").icon(Icon::Plus))
                }
            }
        }
        div.stack {
            (filters(&desk, shown, client, category))
            (tabs(l, &l.t("dispute-title"), &all))
            @if rows.is_empty() { (empty(Icon::CheckCircle, &l.t("dispute-none"), &l.t("dispute-none-why"), None)) }
            @else { (table(&desk, &rows)) }
            @if more { (Note::new(Tone::Neutral, l.t_args("desk-first-rows", &[("n", ROWS.into())]))) }
            @if !rates.is_empty() { (rate_table(&desk, &rates)) }
        }
    };
    let mut page = desk
        .page(l.t("dispute-title"), "/money", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    Ok(page.render().into_response())
}

fn filters(
    desk: &Desk,
    list: &str,
    client: Option<ClientId>,
    category: Option<Category>,
) -> Markup {
    let l = desk.l();
    let clients = desk.clients();
    let any = || Choice::new("", l.t("dispute-any"));
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name));
    let choices = std::iter::once(any()).chain(choices).collect();
    let categories = Category::ALL
        .iter()
        .map(|c| Choice::new(c.as_str(), dispute_word(l, "category", c.as_str())));
    let categories = std::iter::once(any()).chain(categories).collect();
    let client = client.map_or_else(String::new, |c| c.to_string());
    html! {
        form.filters method="get" action="/disputes" {
            input type="hidden" name="list" value=(list);
            @if clients.len() > 1 {
                (Select::new("client", l.t("desk-client"), choices).value(client))
            }
            (Select::new("category", l.t("dispute-reason"), categories).value(category.map_or("", Category::as_str)))
            (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
        }
    }
}

fn table(desk: &Desk, rows: &[DisputeLine]) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("dispute-reference")),
        Column::text(l.t("dispute-state")),
        Column::text(l.t("dispute-due")),
        Column::text(l.t("dispute-order")),
        Column::text(l.t("dispute-reason")).wide_only(),
        Column::text(l.t("desk-col-client")).wide_only(),
        Column::figure(l.t("dispute-amount")),
    ];
    let row = |line: &DisputeLine| {
        let d = &line.dispute;
        let amount = d.amount().map_or_else(
            || html! {},
            |a| words::stored_money(l, a.minor, a.currency.code()),
        );
        Row::new(vec![
            html! { span.mono { (bdi(&d.reference)) } br; span.muted.small { (dispute_word(l, "provider", &d.provider)) } },
            state_pill(desk, d.state()),
            due(desk, d.state(), d.due_at()),
            html! {
                @if d.link.is_none() { (pill(Tone::Warn, &l.t("dispute-unmatched"))) }
                @else { (bdi(&d.order_number)) }
            },
            html! { (dispute_word(l, "category", d.category().as_str())) },
            html! { (desk.client_name(line.client.0)) },
            amount,
        ])
        .href(format!("/disputes/{}/{}", line.client, d.id))
    };
    html! { (Table::new(l.t("dispute-title"), columns, rows.iter().map(row).collect())) }
}

fn rate_table(desk: &Desk, rates: &[Rate]) -> Markup {
    let l = desk.l();
    let columns = vec![
        Column::text(l.t("desk-col-client")),
        Column::text(l.t("dispute-reason")),
        Column::figure(l.t("dispute-won")),
        Column::figure(l.t("dispute-lost")),
        Column::figure(l.t("dispute-rate")),
    ];
    let row = |r: &Rate| {
        let percent = r.percent().map_or_else(String::new, |p| {
            l.t_args("dispute-percent", &[("n", p.into())])
        });
        Row::new(vec![
            html! { (desk.client_name(r.client.0)) },
            html! { (dispute_word(l, "category", r.category.as_str())) },
            html! { (l.number(r.won)) },
            html! { (l.number(r.lost)) },
            html! { (percent) },
        ])
    };
    html! { (Table::new(l.t("dispute-rates"), columns, rates.iter().map(row).collect())) }
}

/// `GET /disputes/new`
pub async fn new(desk: Desk) -> Result<Response, Failure> {
    desk.must(Permission::MoneyOperate)?;
    form_page(&desk, &Form::default(), None).await
}

/// `POST /disputes/new`
pub async fn open(
    desk: Desk,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form = Form(fields);
    match opened(&desk, &form).await {
        Ok((client, id)) => {
            let to = format!("/disputes/{client}/{id}?done=dispute-opened");
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => form_page(&desk, &form, Some(failure.0)).await,
    }
}

async fn opened(desk: &Desk, form: &Form) -> Result<(ClientId, DisputeId), Failure> {
    let wrong = |field: &str, help| Failure::from(app::AppError::field(field, help));
    let client = form.get("client").parse();
    let client: ClientId = client.map_err(|_| wrong("client", "dispute-help-text"))?;
    let currency: Currency = form
        .get("currency")
        .parse()
        .map_err(|_| wrong("currency", "dispute-help-amount"))?;
    let mut errors = Vec::new();
    let minor = form.amount("amount", currency, &mut errors);
    if !errors.is_empty() {
        return Err(wrong("amount", "dispute-help-amount"));
    }
    let directory = desk.app.directory();
    let whose = directory.client(client).ok_or(Problem::not_found())?;
    let due_at = match form.get("due") {
        "" => None,
        text => {
            let day: Date = text.parse().map_err(|_| wrong("due", "dispute-help-day"))?;
            // The day counts to its end.
            day.tomorrow().ok().and_then(|d| whose.midnight(d))
        }
    };
    let new = ByHand {
        provider: form.get("provider").to_owned(),
        reference: form.get("reference").to_owned(),
        payment: form.get("payment").to_owned(),
        order_number: form.get("order").to_owned(),
        stage: Stage::parse(form.get("stage")).unwrap_or(Stage::NeedsResponse),
        reason: form.get("reason").to_owned(),
        amount: Money::new(minor, currency),
        due_at,
    };
    let call = Call::new(desk.scope(), desk.now);
    let id = desk.app.open_dispute(&call, client, &new).await?;
    Ok((client, id))
}

async fn form_page(
    desk: &Desk,
    form: &Form,
    problem: Option<Problem>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let clients = desk
        .clients()
        .into_iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name));
    let stages = [Stage::NeedsResponse, Stage::Inquiry]
        .map(|s| Choice::new(s.as_str(), dispute_word(l, "stage", s.as_str())));
    let field =
        |name: &str, label: &str| Field::new(name, l.t(label)).value(form.get(name)).max(200);
    let currency = match form.get("currency") {
        "" => "EUR",
        typed => typed,
    };
    let body = html! {
        (breadcrumbs(l, &[ui::Crumb { label: l.t("dispute-title"), href: "/disputes".into() }]))
        div.page-head { div { h1 { (l.t("dispute-new")) } p.lede { (l.t("dispute-new-lede")) } } }
        @if let Some(problem) = &problem {
            (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
        }
        form.stack.narrow method="post" action="/disputes/new" {
            (csrf_field(&desk.view.csrf))
            (Select::new("client", l.t("desk-client"), clients.collect()).value(form.get("client")))
            (field("provider", "dispute-provider").hint(l.t("dispute-provider-hint")).required())
            (field("reference", "dispute-reference").required())
            (field("order", "dispute-order"))
            (field("payment", "dispute-payment").hint(l.t("dispute-payment-hint")))
            (Select::new("stage", l.t("dispute-stage"), stages.to_vec()).value(form.get("stage")))
            (field("reason", "dispute-code").hint(l.t("dispute-code-hint")))
            (field("amount", "dispute-amount").kind(Kind::Amount).required())
            (field("currency", "dispute-currency").value(currency).max(3).required())
            (field("due", "dispute-due").kind(Kind::Date))
            (form_actions(&[Action::submit(l.t("dispute-open")).icon(Icon::Check)]))
        }
    };
    let page = desk.page(l.t("dispute-new"), "/money", false, body).await?;
    let mut answer = page.render().into_response();
    if let Some(problem) = &problem {
        *answer.status_mut() = problem.status;
    }
    Ok(answer)
}
