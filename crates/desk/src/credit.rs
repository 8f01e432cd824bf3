//! Store credit of a client: its accounts, and the statement of one. Both print.

use crate::{books::print_button, frame::Desk, words};
use app::AppError;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{ClientId, CreditId, Permission};
use maud::{Markup, html};
use redress_http::{
    Id, Ids,
    cursor::{self, PageQuery},
    ui::{self, Column, Icon, Note, Pages, Row, Table, Tone, bdi, empty, pagination},
};
use returns::credit::CreditWhat;
use surface::Failure;

/// Refuses who does not reach the client, or may not see money.
fn must_see(desk: &Desk, client: ClientId) -> Result<(), Failure> {
    if !desk.scope().reaches(client) {
        return Err(AppError::Missing.into());
    }
    desk.must(Permission::MoneyRead)
}

/// What an event of an account is about: the case it came from, or the client's own reference.
fn about(desk: &Desk, client: ClientId, what: &CreditWhat) -> Option<Markup> {
    match what {
        CreditWhat::CreditIssued { case, .. } => Some(html! {
            a href={ "/desk/" (client) "/" (case) } { (desk.l().t("credit-case")) }
        }),
        CreditWhat::CreditHeld { held: used }
        | CreditWhat::CreditSpent { spent: used }
        | CreditWhat::CreditRestored { spent: used } => Some(bdi(&used.reference)),
        _ => None,
    }
}

/// `GET /money/credit/{client}`: accounts of store credit, last changed first.
pub async fn list(
    desk: Desk,
    Id(client): Id<ClientId>,
    Query(asked): Query<PageQuery>,
) -> Result<Response, Failure> {
    must_see(&desk, client)?;
    let l = desk.l();
    let limit = i64::from(asked.limit());
    let before: Option<(i64, uuid::Uuid)> = asked.after()?;
    let first = before.is_none();
    let rows = desk
        .app
        .credit_accounts(desk.scope(), client, before, limit + 1);
    let mut rows = rows.await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let here = format!("/money/credit/{client}");
    let next = rows.last().filter(|_| more).map(|last| {
        let at = cursor::encode(&(last.updated_at, last.credit_id));
        format!("{here}?cursor={at}")
    });
    let row = |a: &app::credit::CreditRow| {
        let money = |minor| words::stored_money(l, minor, &a.currency);
        let named = a.external_id.as_deref().unwrap_or_default();
        Row::new(vec![
            bdi(named),
            html! { (a.currency) },
            money(a.paid_minor),
            money(a.promotional_minor),
            money(a.held_minor),
            html! { strong { (money(a.paid_minor + a.promotional_minor - a.held_minor)) } },
            html! { span.nowrap { (l.ago(words::moment(a.updated_at), desk.now)) } },
        ])
        .href(format!("{here}/{}", CreditId(a.credit_id)))
    };
    let columns = vec![
        Column::text(l.t("credit-col-customer")),
        Column::text(l.t("credit-col-currency")).wide_only(),
        Column::figure(l.t("credit-col-paid")),
        Column::figure(l.t("credit-col-promotional")),
        Column::figure(l.t("credit-col-held")).wide_only(),
        Column::figure(l.t("credit-col-available")),
        Column::text(l.t("credit-col-changed")).wide_only(),
    ];
    let clients = desk.clients();
    let tabs: Vec<ui::Tab> = clients
        .iter()
        .map(|c| ui::Tab {
            label: c.name.clone(),
            href: format!("/money/credit/{}", c.id),
            count: None,
            current: c.id == client,
        })
        .collect();
    let body = html! {
        div.page-head {
            div { h1 { (l.t("credit-title")) } p.lede { (l.t("credit-lede")) } }
            div.actions { (print_button(&desk)) }
        }
        div.stack {
            @if tabs.len() > 1 { (ui::tabs(l, &l.t("desk-client"), &tabs)) }
            p.print-only { (desk.client_name(client.0)) }
            @if rows.is_empty() { (empty(Icon::Wallet, &l.t("credit-none"), &l.t("credit-none-why"), None)) }
            @else { (Table::new(l.t("credit-title"), columns, rows.iter().map(row).collect())) }
            (pagination(l, &Pages {
                previous: (!first).then_some(here),
                next,
                words: None,
            }))
        }
    };
    let page = desk
        .page(l.t("credit-title"), "/money", false, body)
        .await?;
    Ok(page.render().into_response())
}

