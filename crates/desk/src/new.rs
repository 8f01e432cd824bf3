//! A new return for a customer on the phone: find the order, choose what comes back and why, see
//! what they would get, create it. One address; each step is what the query or form holds.

use crate::{asked, form::Form, frame::Desk, words};
use app::{
    cases::{Call, Idempotency, OrderKey, Request},
    standing::Quoted,
    views::OrderPage,
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, OrderId, Permission};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        self, Action, Choice, ErrorSummary, Field, FieldError, Icon, Note, Radios, Select, Tone,
        Weight, actions, bdi, csrf_field, icon,
    },
};
use returns::{Path, Revision};
use serde::Deserialize;
use surface::{
    Failure,
    quote::{Panel, Reader, token},
};

/// `?client=1&order=10423`: an order by number or by id.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    client: String,
    #[serde(default)]
    order: String,
}

/// What stands under the form.
#[derive(Default)]
struct Said {
    form: Form,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
    quoted: Option<Quoted>,
    /// What changed since the quote that was shown.
    revisions: Vec<Revision>,
}

/// `GET /desk/new`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let number = asked.order.trim();
    if number.is_empty() {
        return find(&desk, &asked, None).await;
    }
    let client = asked
        .client
        .parse()
        .ok()
        .or_else(|| desk.clients().first().map(|c| c.id));
    let Some(client) = client else {
        return Err(Problem::not_found().into());
    };
    match desk
        .app
        .order_page(desk.scope(), client, &key(number))
        .await
    {
        Ok(order) => lines(&desk, &order, Said::default()).await,
        Err(app::AppError::Missing) => {
            let error = FieldError::new("order", desk.l().t("desk-new-unknown"));
            find(&desk, &asked, Some(error)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /desk/new`: quotes, or creates when the button says so.
pub async fn send(
    desk: Desk,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let form = Form(fields);
    let client: ClientId = form
        .get("client")
        .parse()
        .map_err(|_| Failure(Problem::not_found()))?;
    let order = key(form.get("order"));
    let page = desk.app.order_page(desk.scope(), client, &order).await?;
    let mut errors = Vec::new();
    let request = request(&page, &form, &mut errors);
    if request.lines.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("units-0", desk.l().t("desk-help-one-line")));
    }
    if !errors.is_empty() {
        return lines(
            &desk,
            &page,
            Said {
                form,
                errors,
                ..Said::default()
            },
        )
        .await;
    }
    let mut call = Call::new(desk.scope(), desk.now);
    if form.get("create") != "1" {
        let quoted = Some(desk.app.quote_return(&call, client, &request).await?);
        return lines(
            &desk,
            &page,
            Said {
                form,
                quoted,
                ..Said::default()
            },
        )
        .await;
    }
    // Sending the same form twice makes one return.
    let typed = serde_json::to_vec(&form.0).unwrap_or_default();
    call.idempotency = Some(Idempotency::new(form.get("once"), &typed)?);
    call.lang = asked::lang(&page, &form);
    call.agreed = surface::quote::read_token(form.get("seen"));
    match desk.app.request_return(&call, client, &request).await {
        Ok(made) => {
            Ok(Redirect::to(&format!("/desk/{client}/{}?done=created", made.case)).into_response())
        }
        Err(app::AppError::Refused(refusal)) => {
            let problem = Some(surface::failure::refused(&refusal));
            lines(
                &desk,
                &page,
                Said {
                    form,
                    problem,
                    ..Said::default()
                },
            )
            .await
        }
        Err(app::AppError::Requoted(revision)) => {
            let quoted = Some(desk.app.quote_return(&call, client, &request).await?);
            let said = Said {
                form,
                quoted,
                revisions: vec![*revision],
                ..Said::default()
            };
            lines(&desk, &page, said).await
        }
        Err(e) => Err(e.into()),
    }
}

fn key(text: &str) -> OrderKey {
    text.parse::<OrderId>()
        .map_or_else(|_| OrderKey::Number(text.to_owned()), OrderKey::Id)
}

async fn find(desk: &Desk, asked: &Asked, error: Option<FieldError>) -> Result<Response, Failure> {
    let l = desk.l();
    let clients = desk.clients();
    let choices = clients
        .iter()
        .map(|c| Choice::new(c.id.to_string(), &c.name))
        .collect();
    let status = if error.is_some() {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    };
    let errors: Vec<FieldError> = error.into_iter().collect();
    let body = html! {
        div.page-head { div { h1 { (l.t("desk-nav-new")) } p.lede { (l.t("desk-new-lede")) } } }
        (ErrorSummary { l, errors: &errors })
        form.stack method="get" action="/desk/new" {
            (Select::new("client", l.t("desk-client"), choices).value(&asked.client))
            (Field::new("order", l.t("desk-new-order")).hint(l.t("desk-new-order-hint"))
                .value(&asked.order).error(FieldError::find(&errors, "order")).required().autofocus().max(64))
            (actions(&[Action::submit(l.t("desk-new-find")).icon(Icon::Search)]))
        }
    };
    let page = desk
        .page(l.t("desk-nav-new"), "/desk/new", false, body)
        .await?;
    Ok((status, page.render()).into_response())
}

fn request(page: &OrderPage, form: &Form, errors: &mut Vec<FieldError>) -> Request {
    let path = if form.get("path") == "withdrawal" {
        Path::Withdrawal
    } else {
        Path::Ordinary
    };
    Request {
        order: OrderKey::Id(page.order.id),
        lines: asked::read(&page.order, &page.policy, form, errors),
        path,
    }
}

async fn lines(desk: &Desk, page: &OrderPage, said: Said) -> Result<Response, Failure> {
    let (l, order) = (desk.l(), &page.order);
    let status = match (&said.problem, said.errors.is_empty()) {
        (Some(problem), _) => problem.status,
        (None, _) if !said.revisions.is_empty() => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let once = match said.form.get("once") {
        "" => desk.app.mint(desk.now).to_string(),
        kept => kept.to_owned(),
    };
    let path = match said.form.get("path") {
        "" => "ordinary",
        kept => kept,
    };
    let paths = ["ordinary", "withdrawal"]
        .map(|p| Choice::new(p, words::code(l, "path", p)).note(words::code(l, "path-is", p)));
    let body = html! {
        div.page-head {
            div {
                h1 { (l.t("desk-nav-new")) }
                p.lede {
                    (page.client.name) " · " (l.t("desk-order")) " "
                    a href={ "/orders/" (order.client) "/" (order.id) } { (bdi(&order.number)) }
                    @if !page.contact.name.is_empty() { " · " (bdi(&page.contact.name)) }
                }
            }
        }
        p { a href={ "/orders/" (order.client) "/" (order.id) "/claim" } { (l.t("desk-claim-link")) } }
        form method="post" action="/desk/new" {
            (csrf_field(&desk.view.csrf))
            input type="hidden" name="client" value=(order.client);
            input type="hidden" name="order" value=(order.id);
            input type="hidden" name="once" value=(once);
            div.split {
                div.stack {
                    (ErrorSummary { l, errors: &said.errors })
                    @if let Some(problem) = &said.problem { (problem.fragment(l)) }
                    @for at in (0_u16..).take(order.lines.len()) { (one(desk, page, at, &said)) }
                }
                div.stack {
                    (Radios::new("path", l.t("desk-new-path"), paths.to_vec()).value(path))
                    (asked::language(l, page, &said.form))
                    (answer(desk, page, &said))
                    (actions(&[
                        Action::submit(l.t("desk-new-quote")).weight(if said.quoted.is_some() { Weight::Secondary } else { Weight::Primary }).icon(Icon::Scale),
                    ]))
                }
            }
        }
    };
    let page = desk
        .page(l.t("desk-nav-new"), "/desk/new", false, body)
        .await?;
    Ok((status, page.render()).into_response())
}

fn one(desk: &Desk, page: &OrderPage, at: u16, said: &Said) -> Markup {
    let l = desk.l();
    let Some(line) = page.order.line(at) else {
        return html! {};
    };
    let free = page.account.free_units(&page.order, at);
    let gross = kernel::Money::new(line.economics.gross, page.order.currency);
    ui::card_with(
        &line.title,
        Some(&ui::money(l, gross)),
        &html! {
            @if free == 0 { p.muted { (l.t("desk-new-none-free")) } }
            @else {
                (asked::fields(l, (&page.order, &page.policy), (at, free), &said.form, &said.errors))
            }
        },
    )
}

/// What the rule says about what was chosen, and the button that creates it.
fn answer(desk: &Desk, page: &OrderPage, said: &Said) -> Markup {
    let l = desk.l();
    let Some(quoted) = &said.quoted else {
        return html! { (Note::new(Tone::Neutral, l.t("desk-new-nothing-yet"))) };
    };
    let decision = &quoted.decision;
    let panel = Panel::revised(l, &page.order, &decision.quote, &said.revisions);
    html! {
        input type="hidden" name="seen" value=(token(&quoted.seen));
        @for d in &decision.lines {
            @let (word, tone, which) = words::verdict(l, d.verdict);
            div class={ "verdict " (tone.class()) } {
                (icon(which))
                div { p.verdict-word { (word) } p.verdict-why { (bdi(&words::item(&page.order, d.line))) } }
            }
            (words::reasons(l, &page.policy, &d.reasons))
        }
        (ui::card(&l.t("desk-quote"), &panel.body(l, Reader::House)))
        (actions(&[Action::submit(l.t("desk-new-create")).value("create", "1").icon(Icon::Check).key("mod+Enter")]))
    }
}
