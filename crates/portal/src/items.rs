//! Which items come back and how many. Only units that are still free can be chosen; the others
//! are shown with why not, and returns there are already with where they stand.

use crate::{
    draft::{Draft, ITEMS_MAX, Item},
    frame,
    frame::At,
    pass::Shopper,
    visit::{Posted, Visit},
};
use app::{App, cases::OrderKey, views::OrderPage};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Money};
use maud::{Markup, html};
use redress_http::ui::{
    Action, Choice, ErrorSummary, FieldError, Icon, Note, Select, Tone, Weight, bdi, card,
    csrf_field, empty, form_actions, money, pill,
};
use returns::{OrderLine, Status};
use surface::Failure;

/// `GET /p/{client}/return/items`.
pub async fn page(shopper: Shopper, State(app): State<App>) -> Result<Markup, Failure> {
    let order = order_of(&shopper, &app).await?;
    let draft = Draft::decode(shopper.visit.asked("d")).unwrap_or_default();
    Ok(form(&shopper.visit, &order, &draft, &[]))
}

/// The order of a pass with its account and returns.
pub async fn order_of(shopper: &Shopper, app: &App) -> Result<OrderPage, Failure> {
    let key = OrderKey::Id(shopper.order);
    Ok(app
        .order_page(&shopper.scope, shopper.visit.client.id, &key)
        .await?)
}

/// `POST /p/{client}/return/items`.
pub async fn submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let order = order_of(&shopper, &app).await?;
    let before = Draft::decode(visit.asked("d")).unwrap_or_default();
    let mut draft = Draft {
        items: Vec::new(),
        send: before.send,
    };
    let mut errors = Vec::new();
    for index in 0..order.order.lines.len() {
        let Ok(line) = u16::try_from(index) else {
            break;
        };
        let name = format!("units-{line}");
        let text = posted.get(&name);
        let free = order.account.free_units(&order.order, line);
        match text.parse::<u32>() {
            Ok(0) => {}
            Ok(units) if units <= free => {
                // Answers already given for this item stay, as long as it is the same one.
                let known = before.items.iter().find(|i| i.line == line);
                let item = known.map_or_else(
                    || Item::new(line, units),
                    |i| Item {
                        units,
                        // What was picked was priced for as many units as there were.
                        pick: i.pick.clone().filter(|_| i.units == units),
                        ..i.clone()
                    },
                );
                draft.items.push(item);
            }
            _ if text.is_empty() => {}
            _ => errors.push(FieldError::new(name, "portal-items-wrong")),
        }
    }
    if draft.items.is_empty() && errors.is_empty() {
        let lines = (0..).zip(&order.order.lines);
        let mut open = lines.filter(|(line, _)| order.account.free_units(&order.order, *line) > 0);
        let field = format!("units-{}", open.next().map_or(0, |(line, _)| line));
        errors.push(FieldError::new(field, "portal-items-none"));
    }
    if draft.items.len() > ITEMS_MAX {
        errors.push(FieldError::new("units-0", "portal-items-many"));
    }
    if !errors.is_empty() {
        return Ok(frame::again(form(visit, &order, &draft, &errors)));
    }
    let next = visit.url(&format!("/return/reason?d={}&n=0", draft.encode()));
    Ok(axum::response::Redirect::to(&next).into_response())
}

