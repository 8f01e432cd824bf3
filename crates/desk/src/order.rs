//! An order: what was sold at which price per line, what was paid, the account across all its
//! cases, and the cases.

use crate::{due, frame::Desk, words};
use app::{cases::OrderKey, views::OrderPage};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{ClientId, Money, OrderId, Permission};
use maud::{Markup, html};
use redress_http::{
    Ids, L10n,
    ui::{
        self, Action, Column, Crumb, Definition, Icon, Row, Table, Tone, Weight, actions, badge,
        bdi, breadcrumbs, definitions, quantity,
    },
};
use returns::LineEconomics;
use surface::Failure;

/// `?why=needed`: no reason was given.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    why: Option<String>,
}

/// `GET /orders/{client}/{order}`
pub async fn page(
    desk: Desk,
    Ids(client, order): Ids<ClientId, OrderId>,
    Query(query): Query<Asked>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let mut found = desk
        .app
        .order_page(desk.scope(), client, &OrderKey::Id(order))
        .await?;
    let may_look = desk.app.may_look(desk.scope(), client, order).await?;
    if !may_look {
        found.contact = found.contact.masked();
    }
    let o = &found.order;
    let new = format!("/desk/new?client={client}&order={}", o.id);
    let may = desk.scope().may(Permission::CaseRequest, client);
    let body = html! {
        (breadcrumbs(l, &[Crumb { label: l.t("desk-nav-queue"), href: "/desk".into() }]))
        div.page-head {
            div {
                h1 { (l.t("desk-order")) " " (bdi(&o.number)) }
                p.lede {
                    (found.client.name) " · " (l.date(o.placed_on)) " · "
                    (words::code(l, "channel", o.channel.as_str())) " · " (o.place.country)
                }
            }
            @if may { (actions(&[
                Action::link(l.t("desk-nav-new"), new).icon(Icon::Plus).weight(Weight::Primary).key("C"),
                Action::link(l.t("desk-claim-new"), format!("/orders/{client}/{}/claim", o.id))
                    .icon(Icon::TriangleAlert).weight(Weight::Secondary).key("K"),
            ])) }
        }
        div.split {
            div.stack {
                (ui::card(&l.t("desk-sold"), &lines(l, &found)))
                (ui::card(&l.t("desk-cases"), &cases(&desk, &found)))
            }
            div.stack {
                @if !found.contact.name.is_empty() {
                    (ui::card(&l.t("desk-customer"), &html! {
                        (customer(l, &found))
                        @if !may_look { (reveal(&desk, &found, query.why.is_some())) }
                        @if desk.has(Permission::Administer) {
                            p { a href={ "/privacy/" (client) "/" (o.customer) } { (l.t("privacy-title")) } }
                        }
                    }))
                }
                (ui::card(&l.t("desk-account"), &account(l, &found)))
                (ui::card(&l.t("desk-paid-with"), &tenders(l, &found)))
                p.muted.small { (l.t_args("desk-policy-version", &[
                    ("name", found.policy.source().name.as_str().into()),
                    ("hash", o.policy.short().into()),
                ])) }
            }
        }
    };
    let title = format!("{} {}", l.t("desk-order"), o.number);
    Ok(desk
        .page(title, "/desk", false, body)
        .await?
        .render()
        .into_response())
}

fn lines(l: L10n, page: &OrderPage) -> Markup {
    let o = &page.order;
    let money = |minor| ui::money(l, Money::new(minor, o.currency));
    let tax = |e: &LineEconomics| e.taxes.iter().map(|t| t.minor).sum::<i64>();
    let columns = vec![
        Column::text(l.t("desk-col-item")),
        Column::figure(l.t("desk-field-units")),
        Column::figure(l.t("desk-col-paid")),
        Column::figure(l.t("desk-col-free")),
    ];
    // How the price came about stands under the item, so that the table fits beside the customer.
    let made_of = |e: &LineEconomics| {
        let discount = e.line_discount + e.order_discount;
        html! {
            div.muted.small {
                (l.t("desk-col-list")) " " (money(e.list))
                @if discount != 0 { " · " (l.t("desk-col-discount")) " " (money(-discount)) }
                " · " (l.t("desk-col-tax")) " " (money(tax(e)))
            }
        }
    };
    let mut rows: Vec<Row> = (0_u16..)
        .zip(&o.lines)
        .map(|(at, line)| {
            let e = &line.economics;
            Row::new(vec![
                html! {
                    div { (bdi(&line.title)) }
                    div.muted.small {
                        (line.sku)
                        @if let Some(day) = line.delivered_on { " · " (l.t_args("desk-delivered", &[("date", l.date(day).into())])) }
                        @if line.final_sale { " " (badge(Tone::Warn, &l.t("desk-final-sale"))) }
                    }
                    (made_of(e))
                },
                quantity(l, line.quantity.into()),
                money(e.gross),
                quantity(l, page.account.free_units(o, at).into()),
            ])
        })
        .collect();
    let s = &o.shipping.economics;
    if s.gross > 0 {
        rows.push(Row::new(vec![
            html! { div { (l.t("desk-quote-shipping")) } (made_of(s)) },
            html! {},
            money(s.gross),
            html! {},
        ]));
    }
    html! { (Table::new(l.t("desk-sold"), columns, rows)) }
}

