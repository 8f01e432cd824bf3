//! The books of a client: the trial balance, one account, and what one case moved. Every figure is
//! a question to the journal, and leads to the postings, cases and events behind it.

use crate::{frame::Desk, words};
use app::books::{AccountLine, BalanceRow, Cursor, JournalRow, Month, Period};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, ClientId, CreditId, Currency, Permission};
use maud::{Markup, html};
use redress_http::{
    Ids, Problem,
    cursor::{self, PageQuery},
    ui::{
        self, Action, Choice, Column, Field, Icon, Pages, Row, Select, Table, Tone, Weight, bdi,
        empty, icon, pagination, pill,
    },
};
use returns::journal::Account;
use serde::Deserialize;
use surface::Failure;

/// `?from=2026-01&to=2026-03`
#[derive(Debug, Default, Deserialize)]
pub struct Months {
    from: Option<String>,
    to: Option<String>,
    client: Option<String>,
    cursor: Option<String>,
}

impl Months {
    /// The months asked for; the present one unless told.
    fn period(&self, desk: &Desk, client: ClientId) -> Result<Period, Failure> {
        let directory = desk.app.directory();
        let whose = directory.client(client).ok_or(Problem::not_found())?;
        let now = Month::of(whose.day(desk.now));
        let month = |asked: Option<&str>| match asked.filter(|m| !m.is_empty()) {
            None => Ok(now),
            Some(text) => text.parse::<Month>(),
        };
        let to = month(self.to.as_deref())?;
        let from = match self.from.as_deref() {
            None => to,
            some => month(some)?,
        };
        Ok(Period::new(from, to)?)
    }
}

fn of_months(period: Period) -> String {
    format!("from={}&to={}", period.from, period.to)
}

/// A button that prints the page.
pub fn print_button(desk: &Desk) -> Markup {
    html! {
        button.btn type="button" data-print {
            (icon(Icon::Printer)) span { (desk.l().t("books-print")) }
        }
    }
}

/// `GET /money/books`: the first client of the reader, or the one chosen.
pub async fn page(desk: Desk, Query(asked): Query<Months>) -> Result<Response, Failure> {
    desk.must(Permission::MoneyRead)?;
    let l = desk.l();
    let clients = desk.clients();
    let chosen = asked.client.as_deref().and_then(|c| c.parse().ok());
    let client = clients
        .iter()
        .find(|c| Some(c.id) == chosen)
        .or(clients.first());
    let client = client.ok_or(Problem::not_found())?;
    let period = asked.period(&desk, client.id)?;
    let scope = desk.scope();
    let rows = desk.app.trial_balance(scope, client.id, period).await?;
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name));
    let pick = Select::new("client", l.t("desk-client"), choices.collect());
    let months = |name: &str, month: Month| {
        Field::new(name, l.t(&format!("books-{name}")))
            .value(month.to_string())
            .placeholder("2026-01")
            .max(7)
    };
    let mut currencies: Vec<&str> = rows.iter().map(|r| r.currency.as_str()).collect();
    currencies.dedup();
    let body = html! {
        div.page-head {
            div { h1 { (l.t("books-title")) } p.lede { (l.t("books-lede")) } }
            div.actions { (print_button(&desk)) }
        }
        div.stack {
            form.filters method="get" action="/money/books" {
                @if clients.len() > 1 { (pick.value(client.id.to_string())) }
                (months("from", period.from))
                (months("to", period.to))
                (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
            }
            p.print-only { (client.name) ": " (period.from) " – " (period.to) }
            @if rows.is_empty() { (empty(Icon::Book, &l.t("books-none"), &l.t("books-none-why"), None)) }
            @for currency in currencies {
                @let own: Vec<&BalanceRow> = rows.iter().filter(|r| r.currency == *currency).collect();
                (trial(&desk, client.id, period, currency, &own))
            }
            p.muted { (l.t("books-signs")) }
        }
    };
    let page = desk.page(l.t("books-title"), "/money", false, body).await?;
    Ok(page.render().into_response())
}