/// `GET /money/credit/{client}/{credit}`: the statement of one account.
pub async fn statement(
    desk: Desk,
    Ids(client, credit): Ids<ClientId, CreditId>,
) -> Result<Response, Failure> {
    must_see(&desk, client)?;
    let l = desk.l();
    let found = desk.app.credit_statement(desk.scope(), client, credit);
    let found = found.await?;
    let directory = desk.app.directory();
    let zone = desk.zone(directory.client(client).map(|c| &**c));
    let (account, today) = (&found.account, found.today);
    let money = |minor| ui::money(l, kernel::Money::new(minor, account.currency));
    let signed = |minor| ui::money_signed(l, kernel::Money::new(minor, account.currency));
    let figures = [
        ("credit-col-available", account.balance(today)),
        (
            "credit-of-paid",
            account.balance(today) - account.promotional(today),
        ),
        ("credit-of-promotional", account.promotional(today)),
        ("credit-col-held", account.held()),
    ];
    let row = |line: &app::credit::StatementLine| {
        let about = about(&desk, client, &line.what);
        Row::new(vec![
            html! { span.nowrap { (ui::date_time(l, line.at, &zone)) } },
            html! { (words::code(l, "credit", line.what.name())) @if let Some(about) = about { " " (about) } },
            signed(line.minor),
            money(line.balance),
        ])
    };
    let columns = vec![
        Column::text(l.t("books-col-at")),
        Column::text(l.t("books-col-what")),
        Column::figure(l.t("desk-col-amount")),
        Column::figure(l.t("credit-col-after")),
    ];
    let named = found.row.external_id.clone().unwrap_or_default();
    let lots: Vec<&returns::credit::CreditLot> =
        account.lots.iter().filter(|l| l.left_minor > 0).collect();
    let lot = |lot: &&returns::credit::CreditLot| {
        let kind = if lot.promotional {
            "credit-lot-promotional"
        } else {
            "credit-lot-paid"
        };
        Row::new(vec![
            html! { (l.t(kind)) },
            html! { @match lot.until { Some(day) => (ui::date(l, day)), None => (l.t("credit-no-end")) } },
            money(lot.given_minor),
            money(lot.left_minor),
        ])
    };
    let lot_columns = vec![
        Column::text(l.t("credit-col-kind")),
        Column::text(l.t("credit-col-until")),
        Column::figure(l.t("credit-col-given")),
        Column::figure(l.t("credit-col-left")),
    ];
    let body = html! {
        (ui::breadcrumbs(l, &[
            ui::Crumb { label: l.t("credit-title"), href: format!("/money/credit/{client}") },
        ]))
        div.page-head {
            div { h1 { (l.t("credit-statement")) } p.lede { (bdi(&named)) " · " (desk.client_name(client.0)) } }
            div.actions { (print_button(&desk)) }
        }
        div.stack {
            (ui::card(&l.t("credit-now"), &ui::definitions(&figures.map(|(key, minor)| ui::Definition::new(l.t(key), money(minor))))))
            @if !lots.is_empty() {
                (ui::card(&l.t("credit-lots"), &html! { (Table::new(l.t("credit-lots"), lot_columns, lots.iter().map(lot).collect())) }))
            }
            (ui::card(&l.t("credit-history"), &html! {
                (Table::new(l.t("credit-history"), columns, found.lines.iter().rev().map(row).collect()))
            }))
            (Note::new(Tone::Neutral, l.t("credit-rule")))
        }
    };
    let page = desk
        .page(l.t("credit-statement"), "/money", false, body)
        .await?;
    Ok(page.render().into_response())
}