fn account(l: L10n, page: &OrderPage) -> Markup {
    let a = &page.account;
    let money = |minor| ui::money(l, Money::new(minor, a.currency));
    let mut facts = vec![
        Definition::new(l.t("desk-captured"), money(a.captured_minor)),
        Definition::new(l.t("desk-refunded"), money(a.refunded_minor)),
        Definition::new(l.t("desk-on-its-way"), money(a.pending_minor)),
    ];
    if a.chargebacks_lost_minor != 0 {
        facts.push(Definition::new(
            l.t("desk-charged-back"),
            money(a.chargebacks_lost_minor),
        ));
    }
    facts.push(Definition::new(l.t("desk-refundable"), money(a.refundable_minor())).strong());
    definitions(&facts)
}

fn tenders(l: L10n, page: &OrderPage) -> Markup {
    let o = &page.order;
    let facts: Vec<Definition> = o
        .tenders
        .iter()
        .map(|t| {
            let words = words::code(l, "tender", &words::name_of(&t.kind));
            Definition::new(words, ui::money(l, Money::new(t.minor, o.currency)))
        })
        .collect();
    definitions(&facts)
}

/// Asks why somebody looks at a person without an open return.
fn reveal(desk: &Desk, page: &OrderPage, needed: bool) -> Markup {
    let l = desk.l();
    let o = &page.order;
    let field = ui::Field::new("reason", l.t("privacy-reason"))
        .hint(l.t("privacy-masked"))
        .error(needed.then(|| l.t("privacy-reason-needed")))
        .max(300);
    html! {
        form.stack method="post" action={ "/orders/" (o.client) "/" (o.id) "/reveal" } {
            (ui::csrf_field(&desk.view.csrf))
            (field)
            (ui::form_actions(&[Action::submit(l.t("privacy-reveal")).icon(Icon::Eye).weight(Weight::Secondary)]))
        }
    }
}

fn customer(l: L10n, page: &OrderPage) -> Markup {
    let c = &page.contact;
    html! {
        p.strong { (bdi(&c.name)) }
        @if !c.email.is_empty() { p { (bdi(&c.email)) } }
        @if !c.phone.is_empty() { p { (bdi(&c.phone)) } }
        p.muted {
            @for line in &c.address { (bdi(line)) br; }
            (bdi(&c.postcode)) " " (page.order.place.country)
        }
        p.muted.small { (if c.payout.is_some() { l.t("desk-payout-known") } else { l.t("desk-payout-unknown") }) }
    }
}

fn cases(desk: &Desk, page: &OrderPage) -> Markup {
    let l = desk.l();
    if page.cases.is_empty() {
        return html! { p.muted { (l.t("desk-no-cases")) } };
    }
    let columns = vec![
        Column::text(l.t("desk-col-rma")),
        Column::text(l.t("desk-col-item")),
        Column::text(l.t("desk-col-status")),
        Column::text(l.t("desk-col-due")),
        Column::figure(l.t("desk-col-amount")),
    ];
    let rows = page.cases.iter().map(|c| {
        Row::new(vec![
            html! { span.nowrap { (c.rma) } },
            bdi(&c.title),
            words::stored_status(l, &c.status),
            due::badge(l, c, desk.now),
            words::stored_money(l, c.amount_minor, &c.currency),
        ])
        .href(words::case_href(c))
    });
    html! { (Table::new(l.t("desk-cases"), columns, rows.collect())) }
}