fn trial(
    desk: &Desk,
    client: ClientId,
    period: Period,
    currency: &str,
    rows: &[&BalanceRow],
) -> Markup {
    let l = desk.l();
    let money = |minor| words::stored_money(l, minor, currency);
    let row = |r: &&BalanceRow| {
        let months = of_months(period);
        Row::new(vec![
            html! { (words::code(l, "account", &r.account)) },
            money(r.opening_minor),
            money(r.debit_minor),
            money(r.credit_minor),
            html! { strong { (money(r.closing_minor())) } },
        ])
        .href(format!(
            "/money/books/{client}/{currency}/{}?{months}",
            r.account
        ))
    };
    let sum = |of: fn(&BalanceRow) -> i64| rows.iter().map(|r| of(r)).sum::<i64>();
    let (debit, credit) = (sum(|r| r.debit_minor), sum(|r| r.credit_minor));
    let closing = sum(BalanceRow::closing_minor);
    let columns = vec![
        Column::text(l.t("books-col-account")),
        Column::figure(l.t("books-col-opening")).wide_only(),
        Column::figure(l.t("books-col-debit")),
        Column::figure(l.t("books-col-credit")),
        Column::figure(l.t("books-col-closing")),
    ];
    let foot = vec![
        html! { (l.t("books-sum")) },
        money(sum(|r| r.opening_minor)),
        money(debit),
        money(credit),
        money(closing),
    ];
    let aside = if debit == credit && closing == 0 {
        pill(Tone::Good, &l.t("books-balanced"))
    } else {
        pill(Tone::Bad, &l.t("books-unbalanced"))
    };
    let table = Table::new(
        l.t_args("books-of", &[("currency", currency.into())]),
        columns,
        rows.iter().map(row).collect(),
    );
    ui::card_with(currency, Some(&aside), &html! { (table.foot(foot)) })
}

/// `GET /money/books/{client}/{currency}/{account}`
pub async fn account(
    desk: Desk,
    axum::extract::Path((client, currency, account)): axum::extract::Path<(String, String, String)>,
    Query(asked): Query<Months>,
) -> Result<Response, Failure> {
    desk.must(Permission::MoneyRead)?;
    let l = desk.l();
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let currency: Currency = currency.parse().map_err(|_| missing())?;
    let account = Account::parse(&account).ok_or_else(missing)?;
    if !desk.scope().reaches(client) {
        return Err(missing());
    }
    let period = asked.period(&desk, client)?;
    let query = PageQuery {
        cursor: asked.cursor,
        limit: None,
    };
    let limit = i64::from(query.limit());
    let before: Option<Cursor> = query.after()?;
    let first = before.is_none();
    let scope = desk.scope();
    let which = (currency, account);
    let found = desk
        .app
        .account_page(scope, client, which, period, before, limit + 1);
    let mut found = found.await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.lines.len() > shown;
    found.lines.truncate(shown);
    let here = format!(
        "/money/books/{client}/{currency}/{}?{}",
        account.as_str(),
        of_months(period)
    );
    let next = found.lines.last().filter(|_| more).map(|last| {
        let r = &last.row;
        format!(
            "{here}&cursor={}",
            cursor::encode(&(r.at, r.case_id, r.version, r.n))
        )
    });
    let name = words::code(l, "account", account.as_str());
    let b = &found.balance;
    let money = |minor| words::stored_money(l, minor, currency.code());
    let figures = [
        ("books-col-opening", b.opening_minor),
        ("books-col-debit", b.debit_minor),
        ("books-col-credit", b.credit_minor),
        ("books-col-closing", b.closing_minor()),
    ];
    let body = html! {
        (ui::breadcrumbs(l, &[
            ui::Crumb { label: l.t("books-title"), href: format!("/money/books?client={client}&{}", of_months(period)) },
        ]))
        div.page-head {
            div {
                h1 { (name) }
                p.lede { (words::code(l, "account-is", account.as_str())) }
            }
            div.actions { (print_button(&desk)) }
        }
        div.stack {
            p.muted { (desk.client_name(client.0)) " · " (currency.code()) " · " (period.from) " – " (period.to) }
            (ui::card(&l.t("books-period"), &ui::definitions(&figures.map(|(key, minor)| ui::Definition::new(l.t(key), money(minor))))))
            @if found.lines.is_empty() { (empty(Icon::Book, &l.t("books-none"), &l.t("books-none-why"), None)) }
            @else { (lines(&desk, client, account, &found.lines)) }
            (pagination(l, &Pages {
                previous: (!first).then_some(here),
                next,
                words: None,
            }))
        }
    };
    let page = desk.page(name, "/money", false, body).await?;
    Ok(page.render().into_response())
}

