//! The quote as it stands now, with what changed since it was agreed, what other choices come to,
//! and the same on a page of its own to print.

use super::Shown;
use crate::{books::print_button, frame::Desk};
use app::views::CasePage;
use axum::response::{IntoResponse, Response};
use kernel::{CaseId, ClientId};
use maud::{Markup, html};
use redress_http::{
    Ids,
    ui::{self, Action, Icon, Weight, actions},
};
use returns::{Quote, QuoteKind};
use surface::{
    Failure,
    quote::{Panel, Reader, choices},
};

/// The quote of the case, if there is one.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    html! {
        @if let Some(panel) = panel(shown.desk, shown.page) {
            (ui::card(&l.t("desk-quote"), &html! {
                div.stack {
                    (panel.body(l, Reader::House))
                    (actions(&[Action::link(l.t("quote-print"), format!("{}/quote", shown.href()))
                        .icon(Icon::Printer).weight(Weight::Ghost)]))
                }
            }))
        }
        (compared(shown.desk, shown.page))
    }
}

/// What each choice comes to, where there is one.
fn compared(desk: &Desk, page: &CasePage) -> Markup {
    let l = desk.l();
    let offered = page.quote.as_ref().map_or(&[][..], |q| &q.choices);
    html! {
        @if !offered.is_empty() { (ui::card(&l.t("quote-choices-title"), &choices(l, offered))) }
    }
}

/// What stands beside the form that decides about money: what changed since the quote was agreed,
/// and what each choice comes to.
pub fn beside_a_choice(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let offered = shown.page.quote.as_ref().map_or(&[][..], |q| &q.choices);
    html! {
        @if let Some(panel) = panel(shown.desk, shown.page) { (panel.changed(l)) }
        @if !offered.is_empty() {
            details { summary { (l.t("quote-choices-title")) } (choices(l, offered)) }
        }
    }
}

/// What was taken off a line for the condition of the goods since it was quoted; never positive.
pub fn loss_since(page: &CasePage, line: u16) -> i64 {
    let taken = |quote: &Quote| -> i64 {
        let own = quote.lines.iter().filter(|l| l.line == Some(line));
        own.filter(|l| l.kind == QuoteKind::Deduction)
            .map(|l| l.minor)
            .sum()
    };
    let now = page.quote.as_ref().map_or(0, |q| taken(&q.now));
    let agreed = page.case.decision.as_ref().map_or(0, |d| taken(&d.quote));
    (now - agreed).min(0)
}

fn panel(desk: &Desk, page: &CasePage) -> Option<Panel> {
    let quote = page.quote.as_ref()?;
    let revisions = &quote.revisions;
    Some(Panel::revised(desk.l(), &page.order, &quote.now, revisions))
}

/// `GET /desk/{client}/{case}/quote`: the quote alone, to print.
pub async fn sheet(
    desk: Desk,
    Ids(client, case): Ids<ClientId, CaseId>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let page = desk.app.case_page(desk.scope(), client, case).await?;
    let shown = Shown {
        desk: &desk,
        page: &page,
        names: desk.app.user_names().await?,
        room: app::limits::Room::default(),
        destination: None,
    };
    let of = [
        ("rma", (&*page.case.rma).into()),
        ("number", (&*page.order.number).into()),
    ];
    let today = l.date_long(page.client.day(desk.now));
    let body = html! {
        div.page-head {
            div {
                h1 { (l.t("desk-quote")) }
                p.lede { (l.t_args("quote-sheet-of", &of)) " · " (page.client.name) " · "
                    (l.t_args("quote-sheet-as-of", &[("date", today.into())])) }
            }
            div.actions { (print_button(&desk)) }
        }
        div.stack {
            @if let Some(panel) = panel(&desk, &page) { (panel.body(l, Reader::House)) }
            @else { p { (l.t("desk-no-verdict")) } }
            (compared(&desk, &page))
            (super::money::ways(&shown))
            p { a href={ "/desk/" (client) "/" (case) } { (page.case.rma) } }
        }
    };
    let title = format!("{} {}", l.t("desk-quote"), page.case.rma);
    Ok(desk
        .page(title, "/desk", false, body)
        .await?
        .render()
        .into_response())
}