fn form(visit: &Visit, page: &OrderPage, draft: &Draft, errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let order = &page.order;
    let lines: Vec<(u16, &OrderLine, u32)> = (0..)
        .zip(&order.lines)
        .map(|(i, line)| (i, line, page.account.free_units(order, i)))
        .collect();
    let any = lines.iter().any(|(_, _, free)| *free > 0);
    let body = html! {
        (frame::steps(visit, At::Items, &draft.encode()))
        form.stack method="post" action=(visit.url(&format!("/return/items?d={}", draft.encode()))) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div {
                h1 { (l.t("portal-items-title")) }
                p.lede { (l.t_args("portal-items-lede", &[("number", (*order.number).into())])) }
            }
            @if any {
                div.stack {
                    @for (i, line, free) in &lines {
                        (item(visit, page, (*i, line, *free), draft, errors))
                    }
                }
                (form_actions(&[Action::submit(l.t("portal-continue")).large()]))
            } @else {
                (empty(Icon::Box, &l.t("portal-items-nothing"), &l.t("portal-items-nothing-do"), None))
                @for (i, line, free) in &lines {
                    (item(visit, page, (*i, line, *free), draft, errors))
                }
            }
        }
        hr;
        div.stack {
            @if !page.cases.is_empty() { (returns_there_are(visit, page)) }
            p { a href=(visit.url("/claim")) { (l.t("portal-claim-link")) } }
            form method="post" action=(visit.url("/leave")) {
                (csrf_field(&visit.view.csrf))
                (Action::submit(l.t("portal-leave")).weight(Weight::Ghost))
            }
        }
    };
    frame::page(visit, &l.t("portal-items-title"), body)
}

fn item(
    visit: &Visit,
    page: &OrderPage,
    (index, line, free): (u16, &OrderLine, u32),
    draft: &Draft,
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let name = format!("units-{index}");
    let chosen = draft
        .items
        .iter()
        .find(|i| i.line == index)
        .map_or(0, |i| i.units);
    let error = FieldError::find(errors, &name).map(|key| l.say(key));
    let units = (0..=free).map(|n| {
        let key = if n == 0 {
            "portal-units-none"
        } else {
            "portal-units"
        };
        Choice::new(n.to_string(), l.t_args(key, &[("n", n.into())]))
    });
    let paid = Money::new(line.economics.gross, page.order.currency);
    html! {
        section.card {
            div.card-body.stack {
                div {
                    h2 { (bdi(&line.title)) }
                    p.hint {
                        (l.t_args("portal-item-bought", &[("n", line.quantity.into())]))
                        " · " (money(l, paid))
                    }
                }
                @if free > 0 {
                    (Select::new(name, l.t("portal-units-label"), units.collect())
                        .value(chosen.to_string()).error(error))
                }
                (why_not(visit, page, index, line))
            }
        }
    }
}

/// Why units of a line cannot be chosen: not sent yet, or in a return already.
fn why_not(visit: &Visit, page: &OrderPage, index: u16, line: &OrderLine) -> Markup {
    let l = visit.l();
    let waiting = line.quantity.saturating_sub(line.fulfilled);
    let claims = page
        .account
        .lines
        .get(usize::from(index))
        .map_or(&[][..], |a| &a.claims);
    html! {
        @if waiting > 0 {
            p.hint { (l.t_args("portal-item-not-sent", &[("n", waiting.into())])) }
        }
        @for claim in claims {
            @if let Some(rma) = rma_of(page, claim.case) {
                p.hint {
                    (l.t_args("portal-item-in-return", &[("n", claim.units().into())])) " "
                    a href=(visit.url(&format!("/r/{rma}"))) { (rma) }
                }
            }
        }
    }
}

fn rma_of(page: &OrderPage, case: CaseId) -> Option<&str> {
    page.cases
        .iter()
        .find(|c| c.case_id == case.0)
        .map(|c| c.rma.as_str())
}

fn returns_there_are(visit: &Visit, page: &OrderPage) -> Markup {
    let l = visit.l();
    card(
        &l.t("portal-items-returns"),
        &html! {
            ul.plain-list {
                @for case in &page.cases {
                    li.cluster {
                        a href=(visit.url(&format!("/r/{}", case.rma))) { (case.rma) }
                        span { (bdi(&case.title)) }
                        @if let Some(status) = Status::parse(&case.status) {
                            (pill(crate::stages::tone(status), &crate::stages::name(l, status)))
                        }
                    }
                }
            }
        },
    )
}

/// A word about an order line that is gone: an address edited by hand.
pub fn lost(visit: &Visit) -> Response {
    let l = visit.l();
    let note = Note::new(Tone::Warn, l.t("portal-lost")).body(html! {
        a href=(visit.url("/return/items")) { (l.t("portal-lost-do")) }
    });
    frame::again(frame::page(visit, &l.t("portal-lost"), html! { (note) }))
}