fn lines(desk: &Desk, client: ClientId, account: Account, list: &[AccountLine]) -> Markup {
    let l = desk.l();
    let directory = desk.app.directory();
    let zone = desk.zone(directory.client(client).map(|c| &**c));
    let row = |line: &AccountLine| {
        let r = &line.row;
        let is_debit = r.debit == account.as_str();
        let other = if is_debit { &r.credit } else { &r.debit };
        let minor = words::stored_money(l, r.minor, &r.currency);
        let about = html! {
            @if let Some(rma) = &line.rma { span.mono { (rma) } } @else { (l.t("books-credit")) }
        };
        let (debit, credit) = if is_debit {
            (minor, html! {})
        } else {
            (html! {}, minor)
        };
        Row::new(vec![
            about,
            html! { span.nowrap { (ui::date_time(l, words::moment(r.at), &zone)) } },
            html! { (words::code(l, "books-why", &r.why)) },
            html! { (words::code(l, "account", other)) },
            html! { span.muted { @if let Some(order) = &line.order_number { (bdi(order)) } } },
            debit,
            credit,
        ])
        .href(match &line.rma {
            Some(_) => format!("/money/books/{client}/of/{}", CaseId(r.case_id)),
            None => format!("/money/credit/{client}/{}", CreditId(r.case_id)),
        })
    };
    let columns = vec![
        Column::text(l.t("books-col-about")),
        Column::text(l.t("books-col-at")),
        Column::text(l.t("books-col-why")),
        Column::text(l.t("books-col-other")).wide_only(),
        Column::text(l.t("books-col-order")).wide_only(),
        Column::figure(l.t("books-col-debit")),
        Column::figure(l.t("books-col-credit")),
    ];
    let rows = list.iter().map(row).collect();
    html! { (Table::new(l.t("books-postings"), columns, rows)) }
}

/// `GET /money/books/{client}/of/{case}`: what one case moved, event by event.
pub async fn of_case(
    desk: Desk,
    Ids(client, case): Ids<ClientId, CaseId>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let journal = desk.app.journal_of_case(desk.scope(), client, case).await?;
    let found = desk.app.case_page(desk.scope(), client, case).await?;
    let zone = desk.zone(Some(&found.client));
    let row = |r: &JournalRow| {
        let event = usize::try_from(r.version - 1).ok();
        let event = event.and_then(|i| found.events.get(i));
        Row::new(vec![
            html! { (l.number(r.version)) },
            html! { span.nowrap { (ui::date_time(l, words::moment(r.at), &zone)) } },
            html! { @if let Some(event) = event { span.mono { (event.name()) } } },
            html! { (words::code(l, "books-why", &r.why)) },
            html! { (words::code(l, "account", &r.debit)) },
            html! { (words::code(l, "account", &r.credit)) },
            words::stored_money(l, r.minor, &r.currency),
        ])
    };
    let columns = vec![
        Column::figure(l.t("books-col-event")),
        Column::text(l.t("books-col-at")),
        Column::text(l.t("books-col-what")).wide_only(),
        Column::text(l.t("books-col-why")),
        Column::text(l.t("books-col-debit")),
        Column::text(l.t("books-col-credit")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let title = l.t_args("books-of-case", &[("rma", (&*found.case.rma).into())]);
    let href = format!("/desk/{client}/{case}");
    let body = html! {
        (ui::breadcrumbs(l, &[
            ui::Crumb { label: l.t("books-title"), href: format!("/money/books?client={client}") },
        ]))
        div.page-head {
            div { h1 { (title) } p.lede { (l.t("books-of-case-lede")) } }
            div.actions {
                (Action::link(l.t("books-case"), href).weight(Weight::Secondary).icon(Icon::ArrowRight))
                (print_button(&desk))
            }
        }
        div.stack {
            @if journal.is_empty() { (empty(Icon::Book, &l.t("books-none"), &l.t("books-none-case"), None)) }
            @else { (Table::new(title.clone(), columns, journal.iter().map(row).collect())) }
        }
    };
    let page = desk.page(title, "/money", false, body).await?;
    Ok(page.render().into_response())
}
